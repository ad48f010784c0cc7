#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

const SMALL: &str = r#"code = "so-2020"
name = "Chỉ số CCHC cấp sở"
source = "QĐ thử"
valid = { from = 2020-01-01, to = "2021-01-01" }
applies_to = ["so"]
rounding = { leaf = 3, total = 2 }

[[criteria]]
code = "1"
name = "Chỉ đạo, điều hành"

[[criteria]]
code = "1.1"
name = "Kế hoạch"
max = "1.5"
text = """
Từ 80 % trở lên: …
Dưới 80 %: 0"""
measure = { kind = "bands", bands = [
    { from = "0.8", points = "1.5" },
    { from = "0.5", points = "1" },
] }
"#;

#[track_caller]
fn problem_of(text: &str) -> String {
    let file = read(text).unwrap();
    let told: Vec<String> = file.reading.problems.iter().map(|problem| file.say(problem)).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    told[0].clone()
}

#[test]
fn a_small_set_is_read() {
    let file = read(SMALL).unwrap();
    assert!(file.reading.problems.is_empty(), "{:?}", file.reading.problems);
    let set = file.reading.set.unwrap();
    assert_eq!(set.valid.unwrap().from.to_string(), "2020-01-01", "a day without quotes is a day");
    assert_eq!(set.criteria[1].text.as_deref(), Some("Từ 80 % trở lên: …\nDưới 80 %: 0"));
    // A file made on Windows: a mark before, two signs at each line's end.
    assert_eq!(read(&format!("\u{feff}{}", SMALL.replace('\n', "\r\n"))).unwrap().reading.set.unwrap().code, "so-2020");
}

#[test]
fn every_problem_has_its_line() {
    let told = problem_of(&SMALL.replace("from = \"0.5\"", "from = \"0.9\""));
    assert!(told.starts_with("Dòng 21. Lỗi, tiêu chí 1.1 (criteria[1].measure.bands[1]): Bậc từ 0,9"), "{told}");
    let told = problem_of(&SMALL.replace("max = \"1.5\"", "max = 1.5"));
    assert!(
        told.starts_with("Dòng 15. Lỗi, tiêu chí 1.1 (criteria[1].max): “max” phải là số đặt trong dấu nháy"),
        "{told}"
    );
    let told = problem_of(&SMALL.replace("name = \"Kế hoạch\"", "nmae = \"Kế hoạch\"\nname = \"K\""));
    assert!(told.starts_with("Dòng 14. Lỗi, tiêu chí 1.1"), "{told}");
    // What is missing is missed at the block it is missing from.
    let told = problem_of(&SMALL.replace("max = \"1.5\"\n", ""));
    assert!(told.starts_with("Dòng 12. Lỗi, tiêu chí 1.1 (criteria[1].max): Tiêu chí có cách chấm"), "{told}");
}

#[test]
fn what_is_not_toml_is_said_with_its_line() {
    let say = |text: &str| read(text).err().unwrap().say;
    assert_eq!(say("code = \"a\"\nname = Tên\n"), "Dòng 2: không đúng cú pháp TOML: name = Tên");
    assert_eq!(say("code = \"a\"\ncode = \"b\"\n"), "Dòng 2: một khóa ghi hai lần: code = \"b\"");
    assert!(read("").unwrap().reading.set.is_none());
}

