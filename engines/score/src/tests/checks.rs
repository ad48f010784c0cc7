//! What `check` finds: every mistake, with its place; and what it lets pass with a warning.

use super::*;
use crate::Severity;

fn leaf(code: &str, max: &str, measure: Value) -> Value {
    json!({ "code": code, "name": code, "max": max, "measure": measure })
}

fn yes(code: &str, max: &str) -> Value {
    leaf(code, max, json!({ "kind": "yes-no" }))
}

/// The one error (or warning) of a set: at this place, of this code, with these words.
#[track_caller]
fn finds(severity: Severity, value: &Value, place: &str, code: &str, words: &str) {
    let reading = problems(value);
    let found: Vec<_> = reading.problems.iter().filter(|problem| problem.severity == severity).collect();
    let told = found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert_eq!(reading.set.is_none(), reading.errors().count() > 0);
    let hit = found.iter().find(|problem| problem.place == place);
    let hit = hit.unwrap_or_else(|| panic!("nothing at {place}; found:\n{told}"));
    assert_eq!(hit.code.as_deref().unwrap_or_default(), code, "{told}");
    assert!(hit.say.contains(words), "{told}");
    assert_eq!(found.len(), 1, "more than one:\n{told}");
}

#[track_caller]
fn error(criteria: Value, place: &str, code: &str, words: &str) {
    finds(Severity::Error, &set_value(criteria, json!({})), place, code, words);
}

#[track_caller]
fn error_in(measure: Value, place: &str, words: &str) {
    error(json!([leaf("1", "2", measure)]), &format!("criteria[0].measure{place}"), "1", words);
}

#[track_caller]
fn warning(criteria: Value, place: &str, code: &str, words: &str) {
    let value = set_value(criteria, json!({}));
    assert!(problems(&value).set.is_some(), "a warning refuses nothing");
    finds(Severity::Warning, &value, place, code, words);
}

#[track_caller]
fn error_of_set(more: Value, place: &str, words: &str) {
    finds(Severity::Error, &set_value(json!([yes("1", "1")]), more), place, "", words);
}

#[test]
fn a_good_set_has_no_problem() {
    let reading = problems(&set_value(json!([yes("1", "1")]), json!({})));
    assert!(reading.problems.is_empty() && reading.set.is_some());
}

#[test]
fn maxima_must_add_up() {
    let parent = |code: &str, max: &str| json!({ "code": code, "name": code, "max": max });
    error(json!([parent("1", "3"), yes("1.1", "1"), yes("1.2", "1.5")]), "criteria[0].max", "1", "cộng lại được 2,5");
    // Two wrong levels are two errors, each at its own.
    let deep = json!([parent("1", "9"), parent("1.1", "3"), yes("1.1.1", "1"), yes("1.2", "6")]);
    error(deep, "criteria[1].max", "1.1", "cộng lại được 1");
    // Not stated: nothing to compare.
    assert!(read(&set_value(json!([{ "code": "1", "name": "a" }, yes("1.1", "0.1")]), json!({}))).problems.is_empty());
    // A set need not add up to 100, nor to anything.
    assert!(read(&set_value(json!([yes("1", "3"), yes("2", "4")]), json!({}))).problems.is_empty());
}

#[test]
fn maxima_must_add_up_for_every_kind_of_unit() {
    let child = |code: &str, max: &str, kind: &str| {
        let mut child = yes(code, max);
        child["applies_to"] = json!([kind]);
        child
    };
    let criteria = |second: &str| json!([{ "code": "1", "name": "a", "max": "18" }, child("1.1", "18", "so"), child("1.2", second, "xa")]);
    let kinds = json!({ "applies_to": ["so", "xa"] });
    assert!(read(&set_value(criteria("18"), kinds.clone())).problems.is_empty(), "of two children one applies");
    finds(
        Severity::Error,
        &set_value(criteria("17"), kinds),
        "criteria[0].max",
        "1",
        "cộng lại được 17 với loại đơn vị “xa”",
    );
    let third = json!({ "applies_to": ["so", "xa", "tinh"] });
    finds(Severity::Error, &set_value(criteria("18"), third), "criteria[0].max", "1", "được 0 với loại đơn vị “tinh”");
}

