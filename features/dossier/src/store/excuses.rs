//! Which components of QĐ 766/QĐ-TTg do not apply to an agency in a period.

use crate::quality::Excuse;
use base::Date;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{Scope, UnitId};

db::id!(ExcuseId);

sql! {
    OF = "select criterion, reason, author, at from quality_excuse where unit = $1 and valid_from = $2 and valid_to = $3 \
          and withdrawn is null order by criterion";
    ADD = "insert into quality_excuse (id, unit, valid_from, valid_to, criterion, reason, at, account, author) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    WITHDRAW = "update quality_excuse set withdrawn = $5 where unit = $1 and valid_from = $2 and valid_to = $3 and criterion = $4 \
                and withdrawn is null";
}

/// Those of an agency in exactly this period.
pub async fn excuses(conn: &mut Conn, unit: UnitId, from: Date, to: Date) -> Result<Vec<Excuse>, DbError> {
    let read = |row: &mut Row| {
        Ok(Excuse { criterion: row.pull()?, reason: row.pull()?, author: row.pull()?, at: row.pull()? })
    };
    conn.list(OF, args![unit, from, to], read).await
}

pub async fn add_excuse(
    tx: &mut Tx,
    scope: &Scope,
    unit: UnitId,
    (from, to): (Date, Date),
    new: &Excuse,
) -> Result<(), DbError> {
    let Excuse { criterion, reason, author, at } = new;
    let id: ExcuseId = db::fresh_id();
    tx.exec(ADD, args![id, unit, from, to, criterion, reason, *at, scope.account, author]).await?;
    Ok(())
}

/// Whether there was one.
pub async fn withdraw_excuse(
    tx: &mut Tx,
    scope: &Scope,
    unit: UnitId,
    (from, to): (Date, Date),
    criterion: &str,
) -> Result<bool, DbError> {
    Ok(tx.exec(WITHDRAW, args![unit, from, to, criterion, scope.now]).await? > 0)
}
