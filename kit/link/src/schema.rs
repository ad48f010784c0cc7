//! The JSON schemas of what crosses the wall (`data/links/*.json`), and the check by them: before a body is sent, and at the
//! other side, in the simulators.
//!
//! The files are ordinary JSON Schema (draft 2020-12) for whoever reads or tests the contract with other tools. The words
//! they use are few, so those are read here; a word that is not known refuses the whole file rather than checking less than
//! it says. The tests hold this reader against the crate `jsonschema` (docs/adr/0009).

use regex::Regex;
use serde_json::{Map, Value};

/// Words that explain and check nothing.
const TALK: [&str; 5] = ["$schema", "$id", "title", "description", "$comment"];

/// One schema, read.
#[derive(Debug, Default)]
pub struct Schema {
    kinds: Vec<String>,
    fields: Vec<(String, Schema)>,
    required: Vec<String>,
    /// Fields that are not named are refused.
    is_closed: bool,
    items: Option<Box<Schema>>,
    least_items: Option<usize>,
    allowed: Option<Vec<Value>>,
    pattern: Option<Regex>,
    shortest: Option<usize>,
    longest: Option<usize>,
}

impl Schema {
    /// Reads a schema; the error says in English what in the file is not understood.
    pub fn read(text: &str) -> Result<Schema, String> {
        Schema::of(&serde_json::from_str(text).map_err(|error| error.to_string())?)
    }

    fn of(value: &Value) -> Result<Schema, String> {
        let words = value.as_object().ok_or("a schema is an object")?;
        let mut schema = Schema::default();
        for (word, value) in words {
            schema.take(word, value).ok_or_else(|| format!("not understood: {word}: {value}"))??;
        }
        Ok(schema)
    }

    /// One word of a schema. None: it is not understood.
    fn take(&mut self, word: &str, value: &Value) -> Option<Result<(), String>> {
        match word {
            "type" => self.kinds = texts(value).or_else(|| Some(vec![value.as_str()?.to_owned()]))?,
            "required" => self.required = texts(value)?,
            "additionalProperties" => self.is_closed = !value.as_bool()?,
            "enum" => self.allowed = Some(value.as_array()?.clone()),
            "const" => self.allowed = Some(vec![value.clone()]),
            "minLength" => self.shortest = Some(size(value)?),
            "maxLength" => self.longest = Some(size(value)?),
            "minItems" => self.least_items = Some(size(value)?),
            "pattern" => match Regex::new(value.as_str()?) {
                Ok(pattern) => self.pattern = Some(pattern),
                Err(error) => return Some(Err(error.to_string())),
            },
            "items" => match Schema::of(value) {
                Ok(items) => self.items = Some(Box::new(items)),
                Err(error) => return Some(Err(error)),
            },
            "properties" => {
                for (name, value) in value.as_object()? {
                    match Schema::of(value) {
                        Ok(field) => self.fields.push((name.clone(), field)),
                        Err(error) => return Some(Err(format!("{name}: {error}"))),
                    }
                }
            }
            word if TALK.contains(&word) => {}
            _ => return None,
        }
        Some(Ok(()))
    }

    /// What is wrong with a value, each with where it stands (`data[0].MaHoSo`), in Vietnamese; empty: nothing.
    pub fn problems(&self, value: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.check(value, "", &mut found);
        found
    }

    fn check(&self, value: &Value, at: &str, found: &mut Vec<String>) {
        let mut say = |what: &str| found.push(format!("{} {what}", if at.is_empty() { "nội dung" } else { at }));
        if !self.kinds.is_empty() && !self.kinds.iter().any(|kind| is_a(value, kind)) {
            return say("sai kiểu");
        }
        if self.allowed.as_ref().is_some_and(|allowed| !allowed.contains(value)) {
            say("không thuộc các giá trị cho phép");
        }
        match value {
            Value::String(text) => self.check_text(text, &mut say),
            Value::Array(items) => {
                if self.least_items.is_some_and(|least| items.len() < least) {
                    say("có quá ít mục");
                }
                for (number, item) in items.iter().enumerate() {
                    if let Some(schema) = &self.items {
                        schema.check(item, &format!("{at}[{number}]"), found);
                    }
                }
            }
            Value::Object(object) => self.check_object(object, at, found),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn check_text(&self, text: &str, say: &mut impl FnMut(&str)) {
        let length = text.chars().count();
        if self.shortest.is_some_and(|shortest| length < shortest) {
            say("còn trống hoặc quá ngắn");
        } else if self.longest.is_some_and(|longest| length > longest) {
            say("quá dài");
        } else if self.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
            say("sai dạng");
        }
    }

    fn check_object(&self, object: &Map<String, Value>, at: &str, found: &mut Vec<String>) {
        let inside = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
        for name in self.required.iter().filter(|name| !object.contains_key(*name)) {
            found.push(format!("{} còn thiếu", inside(name)));
        }
        for (name, value) in object {
            match self.fields.iter().find(|(known, _)| known == name) {
                Some((_, schema)) => schema.check(value, &inside(name), found),
                None if self.is_closed => found.push(format!("{} không có trong quy định", inside(name))),
                None => {}
            }
        }
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => false,
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| Some(text.as_str()?.to_owned())).collect()
}

fn size(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_word_that_is_not_known_refuses_the_schema() {
        for text in
            [r#"{ "oneOf": [] }"#, r#"{ "properties": { "a": { "format": "date" } } }"#, r#"{ "minItems": -1 }"#]
        {
            assert!(Schema::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_problem_says_where_it_stands() {
        let schema = Schema::read(
            r#"{ "type": "object", "required": ["a", "b"], "additionalProperties": false,
                 "properties": { "a": { "type": "array", "items": { "type": "string", "minLength": 1 } }, "b": {} } }"#,
        );
        let problems = schema.unwrap().problems(&serde_json::json!({ "a": ["x", "", 1], "c": 1 }));
        let expected = ["b còn thiếu", "a[1] còn trống hoặc quá ngắn", "a[2] sai kiểu", "c không có trong quy định"];
        assert_eq!(problems, expected);
    }
}
