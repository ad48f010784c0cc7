//! The demo's data files, in the binary, as they are read.

use base::{Date, Refusal};
use people::Failure;
use serde::Deserialize;
use std::collections::BTreeMap;

macro_rules! data {
    ($path:literal) => {
        include_str!(concat!("../../../data/", $path))
    };
}

pub const UNITS: [&str; 2] = [data!("units/quang-tri-2020.toml"), data!("units/quang-tri-2026.toml")];

/// Answers and verdicts by the names that `rounds.toml` calls them.
const FILES: &[(&str, &str)] = &[
    ("answers/2019-so.json", data!("demo/answers/2019-so.json")),
    ("answers/2019-huyen.json", data!("demo/answers/2019-huyen.json")),
    ("answers/2019-so.verdicts.json", data!("demo/answers/2019-so.verdicts.json")),
    ("answers/2019-huyen.verdicts.json", data!("demo/answers/2019-huyen.verdicts.json")),
    ("answers/2020-so.json", data!("demo/answers/2020-so.json")),
    ("answers/2020-so.survey.json", data!("demo/answers/2020-so.survey.json")),
    ("answers/2020-huyen.json", data!("demo/answers/2020-huyen.json")),
    ("answers/2020-xa.json", data!("demo/answers/2020-xa.json")),
    ("answers/2026-so.json", data!("demo/answers/2026-so.json")),
    ("answers/2026-xa.json", data!("demo/answers/2026-xa.json")),
    ("facts-2020.csv", data!("demo/facts-2020.csv")),
    ("facts-2026.csv", data!("demo/facts-2026.csv")),
];

/// A file of the demo by its name.
pub fn file(name: &str) -> Result<&'static str, Failure> {
    FILES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
        .ok_or_else(|| bad(name, "không có trong chương trình"))
}

fn bad(name: &str, why: impl std::fmt::Display) -> Failure {
    Refusal::new("demo-file", format!("Tệp dữ liệu mẫu {name}: {why}.")).into()
}

/// All of it.
pub struct World {
    pub accounts: Vec<Account>,
    pub rounds: Vec<Round>,
    pub appraisers: Vec<Appraiser>,
    pub assignments: Vec<Assignment>,
    pub evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
pub struct Account {
    pub login: String,
    pub name: String,
    pub title: String,
    pub roles: Vec<Grant>,
}

#[derive(Deserialize)]
pub struct Grant {
    pub unit: String,
    pub role: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub lent_by: Option<String>,
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
pub struct Round {
    pub key: String,
    pub name: String,
    pub year: i64,
    pub province: String,
    pub status: String,
    #[serde(flatten)]
    pub days: index::model::Days,
    pub decision: Option<String>,
    pub decided_on: Option<Date>,
    /// Kind of unit to code of the set.
    pub sets: BTreeMap<String, String>,
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    #[serde(default)]
    pub verdicts: BTreeMap<String, String>,
    #[serde(default)]
    pub survey: BTreeMap<String, String>,
    pub facts: Option<String>,
}

#[derive(Deserialize)]
pub struct Appraiser {
    pub rounds: Vec<String>,
    pub unit: String,
    pub fields: Vec<String>,
    /// Who appraises the watching department's own card.
    pub own: String,
}

#[derive(Deserialize)]
pub struct Assignment {
    pub rounds: Vec<String>,
    pub unit: String,
    pub office: String,
    pub account: Option<String>,
    pub codes: Vec<String>,
}

#[derive(Clone, Deserialize)]
pub struct Evidence {
    pub unit: String,
    pub year: i64,
    pub number: String,
    pub issued: Date,
    pub issuer: String,
    pub summary: String,
    pub proves: Vec<Proof>,
}

#[derive(Clone, Deserialize)]
pub struct Proof {
    pub code: String,
    pub place: String,
}

impl World {
    pub fn read() -> Result<World, Failure> {
        #[derive(Deserialize)]
        struct People {
            accounts: Vec<Account>,
        }
        #[derive(Deserialize)]
        struct Rounds {
            rounds: Vec<Round>,
            appraisers: Vec<Appraiser>,
        }
        #[derive(Deserialize)]
        struct Assignments {
            assignments: Vec<Assignment>,
        }
        #[derive(Deserialize)]
        struct Documents {
            evidence: Vec<Evidence>,
        }
        let People { accounts } = parse("people.toml", data!("demo/people.toml"))?;
        let Rounds { rounds, appraisers } = parse("rounds.toml", data!("demo/rounds.toml"))?;
        let Assignments { assignments } = parse("assignments.toml", data!("demo/assignments.toml"))?;
        let Documents { evidence } = parse("evidence.toml", data!("demo/evidence.toml"))?;
        Ok(World { accounts, rounds, appraisers, assignments, evidence })
    }
}

fn parse<T: for<'a> Deserialize<'a>>(name: &str, text: &str) -> Result<T, Failure> {
    toml::from_str(text).map_err(|error| bad(name, error))
}
