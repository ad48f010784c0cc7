//! The numbers of dossiers that QĐ 766/QĐ-TTg asks for, and the dossiers behind each: of one agency ($1), received or
//! resolved in [$2, $3).

use crate::quality::Count;
use crate::stats::Range;
use crate::store::Counted;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;

// A fee that is nobody's duty any more is none; what was given back was paid once.
macro_rules! pile {
    (received) => { "l.received >= $2 and l.received < $3" };
    (resolved) => { "l.closed >= $2 and l.closed < $3 and exists (select 1 from dossier_result r \
                   where r.dossier = l.dossier and (r.signed is not null or r.issued is not null))" };
    (on_time) => { "l.verdict <> 'late' and l.closed < $3" };
    (online) => { "c.channel = 'online'" };
    (synced) => {
        "exists (select 1 from link_message m where m.system = 'dvcqg' and m.subject = 'dossier:' || l.dossier) \
         and not exists (select 1 from link_message m where m.system = 'dvcqg' and m.subject = 'dossier:' || l.dossier and m.state <> 'sent')"
    };
    (paid) => { "exists (select 1 from dossier_fee f where f.dossier = l.dossier and f.state = 'paid' and f.way = 'online')" };
    (duty) => { "exists (select 1 from dossier_fee f where f.dossier = l.dossier and f.state <> 'waived')" };
    // The result is a file of its record, and each paper has one.
    (electronic) => {
        "exists (select 1 from dossier_result r join file_use u on u.about_kind = 'dossier-result' and u.about = r.id \
         where r.dossier = l.dossier and r.signed is not null)"
    };
    (digitised) => {
        concat!(pile!(electronic), " and not exists (select 1 from dossier_paper p where p.dossier = l.dossier and not exists \
         (select 1 from file_use u where u.about_kind = 'dossier-paper' and u.about = p.dossier || '/' || p.code))")
    };
    // No question was given less than 4: the answers are written without blanks.
    (satisfied) => {
        "exists (select 1 from dossier_rating r where r.dossier = l.dossier and r.answers not like '%:1%' and r.answers not like '%:2%' \
         and r.answers not like '%:3%')"
    };
}

macro_rules! of_them {
    ($start:literal, $cohort:tt, $and:tt) => {
        concat!(
            $start,
            " from dossier_cell c join dossier_life l on l.cell = c.id where c.agency = $1 and ",
            pile!($cohort),
            " and ",
            pile!($and)
        )
    };
}
macro_rules! count {
    ($cohort:tt, $and:tt) => {
        of_them!("select count(*)", $cohort, $and)
    };
}
macro_rules! list {
    ($cohort:tt, $and:tt) => {
        concat!(
            "select d.id, d.code, d.name, d.agency, d.owner, d.channel, l.received, d.due, l.closed, l.verdict, d.state from (",
            of_them!("select l.dossier", $cohort, $and),
            " order by l.dossier limit $4 offset $5) p join dossier d on d.id = p.dossier join dossier_life l on l.dossier = p.dossier order by d.id"
        )
    };
}
macro_rules! procedures {
    ($and:tt) => {
        of_them!("select distinct c.procedure", received, $and)
    };
}

sql! {
    COUNT_RECEIVED = count!(received, received);
    COUNT_ON_TIME = count!(received, on_time);
    COUNT_ONLINE = count!(received, online);
    COUNT_SYNCED = count!(received, synced);
    COUNT_PAID = count!(received, paid);
    COUNT_DUTY = count!(received, duty);
    COUNT_RESOLVED = count!(resolved, resolved);
    COUNT_ELECTRONIC = count!(resolved, electronic);
    COUNT_DIGITISED = count!(resolved, digitised);
    COUNT_SATISFIED = count!(resolved, satisfied);
    LIST_RECEIVED = list!(received, received);
    LIST_ON_TIME = list!(received, on_time);
    LIST_ONLINE = list!(received, online);
    LIST_SYNCED = list!(received, synced);
    LIST_PAID = list!(received, paid);
    LIST_DUTY = list!(received, duty);
    LIST_RESOLVED = list!(resolved, resolved);
    LIST_ELECTRONIC = list!(resolved, electronic);
    LIST_DIGITISED = list!(resolved, digitised);
    LIST_SATISFIED = list!(resolved, satisfied);
    USED_ONLINE = procedures!(online);
    PAID_ONLINE = procedures!(paid);
    IS_LINKED = "select 1 from link_message where system = 'dvcqg' limit 1";
    WITH_DOSSIERS = "select distinct agency from dossier_cell";
}

/// The questions of a number of dossiers: how many, and which. None: it is of procedures.
fn questions(count: Count) -> Option<(db::Sql, db::Sql)> {
    Some(match count {
        Count::Received => (COUNT_RECEIVED, LIST_RECEIVED),
        Count::OnTime => (COUNT_ON_TIME, LIST_ON_TIME),
        Count::Online => (COUNT_ONLINE, LIST_ONLINE),
        Count::Synced => (COUNT_SYNCED, LIST_SYNCED),
        Count::PaidOnline => (COUNT_PAID, LIST_PAID),
        Count::WithDuty => (COUNT_DUTY, LIST_DUTY),
        Count::Resolved => (COUNT_RESOLVED, LIST_RESOLVED),
        Count::Electronic => (COUNT_ELECTRONIC, LIST_ELECTRONIC),
        Count::Digitised => (COUNT_DIGITISED, LIST_DIGITISED),
        Count::Satisfied => (COUNT_SATISFIED, LIST_SATISFIED),
        Count::Procedures
        | Count::ProceduresOnline
        | Count::ProceduresUsed
        | Count::ProceduresFee
        | Count::ProceduresPaid => return None,
    })
}

/// How many dossiers; none where it is not of dossiers.
pub async fn count_quality(
    conn: &mut Conn,
    count: Count,
    agency: UnitId,
    range: Range,
) -> Result<Option<i64>, DbError> {
    let Some((sql, _)) = questions(count) else { return Ok(None) };
    conn.find(sql, args![agency, range.from, range.to], |row| row.pull()).await
}

/// A page of the dossiers behind a number.
pub async fn list_quality(
    conn: &mut Conn,
    count: Count,
    agency: UnitId,
    range: Range,
    (start, most): (i64, i64),
) -> Result<Vec<Counted>, DbError> {
    let Some((_, sql)) = questions(count) else { return Ok(Vec::new()) };
    conn.list(sql, args![agency, range.from, range.to, most, start], super::stats::counted).await
}

/// The procedures of an agency that were handed in online, or paid online, by dossiers received in the range.
pub async fn procedures_online(
    conn: &mut Conn,
    agency: UnitId,
    range: Range,
    paid: bool,
) -> Result<Vec<String>, DbError> {
    let sql = if paid { PAID_ONLINE } else { USED_ONLINE };
    conn.list(sql, args![agency, range.from, range.to], |row: &mut Row| row.pull()).await
}

/// Whether anything was ever told to the national portal.
pub async fn is_linked(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(conn.find(IS_LINKED, &[], |row| row.pull::<i64>()).await?.is_some())
}

/// The agencies that have had dossiers.
pub async fn with_dossiers(conn: &mut Conn) -> Result<Vec<UnitId>, DbError> {
    conn.list(WITH_DOSSIERS, &[], |row| row.pull()).await
}
