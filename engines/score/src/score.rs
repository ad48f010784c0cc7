//! Scores of the units that are scored together.

use base::{Decimal, Exact, Refusal};

use crate::answer::{Group, Unit};
use crate::measure::GroupValue;
use crate::rank;
use crate::set::CriteriaSet;
use crate::sheet::{Detail, Line, Plan, Scratch, Sheet, Subtotal, percent};

/// What one unit has reached.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitScore {
    pub name: String,
    pub kind: String,
    /// Points + bonus − penalties, rounded once; none while a leaf is unknown.
    pub total: Option<Decimal>,
    /// Exact, of the applicable leaves outside bonus and penalty.
    pub applicable_max: Exact,
    /// Percent of the applicable maximum, rounded once from the exact sums.
    pub index: Option<Decimal>,
    pub rating: Option<String>,
    /// Among the units of its kind.
    pub rank: Option<u32>,
    /// Codes of the leaves not known.
    pub unknown: Vec<String>,
    /// The exact total of what is known so far.
    pub so_far: Exact,
    /// Up to its cap, of what is known.
    pub bonus: Exact,
    /// Up to its cap, of what is known; a positive number.
    pub penalty: Exact,
    /// Applicable leaves in the order of the set.
    pub lines: Vec<Line>,
    /// Parents in the order of the set, fields first among them.
    pub subtotals: Vec<Subtotal>,
}

impl UnitScore {
    /// The line of a leaf, if it applies.
    pub fn line(&self, set: &CriteriaSet, code: &str) -> Option<&Line> {
        let at = set.position(code)?;
        self.lines.iter().find(|line| line.position == at)
    }

    pub fn subtotal(&self, set: &CriteriaSet, code: &str) -> Option<&Subtotal> {
        let at = set.position(code)?;
        self.subtotals.iter().find(|subtotal| subtotal.position == at)
    }
}

/// Scores units together: best values, means and ranks are among those of one kind. In the order of the group.
///
/// # Errors
/// A unit of a kind that the set is not for, or read for another set.
pub fn score(set: &CriteriaSet, group: &Group, detail: Detail) -> Result<Vec<UnitScore>, Vec<Refusal>> {
    let refusals: Vec<Refusal> = group.units.iter().filter_map(|unit| misfit(set, unit)).collect();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let mut kinds: Vec<&str> = Vec::new();
    let kind_of: Vec<usize> = group
        .units
        .iter()
        .map(|unit| {
            kinds.iter().position(|kind| *kind == unit.kind).unwrap_or_else(|| {
                kinds.push(&unit.kind);
                kinds.len() - 1
            })
        })
        .collect();
    let plans: Vec<Plan> = kinds.iter().map(|kind| Plan::new(set, kind)).collect();
    let mut values: Vec<Vec<GroupValue>> = plans.iter().map(|_| vec![GroupValue::default(); set.tree.slots]).collect();
    if plans.iter().any(Plan::is_group_wide) {
        for (unit, kind) in group.units.iter().zip(&kind_of) {
            plans[*kind].bring(unit, &mut values[*kind]);
        }
    }
    let mut ties = Vec::with_capacity(group.units.len());
    let mut scores = Vec::with_capacity(group.units.len());
    let mut scratch = Scratch::default();
    for (unit, kind) in group.units.iter().zip(&kind_of) {
        let mut sheet = plans[*kind].sheet(unit, &values[*kind], detail, &mut scratch);
        ties.push(std::mem::take(&mut sheet.ties));
        scores.push(settle(set, unit, sheet));
    }
    rank::rank(set, &mut scores, &ties);
    Ok(scores)
}

/// Scores one unit by itself, for its own eyes while others still work: without rank, and what hangs on other
/// units' values is unknown.
///
/// # Errors
/// As [`score`].
pub fn score_alone(set: &CriteriaSet, unit: &Unit, detail: Detail) -> Result<UnitScore, Refusal> {
    match misfit(set, unit) {
        Some(refusal) => Err(refusal),
        None => {
            let sheet = Plan::new(set, &unit.kind).sheet(unit, &[], detail, &mut Scratch::default());
            Ok(settle(set, unit, sheet))
        }
    }
}

/// One leaf of a unit by itself, explained, as a cell of the grid shows it after it is saved. Nothing where the leaf
/// is not there, or does not count for this unit. What hangs on other units is unknown here.
pub fn score_leaf(set: &CriteriaSet, unit: &Unit, code: &str) -> Option<Line> {
    let at = set.position(code)?;
    if misfit(set, unit).is_some() {
        return None;
    }
    Plan::new(set, &unit.kind).line(unit, at, &[])
}

fn misfit(set: &CriteriaSet, unit: &Unit) -> Option<Refusal> {
    if !set.is_for(&unit.kind) {
        let say = format!("{}: bộ tiêu chí {} không dùng cho loại đơn vị “{}”.", unit.name, set.code, unit.kind);
        return Some(Refusal::new("score.kind", say));
    }
    if unit.cells.len() != set.criteria.len() {
        let say = format!("{}: câu trả lời được đọc theo bộ tiêu chí khác với {}.", unit.name, set.code);
        return Some(Refusal::new("score.other-set", say));
    }
    None
}

/// The two roundings: total and index, each from the exact sums.
fn settle(set: &CriteriaSet, unit: &Unit, sheet: Sheet) -> UnitScore {
    let digits = set.rounding.total;
    let known = sheet.unknown.is_empty();
    let index = if known { percent(&sheet.total, &sheet.max, digits) } else { None };
    UnitScore {
        name: unit.name.clone(),
        kind: unit.kind.clone(),
        total: known.then(|| sheet.total.round(digits)),
        rating: index.and_then(|index| rank::rating(set, index, sheet.has_zero)),
        index,
        rank: None,
        unknown: sheet.unknown.iter().map(|at| set.criteria[*at].code.clone()).collect(),
        applicable_max: sheet.max,
        so_far: sheet.total,
        bonus: sheet.bonus,
        penalty: sheet.penalty,
        lines: sheet.lines,
        subtotals: sheet.subtotals,
    }
}
