//! The facts that the house knows by name (`data/facts/catalogue.toml`): what a screen offers, and what may be entered
//! by hand.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../data/facts/catalogue.toml");

/// What a fact is called, and what its value counts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Stable, in English: 'dossier.on_time'.
    pub code: String,
    /// In Vietnamese, for a screen.
    pub name: String,
    /// What is counted: 'hồ sơ', '%'. Empty where its source does not say.
    #[serde(rename = "counted_in", default)]
    pub measure: String,
}

impl Known {
    /// Only whole numbers make sense: there is no half of a dossier.
    pub fn is_whole(&self) -> bool {
        !matches!(self.measure.as_str(), "" | "%" | "điểm")
    }
}

#[derive(serde::Deserialize)]
struct Table {
    facts: Vec<Known>,
}

/// All of them, sorted by code. A broken table is found by the test of this file; here it means that none are known.
pub fn catalogue() -> &'static [Known] {
    static READ: OnceLock<Vec<Known>> = OnceLock::new();
    READ.get_or_init(|| toml::from_str::<Table>(TABLE).map(|table| table.facts).unwrap_or_default())
}

/// The known fact of this code.
pub fn find(code: &str) -> Option<&'static Known> {
    catalogue().iter().find(|known| known.code == code)
}

#[cfg(test)]
mod tests {
    use super::catalogue;

    #[test]
    fn codes_are_sorted_and_so_unique() {
        assert!(catalogue().len() > 60, "the table is read");
        assert!(catalogue().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(catalogue().iter().all(|known| !known.name.is_empty()));
    }
}
