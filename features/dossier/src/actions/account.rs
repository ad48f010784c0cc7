//! Accounts for citizens without VNeID: made by a clerk who has seen their paper, used with the identity number and a password
//! that only their owner knows. Whoever is in by one is in as by VNeID, but has not been identified electronically.
//!
//! ```text
//! clerk at a dossier ── make_account ── link, once, 48 hours ── choose_password ── enter (number + password)
//!        again (forgotten password): the old password, link and sessions are void
//! ```

use super::loaded::load;
use super::online::later;
use super::own::{begin_session, session_until, whose};
use super::tell::{Outside, tell_renewed};
use crate::model::*;
use crate::rules;
use crate::store;
use base::{Refusals, Timestamp};
use db::{Conn, Tx};
use people::{FAILURES, Failure, LOCKED_MINUTES, Role, Scope};
use web::Site;

/// How long a link may wait to be opened.
pub const LINK_HOURS: i64 = 48;

/// A dossier whose owner may be given an account, and the one that they have.
pub struct Opening {
    pub dossier: Dossier,
    pub account: Option<CitizenAccount>,
}

/// What the clerk sees before: whether there is an account is personal, so that it was read stands in the journal.
pub async fn opening(site: &Site, scope: &Scope, id: DossierId) -> Result<Opening, Failure> {
    let mut tx = site.db.begin().await?;
    let dossier = may_open(&mut tx, scope, id).await?;
    let account = store::account_of_number(&mut tx, &dossier.owner.number).await?;
    journal::write(&mut tx, scope, "dossier.read", journal::about("dossier", id), &(), &()).await?;
    tx.commit().await?;
    Ok(Opening { dossier, account })
}

async fn may_open(conn: &mut Conn, scope: &Scope, id: DossierId) -> Result<Dossier, Failure> {
    let at = load(conn, scope, id).await?;
    if !at.sight.counts || !scope.has(Role::Clerk) {
        return Err(Failure::forbidden("Tạo tài khoản cho người dân dành cho cán bộ một cửa."));
    }
    rules::can_have_account(&at.dossier.owner)?;
    Ok(at.dossier)
}

/// What a clerk hands over: the secret of a link, which is kept nowhere.
pub struct Made {
    /// Of the dossier.
    pub code: String,
    pub secret: String,
}

/// Makes the account of a dossier's owner, or a new link for it.
pub async fn make_account(site: &Site, scope: &Scope, id: DossierId, paper_seen: bool) -> Result<Made, Failure> {
    let mut tx = site.db.begin().await?;
    let dossier = may_open(&mut tx, scope, id).await?;
    if !paper_seen {
        return Err(NotNow::PaperNotSeen.into());
    }
    if let Some(before) = store::account_of_number(&mut tx, &dossier.owner.number).await? {
        tell_renewed(&mut tx, scope, &Outside::of(&site.settings), &before, &dossier).await?;
    }
    let (secret, owner) = (people::fresh_secret()?, dossier.owner);
    let new = CitizenAccount {
        id: db::fresh_id(),
        number: owner.number,
        name: owner.name,
        born: owner.born,
        phone: owner.phone,
        address: owner.address,
        password: None,
        link_until: Some(later(scope.now, LINK_HOURS)),
        made: scope.now,
    };
    let known = store::put_account(&mut tx, &new, &people::sha256(&secret), scope.account).await?;
    store::end_account_sessions(&mut tx, &new.number).await?;
    let what = if known == new.id { "citizen.account-made" } else { "citizen.account-renewed" };
    let after = serde_json::json!({ "dossier": id });
    journal::write(&mut tx, scope, what, whose(&known.subject()), &(), &after).await?;
    tx.commit().await?;
    Ok(Made { code: dossier.code, secret })
}

/// Whether a link still leads somewhere.
pub async fn link_holds(conn: &mut Conn, link: &str, now: Timestamp) -> Result<bool, Failure> {
    Ok(store::account_of_link(conn, &people::sha256(link), now).await?.is_some())
}

/// What the owner of an account writes on the page of its link.
pub struct Chosen<'a> {
    pub link: &'a str,
    /// Who finds the link does not know whose it is.
    pub number: &'a str,
    pub password: &'a str,
    pub again: &'a str,
}

