//! The fields of one table of the file: each read with its type, each mistake said at its place.

use base::{Date, Decimal, number};
use serde_json::{Map, Value};

use super::MOST_DIGITS;
use crate::near;
use crate::problem::{Problem, Severity};

/// No maximum, band or value of a set comes near; beyond it a number is a slip of the hand.
const LARGEST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Collects what is found, at the criterion being read.
#[derive(Default)]
pub(crate) struct Reader {
    pub problems: Vec<Problem>,
    pub code: Option<String>,
    /// Group-wide values counted so far.
    pub slots: usize,
}

impl Reader {
    pub fn error(&mut self, place: &str, say: impl Into<String>) {
        self.add(Severity::Error, place, say.into());
    }

    pub fn warn(&mut self, place: &str, say: impl Into<String>) {
        self.add(Severity::Warning, place, say.into());
    }

    fn add(&mut self, severity: Severity, place: &str, say: String) {
        self.problems.push(Problem { severity, code: self.code.clone(), place: place.to_owned(), say });
    }

    pub fn next_slot(&mut self) -> usize {
        self.slots += 1;
        self.slots - 1
    }
}

/// One table, its unknown keys already refused.
pub(super) struct Fields<'v> {
    object: &'v Map<String, Value>,
    place: String,
}

impl<'v> Fields<'v> {
    pub fn open(reader: &mut Reader, value: &'v Value, place: &str, known: &[&str]) -> Option<Fields<'v>> {
        let Some(object) = value.as_object() else {
            let what = if place.is_empty() { "Bộ tiêu chí".to_owned() } else { format!("“{place}”") };
            reader.error(place, format!("{what} phải là một bảng gồm các dòng khóa = giá trị."));
            return None;
        };
        let fields = Fields { object, place: place.to_owned() };
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let hint = near::suggestion(key, known.iter().copied());
            let may = if known.is_empty() { "không có tham số nào".to_owned() } else { known.join(", ") };
            let hint = if hint.is_empty() { format!(" Các khóa dùng được: {may}.") } else { hint };
            reader.error(&fields.at(key), format!("Không có khóa “{key}” ở đây.{hint}"));
        }
        Some(fields)
    }

