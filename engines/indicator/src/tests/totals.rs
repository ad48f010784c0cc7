//! Adding up, over units and over time, against figures worked out by hand and against decimals.

use super::*;
use base::Decimal;

/// Tỉnh (0) with Sở (1) and xã A (2); xã A with thôn (3) and thôn (4).
fn province() -> Tree {
    let node = |parent| Node { parent, after: Vec::new(), alive: true };
    Tree::of(&[node(None), node(Some(0)), node(Some(0)), node(Some(2)), node(Some(2))])
}

const ALL: [bool; 5] = [false, true, true, true, true];

fn total(value: i128, have: u32, of: u32) -> Total {
    Total { value: Some(value), have, of }
}

#[test]
fn a_total_is_its_own_figure_and_all_below_it_and_says_what_is_missing() {
    let figures = [None, Some(100), Some(7), Some(20), None];
    let found = over_units(&province(), Over::Sum, &ALL, &figures, None);
    assert_eq!(found[0], total(127, 3, 4));
    assert_eq!((found[1], found[2], found[3]), (total(100, 1, 1), total(27, 2, 3), total(20, 1, 1)));
    // Missing, never zero.
    assert_eq!(found[4], Total { value: None, have: 0, of: 1 });
    assert!(found[1].is_complete() && !found[0].is_complete());
    assert_eq!(missing(&province(), 0, &ALL, &figures), [4]);
    assert_eq!(missing(&province(), 1, &ALL, &figures), Vec::<usize>::new());
}

#[test]
fn who_is_not_asked_is_neither_counted_nor_missing() {
    let asked = [false, true, false, false, false];
    let found = over_units(&province(), Over::Sum, &asked, &[Some(5); 5], None);
    assert_eq!((found[0], found[2]), (total(5, 1, 1), Total::default()));
}

/// (104,50 × 300 + 98,25 × 100) / 400 = 102,9375: rounded once, at the top, half away from zero to two digits.
#[test]
fn an_average_is_weighted_over_all_units_at_once() {
    let (index, weight) = ([None, Some(10_450), None, Some(9_825), None], [None, Some(300), None, Some(100), Some(50)]);
    let found = over_units(&province(), Over::Average(1), &ALL, &index, Some(&weight));
    assert_eq!(found[0], total(10_294, 2, 4));
    // A figure without its weight is missing.
    let found = over_units(&province(), Over::Average(1), &ALL, &index, Some(&[None, Some(300), None, None, None]));
    assert_eq!(found[0], total(10_450, 1, 4));
    // Of weights that come to nothing there is no average.
    let found = over_units(&province(), Over::Average(1), &ALL, &index, Some(&[Some(0); 5]));
    assert_eq!(found[0].value, None);
}

#[test]
fn over_time_the_last_stands_for_all_and_what_does_not_add_up_is_not_added() {
    let months = [(Some(3), None), (None, None), (Some(5), None)];
    assert_eq!(over_time(Over::Sum, months), total(8, 2, 3));
    assert_eq!(over_time(Over::Last, months), total(5, 2, 3));
    // The last month has not been reported: what stood before it does not stand for the quarter.
    assert_eq!(over_time(Over::Last, [(Some(3), None), (None, None)]).value, None);
    assert_eq!(over_time(Over::None, months).value, None);
    assert_eq!(over_time(Over::None, [(Some(3), None)]), total(3, 1, 1));
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

/// Any tree of up to 30 units: each is inside of one before it, or of none.
fn trees() -> impl Strategy<Value = (Vec<Node>, Vec<Option<i64>>)> {
    let unit = (0usize..30, proptest::option::of(-1_000_000_000_i64..1_000_000_000));
    proptest::collection::vec(unit, 1..30).prop_map(|units| {
        let nodes = units.iter().enumerate().map(|(at, (parent, _))| {
            let parent = (at > 0 && *parent < at).then_some(*parent);
            Node { parent, after: Vec::new(), alive: true }
        });
        (nodes.collect(), units.iter().map(|(_, figure)| *figure).collect())
    })
}

proptest! {
    #[test]
    fn each_total_is_the_sum_of_its_parts((nodes, figures) in trees()) {
        let tree = Tree::of(&nodes);
        let found = over_units(&tree, Over::Sum, &vec![true; nodes.len()], &figures, None);
        for (at, found) in found.iter().enumerate() {
            let below: Vec<Decimal> = tree.inside(at).filter_map(|unit| figures[unit]).map(Decimal::from).collect();
            let sum = (!below.is_empty()).then(|| below.iter().sum::<Decimal>());
            prop_assert_eq!(found.value.and_then(|value| figure(value, 0)), sum);
            prop_assert_eq!(found.have as usize, below.len());
            prop_assert_eq!(found.of as usize, tree.inside(at).count());
        }
    }
}
