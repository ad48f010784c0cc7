//! One unit's score sheet: which leaves apply, what the others' points become, and the exact sums.
//!
//! A [`Plan`] holds all that is the same for every unit of a kind, so that 3.355 units cost one walk each.

use base::{Decimal, Exact};

use crate::answer::{Cell, Unit};
use crate::measure::{self, GroupValue};
use crate::set::{CriteriaSet, GroupKind, Measure, NotApplicable, SurveyNotHeld, Ties};
use crate::why;

mod shares;
mod sums;

use sums::Sums;

/// How much a score tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Totals, index, rating, rank, and which leaves are unknown.
    Totals,
    /// Every leaf and subtotal too.
    Lines,
    /// And why.
    Explained,
}

/// One applicable leaf of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// In [`CriteriaSet::criteria`].
    pub position: usize,
    /// After sharing and rounding; of a penalty what is taken off, as a positive number. None: unknown.
    pub points: Option<Exact>,
    /// After sharing.
    pub max: Exact,
    /// In Vietnamese; empty unless [`Detail::Explained`] was asked for.
    pub why: String,
}

/// A parent of a unit: the sum of its lines, of a group at the top up to its cap.
#[derive(Clone, Debug, PartialEq)]
pub struct Subtotal {
    pub position: usize,
    /// None where a leaf below is unknown.
    pub points: Option<Exact>,
    /// What is known of the points.
    pub so_far: Exact,
    pub max: Exact,
}

/// A kind of unit's view of the set.
pub(crate) struct Plan<'a> {
    pub set: &'a CriteriaSet,
    leaves: Vec<Leaf<'a>>,
    /// Parents that are there, in the order of the set.
    parents: Vec<usize>,
    groups: Vec<(GroupKind, Option<Exact>)>,
    /// Criteria whose points part equal indices.
    ties: Vec<usize>,
    /// Deepest parents first, for sums that climb.
    climb: Vec<usize>,
}

struct Leaf<'a> {
    at: usize,
    measure: &'a Measure,
    max: Exact,
    digits: Option<u32>,
    policy: NotApplicable,
    /// Of a leaf in a bonus or penalty group: which, in [`Plan::groups`].
    group: Option<usize>,
    survey: bool,
    group_wide: bool,
    /// Its own points are asked for to part equal indices.
    parts_ties: bool,
}

/// What becomes of a leaf for one unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Counted,
    /// Does not apply, gives its maximum.
    Full,
    /// Does not apply, its maximum leaves.
    Gone,
    /// Does not apply, its maximum goes to its siblings.
    Given,
    /// Unknown whatever the answer is.
    Unknown,
}

/// Room to work in, kept from unit to unit.
#[derive(Default)]
pub(crate) struct Scratch {
    states: Vec<State>,
    sums: Sums,
}

/// The exact sums of one unit.
#[derive(Default)]
pub(crate) struct Sheet {
    pub total: Exact,
    pub max: Exact,
    pub bonus: Exact,
    pub penalty: Exact,
    pub unknown: Vec<usize>,
    /// An applicable leaf gave nothing.
    pub has_zero: bool,
    pub lines: Vec<Line>,
    pub subtotals: Vec<Subtotal>,
    pub ties: Vec<Exact>,
}

impl<'a> Plan<'a> {
    pub fn new(set: &'a CriteriaSet, kind: &str) -> Plan<'a> {
        let there = (0..set.criteria.len()).filter(|at| set.exists_for(*at, kind));
        let ties = match &set.ties {
            Ties::By(codes) => codes.iter().filter_map(|code| set.position(code)).collect(),
            Ties::Skip | Ties::Dense => Vec::new(),
        };
        let (leaves, parents, climb) = (Vec::new(), Vec::new(), Vec::new());
        let mut plan = Plan { set, leaves, parents, groups: Vec::new(), ties, climb };
        let mut tops: Vec<usize> = Vec::new();
        // Maxima over one denominator: their sums need no division then.
        let digits = set.criteria.iter().filter_map(|criterion| Some(criterion.max?.scale())).max().unwrap_or(0);
        for at in there {
            let criterion = &set.criteria[at];
            let Some(measure) = &criterion.measure else {
                plan.parents.push(at);
                continue;
            };
            let top = set.top(at);
            let group = set.criteria[top].group.map(|kind| {
                tops.iter().position(|known| *known == top).unwrap_or_else(|| {
                    tops.push(top);
                    plan.groups.push((kind, set.criteria[top].cap.map(Exact::from)));
                    tops.len() - 1
                })
            });
            let mut max = criterion.max.unwrap_or_default();
            max.rescale(digits);
            plan.leaves.push(Leaf {
                at,
                measure,
                max: Exact::from(max),
                digits: set.leaf_digits(at),
                policy: set.policy(at),
                group,
                survey: criterion.is_survey(),
                group_wide: measure.is_group_wide(),
                parts_ties: plan.ties.contains(&at),
            });
        }
        plan.climb = plan.parents.clone();
        plan.climb.sort_by_key(|at| std::cmp::Reverse(set.tree.depth[*at]));
        plan
    }

    pub fn is_group_wide(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.group_wide)
    }

