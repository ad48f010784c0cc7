//! Papers to keep: the department's report, the minutes, the decision. PDF or Word.

use crate::actions::papers;
use crate::model::RoundId;
use crate::papers::{Form, lay_out};
use axum::extract::{Path, Query};
use letter::Letter;
use people::{Failure, UnitId};
use serde::Deserialize;
use web::{Answer, Routes, Sheet, Visit, Who, download};

pub fn routes() -> Routes {
    Routes::new()
        .get("/chi-so/dot/{round}/phieu/{unit}/bao-cao", Who::SignedIn, report)
        .get("/chi-so/dot/{round}/tham-dinh/{unit}/bien-ban", Who::SignedIn, minutes)
        .get("/chi-so/dot/{round}/quyet-dinh", Who::SignedIn, decision)
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub kieu: Option<String>,
}

async fn report(visit: Visit, Path((round, unit)): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let (letter, view) = papers::report(&mut visit.site.db.read().await?, &visit.scope, round, unit).await?;
    send(letter, format!("bao-cao-tu-danh-gia-{}-{}", view.card.unit_short, view.round.year), &asked).await
}

async fn minutes(visit: Visit, Path((round, unit)): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let (letter, view) = papers::minutes(&mut visit.site.db.read().await?, &visit.scope, round, unit).await?;
    send(letter, format!("bien-ban-tham-dinh-{}-{}", view.card.unit_short, view.round.year), &asked).await
}

async fn decision(visit: Visit, Path(round): Path<RoundId>, Query(asked): Query<Asked>) -> Answer {
    let letter = papers::decision(&mut visit.site.db.read().await?, &visit.scope, round).await?;
    send(letter, "quyet-dinh-cong-bo".into(), &asked).await
}

/// Laying out takes a good part of a second of one core: not on the thread that answers others.
async fn send(letter: Letter, name: String, asked: &Asked) -> Answer {
    let form = Form::of(asked.kieu.as_deref());
    let (kind, ending) = match form {
        Form::Pdf => ("application/pdf", "pdf"),
        Form::Docx => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    };
    let made = tokio::task::spawn_blocking(move || lay_out(&letter, form)).await;
    let bytes = made.map_err(|error| Failure::Broken(error.to_string()))??;
    download(Sheet { bytes, kind, name: format!("{name}.{ending}") })
}
