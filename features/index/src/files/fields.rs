//! The fields of a criteria set as people know them: the file's key, the Vietnamese name, how it is written in a cell.
//!
//! One table for the workbook and for the list of differences, so that both speak of a field by the same name.

use base::{Date, Decimal, Refusal, day, number, text};
use serde_json::{Map, Value, json};
use sheet::{At, Cell};

/// How a value of the file stands in a cell.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Text,
    /// Text of several lines, kept to the last blank.
    Long,
    /// A decimal; in the file a string with a dot.
    Number,
    /// A count, days, digits; in the file an integer.
    Whole,
    /// In the file an ISO day.
    Day,
    /// One of a closed list: the file's word, and what people say.
    Words(Words),
    /// Words of the user's, parted by commas.
    List,
    /// Decimals, parted by semicolons.
    Numbers,
    /// `"skip"`, `"dense"`, or codes of criteria parted by semicolons.
    Ties,
    /// `"kind"`, `"phase"`, or the code of a criterion.
    On,
    /// Digits of a criterion's points: `{ leaf = 2 }`, or `{}` for expressly none.
    Digits,
}

pub(crate) type Words = &'static [(&'static str, &'static str)];

pub(crate) struct Field {
    /// Where in the file: "max", "valid.from".
    pub key: &'static str,
    pub label: &'static str,
    pub form: Form,
    /// Width of its column, in characters.
    pub width: u16,
    pub hint: &'static str,
}

const fn field(key: &'static str, label: &'static str, form: Form, width: u16, hint: &'static str) -> Field {
    Field { key, label, form, width, hint }
}

const NOT_APPLICABLE: Words =
    &[("exclude", "bỏ khỏi điểm tối đa"), ("full", "cho điểm tối đa"), ("share", "chia điểm cho tiêu chí cùng cấp")];
const SURVEY_NOT_HELD: Words = &[("rescale", "tính trên phần còn lại"), ("unknown", "chưa có điểm")];
const GROUPS: Words = &[("bonus", "điểm thưởng"), ("penalty", "điểm trừ")];
const FILLED_BY: Words =
    &[("self", "đơn vị tự chấm"), ("survey", "điều tra xã hội học"), ("auto", "tự động"), ("appraiser", "thẩm định")];
const EVIDENCE: Words = &[("required", "bắt buộc"), ("optional", "không bắt buộc"), ("none", "không cần")];
const EMPTY: Words = &[("full", "điểm tối đa"), ("zero", "0 điểm"), ("unknown", "chưa có điểm")];
const WITH: Words = &[("mean", "bình quân nhóm"), ("last-year", "năm trước")];
pub(crate) const TIES: Words =
    &[("skip", "cùng hạng, bỏ hạng sau (1, 2, 2, 4)"), ("dense", "cùng hạng, không bỏ hạng (1, 2, 2, 3)")];
const ON: Words = &[("kind", "loại đơn vị"), ("phase", "giai đoạn")];
const NOT_ROUNDED: &str = "không làm tròn";

pub(crate) const KINDS: Words = &[
    ("yes-no", "có hoặc không"),
    ("choice", "chọn một mức"),
    ("bands", "theo bậc giá trị"),
    ("ratio", "theo tỷ lệ"),
    ("count", "theo số lần"),
    ("checklist", "cộng nội dung đạt"),
    ("deduct", "trừ theo vi phạm"),
    ("deadline", "theo thời hạn"),
    ("survey", "điều tra xã hội học"),
    ("relative", "so với đơn vị cao nhất"),
    ("versus", "so với bình quân hoặc năm trước"),
    ("best-of", "lấy cách chấm cao điểm nhất"),
    ("by", "tùy trường hợp"),
    ("points", "cho điểm trực tiếp"),
];

/// Of the set itself.
pub(crate) const SET: &[Field] = &[
    field("code", "Mã bộ tiêu chí", Form::Text, 0, "chữ không dấu, số và gạch nối; dùng để nạp lại đúng bộ"),
    field("name", "Tên bộ tiêu chí", Form::Text, 0, ""),
    field("source", "Căn cứ ban hành", Form::Text, 0, "số, ngày và cơ quan của quyết định ban hành"),
    field("valid.from", "Hiệu lực từ ngày", Form::Day, 0, "dd/mm/yyyy"),
    field(
        "valid.to",
        "Hết hiệu lực từ ngày",
        Form::Day,
        0,
        "dd/mm/yyyy, ngày này không còn hiệu lực; để trống nếu chưa có",
    ),
    field("applies_to", "Loại đơn vị áp dụng", Form::List, 0, "cách nhau bằng dấu phẩy, ví dụ: so, huyen"),
    field(
        "rounding.leaf",
        "Làm tròn điểm từng tiêu chí",
        Form::Whole,
        0,
        "số chữ số thập phân; để trống nếu không làm tròn",
    ),
    field("rounding.total", "Làm tròn tổng điểm", Form::Whole, 0, "số chữ số thập phân"),
    field("not_applicable", "Khi tiêu chí không áp dụng", Form::Words(NOT_APPLICABLE), 0, ""),
    field(
        "ties",
        "Khi bằng điểm",
        Form::Ties,
        0,
        "hoặc mã các tiêu chí xét lần lượt, cách nhau bằng dấu chấm phẩy, ví dụ: 3; 1",
    ),
    field("survey_not_held", "Khi không điều tra xã hội học", Form::Words(SURVEY_NOT_HELD), 0, ""),
];

