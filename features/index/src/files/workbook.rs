//! A criteria set as a workbook, to be edited in Excel or LibreOffice and taken back without loss.
//!
//! ```text
//! Hướng dẫn     how to fill it in
//! Bộ tiêu chí   the set itself: one row per property
//! Tiêu chí      one row per criterion, with the parameters of its measure
//! Mức điểm      one row per level, band, item or case: code, branch, content or threshold, points
//! Nhánh         one row per measure inside a measure ("best-of", "by"): code, branch, parameters
//! Xếp loại      one row per rating
//! _meta         hidden: template, set code, edition it was written from
//! ```
//!
//! A **branch** says which measure inside a criterion a row belongs to: blank for the criterion's own, else the name of
//! the case ("so", "true") or the number of the measure ("1"), and so on inward: "so › 2".
//!
//! What is read is the same value that the TOML file gives; `score::read` judges both. It speaks of places in the file
//! ("criteria[3].measure.floor"), and [`Workbook::refusal`] says in which cell that is.

mod guide;
mod read;
mod write;

use std::collections::BTreeMap;

use base::Refusal;
use score::Problem;
use serde_json::Value;

pub use read::read;
pub use write::write;

const SET: &str = "Bộ tiêu chí";
const CRITERIA: &str = "Tiêu chí";
const LEVELS: &str = "Mức điểm";
const BRANCHES: &str = "Nhánh";
const RATINGS: &str = "Xếp loại";

/// Columns of the sheet of the set.
const PROPERTY: &str = "Mục";
const CONTENT: &str = "Nội dung";

/// Parts the names of a branch.
const INWARD: &str = " › ";
/// More measures within measures than any rule has; a limit for hostile files.
const DEEPEST: usize = 8;

const TEMPLATE: &str = "bo-tieu-chi";
const TEMPLATE_VERSION: &str = "1";

/// A criteria set read from a workbook.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// As the TOML file would have it. Not judged yet: that is `score::read`'s.
    pub set: Value,
    /// The edition that the workbook was written from, if it was ours: another may have been published since.
    pub edition: Option<String>,
    places: BTreeMap<String, String>,
}

impl Workbook {
    /// The cell of a place in the file, or the nearest around it: "criteria[3].measure.floor" → "Tiêu chí!I7".
    pub fn address(&self, place: &str) -> &str {
        let mut place = place;
        loop {
            if let Some(address) = self.places.get(place) {
                return address;
            }
            match place.rfind(['.', '[']) {
                Some(end) => place = &place[..end],
                None => return self.places.get("").map_or(SET, String::as_str),
            }
        }
    }

    /// What `score::read` found, said at the cell it is in.
    pub fn refusal(&self, problem: &Problem) -> Refusal {
        let say = match &problem.code {
            Some(code) if !problem.say.starts_with("Tiêu chí ") => format!("Tiêu chí {code}: {}", problem.say),
            _ => problem.say.clone(),
        };
        Refusal::new("workbook.problem", say).at(self.address(&problem.place))
    }
}

#[cfg(test)]
mod tests;
