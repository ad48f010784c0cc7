//! Reading.

use crate::actions;
use crate::model::*;
use crate::view::{self, View, shown};
use axum::extract::{Path, Query};
use people::{Failure, UnitId};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Caller, Cursor, JsonAnswer, json as answer_json, page_of};

pub async fn rounds(caller: Caller, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let rounds = actions::rounds(&caller.site, &caller.scope).await?;
    cursor.page(rounds, |round| round.id.to_string())
}

pub async fn round(caller: Caller, Path(id): Path<RoundId>) -> JsonAnswer {
    let round = actions::round(&caller.site, &caller.scope, id).await?;
    answer_json(&round, Some(round.version))
}

pub async fn appraisers(caller: Caller, Path(id): Path<RoundId>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    cursor.page(actions::appraisers(&caller.site, &caller.scope, id).await?, |one| one.id.to_string())
}

/// The cards that the caller may see.
pub async fn cards(caller: Caller, Path(id): Path<RoundId>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    cursor.page(actions::cards_seen(&caller.site, &caller.scope, id).await?, |card| card.id.to_string())
}

async fn view(caller: &Caller, round: RoundId, unit: UnitId) -> Result<View, Failure> {
    view::load(&mut caller.site.db.read().await?, &caller.scope, round, unit).await
}

/// A card with every criterion: what was answered, the points and why.
pub async fn card(caller: Caller, Path((round, unit)): Path<(RoundId, UnitId)>) -> JsonAnswer {
    let view = view(&caller, round, unit).await?;
    answer_json(&whole(&view), Some(view.card.version))
}

pub(super) fn whole(view: &View) -> Value {
    let lines: Vec<Value> = view.set.nodes(&view.card.kind).iter().map(|node| line(view, node)).collect();
    json!({
        "card": view.card,
        "phase": view.phase,
        "self": { "so_far": shown(&view.own.so_far), "applicable_max": shown(&view.own.applicable_max), "unknown": view.own.unknown },
        "settled": if view.sees_verdicts() {
            json!({ "total": view.settled.total, "index": view.settled.index, "rating": view.settled.rating })
        } else {
            Value::Null
        },
        "lines": lines,
    })
}

fn line(view: &View, node: &score::Node<'_>) -> Value {
    let code = &node.criterion.code;
    if !node.criterion.is_leaf() {
        let sum = view.own.subtotal(&view.set, code);
        return json!({ "code": code, "name": node.criterion.name, "max": shown(&node.max), "points": sum.map(|sum| shown(&sum.so_far)) });
    }
    let answer = view.answers.get(code);
    let mut line = json!({
        "code": code,
        "name": node.criterion.name,
        "max": shown(&node.max),
        "points": view.own_points(code),
        "why": view.own_line(code).map(|line| line.why.clone()),
        "answer": answer.and_then(|answer| answer.value.clone()),
        "note": answer.map(|answer| answer.note.clone()),
        "excused": answer.and_then(|answer| answer.excused),
        "version": answer.map_or(0, |answer| answer.version),
        "evidence": view.proofs.get(code).map_or(0, Vec::len),
    });
    if view.sees_verdicts() {
        line["verdict"] = json!(view.verdicts.get(code));
        line["settled"] = json!(view.settled_points(code));
    }
    line
}

pub async fn answer(caller: Caller, Path((round, unit, code)): Path<(RoundId, UnitId, String)>) -> JsonAnswer {
    let view = view(&caller, round, unit).await?;
    let criterion = view.set.criterion(&code).ok_or_else(|| NotNow::NoSuchCriterion { code: code.clone() })?;
    let answer = view.answers.get(&criterion.code).cloned().unwrap_or_default();
    answer_json(&answer, Some(answer.version))
}

pub async fn verdict(caller: Caller, Path((round, unit, code)): Path<(RoundId, UnitId, String)>) -> JsonAnswer {
    let view = view(&caller, round, unit).await?;
    if !view.sees_verdicts() {
        return Err(Failure::from(NotNow::VerdictsLater { from: view.round.days.appraisal_to }).into());
    }
    let verdict = view.verdicts.get(&code).cloned().unwrap_or_default();
    answer_json(&verdict, Some(verdict.version))
}

/// What is still missing before sending.
pub async fn missing(caller: Caller, Path((round, unit)): Path<(RoundId, UnitId)>) -> JsonAnswer {
    let view = view(&caller, round, unit).await?;
    let list: Vec<Value> = view
        .missing()
        .iter()
        .map(|one| {
            let what = match one {
                crate::rules::Missing::Answer(_) => "answer",
                crate::rules::Missing::Proof(_) => "evidence",
                crate::rules::Missing::ExcuseWhy(_) => "excuse-reason",
                crate::rules::Missing::Wrong(..) => "wrong",
            };
            json!({ "code": one.code(), "missing": what })
        })
        .collect();
    page_of(&list, None)
}

pub async fn reopenings(caller: Caller, Path((round, unit)): Path<(RoundId, UnitId)>) -> JsonAnswer {
    let (_, asked) = actions::reopen_requests(&caller.site, &caller.scope, round, unit).await?;
    page_of(&asked, None)
}

pub async fn remarks(caller: Caller, Path((round, unit)): Path<(RoundId, UnitId)>) -> JsonAnswer {
    page_of(&view(&caller, round, unit).await?.remarks, None)
}

pub async fn across(caller: Caller, Path((round, kind, code)): Path<(RoundId, String, String)>) -> JsonAnswer {
    let across = actions::across(&caller.site, &caller.scope, round, &kind, &code).await?;
    let lines: Vec<Value> = across
        .lines
        .iter()
        .map(|line| json!({ "unit": line.unit, "name": line.unit_name, "answer": line.answer, "self": line.own, "settled": line.settled, "reason": line.reason }))
        .collect();
    answer_json(
        &json!({ "code": code, "name": across.name, "max": across.max, "median": across.median, "lines": lines }),
        None,
    )
}

/// Published results; before publication the council's own preview is on its screen only.
pub async fn results(caller: Caller, Path(id): Path<RoundId>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    cursor.page(actions::published(&caller.site, &caller.scope, id).await?, |one| one.unit.to_string())
}

#[derive(Deserialize)]
pub struct Scale {
    scale: String,
}

/// Figures that others have published.
pub async fn history(caller: Caller, Query(asked): Query<Scale>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let lines = actions::history_of(&caller.site, &asked.scale).await?;
    cursor.page(lines, |line| format!("{}|{}|{}", line.year, line.subject, line.part))
}
