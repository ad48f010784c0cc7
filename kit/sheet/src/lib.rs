//! Spreadsheets in and out, so that a table that goes out, is edited by somebody, and comes back has
//! changed only where it was edited.
//!
//! Read in this order: `table` (what is written), `xlsx` and `csv` (how), `book` (what was read, and
//! where each cell stands), `read` (how), `error_book` (what goes back when it was wrong); `xlsform` (forms).

pub mod book;
pub mod csv;
mod decimal;
mod error_book;
mod limits;
mod read;
#[cfg(test)]
mod sample;
pub mod table;
pub mod words;
pub mod xlsform;
pub mod xlsx;

pub use book::{At, Book, Grid, Line, Sheet};
pub use decimal::shown;
pub use error_book::error_book;
pub use limits::Limits;
pub use read::{read, read_within};
pub use table::{Cell, Column, Kind, Table};
