//! Fees: paid at the counter, online through a gateway, or waived.

use super::sync;
use super::tell::Outside;
use super::work::{Said, open};
use crate::model::*;
use crate::store;
use db::Tx;
use journal::about;
use link::payment::{self, Asking, Change, Heard, Hearing, Payment, Settled};
use people::{Failure, Scope};
use serde_json::{Value, json};
use web::Site;

/// Takes a fee in cash; gives the receipt's number.
pub async fn pay(site: &Site, scope: &Scope, id: DossierId, version: i64, fee: FeeId) -> Result<(), Failure> {
    settle(site, scope, id, version, fee, FeeState::Paid, "").await
}

/// Waives a fee, with the reason.
pub async fn waive(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    fee: FeeId,
    why: &str,
) -> Result<(), Failure> {
    if why.trim().is_empty() {
        return Err(Failure::from(base::Refusal::new("waive-why", "Ghi căn cứ miễn phí.").at("ly_do")));
    }
    settle(site, scope, id, version, fee, FeeState::Waived, why).await
}

async fn settle(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    fee: FeeId,
    state: FeeState,
    why: &str,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    if !work.at.sight.counts {
        return Err(Failure::forbidden("Thu phí dành cho cán bộ một cửa."));
    }
    let fees = store::fees(work.db.write().await?, id).await?;
    let one = fees.iter().find(|one| one.id == fee).ok_or(Failure::NotFound)?;
    let receipt = match state {
        FeeState::Paid => {
            let row = format!("receipt:{}:{}", work.at.dossier.counter, scope.today().year());
            format!("{:07}", store::next_number(work.db.write().await?, &row).await?)
        }
        _ => String::new(),
    };
    if !store::settle_fee(work.db.write().await?, scope, id, fee, state, &receipt, "cash").await? {
        return Err(NotNow::FeePaid.into());
    }
    let (what, deed) = match state {
        FeeState::Paid => ("Thu phí", "dossier.fee-paid"),
        _ => ("Miễn phí", "dossier.fee-waived"),
    };
    let note = match state {
        FeeState::Paid => format!("{}: {} đồng, biên lai {receipt}", one.name, base::number::vi(&one.amount)),
        _ => format!("{}: {why}", one.name),
    };
    work.settle(scope, deed, Said { what, note: &note, public: true }).await
}

/// Asks for a fee online, for a browser that follows its dossier; where to pay stands on its page from then on.
pub async fn pay_online(site: &Site, code: &str, token: &str, fee: FeeId) -> Result<(), Failure> {
    let gateway = site.payments.as_ref().ok_or(Failure::NotFound)?;
    let (now, scope) = (site.now(), Scope::citizen(site.now()));
    let mut tx = site.db.begin().await?;
    let found = super::follow::followed(&mut tx, code, token, now).await?;
    let one = found.fees.iter().find(|one| one.id == fee).ok_or(Failure::NotFound)?;
    if !found.dossier.state.is_open() {
        return Err(NotNow::Ended { state: found.dossier.state }.into());
    }
    if one.state != FeeState::Due {
        return Err(NotNow::FeePaid.into());
    }
    let asking = Asking {
        subject: format!("dossier:{}", found.dossier.id),
        fee: one.id.to_string(),
        amount: one.amount,
        content: format!("{} hồ sơ {}", one.name, found.dossier.code),
        payer: found.dossier.owner.name.clone(),
    };
    let asked = payment::begin(&mut tx, &scope, asking).await?;
    tx.commit().await?;
    let back = format!("{}/tra-cuu/{code}", site.settings.public_url);
    payment::open(&site.db, gateway, asked.id, &back, now).await.map(drop)
}

/// What the gateway says, and what it is answered. A notice that could not be taken is said again by it.
pub async fn hear(site: &Site, body: &[u8]) -> (u16, Value) {
    let heard = take(site, body).await;
    if let Err(Failure::Broken(why)) = &heard {
        tracing::error!(why, "a call-back of the payment gateway could not be taken");
    }
    payment::reply(&heard)
}

async fn take(site: &Site, body: &[u8]) -> Result<Settled, Failure> {
    let gateway = site.payments.as_ref().ok_or(Failure::NotFound)?;
    let mut tx = site.db.begin().await?;
    if let Some(asking) = payment::spoken_of(&mut tx, body).await? {
        ready(&mut tx, &asking).await?;
    }
    let settled = payment::settle(&mut tx, gateway, body, site.now()).await?;
    came(&mut tx, &settled, &Outside::of(&site.settings), site.now()).await?;
    tx.commit().await?;
    Ok(settled)
}

