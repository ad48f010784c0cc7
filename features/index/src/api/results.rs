//! What a round has come to, as its pages show it. Before publication a unit reads of itself only.

use crate::actions::results;
use crate::actions::what_if::{Supposed, what_if as suppose};
use crate::board::{self, Board, Entry, Past, Position, Projected, ShakyRow, share};
use crate::model::*;
use axum::extract::{Path, Query};
use base::Refusal;
use people::{Failure, UnitId};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Caller, JsonAnswer, json as answer_json};

/// `?kind=`: where none is asked, departments, else the first kind of the round.
#[derive(Deserialize)]
pub struct OfKind {
    pub kind: Option<String>,
}

impl OfKind {
    pub fn of(&self, board: &Board) -> Result<String, Failure> {
        match &self.kind {
            Some(kind) if !board.kinds().contains(&kind.as_str()) => {
                Err(Refusal::new("kind", format!("Đợt chấm không có loại đơn vị “{kind}”.")).at("kind").into())
            }
            kind => Ok(board.kind(kind.as_deref())),
        }
    }
}

type OfUnit = Path<(RoundId, UnitId)>;

/// One unit: its result, every criterion, what it is compared with.
pub async fn profile(caller: Caller, Path((round, unit)): OfUnit) -> JsonAnswer {
    let mut conn = caller.site.db.read().await?;
    let found = results::profile(&mut conn, &caller.scope, round, unit).await?;
    let (board, entry) = (&found.board, &found.entry);
    let median = board.median(&entry.outcome.kind);
    let of_median = |code: &str| median?.fields.iter().find(|(field, _)| field == code).and_then(|(_, share)| *share);
    let of_last = |code: &str| share(board::line(found.last.as_ref()?, code)?);
    let fields: Vec<Value> = board
        .set(&entry.outcome.kind)
        .map(|set| board::fields(set, &entry.outcome.kind))
        .unwrap_or_default()
        .iter()
        .map(|field| {
            json!({
                "code": field.code, "name": field.name, "share": entry.line(&field.code).and_then(share),
                "last": of_last(&field.code), "median": of_median(&field.code),
            })
        })
        .collect();
    let firmness = found.shaky.as_deref().and_then(|shaky| shaky.row(unit)).map(shaky_row);
    let body = json!({
        "published": board.is_published(),
        "judged": board.judged,
        "outcome": entry.outcome,
        "appraised": entry.appraised,
        "unknown": entry.unknown,
        "fields": fields,
        "median": median.map(|median| json!({ "units": median.units, "points": median.points, "index": median.index })),
        "moved": { "points": entry.moved(), "index": entry.index_moved(), "climbed": entry.climbed() },
        "past": entry.past.iter().map(past).collect::<Vec<_>>(),
        "robustness": firmness,
    });
    answer_json(&body, None)
}

fn past(past: &Past) -> Value {
    json!({ "year": past.year, "points": past.points, "index": past.index, "rank": past.rank, "rating": past.rating })
}

#[derive(Deserialize)]
pub struct Field {
    field: Option<String>,
}

/// Criteria × units in percent of the maximum: all fields, or what is inside one (`?field=`).
pub async fn heat(
    caller: Caller,
    Path(round): Path<RoundId>,
    Query(of): Query<OfKind>,
    Query(asked): Query<Field>,
) -> JsonAnswer {
    let board = results::whole_board(&mut caller.site.db.read().await?, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    let units = board.by_name(&kind);
    let mut rows = Vec::new();
    if let Some(set) = board.set(&kind) {
        let fields = board::fields(set, &kind);
        if let Some(code) = asked.field.as_ref().filter(|code| fields.iter().all(|field| field.code != **code)) {
            return Err(Failure::from(NotNow::NoSuchCriterion { code: code.clone() }).into());
        }
        rows = board::heat_rows(&units, set, &kind, asked.field.as_deref());
    }
    let rows: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "code": row.code, "name": row.name, "leaf": row.leaf, "shares": row.shares }))
        .collect();
    let units: Vec<Value> = units.iter().map(|entry| named(entry)).collect();
    answer_json(&json!({ "kind": kind, "units": units, "rows": rows }), None)
}

fn named(entry: &Entry) -> Value {
    let one = &entry.outcome;
    json!({ "unit": one.unit, "name": one.unit_name, "short": one.unit_short })
}

fn loss(loss: &board::Loss) -> Value {
    json!({
        "code": loss.code, "name": loss.name, "lost": loss.lost, "average": loss.average, "zero": loss.zero,
        "units": loss.units, "penalty": loss.penalty,
    })
}

