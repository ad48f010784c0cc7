//! Regimes of reports (chế độ báo cáo) beside each other: nobody is asked twice for the same figure.

use crate::form::{Figure, Form};
use crate::set::{Nature, Set};

/// A regime of reports (chế độ báo cáo), as far as it asks units for figures.
#[derive(Clone, Debug)]
pub struct Asks<'a> {
    /// What it is called, for the sentence that names it.
    pub regime: &'a str,
    pub form: &'a Form,
    /// Codes of indicators, by the form's places.
    pub codes: Vec<(&'a str, Option<&'a str>, Nature)>,
    /// The kinds of unit that it asks.
    pub of: &'a [String],
}

impl<'a> Asks<'a> {
    pub fn new(regime: &'a str, form: &'a Form, set: &'a Set, of: &'a [String]) -> Asks<'a> {
        let code = |one: &Figure| {
            let indicator = set.indicators.get(one.indicator)?;
            let part = match one.part {
                Some((by, item)) => Some(set.categories.get(by)?.items.get(item)?.0.as_str()),
                None => None,
            };
            Some((indicator.code.as_str(), part, one.nature))
        };
        Asks { regime, form, codes: form.figures.iter().filter_map(code).collect(), of }
    }
}

/// A figure that two regimes ask the same units for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap<'a> {
    pub regimes: (&'a str, &'a str),
    pub indicator: &'a str,
    pub part: Option<&'a str>,
}

/// No regime asks for what another already collects from the same unit for the same kind of period (NĐ 09/2019/NĐ-CP, the
/// principles of periodic reports): each figure that is asked twice, with both regimes.
pub fn overlaps<'a>(all: &[Asks<'a>]) -> Vec<Overlap<'a>> {
    let mut found = Vec::new();
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            let same_units = one.of.iter().any(|kind| other.of.contains(kind));
            if one.form.kind != other.form.kind || !same_units {
                continue;
            }
            for code in one.codes.iter().filter(|code| other.codes.contains(code)) {
                found.push(Overlap { regimes: (one.regime, other.regime), indicator: code.0, part: code.1 });
            }
        }
    }
    found
}