    /// Adds what a unit brings to the group's best values and means.
    pub fn bring(&self, unit: &Unit, group: &mut [GroupValue]) {
        let parents = self.parents_say(unit);
        for leaf in self.leaves.iter().filter(|leaf| leaf.group_wide) {
            if self.state(leaf, unit, parents) == State::Counted {
                let answer = &unit.cells[leaf.at].answer;
                measure::group_values(leaf.measure, answer, &mut |slot, value| group[slot].add(value));
            }
        }
    }

    /// Whether anything is said of a parent not applying: rarely, and then only every leaf must look upwards.
    fn parents_say(&self, unit: &Unit) -> bool {
        self.parents.iter().any(|at| unit.cells[*at].not_applicable != Some(false))
    }

    fn state(&self, leaf: &Leaf, unit: &Unit, parents_say: bool) -> State {
        let said = if parents_say { self.not_applicable(leaf.at, unit) } else { unit.cells[leaf.at].not_applicable };
        match (said, self.set.survey_not_held) {
            (None, _) => State::Unknown,
            (Some(true), _) => match leaf.policy {
                NotApplicable::Full => State::Full,
                NotApplicable::Exclude => State::Gone,
                NotApplicable::Share => State::Given,
            },
            _ if unit.survey_held || !leaf.survey => State::Counted,
            (_, SurveyNotHeld::Rescale) => State::Gone,
            (_, SurveyNotHeld::Unknown) => State::Unknown,
        }
    }

    /// Said of the leaf, or of one above it.
    fn not_applicable(&self, at: usize, unit: &Unit) -> Option<bool> {
        let mut answer = Some(false);
        for at in self.set.upward(at) {
            match unit.cells[at].not_applicable {
                Some(true) => return Some(true),
                None => answer = None,
                Some(false) => {}
            }
        }
        answer
    }

    pub fn sheet(&self, unit: &Unit, group: &[GroupValue], detail: Detail, scratch: &mut Scratch) -> Sheet {
        let Scratch { states, sums } = scratch;
        let parents_say = self.parents_say(unit);
        states.clear();
        states.extend(self.leaves.iter().map(|leaf| self.state(leaf, unit, parents_say)));
        let factors = if states.contains(&State::Given) { self.shares(states) } else { Vec::new() };
        let with_sums = detail >= Detail::Lines || !self.ties.is_empty();
        let mut groups = vec![Exact::ZERO; self.groups.len()];
        let mut sheet = Sheet::default();
        if detail >= Detail::Lines {
            sheet.lines.reserve_exact(self.leaves.len());
        }
        if with_sums {
            sums.clear(self.set.criteria.len(), self.parents.iter().chain(&self.ties));
        }
        for (leaf, state) in self.leaves.iter().zip(states.iter()) {
            if matches!(state, State::Gone | State::Given) {
                continue;
            }
            let cell = &unit.cells[leaf.at];
            // A bonus or a penalty is nobody's sibling: it is not multiplied.
            let factor = factors.get(leaf.at).filter(|_| leaf.group.is_none());
            let shared_max = factor.map(|factor| &leaf.max * factor);
            let max = shared_max.as_ref().unwrap_or(&leaf.max);
            let mut points = leaf.points(cell, *state, group);
            if let Some(points) = &mut points {
                leaf.settle(points, factor);
            }
            match (&points, leaf.group) {
                (Some(points), Some(group)) => groups[group] += points,
                (Some(points), None) => {
                    sheet.total += points;
                    sheet.has_zero |= (points.is_zero() || points.is_negative()) && !max.is_zero();
                }
                (None, _) => sheet.unknown.push(leaf.at),
            }
            if leaf.group.is_none() {
                sheet.max += max;
            }
            if with_sums {
                self.set.tree.parent[leaf.at].into_iter().for_each(|at| sums.add(at, points.as_ref(), max));
                if leaf.parts_ties {
                    sums.add(leaf.at, points.as_ref(), max);
                }
            }
            if detail >= Detail::Lines {
                let mut why = String::new();
                if detail == Detail::Explained {
                    let told = why::Told { set: self.set, at: leaf.at, cell, group, factor, points: points.as_ref() };
                    why = if *state == State::Full { told.full() } else { told.counted(unit.survey_held) };
                }
                sheet.lines.push(Line { position: leaf.at, points, max: max.clone(), why });
            }
        }
        self.add_groups(&mut sheet, groups);
        if with_sums {
            self.climb.iter().for_each(|at| sums.climb(self.set, *at));
        }
        if detail >= Detail::Lines {
            sheet.subtotals = self.parents.iter().map(|at| self.subtotal(sums, *at)).collect();
        }
        sheet.ties = self.ties.iter().map(|at| self.tie_points(sums, *at)).collect();
        sheet
    }

