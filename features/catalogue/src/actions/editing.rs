//! A draft's main fields, edited on screen; and a draft begun from what is in force.

use super::{only_admin, publishing, reading};
use crate::model::PROCEDURE;
use people::{Failure, Scope};
use procedure::Procedure;
use rulebook::{EditionId, Status};
use web::Site;

/// Begins a draft that says what this edition says, to be in force from tomorrow at the earliest; its decision is left
/// to be written.
pub async fn begin(site: &Site, scope: &Scope, id: EditionId) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let (edition, mut one) = reading::edition(&mut tx, scope, id).await?;
    // Somebody has begun already: what they wrote is gone on with.
    let latest = rulebook::latest(&mut tx, PROCEDURE, &edition.code).await?;
    if let Some(draft) = latest.filter(|latest| latest.status == Status::Draft) {
        return Ok(draft.id);
    }
    one.from = one.from.max(scope.today().tomorrow().unwrap_or(one.from));
    one.to = None;
    one.source = String::new();
    let draft = publishing::keep_draft(&mut tx, scope, &one).await?;
    tx.commit().await?;
    Ok(draft)
}

/// Writes a draft as a form has it.
pub async fn save(site: &Site, scope: &Scope, id: EditionId, version: i64, one: &Procedure) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    publishing::save_draft(&mut tx, scope, id, version, one).await?;
    Ok(tx.commit().await?)
}
