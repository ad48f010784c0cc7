//! Each kind of measure by the sentences of the contract.

use super::*;

/// `None` stands for unknown.
#[track_caller]
fn check(max: &str, measure: Value, answer: Value, expected: Option<&str>) {
    assert_eq!(points(max, measure.clone(), answer.clone()), expected.map(exact), "{measure} answered {answer}");
}

#[test]
fn yes_no_is_all_or_nothing() {
    let measure = json!({ "kind": "yes-no" });
    check("1.5", measure.clone(), json!({ "yes": true }), Some("1.5"));
    check("1.5", measure.clone(), json!({ "yes": false }), Some("0"));
    check("1.5", measure.clone(), json!({ "yes": null }), None);
    check("1.5", measure.clone(), json!({}), None);
    check("1.5", measure.clone(), Value::Null, None);
    // The condition voids even what is not known.
    check("1.5", measure.clone(), json!({ "zero_if": true }), Some("0"));
    check("1.5", measure.clone(), json!({ "yes": true, "zero_if": true }), Some("0"));
    check("1.5", measure, json!({ "yes": true, "zero_if": false }), Some("1.5"));
}

#[test]
fn choice_gives_the_points_of_the_option() {
    let measure = json!({ "kind": "choice", "options": [
        { "name": "Đúng tiến độ", "points": "2" }, { "name": "Muộn", "points": "1" }, { "name": "Không", "points": "0" }] });
    check("2", measure.clone(), json!({ "choice": 0 }), Some("2"));
    check("2", measure.clone(), json!({ "choice": 2 }), Some("0"));
    check("2", measure.clone(), json!({ "choice": null }), None);
    assert_eq!(why("2", measure, json!({ "choice": 1 })), "“Muộn” → 1");
}

#[test]
fn bands_reach_from_their_from_to_the_one_above() {
    let measure =
        json!({ "kind": "bands", "bands": [{ "from": "0.3", "points": "1" }, { "from": "0.2", "points": "0.5" }] });
    let value = |value: &str| json!({ "value": value });
    check("1", measure.clone(), value("0.3"), Some("1"));
    check("1", measure.clone(), value("0.2999"), Some("0.5"));
    check("1", measure.clone(), value("0.2"), Some("0.5"));
    check("1", measure.clone(), value("0.1999"), Some("0"));
    check("1", measure.clone(), value("0"), Some("0"));
    check("1", measure.clone(), value("-1"), Some("0"));
    check("1", measure.clone(), json!({ "part": "1", "whole": "4" }), Some("0.5"));
    check("1", measure.clone(), json!({ "part": "3", "whole": "10" }), Some("1")); // a float has 0.3 under 3/10
    check("1", measure.clone(), json!({ "part": "0", "whole": "4" }), Some("0"));
    check("1", measure.clone(), json!({ "part": "0", "whole": "0" }), None);
    check("1", measure.clone(), json!({ "part": "1" }), None);
    assert_eq!(why("1", measure.clone(), json!({ "part": "1", "whole": "4" })), "1/4 = 25 % ≥ 20 % → 0,5");
    assert_eq!(why("1", measure, value("0.1")), "0,1 < 0,2 → 0");
}

#[test]
fn bands_may_say_what_nothing_gives() {
    let measure = json!({ "kind": "bands", "none": "0",
        "bands": [{ "from": "0.3", "points": "1" }, { "from": "0", "points": "0.25" }] });
    check("1", measure.clone(), json!({ "value": "0" }), Some("0"));
    check("1", measure.clone(), json!({ "value": "0.01" }), Some("0.25"));
    check("1", measure.clone(), json!({ "part": "0", "whole": "9" }), Some("0"));
    check("1", measure, json!({ "part": "0", "whole": "0" }), Some("0"));
    // Without it 0 falls in its band.
    let measure =
        json!({ "kind": "bands", "bands": [{ "from": "1", "points": "1" }, { "from": "0", "points": "0.25" }] });
    check("1", measure.clone(), json!({ "value": "0" }), Some("0.25"));
    check("1", measure, json!({ "part": "0", "whole": "9" }), Some("0.25"));
}

