//! One unit's report: kept, found, listed, moved from state to state.

use crate::model::*;
use base::{Date, Timestamp};
use db::{Conn, DbError, Row, Tx, Val, args, sql};
use people::{AccountId, UnitId};
use std::collections::BTreeMap;

macro_rules! columns {
    () => {
        "p.id, p.round, p.unit, u.name, u.short, p.above, p.asks, p.holder, coalesce(a.name, ''), p.due, p.state, p.first_sent, p.sent, \
         p.filled, p.asked, p.number, p.issued, p.version"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select ",
            columns!(),
            " from report p join unit u on u.id = p.unit left join account a on a.id = p.holder where ",
            $rest
        )
    };
}

// $1 units that the person enters or oversees; $2 the person; $3 the agency where they take reports in, empty: none; $4 the state;
// $5 the regime; $6 a unit or a period; $7 now; $8, $9 from which due moment to which, half-open; $10 which of them a number counts.
macro_rules! among {
    () => {
        "(p.unit in (select key from json_each($1)) or p.holder = $2 or r.collector = $3) and ($4 = '' or p.state = $4 \
         or ($4 = 'open' and p.state in ('todo', 'doing', 'returned')) or ($4 = 'waits' and p.state in ('todo', 'doing', 'returned', 'asked')) or ($4 = 'late' and p.first_sent is null and p.due < $7)) and ($5 = '' or r.code = $5) and ($6 = '' or p.unit = $6 or r.period = $6) \
         and p.due >= $8 and p.due < $9 and ($10 = '' or p.due < $7) and ($10 <> 'on-time' or p.first_sent <= p.due)"
    };
}

sql! {
    BY_ID = select!("p.id = $1");
    OF_ROUND = select!("p.round = $1 order by case when p.above is null then 0 else 1 end, u.key");
    PARTS = select!("p.above = $1 order by u.key");
    ADD = "insert into report (id, round, unit, above, asks, holder, due, state, asked, changed) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    // Touched first by every change, so that those who change one report queue, on either engine.
    TAKE = "update report set version = version + 1, changed = $2 where id = $1";
    MOVE = "update report set state = $2 where id = $1";
    SENT = "update report set state = 'sent', sent = $2, first_sent = coalesce(first_sent, $2) where id = $1";
    COUNTS = "update report set filled = $2, asked = $3, state = $4 where id = $1";
    GIVE = "update report set holder = $2, asks = $3, asked = $4, filled = $5 where id = $1";
    NUMBER = "update report set number = $2, issued = $3 where id = $1";
    // From the unit upward.
    PATH = "with recursive up (id, parent, depth) as (select id, parent, 1 from unit where id = $1 \
            union all select u.id, u.parent, up.depth + 1 from unit u join up on u.id = up.parent where up.depth < 20) \
            select id from up order by depth";
    LIST = concat!("select ", columns!(), ", r.code, r.period, e.name from report p join unit u on u.id = p.unit \
           left join account a on a.id = p.holder join report_round r on r.id = p.round join edition e on e.id = r.regime where ", among!(),
           " order by case when $11 = 'han' then p.due end, case when $11 = '-han' then p.due end desc, \
           case when $11 = 'don-vi' then u.key end, case when $11 = '-don-vi' then u.key end desc, p.due, p.id limit $12 offset $13");
    COUNT = concat!("select p.state, count(*), count(case when p.first_sent is null and p.due < $7 then 1 end) \
            from report p join report_round r on r.id = p.round where ", among!(), " group by p.state");
    // By unit: what it owed within two moments, and what of it was first sent in time.
    TIMELY = "select unit, count(*), count(case when first_sent <= due then 1 end) from report where due >= $1 and due < $2 group by unit";
    PRESSING = concat!("select ", columns!(), ", r.code, r.period, e.name from report p join unit u on u.id = p.unit \
               left join account a on a.id = p.holder join report_round r on r.id = p.round join edition e on e.id = r.regime \
               where p.first_sent is null and p.due < $1 order by p.due, p.id");
}

fn read(row: &mut Row) -> Result<Report, DbError> {
    Ok(Report {
        id: row.pull()?,
        round: row.pull()?,
        unit: row.pull()?,
        unit_name: row.pull()?,
        unit_short: row.pull()?,
        above: row.pull()?,
        asks: codes(&row.pull::<String>()?)?,
        holder: row.pull()?,
        holder_name: row.pull()?,
        due: row.pull()?,
        state: row.pull()?,
        first_sent: row.pull()?,
        sent: row.pull()?,
        filled: row.pull()?,
        asked: row.pull()?,
        number: row.pull()?,
        issued: row.pull()?,
        version: row.pull()?,
    })
}

pub(super) fn codes(text: &str) -> Result<Vec<String>, DbError> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(|error| DbError::Value(format!("rows of a report: {error}")))
}

