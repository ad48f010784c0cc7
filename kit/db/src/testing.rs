//! A fresh, migrated database per test: SQLite always, PostgreSQL where `CUAVIET_TEST_PG` names a server
//! (the project's test command always starts one).

use crate::{Db, DbError, MIGRATIONS};
use base::Uuid;

/// One fresh database of each engine there is.
pub async fn both() -> Vec<Db> {
    let mut found = vec![lite().await];
    match std::env::var("CUAVIET_TEST_PG") {
        Ok(url) => found.push(pg(&url).await.unwrap_or_else(|error| broken(&error))),
        Err(_) => eprintln!("CUAVIET_TEST_PG is not set: PostgreSQL is left out of this run"),
    }
    found
}

/// Every SQL text that is linked into the test is understood by both databases; gives how many there are.
pub async fn every_text_is_understood() -> usize {
    for db in both().await {
        for sql in crate::all_sql() {
            // A connection for each: PostgreSQL lets nothing more be said on one that failed.
            let prepared = async { db.read().await?.prepare(sql.text).await };
            if let Err(error) = prepared.await {
                broken(&DbError::Broken(format!("{}::{}: {error}", sql.room, sql.name)));
            }
        }
    }
    crate::all_sql().count()
}

/// A fresh SQLite database in the temporary folder.
pub async fn lite() -> Db {
    let path = std::env::temp_dir().join(format!("cuaviet-test-{}.db", Uuid::now_v7()));
    match open_lite(&path.to_string_lossy()).await {
        Ok(db) => db,
        Err(error) => broken(&error),
    }
}

async fn open_lite(path: &str) -> Result<Db, DbError> {
    let db = Db::open_fleeting(path)?;
    db.migrate().await?;
    Ok(db)
}

/// A fresh PostgreSQL database, copied from a template that the first test of a run migrates (about 40 ms).
async fn pg(url: &str) -> Result<Db, DbError> {
    let story: String = MIGRATIONS.iter().map(|m| m.checksum()).collect();
    let template = format!("cuaviet_template_{:016x}", fnv(&story));
    let name = format!("cuaviet_test_{}", Uuid::now_v7().simple());
    let server = Db::open(url).await?;
    make_template(&server, url, &template).await?;
    let mut tries = 0;
    while let Err(error) = server.script(&format!("create database {name} template {template}")).await {
        // "source database is being accessed by other users": another test is copying it.
        tries += 1;
        if tries > 100 {
            return Err(error);
        }
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    Db::open(&with_database(url, &name)).await
}

async fn make_template(server: &Db, url: &str, template: &str) -> Result<(), DbError> {
    let building = format!("{template}_building");
    let exists =
        crate::Sql { name: "EXISTS", room: "db::testing", text: "select 1 from pg_database where datname = $1" };
    for _ in 0..400 {
        if server.read().await?.row(exists, &[template.into()]).await?.is_some() {
            return Ok(());
        }
        // Creating a database of this name is the lock: only one test can.
        if server.script(&format!("create database {building}")).await.is_ok() {
            let db = Db::open(&with_database(url, &building)).await?;
            db.migrate().await?;
            drop(db);
            for _ in 0..100 {
                if server.script(&format!("alter database {building} rename to {template}")).await.is_ok() {
                    return Ok(());
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err(DbError::Broken("the template database was never finished".into()))
}

fn with_database(url: &str, name: &str) -> String {
    match url.rsplit_once('/') {
        Some((server, _)) => format!("{server}/{name}"),
        None => url.to_owned(),
    }
}

fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[allow(clippy::panic)] // a test without its database has nothing to say
fn broken(error: &DbError) -> ! {
    panic!("no test database: {error}")
}
