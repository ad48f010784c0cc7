//! Adding up, over units and over time, against figures worked out by hand and against decimals.

use super::*;
use base::Decimal;

fn nodes(parents: &[Option<usize>]) -> Vec<Node> {
    parents.iter().map(|parent| Node { parent: *parent, is_alive: true, ..Node::default() }).collect()
}

/// Tỉnh (0) with Sở (1) and xã A (2); xã A with thôn (3) and thôn (4).
fn province() -> Tree {
    Tree::of(&nodes(&[None, Some(0), Some(0), Some(2), Some(2)]))
}

/// Of each unit that is asked: its figure, with its weight.
fn asked(all: &[(usize, Option<Scaled>, Option<Scaled>)]) -> Vec<Entry> {
    all.iter().map(|(at, figure, weight)| Entry { at: *at, figure: *figure, weight: *weight }).collect()
}

fn total(value: i128, have: u32, of: u32) -> Total {
    Total { value: Some(value), have, of }
}

fn indicator(over_units: Over, over_time: Over) -> Indicator {
    Indicator {
        code: "A".into(),
        name: "A".into(),
        unit: "vụ".into(),
        digits: 0,
        over_units,
        over_time,
        by: Vec::new(),
        lowest: None,
        source: None,
        derived: None,
    }
}

#[test]
fn a_total_is_its_own_figure_and_all_inside_of_it_and_says_what_is_missing() {
    let all = asked(&[(1, Some(100), None), (2, Some(7), None), (3, Some(20), None), (4, None, None)]);
    let found = over_units(&province(), Over::Sum, all.clone());
    assert_eq!(found[0], total(127, 3, 4));
    assert_eq!((found[1], found[2], found[3]), (total(100, 1, 1), total(27, 2, 3), total(20, 1, 1)));
    // Missing, never zero.
    assert_eq!(found[4], Total { value: None, have: 0, of: 1 });
    assert!(found[1].is_complete() && !found[0].is_complete());
    assert_eq!(missing(&province(), 0, Over::Sum, &all), [&all[3]]);
    assert!(missing(&province(), 1, Over::Sum, &all).is_empty());
}

#[test]
fn who_is_not_asked_is_neither_counted_nor_missing() {
    let found = over_units(&province(), Over::Sum, asked(&[(1, Some(5), None), (99, Some(7), None)]));
    assert_eq!((found[0], found[2]), (total(5, 1, 1), Total::default()));
}

#[test]
fn what_does_not_add_up_is_said_of_each_alone() {
    let found = over_units(&province(), Over::None, asked(&[(2, Some(7), None), (3, Some(20), None)]));
    assert_eq!((found[0], found[2], found[3]), (Total::default(), total(7, 1, 1), total(20, 1, 1)));
    // Two earlier units that landed in one have no figure of their own.
    let found = over_units(&province(), Over::None, asked(&[(2, Some(7), None), (2, Some(9), None)]));
    assert_eq!(found[2], Total { value: None, have: 2, of: 2 });
}

/// (104,50 × 300 + 98,25 × 100) / 400 = 102,9375: rounded once, at the top, half away from zero to two digits.
#[test]
fn an_average_is_weighted_over_all_units_at_once() {
    let average =
        |all: &[(usize, Option<Scaled>, Option<Scaled>)]| over_units(&province(), Over::Average(1), asked(all))[0];
    let (one, other) = ((1, Some(10_450), Some(300)), (3, Some(9_825), Some(100)));
    assert_eq!(average(&[one, other, (4, None, Some(50))]), total(10_294, 2, 3));
    assert_eq!(average(&[(1, Some(-10_450), Some(300)), (3, Some(-9_825), Some(100))]), total(-10_294, 2, 2));
    for (figure, rounded) in [(6, 6), (-6, -6), (7, 6), (4, 5), (-4, -5)] {
        let five = if figure < 0 { -5 } else { 5 };
        assert_eq!(
            average(&[(1, Some(five), Some(1)), (3, Some(figure), Some(1))]),
            total(rounded, 2, 2),
            "{five} {figure}"
        );
    }
    // A figure without its weight is missing, and is named.
    let all = asked(&[one, (3, Some(9_825), None)]);
    assert_eq!(over_units(&province(), Over::Average(1), all.clone())[0], total(10_450, 1, 2));
    assert_eq!(missing(&province(), 0, Over::Average(1), &all), [&all[1]]);
    // Of weights that come to nothing there is no average.
    assert_eq!(average(&[(1, Some(5), Some(0)), (3, Some(6), Some(0))]).value, None);
}

