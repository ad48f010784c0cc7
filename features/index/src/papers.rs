//! Papers of the index: what is written on them. Pure; `kit/letter` lays them out by NĐ 30/2020/NĐ-CP.

mod decision;
mod minutes;
mod report;

#[cfg(test)]
mod tests;

pub use decision::decision;
pub use minutes::minutes;
pub use report::report;

use base::{Decimal, number};
use people::Unit;

/// The agencies and hands that papers name.
#[derive(Clone, Debug)]
pub struct Hands {
    /// "UBND tỉnh Quảng Trị".
    pub province: Unit,
    /// The unit the paper is about or from; none for the whole province.
    pub unit: Option<Unit>,
    /// Who heads the unit: title and name.
    pub head: Option<(String, String)>,
    /// Who leads the council, and who writes its minutes.
    pub chair: Option<(String, String)>,
    pub secretary: Option<(String, String)>,
}

impl Hands {
    /// "Quảng Trị", the place of issue.
    pub fn place(&self) -> String {
        let name = self.province.name.trim_start_matches("UBND ").trim_start_matches("Ủy ban nhân dân ");
        name.trim_start_matches("tỉnh ").trim_start_matches("thành phố ").to_owned()
    }

    /// "Ủy ban nhân dân tỉnh Quảng Trị".
    pub fn committee(&self) -> String {
        match self.province.name.strip_prefix("UBND ") {
            Some(rest) => format!("Ủy ban nhân dân {rest}"),
            None => self.province.name.clone(),
        }
    }

    pub fn unit_name(&self) -> String {
        self.unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default()
    }

    /// "SCT" of "Sở Công Thương": the letters that stand for a unit in the sign of its papers.
    pub fn sign(&self) -> String {
        let name = self.unit_name();
        let letters = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
        letters.flat_map(char::to_uppercase).collect()
    }
}

/// The mark on papers of sample rounds.
pub fn mark(sample: bool) -> Option<String> {
    sample.then(|| "MẪU".to_owned())
}

/// Points as papers write them: at most three digits, without trailing zeros beyond two.
pub fn points(value: &Decimal) -> String {
    let digits = value.normalize().scale().clamp(2, 3);
    number::vi_fixed(value, digits)
}

/// Points, or a dash where they are not known.
pub fn points_or_dash(value: Option<&Decimal>) -> String {
    value.map_or("–".to_owned(), points)
}
