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

/// How the figures of one place become one.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub over: Over,
    /// Of an average: the place of its weight in the same sheet.
    pub weight: Option<usize>,
    /// Whether what is inside of a unit counts as its own.
    pub adds_up: bool,
}

/// Sheets that are being added up, all places at once. They lie by unit, so that a unit is added to what it is inside of in one
/// go: 3,500 units of 400 places take 40 MB.
#[derive(Clone, Debug)]
pub struct Sums {
    places: Vec<Place>,
    /// Which average a place is.
    slots: Vec<usize>,
    /// Sums of the figures, or of the figures times their weights; of what does not add up, the figure.
    all: Vec<i128>,
    /// Of averages, each in the order of its place.
    weights: Vec<i128>,
    averages: usize,
    have: Vec<u32>,
    of: Vec<u32>,
}

impl Sums {
    pub fn new(tree: &Tree, places: Vec<Place>) -> Sums {
        let (units, width) = (tree.len(), places.len());
        let mut averages = 0;
        let slot = |place: &Place| {
            averages += usize::from(matches!(place.over, Over::Average(_)));
            averages.saturating_sub(1)
        };
        let slots = places.iter().map(slot).collect();
        Sums {
            slots,
            all: vec![0; units * width],
            weights: vec![0; units * averages],
            averages,
            have: vec![0; units * width],
            of: vec![0; units * width],
            places,
        }
    }

    /// One sheet of a unit, by its place in the tree. `asked`: the places that are asked of it; shorter than the sheet: all.
    pub fn add(&mut self, at: usize, sheet: &[Option<Scaled>], asked: &[bool]) {
        let width = self.places.len();
        let row = at * width..(at + 1) * width;
        let (Some(all), Some(have), Some(of)) =
            (self.all.get_mut(row.clone()), self.have.get_mut(row.clone()), self.of.get_mut(row))
        else {
            return;
        };
        let cells = all.iter_mut().zip(have).zip(of).zip(&self.places);
        for (place, (((all, have), of), one)) in cells.enumerate() {
            if asked.get(place) == Some(&false) {
                continue;
            }
            *of += 1;
            let Some(figure) = sheet.get(place).copied().flatten().map(i128::from) else { continue };
            if !matches!(one.over, Over::Average(_)) {
                *have += 1;
                *all = all.saturating_add(figure);
                continue;
            }
            // A figure without its weight cannot be averaged.
            let weight = one.weight.and_then(|weight| sheet.get(weight).copied().flatten()).map(i128::from);
            let slot = at * self.averages + self.slots[place];
            if let (Some(weight), Some(weights)) = (weight, self.weights.get_mut(slot)) {
                *have += 1;
                *all = all.saturating_add(figure * weight);
                *weights = weights.saturating_add(weight);
            }
        }
    }

    /// Everything that is inside of a unit becomes its own too.
    pub fn upward(mut self, tree: &Tree) -> Sums {
        let (width, averages) = (self.places.len(), self.averages);
        let adds: Vec<bool> = self.places.iter().map(|place| place.adds_up).collect();
        // Most often all of them do: then rows are added without asking of each place.
        let is_average = |place: &&Place| matches!(place.over, Over::Average(_));
        let weigh: Vec<bool> = self.places.iter().filter(is_average).map(|place| place.adds_up).collect();
        let adds: &[bool] = if adds.contains(&false) { &adds } else { &[] };
        let weigh: &[bool] = if weigh.contains(&false) { &weigh } else { &[] };
        // Those inside before what they are in: each is whole when it is added.
        for unit in tree.upward() {
            let Some(parent) = tree.parent(unit) else { continue };
            let rows = (unit, parent);
            join(&mut self.all, width, rows, adds, |to, one| *to = to.saturating_add(*one));
            join(&mut self.have, width, rows, adds, |to, one| *to += one);
            join(&mut self.of, width, rows, adds, |to, one| *to += one);
            join(&mut self.weights, averages, rows, weigh, |to, one| *to = to.saturating_add(*one));
        }
        self
    }

    /// How many figures of a unit there should be, of all places.
    pub fn asked(&self, unit: usize) -> u32 {
        let width = self.places.len();
        self.of.get(unit * width..(unit + 1) * width).map_or(0, |of| of.iter().sum())
    }

    pub fn total(&self, unit: usize, place: usize) -> Total {
        let Some(one) = self.places.get(place) else { return Total::default() };
        let at = unit * self.places.len() + place;
        let (Some(all), Some(have), Some(of)) = (self.all.get(at), self.have.get(at), self.of.get(at)) else {
            return Total::default();
        };
        let value = match one.over {
            _ if *have == 0 => None,
            Over::Sum => Some(*all),
            Over::Average(_) => {
                let weights = self.weights.get(unit * self.averages + self.slots[place]);
                weights.and_then(|weights| rounded(*all, *weights))
            }
            // What one alone was asked for is its figure; of several there is none.
            Over::Last | Over::None => (*of == 1).then_some(*all),
        };
        Total { value, have: *have, of: *of }
    }
}

/// One row to another of the same table: the places that `adds` says, all where it says nothing.
fn join<T>(table: &mut [T], width: usize, (from, to): (usize, usize), adds: &[bool], add: impl Fn(&mut T, &T)) {
    let (low, high) = (from.min(to), from.max(to));
    let Some((before, after)) = table.split_at_mut_checked(high * width) else { return };
    let (Some(low), Some(high)) = (before.get_mut(low * width..(low + 1) * width), after.get_mut(..width)) else {
        return;
    };
    let (one, sum) = if from < to { (low, high) } else { (high, low) };
    let cells = sum.iter_mut().zip(one.iter());
    if adds.is_empty() {
        cells.for_each(|(sum, one)| add(sum, one));
    } else {
        cells.zip(adds).filter(|(_, adds)| **adds).for_each(|((sum, one), _)| add(sum, one));
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
    let mut sums = Sums::new(tree, vec![Place { over, weight: Some(1), adds_up }]);
    for entry in entries {
        sums.add(entry.at, &[entry.figure, entry.weight], &[]);
    }
    let sums = sums.upward(tree);
    (0..tree.len()).map(|unit| sums.total(unit, 0)).collect()
}

/// The entries inside of a unit that are missing.
pub fn missing<'a>(tree: &Tree, at: usize, over: Over, entries: &'a [Entry]) -> Vec<&'a Entry> {
    let is = |entry: &&Entry| entry.is_missing(over) && tree.up(entry.at).any(|one| one == at);
    entries.iter().filter(is).collect()
}
