//! Answers as they travel: a JSON object per section, a list of objects per repeat, and texts.
//!
//! ```json
//! { "ten": "MẪU", "so_cot": "4", "dien_tich": "120.5", "ngay": "2026-09-05", "loai": ["ron95", "do"],
//!   "nguoi": [{ "ho_ten": "…" }, { "ho_ten": "…" }] }
//! ```
//!
//! Numbers are texts with a dot, days are ISO, several choices a list. Where a name is missing nobody has answered yet,
//! and a default stands; an empty text is an answer that was taken away.

use crate::form::{Form, Kind};
use crate::state::{Cell, Cells, ROWS, blank, typed};
use crate::value::{EMPTY, Value};
use base::Refusal;
use serde_json::{Map, Value as Json};

/// The cells, and a refusal at each answer to what nobody asks.
pub(crate) fn take(form: &Form, given: &Map<String, Json>) -> (Cells, Vec<Refusal>) {
    let mut cells = blank(form.cells);
    let mut taking = Taking { form, strays: Vec::new() };
    taking.section(None, given, "", &mut cells);
    (cells, taking.strays)
}

struct Taking<'f> {
    form: &'f Form,
    strays: Vec<Refusal>,
}

impl Taking<'_> {
    fn section(&mut self, section: Option<usize>, given: &Map<String, Json>, path: &str, cells: &mut Cells) {
        let form = self.form;
        for (name, _) in given {
            if !form.members(section).any(|place| form.questions[place].name == *name) {
                let say = format!("Mẫu đơn không có câu hỏi “{name}”: bỏ câu trả lời này.");
                self.strays.push(Refusal::new("form.unknown-field", say).at(format!("{path}{name}")));
            }
        }
        for place in form.members(section) {
            let question = &form.questions[place];
            if let Some(given) = given.get(&question.name) {
                self.answer(place, given, &format!("{path}{}", question.name), cells);
            }
        }
    }

    fn answer(&mut self, place: usize, given: &Json, path: &str, cells: &mut Cells) {
        let question = &self.form.questions[place];
        match (question.kind, given) {
            (Kind::Group, Json::Object(given)) => self.section(Some(place), given, &format!("{path}."), cells),
            (Kind::Repeat, Json::Array(rows)) => {
                // One more than may be, so that there are too many.
                for (row, number) in rows.iter().zip(1..=ROWS + 1) {
                    let mut own = blank(question.cells);
                    match row {
                        Json::Object(given) => {
                            self.section(Some(place), given, &format!("{path}[{number}]."), &mut own)
                        }
                        Json::Null => {}
                        _ => self.strays.push(shape(question.kind).at(format!("{path}[{number}]"))),
                    }
                    cells[question.slot].rows.push(own);
                }
            }
            (Kind::Group | Kind::Repeat, Json::Null) => {}
            (Kind::Group | Kind::Repeat, _) => self.strays.push(shape(question.kind).at(path)),
            (kind, given) => {
                let (value, fault) = match text(kind, given).and_then(|text| typed(kind, &self.form.lists, &text)) {
                    Ok(value) if kind == Kind::Note && !value.is_empty() => {
                        let say = "Dòng này chỉ để đọc, không nhận câu trả lời: bỏ câu trả lời này.";
                        (EMPTY, Some(Refusal::new("form.note", say)))
                    }
                    Ok(value) => (value, None),
                    Err(fault) => (EMPTY, Some(fault)),
                };
                cells[question.slot] = Cell { value, fault, given: true, ..cells[question.slot].clone() };
            }
        }
    }
}

fn text(kind: Kind, given: &Json) -> Result<String, Refusal> {
    match (kind, given) {
        (_, Json::Null) => Ok(String::new()),
        (_, Json::String(text)) => Ok(text.clone()),
        (Kind::Integer | Kind::Decimal, Json::Number(number)) if number.is_i64() || number.is_u64() => {
            Ok(number.to_string())
        }
        (Kind::Many(_), Json::Array(names)) => {
            let name = |name: &Json| name.as_str().filter(|name| !name.contains(' ')).map(str::to_owned);
            let names: Option<Vec<String>> = names.iter().map(name).collect();
            names.map(|names| names.join(" ")).ok_or_else(|| shape(kind))
        }
        _ => Err(shape(kind)),
    }
}