/// A set with every kind of measure and every key.
fn everything() -> Value {
    let leaf =
        |code: &str, measure: Value| serde_json::json!({ "code": code, "name": code, "max": "2", "measure": measure });
    let yes_no = serde_json::json!({ "kind": "yes-no" });
    let levels =
        serde_json::json!([{ "name": "Đúng \"tiến độ\"", "points": "2" }, { "name": "Muộn\\nhiều", "points": "1" }]);
    let long: Vec<Value> =
        (0..12).map(|i| serde_json::json!({ "from": format!("{}", 12 - i), "points": "1" })).collect();
    serde_json::json!({
        "code": "du", "name": "Đủ các kiểu", "source": "QĐ 1", "valid": { "from": "2026-01-01" }, "applies_to": ["so", "xa"],
        "rounding": { "leaf": 3, "total": 2 }, "not_applicable": "share", "ties": ["1"], "survey_not_held": "rescale",
        "ratings": [{ "name": "Xuất sắc", "from": "90", "no_zero": true }, { "name": "Yếu", "from": "0" }],
        "criteria": [
            { "code": "1", "name": "Lĩnh vực", "not_applicable": "full" },
            { "code": "1.1", "name": "Chữ", "max": "2", "applies_to": ["so"], "filled_by": "appraiser", "evidence": "required",
              "text": "Một \"nháy\"\n\"\"\"ba nháy\"\"\"\nhai \"\" rồi hết\"\n\tthụt\\vạch\r\n\u{7f}\u{1b}cuối\"\"", "zero_if": "Sau 31/01",
              "rounding": {}, "measure": yes_no },
            leaf("1.2", serde_json::json!({ "kind": "choice", "options": levels })),
            leaf("1.3", serde_json::json!({ "kind": "bands", "bands": long, "none": "0" })),
            leaf("1.4", serde_json::json!({ "kind": "ratio", "part": "xong", "whole": "giao", "floor": "0.8", "empty": "full" })),
            leaf("1.5", serde_json::json!({ "kind": "count", "each": "0.5" })),
            leaf("1.6", serde_json::json!({ "kind": "checklist", "items": [{ "name": "a", "points": "2" }] })),
            leaf("1.7", serde_json::json!({ "kind": "deduct", "cases": levels, "least": "-0.25" })),
            leaf("1.8", serde_json::json!({ "kind": "deadline", "bands": [{ "within": 30, "points": "2" }], "never": "0" })),
            leaf("1.9", serde_json::json!({ "kind": "survey", "weights": ["1", "0.6"], "least_answers": 30 })),
            leaf("1.10", serde_json::json!({ "kind": "best-of", "measures": [{ "kind": "relative" },
                { "kind": "versus", "with": "mean", "at_or_above": "2", "below": "1" }] })),
            leaf("1.11", serde_json::json!({ "kind": "by", "on": "phase", "cases": { "vận hành": yes_no, "xây dựng": { "kind": "points", "step": "0.25" } } })),
            { "code": "2", "name": "Thưởng", "group": "bonus", "cap": "15" },
            leaf("2.1", serde_json::json!({ "kind": "count", "each": "1" })),
        ],
    })
}

#[test]
fn a_set_with_everything_comes_back_from_toml() {
    let set = score::read(&everything()).set.unwrap();
    let text = write(&set);
    let file = read(&text).unwrap_or_else(|refusal| panic!("{}\n{text}", refusal.say));
    assert_eq!(file.reading.set.as_ref(), Some(&set), "{text}");
    assert_eq!(file.value, score::to_value(&set), "{text}");
    assert_eq!(write(&file.reading.set.unwrap()), text);
}

#[test]
fn it_is_written_as_a_person_would() {
    let text = write(&read(SMALL).unwrap().reading.set.unwrap());
    let expected = r#"code = "so-2020"
name = "Chỉ số CCHC cấp sở"
source = "QĐ thử"
valid = { from = "2020-01-01", to = "2021-01-01" }
applies_to = ["so"]
rounding = { leaf = 3, total = 2 }
not_applicable = "exclude"
ties = "skip"
survey_not_held = "unknown"
ratings = []

[[criteria]]
code = "1"
name = "Chỉ đạo, điều hành"

[[criteria]]
code = "1.1"
name = "Kế hoạch"
max = "1.5"
filled_by = "self"
evidence = "optional"
text = """
Từ 80 % trở lên: …
Dưới 80 %: 0"""
measure = { kind = "bands", bands = [{ from = "0.8", points = "1.5" }, { from = "0.5", points = "1" }] }
"#;
    assert_eq!(text, expected);
}
