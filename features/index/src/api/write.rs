//! Changing: each door reads its body, calls the action that the page calls, and gives back what there is now.

use crate::actions::{self, Cell, NewRound, NewVerdict, NewWatch};
use crate::model::*;
use axum::extract::Path;
use base::{Date, Decimal};
use people::{AccountId, UnitId};
use rulebook::EditionId;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Body, Caller, IfMatch, JsonAnswer, done, json as answer_json};

type OfCard = Path<(RoundId, UnitId)>;
type OfCode = Path<(RoundId, UnitId, String)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundBody {
    name: String,
    year: i64,
    days: Days,
    /// Kind of unit to edition.
    sets: BTreeMap<String, EditionId>,
    /// Unit to kind.
    units: BTreeMap<UnitId, String>,
}

pub async fn create_round(caller: Caller, Body(body): Body<RoundBody>) -> JsonAnswer {
    let Some(province) = caller.scope.unit else { return Err(people::Failure::SignedOut.into()) };
    let new = NewRound {
        name: body.name,
        year: body.year,
        province,
        days: body.days,
        sets: body.sets.into_iter().collect(),
        units: body.units.into_iter().collect(),
        sample: caller.site.settings.sample,
    };
    let id = actions::create_round(&caller.site, &caller.scope, new).await?;
    let round = actions::round(&caller.site, &caller.scope, id).await?;
    answer_json(&round, Some(round.version))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundChange {
    name: String,
    days: Days,
}

pub async fn change_round(
    caller: Caller,
    Path(id): Path<RoundId>,
    IfMatch(version): IfMatch,
    Body(body): Body<RoundChange>,
) -> JsonAnswer {
    actions::change_round(&caller.site, &caller.scope, id, version, &body.name, body.days).await?;
    let round = actions::round(&caller.site, &caller.scope, id).await?;
    answer_json(&round, Some(round.version))
}

pub async fn open_round(caller: Caller, Path(id): Path<RoundId>) -> JsonAnswer {
    actions::open_round(&caller.site, &caller.scope, id).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    decision: String,
    on: Date,
}

pub async fn publish(caller: Caller, Path(id): Path<RoundId>, Body(body): Body<Decision>) -> JsonAnswer {
    actions::publish(&caller.site, &caller.scope, id, &body.decision, Some(body.on)).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppraiserBody {
    kind: String,
    field: String,
    unit: UnitId,
    account: Option<AccountId>,
    only_unit: Option<UnitId>,
}

pub async fn set_appraiser(caller: Caller, Path(id): Path<RoundId>, Body(body): Body<AppraiserBody>) -> JsonAnswer {
    let AppraiserBody { kind, field, unit, account, only_unit } = body;
    let new = NewWatch { kind, fields: vec![field], unit, account, only_unit };
    let given = actions::give_fields(&caller.site, &caller.scope, id, new).await?;
    answer_json(&given.first(), None)
}

pub async fn unset_appraiser(caller: Caller, Path((round, id)): Path<(RoundId, AppraiserId)>) -> JsonAnswer {
    actions::unset_appraiser(&caller.site, &caller.scope, round, id).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    /// As in the answers file; null clears it.
    answer: Option<Value>,
}

pub async fn answer(
    caller: Caller,
    Path((round, unit, code)): OfCode,
    IfMatch(version): IfMatch,
    Body(body): Body<AnswerBody>,
) -> JsonAnswer {
    let cell = Cell { code: &code, version };
    let view = actions::save_answer(&caller.site, &caller.scope, round, unit, cell, |_| Ok(body.answer)).await?;
    let answer = view.answers.get(&code).cloned().unwrap_or_default();
    let line = view.own_line(&code);
    let body = json!({
        "answer": answer.value,
        "points": view.own_points(&code),
        "why": line.map(|line| line.why.clone()),
        "so_far": crate::view::shown(&view.own.so_far),
    });
    answer_json(&body, Some(answer.version))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    text: String,
}

pub async fn note(
    caller: Caller,
    Path((round, unit, code)): OfCode,
    IfMatch(version): IfMatch,
    Body(body): Body<Text>,
) -> JsonAnswer {
    actions::save_note(&caller.site, &caller.scope, round, unit, &code, version, &body.text).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excuse {
    /// None takes the request back.
    why: Option<String>,
}

pub async fn excuse(
    caller: Caller,
    Path((round, unit, code)): OfCode,
    IfMatch(version): IfMatch,
    Body(body): Body<Excuse>,
) -> JsonAnswer {
    actions::ask_excuse(&caller.site, &caller.scope, round, unit, &code, version, body.why.as_deref()).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Granted {
    granted: bool,
}

pub async fn decide_excuse(caller: Caller, Path((round, unit, code)): OfCode, Body(body): Body<Granted>) -> JsonAnswer {
    actions::decide_excuse(&caller.site, &caller.scope, round, unit, &code, body.granted).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignBody {
    codes: Vec<String>,
    unit: Option<UnitId>,
    account: Option<AccountId>,
}

pub async fn assign(caller: Caller, Path((round, unit)): OfCard, Body(body): Body<AssignBody>) -> JsonAnswer {
    actions::assign(&caller.site, &caller.scope, round, unit, &body.codes, body.unit, body.account).await?;
    done()
}

pub async fn facts(caller: Caller, Path((round, unit)): OfCard) -> JsonAnswer {
    let changed = actions::refresh_facts(&caller.site, &caller.scope, round, unit).await?;
    answer_json(&json!({ "changed": changed }), None)
}

pub async fn submit(caller: Caller, Path((round, unit)): OfCard) -> JsonAnswer {
    actions::submit(&caller.site, &caller.scope, round, unit).await?;
    done()
}

pub async fn explained(caller: Caller, Path((round, unit)): OfCard) -> JsonAnswer {
    actions::finish_explaining(&caller.site, &caller.scope, round, unit).await?;
    done()
}

pub async fn ask_reopen(caller: Caller, Path((round, unit)): OfCard, Body(body): Body<Text>) -> JsonAnswer {
    actions::ask_reopen(&caller.site, &caller.scope, round, unit, &body.text).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Until {
    /// The first day on which it is closed again; none refuses.
    until: Option<Date>,
}

pub async fn decide_reopen(
    caller: Caller,
    Path((round, unit, id)): Path<(RoundId, UnitId, ReopenId)>,
    Body(body): Body<Until>,
) -> JsonAnswer {
    actions::decide_reopen(&caller.site, &caller.scope, round, unit, id, body.until).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictBody {
    #[serde(default)]
    agrees: bool,
    points: Option<Decimal>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    want_second: bool,
}

pub async fn verdict(
    caller: Caller,
    Path((round, unit, code)): OfCode,
    IfMatch(version): IfMatch,
    Body(body): Body<VerdictBody>,
) -> JsonAnswer {
    let new = NewVerdict {
        code: code.clone(),
        version,
        agrees: body.agrees,
        points: body.points,
        reason: body.reason,
        want_second: body.want_second,
    };
    let view = actions::appraise(&caller.site, &caller.scope, round, unit, new).await?;
    let verdict = view.verdicts.get(&code).cloned().unwrap_or_default();
    answer_json(&verdict, Some(verdict.version))
}

pub async fn second(caller: Caller, Path((round, unit, code)): OfCode) -> JsonAnswer {
    actions::second(&caller.site, &caller.scope, round, unit, &code).await?;
    done()
}

pub async fn say(caller: Caller, Path((round, unit, code)): OfCode, Body(body): Body<Text>) -> JsonAnswer {
    actions::explain(&caller.site, &caller.scope, round, unit, &code, &body.text).await?;
    done()
}

pub async fn conclude(caller: Caller, Path((round, unit)): OfCard) -> JsonAnswer {
    actions::conclude(&caller.site, &caller.scope, round, unit).await?;
    done()
}
