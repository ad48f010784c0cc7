//! Answers from a JSON file, and results into one.

mod strict;

use base::Refusal;
use score::{CriteriaSet, Group, UnitScore, answers};
use serde_json::{Map, Value, json};

/// Reads a file of answers to a set.
///
/// # Errors
/// Every refusal, each naming unit and code; or the place where the text is not JSON.
pub fn read(set: &CriteriaSet, text: &str) -> Result<Group, Vec<Refusal>> {
    let value = parse(text).map_err(|refusal| vec![refusal])?;
    answers::read(set, &value)
}

/// The text of an answers file as a value; a key written twice is refused.
pub(super) fn parse(text: &str) -> Result<Value, Refusal> {
    strict::parse(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The result in the shape of the contract; scores must have been made with [`score::Detail::Explained`].
pub fn result(set: &CriteriaSet, scores: &[UnitScore]) -> Value {
    let units: Map<String, Value> = scores.iter().map(|unit| (unit.name.clone(), unit_result(set, unit))).collect();
    json!({ "units": units })
}

fn unit_result(set: &CriteriaSet, unit: &UnitScore) -> Value {
    let lines: Vec<Value> = unit
        .lines
        .iter()
        .map(|line| {
            json!({
                "code": set.criteria[line.position].code,
                "points": line.points.as_ref().map(ToString::to_string),
                "max": line.max.to_string(),
                "why": line.why,
            })
        })
        .collect();
    json!({
        "total": unit.total.map(|total| total.to_string()),
        "applicable_max": unit.applicable_max.to_string(),
        "index": unit.index.map(|index| index.to_string()),
        "rating": unit.rating,
        "rank": unit.rank,
        "unknown": unit.unknown,
        "lines": lines,
    })
}

#[cfg(test)]
mod tests;