/// Where the units of a kind lose their points, the greatest loss first.
pub async fn losses(caller: Caller, Path(round): Path<RoundId>, Query(of): Query<OfKind>) -> JsonAnswer {
    let board = results::whole_board(&mut caller.site.db.read().await?, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    let entries = board.of(&kind);
    let found = board.set(&kind).map(|set| board::losses(&entries, set, &kind)).unwrap_or_default();
    let found: Vec<Value> = found.iter().filter(|one| !one.lost.is_zero()).map(loss).collect();
    answer_json(&json!({ "kind": kind, "units": entries.len(), "losses": found }), None)
}

/// The units of one criterion, who loses most first.
pub async fn losers(
    caller: Caller,
    Path((round, code)): Path<(RoundId, String)>,
    Query(of): Query<OfKind>,
) -> JsonAnswer {
    let board = results::whole_board(&mut caller.site.db.read().await?, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    let entries = board.of(&kind);
    let found = board.set(&kind).map(|set| board::losses(&entries, set, &kind)).unwrap_or_default();
    let one = found.iter().find(|loss| loss.code == code);
    let one = one.ok_or_else(|| Failure::from(NotNow::NoSuchCriterion { code }))?;
    let lines: Vec<Value> = board::losers(&entries, one)
        .into_iter()
        .map(|(entry, line)| {
            json!({
                "unit": entry.outcome.unit, "name": entry.outcome.unit_name, "points": line.points, "max": line.max,
                "share": share(line), "why": line.why, "reason": line.reason,
            })
        })
        .collect();
    answer_json(&json!({ "kind": kind, "loss": loss(one), "lines": lines }), None)
}

/// How far the ranks of a kind can be trusted.
pub async fn robustness(caller: Caller, Path(round): Path<RoundId>, Query(of): Query<OfKind>) -> JsonAnswer {
    let mut conn = caller.site.db.read().await?;
    let board = results::whole_board(&mut conn, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    let shaky = match board.of(&kind).is_empty() {
        true => None,
        false => results::robustness(&mut conn, &board, &kind).await?,
    };
    let rows: Vec<Value> = shaky.iter().flat_map(|shaky| &shaky.rows).map(shaky_row).collect();
    let body = json!({
        "kind": kind,
        "draws": board::DRAWS,
        "left_out": shaky.as_ref().map_or(0, |shaky| shaky.left_out),
        "rows": rows,
    });
    answer_json(&body, None)
}

fn shaky_row(row: &ShakyRow) -> Value {
    let without = |(rank, code): &(u32, Option<String>)| json!({ "rank": rank, "code": code });
    let interval = &row.interval;
    json!({
        "unit": row.unit, "name": row.name, "rank": row.rank,
        "best": interval.best, "low": interval.low, "median": interval.median, "high": interval.high, "worst": interval.worst,
        "best_without": without(&row.best_without), "worst_without": without(&row.worst_without),
    })
}

#[derive(Deserialize)]
pub struct Asked {
    suppose: Option<String>,
}

/// "1.2:18/20;1.3:tối đa": what is supposed of each criterion, as on the page.
fn supposed(text: &str) -> Result<Vec<Supposed<'_>>, Failure> {
    let one = |part| match str::split_once(part, ':') {
        Some((code, typed)) => Ok(Supposed { code: code.trim(), typed: typed.trim(), at: "suppose" }),
        None => {
            let say =
                format!("“{part}” chưa đúng. Hãy viết mã tiêu chí, dấu hai chấm rồi kết quả mới, ví dụ 1.2:18/20.");
            Err(Refusal::new("what-if", say).at("suppose").into())
        }
    };
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(one).collect()
}

/// What a unit would come to with other answers; nothing is kept, and so a key for reading may ask.
pub async fn what_if(caller: Caller, Path((round, unit)): OfUnit, Query(asked): Query<Asked>) -> JsonAnswer {
    let asked = asked.suppose.unwrap_or_default();
    let mut conn = caller.site.db.read().await?;
    let found = suppose(&mut conn, &caller.scope, round, unit, &supposed(&asked)?).await?;
    if !found.refusals.is_empty() {
        return Err(Failure::Refused(found.refusals).into());
    }
    let gains: Vec<Value> = found
        .gains
        .iter()
        .map(|gain| {
            json!({ "code": gain.code, "name": gain.name, "points": gain.points, "max": gain.max, "rank": gain.rank })
        })
        .collect();
    answer_json(&json!({ "unit": unit, "projected": found.projected.as_ref().map(projected), "gains": gains }), None)
}

fn projected(one: &Projected) -> Value {
    let lines: Vec<Value> = one
        .lines
        .iter()
        .map(|(code, before, after)| json!({ "code": code, "before": before, "after": after }))
        .collect();
    json!({ "before": position(&one.before), "after": position(&one.after), "lines": lines })
}

fn position(one: &Position) -> Value {
    json!({ "total": one.total, "index": one.index, "rank": one.rank, "rating": one.rating })
}
