//! SQL of this room alone: what the kit does not ask.

use base::{Date, Timestamp};
use db::{Conn, DbError, args, sql};
use people::{AccountId, Role};

sql! {
    ROLES = "select g.account, u.short, g.role, g.lent_by is not null from role_grant g join unit u on u.id = g.unit \
             where g.valid_from <= $1 and (g.valid_to is null or g.valid_to > $1) order by u.key, g.role";
    LAST_IN = "select account, max(seen) from session group by account";
    COUNT_UNITS = "select count(*) from unit";
    COUNT_ACCOUNTS = "select count(*) from account where closed = 0";
    COUNT_SESSIONS = "select count(*) from session where ends > $1";
    COUNT_FACTS = "select count(*) from fact where replaced_by is null";
    COUNT_EDITIONS = "select count(*) from edition";
    COUNT_LINES = "select seq from journal_head where one = 1";
    COUNT_JOBS = "select count(*) from job where status in ('waiting', 'running')";
    FILES = "select count(*), coalesce(sum(bytes), 0) from file_content";
}

/// A role that somebody holds today.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Held {
    #[serde(skip)]
    pub account: AccountId,
    pub unit_name: String,
    pub role: Role,
    pub lent: bool,
}

/// Every role held on a day, in one question.
pub async fn held(conn: &mut Conn, day: Date) -> Result<Vec<Held>, DbError> {
    conn.list(ROLES, args![day], |row| {
        let (account, unit_name) = (row.pull()?, row.pull()?);
        let code: String = row.pull()?;
        let role = Role::from_code(&code).ok_or_else(|| DbError::Value(format!("no role {code:?}")))?;
        Ok(Held { account, unit_name, role, lent: row.pull()? })
    })
    .await
}

/// When each person was last seen, as far as their sessions still tell.
pub async fn last_seen(conn: &mut Conn) -> Result<Vec<(AccountId, Timestamp)>, DbError> {
    conn.list(LAST_IN, &[], |row| Ok((row.pull()?, row.pull()?))).await
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Counts {
    pub units: i64,
    pub accounts: i64,
    pub sessions: i64,
    pub facts: i64,
    pub editions: i64,
    pub journal: i64,
    pub jobs: i64,
    pub files: i64,
    pub file_bytes: i64,
}

pub async fn counts(conn: &mut Conn, now: Timestamp) -> Result<Counts, DbError> {
    let (files, file_bytes) = conn.find(FILES, &[], |row| Ok((row.pull()?, row.pull()?))).await?.unwrap_or_default();
    Ok(Counts {
        units: one(conn, COUNT_UNITS, &[]).await?,
        accounts: one(conn, COUNT_ACCOUNTS, &[]).await?,
        sessions: one(conn, COUNT_SESSIONS, args![now]).await?,
        facts: one(conn, COUNT_FACTS, &[]).await?,
        editions: one(conn, COUNT_EDITIONS, &[]).await?,
        journal: one(conn, COUNT_LINES, &[]).await?,
        jobs: one(conn, COUNT_JOBS, &[]).await?,
        files,
        file_bytes,
    })
}

async fn one(conn: &mut Conn, sql: db::Sql, args: &[db::Val]) -> Result<i64, DbError> {
    Ok(conn.find(sql, args, |row| row.pull()).await?.unwrap_or_default())
}