fn written(asks: &[String]) -> String {
    serde_json::Value::from(asks.to_vec()).to_string()
}

pub async fn find(conn: &mut Conn, id: ReportId) -> Result<Option<Report>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

/// All of a collection, the collector's own first.
pub async fn of_round(conn: &mut Conn, round: RoundId) -> Result<Vec<Report>, DbError> {
    conn.list(OF_ROUND, args![round], read).await
}

/// Those that one adds up.
pub async fn parts(conn: &mut Conn, above: ReportId) -> Result<Vec<Report>, DbError> {
    conn.list(PARTS, args![above], read).await
}

/// A unit and those above it.
pub async fn path(conn: &mut Conn, unit: UnitId) -> Result<Vec<UnitId>, DbError> {
    conn.list(PATH, args![unit], |row| row.pull()).await
}

pub async fn add(tx: &mut Tx, one: &Report, now: Timestamp) -> Result<(), DbError> {
    let asks = written(&one.asks);
    let row = args![one.id, one.round, one.unit, one.above, asks, one.holder, one.due, one.state, one.asked, now];
    tx.exec(ADD, row).await.map(drop)
}

/// Takes one for this transaction; false where there is none.
pub async fn take(tx: &mut Tx, id: ReportId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.exec(TAKE, args![id, now]).await? == 1)
}

pub async fn move_to(tx: &mut Tx, id: ReportId, state: State) -> Result<(), DbError> {
    tx.exec(MOVE, args![id, state]).await.map(drop)
}

/// Sends it; the first time is kept.
pub async fn sent(tx: &mut Tx, id: ReportId, at: Timestamp) -> Result<(), DbError> {
    tx.exec(SENT, args![id, at]).await.map(drop)
}

/// How far it is, after something was entered.
pub async fn put_counts(tx: &mut Tx, id: ReportId, (filled, asked): (i64, i64), state: State) -> Result<(), DbError> {
    tx.exec(COUNTS, args![id, filled, asked, state]).await.map(drop)
}

/// Who enters it, and which rows.
pub async fn give(
    tx: &mut Tx,
    id: ReportId,
    holder: Option<AccountId>,
    asks: &[String],
    (filled, asked): (i64, i64),
) -> Result<(), DbError> {
    tx.exec(GIVE, args![id, holder, written(asks), asked, filled]).await.map(drop)
}

/// The letter that it goes out with.
pub async fn number(tx: &mut Tx, id: ReportId, number: &str, day: Date) -> Result<(), DbError> {
    tx.exec(NUMBER, args![id, number, day]).await.map(drop)
}

fn among(filter: &Filter, now: Timestamp) -> Vec<Val> {
    let text = |id: Option<String>| id.unwrap_or_default();
    let (account, collector) =
        (text(filter.account.map(|id| id.to_string())), text(filter.collector.map(|id| id.to_string())));
    let (from, to) = filter.due.unwrap_or((Timestamp::UNIX_EPOCH, Timestamp::MAX));
    let behind = filter.behind.map_or("", Behind::code);
    args![db::keys(&filter.units), account, collector, &filter.state, &filter.code, &filter.only, now, from, to, behind]
        .into()
}

pub async fn list(conn: &mut Conn, filter: &Filter, now: Timestamp, page: (i64, i64)) -> Result<Vec<Listed>, DbError> {
    let mut all = among(filter, now);
    all.extend_from_slice(args![&filter.sort, page.1, page.0]);
    conn.list(LIST, &all, listed).await
}

fn listed(row: &mut Row) -> Result<Listed, DbError> {
    Ok(Listed { report: read(row)?, code: row.pull()?, period: row.pull()?, name: row.pull()? })
}

/// Those that are not sent and are due before a moment.
pub async fn pressing(conn: &mut Conn, until: Timestamp) -> Result<Vec<Listed>, DbError> {
    conn.list(PRESSING, args![until], listed).await
}

/// How many reports each unit owed within two moments, half-open, and how many of them it first sent in time.
pub async fn timeliness(
    conn: &mut Conn,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<(UnitId, i64, i64)>, DbError> {
    conn.list(TIMELY, args![from, to], |row| Ok((row.pull()?, row.pull()?, row.pull()?))).await
}

/// How many there are in each state, and how many are late.
pub async fn counts(conn: &mut Conn, filter: &Filter, now: Timestamp) -> Result<(BTreeMap<State, i64>, i64), DbError> {
    let all = among(&Filter { state: String::new(), ..filter.clone() }, now);
    let read = |row: &mut Row| Ok((row.pull::<State>()?, row.pull::<i64>()?, row.pull::<i64>()?));
    let found = conn.list(COUNT, &all, read).await?;
    let late = found.iter().map(|one| one.2).sum();
    Ok((found.into_iter().map(|(state, count, _)| (state, count)).collect(), late))
}
