//! Accounts. People leave: their accounts are closed, never deleted, since the journal names them.

use crate::{AccountId, Failure, Scope};
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
    /// Tied to somebody at the OIDC provider.
    pub has_subject: bool,
    pub closed: bool,
    pub must_change: bool,
    pub locked_until: Option<Timestamp>,
    pub sample: bool,
    pub version: i64,
}

/// What is asked to make or change an account. `login`, `subject` and `sample` count at the making only.
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

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, login, name, email, phone, title, password is not null, totp is not null, subject is not null, \
             closed, must_change, locked_until, sample, version from account ",
            $rest
        )
    };
}

sql! {
    BY_ID = select!("where id = $1");
    BY_LOGIN = select!("where login = $1");
    BY_SUBJECT = select!("where subject = $1");
    BY_EMAIL = select!("where lower(email) = $1 order by id");
    ALL = select!("order by id");
    PUT = "insert into account (id, login, name, folded, email, phone, title, subject, sample) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CHANGE = "update account set name = $3, folded = $4, email = $5, phone = $6, title = $7, version = version + 1 \
              where id = $1 and version = $2";
    CLOSE = "update account set closed = $2, version = version + 1 where id = $1 and closed <> $2";
    END_SESSIONS = "delete from session where account = $1";
    BIND = "update account set subject = $2, version = version + 1 where id = $1 and subject is null";
    UNBIND = "update account set subject = null, version = version + 1 where id = $1 and subject is not null";
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
        has_subject: row.pull()?,
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

pub(crate) async fn account_by_subject(conn: &mut Conn, subject: &str) -> Result<Option<Account>, DbError> {
    conn.find(BY_SUBJECT, args![subject], read).await
}

/// Several people may share the mailbox of an office.
pub(crate) async fn accounts_by_email(conn: &mut Conn, email: &str) -> Result<Vec<Account>, DbError> {
    conn.list(BY_EMAIL, args![email.trim().to_lowercase()], read).await
}

/// A page of the accounts whose name or login has every word of `words` (or whose initials they are), open ones
/// first, by given name; and how many there are in all. Sifted here rather than by the database: neither engine
/// knows the Vietnamese order, and a province has some thousands of accounts, read in a few milliseconds.
pub async fn accounts(conn: &mut Conn, words: &str, most: i64, from: i64) -> Result<(Vec<Account>, i64), DbError> {
    let words = base::text::fold(words);
    let mut found = conn.list(ALL, &[], read).await?;
    found.retain(|account| base::text::matches(&folded_of(&account.name, &account.login), &words));
    found.sort_by_cached_key(|account| (account.closed, by_given_name(&account.name), account.login.clone()));
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let (from, most) = (usize::try_from(from).unwrap_or(0), usize::try_from(most).unwrap_or(0));
    Ok((found.into_iter().skip(from).take(most).collect(), count))
}

/// Vietnamese people are listed by given name, the last word: "Trần Thị An" stands before "Lê Văn Bình".
pub(crate) fn by_given_name(name: &str) -> Vec<u8> {
    let (family, given) = name.trim().rsplit_once(' ').unwrap_or(("", name.trim()));
    base::text::sort_key(&format!("{given} {family}"))
}

fn folded_of(name: &str, login: &str) -> String {
    base::text::fold(&format!("{name} {login}"))
}

/// What the journal keeps of an account: no e-mail, no telephone, only that they changed.
#[derive(serde::Serialize)]
struct Trace<'a> {
    login: &'a str,
    name: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_changed: Vec<&'static str>,
}

