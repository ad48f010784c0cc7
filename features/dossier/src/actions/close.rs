//! Other ends and other dates: refuse, withdraw, apologise and extend, correct the moment of receipt.

use super::work::{Said, open};
use crate::clock::Deed;
use crate::model::*;
use crate::rules;
use crate::store;
use base::{Refusal, Timestamp};
use people::{Failure, Scope};
use web::Site;

/// Refuses a dossier with its reason (Mẫu 03).
pub async fn refuse(site: &Site, scope: &Scope, id: DossierId, version: i64, reason: &str) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    let inbox = work.at.dossier.awaits() && work.at.sight.counts;
    if !inbox && !work.at.sight.heads && work.at.all_mine(scope).is_empty() {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    if reason.trim().is_empty() {
        return Err(NotNow::RefuseReason.into());
    }
    work.end(scope, State::Refused, reason);
    work.settle(scope, "dossier.refused", Said { what: "Từ chối giải quyết", note: reason, public: true }).await
}

/// Ends at the applicant's wish, before there is a result.
pub async fn withdraw(site: &Site, scope: &Scope, id: DossierId, version: i64, reason: &str) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::may_withdraw(&work.at.dossier)?;
    if !work.at.sight.counts && !work.at.sight.heads {
        return Err(Failure::forbidden("Ghi nhận rút hồ sơ dành cho cán bộ một cửa hoặc lãnh đạo cơ quan."));
    }
    if reason.trim().is_empty() {
        return Err(NotNow::WithdrawReason.into());
    }
    work.end(scope, State::Withdrawn, reason);
    work.settle(scope, "dossier.withdrawn", Said { what: "Người nộp rút hồ sơ", note: reason, public: true }).await
}

/// Apologises and gives a new date, once. Later than one working day before it is due, it is recorded as late.
pub async fn extend(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    days: u32,
    reason: &str,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    if !work.at.sight.heads {
        return Err(Failure::forbidden("Xin lỗi và hẹn lại ngày trả do lãnh đạo cơ quan ký."));
    }
    rules::may_extend(&work.at.dossier, days, reason)
        .map_err(|wrong| Failure::Refused(wrong.into_iter().map(Refusal::from).collect()))?;
    let before = work.at.dossier.due.unwrap_or(work.at.dossier.promised);
    let late = rules::is_late_to_extend(scope.now, before);
    work.at.dossier.extended += 1;
    work.tick(scope, Deed::Extend { minutes: i64::from(days * calendar::DAY) }).await?;
    let after = work.due()?.unwrap_or(before);
    store::add_apology(work.db.write().await?, scope, id, reason, (before, after), late).await?;
    let note =
        format!("{reason} Ngày trả mới: {}.{}", base::day::vi_moment(after), if late { " Xin lỗi muộn." } else { "" });
    work.settle(scope, "dossier.extended", Said { what: "Xin lỗi và hẹn lại ngày trả", note: &note, public: true })
        .await
}

/// The receipt said a wrong moment: it is corrected, and the receipt printed again.
pub async fn correct(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    received: Timestamp,
    why: &str,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::runs(&work.at.dossier)?;
    if !work.at.sight.counts {
        return Err(Failure::forbidden("Sửa lúc nhận dành cho cán bộ một cửa."));
    }
    if why.trim().is_empty() {
        return Err(NotNow::WhyBackdated.into());
    }
    rules::check_received(received, why, scope.now)?;
    work.tick(scope, Deed::Correct { received }).await?;
    work.at.dossier.received = received;
    let promised = work.due()?.unwrap_or(received);
    store::set_received(work.db.write().await?, id, received, promised).await?;
    let note = format!("{why} Lúc nhận đúng: {}.", base::day::vi_moment(received));
    work.settle(scope, "dossier.corrected", Said { what: "Sửa lúc nhận", note: &note, public: true }).await
}
