//! What is counted, for which unit and period.
//!
//! Read in this order: `period`, `set` (the nouns), `read` (from a file), `total` (adding up) over a `tree`, `derive`, `check`.

mod check;
mod derive;
mod file;
mod period;
mod read;
mod set;
mod total;
mod tree;

pub use check::{Check, Failed, Figures, HISTORY, Is, Of, Severity, Term, is_outlier};
pub use derive::{Around, filled, worked_out};
pub use file::File;
pub use period::{Closing, Kind, Period, Rules};
pub use read::{MOST_DIGITS, Problem, read};
pub use set::{Categories, Derived, Indicator, Nature, Over, Set, Since};
pub use total::{MOST, Scaled, Total, figure, missing, over_time, over_units, scaled};
pub use tree::{Node, Tree, landing};

#[cfg(test)]
mod tests;
