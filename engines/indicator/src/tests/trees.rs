//! Units that were merged, split and ended: where their figures belong on a later day.

use super::*;

fn node(parent: Option<usize>, after: &[usize], alive: bool) -> Node {
    Node { parent, after: after.to_vec(), alive }
}

/// A province that was merged on 1/7/2025: two provinces into one, districts gone, four communes into two, one split in two.
///
/// Before: tỉnh cũ Một (1) with huyện (2) with xã (3), xã (4), xã (5); tỉnh cũ Hai (6) with xã (7). After: tỉnh (0) with
/// xã mới (8) of 3 and 4; 5 was split into 8 and 9; 7 is as it was, inside of the new province (its place is another: 10).
fn merged() -> Vec<Node> {
    vec![
        node(None, &[], true),
        node(None, &[0], false),
        node(Some(1), &[], false),
        node(Some(2), &[8], false),
        node(Some(2), &[8], false),
        node(Some(2), &[8, 9], false),
        node(None, &[0], false),
        node(Some(6), &[10], false),
        node(Some(0), &[], true),
        node(Some(0), &[], true),
        node(Some(0), &[], true),
    ]
}

#[test]
fn figures_of_earlier_units_land_where_they_still_add_up() {
    let nodes = merged();
    let tree = Tree::of(&nodes);
    let found = landing(&nodes, &tree);
    assert_eq!(found[3..=4], [Some(8), Some(8)], "merged");
    assert_eq!(found[5], Some(0), "split: what each part has of it nobody knows");
    assert_eq!(found[2], Some(0), "a district that nothing came after: with the province it was in");
    assert_eq!((found[1], found[6], found[7]), (Some(0), Some(0), Some(10)));
    assert_eq!(found[8..], [Some(8), Some(9), Some(10)], "who is there stays");
}

#[test]
fn a_series_on_a_later_tree_adds_up_to_what_it_was() {
    let nodes = merged();
    let before: Vec<Node> =
        nodes.iter().enumerate().map(|(at, one)| Node { alive: (1..=7).contains(&at), ..one.clone() }).collect();
    let (old, new) = (Tree::of(&before), Tree::of(&nodes));
    let figures: Vec<Option<i64>> =
        (0..nodes.len() as i64).map(|at| (1..=7).contains(&at).then_some(1 << at)).collect();
    let asked: Vec<bool> = figures.iter().map(Option::is_some).collect();
    let then = over_units(&old, Over::Sum, &asked, &figures, None);
    let mut moved = vec![None; nodes.len()];
    for (unit, to) in landing(&nodes, &new).into_iter().enumerate() {
        if let (Some(to), Some(figure)) = (to, figures[unit]) {
            moved[to] = Some(moved[to].unwrap_or(0) + figure);
        }
    }
    let asked: Vec<bool> = moved.iter().map(Option::is_some).collect();
    let now = over_units(&new, Over::Sum, &asked, &moved, None);
    assert_eq!(then[1].value.unwrap() + then[6].value.unwrap(), now[0].value.unwrap());
    assert_eq!((now[8].value, now[9].value), (Some((1 << 3) + (1 << 4)), None));
}

#[test]
fn what_goes_round_in_a_circle_ends() {
    let nodes = [node(Some(1), &[], true), node(Some(0), &[], true), node(None, &[3], false), node(None, &[2], false)];
    let tree = Tree::of(&nodes);
    assert_eq!((tree.parent(0), tree.parent(1)), (None, None));
    assert_eq!(landing(&nodes, &tree), [Some(0), Some(1), None, None]);
}
