//! What a writer says when a paper could not be made: a fault of the house, not of the person asking.

use std::fmt;

/// The paper could not be made. `detail` is for the log, in English; a person is only told to try again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which work failed: `fonts`, `layout`, `pdf`, `docx`.
    pub stage: &'static str,
    pub detail: String,
}

impl Broken {
    pub(crate) fn at(stage: &'static str, detail: impl fmt::Display) -> Self {
        Self { stage, detail: detail.to_string() }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "letter broken at {}: {}", self.stage, self.detail)
    }
}

impl std::error::Error for Broken {}
