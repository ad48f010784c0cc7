//! Sessions: listed, ended, idle and absolute ends, and a changed password.

use crate::world::{
    PASSWORD, browser, code, codes, deeds_of, done, house, later, morning, person, person_with_password, scope, unit,
};
use base::Timestamp;
use db::{Db, Sql};
use people::{
    AccountId, Scope, Session, begin_session, change_password, end_session, sessions_of, set_password, sha256, sign_in,
};

const HOURS: i64 = 60;

/// As the door does it.
async fn entered(db: &Db, cookie: &str, now: Timestamp) -> Option<Session> {
    let found = people::enter(&db.beside().await.unwrap(), cookie, now).await.unwrap()?;
    people::used(db, &found.session, now).await.unwrap();
    Some(found.session)
}

async fn good(db: &Db, cookie: &str, now: Timestamp) -> bool {
    entered(db, cookie, now).await.is_some()
}

async fn read(db: &Db, cookie: &str) -> Session {
    entered(db, cookie, morning()).await.unwrap()
}

async fn listed(db: &Db, account: AccountId, now: Timestamp) -> Vec<Session> {
    sessions_of(&mut db.read().await.unwrap(), account, now).await.unwrap()
}

async fn acting(db: &Db, account: AccountId) -> Scope {
    let found = people::account(&mut db.read().await.unwrap(), account).await.unwrap().unwrap();
    scope(db, &found, unit(db, &format!("u-{}", found.login.replace('.', "-")), None).await, morning()).await
}

const TOKENS: Sql = Sql { name: "TOKENS", room: "tests", text: "select token from session" };

#[tokio::test]
async fn the_database_knows_a_cookie_by_its_hash_only() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let cookie = browser(&db, lan.id, morning()).await;
        let kept: Vec<String> = db.read().await.unwrap().list(TOKENS, &[], |row| row.pull()).await.unwrap();
        assert_eq!(kept, [sha256(&cookie)]);
        // 256 bits in base 64.
        assert_eq!(cookie.len(), 43);
        assert!(!good(&db, &kept[0], morning()).await, "what is kept opens nothing");
        let found = read(&db, &cookie).await;
        assert_eq!(
            (found.account, found.name.as_str(), found.agent.as_str(), found.address.as_str()),
            (lan.id, "Lan", "Firefox", "10.0.0.7")
        );
        assert_ne!(found.csrf, cookie);
        assert_ne!(found.csrf, read(&db, &browser(&db, lan.id, morning()).await).await.csrf);
    }
}

#[tokio::test]
async fn twelve_hours_without_a_click_end_a_session() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let cookie = browser(&db, lan.id, morning()).await;
        assert!(good(&db, &cookie, later(morning(), 12 * HOURS - 1)).await);
        // That click counts.
        assert!(good(&db, &cookie, later(morning(), 23 * HOURS)).await);
        assert!(!good(&db, &cookie, later(morning(), 35 * HOURS)).await);
        assert!(listed(&db, lan.id, later(morning(), 35 * HOURS)).await.is_empty());
    }
}

#[tokio::test]
async fn seven_days_end_a_session_whatever_is_clicked() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let cookie = browser(&db, lan.id, morning()).await;
        for hour in (0..7 * 24).step_by(8) {
            assert!(good(&db, &cookie, later(morning(), hour * HOURS)).await, "hour {hour}");
        }
        assert!(good(&db, &cookie, later(morning(), 7 * 24 * HOURS - 1)).await);
        assert!(!good(&db, &cookie, later(morning(), 7 * 24 * HOURS)).await);
    }
}

#[tokio::test]
async fn a_click_is_noted_once_in_five_minutes() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let cookie = browser(&db, lan.id, morning()).await;
        for (minute, seen) in [(5, 0), (6, 6), (11, 6), (12, 12)] {
            good(&db, &cookie, later(morning(), minute)).await;
            assert_eq!(read(&db, &cookie).await.seen, later(morning(), seen), "minute {minute}");
        }
    }
}

const COUNT: Sql = Sql { name: "COUNT", room: "tests", text: "select count(*) from session" };

#[tokio::test]
async fn ended_sessions_are_swept_when_the_next_begins() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        browser(&db, lan.id, morning()).await;
        browser(&db, lan.id, later(morning(), 13 * HOURS)).await;
        let rows: i64 = db.read().await.unwrap().find(COUNT, &[], |row| row.pull()).await.unwrap().unwrap();
        assert_eq!(rows, 1);
    }
}

#[tokio::test]
async fn a_person_sees_and_ends_their_own_sessions() {
    for db in db::testing::both().await {
        let (lan, minh) = (person(&db, "lan.nguyen", "Lan").await, person(&db, "minh.tran", "Minh").await);
        let (office, home) = (browser(&db, lan.id, morning()).await, browser(&db, lan.id, later(morning(), 10)).await);
        let his = browser(&db, minh.id, morning()).await;
        let tokens: Vec<String> =
            listed(&db, lan.id, later(morning(), 11)).await.into_iter().map(|session| session.token).collect();
        assert_eq!(tokens, [sha256(&home), sha256(&office)]);
        let hers = acting(&db, lan.id).await;
        for token in [sha256(&office), sha256(&office), sha256(&his)] {
            done(&db, async |tx| end_session(tx, &hers, &token).await).await.unwrap();
        }
        assert!(!good(&db, &office, morning()).await);
        assert!(good(&db, &home, later(morning(), 11)).await);
        assert!(good(&db, &his, morning()).await, "somebody else's");
        assert_eq!(deeds_of(&db, "account.signed-out").await, 1);
    }
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    for db in db::testing::both().await {
        let lan = person_with_password(&db, "lan.nguyen").await;
        let (here, there) = (browser(&db, lan.id, morning()).await, browser(&db, lan.id, morning()).await);
        let (scope, session) = (acting(&db, lan.id).await, read(&db, &here).await);
        let new = "sông Thạch Hãn chảy về";
        let change = async |old: &str, new: &str| change_password(&db, &scope, &session, old, new).await;
        let refused = codes(change("không phải", "ngắn").await);
        assert_eq!(
            refused,
            [("password-old", Some("mat_khau_cu".into())), ("password-weak", Some("mat_khau_moi".into()))]
        );
        assert_eq!(code(change(PASSWORD, PASSWORD).await), "password-same");
        assert!(good(&db, &there, morning()).await);

        change(PASSWORD, new).await.unwrap();
        assert!(good(&db, &here, morning()).await);
        assert!(!good(&db, &there, morning()).await);
        assert!(matches!(sign_in(&db, "lan.nguyen", new, None, morning()).await.unwrap(), people::Outcome::In(_)));
        assert_eq!(deeds_of(&db, "account.password-changed").await, 1);
    }
}

#[tokio::test]
async fn a_password_set_by_somebody_else_ends_all_sessions() {
    for db in db::testing::both().await {
        let lan = person_with_password(&db, "lan.nguyen").await;
        let cookie = browser(&db, lan.id, morning()).await;
        done(&db, async |tx| set_password(tx, &house(), lan.id, "sông Thạch Hãn chảy về", true).await).await.unwrap();
        assert!(!good(&db, &cookie, morning()).await);
        let cookie = browser(&db, lan.id, morning()).await;
        assert!(read(&db, &cookie).await.must_change);
    }
}

#[tokio::test]
async fn a_long_name_of_a_browser_is_cut() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let agent = "ộ".repeat(5000);
        let cookie = done(&db, async |tx| begin_session(tx, lan.id, morning(), &agent, "::1").await).await.unwrap();
        assert_eq!(read(&db, &cookie).await.agent.chars().count(), 200);
    }
}
