//! Several workers, restarts, leases and plans, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use db::Db;
use jiff::SignedDuration;
use job::{Ctx, JobId, Queue, Status, run, run_due};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use world::{admin, asked, deed, state, until};

type Outcome = Result<Value, String>;

/// A worker that runs until it is told to stop, or is aborted like a program that is killed.
fn worker(db: &Db, queue: Queue) -> (tokio::task::JoinHandle<()>, Arc<Notify>) {
    let stop = Arc::new(Notify::new());
    let told = stop.clone();
    (tokio::spawn(run(queue, db.clone(), async move { told.notified().await })), stop)
}

/// Does as much as it can and never ends.
fn endless() -> Queue {
    Queue::new().handle("export", async |ctx: Ctx, _: Value| -> Outcome {
        ctx.progress(3, 10).await?;
        std::future::pending().await
    })
}

fn finishing(ahead: SignedDuration) -> Queue {
    let clock = move || db::now() + ahead;
    Queue::new().clock(clock).handle("export", async |ctx: Ctx, _: Value| -> Outcome { Ok(json!(ctx.job.tries)) })
}

const LEASE_AND_MORE: SignedDuration = SignedDuration::from_secs(61);

#[tokio::test(flavor = "multi_thread")]
async fn a_job_cut_off_in_the_middle_goes_on_after_its_lease() {
    for db in db::testing::both().await {
        let id = asked(&db, "export", Value::Null).await;
        let (killed, _) = worker(&db, endless());
        until(&db, id, Status::Running).await;
        killed.abort();
        let _ = killed.await;

        let early = Arc::new(finishing(SignedDuration::from_secs(50)));
        assert_eq!(run_due(&early, &db).await.unwrap(), 0, "the lease still holds");
        let later = Arc::new(finishing(LEASE_AND_MORE));
        assert_eq!(run_due(&later, &db).await.unwrap(), 1);
        let job = state(&db, id).await;
        assert_eq!((job.status, job.tries, job.result), (Status::Done, 2, Some(json!(2))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_stops_puts_its_jobs_back_at_once() {
    for db in db::testing::both().await {
        let id = asked(&db, "export", Value::Null).await;
        let (first, stop) = worker(&db, endless());
        until(&db, id, Status::Running).await;
        stop.notify_one();
        first.await.unwrap();
        assert_eq!(state(&db, id).await.status, Status::Waiting);
        let (second, stop) = worker(&db, finishing(SignedDuration::ZERO));
        let job = until(&db, id, Status::Done).await;
        assert_eq!(job.tries, 1, "an orderly stop is not a try");
        stop.notify_one();
        second.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_cuts_the_program_off_every_time_is_given_up() {
    for db in db::testing::both().await {
        let id = asked(&db, "export", Value::Null).await;
        for tries in 1..=5 {
            let ahead = LEASE_AND_MORE * tries;
            let queue = endless().clock(move || db::now() + ahead);
            let (killed, _) = worker(&db, queue);
            while state(&db, id).await.tries < i64::from(tries) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            killed.abort();
            let _ = killed.await;
        }
        let queue = Arc::new(finishing(LEASE_AND_MORE * 6));
        assert_eq!(run_due(&queue, &db).await.unwrap(), 0);
        let job = state(&db, id).await;
        assert_eq!((job.status, job.tries), (Status::Failed, 5));
        assert!(job.problem.unwrap().contains("dừng giữa chừng"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_lost_its_lease_changes_nothing_any_more() {
    for db in db::testing::both().await {
        let id = asked(&db, "export", Value::Null).await;
        let go = Arc::new(Notify::new());
        let told = go.clone();
        let refused = Arc::new(AtomicBool::new(false));
        let saw = refused.clone();
        let slow = Queue::new().handle("export", move |ctx: Ctx, _: Value| {
            let (told, saw) = (told.clone(), saw.clone());
            async move {
                told.notified().await;
                saw.store(ctx.progress(9, 9).await.is_err() && ctx.cancelled(), Ordering::Relaxed);
                Outcome::Ok(json!("too late"))
            }
        });
        let (slow, stop) = worker(&db, slow);
        until(&db, id, Status::Running).await;
        assert_eq!(run_due(&Arc::new(finishing(LEASE_AND_MORE)), &db).await.unwrap(), 1);
        go.notify_one();
        tokio::time::sleep(Duration::from_millis(200)).await;
        stop.notify_one();
        slow.await.unwrap();
        let job = state(&db, id).await;
        assert_eq!((job.status, job.result, job.done), (Status::Done, Some(json!(2)), 0));
        assert!(refused.load(Ordering::Relaxed), "the slow handler was told");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_job_is_cancelled_within_a_moment() {
    for db in db::testing::both().await {
        let id = asked(&db, "export", Value::Null).await;
        let dropped = Arc::new(AtomicBool::new(false));
        struct Flag(Arc<AtomicBool>);
        impl Drop for Flag {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let flag = dropped.clone();
        let queue = Queue::new().handle("export", move |_: Ctx, _: Value| {
            let flag = Flag(flag.clone());
            async move {
                let _flag = flag;
                std::future::pending::<Outcome>().await
            }
        });
        let (running, stop) = worker(&db, queue);
        until(&db, id, Status::Running).await;
        deed(&db, async |tx| job::cancel(tx, &admin(), id).await).await.unwrap();
        tokio::time::timeout(Duration::from_secs(5), async {
            while !dropped.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await
        .expect("the handler was not stopped");
        assert_eq!(state(&db, id).await.status, Status::Cancelled);
        stop.notify_one();
        running.await.unwrap();
        assert_eq!(state(&db, id).await.status, Status::Cancelled, "stopping the program does not bring it back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_is_renewed_while_the_job_runs() {
    for db in db::testing::both().await {
        let id = asked(&db, "export", Value::Null).await;
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = {
            let ahead = ahead.clone();
            move || db::now() + SignedDuration::from_secs(ahead.load(Ordering::Relaxed))
        };
        let (running, stop) = worker(&db, endless().clock(clock));
        until(&db, id, Status::Running).await;
        // Half a minute later it is renewed, so that a minute later nobody else may have it.
        ahead.store(30, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(1_600)).await;
        assert_eq!(run_due(&Arc::new(finishing(LEASE_AND_MORE)), &db).await.unwrap(), 0);
        stop.notify_one();
        running.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_workers_do_one_job() {
    for db in db::testing::both().await {
        let mut ids = Vec::new();
        for _ in 0..40 {
            ids.push(asked(&db, "count", Value::Null).await);
        }
        let done: Arc<Mutex<BTreeMap<JobId, usize>>> = Arc::default();
        let mut workers = Vec::new();
        for _ in 0..4 {
            let done = done.clone();
            let queue = Queue::new().slots(3).handle("count", move |ctx: Ctx, _: Value| {
                let done = done.clone();
                async move {
                    *done.lock().unwrap().entry(ctx.job.id).or_default() += 1;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Outcome::Ok(Value::Null)
                }
            });
            workers.push(worker(&db, queue));
        }
        for id in &ids {
            assert_eq!(until(&db, *id, Status::Done).await.tries, 1);
        }
        for (worker, stop) in workers {
            stop.notify_one();
            worker.await.unwrap();
        }
        let done = done.lock().unwrap();
        assert_eq!(done.len(), 40);
        assert!(done.values().all(|times| *times == 1), "{done:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bell_is_quicker_than_the_next_look() {
    for db in db::testing::both().await {
        let queue = finishing(SignedDuration::ZERO);
        let bell = queue.bell();
        let (running, stop) = worker(&db, queue);
        tokio::time::sleep(Duration::from_millis(200)).await;
        let id = asked(&db, "export", Value::Null).await;
        bell.ring();
        let job = until(&db, id, Status::Done).await;
        let took = job.ended.unwrap().duration_since(job.begun);
        assert!(took < SignedDuration::from_millis(600), "{took}");
        stop.notify_one();
        running.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_done_once_in_each_period_by_all_nodes_together() {
    for db in db::testing::both().await {
        let hours = Arc::new(AtomicI64::new(0));
        let count = Arc::new(AtomicI64::new(0));
        let start = db::now();
        let node = || {
            let (hours, count) = (hours.clone(), count.clone());
            let clock = move || start + SignedDuration::from_hours(hours.load(Ordering::Relaxed));
            let queue = Queue::new().clock(clock).every("sweep", "Dọn tệp", Duration::from_hours(24));
            Arc::new(queue.handle("sweep", move |_: Ctx, _: Value| {
                count.fetch_add(1, Ordering::Relaxed);
                std::future::ready(Outcome::Ok(Value::Null))
            }))
        };
        let (one, two) = (node(), node());
        for day in 0..3 {
            hours.store(24 * day, Ordering::Relaxed);
            let (ran_one, ran_two) = tokio::join!(run_due(&one, &db), run_due(&two, &db));
            assert_eq!(ran_one.unwrap() + ran_two.unwrap(), 1, "day {day}");
            assert_eq!(run_due(&one, &db).await.unwrap(), 0);
        }
        assert_eq!(count.load(Ordering::Relaxed), 3);
        // One that waits is enough: nobody works here, and the days go by.
        let idle = |hours: i64| {
            Arc::new(Queue::new().clock(move || start + SignedDuration::from_hours(hours)).every(
                "idle",
                "Nghỉ",
                Duration::from_hours(1),
            ))
        };
        run_due(&idle(1), &db).await.unwrap();
        run_due(&idle(2), &db).await.unwrap();
        let all = job::Filter { everyones: true, status: Some(Status::Waiting) };
        assert_eq!(job::list(&mut db.read().await.unwrap(), &admin(), all, None, 10).await.unwrap().len(), 1);
    }
}
