//! What a system outside sends here: received once, whatever it calls it. From then on the line of the subject knows that
//! name, so that what is told back names it.

use base::Timestamp;
use db::{Conn, DbError, Tx, args, sql};

sql! {
    RECEIVED = "select subject from link_received where system = $1 and remote = $2";
    RECEIVE = "insert into link_received (system, remote, subject, at) values ($1, $2, $3, $4) on conflict (system, remote) do nothing";
    LEARN = "insert into link_line (system, subject, last, remote) values ($1, $2, 0, $3) \
             on conflict (system, subject) do update set remote = $3";
}

/// The subject that the outside calls so, where it was received before.
pub async fn received(conn: &mut Conn, system: &str, remote: &str) -> Result<Option<String>, DbError> {
    conn.find(RECEIVED, args![system, remote], |row| row.pull()).await
}

/// Receives a subject, in the caller's transaction; false where somebody else has in the meantime: the caller then does
/// nothing. Of two at the same moment the second waits here for the first.
pub async fn receive(tx: &mut Tx, system: &str, remote: &str, subject: &str, now: Timestamp) -> Result<bool, DbError> {
    if tx.exec(RECEIVE, args![system, remote, subject, now]).await? == 0 {
        return Ok(false);
    }
    tx.exec(LEARN, args![system, subject, remote]).await?;
    Ok(true)
}
