//! What people do with jobs: ask for one, look, cancel, try again. Each sees their own; an administrator sees all.

use crate::model::read_job;
use crate::{Job, JobId, KEPT_DAYS, NotNow, Status};
use base::{Refusal, Timestamp};
use db::{Conn, DbError, Tx, args, fresh_id, sql};
use jiff::SignedDuration;
use journal::about;
use people::{Failure, Role, Scope};
use serde_json::{Value, json};

sql! {
    pub(crate) ADD = "insert into job (id, kind, title, input, status, due, account, unit, begun) \
                      values ($1, $2, $3, $4, 'waiting', $5, $6, $7, $5) on conflict (id) do nothing";
    FIND = "select id, kind, title, input, status, done, total, tries, due, result, problem, account, unit, begun, ended \
            from job where id = $1 and (account = $2 or $3 = 1)";
    LIST = concat!(db::anew!(), "select id, kind, title, input, status, done, total, tries, due, result, problem, account, unit, begun, ended \
            from job where (account = $1 or $2 = 1) and (status = $3 or $3 is null) \
            and (begun < $4 or (begun = $4 and id < $5) or $4 is null) order by begun desc, id desc limit $6");
    CANCEL = "update job set status = 'cancelled', ended = $2, leased_until = null \
              where id = $1 and status in ('waiting', 'running')";
    RETRY = "update job set status = 'waiting', due = $2, tries = 0, done = 0, total = 0, problem = null, ended = null \
             where id = $1 and status in ('failed', 'cancelled')";
    SWEEP = "delete from job where ended < $1 and status in ('done', 'failed', 'cancelled') returning id";
}

/// Asks for work, in the caller's transaction: it begins only if that is committed. Ring the queue's bell after the
/// commit, and it begins at once.
pub async fn enqueue(tx: &mut Tx, scope: &Scope, kind: &str, title: &str, input: Value) -> Result<JobId, DbError> {
    let id = fresh_id::<JobId>();
    tx.exec(ADD, args![id, kind, title, input.to_string(), scope.now, scope.account, scope.unit]).await?;
    // The input may name people; the journal needs only what was asked.
    journal::write(tx, scope, "job.asked", about("job", id), &(), &json!({ "kind": kind, "title": title })).await?;
    Ok(id)
}

/// One's own job, or anybody's for an administrator; otherwise it is not there.
pub async fn find(conn: &mut Conn, scope: &Scope, id: JobId) -> Result<Job, Failure> {
    let found = conn.find(FIND, args![id, scope.account, scope.has(Role::Admin)], read_job).await?;
    found.ok_or(Failure::NotFound)
}

/// What a list of jobs shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Not only one's own. Has no effect but for an administrator.
    pub everyones: bool,
    pub status: Option<Status>,
}

/// One page, the last asked first; `after` is the last job of the page before.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    after: Option<&Job>,
    most: i64,
) -> Result<Vec<Job>, DbError> {
    let all = filter.everyones && scope.has(Role::Admin);
    let status = filter.status.map(Status::code);
    let (begun, id) = (after.map(|job| job.begun), after.map(|job| job.id));
    conn.list(LIST, args![scope.account, all, status, begun, id, most], read_job).await
}

/// Cancels a job. One that runs stops at its next step, within a second or two.
pub async fn cancel(tx: &mut Tx, scope: &Scope, id: JobId) -> Result<(), Failure> {
    let job = find(tx, scope, id).await?;
    if tx.exec(CANCEL, args![id, scope.now]).await? == 0 {
        return Err(Refusal::from(NotNow::Ended).into());
    }
    let before = json!({ "status": job.status, "done": job.done, "total": job.total });
    journal::write(tx, scope, "job.cancelled", about("job", id), &before, &()).await?;
    Ok(())
}

/// Begins a failed or cancelled job again, with all its tries.
pub async fn retry(tx: &mut Tx, scope: &Scope, id: JobId) -> Result<(), Failure> {
    let job = find(tx, scope, id).await?;
    if tx.exec(RETRY, args![id, scope.now]).await? == 0 {
        return Err(Refusal::from(NotNow::NotFailed).into());
    }
    let before = json!({ "status": job.status, "problem": job.problem });
    journal::write(tx, scope, "job.retried", about("job", id), &before, &()).await?;
    Ok(())
}

/// Forgets jobs that ended more than [`KEPT_DAYS`] ago, and says which: whoever keeps files for a job lets go of them
/// in the same transaction.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<Vec<JobId>, DbError> {
    let before = now - SignedDuration::from_hours(24 * KEPT_DAYS);
    tx.list(SWEEP, args![before], |row| row.pull()).await
}
