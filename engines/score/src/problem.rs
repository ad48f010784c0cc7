//! What `check` finds, each with its place and a sentence.

use std::fmt;

/// One mistake or oddity of a criteria set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    /// The criterion it belongs to.
    pub code: Option<String>,
    /// Path in the file: `criteria[3].measure.bands[1].from`, counted from 0.
    pub place: String,
    /// In Vietnamese.
    pub say: String,
}

/// A set with an error is not taken; with warnings it is, for real sets are odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.severity {
            Severity::Error => "Lỗi",
            Severity::Warning => "Lưu ý",
        })?;
        if let Some(code) = &self.code {
            write!(f, ", tiêu chí {code}")?;
        }
        if !self.place.is_empty() {
            write!(f, " ({})", self.place)?;
        }
        write!(f, ": {}", self.say)
    }
}
