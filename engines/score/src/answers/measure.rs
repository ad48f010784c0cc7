//! The answer to one measure: its fields, their types, and what is refused.

use base::number::{read_file, vi};
use base::{Date, Decimal};
use serde_json::{Map, Value};

use super::read_day;
use crate::answer::{Answer, Cell};
use crate::near;
use crate::set::{CriteriaSet, Criterion, Measure, On, With};

/// A refusal's sentence; who and where is added by the caller.
type Say = String;

/// What may stand beside any answer.
const BESIDE: [&str; 2] = ["zero_if", "not_applicable"];

/// Who answers, and what else they answered.
pub(super) struct Asked<'a> {
    pub set: &'a CriteriaSet,
    pub kind: &'a str,
    pub answers: &'a Map<String, Value>,
}

type Object = Map<String, Value>;

impl Asked<'_> {
    pub fn cell(&self, criterion: &Criterion, value: &Value) -> Result<Cell, Say> {
        let object = value.as_object().ok_or("câu trả lời phải có dạng {…} hoặc null.")?;
        let zero_if = flag(object, "zero_if")?;
        let not_applicable = flag(object, "not_applicable")?;
        if zero_if == Some(true) && criterion.zero_if.is_none() {
            return Err("tiêu chí này không có điều kiện cho 0 điểm (zero_if).".into());
        }
        let answer = match &criterion.measure {
            Some(measure) => self.answer(measure, criterion.max.unwrap_or_default(), object, &BESIDE)?,
            None => {
                only(object, &["not_applicable"], &[]).map_err(|_| {
                    "tiêu chí cha không có câu trả lời; trả lời từng tiêu chí con, hoặc {\"not_applicable\": true}."
                })?;
                Answer::Unknown
            }
        };
        Ok(Cell { answer, zero_if, not_applicable, fixed: None })
    }

    fn answer(&self, measure: &Measure, max: Decimal, object: &Object, beside: &[&str]) -> Result<Answer, Say> {
        match measure {
            Measure::YesNo => yes_no(object, beside),
            Measure::Choice { options } => choice(object, beside, options.len()),
            Measure::Bands { .. } => bands(object, beside),
            Measure::Ratio { part, whole, .. } => {
                only(object, &["part", "whole"], beside)?;
                share(object, part, whole)
            }
            Measure::Count { .. } | Measure::Relative { .. } => {
                only(object, &["value"], beside)?;
                Ok(amount(object, "value", "value")?.map_or(Answer::Unknown, Answer::Value))
            }
            Measure::Checklist { items } => checklist(object, beside, items.len()),
            Measure::Deduct { cases, .. } => {
                only(object, &["cases"], beside)?;
                Ok(counts(object, "cases", cases.len())?.map_or(Answer::Unknown, Answer::Cases))
            }
            Measure::Deadline { .. } => deadline(object, beside),
            Measure::Survey { weights, .. } => {
                only(object, &["answers"], beside)?;
                Ok(counts(object, "answers", weights.len())?.map_or(Answer::Unknown, Answer::Tally))
            }
            Measure::Versus { with: With::Mean, .. } => {
                only(object, &["value"], beside)?;
                Ok(number(object, "value")?.map_or(Answer::Unknown, Answer::Value))
            }
            Measure::Versus { with: With::LastYear, .. } => over_years(object, beside),
            Measure::BestOf { measures } => self.best_of(measures, max, object, beside),
            Measure::By { on, cases } => self.by(on, cases, max, object, beside),
            Measure::Points { step } => points(object, beside, *step, max),
        }
    }

    fn best_of(&self, measures: &[Measure], max: Decimal, object: &Object, beside: &[&str]) -> Result<Answer, Say> {
        only(object, &["measures"], beside)?;
        let Some(list) = list(object, "measures", measures.len())? else { return Ok(Answer::Unknown) };
        let mut answers = Vec::with_capacity(list.len());
        for (i, (value, measure)) in list.iter().zip(measures).enumerate() {
            answers.push(match value {
                Value::Null => Answer::Unknown,
                Value::Object(object) => {
                    self.answer(measure, max, object, &[]).map_err(|say| format!("cách chấm thứ {}: {say}", i + 1))?
                }
                _ => return Err(format!("cách chấm thứ {}: phải có dạng {{…}} hoặc null.", i + 1)),
            });
        }
        Ok(Answer::Many(answers))
    }

    fn by(
        &self,
        on: &On,
        cases: &[(String, Measure)],
        max: Decimal,
        object: &Object,
        beside: &[&str],
    ) -> Result<Answer, Say> {
        let mut beside = beside.to_vec();
        let chosen = match on {
            On::Kind => Some(self.kind.to_owned()).filter(|kind| !kind.is_empty()),
            On::Criterion(code) => self.told(code, cases.len()),
            On::Phase => {
                beside.push("phase");
                match object.get("phase") {
                    None | Some(Value::Null) => None,
                    Some(Value::String(phase)) => Some(phase.clone()),
                    Some(_) => return Err("“phase” phải là một từ trong dấu nháy.".into()),
                }
            }
        };
        let Some(chosen) = chosen else {
            // Not known which measure it is: the fields must fit one of them, and mean nothing yet.
            let mut fits = cases.iter().map(|(_, measure)| self.answer(measure, max, object, &beside));
            let first = fits.next().unwrap_or(Ok(Answer::Unknown));
            return if first.is_ok() || fits.any(|fit| fit.is_ok()) { Ok(Answer::Unknown) } else { first };
        };
        let Some(case) = cases.iter().position(|(name, _)| *name == chosen) else {
            let names = cases.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
            let hint = near::suggestion(&chosen, names.iter().copied());
            return Err(format!("không có cách chấm cho “{chosen}”; chỉ có: {}.{hint}", names.join(", ")));
        };
        let answer = self.answer(&cases[case].1, max, object, &beside)?;
        Ok(if answer == Answer::Unknown { answer } else { Answer::Chosen { case, answer: Box::new(answer) } })
    }

    /// What another criterion was answered, as a case's name: the option, or true/false. A wrong answer there is
    /// refused there; here it is not known. `fuel` ends the search even in a set that asks in circles.
    fn told(&self, code: &str, fuel: usize) -> Option<String> {
        let at = self.set.position(code).filter(|at| self.set.exists_for(*at, self.kind))?;
        let object = self.answers.get(code)?.as_object()?;
        let away = |at: usize| {
            let cell = self.answers.get(&self.set.criteria[at].code);
            cell.and_then(|cell| cell.get("not_applicable")).is_some_and(|away| away != &Value::Bool(false))
        };
        if self.set.upward(at).any(away) {
            return None;
        }
        self.told_by(self.set.criteria[at].measure.as_ref()?, object, fuel)
    }

    fn told_by(&self, measure: &Measure, object: &Object, fuel: usize) -> Option<String> {
        match measure {
            Measure::YesNo => Some(object.get("yes")?.as_bool()?.to_string()),
            Measure::Choice { .. } => Some(object.get("choice")?.as_u64()?.to_string()),
            Measure::By { on, cases } if fuel > 0 => {
                let chosen = match on {
                    On::Kind => self.kind.to_owned(),
                    On::Phase => object.get("phase")?.as_str()?.to_owned(),
                    On::Criterion(code) => self.told(code, fuel - 1)?,
                };
                let (_, inner) = cases.iter().find(|(name, _)| *name == chosen)?;
                self.told_by(inner, object, fuel - 1)
            }
            _ => None,
        }
    }
}

