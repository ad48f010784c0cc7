//! The rows of the sheet `survey`: which kinds they are, and which stand in which section.

use super::{Notes, SheetName};
use crate::file::{Row, Sheet};
use crate::form::{Default, Kind, List, Question, When, Words};
use crate::near::near;
use std::collections::BTreeMap;

/// Sections in sections in sections: more is a slip, and what walks them goes as deep.
const DEEPEST: usize = 16;

/// What stands in the column `type`.
enum Type {
    Of(Kind),
    End(Kind),
}

const SIMPLE: &[(&str, Kind)] = &[
    ("text", Kind::Text),
    ("string", Kind::Text),
    ("barcode", Kind::Text),
    ("integer", Kind::Integer),
    ("int", Kind::Integer),
    ("decimal", Kind::Decimal),
    ("date", Kind::Date),
    ("time", Kind::Time),
    ("datetime", Kind::DateTime),
    ("file", Kind::File),
    ("image", Kind::File),
    ("photo", Kind::File),
    ("audio", Kind::File),
    ("video", Kind::File),
    ("note", Kind::Note),
    ("acknowledge", Kind::Acknowledge),
    ("trigger", Kind::Acknowledge),
    ("calculate", Kind::Calculate),
    ("hidden", Kind::Hidden),
];

/// Kinds of the specification that have no place here yet.
const LATER: &[&str] = &[
    "range",
    "rank",
    "geopoint",
    "geotrace",
    "geoshape",
    "start-geopoint",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "email",
    "phonenumber",
    "simserial",
    "subscriberid",
    "audit",
    "xml-external",
    "csv-external",
    "select_one_external",
    "select_one_from_file",
    "select_multiple_from_file",
    "background-audio",
];

/// The questions, each with the row it was read from; what is not understood is left out.
pub fn read<'a>(sheet: &'a Sheet, lists: &[List], notes: &mut Notes) -> (Vec<Question>, Vec<&'a Row>) {
    let mut reader = Reader { lists, notes, questions: Vec::new(), rows: Vec::new(), open: Vec::new() };
    for row in sheet.rows.iter().filter(|row| !is_yes(row.get("disabled"))) {
        reader.row(row);
    }
    while let Some(place) = reader.open.pop() {
        reader.not_ended(place);
    }
    if reader.questions.is_empty() {
        reader.notes.sheet(SheetName::Survey, "", "survey-empty", "mẫu đơn chưa có câu hỏi nào");
    }
    twice(&reader.questions, &reader.rows, reader.notes);
    (reader.questions, reader.rows)
}

pub fn is_yes(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "yes" | "true" | "true()" | "có")
}

pub fn is_no(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "no" | "false" | "false()" | "không")
}

fn word(kind: Kind, begin: &str) -> String {
    format!("{begin}_{}", if kind == Kind::Repeat { "repeat" } else { "group" })
}

struct Reader<'a, 'n> {
    lists: &'n [List],
    notes: &'n mut Notes,
    questions: Vec<Question>,
    rows: Vec<&'a Row>,
    /// Sections that have begun and not ended.
    open: Vec<usize>,
}

