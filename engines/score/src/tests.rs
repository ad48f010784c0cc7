#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod checks;
mod contract;
mod measures;
mod properties;
mod ranks;
mod refusals;
mod robustness;
mod round_trip;
mod sums;

use std::str::FromStr;

use base::{Decimal, Exact};
use serde_json::{Value, json};

use crate::set::CriteriaSet;
use crate::{Detail, Reading, UnitScore, answers, read, score};

fn dec(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

fn exact(text: &str) -> Exact {
    Exact::from(dec(text))
}

fn frac(num: i64, den: i64) -> Exact {
    Exact::ratio(num, den).unwrap()
}

/// A set of these criteria for one kind of unit, rounded as the contract's example; `more` overrides its keys.
fn set_value(criteria: Value, more: Value) -> Value {
    let mut set = json!({
        "code": "thu", "name": "Bộ thử", "source": "QĐ thử", "applies_to": ["so"],
        "rounding": { "leaf": 3, "total": 2 }, "criteria": criteria,
    });
    for (key, value) in more.as_object().unwrap() {
        set[key] = value.clone();
    }
    set
}

fn good(value: &Value) -> CriteriaSet {
    let reading = read(value);
    let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    reading.set.unwrap_or_else(|| panic!("{}", told.join("\n")))
}

fn set(criteria: Value, more: Value) -> CriteriaSet {
    good(&set_value(criteria, more))
}

fn problems(value: &Value) -> Reading {
    read(value)
}

/// Scores units given as `{"A": {"1": {…}}}`.
fn scores(set: &CriteriaSet, units: Value) -> Vec<UnitScore> {
    scores_of(set, json!({ "units": units }))
}

fn scores_of(set: &CriteriaSet, file: Value) -> Vec<UnitScore> {
    let group = answers::read(set, &file).unwrap_or_else(|refusals| panic!("{refusals:?}"));
    score(set, &group, Detail::Explained).unwrap()
}

fn one(set: &CriteriaSet, answers: Value) -> UnitScore {
    scores(set, json!({ "A": answers })).remove(0)
}

/// A set of one leaf with this measure out of `max`, not rounded.
fn leaf_set(max: &str, measure: Value) -> CriteriaSet {
    let leaf = json!([{ "code": "1", "name": "Một", "max": max, "measure": measure, "zero_if": "Làm muộn" }]);
    set(leaf, json!({ "rounding": { "total": 2 } }))
}

/// Points of one answer to one measure, none if unknown.
fn points(max: &str, measure: Value, answer: Value) -> Option<Exact> {
    one(&leaf_set(max, measure), json!({ "1": answer })).lines[0].points.clone()
}

fn why(max: &str, measure: Value, answer: Value) -> String {
    one(&leaf_set(max, measure), json!({ "1": answer })).lines[0].why.replace('\u{a0}', " ")
}

fn refused(set: &CriteriaSet, file: Value) -> Vec<String> {
    match answers::read(set, &file) {
        Ok(_) => panic!("taken: {file}"),
        Err(refusals) => refusals.into_iter().map(|refusal| refusal.say).collect(),
    }
}