fn yes_no(object: &Object, beside: &[&str]) -> Result<Answer, Say> {
    only(object, &["yes"], beside)?;
    match object.get("yes") {
        None | Some(Value::Null) => Ok(Answer::Unknown),
        Some(Value::Bool(yes)) => Ok(Answer::Yes(*yes)),
        Some(_) => Err("“yes” phải là true hoặc false.".into()),
    }
}

fn choice(object: &Object, beside: &[&str], options: usize) -> Result<Answer, Say> {
    only(object, &["choice"], beside)?;
    match object.get("choice").filter(|value| !value.is_null()) {
        None => Ok(Answer::Unknown),
        Some(value) => Ok(Answer::Choice(position(value, "choice", options)?)),
    }
}

fn bands(object: &Object, beside: &[&str]) -> Result<Answer, Say> {
    only(object, &["value", "part", "whole"], beside)?;
    if !object.contains_key("value") {
        return share(object, "part", "whole");
    }
    if object.contains_key("part") || object.contains_key("whole") {
        return Err("chỉ ghi “value”, hoặc “part” và “whole”, không ghi cả hai.".into());
    }
    // A rate of growth may be below zero; it is below the last band then.
    Ok(number(object, "value")?.map_or(Answer::Unknown, Answer::Value))
}

/// A part of a whole, called by the words of the set.
fn share(object: &Object, part: &str, whole: &str) -> Result<Answer, Say> {
    let (got, of) = (amount(object, "part", part)?, amount(object, "whole", whole)?);
    let (Some(got), Some(of)) = (got, of) else { return Ok(Answer::Unknown) };
    if of.is_zero() && !got.is_zero() {
        return Err(format!("“{whole}” là 0 mà “{part}” là {}.", vi(&got)));
    }
    if got > of {
        return Err(format!("“{part}” ({}) lớn hơn “{whole}” ({}).", vi(&got), vi(&of)));
    }
    Ok(Answer::Share { part: got, whole: of })
}

