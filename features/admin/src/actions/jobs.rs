//! Cancelling and retrying work in the background.

use job::JobId;
use people::{Failure, Scope};
use web::Site;

pub async fn cancel_job(site: &Site, scope: &Scope, id: JobId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    job::cancel(&mut tx, scope, id).await?;
    Ok(tx.commit().await?)
}

/// Begins a job again, at once.
pub async fn retry_job(site: &Site, scope: &Scope, id: JobId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    job::retry(&mut tx, scope, id).await?;
    tx.commit().await?;
    site.jobs.ring();
    Ok(())
}
