//! The chain holds, and every way to break it shows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use journal::{Broken, Signature, Signs, about, verify, write};

struct Lan;

impl Signs for Lan {
    fn signature(&self) -> Signature {
        Signature { account: None, who: "Lan".into(), unit: Some("u".into()), at: db::now() }
    }
}

async fn three_lines(db: &db::Db) {
    for n in 0..3 {
        let mut tx = db.begin().await.unwrap();
        write(&mut tx, &Lan, "test.counted", about("thing", n), &(), &serde_json::json!({ "n": n })).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn three_lines_hold_on_both_databases() {
    for db in db::testing::both().await {
        three_lines(&db).await;
        assert_eq!(verify(&db).await.unwrap(), Ok(3));
        let lines = journal::of(&mut db.read().await.unwrap(), "thing", "1", 10).await.unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].after.as_deref(), Some(r#"{"n":1}"#));
    }
}

#[tokio::test]
async fn a_line_of_an_undone_change_is_not_there() {
    for db in db::testing::both().await {
        three_lines(&db).await;
        let mut tx = db.begin().await.unwrap();
        write(&mut tx, &Lan, "test.undone", about("thing", 9), &(), &()).await.unwrap();
        drop(tx);
        assert_eq!(verify(&db).await.unwrap(), Ok(3));
        three_lines(&db).await;
        assert_eq!(verify(&db).await.unwrap(), Ok(6));
    }
}

/// Somebody with the file in hand, who first takes the triggers away.
async fn forge(how: &str) -> Result<i64, Broken> {
    let db = db::testing::lite().await;
    three_lines(&db).await;
    let file = rusqlite::Connection::open(db.lite_path().unwrap()).unwrap();
    file.execute_batch("drop trigger journal_keeps_update; drop trigger journal_keeps_delete;").unwrap();
    file.execute_batch(how).unwrap();
    verify(&db).await.unwrap()
}

#[tokio::test]
async fn every_forgery_shows() {
    assert_eq!(forge("update journal set after = '{\"n\":8}' where seq = 2").await, Err(Broken::Changed(2)));
    assert_eq!(forge("update journal set who = 'lan' where seq = 3").await, Err(Broken::Changed(3)));
    assert_eq!(forge("delete from journal where seq = 2").await, Err(Broken::Missing(2)));
    assert_eq!(forge("delete from journal where seq = 3").await, Err(Broken::End { line: 2, head: 3 }));
    assert_eq!(forge("update journal_head set hash = 'x'").await, Err(Broken::End { line: 3, head: 3 }));
    assert_eq!(forge("select 1").await, Ok(3));
}
