//! A whole round as one workbook: asked for by a person, made in the background.

use super::results::{board, whole_board};
use crate::board::Board;
use crate::exports;
use crate::model::*;
use crate::store;
use crate::view;
use db::Conn;
use job::{Ctx, JobId, Problem};
use people::{Failure, Scope, UnitId};
use serde_json::json;
use sheet::Table;
use sheet::xlsx::{BookOut, SheetOut};
use std::collections::BTreeMap;
use web::Site;

/// The kind of the job.
pub const EXPORT: &str = "index.export";

/// Asks for the workbook, for whoever sees the whole round.
pub async fn ask_export(site: &Site, scope: &Scope, round: RoundId) -> Result<JobId, Failure> {
    let found = whole_board(&mut site.db.read().await?, scope, round).await?;
    let title = format!("Xuất toàn bộ: {}", found.round.name);
    let mut tx = site.db.begin().await?;
    let id = job::enqueue(&mut tx, scope, EXPORT, &title, json!({ "round": round })).await?;
    tx.commit().await?;
    site.jobs.ring();
    Ok(id)
}

/// A table to keep, and the name of its file without an ending.
pub type Named = (String, Table);

/// A card as it is worked on.
pub async fn card_table(conn: &mut Conn, scope: &Scope, (round, unit): (RoundId, UnitId)) -> Result<Named, Failure> {
    let view = view::load(conn, scope, round, unit).await?;
    Ok((format!("phieu-{}-{}", view.card.unit_short, view.round.year), exports::card(&view)))
}

/// One unit's results.
pub async fn profile_table(conn: &mut Conn, scope: &Scope, (round, unit): (RoundId, UnitId)) -> Result<Named, Failure> {
    let board = board(conn, scope, round).await?;
    let entry = board.entry(unit).ok_or(Failure::NotFound)?;
    let name = format!("ket-qua-{}-{}", entry.outcome.unit_short, board.round.year);
    Ok((name, exports::profile(&board, entry)))
}

/// Everything of a round: each kind's ranking, and every criterion of every unit with its documents. The job's page
/// hears how many units are done.
pub async fn whole_book(
    conn: &mut Conn,
    scope: &Scope,
    round: RoundId,
    ctx: &Ctx,
) -> Result<(Board, BookOut), Problem> {
    let board = board(conn, scope, round).await?;
    let mut sheets = Vec::new();
    for kind in board.kinds() {
        sheets.push(SheetOut::new(
            format!("Xếp hạng {}", people::kind_name(kind)),
            exports::ranking(&board, kind, &board.of(kind)).made_at(scope.now),
        ));
    }
    let cards = store::cards(conn, round).await.map_err(Failure::from)?;
    let mut documents: BTreeMap<UnitId, BTreeMap<String, Vec<Proof>>> = BTreeMap::new();
    let total = cards.len() as i64;
    for (card, done) in cards.iter().zip(1..) {
        documents.insert(card.unit, store::proofs(conn, card.id).await.map_err(Failure::from)?);
        ctx.progress(done, total).await?;
    }
    sheets.push(SheetOut::new("Từng tiêu chí", exports::everything(&board, &documents).made_at(scope.now)));
    Ok((board, BookOut { sheets, ..BookOut::default() }))
}
