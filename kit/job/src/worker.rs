//! The worker: takes jobs up, keeps their leases, and writes down how they ended.

use crate::ctx::Hold;
use crate::lease::{self, Leased};
use crate::queue::Outcome;
use crate::words::{FELL, UNKNOWN};
use crate::{Ctx, Problem, Queue};
use db::{Db, DbError};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};
use tokio::task::{JoinError, JoinSet};

/// How often new work is looked for without a bell, and a lease is looked after.
const TICK: Duration = Duration::from_secs(1);

/// Works until `shutdown`; then puts what is unfinished back, so that the next start takes it up at once. If the
/// program is cut off instead, the leases run out and any worker goes on.
pub async fn run(queue: Queue, db: Db, shutdown: impl Future<Output = ()>) {
    let queue = Arc::new(queue);
    let mut shutdown = pin!(shutdown);
    let (stop, stopped) = watch::channel(false);
    let mut running = JoinSet::new();
    loop {
        if let Err(error) = fill(&queue, &db, &mut running, &stopped).await {
            tracing::error!(%error, "no job could be taken");
        }
        tokio::select! {
            () = &mut shutdown => break,
            Some(_) = running.join_next() => {}
            () = queue.woken() => {}
            () = tokio::time::sleep(TICK) => {}
        }
    }
    let _ = stop.send(true);
    while running.join_next().await.is_some() {}
}

async fn fill(
    queue: &Arc<Queue>,
    db: &Db,
    running: &mut JoinSet<()>,
    stopped: &watch::Receiver<bool>,
) -> Result<(), DbError> {
    lease::plan(db, queue).await?;
    while queue.free_above(running.len()) {
        let Some(leased) = lease::take(db, queue).await? else { break };
        running.spawn(work(queue.clone(), db.clone(), leased, stopped.clone()));
    }
    Ok(())
}

/// Does everything that is due now, one job after the other, and says how many tries that were. For tests, and for a
/// command that has no server.
pub async fn run_due(queue: &Arc<Queue>, db: &Db) -> Result<usize, DbError> {
    let (_stop, stopped) = watch::channel(false);
    lease::plan(db, queue).await?;
    let mut count = 0;
    while let Some(leased) = lease::take(db, queue).await? {
        work(queue.clone(), db.clone(), leased, stopped.clone()).await;
        count += 1;
    }
    Ok(count)
}

enum End {
    /// By itself, well or not.
    Ended(Result<Outcome, JoinError>),
    /// The program stops.
    Stopped,
    /// Cancelled, or another worker has it.
    Lost,
}

async fn work(queue: Arc<Queue>, db: Db, leased: Leased, mut stopped: watch::Receiver<bool>) {
    let hold = Arc::new(Hold::new(leased.job.id, leased.until));
    let end = match begin(&queue, &db, &leased, &hold) {
        Some(doing) => attend(&queue, &db, &hold, doing, &mut stopped).await,
        None => End::Ended(Ok(Err(Problem::for_good(UNKNOWN)))),
    };
    if let Err(error) = write_down(&queue, &db, &leased, &hold, end).await {
        // The lease runs out, and the job is done again.
        tracing::error!(%error, job = %hold.id, "the end of a job was not written");
    }
}

/// The handler in a task of its own: a panic stays inside, and a busy one does not keep its lease from being renewed.
fn begin(queue: &Queue, db: &Db, leased: &Leased, hold: &Arc<Hold>) -> Option<JoinSet<Outcome>> {
    let ctx = Ctx {
        db: db.clone(),
        job: Arc::new(leased.job.clone()),
        hold: hold.clone(),
        clock: queue.shared_clock(),
        told: Arc::new(Mutex::new(None)),
    };
    let doing = queue.begin(&leased.job.kind, ctx, leased.job.input.clone())?;
    // A set of one: it is aborted when it is dropped.
    let mut set = JoinSet::new();
    set.spawn(doing);
    Some(set)
}

async fn attend(
    queue: &Queue,
    db: &Db,
    hold: &Hold,
    mut doing: JoinSet<Outcome>,
    stopped: &mut watch::Receiver<bool>,
) -> End {
    let end = loop {
        tokio::select! {
            Some(ended) = doing.join_next() => break End::Ended(ended),
            () = told_to_stop(stopped) => break End::Stopped,
            () = tokio::time::sleep(TICK) => {}
        }
        match hold.beat(db, queue.now()).await {
            Ok(true) => {}
            Ok(false) => break End::Lost,
            Err(error) => tracing::warn!(%error, job = %hold.id, "a lease was not looked after"),
        }
    };
    // Also tells what the handler has left to other threads.
    hold.let_go();
    end
}

/// Never, where nobody is left to tell.
async fn told_to_stop(stopped: &mut watch::Receiver<bool>) {
    if stopped.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn write_down(queue: &Queue, db: &Db, leased: &Leased, hold: &Hold, end: End) -> Result<(), DbError> {
    let (now, until) = (queue.now(), hold.until().await);
    let job = &leased.job;
    let written = match end {
        End::Ended(Ok(Ok(result))) => lease::finish(db, job.id, until, &result, now).await?,
        End::Ended(Ok(Err(problem))) => {
            tracing::info!(job = %job.id, kind = job.kind, tries = job.tries, problem = problem.say, "a job met a problem");
            lease::stumble(db, leased, until, &problem.say, problem.is_final, now).await?
        }
        End::Ended(Err(error)) => {
            tracing::error!(job = %job.id, kind = job.kind, %error, "a job fell over");
            lease::stumble(db, leased, until, FELL, false, now).await?
        }
        End::Stopped => lease::give_back(db, job.id, until).await?,
        End::Lost => false,
    };
    if !written {
        tracing::info!(job = %job.id, kind = job.kind, "a job was cancelled or taken by another worker");
    }
    Ok(())
}
