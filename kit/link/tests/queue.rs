//! Messages wait, go in order, are tried again, refused, given up, sent again and passed over, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use jiff::SignedDuration;
use link::{Delivery, Filter, LEASE_SECONDS, MOST_TRIES, Port, State, Verdict};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use world::{Hands, Stub, code, deed, due, no, note, put, state};

#[tokio::test]
async fn every_text_of_this_room_is_understood_by_both() {
    assert!(db::testing::every_text_is_understood().await > 30);
}

#[tokio::test]
async fn the_same_key_is_the_same_message_and_an_undone_one_was_never_put() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let stub = Stub::new(|_| Delivery::sent());
        let first = put(&db, note("a", "a1"), hands.now()).await;
        assert_eq!(put(&db, note("a", "a1"), hands.now()).await, first);
        let mut tx = db.begin().await.unwrap();
        link::put(&mut tx, note("a", "a2"), hands.now()).await.unwrap();
        drop(tx);
        assert_eq!(due(&db, stub.clone(), &hands).await, 1);
        assert_eq!(stub.keys(), ["a1"]);
        assert_eq!(put(&db, note("a", "a1"), hands.now()).await, first, "also after it was sent");
        assert_eq!(due(&db, stub, &hands).await, 0);
    }
}

#[tokio::test]
async fn messages_of_one_subject_keep_their_order_when_the_first_fails() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let failures = AtomicUsize::new(2);
        let stub = Stub::new(move |message| {
            let fails = message.key == "a1"
                && failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok();
            if fails { no(Verdict::Again, "Bận.") } else { Delivery::sent() }
        });
        for (subject, key) in [("a", "a1"), ("a", "a2"), ("b", "b1"), ("a", "a3")] {
            put(&db, note(subject, key), hands.now()).await;
        }
        due(&db, stub.clone(), &hands).await;
        assert_eq!(stub.keys(), ["a1", "b1"], "what is behind waits, another subject does not");
        hands.go(SignedDuration::from_mins(2));
        due(&db, stub.clone(), &hands).await;
        hands.go(SignedDuration::from_mins(6));
        due(&db, stub.clone(), &hands).await;
        assert_eq!(stub.keys(), ["a1", "b1", "a1", "a1", "a2", "a3"]);
    }
}

#[tokio::test]
async fn a_system_that_is_away_is_not_asked_with_every_message() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let stub = Stub::new(|_| no(Verdict::Away, "Không kết nối được."));
        for subject in ["a", "b", "c"] {
            put(&db, note(subject, subject), hands.now()).await;
        }
        assert_eq!(due(&db, stub.clone(), &hands).await, 1);
    }
}

#[tokio::test]
async fn a_message_is_tried_later_and_later_and_then_given_up_with_its_reason() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let stub = Stub::new(|_| no(Verdict::Again, "Hệ thống ngoài đang gặp sự cố (mã 500).").answered(500, "<html>"));
        let id = put(&db, note("a", "a1"), hands.now()).await;
        let behind = put(&db, note("a", "a2"), hands.now()).await;
        let mut waits = Vec::new();
        for tries in 1..=MOST_TRIES {
            assert_eq!(due(&db, stub.clone(), &hands).await, 1, "try {tries}");
            assert_eq!(due(&db, stub.clone(), &hands).await, 0, "not before it is due");
            let message = state(&db, id).await;
            assert_eq!(message.tries, tries);
            if tries < MOST_TRIES {
                let wait = message.due.duration_since(hands.now());
                assert_eq!(message.state, State::Waiting);
                waits.push(wait.as_secs());
                hands.go(wait);
            }
        }
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]) && waits[0] == 60, "growing: {waits:?}");
        let message = state(&db, id).await;
        assert_eq!(message.state, State::GivenUp);
        assert_eq!(message.problem.as_deref(), Some("Hệ thống ngoài đang gặp sự cố (mã 500)."));
        hands.go(SignedDuration::from_hours(999));
        assert_eq!(due(&db, stub.clone(), &hands).await, 0, "what is behind is held");
        let mut conn = db.read().await.unwrap();
        let tries = link::attempts(&mut conn, id).await.unwrap();
        assert_eq!(tries.len(), usize::try_from(MOST_TRIES).unwrap());
        assert_eq!((tries[0].status, tries[0].answer.as_deref()), (Some(500), Some("<html>")));
        let held = link::held(&mut conn, 9).await.unwrap();
        assert_eq!((held[0].0.id, held[0].1, held.len()), (id, 1, 1));
        assert_eq!(state(&db, behind).await.state, State::Waiting);
    }
}

