//! Cancelling and retrying work in the background.

use bytes::Bytes;
use job::{Job, JobId, Status};
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

/// The file that a job made: `{"file": …, "name": …}`.
pub fn file_of(job: &Job) -> Option<file::FileUseId> {
    let result = job.result.as_ref().filter(|_| job.status == Status::Done)?;
    result.get("file")?.as_str()?.parse().ok()
}

/// That file with the headers under which it is sent.
pub async fn job_file(site: &Site, scope: &Scope, id: JobId) -> Result<(Vec<(&'static str, String)>, Bytes), Failure> {
    let mut conn = site.db.read().await?;
    let job = job::find(&mut conn, scope, id).await?;
    let file = file_of(&job).ok_or(Failure::NotFound)?;
    let opened = file::open(&mut conn, &site.files, file).await?;
    let name = job.result.as_ref().and_then(|result| result.get("name")?.as_str()).unwrap_or(&opened.meta.name);
    Ok((file::headers(name, &opened.meta.kind, false), opened.bytes))
}
