//! SQL, nothing else.

use crate::model::*;
use base::{Date, Timestamp};
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{Scope, UnitId};
use std::collections::BTreeMap;

macro_rules! line {
    () => {
        "select id, code, kind, agency, dossier, said, name, phone, email, secret, at, due, state, answer, answered, guesses, guessed, sample, version"
    };
}

sql! {
    BY_ID = concat!(line!(), " from feedback where id = $1");
    BY_CODE = concat!(line!(), " from feedback where code = $1");
    // What waits, soonest due first; what is done, the newest first.
    WAITING = concat!(line!(), " from feedback where agency = $1 and state = 'new' order by due, id limit 2000");
    DONE = concat!(line!(), " from feedback where agency = $1 and state = $2 order by answered desc, id limit 2000");
    COUNTS = "select state, count(*) from feedback where agency = $1 group by state";
    ADD = "insert into feedback (id, code, kind, agency, dossier, said, name, phone, email, secret, at, due, state, sample) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    TAKE = "update feedback set version = version + 1 where id = $1 and version = $2";
    END = "update feedback set state = $2, answer = $3, answered = $4, answered_by = $5 where id = $1";
    PASS = "update feedback set agency = $2 where id = $1";
    GUESSED = "update feedback set guesses = $2, guessed = $3 where id = $1";
    COUNT_SINCE = "select count(*) from (select 1 from feedback where at > $1 limit 1000) x";
    NEXT = "insert into feedback_number (day, last) values ($1, 1) \
            on conflict (day) do update set last = feedback_number.last + 1 returning last";
    EVENTS = "select at, what, who, note from feedback_event where feedback = $1 order by seq";
    ADD_EVENT = "insert into feedback_event (feedback, seq, at, what, who, note) \
                 values ($1, (select coalesce(max(seq), 0) + 1 from feedback_event where feedback = $1), $2, $3, $4, $5)";
}

fn read(row: &mut Row) -> Result<Feedback, DbError> {
    Ok(Feedback {
        id: row.pull()?,
        code: row.pull()?,
        kind: row.pull()?,
        agency: row.pull()?,
        dossier: row.pull()?,
        said: row.pull()?,
        name: row.pull()?,
        phone: row.pull()?,
        email: row.pull()?,
        secret: row.pull()?,
        at: row.pull()?,
        due: row.pull()?,
        state: row.pull()?,
        answer: row.pull()?,
        answered: row.pull()?,
        guesses: row.pull()?,
        guessed: row.pull()?,
        sample: row.pull()?,
        version: row.pull()?,
    })
}

pub async fn find(conn: &mut Conn, id: FeedbackId) -> Result<Option<Feedback>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Feedback>, DbError> {
    conn.find(BY_CODE, args![code], read).await
}

/// An agency's of one state: what waits soonest due first, what is done newest first.
pub async fn list(conn: &mut Conn, agency: UnitId, state: State) -> Result<Vec<Feedback>, DbError> {
    match state {
        State::New => conn.list(WAITING, args![agency], read).await,
        done => conn.list(DONE, args![agency, done], read).await,
    }
}

/// How many an agency has in each state.
pub async fn counts(conn: &mut Conn, agency: UnitId) -> Result<BTreeMap<State, i64>, DbError> {
    let all = conn.list(COUNTS, args![agency], |row| Ok((row.pull()?, row.pull()?))).await?;
    Ok(all.into_iter().collect())
}

pub async fn add(tx: &mut Tx, one: &Feedback) -> Result<(), DbError> {
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
        one.sample
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
