//! Links that work once: the first administrator's, a new or forgotten password's, and the ticket between the two
//! steps of signing in.

use crate::sign_in::themselves;
use crate::{AccountId, Failure, Scope, account, secret};
use base::Timestamp;
use db::{Conn, DbError, Tx, args, sql};
use jiff::SignedDuration;
use journal::about;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Create the first administrator.
    Setup,
    /// Set a password.
    Password,
    /// Come back with the six digits of the second factor.
    Code,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Purpose::Setup => "setup",
            Purpose::Password => "password",
            Purpose::Code => "code",
        }
    }

    fn lasts(self) -> SignedDuration {
        match self {
            Purpose::Setup => SignedDuration::from_hours(1),
            Purpose::Password => SignedDuration::from_hours(48),
            Purpose::Code => SignedDuration::from_mins(5),
        }
    }
}

sql! {
    SWEEP = "delete from once_link where ends <= $1";
    PUT = "insert into once_link (token, purpose, account, ends) values ($1, $2, $3, $4)";
    PEEK = "select account from once_link where token = $1 and purpose = $2 and ends > $3";
    USE = "delete from once_link where token = $1 and purpose = $2 and ends > $3 returning account";
    EMPTY = "select count(*) from account";
}

/// Makes a link's secret part, which nobody will see again.
pub async fn make_link(
    tx: &mut Tx,
    scope: &Scope,
    purpose: Purpose,
    account: Option<AccountId>,
) -> Result<String, Failure> {
    let code = put(tx, purpose, account, scope.now).await?;
    journal::write(tx, scope, "link.made", subject(account), &(), &serde_json::json!({ "for": purpose.code() }))
        .await?;
    Ok(code)
}

fn subject(account: Option<AccountId>) -> journal::About {
    about("account", account.map(|id| id.to_string()).unwrap_or_default())
}

pub(crate) async fn put(
    tx: &mut Tx,
    purpose: Purpose,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<String, Failure> {
    tx.exec(SWEEP, args![now]).await?;
    let code = secret::fresh()?;
    let ends = now.saturating_add(purpose.lasts()).unwrap_or(now);
    tx.exec(PUT, args![secret::sha256(&code), purpose.code(), account, ends]).await?;
    Ok(code)
}

/// Whether a link is still good, without using it up: for showing its form.
pub async fn peek_link(
    conn: &mut Conn,
    code: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<Option<AccountId>>, DbError> {
    conn.find(PEEK, args![secret::sha256(code), purpose.code(), now], |row| row.pull()).await
}

/// Uses a link up. `None`: it is wrong, old or used.
pub async fn use_link(
    tx: &mut Tx,
    code: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<Option<AccountId>>, DbError> {
    let Some(found) = spend(tx, code, purpose, now).await? else { return Ok(None) };
    let scope = match found {
        Some(id) => account(tx, id).await?.map(|account| themselves(&account, now)),
        None => None,
    };
    let scope = scope.unwrap_or_else(|| Scope::program("Liên kết một lần", now));
    journal::write(tx, &scope, "link.used", subject(found), &(), &serde_json::json!({ "for": purpose.code() })).await?;
    Ok(Some(found))
}

pub(crate) async fn spend(
    tx: &mut Tx,
    code: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<Option<AccountId>>, DbError> {
    tx.find(USE, args![secret::sha256(code), purpose.code(), now], |row| row.pull()).await
}

/// Whether nobody can sign in yet.
pub async fn setup_needed(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(conn.find(EMPTY, &[], |row| row.pull::<i64>()).await? == Some(0))
}