    /// One leaf alone; nothing where it is not there or does not count for this unit.
    pub fn line(&self, unit: &Unit, at: usize, group: &[GroupValue]) -> Option<Line> {
        // The whole unit is walked: a share given by one leaf changes its siblings, and 100 leaves take microseconds.
        let sheet = self.sheet(unit, group, Detail::Explained, &mut Scratch::default());
        sheet.lines.into_iter().find(|line| line.position == at)
    }

    fn add_groups(&self, sheet: &mut Sheet, sums: Vec<Exact>) {
        for ((kind, cap), sum) in self.groups.iter().zip(sums) {
            let capped = capped(sum, cap.as_ref());
            match kind {
                GroupKind::Bonus => {
                    sheet.total += &capped;
                    sheet.bonus += capped;
                }
                GroupKind::Penalty => {
                    sheet.total -= &capped;
                    sheet.penalty += capped;
                }
            }
        }
    }

    fn subtotal(&self, sums: &Sums, at: usize) -> Subtotal {
        let criterion = &self.set.criteria[at];
        let cap = criterion.cap.filter(|_| criterion.group.is_some()).map(Exact::from);
        let so_far = capped(sums.points[at].clone(), cap.as_ref());
        let points = (!sums.unknown[at]).then(|| so_far.clone());
        Subtotal { position: at, points, so_far, max: sums.max[at].clone() }
    }

    /// More is better: a penalty's points count downwards.
    fn tie_points(&self, sums: &Sums, at: usize) -> Exact {
        let points = self.subtotal(sums, at).so_far;
        if self.set.group_of(at) == Some(GroupKind::Penalty) { -points } else { points }
    }
}

impl Leaf<'_> {
    /// What siblings have given over, then the rounding.
    fn settle(&self, points: &mut Exact, factor: Option<&Exact>) {
        if let Some(factor) = factor {
            *points = &*points * factor;
        }
        if let Some(digits) = self.digits {
            *points = points.rounded(digits);
        }
    }

    fn points(&self, cell: &Cell, state: State, group: &[GroupValue]) -> Option<Exact> {
        match (state, &cell.fixed, cell.zero_if) {
            (State::Full, ..) => Some(self.max.clone()),
            // An appraiser who has scored it has answered every question about it.
            (_, Some(fixed), _) => Some(Exact::from(fixed.points)),
            (State::Unknown, ..) | (_, _, None) => None,
            (_, _, Some(true)) => Some(Exact::ZERO),
            (_, _, Some(false)) => measure::points(self.measure, &cell.answer, &self.max, group),
        }
    }
}

fn capped(sum: Exact, cap: Option<&Exact>) -> Exact {
    match cap {
        Some(cap) if *cap < sum => cap.clone(),
        _ => sum,
    }
}

/// `value` of `out_of` in percent, rounded once to `digits`.
pub(crate) fn percent(value: &Exact, out_of: &Exact, digits: u32) -> Option<Decimal> {
    (value * Exact::HUNDRED).checked_div(out_of)?.checked_round(digits)
}