#[test]
fn ratio_has_a_floor_and_a_point_of_saturation() {
    let share = |part: &str, whole: &str| json!({ "part": part, "whole": whole });
    let measure =
        json!({ "kind": "ratio", "part": "xong", "whole": "giao", "floor": "0.8", "full_at": "1", "empty": "zero" });
    assert_eq!(points("1.5", measure.clone(), share("1187", "1204")), Some(frac(15 * 1187, 10 * 1204)));
    check("1.5", measure.clone(), share("118", "118"), Some("1.5"));
    check("1.5", measure.clone(), share("80", "100"), Some("1.2"));
    check("1.5", measure.clone(), share("79", "100"), Some("0"));
    check("1.5", measure.clone(), share("0", "0"), Some("0"));
    let measure = json!({ "kind": "ratio", "full_at": "0.8", "empty": "full" });
    check("2", measure.clone(), share("4", "10"), Some("1"));
    check("2", measure.clone(), share("8", "10"), Some("2"));
    check("2", measure.clone(), share("9", "10"), Some("2"));
    check("2", measure.clone(), share("0", "10"), Some("0"));
    check("2", measure.clone(), share("0", "0"), Some("2"));
    check("2", measure, json!({ "part": null, "whole": "10" }), None);
    check("2", json!({ "kind": "ratio" }), share("0", "0"), None);
}

#[test]
fn ratio_is_explained_as_on_paper() {
    let leaf = json!([{ "code": "1", "name": "Một", "max": "1.5",
        "measure": { "kind": "ratio", "floor": "0.8", "full_at": "1", "empty": "zero" } }]);
    let set = set(leaf, json!({}));
    let told = |part: &str, whole: &str| {
        let line = one(&set, json!({ "1": { "part": part, "whole": whole } })).lines.remove(0);
        line.why.replace('\u{a0}', " ")
    };
    assert_eq!(told("1187", "1204"), "1.187/1.204 = 98,59 % ≥ 80 % → 1,479");
    assert_eq!(told("7", "10"), "7/10 = 70 % < 80 % → 0");
    // 79,9999 % must not be shown as 80 % below 80 %.
    assert_eq!(told("799999", "1000000"), "799.999/1.000.000 = 79,9999 % < 80 % → 0");
    assert_eq!(told("0", "0"), "0/0: không phát sinh → 0");
    let full = why("2", json!({ "kind": "ratio", "full_at": "0.8" }), json!({ "part": "9", "whole": "10" }));
    assert_eq!(full, "9/10 = 90 % ≥ 80 % (tối đa) → 2");
    let sloped = why("2", json!({ "kind": "ratio", "full_at": "0.8" }), json!({ "part": "4", "whole": "10" }));
    assert_eq!(sloped, "4/10 = 40 %; 2 × 40 % : 80 % → 1");
}

#[test]
fn count_stops_at_the_maximum() {
    let measure = json!({ "kind": "count", "each": "0.5" });
    check("1", measure.clone(), json!({ "value": "0" }), Some("0"));
    check("1", measure.clone(), json!({ "value": "1" }), Some("0.5"));
    check("1", measure.clone(), json!({ "value": "3" }), Some("1"));
    assert_eq!(why("1", measure, json!({ "value": "3" })), "3 × 0,5 = 1,5, tối đa 1 → 1");
}

#[test]
fn checklist_sums_what_is_met() {
    let items =
        json!([{ "name": "a", "points": "0.25" }, { "name": "b", "points": "0.25" }, { "name": "c", "points": "0.5" }]);
    let measure = json!({ "kind": "checklist", "items": items });
    check("1", measure.clone(), json!({ "items": [0, 2] }), Some("0.75"));
    check("1", measure.clone(), json!({ "items": [] }), Some("0"));
    check("1", measure.clone(), json!({ "items": null }), None);
    check("1", measure.clone(), json!({ "items": [0, null] }), None);
    assert_eq!(why("1", measure, json!({ "items": [0, 2] })), "Đạt 2/3 mục: 0,25 + 0,5 → 0,75");
}

