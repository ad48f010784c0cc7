//! What applies, what is shared, how it is rounded, bonus and penalty, the survey that was not held.

use super::*;

/// A leaf that is given points as they are.
fn leaf(code: &str, max: &str) -> Value {
    json!({ "code": code, "name": code, "max": max, "measure": { "kind": "points", "step": "0.0001" } })
}

fn parent(code: &str) -> Value {
    json!({ "code": code, "name": code })
}

fn got(points: &str) -> Value {
    json!({ "value": points })
}

fn away() -> Value {
    json!({ "not_applicable": true })
}

/// Code, points and maximum of every line, as the result file has them.
fn lines(set: &CriteriaSet, unit: &UnitScore) -> Vec<(String, String, String)> {
    let text = |points: &Option<Exact>| points.as_ref().map_or("?".to_owned(), ToString::to_string);
    let line =
        |line: &crate::Line| (set.criteria[line.position].code.clone(), text(&line.points), line.max.to_string());
    unit.lines.iter().map(line).collect()
}

fn triple(code: &str, points: &str, max: &str) -> (String, String, String) {
    (code.into(), points.into(), max.into())
}

#[test]
fn what_does_not_apply_leaves_both_sums() {
    let set = set(json!([parent("1"), leaf("1.1", "84"), leaf("1.2", "16")]), json!({}));
    let unit = one(&set, json!({ "1.1": got("68.32"), "1.2": away() }));
    assert_eq!(unit.total, Some(dec("68.32")));
    assert_eq!(unit.applicable_max, exact("84"));
    assert_eq!(unit.index, Some(dec("81.33")));
    assert_eq!(lines(&set, &unit), [triple("1.1", "68.32", "84")]);
}

#[test]
fn full_gives_the_maximum() {
    let set = set(json!([leaf("1", "84"), leaf("2", "16")]), json!({ "not_applicable": "full" }));
    let unit = one(&set, json!({ "1": got("68.32"), "2": away() }));
    assert_eq!((unit.total, unit.index), (Some(dec("84.32")), Some(dec("84.32"))));
    assert_eq!(lines(&set, &unit)[1], triple("2", "16", "16"));
    assert_eq!(unit.lines[1].why, "Không áp dụng, được điểm tối đa → 16");
}

#[test]
fn share_multiplies_the_siblings() {
    let set = set(
        json!([parent("1"), leaf("1.1", "2"), leaf("1.2", "3"), leaf("1.3", "5"), parent("2"), leaf("2.1", "10")]),
        json!({ "not_applicable": "share", "rounding": { "leaf": 2, "total": 2 } }),
    );
    let unit = one(&set, json!({ "1.1": got("1"), "1.2": away(), "1.3": got("4"), "2.1": got("10") }));
    // × 10/7, and the other parent keeps its own.
    assert_eq!(
        lines(&set, &unit),
        [triple("1.1", "1.43", "2.857142857143"), triple("1.3", "5.71", "7.142857142857"), triple("2.1", "10", "10")]
    );
    assert_eq!(unit.applicable_max, exact("20"), "maxima are not rounded: 20/7 + 50/7 + 10 is 20");
    assert_eq!(unit.total, Some(dec("17.14")));
    assert_eq!(unit.index, Some(dec("85.7")));
    assert_eq!(unit.lines[0].why, "Chấm 1, nhân 1,428571 (điểm của tiêu chí không áp dụng chia lại) → 1,43");
}

#[test]
fn share_rounds_after_it_has_multiplied() {
    let set = set(
        json!([parent("1"), leaf("1.1", "3"), leaf("1.2", "6")]),
        json!({ "not_applicable": "share", "rounding": { "leaf": 1, "total": 2 } }),
    );
    // 1,04 × 3 = 3,12 → 3,1; rounded first it would be 1,0 × 3 = 3.
    let unit = one(&set, json!({ "1.1": got("1.04"), "1.2": away() }));
    assert_eq!(lines(&set, &unit), [triple("1.1", "3.1", "9")]);
}