/// Locks the fee before the journal's head is taken: a clerk who takes it in cash takes the two in this order.
async fn ready(tx: &mut Tx, asking: &Payment) -> Result<(), Failure> {
    match asking.fee.parse::<FeeId>() {
        Ok(fee) => Ok(store::lock_fee(tx, fee).await?),
        Err(_) => Ok(()),
    }
}

/// What came settles its fee, in the transaction in which it was taken; what has nothing to pay for is given back. Money that
/// came twice or in another sum stays with the payments.
async fn came(tx: &mut Tx, settled: &Settled, outside: &Outside, now: base::Timestamp) -> Result<(), Failure> {
    let Settled { payment: paid, change } = settled;
    let id = paid.subject.strip_prefix("dossier:").and_then(|id| id.parse::<DossierId>().ok());
    let (Some(id), Ok(fee)) = (id, paid.fee.parse::<FeeId>()) else { return Ok(()) };
    let scope = Scope::program("Cổng thanh toán", now);
    let said = format!("{}: {} đồng", paid.content, base::number::vi(&paid.amount));
    match change {
        Change::Paid => take_fee(tx, &scope, outside, paid, id, fee).await,
        Change::Refunded => {
            store::add_event(tx, &scope, id, "Hoàn tiền đã nộp trực tuyến", &said, true).await?;
            let after = json!({ "fee": fee, "payment": paid.id });
            Ok(journal::write(tx, &scope, "dossier.fee-refunded", about("dossier", id), &(), &after).await?)
        }
        Change::Nothing | Change::PaidTwice | Change::Mismatch | Change::Failed => Ok(()),
    }
}

async fn take_fee(
    tx: &mut Tx,
    scope: &Scope,
    outside: &Outside,
    paid: &Payment,
    id: DossierId,
    fee: FeeId,
) -> Result<(), Failure> {
    let Some(dossier) = store::dossier(tx, id).await? else { return Ok(()) };
    let fees = store::fees(tx, id).await?;
    let Some(one) = fees.iter().find(|one| one.id == fee) else { return Ok(()) };
    if one.state != FeeState::Due || one.amount != paid.amount || !dossier.state.is_open() {
        let problem =
            "Khoản này đã thu ở quầy, đã miễn, đã đổi số tiền, hoặc hồ sơ đã kết thúc: hoàn lại cho người nộp.";
        return Ok(payment::spare(tx, paid.id, problem).await?);
    }
    // A row of numbers of its own: that of the counter is taken by people who have not the journal's head yet.
    let row = format!("receipt-online:{}:{}", dossier.counter, scope.today().year());
    let receipt = format!("TT{:07}", store::next_number(tx, &row).await?);
    if !store::settle_fee(tx, scope, id, fee, FeeState::Paid, &receipt, ONLINE).await? {
        return Err(Failure::Broken(format!("fee {fee} was settled under its lock")));
    }
    let note = format!("{}: {} đồng, biên lai {receipt}", one.name, base::number::vi(&one.amount));
    store::add_event(tx, scope, id, "Nộp phí trực tuyến", &note, true).await?;
    // Nobody need do anything more for the portal to hear of it.
    let news = sync::money(tx, outside, &dossier, paid.id).await?;
    let after = json!({ "fee": fee, "receipt": receipt, "payment": paid.id });
    journal::write(tx, scope, "dossier.fee-paid", about("dossier", id), &(), &after).await?;
    sync::put(tx, scope, news.into_iter().collect()).await
}

/// Whoever asks the gateway itself, where no call-back came, is told the same way.
pub struct Fees {
    pub clock: web::Clock,
    pub outside: Outside,
}

impl Hearing for Fees {
    fn ready<'a>(&'a self, tx: &'a mut Tx, asking: &'a Payment) -> Heard<'a> {
        Box::pin(ready(tx, asking))
    }

    fn hear<'a>(&'a self, tx: &'a mut Tx, settled: &'a Settled) -> Heard<'a> {
        Box::pin(came(tx, settled, &self.outside, self.clock.now()))
    }
}
