//! Between a form and an answer: Vietnamese numbers and days in boxes, the answers file's JSON in the database.
//!
//! Names of boxes: those of the answer (`value`, `part`, `whole`, `yes`, `choice`, `items`, `case-0`, `from`, `done`,
//! `never`, `last_year`, `phase`), with `m0-`, `m1-` before them inside a best-of and `p0-`, `p1-` inside a phase.

mod read;
mod show;

pub use read::read;
pub(crate) use show::text;
pub use show::{Filled, boxes, brief};

use score::set::{Criterion, Measure, On};
use serde_json::{Map, Value};

/// What is to be asked of a criterion now.
pub enum Asked<'a> {
    Measure(&'a Measure),
    /// First which phase the unit is in, then that phase's measure.
    Phase(&'a [(String, Measure)]),
    /// Hangs on another criterion that has no answer yet.
    Waits(&'a str),
    /// No measure for this kind of unit or this answer.
    Nothing,
}

/// The measure that applies to a unit of this kind with these answers.
pub fn asked<'a>(criterion: &'a Criterion, kind: &str, answers: &Map<String, Value>) -> Asked<'a> {
    match &criterion.measure {
        Some(measure) => within(measure, kind, answers, 0),
        None => Asked::Nothing,
    }
}

fn within<'a>(measure: &'a Measure, kind: &str, answers: &Map<String, Value>, depth: usize) -> Asked<'a> {
    let Measure::By { on, cases } = measure else { return Asked::Measure(measure) };
    // A set whose criteria hang on each other in a ring is refused by its check; the bound only guards this page.
    if depth > 8 {
        return Asked::Nothing;
    }
    let case = |name: &str| cases.iter().find(|(case, _)| case == name).map(|(_, measure)| measure);
    match on {
        On::Phase => Asked::Phase(cases),
        On::Kind => case(kind).map_or(Asked::Nothing, |measure| within(measure, kind, answers, depth + 1)),
        On::Criterion(code) => match answers.get(code).and_then(told) {
            Some(told) => case(&told).map_or(Asked::Nothing, |measure| within(measure, kind, answers, depth + 1)),
            None => Asked::Waits(code),
        },
    }
}

/// What another criterion's answer says: its option's position, or "true" or "false".
fn told(value: &Value) -> Option<String> {
    match (value.get("choice"), value.get("yes")) {
        (Some(Value::Number(choice)), _) => Some(choice.to_string()),
        (_, Some(Value::Bool(yes))) => Some(yes.to_string()),
        _ => None,
    }
}
