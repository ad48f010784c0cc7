//! Sums by criterion, of one unit after the other.

use base::Exact;

use crate::set::CriteriaSet;

/// Of a parent what is below it, at its position; of a leaf its own points, where they are asked for.
#[derive(Default)]
pub(super) struct Sums {
    pub points: Vec<Exact>,
    pub max: Vec<Exact>,
    pub unknown: Vec<bool>,
}

impl Sums {
    /// Nothing yet, at those positions that will be summed.
    pub fn clear<'a>(&mut self, criteria: usize, summed: impl Iterator<Item = &'a usize>) {
        self.points.resize(criteria, Exact::ZERO);
        self.max.resize(criteria, Exact::ZERO);
        self.unknown.resize(criteria, false);
        for at in summed {
            self.points[*at] = Exact::ZERO;
            self.max[*at] = Exact::ZERO;
            self.unknown[*at] = false;
        }
    }

    pub fn add(&mut self, at: usize, points: Option<&Exact>, max: &Exact) {
        match points {
            Some(points) => self.points[at] += points,
            None => self.unknown[at] = true,
        }
        self.max[at] += max;
    }

    /// Adds what a parent has gathered to the one above it; called for the deepest first.
    pub fn climb(&mut self, set: &CriteriaSet, at: usize) {
        if let Some(above) = set.tree.parent[at] {
            let (points, max) = (self.points[at].clone(), self.max[at].clone());
            self.points[above] += points;
            self.max[above] += max;
            self.unknown[above] |= self.unknown[at];
        }
    }
}
