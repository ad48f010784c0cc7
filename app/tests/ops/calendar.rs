//! `cuaviet calendar`: what the contracts promise of it, said by the program itself.

use super::desk;
use serde_json::{Value, json};

fn said(words: &[&str]) -> Value {
    serde_json::from_str(&desk::done(words)).unwrap()
}

fn refused(words: &[&str]) -> String {
    let said = desk::run(words);
    assert_ne!(said.code, 0, "{words:?}");
    said.err
}

#[test]
fn a_year_and_its_lunar_days() {
    let year = said(&["calendar", "year", "2026", "--json"]);
    assert_eq!(year["made_up"], json!(["2026-01-10", "2026-08-22"]));
    assert_eq!((year["off"].as_array().unwrap().len(), &year["status"]), (14, &json!("official")));
    assert_eq!(said(&["calendar", "year", "2027", "--json"])["status"], "proposed");
    let lunar = said(&["calendar", "lunar", "2030", "--json"]);
    assert_eq!(lunar, json!({ "new_year": "2030-02-02", "hung_kings": "2030-04-12" }));
    assert!(refused(&["calendar", "lunar", "1900"]).contains("1968"));
    assert!(refused(&["calendar", "year", "2017"]).contains("2018"));
}

#[test]
fn a_due_moment_by_hours_days_and_the_wall() {
    let due = |words: &[&str]| {
        let all: Vec<&str> = ["calendar", "due", "--json"].iter().chain(words).copied().collect();
        said(&all)["due"].as_str().unwrap().to_owned()
    };
    assert_eq!(due(&["--at", "2026-03-02T07:30", "--hours", "4"]), "2026-03-02T11:30");
    assert_eq!(due(&["--at", "2026-03-02T07:30", "--days", "1", "--count", "hours"]), "2026-03-02T17:30");
    assert_eq!(due(&["--at", "2026-03-06T15:30", "--days", "1"]), "2026-03-10T17:30");
    assert_eq!(due(&["--at", "2026-03-03T09:00", "--days", "5", "--count", "calendar"]), "2026-03-09T17:30");
    let saturday = ["--at", "2026-03-05T09:00", "--days", "2", "--agency", "mau-sang-thu-bay"];
    assert_eq!(due(&saturday), "2026-03-07T11:30");
    let why = desk::done(&["calendar", "due", "--at", "2026-02-12T16:00", "--hours", "16"]);
    assert!(why.ends_with("Hạn: 16:00 thứ Hai 23/02/2026.\n"), "{why}");
    let by_hours = ["calendar", "due", "--at", "2026-03-02T07:30", "--hours", "4", "--count", "days"];
    assert!(refused(&by_hours).contains("số ngày"));
    assert!(refused(&["calendar", "due", "--at", "2026-03-02T07:30"]).contains("--hours hoặc --days"));
    assert!(refused(&["calendar", "due", "--at", "2026-03-02T07:30", "--days", "0"]).contains("từ 1"));
    let nowhere = ["calendar", "due", "--at", "2026-03-02T07:30", "--days", "1", "--agency", "x"];
    assert!(refused(&nowhere).contains("chung"));
}

#[test]
fn a_ledger_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dong-ho.json");
    let keep = |ledger: &Value| std::fs::write(&path, ledger.to_string()).unwrap();
    let file = path.to_str().unwrap();
    let pause = json!({ "at": "2026-03-02T10:00", "do": "pause", "reason": "bổ sung" });
    let resume = json!({ "at": "2026-03-05T14:00", "do": "resume" });
    let mut ledger =
        json!({ "received": "2026-03-02T08:00", "hours": 16, "count": "hours", "entries": [pause, resume] });
    keep(&ledger);
    assert_eq!(said(&["calendar", "due", "--ledger", file, "--json"])["due"], "2026-03-09T10:00");
    ledger["entries"] = json!([pause]);
    keep(&ledger);
    let stands = said(&["calendar", "due", "--ledger", file, "--json"]);
    assert_eq!((&stands["due"], stands["why"].as_array().unwrap().len()), (&Value::Null, 4));
    ledger["entries"] = json!([resume]);
    keep(&ledger);
    assert!(refused(&["calendar", "due", "--ledger", file]).contains("Dòng 1 lúc 14:00 thứ Năm 05/03/2026"));
    ledger["entries"] = json!([{ "at": "2026-03-02T10:00", "do": "stop" }]);
    keep(&ledger);
    assert!(refused(&["calendar", "due", "--ledger", file]).contains("stop"));
    assert!(refused(&["calendar", "due", "--ledger", "khong-co.json"]).contains("khong-co.json"));
}
