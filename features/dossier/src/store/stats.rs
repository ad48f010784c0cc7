//! Counting dossiers over days, and listing those behind a number: the same conditions for both.

use super::life::verdict;
use crate::model::*;
use crate::stats::{Asked, Counts, Measure, Range, Stand};
use base::Timestamp;
use db::{Conn, DbError, Row, Val, anew, args, sql};
use people::{AccountId, UnitId};
use std::collections::{BTreeMap, BTreeSet};

// Which dossiers: $1 agencies as the keys of an object, $2 field, $3 procedure, $4 channel, $5 receiver, $6 handler.
macro_rules! among_sql {
    () => {
        "c.agency in (select key from json_each($1)) and ($2 = '' or c.field = $2) and ($3 = '' or c.procedure = $3) \
         and ($4 = '' or c.channel = $4) and ($5 = '' or coalesce(c.receiver, '-') = $5) and ($6 = '' or coalesce(c.handler, '-') = $6)"
    };
}

// What a row of the table is; the parameter holds the code of a `By`.
macro_rules! row_of {
    ($by:literal) => {
        concat!(
            "case ", $by, " when 'co-quan' then c.agency when 'linh-vuc' then c.field when 'thu-tuc' then c.procedure \
             when 'nguoi-nhan' then coalesce(c.receiver, '-') when 'nguoi-thu-ly' then coalesce(c.handler, '-') else c.channel end"
        )
    };
}

pub(super) use {among_sql, row_of};

// The spells that end a moment ($7), class by class: none is looked for further back than its class reaches. The classes
// are those of `stats::SPANS`, in microseconds.
macro_rules! class {
    ($columns:literal, $span:literal, $back:literal) => {
        concat!(
            "select ",
            $columns,
            " from dossier_spell where span = ",
            $span,
            " and since > $7 - ",
            $back,
            " and since < $7 and until >= $7 union all "
        )
    };
}
macro_rules! spells_at {
    ($columns:literal) => {
        concat!(
            "(",
            class!($columns, "0", "86400000000"),
            class!($columns, "1", "172800000000"),
            class!($columns, "2", "345600000000"),
            class!($columns, "3", "691200000000"),
            class!($columns, "4", "1382400000000"),
            class!($columns, "5", "2764800000000"),
            class!($columns, "6", "5529600000000"),
            class!($columns, "7", "22118400000000"),
            class!($columns, "8", "88473600000000"),
            "select ",
            $columns,
            " from dossier_spell where span = 9 and since < $7 and until >= $7 union all \
             select ",
            $columns,
            " from dossier_spell where span = 99 and since < $7)"
        )
    };
}

// How an open dossier stands at the moment.
macro_rules! stands {
    () => {
        "case when s.stand <> 'runs' then s.stand when s.due < $7 then 'late' else 'runs' end"
    };
}

macro_rules! open_with {
    ($start:expr, $columns:literal) => {
        concat!($start, " from ", spells_at!($columns), " s join dossier_cell c on c.id = s.cell")
    };
}

// Of the open ones, those wanted: all, or of one standing.
macro_rules! wanted_open {
    () => {
        concat!(" where ", among_sql!(), " and ($8 = '' or ", stands!(), " = $8)")
    };
}

macro_rules! columns {
    () => {
        "select d.id, d.code, d.name, d.agency, d.owner, d.channel, l.received, d.due, l.closed, l.verdict, d.state from "
    };
}

macro_rules! wide {
    () => {
        "join dossier d on d.id = p.dossier join dossier_life l on l.dossier = p.dossier order by "
    };
}

macro_rules! whole {
    () => {
        concat!(
            "(select l.dossier from dossier_life l join dossier_cell c on c.id = l.cell where l.closed >= $8 and l.closed < $7 and ",
            among_sql!(), " union all ", open_with!("select s.dossier", "dossier, cell, stand, due"), " where ", among_sql!(), ") w"
        )
    };
}

