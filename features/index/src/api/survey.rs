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
    let (_, _, rows) = actions::survey_table(&mut caller.site.db.read().await?, &caller.scope, id).await?;
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "unit": row.key, "unit_name": row.unit, "kind": row.kind, "code": row.code, "name": row.name,
                "options": row.options, "answer": row.value, "held": row.held,
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

impl Results {
    fn rows(self) -> Vec<SurveyAnswer> {
        let row = |unit: &str, (code, value): (String, Value)| SurveyAnswer {
            place: format!("{unit}, {code}"),
            unit: unit.to_owned(),
            code,
            value,
        };
        self.units.into_iter().flat_map(|(unit, answers)| answers.into_iter().map(move |one| row(&unit, one))).collect()
    }
}

pub async fn import(caller: Caller, Path(id): Path<RoundId>, Body(body): Body<Results>) -> JsonAnswer {
    let taken = actions::import_survey(&caller.site, &caller.scope, id, &body.rows()).await?;
    answer_json(&json!({ "taken": taken }), None)
}

/// What an import would take, and each cell that it would not; nothing is kept.
pub async fn check(caller: Caller, Path(id): Path<RoundId>, Body(body): Body<Results>) -> JsonAnswer {
    let check = actions::check_survey(&caller.site, &caller.scope, id, &body.rows()).await?;
    let errors: Vec<Value> =
        check.refusals.iter().map(|no| json!({ "place": no.field, "code": no.code, "say": no.say })).collect();
    answer_json(&json!({ "good": check.good.len(), "changed": check.changed, "errors": errors }), None)
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
