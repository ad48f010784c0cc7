//! People and deeds for the tests of this room.
#![allow(dead_code, reason = "each test binary uses its part")]

use db::{Db, Tx, args, sql};
use job::{Job, JobId, Status};
use people::{AccountId, Failure, Role, Scope};
use serde_json::Value;
use std::time::Duration;

sql! {
    ACCOUNT = "insert into account (id, login, name, folded) values ($1, $2, $2, $2)";
}

pub fn admin() -> Scope {
    Scope::program("Quản trị", db::now())
}

pub async fn person(db: &Db, login: &str) -> Scope {
    let id = db::fresh_id::<AccountId>();
    let mut tx = db.begin().await.unwrap();
    tx.exec(ACCOUNT, args![id, login]).await.unwrap();
    tx.commit().await.unwrap();
    Scope { account: Some(id), roles: vec![Role::Staff], ..Scope::program(login, db::now()) }
}

/// One deed in one transaction.
pub async fn deed<T>(db: &Db, deed: impl AsyncFnOnce(&mut Tx) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut tx = db.begin().await?;
    let done = deed(&mut tx).await?;
    tx.commit().await?;
    Ok(done)
}

pub async fn asked(db: &Db, kind: &str, input: Value) -> JobId {
    deed(db, async |tx| Ok(job::enqueue(tx, &admin(), kind, "Việc thử", input).await?)).await.unwrap()
}

pub async fn state(db: &Db, id: JobId) -> Job {
    job::find(&mut db.read().await.unwrap(), &admin(), id).await.unwrap()
}

/// Waits until a job stands where it should, ten seconds at most.
pub async fn until(db: &Db, id: JobId, status: Status) -> Job {
    for _ in 0..500 {
        let job = state(db, id).await;
        if job.status == status {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("still {:?}", state(db, id).await)
}
