//! Signing in with a password and, where it is switched on, a second factor.

use crate::{Account, AccountId, Failure, Role, Scope, account_by_login, hats, password, totp};
use base::{Refusal, Timestamp};
use db::{Db, args, sql};
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
    /// The password is right; the six digits are still asked.
    CodeWanted,
    No(Refusal),
}

sql! {
    SECRETS = "select password, totp, totp_step, failures, locked_until from account where id = $1";
    FAILED = "update account set failures = failures + 1, locked_until = $2 where id = $1";
    PASSED = "update account set failures = 0, locked_until = null, totp_step = $2 where id = $1";
}

struct Secrets {
    password: Option<String>,
    totp: Option<String>,
    step: i64,
    failures: i64,
    locked_until: Option<Timestamp>,
}

/// Tries to sign in. A wrong login and a wrong password get the same answer in the same time.
pub async fn sign_in(db: &Db, login: &str, word: &str, code: Option<&str>, now: Timestamp) -> Result<Outcome, Failure> {
    let mut conn = db.read().await?;
    let account = account_by_login(&mut conn, login).await?;
    let secrets = match &account {
        Some(account) => secrets(&mut conn, account.id).await?,
        None => None,
    };
    drop(conn);
    let hash = secrets.as_ref().and_then(|secrets| secrets.password.as_deref());
    let right = password::verify(word, hash).await;
    let (Some(account), Some(secrets)) = (account, secrets) else { return Ok(wrong()) };
    if let Some(until) = secrets.locked_until.filter(|until| *until > now) {
        let say = format!("Tài khoản tạm khoá do nhập sai nhiều lần. Hãy thử lại sau {}.", base::day::vi_time(until));
        return Ok(Outcome::No(Refusal::new("locked", say)));
    }
    if !right {
        fail(db, &account, secrets.failures, now).await?;
        return Ok(wrong());
    }
    if account.closed {
        return Ok(Outcome::No(Refusal::new("closed", "Tài khoản đã khoá. Hãy liên hệ quản trị của đơn vị.")));
    }
    let mut step = secrets.step;
    if let Some(secret) = &secrets.totp {
        let Some(code) = code.filter(|code| !code.trim().is_empty()) else { return Ok(Outcome::CodeWanted) };
        match totp::check(secret, code, now, secrets.step) {
            Some(used) => step = used,
            None => {
                fail(db, &account, secrets.failures, now).await?;
                let say = "Mã xác thực không đúng hoặc đã dùng. Hãy nhập mã mới đang hiện trên ứng dụng.";
                return Ok(Outcome::No(Refusal::new("code-wrong", say).at("ma")));
            }
        }
    }
    pass(db, &account, step, now).await?;
    Ok(Outcome::In(account))
}

async fn secrets(conn: &mut db::Conn, id: AccountId) -> Result<Option<Secrets>, Failure> {
    let read = |row: &mut db::Row| {
        Ok(Secrets { password: row.pull()?, totp: row.pull()?, step: row.pull()?, failures: row.pull()?, locked_until: row.pull()? })
    };
    Ok(conn.find(SECRETS, args![id], read).await?)
}

fn wrong() -> Outcome {
    Outcome::No(Refusal::new("wrong", "Tên đăng nhập hoặc mật khẩu không đúng."))
}

async fn fail(db: &Db, account: &Account, failures: i64, now: Timestamp) -> Result<(), Failure> {
    let locked = (failures + 1) % FAILURES == 0;
    let until = locked.then(|| now.saturating_add(SignedDuration::from_mins(LOCKED_MINUTES)).unwrap_or(now));
    let mut tx = db.begin().await?;
    tx.exec(FAILED, args![account.id, until]).await?;
    let scope = Scope { account: Some(account.id), roles: Vec::new(), ..Scope::program(&account.name, now) };
    let what = if locked { "account.locked" } else { "account.sign-in-failed" };
    journal::write(&mut tx, &scope, what, about("account", account.id), &(), &()).await?;
    Ok(tx.commit().await?)
}

async fn pass(db: &Db, account: &Account, step: i64, now: Timestamp) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    tx.exec(PASSED, args![account.id, step]).await?;
    let scope = Scope { account: Some(account.id), roles: Vec::new(), ..Scope::program(&account.name, now) };
    journal::write(&mut tx, &scope, "account.signed-in", about("account", account.id), &(), &()).await?;
    Ok(tx.commit().await?)
}

/// Whether this person must use a second factor: administrators do.
pub(crate) async fn needs_totp(conn: &mut db::Conn, id: AccountId, now: Timestamp) -> Result<bool, Failure> {
    let hats = hats(conn, id, base::day::today(now)).await?;
    Ok(hats.iter().any(|hat| hat.roles.contains(&Role::Admin)))
}
