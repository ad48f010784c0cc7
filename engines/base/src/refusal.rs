//! A rule that says no says it in words: what is wrong, where, and what to do.

use std::fmt;

/// One refusal, ready to be read by a person.
///
/// `code` is stable and in English, for machines (`problem+json`) and tests; `say` is the Vietnamese
/// sentence; `field` is the name of the form field or the code of the criterion it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Refusal {
    pub code: &'static str,
    pub say: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Refusal {
    pub fn new(code: &'static str, say: impl Into<String>) -> Self {
        Self { code, say: say.into(), field: None }
    }

    /// The same refusal, spoken at a field.
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.say),
            None => f.write_str(&self.say),
        }
    }
}

impl std::error::Error for Refusal {}

/// A form collects all its refusals before it answers.
pub type Refusals = Vec<Refusal>;
