//! The tables of these pages as files.

use super::{heat, only_whole};
use crate::actions::export::ask_export;
use crate::actions::results;
use crate::board::{fields, heat_rows, losses};
use crate::exports::{self, Format};
use crate::model::RoundId;
use crate::view;
use axum::extract::{Path, Query};
use people::{Failure, UnitId};
use serde::Deserialize;
use web::{Answer, Posted, Visit, download, once};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// 'xep-hang', 'ban-do-nhiet', 'mat-diem', 'do-vung'.
    pub bang: Option<String>,
    pub loai: Option<String>,
    pub linh_vuc: Option<String>,
    pub kieu: Option<String>,
}

pub async fn table(visit: Visit, Path(round): Path<RoundId>, Query(asked): Query<Asked>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    let kind = board.kind(asked.loai.as_deref());
    let set = board.set(&kind).cloned().ok_or(Failure::NotFound)?;
    let (entries, now, year) = (board.of(&kind), visit.scope.now, board.round.year);
    let which = asked.bang.as_deref().unwrap_or("xep-hang");
    if which != "xep-hang" {
        only_whole(&board)?;
    }
    let (name, table) = match which {
        "ban-do-nhiet" => {
            let all = fields(&set, &kind);
            let field = asked.linh_vuc.as_deref().filter(|code| all.iter().any(|field| field.code == *code));
            let units = heat::in_order(entries);
            let rows = heat_rows(&units, &set, &kind, field);
            ("ban-do-nhiet", exports::heat(&board, &kind, &units, &rows, now))
        }
        "mat-diem" => ("mat-diem", exports::losses(&board, &kind, &losses(&entries, &set, &kind), now)),
        "do-vung" => {
            let shaky = results::robustness(&mut conn, &board, &kind).await?.ok_or(Failure::NotFound)?;
            ("do-vung", exports::robustness(&board, &kind, &shaky, now))
        }
        "xep-hang" => ("xep-hang", exports::ranking(&board, &kind, now)),
        _ => return Err(Failure::NotFound.into()),
    };
    download(exports::file(&format!("{name}-{kind}-{year}"), table, Format::of(asked.kieu.as_deref()))?)
}

pub async fn profile(visit: Visit, Path((round, unit)): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    let entry = board.entry(unit).ok_or(Failure::NotFound)?;
    let name = format!("ket-qua-{}-{}", entry.outcome.unit_short, board.round.year);
    download(exports::file(&name, exports::profile(&board, entry, visit.scope.now), Format::of(asked.kieu.as_deref()))?)
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
    download(exports::file(&name, exports::card(&view, visit.scope.now), Format::of(asked.kieu.as_deref()))?)
}
