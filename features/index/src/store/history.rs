//! Figures that others have published: by scale, by year, by subject.

use base::Decimal;
use db::{Conn, DbError, Row, Tx, args, sql};
use serde::Serialize;

sql! {
    OF_SCALE = "select scale, year, subject, part, value, rank, rating, source from index_history where scale = $1 order by year desc, rank, subject, part";
    SCALES = "select scale, min(year), max(year), count(*) from index_history group by scale order by scale";
    YEARS = "select distinct year from index_history where scale = $1 order by year desc";
    OF_YEAR = "select scale, year, subject, part, value, rank, rating, source from index_history \
               where scale = $1 and year = $2 order by rank, subject, part";
    OF_SUBJECT = "select scale, year, subject, part, value, rank, rating, source from index_history \
                  where scale = $1 and subject = $2 order by year, part";
    COUNT = "select count(*) from index_history";
    PUT = "insert into index_history (id, scale, year, subject, part, value, rank, rating, source) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// A figure that somebody else published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    pub scale: String,
    pub year: i64,
    pub subject: String,
    pub part: String,
    pub value: Option<Decimal>,
    pub rank: Option<i64>,
    pub rating: Option<String>,
    pub source: String,
}

fn read(row: &mut Row) -> Result<History, DbError> {
    Ok(History {
        scale: row.pull()?,
        year: row.pull()?,
        subject: row.pull()?,
        part: row.pull()?,
        value: row.pull()?,
        rank: row.pull()?,
        rating: row.pull()?,
        source: row.pull()?,
    })
}

/// The scales there are, with their first and last year and how many figures.
pub async fn scales(conn: &mut Conn) -> Result<Vec<(String, i64, i64, i64)>, DbError> {
    conn.list(SCALES, &[], |row| Ok((row.pull()?, row.pull()?, row.pull()?, row.pull()?))).await
}

/// All years of a scale, newest first.
pub async fn history(conn: &mut Conn, scale: &str) -> Result<Vec<History>, DbError> {
    conn.list(OF_SCALE, args![scale], read).await
}

/// The years that a scale has, newest first.
pub async fn history_years(conn: &mut Conn, scale: &str) -> Result<Vec<i64>, DbError> {
    conn.list(YEARS, args![scale], |row| row.pull()).await
}

pub async fn history_of_year(conn: &mut Conn, scale: &str, year: i64) -> Result<Vec<History>, DbError> {
    conn.list(OF_YEAR, args![scale, year], read).await
}

/// All years of one province or unit, oldest first.
pub async fn history_of_subject(conn: &mut Conn, scale: &str, subject: &str) -> Result<Vec<History>, DbError> {
    conn.list(OF_SUBJECT, args![scale, subject], read).await
}

/// How many figures there are.
pub async fn history_count(conn: &mut Conn) -> Result<i64, DbError> {
    Ok(conn.find(COUNT, &[], |row| row.pull()).await?.unwrap_or_default())
}

pub async fn put_history(tx: &mut Tx, one: &History) -> Result<(), DbError> {
    let id: base::Uuid = db::fresh_id();
    let row =
        args![id, &one.scale, one.year, &one.subject, &one.part, one.value, one.rank, one.rating.clone(), &one.source];
    tx.exec(PUT, row).await.map(drop)
}
