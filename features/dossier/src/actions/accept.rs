//! The official receipt of what came online: from then on the legal time runs (NĐ 309/2026/NĐ-CP, Điều 17.3: from full and
//! correct receipt, as the receipt says).

use super::intake::register_number;
use super::work::{Said, open};
use crate::clock;
use crate::model::*;
use crate::store;
use people::{Failure, Scope};
use web::Site;

/// Receives a dossier officially. Of two clerks the second is told.
pub async fn accept(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    tariff: Option<usize>,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    if !work.at.dossier.awaits() || work.at.dossier.paused.is_some() {
        return Err(NotNow::NotAwaiting.into());
    }
    if !work.at.sight.counts {
        return Err(Failure::forbidden("Tiếp nhận hồ sơ dành cho cán bộ một cửa."));
    }
    let papers = store::papers(work.db.write().await?, id).await?;
    if let Some(bad) = papers.iter().find(|paper| paper.good == Some(false)) {
        let say = format!("“{}” chưa đạt. Hãy yêu cầu bổ sung, hoặc xem lại kết luận rồi tiếp nhận.", bad.name);
        return Err(Failure::refused("paper-bad", say));
    }
    for paper in papers.iter().filter(|paper| paper.good.is_none()) {
        store::judge_paper(work.db.write().await?, id, &paper.code, Some(true), "", "").await?;
    }
    add_tariff(&mut work, tariff).await?;
    begin(&mut work, scope).await?;
    work.settle(scope, "dossier.accepted", Said { what: "Tiếp nhận chính thức", note: "", public: true }).await
}

/// Of the fees that are alternatives, the one that applies: the citizen could not know.
async fn add_tariff(work: &mut super::work::Work, tariff: Option<usize>) -> Result<(), Failure> {
    let procedure = work.at.procedure.clone();
    let dossier = work.at.dossier.clone();
    let Some(asked) = procedure.asked(&dossier.case) else { return Ok(()) };
    let open: Vec<usize> = (0..asked.fees.len()).filter(|at| !asked.fees[*at].when.is_empty()).collect();
    if open.is_empty() {
        return Ok(());
    }
    let chosen = tariff.filter(|at| open.contains(at)).ok_or(NotNow::TariffMissing)?;
    Ok(store::add_fee(work.db.write().await?, dossier.id, asked.fees[chosen]).await?)
}

async fn begin(work: &mut super::work::Work, scope: &Scope) -> Result<(), Failure> {
    let process = work.at.process.clone();
    let first = process.steps.first().ok_or_else(|| Failure::Broken("a process without steps".into()))?;
    let time = work.at.time()?;
    let due = clock::due(&work.calendar, scope.now, time, &[])?;
    let number = register_number(work.db.write().await?, work.at.dossier.counter, scope.today()).await?;
    let dossier = &mut work.at.dossier;
    (dossier.received, dossier.received_by, dossier.number) = (scope.now, scope.account, number);
    dossier.promised = due.unwrap_or(scope.now);
    dossier.standing = workflow::begin(&process);
    if !store::accept_dossier(work.db.write().await?, &work.at.dossier).await? {
        return Err(NotNow::NotAwaiting.into());
    }
    let step = Step::begun(first, scope.now);
    store::add_step(work.db.write().await?, work.at.dossier.id, &step).await?;
    work.at.steps.push(step);
    Ok(())
}

/// What a clerk sees of the fees that are alternatives: place and words.
pub fn tariffs(procedure: &procedure::Procedure, case: &str) -> Vec<(usize, String)> {
    let Some(asked) = procedure.asked(case) else { return Vec::new() };
    let words = |fee: &procedure::Fee| format!("{} ({}): {} đồng", fee.name, fee.when, base::number::vi(&fee.amount));
    (0..).zip(&asked.fees).filter(|(_, fee)| !fee.when.is_empty()).map(|(at, fee)| (at, words(fee))).collect()
}
