//! What rooms and people do: ask for money, send the payer on, hear the gateway, give money back, look.

use super::{
    Asking, Filter, Gateway, Notice, Payment, PaymentId, PaymentState, REFUND, SYSTEM, Settled, store, taking,
};
use crate::{NotNow, Outgoing, put};
use base::{Decimal, Refusal, Timestamp};
use db::{Conn, Db, DbError, Tx, fresh_id};
use jiff::SignedDuration;
use journal::about;
use people::{Failure, Scope};
use serde_json::{Value, json};

/// The first question to the gateway, when no call-back came.
const FIRST_QUESTION: SignedDuration = SignedDuration::from_mins(2);

/// Asks for a fee, in the caller's transaction. The gateway is not troubled yet: [`open`] is. A fee that is asked for a
/// second time in the same sum before it is paid gives the first asking; one that is paid is refused.
///
/// Whoever changes the sum of a fee compares [`Payment::amount`] when it is paid: the payer may still pay the old asking.
pub async fn begin(tx: &mut Tx, scope: &Scope, asking: Asking) -> Result<Payment, Failure> {
    if asking.amount <= Decimal::ZERO || !asking.amount.fract().is_zero() {
        return Err(Refusal::from(NotNow::AmountWrong).into());
    }
    if let Some(first) = store::pending(tx, &asking.fee, asking.amount).await? {
        return Ok(first);
    }
    let id = fresh_id::<PaymentId>();
    // The payer's name is not for the journal.
    let after = json!({ "subject": asking.subject, "fee": asking.fee, "amount": asking.amount });
    journal::write(tx, scope, "payment.begun", about("payment", id), &(), &after).await?;
    if store::is_paid(tx, &asking.fee).await? {
        return Err(Refusal::from(NotNow::FeePaid).into());
    }
    let Asking { subject, fee, amount, content, payer } = asking;
    let payment = Payment {
        id,
        code: id.0.simple().to_string(),
        subject,
        fee,
        amount: amount.trunc(),
        content: one_line(&content),
        payer: one_line(&payer),
        state: PaymentState::Pending,
        extra: false,
        said: None,
        reference: None,
        address: None,
        problem: None,
        begun: scope.now,
        settled: None,
        refund_reason: None,
        refund_asked: None,
        refunded: None,
    };
    store::add(tx, &payment, Some(scope.now + FIRST_QUESTION)).await?;
    Ok(payment)
}

/// Line breaks could not be signed.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells the gateway of an asking and gives where the payer goes ([`Payment::address`]). Outside any transaction: it
/// waits for the gateway, which knows the asking by its code, so that it may be told again.
pub async fn open(
    db: &Db,
    gateway: &Gateway,
    id: PaymentId,
    return_to: &str,
    now: Timestamp,
) -> Result<Payment, Failure> {
    let payment = store::find(&mut db.read().await?, id).await?.ok_or(Failure::NotFound)?;
    if payment.address.is_some() || payment.state != PaymentState::Pending {
        return Ok(payment);
    }
    let address = gateway.create(&payment, return_to, now).await?;
    let mut tx = db.begin().await?;
    store::opened(&mut tx, id, &address).await?;
    tx.commit().await?;
    Ok(Payment { address: Some(address), ..payment })
}

/// The asking that a call-back speaks of, before anything of it is believed: for locking what it is for.
pub async fn spoken_of(conn: &mut Conn, body: &[u8]) -> Result<Option<Payment>, DbError> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    match body["MaGiaoDich"].as_str() {
        Some(code) => store::by_code(conn, code).await,
        None => Ok(None),
    }
}

/// Takes a call-back, in the caller's transaction: whatever follows for the fee is written in the same one. Refuses what
/// the gateway did not sign; a notice that was heard before changes nothing.
pub async fn settle(tx: &mut Tx, gateway: &Gateway, body: &[u8], now: Timestamp) -> Result<Settled, Failure> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::from(NotNow::Garbled))?;
    let notice: Notice = gateway.read(&body).map_err(Refusal::from)?;
    taking::take(tx, &notice, now).await
}

/// A payment that was taken has nothing to pay for: its fee was settled in another way, or is another sum by now. It is to
/// be given back. In the transaction that took it.
pub async fn spare(tx: &mut Tx, id: PaymentId, problem: &str) -> Result<(), DbError> {
    store::spare(tx, id, problem).await
}

/// The status and body that the gateway is answered: 200 and `MaLoi` "00" when it need not say it again.
pub fn reply(settled: &Result<Settled, Failure>) -> (u16, Value) {
    let answer = |status: u16, code: &str, say: String| (status, json!({ "MaLoi": code, "ThongBao": say }));
    match settled {
        Ok(_) => answer(200, "00", "Đã nhận.".into()),
        Err(Failure::NotFound) => answer(404, "04", "Không có giao dịch này.".into()),
        Err(failure @ Failure::Refused(refusals)) => match refusals.iter().any(|no| no.code == "payment-forged") {
            true => answer(401, "01", failure.say()),
            false => answer(400, "02", failure.say()),
        },
        Err(failure) => answer(500, "99", failure.say()),
    }
}

/// Asks the gateway to give money back: a message in the queue, sent until it is taken. The payment is `refunded` when the
/// gateway says that it is.
pub async fn refund(tx: &mut Tx, scope: &Scope, id: PaymentId, reason: &str) -> Result<(), Failure> {
    let reason = one_line(reason);
    if reason.is_empty() {
        return Err(Refusal::from(NotNow::ReasonMissing).into());
    }
    let payment = store::find(tx, id).await?.ok_or(Failure::NotFound)?;
    let before = json!({ "state": payment.state, "extra": payment.extra });
    journal::write(tx, scope, "payment.refund-asked", about("payment", id), &before, &json!({ "reason": reason }))
        .await?;
    // Again, under the journal's lock.
    let payment = store::find(tx, id).await?.ok_or(Failure::NotFound)?;
    let (Some(reference), Some(said), PaymentState::Paid | PaymentState::Mismatch) =
        (&payment.reference, payment.said, payment.state)
    else {
        return Err(Refusal::from(NotNow::NotPaid).into());
    };
    if !store::ask_refund(tx, id, &reason, scope.now, scope.now + FIRST_QUESTION).await? {
        return Err(Refusal::from(NotNow::RefundAsked).into());
    }
    let body = json!({
        "refund": id,
        "code": payment.asking_code(),
        "reference": reference,
        "amount": said,
        "reason": reason,
    });
    let (subject, key) = (format!("payment:{id}"), format!("refund:{id}"));
    put(tx, Outgoing { system: SYSTEM, kind: REFUND, subject, key, body }, scope.now).await?;
    Ok(())
}

/// One payment.
pub async fn find(conn: &mut Conn, id: PaymentId) -> Result<Option<Payment>, DbError> {
    store::find(conn, id).await
}

/// One page, the last begun first; `after` is the last id of the page before.
pub async fn list(
    conn: &mut Conn,
    filter: &Filter,
    after: Option<PaymentId>,
    most: i64,
) -> Result<Vec<Payment>, DbError> {
    store::list(conn, filter, after, most).await
}

/// All payments about one subject, the last begun first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Payment>, DbError> {
    store::list(conn, &Filter { subject: Some(subject.to_owned()), ..Filter::default() }, None, i64::from(u16::MAX))
        .await
}