#[test]
fn unknown_keys_are_refused_with_a_suggestion() {
    error_of_set(json!({ "roundng": {} }), "roundng", "Có phải là “rounding”?");
    error_of_set(json!({ "rounding": { "leef": 1 } }), "rounding.leef", "Có phải là “leaf”?");
    let mut criterion = yes("1", "1");
    criterion["evidnce"] = json!("none");
    error(json!([criterion]), "criteria[0].evidnce", "1", "Có phải là “evidence”?");
    error_in(json!({ "kind": "ratio", "flor": "0.8" }), ".flor", "Có phải là “floor”?");
    error_in(json!({ "kind": "yes-no", "step": "1" }), ".step", "Không có khóa “step”");
    error_in(
        json!({ "kind": "bands", "bands": [{ "from": "1", "to": "2", "points": "2" }] }),
        ".bands[0].to",
        "Không có khóa “to”",
    );
    error_in(json!({ "kind": "ratoi" }), ".kind", "Có phải là “ratio”?");
    error_in(json!({ "kind": "yes_no" }), ".kind", "Có phải là “yes-no”?");
    error_in(json!({}), ".kind", "chưa ghi kiểu");
    error_in(json!("yes-no"), "", "phải là một bảng");
}

#[test]
fn codes_form_a_tree() {
    error(json!([yes("1", "1"), yes("1", "1")]), "criteria[1].code", "1", "Mã 1 ghi hai lần");
    error(json!([yes("2.10.1", "1")]), "criteria[0].code", "2.10.1", "không có tiêu chí cha 2.10");
    error(
        json!([{ "name": "a", "max": "1", "measure": { "kind": "yes-no" } }]),
        "criteria[0].code",
        "",
        "Thiếu “code”",
    );
    error(json!([yes("1..2", "1")]), "criteria[0].code", "1..2", "viết sai");
    error(json!([{ "code": "1", "name": "a" }]), "criteria[0]", "1", "chưa có cách chấm");
    error(json!([yes("1", "1"), yes("1.1", "1")]), "criteria[0].measure", "1", "vừa có cách chấm vừa có tiêu chí con");
    // 2.10 is not under 2.1, and children may stand before their parent.
    let apart = json!([yes("2.1", "1"), yes("2.10", "2"), { "code": "2", "name": "a", "max": "3" }]);
    assert!(problems(&set_value(apart, json!({}))).set.is_some());
}

#[test]
fn numbers_are_strings_and_counts_are_not() {
    let mut float = yes("1", "1");
    float["max"] = json!(1.5);
    error(json!([float.clone()]), "criteria[0].max", "1", "đặt trong dấu nháy");
    float["max"] = json!("1,5");
    error(json!([float.clone()]), "criteria[0].max", "1", "dấu chấm");
    float["max"] = json!("-1");
    error(json!([float.clone()]), "criteria[0].max", "1", "không được âm");
    float.as_object_mut().unwrap().remove("max");
    error(json!([float]), "criteria[0].max", "1", "chưa ghi điểm tối đa");
    error_of_set(json!({ "rounding": { "leaf": "3", "total": 2 } }), "rounding.leaf", "số nguyên");
    error_of_set(json!({ "rounding": { "total": 99 } }), "rounding.total", "từ 0 đến 10");
    error_of_set(json!({ "rounding": { "total": -1 } }), "rounding.total", "từ 0 đến 10");
}

#[test]
fn dates_are_days_that_exist() {
    error_of_set(json!({ "valid": { "from": "2026-02-30" } }), "valid.from", "ngày có thật");
    error_of_set(json!({ "valid": { "from": "1/1/2026" } }), "valid.from", "ngày có thật");
    error_of_set(json!({ "valid": { "from": "2026-01-01", "to": "2026-01-01" } }), "valid.to", "phải sau");
    error_of_set(json!({ "valid": { "to": "2026-01-01" } }), "valid.from", "bắt đầu hiệu lực");
    assert!(read(&set_value(json!([yes("1", "1")]), json!({ "valid": { "from": "2026-01-01" } }))).problems.is_empty());
}

#[test]
fn words_come_from_closed_lists() {
    error_of_set(json!({ "not_applicable": "exlude" }), "not_applicable", "Có phải là “exclude”?");
    error_of_set(json!({ "ties": "skp" }), "ties", "Có phải là “skip”?");
    error_of_set(json!({ "ties": ["1", "9.9"] }), "ties", "9.9");
    error_of_set(json!({ "survey_not_held": "no" }), "survey_not_held", "\"rescale\", \"unknown\"");
    error_of_set(json!({ "applies_to": [] }), "applies_to", "để trống");
    error_of_set(json!({ "applies_to": "so" }), "applies_to", "danh sách");
    let mut criterion = yes("1", "1");
    criterion["filled_by"] = json!("selff");
    error(json!([criterion]), "criteria[0].filled_by", "1", "Có phải là “self”?");
}