sql! {
    // By cell first, which is narrow and in the index; only then what the cells are.
    COUNT_OPEN = concat!(anew!(), "select ", row_of!("$8"), ", n.stand, sum(n.count) from (select s.cell, ", stands!(), " as stand, count(*) as count from ",
                 spells_at!("cell, stand, due"), " s group by 1, 2) n join dossier_cell c on c.id = n.cell where ", among_sql!(), " group by 1, 2");
    COUNT_RECEIVED = concat!(anew!(), "select ", row_of!("$9"), ", c.channel, sum(n.count) from (select l.cell, count(*) as count from dossier_life l \
                     where l.received >= $7 and l.received < $8 group by l.cell) n join dossier_cell c on c.id = n.cell where ", among_sql!(), " group by 1, 2");
    COUNT_RESOLVED = concat!(anew!(), "select ", row_of!("$9"), ", n.verdict, sum(n.count) from (select l.cell, l.verdict, count(*) as count from dossier_life l \
                     where l.closed >= $7 and l.closed < $8 group by l.cell, l.verdict) n join dossier_cell c on c.id = n.cell where ", among_sql!(), " group by 1, 2");

    TOTAL_OPEN = concat!(anew!(), open_with!("select count(*)", "cell, stand, due"), wanted_open!());
    TOTAL_RECEIVED = concat!(anew!(), "select count(*) from dossier_life l join dossier_cell c on c.id = l.cell where l.received >= $7 and l.received < $8 and ", among_sql!());
    TOTAL_RESOLVED = concat!(anew!(), "select count(*) from dossier_life l join dossier_cell c on c.id = l.cell \
                     where l.closed >= $7 and l.closed < $8 and ($9 in ('', l.verdict) or ($9 = 'in-time' and l.verdict <> 'late')) and ", among_sql!());

    // The page first, by what is narrow; only its lines are looked up.
    LIST_OPEN = concat!(anew!(), columns!(), open_with!("(select s.dossier", "dossier, cell, stand, due"), wanted_open!(), " order by s.dossier limit $9 offset $10) p ", wide!(), "d.id");
    LIST_RECEIVED = concat!(anew!(), columns!(), "(select l.dossier from dossier_life l join dossier_cell c on c.id = l.cell where l.received >= $7 and l.received < $8 and ",
                    among_sql!(), " order by l.received, l.dossier limit $9 offset $10) p ", wide!(), "l.received, d.id");
    LIST_RESOLVED = concat!(anew!(), columns!(), "(select l.dossier from dossier_life l join dossier_cell c on c.id = l.cell where l.closed >= $7 and l.closed < $8 \
                    and ($9 in ('', l.verdict) or ($9 = 'in-time' and l.verdict <> 'late')) and ", among_sql!(), " order by l.closed, l.dossier limit $10 offset $11) p ", wide!(), "l.closed, d.id");

    // Resolved from $8 on, or open at $7.
    TOTAL_WHOLE = concat!(anew!(), "select count(*) from ", whole!());
    LIST_WHOLE = concat!(anew!(), columns!(), "(select w.dossier from ", whole!(), " order by w.dossier limit $9 offset $10) p ", wide!(), "d.id");

    // From one to the next, by their index: there are some hundred, of some hundred thousand cells.
    PROCEDURES = "with recursive p (code) as (select min(procedure) from dossier_cell \
                  union all select (select min(c.procedure) from dossier_cell c where c.procedure > p.code) from p where p.code is not null) \
                  select p.code, (select min(c.name) from dossier_cell c where c.procedure = p.code) from p where p.code is not null";
    FIELDS = "with recursive f (name) as (select min(field) from dossier_cell \
              union all select (select min(c.field) from dossier_cell c where c.field > f.name) from f where f.name is not null) \
              select f.name from f where f.name is not null";
    PROCEDURES_OF = "select procedure, min(name) from dossier_cell where agency = $1 group by procedure";
    FIELDS_OF = "select distinct field from dossier_cell where agency = $1";
    NAMES = "select id, name from account where id in (select key from json_each($1))";
}

/// A line of the list behind a number.
#[derive(Clone, Debug)]
pub struct Counted {
    pub id: DossierId,
    pub code: String,
    pub name: String,
    pub agency: UnitId,
    pub owner: String,
    pub channel: Channel,
    pub received: Timestamp,
    pub due: Option<Timestamp>,
    pub closed: Option<Timestamp>,
    pub verdict: Option<crate::clock::Against>,
    pub state: State,
}

/// The conditions of `among_sql`, before what else a question asks.
pub(super) fn among(asked: &Asked, agencies: &BTreeSet<UnitId>, rest: &[Val]) -> Vec<Val> {
    let agencies = db::keys(agencies.iter().filter(|agency| asked.agency.is_none_or(|only| only == **agency)));
    let channel = asked.channel.map_or("", Channel::code);
    let mut all: Vec<Val> =
        args![agencies, &asked.field, &asked.procedure, channel, &asked.receiver, &asked.handler].to_vec();
    all.extend_from_slice(rest);
    all
}

type Part = (String, String, i64);

fn part(row: &mut Row) -> Result<Part, DbError> {
    Ok((row.pull()?, row.pull()?, row.pull()?))
}

/// The rows of the table by their keys: an id, a code, or the field itself. Asked over a snapshot, or what moves in between
/// would be counted twice or not at all.
pub async fn count(
    conn: &mut Conn,
    asked: &Asked,
    agencies: &BTreeSet<UnitId>,
    range: Range,
) -> Result<BTreeMap<String, Counts>, DbError> {
    let Range { from, to } = range;
    let by = asked.by.code();
    let mut rows: BTreeMap<String, Counts> = BTreeMap::new();
    for (key, code, count) in conn.list(COUNT_RECEIVED, &among(asked, agencies, args![from, to, by]), part).await? {
        let channel = Channel::of(&code).ok_or_else(|| DbError::Value(format!("no channel {code:?}")))?;
        rows.entry(key).or_default().add_received(channel, count);
    }
    for (key, code, count) in conn.list(COUNT_RESOLVED, &among(asked, agencies, args![from, to, by]), part).await? {
        rows.entry(key).or_default().add_resolved(verdict(&code)?, count);
    }
    for (key, code, count) in conn.list(COUNT_OPEN, &among(asked, agencies, args![to, by]), part).await? {
        let late = code == "late";
        let stand = if late { Stand::Runs } else { Stand::of(&code).unwrap_or(Stand::Other) };
        rows.entry(key).or_default().add_open(stand, late, count);
    }
    rows.values_mut().for_each(Counts::carry);
    Ok(rows)
}

