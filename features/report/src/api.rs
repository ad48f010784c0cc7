//! Reports for programs: which there are and what is in them; statistics (SDMX, ADX); and the report service in the shape that
//! provinces use already (`bc`).

mod bc;
mod described;
mod statistics;

pub use described::described;

use crate::actions;
use crate::model::*;
use axum::extract::{Path, Query};
use base::Refusal;
use people::Failure;
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Caller, Cursor, JsonAnswer, Routes, Who, json as answer_json, page_of};

const KEY: Who = Who::Key;

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/reports", KEY, all)
        .get("/api/v1/reports/{id}", KEY, one)
        .get("/api/v1/report-figures/{code}", KEY, statistics::adx)
        .get("/api/sdmx/v1/dataflow/{agency}/{flow}", KEY, statistics::structure)
        .get("/api/sdmx/v1/dataflow/{agency}/{flow}/{version}", KEY, statistics::structure_of)
        .get("/api/sdmx/v1/datastructure/{agency}/{flow}", KEY, statistics::structure)
        .get("/api/sdmx/v1/datastructure/{agency}/{flow}/{version}", KEY, statistics::structure_of)
        .get("/api/sdmx/v1/data/{flow}", KEY, statistics::all)
        .get("/api/sdmx/v1/data/{flow}/{key}", KEY, statistics::some)
        .get("/api/bc/v1/offices", KEY, bc::offices)
        .get("/api/bc/v1/indicators", KEY, bc::values)
        .post("/api/bc/v1/indicators", KEY, bc::values_of)
        .get("/api/bc/v1/indicators/tree", KEY, bc::tree)
        .get("/api/bc/v1/indicators/hasdata", KEY, bc::has_data)
}

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
}

fn line(one: &Listed) -> Value {
    let Listed { report, code, period, name } = one;
    json!({
        "id": report.id, "code": code, "period": period, "name": name, "unit": report.unit, "unit_name": report.unit_name,
        "whole": report.gathers(), "state": report.state, "due": report.due, "first_sent": report.first_sent, "sent": report.sent,
        "filled": report.filled, "asked": report.asked, "number": report.number, "version": report.version,
    })
}

/// One part at a time; the cursor is how many lines lie before.
async fn all(caller: Caller, Query(cursor): Query<Cursor>, Query(wanted): Query<Wanted>) -> JsonAnswer {
    let state = match wanted.state.as_str() {
        "" => actions::ALL.to_owned(),
        word if State::of(word).is_some() => word.to_owned(),
        word => {
            let all: Vec<&str> = State::ALL.iter().map(|state| state.code()).collect();
            let say = format!("Không có giá trị “{word}”. Các giá trị: {}.", all.join(", "));
            return Err(Failure::from(Refusal::new("word", say).at("state")).into());
        }
    };
    let (limit, from) = (cursor.limit()? as i64, cursor.after::<i64>()?.unwrap_or(0).max(0));
    let filter = Filter { state, code: wanted.code, sort: "han".into(), ..Filter::default() };
    let mut conn = caller.site.db.read().await?;
    let mut found = actions::list(&mut conn, &caller.scope, filter, (from, limit + 1)).await?.lines;
    let next = (found.len() as i64 > limit).then(|| (from + limit).to_string());
    found.truncate(usize::try_from(limit).unwrap_or(0));
    page_of(&found.iter().map(line).collect::<Vec<_>>(), next)
}

/// One report: its figures by name, worked out ones among them, and its text.
async fn one(caller: Caller, Path(id): Path<ReportId>) -> JsonAnswer {
    let view = actions::seen(&caller.site, &caller.scope, id).await?;
    let report = &view.held.report;
    let figures = crate::rules::figures::told_with_derived(view.ready(), &view.sheets);
    let figure = |(name, value): (&Name, &base::Decimal)| json!({ "indicator": name.indicator, "part": name.part, "nature": name.nature.number(), "value": value.to_string() });
    let section = |section: &crate::regime::Section| json!({ "code": section.code, "heading": section.heading, "text": view.section(&section.code) });
    let listed = Listed {
        report: report.clone(),
        code: view.held.round.code.clone(),
        period: view.held.round.period.to_string(),
        name: view.ready().file.name.clone(),
    };
    let body = json!({
        "report": line(&listed),
        "figures": figures.iter().map(figure).collect::<Vec<_>>(),
        "sections": view.ready().sections.iter().map(section).collect::<Vec<_>>(),
    });
    answer_json(&body, Some(report.version))
}
