//! Counting over days, and listing those behind a number: the same conditions for both. `stats` says what they mean.

use crate::model::*;
use crate::stats::{Counts, Range};
use db::{Conn, DbError, Row, Val, args, sql};
use people::UnitId;
use std::collections::{BTreeMap, BTreeSet};

// $1 agencies, $2 agency, $3 kind, $4 from, $5 to, $6 the moment.
macro_rules! among {
    () => {
        "f.agency in (select key from json_each($1)) and ($2 = '' or f.agency = $2) and ($3 = '' or f.kind = $3) \
         and f.at < $5 and (f.answered is null or f.answered >= $4)"
    };
}

// $7 the measure.
macro_rules! is_measure {
    () => {
        " and (case $7 when 'carried' then f.at < $4 when 'received' then f.at >= $4 when 'done' then f.answered < $5 \
         when 'on-time' then f.answered < $5 and f.answered <= f.due when 'late' then f.answered < $5 and f.answered > f.due \
         when 'open' then (f.answered is null or f.answered >= $5) \
         when 'in-time' then (f.answered is null or f.answered >= $5) and f.due >= $6 \
         when 'overdue' then (f.answered is null or f.answered >= $5) and f.due < $6 \
         when 'owed' then f.answered < $5 or f.due < $6 else 1 = 1 end)"
    };
}

sql! {
    COUNT = concat!("select case $7 when 'loai' then f.kind else f.agency end, count(case when f.at < $4 then 1 end), count(case when f.at >= $4 then 1 end), \
            count(case when f.answered < $5 and f.answered <= f.due then 1 end), count(case when f.answered < $5 and f.answered > f.due then 1 end), \
            count(case when (f.answered is null or f.answered >= $5) and f.due >= $6 then 1 end), \
            count(case when (f.answered is null or f.answered >= $5) and f.due < $6 then 1 end) from feedback f where ", among!(), " group by 1");
    TOTAL = concat!("select count(*) from feedback f where ", among!(), is_measure!());
    BEHIND = concat!("select f.id, f.code, f.kind, f.agency, f.at, f.due, f.state, f.answered from feedback f where ", among!(), is_measure!(),
             " order by f.due, f.id limit $8 offset $9");
}

fn among(asked: &Asked, agencies: &BTreeSet<UnitId>, range: Range) -> Vec<Val> {
    let agency = asked.agency.map(|agency| agency.to_string()).unwrap_or_default();
    let kind = asked.kind.map_or("", Kind::code);
    args![db::keys(agencies), agency, kind, range.from, range.to, range.moment].into()
}

/// The numbers of each row, by its key.
pub async fn count(
    conn: &mut Conn,
    asked: &Asked,
    agencies: &BTreeSet<UnitId>,
    range: Range,
) -> Result<BTreeMap<String, Counts>, DbError> {
    let mut all = among(asked, agencies, range);
    all.extend_from_slice(args![asked.by.code()]);
    let read = |row: &mut Row| {
        let key: String = row.pull()?;
        let counts = Counts {
            carried: row.pull()?,
            received: row.pull()?,
            on_time: row.pull()?,
            late: row.pull()?,
            in_time: row.pull()?,
            overdue: row.pull()?,
        };
        Ok((key, counts))
    };
    Ok(conn.list(COUNT, &all, read).await?.into_iter().collect())
}

pub async fn count_behind(
    conn: &mut Conn,
    asked: &Asked,
    agencies: &BTreeSet<UnitId>,
    range: Range,
    measure: Measure,
) -> Result<i64, DbError> {
    let mut all = among(asked, agencies, range);
    all.extend_from_slice(args![measure]);
    Ok(conn.find(TOTAL, &all, |row| row.pull()).await?.unwrap_or_default())
}

/// A page of those behind a number, soonest due first.
pub async fn behind(
    conn: &mut Conn,
    asked: &Asked,
    agencies: &BTreeSet<UnitId>,
    range: Range,
    measure: Measure,
    page: (i64, i64),
) -> Result<Vec<Behind>, DbError> {
    let mut all = among(asked, agencies, range);
    all.extend_from_slice(args![measure, page.1, page.0]);
    let read = |row: &mut Row| {
        Ok(Behind {
            id: row.pull()?,
            code: row.pull()?,
            kind: row.pull()?,
            agency: row.pull()?,
            at: row.pull()?,
            due: row.pull()?,
            state: row.pull()?,
            answered: row.pull()?,
        })
    };
    conn.list(BEHIND, &all, read).await
}
