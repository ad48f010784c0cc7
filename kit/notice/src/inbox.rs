//! A person's own notices in the page: how many are unread, the list, reading, forgetting.

use crate::model::{KEPT_DAYS, SENT_DAYS, read_notice};
use crate::{Notice, NoticeId};
use base::Timestamp;
use db::{Conn, DbError, Tx, args, sql};
use jiff::SignedDuration;
use people::{Failure, Scope};

/// Where counting stops: a bell shows "99+", and every page asks.
pub const UNREAD_MOST: i64 = 100;

sql! {
    UNREAD = "select count(*) from (select 1 from notice where account = (select account from session where token = $1) \
              and way = 'page' and read is null limit $2) as few";
    LIST = "select id, template, subject, body, link, at, read from notice where account = $1 and way = 'page' \
            and (at < $2 or (at = $2 and id < $3) or $2 is null) order by at desc, id desc limit $4";
    FIND = "select id, template, subject, body, link, at, read from notice where id = $1 and account = $2 and way = 'page'";
    READ = "update notice set read = $3 where id = $1 and account = $2 and way = 'page' and read is null";
    READ_ALL = "update notice set read = $2 where account = $1 and way = 'page' and read is null and at <= $2";
    SWEEP = "delete from notice where (way = 'page' and at < $1) or (way <> 'page' and ended < $2)";
}

/// How many are unread of whoever a session is of, counted up to [`UNREAD_MOST`]. One look into an index, at the door: before it
/// is known who that is, and whether the session is still good.
pub async fn unread(conn: &mut Conn, token: &str) -> Result<i64, DbError> {
    Ok(conn.find(UNREAD, args![token, UNREAD_MOST], |row| row.pull()).await?.unwrap_or(0))
}

/// One page of one's own, the last told first; `after` is the last notice of the page before.
pub async fn list(conn: &mut Conn, scope: &Scope, after: Option<&Notice>, most: i64) -> Result<Vec<Notice>, DbError> {
    let (at, id) = (after.map(|notice| notice.at), after.map(|notice| notice.id));
    conn.list(LIST, args![scope.account, at, id, most], read_notice).await
}

/// One's own, for where a list goes on.
pub async fn find(conn: &mut Conn, scope: &Scope, id: NoticeId) -> Result<Option<Notice>, DbError> {
    conn.find(FIND, args![id, scope.account], read_notice).await
}

/// Marks one as read, and gives it: its `link` is where the person wants to go. Another's is not there.
pub async fn read(tx: &mut Tx, scope: &Scope, id: NoticeId) -> Result<Notice, Failure> {
    tx.exec(READ, args![id, scope.account, scope.now]).await?;
    let found = tx.find(FIND, args![id, scope.account], read_notice).await?;
    found.ok_or(Failure::NotFound)
}

/// Marks all as read that were told until now; says how many.
pub async fn read_all(tx: &mut Tx, scope: &Scope) -> Result<u64, DbError> {
    tx.exec(READ_ALL, args![scope.account, scope.now]).await
}

/// Forgets notices of the page after [`KEPT_DAYS`], and what was sent or has failed [`SENT_DAYS`] after that; says how
/// many. What still waits to be sent is never forgotten.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, DbError> {
    let before = |days: i64| now - SignedDuration::from_hours(24 * days);
    tx.exec(SWEEP, args![before(KEPT_DAYS), before(SENT_DAYS)]).await
}
