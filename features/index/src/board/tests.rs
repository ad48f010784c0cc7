#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use proptest::prelude::*;
use score::{Detail, Group, Unit};
use serde_json::json;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn set() -> Arc<CriteriaSet> {
    let body = json!({
        "code": "thu", "name": "Thử", "applies_to": ["so"], "rounding": { "leaf": 3, "total": 2 }, "ratings": [{ "name": "Tốt", "from": "0" }],
        "criteria": [
            { "code": "1", "name": "Một", "max": "3" },
            { "code": "1.1", "name": "Tỷ lệ", "max": "2", "measure": { "kind": "ratio", "part": "đúng hạn", "whole": "tất cả", "floor": "0.5", "empty": "zero" } },
            { "code": "1.2", "name": "Có hay không", "max": "1", "measure": { "kind": "yes-no" } },
            { "code": "2", "name": "Hai", "max": "2" },
            { "code": "2.1", "name": "Điểm", "max": "2", "measure": { "kind": "count", "each": "0.5" } },
            { "code": "3", "name": "Trừ", "group": "penalty", "cap": "2" },
            { "code": "3.1", "name": "Chậm", "max": "2", "measure": { "kind": "count", "each": "1" } },
        ],
    });
    let reading = score::read(&body);
    Arc::new(reading.set.unwrap_or_else(|| panic!("{:#?}", reading.problems)))
}

/// Three units: points of 1.1 in percent, 1.2, and how many of 2.1.
fn ground(units: &[(u32, bool, u32)]) -> Ground {
    let set = set();
    let answers: serde_json::Map<String, serde_json::Value> = units
        .iter()
        .enumerate()
        .map(|(at, (percent, yes, count))| {
            let answers = json!({ "1.1": { "part": percent.to_string(), "whole": "100" }, "1.2": { "yes": yes }, "2.1": { "value": count.to_string() }, "3.1": { "value": "0" } });
            (format!("u{at}"), answers)
        })
        .collect();
    let group: Group = score::answers::read(&set, &json!({ "units": answers })).unwrap();
    let scores = score::score(&set, &group, Detail::Lines).unwrap();
    let ids = (0..units.len()).map(|_| db::fresh_id()).collect();
    Ground { set, kind: "so".into(), units: ids, group, scores }
}

#[test]
fn the_median_is_the_middle_or_the_mean_of_two() {
    assert_eq!(median(vec![]), None);
    assert_eq!(median(vec![dec("3"), dec("1"), dec("2")]), Some(dec("2")));
    assert_eq!(median(vec![dec("4"), dec("1"), dec("2"), dec("3")]), Some(dec("2.5")));
}

#[test]
fn equal_indices_share_a_rank_and_unknown_ones_have_none() {
    let ranks = ranks(&[Some(dec("90")), None, Some(dec("91")), Some(dec("90")), Some(dec("80"))]);
    assert_eq!(ranks, [Some(2), None, Some(1), Some(2), Some(4)]);
}

#[test]
fn shares_are_percent_of_the_maximum() {
    assert_eq!(share_of(dec("1.5"), dec("2")), Some(dec("75")));
    assert_eq!(share_of(dec("2"), dec("3")), Some(dec("66.7")));
    assert_eq!(share_of(dec("0"), dec("0")), None);
}

#[test]
fn what_is_supposed_is_read_as_people_write_it() {
    let set = set();
    let read = |code: &str, typed: &str| read_change(&set, code, typed).map_err(|refusal| refusal.say);
    let share = |part: &str, whole: &str| Change::Answer {
        code: "1.1".into(),
        answer: json!({ "part": part, "whole": whole }),
    };
    let points = |code: &str, points: &str| Change::Points { code: code.into(), points: dec(points) };
    assert_eq!(read("1.1", "95 %"), Ok(share("95", "100")));
    assert_eq!(read("1.1", "18/20"), Ok(share("18", "20")));
    assert_eq!(read("1.1", "1,5"), Ok(points("1.1", "1.5")));
    assert_eq!(read("1.1", "Tối đa"), Ok(points("1.1", "2")));
    assert_eq!(read("1.2", "có"), Ok(Change::Answer { code: "1.2".into(), answer: json!({ "yes": true }) }));
    assert_eq!(read("2.1", "50%"), Ok(points("2.1", "1")), "a share of the maximum where there are no parts");
    for (code, typed) in [
        ("1.1", "2,5"),
        ("1.1", "-1"),
        ("1.1", "21/20"),
        ("1.1", "1/0"),
        ("1", "1"),
        ("9", "1"),
        ("1.1", "nhiều"),
        ("1.1", "101 %"),
    ] {
        let read = read(code, typed);
        let engine = |change: &Change| matches!(change, Change::Answer { .. });
        assert!(read.is_err() || read.as_ref().is_ok_and(engine), "{code} {typed}: {read:?}");
    }
}

