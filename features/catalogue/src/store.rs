//! SQL, nothing else: what the lists filter by.

use crate::model::Entry;
use base::Date;
use db::{Conn, DbError, Row, Tx, args, sql};
use rulebook::EditionId;
use serde::Serialize;
use serde::de::DeserializeOwned;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select edition, code, number, name, field, folded, levels, receives, resolves, processes, times, \
             valid_from, valid_to, published, sample, abolished from catalogue_entry ",
            $rest
        )
    };
}

sql! {
    PUT = "insert into catalogue_entry (edition, code, number, name, field, folded, levels, receives, resolves, \
           processes, times, valid_from, valid_to, published, sample) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
           on conflict (edition) do update set name = $4, field = $5, folded = $6, levels = $7, receives = $8, \
           resolves = $9, processes = $10, times = $11, valid_from = $12, valid_to = $13, published = $14, sample = $15";
    END = "update catalogue_entry set valid_to = $2, abolished = $3 where edition = $1";
    ALL = select!("order by code, number desc");
    OF_CODE = select!("where code = $1 order by number desc");
    IN_FORCE = select!("where published = 1 and valid_from <= $1 and (valid_to is null or valid_to > $1) order by code");
    ONE = select!("where edition = $1");
}

/// Writes what an edition now is; `abolished` stays as it was.
pub async fn put(tx: &mut Tx, entry: &Entry) -> Result<(), DbError> {
    let row = args![
        entry.edition,
        &entry.code,
        entry.number,
        &entry.name,
        &entry.field,
        &entry.folded,
        json(&entry.levels)?,
        json(&entry.receives)?,
        json(&entry.resolves)?,
        json(&entry.processes)?,
        &entry.times,
        entry.valid_from,
        entry.valid_to,
        entry.published,
        entry.sample
    ];
    tx.exec(PUT, row).await.map(drop)
}

/// The edition ends on a day, abolished by a decision or, where that is empty, followed by another.
pub async fn end(tx: &mut Tx, edition: EditionId, day: Date, abolished: &str) -> Result<(), DbError> {
    tx.exec(END, args![edition, day, abolished]).await.map(drop)
}

/// Every edition, drafts too: by code, the newest number first.
pub async fn all(conn: &mut Conn) -> Result<Vec<Entry>, DbError> {
    conn.list(ALL, &[], entry).await
}

pub async fn of_code(conn: &mut Conn, code: &str) -> Result<Vec<Entry>, DbError> {
    conn.list(OF_CODE, args![code], entry).await
}

/// What is published and in force on a day, by code.
pub async fn in_force(conn: &mut Conn, day: Date) -> Result<Vec<Entry>, DbError> {
    conn.list(IN_FORCE, args![day], entry).await
}

pub async fn one(conn: &mut Conn, edition: EditionId) -> Result<Option<Entry>, DbError> {
    conn.find(ONE, args![edition], entry).await
}

fn entry(row: &mut Row) -> Result<Entry, DbError> {
    Ok(Entry {
        edition: row.pull()?,
        code: row.pull()?,
        number: row.pull()?,
        name: row.pull()?,
        field: row.pull()?,
        folded: row.pull()?,
        levels: read(row)?,
        receives: read(row)?,
        resolves: read(row)?,
        processes: read(row)?,
        times: row.pull()?,
        valid_from: row.pull()?,
        valid_to: row.pull()?,
        published: row.pull()?,
        sample: row.pull()?,
        abolished: row.pull()?,
    })
}

fn json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Value(error.to_string()))
}

fn read<T: DeserializeOwned>(row: &mut Row) -> Result<T, DbError> {
    let text: String = row.pull()?;
    serde_json::from_str(&text).map_err(|error| DbError::Value(format!("not JSON: {error}")))
}
