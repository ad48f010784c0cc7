//! Rounds and which set scores which kind of unit.

use crate::model::*;
use db::{Conn, DbError, Row, Tx, args, sql};
use rulebook::EditionId;

sql! {
    ALL = "select id, name, year, province, scoring_from, scoring_to, appraisal_to, explaining_to, second_to, status, \
           decision, decided_on, published, sample, version from index_round order by year desc, name";
    BY_ID = "select id, name, year, province, scoring_from, scoring_to, appraisal_to, explaining_to, second_to, status, \
             decision, decided_on, published, sample, version from index_round where id = $1";
    PUT = "insert into index_round (id, name, year, province, scoring_from, scoring_to, appraisal_to, explaining_to, second_to, status, sample) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10)";
    CHANGE = "update index_round set name = $3, scoring_from = $4, scoring_to = $5, appraisal_to = $6, explaining_to = $7, second_to = $8, \
              version = version + 1 where id = $1 and version = $2 and status <> 'published'";
    OPEN = "update index_round set status = 'open', version = version + 1 where id = $1 and status = 'draft'";
    PUBLISH = "update index_round set status = 'published', decision = $2, decided_on = $3, published = $4, version = version + 1 \
               where id = $1 and status = 'open'";
    SETS = "select kind, edition from index_round_set where round = $1 order by kind";
    PUT_SET = "insert into index_round_set (round, kind, edition) values ($1, $2, $3) on conflict (round, kind) do update set edition = $3";
}

fn read(row: &mut Row) -> Result<Round, DbError> {
    Ok(Round {
        id: row.pull()?,
        name: row.pull()?,
        year: row.pull()?,
        province: row.pull()?,
        days: Days {
            scoring_from: row.pull()?,
            scoring_to: row.pull()?,
            appraisal_to: row.pull()?,
            explaining_to: row.pull()?,
            second_to: row.pull()?,
        },
        status: status(&row.pull::<String>()?)?,
        decision: row.pull()?,
        decided_on: row.pull()?,
        published: row.pull()?,
        sample: row.pull()?,
        version: row.pull()?,
    })
}

fn status(code: &str) -> Result<RoundStatus, DbError> {
    match code {
        "draft" => Ok(RoundStatus::Draft),
        "open" => Ok(RoundStatus::Open),
        "published" => Ok(RoundStatus::Published),
        other => Err(DbError::Value(format!("no status {other:?}"))),
    }
}

pub async fn rounds(conn: &mut Conn) -> Result<Vec<Round>, DbError> {
    conn.list(ALL, &[], read).await
}

pub async fn round(conn: &mut Conn, id: RoundId) -> Result<Option<Round>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

pub async fn put_round(tx: &mut Tx, round: &Round) -> Result<(), DbError> {
    let days = &round.days;
    let row = args![
        round.id,
        &round.name,
        round.year,
        round.province,
        days.scoring_from,
        days.scoring_to,
        days.appraisal_to,
        days.explaining_to,
        days.second_to,
        round.sample
    ];
    tx.exec(PUT, row).await.map(drop)
}

/// False where the round has changed in between, or is published.
pub async fn change_round(tx: &mut Tx, round: &Round) -> Result<bool, DbError> {
    let days = &round.days;
    let row = args![
        round.id,
        round.version,
        &round.name,
        days.scoring_from,
        days.scoring_to,
        days.appraisal_to,
        days.explaining_to,
        days.second_to
    ];
    Ok(tx.exec(CHANGE, row).await? == 1)
}

pub async fn open_round(tx: &mut Tx, id: RoundId) -> Result<bool, DbError> {
    Ok(tx.exec(OPEN, args![id]).await? == 1)
}

pub async fn publish_round(
    tx: &mut Tx,
    id: RoundId,
    decision: &str,
    on: base::Date,
    at: base::Timestamp,
) -> Result<bool, DbError> {
    Ok(tx.exec(PUBLISH, args![id, decision, on, at]).await? == 1)
}

/// The edition for each kind of unit.
pub async fn round_sets(conn: &mut Conn, round: RoundId) -> Result<Vec<(String, EditionId)>, DbError> {
    conn.list(SETS, args![round], |row| Ok((row.pull()?, row.pull()?))).await
}

pub async fn put_round_set(tx: &mut Tx, round: RoundId, kind: &str, edition: EditionId) -> Result<(), DbError> {
    tx.exec(PUT_SET, args![round, kind, edition]).await.map(drop)
}
