//! A criteria set as TOML: one `[[criteria]]` block each, a measure on one line where it fits.

use score::CriteriaSet;
use serde_json::{Map, Value};

/// A line longer than this has its lists broken, one entry a line.
const WIDTH: usize = 110;

/// The set in the shape of the contract. Read again, it is the same set.
pub fn write(set: &CriteriaSet) -> String {
    let value = score::to_value(set);
    let mut out = String::new();
    let Some(object) = value.as_object() else { return out };
    for (key, value) in object.iter().filter(|(key, _)| *key != "criteria") {
        line(&mut out, key, value);
    }
    for criterion in object.get("criteria").and_then(Value::as_array).into_iter().flatten() {
        out.push_str("\n[[criteria]]\n");
        for (key, value) in criterion.as_object().into_iter().flatten() {
            line(&mut out, key, value);
        }
    }
    out
}

fn line(out: &mut String, key: &str, value: &Value) {
    let short = inline(value, false);
    let text = match value {
        Value::String(text) if text.contains('\n') => paragraph(text),
        Value::Array(_) | Value::Object(_) if key.len() + 3 + short.chars().count() > WIDTH => inline(value, true),
        _ => short,
    };
    out.push_str(&format!("{} = {text}\n", bare(key)));
}

/// A value on one line, or with the entries of its lists of tables on a line each (a table itself must stay on one
/// line in TOML 1.0, a list need not).
fn inline(value: &Value, broken: bool) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) if broken && items.iter().any(Value::is_object) => {
            let rows: Vec<String> = items.iter().map(|item| format!("    {},\n", inline(item, false))).collect();
            format!("[\n{}]", rows.concat())
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, broken)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(object) if object.is_empty() => "{}".into(),
        Value::Object(object) => format!("{{ {} }}", entries(object, broken).join(", ")),
        other => other.to_string(),
    }
}

fn entries(object: &Map<String, Value>, broken: bool) -> Vec<String> {
    object.iter().map(|(key, value)| format!("{} = {}", bare(key), inline(value, broken))).collect()
}

/// A key as it is, or in quotes where TOML asks for them.
fn bare(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if is_bare { key.to_owned() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    text.chars().for_each(|letter| escape(&mut out, letter));
    out.push('"');
    out
}

/// Text of several lines, as it reads. A line break right after the opening quotes is not part of it.
fn paragraph(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' => out.push('\n'),
            // One quote is itself; of several in a row, and at the end, none may close the text.
            '"' if letters.peek().is_some_and(|next| *next != '"') => out.push('"'),
            _ => escape(&mut out, letter),
        }
    }
    out.push_str("\"\"\"");
    out
}

fn escape(out: &mut String, letter: char) {
    match letter {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        control if control.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(control))),
        other => out.push(other),
    }
}
