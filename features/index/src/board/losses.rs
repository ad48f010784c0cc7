//! Where the province loses its points.

use super::{Entry, ResultLine, share_of};
use base::Decimal;
use score::CriteriaSet;
use score::set::GroupKind;

/// One criterion over all units.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    pub code: String,
    pub name: String,
    /// Maximum less points, of all units together; of a penalty what was taken off.
    pub lost: Decimal,
    /// Percent of the maximum that units reach on average; none for a penalty, which has no maximum to reach.
    pub average: Option<Decimal>,
    /// Units without a point (of a penalty: with one).
    pub zero: usize,
    /// Units that it applies to and whose points are known.
    pub units: usize,
    pub penalty: bool,
}

/// The leaves, the greatest loss first. A bonus that nobody earned is not lost.
pub fn losses(entries: &[&Entry], set: &CriteriaSet, kind: &str) -> Vec<Loss> {
    let nodes = set.nodes(kind).into_iter();
    let leaves = nodes.filter(|node| node.criterion.is_leaf() && node.group != Some(GroupKind::Bonus));
    let mut found: Vec<Loss> = leaves
        .filter_map(|node| {
            let penalty = node.group == Some(GroupKind::Penalty);
            loss(entries, &node.criterion.code, &node.criterion.name, penalty)
        })
        .collect();
    // The sort keeps the set's order among equals.
    found.sort_by_key(|one| std::cmp::Reverse(one.lost));
    found
}

/// The units of one criterion whose points are known, with their lines: who loses most stands first.
pub fn losers<'a>(entries: &[&'a Entry], loss: &Loss) -> Vec<(&'a Entry, &'a ResultLine)> {
    let known = |entry: &&'a Entry| Some((*entry, entry.line(&loss.code).filter(|line| line.points.is_some())?));
    let mut found: Vec<_> = entries.iter().filter_map(known).collect();
    found.sort_by_key(|(_, line)| line.points);
    if loss.penalty {
        found.reverse();
    }
    found
}

fn loss(entries: &[&Entry], code: &str, name: &str, penalty: bool) -> Option<Loss> {
    let lines = entries.iter().filter_map(|entry| entry.line(code)).filter_map(|line| Some((line.points?, line.max)));
    let (mut points, mut max, mut zero, mut units) = (Decimal::ZERO, Decimal::ZERO, 0, 0);
    for (got, most) in lines {
        points += got;
        max += most;
        zero += usize::from(if penalty { got > Decimal::ZERO } else { got <= Decimal::ZERO });
        units += 1;
    }
    if units == 0 {
        return None;
    }
    let (lost, average) = if penalty { (points, None) } else { (max - points, share_of(points, max)) };
    Some(Loss { code: code.into(), name: name.into(), lost: lost.normalize(), average, zero, units, penalty })
}
