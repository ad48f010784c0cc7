//! One feedback: kept, taken for a deed, ended; its story; and what keeps machines away.

use super::{line, read};
use crate::model::*;
use base::{Date, Timestamp};
use db::{Conn, DbError, Row, Tx, args, fresh_id, sql};
use people::{AccountId, Scope, UnitId};

sql! {
    BY_ID = line!("f.id = $1");
    BY_CODE = line!("f.code = $1");
    ADD = "insert into feedback (id, code, kind, agency, dossier, said, name, phone, email, secret, at, due, state, sample, words) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    TAKE = "update feedback set version = version + 1 where id = $1 and version = $2";
    END = "update feedback set state = $2, answer = $3, answered = $4, answered_by = $5 where id = $1";
    // Elsewhere nobody has it yet.
    PASS = "update feedback set agency = $2, office = null, holder = null where id = $1";
    GIVE = "update feedback set office = $2, holder = $3 where id = $1";
    PROPOSE = "update feedback set public = 'asked', public_question = $2, public_answer = $3, published = null, published_by = null where id = $1";
    PUBLISH = "update feedback set public = $2, published = $3, published_by = $4, public_words = $5 where id = $1";
    GUESSED = "update feedback set guesses = $2, guessed = $3 where id = $1";
    COUNT_SINCE = "select count(*) from (select 1 from feedback where at > $1 limit 1000) x";
    NEXT = "insert into feedback_number (day, last) values ($1, 1) \
            on conflict (day) do update set last = feedback_number.last + 1 returning last";
    EVENTS = "select at, what, who, note from feedback_event where feedback = $1 order by seq";
    ADD_EVENT = "insert into feedback_event (feedback, seq, at, what, who, note) \
                 values ($1, (select coalesce(max(seq), 0) + 1 from feedback_event where feedback = $1), $2, $3, $4, $5)";
    CAME = "insert into feedback_sender (id, sender, at) values ($1, $2, $3)";
    COUNT_OF = "select count(*) from feedback_sender where sender = $1 and at > $2";
    FORGET = "delete from feedback_sender where at <= $1";
    SEAL = "select secret from feedback_seal where id = 1";
    SET_SEAL = "insert into feedback_seal (id, secret) values (1, $1) on conflict (id) do nothing";
}

pub async fn find(conn: &mut Conn, id: FeedbackId) -> Result<Option<Feedback>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Feedback>, DbError> {
    conn.find(BY_CODE, args![code], read).await
}

/// Keeps a new one; `words` are those it is found by, folded.
pub async fn add(tx: &mut Tx, one: &Feedback, words: &str) -> Result<(), DbError> {
    let row = args![
        one.id,
        &one.code,
        one.kind,
        one.agency,
        &one.dossier,
        &one.said,
        &one.name,
        &one.phone,
        &one.email,
        &one.secret,
        one.at,
        one.due,
        one.state,
        one.sample,
        words
    ];
    tx.exec(ADD, row).await.map(drop)
}

/// Takes one for this transaction; false where somebody has changed it since `version`.
pub async fn take(tx: &mut Tx, id: FeedbackId, version: i64) -> Result<bool, DbError> {
    Ok(tx.exec(TAKE, args![id, version]).await? == 1)
}

pub async fn end(tx: &mut Tx, scope: &Scope, id: FeedbackId, state: State, answer: &str) -> Result<(), DbError> {
    tx.exec(END, args![id, state, answer, scope.now, scope.account]).await.map(drop)
}

pub async fn pass(tx: &mut Tx, id: FeedbackId, to: UnitId) -> Result<(), DbError> {
    tx.exec(PASS, args![id, to]).await.map(drop)
}

/// Gives it to an office, and to somebody of it where they are named.
pub async fn give(tx: &mut Tx, id: FeedbackId, office: UnitId, holder: Option<AccountId>) -> Result<(), DbError> {
    tx.exec(GIVE, args![id, office, holder]).await.map(drop)
}

/// Writes the text for everybody, which then waits for the head.
pub async fn propose(tx: &mut Tx, id: FeedbackId, question: &str, answer: &str) -> Result<(), DbError> {
    tx.exec(PROPOSE, args![id, question, answer]).await.map(drop)
}

/// Opens its text to everybody, or takes it back.
pub async fn publish(tx: &mut Tx, scope: &Scope, one: &Feedback, agency: &str, public: Public) -> Result<(), DbError> {
    let is_open = public == Public::Yes;
    let words = base::text::fold(&format!("{agency} {} {}", one.public_question, one.public_answer));
    let words = if is_open { words } else { String::new() };
    let (at, by) = (is_open.then_some(scope.now), scope.account.filter(|_| is_open));
    tx.exec(PUBLISH, args![one.id, public, at, by, words]).await.map(drop)
}

/// How many wrong secrets there were in a row.
pub async fn guessed(tx: &mut Tx, id: FeedbackId, times: i64, at: Option<Timestamp>) -> Result<(), DbError> {
    tx.exec(GUESSED, args![id, times, at]).await.map(drop)
}

/// How many came since a moment, up to a thousand.
pub async fn count_since(conn: &mut Conn, since: Timestamp) -> Result<i64, DbError> {
    Ok(conn.find(COUNT_SINCE, args![since], |row| row.pull()).await?.unwrap_or_default())
}

/// The next number of a day.
pub async fn next_number(tx: &mut Tx, day: Date) -> Result<i64, DbError> {
    let next = tx.find(NEXT, args![day], |row| row.pull::<i64>()).await?;
    next.ok_or_else(|| DbError::Broken(format!("no number for the day {day}")))
}

pub async fn events(conn: &mut Conn, id: FeedbackId) -> Result<Vec<Event>, DbError> {
    let read = |row: &mut Row| Ok(Event { at: row.pull()?, what: row.pull()?, who: row.pull()?, note: row.pull()? });
    conn.list(EVENTS, args![id], read).await
}

pub async fn add_event(tx: &mut Tx, scope: &Scope, id: FeedbackId, what: &str, note: &str) -> Result<(), DbError> {
    tx.exec(ADD_EVENT, args![id, scope.now, what, &scope.name, note]).await.map(drop)
}

/// How many came from an address since a moment.
pub async fn came_from(conn: &mut Conn, sender: &str, since: Timestamp) -> Result<i64, DbError> {
    Ok(conn.find(COUNT_OF, args![sender, since], |row| row.pull()).await?.unwrap_or_default())
}

/// One more from an address.
pub async fn let_in_again(tx: &mut Tx, sender: &str, now: Timestamp) -> Result<(), DbError> {
    tx.exec(CAME, args![fresh_id::<FeedbackId>(), sender, now]).await.map(drop)
}

/// Forgets who sent something before a moment.
pub async fn forget_senders(tx: &mut Tx, before: Timestamp) -> Result<(), DbError> {
    tx.exec(FORGET, args![before]).await.map(drop)
}

/// The secret of our marks; none until one is kept.
pub async fn seal(conn: &mut Conn) -> Result<Option<String>, DbError> {
    conn.find(SEAL, args![], |row| row.pull()).await
}

/// Keeps a secret, unless another was first.
pub async fn keep_seal(tx: &mut Tx, fresh: &str) -> Result<(), DbError> {
    tx.exec(SET_SEAL, args![fresh]).await.map(drop)
}
