//! Units for programs.

use super::named;
use crate::actions::{self, Ending};
use crate::rules::{self, Being, UnitAsked};
use axum::extract::{Path, Query};
use base::Date;
use people::{Failure, Successor, Unit, UnitId};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Body, Caller, Cursor, IfMatch, JsonAnswer, json as answer_json};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    being: Being,
    on: Option<Date>,
}

pub async fn all(caller: Caller, Query(asked): Query<Asked>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let mut all = people::units(&mut caller.site.db.read().await?).await?;
    let day = asked.on.unwrap_or(caller.scope.today());
    all.retain(|unit| rules::is_wanted(unit, &asked.q, &asked.kind, asked.being, day));
    let tree: Vec<Unit> = rules::as_tree(&all).into_iter().map(|(unit, _)| unit.clone()).collect();
    cursor.page(tree, |unit| unit.id.to_string())
}

async fn find(caller: &Caller, id: UnitId) -> Result<Unit, Failure> {
    people::find_unit(&mut caller.site.db.read().await?, id).await?.ok_or(Failure::NotFound)
}

pub async fn one(caller: Caller, Path(id): Path<UnitId>) -> JsonAnswer {
    now(&caller, id).await
}

/// The unit as it is now, what it became and what it came of.
async fn now(caller: &Caller, id: UnitId) -> JsonAnswer {
    let unit = find(caller, id).await?;
    let links = people::successors(&mut caller.site.db.read().await?).await?;
    let (after, before): (Vec<&Successor>, Vec<&Successor>) = (
        links.iter().filter(|link| link.unit == id).collect(),
        links.iter().filter(|link| link.successor == id).collect(),
    );
    let mut body = serde_json::to_value(&unit)?;
    body["successors"] = json!(after);
    body["predecessors"] = json!(before);
    answer_json(&body, Some(unit.version))
}

/// Who holds which role at the unit, and will.
pub async fn grants(caller: Caller, Path(id): Path<UnitId>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    find(&caller, id).await?;
    let grants = people::grants_of_unit(&mut caller.site.db.read().await?, id, caller.scope.today()).await?;
    cursor.page(grants, |grant| grant.id.to_string())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    short: Option<String>,
    kind: String,
    parent: Option<UnitId>,
    from: Date,
    code_old: Option<String>,
    code_new: Option<String>,
    key: Option<String>,
}

pub async fn add(caller: Caller, Body(new): Body<New>) -> JsonAnswer {
    let New { name, short, kind, parent, from, code_old, code_new, key } = new;
    let asked =
        UnitAsked { name, short, kind, parent, from: Some(from), to: None, code_old, code_new, key, version: 0 };
    let unit = rules::unit_of(asked, None).map_err(|refusals| named(refusals.into()))?;
    let id = actions::save_unit(&caller.site, &caller.scope, unit).await.map_err(named)?;
    now(&caller, id).await
}

/// All that may change of a unit: what is left out is emptied.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    name: String,
    short: Option<String>,
    kind: String,
    parent: Option<UnitId>,
    from: Date,
    to: Option<Date>,
    code_old: Option<String>,
    code_new: Option<String>,
}

pub async fn change(
    caller: Caller,
    Path(id): Path<UnitId>,
    IfMatch(version): IfMatch,
    Body(new): Body<Changed>,
) -> JsonAnswer {
    let known = find(&caller, id).await?;
    let Changed { name, short, kind, parent, from, to, code_old, code_new } = new;
    let asked = UnitAsked { name, short, kind, parent, from: Some(from), to, code_old, code_new, key: None, version };
    let unit = rules::unit_of(asked, Some(&known)).map_err(|refusals| named(refusals.into()))?;
    actions::save_unit(&caller.site, &caller.scope, unit).await.map_err(named)?;
    now(&caller, id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// The first day on which it is no more.
    on: Date,
    how: String,
    heirs: Vec<UnitId>,
}

pub async fn end(
    caller: Caller,
    Path(id): Path<UnitId>,
    IfMatch(version): IfMatch,
    Body(body): Body<Ended>,
) -> JsonAnswer {
    let ending = Ending { on: Some(body.on), how: body.how, heirs: body.heirs, version };
    actions::end_unit(&caller.site, &caller.scope, id, ending).await.map_err(named)?;
    now(&caller, id).await
}

/// The last day included, as the rules have it, of a day that is the first no more.
pub(super) fn last_of(to: Date) -> Result<Date, Failure> {
    to.yesterday().map_err(|_| Failure::refused("day", "Ngày kết thúc quá sớm."))
}

/// Nothing but an id.
pub(super) fn made(id: impl ToString) -> Value {
    json!({ "id": id.to_string() })
}
