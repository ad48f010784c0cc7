//! The data that comes with the program, and its life in the rulebook, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod books;
mod data;
mod life;

/// The text of a process of the program.
pub(crate) fn workflow_text(code: &str) -> &'static str {
    crate::actions::workflow_texts().iter().find(|(name, _)| *name == code).map(|(_, text)| *text).unwrap()
}
