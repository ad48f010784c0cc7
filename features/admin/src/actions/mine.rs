//! What people do with their own account.

use crate::model::NotNow;
use base::{Date, Refusal, Refusals};
use people::{AccountId, Failure, Grant, GrantId, NewGrant, Person, Role, Scope, Session, TokenId};
use web::Site;

/// Switches the second factor on.
pub async fn switch_second_on(site: &Site, scope: &Scope, secret: &str, code: &str) -> Result<(), Failure> {
    let account = scope.account.ok_or(Failure::SignedOut)?;
    let mut tx = site.db.begin().await?;
    people::confirm_totp(&mut tx, scope, account, secret, code).await?;
    Ok(tx.commit().await?)
}

/// Ends every session of one's own but this one.
pub async fn end_other_sessions(site: &Site, scope: &Scope, session: &Session) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let all = people::sessions_of(&mut tx, session.account, scope.now).await?;
    for other in all.iter().filter(|other| other.token != session.token) {
        people::end_session(&mut tx, scope, &other.token).await?;
    }
    Ok(tx.commit().await?)
}

/// A loan of a role, as it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Loan {
    pub to_whom: Option<AccountId>,
    pub role: Option<Role>,
    pub from: Option<Date>,
    /// The last day, included, as people say it.
    pub last: Option<Date>,
    pub note: String,
}

/// Lends a role that one holds at one's present unit.
pub async fn lend(site: &Site, scope: &Scope, loan: Loan) -> Result<GrantId, Failure> {
    let new = whole(scope, loan)?;
    let mut tx = site.db.begin().await?;
    // Only to colleagues: whoever works at no unit of ours could not be asked why they signed.
    let colleagues = people::people_of(&mut tx, new.unit, scope.today()).await?;
    if !colleagues.iter().any(|person| person.id == new.account) {
        return Err(Refusal::from(NotNow::PersonMissing).at("account").into());
    }
    let id = people::lend(&mut tx, scope, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Those to whom one may lend: the others at one's present unit.
pub async fn colleagues(site: &Site, scope: &Scope) -> Result<Vec<Person>, Failure> {
    let Some(unit) = scope.unit else { return Ok(Vec::new()) };
    let mut found = people::people_of(&mut site.db.read().await?, unit, scope.today()).await?;
    found.retain(|person| Some(person.id) != scope.account);
    Ok(found)
}

/// What one has lent and what was lent to one, as far as it has not ended.
pub async fn loans(site: &Site, scope: &Scope) -> Result<Vec<Grant>, Failure> {
    let account = scope.account.ok_or(Failure::SignedOut)?;
    let mut found = people::grants_of(&mut site.db.read().await?, account, scope.today()).await?;
    found.retain(|grant| grant.lent_by.is_some());
    Ok(found)
}

fn whole(scope: &Scope, loan: Loan) -> Result<NewGrant, Failure> {
    let unit = scope.unit.ok_or(NotNow::UnitMissing { field: "unit" })?;
    let (Some(account), Some(role), Some(from), Some(last)) = (loan.to_whom, loan.role, loan.from, loan.last) else {
        let mut missing = Refusals::new();
        let mut ask = |lacks: bool, why: NotNow, field: &str| {
            if lacks {
                missing.push(Refusal::from(why).at(field));
            }
        };
        ask(loan.to_whom.is_none(), NotNow::PersonMissing, "account");
        ask(loan.role.is_none(), NotNow::RoleMissing, "role");
        ask(loan.from.is_none(), NotNow::DayMissing { field: "from" }, "from");
        ask(loan.last.is_none(), NotNow::DayMissing { field: "to" }, "to");
        return Err(missing.into());
    };
    let to = last.saturating_add(jiff::Span::new().days(1));
    Ok(NewGrant { account, unit, role, from, to: Some(to), note: loan.note })
}

/// Takes back what one has lent.
pub async fn end_loan(site: &Site, scope: &Scope, id: GrantId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let lent = people::find_grant(&mut tx, id)
        .await?
        .filter(|grant| grant.lent_by.is_some() && grant.lent_by == scope.account);
    people::end_grant(&mut tx, scope, lent.ok_or(Failure::NotFound)?.id).await?;
    Ok(tx.commit().await?)
}

/// Makes a key for a program; gives its secret, which is shown once.
pub async fn make_key(site: &Site, scope: &Scope, name: &str, write: bool, days: i64) -> Result<String, Failure> {
    let mut tx = site.db.begin().await?;
    let secret = people::make_token(&mut tx, scope, name, write, days).await?;
    tx.commit().await?;
    Ok(secret)
}

pub async fn end_key(site: &Site, scope: &Scope, id: TokenId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    people::end_token(&mut tx, scope, id).await?;
    Ok(tx.commit().await?)
}