#[test]
fn deduct_takes_off_to_its_least() {
    let cases = json!([{ "name": "khiển trách", "points": "0.25" }, { "name": "cảnh cáo", "points": "1" }]);
    let measure = json!({ "kind": "deduct", "cases": cases });
    check("1", measure.clone(), json!({ "cases": [0, 0] }), Some("1"));
    check("1", measure.clone(), json!({ "cases": [1, 0] }), Some("0.75"));
    check("1", measure.clone(), json!({ "cases": [2, 1] }), Some("0"));
    check("1", measure.clone(), json!({ "cases": [1, null] }), None);
    assert_eq!(
        why("1", measure, json!({ "cases": [2, 1] })),
        "1 − 2 × 0,25 (khiển trách) − 1 × 1 (cảnh cáo), thấp nhất 0 → 0"
    );
    let below = json!({ "kind": "deduct", "cases": cases, "least": "-0.25" });
    check("1", below.clone(), json!({ "cases": [2, 1] }), Some("-0.25"));
    check("1", below, json!({ "cases": [0, 1] }), Some("0"));
}

#[test]
fn deadline_includes_its_last_day() {
    let measure = json!({ "kind": "deadline", "never": "0",
        "bands": [{ "within": 30, "points": "3" }, { "within": 60, "points": "1.5" }] });
    let done = |done: &str| json!({ "from": "2026-01-10", "done": done });
    check("3", measure.clone(), done("2026-02-09"), Some("3")); // day 30
    check("3", measure.clone(), done("2026-02-10"), Some("1.5"));
    check("3", measure.clone(), done("2026-03-11"), Some("1.5")); // day 60
    check("3", measure.clone(), done("2026-03-12"), Some("0"));
    check("3", measure.clone(), done("2026-01-02"), Some("3")); // before it was due to start
    check("3", measure.clone(), json!({ "never": true }), Some("0"));
    check("3", measure.clone(), json!({ "from": "2026-01-10", "never": true }), Some("0"));
    check("3", measure.clone(), json!({ "from": "2026-01-10" }), None);
    check("3", measure.clone(), json!({ "from": "2026-01-10", "done": null, "never": false }), None);
    assert_eq!(
        why("3", measure.clone(), done("2026-02-09")),
        "Từ 10/01/2026 đến 09/02/2026: 30 ngày, trong 30 ngày → 3"
    );
    assert_eq!(why("3", measure, done("2026-03-12")), "Từ 10/01/2026 đến 12/03/2026: 61 ngày, quá 60 ngày → 0");
    // "never" is also what is later than the last band.
    let never = json!({ "kind": "deadline", "never": "0.5", "bands": [{ "within": 0, "points": "1" }] });
    check("1", never.clone(), done("2026-01-10"), Some("1"));
    check("1", never.clone(), done("2026-01-11"), Some("0.5"));
    check("1", never, json!({ "never": true }), Some("0.5"));
}

#[test]
fn survey_is_the_mean_weight() {
    let measure = json!({ "kind": "survey", "weights": ["1", "0.6", "0.2", "0"], "least_answers": 10 });
    let tally = |tally: [u64; 4]| json!({ "answers": tally });
    // (12 + 3 + 0,2) / 18 of 5 points
    assert_eq!(points("5", measure.clone(), tally([12, 5, 1, 0])), Some(frac(152 * 5, 180)));
    check("5", measure.clone(), tally([10, 0, 0, 0]), Some("5"));
    check("5", measure.clone(), tally([0, 0, 0, 10]), Some("0"));
    check("5", measure.clone(), tally([9, 0, 0, 0]), None);
    check("5", measure.clone(), json!({ "answers": [9, 9, null, 9] }), None);
    check("5", json!({ "kind": "survey", "weights": ["1", "0"] }), json!({ "answers": [0, 0] }), None);
    assert_eq!(why("5", measure.clone(), tally([12, 5, 1, 0])), "18 phiếu, bình quân 84,44 % → 4,222222");
    assert_eq!(why("5", measure, tally([9, 0, 0, 0])), "Mới có 9 phiếu, cần ít nhất 10");
}