impl<'a> Trace<'a> {
    fn of(account: &'a Account) -> Trace<'a> {
        Trace { login: &account.login, name: &account.name, title: &account.title, also_changed: Vec::new() }
    }

    fn after(before: &Account, after: &'a Account) -> Trace<'a> {
        let fields = [("email", before.email != after.email), ("phone", before.phone != after.phone)];
        let changed = fields.into_iter().filter_map(|(name, differs)| differs.then_some(name));
        Trace { also_changed: changed.collect(), ..Trace::of(after) }
    }
}

/// Makes an account, without a password: a one-time link or an administrator sets it.
pub async fn create(tx: &mut Tx, scope: &Scope, new: NewAccount) -> Result<Account, Failure> {
    let login = new.login.trim().to_lowercase();
    check(&login, &new)?;
    let id: AccountId = db::fresh_id();
    let folded = folded_of(&new.name, &login);
    let row = args![
        id,
        &login,
        new.name.trim(),
        folded,
        given(&new.email),
        given(&new.phone),
        new.title.trim(),
        new.subject.clone(),
        new.sample
    ];
    tx.exec(PUT, row).await.map_err(|error| taken(error, &new))?;
    let made = account(tx, id).await?.ok_or(Failure::NotFound)?;
    journal::write(tx, scope, "account.created", about("account", id), &(), &Trace::of(&made)).await?;
    Ok(made)
}

/// SQLite names the column that was taken, PostgreSQL the key: `account_subject_key`.
fn taken(error: DbError, new: &NewAccount) -> Failure {
    match error {
        DbError::Duplicate { table, detail } if table == "account" => {
            match new.subject.is_some() && detail.contains("subject") {
                true => {
                    Refusal::new("subject-taken", "Người này ở hệ thống đăng nhập chung đã gắn với một tài khoản khác.")
                        .at("subject")
                        .into()
                }
                false => Refusal::new("login-taken", "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")
                    .at("login")
                    .into(),
            }
        }
        other => other.into(),
    }
}

/// What was typed, or nothing.
fn given(typed: &Option<String>) -> Option<String> {
    typed.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn check(login: &str, new: &NewAccount) -> Result<(), Failure> {
    let mut refusals = Vec::new();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c);
    if login.len() < 3 || login.len() > 100 || !login.chars().all(plain) {
        let say = "Tên đăng nhập dài từ 3 ký tự, chỉ gồm chữ không dấu, số, dấu chấm, gạch nối, gạch dưới hoặc @.";
        refusals.push(Refusal::new("login", say).at("login"));
    }
    if new.name.trim().is_empty() {
        refusals.push(Refusal::new("name", "Nhập họ và tên.").at("name"));
    }
    if given(&new.email).is_some_and(|email| !is_address(&email)) {
        refusals.push(
            Refusal::new("email", "Địa chỉ thư điện tử chưa đúng. Ví dụ: lan.nguyen@quangtri.gov.vn.").at("email"),
        );
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// Only slips of the finger: whether an address exists shows when a letter is sent.
fn is_address(email: &str) -> bool {
    let part = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '@');
    email.split_once('@').is_some_and(|(name, place)| part(name) && part(place))
}

/// Changes what others see of an account.
pub async fn change_account(
    tx: &mut Tx,
    scope: &Scope,
    id: AccountId,
    version: i64,
    new: NewAccount,
) -> Result<(), Failure> {
    let before = account(tx, id).await?.ok_or(Failure::NotFound)?;
    check(&before.login, &new)?;
    let folded = folded_of(&new.name, &before.login);
    let row = args![id, version, new.name.trim(), folded, given(&new.email), given(&new.phone), new.title.trim()];
    if tx.exec(CHANGE, row).await? == 0 {
        return Err(Failure::stale(serde_json::to_value(&before)?));
    }
    let after = account(tx, id).await?.ok_or(Failure::NotFound)?;
    journal::write(
        tx,
        scope,
        "account.changed",
        about("account", id),
        &Trace::of(&before),
        &Trace::after(&before, &after),
    )
    .await?;
    Ok(())
}

/// Closes an account, or opens it again; its sessions end, and its keys and links open nothing while it is closed.
pub async fn close(tx: &mut Tx, scope: &Scope, id: AccountId, closed: bool) -> Result<(), Failure> {
    if closed && scope.account == Some(id) {
        return Err(Failure::refused("close-self", "Bạn không thể tự khoá tài khoản của mình. Hãy nhờ quản trị khác."));
    }
    account(tx, id).await?.ok_or(Failure::NotFound)?;
    if tx.exec(CLOSE, args![id, closed]).await? == 0 {
        return Ok(()); // a second click
    }
    end_all_sessions(tx, id).await?;
    let what = if closed { "account.closed" } else { "account.opened" };
    journal::write(tx, scope, what, about("account", id), &(), &()).await?;
    Ok(())
}

pub(crate) async fn end_all_sessions(tx: &mut Tx, id: AccountId) -> Result<(), DbError> {
    tx.exec(END_SESSIONS, args![id]).await.map(drop)
}

/// Ties an account to somebody at the OIDC provider; `false` where it is tied already.
pub(crate) async fn bind_subject(tx: &mut Tx, scope: &Scope, id: AccountId, subject: &str) -> Result<bool, Failure> {
    if tx.exec(BIND, args![id, subject]).await? == 0 {
        return Ok(false);
    }
    journal::write(tx, scope, "account.subject-bound", about("account", id), &(), &()).await?;
    Ok(true)
}

/// Unties an account from the OIDC provider (the wrong person was tied): the next sign-in there ties it anew.
pub async fn unbind_subject(tx: &mut Tx, scope: &Scope, id: AccountId) -> Result<(), Failure> {
    account(tx, id).await?.ok_or(Failure::NotFound)?;
    if tx.exec(UNBIND, args![id]).await? > 0 {
        end_all_sessions(tx, id).await?;
        journal::write(tx, scope, "account.subject-unbound", about("account", id), &(), &()).await?;
    }
    Ok(())
}
