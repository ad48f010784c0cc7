//! SQL of changes.

use crate::change::{Change, ChangeId};
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{Scope, UnitId};

macro_rules! line {
    () => {
        "select id, unit, from_day, to_day, kind, half, replaces, why, basis, at, author from working_change"
    };
}

sql! {
    CHANGES_OF = concat!(line!(), " where withdrawn is null and (unit is null or unit = $1) order by from_day, id");
    ALL_CHANGES = concat!(line!(), " where withdrawn is null order by from_day, id");
    CHANGE = concat!(line!(), " where id = $1");
    ADD = "insert into working_change (id, unit, from_day, to_day, kind, half, replaces, why, basis, at, account, author) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    WITHDRAW = "update working_change set withdrawn = $2 where id = $1 and withdrawn is null";
    KEY = "select key from unit where id = $1";
}

fn read(row: &mut Row) -> Result<Change, DbError> {
    Ok(Change {
        id: row.pull()?,
        unit: row.pull()?,
        from: row.pull()?,
        to: row.pull()?,
        kind: row.pull()?,
        half: row.pull()?,
        replaces: row.pull()?,
        why: row.pull()?,
        basis: row.pull()?,
        at: row.pull()?,
        author: row.pull()?,
    })
}

/// What holds for an agency: its own and everybody's; none: everybody's alone.
pub(crate) async fn changes_of(conn: &mut Conn, unit: Option<UnitId>) -> Result<Vec<Change>, DbError> {
    conn.list(CHANGES_OF, args![unit], read).await
}

/// All that hold, by day.
pub async fn all_changes(conn: &mut Conn) -> Result<Vec<Change>, DbError> {
    conn.list(ALL_CHANGES, &[], read).await
}

pub async fn change(conn: &mut Conn, id: ChangeId) -> Result<Option<Change>, DbError> {
    conn.find(CHANGE, args![id], read).await
}

pub(crate) async fn add(tx: &mut Tx, scope: &Scope, one: &Change) -> Result<(), DbError> {
    let row = args![
        one.id,
        one.unit,
        one.from,
        one.to,
        one.kind,
        one.half,
        one.replaces,
        &one.why,
        &one.basis,
        one.at,
        scope.account,
        &one.author
    ];
    tx.exec(ADD, row).await.map(drop)
}

pub(crate) async fn withdraw(tx: &mut Tx, id: ChangeId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.exec(WITHDRAW, args![id, at]).await? == 1)
}

/// An agency's name in data files.
pub(crate) async fn key_of(conn: &mut Conn, unit: UnitId) -> Result<Option<String>, DbError> {
    conn.find(KEY, args![unit], |row| row.pull()).await
}
