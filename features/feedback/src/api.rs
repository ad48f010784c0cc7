//! Phản ánh, kiến nghị for programs: the same verbs as the screens, and writing down what was said elsewhere.

mod described;

pub use described::described;

use crate::actions;
use crate::model::*;
use crate::rules::{OVERSEERS, WORKERS};
use axum::extract::{Path, Query};
use base::{Refusal, Timestamp};
use people::{AccountId, Failure, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Body, Caller, Cursor, IfMatch, JsonAnswer, Routes, Who, json as answer_json, page_of};

const WORK: Who = Who::KeyOf(WORKERS);
const OVERSEE: Who = Who::KeyOf(OVERSEERS);

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/feedback", WORK, all)
        .post("/api/v1/feedback", OVERSEE, write_down)
        .get("/api/v1/feedback/{id}", WORK, one)
        .post("/api/v1/feedback/{id}/answer", WORK, answer)
        .post("/api/v1/feedback/{id}/assign", OVERSEE, assign)
        .post("/api/v1/feedback/{id}/pass", OVERSEE, pass)
}

#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    state: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    words: String,
}

/// A line of a list: what was said, not who said it.
#[derive(Serialize)]
struct Line {
    id: FeedbackId,
    code: String,
    kind: Kind,
    state: State,
    dossier: String,
    said: String,
    office: Option<UnitId>,
    holder: Option<AccountId>,
    place: String,
    received: Timestamp,
    due: Timestamp,
    answered: Option<Timestamp>,
    version: i64,
}

impl From<&Feedback> for Line {
    fn from(one: &Feedback) -> Line {
        Line {
            id: one.id,
            code: one.code.clone(),
            kind: one.kind,
            state: one.state,
            dossier: one.dossier.clone(),
            said: one.said.clone(),
            office: one.office,
            holder: one.holder,
            place: one.place(),
            received: one.at,
            due: one.due,
            answered: one.answered,
            version: one.version,
        }
    }
}

fn unknown(field: &'static str, word: &str, all: &[&str]) -> Failure {
    let say = format!("Không có giá trị “{word}”. Các giá trị: {}.", all.join(", "));
    Refusal::new("word", say).at(field).into()
}

/// One part at a time; the cursor is how many lines lie before.
async fn all(caller: Caller, Query(cursor): Query<Cursor>, Query(wanted): Query<Wanted>) -> JsonAnswer {
    let tabs: Vec<&str> = Tab::ALL.iter().map(|tab| tab.code()).collect();
    let tab = match wanted.state.as_str() {
        "" => Tab::New,
        word => Tab::of(word).ok_or_else(|| unknown("state", word, &tabs))?,
    };
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    let kind = match wanted.kind.as_str() {
        "" => None,
        word => Some(Kind::of(word).ok_or_else(|| unknown("kind", word, &kinds))?),
    };
    let sort = if matches!(tab, Tab::New | Tab::Late) { "han" } else { "-xong" };
    let filter = Filter { kind, place: String::new(), words: base::text::fold(&wanted.words), sort: sort.to_owned() };
    let (limit, from) = (cursor.limit()? as i64, cursor.after::<i64>()?.unwrap_or(0).max(0));
    let mut conn = caller.site.db.read().await?;
    let (mut found, _) = actions::list(&mut conn, &caller.scope, &filter, tab, (from, limit + 1)).await?;
    let next = (found.len() as i64 > limit).then(|| (from + limit).to_string());
    found.truncate(usize::try_from(limit).unwrap_or(0));
    page_of(&found.iter().map(Line::from).collect::<Vec<_>>(), next)
}

async fn one(caller: Caller, Path(id): Path<FeedbackId>) -> JsonAnswer {
    now(&caller, id).await
}

/// One as it is now, with who said it: that it was read stands in the journal.
async fn now(caller: &Caller, id: FeedbackId) -> JsonAnswer {
    let seen = actions::seen(&caller.site, &caller.scope, id).await?;
    let one = &seen.one;
    let event = |one: &Event| json!({ "at": one.at, "what": one.what, "who": one.who, "note": one.note });
    let body = json!({
        "feedback": Line::from(one),
        "name": one.name,
        "phone": one.phone,
        "email": one.email,
        "answer": one.answer,
        "public": one.public,
        "files": seen.files,
        "answer_files": seen.answer_files,
        "events": seen.events.iter().map(event).collect::<Vec<_>>(),
    });
    answer_json(&body, Some(one.version))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    kind: Kind,
    agency: UnitId,
    said: String,
    #[serde(default)]
    dossier: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
}

/// The secret is told here alone.
async fn write_down(caller: Caller, Body(body): Body<Said>) -> JsonAnswer {
    let Said { kind, agency, said, dossier, name, phone, email } = body;
    let new = NewFeedback { kind: Some(kind), agency: Some(agency), dossier, said, name, phone, email };
    let told = actions::write_down(&caller.site, &caller.scope, new).await?;
    answer_json(&json!({ "id": told.id, "code": told.code, "secret": told.secret, "due": told.due }), None)
}

type Of = Path<FeedbackId>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    answer: String,
    /// Nothing is done, and the answer says why.
    #[serde(default)]
    refused: bool,
}

async fn answer(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Answered>) -> JsonAnswer {
    let state = if body.refused { State::Refused } else { State::Answered };
    actions::answer(&caller.site, &caller.scope, id, version, (state, &body.answer), &[]).await?;
    now(&caller, id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    office: UnitId,
    /// None: to the office.
    to: Option<AccountId>,
    #[serde(default)]
    note: String,
}

async fn assign(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Assigned>) -> JsonAnswer {
    let to = Some((body.office, body.to));
    actions::give(&caller.site, &caller.scope, id, version, to, &body.note).await?;
    now(&caller, id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passed {
    agency: UnitId,
    reason: String,
}

/// Whoever passes it on sees it no more.
async fn pass(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Passed>) -> JsonAnswer {
    actions::pass(&caller.site, &caller.scope, id, version, Some(body.agency), &body.reason).await?;
    web::done()
}