fn shape(kind: Kind) -> Refusal {
    let say = match kind {
        Kind::Group => "Nhóm câu hỏi cần một đối tượng: {\"tên\": \"câu trả lời\"}.",
        Kind::Repeat => "Nhóm lặp cần một danh sách các dòng: [{\"tên\": \"câu trả lời\"}].",
        Kind::Many(_) => "Câu hỏi này cần một danh sách mã phương án: [\"mã\", \"mã\"].",
        Kind::Integer | Kind::Decimal => "Số gửi trong dấu nháy, phần thập phân dùng dấu chấm: \"12.5\".",
        _ => "Câu trả lời này phải là một chuỗi trong dấu nháy.",
    };
    Refusal::new("form.shape", say)
}

/// A value as it is sent and kept; nothing for an empty one.
pub(crate) fn json(kind: Kind, value: &Value) -> Option<Json> {
    if value.is_empty() {
        return None;
    }
    let text = value.text();
    Some(match kind {
        Kind::Many(_) => text.split_whitespace().map(Json::from).collect::<Vec<_>>().into(),
        _ => text.into(),
    })
}

/// Answers to begin with: one empty row in each repeat whose rows are not counted.
pub fn begin(form: &Form) -> Map<String, Json> {
    fn section(form: &Form, section_at: Option<usize>) -> Map<String, Json> {
        let mut given = Map::new();
        for place in form.members(section_at) {
            let question = &form.questions[place];
            let inside = || Json::from(section(form, Some(place)));
            match question.kind {
                Kind::Group => given.insert(question.name.clone(), inside()),
                Kind::Repeat if question.repeat_count.is_none() => {
                    given.insert(question.name.clone(), vec![inside()].into())
                }
                _ => None,
            };
        }
        given
    }
    section(form, None)
}

/// Answers from the boxes of a page, each named by its path: `nguoi[2].ho_ten`. A box that comes several times has
/// several choices; an empty one among them says only that it was there. `nguoi` empty: no rows.
pub fn of_fields<'a>(form: &Form, fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Map<String, Json> {
    let mut given = Map::new();
    for (path, text) in fields {
        put(form, None, &mut given, path, text);
    }
    given
}

/// A box of no question is kept under its whole name, so that it is refused like any other stray answer.
fn put(form: &Form, section: Option<usize>, given: &mut Map<String, Json>, path: &str, text: &str) {
    let rest_of = |place: &usize| path.strip_prefix(form.questions[*place].name.as_str());
    let is_here = |place: &usize| match (rest_of(place), form.questions[*place].kind) {
        (Some(rest), Kind::Group) => rest.starts_with('.'),
        (Some(rest), Kind::Repeat) => rest.is_empty() || row_of(rest).is_some(),
        (rest, _) => rest == Some(""),
    };
    let mut here: Vec<usize> = form.members(section).filter(is_here).collect();
    here.sort_by_key(|place| form.questions[*place].name.len());
    let Some(place) = here.pop() else {
        given.insert(path.to_owned(), text.into());
        return;
    };
    let question = &form.questions[place];
    let rest = rest_of(&place).unwrap_or_default();
    let slot = given.entry(question.name.clone()).or_insert(Json::Null);
    match (question.kind, row_of(rest)) {
        (Kind::Group, _) => {
            if let Some(inside) = object(slot) {
                put(form, Some(place), inside, &rest[1..], text);
            }
        }
        (Kind::Repeat, Some((row, rest))) => {
            if slot.is_null() {
                *slot = Json::Array(Vec::new());
            }
            if let Json::Array(rows) = slot {
                if rows.len() < row {
                    rows.resize(row, Json::Object(Map::new()));
                }
                if let Some(inside) = object(&mut rows[row - 1]) {
                    put(form, Some(place), inside, rest, text);
                }
            }
        }
        (Kind::Repeat, None) if slot.is_null() => *slot = Json::Array(Vec::new()),
        (Kind::Many(_), _) => {
            if slot.is_null() {
                *slot = Json::Array(Vec::new());
            }
            if let Json::Array(names) = slot
                && !text.is_empty()
            {
                names.push(text.into());
            }
        }
        (_, _) if slot.is_null() || slot == "" => *slot = text.into(),
        _ => {}
    }
}

fn object(slot: &mut Json) -> Option<&mut Map<String, Json>> {
    if slot.is_null() {
        *slot = Json::Object(Map::new());
    }
    slot.as_object_mut()
}

/// `[2].ho_ten` → 2, `ho_ten`.
fn row_of(rest: &str) -> Option<(usize, &str)> {
    let (row, rest) = rest.strip_prefix('[')?.split_once(']')?;
    let row = row.parse().ok().filter(|row| (1..=ROWS + 1).contains(row))?;
    Some((row, rest.strip_prefix('.').unwrap_or(rest)))
}
