//! `share`: the maxima of what does not apply go to its applicable siblings, in proportion.

use base::Exact;

use super::{Plan, State};
use crate::set::NotApplicable;

/// Maxima below a criterion: of what applies, and given away by what does not.
#[derive(Clone, Default)]
struct Below {
    applies: bool,
    max: Exact,
    given: Exact,
}

impl Plan<'_> {
    /// What the points and maxima of each leaf are multiplied by, at its position: siblings take over at every level,
    /// the fields at the top too, a parent with nothing applicable counting as not applicable itself.
    pub(super) fn shares(&self, states: &[State]) -> Vec<Exact> {
        let tree = &self.set.tree;
        let mut below = vec![Below::default(); tree.parent.len()];
        for (leaf, state) in self.leaves.iter().zip(states).filter(|(leaf, _)| leaf.group.is_none()) {
            below[leaf.at] = match state {
                State::Given => Below { given: leaf.max.clone(), ..Below::default() },
                State::Gone => Below::default(),
                _ => Below { applies: true, max: leaf.max.clone(), given: Exact::ZERO },
            };
        }
        let mut factors = vec![Exact::ONE; tree.parent.len()];
        // Deepest first, so that a parent's children are all known when it is reached.
        for at in self.climb.iter().copied() {
            let sum = Below::sum(tree.children[at].iter().map(|child| &below[*child]));
            (below[at], factors[at]) = sum.settle();
            if !below[at].applies && self.set.policy(at) != NotApplicable::Share {
                below[at].given = Exact::ZERO;
            }
        }
        let tops = (0..below.len()).filter(|at| tree.parent[*at].is_none());
        let (_, top) = Below::sum(tops.map(|at| &below[at])).settle();
        let product = |at| self.set.upward(at).skip(1).fold(top.clone(), |product, up| product * &factors[up]);
        (0..below.len()).map(product).collect()
    }
}

impl Below {
    fn sum<'b>(children: impl Iterator<Item = &'b Below>) -> Below {
        let mut sum = Below::default();
        for child in children {
            sum.applies |= child.applies;
            sum.max += &child.max;
            sum.given += &child.given;
        }
        sum
    }

    /// The applicable children take what was given; with none to take it, it is given on upwards.
    fn settle(self) -> (Below, Exact) {
        let all = &self.max + &self.given;
        match all.checked_div(&self.max) {
            Some(factor) if self.applies => (Below { applies: true, max: all, given: Exact::ZERO }, factor),
            _ => (self, Exact::ONE),
        }
    }
}