/// Sets the password of whoever holds the link and knows the number; uses the link up.
pub async fn choose_password(site: &Site, asked: Chosen<'_>) -> Result<(), Failure> {
    let now = site.now();
    let link = people::sha256(asked.link);
    let known = store::account_of_link(&mut site.db.read().await?, &link, now).await?;
    let known = known.ok_or(NotNow::AccountLinkSpent)?;
    let wrong = weak(&asked);
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong));
    }
    // Slow on purpose: before the transaction, so that nobody waits for it.
    let hash = people::hash_password(asked.password).await?;
    let mut tx = site.db.begin().await?;
    let standing = store::take_account(&mut tx, known.id).await?.ok_or(NotNow::AccountLinkSpent)?;
    if standing.link.as_deref() != Some(&link) {
        return Err(NotNow::AccountLinkSpent.into());
    }
    if standing.locked_until.is_some_and(|until| until > now) || rules::bare(asked.number) != known.number {
        failed(site, tx, known.id, &standing).await?;
        return Err(NotNow::NotTheirNumber.into());
    }
    store::set_account_password(&mut tx, known.id, &hash).await?;
    store::end_account_sessions(&mut tx, &known.number).await?;
    let scope = Scope::citizen(now);
    journal::write(&mut tx, &scope, "citizen.password-set", whose(&known.id.subject()), &(), &()).await?;
    Ok(tx.commit().await?)
}

/// No name to sign in with may be part of a password; here it is the number, which is looked at by itself.
const NO_LOGIN: &str = "\u{0}";

fn weak(asked: &Chosen<'_>) -> Refusals {
    let number = rules::bare(asked.number);
    let mut found = Refusals::new();
    if number.is_empty() {
        found.push(NotNow::NumberMissing.into());
    }
    match people::check_strength(asked.password, NO_LOGIN) {
        Err(weak) => found.push(weak),
        Ok(()) if !number.is_empty() && asked.password.contains(&number) => {
            found.push(NotNow::PasswordHasNumber.into());
        }
        Ok(()) if asked.password != asked.again => found.push(NotNow::PasswordsDiffer.into()),
        Ok(()) => {}
    }
    found
}

/// Signs in with number and password, as staff do (`people::sign_in`): the slow check first, then the account's row is taken and
/// what stands there *now* decides. An unknown number, a wrong password and a locked account get one answer: who has an
/// account here is nobody's business.
pub async fn enter(site: &Site, number: &str, password: &str, token: &str, before: &str) -> Result<(), Failure> {
    let now = site.now();
    let known = store::account_of_number(&mut site.db.read().await?, &rules::bare(number)).await?;
    let hash = known.as_ref().and_then(|one| one.password.clone());
    let right = people::verify_password(password, hash.as_deref()).await;
    let wrong = || Failure::from(NotNow::NumberOrPassword);
    // Nothing to guess before its owner has chosen one: whoever tries must not lock them out of choosing.
    let known = known.filter(|_| hash.is_some()).ok_or_else(wrong)?;
    let mut tx = site.db.begin().await?;
    let standing = store::take_account(&mut tx, known.id).await?.ok_or_else(wrong)?;
    if standing.locked_until.is_some_and(|until| until > now) {
        return Err(wrong());
    }
    // A password that was changed meanwhile was not the one that was checked.
    if !right || standing.password != hash {
        failed(site, tx, known.id, &standing).await?;
        return Err(wrong());
    }
    store::account_passed(&mut tx, known.id).await?;
    let one = Signed {
        subject: known.id.subject(),
        name: known.name,
        number: known.number,
        born: known.born,
        phone: known.phone,
        address: known.address,
        until: session_until(now),
        at_counter: true,
    };
    begin_session(&mut tx, site, &one, (token, before), "password").await?;
    Ok(tx.commit().await?)
}

/// Counts a failure, and locks at every fifth.
async fn failed(site: &Site, mut tx: Tx, id: CitizenAccountId, standing: &store::Standing) -> Result<(), Failure> {
    let now = site.now();
    // What is tried while it is locked is not counted: else it would never open again.
    if standing.locked_until.is_none_or(|until| until <= now) {
        let locks = (standing.failures + 1) % FAILURES == 0;
        let until = locks.then(|| now.saturating_add(jiff::SignedDuration::from_mins(LOCKED_MINUTES)).unwrap_or(now));
        store::account_failed(&mut tx, id, until).await?;
        let what = if locks { "citizen.locked" } else { "citizen.sign-in-failed" };
        journal::write(&mut tx, &Scope::citizen(site.now()), what, whose(&id.subject()), &(), &()).await?;
    }
    Ok(tx.commit().await?)
}
