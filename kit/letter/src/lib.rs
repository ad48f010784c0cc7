//! Papers of an agency, laid out by NĐ 30/2020/NĐ-CP, as PDF/A-2b and as DOCX.
//!
//! Read in this order: `model` (what a writer fills in), `nd30` (every measure with the row of the decree
//! it comes from), `paper` (the words that come onto the sheet: both writers only place them), then the
//! writers `pdf` (typst, nowhere else in the house) and `docx`; `edxml` takes a letter with its files from office to office.

mod broken;
mod docx;
pub mod edxml;
mod face;
mod model;
mod nd30;
mod paper;
mod pdf;

pub use broken::Broken;
pub use docx::docx;
pub use face::typeface;
pub use model::{Align, Annex, Block, Col, Fact, Kind, Letter, Number, Page, Qr, Signer, Table, TableRow, Width};
pub use pdf::pdf;

#[cfg(test)]
mod tests;

// The sample papers are shared with `examples/papers.rs`, which knows this room by its name.
#[cfg(test)]
extern crate self as letter;
