//! A round's results as their pages read them: every unit with its points, its earlier years and the median beside
//! it. Published rounds come from their snapshot, others are computed as they stand.

mod heat;
mod losses;
mod scenario;
mod shaky;

#[cfg(test)]
mod tests;

pub use crate::store::{Outcome, Past, ResultLine};
pub use heat::{HeatRow, heat_rows};
pub use losses::{Loss, losers, losses};
pub use scenario::{Change, Gain, Ground, Position, Projected, gains, positions, project, read_change};
pub use shaky::{DRAWS, Shaky, ShakyRow, shaky};

use crate::model::{Round, RoundStatus};
use crate::rules::Sight;
use base::Decimal;
use people::UnitId;
use score::CriteriaSet;
use score::set::Criterion;
use std::sync::Arc;

/// The results of a round that somebody may see.
pub struct Board {
    pub round: Round,
    pub sight: Sight,
    /// Points are with the verdicts; without them while the unit that looks does not learn them yet.
    pub judged: bool,
    /// Kinds of unit with their sets.
    pub sets: Vec<(String, Arc<CriteriaSet>)>,
    /// By kind, then by rank; of a unit that sees only itself, one.
    pub entries: Vec<Entry>,
    /// One for each kind, made of all its units.
    pub medians: Vec<Median>,
}

/// One unit's line.
#[derive(Clone)]
pub struct Entry {
    pub outcome: Outcome,
    /// Points of the leaves that were appraised: without survey, bonus and penalty.
    pub appraised: Decimal,
    /// Leaves that have no points yet; none in a published round. While there are, index and rank are of what is known.
    pub unknown: usize,
    /// Oldest first.
    pub past: Vec<Past>,
}

/// What half of the units of a kind reach.
#[derive(Clone, Debug)]
pub struct Median {
    pub kind: String,
    pub units: usize,
    pub points: Option<Decimal>,
    pub index: Option<Decimal>,
    /// Percent of the maximum, by field.
    pub fields: Vec<(String, Option<Decimal>)>,
}

impl Board {
    pub fn is_published(&self) -> bool {
        self.round.status == RoundStatus::Published
    }

    pub fn set(&self, kind: &str) -> Option<&Arc<CriteriaSet>> {
        self.sets.iter().find(|(of, _)| of == kind).map(|(_, set)| set)
    }

    pub fn of(&self, kind: &str) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| entry.outcome.kind == kind).collect()
    }

    /// Units by name, so that the map of every year has them in the same order.
    pub fn by_name(&self, kind: &str) -> Vec<&Entry> {
        let mut entries = self.of(kind);
        entries.sort_by_cached_key(|one| base::text::sort_key(&one.outcome.unit_name));
        entries
    }

    pub fn entry(&self, unit: UnitId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.outcome.unit == unit)
    }

    pub fn median(&self, kind: &str) -> Option<&Median> {
        self.medians.iter().find(|median| median.kind == kind)
    }

    /// Kinds that have units to show, in the order of the sets.
    pub fn kinds(&self) -> Vec<&str> {
        let shown = |kind: &&str| self.entries.iter().any(|entry| entry.outcome.kind == *kind);
        self.sets.iter().map(|(kind, _)| kind.as_str()).filter(shown).collect()
    }

    /// The kind that was asked for, if it is there; else departments, else the first.
    pub fn kind(&self, asked: Option<&str>) -> String {
        let kinds = self.kinds();
        let wanted = [asked.unwrap_or_default(), "so"];
        let found = wanted.into_iter().find(|kind| kinds.contains(kind)).or(kinds.first().copied());
        found.unwrap_or_default().to_owned()
    }

    /// The last year that any unit of a kind can be compared with.
    pub fn compared_with(&self, kind: &str) -> Option<i64> {
        self.of(kind).iter().filter_map(|entry| entry.comparable()).map(|past| past.year).max()
    }

    /// The last year that any unit of a kind has a published result of.
    pub fn last_year(&self, kind: &str) -> Option<i64> {
        self.of(kind).iter().flat_map(|entry| entry.past.last()).map(|past| past.year).max()
    }
}

impl Entry {
    /// The latest earlier year.
    pub fn before(&self) -> Option<&Past> {
        self.past.last()
    }

    pub fn line(&self, code: &str) -> Option<&ResultLine> {
        line(&self.outcome, code)
    }

    /// The latest earlier year, once all points of this one are known: half a year is no fall.
    fn comparable(&self) -> Option<&Past> {
        self.before().filter(|_| self.unknown == 0)
    }

    /// Points more (or less) than in the latest earlier year.
    pub fn moved(&self) -> Option<Decimal> {
        Some(self.outcome.points - self.comparable()?.points)
    }

    /// Index more (or less), in percent.
    pub fn index_moved(&self) -> Option<Decimal> {
        Some(self.outcome.score? - self.comparable()?.index?)
    }

    /// Ranks climbed since; below zero: fallen.
    pub fn climbed(&self) -> Option<i64> {
        Some(self.comparable()?.rank? - self.outcome.rank?)
    }
}

pub fn line<'a>(outcome: &'a Outcome, code: &str) -> Option<&'a ResultLine> {
    outcome.lines.iter().find(|line| line.code == code)
}

/// Percent of the maximum, to one digit.
pub fn share(line: &ResultLine) -> Option<Decimal> {
    share_of(line.points?, line.max)
}

pub fn share_of(points: Decimal, max: Decimal) -> Option<Decimal> {
    let percent = points.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(max)?;
    Some(percent.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
}

/// The fields of a kind: criteria at the top that are neither bonus nor penalty.
pub fn fields<'a>(set: &'a CriteriaSet, kind: &'a str) -> Vec<&'a Criterion> {
    let nodes = set.nodes(kind).into_iter();
    nodes.filter(|node| node.depth == 0 && node.group.is_none()).map(|node| node.criterion).collect()
}

/// The middle value, or the mean of the two in the middle.
pub fn median(mut values: Vec<Decimal>) -> Option<Decimal> {
    values.sort();
    let half = values.len() / 2;
    let high = *values.get(half)?;
    if values.len() % 2 == 1 {
        return Some(high);
    }
    let low = values.get(half.checked_sub(1)?)?;
    Some(((low + high) / Decimal::TWO).normalize())
}

/// The median of each kind.
pub fn medians(sets: &[(String, Arc<CriteriaSet>)], entries: &[Entry]) -> Vec<Median> {
    sets.iter().map(|(kind, set)| median_of(kind, set, entries)).collect()
}

fn median_of(kind: &str, set: &CriteriaSet, entries: &[Entry]) -> Median {
    let units: Vec<&Entry> = entries.iter().filter(|entry| entry.outcome.kind == kind).collect();
    let of_field = |code: &str| median(units.iter().filter_map(|entry| share(entry.line(code)?)).collect());
    Median {
        kind: kind.to_owned(),
        units: units.len(),
        points: median(units.iter().map(|entry| entry.outcome.points).collect()),
        index: median(units.iter().filter_map(|entry| entry.outcome.score).collect()),
        fields: fields(set, kind).iter().map(|field| (field.code.clone(), of_field(&field.code))).collect(),
    }
}

/// Ranks by index, equal ones alike: 1, 2, 2, 4. For rounds where not all is known yet.
pub fn ranks(indices: &[Option<Decimal>]) -> Vec<Option<i64>> {
    let rank = |own: Decimal| 1 + indices.iter().flatten().filter(|other| **other > own).count() as i64;
    indices.iter().map(|index| index.map(rank)).collect()
}
