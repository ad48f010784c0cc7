//! The nouns: a criteria set, its criteria, and the closed list of measures.
//!
//! A [`CriteriaSet`] comes from [`crate::read`] only, which finds every mistake first; so what is here can be
//! scored without asking again.

use base::{Date, Decimal};

use crate::tree::Tree;

/// An edition of a criteria set, as `data/criteria/*.toml` has it.
#[derive(Clone, Debug, PartialEq)]
pub struct CriteriaSet {
    pub code: String,
    pub name: String,
    /// The decision that issued it, in words.
    pub source: Option<String>,
    pub valid: Option<Valid>,
    /// Kinds of unit; the first is that of a unit whose kind is not said. Empty: all kinds.
    pub applies_to: Vec<String>,
    pub rounding: Rounding,
    pub not_applicable: NotApplicable,
    pub ties: Ties,
    pub survey_not_held: SurveyNotHeld,
    /// From the highest.
    pub ratings: Vec<Rating>,
    /// In the order of the file, which is the order of every table.
    pub criteria: Vec<Criterion>,
    pub(crate) tree: Tree,
}

/// Days on which an edition is in force: `from` included, `to` not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Valid {
    pub from: Date,
    pub to: Option<Date>,
}

/// Digits after the comma, half away from zero. No `leaf`: leaves stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    pub leaf: Option<u32>,
    pub total: u32,
}

/// What a criterion that does not apply does to the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// Its maximum leaves the applicable maximum.
    Exclude,
    /// It gives its maximum.
    Full,
    /// Its maximum goes to its applicable siblings, in proportion.
    Share,
}

/// How equal indices are ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ties {
    /// 1, 2, 2, 4.
    Skip,
    /// 1, 2, 2, 3.
    Dense,
    /// By the points of these criteria in turn; still equal, as `Skip`.
    By(Vec<String>),
}

/// What the survey's leaves are where no survey was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyNotHeld {
    /// They leave the applicable maximum, so the index is out of what remains.
    Rescale,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub name: String,
    /// Lowest index (percent), included.
    pub from: Decimal,
    /// Passed over for a unit that has an applicable leaf at 0.
    pub no_zero: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    pub code: String,
    pub name: String,
    /// Of a leaf always there; of a parent, if stated, the sum of its children.
    pub max: Option<Decimal>,
    /// Kinds of unit, here and below. Empty: as its parent.
    pub applies_to: Vec<String>,
    /// Here and below; without, as the parent, and at the top as the set.
    pub not_applicable: Option<NotApplicable>,
    /// `Some(None)`: expressly not rounded. Here and below, as `not_applicable`.
    pub leaf_digits: Option<Option<u32>>,
    pub group: Option<GroupKind>,
    pub cap: Option<Decimal>,
    pub filled_by: FilledBy,
    pub evidence: Evidence,
    /// What the person scoring reads.
    pub text: Option<String>,
    /// The condition, in words, that voids the criterion.
    pub zero_if: Option<String>,
    /// None: a parent.
    pub measure: Option<Measure>,
}

/// A group at the top level, outside the applicable maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    Bonus,
    Penalty,
}

/// Who fills a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilledBy {
    Own,
    Survey,
    Auto,
    Appraiser,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    Required,
    Optional,
    None,
}