#[tokio::test]
async fn a_refused_message_holds_its_line_until_it_is_sent_again_or_passed_over() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let wrong = Arc::new(AtomicUsize::new(1));
        let mood = wrong.clone();
        let stub = Stub::new(move |message| match message.key.as_str() {
            "a1" if mood.load(Ordering::SeqCst) == 1 => no(Verdict::Refused, "Thiếu mã thủ tục.").answered(400, "{}"),
            _ => Delivery::sent(),
        });
        let first = put(&db, note("a", "a1"), hands.now()).await;
        put(&db, note("a", "a2"), hands.now()).await;
        assert_eq!(due(&db, stub.clone(), &hands).await, 1, "refused at once");
        assert_eq!(state(&db, first).await.state, State::Refused);
        assert_eq!(due(&db, stub.clone(), &hands).await, 0);

        deed(&db, async |tx| link::resend(tx, &hands.scope(), first).await).await.unwrap();
        assert_eq!(state(&db, first).await.tries, 0);
        assert_eq!(code(deed(&db, async |tx| link::resend(tx, &hands.scope(), first).await).await), "link-not-stuck");
        assert_eq!(due(&db, stub.clone(), &hands).await, 1, "refused again, with what is behind still waiting");

        let pass =
            async |reason: &str| deed(&db, async |tx| link::pass_over(tx, &hands.scope(), first, reason).await).await;
        assert_eq!(code(pass("  ").await), "link-reason");
        pass("Hồ sơ đã nhập tay trên Cổng.").await.unwrap();
        assert_eq!(due(&db, stub.clone(), &hands).await, 1);
        assert_eq!(stub.keys(), ["a1", "a1", "a2"]);
        wrong.store(0, Ordering::SeqCst);
        let again = deed(&db, async |tx| link::resend(tx, &hands.scope(), first).await).await;
        assert_eq!(code(again), "link-not-stuck", "what came after it has been sent");
        let lines = journal::of(&mut db.read().await.unwrap(), "link", &first.to_string(), 9).await.unwrap();
        let whats: Vec<&str> = lines.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(whats, ["link.passed-over", "link.resent"], "undone deeds leave no line");
        let whole = format!("{lines:?}");
        assert!(!whole.contains("said"), "the body is not in the journal");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_senders_at_once_never_send_the_same() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let stub = Stub::new(|_| Delivery::sent());
        let mut expected = Vec::new();
        for subject in ["a", "b", "c", "d", "e"] {
            for number in 0..6 {
                let key = format!("{subject}{number}");
                put(&db, note(subject, &key), hands.now()).await;
                expected.push(key);
            }
        }
        let senders: Vec<_> = (0..4)
            .map(|_| {
                let (db, port, clock) = (db.clone(), stub.clone() as Arc<dyn Port>, hands.clock());
                tokio::spawn(async move { link::run_due(&db, &port, &clock).await.unwrap() })
            })
            .collect();
        let mut tries = 0;
        for sender in senders {
            tries += sender.await.unwrap();
        }
        // A sender stops when all that is left is in others' hands.
        tries += due(&db, stub.clone(), &hands).await;
        let heard = stub.keys();
        assert_eq!(tries, 30, "each once: {heard:?}");
        for subject in ["a", "b", "c", "d", "e"] {
            let of_subject: Vec<_> = heard.iter().filter(|key| key.starts_with(subject)).collect();
            assert!(of_subject.is_sorted() && of_subject.len() == 6, "{of_subject:?}");
        }
        let mut sorted = heard.clone();
        sorted.sort();
        assert_eq!(sorted, expected);
    }
}