/// Of a rating band.
pub(crate) const RATING: &[Field] = &[
    field("name", "Xếp loại", Form::Text, 24, ""),
    field("from", "Chỉ số từ", Form::Number, 12, "phần trăm, lấy cả giá trị này; xếp từ cao xuống thấp"),
    field("no_zero", "Không được có tiêu chí 0 điểm", Form::Words(&[("true", "có"), ("false", "không")]), 16, ""),
];

/// Of a criterion, before its measure.
pub(crate) const CRITERION_HEAD: &[Field] = &[
    field("code", "Mã", Form::Text, 10, "Tiêu chí cha của 2.10.1 là 2.10"),
    field("name", "Tên tiêu chí", Form::Text, 45, ""),
    field("max", "Điểm tối đa", Form::Number, 9, "Tiêu chí cha: để trống, hoặc đúng tổng các tiêu chí con"),
    field("filled_by", "Ai chấm", Form::Words(FILLED_BY), 16, ""),
    field("evidence", "Tài liệu kiểm chứng", Form::Words(EVIDENCE), 14, ""),
];

/// Of a criterion, after its measure.
pub(crate) const CRITERION_TAIL: &[Field] = &[
    field("text", "Nội dung chấm điểm", Form::Long, 60, "Điều người chấm đọc: các mức, tài liệu kiểm chứng"),
    field("zero_if", "Cho 0 điểm nếu", Form::Text, 30, "Điều kiện làm mất hết điểm của tiêu chí"),
    field("applies_to", "Chỉ áp dụng cho", Form::List, 14, "Loại đơn vị, cách nhau bằng dấu phẩy; để trống: mọi loại"),
    field(
        "not_applicable",
        "Khi không áp dụng",
        Form::Words(NOT_APPLICABLE),
        18,
        "Để trống: như tiêu chí cha, như cả bộ",
    ),
    field("group", "Nhóm", Form::Words(GROUPS), 13, "Chỉ ở tiêu chí cấp 1; để trống: điểm thường"),
    field("cap", "Điểm nhiều nhất của nhóm", Form::Number, 12, "Của nhóm điểm thưởng, điểm trừ"),
    field("rounding", "Làm tròn", Form::Digits, 12, "Số chữ số thập phân, hoặc “không làm tròn”; để trống: như cả bộ"),
];

pub(crate) const CODE: &str = "Mã";
pub(crate) const BRANCH: &str = "Nhánh";
pub(crate) const KIND: &Field = &field("kind", "Cách chấm", Form::Words(KINDS), 24, "Để trống ở tiêu chí cha");

/// Of a measure: a parameter, and the kinds of measure that have it.
pub(crate) const PARAMETERS: &[(Field, &[&str])] = &[
    (field("part", "Tử số", Form::Text, 24, "Đếm cái gì"), &["ratio"]),
    (field("whole", "Mẫu số", Form::Text, 24, "Trong tổng số nào"), &["ratio"]),
    (field("floor", "Tỷ lệ thấp nhất", Form::Number, 9, "Dưới tỷ lệ này 0 điểm; 0,8 là 80 %"), &["ratio"]),
    (field("full_at", "Tỷ lệ đạt tối đa", Form::Number, 9, "Từ tỷ lệ này đạt điểm tối đa"), &["ratio"]),
    (field("empty", "Khi mẫu số bằng 0", Form::Words(EMPTY), 14, ""), &["ratio"]),
    (field("each", "Điểm mỗi lần", Form::Number, 9, ""), &["count"]),
    (field("none", NOT_DONE, Form::Number, 12, ""), &["bands"]),
    (field("never", NOT_DONE, Form::Number, 12, ""), &["deadline"]),
    (field("least", "Điểm thấp nhất", Form::Number, 9, "Trừ đến mức này thì thôi; có thể âm"), &["deduct"]),
    (
        field("weights", "Hệ số các phương án", Form::Numbers, 18, "Phần của điểm tối đa, ví dụ: 1; 0,6; 0,2; 0"),
        &["survey"],
    ),
    (field("least_answers", "Số phiếu tối thiểu", Form::Whole, 9, ""), &["survey"]),
    (field("with", "So sánh với", Form::Words(WITH), 15, ""), &["versus"]),
    (field("at_or_above", "Điểm khi bằng, cao hơn", Form::Number, 10, ""), &["versus"]),
    (field("below", "Điểm khi thấp hơn", Form::Number, 10, ""), &["versus"]),
    (field("on", "Tùy theo", Form::On, 14, "loại đơn vị, giai đoạn, hoặc mã một tiêu chí"), &["by"]),
    (field("step", "Bước điểm", Form::Number, 9, ""), &["points"]),
];

