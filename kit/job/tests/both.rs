//! Jobs are asked for, done, tried again, cancelled and forgotten, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use base::Timestamp;
use jiff::SignedDuration;
use job::{Ctx, Filter, Job, Problem, Queue, Status, run_due};
use people::{Failure, Role, Scope};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use world::{admin, asked, deed, person, state};

fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    match outcome.unwrap_err() {
        Failure::Refused(refusals) => refusals[0].code,
        Failure::NotFound => "not-found",
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_job_is_done_with_its_input_and_shows_its_progress() {
    for db in db::testing::both().await {
        let queue = Arc::new(Queue::new().handle("add", async |ctx: Ctx, input: Value| -> Result<Value, String> {
            ctx.progress(1, 2).await?;
            let seen = state(&ctx.db, ctx.job.id).await;
            assert_eq!((seen.status, seen.done, seen.total, seen.tries), (Status::Running, 1, 2, 1));
            ctx.progress(2, 2).await?;
            Ok(json!({ "sum": input["a"].as_i64().unwrap() + 1 }))
        }));
        let id = asked(&db, "add", json!({ "a": 41 })).await;
        assert_eq!(state(&db, id).await.status, Status::Waiting);
        assert_eq!(run_due(&queue, &db).await.unwrap(), 1);
        let job = state(&db, id).await;
        assert_eq!((job.status, job.done, job.total), (Status::Done, 2, 2), "{job:?}");
        assert_eq!(job.result, Some(json!({ "sum": 42 })));
        assert!(job.ended.is_some() && job.problem.is_none());
        assert_eq!(run_due(&queue, &db).await.unwrap(), 0);
        let lines = journal::of(&mut db.read().await.unwrap(), "job", &id.to_string(), 9).await.unwrap();
        assert_eq!(lines.len(), 1);
        assert!(!lines[0].after.as_ref().unwrap().contains("41"), "the input is not in the journal");
    }
}

#[tokio::test]
async fn a_job_of_an_undone_transaction_is_never_done() {
    for db in db::testing::both().await {
        let queue = Arc::new(Queue::new().handle("a", async |_: Ctx, _: Value| Ok::<_, String>(Value::Null)));
        let mut tx = db.begin().await.unwrap();
        job::enqueue(&mut tx, &admin(), "a", "A", Value::Null).await.unwrap();
        drop(tx);
        assert_eq!(run_due(&queue, &db).await.unwrap(), 0);
    }
}

/// A queue whose clock stands `ahead` seconds before the real one.
fn queue_ahead(ahead: &Arc<AtomicI64>) -> Queue {
    let ahead = ahead.clone();
    Queue::new().clock(move || db::now() + SignedDuration::from_secs(ahead.load(Ordering::Relaxed)))
}

#[tokio::test]
async fn a_problem_is_tried_again_later_and_later_and_then_has_failed() {
    for db in db::testing::both().await {
        let ahead = Arc::new(AtomicI64::new(0));
        let queue = Arc::new(
            queue_ahead(&ahead).handle("send", async |_: Ctx, _: Value| Err::<Value, _>("Máy chủ thư không trả lời.")),
        );
        let id = asked(&db, "send", Value::Null).await;
        let mut waits = Vec::new();
        for tries in 1..=5 {
            assert_eq!(run_due(&queue, &db).await.unwrap(), 1, "try {tries}");
            let job = state(&db, id).await;
            assert_eq!((job.tries, job.problem.as_deref()), (tries, Some("Máy chủ thư không trả lời.")));
            if tries < 5 {
                assert_eq!(job.status, Status::Waiting);
                assert_eq!(run_due(&queue, &db).await.unwrap(), 0, "not before it is due");
                let wait = job.due.as_second() - (db::now().as_second() + ahead.load(Ordering::Relaxed));
                waits.push(wait);
                ahead.fetch_add(wait + 1, Ordering::Relaxed);
            }
        }
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "growing: {waits:?}");
        let job = state(&db, id).await;
        assert_eq!(job.status, Status::Failed);
        assert!(job.ended.is_some());
        ahead.fetch_add(86_400, Ordering::Relaxed);
        assert_eq!(run_due(&queue, &db).await.unwrap(), 0, "five tries are all");

        deed(&db, async |tx| job::retry(tx, &admin(), id).await).await.unwrap();
        let job = state(&db, id).await;
        assert_eq!((job.status, job.tries, job.problem, job.ended), (Status::Waiting, 0, None, None));
        assert_eq!(run_due(&queue, &db).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn what_no_further_try_would_solve_fails_at_once() {
    for db in db::testing::both().await {
        let queue = Arc::new(
            Queue::new()
                .handle("no", async |_: Ctx, _: Value| Err::<Value, _>(Problem::for_good("Tệp không đúng mẫu.")))
                .handle("refused", async |_: Ctx, _: Value| Err::<Value, _>(Failure::refused("x", "Đợt đã đóng.")))
                .handle("broken", async |_: Ctx, _: Value| Err::<Value, _>(Failure::Broken("disk".into()))),
        );
        for (kind, status, say) in [
            ("no", Status::Failed, "Tệp không đúng mẫu."),
            ("refused", Status::Failed, "Đợt đã đóng."),
            ("broken", Status::Waiting, "Hệ thống gặp sự cố."),
        ] {
            let id = asked(&db, kind, Value::Null).await;
            run_due(&queue, &db).await.unwrap();
            let job = state(&db, id).await;
            assert_eq!((job.status, job.problem.as_deref()), (status, Some(say)), "{kind}");
        }
    }
}

#[tokio::test]
async fn a_panic_of_a_handler_is_a_problem_of_its_job_only() {
    for db in db::testing::both().await {
        let queue = Arc::new(
            Queue::new()
                .handle("fall", async |_: Ctx, _: Value| -> Result<Value, String> { panic!("on purpose") })
                .handle("go", async |_: Ctx, _: Value| Ok::<_, String>(Value::Null)),
        );
        let (fallen, fine) = (asked(&db, "fall", Value::Null).await, asked(&db, "go", Value::Null).await);
        assert_eq!(run_due(&queue, &db).await.unwrap(), 2);
        let job = state(&db, fallen).await;
        assert_eq!((job.status, job.tries), (Status::Waiting, 1));
        assert!(job.problem.unwrap().contains("sự cố"));
        assert_eq!(state(&db, fine).await.status, Status::Done);
    }
}

#[tokio::test]
async fn a_kind_that_nobody_here_knows_is_left_to_others() {
    for db in db::testing::both().await {
        let id = asked(&db, "of-a-newer-program", Value::Null).await;
        let queue = Arc::new(Queue::new().handle("a", async |_: Ctx, _: Value| Ok::<_, String>(Value::Null)));
        assert_eq!(run_due(&queue, &db).await.unwrap(), 0);
        assert_eq!(state(&db, id).await.status, Status::Waiting);
    }
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_and_only_once() {
    for db in db::testing::both().await {
        let queue = Arc::new(Queue::new().handle("a", async |_: Ctx, _: Value| Ok::<_, String>(Value::Null)));
        let id = asked(&db, "a", Value::Null).await;
        assert_eq!(code(deed(&db, async |tx| job::retry(tx, &admin(), id).await).await), "job-not-failed");
        deed(&db, async |tx| job::cancel(tx, &admin(), id).await).await.unwrap();
        assert_eq!(run_due(&queue, &db).await.unwrap(), 0);
        assert_eq!(state(&db, id).await.status, Status::Cancelled);
        assert_eq!(code(deed(&db, async |tx| job::cancel(tx, &admin(), id).await).await), "job-ended");
    }
}

#[tokio::test]
async fn everyone_sees_their_own_jobs_and_an_administrator_all() {
    for db in db::testing::both().await {
        let (lan, minh) = (person(&db, "lan").await, person(&db, "minh").await);
        let mut ids = Vec::new();
        for scope in [&lan, &lan, &minh] {
            ids.push(deed(&db, async |tx| Ok(job::enqueue(tx, scope, "a", "A", Value::Null).await?)).await.unwrap());
        }
        let mut conn = db.read().await.unwrap();
        assert_eq!(job::find(&mut conn, &lan, ids[0]).await.unwrap().account, lan.account);
        assert_eq!(code(job::find(&mut conn, &minh, ids[0]).await), "not-found");
        assert!(job::find(&mut conn, &admin(), ids[0]).await.is_ok());
        assert_eq!(code(deed(&db, async |tx| job::cancel(tx, &minh, ids[0]).await).await), "not-found");
        assert_eq!(code(deed(&db, async |tx| job::retry(tx, &minh, ids[0]).await).await), "not-found");

        let all = Filter { everyones: true, status: None };
        let count = async |scope: &Scope, filter, conn: &mut db::Conn| {
            job::list(conn, scope, filter, None, 10).await.unwrap().len()
        };
        assert_eq!(count(&lan, Filter::default(), &mut conn).await, 2);
        assert_eq!(count(&lan, all, &mut conn).await, 2);
        assert_eq!(count(&admin(), all, &mut conn).await, 3);
        assert_eq!(count(&admin(), Filter::default(), &mut conn).await, 0);
        deed(&db, async |tx| job::cancel(tx, &lan, ids[1]).await).await.unwrap();
        let cancelled = Filter { status: Some(Status::Cancelled), ..Filter::default() };
        assert_eq!(count(&lan, cancelled, &mut conn).await, 1);

        let first: Vec<Job> = job::list(&mut conn, &admin(), all, None, 2).await.unwrap();
        let rest = job::list(&mut conn, &admin(), all, first.last(), 2).await.unwrap();
        let seen: Vec<_> = first.iter().chain(&rest).map(|job| job.id).collect();
        assert_eq!(seen, ids.iter().rev().copied().collect::<Vec<_>>());
        assert!(lan.has(Role::Staff) && serde_json::to_value(&first[0]).unwrap().get("input").is_none());
    }
}

#[tokio::test]
async fn results_are_kept_seven_days() {
    for db in db::testing::both().await {
        let queue = Arc::new(Queue::new().handle("a", async |_: Ctx, _: Value| Ok::<_, String>(Value::Null)));
        let ended = asked(&db, "a", Value::Null).await;
        run_due(&queue, &db).await.unwrap();
        let waiting = asked(&db, "b", Value::Null).await;
        let swept = async |now: Timestamp| deed(&db, async |tx| Ok(job::sweep(tx, now).await?)).await.unwrap();
        let days = |days: i64| db::now() + SignedDuration::from_hours(24 * days);
        assert!(swept(days(7) - SignedDuration::from_mins(1)).await.is_empty());
        assert_eq!(swept(days(7) + SignedDuration::from_mins(1)).await, [ended]);
        assert_eq!(state(&db, waiting).await.status, Status::Waiting);
    }
}

#[tokio::test]
async fn every_text_is_understood_by_both() {
    assert!(db::testing::every_text_is_understood().await > 0);
}
