//! The same deeds on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base::Decimal;
use db::{Conn, Db, DbError, FromVal, Row, Sql, Val, args, sql, testing};
use std::time::Duration;

sql! {
    PUT = "insert into fact (id, what, unit, valid_from, valid_to, value, source, at) values ($1, $2, $3, '2020-01-01', '2021-01-01', $4, 'test', 0)";
    GET = "select value from fact where what = $2 and id = $1";
    SUM = "select sum(at), count(*) from fact";
    UNIT = "insert into unit (id, key, name, short, folded, kind, valid_from) values ($1, $1, 'Sở', 'Sở', 'so', 'so', '2000-01-01')";
    JOURNAL = "insert into journal (seq, at, who, what, about_kind, about, hash) values (1, 0, 'a', 'b', 'c', 'd', 'h')";
    IS_UNIT = "select count(*) from unit where id = $1";
    ANEW = concat!(db::anew!(), "select count(*) from unit where id = $1");
    FORGE = "update journal set who = 'x'";
}

fn one<T: FromVal>(row: Option<Row>) -> Option<T> {
    row.map(|mut row| row.pull().unwrap())
}

async fn with_unit(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    tx.exec(UNIT, args!["u"]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn decimals_keep_their_digits_and_arguments_go_by_number() {
    for db in testing::both().await {
        with_unit(&db).await;
        let tenth: Decimal = "0.10".parse().unwrap();
        let mut tx = db.begin().await.unwrap();
        tx.exec(PUT, args!["f", "w", "u", tenth]).await.unwrap();
        tx.commit().await.unwrap();
        let found: Decimal = one(db.read().await.unwrap().row(GET, args!["f", "w"]).await.unwrap()).unwrap();
        assert_eq!(found.to_string(), "0.10");
        let (sum, count): (i64, i64) =
            db.read().await.unwrap().find(SUM, &[], |row| Ok((row.pull()?, row.pull()?))).await.unwrap().unwrap();
        assert_eq!((sum, count), (0, 1));
    }
}

#[tokio::test]
async fn a_transaction_not_committed_never_was() {
    for db in testing::both().await {
        let mut tx = db.begin().await.unwrap();
        tx.exec(UNIT, args!["u"]).await.unwrap();
        drop(tx);
        // The next transaction is clean, and the same key is free.
        with_unit(&db).await;
        let mut tx = db.begin().await.unwrap();
        let again = tx.exec(UNIT, args!["u"]).await.unwrap_err();
        assert!(again.is_duplicate_in("unit"), "{again:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_request_poisons_no_connection() {
    for db in testing::both().await {
        for _ in 0..40 {
            let db = db.clone();
            let request = tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                tx.exec(UNIT, args!["u"]).await.unwrap();
                tokio::time::sleep(Duration::from_secs(60)).await;
                tx.commit().await.unwrap();
            });
            tokio::time::sleep(Duration::from_millis(3)).await;
            request.abort();
        }
        with_unit(&db).await;
    }
}

#[tokio::test]
async fn two_changes_at_once_are_both_done_or_neither() {
    for db in testing::both().await {
        let mut tx = db.begin().await.unwrap();
        tx.exec_both((UNIT, args!["u"]), (UNIT, args!["v"])).await.unwrap();
        tx.commit().await.unwrap();
        for pair in [["w", "u"], ["u", "w"]] {
            let mut tx = db.begin().await.unwrap();
            let [one, other] = pair.map(|id| [id.into()]);
            let again = tx.exec_both((UNIT, &one), (UNIT, &other)).await.unwrap_err();
            assert!(again.is_duplicate_in("unit"), "{again:?}");
            drop(tx);
        }
        // With the commit behind them.
        let mut tx = db.begin().await.unwrap();
        tx.exec(UNIT, args!["x"]).await.unwrap();
        tx.commit_both((UNIT, args!["y"]), (UNIT, args!["z"])).await.unwrap();
        // The last of these is refused before it is sent: a text has no place for it.
        let unsent: [Val; 2] = ["w".into(), "too many".into()];
        for pair in [[&["w".into()][..], &["u".into()]], [&["u".into()], &["w".into()]], [&["w".into()], &unsent]] {
            let mut tx = db.begin().await.unwrap();
            tx.exec(UNIT, args!["before"]).await.unwrap();
            tx.commit_both((UNIT, pair[0]), (UNIT, pair[1])).await.unwrap_err();
        }
        let mut conn = db.read().await.unwrap();
        for (id, there) in [("u", 1), ("v", 1), ("w", 0), ("x", 1), ("y", 1), ("z", 1), ("before", 0)] {
            assert_eq!(one(conn.row(IS_UNIT, args![id]).await.unwrap()), Some(there), "{id}");
        }
    }
}

/// What only PostgreSQL is asked.
async fn setting(conn: &mut Conn, text: &'static str) -> String {
    one(conn.row(Sql { name: "SETTING", room: "both", text }, &[]).await.unwrap()).unwrap()
}

#[tokio::test]
async fn what_is_asked_side_by_side_goes_over_one_connection() {
    for db in testing::both().await {
        with_unit(&db).await;
        // Oftener than there are connections: each goes home when the last of them is dropped.
        for _ in 0..40 {
            let beside = db.beside().await.unwrap();
            let ask = async |id: &str| one::<i64>(beside.read().await.unwrap().row(IS_UNIT, args![id]).await.unwrap());
            assert_eq!(tokio::join!(ask("u"), ask("v"), ask("u")), (Some(1), Some(0), Some(1)));
        }
        if db.is_postgres() {
            let beside = db.beside().await.unwrap();
            let pid = async || setting(&mut beside.read().await.unwrap(), "select pg_backend_pid()::text").await;
            let (one, other) = tokio::join!(pid(), pid());
            assert_eq!(one, other);
        }
    }
}

#[tokio::test]
async fn a_text_is_planned_once_but_where_it_says_otherwise() {
    for db in testing::both().await {
        with_unit(&db).await;
        let mut conn = db.read().await.unwrap();
        assert_eq!(one(conn.row(ANEW, args!["u"]).await.unwrap()), Some(1));
        if db.is_postgres() {
            let mode = "select current_setting('plan_cache_mode')";
            assert_eq!(setting(&mut conn, mode).await, "force_generic_plan");
            // Refused within a transaction it is as before, once that is undone.
            let mut tx = db.begin().await.unwrap();
            tx.row(ANEW, args!["a\0"]).await.unwrap_err();
            drop(tx);
            for _ in 0..20 {
                assert_eq!(setting(&mut db.read().await.unwrap(), mode).await, "force_generic_plan");
            }
        }
    }
}

#[tokio::test]
async fn missing_references_and_forged_lines_are_refused() {
    for db in testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let lost = tx.exec(PUT, args!["f", "w", "nobody", Decimal::ONE]).await.unwrap_err();
        drop(tx);
        assert!(matches!(lost, DbError::Reference(_)), "{lost:?}");
        let mut tx = db.begin().await.unwrap();
        tx.exec(JOURNAL, &[]).await.unwrap();
        let forged = tx.exec(FORGE, &[]).await.unwrap_err();
        assert!(matches!(&forged, DbError::Refused(text) if text.starts_with("journal")), "{forged:?}");
    }
}

#[tokio::test]
async fn every_text_of_this_room_is_understood_by_both() {
    assert!(testing::every_text_is_understood().await > 0);
}

#[tokio::test]
async fn the_story_is_told_once() {
    for db in testing::both().await {
        assert_eq!(db.migrate().await.unwrap(), 0);
        assert!(db.standing().await.unwrap().ahead.is_empty());
    }
}
