//! Telling, and one's own notices, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use journal::about;
use notice::{Counts, News, Notice, Receiver, Senders, Status, UNREAD_MOST, Way};
use people::{Failure, Scope};
use world::*;

fn to(scope: &Scope) -> Receiver {
    Receiver::Account(scope.account.unwrap())
}

/// What the door would show to a browser of theirs.
async fn unread(db: &db::Db, scope: &Scope) -> i64 {
    let mut tx = db.begin().await.unwrap();
    let account = scope.account.unwrap();
    let cookie = people::begin_session(&mut tx, account, start(), "test", "127.0.0.1").await.unwrap();
    tx.commit().await.unwrap();
    notice::unread(&mut db.read().await.unwrap(), &people::sha256(&cookie)).await.unwrap()
}

#[tokio::test]
async fn each_way_gets_its_own_words() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan").await;
        let all = [to(&lan), Receiver::Mail("chu@example.vn".into()), phone()];
        let ids = deed(&db, async |tx| notice::tell(tx, start(), &news("dossier.received"), &all).await).await.unwrap();
        assert_eq!(ids.len(), 3);

        let page = notice::list(&mut db.read().await.unwrap(), &lan, None, 10).await.unwrap();
        assert_eq!(page.len(), 1);
        assert_eq!(page[0].subject, "Đã tiếp nhận hồ sơ H50.12-261124-0007");
        assert!(page[0].body.contains("Ngày hẹn trả kết quả: 05/12/2026.") && !page[0].body.contains("https://"));
        assert_eq!((page[0].link.as_str(), page[0].read), (values().link.as_str(), None));

        let out = notice::of(&mut db.read().await.unwrap(), &about("dossier", "d1")).await.unwrap();
        let shown: Vec<_> = out.iter().map(|one| (one.way, one.to.as_str(), one.status)).collect();
        assert_eq!(
            shown,
            [(Way::Mail, "c•••@example.vn", Status::Waiting), (Way::Text, "0905•••456", Status::Waiting)]
        );
    }
}

