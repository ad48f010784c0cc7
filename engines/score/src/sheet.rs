//! One unit's score sheet: which leaves apply, what the others' points become, and the exact sums.
//!
//! A [`Plan`] holds all that is the same for every unit of a kind, so that 3.355 units cost one walk each.

use base::{Decimal, Exact};

use crate::answer::{Cell, Unit};
use crate::measure::{self, GroupValue};
use crate::set::{CriteriaSet, GroupKind, Measure, NotApplicable, SurveyNotHeld, Ties};
use crate::why;

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
        let mut plan = Plan { set, leaves: Vec::new(), parents: Vec::new(), groups: Vec::new(), ties: Vec::new() };
        let mut tops: Vec<usize> = Vec::new();
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
            plan.leaves.push(Leaf {
                at,
                measure,
                max: Exact::from(criterion.max.unwrap_or_default()),
                digits: set.leaf_digits(at),
                policy: set.policy(at),
                group,
                survey: criterion.is_survey(),
                group_wide: measure.is_group_wide(),
            });
        }
        if let Ties::By(codes) = &set.ties {
            plan.ties = codes.iter().filter_map(|code| set.position(code)).collect();
        }
        plan
    }

    pub fn is_group_wide(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.group_wide)
    }

    /// Adds what a unit brings to the group's best values and means.
    pub fn bring(&self, unit: &Unit, group: &mut [GroupValue]) {
        for leaf in self.leaves.iter().filter(|leaf| leaf.group_wide) {
            if self.state(leaf, unit) == State::Counted {
                let answer = &unit.cells[leaf.at].answer;
                measure::group_values(leaf.measure, answer, &mut |slot, value| group[slot].add(value));
            }
        }
    }

    fn state(&self, leaf: &Leaf, unit: &Unit) -> State {
        match self.not_applicable(leaf.at, unit) {
            Some(false) => {}
            None => return State::Unknown,
            Some(true) => {
                return match leaf.policy {
                    NotApplicable::Full => State::Full,
                    NotApplicable::Exclude => State::Gone,
                    NotApplicable::Share => State::Given,
                };
            }
        }
        match self.set.survey_not_held {
            _ if unit.survey_held || !leaf.survey => State::Counted,
            SurveyNotHeld::Rescale => State::Gone,
            SurveyNotHeld::Unknown => State::Unknown,
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

    pub fn sheet(&self, unit: &Unit, group: &[GroupValue], detail: Detail) -> Sheet {
        let states: Vec<State> = self.leaves.iter().map(|leaf| self.state(leaf, unit)).collect();
        let factors = if states.contains(&State::Given) { self.shares(&states) } else { Vec::new() };
        let mut sheet = Sheet::default();
        let mut groups = vec![Exact::ZERO; self.groups.len()];
        let mut sums = Sums::new(self.set.criteria.len(), detail >= Detail::Lines || !self.ties.is_empty());
        for (leaf, state) in self.leaves.iter().zip(states) {
            if matches!(state, State::Gone | State::Given) {
                continue;
            }
            let factor = factors.get(leaf.at);
            let max = factor.map_or_else(|| leaf.max.clone(), |factor| &leaf.max * factor);
            let cell = &unit.cells[leaf.at];
            let points = leaf.points(cell, state, group).map(|points| {
                let points = factor.map_or(points.clone(), |factor| points * factor);
                leaf.digits.map_or_else(|| points.clone(), |digits| points.rounded(digits))
            });
            match (&points, leaf.group) {
                (Some(points), Some(group)) => groups[group] += points,
                (Some(points), None) => {
                    sheet.total += points;
                    sheet.has_zero |= (points.is_zero() || points.is_negative()) && !max.is_zero();
                }
                (None, _) => sheet.unknown.push(leaf.at),
            }
            if leaf.group.is_none() {
                sheet.max += &max;
            }
            sums.add(self.set, leaf.at, points.as_ref(), &max);
            if detail >= Detail::Lines {
                let mut why = String::new();
                if detail == Detail::Explained {
                    let told = why::Told { set: self.set, at: leaf.at, cell, group, factor, points: points.as_ref() };
                    why = if state == State::Full { told.full() } else { told.counted(unit.survey_held) };
                }
                sheet.lines.push(Line { position: leaf.at, points, max, why });
            }
        }
        self.add_groups(&mut sheet, groups);
        if detail >= Detail::Lines {
            sheet.subtotals = self.parents.iter().map(|at| self.subtotal(&sums, *at)).collect();
        }
        sheet.ties = self.ties.iter().map(|at| self.tie_points(&sums, *at)).collect();
        sheet
    }

    /// One leaf alone; nothing where it is not there or does not count for this unit.
    pub fn line(&self, unit: &Unit, at: usize, group: &[GroupValue]) -> Option<Line> {
        // The whole unit is walked: a share given by one leaf changes its siblings, and 100 leaves take microseconds.
        let sheet = self.sheet(unit, group, Detail::Explained);
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

    /// What the points and maxima of each leaf are multiplied by, at its position: siblings take over the maxima of
    /// those that do not apply, at every level, a parent with nothing applicable counting as not applicable itself.
    fn shares(&self, states: &[State]) -> Vec<Exact> {
        let tree = &self.set.tree;
        let mut below = vec![Below::default(); tree.parent.len() + 1];
        let root = tree.parent.len();
        for (leaf, state) in self.leaves.iter().zip(states) {
            below[leaf.at] = match state {
                State::Given => Below { given: leaf.max.clone(), ..Below::default() },
                State::Gone => Below::default(),
                _ if leaf.group.is_some() => Below::default(),
                _ => Below { applies: true, max: leaf.max.clone(), given: Exact::ZERO },
            };
        }
        let mut factors = vec![Exact::ONE; root + 1];
        // Deepest first, so that a parent's children are all known when it is reached.
        let mut parents = self.parents.clone();
        parents.sort_by_key(|at| std::cmp::Reverse(tree.depth[*at]));
        for at in parents {
            let sum = Below::sum(tree.children[at].iter().map(|child| &below[*child]));
            (below[at], factors[at]) = sum.settle();
            if !below[at].applies && self.set.policy(at) != NotApplicable::Share {
                below[at].given = Exact::ZERO;
            }
        }
        let tops = (0..root).filter(|at| tree.parent[*at].is_none());
        (_, factors[root]) = Below::sum(tops.map(|at| &below[at])).settle();
        (0..root)
            .map(|at| self.set.upward(at).skip(1).fold(factors[root].clone(), |product, up| product * &factors[up]))
            .collect()
    }
}

impl Leaf<'_> {
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

/// Maxima below a criterion: of what applies, and given away by what does not.
#[derive(Clone, Default)]
struct Below {
    applies: bool,
    max: Exact,
    given: Exact,
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

/// Sums of every criterion, itself and upward; left out where nobody asks.
struct Sums {
    points: Vec<Exact>,
    max: Vec<Exact>,
    unknown: Vec<bool>,
}

impl Sums {
    fn new(criteria: usize, asked: bool) -> Sums {
        let size = if asked { criteria } else { 0 };
        Sums { points: vec![Exact::ZERO; size], max: vec![Exact::ZERO; size], unknown: vec![false; size] }
    }

    fn add(&mut self, set: &CriteriaSet, at: usize, points: Option<&Exact>, max: &Exact) {
        if self.points.is_empty() {
            return;
        }
        for up in set.upward(at) {
            match points {
                Some(points) => self.points[up] += points,
                None => self.unknown[up] = true,
            }
            self.max[up] += max;
        }
    }
}

/// `value` of `out_of` in percent, rounded once to `digits`.
pub(crate) fn percent(value: &Exact, out_of: &Exact, digits: u32) -> Option<Decimal> {
    (value * Exact::HUNDRED).checked_div(out_of)?.checked_round(digits)
}
