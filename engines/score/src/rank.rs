//! Ratings and ranks, both read off the rounded index.

use std::cmp::Ordering;

use base::{Decimal, Exact};

use crate::score::UnitScore;
use crate::set::{CriteriaSet, Ties};

/// The highest rating the index reaches; one that asks for no zero is passed over for a unit that has one.
pub(crate) fn rating(set: &CriteriaSet, index: Decimal, has_zero: bool) -> Option<String> {
    let reached = set.ratings.iter().find(|rating| index >= rating.from && !(rating.no_zero && has_zero));
    reached.map(|rating| rating.name.clone())
}

/// Ranks each kind of unit by itself. A unit without an index takes no rank, and the others are ranked without it.
/// `ties` are each unit's points in the criteria that part equal indices.
pub(crate) fn rank(set: &CriteriaSet, scores: &mut [UnitScore], ties: &[Vec<Exact>]) {
    let mut order: Vec<usize> = (0..scores.len()).filter(|at| scores[*at].index.is_some()).collect();
    let better_first = |a: &usize, b: &usize| {
        let by_kind = scores[*a].kind.cmp(&scores[*b].kind);
        by_kind.then_with(|| scores[*b].index.cmp(&scores[*a].index)).then_with(|| ties[*b].cmp(&ties[*a]))
    };
    order.sort_by(better_first);
    let ranks = ranks(&order, &better_first, |a, b| scores[a].kind == scores[b].kind, set.ties == Ties::Dense);
    for (at, rank) in order.into_iter().zip(ranks) {
        scores[at].rank = Some(rank);
    }
}

/// 1, 2, 2, 4 down a sorted order, beginning again where the kind changes; dense: 1, 2, 2, 3.
fn ranks(
    order: &[usize],
    compare: &impl Fn(&usize, &usize) -> Ordering,
    same_kind: impl Fn(usize, usize) -> bool,
    dense: bool,
) -> Vec<u32> {
    let mut ranks: Vec<u32> = Vec::with_capacity(order.len());
    let mut place = 0;
    for (i, at) in order.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| order[i]).filter(|before| same_kind(*before, *at));
        let last = ranks.last().copied().unwrap_or(0);
        let rank = match before {
            None => 1,
            Some(before) if compare(&before, at) == Ordering::Equal => last,
            Some(_) if dense => last + 1,
            Some(_) => place + 1,
        };
        place = if before.is_none() { 1 } else { place + 1 };
        ranks.push(rank);
    }
    ranks
}