    /// The path of a field.
    pub fn at(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}.{key}", self.place) }
    }

    /// A field that is there; null counts as absent.
    pub fn get(&self, key: &str) -> Option<&'v Value> {
        self.object.get(key).filter(|value| !value.is_null())
    }

    /// Text with something in it.
    pub fn text(&self, reader: &mut Reader, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::String(text) if text.trim().is_empty() => {
                reader.error(&self.at(key), format!("“{key}” để trống."));
                None
            }
            Value::String(text) => Some(text.clone()),
            _ => {
                reader.error(&self.at(key), format!("“{key}” phải là chữ, đặt trong dấu nháy: {key} = \"…\"."));
                None
            }
        }
    }

    pub fn needed_text(&self, reader: &mut Reader, key: &str) -> Option<String> {
        self.missing(reader, key);
        self.text(reader, key)
    }

    fn missing(&self, reader: &mut Reader, key: &str) {
        if self.get(key).is_none() {
            reader.error(&self.at(key), format!("Thiếu “{key}”."));
        }
    }

    /// A number that may have a fraction: a string with a dot.
    pub fn number(&self, reader: &mut Reader, key: &str) -> Option<Decimal> {
        read_number(reader, self.get(key)?, &self.at(key), key)
    }

    pub fn needed_number(&self, reader: &mut Reader, key: &str) -> Option<Decimal> {
        self.missing(reader, key);
        self.number(reader, key)
    }

    /// As [`Fields::number`], but not below zero.
    pub fn amount(&self, reader: &mut Reader, key: &str) -> Option<Decimal> {
        let number = self.number(reader, key)?;
        if number.is_sign_negative() {
            reader.error(&self.at(key), format!("“{key}” không được âm."));
            return None;
        }
        Some(number)
    }

    /// A count, a number of days: an integer, without quotes.
    pub fn integer(&self, reader: &mut Reader, key: &str) -> Option<i64> {
        let integer = self.get(key)?.as_i64();
        if integer.is_none() {
            let say = format!("“{key}” phải là số nguyên, không đặt trong dấu nháy: {key} = 30.");
            reader.error(&self.at(key), say);
        }
        integer
    }

    pub fn digits(&self, reader: &mut Reader, key: &str) -> Option<u32> {
        let integer = self.integer(reader, key)?;
        match u32::try_from(integer) {
            Ok(digits) if digits <= MOST_DIGITS => Some(digits),
            _ => {
                reader.error(&self.at(key), format!("Số chữ số thập phân phải từ 0 đến {MOST_DIGITS}."));
                None
            }
        }
    }

    pub fn flag(&self, reader: &mut Reader, key: &str) -> Option<bool> {
        let flag = self.get(key)?.as_bool();
        if flag.is_none() {
            reader.error(&self.at(key), format!("“{key}” phải là true hoặc false."));
        }
        flag
    }

    /// "2026-01-31".
    pub fn day(&self, reader: &mut Reader, key: &str) -> Option<Date> {
        let day = self.get(key)?.as_str().and_then(crate::answers::read_day);
        if day.is_none() {
            let say = format!("“{key}” phải là một ngày có thật, viết năm-tháng-ngày: {key} = \"2026-01-31\".");
            reader.error(&self.at(key), say);
        }
        day
    }

    pub fn list(&self, reader: &mut Reader, key: &str) -> Option<&'v Vec<Value>> {
        let list = self.get(key)?.as_array();
        if list.is_none() {
            reader.error(&self.at(key), format!("“{key}” phải là một danh sách [ … ]."));
        }
        list
    }

    /// A list with something in it, which must be there.
    pub fn needed_list(&self, reader: &mut Reader, key: &str) -> &'v [Value] {
        self.missing(reader, key);
        let list = self.list(reader, key).map(Vec::as_slice).unwrap_or_default();
        if list.is_empty() && self.get(key).is_some_and(Value::is_array) {
            reader.error(&self.at(key), format!("Danh sách “{key}” để trống."));
        }
        list
    }

    /// One word of a closed list.
    pub fn word<T>(
        &self,
        reader: &mut Reader,
        key: &str,
        words: &[&str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let found = value.as_str().and_then(read);
        if found.is_none() {
            let hint = value.as_str().map(|word| near::suggestion(word, words.iter().copied())).unwrap_or_default();
            let words = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
            reader.error(&self.at(key), format!("“{key}” phải là một trong các từ: {words}.{hint}"));
        }
        found
    }

    /// `applies_to`: kinds of unit, empty where nothing is said.
    pub fn kinds(&self, reader: &mut Reader) -> Vec<String> {
        let key = "applies_to";
        let Some(list) = self.list(reader, key) else { return Vec::new() };
        let mut kinds: Vec<String> = Vec::new();
        for value in list {
            match value.as_str() {
                Some(kind) if kinds.iter().any(|known| known == kind) => {
                    reader.warn(&self.at(key), format!("Loại đơn vị “{kind}” ghi hai lần."));
                }
                Some(kind) if !kind.trim().is_empty() => kinds.push(kind.to_owned()),
                _ => reader.error(&self.at(key), "Mỗi loại đơn vị phải là một từ trong dấu nháy: [\"so\", \"xa\"]."),
            }
        }
        if list.is_empty() {
            reader.error(&self.at(key), "Danh sách loại đơn vị để trống: bỏ hẳn dòng này nếu áp dụng cho mọi loại.");
        }
        kinds
    }
}

/// A number of a file: exactly what is written, or an error.
pub(super) fn read_number(reader: &mut Reader, value: &Value, place: &str, key: &str) -> Option<Decimal> {
    let Some(text) = value.as_str() else {
        let say = format!("“{key}” phải là số đặt trong dấu nháy, phần thập phân dùng dấu chấm: {key} = \"1.5\".");
        reader.error(place, say);
        return None;
    };
    match number::read_file(text) {
        Ok(number) if number.abs() > LARGEST || number.normalize().scale() > MOST_DIGITS + 2 => {
            reader.error(place, format!("“{key}” = “{text}” lớn quá hoặc quá nhiều chữ số."));
            None
        }
        Ok(number) => Some(number.normalize()),
        Err(refusal) => {
            reader.error(place, refusal.say);
            None
        }
    }
}
