//! What rooms and people do with messages: put one, look, send again, let the line go on without one.

use crate::model::{read_attempt, read_message};
use crate::{Attempt, Message, MessageId, NotNow, Outgoing, State};
use base::{Refusal, Timestamp};
use db::{Conn, DbError, Tx, args, fresh_id, sql};
use jiff::SignedDuration;
use journal::about;
use people::{Failure, Scope};
use serde_json::json;

/// What a sent message said, and what was answered, may name people: both are forgotten after this many days. That it
/// was sent, when and how often, stays.
const REMEMBERED_DAYS: i64 = 90;

sql! {
    KNOWN = "select id from link_message where system = $1 and key = $2";
    // Its row is the lock: messages of one subject that are put at the same moment take their places one by one.
    STAND_IN_LINE = "insert into link_line (system, subject, last) values ($1, $2, 1) \
                     on conflict (system, subject) do update set last = link_line.last + 1 returning last";
    ADD = "insert into link_message (id, system, subject, place, kind, key, body, state, due, put) \
           values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $8) on conflict (system, key) do nothing";
    FIND = "select id, system, subject, place, kind, key, body, state, tries, due, problem, put, ended, passed \
            from link_message where id = $1";
    LIST = concat!(db::anew!(), "select id, system, subject, place, kind, key, body, state, tries, due, problem, put, ended, passed \
            from link_message where (state = $1 or $1 is null) and (system = $2 or $2 is null) \
            and (subject = $3 or $3 is null) and (id < $4 or $4 is null) order by id desc limit $5");
    ATTEMPTS = "select number, begun, ended, verdict, status, say, answer from link_attempt \
                where message = $1 order by number";
    HELD = "select m.id, m.system, m.subject, m.place, m.kind, m.key, m.body, m.state, m.tries, m.due, m.problem, m.put, \
            m.ended, m.passed, (select count(*) from link_message behind where behind.system = m.system \
            and behind.subject = m.subject and behind.state = 'waiting' and behind.place > m.place) \
            from link_message m where m.state in ('refused', 'given-up') and m.passed is null \
            order by m.ended, m.id limit $1";
    RESEND = "update link_message set state = 'waiting', tries = 0, due = $2, problem = null, ended = null \
              where id = $1 and state in ('refused', 'given-up') and passed is null";
    PASS_OVER = "update link_message set passed = $2 \
                 where id = $1 and state in ('refused', 'given-up') and passed is null";
    FORGET_ANSWERS = "update link_attempt set answer = null where answer is not null and message in \
                      (select id from link_message where (state = 'sent' and ended < $1) or passed < $1)";
    FORGET_BODIES = "update link_message set body = 'null' where ((state = 'sent' and ended < $1) or passed < $1) and body <> 'null'";
}

/// Puts a message, in the caller's transaction: it is sent only if that is committed, and whether the outside is there
/// does not matter to the caller. What was put with the same key before stays as it is; its id is given back.
///
/// Call it after the journal line of the change: the place in line and the journal's head are both locks, and all take
/// them in this order. Ring the [`Bell`](crate::Bell) after the commit, and sending begins at once.
pub async fn put(tx: &mut Tx, out: Outgoing, now: Timestamp) -> Result<MessageId, DbError> {
    let Outgoing { system, kind, subject, key, body } = out;
    if let Some(known) = known(tx, system, &key).await? {
        return Ok(known);
    }
    let place: Option<i64> = tx.find(STAND_IN_LINE, args![system, &subject], |row| row.pull()).await?;
    let id = fresh_id::<MessageId>();
    tx.exec(ADD, args![id, system, subject, place, kind, &key, body.to_string(), now]).await?;
    // Another may have put the same key while we waited for the line.
    known(tx, system, &key).await?.ok_or_else(|| DbError::Broken("a message that was put is not there".into()))
}

async fn known(conn: &mut Conn, system: &str, key: &str) -> Result<Option<MessageId>, DbError> {
    conn.find(KNOWN, args![system, key], |row| row.pull()).await
}

/// One message.
pub async fn find(conn: &mut Conn, id: MessageId) -> Result<Option<Message>, DbError> {
    conn.find(FIND, args![id], read_message).await
}

/// What a list of messages shows. The default: all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub system: Option<String>,
    pub subject: Option<String>,
}

/// One page, the last put first; `after` is the last id of the page before.
pub async fn list(
    conn: &mut Conn,
    filter: &Filter,
    after: Option<MessageId>,
    most: i64,
) -> Result<Vec<Message>, DbError> {
    let Filter { state, system, subject } = filter.clone();
    conn.list(LIST, args![state, system, subject, after, most], read_message).await
}

/// Every try to send a message, in order.
pub async fn attempts(conn: &mut Conn, id: MessageId) -> Result<Vec<Attempt>, DbError> {
    conn.list(ATTEMPTS, args![id], read_attempt).await
}

/// The messages that hold their lines, the longest first, each with how many wait behind it.
pub async fn held(conn: &mut Conn, most: i64) -> Result<Vec<(Message, i64)>, DbError> {
    conn.list(HELD, args![most], |row| Ok((read_message(row)?, row.pull()?))).await
}

/// Sends a message again that was refused or given up, with all its tries: the account was put right, the outside
/// repaired.
pub async fn resend(tx: &mut Tx, scope: &Scope, id: MessageId) -> Result<(), Failure> {
    let message = find(tx, id).await?.ok_or(Failure::NotFound)?;
    // The journal first, as everywhere: its head is the lock that all changes queue on.
    let before = json!({ "state": message.state, "problem": message.problem });
    journal::write(tx, scope, "link.resent", about("link", id), &before, &named(&message)).await?;
    if tx.exec(RESEND, args![id, scope.now]).await? == 0 {
        return Err(Refusal::from(NotNow::NotStuck).into());
    }
    Ok(())
}

/// Lets the line go on without a message that was refused or given up. It stays what it is, and is not sent any more:
/// what came after it may say the opposite by now.
pub async fn pass_over(tx: &mut Tx, scope: &Scope, id: MessageId, reason: &str) -> Result<(), Failure> {
    if reason.trim().is_empty() {
        return Err(Refusal::from(NotNow::ReasonMissing).into());
    }
    let message = find(tx, id).await?.ok_or(Failure::NotFound)?;
    let after = json!({ "reason": reason.trim(), "message": named(&message) });
    let before = json!({ "state": message.state, "problem": message.problem });
    journal::write(tx, scope, "link.passed-over", about("link", id), &before, &after).await?;
    if tx.exec(PASS_OVER, args![id, scope.now]).await? == 0 {
        return Err(Refusal::from(NotNow::NotStuck).into());
    }
    Ok(())
}

/// The body may name people; the journal needs only which message it was.
fn named(message: &Message) -> serde_json::Value {
    json!({ "system": message.system, "kind": message.kind, "subject": message.subject, "key": message.key })
}

/// Forgets what was said and answered, 90 days after it was sent; says of how many messages.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, DbError> {
    let before = now - SignedDuration::from_hours(24 * REMEMBERED_DAYS);
    tx.exec(FORGET_ANSWERS, args![before]).await?;
    tx.exec(FORGET_BODIES, args![before]).await
}
