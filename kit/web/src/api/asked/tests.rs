#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use serde_json::json;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Sent {
    name: String,
    days: Days,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Days {
    from: base::Date,
}

#[track_caller]
fn refuses(text: &str, says: &str, field: Option<&str>) {
    let refusal = read::<Sent>(text.as_bytes()).unwrap_err();
    assert!(refusal.say.contains(says), "{text}: {refusal}");
    assert_eq!((refusal.code, refusal.field.as_deref()), ("body", field), "{text}");
}

#[test]
fn what_is_wrong_in_a_body_is_said_at_its_place() {
    assert!(read::<Sent>(br#"{"name": "A", "days": {"from": "2026-01-01"}}"#).is_ok());
    refuses("{\n \"name\": }", "dòng 2, cột 10", None);
    refuses("", "không phải là JSON", None);
    refuses("[\"A\", {\"from\": \"2026-01-01\"}]", "phải là một đối tượng", None);
    refuses("null", "phải là một đối tượng", None);
    refuses(r#"{"name": "A"}"#, "Thiếu “days”", Some("days"));
    refuses(r#"{"name": "A", "days": {}}"#, "Thiếu “days.from”", Some("days.from"));
    refuses(r#"{"name": 5, "days": {"from": "2026-01-01"}}"#, "“name” chưa đúng", Some("name"));
    refuses(r#"{"name": "A", "days": {"from": "31/12/2026"}}"#, "“days.from” chưa đúng", Some("days.from"));
    refuses(r#"{"name": "A", "days": {"from": "2026-01-01", "tu": 1}}"#, "“days.tu”", Some("days.tu"));
    refuses(r#"{"name": "A\u0000", "days": {"from": "2026-01-01"}}"#, "NUL", None);
}

#[test]
fn texts_come_in_composed_letters() {
    // "ế" as e, circumflex, acute.
    let sent: Map<String, Value> = read(b"{\"a\": [\"e\\u0302\\u0301\"]}").unwrap();
    assert_eq!(sent["a"], json!(["\u{1ebf}"]));
}

#[test]
fn a_limit_is_asked_within_bounds() {
    let limit = |limit| Cursor { after: None, limit }.limit();
    assert_eq!(limit(None).unwrap(), 50);
    assert_eq!(limit(Some(200)).unwrap(), 200);
    assert!(limit(Some(0)).is_err() && limit(Some(201)).is_err());
}