#[test]
fn ratings_go_downwards() {
    let rating = |name: &str, from: &str| json!({ "name": name, "from": from });
    error_of_set(
        json!({ "ratings": [rating("Khá", "70"), rating("Tốt", "80"), rating("Yếu", "0")] }),
        "ratings[1].from",
        "xếp các mức từ cao",
    );
    error_of_set(
        json!({ "ratings": [rating("Tốt", "80"), rating("Khá", "80"), rating("Yếu", "0")] }),
        "ratings[1].from",
        "không trùng",
    );
    error_of_set(json!({ "ratings": [rating("Tốt", "80"), rating("Tốt", "0")] }), "ratings[1].name", "ghi hai lần");
    error_of_set(json!({ "ratings": [{ "name": "Tốt" }] }), "ratings[0].from", "Thiếu “from”");
    let value = set_value(json!([yes("1", "1")]), json!({ "ratings": [rating("Tốt", "80")] }));
    finds(Severity::Warning, &value, "ratings", "", "dưới 80");
}

#[test]
fn groups_stand_at_the_top() {
    let count = |code: &str| leaf(code, "2", json!({ "kind": "count", "each": "1" }));
    let group = |code: &str, kind: &str| json!({ "code": code, "name": code, "group": kind });
    error(
        json!([{ "code": "1", "name": "a" }, group("1.1", "bonus"), count("1.1.1")]),
        "criteria[1].group",
        "1.1",
        "cấp cao nhất",
    );
    error(
        json!([{ "code": "1", "name": "a", "cap": "3" }, yes("1.1", "1")]),
        "criteria[0].cap",
        "1",
        "chỉ dùng cho nhóm",
    );
    error(json!([group("1", "penalty"), yes("1.1", "1")]), "criteria[1].measure.kind", "1.1", "\"count\"");
    assert!(problems(&set_value(json!([yes("1", "1"), group("2", "penalty"), count("2.1")]), json!({}))).set.is_some());
    let mut capped = group("2", "bonus");
    (capped["cap"], capped["max"]) = (json!("15"), json!("2"));
    warning(json!([yes("1", "1"), capped, count("2.1")]), "criteria[1].cap", "2", "cao hơn tổng");
    let mut full = count("2.1");
    full["not_applicable"] = json!("full");
    warning(json!([yes("1", "1"), group("2", "bonus"), full]), "criteria[2].not_applicable", "2.1", "để ngoài");
}

#[test]
fn bands_go_downwards_without_overlap() {
    let bands = |bands: Value| json!({ "kind": "bands", "bands": bands });
    let band = |from: &str, points: &str| json!({ "from": from, "points": points });
    error_in(bands(json!([band("0.2", "1"), band("0.3", "2")])), ".bands[1]", "từ cao xuống thấp");
    error_in(bands(json!([band("0.3", "2"), band("0.3", "1")])), ".bands[1]", "chồng lên nhau");
    error_in(bands(json!([band("0.3", "3")])), ".bands", "quá điểm tối đa 2");
    error_in(bands(json!([])), ".bands", "để trống");
    error_in(json!({ "kind": "bands" }), ".bands", "Thiếu “bands”");
    error_in(bands(json!([{ "from": "0.3" }])), ".bands[0].points", "Thiếu “points”");
    warning(
        json!([leaf("1", "2", bands(json!([band("0.3", "1")])))]),
        "criteria[0].measure.bands",
        "1",
        "không đạt điểm tối đa",
    );
    warning(
        json!([leaf("1", "2", bands(json!([band("0.3", "1"), band("0.2", "2")])))]),
        "criteria[0].measure.bands[1]",
        "1",
        "nhiều điểm hơn",
    );
}