/// A: January 100 (weight 10), February missing; B: 50 (weight 50) in both months. 6,000 / 110 = 54.55: averages of averages,
/// whichever were first, would say 75 or 52.5.
#[test]
fn an_average_over_units_and_months_is_one() {
    let months = [
        asked(&[(1, Some(10_000), Some(10)), (2, Some(5_000), Some(50))]),
        asked(&[(1, None, Some(90)), (2, Some(5_000), Some(50))]),
    ];
    let found = over_periods(&province(), &indicator(Over::Average(1), Over::Average(1)), &months);
    assert_eq!((found[0], found[1]), (total(5_455, 3, 4), total(10_000, 1, 2)));
}

#[test]
fn over_time_the_last_stands_for_all() {
    let months = [asked(&[(1, Some(3), None), (2, Some(4), None)]), asked(&[(1, Some(5), None), (2, None, None)])];
    let over = |units, time| over_periods(&province(), &indicator(units, time), &months)[0];
    assert_eq!(over(Over::Sum, Over::Sum), total(12, 3, 4));
    // One of the last month has not been reported: what stood before it does not stand for the quarter.
    assert_eq!(over(Over::Sum, Over::Last), total(5, 1, 2));
    assert_eq!(over(Over::Sum, Over::None), Total::default());
    // Over time it adds up, over units it does not.
    assert_eq!(over(Over::None, Over::Sum), Total::default());
    let each = over_periods(&province(), &indicator(Over::None, Over::Sum), &months);
    assert_eq!((each[1], each[2]), (total(8, 2, 2), total(4, 1, 2)));
    assert_eq!(over_periods(&province(), &indicator(Over::Sum, Over::Last), &[])[0], Total::default());
}

#[test]
fn a_figure_has_no_more_digits_than_its_indicator() {
    let one = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(scaled(one("1234.5"), 1), Some(12_345));
    assert_eq!(scaled(one("-0.50"), 1), Some(-5));
    assert_eq!(scaled(one("1234.55"), 1), None);
    assert_eq!(scaled(one("-1000000000000000.00"), 2), Some(-MOST));
    assert_eq!(scaled(one("1000000000000000.01"), 2), None);
    assert_eq!(scaled(Decimal::MAX, 6), None);
    assert_eq!(figure(12_345, 1), Some(one("1234.5")));
}

/// Any tree of up to 30 units, in any order: each is inside of one before it, or of none, and then all are moved about.
fn trees() -> impl Strategy<Value = (Vec<Node>, Vec<Option<i64>>)> {
    let unit = (0usize..30, proptest::option::of(-1_000_000_000_i64..1_000_000_000));
    let moved = |count: usize| Just((0..count).collect::<Vec<_>>()).prop_shuffle();
    proptest::collection::vec(unit, 1..30).prop_flat_map(move |units| (moved(units.len()), Just(units))).prop_map(
        |(to, units)| {
            let mut parents = vec![None; units.len()];
            let mut figures = vec![None; units.len()];
            for (at, (parent, figure)) in units.iter().enumerate() {
                parents[to[at]] = (*parent < at).then(|| to[*parent]);
                figures[to[at]] = *figure;
            }
            (nodes(&parents), figures)
        },
    )
}

proptest! {
    #[test]
    fn each_total_is_the_sum_of_its_parts((nodes, figures) in trees()) {
        let tree = Tree::of(&nodes);
        let entries = figures.iter().enumerate().map(|(at, figure)| Entry { at, figure: *figure, weight: None });
        let found = over_units(&tree, Over::Sum, entries);
        for (at, found) in found.iter().enumerate() {
            let inside: Vec<usize> = (0..nodes.len()).filter(|unit| tree.up(*unit).any(|one| one == at)).collect();
            let there: Vec<Decimal> = inside.iter().filter_map(|unit| figures[*unit]).map(Decimal::from).collect();
            let sum = (!there.is_empty()).then(|| there.iter().sum::<Decimal>());
            prop_assert_eq!(found.value.and_then(|value| figure(value, 0)), sum);
            prop_assert_eq!((found.have as usize, found.of as usize), (there.len(), inside.len()));
        }
    }
}
