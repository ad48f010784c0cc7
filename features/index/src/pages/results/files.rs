//! What is taken away from these pages besides their lists: one unit's results, one unit's card, the whole round.

use crate::actions::export;
use crate::model::RoundId;
use axum::extract::{Path, Query};
use people::UnitId;
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

pub async fn profile(visit: Visit, Path(of): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let (name, table) = export::profile_table(&mut visit.site.db.read().await?, &visit.scope, of).await?;
    list::file(asked.kind(), &name, table, visit.scope.now)
}

/// The whole round, in the background.
pub async fn ask_all(visit: Visit, Path(round): Path<RoundId>, form: Posted) -> Answer {
    once(&visit, &form, None, async {
        let id = export::ask_export(&visit.site, &visit.scope, round).await?;
        Ok(format!("/viec-nen/{id}"))
    })
    .await
}

/// The card as it is worked on.
pub async fn card(visit: Visit, Path(of): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let (name, table) = export::card_table(&mut visit.site.db.read().await?, &visit.scope, of).await?;
    list::file(asked.kind(), &name, table, visit.scope.now)
}
