//! For `doctor`: every content that a record refers to is there, and is what was stored.

use crate::{Lost, Store, contents};
use db::{Conn, Db, DbError, args, sql};
use people::Failure;
use serde::Serialize;

/// Contents that are looked up in one question.
const PAGE: i64 = 200;

sql! {
    NAMES = "select sha256, name from file_use where sha256 in (select key from json_each($1)) order by sha256, at";
}

/// What is wrong with a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    Missing,
    Altered,
}

impl Fault {
    /// As `doctor` says it.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Missing => "bị mất",
            Fault::Altered => "đã bị thay đổi",
        }
    }
}

/// A content that is not as it was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub sha256: String,
    pub fault: Fault,
    /// What the records that use it call it.
    pub names: Vec<String>,
}

/// Reads every content and compares its hash. An error is a store that cannot be asked; it is no finding.
pub async fn check(db: &Db, store: &Store) -> Result<Vec<Finding>, Failure> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let page = contents(&mut db.read().await?, &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.sha256.clone();
        let mut faults = Vec::new();
        for content in page {
            match store.get(&content.sha256).await {
                Ok(_) => {}
                Err(Lost::Missing) => faults.push((content.sha256, Fault::Missing)),
                Err(Lost::Altered) => faults.push((content.sha256, Fault::Altered)),
                Err(Lost::Broken(text)) => return Err(Failure::Broken(text)),
            }
        }
        found.extend(with_names(&mut db.read().await?, faults).await?);
    }
    Ok(found)
}

async fn with_names(conn: &mut Conn, faults: Vec<(String, Fault)>) -> Result<Vec<Finding>, DbError> {
    let hashes: Vec<&String> = faults.iter().map(|(sha256, _)| sha256).collect();
    let names: Vec<(String, String)> =
        conn.list(NAMES, args![db::keys(&hashes)], |row| Ok((row.pull()?, row.pull()?))).await?;
    let of = |sha: &str| names.iter().filter(|(sha256, _)| sha256 == sha).map(|(_, name)| name.clone()).collect();
    Ok(faults.into_iter().map(|(sha256, fault)| Finding { names: of(&sha256), sha256, fault }).collect())
}
