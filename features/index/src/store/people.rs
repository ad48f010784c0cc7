//! Who answers, who appraises, and where a person stands.

use crate::model::*;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{AccountId, UnitId};

sql! {
    ASSIGNED = "select s.code, s.unit, u.short, s.account, a.name from index_assignment s left join unit u on u.id = s.unit \
                left join account a on a.id = s.account where s.card = $1 order by s.code";
    ASSIGN = "insert into index_assignment (card, code, unit, account) values ($1, $2, $3, $4) \
              on conflict (card, code) do update set unit = $3, account = $4";
    UNASSIGN = "delete from index_assignment where card = $1 and code = $2";
    APPRAISERS = "select p.id, p.kind, p.field, p.unit, u.short, p.account, p.only_unit from index_appraiser p \
                  join unit u on u.id = p.unit where p.round = $1 order by p.kind, p.field, u.key";
    PUT_APPRAISER = "insert into index_appraiser (id, round, kind, field, unit, account, only_unit) values ($1, $2, $3, $4, $5, $6, $7)";
    DROP_APPRAISER = "delete from index_appraiser where id = $1 and round = $2";
}

/// Who answers what on a card.
pub async fn assignments(conn: &mut Conn, card: CardId) -> Result<Vec<Assignment>, DbError> {
    let read = |row: &mut Row| {
        Ok(Assignment {
            code: row.pull()?,
            unit: row.pull()?,
            unit_name: row.pull()?,
            account: row.pull()?,
            account_name: row.pull()?,
        })
    };
    conn.list(ASSIGNED, args![card], read).await
}

pub async fn assign(
    tx: &mut Tx,
    card: CardId,
    code: &str,
    unit: Option<UnitId>,
    account: Option<AccountId>,
) -> Result<(), DbError> {
    if unit.is_none() && account.is_none() {
        return tx.exec(UNASSIGN, args![card, code]).await.map(drop);
    }
    tx.exec(ASSIGN, args![card, code, unit, account]).await.map(drop)
}

/// Who appraises what in a round.
pub async fn appraisers(conn: &mut Conn, round: RoundId) -> Result<Vec<Appraiser>, DbError> {
    let read = |row: &mut Row| {
        Ok(Appraiser {
            id: row.pull()?,
            kind: row.pull()?,
            field: row.pull()?,
            unit: row.pull()?,
            unit_name: row.pull()?,
            account: row.pull()?,
            only_unit: row.pull()?,
        })
    };
    conn.list(APPRAISERS, args![round], read).await
}

pub async fn put_appraiser(tx: &mut Tx, round: RoundId, one: &Appraiser) -> Result<(), DbError> {
    tx.exec(PUT_APPRAISER, args![one.id, round, &one.kind, &one.field, one.unit, one.account, one.only_unit])
        .await
        .map(drop)
}

pub async fn drop_appraiser(tx: &mut Tx, round: RoundId, id: AppraiserId) -> Result<bool, DbError> {
    Ok(tx.exec(DROP_APPRAISER, args![id, round]).await? == 1)
}

sql! {
    PEOPLE_BELOW = "select distinct a.id, a.name, u.short, a.folded from role_grant g join account a on a.id = g.account \
                    join unit u on u.id = g.unit where (u.id = $1 or u.parent = $1) and a.closed = 0 \
                    and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2) order by a.folded";
}

/// The people of a unit and of its offices: id, and name with office.
pub async fn people_below(conn: &mut Conn, unit: UnitId, day: base::Date) -> Result<Vec<(AccountId, String)>, DbError> {
    let read = |row: &mut Row| {
        let (id, name, office) = (row.pull()?, row.pull::<String>()?, row.pull::<String>()?);
        Ok((id, format!("{name}, {office}")))
    };
    conn.list(PEOPLE_BELOW, args![unit, day], read).await
}
