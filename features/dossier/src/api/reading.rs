//! Lists and single dossiers.

use crate::actions;
use crate::model::*;
use axum::extract::{Path, Query};
use base::{Refusal, Timestamp};
use people::{Failure, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Caller, Cursor, JsonAnswer, json as answer, page_of};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    procedure: String,
    #[serde(default)]
    words: String,
    due_before: Option<Timestamp>,
    received_from: Option<Timestamp>,
    received_before: Option<Timestamp>,
    office: Option<UnitId>,
    #[serde(default)]
    holder: String,
}

/// A line of a list, as the screens show it.
#[derive(Serialize)]
struct Line {
    id: DossierId,
    code: String,
    name: String,
    owner: String,
    channel: Channel,
    state: State,
    step: String,
    office: String,
    holder: String,
    received: Timestamp,
    due: Option<Timestamp>,
    step_due: Option<Timestamp>,
    resolved: Option<Timestamp>,
    ended: Option<Timestamp>,
    version: i64,
}

impl From<Listed> for Line {
    fn from(one: Listed) -> Line {
        let Listed { id, code, name, owner, channel, state, step, office, holder, .. } = one;
        let (received, due, step_due, resolved, ended) = (one.received, one.due, one.step_due, one.resolved, one.ended);
        let version = one.version;
        Line {
            id,
            code,
            name,
            owner,
            channel,
            state,
            step,
            office,
            holder,
            received,
            due,
            step_due,
            resolved,
            ended,
            version,
        }
    }
}

/// One state at a time, soonest due first; the cursor is how many lines lie before.
pub async fn all(caller: Caller, Query(cursor): Query<Cursor>, Query(asked): Query<Asked>) -> JsonAnswer {
    let state = match asked.state.as_str() {
        "" => State::Processing,
        word => State::of(word).ok_or_else(|| unknown_state(word))?,
    };
    let filter = Filter {
        state,
        field: asked.field,
        procedure: asked.procedure,
        words: base::text::fold(&asked.words),
        due_from: None,
        due_before: asked.due_before,
        step_before: None,
        received_from: asked.received_from,
        received_before: asked.received_before,
        office: asked.office,
        holder: holder(&asked.holder)?,
    };
    let (limit, from) = (cursor.limit()? as i64, cursor.after::<i64>()?.unwrap_or(0).max(0));
    let mut conn = caller.site.db.read().await?;
    let mut found = actions::list(&mut conn, &caller.scope, &filter, from, limit + 1).await?;
    let next = (found.len() as i64 > limit).then(|| (from + limit).to_string());
    found.truncate(usize::try_from(limit).unwrap_or(0));
    page_of(&found.into_iter().map(Line::from).collect::<Vec<_>>(), next)
}

/// Who holds what is asked for: an account, or nobody.
fn holder(asked: &str) -> Result<HeldBy, Failure> {
    match asked {
        "" => Ok(HeldBy::Anyone),
        "none" => Ok(HeldBy::Nobody),
        id => id.parse().map(HeldBy::One).map_err(|_| {
            let say = "Ghi mã tài khoản của người giữ, hoặc “none”: chưa giao riêng ai.";
            Refusal::new("holder", say).at("holder").into()
        }),
    }
}

fn unknown_state(word: &str) -> Failure {
    let words: Vec<&str> = State::ALL.iter().map(|state| state.code()).collect();
    let say = format!("Không có trạng thái “{word}”. Các trạng thái: {}.", words.join(", "));
    Refusal::new("state", say).at("state").into()
}

/// One dossier with all that belongs to it; that it was read stands in the journal.
pub async fn one(caller: Caller, Path(id): Path<DossierId>) -> JsonAnswer {
    now(&caller, id).await
}

/// A dossier as it is now, with its version.
pub async fn now(caller: &Caller, id: DossierId) -> JsonAnswer {
    let at = actions::opened(&caller.site.db, &caller.scope, id).await?;
    let seen = actions::seen(&caller.site, &caller.scope, &at).await?.of(at);
    let at = &seen.at;
    let ways = |step: &workflow::Step| {
        let moves = step.moves.iter().enumerate().map(|(nth, one)| {
            let to: Vec<&str> = one.to.iter().map(|to| at.process.steps[*to].code.as_str()).collect();
            json!({ "onward": nth, "to": to, "case": one.case, "chosen": one.chosen, "back": one.back })
        });
        moves.collect::<Vec<_>>()
    };
    let mine: Vec<_> = at
        .all_mine(&caller.scope)
        .into_iter()
        .map(|(step, of)| json!({ "step": step.code, "needs": of.needs, "ends": of.end, "moves": ways(of) }))
        .collect();
    let body = json!({
        "dossier": at.dossier,
        "steps": at.steps,
        "mine": mine,
        "papers": seen.attached.papers,
        "fees": seen.past.fees,
        "asks": seen.past.asks,
        "awaited": seen.brought.awaited,
        "results": seen.brought.results,
        "events": seen.past.events,
        "why": seen.told.why,
    });
    answer(&body, Some(at.dossier.version))
}

/// What other agencies ask of this one.
pub async fn helping(caller: Caller, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let all = actions::helping(&mut caller.site.db.read().await?, &caller.scope).await?;
    cursor.page(all, |one: &Helping| format!("{}/{}", one.dossier, one.asked))
}
