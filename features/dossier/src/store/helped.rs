//! Counting the steps that agencies do for each other, and listing those behind a number: the same conditions for both.

use crate::helped::{Counts, Helps, Stands};
use crate::model::*;
use crate::stats::Range;
use base::Timestamp;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;
use std::collections::{BTreeMap, BTreeSet};

// $1 who looks, as the keys of an object: as the one asked, or as the one asking; [$2, $3) the range.
macro_rules! turns {
    () => {
        " from dossier_step s join dossier d on d.id = s.dossier where s.agency is not null and s.begun < $3 \
         and (coalesce(s.done, d.ended) is null or coalesce(s.done, d.ended) >= $2) \
         and (s.agency in (select key from json_each($1)) or d.agency in (select key from json_each($1)))"
    };
}
macro_rules! stands {
    () => {
        "case when coalesce(s.done, d.ended) < $3 and s.done is null then 'khong-con' \
         when coalesce(s.done, d.ended) < $3 and s.done > s.due then 'qua-han' \
         when coalesce(s.done, d.ended) < $3 then 'dung-han' when s.due is null then 'tam-dung' \
         when s.due < $3 then 'dang-qua-han' else 'dang-trong-han' end"
    };
}
// $4 agency asked, $5 agency asking, $6 how it stands, $7 '1' carried over, '0' received, '' both.
macro_rules! wanted {
    () => {
        concat!(
            turns!(),
            " and ($4 = '' or s.agency = $4) and ($5 = '' or d.agency = $5) and ",
            stands!(),
            " in (select key from json_each($6)) and ($7 = '' or case when s.begun < $2 then '1' else '0' end = $7)"
        )
    };
}

sql! {
    COUNT_HELPED = concat!(db::anew!(), "select s.agency, d.agency, case when s.begun < $2 then 1 else 0 end, ", stands!(), ", count(*)", turns!(), " group by 1, 2, 3, 4");
    TOTAL_HELPED = concat!(db::anew!(), "select count(*)", wanted!());
    LIST_HELPED = concat!(db::anew!(), "select d.id, d.code, d.name, s.agency, d.agency, s.name, s.begun, s.due, s.done, ", stands!(), wanted!(),
                  " order by s.begun, s.id limit $8 offset $9");
}

/// A step behind a number.
#[derive(Clone, Debug)]
pub struct HelpedStep {
    pub dossier: DossierId,
    pub code: String,
    pub name: String,
    pub asked: UnitId,
    pub asking: UnitId,
    pub step: String,
    pub begun: Timestamp,
    pub due: Option<Timestamp>,
    pub done: Option<Timestamp>,
    pub stands: Stands,
}

/// The agency asked and the agency asking.
pub type Pair = (UnitId, UnitId);

fn stands(code: &str) -> Result<Stands, DbError> {
    Stands::of(code).ok_or_else(|| DbError::Value(format!("a step does not stand {code:?}")))
}

/// The rows of the table.
pub async fn count_helped(
    conn: &mut Conn,
    of: &BTreeSet<UnitId>,
    range: Range,
) -> Result<BTreeMap<Pair, Counts>, DbError> {
    let read = |row: &mut Row| {
        let pair: Pair = (row.pull()?, row.pull()?);
        let (carried, code): (i64, String) = (row.pull()?, row.pull()?);
        Ok((pair, carried == 1, stands(&code)?, row.pull::<i64>()?))
    };
    let mut rows: BTreeMap<Pair, Counts> = BTreeMap::new();
    for (pair, carried, stands, count) in
        conn.list(COUNT_HELPED, args![db::keys(of), range.from, range.to], read).await?
    {
        rows.entry(pair).or_default().add(carried, stands, count);
    }
    Ok(rows)
}

fn wanted(of: &BTreeSet<UnitId>, range: Range, which: Helps) -> Vec<db::Val> {
    let unit = |unit: Option<UnitId>| unit.map(|unit| unit.to_string()).unwrap_or_default();
    let (stands, carried) = which.measure.counts();
    let carried = carried.map_or("", |carried| if carried { "1" } else { "0" });
    let stands = db::keys(stands.iter().map(|one| one.code()));
    args![db::keys(of), range.from, range.to, unit(which.asked), unit(which.asking), stands, carried].to_vec()
}

/// The steps behind a number: how many, and a page of them.
pub async fn list_helped(
    conn: &mut Conn,
    of: &BTreeSet<UnitId>,
    range: Range,
    which: Helps,
    (start, most): (i64, i64),
) -> Result<(i64, Vec<HelpedStep>), DbError> {
    let mut all = wanted(of, range, which);
    let total = conn.find(TOTAL_HELPED, &all, |row| row.pull()).await?.unwrap_or_default();
    all.extend_from_slice(args![most, start]);
    let lines = conn.list(LIST_HELPED, &all, |row: &mut Row| {
        Ok(HelpedStep {
            dossier: row.pull()?,
            code: row.pull()?,
            name: row.pull()?,
            asked: row.pull()?,
            asking: row.pull()?,
            step: row.pull()?,
            begun: row.pull()?,
            due: row.pull()?,
            done: row.pull()?,
            stands: stands(&row.pull::<String>()?)?,
        })
    });
    Ok((total, lines.await?))
}

#[cfg(test)]
mod tests;