const NOT_DONE: &str = "Điểm khi không thực hiện";

/// Where the levels of a measure stand in the file, and of which fields each is made.
pub(crate) struct Levels {
    pub key: &'static str,
    pub fields: &'static [Field],
}

const POINTS: Field = field("points", "Điểm", Form::Number, 9, "");
const NAMED: &[Field] = &[field("name", "Nội dung mức", Form::Text, 80, "Lời của mức, nội dung hoặc vi phạm"), POINTS];
const FROM: &[Field] = &[field("from", "Ngưỡng", Form::Number, 12, THRESHOLD), POINTS];
const WITHIN: &[Field] = &[field("within", "Ngưỡng", Form::Whole, 12, THRESHOLD), POINTS];
const THRESHOLD: &str = "Theo bậc: từ giá trị này (0,8 là 80 %). Theo thời hạn: trong số ngày này";

/// The columns of the sheet of levels: between them, all that a level can have.
pub(crate) const LEVEL_COLUMNS: [&Field; 3] = [&NAMED[0], &FROM[0], &POINTS];

pub(crate) fn levels(kind: &str) -> Option<Levels> {
    let (key, fields) = match kind {
        "choice" => ("options", NAMED),
        "checklist" => ("items", NAMED),
        "deduct" => ("cases", NAMED),
        "bands" => ("bands", FROM),
        "deadline" => ("bands", WITHIN),
        _ => return None,
    };
    Some(Levels { key, fields })
}

impl Field {
    /// The value of the file for what somebody typed into a box, read as a cell is; `None` for a blank one.
    pub(crate) fn typed(&self, typed: &str, today: Date) -> Result<Option<Value>, Refusal> {
        let sheet = sheet::Sheet::of_text(typed);
        self.form.value(&sheet.at(0, 0), today).map_err(|no| no.at(self.key))
    }

    /// What stands in its box for a value of the file.
    pub(crate) fn boxed(&self, object: &Value) -> String {
        let Some(value) = get(object, self.key) else { return String::new() };
        match (self.form, value) {
            (Form::Words(_) | Form::Long, Value::String(text)) => text.clone(),
            (Form::Words(_), Value::Bool(yes)) => yes.to_string(),
            (form, value) => form.cell(value).map(|cell| in_words(&cell)).unwrap_or_default(),
        }
    }
}

/// What people call a word of the file.
pub(crate) fn said(words: Words, word: &str) -> Option<&'static str> {
    words.iter().find(|(known, _)| *known == word).map(|(_, said)| *said)
}

/// The word of the file for what people say, or for the word itself.
fn word(words: Words, written: &str) -> Option<&'static str> {
    let folded = text::fold(written);
    words.iter().find(|(word, said)| *word == written || text::fold(said) == folded).map(|(word, _)| *word)
}

/// The value at a dotted key.
pub(crate) fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    key.split('.').try_fold(value, |value, key| value.get(key)).filter(|value| !value.is_null())
}

/// Puts a value at a dotted key.
pub(crate) fn set(object: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => drop(object.insert(key.into(), value)),
        Some((outer, inner)) => {
            if let Some(object) = object.entry(outer).or_insert_with(|| json!({})).as_object_mut() {
                set(object, inner, value);
            }
        }
    }
}

