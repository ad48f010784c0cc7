//! Facts for programs. Periods are half-open: the year 2026 is from 2026-01-01 to 2027-01-01.

use super::named;
use crate::actions::{self, FactsAsked};
use axum::extract::{Path, Query};
use base::{Date, Decimal};
use fact::{FactId, New};
use people::UnitId;
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Body, Caller, Cursor, JsonAnswer, json as answer_json, page_of};

#[derive(Deserialize)]
pub struct Asked {
    unit: Option<UnitId>,
    what: Option<String>,
    from: Option<Date>,
    to: Option<Date>,
    manual: Option<bool>,
}

pub async fn all(caller: Caller, Query(asked): Query<Asked>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let Asked { unit, what, from, to, manual } = asked;
    let most = i64::try_from(cursor.limit()? + 1).unwrap_or(i64::MAX);
    let asked = FactsAsked { unit, what, from, to, manual };
    let facts = actions::facts(&caller.site, &caller.scope, asked, cursor.after()?, most).await?;
    cursor.begun(facts, |fact| fact.id.to_string())
}

pub async fn one(caller: Caller, Path(id): Path<FactId>) -> JsonAnswer {
    answer_json(&actions::fact_seen(&caller.site, &caller.scope, id).await?, None)
}

/// The fact that stands for the same unit and period, and all that it replaced, newest first.
pub async fn history(caller: Caller, Path(id): Path<FactId>) -> JsonAnswer {
    let fact = actions::fact_seen(&caller.site, &caller.scope, id).await?;
    let mut conn = caller.site.db.read().await?;
    page_of(&fact::history(&mut conn, fact.unit, &fact.what, fact.from, fact.to).await?, None)
}

pub async fn catalogue(_: Caller) -> JsonAnswer {
    let known = fact::catalogue().iter().map(
        |known| json!({ "code": known.code, "name": known.name, "measure": known.measure, "whole": known.is_whole() }),
    );
    page_of(&known.collect::<Vec<Value>>(), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    what: String,
    unit: UnitId,
    from: Date,
    to: Date,
    value: Decimal,
    source: String,
    link: Option<String>,
    /// The fact that is seen standing for this period; none is seen where this is left out.
    replaces: Option<FactId>,
}

pub async fn record(caller: Caller, Body(body): Body<Recorded>) -> JsonAnswer {
    let Recorded { what, unit, from, to, value, source, link, replaces } = body;
    let new = New { what, unit, from, to, value, source, link, manual: true };
    answer_json(&actions::enter_fact(&caller.site, &caller.scope, new, replaces).await.map_err(named)?, None)
}
