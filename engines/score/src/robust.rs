//! How far ranks can be trusted: what they would be if the fields weighed a little more or less, and if any one
//! criterion were left out.
//!
//! A simulation, not a score: floats are allowed here, and only here. Ten thousand draws weigh every field anew, each
//! by a factor between 0,8 and 1,2 independently of the others, and rank the units again. Indices nearer to each
//! other than a float of 32 bits can tell (a hundred-thousandth of a percent) may fall either way in a draw.

use base::Exact;

use crate::score::UnitScore;
use crate::set::CriteriaSet;

/// The share by which a field's weight moves up or down.
const SPREAD: f32 = 0.2;
/// Units are handled in rows of this many, which the compiler turns into vector instructions.
const ROW: usize = 12;

/// Units of one kind, by field and by leaf, as the simulation reads them.
#[derive(Clone, Debug)]
pub struct Table {
    /// Names of the units that have an index, in the order given; results are in this order.
    pub units: Vec<String>,
    /// Codes of the fields (criteria at the top), bonus and penalty groups left out.
    pub fields: Vec<String>,
    points: Vec<Column>,
    maxima: Vec<Column>,
    /// Bonus less penalty: moved by no weight.
    extra: Column,
    leaves: Vec<Leaf>,
}

/// One number for each unit, filled up to whole rows with zeros that are ranked but counted for nobody.
type Column = Vec<f32>;

#[derive(Clone, Debug)]
struct Leaf {
    code: String,
    field: usize,
    points: Column,
    maxima: Column,
}

/// Where a unit's rank lies over the draws; 1 is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// With the weights as they are.
    pub rank: u32,
    pub best: u32,
    pub worst: u32,
    /// One draw in twenty is better than this.
    pub low: u32,
    pub median: u32,
    /// One draw in twenty is worse than this.
    pub high: u32,
}

/// Ranks without one criterion, for each unit of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Without {
    /// The leaf left out.
    pub code: String,
    /// With the weights as they are.
    pub ranks: Vec<u32>,
    /// Best and worst over the draws.
    pub spans: Vec<(u32, u32)>,
}

/// The table of units of one kind, scored with [`crate::Detail::Lines`]; those without an index are left out.
pub fn table(set: &CriteriaSet, scores: &[&UnitScore]) -> Table {
    let units: Vec<&UnitScore> = scores.iter().copied().filter(|score| score.index.is_some()).collect();
    let size = units.len().div_ceil(ROW) * ROW;
    let column = || vec![0.0f32; size];
    let tops = (0..set.criteria.len()).filter(|at| set.top(*at) == *at && set.criteria[*at].group.is_none());
    let fields: Vec<usize> = tops.collect();
    let mut table = Table {
        units: units.iter().map(|unit| unit.name.clone()).collect(),
        fields: fields.iter().map(|at| set.criteria[*at].code.clone()).collect(),
        points: vec![column(); fields.len()],
        maxima: vec![column(); fields.len()],
        extra: column(),
        leaves: Vec::new(),
    };
    let mut leaf_of = vec![usize::MAX; set.criteria.len()];
    for (u, unit) in units.iter().enumerate() {
        table.extra[u] = float(&(&unit.bonus - &unit.penalty));
        for line in &unit.lines {
            let Some(field) = fields.iter().position(|at| *at == set.top(line.position)) else { continue };
            let (points, max) = (line.points.as_ref().map_or(0.0, float), float(&line.max));
            if leaf_of[line.position] == usize::MAX {
                leaf_of[line.position] = table.leaves.len();
                let code = set.criteria[line.position].code.clone();
                table.leaves.push(Leaf { code, field, points: column(), maxima: column() });
            }
            let leaf = &mut table.leaves[leaf_of[line.position]];
            (leaf.points[u], leaf.maxima[u]) = (points, max);
            table.points[field][u] += points;
            table.maxima[field][u] += max;
        }
    }
    table
}

fn float(exact: &Exact) -> f32 {
    exact.to_f64() as f32
}

impl Table {
    /// A table made directly: `points[unit][field]` and the fields' maxima. Used where only published sums are known.
    pub fn of_fields(units: Vec<String>, fields: Vec<String>, points: &[Vec<f64>], maxima: &[f64]) -> Table {
        let size = units.len().div_ceil(ROW) * ROW;
        let at = |u: usize, f: usize| points.get(u).and_then(|row| row.get(f)).map_or(0.0, |points| *points as f32);
        Table {
            points: (0..fields.len()).map(|f| (0..size).map(|u| at(u, f)).collect()).collect(),
            maxima: maxima.iter().map(|max| vec![*max as f32; size]).collect(),
            extra: vec![0.0; size],
            units,
            fields,
            leaves: Vec::new(),
        }
    }

    /// Rank intervals over `draws` of the fields' weights. The same seed gives the same intervals.
    pub fn intervals(&self, draws: usize, seed: u64) -> Vec<Interval> {
        let units = self.units.len();
        let mut state = Draw::new(self);
        let as_is = state.ranks(self, &vec![1.0; self.fields.len()]).to_vec();
        let mut seen = vec![0u32; units * (units + 1)];
        let mut dice = Dice(seed);
        for _ in 0..draws {
            let weights = dice.weights(self.fields.len());
            for (u, rank) in state.ranks(self, &weights)[..units].iter().enumerate() {
                seen[u * (units + 1) + *rank as usize] += 1;
            }
        }
        let rows = seen.chunks_exact(units + 1).zip(as_is);
        rows.map(|(seen, rank)| interval(seen, rank as u32)).collect()
    }

