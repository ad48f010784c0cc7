//! Answers that are refused, each naming its unit and code.

use super::*;

#[track_caller]
fn check(measure: Value, answer: Value, words: &str) {
    let set = leaf_set("2", measure);
    let told = refused(&set, json!({ "units": { "Sở A": { "1": answer } } }));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("Sở A, tiêu chí 1: "), "{told:?}");
    assert!(told[0].contains(words), "{told:?}");
}

#[test]
fn parts_and_wholes() {
    for measure in [
        json!({ "kind": "ratio", "part": "xong", "whole": "giao" }),
        json!({ "kind": "bands", "bands": [{ "from": "0.5", "points": "2" }] }),
    ] {
        let share = |part: &str, whole: &str| json!({ "part": part, "whole": whole });
        check(measure.clone(), share("119", "118"), "lớn hơn");
        check(measure.clone(), share("1", "0"), "là 0");
        check(measure.clone(), share("-1", "5"), "không được âm");
        check(measure.clone(), share("1", "-5"), "không được âm");
        check(measure.clone(), json!({ "part": "-1", "whole": null }), "không được âm");
        check(measure.clone(), share("1,5", "5"), "dấu chấm");
        check(measure.clone(), share("1.000.000", "5"), "dấu chấm");
        check(measure.clone(), share("một", "5"), "không phải là số");
        check(measure.clone(), share("", "5"), "Chưa nhập số");
        check(measure.clone(), share("1e3", "5"), "không phải là số");
        check(measure, json!({ "part": 1, "whole": "5" }), "đặt trong dấu nháy");
    }
    check(
        json!({ "kind": "ratio", "part": "xong", "whole": "giao" }),
        json!({ "part": "9", "whole": "8" }),
        "“xong” (9) lớn hơn “giao” (8)",
    );
    check(
        json!({ "kind": "bands", "bands": [{ "from": "1", "points": "2" }] }),
        json!({ "value": "1", "part": "1" }),
        "không ghi cả hai",
    );
}

#[test]
fn values() {
    check(json!({ "kind": "count", "each": "1" }), json!({ "value": "-1" }), "không được âm");
    check(json!({ "kind": "count", "each": "1" }), json!({ "value": 3 }), "dấu nháy");
    check(json!({ "kind": "relative" }), json!({ "value": "-0.5" }), "không được âm");
    check(json!({ "kind": "points", "step": "0.25" }), json!({ "value": "2.25" }), "quá điểm tối đa 2");
    check(json!({ "kind": "points", "step": "0.25" }), json!({ "value": "0.3" }), "bước chấm 0,25");
    check(json!({ "kind": "points", "step": "0.25" }), json!({ "value": "-0.25" }), "không được âm");
    check(json!({ "kind": "yes-no" }), json!({ "yes": "true" }), "true hoặc false");
    check(json!({ "kind": "yes-no" }), json!({ "yes": 1 }), "true hoặc false");
}

#[test]
fn positions() {
    let options = json!([{ "name": "a", "points": "2" }, { "name": "b", "points": "0" }]);
    check(json!({ "kind": "choice", "options": options }), json!({ "choice": 2 }), "từ 0 đến 1");
    check(json!({ "kind": "choice", "options": options }), json!({ "choice": -1 }), "số thứ tự");
    check(json!({ "kind": "choice", "options": options }), json!({ "choice": "0" }), "không đặt trong dấu nháy");
    check(json!({ "kind": "choice", "options": options }), json!({ "choice": 0.5 }), "số thứ tự");
    check(json!({ "kind": "checklist", "items": options }), json!({ "items": [0, 2] }), "từ 0 đến 1");
    check(json!({ "kind": "checklist", "items": options }), json!({ "items": [0, 0] }), "ghi hai lần");
    check(json!({ "kind": "checklist", "items": options }), json!({ "items": 0 }), "danh sách");
    check(json!({ "kind": "deduct", "cases": options }), json!({ "cases": [1] }), "cần đúng 2");
    check(json!({ "kind": "deduct", "cases": options }), json!({ "cases": [1, -1] }), "không âm");
    check(
        json!({ "kind": "survey", "weights": ["1", "0"] }),
        json!({ "answers": [1, "2"] }),
        "không đặt trong dấu nháy",
    );
    check(json!({ "kind": "survey", "weights": ["1", "0"] }), json!({ "answers": [1, 2.5] }), "số nguyên");
    check(json!({ "kind": "survey", "weights": ["1", "0"] }), json!({ "answers": [1, 2, 3] }), "cần đúng 2");
}

