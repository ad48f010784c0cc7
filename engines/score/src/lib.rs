//! Criteria trees, measures, and score sheets that say why.
//!
//! Pure: a set and answers go in as values, scores come out. Read in this order: [`set`] (the nouns), `tree`,
//! [`read`] and `check` (from a file to a set, with every mistake), [`answer`] and [`answers`], `measure` (what each
//! kind means), `sheet` (one unit), [`score`] (all units), `rank`, `why`, [`robust`] (how far ranks can be trusted).

pub mod answer;
pub mod answers;
mod check;
mod measure;
mod near;
mod problem;
mod rank;
mod read;
pub mod robust;
mod score;
pub mod set;
mod sheet;
mod tree;
mod why;
mod write;

pub use answer::{Answer, Cell, Fixed, Group, Unit};
pub use problem::{Problem, Severity};
pub use read::{Reading, read};
pub use score::{UnitScore, score, score_alone, score_leaf};
pub use set::{CriteriaSet, Criterion, Measure};
pub use sheet::{Detail, Line, Subtotal};
pub use tree::Node;
pub use write::{measure as measure_to_value, to_value};

#[cfg(test)]
mod tests;