#[test]
fn a_parent_with_nothing_applicable_shares_as_one() {
    let set = set(
        json!([
            parent("1"),
            parent("1.1"),
            leaf("1.1.1", "1"),
            leaf("1.1.2", "1"),
            leaf("1.2", "3"),
            leaf("1.3", "5"),
            parent("2"),
            leaf("2.1", "10")
        ]),
        json!({ "not_applicable": "share" }),
    );
    let unit =
        one(&set, json!({ "1.1.1": away(), "1.1.2": away(), "1.2": got("3"), "1.3": got("4"), "2.1": got("10") }));
    assert_eq!(
        lines(&set, &unit),
        [triple("1.2", "3.75", "3.75"), triple("1.3", "5", "6.25"), triple("2.1", "10", "10")]
    );
    // Said of the parent itself it is the same.
    let same = one(&set, json!({ "1.1": away(), "1.2": got("3"), "1.3": got("4"), "2.1": got("10") }));
    assert_eq!(lines(&set, &same), lines(&set, &unit));
    // A whole field gone: the other field takes its points.
    let unit = one(&set, json!({ "1": away(), "2.1": got("9") }));
    assert_eq!(lines(&set, &unit), [triple("2.1", "18", "20")]);
    // Everything gone: nothing is left to take them.
    let unit = one(&set, json!({ "1": away(), "2": away() }));
    assert_eq!((unit.total, unit.index, unit.rank), (Some(dec("0")), None, None));
}

#[test]
fn shares_at_two_levels_multiply() {
    let set = set(
        json!([parent("1"), parent("1.1"), leaf("1.1.1", "1"), leaf("1.1.2", "1"), leaf("1.2", "2")]),
        json!({ "not_applicable": "share" }),
    );
    let unit = one(&set, json!({ "1.1.1": got("0.5"), "1.1.2": away(), "1.2": away() }));
    assert_eq!(lines(&set, &unit), [triple("1.1.1", "2", "4")]);
}

#[test]
fn a_criterion_may_have_its_own_word() {
    let mut full = leaf("3", "5");
    full["not_applicable"] = json!("full");
    let mut share = leaf("2.1", "4");
    share["not_applicable"] = json!("share");
    let set = set(json!([leaf("1", "10"), parent("2"), share, leaf("2.2", "4"), full]), json!({}));
    let unit = one(&set, json!({ "1": away(), "2.1": away(), "2.2": got("2"), "3": away() }));
    assert_eq!(lines(&set, &unit), [triple("2.2", "4", "8"), triple("3", "5", "5")]);
    assert_eq!(unit.applicable_max, exact("13"));
}

#[test]
fn an_excluded_sibling_gives_nothing_away() {
    let mut gone = leaf("2", "5");
    gone["not_applicable"] = json!("exclude");
    let set = set(json!([leaf("1", "10"), gone, leaf("3", "10")]), json!({ "not_applicable": "share" }));
    let unit = one(&set, json!({ "1": got("5"), "2": away(), "3": away() }));
    assert_eq!(lines(&set, &unit), [triple("1", "10", "20")]);
}

#[test]
fn what_is_not_for_the_kind_is_not_there() {
    let mut so = leaf("1.1", "18");
    so["applies_to"] = json!(["so"]);
    let mut xa = parent("1.2");
    xa["applies_to"] = json!(["xa"]);
    let mut top = parent("1");
    top["max"] = json!("18");
    let set = set(
        json!([top, so, xa, leaf("1.2.1", "18"), leaf("2", "2")]),
        json!({ "applies_to": ["so", "xa"], "not_applicable": "share" }),
    );
    let file = json!({ "kinds": { "X": "xa" }, "units": {
        "A": { "1.1": got("9"), "2": got("2"), "1.2.1": got("99999") }, "X": { "1.2.1": got("18"), "2": got("1") } } });
    let scores = scores_of(&set, file);
    assert_eq!(lines(&set, &scores[0]), [triple("1.1", "9", "18"), triple("2", "2", "2")], "nothing shared");
    assert_eq!(lines(&set, &scores[1]), [triple("1.2.1", "18", "18"), triple("2", "1", "2")]);
    assert_eq!((scores[0].rank, scores[1].rank), (Some(1), Some(1)), "each kind is ranked by itself");
    let nodes: Vec<(String, usize, String)> =
        set.nodes("xa").iter().map(|node| (node.criterion.code.clone(), node.depth, node.max.to_string())).collect();
    assert_eq!(
        nodes[..3],
        [("1".into(), 0, "18".into()), ("1.2".into(), 1, "18".into()), ("1.2.1".into(), 2, "18".into())]
    );
}

