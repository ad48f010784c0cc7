//! What administrators only read: rule editions, the journal, what runs here.

use crate::actions::journal::lines;
use crate::actions::{editions as rules_kept, seen};
use crate::deeds;
use axum::extract::{Path, Query};
use base::text;
use journal::Line;
use rulebook::{EditionId, Status};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Caller, Cursor, JsonAnswer, json as answer_json, page_of};

#[derive(Deserialize)]
pub struct EditionsAsked {
    #[serde(default)]
    q: String,
    status: Option<Status>,
}

pub async fn editions(caller: Caller, Query(asked): Query<EditionsAsked>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let mut all = rules_kept::editions(&caller.site, &caller.scope).await?;
    let words = text::fold(&asked.q);
    all.retain(|head| {
        asked.status.is_none_or(|status| head.status == status)
            && text::matches(&text::fold(&format!("{} {} {}", head.code, head.name, head.source)), &words)
    });
    cursor.page(all, |head| head.id.to_string())
}

pub async fn edition(caller: Caller, Path(id): Path<EditionId>) -> JsonAnswer {
    let edition = rules_kept::edition(&caller.site, &caller.scope, id).await?;
    answer_json(&edition, Some(edition.version))
}

#[derive(Deserialize)]
pub struct LinesAsked {
    #[serde(default)]
    who: String,
    /// The beginning of a deed: "unit.", "unit.saved".
    #[serde(default)]
    what: String,
}

/// Newest first. A rare name is looked for in a part of the journal at a time: a page may be short, or empty, and have
/// a next one.
pub async fn journal(caller: Caller, Query(asked): Query<LinesAsked>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let before = cursor.after()?.unwrap_or(i64::MAX);
    let most = i64::try_from(cursor.limit()?).unwrap_or(i64::MAX);
    let found = lines(&caller.site, &caller.scope, &asked.who, &asked.what, before, most).await?;
    let items: Vec<Value> = found.lines.iter().map(shown).collect();
    page_of(&items, found.next.map(|seq| seq.to_string()))
}

/// What stood before and after was JSON, and is given as JSON.
fn shown(line: &Line) -> Value {
    let side = |text: &Option<String>| -> Option<Value> { serde_json::from_str(text.as_deref()?).ok() };
    json!({
        "seq": line.seq, "at": line.at, "who": line.who, "unit": line.unit, "what": line.what,
        "says": deeds::name(&line.what), "about_kind": line.about_kind, "about": line.about,
        "before": side(&line.before), "after": side(&line.after),
    })
}

/// Walks the whole chain, as the page does.
pub async fn verification(caller: Caller) -> JsonAnswer {
    let found = match journal::verify(&caller.site.db).await? {
        Ok(lines) => json!({ "whole": true, "lines": lines, "broken": null }),
        Err(broken) => json!({ "whole": false, "lines": null, "broken": broken.to_string() }),
    };
    answer_json(&found, None)
}

pub async fn system(caller: Caller) -> JsonAnswer {
    let site = &caller.site;
    let counts = seen::counts(site, &caller.scope).await?;
    let standing = site.db.standing().await?;
    let shown = json!({
        "version": env!("CARGO_PKG_VERSION"), "now": site.now(),
        "database": if site.db.is_postgres() { "postgresql" } else { "sqlite" },
        "migrations": standing.done.len(), "migrations_ahead": standing.ahead.len(), "counts": counts,
    });
    answer_json(&shown, None)
}
