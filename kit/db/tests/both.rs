//! The same deeds on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base::Decimal;
use db::{Db, DbError, FromVal, Row, args, sql, testing};
use std::time::Duration;

sql! {
    PUT = "insert into fact (id, what, unit, valid_from, valid_to, value, source, at) values ($1, $2, $3, '2020-01-01', '2021-01-01', $4, 'test', 0)";
    GET = "select value from fact where what = $2 and id = $1";
    SUM = "select sum(at), count(*) from fact";
    UNIT = "insert into unit (id, key, name, short, folded, kind, valid_from) values ($1, $1, 'Sở', 'Sở', 'so', 'so', '2000-01-01')";
    JOURNAL = "insert into journal (seq, at, who, what, about_kind, about, hash) values (1, 0, 'a', 'b', 'c', 'd', 'h')";
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
