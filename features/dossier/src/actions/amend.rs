//! The citizen corrects the electronic form that they handed in: until it is officially received, or while the office
//! waits for a supplement. What they had said before stays with the dossier.

use super::follow::{CLOSED_MINUTES, followed, is_closed};
use super::work::{Said, open_unasked};
use crate::flow;
use crate::model::*;
use crate::store;
use base::Timestamp;
use db::Conn;
use form::Form;
use jiff::SignedDuration;
use people::{Failure, Scope};
use serde_json::{Map, Value};
use std::sync::Arc;
use web::Site;

/// A form that was handed in, before its owner.
pub struct Amending {
    pub dossier: Dossier,
    pub form: Arc<Form>,
    pub values: Map<String, Value>,
}

/// Whether the form of a dossier may be corrected by its owner: one that they filled in themselves.
pub fn may_amend(dossier: &Dossier, ask: Option<&Ask>, declared: Option<&Declared>) -> bool {
    let own = declared.is_some_and(|declared| declared.typed_by.is_none());
    own && dossier.state.is_open() && (dossier.awaits() || ask.is_some())
}

/// Opens the form for a browser that follows the dossier. It holds what the page of a follower masks, so whoever opens it
/// says the owner's number or telephone too; wrong ones count as wrong guesses do.
pub async fn amending(site: &Site, code: &str, token: &str, number: &str) -> Result<Amending, Failure> {
    let now = site.now();
    let mut conn = site.db.read().await?;
    let (dossier, declared) = amendable(&mut conn, code, token, now).await?;
    if is_closed(&mut conn, dossier.id, now).await? {
        return Err(NotNow::TooManyGuesses.into());
    }
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let known = [&dossier.owner.number, &dossier.owner.phone];
    if !known.iter().any(|own| !own.is_empty() && bare(own) == bare(number)) {
        drop(conn);
        let mut tx = site.db.begin().await?;
        let since = now.saturating_sub(SignedDuration::from_mins(CLOSED_MINUTES)).unwrap_or(now);
        store::guessed(&mut tx, dossier.id, now, since).await?;
        tx.commit().await?;
        return Err(NotNow::WrongNumber.into());
    }
    let form = flow::form(&mut conn, declared.form).await?;
    Ok(Amending { dossier, form, values: declared.values })
}

async fn amendable(conn: &mut Conn, code: &str, token: &str, now: Timestamp) -> Result<(Dossier, Declared), Failure> {
    let found = followed(conn, code, token, now).await?;
    match found.declared {
        Some(declared) if may_amend(&found.dossier, found.ask.as_ref(), Some(&declared)) => {
            Ok((found.dossier, declared))
        }
        _ => Err(NotNow::NotAmendable.into()),
    }
}

/// Keeps the corrected answers once they are whole.
pub async fn amend(
    site: &Site,
    code: &str,
    token: &str,
    number: &str,
    answers: &Map<String, Value>,
) -> Result<(), Failure> {
    let opened = amending(site, code, token, number).await?;
    let (scope, now) = (Scope::citizen(site.now()), site.now());
    let settled = flow::settle(&opened.form, answers, now);
    if !settled.refusals.is_empty() {
        return Err(Failure::Refused(settled.refusals));
    }
    let mut work = open_unasked(&site.db, &super::Outside::of(&site.settings), &scope, opened.dossier.id).await?;
    let id = work.at.dossier.id;
    // Taken: what was true of it when the page was opened need not be any more.
    let (_, mut declared) = amendable(work.db.write().await?, code, token, now).await?;
    if declared.values == settled.values {
        return Ok(());
    }
    let before = std::mem::replace(&mut declared.values, settled.values);
    declared.earlier.push(Earlier { until: now, values: before });
    store::declare(work.db.write().await?, id, &declared).await?;
    work.settle(&scope, "dossier.amended", Said { what: "Người nộp sửa tờ khai", note: "", public: true }).await
}
