//! The electronic form of a dossier that came on paper: the office types it in, so that its answers are there as those of a
//! dossier online are.

use super::loaded::{Loaded, load};
use super::work::{Said, open};
use crate::flow;
use crate::model::*;
use crate::{rules, store};
use db::Conn;
use form::Form;
use people::{Failure, Scope};
use rulebook::EditionId;
use serde_json::{Map, Value};
use std::sync::Arc;
use web::Site;

/// A form with what stands in it so far.
pub struct Declaring {
    pub at: Loaded,
    pub form: Arc<Form>,
    pub values: Map<String, Value>,
}

/// Whether this person may fill the form in: whoever works on the dossier, as long as it is open. What the citizen
/// declared online is theirs: nobody else changes it.
pub fn may_declare(scope: &Scope, at: &Loaded, declared: Option<&Declared>) -> Result<(), NotNow> {
    rules::is_open(&at.dossier)?;
    if declared.is_some_and(|declared| declared.typed_by.is_none()) {
        return Err(NotNow::DeclaredByOwner);
    }
    let works = at.sight.counts || !at.all_mine(scope).is_empty();
    if works { Ok(()) } else { Err(NotNow::NotYourStep { step: at.dossier.at.name.clone() }) }
}

/// The edition of its form and what was declared: that of its receipt, until something is typed in.
async fn gather(conn: &mut Conn, scope: &Scope, at: &Loaded) -> Result<(EditionId, Map<String, Value>), Failure> {
    let declared = store::declared(conn, at.dossier.id).await?;
    may_declare(scope, at, declared.as_ref())?;
    if let Some(Declared { form, values, .. }) = declared {
        return Ok((form, values));
    }
    let case = at.procedure.case(&at.dossier.case).ok_or(Failure::NotFound)?;
    let day = base::day::today(at.dossier.received);
    let edition = flow::form_in_force(conn, case, day).await?.ok_or(Failure::NotFound)?;
    Ok((edition, form::begin(&*flow::form(conn, edition).await?)))
}

pub async fn declaring(site: &Site, scope: &Scope, id: DossierId) -> Result<Declaring, Failure> {
    let mut conn = site.db.read().await?;
    let at = load(&mut conn, scope, id).await?;
    let (edition, values) = gather(&mut conn, scope, &at).await?;
    Ok(Declaring { at, form: flow::form(&mut conn, edition).await?, values })
}

/// Keeps the form once it is whole.
pub async fn declare(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    answers: &Map<String, Value>,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    let (edition, _) = gather(work.db.write().await?, scope, &work.at).await?;
    let form = flow::form(work.db.write().await?, edition).await?;
    let settled = flow::settle(&form, answers, scope.now);
    if !settled.refusals.is_empty() {
        return Err(Failure::Refused(settled.refusals));
    }
    let declared = Declared { form: edition, values: settled.values, typed_by: scope.account, earlier: Vec::new() };
    store::declare(work.db.write().await?, id, &declared).await?;
    work.settle(scope, "dossier.declared", Said { what: "Nhập tờ khai", note: "", public: false }).await
}