impl<'a> Reader<'a, '_> {
    fn no(&mut self, row: &Row, column: &str, code: &'static str, say: impl Into<String>) {
        self.notes.cell(SheetName::Survey, row, column, code, say);
    }

    fn row(&mut self, row: &'a Row) {
        match self.kind(row) {
            Some(Type::Of(kind)) => self.question(kind, row),
            Some(Type::End(kind)) => self.end(kind, row),
            None => {}
        }
    }

    fn kind(&mut self, row: &Row) -> Option<Type> {
        let said = row.get("type");
        let lower = said.to_lowercase();
        let words: Vec<&str> = lower.split([' ', '_']).filter(|word| !word.is_empty()).collect();
        let list = said.split_whitespace().last().unwrap_or_default();
        match words.as_slice() {
            [] => self.no(row, "type", "type-missing", "dòng chưa có kiểu: điền type"),
            ["begin", "group"] => return Some(Type::Of(Kind::Group)),
            ["begin", "repeat"] => return Some(Type::Of(Kind::Repeat)),
            ["end", "group"] => return Some(Type::End(Kind::Group)),
            ["end", "repeat"] => return Some(Type::End(Kind::Repeat)),
            [.., "or", "other"] if words[0] == "select" => {
                let say = "or_other chưa dùng được ở đây: thêm phương án “khác” và một câu hỏi có relevant";
                self.no(row, "type", "type-later", say);
            }
            ["select", "one" | "multiple"] => {
                self.no(row, "type", "list-missing", "thiếu tên danh mục: select_one tên_danh_mục");
            }
            ["select", how @ ("one" | "multiple"), rest @ ..]
                if rest.first() != Some(&"from") && rest != ["external"] =>
            {
                let Some(place) = self.lists.iter().position(|known| known.name == list) else {
                    let hint = near(list, self.lists.iter().map(|list| list.name.as_str()));
                    self.no(row, "type", "list-unknown", format!("trang choices không có danh mục “{list}”{hint}"));
                    return None;
                };
                if *how == "one" {
                    return Some(Type::Of(Kind::One(place)));
                }
                // What was chosen is kept with spaces between.
                let spaced = self.lists[place].choices.iter().find(|choice| choice.name.contains(char::is_whitespace));
                if let Some(name) = spaced.map(|choice| choice.name.as_str()) {
                    let say = format!("mã phương án “{name}” có dấu cách, select_multiple không dùng được");
                    self.no(row, "type", "choice-space", say);
                }
                return Some(Type::Of(Kind::Many(place)));
            }
            _ => {
                let simple = lower.replace('_', "");
                if let Some((_, kind)) = SIMPLE.iter().find(|(name, _)| *name == simple) {
                    return Some(Type::Of(*kind));
                }
                let first = lower.split_whitespace().next().unwrap_or_default();
                if LATER.contains(&first) {
                    self.no(row, "type", "type-later", format!("kiểu “{first}” của XLSForm chưa dùng được ở đây"));
                } else {
                    let hint = near(first, SIMPLE.iter().map(|(name, _)| *name));
                    self.no(row, "type", "type-unknown", format!("không có kiểu “{said}”{hint}"));
                }
            }
        }
        None
    }

    fn question(&mut self, kind: Kind, row: &'a Row) {
        let name = row.get("name");
        if name.is_empty() {
            self.no(row, "name", "name-missing", "câu hỏi chưa có tên: điền name");
        } else if !is_name(name) {
            let say = "tên bắt đầu bằng chữ cái hoặc “_”, chỉ gồm chữ cái, chữ số, “_”, “-”, “.”";
            self.no(row, "name", "name-bad", format!("tên “{name}” không dùng được: {say}"));
        }
        let place = self.questions.len();
        let repeats = self.open.iter().copied().filter(|open| self.questions[*open].kind == Kind::Repeat);
        let chain = repeats.collect();
        self.questions.push(Question {
            name: name.to_owned(),
            kind,
            label: Words::default(),
            hint: Words::default(),
            guidance: Words::default(),
            appearance: row.get("appearance").to_owned(),
            relevant: None,
            required: When::Never,
            required_message: Words::default(),
            constraint: None,
            constraint_message: Words::default(),
            calculation: None,
            read_only: When::Never,
            default: Default::Nothing,
            choice_filter: None,
            repeat_count: None,
            parent: self.open.last().copied(),
            end: place + 1,
            chain,
            row: row.number,
            slot: 0,
            cells: 0,
        });
        self.rows.push(row);
        if kind.is_section() {
            self.open.push(place);
            if self.open.len() > DEEPEST {
                self.no(row, "type", "too-deep", format!("nhóm lồng nhau quá {DEEPEST} lớp"));
            }
        }
    }

    /// Ends the innermost section of this kind; those inside it that nobody ended are named.
    fn end(&mut self, kind: Kind, row: &Row) {
        let Some(nth) = self.open.iter().rposition(|open| self.questions[*open].kind == kind) else {
            let say = format!("không có {} nào đang mở", word(kind, "begin"));
            self.no(row, "type", "end-without-begin", say);
            return;
        };
        for place in self.open.split_off(nth + 1) {
            self.not_ended(place);
        }
        if let Some(place) = self.open.pop() {
            self.questions[place].end = self.questions.len();
        }
    }

    fn not_ended(&mut self, place: usize) {
        self.questions[place].end = self.questions.len();
        let say = format!("thiếu dòng {} đóng nhóm này", word(self.questions[place].kind, "end"));
        self.no(self.rows[place], "type", "begin-without-end", say);
    }
}

/// Letters of any language, as XML has them.
fn is_name(name: &str) -> bool {
    let first = name.chars().next().is_some_and(|letter| letter.is_alphabetic() || letter == '_');
    first && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

/// Two questions of one name in one section.
fn twice(questions: &[Question], rows: &[&Row], notes: &mut Notes) {
    let mut seen = BTreeMap::new();
    for (question, row) in questions.iter().zip(rows).filter(|(question, _)| !question.name.is_empty()) {
        if let Some(first) = seen.insert((question.parent, question.name.as_str()), row.number) {
            let say = format!("tên “{}” đã dùng ở dòng {first}, trong cùng một nhóm", question.name);
            notes.cell(SheetName::Survey, row, "name", "name-twice", say);
        }
    }
}

/// Gives each question its cell in its row; how many there are outside every repeat.
pub fn number(questions: &mut [Question]) -> usize {
    let mut outside = 0;
    for place in 0..questions.len() {
        questions[place].slot = match questions[place].chain.last().copied() {
            Some(repeat) => {
                questions[repeat].cells += 1;
                questions[repeat].cells - 1
            }
            None => {
                outside += 1;
                outside - 1
            }
        };
    }
    outside
}
