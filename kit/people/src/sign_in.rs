//! Signing in with a password and, where it is switched on, a second factor.
//!
//! ```text
//! login + password ─┬─ wrong ─────────────── failures + 1; every fifth locks for 15 minutes
//!                   ├─ no second factor ──── In
//!                   └─ second factor on ──── CodeWanted { ticket } ── code ── In
//! OIDC provider ────── account found ──────┘ (oidc.rs joins here)
//! ```
//!
//! The slow check of the password is done first; then one transaction takes the account's row, decides on what
//! stands there *now*, and writes. So of many guesses sent at once none is looked at after the lock has fallen,
//! and one code opens one door.

use crate::once_link::{self, Purpose};
use crate::{Account, AccountId, Failure, Hat, Role, Scope, account, account_by_login, password, totp};
use base::{Refusal, Timestamp};
use db::{Db, DbError, Row, Tx, args, sql};
use jiff::SignedDuration;
use journal::about;

/// Wrong passwords in a row before the account is locked, and for how long (cấp độ 3, TCVN 11930:2017: lock
/// after N failures; the numbers are the owner's).
pub const FAILURES: i64 = 5;
pub const LOCKED_MINUTES: i64 = 15;

/// What came of an attempt.
#[derive(Debug)]
pub enum Outcome {
    In(Account),
    /// The first step is right; the six digits are still asked. The ticket goes with them to [`sign_in_code`], so that
    /// the page need not hold the password; it lasts five minutes.
    CodeWanted {
        ticket: String,
    },
    No(Refusal),
}

sql! {
    PASSWORD = "select password from account where id = $1";
    // An update that changes nothing: it takes the row, so that attempts on one account queue.
    TAKE = "update account set failures = failures where id = $1 \
            returning password, totp, totp_step, failures, locked_until, closed";
    FAILED = "update account set failures = failures + 1, locked_until = $2 where id = $1";
    PASSED = "update account set failures = 0, locked_until = null, totp_step = $2 where id = $1";
}

/// What an attempt is decided on.
struct Standing {
    password: Option<String>,
    totp: Option<String>,
    step: i64,
    failures: i64,
    locked_until: Option<Timestamp>,
    closed: bool,
}

/// Tries to sign in. A wrong login and a wrong password get the same answer, and for both the password is hashed.
pub async fn sign_in(db: &Db, login: &str, word: &str, code: Option<&str>, now: Timestamp) -> Result<Outcome, Failure> {
    let mut conn = db.read().await?;
    let account = account_by_login(&mut conn, login).await?;
    let hash: Option<String> = match &account {
        Some(account) => conn.find(PASSWORD, args![account.id], |row| row.pull()).await?.flatten(),
        None => None,
    };
    drop(conn);
    let right = password::verify(word, hash.as_deref()).await;
    let Some(account) = account else { return Ok(wrong()) };
    let mut tx = db.begin().await?;
    let standing = take(&mut tx, account.id).await?;
    // A password that was changed meanwhile was not the one that was checked.
    let right = right && standing.password == hash;
    let outcome = decide(&mut tx, account, &standing, right, code, now).await?;
    tx.commit().await?;
    Ok(outcome)
}

async fn decide(
    tx: &mut Tx,
    account: Account,
    standing: &Standing,
    right: bool,
    code: Option<&str>,
    now: Timestamp,
) -> Result<Outcome, Failure> {
    if let Some(until) = standing.locked_until.filter(|until| *until > now) {
        return Ok(locked(until));
    }
    if !right {
        fail(tx, &account, standing, now).await?;
        return Ok(wrong());
    }
    if standing.closed {
        return Ok(Outcome::No(closed()));
    }
    match (&standing.totp, code.filter(|code| !code.trim().is_empty())) {
        (None, _) => pass(tx, account, standing.step, "password", now).await,
        (Some(_), None) => ticket(tx, &account, now).await,
        (Some(secret), Some(code)) => second(tx, account, standing, secret, code, now).await,
    }
}

