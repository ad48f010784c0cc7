//! Fees given back at the counter: asked for by a clerk, approved by the head where the practice asks for it, paid out with
//! a slip. The dossier itself stays as it is, also one that has ended.

use super::prints::{Range, may_read, printed};
use super::work::{Work, open};
use crate::model::*;
use crate::papers::{Printed, What};
use crate::{rules, store};
use base::{Decimal, Refusal};
use db::Conn;
use journal::about;
use people::{Failure, Scope, UnitId};
use serde::Serialize;
use web::Site;

/// No more is shown of the money of some days.
const MOST_LINES: i64 = 5_000;

/// What the journal keeps.
#[derive(Serialize)]
struct Line<'a> {
    refund: RefundId,
    fee: FeeId,
    amount: Decimal,
    reason: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    number: &'a str,
}

impl<'a> Line<'a> {
    fn of(one: &'a Refund, reason: &'a str, number: &'a str) -> Line<'a> {
        Line { refund: one.id, fee: one.fee, amount: one.amount, reason, number }
    }
}

fn counts(work: &Work) -> Result<(), Failure> {
    match work.at.sight.counts {
        true => Ok(()),
        false => Err(Failure::forbidden("Hoàn phí đã thu ở quầy dành cho cán bộ một cửa.")),
    }
}

/// Asks a fee back, whole or in part. Where no approval is asked for, it is agreed at once.
pub async fn ask_refund(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    fee: FeeId,
    (amount, reason): (Decimal, &str),
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    counts(&work)?;
    let fees = store::fees(work.db.write().await?, id).await?;
    let one = fees.iter().find(|one| one.id == fee).ok_or(Failure::NotFound)?;
    let before = store::refunds(work.db.write().await?, id).await?;
    let wrong = rules::may_ask_refund(one, &before, amount, reason);
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong.into_iter().map(Refusal::from).collect()));
    }
    let agreed = !rules::practice().asks_approval(amount);
    let refund = Refund {
        id: db::fresh_id(),
        fee,
        amount,
        reason: reason.trim().to_owned(),
        asked: scope.now,
        asked_by: scope.name.clone(),
        decided: agreed.then_some(scope.now),
        decided_by: String::new(),
        agreed,
        why_not: String::new(),
        paid: None,
        paid_by: String::new(),
        number: String::new(),
    };
    store::ask_refund(work.db.write().await?, scope, id, &refund).await?;
    let note = format!("{}: {} đồng. {}", one.name, base::number::vi(&amount), refund.reason);
    finish(work, scope, ("dossier.refund-asked", "Đề nghị hoàn phí", &note), Line::of(&refund, reason, "")).await
}

/// What the head of the agency says of it.
pub async fn decide_refund(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    refund: RefundId,
    refused: Option<&str>,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    if !work.at.sight.heads {
        return Err(Failure::forbidden("Duyệt hoàn phí dành cho lãnh đạo cơ quan."));
    }
    let one = found(&mut work, id, refund).await?;
    rules::may_decide_refund(&one)?;
    let why = refused.unwrap_or_default().trim();
    if refused.is_some() && why.is_empty() {
        return Err(NotNow::RefundWhyNot.into());
    }
    if !store::decide_refund(work.db.write().await?, scope, refund, refused.is_none(), why).await? {
        return Err(NotNow::RefundDecided { how: one.say() }.into());
    }
    let (deed, what) = match refused {
        None => ("dossier.refund-agreed", "Duyệt hoàn phí"),
        Some(_) => ("dossier.refund-declined", "Không duyệt hoàn phí"),
    };
    let note = format!("{} đồng. {why}", base::number::vi(&one.amount));
    finish(work, scope, (deed, what, &note), Line::of(&one, why, "")).await
}

/// The money goes out, with a slip of its own number.
pub async fn give_back(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    refund: RefundId,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    counts(&work)?;
    let one = found(&mut work, id, refund).await?;
    rules::may_give_back(&one)?;
    let row = format!("refund:{}:{}", work.at.dossier.counter, scope.today().year());
    let number = format!("{:07}", store::next_number(work.db.write().await?, &row).await?);
    if !store::give_back(work.db.write().await?, scope, refund, &number).await? {
        return Err(NotNow::RefundPaidOut { number: one.number }.into());
    }
    let fees = store::fees(work.db.write().await?, id).await?;
    let fee = fees.iter().find(|fee| fee.id == one.fee).ok_or(Failure::NotFound)?;
    let all = store::refunds(work.db.write().await?, id).await?;
    if returned_of(fee, &all) == fee.amount {
        store::fee_refunded(work.db.write().await?, id, fee.id).await?;
    }
    let note = format!("{}: {} đồng, phiếu hoàn {number}", fee.name, base::number::vi(&one.amount));
    let line = Line::of(&one, &one.reason, &number);
    finish(work, scope, ("dossier.fee-given-back", "Hoàn phí", &note), line).await
}

async fn found(work: &mut Work, dossier: DossierId, id: RefundId) -> Result<Refund, Failure> {
    let all = store::refunds(work.db.write().await?, dossier).await?;
    all.into_iter().find(|one| one.id == id).ok_or(Failure::NotFound)
}

async fn finish(
    mut work: Work,
    scope: &Scope,
    (deed, what, note): (&str, &str, &str),
    line: Line<'_>,
) -> Result<(), Failure> {
    let id = work.at.dossier.id;
    // The citizen reads that money came back, not what the office thought about it.
    let public = deed == "dossier.fee-given-back";
    store::add_event(work.db.write().await?, scope, id, what, note, public).await?;
    journal::write(work.db.write().await?, scope, deed, about("dossier", id), &(), &line).await?;
    work.db.commit().await
}

/// What the slip of a refund says.
pub async fn refund_printed(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    refund: RefundId,
) -> Result<(Printed, Refund), Failure> {
    let printed = printed(site, scope, id, What::Refund).await?;
    let one = printed.seen.past.refunds.iter().find(|one| one.id == refund).cloned().ok_or(Failure::NotFound)?;
    Ok((printed, one))
}

/// The money of a counter on some days, both included, for whoever reads its register.
pub async fn cashbook(conn: &mut Conn, scope: &Scope, counter: UnitId, range: Range) -> Result<Vec<Cash>, Failure> {
    let moments = range.moments()?;
    may_read(conn, scope, counter).await?;
    Ok(store::cashbook(conn, counter, moments, MOST_LINES).await?)
}
