//! The citizen's side: drafts, and browsers that may see them or follow a dossier.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};

sql! {
    ADD_DRAFT = "insert into dossier_draft (id, code, procedure, edition, case_code, place, body, changed, expires) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    DRAFT = "select id, code, procedure, edition, case_code, place, body, expires, dossier from dossier_draft where id = $1";
    DRAFT_BY_CODE = "select id, code, procedure, edition, case_code, place, body, expires, dossier from dossier_draft where code = $1";
    // Locks its row on PostgreSQL; on SQLite whoever writes is alone anyway.
    TAKE_DRAFT = "update dossier_draft set changed = changed where id = $1";
    SAVE_DRAFT = "update dossier_draft set body = $2, changed = $3, expires = $4 where id = $1 and dossier is null";
    HANDED_IN = "update dossier_draft set dossier = $2, body = '{}', changed = $3 where id = $1 and dossier is null";
    EXPIRED = "select id from dossier_draft where expires < $1 order by expires limit 500";
    DROP_DRAFT = "delete from dossier_draft where id = $1";
    ADD_PASS = "insert into dossier_pass (token, about, until) values ($1, $2, $3) on conflict (token, about) do update set until = $3";
    PASS = "select until from dossier_pass where token = $1 and about = $2 and until > $3";
    SWEEP_PASSES = "delete from dossier_pass where until < $1";
    MOVE_PASSES = "update dossier_pass set token = $2 where token = $1";
    ADD_SESSION = "insert into citizen_session (token, subject, name, number, born, phone, address, begun, until, at_counter) \
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    SESSION = "select subject, name, number, born, phone, address, until, at_counter from citizen_session where token = $1 and until > $2";
    END_SESSION = "delete from citizen_session where token = $1";
    SWEEP_SESSIONS = "delete from citizen_session where until < $1";
    GUESSES = "select failures, last from dossier_guess where dossier = $1";
    GUESSED = "insert into dossier_guess (dossier, failures, last) values ($1, 1, $2) \
               on conflict (dossier) do update set failures = case when dossier_guess.last < $3 then 1 else dossier_guess.failures + 1 end, last = $2";
    FORGIVE = "delete from dossier_guess where dossier = $1";
    ACCEPT = "update dossier set received = $2, received_by = $3, promised = $4, number = $5 where id = $1 and received_by is null";
}

fn draft(row: &mut Row) -> Result<Draft, DbError> {
    let (id, code, procedure, edition) = (row.pull()?, row.pull()?, row.pull()?, row.pull()?);
    let (case, place) = (row.pull()?, row.pull()?);
    let body: String = row.pull()?;
    let (expires, dossier) = (row.pull()?, row.pull::<Option<DossierId>>()?);
    let filled = match dossier {
        Some(_) => Filled::default(),
        None => serde_json::from_str(&body).map_err(|error| DbError::Value(format!("a draft: {error}")))?,
    };
    Ok(Draft { id, code, procedure, edition, case, place, filled, expires, dossier })
}

fn text(filled: &Filled) -> Result<String, DbError> {
    serde_json::to_string(filled).map_err(|error| DbError::Value(error.to_string()))
}

pub async fn add_draft(tx: &mut Tx, one: &Draft, now: Timestamp) -> Result<(), DbError> {
    let body = text(&one.filled)?;
    let row = args![one.id, &one.code, &one.procedure, one.edition, &one.case, &one.place, body, now, one.expires];
    tx.exec(ADD_DRAFT, row).await.map(drop)
}

pub async fn draft_of(conn: &mut Conn, id: DraftId) -> Result<Option<Draft>, DbError> {
    conn.find(DRAFT, args![id], draft).await
}

pub async fn draft_by_code(conn: &mut Conn, code: &str) -> Result<Option<Draft>, DbError> {
    conn.find(DRAFT_BY_CODE, args![code], draft).await
}

/// Nobody else changes a draft before this transaction ends.
pub async fn take_draft(tx: &mut Tx, id: DraftId) -> Result<(), DbError> {
    tx.exec(TAKE_DRAFT, args![id]).await.map(drop)
}