fn checklist(object: &Object, beside: &[&str], items: usize) -> Result<Answer, Say> {
    only(object, &["items"], beside)?;
    let Some(value) = object.get("items").filter(|value| !value.is_null()) else { return Ok(Answer::Unknown) };
    let list = value.as_array().ok_or("“items” phải là danh sách số thứ tự các mục đạt, ví dụ [0, 2].")?;
    let mut met = Vec::with_capacity(list.len());
    let mut known = true;
    for value in list {
        if value.is_null() {
            known = false;
            continue;
        }
        let item = position(value, "items", items)?;
        if met.contains(&item) {
            return Err(format!("mục {item} ghi hai lần trong “items”."));
        }
        met.push(item);
    }
    Ok(if known { Answer::Items(met) } else { Answer::Unknown })
}

fn deadline(object: &Object, beside: &[&str]) -> Result<Answer, Say> {
    only(object, &["from", "done", "never"], beside)?;
    let from = day(object, "from")?;
    let done = day(object, "done")?;
    match object.get("never") {
        Some(Value::Bool(true)) if done.is_some() => {
            Err("đã ghi ngày hoàn thành (done) thì không thể là không thực hiện (never).".into())
        }
        Some(Value::Bool(true)) => Ok(Answer::Never),
        Some(Value::Null) if !object.contains_key("done") => Ok(Answer::Unknown),
        None | Some(Value::Null | Value::Bool(false)) => Ok(match (from, done) {
            (Some(from), Some(done)) => Answer::Dates { from, done },
            _ => Answer::Unknown,
        }),
        Some(_) => Err("“never” phải là true hoặc false.".into()),
    }
}

fn over_years(object: &Object, beside: &[&str]) -> Result<Answer, Say> {
    only(object, &["value", "last_year"], beside)?;
    let (value, last_year) = (number(object, "value")?, number(object, "last_year")?);
    Ok(match (value, last_year) {
        (Some(value), Some(last_year)) => Answer::OverYears { value, last_year },
        _ => Answer::Unknown,
    })
}