impl Form {
    /// The cell for a value of the file. A value that is not of this form (in a draft with mistakes) is written as it
    /// stands, so that it can be seen and mended; `None` where a cell cannot hold it.
    pub(crate) fn cell(self, value: &Value) -> Option<Cell> {
        let joined = |list: &Vec<Value>, with: &str, each: fn(&str) -> String| {
            let texts: Option<Vec<String>> = list.iter().map(|item| item.as_str().map(each)).collect();
            texts.map(|texts| Cell::from(texts.join(with)))
        };
        match (self, value) {
            (Form::Number, Value::String(text)) => {
                Some(number::read_file(text).map_or_else(|_| text.as_str().into(), Cell::from))
            }
            (Form::Day, Value::String(text)) => {
                Some(text.parse::<Date>().map_or_else(|_| text.as_str().into(), Cell::from))
            }
            (Form::Words(words), Value::String(text)) => Some(said(words, text).unwrap_or(text).into()),
            (Form::Words(words), Value::Bool(yes)) => said(words, if *yes { "true" } else { "false" }).map(Cell::from),
            (Form::Ties, Value::String(text)) => Some(said(TIES, text).unwrap_or(text).into()),
            (Form::On, Value::String(text)) => Some(said(ON, text).unwrap_or(text).into()),
            (Form::List, Value::Array(list)) => joined(list, ", ", str::to_owned),
            (Form::Ties, Value::Array(list)) => joined(list, "; ", str::to_owned),
            (Form::Numbers, Value::Array(list)) => joined(list, "; ", |text| {
                number::read_file(text).map_or_else(|_| text.to_owned(), |number| number::vi(&number))
            }),
            (Form::Digits, Value::Object(rounding)) if rounding.is_empty() => Some(NOT_ROUNDED.into()),
            (Form::Digits, Value::Object(rounding)) if rounding.len() == 1 => Form::Whole.cell(rounding.get("leaf")?),
            (_, Value::Number(number)) => number.to_string().parse::<Decimal>().ok().map(Cell::from),
            (_, Value::String(text)) => Some(text.as_str().into()),
            _ => None,
        }
    }

    /// The value of the file for a cell; `None` for a blank one.
    pub(crate) fn value(self, at: &At<'_>, today: Date) -> Result<Option<Value>, Refusal> {
        if let (Form::Long, Cell::Text(text)) = (self, at.cell) {
            return Ok(Some(text)
                .filter(|text| !text.trim().is_empty())
                .map(|text| json!(text::nfc(&text.replace("\r\n", "\n")))));
        }
        match self {
            Form::Number => return Ok(at.decimal()?.map(|number| json!(number.normalize().to_string()))),
            Form::Whole => return Ok(whole(at)?.map(|whole| json!(whole))),
            Form::Day => return Ok(at.date(today)?.map(|day| json!(day.to_string()))),
            _ => {}
        }
        let Some(text) = at.text()? else { return Ok(None) };
        let value = match self {
            Form::Words(words) => match word(words, &text).ok_or_else(|| at.refuse(not_a_word(&text, words)))? {
                "true" => json!(true),
                "false" => json!(false),
                word => json!(word),
            },
            Form::List => json!(parts(&text, ',')),
            Form::Numbers => {
                let numbers: Result<Vec<String>, Refusal> = parts(&text, ';')
                    .iter()
                    .map(|part| number::read_vi(part).map(|number| number.normalize().to_string()))
                    .collect();
                json!(numbers.map_err(|no| at.refuse(no))?)
            }
            Form::Ties => word(TIES, &text).map_or_else(|| json!(parts(&text, ';')), |word| json!(word)),
            Form::On => json!(word(ON, &text).unwrap_or(&text)),
            Form::Digits if text::fold(&text) == text::fold(NOT_ROUNDED) => json!({}),
            Form::Digits => json!({ "leaf": whole(at)? }),
            _ => json!(text),
        };
        // Only separators: nothing was said.
        Ok(Some(value).filter(|value| value.as_array().is_none_or(|list| !list.is_empty())))
    }

    /// The choices a cell offers.
    pub(crate) fn choices(self) -> Vec<&'static str> {
        match self {
            Form::Words(words) => words.iter().map(|(_, said)| *said).collect(),
            _ => Vec::new(),
        }
    }
}

/// A whole number that may be negative (days before a date).
fn whole(at: &At<'_>) -> Result<Option<i64>, Refusal> {
    let Some(number) = at.decimal()? else { return Ok(None) };
    let whole = i64::try_from(number).ok().filter(|_| number.fract().is_zero());
    whole
        .map(Some)
        .ok_or_else(|| at.refuse(Refusal::new("workbook.not-whole", "Cần một số nguyên, không có phần thập phân.")))
}

fn not_a_word(written: &str, words: Words) -> Refusal {
    let choices: Vec<String> = words.iter().map(|(_, said)| format!("“{said}”")).collect();
    Refusal::new(
        "workbook.not-a-choice",
        format!("“{written}” không có trong danh sách. Chọn một trong: {}.", choices.join(", ")),
    )
}

fn parts(text: &str, separator: char) -> Vec<String> {
    text.split(separator).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A cell in the words of a Vietnamese sentence.
pub(crate) fn in_words(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number::vi(&number.normalize()),
        Cell::Date(date) => day::vi(*date),
        Cell::Text(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}
