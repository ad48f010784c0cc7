//! What a unit owes an answer to, and what an appraiser has still to look at.

use crate::model::{Answer, Excused, Second, Verdict};
use score::Node;
use score::set::{CriteriaSet, FilledBy};

/// Whether nothing is open about a leaf: a verdict, and the second pair of eyes where it is wanted. A leaf that does
/// not apply, or a bonus and a penalty that nobody claims (`in_group`), asks for no verdict.
pub fn is_settled(answer: Option<&Answer>, verdict: Option<&Verdict>, applies: bool, in_group: bool) -> bool {
    let asked = answer.is_some_and(|answer| answer.excused == Some(Excused::Asked));
    let second_open = verdict.is_some_and(|verdict| verdict.second == Some(Second::Wanted));
    if asked || second_open {
        return false;
    }
    let claimed = answer.is_some_and(|answer| answer.value.is_some());
    verdict.is_some() || !applies || (in_group && !claimed)
}

/// The leaves that a unit fills itself and owes an answer to: bonuses and penalties it need not claim.
pub fn own_leaves<'a>(set: &'a CriteriaSet, kind: &'a str) -> impl Iterator<Item = Node<'a>> {
    set.nodes(kind)
        .into_iter()
        .filter(|node| node.criterion.is_leaf() && node.criterion.filled_by == FilledBy::Own && node.group.is_none())
}
