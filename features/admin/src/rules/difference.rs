//! What differs between a record before and after, as the journal keeps it.

use serde_json::Value;

/// One field that changed; a missing side is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: String,
    pub before: String,
    pub after: String,
}

/// The fields that differ, in the order of the record after, then those that are gone. Records within records are
/// named by their path ("answer.part"); versions are left out, since they change each time and say nothing.
pub fn changes(before: Option<&str>, after: Option<&str>) -> Vec<Change> {
    let (before, after) = (flat(before), flat(after));
    let side = |fields: &[(String, String)], name: &str| {
        fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let gone = before.iter().filter(|(name, _)| !after.iter().any(|(found, _)| found == name));
    let names = after.iter().chain(gone).map(|(name, _)| name.as_str());
    names
        .filter(|name| *name != "version")
        .map(|name| Change { field: name.to_owned(), before: side(&before, name), after: side(&after, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

fn flat(text: Option<&str>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Some(value) = text.and_then(|text| serde_json::from_str(text).ok()) {
        walk("", &value, &mut found);
    }
    found
}

fn walk(name: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                walk(&name, value, found);
            }
        }
        // A list of plain things is read as one value; one of records would be longer than the page.
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            found.push((name.to_owned(), items.iter().map(plain).collect::<Vec<_>>().join(", ")));
        }
        Value::Array(items) => found.push((name.to_owned(), format!("{} mục", items.len()))),
        other => found.push((name.to_owned(), plain(other))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "Có" } else { "Không" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