/// Writes what was filled in; false where it was handed in meanwhile.
pub async fn save_draft(tx: &mut Tx, one: &Draft, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.exec(SAVE_DRAFT, args![one.id, text(&one.filled)?, now, one.expires]).await? == 1)
}

/// Says which dossier became of a draft, and forgets what it held; false where it had been handed in.
pub async fn hand_in(tx: &mut Tx, id: DraftId, dossier: DossierId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.exec(HANDED_IN, args![id, dossier, now]).await? == 1)
}

/// Drafts whose time has passed.
pub async fn expired_drafts(conn: &mut Conn, now: Timestamp) -> Result<Vec<DraftId>, DbError> {
    conn.list(EXPIRED, args![now], |row| row.pull()).await
}

pub async fn drop_draft(tx: &mut Tx, id: DraftId) -> Result<(), DbError> {
    tx.exec(DROP_DRAFT, args![id]).await.map(drop)
}

/// Lets a browser see a draft or a dossier. `token` is the SHA-256 of its cookie.
pub async fn add_pass(tx: &mut Tx, token: &str, about: impl ToString, until: Timestamp) -> Result<(), DbError> {
    tx.exec(ADD_PASS, args![token, about.to_string(), until]).await.map(drop)
}

pub async fn has_pass(conn: &mut Conn, token: &str, about: impl ToString, now: Timestamp) -> Result<bool, DbError> {
    let found = conn.find(PASS, args![token, about.to_string(), now], |row| row.pull::<i64>()).await?;
    Ok(found.is_some())
}

pub async fn sweep_passes(tx: &mut Tx, now: Timestamp) -> Result<u64, DbError> {
    tx.exec(SWEEP_PASSES, args![now]).await
}

/// What a browser may see goes with it to its new cookie.
pub async fn move_passes(tx: &mut Tx, from: &str, to: &str) -> Result<(), DbError> {
    tx.exec(MOVE_PASSES, args![from, to]).await.map(drop)
}

/// Somebody has signed in. `token` is the SHA-256 of the cookie.
pub async fn add_citizen_session(tx: &mut Tx, token: &str, one: &Signed, now: Timestamp) -> Result<(), DbError> {
    let row = args![
        token,
        &one.subject,
        &one.name,
        &one.number,
        &one.born,
        &one.phone,
        &one.address,
        now,
        one.until,
        one.at_counter
    ];
    tx.exec(ADD_SESSION, row).await.map(drop)
}

pub async fn citizen_session(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Signed>, DbError> {
    let read = |row: &mut Row| {
        Ok(Signed {
            subject: row.pull()?,
            name: row.pull()?,
            number: row.pull()?,
            born: row.pull()?,
            phone: row.pull()?,
            address: row.pull()?,
            until: row.pull()?,
            at_counter: row.pull()?,
        })
    };
    conn.find(SESSION, args![token, now], read).await
}

pub async fn end_citizen_session(tx: &mut Tx, token: &str) -> Result<(), DbError> {
    tx.exec(END_SESSION, args![token]).await.map(drop)
}

pub async fn sweep_citizen_sessions(tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    tx.exec(SWEEP_SESSIONS, args![now]).await.map(drop)
}

/// How often somebody guessed wrong, and when last.
pub async fn guesses(conn: &mut Conn, dossier: DossierId) -> Result<Option<(i64, Timestamp)>, DbError> {
    conn.find(GUESSES, args![dossier], |row| Ok((row.pull()?, row.pull()?))).await
}

/// Counts a wrong guess; those before `since` do not count any more.
pub async fn guessed(tx: &mut Tx, dossier: DossierId, now: Timestamp, since: Timestamp) -> Result<(), DbError> {
    tx.exec(GUESSED, args![dossier, now, since]).await.map(drop)
}

pub async fn forgive(tx: &mut Tx, dossier: DossierId) -> Result<(), DbError> {
    tx.exec(FORGIVE, args![dossier]).await.map(drop)
}

/// Receives officially what came online; false where somebody has.
pub async fn accept_dossier(tx: &mut Tx, one: &Dossier) -> Result<bool, DbError> {
    let row = args![one.id, one.received, one.received_by, one.promised, one.number];
    Ok(tx.exec(ACCEPT, row).await? == 1)
}
