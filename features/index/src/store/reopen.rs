//! Wishes to open a card again.

use crate::model::*;
use base::Date;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::AccountId;

sql! {
    OF_CARD = "select r.id, r.card, r.reason, r.asked, a.name, r.granted, r.until from index_reopen r \
               left join account a on a.id = r.asked_by where r.card = $1 order by r.asked desc";
    OPEN_OF_ROUND = "select r.id, r.card, r.reason, r.asked, a.name, r.granted, r.until from index_reopen r \
                     join index_card c on c.id = r.card left join account a on a.id = r.asked_by \
                     where c.round = $1 and r.granted is null order by r.asked";
    PUT = "insert into index_reopen (id, card, reason, asked, asked_by) values ($1, $2, $3, $4, $5)";
    DECIDE = "update index_reopen set granted = $2, decided = $3, decided_by = $4, until = $5 where id = $1 and granted is null";
    UNTIL = "select max(until) from index_reopen where card = $1 and granted = 1";
}

fn read(row: &mut Row) -> Result<Reopen, DbError> {
    Ok(Reopen {
        id: row.pull()?,
        card: row.pull()?,
        reason: row.pull()?,
        asked: row.pull()?,
        by: row.pull()?,
        granted: row.pull()?,
        until: row.pull()?,
    })
}

pub async fn reopens(conn: &mut Conn, card: CardId) -> Result<Vec<Reopen>, DbError> {
    conn.list(OF_CARD, args![card], read).await
}

/// Wishes not yet decided.
pub async fn open_reopens(conn: &mut Conn, round: RoundId) -> Result<Vec<Reopen>, DbError> {
    conn.list(OPEN_OF_ROUND, args![round], read).await
}

pub async fn ask_reopen(
    tx: &mut Tx,
    card: CardId,
    reason: &str,
    at: base::Timestamp,
    by: Option<AccountId>,
) -> Result<ReopenId, DbError> {
    let id: ReopenId = db::fresh_id();
    tx.exec(PUT, args![id, card, reason, at, by]).await?;
    Ok(id)
}

/// False where somebody has decided already.
pub async fn decide_reopen(
    tx: &mut Tx,
    id: ReopenId,
    granted: bool,
    at: base::Timestamp,
    by: Option<AccountId>,
    until: Option<Date>,
) -> Result<bool, DbError> {
    Ok(tx.exec(DECIDE, args![id, granted, at, by, until]).await? == 1)
}

/// The first day on which a reopened card is closed again.
pub async fn reopened_until(conn: &mut Conn, card: CardId) -> Result<Option<Date>, DbError> {
    Ok(conn.find(UNTIL, args![card], |row| row.pull::<Option<Date>>()).await?.flatten())
}
