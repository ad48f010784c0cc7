//! What is taken away: papers as PDF or Word, tables as a workbook or CSV, the whole round as a job.

use super::results::OfKind;
use crate::actions::{export, papers, results};
use crate::board::{self, Board};
use crate::exports;
use crate::model::*;
use axum::extract::{Path, Query};
use people::{Failure, UnitId};
use serde::Deserialize;
use serde_json::json;
use web::list::{self, FileKind};
use web::{Caller, Format, JsonAnswer, download, json as answer_json};

/// `?form=`, PDF where none is asked.
#[derive(Deserialize)]
pub struct Paper {
    #[serde(default)]
    form: PaperForm,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PaperForm {
    #[default]
    Pdf,
    Docx,
}

impl Paper {
    fn format(&self) -> Format {
        match self.form {
            PaperForm::Pdf => Format::Pdf,
            PaperForm::Docx => Format::Docx,
        }
    }
}

type OfUnit = Path<(RoundId, UnitId)>;

pub async fn report(caller: Caller, Path(of): OfUnit, Query(asked): Query<Paper>) -> JsonAnswer {
    download(papers::report_file(&caller.site, &caller.scope, of, asked.format()).await?)
}

pub async fn minutes(caller: Caller, Path(of): OfUnit, Query(asked): Query<Paper>) -> JsonAnswer {
    download(papers::minutes_file(&caller.site, &caller.scope, of, asked.format()).await?)
}

pub async fn decision(caller: Caller, Path(round): Path<RoundId>, Query(asked): Query<Paper>) -> JsonAnswer {
    download(papers::decision_file(&caller.site, &caller.scope, round, asked.format()).await?)
}

/// `?form=`, a workbook where none is asked.
#[derive(Deserialize)]
pub struct Tabled {
    #[serde(default)]
    form: TableForm,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TableForm {
    #[default]
    Xlsx,
    Csv,
}

impl Tabled {
    fn file(&self, caller: &Caller, (name, table): export::Named) -> JsonAnswer {
        let kind = match self.form {
            TableForm::Xlsx => FileKind::Excel,
            TableForm::Csv => FileKind::Csv,
        };
        list::file(kind, &name, table, caller.scope.now)
    }
}

pub async fn card(caller: Caller, Path(of): OfUnit, Query(asked): Query<Tabled>) -> JsonAnswer {
    asked.file(&caller, export::card_table(&mut caller.site.db.read().await?, &caller.scope, of).await?)
}

pub async fn profile(caller: Caller, Path(of): OfUnit, Query(asked): Query<Tabled>) -> JsonAnswer {
    asked.file(&caller, export::profile_table(&mut caller.site.db.read().await?, &caller.scope, of).await?)
}

type OfRound = Path<RoundId>;

/// A unit before publication finds its own line only, as on the page.
pub async fn ranking(
    caller: Caller,
    Path(round): OfRound,
    Query(of): Query<OfKind>,
    Query(asked): Query<Tabled>,
) -> JsonAnswer {
    let board = results::board(&mut caller.site.db.read().await?, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    asked.file(&caller, (named("xep-hang", &kind, &board), exports::ranking(&board, &kind, &board.of(&kind))))
}

pub async fn heat(
    caller: Caller,
    Path(round): OfRound,
    Query(of): Query<OfKind>,
    Query(asked): Query<Tabled>,
) -> JsonAnswer {
    let board = results::whole_board(&mut caller.site.db.read().await?, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    let units = board.by_name(&kind);
    let rows = board::heat_rows(&units, board.set(&kind).ok_or(Failure::NotFound)?, &kind, None);
    asked.file(&caller, (named("ban-do-nhiet", &kind, &board), exports::heat(&board, &kind, &units, &rows)))
}

pub async fn losses(
    caller: Caller,
    Path(round): OfRound,
    Query(of): Query<OfKind>,
    Query(asked): Query<Tabled>,
) -> JsonAnswer {
    let board = results::whole_board(&mut caller.site.db.read().await?, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    let found = board::losses(&board.of(&kind), board.set(&kind).ok_or(Failure::NotFound)?, &kind);
    let lost: Vec<&board::Loss> = found.iter().filter(|loss| !loss.lost.is_zero()).collect();
    asked.file(&caller, (named("mat-diem", &kind, &board), exports::losses(&board, &kind, &lost)))
}

pub async fn robustness(
    caller: Caller,
    Path(round): OfRound,
    Query(of): Query<OfKind>,
    Query(asked): Query<Tabled>,
) -> JsonAnswer {
    let mut conn = caller.site.db.read().await?;
    let board = results::whole_board(&mut conn, &caller.scope, round).await?;
    let kind = of.of(&board)?;
    let shaky = results::robustness(&mut conn, &board, &kind).await?.ok_or(Failure::NotFound)?;
    let rows: Vec<&board::ShakyRow> = shaky.rows.iter().collect();
    asked.file(&caller, (named("do-vung", &kind, &board), exports::robustness(&board, &kind, &rows)))
}

fn named(what: &str, kind: &str, board: &Board) -> String {
    format!("{what}-{kind}-{}", board.round.year)
}

/// The whole round, in the background: the job is asked after, and gives its file, at `/api/v1/jobs`.
pub async fn whole(caller: Caller, Path(round): OfRound) -> JsonAnswer {
    let job = export::ask_export(&caller.site, &caller.scope, round).await?;
    answer_json(&json!({ "job": job }), None)
}
