//! Papers to keep: the department's report, the minutes, the decision. PDF or Word.

use crate::actions::papers;
use crate::model::RoundId;
use axum::extract::{Path, Query};
use people::UnitId;
use serde::Deserialize;
use web::{Answer, Format, Routes, Visit, Who, download};

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

impl Asked {
    fn format(&self) -> Format {
        Format::of(self.kieu.as_deref())
    }
}

async fn report(visit: Visit, Path(of): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    download(papers::report_file(&visit.site, &visit.scope, of, asked.format()).await?)
}

async fn minutes(visit: Visit, Path(of): Path<(RoundId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    download(papers::minutes_file(&visit.site, &visit.scope, of, asked.format()).await?)
}

async fn decision(visit: Visit, Path(round): Path<RoundId>, Query(asked): Query<Asked>) -> Answer {
    download(papers::decision_file(&visit.site, &visit.scope, round, asked.format()).await?)
}