/// A system that never answers.
struct Silent(Arc<tokio::sync::Notify>);

impl Port for Silent {
    fn system(&self) -> &'static str {
        "stub"
    }

    fn deliver<'a>(&'a self, _message: &'a link::Message, _remote: Option<&'a str>) -> link::Doing<'a> {
        self.0.notify_one();
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_sender_that_was_killed_keeps_its_line_until_the_lease_runs_out() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let id = put(&db, note("a", "a1"), hands.now()).await;
        let begun = Arc::new(tokio::sync::Notify::new());
        let (clock, port) = (hands.clock(), Arc::new(Silent(begun.clone())) as Arc<dyn Port>);
        let sending = tokio::spawn({
            let db = db.clone();
            async move { link::run_due(&db, &port, &clock).await }
        });
        begun.notified().await;
        sending.abort();
        let _ = sending.await;

        let stub = Stub::new(|_| Delivery::sent());
        hands.go(SignedDuration::from_secs(LEASE_SECONDS - 1));
        assert_eq!(due(&db, stub.clone(), &hands).await, 0, "the other may still be at it");
        hands.go(SignedDuration::from_secs(2));
        assert_eq!(due(&db, stub.clone(), &hands).await, 1);
        let tries = link::attempts(&mut db.read().await.unwrap(), id).await.unwrap();
        assert_eq!((tries[0].verdict, tries[1].verdict), (None, Some(Verdict::Sent)), "the first is known to be cut");
    }
}

#[tokio::test]
async fn a_program_that_stops_puts_back_what_was_on_its_way() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let id = put(&db, note("a", "a1"), hands.now()).await;
        let begun = Arc::new(tokio::sync::Notify::new());
        let ports = vec![Arc::new(Silent(begun.clone())) as Arc<dyn Port>];
        let shutdown = async move { begun.notified().await };
        link::run(ports, db.clone(), link::Bell::default(), hands.clock(), shutdown).await;
        let message = state(&db, id).await;
        assert_eq!((message.state, message.tries), (State::Waiting, 0));
        let stub = Stub::new(|_| Delivery::sent());
        assert_eq!(due(&db, stub, &hands).await, 1, "at once");
    }
}

#[tokio::test]
async fn messages_are_found_by_state_system_and_subject_and_forgotten_after_ninety_days() {
    for db in db::testing::both().await {
        let hands = Hands::default();
        let stub = Stub::new(|_| Delivery::sent().answered(200, "Trần Thị Lan"));
        let first = put(&db, note("a", "a1"), hands.now()).await;
        due(&db, stub, &hands).await;
        let second = put(&db, note("b", "b1"), hands.now()).await;
        let other = put(&db, link::Outgoing { system: "other", ..note("a", "a1") }, hands.now()).await;
        let mut conn = db.read().await.unwrap();
        let mut ids = async |filter: Filter| {
            let found = link::list(&mut conn, &filter, None, 9).await.unwrap();
            found.into_iter().map(|message| message.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(Filter::default()).await, [other, second, first]);
        assert_eq!(ids(Filter { state: Some(State::Waiting), ..Filter::default() }).await, [other, second]);
        assert_eq!(ids(Filter { subject: Some("a".into()), ..Filter::default() }).await, [other, first]);
        assert_eq!(ids(Filter { system: Some("stub".into()), ..Filter::default() }).await, [second, first]);
        drop(conn);
        for (hours, forgotten) in [(24 * 90 - 1, 0), (2, 1), (1, 0)] {
            hands.go(SignedDuration::from_hours(hours));
            assert_eq!(deed(&db, async |tx| Ok(link::sweep(tx, hands.now()).await?)).await.unwrap(), forgotten);
        }
        assert!(state(&db, first).await.body.is_null() && !state(&db, second).await.body.is_null());
        let tries = link::attempts(&mut db.read().await.unwrap(), first).await.unwrap();
        assert_eq!(tries[0].answer, None);
    }
}