#[tokio::test]
async fn nobody_hears_of_what_did_not_happen() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan").await;
        let mut tx = db.begin().await.unwrap();
        notice::tell(&mut tx, start(), &news("dossier.received"), &[to(&lan), phone()]).await.unwrap();
        drop(tx);
        let mut conn = db.read().await.unwrap();
        assert_eq!(unread(&db, &lan).await, 0);
        assert!(notice::of(&mut conn, &about("dossier", "d1")).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_address_that_is_none_stops_nothing_and_is_seen() {
    for db in db::testing::both().await {
        let all = [Receiver::Mail("lan".into()), Receiver::Phone("0233852456".into()), phone()];
        let ids = deed(&db, async |tx| notice::tell(tx, start(), &news("dossier.received"), &all).await).await.unwrap();
        assert_eq!(status(&db, ids[2]).await, Status::Waiting);
        let failed = notice::failed(&mut db.read().await.unwrap(), &admin(start()), None, 10).await.unwrap();
        let why: Vec<_> = failed.iter().map(|one| (one.id, one.problem.as_deref().unwrap())).collect();
        assert_eq!(
            why,
            [
                (ids[1], "Số điện thoại không phải số di động Việt Nam (10 chữ số)."),
                (ids[0], "Địa chỉ thư điện tử không đúng.")
            ]
        );
        let again = deed(&db, async |tx| notice::resend(tx, &admin(start()), ids[0]).await).await;
        assert!(matches!(again, Err(Failure::Refused(no)) if no[0].code == "notice-no-address"));
    }
}

#[tokio::test]
async fn a_key_is_told_once_to_each_receiver() {
    for db in db::testing::both().await {
        let (lan, minh) = (person(&db, "lan").await, person(&db, "minh").await);
        let news = News { once: Some("due-soon/d1/2026-11-24".into()), ..news("dossier.due-soon") };
        let tell = async |to: &[Receiver]| deed(&db, async |tx| notice::tell(tx, start(), &news, to).await).await;
        assert_eq!(tell(&[to(&lan), phone()]).await.unwrap().len(), 2);
        assert_eq!(tell(&[to(&lan), phone()]).await.unwrap().len(), 0);
        assert_eq!(tell(&[to(&lan), to(&minh)]).await.unwrap().len(), 1);
        let other = News { once: Some("due-soon/d1/2026-11-25".into()), ..news.clone() };
        let next = deed(&db, async |tx| notice::tell(tx, start(), &other, &[to(&lan)]).await).await;
        assert_eq!(next.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_template_that_nobody_wrote_is_the_callers_mistake() {
    let db = db::testing::lite().await;
    let told = deed(&db, async |tx| notice::tell(tx, start(), &news("dossier.sung"), &[phone()]).await).await;
    assert!(matches!(told, Err(Failure::Broken(why)) if why.contains("dossier.sung")));
}

#[tokio::test]
async fn everyone_reads_their_own() {
    for db in db::testing::both().await {
        let (lan, minh) = (person(&db, "lan").await, person(&db, "minh").await);
        let mut ids = Vec::new();
        for minute in 0..5 {
            ids.push(told(&db, later(60 * minute), to(&lan)).await);
        }
        let lan = Scope { now: later(3600), ..lan };
        let mut conn = db.read().await.unwrap();
        assert_eq!(unread(&db, &lan).await, 5);
        assert_eq!(unread(&db, &minh).await, 0);
        assert!(notice::list(&mut conn, &minh, None, 10).await.unwrap().is_empty());

        let first: Vec<Notice> = notice::list(&mut conn, &lan, None, 3).await.unwrap();
        let rest = notice::list(&mut conn, &lan, first.last(), 3).await.unwrap();
        let seen: Vec<_> = first.iter().chain(&rest).map(|notice| notice.id).collect();
        assert_eq!(seen, ids.iter().rev().copied().collect::<Vec<_>>());
        drop(conn);

        let theft = deed(&db, async |tx| notice::read(tx, &minh, ids[0]).await).await;
        assert!(matches!(theft, Err(Failure::NotFound)));
        let read = deed(&db, async |tx| notice::read(tx, &lan, ids[0]).await).await.unwrap();
        assert_eq!((read.link, read.read), (values().link, Some(later(3600))));
        // Reading again changes nothing.
        let again = Scope { now: later(7200), ..lan.clone() };
        assert_eq!(deed(&db, async |tx| notice::read(tx, &again, ids[0]).await).await.unwrap().read, Some(later(3600)));
        assert_eq!(unread(&db, &lan).await, 4);

        // What was told after the page was drawn stays unread.
        told(&db, later(3700), to(&lan)).await;
        assert_eq!(deed(&db, async |tx| Ok(notice::read_all(tx, &lan).await?)).await.unwrap(), 4);
        assert_eq!(unread(&db, &lan).await, 1);
    }
}

#[tokio::test]
async fn counting_the_unread_ends_at_a_hundred() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan").await;
        let many: Vec<Receiver> = (0..UNREAD_MOST + 5).map(|_| to(&lan)).collect();
        deed(&db, async |tx| notice::tell(tx, start(), &news("dossier.assigned"), &many).await).await.unwrap();
        assert_eq!(unread(&db, &lan).await, UNREAD_MOST);
    }
}

#[tokio::test]
async fn what_is_old_is_forgotten_but_never_what_waits() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan").await;
        told(&db, start(), to(&lan)).await;
        let sent = told(&db, start(), phone()).await;
        notice::send_due(&db, &Carrier::answering([]).senders(), || later(60)).await.unwrap();
        let waits = told(&db, start(), Receiver::Mail("chu@example.vn".into())).await;
        let sweep = async |now| deed(&db, async |tx| Ok(notice::sweep(tx, now).await?)).await.unwrap();

        assert_eq!(sweep(later(30 * DAY)).await, 0);
        assert_eq!(status(&db, sent).await, Status::Sent);
        assert_eq!(sweep(later(30 * DAY + 61)).await, 1, "what was sent, after thirty days");
        assert_eq!(sweep(later(90 * DAY)).await, 0);
        assert_eq!(sweep(later(90 * DAY + 1)).await, 1, "what stood in the page, after ninety");
        assert_eq!(status(&db, waits).await, Status::Waiting);
    }
}

#[tokio::test]
async fn a_morning_is_told_as_anything_else() {
    let db = db::testing::lite().await;
    let lan = person(&db, "lan").await;
    let counts = Counts { overdue: 2, ..Counts::default() };
    let said = notice::digest(&counts, "2026-11-24".parse().unwrap(), "https://cuaviet.example/mot-cua").unwrap();
    let all = [to(&lan), Receiver::Mail("lan@example.vn".into())];
    let put = async |tx: &mut db::Tx| Ok(notice::put(tx, start(), &said, None, Some("digest/2026-11-24"), &all).await?);
    assert_eq!(deed(&db, put).await.unwrap().len(), 2);
    let page = notice::list(&mut db.read().await.unwrap(), &lan, None, 10).await.unwrap();
    assert_eq!(page[0].subject, "Việc ngày 24/11/2026: 2 hồ sơ quá hạn");
}

#[tokio::test]
async fn a_way_that_is_not_configured_waits_three_days_and_says_so() {
    for db in db::testing::both().await {
        let id = told(&db, start(), phone()).await;
        let none = Senders::default();
        notice::send_due(&db, &none, || later(3 * DAY - 1)).await.unwrap();
        assert_eq!(status(&db, id).await, Status::Waiting);
        assert_eq!(notice::send_due(&db, &none, || later(3 * DAY)).await.unwrap().failed, 1);
        let one = one(&db, id).await;
        assert_eq!(one.status, Status::Failed);
        assert!(one.problem.unwrap().contains("cấu hình"));
        // Configured too late: old news stays at home.
        let carrier = Carrier::answering([]);
        notice::send_due(&db, &carrier.senders(), || later(3 * DAY + 1)).await.unwrap();
        assert!(carrier.ids().is_empty());
    }
}

#[tokio::test]
async fn every_text_is_understood_by_both() {
    assert!(db::testing::every_text_is_understood().await > 0);
}
