//! The catalogue for programs: the same verbs as the screens.

mod described;

pub use described::described;

use crate::actions;
use crate::model::Entry;
use axum::extract::{Path, Query};
use base::Date;
use people::Role;
use procedure::Procedure;
use rulebook::EditionId;
use serde::Deserialize;
use serde_json::json;
use web::{Body, Caller, Cursor, IfMatch, JsonAnswer, Routes, Who, done, json as answer};

const ADMIN: Who = Who::KeyOf(&[Role::Admin]);

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/procedures", Who::Key, all)
        .post("/api/v1/procedures", ADMIN, keep)
        .post("/api/v1/procedures/check", ADMIN, check)
        .get("/api/v1/procedures/{code}", Who::Key, one)
        .get("/api/v1/procedures/{code}/editions", Who::Key, editions)
        .post("/api/v1/procedure-editions/{edition}/publish", ADMIN, publish)
        .post("/api/v1/procedure-editions/{edition}/abolish", ADMIN, abolish)
        .delete("/api/v1/procedure-editions/{edition}", ADMIN, discard)
}

#[derive(Deserialize)]
struct On {
    on: Option<Date>,
}

async fn all(caller: Caller, Query(cursor): Query<Cursor>, Query(asked): Query<On>) -> JsonAnswer {
    let day = asked.on.unwrap_or(caller.scope.today());
    let entries = actions::in_force(&mut caller.site.db.read().await?, day).await?;
    cursor.page(entries, |entry: &Entry| entry.edition.to_string())
}

async fn one(caller: Caller, Path(code): Path<String>, Query(asked): Query<On>) -> JsonAnswer {
    let day = asked.on.unwrap_or(caller.scope.today());
    let found = actions::public(&mut caller.site.db.read().await?, &code, day).await?;
    answer(&json!({ "entry": found.entry, "procedure": found.one }), Some(found.edition.version))
}

async fn editions(caller: Caller, Path(code): Path<String>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let entries = actions::find(&mut caller.site.db.read().await?, &caller.scope, &code).await?;
    cursor.page(entries, |entry: &Entry| entry.edition.to_string())
}

/// What taking these procedures would find and change; nothing is kept.
async fn check(caller: Caller, Body(body): Body<Many>) -> JsonAnswer {
    let found = actions::preview(&mut caller.site.db.read().await?, &caller.scope, body.procedures).await?;
    web::page_of(&found.seen, None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Many {
    procedures: Vec<Procedure>,
}

/// Keeps them as drafts, all or none.
async fn keep(caller: Caller, Body(body): Body<Many>) -> JsonAnswer {
    let kept = actions::keep(&caller.site, &caller.scope, body.procedures).await?;
    answer(&json!({ "kept": kept }), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    /// Number, day and issuer of the decision.
    source: String,
}

async fn publish(
    caller: Caller,
    Path(id): Path<EditionId>,
    IfMatch(version): IfMatch,
    Body(body): Body<Decided>,
) -> JsonAnswer {
    actions::publish(&caller.site, &caller.scope, id, version, &body.source).await?;
    now(&caller, id).await
}

/// The edition as it is now, with its version.
async fn now(caller: &Caller, id: EditionId) -> JsonAnswer {
    let (edition, _) = actions::edition(&mut caller.site.db.read().await?, &caller.scope, id).await?;
    answer(&edition, Some(edition.version))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abolished {
    /// The first day on which it is no more in force.
    on: Date,
    source: String,
}

async fn abolish(
    caller: Caller,
    Path(id): Path<EditionId>,
    IfMatch(version): IfMatch,
    Body(body): Body<Abolished>,
) -> JsonAnswer {
    actions::abolish(&caller.site, &caller.scope, id, version, Some(body.on), &body.source).await?;
    now(&caller, id).await
}

async fn discard(caller: Caller, Path(id): Path<EditionId>, IfMatch(version): IfMatch) -> JsonAnswer {
    actions::discard(&caller.site, &caller.scope, id, version).await?;
    done()
}
