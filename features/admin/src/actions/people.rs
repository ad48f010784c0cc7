//! What administrators do with people: accounts, links, roles.

use crate::model::NotNow;
use crate::rules;
use ::people::{Account, AccountId, Failure, GrantId, NewAccount, NewGrant, Purpose, Role, Scope, UnitId};
use base::{Date, Refusal, Refusals};
use db::Tx;
use journal::about;
use web::Site;

/// Makes an account and the link with which its owner sets the password.
pub async fn add_person(site: &Site, scope: &Scope, new: NewAccount) -> Result<(AccountId, String), Failure> {
    let mut tx = site.db.begin().await?;
    let made = people::create(&mut tx, scope, new).await?;
    let link = people::make_link(&mut tx, scope, Purpose::Password, Some(made.id)).await?;
    tx.commit().await?;
    Ok((made.id, link))
}

/// Makes an account without a link, for a program: a link opens the account to whoever holds it, and is for a person
/// to make and to give.
pub async fn enrol_person(site: &Site, scope: &Scope, new: NewAccount) -> Result<AccountId, Failure> {
    let mut tx = site.db.begin().await?;
    let made = people::create(&mut tx, scope, new).await?;
    tx.commit().await?;
    Ok(made.id)
}

/// Opens a person's page: e-mail and telephone are personal data, so that somebody read them is noted (NĐ 13/2023/NĐ-CP
/// asks that processing be logged).
pub async fn read_person(site: &Site, scope: &Scope, id: AccountId) -> Result<Account, Failure> {
    let mut tx = site.db.begin().await?;
    let account = people::account(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    if scope.account != Some(id) {
        journal::write(&mut tx, scope, "account.read", about("account", id), &(), &()).await?;
    }
    tx.commit().await?;
    Ok(account)
}

pub async fn change_person(
    site: &Site,
    scope: &Scope,
    id: AccountId,
    version: i64,
    new: NewAccount,
) -> Result<(), Failure> {
    let mut tx = begin(site, scope, id).await?;
    people::change_account(&mut tx, scope, id, version, new).await?;
    Ok(tx.commit().await?)
}

pub async fn close_person(site: &Site, scope: &Scope, id: AccountId, closed: bool) -> Result<(), Failure> {
    let mut tx = begin(site, scope, id).await?;
    people::close(&mut tx, scope, id, closed).await?;
    Ok(tx.commit().await?)
}

/// A link to set the password, for whoever forgot it.
pub async fn password_link(site: &Site, scope: &Scope, id: AccountId) -> Result<String, Failure> {
    let mut tx = begin(site, scope, id).await?;
    let link = people::make_link(&mut tx, scope, Purpose::Password, Some(id)).await?;
    tx.commit().await?;
    Ok(link)
}

pub async fn switch_second_off(site: &Site, scope: &Scope, id: AccountId) -> Result<(), Failure> {
    let mut tx = begin(site, scope, id).await?;
    people::remove_totp(&mut tx, scope, id).await?;
    Ok(tx.commit().await?)
}

pub async fn unbind_person(site: &Site, scope: &Scope, id: AccountId) -> Result<(), Failure> {
    let mut tx = begin(site, scope, id).await?;
    people::unbind_subject(&mut tx, scope, id).await?;
    Ok(tx.commit().await?)
}

/// A role as it is asked to be given.
#[derive(Clone, Debug, Default)]
pub struct Giving {
    pub unit: Option<UnitId>,
    pub role: Option<Role>,
    pub from: Option<Date>,
    /// The last day, included; none: until further notice.
    pub last: Option<Date>,
    pub note: String,
}

pub async fn give_role(site: &Site, scope: &Scope, account: AccountId, giving: Giving) -> Result<GrantId, Failure> {
    let mut tx = begin(site, scope, account).await?;
    let (Some(unit), Some(role)) = (giving.unit, giving.role) else {
        let mut missing = Refusals::new();
        if giving.unit.is_none() {
            missing.push(NotNow::UnitMissing { field: "don_vi" }.into());
        }
        if giving.role.is_none() {
            missing.push(Refusal::from(NotNow::RoleMissing));
        }
        return Err(missing.into());
    };
    let all = people::units(&mut tx).await?;
    if !all.iter().any(|one| one.id == unit) {
        return Err(NotNow::UnitMissing { field: "don_vi" }.into());
    }
    if !rules::looks_after(&all, scope, unit) {
        return Err(NotNow::UnitBeyond.into());
    }
    let to = giving.last.map(|last| last.saturating_add(jiff::Span::new().days(1)));
    let new = NewGrant { account, unit, role, from: giving.from.unwrap_or(scope.today()), to, note: giving.note };
    let id = people::grant(&mut tx, scope, new).await?;
    tx.commit().await?;
    Ok(id)
}

pub async fn end_role(site: &Site, scope: &Scope, id: GrantId) -> Result<AccountId, Failure> {
    let mut tx = site.db.begin().await?;
    let grant = people::find_grant(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    let all = people::units(&mut tx).await?;
    if !rules::looks_after(&all, scope, grant.unit) {
        return Err(NotNow::UnitBeyond.into());
    }
    if scope.account == Some(grant.account) && grant.role == Role::Admin {
        return Err(NotNow::OwnRole.into());
    }
    people::end_grant(&mut tx, scope, id).await?;
    tx.commit().await?;
    Ok(grant.account)
}

/// A transaction about a person whom the administrator looks after.
async fn begin(site: &Site, scope: &Scope, id: AccountId) -> Result<Tx, Failure> {
    let mut tx = site.db.begin().await?;
    people::account(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    let units = people::units(&mut tx).await?;
    let mut grants = people::grants_of(&mut tx, id, scope.today()).await?;
    // Also what they lent to others, which is no right of theirs over them.
    grants.retain(|grant| grant.account == id);
    if !rules::looks_after_person(&units, scope, &grants) {
        return Err(NotNow::PersonBeyond.into());
    }
    Ok(tx)
}
