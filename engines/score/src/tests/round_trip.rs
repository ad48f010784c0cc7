//! A set written and read again is the same set.

use super::*;
use crate::to_value;

/// Every key, every kind of measure, every default left out somewhere and said elsewhere.
pub(super) fn everything() -> Value {
    let yes_no = json!({ "kind": "yes-no" });
    let levels = json!([{ "name": "Đúng tiến độ", "points": "2" }, { "name": "Muộn", "points": "1.00" }]);
    let leaf = |code: &str, measure: Value| json!({ "code": code, "name": code, "max": "2", "measure": measure });
    json!({
        "code": "du-cac-kieu", "name": "Bộ có đủ các kiểu chấm", "source": "QĐ 1/QĐ-UBND",
        "valid": { "from": "2026-01-01", "to": "2027-01-01" }, "applies_to": ["so", "xa"],
        "rounding": { "leaf": 3, "total": 2 }, "not_applicable": "share", "ties": ["1", "2"], "survey_not_held": "rescale",
        "ratings": [{ "name": "Xuất sắc", "from": "90", "no_zero": true }, { "name": "Yếu", "from": "0" }],
        "criteria": [
            { "code": "1", "name": "Lĩnh vực", "max": "24", "not_applicable": "exclude", "rounding": { "leaf": 2 } },
            { "code": "1.1", "name": "Có \"nháy\" và \\ và 🙂", "max": "2", "applies_to": ["so"], "not_applicable": "full",
              "filled_by": "appraiser", "evidence": "required", "text": "Dòng một\nDòng hai\t\"\"\"", "zero_if": "Ban hành sau ngày 31/01",
              "rounding": {}, "measure": yes_no },
            { "code": "1.2", "name": "b", "max": "2", "applies_to": ["xa"], "measure": { "kind": "choice", "options": levels } },
            leaf("1.3", json!({ "kind": "bands", "bands": [{ "from": "0.30", "points": "2" }, { "from": "0", "points": "1" }], "none": "0" })),
            leaf("1.4", json!({ "kind": "ratio" })),
            leaf("1.5", json!({ "kind": "ratio", "part": "xong", "whole": "giao", "floor": "0.8", "full_at": "0.9", "empty": "full" })),
            leaf("1.6", json!({ "kind": "count", "each": "0.5" })),
            leaf("1.7", json!({ "kind": "checklist", "items": [{ "name": "a", "points": "1.5" }, { "name": "b", "points": "0.5" }] })),
            leaf("1.8", json!({ "kind": "deduct", "cases": levels, "least": "-0.25" })),
            leaf("1.9", json!({ "kind": "deadline", "bands": [{ "within": 30, "points": "2" }, { "within": 60, "points": "1.5" }], "never": "0" })),
            leaf("1.10", json!({ "kind": "survey", "weights": ["1", "0.6", "0"], "least_answers": 30 })),
            leaf("1.11", json!({ "kind": "relative" })),
            leaf("1.12", json!({ "kind": "versus", "with": "last-year", "at_or_above": "2", "below": "0" })),
            leaf("1.13", json!({ "kind": "best-of", "measures": [{ "kind": "relative" }, { "kind": "versus", "with": "mean", "at_or_above": "2", "below": "1" }] })),
            { "code": "2", "name": "Khác" },
            leaf("2.1", json!({ "kind": "by", "on": "kind", "cases": { "xa": yes_no, "so": { "kind": "points", "step": "0.25" } } })),
            leaf("2.2", json!({ "kind": "by", "on": "phase", "cases": { "vận hành": { "kind": "relative" }, "xây dựng": yes_no } })),
            { "code": "3", "name": "Thưởng", "group": "bonus", "cap": "15" },
            leaf("3.1", json!({ "kind": "points", "step": "0.5" })),
            { "code": "4", "name": "Trừ", "group": "penalty" },
            leaf("4.1", json!({ "kind": "count", "each": "1" })),
        ],
    })
}

#[test]
fn a_set_with_everything_comes_back_the_same() {
    let set = good(&everything());
    let written = to_value(&set);
    assert_eq!(good(&written), set);
    assert_eq!(to_value(&good(&written)), written);
}

#[test]
fn keys_come_in_the_order_of_the_contract() {
    let written = to_value(&good(&everything()));
    let keys: Vec<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "code",
            "name",
            "source",
            "valid",
            "applies_to",
            "rounding",
            "not_applicable",
            "ties",
            "survey_not_held",
            "ratings",
            "criteria"
        ]
    );
    let leaf: Vec<&str> = written["criteria"][1].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        leaf,
        [
            "code",
            "name",
            "max",
            "applies_to",
            "not_applicable",
            "filled_by",
            "evidence",
            "text",
            "zero_if",
            "rounding",
            "measure"
        ]
    );
    let ratio: Vec<&str> = written["criteria"][5]["measure"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ratio, ["kind", "part", "whole", "floor", "full_at", "empty"]);
}

#[test]
fn defaults_are_those_of_the_contract() {
    let set = set(
        json!([{ "code": "1", "name": "a", "max": "1", "measure": { "kind": "ratio" } },
        { "code": "2", "name": "b", "max": "1", "measure": { "kind": "survey", "weights": ["1"] } }]),
        json!({}),
    );
    let written = to_value(&set);
    assert_eq!(written["not_applicable"], "exclude");
    assert_eq!(written["ties"], "skip");
    let ratio = &written["criteria"][0]["measure"];
    assert_eq!((&ratio["floor"], &ratio["full_at"], &ratio["empty"]), (&json!("0"), &json!("1"), &json!("unknown")));
    assert_eq!(written["criteria"][1]["measure"]["least_answers"], 1);
    assert_eq!(written["criteria"][0]["filled_by"], "self");
    assert_eq!(written["criteria"][1]["filled_by"], "survey");
}

#[test]
fn group_wide_values_of_different_measures_are_kept_apart() {
    let set = good(&everything());
    let mut slots = Vec::new();
    for criterion in &set.criteria {
        criterion.measure.as_ref().unwrap_or(&crate::Measure::YesNo).each(&mut |inner| {
            if let crate::Measure::Relative { slot } | crate::Measure::Versus { slot, .. } = inner {
                slots.push(*slot);
            }
        });
    }
    assert_eq!(slots, [0, 1, 2, 3, 4]);
}
