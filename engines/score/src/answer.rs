//! What a unit says of each criterion, read and checked against the set by [`crate::answers`].

use base::{Date, Decimal};

use crate::set::CriteriaSet;

/// The units scored together. Best values, means and ranks are among those of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub units: Vec<Unit>,
}

/// One unit with its answers to one set.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    pub name: String,
    pub kind: String,
    /// Whether the survey was held for it.
    pub survey_held: bool,
    /// One for each criterion of the set, at its position.
    pub(crate) cells: Vec<Cell>,
}

/// What is said of one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub answer: Answer,
    /// Whether the voiding condition holds; `None`: not known.
    pub zero_if: Option<bool>,
    /// `None`: not known.
    pub not_applicable: Option<bool>,
    /// Points an appraiser has set in place of the measure's.
    pub fixed: Option<Box<Fixed>>,
}

/// Points set by a person. They are shared, rounded and grouped as the measure's own would be, and the unit's
/// answer still counts in the best and the mean of its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub points: Decimal,
    pub why: String,
}

/// A value for a measure, within what the measure allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Unknown,
    Yes(bool),
    /// Position of the option.
    Choice(usize),
    Value(Decimal),
    Share {
        part: Decimal,
        whole: Decimal,
    },
    /// Positions of the items met.
    Items(Vec<usize>),
    /// How many of each case.
    Cases(Vec<u64>),
    Dates {
        from: Date,
        done: Date,
    },
    Never,
    /// How many chose each option.
    Tally(Vec<u64>),
    OverYears {
        value: Decimal,
        last_year: Decimal,
    },
    /// One for each measure of a best-of.
    Many(Vec<Answer>),
    /// The case of a `by` that was chosen, and the answer to its measure.
    Chosen {
        case: usize,
        answer: Box<Answer>,
    },
}

impl Cell {
    /// Nothing is known.
    pub const UNKNOWN: Cell =
        Cell { answer: Answer::Unknown, zero_if: Some(false), not_applicable: Some(false), fixed: None };
}

impl Unit {
    /// A unit of which nothing is known yet.
    pub fn new(set: &CriteriaSet, name: impl Into<String>, kind: impl Into<String>) -> Unit {
        let cells = vec![Cell::UNKNOWN; set.criteria.len()];
        Unit { name: name.into(), kind: kind.into(), survey_held: true, cells }
    }

    /// What is said of a criterion; of a parent only whether it applies. Nothing for a code the set has not.
    pub fn cell(&self, set: &CriteriaSet, code: &str) -> Option<&Cell> {
        self.cells.get(set.position(code)?)
    }

    pub fn cell_mut(&mut self, set: &CriteriaSet, code: &str) -> Option<&mut Cell> {
        self.cells.get_mut(set.position(code)?)
    }

    /// Replaces a leaf's points by those of an appraiser. False where the set has no such leaf.
    pub fn fix(&mut self, set: &CriteriaSet, code: &str, points: Decimal, why: impl Into<String>) -> bool {
        let leaf = set.criterion(code).is_some_and(|criterion| criterion.is_leaf());
        match self.cell_mut(set, code).filter(|_| leaf) {
            Some(cell) => {
                cell.fixed = Some(Box::new(Fixed { points, why: why.into() }));
                true
            }
            None => false,
        }
    }
}
