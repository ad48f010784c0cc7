//! Published results: of a round, of a unit, of the years before.

use crate::model::*;
use base::Decimal;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::UnitId;
use serde::{Deserialize, Serialize};

sql! {
    OF_ROUND = "select r.round, r.unit, u.name, u.short, r.kind, r.self_points, r.points, r.survey_points, r.bonus, r.penalty, \
                r.applicable_max, r.score, r.rating, r.rank, r.lines from index_result r join unit u on u.id = r.unit \
                where r.round = $1 order by r.kind, r.rank, u.key";
    OF_UNIT = "select r.round, r.unit, u.name, u.short, r.kind, r.self_points, r.points, r.survey_points, r.bonus, r.penalty, \
               r.applicable_max, r.score, r.rating, r.rank, r.lines from index_result r join unit u on u.id = r.unit \
               join index_round d on d.id = r.round where r.unit = $1 order by d.year desc";
    PAST = "select r.unit, d.year, r.points, r.score, r.rank, r.rating from index_result r join index_round d on d.id = r.round \
            where d.status = 'published' and d.year < $2 and d.year >= $3 \
            and r.unit in (select unit from index_card where round = $1) order by d.year, d.published";
    PUT = "insert into index_result (round, unit, kind, self_points, points, survey_points, bonus, penalty, applicable_max, score, rating, rank, lines) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
}

/// A unit's published result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    pub round: RoundId,
    pub unit: UnitId,
    pub unit_name: String,
    pub unit_short: String,
    pub kind: String,
    pub self_points: Option<Decimal>,
    pub points: Decimal,
    pub survey_points: Option<Decimal>,
    pub bonus: Decimal,
    pub penalty: Decimal,
    pub applicable_max: Decimal,
    /// The index, in percent.
    pub score: Option<Decimal>,
    pub rating: Option<String>,
    pub rank: Option<i64>,
    pub lines: Vec<ResultLine>,
}

/// One criterion of a published result: a parent has its sums.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultLine {
    pub code: String,
    pub name: String,
    /// 0 at the top.
    pub depth: usize,
    pub leaf: bool,
    pub max: Decimal,
    pub own: Option<Decimal>,
    pub points: Option<Decimal>,
    pub why: String,
    pub reason: String,
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

fn read(row: &mut Row) -> Result<Outcome, DbError> {
    Ok(Outcome {
        round: row.pull()?,
        unit: row.pull()?,
        unit_name: row.pull()?,
        unit_short: row.pull()?,
        kind: row.pull()?,
        self_points: row.pull()?,
        points: row.pull()?,
        survey_points: row.pull()?,
        bonus: row.pull()?,
        penalty: row.pull()?,
        applicable_max: row.pull()?,
        score: row.pull()?,
        rating: row.pull()?,
        rank: row.pull()?,
        lines: serde_json::from_str(&row.pull::<String>()?).map_err(|error| DbError::Value(error.to_string()))?,
    })
}

/// A round's results, by kind and rank.
pub async fn results(conn: &mut Conn, round: RoundId) -> Result<Vec<Outcome>, DbError> {
    conn.list(OF_ROUND, args![round], read).await
}

/// A unit's results of all years, newest first.
pub async fn results_of_unit(conn: &mut Conn, unit: UnitId) -> Result<Vec<Outcome>, DbError> {
    conn.list(OF_UNIT, args![unit], read).await
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

pub async fn put_result(tx: &mut Tx, one: &Outcome) -> Result<(), DbError> {
    let lines = serde_json::to_string(&one.lines).map_err(|error| DbError::Value(error.to_string()))?;
    let row = args![
        one.round,
        one.unit,
        &one.kind,
        one.self_points,
        one.points,
        one.survey_points,
        one.bonus,
        one.penalty,
        one.applicable_max,
        one.score,
        one.rating.clone(),
        one.rank,
        lines
    ];
    tx.exec(PUT, row).await.map(drop)
}
