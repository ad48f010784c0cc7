//! What one case of a procedure asks of the applicant.

use crate::procedure::{Case, Fee, Level, Paper, Procedure};
use base::Date;

/// One case with what is its own.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub case: &'a Case,
    pub papers: Vec<&'a Paper>,
    pub fees: Vec<&'a Fee>,
}

fn is_of(cases: &[String], case: &str) -> bool {
    cases.is_empty() || cases.iter().any(|of| of == case)
}

impl Procedure {
    pub fn case(&self, code: &str) -> Option<&Case> {
        self.cases.iter().find(|case| case.code == code)
    }

    pub fn asked(&self, case: &str) -> Option<Asked<'_>> {
        Some(Asked {
            case: self.case(case)?,
            papers: self.papers.iter().filter(|paper| is_of(&paper.cases, case)).collect(),
            fees: self.fees.iter().filter(|fee| is_of(&fee.cases, case)).collect(),
        })
    }

    /// The level of online service on a day; none before its first.
    pub fn level(&self, day: Date) -> Option<Level> {
        self.levels.iter().filter(|one| one.from <= day).max_by_key(|one| one.from).map(|one| one.level)
    }

    /// Whether a unit, by its key and kind, is among these ("xa": every commune for itself).
    pub fn names(list: &[String], key: &str, kind: &str) -> bool {
        list.iter().any(|one| one == key || one == kind)
    }
}
