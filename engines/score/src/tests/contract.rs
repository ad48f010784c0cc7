//! The contract's own example, number by number.

use super::*;

fn example() -> Value {
    json!({
        "code": "so-2020", "name": "Chỉ số CCHC cấp sở", "source": "QĐ …",
        "valid": { "from": "2020-01-01", "to": "2021-01-01" }, "applies_to": ["so"],
        "rounding": { "leaf": 3, "total": 2 }, "not_applicable": "exclude", "ties": "skip", "survey_not_held": "rescale",
        "ratings": [
            { "name": "Xuất sắc", "from": "90", "no_zero": true }, { "name": "Tốt", "from": "80" },
            { "name": "Khá", "from": "70" }, { "name": "Trung bình", "from": "50" }, { "name": "Yếu", "from": "0" }],
        "criteria": [
            { "code": "1", "name": "Công tác chỉ đạo, điều hành CCHC" },
            { "code": "1.1", "name": "Mức độ hoàn thành kế hoạch CCHC", "max": "1.5", "filled_by": "self", "evidence": "required",
              "text": "Từ 80 % trở lên: …", "zero_if": "Ban hành sau ngày 31/01", "rounding": { "leaf": 2 },
              "measure": { "kind": "ratio", "part": "nhiệm vụ hoàn thành", "whole": "nhiệm vụ trong kế hoạch",
                           "floor": "0.8", "full_at": "1", "empty": "zero" } },
            { "code": "9", "name": "Điểm thưởng", "group": "bonus", "cap": "15" },
            { "code": "9.1", "name": "Sáng kiến", "max": "10", "measure": { "kind": "count", "each": "5" } },
            { "code": "10", "name": "Điểm trừ", "group": "penalty", "cap": "2" },
            { "code": "10.1", "name": "Nộp muộn, mỗi ngày", "max": "3", "measure": { "kind": "count", "each": "1" } },
        ],
    })
}

#[test]
fn the_example_scores() {
    let set = good(&example());
    let answer = |part: &str, bonus: &str, late: &str| json!({ "1.1": { "part": part, "whole": "118" }, "9.1": { "value": bonus }, "10.1": { "value": late } });
    let scores = scores(
        &set,
        json!({ "Sở A": answer("118", "0", "0"), "Sở B": answer("100", "0", "0"), "Sở C": answer("90", "1", "9") }),
    );
    let a = &scores[0];
    assert_eq!(
        (a.total, a.index, a.rating.as_deref(), a.rank),
        (Some(dec("1.5")), Some(dec("100")), Some("Xuất sắc"), Some(2))
    );
    assert_eq!(a.applicable_max.to_string(), "1.5");
    assert_eq!(a.lines[0].points.as_ref().unwrap().to_string(), "1.5");
    // 1,5 × 100/118 = 1,27118… → 1,27 by the criterion's own two digits; 1,27/1,5 = 84,67 %.
    let b = &scores[1];
    assert_eq!(
        (b.total, b.index, b.rating.as_deref(), b.rank),
        (Some(dec("1.27")), Some(dec("84.67")), Some("Tốt"), Some(3))
    );
    // 90/118 is under 80 %: 0 + 5 − 2 (of 9 days, up to 3, up to 2).
    let c = &scores[2];
    assert_eq!(
        (c.total, c.index, c.rating.as_deref(), c.rank),
        (Some(dec("3")), Some(dec("200")), Some("Tốt"), Some(1))
    );
}

#[test]
fn codes_of_unknown_leaves_are_named_in_order() {
    let set = good(&example());
    let unit = one(&set, json!({ "10.1": null, "9.1": { "value": null }, "1.1": { "part": "1" } }));
    assert_eq!(unit.unknown, ["1.1", "9.1", "10.1"]);
    assert!(unit.lines.iter().all(|line| line.points.is_none()));
}
