//! What a handler is given besides its input.

use crate::{Job, JobId, Problem, lease};
use base::Timestamp;
use db::{Db, DbError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Progress is written no more often than this: a page asks every few seconds.
const PROGRESS_EVERY: Duration = Duration::from_millis(300);

/// The worker's hand on a job, shared with its handler.
pub(crate) struct Hold {
    pub id: JobId,
    /// The end of the lease: changed by the worker alone, under this lock.
    until: Mutex<Timestamp>,
    lost: AtomicBool,
}

impl Hold {
    pub fn new(id: JobId, until: Timestamp) -> Hold {
        Hold { id, until: Mutex::new(until), lost: AtomicBool::new(false) }
    }

    pub async fn until(&self) -> Timestamp {
        *self.until.lock().await
    }

    pub fn let_go(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }

    fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Renews the lease if it is time to; otherwise looks whether it is still ours.
    pub async fn beat(&self, db: &Db, now: Timestamp) -> Result<bool, DbError> {
        let mut until = self.until.lock().await;
        if now < *until - lease::LEASE + lease::RENEW_AFTER {
            return lease::is_held(db, self.id, *until).await;
        }
        let longer = now + lease::LEASE;
        let ours = lease::renew(db, self.id, *until, longer).await?;
        if ours {
            *until = longer;
        }
        Ok(ours)
    }

    async fn progress(&self, db: &Db, done: i64, total: i64) -> Result<bool, DbError> {
        let until = self.until.lock().await;
        lease::progress(db, self.id, *until, done, total).await
    }
}

/// The tools of one handler at work.
#[derive(Clone)]
pub struct Ctx {
    pub db: Db,
    /// The job, as it was when it was taken up; its `tries` says how often.
    pub job: Arc<Job>,
    pub(crate) hold: Arc<Hold>,
    pub(crate) clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub(crate) told: Arc<Mutex<Option<Instant>>>,
}

impl Ctx {
    /// Now, by the queue's clock.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Whether to stop: the job was cancelled, or its lease was lost, or the program ends. For work in
    /// `spawn_blocking`, which nothing else can stop.
    pub fn cancelled(&self) -> bool {
        self.hold.is_lost()
    }

    /// Shows `done` of `total` on the job's page. An error says that the work is to stop: pass it on with `?`.
    pub async fn progress(&self, done: i64, total: i64) -> Result<(), Problem> {
        if self.cancelled() {
            return Err(Problem::stopped());
        }
        let mut told = self.told.lock().await;
        if done < total && told.is_some_and(|at| at.elapsed() < PROGRESS_EVERY) {
            return Ok(());
        }
        match self.hold.progress(&self.db, done, total).await {
            Ok(true) => *told = Some(Instant::now()),
            Ok(false) => {
                self.hold.let_go();
                return Err(Problem::stopped());
            }
            // A number on a page is not worth the work.
            Err(error) => tracing::warn!(%error, job = %self.hold.id, "progress was not written"),
        }
        Ok(())
    }
}
