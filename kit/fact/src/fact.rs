//! The noun, and what is needed to make one.

use crate::{NotNow, catalogue};
use base::{Date, Decimal, Timestamp};
use db::{DbError, Row};
use people::{AccountId, UnitId};
use serde::{Deserialize, Serialize};

db::id!(
    /// One recorded number.
    FactId
);

/// One number and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    pub id: FactId,
    /// What is counted: a code of the catalogue, or one of its shape.
    pub what: String,
    pub unit: UnitId,
    /// The period, half-open: the year 2020 is [2020-01-01, 2021-01-01).
    pub from: Date,
    pub to: Date,
    pub value: Decimal,
    /// The records it was counted from, in words.
    pub source: String,
    /// Where these records are shown.
    pub link: Option<String>,
    /// Entered by a person, not counted by the program.
    pub manual: bool,
    pub at: Timestamp,
    pub account: Option<AccountId>,
    /// The fact that corrected this one; none: it stands.
    pub replaced_by: Option<FactId>,
}

/// A fact to be.
#[derive(Clone, Debug, PartialEq)]
pub struct New {
    pub what: String,
    pub unit: UnitId,
    pub from: Date,
    pub to: Date,
    pub value: Decimal,
    pub source: String,
    pub link: Option<String>,
    pub manual: bool,
}

impl New {
    pub(crate) fn problems(&self) -> Vec<NotNow> {
        let mut found = Vec::new();
        let known = catalogue::find(&self.what);
        if !has_shape(&self.what) || (self.manual && known.is_none()) {
            found.push(NotNow::Unknown { what: self.what.clone() });
        }
        if self.to <= self.from {
            found.push(NotNow::PeriodTurned);
        }
        if self.source.trim().is_empty() {
            found.push(NotNow::SourceMissing);
        }
        // History of others' scores may be negative or fractional; what the catalogue knows may not.
        if let Some(known) = known {
            if self.value.is_sign_negative() && !self.value.is_zero() {
                found.push(NotNow::Negative);
            } else if known.is_whole() && !self.value.fract().is_zero() {
                found.push(NotNow::Fraction { measure: known.measure.clone() });
            }
        }
        found
    }

    /// Whether the fact that stands already says this.
    pub(crate) fn is_said_by(&self, fact: &Fact) -> bool {
        (self.value, &self.source, &self.link, self.manual) == (fact.value, &fact.source, &fact.link, fact.manual)
    }
}

/// 'room.thing_counted': lower-case words with a dot between.
fn has_shape(what: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    let parts: Vec<&str> = what.split('.').collect();
    parts.len() >= 2 && parts.iter().all(|part| !part.is_empty() && part.chars().all(plain))
}

/// Reads the columns in the order in which every query of this room names them.
pub(crate) fn read_fact(row: &mut Row) -> Result<Fact, DbError> {
    Ok(Fact {
        id: row.pull()?,
        what: row.pull()?,
        unit: row.pull()?,
        from: row.pull()?,
        to: row.pull()?,
        value: row.pull()?,
        source: row.pull()?,
        link: row.pull()?,
        manual: row.pull()?,
        at: row.pull()?,
        account: row.pull()?,
        replaced_by: row.pull()?,
    })
}
