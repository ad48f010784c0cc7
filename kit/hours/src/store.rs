//! SQL of changes and weeks.

use crate::change::{Change, ChangeId};
use crate::week::{self, Week, WeekId};
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
    KEY_AND_WEEKS = "select u.key, w.id, w.unit, w.from_day, w.hours, w.basis, w.at, w.author from unit u \
                     left join working_week w on w.withdrawn is null and (w.unit is null or w.unit = u.id) \
                     where u.id = $1 order by w.from_day, w.id";
    ALL_WEEKS = "select '', id, unit, from_day, hours, basis, at, author from working_week where withdrawn is null order by from_day, id";
    WEEK = "select '', id, unit, from_day, hours, basis, at, author from working_week where id = $1";
    ADD_WEEK = "insert into working_week (id, unit, from_day, hours, basis, at, account, author) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    WITHDRAW_WEEK = "update working_week set withdrawn = $2 where id = $1 and withdrawn is null";
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

/// An agency's name in data files, and an edition of a week beside it, if there is one.
fn read_week(row: &mut Row) -> Result<(String, Option<Week>), DbError> {
    let key = row.pull()?;
    let Some(id) = row.pull::<Option<WeekId>>()? else { return Ok((key, None)) };
    let (unit, from) = (row.pull()?, row.pull()?);
    let text: String = row.pull()?;
    let hours = week::of_text(&text).ok_or_else(|| DbError::Value(format!("hours of a week: {text:?}")))?;
    Ok((key, Some(Week { id, unit, from, hours, basis: row.pull()?, at: row.pull()?, author: row.pull()? })))
}

/// An agency's name in data files, with its weeks and everybody's; none where there is no such unit.
pub(crate) async fn key_and_weeks(conn: &mut Conn, unit: UnitId) -> Result<Option<(String, Vec<Week>)>, DbError> {
    let found = conn.list(KEY_AND_WEEKS, args![unit], read_week).await?;
    let key = found.first().map(|(key, _)| key.clone());
    Ok(key.map(|key| (key, found.into_iter().filter_map(|(_, week)| week).collect())))
}

/// All editions of weeks that hold, by day.
pub async fn all_weeks(conn: &mut Conn) -> Result<Vec<Week>, DbError> {
    let found = conn.list(ALL_WEEKS, &[], read_week).await?;
    Ok(found.into_iter().filter_map(|(_, week)| week).collect())
}

pub async fn week(conn: &mut Conn, id: WeekId) -> Result<Option<Week>, DbError> {
    Ok(conn.find(WEEK, args![id], read_week).await?.and_then(|(_, week)| week))
}

pub(crate) async fn add_week(tx: &mut Tx, scope: &Scope, one: &Week) -> Result<(), DbError> {
    let hours = week::to_text(&one.hours);
    let row = args![one.id, one.unit, one.from, hours, &one.basis, one.at, scope.account, &one.author];
    tx.exec(ADD_WEEK, row).await.map(drop)
}

pub(crate) async fn withdraw_week(tx: &mut Tx, id: WeekId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.exec(WITHDRAW_WEEK, args![id, at]).await? == 1)
}
