//! Adding up: several figures of an indicator become one, over units or over time.
//!
//! What is missing is missing, never zero: a total says of how many it is, and of how many it should be. Figures are whole
//! numbers of an indicator's last digit (1.234,5 with one digit is 12345), so a sum is exact and fast; an average is rounded
//! once, to that digit, half away from zero.

use crate::set::Over;
use crate::tree::Tree;
use base::{Decimal, Exact};

/// A figure in the last digit of its indicator.
pub type Scaled = i64;

/// No figure is further from zero, in its last digit: a country's product in đồng has a tenth of it. Ten thousand such figures
/// times such weights still fit into 127 bits.
pub const MOST: Scaled = 100_000_000_000_000_000;

/// The figure as it is kept in a [`Scaled`]; none where it has more digits, or is beyond [`MOST`].
pub fn scaled(figure: Decimal, digits: u32) -> Option<Scaled> {
    let shifted = figure.checked_mul(Decimal::from(10_i64.checked_pow(digits)?))?;
    let whole: Scaled = shifted.fract().is_zero().then(|| shifted.normalize().try_into().ok()).flatten()?;
    (-MOST..=MOST).contains(&whole).then_some(whole)
}

/// The figure that a [`Scaled`] is.
pub fn figure(scaled: i128, digits: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(scaled, digits).ok()
}

/// What several figures came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Of those that are there; none where none is, or where they do not become one.
    pub value: Option<i128>,
    /// How many are there.
    pub have: u32,
    /// How many there should be.
    pub of: u32,
}

impl Total {
    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.have == self.of
    }
}

/// Adds up in the order they come: for [`Over::Last`] the latest comes last.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// Sum of the figures, or of the figures times their weights.
    all: i128,
    weights: i128,
    last: Option<i128>,
    have: u32,
    of: u32,
}

impl Sum {
    fn add(&mut self, over: Over, figure: Option<Scaled>, weight: Option<Scaled>) {
        self.of += 1;
        self.last = figure.map(i128::from);
        let Some(figure) = figure.map(i128::from) else { return };
        match (over, weight) {
            // Without its weight a figure cannot be averaged: it is missing.
            (Over::Average(_), None) => return,
            (Over::Average(_), Some(weight)) => {
                self.all = self.all.saturating_add(figure * i128::from(weight));
                self.weights += i128::from(weight);
            }
            _ => self.all += figure,
        }
        self.have += 1;
    }

    fn join(&mut self, other: &Sum) {
        self.all = self.all.saturating_add(other.all);
        self.weights += other.weights;
        self.last = other.last;
        self.have += other.have;
        self.of += other.of;
    }

    fn total(&self, over: Over) -> Total {
        let value = match over {
            _ if self.have == 0 => None,
            Over::Sum => Some(self.all),
            Over::Average(_) => Exact::ratio(Exact::scaled(self.all, 0), Exact::scaled(self.weights, 0))
                .and_then(|average| average.round_scaled(0)),
            Over::Last => self.last,
            // One alone is itself.
            Over::None => (self.of == 1).then_some(self.all),
        };
        Total { value, have: self.have, of: self.of }
    }
}

/// Figures of one unit over the parts of a longer period, the earliest first, each with its weight where it has one.
pub fn over_time(over: Over, parts: impl IntoIterator<Item = (Option<Scaled>, Option<Scaled>)>) -> Total {
    let mut sum = Sum::default();
    for (figure, weight) in parts {
        sum.add(over, figure, weight);
    }
    sum.total(over)
}

/// Figures of one period over all units of a tree: for each unit, its own and all below it.
///
/// `asked` says which units report; `figures` and `weights` are by unit, as in the tree.
pub fn over_units(
    tree: &Tree,
    over: Over,
    asked: &[bool],
    figures: &[Option<Scaled>],
    weights: Option<&[Option<Scaled>]>,
) -> Vec<Total> {
    let mut sums = vec![Sum::default(); tree.len()];
    // Children before their parents: each is whole when it is added to what it is inside of.
    for unit in tree.upward() {
        if asked.get(unit).copied().unwrap_or(false) {
            let weight = weights.and_then(|all| all.get(unit).copied().flatten());
            sums[unit].add(over, figures.get(unit).copied().flatten(), weight);
        }
        if let Some(parent) = tree.parent(unit) {
            let whole = sums[unit];
            sums[parent].join(&whole);
        }
    }
    sums.iter().map(|sum| sum.total(over)).collect()
}

/// The units below and at one that are asked and have no figure.
pub fn missing(tree: &Tree, at: usize, asked: &[bool], figures: &[Option<Scaled>]) -> Vec<usize> {
    let is =
        |unit: &usize| asked.get(*unit).copied().unwrap_or(false) && figures.get(*unit).copied().flatten().is_none();
    tree.inside(at).filter(is).collect()
}
