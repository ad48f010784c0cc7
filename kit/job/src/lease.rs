//! The worker's side of the table. A lease is known by the moment it runs out: every change by a worker names that
//! moment, so a worker that lost its lease (asleep, cut off, cancelled) can change nothing any more.

use crate::model::read_job;
use crate::words::CUT;
use crate::{Job, JobId, MOST_TRIES, Queue, ask};
use base::Timestamp;
use db::{Db, DbError, args, sql};
use jiff::SignedDuration;
use people::Scope;
use serde_json::Value;

/// How long a job stays with a worker that is not heard of.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// A lease is renewed when this much of it is used: two renewals may fail.
pub(crate) const RENEW_AFTER: SignedDuration = SignedDuration::from_secs(20);
/// How long after its first, second, … try a job waits for the next.
const DELAYS: [i64; 4] = [10, 60, 5 * 60, 15 * 60];

sql! {
    NEXT = "select id, tries from job where kind in (select key from json_each($1)) and due <= $2 \
            and (status = 'waiting' or (status = 'running' and leased_until < $2)) order by due, id limit 1";
    TAKE = "update job set status = 'running', tries = tries + 1, leased_until = $3 where id = $1 and tries < $4 \
            and due <= $2 and (status = 'waiting' or (status = 'running' and leased_until < $2)) \
            returning id, kind, title, input, status, done, total, tries, due, result, problem, account, unit, begun, ended";
    GIVE_UP = "update job set status = 'failed', leased_until = null, ended = $2, problem = $3 \
               where id = $1 and tries >= $4 and (status = 'waiting' or (status = 'running' and leased_until < $2))";
    HELD = "select 1 from job where id = $1 and status = 'running' and leased_until = $2";
    RENEW = "update job set leased_until = $3 where id = $1 and status = 'running' and leased_until = $2";
    PROGRESS = "update job set done = $3, total = $4 where id = $1 and status = 'running' and leased_until = $2";
    DONE = "update job set status = 'done', done = total, result = $3, problem = null, ended = $4, leased_until = null \
            where id = $1 and status = 'running' and leased_until = $2";
    FAILED = "update job set status = 'failed', problem = $3, ended = $4, leased_until = null \
              where id = $1 and status = 'running' and leased_until = $2";
    AGAIN = "update job set status = 'waiting', problem = $3, due = $4, leased_until = null \
             where id = $1 and status = 'running' and leased_until = $2";
    BACK = "update job set status = 'waiting', tries = tries - 1, leased_until = null \
            where id = $1 and status = 'running' and leased_until = $2";
    BUSY = "select 1 from job where id = $1 or (kind = $2 and status in ('waiting', 'running')) limit 1";
}

/// A job in hand.
pub(crate) struct Leased {
    pub job: Job,
    pub until: Timestamp,
}

/// Takes the job that is longest due, or whose lease ran out. Looking needs no write; of workers that see the same
/// job, the update lets one have it, and the others look again.
pub(crate) async fn take(db: &Db, queue: &Queue) -> Result<Option<Leased>, DbError> {
    let kinds = db::keys(queue.kinds());
    loop {
        let now = queue.now();
        let next = db.read().await?.find(NEXT, args![&kinds, now], |row| Ok((row.pull()?, row.pull()?))).await?;
        let Some((id, tries)): Option<(JobId, i64)> = next else { return Ok(None) };
        let mut tx = db.begin().await?;
        if tries >= MOST_TRIES {
            tx.exec(GIVE_UP, args![id, now, CUT, MOST_TRIES]).await?;
            tx.commit().await?;
            continue;
        }
        let until = now + LEASE;
        let taken = tx.find(TAKE, args![id, now, until, MOST_TRIES], read_job).await?;
        tx.commit().await?;
        if let Some(job) = taken {
            return Ok(Some(Leased { job, until }));
        }
    }
}

pub(crate) async fn is_held(db: &Db, id: JobId, until: Timestamp) -> Result<bool, DbError> {
    Ok(db.read().await?.row(HELD, args![id, until]).await?.is_some())
}

/// Whether the lease was still ours, and now lasts to `longer`.
pub(crate) async fn renew(db: &Db, id: JobId, until: Timestamp, longer: Timestamp) -> Result<bool, DbError> {
    change(db, RENEW, args![id, until, longer]).await
}

pub(crate) async fn progress(db: &Db, id: JobId, until: Timestamp, done: i64, total: i64) -> Result<bool, DbError> {
    change(db, PROGRESS, args![id, until, done, total]).await
}

pub(crate) async fn finish(
    db: &Db,
    id: JobId,
    until: Timestamp,
    result: &Value,
    now: Timestamp,
) -> Result<bool, DbError> {
    change(db, DONE, args![id, until, result.to_string(), now]).await
}

/// Ends a try that met a problem: the job waits for the next one, or has failed.
pub(crate) async fn stumble(
    db: &Db,
    leased: &Leased,
    until: Timestamp,
    say: &str,
    is_final: bool,
    now: Timestamp,
) -> Result<bool, DbError> {
    let (id, tries) = (leased.job.id, leased.job.tries);
    let delay = usize::try_from(tries - 1).ok().and_then(|tried| DELAYS.get(tried));
    match delay {
        Some(delay) if !is_final => {
            change(db, AGAIN, args![id, until, say, now + SignedDuration::from_secs(*delay)]).await
        }
        _ => change(db, FAILED, args![id, until, say, now]).await,
    }
}

/// Puts a job back as if it had not been begun: the program stops in an orderly way.
pub(crate) async fn give_back(db: &Db, id: JobId, until: Timestamp) -> Result<bool, DbError> {
    change(db, BACK, args![id, until]).await
}

async fn change(db: &Db, sql: db::Sql, args: &[db::Val]) -> Result<bool, DbError> {
    let mut tx = db.begin().await?;
    let changed = tx.exec(sql, args).await?;
    tx.commit().await?;
    Ok(changed == 1)
}

/// Asks for the job of each plan whose slot has begun. Its id is the slot's, so all nodes together ask once.
pub(crate) async fn plan(db: &Db, queue: &Queue) -> Result<(), DbError> {
    let now = queue.now();
    for plan in queue.plans() {
        let id = JobId(plan.id(plan.slot(now)));
        if db.read().await?.row(BUSY, args![id, plan.kind]).await?.is_some() {
            continue;
        }
        let scope = Scope::program(plan.title, now);
        let mut tx = db.begin().await?;
        tx.exec(ask::ADD, args![id, plan.kind, plan.title, "{}", now, scope.account, scope.unit]).await?;
        tx.commit().await?;
    }
    Ok(())
}