#[test]
fn a_supposed_share_moves_points_index_and_rank() {
    let ground = ground(&[(60, true, 4), (90, true, 2), (100, false, 4)]);
    // 1,2 + 1 + 2 = 4,2 of 5; 1,8 + 1 + 1 = 3,8; 2 + 0 + 2 = 4.
    let unit = ground.units[1];
    let change = read_change(&ground.set, "2.1", "2").unwrap();
    let projected = project(&ground, unit, &[change]).unwrap();
    assert_eq!((projected.before.total, projected.before.rank), (dec("3.8"), Some(3)));
    assert_eq!(
        (projected.after.total, projected.after.index, projected.after.rank),
        (dec("4.8"), Some(dec("96")), Some(1))
    );
    assert_eq!(projected.lines, [("2.1".to_owned(), Some(dec("1")), Some(dec("2")))]);
    assert_eq!(ground.scores[1].total, Some(dec("3.8")), "the ground is as it was");
    let impossible = Change::Answer { code: "1.1".into(), answer: json!({ "part": "101", "whole": "100" }) };
    assert!(project(&ground, unit, &[impossible]).is_err());
}

#[test]
fn the_easiest_gains_come_first() {
    let ground = ground(&[(60, true, 4), (90, true, 2), (100, false, 4)]);
    let found = gains(&ground, ground.units[1], 10).unwrap();
    let told: Vec<(&str, Decimal, Option<i64>)> =
        found.iter().map(|gain| (gain.code.as_str(), gain.points, gain.rank)).collect();
    assert_eq!(told, [("2.1", dec("1"), Some(1)), ("1.1", dec("0.2"), Some(2))]);
}

#[test]
fn robustness_keeps_a_leader_in_every_field_first() {
    let ground = ground(&[(60, false, 2), (100, true, 4), (90, true, 2)]);
    let shaky = shaky(&ground.set, &ground.units, &ground.scores);
    assert_eq!(shaky.rows.iter().map(|row| row.rank).collect::<Vec<_>>(), [1, 2, 3]);
    let first = &shaky.rows[0];
    assert_eq!((first.unit, first.interval.low, first.interval.high), (ground.units[1], 1, 1));
    assert_eq!((&first.best_without, &first.worst_without), (&(1, None), &(1, None)));
    assert_eq!(shaky.left_out, 0);
    assert!(shaky.row(db::fresh_id()).is_none());
}

proptest! {
    #[test]
    fn supposing_more_never_lowers_the_unit(percent in 0u32..=100, yes: bool, count in 0u32..=4, more in 0u32..=4) {
        let ground = ground(&[(percent, yes, count), (80, true, 2)]);
        let points = dec("0.5") * Decimal::from(more);
        let change = Change::Points { code: "2.1".into(), points };
        let projected = project(&ground, ground.units[0], &[change]).unwrap();
        let before = dec("0.5") * Decimal::from(count);
        prop_assert_eq!((projected.after.total - projected.before.total).is_sign_negative() && points >= before, false);
        prop_assert!(projected.after.total - projected.before.total == points - before);
    }

    #[test]
    fn ranks_are_one_more_than_those_better(values in proptest::collection::vec(0u32..20, 1..12)) {
        let indices: Vec<Option<Decimal>> = values.iter().map(|value| Some(Decimal::from(*value))).collect();
        let mut sorted = values.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        for (value, rank) in values.iter().zip(ranks(&indices)) {
            let first = sorted.iter().position(|other| other == value).unwrap() as i64 + 1;
            prop_assert_eq!(rank, Some(first));
        }
    }
}

/// Kept so that a unit without any answer is still a unit.
#[test]
fn a_unit_without_answers_stands_last_by_what_is_known() {
    let mut ground = ground(&[(60, true, 4), (90, true, 2)]);
    ground.group.units.push(Unit::new(&ground.set, "trống", "so"));
    ground.scores = score::score(&ground.set, &ground.group, Detail::Lines).unwrap();
    let found = positions(&ground.set, &ground.scores);
    assert_eq!((found[2].total, found[2].index, found[2].rank), (dec("0"), Some(dec("0")), Some(3)));
}
