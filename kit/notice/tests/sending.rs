//! Sending: leases, pauses, giving up, sending again, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use jiff::SignedDuration;
use notice::{MOST_TRIES, NoticeId, Receiver, Sent, Status, Unsent, send_due};
use people::{Failure, Role, Scope};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::Notify;
use world::*;

fn away() -> Answer {
    Answer::Not(Unsent::away("cổng đang nghỉ"))
}

#[tokio::test]
async fn what_waits_goes_out_once() {
    for db in db::testing::both().await {
        let id = told(&db, start(), phone()).await;
        let carrier = Carrier::answering([]);
        let done = send_due(&db, &carrier.senders(), || later(1)).await.unwrap();
        assert_eq!(done, Sent { sent: 1, again: 0, failed: 0 });
        let given = carrier.given.lock().unwrap().clone();
        assert_eq!((given[0].id, given[0].to.as_str(), given[0].at), (id, "0905123456", start()));
        assert!(given[0].body.starts_with("Hồ sơ H50.12-261124-0007 đã được tiếp nhận"));
        let one = one(&db, id).await;
        assert_eq!((one.status, one.tries, one.ended), (Status::Sent, 1, Some(later(1))));
        send_due(&db, &carrier.senders(), || later(DAY)).await.unwrap();
        assert_eq!(carrier.ids().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_never_send_one_message_twice() {
    for db in db::testing::both().await {
        let many: Vec<Receiver> = (0..60).map(|n| Receiver::Phone(format!("09051234{n:02}"))).collect();
        let ids =
            deed(&db, async |tx| notice::tell(tx, start(), &news("dossier.received"), &many).await).await.unwrap();
        let carrier = Carrier::answering([]);
        let mut nodes = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (db, senders) = (db.clone(), carrier.senders());
            nodes.spawn(async move { send_due(&db, &senders, || later(1)).await.unwrap().sent });
        }
        let sent: Vec<u64> = nodes.join_all().await;
        let given = carrier.ids();
        assert_eq!(given.len(), 60, "each once");
        assert_eq!(given.iter().collect::<BTreeSet<_>>(), ids.iter().collect::<BTreeSet<_>>());
        assert_eq!(sent.iter().sum::<u64>(), 60);
    }
}

#[tokio::test]
async fn a_crash_after_sending_sends_again_with_the_same_id() {
    for db in db::testing::both().await {
        let id = told(&db, start(), phone()).await;
        let carrier = Carrier::answering([Answer::Silence]);
        // The partner has it, and the program ends before it can write that down.
        killed_when_given(&db, &carrier, 1, later(1)).await;
        assert_eq!(carrier.ids(), [id]);
        // While the lease lasts nobody else takes it.
        send_due(&db, &carrier.senders(), || later(60)).await.unwrap();
        assert_eq!(carrier.ids(), [id]);
        let done = send_due(&db, &carrier.senders(), || later(122)).await.unwrap();
        assert_eq!((carrier.ids(), done.sent), (vec![id, id], 1));
        assert_eq!(status(&db, id).await, Status::Sent);
    }
}

#[tokio::test]
async fn who_lost_the_lease_changes_nothing() {
    for db in db::testing::both().await {
        let id = told(&db, start(), phone()).await;
        // The first is slow: two minutes pass for it between taking the message and hearing that it is refused.
        let (clock, go) = (AtomicI64::new(0), Arc::new(Notify::new()));
        let (slow, quick) = (Carrier::answering([Answer::Late(go.clone())]), Carrier::answering([away()]));
        let (slow_senders, quick_senders) = (slow.senders(), quick.senders());
        let first = send_due(&db, &slow_senders, || later(clock.load(Ordering::SeqCst)));
        let other = async {
            while slow.ids().is_empty() {
                tokio::task::yield_now().await;
            }
            clock.store(130, Ordering::SeqCst);
            let other = send_due(&db, &quick_senders, || later(130)).await.unwrap();
            go.notify_one();
            other
        };
        let (first, other) = tokio::join!(first, other);
        assert_eq!(first.unwrap().failed, 1, "so it believes");
        assert_eq!((other.again, quick.ids()), (1, vec![id]));
        let one = one(&db, id).await;
        assert_eq!((one.status, one.problem.as_deref(), one.tries), (Status::Waiting, Some("cổng đang nghỉ"), 2));
    }
}

#[tokio::test]
async fn pauses_grow_and_end_with_a_reason() {
    for db in db::testing::both().await {
        let id = told(&db, start(), phone()).await;
        let carrier = Carrier::answering(vec![away(); 20]);
        let mut now = start();
        let mut pauses = Vec::new();
        for tried in 1..MOST_TRIES {
            let done = send_due(&db, &carrier.senders(), || now).await.unwrap();
            assert_eq!((done.again, one(&db, id).await.tries), (1, tried));
            let due = due(&db, id).await;
            pauses.push(due.duration_since(now).as_mins());
            // A second before, nothing happens.
            send_due(&db, &carrier.senders(), || due - SignedDuration::from_secs(1)).await.unwrap();
            assert_eq!(carrier.ids().len() as i64, tried);
            now = due;
        }
        assert_eq!(pauses, [1, 5, 30, 120, 360, 720, 1440]);
        assert_eq!(send_due(&db, &carrier.senders(), || now).await.unwrap().failed, 1);
        let one = one(&db, id).await;
        assert_eq!(
            (one.status, one.problem.as_deref(), one.tries),
            (Status::Failed, Some("cổng đang nghỉ"), MOST_TRIES)
        );
        assert_eq!(carrier.ids(), vec![id; MOST_TRIES as usize]);
    }
}

#[tokio::test]
async fn a_program_that_dies_of_a_message_gives_it_up() {
    for db in db::testing::both().await {
        let id = told(&db, start(), phone()).await;
        let carrier = Carrier::answering(vec![Answer::Silence; MOST_TRIES as usize]);
        for cut in 0..MOST_TRIES {
            killed_when_given(&db, &carrier, cut as usize + 1, later(121 * cut)).await;
        }
        send_due(&db, &carrier.senders(), || later(121 * MOST_TRIES)).await.unwrap();
        let one = one(&db, id).await;
        assert_eq!((one.status, carrier.ids().len() as i64), (Status::Failed, MOST_TRIES));
        assert!(one.problem.unwrap().contains("dừng giữa chừng"));
    }
}

#[tokio::test]
async fn a_refusal_stops_at_once_and_only_itself() {
    for db in db::testing::both().await {
        let bad = told(&db, start(), Receiver::Phone("0905000001".into())).await;
        let good = told(&db, later(1), phone()).await;
        let carrier = Carrier::answering([Answer::Not(Unsent::Refused("Cổng tin nhắn từ chối: số không đúng".into()))]);
        let done = send_due(&db, &carrier.senders(), || later(2)).await.unwrap();
        assert_eq!(done, Sent { sent: 1, again: 0, failed: 1 });
        assert_eq!((status(&db, bad).await, status(&db, good).await), (Status::Failed, Status::Sent));
        assert_eq!(one(&db, bad).await.problem.unwrap(), "Cổng tin nhắn từ chối: số không đúng");
    }
}

#[tokio::test]
async fn a_partner_who_is_away_does_not_use_up_everyones_tries() {
    for db in db::testing::both().await {
        let mut ids: Vec<NoticeId> = Vec::new();
        for second in 0..6 {
            ids.push(told(&db, later(second), phone()).await);
        }
        let carrier = Carrier::answering(vec![away(); 3]);
        assert_eq!(send_due(&db, &carrier.senders(), || later(10)).await.unwrap().again, 3);
        assert_eq!(carrier.ids(), ids[..3]);
        assert_eq!(one(&db, ids[3]).await.tries, 0);
        // Back again: the untried go first, since they are longest due.
        assert_eq!(send_due(&db, &carrier.senders(), || later(100)).await.unwrap().sent, 6);
        assert_eq!(carrier.ids()[3..6], ids[3..]);

        // One message that stumbles by itself stops nobody.
        let carrier = Carrier::answering([Answer::Not(Unsent::Later("hộp thư đầy".into()))]);
        let (first, second) = (told(&db, later(200), phone()).await, told(&db, later(201), phone()).await);
        send_due(&db, &carrier.senders(), || later(300)).await.unwrap();
        assert_eq!(carrier.ids(), [first, second]);
    }
}

#[tokio::test]
async fn a_pause_that_is_asked_for_is_kept() {
    for db in db::testing::both().await {
        let (first, second) = (told(&db, start(), phone()).await, told(&db, later(1), phone()).await);
        let pause = Some(SignedDuration::from_mins(20));
        let carrier = Carrier::answering([Answer::Not(Unsent::Away { why: "429".into(), pause })]);
        send_due(&db, &carrier.senders(), || later(2)).await.unwrap();
        assert_eq!(carrier.ids(), [first], "the others wait as well");
        assert_eq!(due(&db, first).await, later(2 + 20 * 60));
        assert_eq!(due(&db, second).await, later(1));
    }
}

#[tokio::test]
async fn an_administrator_asks_for_it_again() {
    for db in db::testing::both().await {
        let id = told(&db, start(), phone()).await;
        let carrier = Carrier::answering([Answer::Not(Unsent::Refused("số không đúng".into()))]);
        send_due(&db, &carrier.senders(), || later(1)).await.unwrap();
        let boss = admin(later(5 * DAY));
        let staff = Scope { roles: vec![Role::Staff], ..boss.clone() };
        let ask = async |scope: &Scope, id| deed(&db, async |tx| notice::resend(tx, scope, id).await).await;
        assert!(matches!(ask(&staff, id).await, Err(Failure::Forbidden(_))));
        let hidden = notice::failed(&mut db.read().await.unwrap(), &staff, None, 10).await;
        assert!(matches!(hidden, Err(Failure::Forbidden(_))));
        assert!(matches!(ask(&boss, db::fresh_id()).await, Err(Failure::NotFound)));

        assert_eq!(notice::failed(&mut db.read().await.unwrap(), &boss, None, 10).await.unwrap()[0].id, id);
        ask(&boss, id).await.unwrap();
        assert!(matches!(ask(&boss, id).await, Err(Failure::Refused(no)) if no[0].code == "notice-not-failed"));
        assert!(notice::failed(&mut db.read().await.unwrap(), &boss, None, 10).await.unwrap().is_empty());
        // Five days old, but asked for today.
        assert_eq!(send_due(&db, &carrier.senders(), || later(5 * DAY + 1)).await.unwrap().sent, 1);
        assert_eq!(carrier.ids(), [id, id]);

        let lines = journal(&db).await;
        assert_eq!((lines.len(), lines[0].0.as_str()), (1, "notice.resent"));
        let kept = format!("{:?}", lines[0]);
        assert!(kept.contains("số không đúng") && !kept.contains("0905"), "{kept}");
    }
}

#[tokio::test]
async fn failures_are_listed_page_by_page() {
    for db in db::testing::both().await {
        let many: Vec<Receiver> = (0..5).map(|n| Receiver::Phone(format!("{n}"))).collect();
        let ids =
            deed(&db, async |tx| notice::tell(tx, start(), &news("dossier.received"), &many).await).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let first = notice::failed(&mut conn, &admin(start()), None, 3).await.unwrap();
        let rest = notice::failed(&mut conn, &admin(start()), first.last(), 3).await.unwrap();
        let seen: Vec<_> = first.iter().chain(&rest).map(|one| one.id).collect();
        assert_eq!(seen, ids.iter().rev().copied().collect::<Vec<_>>());
    }
}
