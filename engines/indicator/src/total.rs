//! Adding up: several figures of an indicator become one, over units, over time, or over both at once.
//!
//! What is missing is missing, never zero: a total says of how many it is, and of how many it should be. Figures are whole
//! numbers of an indicator's last digit (1.234,5 with one digit is 12345), so a sum is exact and fast; an average is rounded
//! once, to that digit, half away from zero, however many units and periods it is of.

use crate::set::{Indicator, Over};
use crate::tree::Tree;
use base::Decimal;

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

/// What one unit was asked for in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The unit, by its place in the tree: of an earlier unit, the place where it landed.
    pub at: usize,
    /// None: it has not been reported.
    pub figure: Option<Scaled>,
    /// Of an average.
    pub weight: Option<Scaled>,
}

impl Entry {
    /// Whether it cannot be added up: a figure without its weight cannot be averaged.
    pub fn is_missing(&self, over: Over) -> bool {
        self.figure.is_none() || (matches!(over, Over::Average(_)) && self.weight.is_none())
    }
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

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// Sum of the figures, or of the figures times their weights.
    all: i128,
    weights: i128,
    /// Of the unit itself: all that there is of what does not add up.
    own: Option<Scaled>,
    have: u32,
    of: u32,
}

impl Sum {
    fn add(&mut self, over: Over, entry: &Entry) {
        self.of += 1;
        let Some(figure) = entry.figure.filter(|_| !entry.is_missing(over)) else { return };
        self.have += 1;
        self.own = if self.of == 1 { Some(figure) } else { None };
        let weight = entry.weight.filter(|_| matches!(over, Over::Average(_)));
        self.all = self.all.saturating_add(i128::from(figure) * i128::from(weight.unwrap_or(1)));
        self.weights = self.weights.saturating_add(i128::from(weight.unwrap_or(0)));
    }

    fn join(&mut self, other: &Sum) {
        self.all = self.all.saturating_add(other.all);
        self.weights = self.weights.saturating_add(other.weights);
        self.have += other.have;
        self.of += other.of;
    }

    fn total(&self, over: Over) -> Total {
        let value = match over {
            _ if self.have == 0 => None,
            Over::Sum => Some(self.all),
            Over::Average(_) => rounded(self.all, self.weights),
            // One's own is one's own; of several there is none.
            Over::Last | Over::None => self.own.map(i128::from),
        };
        Total { value, have: self.have, of: self.of }
    }
}

/// A whole, half away from zero. In whole numbers: of a hundred thousand averages, a fraction each would cost more than all sums.
fn rounded(all: i128, weights: i128) -> Option<i128> {
    let (whole, rest) = (all.checked_div(weights)?, all.checked_rem(weights)?);
    let is_half = rest.unsigned_abs() >= weights.unsigned_abs() - rest.unsigned_abs();
    let away = if (all < 0) == (weights < 0) { 1 } else { -1 };
    Some(if is_half { whole + away } else { whole })
}

/// Figures of one period over all units of a tree: for each unit, its own and all inside of it; of what does not add up, its own.
pub fn over_units(tree: &Tree, over: Over, entries: impl IntoIterator<Item = Entry>) -> Vec<Total> {
    gathered(tree, over, over != Over::None, entries)
}

/// An indicator over all units of a tree and the periods that a longer one has, the earliest first.
pub fn over_periods(tree: &Tree, of: &Indicator, periods: &[Vec<Entry>]) -> Vec<Total> {
    match of.over_time {
        // The last period stands for all.
        Over::Last => over_units(tree, of.over_units, periods.last().into_iter().flatten().copied()),
        Over::None => vec![Total::default(); tree.len()],
        over => gathered(tree, over, of.over_units != Over::None, periods.iter().flatten().copied()),
    }
}

fn gathered(tree: &Tree, over: Over, adds_up: bool, entries: impl IntoIterator<Item = Entry>) -> Vec<Total> {
    let mut sums = vec![Sum::default(); tree.len()];
    for entry in entries {
        if let Some(sum) = sums.get_mut(entry.at) {
            sum.add(over, &entry);
        }
    }
    // Those inside before what they are in: each is whole when it is added.
    for unit in tree.upward().filter(|_| adds_up) {
        if let Some(parent) = tree.parent(unit) {
            let whole = sums[unit];
            sums[parent].join(&whole);
        }
    }
    sums.iter().map(|sum| sum.total(over)).collect()
}

/// The entries inside of a unit that are missing.
pub fn missing<'a>(tree: &Tree, at: usize, over: Over, entries: &'a [Entry]) -> Vec<&'a Entry> {
    let is = |entry: &&Entry| entry.is_missing(over) && tree.up(entry.at).any(|one| one == at);
    entries.iter().filter(is).collect()
}
