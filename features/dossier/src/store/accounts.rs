//! Accounts of citizens that were made at the counter.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};

sql! {
    // Again for the same number: the link is new, and what let anybody in before no longer does.
    PUT = "insert into citizen_account (id, number, name, born, phone, address, link, link_until, made, made_by) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
           on conflict (number) do update set name = $3, born = $4, phone = $5, address = $6, password = null, link = $7, link_until = $8, \
           failures = 0, locked_until = null, made = $9, made_by = $10 returning id";
    BY_NUMBER = "select id, number, name, born, phone, address, password, link_until, made from citizen_account where number = $1";
    BY_LINK = "select id, number, name, born, phone, address, password, link_until, made from citizen_account \
               where link = $1 and link_until > $2";
    // An update that changes nothing: it takes the row, so that attempts on one account queue.
    TAKE = "update citizen_account set failures = failures where id = $1 returning password, link, failures, locked_until";
    FAILED = "update citizen_account set failures = failures + 1, locked_until = $2 where id = $1";
    PASSED = "update citizen_account set failures = 0, locked_until = null where id = $1";
    SET_PASSWORD = "update citizen_account set password = $2, link = null, link_until = null, failures = 0, locked_until = null where id = $1";
    END_SESSIONS = "delete from citizen_session where number = $1 and at_counter = 1";
    SWEEP = "delete from citizen_account where password is null and link_until < $1";
}

/// What an attempt is decided on.
pub struct Standing {
    pub password: Option<String>,
    pub link: Option<String>,
    pub failures: i64,
    pub locked_until: Option<Timestamp>,
}

fn read(row: &mut Row) -> Result<CitizenAccount, DbError> {
    Ok(CitizenAccount {
        id: row.pull()?,
        number: row.pull()?,
        name: row.pull()?,
        born: row.pull()?,
        phone: row.pull()?,
        address: row.pull()?,
        password: row.pull()?,
        link_until: row.pull()?,
        made: row.pull()?,
    })
}

/// Makes an account or renews it; gives its id, which stays. `link` is the SHA-256 of its secret.
pub async fn put_account(
    tx: &mut Tx,
    one: &CitizenAccount,
    link: &str,
    by: Option<people::AccountId>,
) -> Result<CitizenAccountId, DbError> {
    let row =
        args![one.id, &one.number, &one.name, &one.born, &one.phone, &one.address, link, one.link_until, one.made, by];
    let id = tx.find(PUT, row, |row| row.pull()).await?;
    id.ok_or_else(|| DbError::Value("an account was not written".into()))
}

pub async fn account_of_number(conn: &mut Conn, number: &str) -> Result<Option<CitizenAccount>, DbError> {
    conn.find(BY_NUMBER, args![number], read).await
}

/// Whose link it is, while it holds.
pub async fn account_of_link(conn: &mut Conn, link: &str, now: Timestamp) -> Result<Option<CitizenAccount>, DbError> {
    conn.find(BY_LINK, args![link, now], read).await
}

/// Takes the account for this transaction.
pub async fn take_account(tx: &mut Tx, id: CitizenAccountId) -> Result<Option<Standing>, DbError> {
    let read = |row: &mut Row| {
        Ok(Standing { password: row.pull()?, link: row.pull()?, failures: row.pull()?, locked_until: row.pull()? })
    };
    tx.find(TAKE, args![id], read).await
}

pub async fn account_failed(tx: &mut Tx, id: CitizenAccountId, until: Option<Timestamp>) -> Result<(), DbError> {
    tx.exec(FAILED, args![id, until]).await.map(drop)
}

pub async fn account_passed(tx: &mut Tx, id: CitizenAccountId) -> Result<(), DbError> {
    tx.exec(PASSED, args![id]).await.map(drop)
}

/// Keeps the hash of a chosen password, and uses the link up.
pub async fn set_account_password(tx: &mut Tx, id: CitizenAccountId, hash: &str) -> Result<(), DbError> {
    tx.exec(SET_PASSWORD, args![id, hash]).await.map(drop)
}

/// Whoever is in by the account of this number is out.
pub async fn end_account_sessions(tx: &mut Tx, number: &str) -> Result<(), DbError> {
    tx.exec(END_SESSIONS, args![number]).await.map(drop)
}

pub async fn sweep_accounts(tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    tx.exec(SWEEP, args![now]).await.map(drop)
}
