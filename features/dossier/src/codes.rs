//! Dossier codes by a pattern that is data (`data/dossier/codes.toml`): the form changed with the decrees, and will again.

use base::{Date, Refusal};
use serde::Deserialize;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../data/dossier/codes.toml");

#[derive(Deserialize)]
struct Table {
    codes: Vec<Pattern>,
}

/// A pattern from a day on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    pub from: Date,
    /// `{old}` and `{new}`: the agency's code of either generation; `{yymmdd}`, `{yyyymmdd}`; `{serial:N}`: the number of
    /// the day in N digits or more.
    pub pattern: String,
    /// The text that issued it.
    pub source: String,
}

/// The pattern in force on a day.
pub fn on(day: Date) -> Result<&'static Pattern, Refusal> {
    static READ: OnceLock<Vec<Pattern>> = OnceLock::new();
    let all = READ.get_or_init(|| toml::from_str::<Table>(TABLE).map(|table| table.codes).unwrap_or_default());
    let begun = all.iter().filter(|one| one.from <= day).max_by_key(|one| one.from);
    begun.ok_or_else(|| Refusal::new("code-pattern", "Chưa có mẫu mã hồ sơ cho ngày này. Hãy báo quản trị."))
}

impl Pattern {
    /// A dossier's code: of the agency's codes, the day of receipt and its serial.
    pub fn code(&self, old: &str, new: &str, day: Date, serial: i64) -> String {
        let short = day.strftime("%y%m%d").to_string();
        let long = day.strftime("%Y%m%d").to_string();
        let mut code = self.pattern.replace("{old}", old).replace("{new}", new);
        code = code.replace("{yymmdd}", &short).replace("{yyyymmdd}", &long);
        let Some((before, rest)) = code.split_once("{serial:") else { return code };
        let (digits, after) = rest.split_once('}').unwrap_or((rest, ""));
        let width = digits.parse().unwrap_or(4);
        format!("{before}{serial:0width$}{after}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn both_generations_are_written_as_their_circulars_say() {
        let code = |day: &str, serial: i64| {
            let day: Date = day.parse().unwrap();
            on(day).unwrap().code("000.00.12.H50", "H50.12", day, serial)
        };
        // TT 01/2018/TT-VPCP Art. 19: the example that circulates is 000.00.12.H50-200915-0007.
        assert_eq!(code("2020-09-15", 7), "000.00.12.H50-200915-0007");
        // TT 03/2025/TT-VPCP: as seen in use, G09.20-20260609-0092637.
        assert_eq!(code("2026-06-09", 92_637), "H50.12-20260609-0092637");
        assert_eq!(code("2020-09-15", 12_345), "000.00.12.H50-200915-12345", "a day with more than its digits goes on");
    }
}