/// Which question a number answers to.
enum Behind {
    Open(Timestamp, &'static str),
    Received,
    Resolved(&'static str),
    Whole,
}

fn behind(measure: Measure, range: Range) -> Behind {
    match measure {
        Measure::Whole => Behind::Whole,
        Measure::Carried => Behind::Open(range.from, ""),
        Measure::Received => Behind::Received,
        Measure::Resolved => Behind::Resolved(""),
        Measure::Early => Behind::Resolved("early"),
        Measure::OnTime => Behind::Resolved("on-time"),
        Measure::Late => Behind::Resolved("late"),
        Measure::InTimeResolved => Behind::Resolved("in-time"),
        Measure::Open => Behind::Open(range.to, ""),
        Measure::InTime => Behind::Open(range.to, "runs"),
        Measure::Overdue => Behind::Open(range.to, "late"),
        Measure::Supplement => Behind::Open(range.to, "supplement"),
        Measure::Duty => Behind::Open(range.to, "financial-duty"),
        Measure::Other => Behind::Open(range.to, "other"),
    }
}

/// How many dossiers are behind a number: counted as the number is.
pub async fn count_behind(
    conn: &mut Conn,
    asked: &Asked,
    agencies: &BTreeSet<UnitId>,
    range: Range,
    measure: Measure,
) -> Result<i64, DbError> {
    let Range { from, to } = range;
    let (sql, rest) = match behind(measure, range) {
        Behind::Open(at, want) => (TOTAL_OPEN, args![at, want].to_vec()),
        Behind::Received => (TOTAL_RECEIVED, args![from, to].to_vec()),
        Behind::Resolved(want) => (TOTAL_RESOLVED, args![from, to, want].to_vec()),
        Behind::Whole => (TOTAL_WHOLE, args![to, from].to_vec()),
    };
    Ok(conn.find(sql, &among(asked, agencies, &rest), |row| row.pull()).await?.unwrap_or_default())
}

/// A page of the dossiers behind a number.
pub async fn list_behind(
    conn: &mut Conn,
    asked: &Asked,
    agencies: &BTreeSet<UnitId>,
    range: Range,
    measure: Measure,
    (start, most): (i64, i64),
) -> Result<Vec<Counted>, DbError> {
    let Range { from, to } = range;
    let (sql, rest) = match behind(measure, range) {
        Behind::Open(at, want) => (LIST_OPEN, args![at, want, most, start].to_vec()),
        Behind::Received => (LIST_RECEIVED, args![from, to, most, start].to_vec()),
        Behind::Resolved(want) => (LIST_RESOLVED, args![from, to, want, most, start].to_vec()),
        Behind::Whole => (LIST_WHOLE, args![to, from, most, start].to_vec()),
    };
    conn.list(sql, &among(asked, agencies, &rest), counted).await
}

pub(super) fn counted(row: &mut Row) -> Result<Counted, DbError> {
    Ok(Counted {
        id: row.pull()?,
        code: row.pull()?,
        name: row.pull()?,
        agency: row.pull()?,
        owner: row.pull()?,
        channel: row.pull()?,
        received: row.pull()?,
        due: row.pull()?,
        closed: row.pull()?,
        verdict: row.pull::<Option<String>>()?.map(|code| verdict(&code)).transpose()?,
        state: row.pull()?,
    })
}

/// The procedures that an agency has had dossiers of, or any agency, with their names.
pub async fn counted_procedures(
    conn: &mut Conn,
    agencies: &BTreeSet<UnitId>,
) -> Result<BTreeMap<String, String>, DbError> {
    let read = |row: &mut Row| Ok((row.pull()?, row.pull()?));
    let found = match sole(agencies) {
        Some(agency) => conn.list(PROCEDURES_OF, args![agency], read).await?,
        None => conn.list(PROCEDURES, &[], read).await?,
    };
    Ok(found.into_iter().collect())
}

pub async fn counted_fields(conn: &mut Conn, agencies: &BTreeSet<UnitId>) -> Result<Vec<String>, DbError> {
    match sole(agencies) {
        Some(agency) => conn.list(FIELDS_OF, args![agency], |row| row.pull()).await,
        None => conn.list(FIELDS, &[], |row| row.pull()).await,
    }
}

fn sole(agencies: &BTreeSet<UnitId>) -> Option<UnitId> {
    agencies.first().copied().filter(|_| agencies.len() == 1)
}

/// The names of people.
pub async fn names(conn: &mut Conn, of: &[AccountId]) -> Result<BTreeMap<String, String>, DbError> {
    let found = conn.list(NAMES, args![db::keys(of)], |row| Ok((row.pull()?, row.pull()?))).await?;
    Ok(found.into_iter().collect())
}

#[cfg(test)]
pub(super) mod tests;
