//! Letters that came in as edXML.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{AccountId, UnitId};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select i.id, i.document, i.from_id, i.from_name, i.number, i.notation, i.day, i.kind, i.subject, i.signer, i.business, i.received, \
             coalesce(a.name, '') from report_incoming i left join account a on a.id = i.received_by where ",
            $rest
        )
    };
}

sql! {
    ADD = "insert into report_incoming (id, agency, document, from_id, from_name, number, notation, day, kind, subject, signer, business, \
           digest, received, received_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
           on conflict (agency, digest) do nothing";
    SAME = select!("i.agency = $1 and i.digest = $2");
    BY_ID = select!("i.agency = $1 and i.id = $2");
    LIST = select!("i.agency = $1 order by i.received desc, i.id desc limit $2 offset $3");
    COUNT = "select count(*) from report_incoming where agency = $1";
}

fn read(row: &mut Row) -> Result<Incoming, DbError> {
    Ok(Incoming {
        id: row.pull()?,
        document: row.pull()?,
        from_id: row.pull()?,
        from_name: row.pull()?,
        number: row.pull()?,
        notation: row.pull()?,
        day: row.pull()?,
        kind: row.pull()?,
        subject: row.pull()?,
        signer: row.pull()?,
        business: row.pull()?,
        received: row.pull()?,
        who: row.pull()?,
    })
}

/// False where the same document was taken in meanwhile.
pub async fn add(
    tx: &mut Tx,
    agency: UnitId,
    one: &Incoming,
    digest: &str,
    (at, by): (Timestamp, Option<AccountId>),
) -> Result<bool, DbError> {
    let row = args![
        one.id,
        agency,
        &one.document,
        &one.from_id,
        &one.from_name,
        &one.number,
        &one.notation,
        one.day,
        &one.kind,
        &one.subject,
        &one.signer,
        one.business,
        digest,
        at,
        by
    ];
    Ok(tx.exec(ADD, row).await? == 1)
}

/// The same document, where it was taken in before.
pub async fn same(conn: &mut Conn, agency: UnitId, digest: &str) -> Result<Option<Incoming>, DbError> {
    conn.find(SAME, args![agency, digest], read).await
}

pub async fn find(conn: &mut Conn, agency: UnitId, id: IncomingId) -> Result<Option<Incoming>, DbError> {
    conn.find(BY_ID, args![agency, id], read).await
}

/// A page of an agency's, the last first.
pub async fn list(conn: &mut Conn, agency: UnitId, page: (i64, i64)) -> Result<Vec<Incoming>, DbError> {
    conn.list(LIST, args![agency, page.1, page.0], read).await
}

pub async fn count(conn: &mut Conn, agency: UnitId) -> Result<i64, DbError> {
    Ok(conn.find(COUNT, args![agency], |row| row.pull()).await?.unwrap_or(0))
}