#[test]
fn days() {
    let measure = json!({ "kind": "deadline", "bands": [{ "within": 30, "points": "2" }] });
    check(measure.clone(), json!({ "from": "2026-02-30", "done": "2026-03-01" }), "ngày có thật");
    check(measure.clone(), json!({ "from": "10/01/2026", "done": "2026-03-01" }), "ngày có thật");
    check(measure.clone(), json!({ "from": 20260110, "done": "2026-03-01" }), "ngày có thật");
    check(measure.clone(), json!({ "done": "2026-03-01", "never": true }), "không thể là không thực hiện");
    check(measure, json!({ "never": "true" }), "true hoặc false");
}

#[test]
fn fields_and_shapes() {
    check(json!({ "kind": "yes-no" }), json!({ "value": "1" }), "không có trường “value”");
    check(json!({ "kind": "count", "each": "1" }), json!({ "vlaue": "1" }), "Có phải là “value”?");
    check(json!({ "kind": "yes-no" }), json!(true), "phải có dạng");
    check(json!({ "kind": "yes-no" }), json!({ "yes": true, "zero_if": "x" }), "true hoặc false");
    check(json!({ "kind": "yes-no" }), json!({ "yes": true, "not_applicable": 1 }), "true hoặc false");
    check(json!({ "kind": "yes-no" }), json!({ "yes": true, "phase": "x" }), "không có trường “phase”");
    check(
        json!({ "kind": "versus", "with": "mean", "at_or_above": "2", "below": "0" }),
        json!({ "value": "1", "last_year": "1" }),
        "last_year",
    );
    let best = json!({ "kind": "best-of", "measures": [{ "kind": "yes-no" }, { "kind": "count", "each": "1" }] });
    check(best.clone(), json!({ "measures": [{}] }), "cần đúng 2");
    check(best.clone(), json!({ "measures": [{}, { "value": "-1" }] }), "cách chấm thứ 2: ");
    check(best, json!({ "measures": [{ "zero_if": true }, {}] }), "zero_if");
    let by = json!({ "kind": "by", "on": "phase", "cases": { "a": { "kind": "yes-no" }, "b": { "kind": "count", "each": "1" } } });
    check(by.clone(), json!({ "phase": "c" }), "không có cách chấm cho “c”");
    check(by.clone(), json!({ "phase": "a", "value": "1" }), "không có trường “value”");
    check(by.clone(), json!({ "phase": 1 }), "“phase”");
    check(by, json!({ "choice": 1 }), "không có trường “choice”");
}

#[test]
fn codes_units_and_kinds() {
    let mut set_ = set_value(
        json!([{ "code": "1", "name": "a" }, { "code": "1.1", "name": "b", "max": "1", "measure": { "kind": "yes-no" } }]),
        json!({}),
    );
    set_["applies_to"] = json!(["so"]);
    let set = good(&set_);
    let told = |file: Value| refused(&set, file).join("\n");
    assert!(told(json!({ "units": { "A": { "1.2": {} } } })).contains("A, tiêu chí 1.2: bộ tiêu chí không có mã này"));
    assert!(told(json!({ "units": { "A": { "1": { "yes": true } } } })).contains("tiêu chí cha không có câu trả lời"));
    assert!(told(json!({ "units": { "A": { "1.1": { "zero_if": true } } } })).contains("không có điều kiện"));
    assert!(told(json!({ "units": { "A": 1 } })).contains("A: câu trả lời"));
    assert!(told(json!({ "units": { "A": {} }, "kinds": { "A": "xa" } })).contains("không dùng cho loại đơn vị “xa”"));
    assert!(told(json!({ "units": { "Sở A": {} }, "kinds": { "Sở B": "so" } })).contains("Có phải là “Sở A”?"));
    assert!(told(json!({ "units": { "A": {} }, "kinds": { "A": 1 } })).contains("A: loại đơn vị"));
    assert!(told(json!({ "units": { "A": {} }, "kind": {} })).contains("Có phải là “kinds”?"));
    assert!(told(json!({ "units": { "A": {} }, "survey_held": "no" })).contains("survey_held"));
    assert!(told(json!({})).contains("units"));
    assert!(told(json!([])).contains("units"));
    // A parent may be said not to apply; a leaf not there for the kind is passed over by another test.
    assert!(one(&set, json!({ "1": { "not_applicable": true } })).lines.is_empty());
    assert!(scores(&set, json!({})).is_empty());
}

#[test]
fn every_refusal_is_told() {
    let set = leaf_set("2", json!({ "kind": "count", "each": "1" }));
    let told = refused(
        &set,
        json!({ "units": { "A": { "1": { "value": "-1" }, "7": {} }, "B": { "1": { "value": "x" } }, "C": { "1": { "value": "1" } } } }),
    );
    assert_eq!(told.len(), 3, "{told:?}");
}