#[test]
fn ratio_floor_is_not_over_full_at() {
    error_in(json!({ "kind": "ratio", "floor": "0.9", "full_at": "0.8" }), ".floor", "cao hơn mức đạt tối đa");
    error_in(json!({ "kind": "ratio", "full_at": "0" }), ".full_at", "lớn hơn 0");
    error_in(json!({ "kind": "ratio", "floor": "-1" }), ".floor", "không được âm");
    error_in(json!({ "kind": "ratio", "empty": "none" }), ".empty", "\"full\", \"zero\", \"unknown\"");
    warning(
        json!([leaf("1", "2", json!({ "kind": "ratio", "full_at": "1.2" }))]),
        "criteria[0].measure.full_at",
        "1",
        "không bao giờ đạt",
    );
}

#[test]
fn levels_fit_the_maximum() {
    let level = |points: &str| json!({ "name": points, "points": points });
    let of = |kind: &str, key: &str, levels: Value| json!({ "kind": kind, key: levels });
    error_in(of("choice", "options", json!([level("3"), level("2")])), ".options", "Có mức 3 điểm");
    error_in(of("choice", "options", json!([])), ".options", "để trống");
    error_in(of("checklist", "items", json!([level("1.5"), level("1")])), ".items", "cộng lại được 2,5, quá");
    error_in(of("checklist", "items", json!([level("3"), level("-1")])), ".items[1]", "không được âm");
    error_in(json!({ "kind": "deduct", "cases": [level("1")], "least": "3" }), ".least", "cao hơn điểm tối đa");
    error_in(json!({ "kind": "count", "each": "0" }), ".each", "lớn hơn 0");
    error_in(json!({ "kind": "points", "step": "0" }), ".step", "lớn hơn 0");
    error_in(json!({ "kind": "points" }), ".step", "Thiếu “step”");
    warning(
        json!([leaf("1", "2", of("choice", "options", json!([level("1"), level("0")])))]),
        "criteria[0].measure.options",
        "1",
        "không đạt",
    );
    warning(
        json!([leaf("1", "2", of("checklist", "items", json!([level("1")])))]),
        "criteria[0].measure.items",
        "1",
        "cộng lại được 1, không đạt",
    );
    warning(
        json!([leaf("1", "1", json!({ "kind": "points", "step": "0.3" }))]),
        "criteria[0].measure.step",
        "1",
        "không chia hết",
    );
    warning(json!([leaf("1", "0", json!({ "kind": "yes-no" }))]), "criteria[0].max", "1", "chỉ để theo dõi");
}

#[test]
fn deadlines_grow() {
    let bands = |first: i64, second: i64| json!({ "kind": "deadline", "bands": [{ "within": first, "points": "2" }, { "within": second, "points": "1" }] });
    error_in(bands(60, 30), ".bands[1]", "từ ngắn đến dài");
    error_in(bands(30, 30), ".bands[1]", "từ ngắn đến dài");
    error_in(
        json!({ "kind": "deadline", "bands": [{ "within": "30", "points": "2" }] }),
        ".bands[0].within",
        "số nguyên",
    );
    error_in(json!({ "kind": "deadline", "bands": [{ "points": "2" }] }), ".bands[0].within", "Thiếu “within”");
}

#[test]
fn survey_weights_are_fractions() {
    let survey = |weights: Value| json!({ "kind": "survey", "weights": weights });
    error_in(survey(json!(["1", "1.1"])), ".weights[1]", "từ 0 đến 1");
    error_in(survey(json!(["1", "-0.1"])), ".weights[1]", "từ 0 đến 1");
    error_in(survey(json!(["1", 0.5])), ".weights[1]", "dấu nháy");
    error_in(json!({ "kind": "survey", "weights": ["1"], "least_answers": 0 }), ".least_answers", "từ 1 trở lên");
    warning(json!([leaf("1", "2", survey(json!(["0.9", "0"])))]), "criteria[0].measure.weights", "1", "không đạt");
}

#[test]
fn versus_is_complete() {
    error_in(
        json!({ "kind": "versus", "with": "means", "at_or_above": "2", "below": "0" }),
        ".with",
        "Có phải là “mean”?",
    );
    error_in(json!({ "kind": "versus", "at_or_above": "2", "below": "0" }), ".with", "Thiếu “with”");
    error_in(json!({ "kind": "versus", "with": "mean", "at_or_above": "2" }), ".below", "Thiếu “below”");
    error_in(
        json!({ "kind": "versus", "with": "mean", "at_or_above": "3", "below": "0" }),
        ".at_or_above",
        "quá điểm tối đa",
    );
}

