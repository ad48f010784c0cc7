//! Criteria sets for programs: read, brought in whole, edited piece by piece while they are drafts, published.
//!
//! A set and a criterion are written as in the file (docs/how-to/criteria-sets.md), TOML made JSON. A draft may be
//! wrong for a while: `check` says what is wrong, and a set with errors is neither imported nor published.

use crate::actions::sets::{self, Move};
use axum::extract::{Path, Query};
use base::Date;
use people::Failure;
use rulebook::EditionId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use web::{Body, Caller, Cursor, IfMatch, JsonAnswer, done, json as answer_json};

pub async fn all(caller: Caller, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let heads = sets::sets(&mut caller.site.db.read().await?, &caller.scope).await?;
    cursor.page(heads, |head| head.id.to_string())
}

pub async fn one(caller: Caller, Path(id): Path<EditionId>) -> JsonAnswer {
    now(&caller, id).await
}

/// The edition as it is now, with its version.
async fn now(caller: &Caller, id: EditionId) -> JsonAnswer {
    let edition = sets::set(&mut caller.site.db.read().await?, &caller.scope, id).await?;
    answer_json(&edition, Some(edition.version))
}

pub async fn import(caller: Caller, Body(set): Body<Value>) -> JsonAnswer {
    let id = sets::import_set(&caller.site, &caller.scope, &set, sets::is_sample(&set)).await?;
    now(&caller, id).await
}

/// What importing would find and change; nothing is kept.
pub async fn check(caller: Caller, Body(set): Body<Value>) -> JsonAnswer {
    let reading = score::read(&set);
    let say = |problem: &score::Problem| json!({ "place": problem.place, "say": problem.say });
    let former = sets::former(&mut caller.site.db.read().await?, &set).await?;
    let found = json!({
        "errors": reading.errors().map(say).collect::<Vec<_>>(),
        "warnings": reading.warnings().map(say).collect::<Vec<_>>(),
        "against": former.as_ref().map(|former| &former.head),
        "changes": sets::changes(former.as_ref(), &set),
    });
    answer_json(&found, None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    code: String,
    name: String,
    applies_to: Vec<String>,
    from: Date,
}

pub async fn begin(caller: Caller, Body(body): Body<Begun>) -> JsonAnswer {
    let id = sets::begin_set(&caller.site, &caller.scope, &body.code, &body.name, &body.applies_to, body.from).await?;
    now(&caller, id).await
}

/// What a set says of itself. Its code is that of the edition and does not change; its criteria have doors of their own.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Own {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    valid: Valid,
    applies_to: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_applicable: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    survey_not_held: Option<String>,
    #[serde(default)]
    ratings: Vec<Value>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Valid {
    from: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Date>,
}

pub async fn change(
    caller: Caller,
    Path(id): Path<EditionId>,
    IfMatch(version): IfMatch,
    Body(own): Body<Own>,
) -> JsonAnswer {
    let own: Map<String, Value> =
        serde_json::from_value(serde_json::to_value(&own).map_err(Failure::from)?).map_err(Failure::from)?;
    sets::change_set(&caller.site, &caller.scope, id, version, own).await?;
    now(&caller, id).await
}

pub async fn discard(caller: Caller, Path(id): Path<EditionId>, IfMatch(version): IfMatch) -> JsonAnswer {
    sets::discard_set(&caller.site, &caller.scope, id, version).await?;
    done()
}

#[derive(Deserialize)]
pub struct Against {
    from: EditionId,
}

/// What differs from another edition (`?from=`), which came before.
pub async fn changes(caller: Caller, Path(id): Path<EditionId>, Query(against): Query<Against>) -> JsonAnswer {
    let mut conn = caller.site.db.read().await?;
    let old = sets::set(&mut conn, &caller.scope, against.from).await?;
    let new = sets::set(&mut conn, &caller.scope, id).await?;
    web::page_of(&sets::changes(Some(&old), &new.body), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copied {
    /// None: the code for the next year.
    code: Option<String>,
}

pub async fn copy(caller: Caller, Path(id): Path<EditionId>, Body(body): Body<Copied>) -> JsonAnswer {
    let edition = sets::set(&mut caller.site.db.read().await?, &caller.scope, id).await?;
    let code = body.code.unwrap_or_else(|| sets::next_code(&edition.code, edition.valid_from.year()));
    let new = sets::copy_set(&caller.site, &caller.scope, id, code.trim()).await?;
    now(&caller, new).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// Number, day and issuer of the decision.
    source: String,
}

pub async fn publish(
    caller: Caller,
    Path(id): Path<EditionId>,
    IfMatch(version): IfMatch,
    Body(body): Body<Decided>,
) -> JsonAnswer {
    sets::publish_set(&caller.site, &caller.scope, id, version, &body.source).await?;
    now(&caller, id).await
}

pub async fn add_criterion(
    caller: Caller,
    Path(id): Path<EditionId>,
    IfMatch(version): IfMatch,
    Body(criterion): Body<Value>,
) -> JsonAnswer {
    sets::put_criterion(&caller.site, &caller.scope, id, version, None, criterion).await?;
    now(&caller, id).await
}

type OfCriterion = Path<(EditionId, String)>;

pub async fn change_criterion(
    caller: Caller,
    Path((id, code)): OfCriterion,
    IfMatch(version): IfMatch,
    Body(criterion): Body<Value>,
) -> JsonAnswer {
    sets::put_criterion(&caller.site, &caller.scope, id, version, Some(&code), criterion).await?;
    now(&caller, id).await
}

pub async fn drop_criterion(caller: Caller, Path((id, code)): OfCriterion, IfMatch(version): IfMatch) -> JsonAnswer {
    sets::drop_criterion(&caller.site, &caller.scope, id, version, &code).await?;
    now(&caller, id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    way: Way,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    Up,
    Down,
}

pub async fn move_criterion(
    caller: Caller,
    Path((id, code)): OfCriterion,
    IfMatch(version): IfMatch,
    Body(body): Body<Moved>,
) -> JsonAnswer {
    let way = match body.way {
        Way::Up => Move::Up,
        Way::Down => Move::Down,
    };
    sets::move_criterion(&caller.site, &caller.scope, id, version, &code, way).await?;
    now(&caller, id).await
}
