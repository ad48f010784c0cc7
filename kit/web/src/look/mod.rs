//! How the house looks: shells, parts, fields, tables, the grid, charts. Plain functions from words to markup.
//!
//! No request, no clock, no database: only `maud`, `base` and `assets`. The README beside this file holds the
//! wording rules and the contract of the grid.
//!
//! Read in this order: `shell`, `parts`, `fields`, `table`, `grid`, `chart`; `icons` and `check` when needed.

pub mod chart;
pub mod check;
pub mod fields;
pub mod grid;
pub mod icons;
pub mod parts;
pub mod shell;
pub mod table;

pub use icons::Icon;
pub use parts::Tone;
pub use shell::{Flash, Frame, Page};

#[cfg(test)]
mod tests;

/// The id of a form field on the page, from its name. Links of the error summary and labels agree on it.
pub fn id_of(name: &str) -> String {
    let plain = name.split_whitespace().collect::<Vec<_>>().join("-");
    format!("f-{plain}")
}