#[test]
fn every_case_of_by_can_be() {
    let yes_no = json!({ "kind": "yes-no" });
    let by = |on: &str, cases: Value| json!({ "kind": "by", "on": on, "cases": cases });
    error_in(by("kind", json!({ "so": yes_no, "xa": yes_no })), ".cases.xa", "không thể xảy ra");
    error_in(by("kind", json!({})), ".cases", "Thiếu “cases”");
    error_in(by("9", json!({ "true": yes_no })), ".on", "không có mã này");
    error_in(by("1", json!({ "true": yes_no })), ".on", "chính tiêu chí này");
    error_in(by("kind", json!({ "so": { "kind": "count", "each": "0" } })), ".cases.so.each", "lớn hơn 0");
    let two = |other: Value, cases: Value| json!([leaf("1", "1", other), leaf("2", "1", by("1", cases))]);
    error(
        two(json!({ "kind": "count", "each": "1" }), json!({ "true": yes_no })),
        "criteria[1].measure.on",
        "2",
        "không chấm theo mức",
    );
    error(
        two(yes_no.clone(), json!({ "true": yes_no, "false": yes_no, "maybe": yes_no })),
        "criteria[1].measure.cases.maybe",
        "2",
        "không thể trả lời",
    );
    error(two(yes_no.clone(), json!({ "true": yes_no })), "criteria[1].measure.cases", "2", "trả lời “false”");
    let choice =
        json!({ "kind": "choice", "options": [{ "name": "a", "points": "1" }, { "name": "b", "points": "0" }] });
    error(
        two(choice.clone(), json!({ "0": yes_no, "1": yes_no, "2": yes_no })),
        "criteria[1].measure.cases.2",
        "2",
        "0, 1",
    );
    assert!(problems(&set_value(two(choice, json!({ "0": yes_no, "1": yes_no })), json!({}))).set.is_some());
    let kinds = json!({ "applies_to": ["so", "xa"] });
    let missing = set_value(json!([leaf("1", "1", by("kind", json!({ "so": yes_no })))]), kinds);
    finds(Severity::Error, &missing, "criteria[0].measure.cases", "1", "loại đơn vị “xa”");
}

#[test]
fn criteria_do_not_wait_for_each_other() {
    let yes_no = json!({ "kind": "yes-no" });
    let by = |on: &str| json!({ "kind": "by", "on": on, "cases": { "true": yes_no, "false": yes_no } });
    let round =
        json!([leaf("1", "1", by("2")), leaf("2", "1", by("3")), leaf("3", "1", by("1")), leaf("4", "1", by("1"))]);
    error(round, "criteria[0].measure.on", "1", "1 → 2 → 3");
    let chain = json!([leaf("1", "1", by("2")), leaf("2", "1", by("3")), yes("3", "1")]);
    assert!(problems(&set_value(chain, json!({}))).set.is_some());
}

#[test]
fn real_oddities_are_warned_of() {
    warning(json!([yes("1", "1"), yes("3", "1")]), "criteria[1].code", "3", "nhảy cóc");
    warning(json!([yes("I", "1"), yes("II", "1"), yes("IV", "1")]), "criteria[2].code", "IV", "nhảy cóc");
    let mut other = yes("1", "1");
    other["applies_to"] = json!(["xa"]);
    let value = set_value(json!([other]), json!({}));
    let reading = problems(&value);
    assert!(reading.set.is_some() && reading.warnings().all(|warning| warning.place == "criteria[0].applies_to"));
}

#[test]
fn all_mistakes_are_told_in_the_order_of_the_file() {
    let criteria = json!([yes("1", "-1"), yes("2.1", "1"), leaf("3", "1", json!({ "kind": "what" }))]);
    let reading = problems(&set_value(criteria, json!({ "ties": "x" })));
    let places: Vec<&str> = reading.errors().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["ties", "criteria[0].max", "criteria[1].code", "criteria[2].measure.kind"]);
    assert!(problems(&json!([])).set.is_none());
    assert!(problems(&json!({ "code": "a", "criteria": [1] })).set.is_none());
}

#[test]
fn a_problem_reads_as_a_sentence() {
    let reading = problems(&set_value(
        json!([leaf("1.1", "1", json!({ "kind": "count", "each": "0" })), { "code": "1", "name": "a" }]),
        json!({}),
    ));
    let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["Lỗi, tiêu chí 1.1 (criteria[0].measure.each): “each” phải lớn hơn 0."]);
}
