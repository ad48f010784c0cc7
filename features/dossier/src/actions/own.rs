//! A citizen who has signed in (VNeID): their own dossiers, opened by their identity number instead of a secret, and what is
//! known of them filled in for them.

use super::online::later;
use crate::model::*;
use crate::store;
use base::{Refusal, Timestamp};
use db::{Conn, Tx};
use journal::about;
use people::{Failure, Known, Pending, Scope};
use web::{Citizens, Site};

/// A working day; whoever comes again signs in again.
const HOURS: i64 = 8;

/// The browser is back from the system that knows its citizen: `token` is its fresh cookie, `before` the one it had, whose
/// drafts and opened dossiers it keeps.
pub async fn sign_in_citizen(
    site: &Site,
    pending: &Pending,
    (code, state): (&str, &str),
    token: &str,
    before: &str,
) -> Result<(), Failure> {
    let citizens = site.citizens.as_ref().ok_or(Failure::NotFound)?;
    let now = site.now();
    let known = citizens.oidc.who(pending, code, state, now).await?;
    let one = told(citizens, &known, session_until(now))?;
    let mut tx = site.db.begin().await?;
    begin_session(&mut tx, site, &one, (token, before), "oidc").await?;
    Ok(tx.commit().await?)
}

pub(super) fn session_until(now: Timestamp) -> Timestamp {
    later(now, HOURS)
}

/// Who it was is personal; the journal holds what only whoever keeps the subjects can trace.
pub(super) fn whose(subject: &str) -> journal::About {
    about("citizen", people::sha256(subject))
}

/// Lets the browser in whose fresh cookie is `token`; what it had opened with the one `before` goes with it.
pub(super) async fn begin_session(
    tx: &mut Tx,
    site: &Site,
    one: &Signed,
    (token, before): (&str, &str),
    by: &str,
) -> Result<(), Failure> {
    if !before.is_empty() {
        store::end_citizen_session(tx, &people::sha256(before)).await?;
        store::move_passes(tx, &people::sha256(before), &people::sha256(token)).await?;
    }
    store::add_citizen_session(tx, &people::sha256(token), one, site.now()).await?;
    let after = serde_json::json!({ "by": by });
    Ok(journal::write(tx, &Scope::citizen(site.now()), "citizen.signed-in", whose(&one.subject), &(), &after).await?)
}

/// What is kept of what the provider tells; refused without the number, by which alone dossiers are theirs.
fn told(citizens: &Citizens, known: &Known, until: Timestamp) -> Result<Signed, Refusal> {
    let number: String = known.text(&citizens.number).chars().filter(|c| !c.is_whitespace()).collect();
    if number.is_empty() {
        let say = "Nơi đăng nhập không cho biết số định danh cá nhân của bạn, nên không mở được hồ sơ. Bạn vẫn tra cứu được bằng mã hồ sơ và mã tra cứu.";
        return Err(Refusal::new("citizen-number", say));
    }
    Ok(Signed {
        subject: known.subject.clone(),
        name: known.text(&citizens.name),
        number,
        born: known.text(&citizens.born),
        phone: known.text(&citizens.phone),
        address: known.text(&citizens.address),
        until,
        at_counter: false,
    })
}

/// Who has signed in with this browser; none where nobody has, or it was too long ago.
pub async fn signed_in(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Signed>, Failure> {
    if token.is_empty() {
        return Ok(None);
    }
    Ok(store::citizen_session(conn, &people::sha256(token), now).await?)
}

/// Their dossiers, the latest first.
pub async fn own_dossiers(conn: &mut Conn, one: &Signed) -> Result<Vec<Listed>, Failure> {
    Ok(store::of_owner(conn, &one.number).await?)
}

pub async fn sign_out_citizen(site: &Site, token: &str) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let token = people::sha256(token);
    if let Some(one) = store::citizen_session(&mut tx, &token, site.now()).await? {
        store::end_citizen_session(&mut tx, &token).await?;
        let scope = Scope::citizen(site.now());
        journal::write(&mut tx, &scope, "citizen.signed-out", whose(&one.subject), &(), &()).await?;
    }
    Ok(tx.commit().await?)
}

/// What is known of whoever begins a dossier, filled in for them; they may hand in for another and say so.
pub(super) async fn known_owner(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Owner, Failure> {
    let Some(one) = signed_in(conn, token, now).await? else { return Ok(Owner::default()) };
    Ok(Owner {
        name: one.name,
        number: one.number,
        born: one.born,
        phone: one.phone,
        address: one.address,
        ..Owner::default()
    })
}

/// Whether whoever hands in has been identified as the owner: not where they hand in for another, though signed in, nor by an
/// account of the counter, which no system has identified.
pub(super) async fn identified(conn: &mut Conn, token: &str, owner: &Owner, now: Timestamp) -> Result<bool, Failure> {
    Ok(signed_in(conn, token, now).await?.is_some_and(|one| !one.at_counter && one.number == owner.number))
}
