//! The survey of a round: what is known of it, its results, who held none.

use crate::actions::{self, SurveyAnswer};
use crate::model::*;
use axum::extract::{Path, Query};
use people::UnitId;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Body, Caller, Cursor, JsonAnswer, json as answer_json};

/// Every unit with every criterion that the survey fills, and what is stored.
pub async fn table(caller: Caller, Path(id): Path<RoundId>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let (_, cards, rows) = actions::survey_table(&mut caller.site.db.read().await?, &caller.scope, id).await?;
    let held = |unit: &str| cards.iter().find(|card| card.unit_name == unit).is_some_and(|card| card.survey_held);
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "unit": row.key, "unit_name": row.unit, "kind": row.kind, "code": row.code, "name": row.name,
                "options": row.options, "answer": row.value, "held": held(&row.unit),
            })
        })
        .collect();
    let word = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    cursor.page(rows, |row| format!("{}|{}", word(row, "unit"), word(row, "code")))
}

/// `{"units": {"Sở A": {"8.1": {…}}}}`, the survey's criteria only; a unit by its name, its short name or its key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    units: BTreeMap<String, BTreeMap<String, Value>>,
}

pub async fn import(caller: Caller, Path(id): Path<RoundId>, Body(body): Body<Results>) -> JsonAnswer {
    let mut rows = Vec::new();
    for (unit, answers) in body.units {
        for (code, value) in answers {
            rows.push(SurveyAnswer { place: format!("{unit}, {code}"), unit: unit.clone(), code, value });
        }
    }
    let taken = actions::import_survey(&caller.site, &caller.scope, id, &rows).await?;
    answer_json(&json!({ "taken": taken }), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotHeld {
    /// All that held none; every other unit of the round held one.
    units: Vec<UnitId>,
}

pub async fn not_held(caller: Caller, Path(id): Path<RoundId>, Body(body): Body<NotHeld>) -> JsonAnswer {
    let changed = actions::set_survey_held(&caller.site, &caller.scope, id, &body.units).await?;
    answer_json(&json!({ "changed": changed }), None)
}
