//! What is in reports: figures, words, what is said of them, and how they were when they were sent.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{Scope, UnitId};
use rulebook::EditionId;
use std::collections::BTreeMap;

macro_rules! told {
    ($rest:literal) => {
        concat!(
            "select p.round, p.unit, case when p.above is null then 1 else 0 end, p.id, p.asks, s.form, s.figures from report p \
             left join report_sheet s on s.report = p.id and p.state in ('sent', 'accepted') where ",
            $rest
        )
    };
}

sql! {
    SHEETS = "select form, figures from report_sheet where report = $1";
    SHEETS_ABOVE = "select s.report, s.form, s.figures from report_sheet s join report p on p.id = s.report where p.above = $1";
    PUT_SHEET = "insert into report_sheet (report, form, figures) values ($1, $2, $3) \
                 on conflict (report, form) do update set figures = excluded.figures";
    WORDS = "select section, body from report_words where report = $1";
    PUT_WORDS = "insert into report_words (report, section, body) values ($1, $2, $3) \
                 on conflict (report, section) do update set body = excluded.body";
    NOTES = "select id, spot, kind, body, account, who, at, settled from report_note where report = $1 order by at, id";
    ADD_NOTE = "insert into report_note (id, report, spot, kind, body, account, who, at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SETTLE = "update report_note set settled = $3 where report = $1 and spot = $2 and kind = 'returned' and settled is null";
    SOURCES = "select form, place, figure, source, link, at from report_source where report = $1";
    PUT_SOURCE = "insert into report_source (report, form, place, figure, source, link, at) values ($1, $2, $3, $4, $5, $6, $7) \
                  on conflict (report, form, place) do update set figure = excluded.figure, source = excluded.source, \
                  link = excluded.link, at = excluded.at";
    VERSIONS = "select number, who, at, why from report_version where report = $1 order by number";
    ADD_VERSION = "insert into report_version (report, number, content, who, at, why) \
                   values ($1, (select coalesce(max(number), 0) + 1 from report_version where report = $1), $2, $3, $4, $5)";
    // The sheets of what was told; of the rest, that it was asked. Of one collection by its index: of several one text would read
    // every report that there is, on PostgreSQL, which makes one plan for any number of them.
    TOLD = told!("p.round = $1");
    TOLD_WITHIN = told!("p.round = $1 and p.unit in (select key from json_each($2))");
    TOLD_IN_MANY = told!("p.round in (select key from json_each($1))");
    // What a unit told in other periods of the same regime.
    PAST = "select r.period, r.regime, r.indicators, v.content from report_round r join report p on p.round = r.id \
            join report_version v on v.report = p.id where r.code = $1 and r.collector = $2 and p.unit = $3 \
            and (p.above is null) = ($4 = 1) and r.period in (select key from json_each($5)) \
            and v.number = (select max(number) from report_version w where w.report = p.id)";
}

pub async fn sheets(conn: &mut Conn, id: ReportId) -> Result<BTreeMap<String, String>, DbError> {
    Ok(conn.list(SHEETS, args![id], |row| Ok((row.pull()?, row.pull()?))).await?.into_iter().collect())
}

/// Those of the reports that one adds up.
pub async fn sheets_above(
    conn: &mut Conn,
    above: ReportId,
) -> Result<BTreeMap<ReportId, BTreeMap<String, String>>, DbError> {
    let read = |row: &mut Row| Ok((row.pull::<ReportId>()?, row.pull::<String>()?, row.pull::<String>()?));
    let mut all: BTreeMap<ReportId, BTreeMap<String, String>> = BTreeMap::new();
    for (report, form, figures) in conn.list(SHEETS_ABOVE, args![above], read).await? {
        all.entry(report).or_default().insert(form, figures);
    }
    Ok(all)
}

pub async fn put_sheet(tx: &mut Tx, id: ReportId, form: &str, figures: &str) -> Result<(), DbError> {
    tx.exec(PUT_SHEET, args![id, form, figures]).await.map(drop)
}

pub async fn words(conn: &mut Conn, id: ReportId) -> Result<BTreeMap<String, String>, DbError> {
    Ok(conn.list(WORDS, args![id], |row| Ok((row.pull()?, row.pull()?))).await?.into_iter().collect())
}

pub async fn put_words(tx: &mut Tx, id: ReportId, section: &str, body: &str) -> Result<(), DbError> {
    tx.exec(PUT_WORDS, args![id, section, body]).await.map(drop)
}