    /// Ranks when each leaf in turn is left out, over the same draws of weights for every leaf.
    pub fn without_each(&self, draws: usize, seed: u64) -> Vec<Without> {
        let units = self.units.len();
        let mut state = Draw::new(self);
        let mut spans = vec![(vec![i32::MAX; self.extra.len()], vec![0i32; self.extra.len()]); self.leaves.len()];
        let mut dice = Dice(seed);
        for _ in 0..draws {
            let weights = dice.weights(self.fields.len());
            state.weigh(self, &weights);
            for (leaf, (best, worst)) in self.leaves.iter().zip(&mut spans) {
                let ranks = state.ranks_without(leaf, weights[leaf.field]);
                for ((rank, best), worst) in ranks.iter().zip(best).zip(worst) {
                    *best = (*best).min(*rank);
                    *worst = (*worst).max(*rank);
                }
            }
        }
        state.weigh(self, &vec![1.0; self.fields.len()]);
        let told = self.leaves.iter().zip(spans).map(|(leaf, (best, worst))| {
            let ranks = state.ranks_without(leaf, 1.0)[..units].iter().map(|rank| *rank as u32).collect();
            let spans = best.iter().zip(&worst).take(units).map(|(best, worst)| (*best as u32, *worst as u32));
            Without { code: leaf.code.clone(), ranks, spans: spans.collect() }
        });
        told.collect()
    }
}

/// Best, worst and percentiles of a count by rank.
fn interval(seen: &[u32], rank: u32) -> Interval {
    let draws: u32 = seen.iter().sum();
    let reached = |share: f64| {
        let mut left = (f64::from(draws) * share).ceil().max(1.0) as i64;
        let at = seen.iter().position(|count| {
            left -= i64::from(*count);
            left <= 0
        });
        at.map_or(rank, |at| at as u32)
    };
    let ends = (seen.iter().position(|count| *count > 0), seen.iter().rposition(|count| *count > 0));
    let (best, worst) = (ends.0.map_or(rank, |at| at as u32), ends.1.map_or(rank, |at| at as u32));
    Interval { rank, best, worst, low: reached(0.05), median: reached(0.5), high: reached(0.95) }
}

/// The columns of one draw, reused from draw to draw.
struct Draw {
    sums: Column,
    maxima: Column,
    index: Column,
    ranks: Vec<i32>,
    units: usize,
}

impl Draw {
    fn new(table: &Table) -> Draw {
        let size = table.extra.len();
        Draw {
            sums: vec![0.0; size],
            maxima: vec![0.0; size],
            index: vec![0.0; size],
            ranks: vec![0; size],
            units: table.units.len(),
        }
    }

    fn weigh(&mut self, table: &Table, weights: &[f32]) {
        self.sums.copy_from_slice(&table.extra);
        self.maxima.fill(0.0);
        for ((points, maxima), weight) in table.points.iter().zip(&table.maxima).zip(weights) {
            for (sum, points) in self.sums.iter_mut().zip(points) {
                *sum += weight * points;
            }
            for (sum, max) in self.maxima.iter_mut().zip(maxima) {
                *sum += weight * max;
            }
        }
    }

    fn ranks(&mut self, table: &Table, weights: &[f32]) -> &[i32] {
        self.weigh(table, weights);
        for ((index, sum), max) in self.index.iter_mut().zip(&self.sums).zip(&self.maxima) {
            *index = sum / max.max(f32::MIN_POSITIVE);
        }
        self.rank();
        &self.ranks
    }

    /// Only one field changes, so only what the leaf brought to it is taken off.
    fn ranks_without(&mut self, leaf: &Leaf, weight: f32) -> &[i32] {
        let sums = self.sums.iter().zip(&self.maxima);
        let leaf = leaf.points.iter().zip(&leaf.maxima);
        for ((index, (sum, all)), (points, max)) in self.index.iter_mut().zip(sums).zip(leaf) {
            // With nothing else to be scored on, a unit's index is 0 and not the quotient of two remainders.
            let rest = all - weight * max;
            let enough = if rest > 1e-4 { 1.0 } else { 0.0 };
            *index = enough * (sum - weight * points) / rest.max(1e-4);
        }
        self.rank();
        &self.ranks
    }

    /// A unit's rank is one more than the number of those better. Counting them all needs no branch, and for some
    /// dozens of units is faster than to sort them.
    fn rank(&mut self) {
        let units = &self.index[..self.units];
        for (row, ranks) in self.index.chunks_exact(ROW).zip(self.ranks.chunks_exact_mut(ROW)) {
            let mut row_index = [0.0f32; ROW];
            row_index.copy_from_slice(row);
            let mut better = [1i32; ROW];
            for unit in units {
                for (better, index) in better.iter_mut().zip(&row_index) {
                    *better += i32::from(*unit > *index);
                }
            }
            ranks.copy_from_slice(&better);
        }
    }
}

/// SplitMix64: small, and the same on every machine, so that a published interval can be drawn again.
struct Dice(u64);

impl Dice {
    fn weights(&mut self, fields: usize) -> Vec<f32> {
        (0..fields).map(|_| 1.0 - SPREAD + 2.0 * SPREAD * self.next()).collect()
    }

    /// From 0 included to 1 excluded.
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 24) as f32
    }
}
