//! JSON that says nothing twice. A reader that keeps the last of two equal keys would drop a unit's answers without a
//! word; here it is refused.

use std::fmt;

use base::Refusal;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

pub(super) fn parse(text: &str) -> Result<Value, Refusal> {
    serde_json::from_str::<Once>(text).map(|once| once.0).map_err(|error| {
        let line = error.line();
        // Counted in letters: serde counts bytes, and a Vietnamese letter has up to three.
        let before = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().bytes().take(error.column());
        let column = before.filter(|byte| byte & 0xc0 != 0x80).count();
        let say = match error.to_string().split_once(TWICE) {
            Some((key, _)) => format!("Dòng {line}: “{key}” ghi hai lần trong cùng một chỗ."),
            None => format!("Dòng {line}, cột {column}: tệp không đúng cú pháp JSON."),
        };
        Refusal::new("answers.not-json", say)
    })
}

/// Marks our own error in the text of serde's; no key of a file holds a control character unescaped.
const TWICE: &str = "\u{1}twice";

struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(Seen).map(Once)
    }
}

struct Seen;

impl<'de> Visitor<'de> for Seen {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Once(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let Once(value) = entries.next_value()?;
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("{key}{TWICE}")));
            }
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
