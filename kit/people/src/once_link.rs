//! Links that work once: the first administrator's, and a new or forgotten password's.

use crate::{AccountId, Failure, secret};
use base::Timestamp;
use db::{Conn, DbError, Tx, args, sql};
use jiff::SignedDuration;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Create the first administrator.
    Setup,
    /// Set a password.
    Password,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Purpose::Setup => "setup",
            Purpose::Password => "password",
        }
    }

    fn hours(self) -> i64 {
        match self {
            Purpose::Setup => 1,
            Purpose::Password => 48,
        }
    }
}

sql! {
    PUT = "insert into once_link (token, purpose, account, ends) values ($1, $2, $3, $4)";
    PEEK = "select account from once_link where token = $1 and purpose = $2 and ends > $3";
    USE = "delete from once_link where token = $1 and purpose = $2 and ends > $3 returning account";
    EMPTY = "select count(*) from account";
}

/// Makes a link's secret part.
pub async fn make_link(tx: &mut Tx, purpose: Purpose, account: Option<AccountId>, now: Timestamp) -> Result<String, Failure> {
    let code = secret::fresh()?;
    let ends = now.saturating_add(SignedDuration::from_hours(purpose.hours())).unwrap_or(now);
    tx.exec(PUT, args![secret::sha256(&code), purpose.code(), account, ends]).await?;
    Ok(code)
}

/// Whether a link is still good, without using it up: for showing its form.
pub async fn peek_link(conn: &mut Conn, code: &str, purpose: Purpose, now: Timestamp) -> Result<Option<Option<AccountId>>, DbError> {
    conn.find(PEEK, args![secret::sha256(code), purpose.code(), now], |row| row.pull()).await
}

/// Uses a link up. `None`: it is wrong, old or used.
pub async fn use_link(tx: &mut Tx, code: &str, purpose: Purpose, now: Timestamp) -> Result<Option<Option<AccountId>>, DbError> {
    tx.find(USE, args![secret::sha256(code), purpose.code(), now], |row| row.pull()).await
}

/// Whether nobody can sign in yet.
pub async fn setup_needed(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(conn.find(EMPTY, &[], |row| row.pull::<i64>()).await? == Some(0))
}
