//! Rank intervals: what must hold of any draw, and a count against a slow second way.

use super::*;
use crate::robust::{Table, table};

fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("U{at}")).collect()
}

/// A small set of two fields; units are given by their points in the three leaves.
fn small() -> CriteriaSet {
    let leaf = |code: &str, max: &str| json!({ "code": code, "name": code, "max": max, "measure": { "kind": "points", "step": "0.5" } });
    let field = |code: &str| json!({ "code": code, "name": code });
    set(json!([field("1"), leaf("1.1", "40"), leaf("1.2", "10"), field("2"), leaf("2.1", "50")]), json!({}))
}

fn scored(units: &[[&str; 3]]) -> (CriteriaSet, Vec<UnitScore>) {
    let set = small();
    let answers = units.iter().enumerate().map(|(at, points)| {
        let value = |text: &str| json!({ "value": text });
        (format!("U{at}"), json!({ "1.1": value(points[0]), "1.2": value(points[1]), "2.1": value(points[2]) }))
    });
    let scores = scores(&set, Value::Object(answers.collect()));
    (set, scores)
}

fn tabled(units: &[[&str; 3]]) -> Table {
    let (set, scores) = scored(units);
    table(&set, &scores.iter().collect::<Vec<_>>())
}

#[test]
fn the_better_everywhere_is_first_in_every_draw() {
    let intervals = tabled(&[["40", "10", "50"], ["30", "5", "40"], ["20", "4", "30"]]).intervals(2000, 1);
    for (at, interval) in intervals.iter().enumerate() {
        let rank = at as u32 + 1;
        assert_eq!((interval.rank, interval.best, interval.worst, interval.median), (rank, rank, rank, rank));
    }
}

#[test]
fn units_that_live_from_different_fields_change_places() {
    // 45 + 44 against 37 + 50: the second is before the first where its second field weighs a third more.
    let intervals = tabled(&[["40", "5", "44"], ["36", "1", "50"], ["0", "0", "0"]]).intervals(5000, 7);
    assert_eq!((intervals[0].rank, intervals[0].best, intervals[0].worst), (1, 1, 2));
    assert_eq!((intervals[1].rank, intervals[1].best, intervals[1].worst), (2, 1, 2));
    assert_eq!((intervals[2].best, intervals[2].worst), (3, 3));
    assert!(intervals.iter().all(|i| i.best <= i.low && i.low <= i.median && i.median <= i.high && i.high <= i.worst));
}

#[test]
fn equal_units_share_every_rank() {
    let intervals = tabled(&[["20", "5", "25"], ["20", "5", "25"], ["10", "5", "25"]]).intervals(500, 3);
    assert_eq!((intervals[0].best, intervals[0].worst, intervals[1].worst), (1, 1, 1));
    assert_eq!(intervals[2].best, 3);
}

#[test]
fn the_same_seed_gives_the_same_intervals() {
    let table = tabled(&[["40", "5", "44"], ["20", "10", "50"], ["30", "0", "45"]]);
    assert_eq!(table.intervals(1000, 5), table.intervals(1000, 5));
    assert_eq!(table.without_each(1000, 5), table.without_each(1000, 5));
}

#[test]
fn without_a_criterion_the_ranks_are_those_of_the_set_without_it() {
    let units = [["40", "0", "44"], ["20", "10", "50"], ["30", "8", "45.5"], ["35", "1", "41"]];
    let (set, scores) = scored(&units);
    let without = table(&set, &scores.iter().collect::<Vec<_>>()).without_each(200, 11);
    assert_eq!(without.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["1.1", "1.2", "2.1"]);
    for (left_out, one) in without.iter().enumerate() {
        // Exactly, from points and maxima of the other two leaves.
        let (maxima, mut indices) = ([40, 10, 50], Vec::new());
        for points in &units {
            let rest = (0..3).filter(|at| *at != left_out);
            let sum: Exact = rest.clone().map(|at| exact(points[at])).sum();
            indices.push(Exact::ratio(sum, rest.map(|at| maxima[at]).sum::<i64>()).unwrap());
        }
        let ranks: Vec<u32> =
            indices.iter().map(|own| 1 + indices.iter().filter(|other| *other > own).count() as u32).collect();
        assert_eq!(one.ranks, ranks, "without {}", one.code);
        assert!(one.spans.iter().zip(&ranks).all(|((best, worst), rank)| best <= rank && rank <= worst));
    }
}

#[test]
fn many_units_and_fields_agree_with_a_slow_count() {
    // Points by a rule, not by chance: 40 units (no whole number of rows), 8 fields.
    let points: Vec<Vec<f64>> = (0..40).map(|u| (0..8).map(|f| f64::from((u * 7 + f * 13) % 11)).collect()).collect();
    let table = Table::of_fields(names(40), names(8), &points, &[10.0; 8]);
    let sums: Vec<f64> = points.iter().map(|row| row.iter().sum()).collect();
    for (at, interval) in table.intervals(300, 2).iter().enumerate() {
        let rank = 1 + sums.iter().filter(|sum| **sum > sums[at]).count() as u32;
        assert_eq!(interval.rank, rank);
        assert!(interval.best >= 1 && interval.worst <= 40);
    }
}

#[test]
fn a_unit_without_an_index_is_not_in_the_table() {
    let set = small();
    let value = |text: &str| json!({ "value": text });
    let scores = scores(
        &set,
        json!({ "A": { "1.1": value("1"), "1.2": value("1"), "2.1": value("1") }, "B": { "1.1": value("1") } }),
    );
    let table = table(&set, &scores.iter().collect::<Vec<_>>());
    assert_eq!(
        (table.units.clone(), table.fields.clone()),
        (vec!["A".to_owned()], vec!["1".to_owned(), "2".to_owned()])
    );
    assert_eq!(table.intervals(10, 1)[0].worst, 1);
    // A unit left with nothing to be scored on is not divided by nothing.
    assert_eq!(table.without_each(10, 1).len(), 3);
}
