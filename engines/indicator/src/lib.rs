//! What is counted, for which unit and period.
//!
//! Read in this order: `period`, `set` (the nouns), `read` (from a file), `total` (adding up) over a `tree`, `derive`, `check`; `form`
//! (what is asked), `outline` (text with figures in it), `sheet` (how it is kept), `entry` (how it is typed), `regime` (what is asked twice).

mod check;
mod derive;
mod entry;
pub mod file;
pub mod form;
pub mod outline;
mod period;
mod read;
mod regime;
mod set;
pub mod sheet;
mod total;
mod tree;

pub use check::{Check, Failed, Figures, HISTORY, Is, Of, Severity, Term, is_outlier};
pub use derive::{Around, Known, filled};
pub use entry::{entered, is_nothing, taken};
pub use file::File;
pub use form::{Form, FormFile, read_form};
pub use period::{Closing, Kind, Period, Rules};
pub use read::{MOST_DIGITS, Problem, read};
pub use regime::{Asks, Overlap, overlaps};
pub use set::{Categories, Derived, Indicator, Nature, Over, Set, Since};
pub use total::{Entry, MOST, Place, Scaled, Sums, Total, figure, missing, over_periods, over_units, scaled};
pub use tree::{Node, Tree, landing};

#[cfg(test)]
mod tests;
