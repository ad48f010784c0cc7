//! A set of indicators as its file has it: words, not yet understood.

use base::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub basis: String,
    #[serde(default)]
    pub sample: bool,
    #[serde(default)]
    pub categories: Vec<CategoriesLine>,
    #[serde(default)]
    pub indicators: Vec<IndicatorLine>,
    #[serde(default)]
    pub checks: Vec<CheckLine>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoriesLine {
    pub code: String,
    pub name: String,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub code: String,
    pub name: String,
    /// What no other item is: where the system counts, the whole without them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rest: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorLine {
    pub code: String,
    pub name: String,
    pub unit: String,
    #[serde(default)]
    pub digits: u32,
    /// "sum", "average", "none"; a derived one says nothing.
    pub over_units: Option<String>,
    /// "sum", "average", "last", "none"; a derived one says nothing.
    pub over_time: Option<String>,
    /// The indicator that weighs an average.
    pub weight: Option<String>,
    #[serde(default)]
    pub by: Vec<String>,
    pub lowest: Option<Decimal>,
    /// What the system itself counts it as: a fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    pub derived: Option<DerivedLine>,
}

/// Codes of indicators.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum DerivedLine {
    Ratio { part: String, whole: String, times: Option<Decimal> },
    Sum { of: Vec<String> },
    Difference { of: String, less: String },
    Growth { of: String, since: String },
}

/// `left = ["A"], is = "=", right = ["B", "C", "- D@ky-truoc"]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckLine {
    pub code: String,
    pub say: String,
    pub left: Vec<String>,
    /// "=", ">=", "<=", "within".
    pub is: String,
    /// Of "within": how many per cent of the right side.
    pub percent: Option<Decimal>,
    pub right: Vec<String>,
    pub severity: String,
}