/// The second step: the six digits, with the ticket of the first.
pub async fn sign_in_code(db: &Db, ticket: &str, code: &str, now: Timestamp) -> Result<Outcome, Failure> {
    let mut tx = db.begin().await?;
    let Some(Some(id)) = once_link::peek_link(&mut tx, ticket, Purpose::Code, now).await? else {
        return Ok(Outcome::No(Refusal::new("ticket-old", "Đã quá 5 phút. Hãy đăng nhập lại từ đầu.")));
    };
    let standing = take(&mut tx, id).await?;
    let account = account(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    if let Some(until) = standing.locked_until.filter(|until| *until > now) {
        return Ok(locked(until));
    }
    if standing.closed {
        return Ok(Outcome::No(closed()));
    }
    let outcome = match &standing.totp {
        Some(secret) => second(&mut tx, account, &standing, secret, code, now).await?,
        // Switched off meanwhile, for a lost phone.
        None => pass(&mut tx, account, standing.step, "ticket", now).await?,
    };
    if matches!(outcome, Outcome::In(_)) {
        once_link::spend(&mut tx, ticket, Purpose::Code, now).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}

/// Lets in whom the OIDC provider has vouched for. Its own second factor is not known here, so ours is asked where
/// it is on. Wrong passwords typed by others do not keep the owner from this door.
pub(crate) async fn enter(tx: &mut Tx, id: AccountId, now: Timestamp) -> Result<Outcome, Failure> {
    let standing = take(tx, id).await?;
    let account = account(tx, id).await?.ok_or(Failure::NotFound)?;
    if standing.closed {
        return Ok(Outcome::No(closed()));
    }
    if standing.totp.is_some() {
        return ticket(tx, &account, now).await;
    }
    signed_in(tx, &account, "oidc", now).await?;
    Ok(Outcome::In(account))
}

async fn take(tx: &mut Tx, id: AccountId) -> Result<Standing, Failure> {
    let read = |row: &mut Row| {
        Ok(Standing {
            password: row.pull()?,
            totp: row.pull()?,
            step: row.pull()?,
            failures: row.pull()?,
            locked_until: row.pull()?,
            closed: row.pull()?,
        })
    };
    tx.find(TAKE, args![id], read).await?.ok_or(Failure::NotFound)
}

async fn second(
    tx: &mut Tx,
    account: Account,
    standing: &Standing,
    secret: &str,
    code: &str,
    now: Timestamp,
) -> Result<Outcome, Failure> {
    match totp::check(secret, code, now, standing.step) {
        Some(step) => pass(tx, account, step, "code", now).await,
        None => {
            fail(tx, &account, standing, now).await?;
            let say = "Mã xác thực không đúng hoặc đã dùng. Hãy nhập mã mới đang hiện trên ứng dụng.";
            Ok(Outcome::No(Refusal::new("code-wrong", say).at("ma")))
        }
    }
}

async fn ticket(tx: &mut Tx, account: &Account, now: Timestamp) -> Result<Outcome, Failure> {
    Ok(Outcome::CodeWanted { ticket: once_link::put(tx, Purpose::Code, Some(account.id), now).await? })
}

async fn fail(tx: &mut Tx, account: &Account, standing: &Standing, now: Timestamp) -> Result<(), DbError> {
    let locks = (standing.failures + 1) % FAILURES == 0;
    let until = locks.then(|| now.saturating_add(SignedDuration::from_mins(LOCKED_MINUTES)).unwrap_or(now));
    tx.exec(FAILED, args![account.id, until]).await?;
    let what = if locks { "account.locked" } else { "account.sign-in-failed" };
    journal::write(tx, &themselves(account, now), what, about("account", account.id), &(), &()).await
}

async fn pass(tx: &mut Tx, account: Account, step: i64, by: &str, now: Timestamp) -> Result<Outcome, Failure> {
    tx.exec(PASSED, args![account.id, step]).await?;
    signed_in(tx, &account, by, now).await?;
    Ok(Outcome::In(account))
}

async fn signed_in(tx: &mut Tx, account: &Account, by: &str, now: Timestamp) -> Result<(), DbError> {
    let after = serde_json::json!({ "by": by });
    journal::write(tx, &themselves(account, now), "account.signed-in", about("account", account.id), &(), &after).await
}

/// A person at the door: known by name, with no right yet.
pub(crate) fn themselves(account: &Account, now: Timestamp) -> Scope {
    Scope { account: Some(account.id), roles: Vec::new(), ..Scope::program(&account.name, now) }
}

fn wrong() -> Outcome {
    Outcome::No(Refusal::new("wrong", "Tên đăng nhập hoặc mật khẩu không đúng."))
}

/// Says that the account is locked even to whoever guesses: an official who cannot sign in must know why, and the
/// logins of an authority are no secret. It says nothing of whether the password was right.
fn locked(until: Timestamp) -> Outcome {
    let say = format!("Tài khoản tạm khoá do nhập sai nhiều lần. Hãy thử lại sau {}.", base::day::vi_time(until));
    Outcome::No(Refusal::new("locked", say))
}

pub(crate) fn closed() -> Refusal {
    Refusal::new("closed", "Tài khoản đã khoá. Hãy liên hệ quản trị của đơn vị.")
}

/// Whether whoever wears these hats must use a second factor: administrators do.
pub(crate) fn needs_totp(hats: &[Hat]) -> bool {
    hats.iter().any(|hat| hat.roles.contains(&Role::Admin))
}