#[test]
fn relative_is_against_the_best_of_the_same_kind() {
    let leaf =
        json!([{ "code": "1", "name": "Một", "max": "5", "measure": { "kind": "relative" }, "zero_if": "Khai sai" }]);
    let set = set(leaf, json!({ "applies_to": ["so", "xa"] }));
    let file = json!({
        "kinds": { "X": "xa" },
        "units": {
            "A": { "1": { "value": "90" } }, "B": { "1": { "value": "120" } }, "C": { "1": { "value": null } },
            "D": { "1": { "value": "0" } }, "X": { "1": { "value": "999" } },
            "E": { "1": { "value": "120", "zero_if": true } },
            "F": { "1": { "value": "500", "not_applicable": true } },
        },
    });
    let scores = scores_of(&set, file);
    let points: Vec<_> = scores.iter().map(|unit| unit.lines.first().map(|line| line.points.clone())).collect();
    assert_eq!(points[0], Some(Some(exact("3.75"))));
    assert_eq!(points[1], Some(Some(exact("5"))));
    assert_eq!(points[2], Some(None));
    assert_eq!(points[3], Some(Some(Exact::ZERO)));
    assert_eq!(points[4], Some(Some(exact("5"))), "another kind is another group");
    assert_eq!(points[5], Some(Some(Exact::ZERO)));
    assert_eq!(points[6], None, "what does not apply to a unit is not among the values");
    assert_eq!(scores[0].lines[0].why.replace('\u{a0}', " "), "90/120 (cao nhất nhóm) = 75 % → 3,75");
}

#[test]
fn relative_to_a_best_of_zero_gives_nothing() {
    let set = leaf_set("5", json!({ "kind": "relative" }));
    let scores = scores(&set, json!({ "A": { "1": { "value": "0" } }, "B": { "1": { "value": "0" } } }));
    assert_eq!(scores[0].lines[0].points, Some(Exact::ZERO));
}

#[test]
fn versus_the_mean_is_exact() {
    let set = leaf_set("2", json!({ "kind": "versus", "with": "mean", "at_or_above": "2", "below": "0.5" }));
    // The mean of 1, 1, 2 is 4/3: no float and no rounding may make 1,333 reach it.
    let units =
        json!({ "A": { "1": { "value": "1" } }, "B": { "1": { "value": "1" } }, "C": { "1": { "value": "2" } } });
    let points: Vec<_> = scores(&set, units).into_iter().map(|unit| unit.lines[0].points.clone().unwrap()).collect();
    assert_eq!(points, [exact("0.5"), exact("0.5"), exact("2")]);
    // All equal: the mean is reached, also of thirds.
    let units =
        json!({ "A": { "1": { "value": "0.1" } }, "B": { "1": { "value": "0.1" } }, "C": { "1": { "value": "0.1" } } });
    let all = scores(&set, units);
    assert!(all.iter().all(|unit| unit.lines[0].points == Some(exact("2"))));
    assert_eq!(all[0].lines[0].why, "0,1 ≥ bình quân nhóm 0,1 → 2");
}

#[test]
fn versus_last_year_needs_last_year() {
    let measure = json!({ "kind": "versus", "with": "last-year", "at_or_above": "1", "below": "0" });
    check("1", measure.clone(), json!({ "value": "3", "last_year": "2" }), Some("1"));
    check("1", measure.clone(), json!({ "value": "2", "last_year": "2" }), Some("1"));
    check("1", measure.clone(), json!({ "value": "1.9", "last_year": "2" }), Some("0"));
    check("1", measure, json!({ "value": "3" }), None);
}

#[test]
fn best_of_is_unknown_only_while_it_could_change() {
    let options = json!([{ "name": "a", "points": "2" }, { "name": "b", "points": "1" }]);
    let measure = json!({ "kind": "best-of", "measures": [
        { "kind": "choice", "options": options }, { "kind": "count", "each": "1" }] });
    let of = |first: Value, second: Value| json!({ "measures": [first, second] });
    check("3", measure.clone(), of(json!({ "choice": 0 }), json!({ "value": "1" })), Some("2"));
    check("3", measure.clone(), of(json!({ "choice": 1 }), json!({ "value": "3" })), Some("3"));
    // The choice could give 2 at most, so 2 from the count stands; 1 does not.
    check("3", measure.clone(), of(Value::Null, json!({ "value": "2" })), Some("2"));
    check("3", measure.clone(), of(Value::Null, json!({ "value": "1" })), None);
    // The count could give 3.
    check("3", measure.clone(), of(json!({ "choice": 0 }), json!({})), None);
    check("3", measure.clone(), of(Value::Null, Value::Null), None);
    check("3", measure.clone(), json!({ "measures": null }), None);
    assert_eq!(why("3", measure, of(json!({ "choice": 0 }), json!({ "value": "1" }))), "Cách 1 cao nhất: “a” → 2");
}

