//! Forms as XLSForm writes them: read, checked, and settled with the answers to them.
//!
//! Read in this order: `file` (the sheets), `form` (what they mean), `read` (from the one to the other, with every
//! problem), `number`, `time`, `value` and `expr` (the expression language), `answers` (JSON in), `settle` (what counts,
//! what is refused, what is shown), `live` (what a page must watch).

mod answers;
mod expr;
mod file;
mod form;
mod live;
mod near;
mod number;
mod order;
mod read;
mod settle;
mod state;
mod time;
mod value;

pub use answers::{begin, of_fields};
pub use file::{File, Row, Sheet};
pub use form::{Choice, Form, Kind, List, Piece, Question, When, Words};
pub use live::{Live, live, watched};
pub use read::{Problem, Reading, SheetName, read};
pub use settle::{Offer, Settled, Shown, settle};

#[cfg(test)]
mod tests;