#[test]
fn one_rounding_at_the_end() {
    // Three thirds of a point, leaves not rounded: 1 exactly; each rounded to two digits first would be 0,99.
    let third = |code: &str| json!({ "code": code, "name": code, "max": "1", "measure": { "kind": "ratio" } });
    let answers = json!({ "1": { "part": "1", "whole": "3" }, "2": { "part": "1", "whole": "3" }, "3": { "part": "1", "whole": "3" } });
    let exact_set = set(json!([third("1"), third("2"), third("3")]), json!({ "rounding": { "total": 2 } }));
    assert_eq!(one(&exact_set, answers.clone()).total, Some(dec("1")));
    let rounded = set(json!([third("1"), third("2"), third("3")]), json!({ "rounding": { "leaf": 2, "total": 2 } }));
    assert_eq!(one(&rounded, answers).total, Some(dec("0.99")));
}

#[test]
fn leaves_round_half_away_from_zero() {
    let set = set(json!([leaf("1", "10")]), json!({ "rounding": { "leaf": 2, "total": 2 } }));
    assert_eq!(lines(&set, &one(&set, json!({ "1": got("1.005") })))[0].1, "1.01");
    let deduct = json!([{ "code": "1", "name": "a", "max": "1",
        "measure": { "kind": "deduct", "least": "-1", "cases": [{ "name": "b", "points": "1.125" }] } }]);
    let set = super::set(deduct, json!({ "rounding": { "leaf": 2, "total": 2 } }));
    assert_eq!(lines(&set, &one(&set, json!({ "1": { "cases": [1] } })))[0].1, "-0.13");
}

#[test]
fn a_criterion_may_be_rounded_otherwise() {
    let mut fine = leaf("1.1", "10");
    fine["rounding"] = json!({ "leaf": 3 });
    let mut raw = leaf("1.2", "10");
    raw["rounding"] = json!({});
    let set = set(json!([parent("1"), fine, raw, leaf("1.3", "10")]), json!({ "rounding": { "leaf": 1, "total": 2 } }));
    let unit = one(&set, json!({ "1.1": got("1.2345"), "1.2": got("1.2345"), "1.3": got("1.2345") }));
    let points: Vec<String> = lines(&set, &unit).into_iter().map(|line| line.1).collect();
    assert_eq!(points, ["1.235", "1.2345", "1.2"]);
}

#[test]
fn the_index_is_not_computed_from_the_rounded_total() {
    // 2/3 of 3 points × 3 = … total 0,335 → 0,34; index 0,335/0,67 = 50,00 and not 0,34/0,67 = 50,75.
    let set = set(json!([leaf("1", "0.67")]), json!({ "rounding": { "total": 2 } }));
    let unit = one(&set, json!({ "1": got("0.335") }));
    assert_eq!((unit.total, unit.index), (Some(dec("0.34")), Some(dec("50"))));
}

#[test]
fn bonus_and_penalty_up_to_their_caps() {
    let count = |code: &str, max: &str| json!({ "code": code, "name": code, "max": max, "measure": { "kind": "count", "each": "1" } });
    let bonus = json!({ "code": "9", "name": "Điểm thưởng", "group": "bonus", "cap": "5" });
    let penalty = json!({ "code": "10", "name": "Điểm trừ", "group": "penalty", "cap": "3" });
    let set = set(
        json!([
            leaf("1", "100"),
            bonus,
            count("9.1", "4"),
            count("9.2", "4"),
            penalty,
            count("10.1", "2"),
            count("10.2", "4")
        ]),
        json!({}),
    );
    let answer = |bonus: [&str; 2], penalty: [&str; 2]| {
        one(
            &set,
            json!({ "1": got("80"), "9.1": got(bonus[0]), "9.2": got(bonus[1]), "10.1": got(penalty[0]), "10.2": got(penalty[1]) }),
        )
    };
    let unit = answer(["1", "2"], ["1", "0"]);
    assert_eq!((unit.total, unit.index), (Some(dec("82")), Some(dec("82"))));
    assert_eq!(unit.applicable_max, exact("100"));
    let unit = answer(["9", "9"], ["9", "9"]);
    assert_eq!(unit.total, Some(dec("82")), "80 + 5 − 3");
    assert_eq!((unit.bonus.clone(), unit.penalty.clone()), (exact("5"), exact("3")));
    assert_eq!(lines(&set, &unit)[3..], [triple("10.1", "2", "2"), triple("10.2", "4", "4")]);
    assert_eq!(unit.lines[3].why, "9 × 1 = 9, tối đa 2 → trừ 2");
    assert_eq!(unit.subtotal(&set, "9").unwrap().points, Some(exact("5")));
    // What does not apply brings neither bonus nor penalty, whatever the set says of the rest.
    let unit = one(&set, json!({ "1": got("80"), "9": away(), "10": away() }));
    assert_eq!(unit.total, Some(dec("80")));
    // Not known is not nothing, here too.
    let unit = one(&set, json!({ "1": got("80"), "9": away(), "10.1": got("0") }));
    assert_eq!((unit.total, unit.unknown.clone()), (None, vec!["10.2".to_owned()]));
}

