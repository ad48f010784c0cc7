//! An administrative procedure (thủ tục hành chính) as data: cases, papers, time, fees, who receives and resolves.
//!
//! The catalogue publishes it, the one-stop system takes dossiers in by it: both read this one noun. Read in this
//! order: `procedure` (the nouns), `case` (what one case asks), `check` (what cannot be published).

mod case;
mod check;
mod procedure;

pub use case::Asked;
pub use check::{Problem, check};
pub use procedure::{Case, Collect, Copy, Fee, Level, Outcome, Paper, Procedure, Sample, Service, Time};

#[cfg(test)]
mod tests;
