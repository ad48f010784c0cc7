//! From answers in JSON to a [`Group`], strictly: what is not understood is refused, never passed over.

mod measure;

use std::str::FromStr;

use base::{Date, Refusal};
use serde_json::{Map, Value};

use crate::answer::{Cell, Group, Unit};
use crate::near;
use crate::set::CriteriaSet;
use measure::Asked;

/// Reads a file of answers: `{"units": {"Sở A": {"1.1": {…}}}, "kinds": {…}, "survey_held": …}`.
///
/// # Errors
/// Every refusal, each naming unit and code.
pub fn read(set: &CriteriaSet, value: &Value) -> Result<Group, Vec<Refusal>> {
    let file = match value {
        Value::Object(file) => file,
        _ => return Err(vec![Refusal::new("answers.shape", "Tệp câu trả lời phải có dạng {\"units\": {…}}.")]),
    };
    let mut refusals = Vec::new();
    let known = ["units", "kinds", "survey_held"];
    for key in file.keys().filter(|key| !known.contains(&key.as_str())) {
        let hint = near::suggestion(key, known);
        refusals.push(Refusal::new("answers.key", format!("Tệp câu trả lời không có khóa “{key}”.{hint}")).at(key));
    }
    let Some(units) = file.get("units").and_then(Value::as_object) else {
        let say = "Tệp câu trả lời thiếu “units”: {\"units\": {\"Sở A\": {\"1.1\": {…}}}}.";
        refusals.push(Refusal::new("answers.units", say));
        return Err(refusals);
    };
    let kinds = kinds(file, units, &mut refusals);
    let held = held(file, &mut refusals);
    let mut group = Group::default();
    for (name, answers) in units {
        let kind = kinds.and_then(|kinds| kinds.get(name)?.as_str()).unwrap_or(set.default_kind());
        let Some(answers) = answers.as_object() else {
            let say = format!("{name}: câu trả lời phải có dạng {{\"1.1\": {{…}}}}.");
            refusals.push(Refusal::new("answers.shape", say));
            continue;
        };
        match read_unit(set, name, kind, answers) {
            Ok(mut unit) => {
                unit.survey_held &= held;
                group.units.push(unit);
            }
            Err(more) => refusals.extend(more),
        }
    }
    if refusals.is_empty() { Ok(group) } else { Err(refusals) }
}

fn kinds<'v>(
    file: &'v Map<String, Value>,
    units: &Map<String, Value>,
    refusals: &mut Vec<Refusal>,
) -> Option<&'v Map<String, Value>> {
    let value = file.get("kinds").filter(|kinds| !kinds.is_null())?;
    let Some(kinds) = value.as_object() else {
        let say = "“kinds” phải có dạng {\"Sở A\": \"so\"}.";
        refusals.push(Refusal::new("answers.kinds", say));
        return None;
    };
    for (name, kind) in kinds {
        // A name mistyped here would quietly leave its unit with another kind.
        if !units.contains_key(name) {
            let hint = near::suggestion(name, units.keys().map(String::as_str));
            let say = format!("“kinds” nhắc tới “{name}” nhưng “units” không có đơn vị này.{hint}");
            refusals.push(Refusal::new("answers.kinds", say));
        } else if !kind.is_string() {
            let say = format!("{name}: loại đơn vị phải là một từ trong dấu nháy.");
            refusals.push(Refusal::new("answers.kinds", say));
        }
    }
    Some(kinds)
}

/// `survey_held`, at the top of the file or beside a unit's answers; not said: held.
fn held(object: &Map<String, Value>, refusals: &mut Vec<Refusal>) -> bool {
    match object.get("survey_held") {
        None | Some(Value::Null) => true,
        Some(Value::Bool(held)) => *held,
        Some(_) => {
            refusals.push(Refusal::new("answers.survey", "“survey_held” phải là true hoặc false."));
            true
        }
    }
}

/// Reads the answers of one unit, by code, with or without its own `survey_held`.
///
/// # Errors
/// Every refusal, each naming the unit and the code.
pub fn read_unit(
    set: &CriteriaSet,
    name: &str,
    kind: &str,
    answers: &Map<String, Value>,
) -> Result<Unit, Vec<Refusal>> {
    if !set.is_for(kind) {
        let hint = near::suggestion(kind, set.applies_to.iter().map(String::as_str));
        let kinds = set.applies_to.join(", ");
        let say = format!("{name}: bộ tiêu chí không dùng cho loại đơn vị “{kind}”, chỉ cho: {kinds}.{hint}");
        return Err(vec![Refusal::new("answers.kind", say)]);
    }
    let mut refusals = Vec::new();
    let mut unit = Unit::new(set, name, kind);
    unit.survey_held = held(answers, &mut refusals);
    for (code, value) in answers.iter().filter(|(code, _)| *code != "survey_held") {
        match read_cell(set, kind, code, value, answers) {
            Ok(cell) => {
                if let Some(place) = unit.cell_mut(set, code) {
                    *place = cell;
                }
            }
            Err(refusal) => {
                let say = format!("{name}, tiêu chí {code}: {}", refusal.say);
                refusals.push(Refusal { say, ..refusal }.at(code));
            }
        }
    }
    if refusals.is_empty() { Ok(unit) } else { Err(refusals) }
}

/// Reads what is said of one criterion. `answers` are all of the unit's, since a measure may be chosen by another
/// criterion's answer. A criterion that is not there for the unit's kind is not read at all.
///
/// # Errors
/// The first refusal; the sentence does not name the unit, its field is the code.
pub fn read_cell(
    set: &CriteriaSet,
    kind: &str,
    code: &str,
    value: &Value,
    answers: &Map<String, Value>,
) -> Result<Cell, Refusal> {
    let Some(at) = set.position(code) else {
        let hint = near::suggestion(code, set.criteria.iter().map(|criterion| criterion.code.as_str()));
        return Err(refusal(format!("bộ tiêu chí không có mã này.{hint}")).at(code));
    };
    let criterion = &set.criteria[at];
    if value.is_null() || !set.exists_for(at, kind) {
        return Ok(Cell::UNKNOWN);
    }
    let asked = Asked { set, kind, answers };
    asked.cell(criterion, value).map_err(|say| refusal(say).at(code))
}

fn refusal(say: String) -> Refusal {
    Refusal::new("answers.value", say)
}

/// "2026-01-31", exactly ten characters: nothing shorter or longer is a day.
pub(crate) fn read_day(text: &str) -> Option<Date> {
    if text.len() == 10 { Date::from_str(text).ok() } else { None }
}
