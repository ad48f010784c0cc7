//! Documents that prove, and where in them the proof stands.

use crate::model::*;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{AccountId, UnitId};
use std::collections::BTreeMap;

sql! {
    BY_ID = "select id, unit, year, number, issued, issuer, summary, link, at, version from index_evidence where id = $1";
    OF_UNIT = "select id, unit, year, number, issued, issuer, summary, link, at, version from index_evidence \
               where unit = $1 and year in ($2, $3) order by year desc, at desc";
    PUT = "insert into index_evidence (id, unit, year, number, issued, issuer, summary, link, at, account) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    CHANGE = "update index_evidence set number = $3, issued = $4, issuer = $5, summary = $6, link = $7, version = version + 1 \
              where id = $1 and version = $2";
    PROOFS = "select p.code, p.place, e.id, e.unit, e.year, e.number, e.issued, e.issuer, e.summary, e.link, e.at, e.version \
              from index_proof p join index_evidence e on e.id = p.evidence where p.card = $1 order by p.at";
    PROVE = "insert into index_proof (card, code, evidence, place, at) values ($1, $2, $3, $4, $5) \
             on conflict (card, code, evidence) do update set place = $4";
    UNPROVE = "delete from index_proof where card = $1 and code = $2 and evidence = $3";
    // Who may open a file: those who may see a card that it proves something of.
    CARDS_OF = "select distinct p.card from index_proof p where p.evidence = $1";
    LAST_YEAR = "select p.code, p.place, e.id, e.unit, e.year, e.number, e.issued, e.issuer, e.summary, e.link, e.at, e.version \
                 from index_proof p join index_evidence e on e.id = p.evidence join index_card c on c.id = p.card \
                 join index_round r on r.id = c.round where c.unit = $1 and r.year = $2 and p.code = $3";
}

fn read(row: &mut Row) -> Result<Evidence, DbError> {
    Ok(Evidence {
        id: row.pull()?,
        unit: row.pull()?,
        year: row.pull()?,
        number: row.pull()?,
        issued: row.pull()?,
        issuer: row.pull()?,
        summary: row.pull()?,
        link: row.pull()?,
        at: row.pull()?,
        version: row.pull()?,
    })
}

fn proof(row: &mut Row) -> Result<Proof, DbError> {
    let (code, place) = (row.pull()?, row.pull()?);
    Ok(Proof { code, place, evidence: read(row)? })
}

pub async fn evidence(conn: &mut Conn, id: EvidenceId) -> Result<Option<Evidence>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

/// A unit's documents of a year and of the year before.
pub async fn evidence_of(conn: &mut Conn, unit: UnitId, year: i64) -> Result<Vec<Evidence>, DbError> {
    conn.list(OF_UNIT, args![unit, year, year - 1], read).await
}

pub async fn put_evidence(tx: &mut Tx, one: &Evidence, by: Option<AccountId>) -> Result<(), DbError> {
    let row = args![
        one.id,
        one.unit,
        one.year,
        &one.number,
        one.issued,
        &one.issuer,
        &one.summary,
        one.link.clone(),
        one.at,
        by
    ];
    tx.exec(PUT, row).await.map(drop)
}

/// False where it has changed in between.
pub async fn change_evidence(tx: &mut Tx, one: &Evidence) -> Result<bool, DbError> {
    let row = args![one.id, one.version, &one.number, one.issued, &one.issuer, &one.summary, one.link.clone()];
    Ok(tx.exec(CHANGE, row).await? == 1)
}

/// What proves what on a card, in the order it was given.
pub async fn proofs(conn: &mut Conn, card: CardId) -> Result<BTreeMap<String, Vec<Proof>>, DbError> {
    let mut found: BTreeMap<String, Vec<Proof>> = BTreeMap::new();
    for proof in conn.list(PROOFS, args![card], proof).await? {
        found.entry(proof.code.clone()).or_default().push(proof);
    }
    Ok(found)
}

pub async fn prove(
    tx: &mut Tx,
    card: CardId,
    code: &str,
    evidence: EvidenceId,
    place: &str,
    at: base::Timestamp,
) -> Result<(), DbError> {
    tx.exec(PROVE, args![card, code, evidence, place, at]).await.map(drop)
}

pub async fn unprove(tx: &mut Tx, card: CardId, code: &str, evidence: EvidenceId) -> Result<bool, DbError> {
    Ok(tx.exec(UNPROVE, args![card, code, evidence]).await? == 1)
}

pub async fn cards_of_evidence(conn: &mut Conn, evidence: EvidenceId) -> Result<Vec<CardId>, DbError> {
    conn.list(CARDS_OF, args![evidence], |row| row.pull()).await
}

/// What proved this criterion of this unit in a year.
pub async fn proofs_in_year(conn: &mut Conn, unit: UnitId, year: i64, code: &str) -> Result<Vec<Proof>, DbError> {
    conn.list(LAST_YEAR, args![unit, year, code], proof).await
}