#[test]
fn by_kind_and_by_phase() {
    let by_kind = json!([{ "code": "1", "name": "Một", "max": "2", "measure": { "kind": "by", "on": "kind", "cases": {
        "so": { "kind": "yes-no" }, "xa": { "kind": "count", "each": "0.5" } } } }]);
    let set = set(by_kind, json!({ "applies_to": ["so", "xa"] }));
    let file = json!({ "kinds": { "X": "xa" },
        "units": { "A": { "1": { "yes": true } }, "X": { "1": { "value": "3" } } } });
    let scores = scores_of(&set, file);
    assert_eq!(scores[0].total, Some(dec("2")));
    assert_eq!(scores[1].total, Some(dec("1.5")));
    assert_eq!(refused(&set, json!({ "units": { "A": { "1": { "value": "3" } } } })).len(), 1);

    let measure = json!({ "kind": "by", "on": "phase", "cases": {
        "xây dựng": { "kind": "ratio" }, "vận hành": { "kind": "yes-no" } } });
    check("18", measure.clone(), json!({ "phase": "vận hành", "yes": true }), Some("18"));
    check("18", measure.clone(), json!({ "phase": "xây dựng", "part": "1", "whole": "2" }), Some("9"));
    check("18", measure.clone(), json!({ "yes": true }), None);
    check("18", measure, json!({ "phase": "vận hành" }), None);
}

#[test]
fn by_another_criterion_follows_its_answer() {
    let criteria = json!([
        { "code": "1", "name": "Có kế hoạch", "max": "3", "measure": { "kind": "yes-no" } },
        { "code": "2", "name": "Tổ chức lớp", "max": "5", "measure": { "kind": "by", "on": "1", "cases": {
            "true": { "kind": "bands", "bands": [{ "from": "1", "points": "5" }, { "from": "0.85", "points": "4" }] },
            "false": { "kind": "choice", "options": [{ "name": "Có tổ chức", "points": "2" }, { "name": "Không", "points": "0" }] } } } },
        { "code": "3", "name": "Mức", "max": "1", "measure": { "kind": "choice", "options": [
            { "name": "a", "points": "1" }, { "name": "b", "points": "0" }] } },
        { "code": "4", "name": "Theo mức", "max": "1", "measure": { "kind": "by", "on": "3", "cases": {
            "0": { "kind": "yes-no" }, "1": { "kind": "points", "step": "0.5" } } } },
    ]);
    let set = set(criteria, json!({}));
    let line = |answers: Value, at: usize| one(&set, answers).lines[at].points.clone();
    assert_eq!(line(json!({ "1": { "yes": true }, "2": { "value": "0.9" } }), 1), Some(exact("4")));
    assert_eq!(line(json!({ "1": { "yes": false }, "2": { "choice": 0 } }), 1), Some(exact("2")));
    assert_eq!(line(json!({ "1": {}, "2": { "choice": 0 } }), 1), None);
    assert_eq!(line(json!({ "2": { "value": "0.9" } }), 1), None);
    assert_eq!(line(json!({ "1": { "yes": true, "not_applicable": true }, "2": { "value": "0.9" } }), 0), None);
    assert_eq!(line(json!({ "3": { "choice": 1 }, "4": { "value": "0.5" } }), 3), Some(exact("0.5")));
    let wrong = refused(&set, json!({ "units": { "A": { "1": { "yes": true }, "2": { "choice": 0 } } } }));
    assert!(wrong[0].starts_with("A, tiêu chí 2:"), "{wrong:?}");
}

#[test]
fn points_are_set_in_steps() {
    let measure = json!({ "kind": "points", "step": "0.25" });
    check("1", measure.clone(), json!({ "value": "0.75" }), Some("0.75"));
    check("1", measure.clone(), json!({ "value": "1" }), Some("1"));
    check("1", measure, json!({ "value": null }), None);
}
