//! Ratings and ranks, read off the rounded index.

use super::*;

fn two_leaves(more: Value) -> CriteriaSet {
    let leaf = |code: &str| json!({ "code": code, "name": code, "max": "50", "measure": { "kind": "points", "step": "0.001" } });
    set(json!([leaf("1"), leaf("2")]), more)
}

fn ranks(set: &CriteriaSet, units: &[(&str, &str, &str)]) -> Vec<Option<u32>> {
    let answers = units.iter().map(|(name, first, second)| {
        let value = |text: &str| if text == "?" { Value::Null } else { json!({ "value": text }) };
        ((*name).to_owned(), json!({ "1": value(first), "2": value(second) }))
    });
    scores(set, Value::Object(answers.collect())).iter().map(|unit| unit.rank).collect()
}

const FIVE: &[(&str, &str, &str)] =
    &[("A", "40", "40"), ("B", "30", "45"), ("C", "45", "30"), ("D", "20", "20"), ("E", "50", "?")];

#[test]
fn equal_indices_share_a_rank() {
    assert_eq!(ranks(&two_leaves(json!({})), FIVE), [Some(1), Some(2), Some(2), Some(4), None]);
    assert_eq!(ranks(&two_leaves(json!({ "ties": "skip" })), FIVE), [Some(1), Some(2), Some(2), Some(4), None]);
    assert_eq!(ranks(&two_leaves(json!({ "ties": "dense" })), FIVE), [Some(1), Some(2), Some(2), Some(3), None]);
    assert_eq!(ranks(&two_leaves(json!({ "ties": ["2", "1"] })), FIVE), [Some(1), Some(2), Some(3), Some(4), None]);
    assert_eq!(ranks(&two_leaves(json!({ "ties": ["1"] })), FIVE), [Some(1), Some(3), Some(2), Some(4), None]);
}

#[test]
fn equal_in_the_parting_criteria_too_share_after_all() {
    let units = &[("A", "40", "40"), ("B", "40", "40"), ("C", "30", "50"), ("D", "1", "1")];
    assert_eq!(ranks(&two_leaves(json!({ "ties": ["1"] })), units), [Some(1), Some(1), Some(3), Some(4)]);
}

#[test]
fn ranks_are_read_off_the_rounded_index() {
    // 80,004 and 80,001 are both 80,00.
    let units = &[("A", "40.001", "40"), ("B", "40.004", "40"), ("C", "40.005", "40")];
    assert_eq!(ranks(&two_leaves(json!({})), units), [Some(2), Some(2), Some(1)]);
}

#[test]
fn kinds_are_ranked_apart() {
    let set = two_leaves(json!({ "applies_to": ["so", "xa"] }));
    let unit = |first: &str| json!({ "1": { "value": first }, "2": { "value": "0" } });
    let file = json!({ "kinds": { "X": "xa", "Y": "xa" },
        "units": { "A": unit("10"), "X": unit("50"), "B": unit("20"), "Y": unit("50") } });
    let ranks: Vec<_> = scores_of(&set, file).iter().map(|unit| unit.rank.unwrap()).collect();
    assert_eq!(ranks, [2, 1, 1, 1]);
}

#[test]
fn ratings_include_their_from() {
    let ratings = json!([{ "name": "Xuất sắc", "from": "90", "no_zero": true }, { "name": "Tốt", "from": "80" },
        { "name": "Khá", "from": "70" }]);
    let set = two_leaves(json!({ "ratings": ratings }));
    let rating =
        |first: &str, second: &str| one(&set, json!({ "1": { "value": first }, "2": { "value": second } })).rating;
    assert_eq!(rating("45", "45").as_deref(), Some("Xuất sắc"));
    assert_eq!(rating("44.994", "45").as_deref(), Some("Tốt"));
    assert_eq!(rating("44.995", "45").as_deref(), Some("Xuất sắc"), "89,995 is 90,00");
    assert_eq!(rating("40", "40").as_deref(), Some("Tốt"));
    assert_eq!(rating("35", "34.994"), None, "69,99: under the lowest there is none");
}

#[test]
fn a_rating_may_ask_that_nothing_is_at_zero() {
    let ratings = json!([{ "name": "Xuất sắc", "from": "90", "no_zero": true }, { "name": "Tốt", "from": "80" }]);
    let leaf = |code: &str, max: &str| json!({ "code": code, "name": code, "max": max, "measure": { "kind": "points", "step": "0.5" } });
    let bonus = json!({ "code": "9", "name": "Thưởng", "group": "bonus" });
    let extra = json!({ "code": "9.1", "name": "Sáng kiến", "max": "2", "measure": { "kind": "count", "each": "1" } });
    let set = set(json!([leaf("1", "97"), leaf("2", "3"), bonus, extra]), json!({ "ratings": ratings }));
    let rating =
        |second: Value| one(&set, json!({ "1": { "value": "97" }, "2": second, "9.1": { "value": "0" } })).rating;
    assert_eq!(rating(json!({ "value": "0" })).as_deref(), Some("Tốt"), "97 %, but a leaf at 0");
    assert_eq!(rating(json!({ "value": "0.5" })).as_deref(), Some("Xuất sắc"), "a bonus of 0 is no leaf at 0");
    assert_eq!(rating(json!({ "not_applicable": true })).as_deref(), Some("Xuất sắc"), "only what applies counts");
}
