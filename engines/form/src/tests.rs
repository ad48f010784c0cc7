#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod expressions;
mod golden;
mod reading;
mod settling;

use crate::*;
use base::{Date, Timestamp};
use serde_json::{Map, Value as Json};

/// A form in TOML.
fn file(toml: &str) -> File {
    toml::from_str(toml).unwrap()
}

fn form(toml: &str) -> Form {
    let reading = read(&file(toml));
    let said: Vec<String> = reading.problems.iter().map(Problem::to_string).collect();
    reading.form.unwrap_or_else(|| panic!("{}", said.join("\n")))
}

fn given(json: &str) -> Map<String, Json> {
    serde_json::from_str(json).unwrap()
}

fn today() -> Date {
    "2026-09-05".parse().unwrap()
}

/// 08:30:15,250 in Việt Nam.
fn now() -> Timestamp {
    "2026-09-05T01:30:15.250Z".parse().unwrap()
}

fn settled<'f>(form: &'f Form, json: &str) -> Settled<'f> {
    settle(form, &given(json), today(), now())
}

/// `code@path`, in order.
fn refused(settled: &Settled<'_>) -> Vec<String> {
    settled.refusals.iter().map(|no| format!("{}@{}", no.code, no.field.as_deref().unwrap_or_default())).collect()
}
