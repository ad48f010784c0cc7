//! The nouns: an edition, its head, and what a person may write into it.

use crate::NotNow;
use base::{Date, Timestamp};
use db::{DbError, FromVal, Row, Val};
use serde::{Deserialize, Serialize};
use serde_json::Value;

db::id!(
    /// One edition of a rule.
    EditionId
);

/// Where an edition stands in its life. There is no way back from `Published`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Draft,
    Published,
}

impl Status {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Published => "published",
        }
    }

    /// The word on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Status::Draft => "Bản nháp",
            Status::Published => "Đã ban hành",
        }
    }
}

impl FromVal for Status {
    fn from_val(val: Val) -> Result<Self, DbError> {
        match String::from_val(val)?.as_str() {
            "draft" => Ok(Status::Draft),
            "published" => Ok(Status::Published),
            other => Err(DbError::Value(format!("wanted a status of an edition, found {other:?}"))),
        }
    }
}

/// All of an edition but its body: what a list shows. A body may be a hundred criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub id: EditionId,
    /// What the body is: 'criteria', …
    pub kind: String,
    /// The rule, over all its editions: 'so'.
    pub code: String,
    /// Counted from 1 within kind and code.
    pub number: i64,
    pub name: String,
    /// The decision that issued it; empty only in a draft.
    pub source: String,
    /// In force on the days [valid_from, valid_to).
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub status: Status,
    /// Made up for a demonstration, and said so on every screen.
    pub sample: bool,
    pub changed: Timestamp,
    pub version: i64,
}

impl Head {
    /// Whether it is published and in force on this day.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.status == Status::Published && self.valid_from <= day && self.valid_to.is_none_or(|to| day < to)
    }
}

/// An edition: its head, whose fields are read as its own, and its body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    #[serde(flatten)]
    pub head: Head,
    pub body: Value,
}

impl std::ops::Deref for Edition {
    type Target = Head;
    fn deref(&self) -> &Head {
        &self.head
    }
}

/// What may be written into a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub name: String,
    pub source: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub body: Value,
}

impl Content {
    /// Why this may not even be a draft. A missing source may: a draft often precedes its decision.
    pub(crate) fn problems(&self) -> Vec<NotNow> {
        let mut found = Vec::new();
        if self.name.trim().is_empty() {
            found.push(NotNow::NameMissing);
        }
        if self.valid_to.is_some_and(|to| to <= self.valid_from) {
            found.push(NotNow::DaysTurned);
        }
        found
    }
}

/// A draft to be.
#[derive(Clone, Debug, PartialEq)]
pub struct New {
    pub kind: String,
    pub code: String,
    pub content: Content,
    pub sample: bool,
}

impl New {
    pub(crate) fn problems(&self) -> Vec<NotNow> {
        let mut found = self.content.problems();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        if self.code.is_empty() || !self.code.chars().all(plain) {
            found.push(NotNow::CodeOdd);
        }
        found
    }
}

/// Reads the columns of a head, in the order in which every query of this room names them.
pub(crate) fn read_head(row: &mut Row) -> Result<Head, DbError> {
    Ok(Head {
        id: row.pull()?,
        kind: row.pull()?,
        code: row.pull()?,
        number: row.pull()?,
        name: row.pull()?,
        source: row.pull()?,
        valid_from: row.pull()?,
        valid_to: row.pull()?,
        status: row.pull()?,
        sample: row.pull()?,
        changed: row.pull()?,
        version: row.pull()?,
    })
}

/// A head followed by its body.
pub(crate) fn read_edition(row: &mut Row) -> Result<Edition, DbError> {
    let head = read_head(row)?;
    let text: String = row.pull()?;
    let body = serde_json::from_str(&text)
        .map_err(|error| DbError::Value(format!("the body of edition {} is not JSON: {error}", head.id)))?;
    Ok(Edition { head, body })
}
