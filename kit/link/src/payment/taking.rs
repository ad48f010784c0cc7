//! What a notice changes. The decision is pure (`decide`); `take` reads what it needs under the journal's lock and writes
//! what was decided, so that of two notices at one moment the second sees the first.

use super::{Change, Notice, Payment, PaymentState, Settled, Told, store};
use crate::words::{TWICE, differs};
use base::Timestamp;
use db::{DbError, Tx, fresh_id};
use journal::about;
use people::{Failure, Scope};
use serde_json::json;

/// What is known when a notice comes.
struct Known<'a> {
    /// The asking that it names.
    asking: &'a Payment,
    /// The receipt of its reference, heard of before.
    receipt: Option<&'a Payment>,
    /// A payment of the fee counts already.
    fee_is_paid: bool,
}

/// What to do about it.
#[derive(Debug, PartialEq)]
enum Do {
    Nothing,
    /// The asking itself becomes this.
    Settle(PaymentState, Change),
    /// A second receipt on the same asking becomes a row of its own.
    Add(PaymentState, Change),
    Fail,
    Refund,
}

/// Takes one notice; nothing changes where it says nothing new.
pub(super) async fn take(tx: &mut Tx, notice: &Notice, now: Timestamp) -> Result<Settled, Failure> {
    let asking = store::by_code(tx, &notice.code).await?.ok_or(Failure::NotFound)?;
    // Without a lock first: a gateway that repeats itself does not fill the journal.
    let unlocked = look(tx, asking, notice).await?;
    if unlocked.1 == Do::Nothing {
        return Ok(Settled { payment: unlocked.0, change: Change::Nothing });
    }
    // The journal's head is the lock: whoever takes another notice waits here, and then sees what we did.
    let scope = Scope::program("Cổng thanh toán", now);
    let said = json!({ "told": notice.told, "amount": notice.amount, "reference": notice.reference });
    let before = json!({ "state": unlocked.0.state });
    journal::write(tx, &scope, "payment.noticed", about("payment", unlocked.0.id), &before, &said).await?;
    let asking = store::by_code(tx, &notice.code).await?.ok_or(Failure::NotFound)?;
    let (payment, act) = look(tx, asking, notice).await?;
    Ok(write(tx, payment, act, notice, now).await?)
}

/// The payment that the notice is about, and what to do.
async fn look(tx: &mut Tx, asking: Payment, notice: &Notice) -> Result<(Payment, Do), DbError> {
    let receipt = match notice.reference.is_empty() {
        true => None,
        false => store::by_reference(tx, &notice.reference).await?,
    };
    let fee_is_paid = store::is_paid(tx, &asking.fee).await?;
    let act = decide(&Known { asking: &asking, receipt: receipt.as_ref(), fee_is_paid }, notice);
    Ok((receipt.unwrap_or(asking), act))
}

fn decide(known: &Known<'_>, notice: &Notice) -> Do {
    match notice.told {
        Told::Pending => Do::Nothing,
        Told::Failed if known.asking.state == PaymentState::Pending => Do::Fail,
        Told::Failed => Do::Nothing,
        Told::Refunded => match known.receipt.map(|receipt| receipt.state) {
            Some(PaymentState::Paid | PaymentState::Mismatch) => Do::Refund,
            // Money that was never told of went back: there is nothing to settle.
            _ => Do::Nothing,
        },
        Told::Paid if known.receipt.is_some() => Do::Nothing,
        Told::Paid => {
            let (state, change) = match (notice.amount == known.asking.amount, known.fee_is_paid) {
                (_, true) => (PaymentState::Paid, Change::PaidTwice),
                (true, false) => (PaymentState::Paid, Change::Paid),
                (false, false) => (PaymentState::Mismatch, Change::Mismatch),
            };
            match known.asking.state {
                PaymentState::Pending | PaymentState::Failed => Do::Settle(state, change),
                PaymentState::Paid | PaymentState::Mismatch | PaymentState::Refunded => Do::Add(state, change),
            }
        }
    }
}

async fn write(tx: &mut Tx, payment: Payment, act: Do, notice: &Notice, now: Timestamp) -> Result<Settled, DbError> {
    let (payment, change) = match act {
        Do::Nothing => (payment, Change::Nothing),
        Do::Fail => {
            store::fail(tx, payment.id, None, now).await?;
            (Payment { state: PaymentState::Failed, settled: Some(now), ..payment }, Change::Failed)
        }
        Do::Refund => {
            store::refunded(tx, &payment, now).await?;
            (Payment { state: PaymentState::Refunded, refunded: Some(now), ..payment }, Change::Refunded)
        }
        Do::Settle(state, change) => {
            let payment = came(payment, state, change, notice, now);
            store::settle(tx, &payment).await?;
            (payment, change)
        }
        Do::Add(state, change) => {
            let code = format!("{}/{}", payment.code, notice.reference);
            let second = Payment { id: fresh_id(), code, begun: now, address: None, ..payment };
            let second = Payment { refund_reason: None, refund_asked: None, refunded: None, ..second };
            let second = came(second, state, change, notice, now);
            store::add(tx, &second, None).await?;
            (second, change)
        }
    };
    Ok(Settled { payment, change })
}

fn came(payment: Payment, state: PaymentState, change: Change, notice: &Notice, now: Timestamp) -> Payment {
    let problem = match change {
        Change::PaidTwice => Some(TWICE.to_owned()),
        Change::Mismatch => Some(differs(&payment.amount, &notice.amount)),
        Change::Nothing | Change::Paid | Change::Failed | Change::Refunded => None,
    };
    Payment {
        state,
        extra: change == Change::PaidTwice,
        said: Some(notice.amount),
        reference: Some(notice.reference.clone()),
        problem,
        settled: Some(now),
        ..payment
    }
}
