//! Fees given back, and the money of a counter by days.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{Scope, UnitId};

sql! {
    REFUNDS = "select id, fee, amount, reason, asked, asked_name, decided, decided_name, agreed, why_not, paid, paid_name, number \
               from dossier_refund where dossier = $1 order by asked, id";
    ASK_REFUND = "insert into dossier_refund (id, dossier, fee, amount, reason, asked, asked_by, asked_name, decided, agreed) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    DECIDE_REFUND = "update dossier_refund set decided = $2, decided_by = $3, decided_name = $4, agreed = $5, why_not = $6 \
                     where id = $1 and decided is null";
    GIVE_BACK = "update dossier_refund set paid = $2, paid_by = $3, paid_name = $4, number = $5 where id = $1 and paid is null";
    FEE_REFUNDED = "update dossier_fee set state = 'refunded' where id = $1 and dossier = $2";
    // The two are asked apart: each by the index of its moment.
    CAME_IN = "select f.paid, f.receipt, d.id, d.code, f.name, f.way, f.amount, coalesce(a.name, '') from dossier_fee f \
               join dossier d on d.id = f.dossier left join account a on a.id = f.paid_by \
               where d.counter = $1 and f.paid >= $2 and f.paid < $3 and f.state in ('paid', 'refunded') order by f.paid, f.id limit $4";
    WENT_BACK = "select r.paid, r.number, d.id, d.code, f.name, f.way, r.amount, r.paid_name from dossier_refund r \
                 join dossier_fee f on f.id = r.fee join dossier d on d.id = r.dossier \
                 where d.counter = $1 and r.paid >= $2 and r.paid < $3 order by r.paid, r.id limit $4";
}

fn refund(row: &mut Row) -> Result<Refund, DbError> {
    Ok(Refund {
        id: row.pull()?,
        fee: row.pull()?,
        amount: row.pull()?,
        reason: row.pull()?,
        asked: row.pull()?,
        asked_by: row.pull()?,
        decided: row.pull()?,
        decided_by: row.pull()?,
        agreed: row.pull()?,
        why_not: row.pull()?,
        paid: row.pull()?,
        paid_by: row.pull()?,
        number: row.pull()?,
    })
}

/// The refunds of a dossier's fees, the oldest first.
pub async fn refunds(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Refund>, DbError> {
    conn.list(REFUNDS, args![dossier], refund).await
}

pub async fn ask_refund(tx: &mut Tx, scope: &Scope, dossier: DossierId, one: &Refund) -> Result<(), DbError> {
    let row = args![
        one.id,
        dossier,
        one.fee,
        one.amount,
        &one.reason,
        one.asked,
        scope.account,
        &one.asked_by,
        one.decided,
        one.agreed
    ];
    tx.exec(ASK_REFUND, row).await.map(drop)
}

/// What the head says; false where somebody has said it before.
pub async fn decide_refund(
    tx: &mut Tx,
    scope: &Scope,
    id: RefundId,
    agreed: bool,
    why_not: &str,
) -> Result<bool, DbError> {
    let row = args![id, scope.now, scope.account, &scope.name, agreed, why_not];
    Ok(tx.exec(DECIDE_REFUND, row).await? == 1)
}

/// Money goes out, under the number of its slip; false where it has.
pub async fn give_back(tx: &mut Tx, scope: &Scope, id: RefundId, number: &str) -> Result<bool, DbError> {
    Ok(tx.exec(GIVE_BACK, args![id, scope.now, scope.account, &scope.name, number]).await? == 1)
}

/// Nothing of a fee is left.
pub async fn fee_refunded(tx: &mut Tx, dossier: DossierId, fee: FeeId) -> Result<(), DbError> {
    tx.exec(FEE_REFUNDED, args![fee, dossier]).await.map(drop)
}

fn cash(row: &mut Row, back: bool) -> Result<Cash, DbError> {
    Ok(Cash {
        at: row.pull()?,
        number: row.pull()?,
        dossier: row.pull()?,
        code: row.pull()?,
        fee: row.pull()?,
        online: row.pull::<String>()? == ONLINE,
        back,
        amount: row.pull()?,
        who: row.pull()?,
    })
}

/// The money of a counter in [from, to), as it came and went.
pub async fn cashbook(
    conn: &mut Conn,
    counter: UnitId,
    (from, to): (Timestamp, Timestamp),
    most: i64,
) -> Result<Vec<Cash>, DbError> {
    let mut all = conn.list(CAME_IN, args![counter, from, to, most], |row| cash(row, false)).await?;
    all.extend(conn.list(WENT_BACK, args![counter, from, to, most], |row| cash(row, true)).await?);
    all.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.back.cmp(&b.back)).then_with(|| a.number.cmp(&b.number)));
    Ok(all)
}
