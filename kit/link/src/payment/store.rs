//! The SQL of payments, nothing else.

use super::model::read_payment;
use super::{Filter, Payment, PaymentId};
use base::Timestamp;
use db::{Conn, DbError, Tx, args, sql};

sql! {
    FIND = "select id, code, subject, fee, amount, content, payer, state, extra, said, reference, address, problem, begun, \
            settled, refund_reason, refund_asked, refunded from payment where id = $1";
    BY_CODE = "select id, code, subject, fee, amount, content, payer, state, extra, said, reference, address, problem, \
               begun, settled, refund_reason, refund_asked, refunded from payment where code = $1";
    BY_REFERENCE = "select id, code, subject, fee, amount, content, payer, state, extra, said, reference, address, problem, \
                    begun, settled, refund_reason, refund_asked, refunded from payment where reference = $1";
    PENDING = "select id, code, subject, fee, amount, content, payer, state, extra, said, reference, address, problem, \
               begun, settled, refund_reason, refund_asked, refunded from payment \
               where fee = $1 and amount = $2 and state = 'pending' order by begun desc limit 1";
    COUNTED = "select id from payment where fee = $1 and state = 'paid' and extra = 0";
    LIST = concat!(db::anew!(), "select id, code, subject, fee, amount, content, payer, state, extra, said, reference, address, problem, begun, \
            settled, refund_reason, refund_asked, refunded from payment \
            where (state = $1 or $1 is null) and (subject = $2 or $2 is null) \
            and ($3 = 0 or (state in ('paid', 'mismatch') and (extra = 1 or state = 'mismatch') and refund_asked is null)) \
            and (id < $4 or $4 is null) order by id desc limit $5");
    ADD = "insert into payment (id, code, subject, fee, amount, content, payer, state, extra, said, reference, problem, \
           begun, settled, ask_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    SETTLE = "update payment set state = $2, extra = $3, said = $4, reference = $5, problem = $6, settled = $7, \
              ask_at = null, asked = 0 where id = $1";
    FAIL = "update payment set state = 'failed', problem = $2, settled = $3, ask_at = null \
            where id = $1 and state = 'pending'";
    REFUNDED = "update payment set state = 'refunded', refunded = $2, ask_at = null where id = $1";
    // What came too much counts after all, once what counted has gone back.
    COUNT_ANOTHER = "update payment set extra = 0, problem = null where id = (select min(id) from payment where fee = $1 \
                     and state = 'paid' and extra = 1 and amount = said and refund_asked is null and problem = $2) \
                     and not exists (select 1 from payment where fee = $1 and state = 'paid' and extra = 0)";
    SPARE = "update payment set extra = 1, problem = $2 where id = $1 and state = 'paid'";
    OPENED = "update payment set address = $2 where id = $1";
    ASK_REFUND = "update payment set refund_reason = $2, refund_asked = $3, ask_at = $4, asked = 0 \
                  where id = $1 and refund_asked is null";
    DUE = "select id, ask_at, asked from payment where ask_at <= $1 order by ask_at, id limit $2";
    // Of several nodes that see the same payment due, one moves its next asking, and asks.
    CLAIM = "update payment set ask_at = $3, asked = asked + 1 where id = $1 and ask_at = $2";
}

pub(super) async fn find(conn: &mut Conn, id: PaymentId) -> Result<Option<Payment>, DbError> {
    conn.find(FIND, args![id], read_payment).await
}

pub(super) async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Payment>, DbError> {
    conn.find(BY_CODE, args![code], read_payment).await
}

pub(super) async fn by_reference(conn: &mut Conn, reference: &str) -> Result<Option<Payment>, DbError> {
    conn.find(BY_REFERENCE, args![reference], read_payment).await
}

pub(super) async fn pending(conn: &mut Conn, fee: &str, amount: base::Decimal) -> Result<Option<Payment>, DbError> {
    conn.find(PENDING, args![fee, amount], read_payment).await
}

/// Whether a payment of this fee counts.
pub(super) async fn is_paid(conn: &mut Conn, fee: &str) -> Result<bool, DbError> {
    Ok(conn.row(COUNTED, args![fee]).await?.is_some())
}

pub(super) async fn list(
    conn: &mut Conn,
    filter: &Filter,
    after: Option<PaymentId>,
    most: i64,
) -> Result<Vec<Payment>, DbError> {
    let Filter { state, subject, to_refund } = filter.clone();
    conn.list(LIST, args![state, subject, to_refund, after, most], read_payment).await
}

/// A new row, with when the gateway is asked of it.
pub(super) async fn add(tx: &mut Tx, new: &Payment, ask_at: Option<Timestamp>) -> Result<(), DbError> {
    let row = args![
        new.id,
        &new.code,
        &new.subject,
        &new.fee,
        new.amount,
        &new.content,
        &new.payer,
        new.state,
        new.extra,
        new.said,
        new.reference.clone(),
        new.problem.clone(),
        new.begun,
        new.settled,
        ask_at
    ];
    tx.exec(ADD, row).await?;
    Ok(())
}

/// Writes down what a notice of money changed.
pub(super) async fn settle(tx: &mut Tx, now: &Payment) -> Result<(), DbError> {
    let row = args![now.id, now.state, now.extra, now.said, now.reference.clone(), now.problem.clone(), now.settled];
    tx.exec(SETTLE, row).await?;
    Ok(())
}

pub(super) async fn fail(tx: &mut Tx, id: PaymentId, problem: Option<&str>, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.exec(FAIL, args![id, problem, now]).await? == 1)
}

pub(super) async fn refunded(tx: &mut Tx, gone: &Payment, now: Timestamp) -> Result<(), DbError> {
    tx.exec(REFUNDED, args![gone.id, now]).await?;
    // One that was spared has another problem: nothing is left for it to pay.
    tx.exec(COUNT_ANOTHER, args![&gone.fee, crate::words::TWICE]).await?;
    Ok(())
}

pub(super) async fn spare(tx: &mut Tx, id: PaymentId, problem: &str) -> Result<(), DbError> {
    tx.exec(SPARE, args![id, problem]).await?;
    Ok(())
}

pub(super) async fn opened(tx: &mut Tx, id: PaymentId, address: &str) -> Result<(), DbError> {
    tx.exec(OPENED, args![id, address]).await?;
    Ok(())
}

pub(super) async fn ask_refund(
    tx: &mut Tx,
    id: PaymentId,
    reason: &str,
    now: Timestamp,
    ask_at: Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.exec(ASK_REFUND, args![id, reason, now, ask_at]).await? == 1)
}

/// The payments of which the gateway is to be asked now: when that was due, and how often it was asked before.
pub(super) async fn due(
    conn: &mut Conn,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(PaymentId, Timestamp, i64)>, DbError> {
    conn.list(DUE, args![now, most], |row| Ok((row.pull()?, row.pull()?, row.pull()?))).await
}

pub(super) async fn claim(
    tx: &mut Tx,
    id: PaymentId,
    was_due: Timestamp,
    next: Option<Timestamp>,
) -> Result<bool, DbError> {
    Ok(tx.exec(CLAIM, args![id, was_due, next]).await? == 1)
}