#[test]
fn groups_stand_outside_what_is_shared_or_full() {
    let count =
        |code: &str| json!({ "code": code, "name": code, "max": "2", "measure": { "kind": "count", "each": "1" } });
    for policy in ["share", "full", "exclude"] {
        let set = set(
            json!([leaf("1", "10"), { "code": "2", "name": "Thưởng", "group": "bonus" }, count("2.1"), count("2.2"),
                { "code": "3", "name": "Trừ", "group": "penalty" }, count("3.1")]),
            json!({ "not_applicable": policy }),
        );
        let unit = one(&set, json!({ "1": got("10"), "2.1": away(), "2.2": got("1"), "3.1": away() }));
        assert_eq!(unit.total, Some(dec("11")), "{policy}");
        assert_eq!(lines(&set, &unit), [triple("1", "10", "10"), triple("2.2", "1", "2")]);
    }
}

#[test]
fn a_bonus_is_nobodys_sibling() {
    let count =
        |code: &str| json!({ "code": code, "name": code, "max": "2", "measure": { "kind": "count", "each": "1" } });
    let bonus = json!({ "code": "3", "name": "Thưởng", "group": "bonus" });
    let penalty = json!({ "code": "4", "name": "Trừ", "group": "penalty" });
    let set = set(
        json!([leaf("1", "10"), leaf("2", "10"), bonus, count("3.1"), penalty, count("4.1")]),
        json!({ "not_applicable": "share" }),
    );
    let unit = one(&set, json!({ "1": away(), "2": got("10"), "3.1": got("1"), "4.1": got("2") }));
    let expected = [triple("2", "20", "20"), triple("3.1", "1", "2"), triple("4.1", "2", "2")];
    assert_eq!((lines(&set, &unit), unit.total), (expected.to_vec(), Some(dec("19"))));
}

#[test]
fn the_survey_that_was_not_held() {
    let mut survey = leaf("2", "30");
    survey["filled_by"] = json!("survey");
    let criteria = json!([leaf("1", "70"), survey]);
    let rescale = set(criteria.clone(), json!({ "survey_not_held": "rescale" }));
    let units = json!({ "A": { "1": got("56") } });
    let unit = &scores_of(&rescale, json!({ "survey_held": false, "units": units }))[0];
    assert_eq!((unit.total, unit.index), (Some(dec("56")), Some(dec("80"))));
    assert_eq!(lines(&rescale, unit), [triple("1", "56", "70")]);
    // Beside the unit's own answers it is the same.
    assert_eq!(one(&rescale, json!({ "survey_held": false, "1": got("56") })).index, Some(dec("80")));
    // Held, and not yet counted.
    assert_eq!(one(&rescale, json!({ "1": got("56") })).unknown, ["2"]);
    assert_eq!(scores_of(&rescale, json!({ "survey_held": true, "units": units }))[0].unknown, ["2"]);

    let unknown = set(criteria, json!({ "survey_not_held": "unknown" }));
    let unit =
        &scores_of(&unknown, json!({ "survey_held": false, "units": { "A": { "1": got("56"), "2": got("20") } } }))[0];
    assert_eq!((unit.total, unit.unknown.clone()), (None, vec!["2".to_owned()]));
    assert!(unit.lines[1].why.contains("Không tổ chức điều tra"), "{}", unit.lines[1].why);
}

