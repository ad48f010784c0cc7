//! The files that go in and out: criteria sets as TOML and as workbooks, answers and results as JSON. Their formats
//! are promises to others (`docs/` tells them); what is in them is judged by the engine `score`.

pub mod answers;
pub mod difference;
pub(crate) mod fields;
pub mod set_toml;
pub mod survey;
pub mod workbook;
