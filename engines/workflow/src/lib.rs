//! Internal processes (quy trình nội bộ) as data: steps, moves, needs; and the checker that finds what cannot work.
//!
//! Read in this order: `file` (as people write it), `process` (as it is understood), `read` (from the one to the
//! other), `paths`, `check`, `standing` (where a dossier is, and how it moves),
//! `carry` (to another edition).

mod carry;
mod check;
mod file;
mod paths;
mod process;
mod read;
mod standing;

pub use carry::{carry, differences};
pub use check::check;
pub use file::{File, MoveLine, PauseLine, StepLine, Targets};
pub use paths::by;
pub use process::{End, Give, Move, Need, Pause, Process, Step, Wait};
pub use read::{Problem, Reading, read};
pub use standing::{Done, Standing, begin, lacking, lapse, leave, open};

#[cfg(test)]
mod tests;
