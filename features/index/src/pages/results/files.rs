//! What is taken away from these pages besides their lists: one unit's results, one unit's card, the whole round.

use crate::actions::export::ask_export;
use crate::actions::results;
use crate::exports;
use crate::model::RoundId;
use crate::view;
use axum::extract::{Path, Query};
use people::{Failure, UnitId};
use serde::Deserialize;
use web::list::{self, FileKind};
use web::{Answer, Posted, Visit, once};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub kieu: Option<String>,
}

impl Asked {
    /// A workbook where nothing is said.
    fn kind(&self) -> FileKind {
        self.kieu.as_deref().and_then(FileKind::of).unwrap_or(FileKind::Excel)
    }
}

pub async fn profile(visit: Visit, Path((round, unit)): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    let entry = board.entry(unit).ok_or(Failure::NotFound)?;
    let name = format!("ket-qua-{}-{}", entry.outcome.unit_short, board.round.year);
    list::file(asked.kind(), &name, exports::profile(&board, entry), visit.scope.now)
}

/// The whole round, in the background.
pub async fn ask_all(visit: Visit, Path(round): Path<RoundId>, form: Posted) -> Answer {
    once(&visit, &form, None, async {
        let id = ask_export(&visit.site, &visit.scope, round).await?;
        Ok(format!("/viec-nen/{id}"))
    })
    .await
}

/// The card as it is worked on.
pub async fn card(visit: Visit, Path((round, unit)): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let view = view::load(&mut conn, &visit.scope, round, unit).await?;
    let name = format!("phieu-{}-{}", view.card.unit_short, view.round.year);
    list::file(asked.kind(), &name, exports::card(&view), visit.scope.now)
}