#[test]
fn an_unknown_leaf_leaves_the_unit_without_total() {
    let set = set(json!([parent("1"), leaf("1.1", "10"), leaf("1.2", "10"), leaf("2", "5")]), json!({}));
    let unit = one(&set, json!({ "1.1": got("7"), "1.2": null }));
    assert_eq!((unit.total, unit.index, unit.rating.clone(), unit.rank), (None, None, None, None));
    assert_eq!(unit.unknown, ["1.2", "2"]);
    assert_eq!(unit.applicable_max, exact("25"));
    assert_eq!(unit.so_far, exact("7"));
    assert_eq!(lines(&set, &unit), [triple("1.1", "7", "10"), triple("1.2", "?", "10"), triple("2", "?", "5")]);
    let field = unit.subtotal(&set, "1").unwrap();
    assert_eq!((field.points.clone(), field.so_far.clone(), field.max.clone()), (None, exact("7"), exact("20")));
}

#[test]
fn nothing_applicable() {
    let set = set(json!([leaf("1", "10")]), json!({ "ratings": [{ "name": "Yếu", "from": "0" }] }));
    let unit = one(&set, json!({ "1": away() }));
    assert_eq!((unit.total, unit.applicable_max.clone()), (Some(dec("0")), Exact::ZERO));
    assert_eq!((unit.index, unit.rating.clone(), unit.rank), (None, None, None));
    assert!(unit.unknown.is_empty() && unit.lines.is_empty());
}

#[test]
fn an_appraisers_points_replace_the_measures() {
    let mut relative = leaf("1", "5");
    relative["measure"] = json!({ "kind": "relative" });
    let set = set(
        json!([relative, leaf("2", "5")]),
        json!({ "not_applicable": "share", "rounding": { "leaf": 1, "total": 2 } }),
    );
    let file = json!({ "units": {
        "A": { "1": got("100"), "2": got("5") }, "B": { "1": got("50"), "2": got("5") }, "C": { "1": got("50"), "2": away() } } });
    let mut group = answers::read(&set, &file).unwrap();
    assert!(group.units[0].fix(&set, "1", dec("1.26"), "Thiếu 3/6 văn bản"));
    assert!(group.units[2].fix(&set, "1", dec("2.04"), ""));
    assert!(!group.units[0].fix(&set, "7", dec("1"), ""));
    let scores = score(&set, &group, Detail::Explained).unwrap();
    assert_eq!(lines(&set, &scores[0])[0], triple("1", "1.3", "5"));
    assert_eq!(scores[0].lines[0].why, "Thiếu 3/6 văn bản → 1,3");
    assert_eq!(lines(&set, &scores[1])[0], triple("1", "2.5", "5"), "the value of A is still the best");
    assert_eq!(lines(&set, &scores[2])[0], triple("1", "4.1", "10"), "shared first, then rounded");
}

#[test]
fn a_unit_by_itself_does_not_know_the_others() {
    let mut relative = leaf("1", "5");
    relative["measure"] = json!({ "kind": "relative" });
    let set = set(json!([relative, leaf("2", "5")]), json!({}));
    let group = answers::read(&set, &json!({ "units": { "A": { "1": got("100"), "2": got("5") } } })).unwrap();
    let alone = crate::score_alone(&set, &group.units[0], Detail::Explained).unwrap();
    assert_eq!((alone.total, alone.unknown.clone(), alone.so_far.clone()), (None, vec!["1".to_owned()], exact("5")));
    assert_eq!(alone.lines[0].why, "Tính khi có số liệu của cả nhóm đơn vị");
    let line = crate::score_leaf(&set, &group.units[0], "2").unwrap();
    assert_eq!((line.points, line.why.as_str()), (Some(exact("5")), "Chấm 5 → 5"));
    assert!(crate::score_leaf(&set, &group.units[0], "3").is_none());
}

#[test]
fn less_detail_gives_the_same_totals() {
    let set = set(json!([parent("1"), leaf("1.1", "10"), leaf("1.2", "10")]), json!({ "not_applicable": "share" }));
    let group =
        answers::read(&set, &json!({ "units": { "A": { "1.1": got("7"), "1.2": away() }, "B": { "1.1": got("3") } } }))
            .unwrap();
    let explained = score(&set, &group, Detail::Explained).unwrap();
    for detail in [Detail::Totals, Detail::Lines] {
        for (less, full) in score(&set, &group, detail).unwrap().iter().zip(&explained) {
            assert_eq!(
                (less.total, less.index, &less.unknown, less.rank),
                (full.total, full.index, &full.unknown, full.rank)
            );
        }
    }
    assert!(score(&set, &group, Detail::Totals).unwrap()[0].lines.is_empty());
}
