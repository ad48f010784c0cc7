//! The first administrator, a password through a link, another hat, the way out.

use crate::model::NotNow;
use base::{Refusal, Refusals, Timestamp};
use jiff::civil::date;
use people::{Account, AccountId, Failure, NewAccount, NewGrant, Purpose, Role, Scope, Session, Unit, UnitId};
use web::Site;

/// What the first administrator writes.
#[derive(Clone, Debug, Default)]
pub struct FirstAdmin {
    pub link: String,
    /// The name of the first unit, where there is none yet.
    pub unit: String,
    pub name: String,
    pub login: String,
    pub password: String,
    pub again: String,
}

/// Makes the first administrator, and the first unit where there is none. The link is used up only if all went well.
pub async fn set_up(site: &Site, asked: FirstAdmin) -> Result<AccountId, Failure> {
    let now = site.now();
    let scope = Scope::program("Thiết lập lần đầu", now);
    let mut tx = site.db.begin().await?;
    if !people::setup_needed(&mut tx).await? {
        return Err(NotNow::SetUpDone.into());
    }
    people::use_link(&mut tx, &asked.link, Purpose::Setup, now).await?.ok_or(NotNow::LinkSpent)?;
    let units = people::units_with(&mut tx, scope.today(), &[]).await?;
    let refusals = lacking(&asked, units.is_empty());
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let new = NewAccount {
        login: asked.login.clone(),
        name: asked.name.clone(),
        title: "Quản trị".into(),
        ..NewAccount::default()
    };
    let account = people::create(&mut tx, &scope, new).await?;
    people::set_password(&mut tx, &scope, account.id, &asked.password, false).await?;
    let unit = match top(&units) {
        Some(unit) => unit.id,
        None => first_unit(&mut tx, &scope, &asked.unit).await?,
    };
    let note = "Quản trị đầu tiên".to_owned();
    let grant = NewGrant { account: account.id, unit, role: Role::Admin, from: scope.today(), to: None, note };
    people::grant(&mut tx, &scope, grant).await?;
    tx.commit().await?;
    Ok(account.id)
}

/// All that is wrong at once, as far as it can be told before anything is made.
fn lacking(asked: &FirstAdmin, unit_wanted: bool) -> Refusals {
    let mut found = Refusals::new();
    if unit_wanted && asked.unit.trim().is_empty() {
        found.push(NotNow::FirstUnitMissing.into());
    }
    if asked.name.trim().is_empty() {
        found.push(Refusal::new("name", "Nhập họ và tên.").at("name"));
    }
    found.extend(wrong_password(&asked.password, &asked.again, &asked.login));
    found
}

fn wrong_password(password: &str, again: &str, login: &str) -> Option<Refusal> {
    match people::check_strength(password, login) {
        Err(weak) => Some(weak),
        Ok(()) => (password != again).then(|| NotNow::PasswordsDiffer.into()),
    }
}

/// The province, or whatever stands highest.
fn top(units: &[Unit]) -> Option<&Unit> {
    units.iter().find(|unit| unit.kind == "tinh").or_else(|| units.iter().find(|unit| unit.parent.is_none()))
}

async fn first_unit(tx: &mut db::Tx, scope: &Scope, name: &str) -> Result<UnitId, Failure> {
    let name = name.trim();
    let key: String = base::text::fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let unit = Unit {
        id: db::fresh_id(),
        key: key.trim_matches('-').to_owned(),
        name: name.to_owned(),
        short: name.to_owned(),
        kind: "tinh".into(),
        parent: None,
        // Older than any record that will be kept here; its true day may be set on the screen of units.
        from: date(2000, 1, 1),
        to: None,
        code_old: None,
        code_new: None,
        sample: false,
        version: 0,
    };
    people::save_unit(tx, scope, &unit).await?;
    Ok(unit.id)
}

/// Sets the password of whoever holds the link, and uses the link up.
pub async fn choose_password(site: &Site, link: &str, password: &str, again: &str) -> Result<Account, Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let Some(Some(id)) = people::use_link(&mut tx, link, Purpose::Password, now).await? else {
        return Err(NotNow::LinkSpent.into());
    };
    let account = people::account(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    if let Some(refusal) = wrong_password(password, again, &account.login) {
        return Err(refusal.into());
    }
    people::set_password(&mut tx, &holder(&account, now), id, password, false).await?;
    tx.commit().await?;
    Ok(account)
}

/// The owner of an account before signing in: known by name, without a role.
fn holder(account: &Account, now: Timestamp) -> Scope {
    Scope { account: Some(account.id), roles: Vec::new(), ..Scope::program(&account.name, now) }
}

/// Puts another hat on.
pub async fn wear(site: &Site, scope: &Scope, session: &Session, unit: UnitId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    people::put_on(&mut tx, scope, &session.token, unit).await?;
    Ok(tx.commit().await?)
}

/// Ends one of one's own sessions: this one, to sign out.
pub async fn end_session(site: &Site, scope: &Scope, session: &str) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    people::end_session(&mut tx, scope, session).await?;
    Ok(tx.commit().await?)
}
