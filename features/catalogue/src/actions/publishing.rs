//! A draft becomes law, or is thrown away; what is in force is abolished from a day on.

use super::embedded::content;
use super::{only_admin, reading};
use crate::model::{Entry, NotNow, PROCEDURE};
use crate::{rules, store};
use base::Date;
use db::Tx;
use people::{Failure, Scope};
use procedure::Procedure;
use rulebook::{Edition, EditionId};
use web::Site;

/// Publishes a draft under its decision, once nothing is wrong with it.
pub async fn publish(site: &Site, scope: &Scope, id: EditionId, version: i64, source: &str) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let (mut draft, mut one) = reading::edition(&mut tx, scope, id).await?;
    let mut version = version;
    one.source = source.trim().to_owned();
    let found = rules::refusals(reading::faults(&mut tx, &one).await?);
    if !found.is_empty() {
        return Err(Failure::Refused(found));
    }
    if one.source != draft.source {
        draft = rulebook::save_draft(&mut tx, scope, id, version, content(&one)?).await?;
        version = draft.version;
    }
    publish_as_is(&mut tx, scope, &draft, version, &one).await?;
    Ok(tx.commit().await?)
}

/// Publishes a draft that has been checked, and writes what the lists filter by.
pub(super) async fn publish_as_is(
    tx: &mut Tx,
    scope: &Scope,
    draft: &Edition,
    version: i64,
    one: &Procedure,
) -> Result<(), Failure> {
    let former = rulebook::to_end(tx, draft).await?;
    let published = rulebook::publish(tx, scope, draft.id, version).await?;
    if let Some(former) = former {
        store::end(tx, former.id, published.valid_from, "").await?;
    }
    store::put(tx, &Entry::of(&published, one)).await?;
    Ok(())
}

/// Ends the edition in force on a day, under the decision that abolishes the procedure.
pub async fn abolish(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    day: Option<Date>,
    source: &str,
) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut no = Vec::new();
    if day.is_none() {
        no.push(NotNow::DayMissing.into());
    }
    if source.trim().is_empty() {
        no.push(NotNow::DecisionMissing.into());
    }
    let (Some(day), true) = (day, no.is_empty()) else { return Err(Failure::Refused(no)) };
    let mut tx = site.db.begin().await?;
    reading::edition(&mut tx, scope, id).await?;
    rulebook::end_on(&mut tx, scope, id, version, day, source).await?;
    store::end(&mut tx, id, day, source.trim()).await?;
    Ok(tx.commit().await?)
}

/// Throws a draft away; its line in the lists goes with it.
pub async fn discard(site: &Site, scope: &Scope, id: EditionId, version: i64) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    reading::edition(&mut tx, scope, id).await?;
    rulebook::discard(&mut tx, scope, id, version).await?;
    Ok(tx.commit().await?)
}

/// Keeps a procedure as a draft: in the draft of its code, where there is one, else as the next number.
pub(super) async fn keep_draft(tx: &mut Tx, scope: &Scope, one: &Procedure) -> Result<EditionId, Failure> {
    let latest = rulebook::latest(tx, PROCEDURE, &one.code).await?;
    let draft = match latest.filter(|edition| edition.status == rulebook::Status::Draft) {
        Some(draft) => rulebook::save_draft(tx, scope, draft.id, draft.version, content(one)?).await?,
        None => rulebook::draft(tx, scope, super::embedded::new_draft(one)?).await?,
    };
    store::put(tx, &Entry::of(&draft, one)).await?;
    Ok(draft.id)
}

/// Writes a draft anew, as a form that was opened at `version` has it.
pub(super) async fn save_draft(
    tx: &mut Tx,
    scope: &Scope,
    id: EditionId,
    version: i64,
    one: &Procedure,
) -> Result<(), Failure> {
    let saved = rulebook::save_draft(tx, scope, id, version, content(one)?).await?;
    store::put(tx, &Entry::of(&saved, one)).await?;
    Ok(())
}
