//! The points of closed dossiers, and their sums over days.

use super::stats::{among, among_sql, row_of};
use crate::evaluation::{Sums, marks};
use crate::model::*;
use crate::stats::{Asked, Life, Range};
use db::{Conn, DbError, Row, Tx, anew, args, sql};
use people::UnitId;
use std::collections::{BTreeMap, BTreeSet};

sql! {
    PUT_MARK = "insert into dossier_mark (dossier, cell, closed, whole, steps, asked) values ($1, $2, $3, $4, $5, $6) \
                on conflict (dossier) do update set cell = $2, closed = $3, whole = $4, steps = $5, asked = $6";
    DROP_MARK = "delete from dossier_mark where dossier = $1";
    SUMS = concat!(anew!(), "select ", row_of!("$9"), ", sum(n.count), sum(n.whole), sum(n.steps), sum(n.asked) from (select m.cell, count(*) as count, sum(m.whole) as whole, \
           sum(m.steps) as steps, sum(m.asked) as asked from dossier_mark m where m.closed >= $7 and m.closed < $8 group by m.cell) n \
           join dossier_cell c on c.id = n.cell where ", among_sql!(), " group by 1");
}

/// Gives a closed dossier its points; one that was taken up again has none.
pub(super) async fn mark(tx: &mut Tx, one: &Dossier, cell: i64, life: &Life) -> Result<(), DbError> {
    let Some((at, verdict)) = life.closed else { return tx.exec(DROP_MARK, args![one.id]).await.map(drop) };
    let steps = super::trail::steps(tx, one.id).await?;
    let points = marks(verdict, &steps, one.asked);
    tx.exec(PUT_MARK, args![one.id, cell, at, points.whole, points.steps, points.asked]).await.map(drop)
}

/// The sums of the points by the rows' keys.
pub async fn mark_sums(
    conn: &mut Conn,
    asked: &Asked,
    agencies: &BTreeSet<UnitId>,
    range: Range,
) -> Result<BTreeMap<String, Sums>, DbError> {
    let read = |row: &mut Row| {
        let key: String = row.pull()?;
        Ok((key, Sums { dossiers: row.pull()?, whole: row.pull()?, steps: row.pull()?, asked: row.pull()? }))
    };
    let rest = args![range.from, range.to, asked.by.code()].to_vec();
    Ok(conn.list(SUMS, &among(asked, agencies, &rest), read).await?.into_iter().collect())
}
