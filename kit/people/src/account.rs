//! Accounts. People leave: their accounts are closed, never deleted, since the journal names them.

use crate::{AccountId, Failure, Scope, check_strength, hash_password};
use base::{Refusal, Timestamp};
use db::{Conn, DbError, Row, Tx, args, sql};
use journal::about;

/// Someone who signs in. Secrets are not here.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Account {
    pub id: AccountId,
    pub login: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Chức vụ.
    pub title: String,
    pub has_password: bool,
    pub has_totp: bool,
    pub closed: bool,
    pub must_change: bool,
    pub locked_until: Option<Timestamp>,
    pub sample: bool,
    pub version: i64,
}

/// What is asked to make or change an account.
#[derive(Clone, Debug, Default)]
pub struct NewAccount {
    pub login: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub title: String,
    /// `issuer|sub` of the OIDC provider.
    pub subject: Option<String>,
    pub sample: bool,
}

/// A person as others see them.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Person {
    pub id: AccountId,
    pub name: String,
    pub title: String,
}

sql! {
    BY_ID = "select id, login, name, email, phone, title, password is not null, totp is not null, closed, must_change, \
             locked_until, sample, version from account where id = $1";
    BY_LOGIN = "select id, login, name, email, phone, title, password is not null, totp is not null, closed, must_change, \
                locked_until, sample, version from account where login = $1";
    LIST = "select id, login, name, email, phone, title, password is not null, totp is not null, closed, must_change, \
            locked_until, sample, version from account where folded like $1 order by closed, folded limit $2 offset $3";
    COUNT = "select count(*) from account where folded like $1";
    PUT = "insert into account (id, login, name, folded, email, phone, title, subject, sample) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CHANGE = "update account set name = $3, folded = $4, email = $5, phone = $6, title = $7, version = version + 1 \
              where id = $1 and version = $2";
    CLOSE = "update account set closed = $2, version = version + 1 where id = $1";
    END_SESSIONS = "delete from session where account = $1";
    SET_PASSWORD = "update account set password = $2, must_change = $3, failures = 0, locked_until = null, \
                    version = version + 1 where id = $1";
}

fn read(row: &mut Row) -> Result<Account, DbError> {
    Ok(Account {
        id: row.pull()?,
        login: row.pull()?,
        name: row.pull()?,
        email: row.pull()?,
        phone: row.pull()?,
        title: row.pull()?,
        has_password: row.pull()?,
        has_totp: row.pull()?,
        closed: row.pull()?,
        must_change: row.pull()?,
        locked_until: row.pull()?,
        sample: row.pull()?,
        version: row.pull()?,
    })
}

pub async fn account(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

pub async fn account_by_login(conn: &mut Conn, login: &str) -> Result<Option<Account>, DbError> {
    conn.find(BY_LOGIN, args![login.trim().to_lowercase()], read).await
}

/// A page of accounts whose name or login has `word`, and how many there are.
pub async fn accounts(conn: &mut Conn, word: &str, most: i64, from: i64) -> Result<(Vec<Account>, i64), DbError> {
    let like = format!("%{}%", base::text::fold(word));
    let count = conn.find(COUNT, args![&like], |row| row.pull()).await?.unwrap_or(0);
    Ok((conn.list(LIST, args![like, most, from], read).await?, count))
}

/// Makes an account, without a password: a one-time link or an administrator sets it.
pub async fn create(tx: &mut Tx, scope: &Scope, new: NewAccount) -> Result<Account, Failure> {
    let login = new.login.trim().to_lowercase();
    check(&login, &new.name)?;
    let id: AccountId = db::fresh_id();
    let folded = base::text::fold(&format!("{} {login}", new.name));
    let row = args![id, &login, new.name.trim(), folded, new.email, new.phone, new.title, new.subject, new.sample];
    tx.exec(PUT, row).await.map_err(|error| match error.is_duplicate_in("account") {
        true => Refusal::new("login-taken", "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.").at("login").into(),
        false => Failure::from(error),
    })?;
    let made = account(tx, id).await?.ok_or(Failure::NotFound)?;
    journal::write(tx, scope, "account.created", about("account", id), &(), &made).await?;
    Ok(made)
}

fn check(login: &str, name: &str) -> Result<(), Failure> {
    let mut refusals = Vec::new();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c);
    if login.len() < 3 || login.len() > 100 || !login.chars().all(plain) {
        let say = "Tên đăng nhập dài từ 3 ký tự, chỉ gồm chữ không dấu, số, dấu chấm, gạch nối, gạch dưới hoặc @.";
        refusals.push(Refusal::new("login", say).at("login"));
    }
    if name.trim().is_empty() {
        refusals.push(Refusal::new("name", "Nhập họ và tên.").at("name"));
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// Changes what others see of an account.
pub async fn change_account(tx: &mut Tx, scope: &Scope, id: AccountId, version: i64, new: NewAccount) -> Result<(), Failure> {
    let before = account(tx, id).await?.ok_or(Failure::NotFound)?;
    check(&before.login, &new.name)?;
    let folded = base::text::fold(&format!("{} {}", new.name, before.login));
    if tx.exec(CHANGE, args![id, version, new.name.trim(), folded, new.email, new.phone, new.title]).await? == 0 {
        return Err(Failure::stale(serde_json::to_value(&before)?));
    }
    let after = account(tx, id).await?;
    journal::write(tx, scope, "account.changed", about("account", id), &before, &after).await?;
    Ok(())
}

/// Closes an account, or opens it again; its sessions end.
pub async fn close(tx: &mut Tx, scope: &Scope, id: AccountId, closed: bool) -> Result<(), Failure> {
    if closed && scope.account == Some(id) {
        return Err(Failure::refused("close-self", "Bạn không thể tự khoá tài khoản của mình. Hãy nhờ quản trị khác."));
    }
    if tx.exec(CLOSE, args![id, closed]).await? == 0 {
        return Err(Failure::NotFound);
    }
    tx.exec(END_SESSIONS, args![id]).await?;
    let what = if closed { "account.closed" } else { "account.opened" };
    journal::write(tx, scope, what, about("account", id), &(), &()).await?;
    Ok(())
}

/// Sets a password. `must_change`: somebody else chose it, so its owner must choose another at the next sign-in.
pub async fn set_password(tx: &mut Tx, scope: &Scope, id: AccountId, password: &str, must_change: bool) -> Result<(), Failure> {
    let account = account(tx, id).await?.ok_or(Failure::NotFound)?;
    check_strength(password, &account.login)?;
    let hash = hash_password(password).await?;
    tx.exec(SET_PASSWORD, args![id, hash, must_change]).await?;
    journal::write(tx, scope, "account.password-set", about("account", id), &(), &()).await?;
    Ok(())
}