/// How points come from an answer. The list is closed: a new kind is a change with a test, never an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// All or nothing.
    YesNo,
    /// One of several worded levels.
    Choice { options: Vec<Level> },
    /// A number, or part/whole, falls in a band; bands from the highest, below the last nothing.
    Bands { bands: Vec<Band>, none: Option<Decimal> },
    /// With r = part/whole: 0 below `floor`, the maximum from `full_at` up, between them max × r / full_at.
    Ratio { part: String, whole: String, floor: Decimal, full_at: Decimal, empty: Empty },
    /// So much each, up to the maximum.
    Count { each: Decimal },
    /// The sum of the items met.
    Checklist { items: Vec<Level> },
    /// The maximum less so much per occurrence, not under `least`.
    Deduct { cases: Vec<Level>, least: Decimal },
    /// Calendar days from a reference date to the day it was done, the last day included.
    Deadline { bands: Vec<Within>, never: Decimal },
    /// Mean of the option weights × maximum.
    Survey { weights: Vec<Decimal>, least_answers: u64 },
    /// Maximum × own value / best value of the group.
    Relative { slot: Slot },
    /// Against the group's mean, or the unit's own last year.
    Versus { with: With, at_or_above: Decimal, below: Decimal, slot: Slot },
    /// The best of several measures, each out of the criterion's maximum.
    BestOf { measures: Vec<Measure> },
    /// A measure chosen by kind of unit, by an asked phase, or by another criterion's answer.
    By { on: On, cases: Vec<(String, Measure)> },
    /// Set by the appraiser, in steps.
    Points { step: Decimal },
}

/// Which of the set's group-wide values a measure reads (best or mean); numbered by the reader in order.
pub type Slot = usize;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub name: String,
    pub points: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    pub from: Decimal,
    pub points: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// Calendar days after the reference date, included; below zero: before it.
    pub days: i64,
    pub points: Decimal,
}

/// What 0/0 gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    Full,
    Zero,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    Mean,
    LastYear,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    Kind,
    Phase,
    /// Another criterion's code: its chosen option ("0"), or "true"/"false".
    Criterion(String),
}

/// A closed vocabulary: the words of the files, each with its meaning.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            pub fn word(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }

            pub fn from_word(word: &str) -> Option<$type> {
                match word { $($word => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

words!(NotApplicable { Exclude = "exclude", Full = "full", Share = "share" });
words!(SurveyNotHeld { Rescale = "rescale", Unknown = "unknown" });
words!(GroupKind { Bonus = "bonus", Penalty = "penalty" });
words!(FilledBy { Own = "self", Survey = "survey", Auto = "auto", Appraiser = "appraiser" });
words!(Evidence { Required = "required", Optional = "optional", None = "none" });
words!(Empty { Full = "full", Zero = "zero", Unknown = "unknown" });
words!(With { Mean = "mean", LastYear = "last-year" });

impl Measure {
    /// The word after `kind =`.
    pub fn kind(&self) -> &'static str {
        match self {
            Measure::YesNo => "yes-no",
            Measure::Choice { .. } => "choice",
            Measure::Bands { .. } => "bands",
            Measure::Ratio { .. } => "ratio",
            Measure::Count { .. } => "count",
            Measure::Checklist { .. } => "checklist",
            Measure::Deduct { .. } => "deduct",
            Measure::Deadline { .. } => "deadline",
            Measure::Survey { .. } => "survey",
            Measure::Relative { .. } => "relative",
            Measure::Versus { .. } => "versus",
            Measure::BestOf { .. } => "best-of",
            Measure::By { .. } => "by",
            Measure::Points { .. } => "points",
        }
    }

    /// The measures inside this one, itself first.
    pub fn each(&self, visit: &mut impl FnMut(&Measure)) {
        visit(self);
        match self {
            Measure::BestOf { measures } => measures.iter().for_each(|inner| inner.each(visit)),
            Measure::By { cases, .. } => cases.iter().for_each(|(_, inner)| inner.each(visit)),
            _ => {}
        }
    }

    /// Whether the points hang on other units' values.
    pub fn is_group_wide(&self) -> bool {
        let mut found = false;
        self.each(&mut |inner| {
            found |= matches!(inner, Measure::Relative { .. } | Measure::Versus { with: With::Mean, .. });
        });
        found
    }
}

impl Criterion {
    pub fn is_leaf(&self) -> bool {
        self.measure.is_some()
    }

    /// A leaf whose points come from the survey, whether counted here or brought in as points.
    pub fn is_survey(&self) -> bool {
        self.filled_by == FilledBy::Survey || matches!(self.measure, Some(Measure::Survey { .. }))
    }
}
