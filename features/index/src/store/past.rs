//! What was published in earlier years, and figures published by others, read by year and by subject.

use super::History;
use crate::model::RoundId;
use base::Decimal;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;

sql! {
    PAST = "select r.unit, d.year, r.points, r.score, r.rank, r.rating from index_result r join index_round d on d.id = r.round \
            where d.status = 'published' and d.year < $2 and d.year >= $3 \
            and r.unit in (select unit from index_card where round = $1) order by d.year, d.published";
    YEARS = "select distinct year from index_history where scale = $1 order by year desc";
    OF_YEAR = "select scale, year, subject, part, value, rank, rating, source from index_history \
               where scale = $1 and year = $2 order by rank, subject, part";
    OF_SUBJECT = "select scale, year, subject, part, value, rank, rating, source from index_history \
                  where scale = $1 and subject = $2 order by year, part";
    COUNT = "select count(*) from index_history";
}

/// A unit's published result of an earlier year.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub unit: UnitId,
    pub year: i64,
    pub points: Decimal,
    /// The index, in percent.
    pub index: Option<Decimal>,
    pub rank: Option<i64>,
    pub rating: Option<String>,
}

/// Earlier results, oldest first, of the units that a round scores.
pub async fn past(conn: &mut Conn, round: RoundId, before: i64, from: i64) -> Result<Vec<Past>, DbError> {
    let read = |row: &mut Row| {
        Ok(Past {
            unit: row.pull()?,
            year: row.pull()?,
            points: row.pull()?,
            index: row.pull()?,
            rank: row.pull()?,
            rating: row.pull()?,
        })
    };
    conn.list(PAST, args![round, before, from], read).await
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
