//! How far ranks can be trusted: the simulation of [`score::robust`], by unit.

use people::UnitId;
use score::robust::{self, Interval};
use score::{CriteriaSet, UnitScore};

/// 10.000 draws; the seed is fixed, so that everybody sees the same intervals.
pub const DRAWS: usize = 10_000;
const SEED: u64 = 2_020;

/// Units of one kind with the ranks they may have.
#[derive(Clone, Debug)]
pub struct Shaky {
    /// From the first rank.
    pub rows: Vec<ShakyRow>,
    /// Units that cannot be ranked yet.
    pub left_out: usize,
}

#[derive(Clone, Debug)]
pub struct ShakyRow {
    pub unit: UnitId,
    pub name: String,
    /// As published; the interval's own rank does not know ties of rounded indices.
    pub rank: u32,
    pub index: String,
    pub interval: Interval,
    /// The best and the worst rank when any one criterion is left out, each with a criterion that does it (none
    /// where the rank stays).
    pub best_without: (u32, Option<String>),
    pub worst_without: (u32, Option<String>),
}

/// Draws weights and leaves criteria out. `units` are those of the scores, in the same order.
pub fn shaky(set: &CriteriaSet, units: &[UnitId], scores: &[UnitScore]) -> Shaky {
    let ranked: Vec<(&UnitId, &UnitScore)> =
        units.iter().zip(scores).filter(|(_, score)| score.index.is_some()).collect();
    let table = robust::table(set, &ranked.iter().map(|(_, score)| *score).collect::<Vec<_>>());
    let intervals = table.intervals(DRAWS, SEED);
    // The ranks without a criterion need no draws: the weights stand as they are.
    let without = table.without_each(0, SEED);
    let mut rows: Vec<ShakyRow> = ranked
        .iter()
        .zip(intervals)
        .enumerate()
        .map(|(at, ((unit, score), interval))| {
            let mut best = (interval.rank, None);
            let mut worst = (interval.rank, None);
            for one in &without {
                let Some(rank) = one.ranks.get(at).copied() else { continue };
                if rank < best.0 {
                    best = (rank, Some(one.code.clone()));
                }
                if rank > worst.0 {
                    worst = (rank, Some(one.code.clone()));
                }
            }
            let index = score.index.map(|index| base::number::vi_fixed(&index, 2)).unwrap_or_default();
            let rank = score.rank.unwrap_or(interval.rank);
            ShakyRow {
                unit: **unit,
                name: score.name.clone(),
                rank,
                index,
                interval,
                best_without: best,
                worst_without: worst,
            }
        })
        .collect();
    rows.sort_by_key(|row| row.rank);
    Shaky { rows, left_out: scores.len() - ranked.len() }
}

impl Shaky {
    pub fn row(&self, unit: UnitId) -> Option<&ShakyRow> {
        self.rows.iter().find(|row| row.unit == unit)
    }

    /// Units whose rank hardly hangs on the weights.
    pub fn steady(&self) -> usize {
        self.rows.iter().filter(|row| row.interval.low == row.interval.high).count()
    }

    /// The unit with the widest interval.
    pub fn widest(&self) -> Option<&ShakyRow> {
        // The first among equals: the higher rank is the more interesting.
        self.rows.iter().rev().max_by_key(|row| row.interval.high - row.interval.low)
    }
}