fn points(object: &Object, beside: &[&str], step: Decimal, max: Decimal) -> Result<Answer, Say> {
    only(object, &["value"], beside)?;
    let Some(value) = amount(object, "value", "value")? else { return Ok(Answer::Unknown) };
    if value > max {
        return Err(format!("chấm {} điểm, quá điểm tối đa {}.", vi(&value), vi(&max)));
    }
    if !value.checked_rem(step).unwrap_or_default().is_zero() {
        return Err(format!("{} không phải bội số của bước chấm {}.", vi(&value), vi(&step)));
    }
    Ok(Answer::Value(value))
}

/// Refuses every field but these.
fn only(object: &Object, known: &[&str], beside: &[&str]) -> Result<(), Say> {
    let all = || known.iter().chain(beside).copied();
    match object.keys().find(|key| !all().any(|known| known == key.as_str())) {
        None => Ok(()),
        Some(key) => {
            let hint = near::suggestion(key, all());
            let fields = known.join(", ");
            Err(format!("không có trường “{key}”; câu trả lời gồm: {fields}.{hint}"))
        }
    }
}

fn flag(object: &Object, key: &str) -> Result<Option<bool>, Say> {
    match object.get(key) {
        None => Ok(Some(false)),
        Some(Value::Null) => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(_) => Err(format!("“{key}” phải là true hoặc false.")),
    }
}

/// A number as files have it: a string with a dot, so that no reader turns it into a float on the way.
fn number(object: &Object, key: &str) -> Result<Option<Decimal>, Say> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => read_file(text).map(Some).map_err(|refusal| format!("{key}: {}", refusal.say)),
        Some(other) => {
            Err(format!("“{key}” phải là số đặt trong dấu nháy, ví dụ \"{key}\": \"1.5\", không phải {other}."))
        }
    }
}

/// A number that cannot be below zero, called `word` in the sentence.
fn amount(object: &Object, key: &str, word: &str) -> Result<Option<Decimal>, Say> {
    match number(object, key)? {
        Some(number) if number.is_sign_negative() => Err(format!("“{word}” không được âm ({}).", vi(&number))),
        number => Ok(number),
    }
}

fn position(value: &Value, key: &str, of: usize) -> Result<usize, Say> {
    let place = value.as_u64().ok_or_else(|| {
        format!("“{key}” phải là số thứ tự (số nguyên, đếm từ 0, không đặt trong dấu nháy), không phải {value}.")
    })?;
    usize::try_from(place)
        .ok()
        .filter(|place| *place < of)
        .ok_or_else(|| format!("“{key}” là {place}, nhưng chỉ có các số thứ tự từ 0 đến {}.", of.saturating_sub(1)))
}

fn list<'v>(object: &'v Object, key: &str, of: usize) -> Result<Option<&'v Vec<Value>>, Say> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(list)) if list.len() == of => Ok(Some(list)),
        Some(Value::Array(list)) => Err(format!("“{key}” có {} phần tử, cần đúng {of}.", list.len())),
        Some(_) => Err(format!("“{key}” phải là một danh sách [ … ] gồm {of} phần tử.")),
    }
}

/// A count for each of the set's entries; one that is null leaves the whole unknown.
fn counts(object: &Object, key: &str, of: usize) -> Result<Option<Vec<u64>>, Say> {
    let Some(list) = list(object, key, of)? else { return Ok(None) };
    let mut counts = Vec::with_capacity(of);
    for value in list.iter().filter(|value| !value.is_null()) {
        counts.push(value.as_u64().ok_or_else(|| {
            format!("“{key}” phải gồm các số nguyên không âm, không đặt trong dấu nháy, không phải {value}.")
        })?);
    }
    Ok((counts.len() == of).then_some(counts))
}

fn day(object: &Object, key: &str) -> Result<Option<Date>, Say> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_str().and_then(read_day).map(Some).ok_or_else(|| {
            format!("“{key}” phải là một ngày có thật, viết năm-tháng-ngày như \"2026-01-31\", không phải {value}.")
        }),
    }
}
