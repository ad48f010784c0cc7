//! TOML as a JSON value, and the line on which each part of it stands.

use std::collections::HashMap;

use base::Refusal;
use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Lines by path (`criteria[3].measure.bands[1].from`), from 1.
pub(super) struct Lines(HashMap<String, usize>);

impl Lines {
    /// The line of a path, or of the nearest thing that it would be in.
    pub fn of(&self, place: &str) -> Option<usize> {
        let mut place = place;
        loop {
            if let Some(line) = self.0.get(place) {
                return Some(*line);
            }
            let end = place.rfind(['.', '['])?;
            place = &place[..end];
        }
    }
}

pub(super) fn parse(text: &str) -> Result<(Value, Lines), Refusal> {
    let table = DeTable::parse(text).map_err(|error| not_toml(text, &error))?;
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut walk = Walk { starts, lines: HashMap::new() };
    let value = walk.table(table.get_ref(), "");
    Ok((value, Lines(walk.lines)))
}

fn not_toml(text: &str, error: &toml::de::Error) -> Refusal {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let what = text.lines().nth(line - 1).unwrap_or_default().trim();
    let why = if error.message().contains("duplicate key") {
        "một khóa ghi hai lần"
    } else {
        "không đúng cú pháp TOML"
    };
    Refusal::new("set.not-toml", format!("Dòng {line}: {why}: {what}"))
}

struct Walk {
    /// Where each line begins.
    starts: Vec<usize>,
    lines: HashMap<String, usize>,
}

impl Walk {
    fn table(&mut self, table: &DeTable, path: &str) -> Value {
        // In the order of the file, which a table of TOML does not keep by itself.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut object = Map::new();
        for (key, value) in entries {
            let name = key.get_ref().to_string();
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            self.mark(&path, key.span().start);
            object.insert(name, self.value(value, &path));
        }
        Value::Object(object)
    }

    fn value(&mut self, value: &Spanned<DeValue>, path: &str) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(integer) => Value::from(integer),
                Err(_) => Value::String(integer.as_str().to_owned()),
            },
            // A float stays one, so that the reader can say that numbers stand in quotes.
            DeValue::Float(float) => {
                let number = float.as_str().parse().ok().and_then(Number::from_f64);
                number.map_or_else(|| Value::String(float.as_str().to_owned()), Value::Number)
            }
            // A day without quotes is a day.
            DeValue::Datetime(day) => Value::String(day.to_string()),
            DeValue::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (i, item) in items.iter().enumerate() {
                    let path = format!("{path}[{i}]");
                    self.mark(&path, item.span().start);
                    list.push(self.value(item, &path));
                }
                Value::Array(list)
            }
            DeValue::Table(table) => self.table(table, path),
        }
    }

    fn mark(&mut self, path: &str, at: usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        self.lines.insert(path.to_owned(), line);
    }
}
