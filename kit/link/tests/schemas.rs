//! The reader of schemas agrees with the crate `jsonschema`, on every file of `data/links/`, on what we send and on what is
//! broken in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use link::contract;
use link::schema::Schema;
use serde_json::{Map, Value, json};

/// A value that a schema allows, made of the schema alone.
fn example(schema: &Value) -> Value {
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    if let Some(values) = schema.get("enum") {
        return values[0].clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
            Value::Object(fields.iter().map(|(name, field)| (name.clone(), example(field))).collect())
        }
        Some("array") => json!([example(&schema["items"])]),
        Some("integer") => json!(1),
        Some("string") => json!(text(schema.get("pattern").and_then(Value::as_str))),
        other => panic!("no example of {other:?}"),
    }
}

/// A text for each pattern that the files use: a new pattern needs a line here.
fn text(pattern: Option<&str>) -> String {
    let candidates = [
        "x",
        "1",
        "20200915090000",
        "2020-09-15 09:00:00",
        "2020-09-15T09:00:00.000+07:00",
        "045190001234",
        "https://x.vn/",
        "2026-12",
        "2026-12-14",
    ];
    let signature = "0".repeat(64);
    let fits = |text: &&str| pattern.is_none_or(|pattern| regex_of(pattern).is_valid(&json!(text)));
    let found = candidates.iter().copied().chain([signature.as_str()]).find(|text| fits(text));
    found.unwrap_or_else(|| panic!("no example for {pattern:?}")).to_owned()
}

fn regex_of(pattern: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&json!({ "pattern": pattern })).unwrap()
}

/// Every way to break one thing in a value.
fn broken(value: &Value) -> Vec<Value> {
    let mut found =
        vec![Value::Null, json!(7), json!(true), json!(""), json!("Ω\n"), json!("9".repeat(300)), json!([]), json!({})];
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                let mut without = object.clone();
                without.shift_remove(name);
                found.push(Value::Object(without));
                let with = |other: Value| {
                    let mut changed: Map<String, Value> = object.clone();
                    changed.insert(name.clone(), other);
                    Value::Object(changed)
                };
                found.extend(broken(inner).into_iter().map(with));
            }
            let mut more = object.clone();
            more.insert("KhongCo".into(), json!("x"));
            found.push(Value::Object(more));
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                found.extend(broken(inner).into_iter().map(|other| {
                    let mut changed = items.clone();
                    changed[at] = other;
                    Value::Array(changed)
                }));
            }
        }
        _ => {}
    }
    found
}

#[test]
fn both_readers_say_the_same_of_every_schema() {
    let (mut good, mut bad) = (0, 0);
    for (file, text) in contract::all() {
        let value: Value = serde_json::from_str(text).unwrap();
        jsonschema::meta::validate(&value).unwrap_or_else(|error| panic!("{file}: {error}"));
        let (ours, theirs) = (Schema::read(text).expect(file), jsonschema::validator_for(&value).expect(file));
        let example = example(&value);
        assert_eq!(ours.problems(&example), Vec::<String>::new(), "{file}");
        assert!(theirs.is_valid(&example), "{file}");
        for changed in broken(&example) {
            let says = ours.problems(&changed);
            assert_eq!(says.is_empty(), theirs.is_valid(&changed), "{file}: {changed}: {says:?}");
            if says.is_empty() { good += 1 } else { bad += 1 }
        }
    }
    assert!(good > 100 && bad > 1000, "{good} good, {bad} bad");
}

#[test]
fn every_schema_of_the_folder_is_carried() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/links");
    let mut there: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    there.retain(|name| ["dvcqg-", "payment-", "reporting-"].iter().any(|system| name.starts_with(system)));
    there.sort();
    let mut carried: Vec<String> = contract::all().into_iter().map(|(file, _)| file.to_owned()).collect();
    carried.sort();
    assert_eq!(there, carried);
}