pub async fn notes(conn: &mut Conn, id: ReportId) -> Result<Vec<Note>, DbError> {
    let read = |row: &mut Row| {
        Ok(Note {
            id: row.pull()?,
            spot: row.pull()?,
            kind: row.pull()?,
            body: row.pull()?,
            account: row.pull()?,
            who: row.pull()?,
            at: row.pull()?,
            settled: row.pull()?,
        })
    };
    conn.list(NOTES, args![id], read).await
}

pub async fn add_note(
    tx: &mut Tx,
    scope: &Scope,
    id: ReportId,
    spot: &Spot,
    kind: NoteKind,
    body: &str,
) -> Result<NoteId, DbError> {
    let note: NoteId = db::fresh_id();
    let row = args![note, id, spot.text(), kind, body, scope.account, &scope.name, scope.now];
    tx.exec(ADD_NOTE, row).await?;
    Ok(note)
}

/// What was returned of a place is changed or answered.
pub async fn settle(tx: &mut Tx, id: ReportId, spot: &Spot, at: Timestamp) -> Result<(), DbError> {
    tx.exec(SETTLE, args![id, spot.text(), at]).await.map(drop)
}

pub async fn sources(conn: &mut Conn, id: ReportId) -> Result<Vec<Source>, DbError> {
    let read = |row: &mut Row| {
        let (form, place) = (row.pull()?, row.pull::<i64>()?);
        let place = usize::try_from(place).map_err(|_| DbError::Value(format!("a place below zero: {place}")))?;
        Ok(Source { form, place, figure: row.pull()?, source: row.pull()?, link: row.pull()?, at: row.pull()? })
    };
    conn.list(SOURCES, args![id], read).await
}

pub async fn put_source(tx: &mut Tx, id: ReportId, one: &Source) -> Result<(), DbError> {
    let row = args![id, &one.form, one.place as i64, one.figure, &one.source, &one.link, one.at];
    tx.exec(PUT_SOURCE, row).await.map(drop)
}

pub async fn versions(conn: &mut Conn, id: ReportId) -> Result<Vec<Version>, DbError> {
    let read = |row: &mut Row| Ok(Version { number: row.pull()?, who: row.pull()?, at: row.pull()?, why: row.pull()? });
    conn.list(VERSIONS, args![id], read).await
}

pub async fn add_version(tx: &mut Tx, scope: &Scope, id: ReportId, content: &str, why: &str) -> Result<(), DbError> {
    tx.exec(ADD_VERSION, args![id, content, &scope.name, scope.now, why]).await.map(drop)
}

/// A report of a collection with one of its sheets; what was not told has none.
pub struct Told {
    pub round: RoundId,
    pub unit: UnitId,
    pub is_whole: bool,
    pub report: ReportId,
    pub asks: Vec<String>,
    /// Form and figures.
    pub sheet: Option<(String, String)>,
}

/// Collections that are asked for one by one: a figure and what it is made of are of one period.
const FEW: usize = 3;

/// What units told in some collections, and the collectors' own; of a few collections, of these units alone.
pub async fn told(conn: &mut Conn, rounds: &[RoundId], units: Option<&[UnitId]>) -> Result<Vec<Told>, DbError> {
    if rounds.len() > FEW {
        return conn.list(TOLD_IN_MANY, args![db::keys(rounds)], read_told).await;
    }
    let mut all = Vec::new();
    for round in rounds {
        all.extend(match units {
            Some(units) => conn.list(TOLD_WITHIN, args![*round, db::keys(units)], read_told).await?,
            None => conn.list(TOLD, args![*round], read_told).await?,
        });
    }
    Ok(all)
}

fn read_told(row: &mut Row) -> Result<Told, DbError> {
    Ok(Told {
        round: row.pull()?,
        unit: row.pull()?,
        is_whole: row.pull()?,
        report: row.pull()?,
        asks: super::reports::codes(&row.pull::<String>()?)?,
        sheet: row.pull::<Option<String>>()?.zip(row.pull::<Option<String>>()?),
    })
}

/// What was told for another period: the period, the editions that it stays on, and the version as it was sent.
pub type PastReport = (String, EditionId, EditionId, String);

/// What a report's unit has sent for other periods of its regime, in the same place: as a part, or as the whole. What was opened again
/// is told as it was sent last.
pub async fn past(
    conn: &mut Conn,
    round: &Round,
    report: &Report,
    periods: &[String],
) -> Result<Vec<PastReport>, DbError> {
    let read = |row: &mut Row| Ok((row.pull()?, row.pull()?, row.pull()?, row.pull()?));
    let whose = args![&round.code, round.collector, report.unit, report.gathers(), db::keys(periods)];
    conn.list(PAST, whose, read).await
}
