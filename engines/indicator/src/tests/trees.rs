//! Units that were merged, split and ended: where their figures belong on a later day.

use super::*;

fn there(parent: Option<usize>) -> Node {
    Node { parent, is_alive: true, ..Node::default() }
}

fn merged(parent: Option<usize>, into: usize) -> Node {
    Node { parent, after: vec![into], ..Node::default() }
}

fn split(parent: Option<usize>, into: &[usize]) -> Node {
    Node { parent, after: into.to_vec(), is_split: true, ..Node::default() }
}

/// A province that was merged on 1/7/2025: two provinces into one, districts gone, communes merged and split.
///
/// Before: tỉnh Một (1) with huyện (2) with xã (3), xã (4), xã (5); tỉnh Hai (6) with xã (7) and huyện (11). After: tỉnh (0) with
/// xã mới (8) of 3 and 4; 5 was split into 8 and 9; 7 is as it was under another parent (10); of 11 only one part is known: 9.
fn province() -> Vec<Node> {
    vec![
        there(None),
        merged(None, 0),
        Node { parent: Some(1), ..Node::default() },
        merged(Some(2), 8),
        merged(Some(2), 8),
        split(Some(2), &[8, 9]),
        merged(None, 0),
        merged(Some(6), 10),
        there(Some(0)),
        there(Some(0)),
        there(Some(0)),
        split(Some(6), &[9]),
    ]
}

#[test]
fn figures_of_earlier_units_land_where_they_still_add_up() {
    let nodes = province();
    let found = landing(&nodes, &Tree::of(&nodes));
    assert_eq!(found[3..=4], [Some(8), Some(8)], "merged");
    assert_eq!(found[5], Some(0), "split: what each part has of it nobody knows");
    assert_eq!(found[11], Some(0), "of a part that is known alone neither");
    assert_eq!(found[2], Some(0), "a district that nothing came after: with the province it was in");
    assert_eq!((found[1], found[6], found[7]), (Some(0), Some(0), Some(10)));
    assert_eq!(found[8..=10], [Some(8), Some(9), Some(10)], "who is there stays");
}

#[test]
fn a_series_on_a_later_tree_adds_up_to_what_it_was() {
    let nodes = province();
    let is_old = |at: usize| (1..=7).contains(&at) || at == 11;
    let before: Vec<Node> =
        nodes.iter().enumerate().map(|(at, one)| Node { is_alive: is_old(at), ..one.clone() }).collect();
    let (old, new) = (Tree::of(&before), Tree::of(&nodes));
    // Of xã 4 there is none.
    let entry = |at: usize| Entry { at, figure: (at != 4).then_some(1 << at), weight: None };
    let entries: Vec<Entry> = (0..nodes.len()).filter(|at| is_old(*at)).map(entry).collect();
    let landed = landing(&nodes, &new);
    let moved = entries.iter().map(|one| Entry { at: landed[one.at].unwrap(), ..*one });
    let (then, now) = (over_units(&old, Over::Sum, entries.clone()), over_units(&new, Over::Sum, moved));
    assert_eq!(then[1].value.unwrap() + then[6].value.unwrap(), now[0].value.unwrap());
    assert_eq!(
        now[8],
        Total { value: Some(1 << 3), have: 1, of: 2 },
        "what is missing of a part is missing of the whole"
    );
    assert_eq!(now[9].of, 0);
}

#[test]
fn a_unit_whose_parent_has_ended_is_in_what_that_was_in() {
    let tree = Tree::of(&[there(None), Node { parent: Some(0), ..Node::default() }, there(Some(1))]);
    assert_eq!((tree.parent(2), tree.parent(1)), (Some(0), None));
}

#[test]
fn what_goes_round_in_a_circle_ends() {
    let nodes = [there(Some(1)), there(Some(0)), merged(None, 3), merged(None, 2)];
    let tree = Tree::of(&nodes);
    assert_eq!((tree.parent(0), tree.parent(1)), (None, None));
    assert_eq!(landing(&nodes, &tree), [Some(0), Some(1), None, None]);
    let ended = [Node { parent: Some(1), ..Node::default() }, Node { parent: Some(0), ..Node::default() }];
    assert_eq!(landing(&ended, &Tree::of(&ended)), [None, None]);
}
