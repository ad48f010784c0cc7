//! The numbers of dossiers that QĐ 766/QĐ-TTg asks for, and the dossiers behind each: of one agency ($1), received or
//! resolved in [$2, $3).
//!
//! All numbers of a cohort are counted in one pass over it, from its days on; only then what each dossier is. `cross join` is
//! SQLite's word for "in this order": begun with the agency's cells, or with the files of all results, each dossier would be
//! looked for among everybody's.

use crate::quality::Count;
use crate::stats::Range;
use crate::store::Counted;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;
use std::collections::{BTreeMap, BTreeSet};

// A fee that is nobody's duty any more is none; what was given back was paid once.
macro_rules! pile {
    (received) => { "l.received >= $2 and l.received < $3" };
    // `c.id = l.cell` once more: the results are looked at of the agency's dossiers, not of everybody's.
    (resolved) => { "l.closed >= $2 and l.closed < $3 and exists (select 1 from dossier_result r \
                   where r.dossier = l.dossier and c.id = l.cell and (r.signed is not null or r.issued is not null))" };
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
        "exists (select 1 from dossier_result r cross join file_use u where u.about_kind = 'dossier-result' and u.about = r.id \
         and r.dossier = l.dossier and r.signed is not null)"
    };
    (digitised) => { concat!(pile!(electronic), " and ", pile!(scanned)) };
    (scanned) => {
        "not exists (select 1 from dossier_paper p where p.dossier = l.dossier and not exists \
         (select 1 from file_use u where u.about_kind = 'dossier-paper' and u.about = p.dossier || '/' || p.code))"
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
            " from dossier_life l cross join dossier_cell c where c.id = l.cell and c.agency = $1 and ",
            pile!($cohort),
            " and ",
            pile!($and)
        )
    };
}
macro_rules! of_which {
    ($($and:tt),*) => {
        concat!("count(*)" $(, ", sum(case when ", pile!($and), " then 1 else 0 end)")*)
    };
}
macro_rules! list {
    ($cohort:tt, $and:tt) => {
        concat!(
            db::anew!(),
            "select d.id, d.code, d.name, d.agency, d.owner, d.channel, l.received, d.due, l.closed, l.verdict, d.state from (",
            of_them!("select l.dossier", $cohort, $and),
            " order by l.dossier limit $4 offset $5) p join dossier d on d.id = p.dossier join dossier_life l on l.dossier = p.dossier order by d.id"
        )
    };
}
sql! {
    // By procedure: which of them were handed in and paid online is asked too.
    COUNT_RECEIVED = concat!(db::anew!(), "select c.procedure, ", of_which!(on_time, online, synced, paid, duty),
                     " from dossier_life l cross join dossier_cell c where c.id = l.cell and c.agency = $1 and ", pile!(received), " group by c.procedure");
    // Each result is looked at once: by the dossier first, with whether it is electronic; then what else the dossier has.
    COUNT_RESOLVED = concat!(db::anew!(), "with x as materialized (select l.dossier, max(case when r.signed is not null and exists (select 1 from file_use u \
                     where u.about_kind = 'dossier-result' and u.about = r.id) then 1 else 0 end) as electronic \
                     from dossier_life l cross join dossier_cell c cross join dossier_result r where c.id = l.cell and c.agency = $1 \
                     and l.closed >= $2 and l.closed < $3 and r.dossier = l.dossier and (r.signed is not null or r.issued is not null) group by l.closed, l.dossier) \
                     select count(*), coalesce(sum(l.electronic), 0), coalesce(sum(case when l.electronic = 1 and ", pile!(scanned), " then 1 else 0 end), 0), \
                     coalesce(sum(case when ", pile!(satisfied), " then 1 else 0 end), 0) from x l");
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
    IS_LINKED = "select 1 from link_message where system = 'dvcqg' limit 1";
    WITH_DOSSIERS = "select distinct agency from dossier_cell";
}

/// The numbers of an agency, and its procedures that were handed in online and paid online, by dossiers received in the
/// range.
#[derive(Debug, Default)]
pub struct Numbers {
    pub of: BTreeMap<Count, i64>,
    pub used_online: BTreeSet<String>,
    pub paid_online: BTreeSet<String>,
}

const OF_RECEIVED: [Count; 6] =
    [Count::Received, Count::OnTime, Count::Online, Count::Synced, Count::PaidOnline, Count::WithDuty];
const OF_RESOLVED: [Count; 4] = [Count::Resolved, Count::Electronic, Count::Digitised, Count::Satisfied];

/// Every number of dossiers.
pub async fn count_quality(conn: &mut Conn, agency: UnitId, range: Range) -> Result<Numbers, DbError> {
    let asked = args![agency, range.from, range.to];
    let mut found = Numbers::default();
    found.of.extend(OF_RECEIVED.iter().chain(&OF_RESOLVED).map(|count| (*count, 0)));
    let of_procedure = |row: &mut Row| {
        let procedure: String = row.pull()?;
        Ok((procedure, numbers::<6>(row)?))
    };
    for (procedure, numbers) in conn.list(COUNT_RECEIVED, asked, of_procedure).await? {
        for (count, number) in OF_RECEIVED.into_iter().zip(numbers) {
            *found.of.entry(count).or_default() += number;
            let named = match count {
                Count::Online => &mut found.used_online,
                Count::PaidOnline => &mut found.paid_online,
                _ => continue,
            };
            if number > 0 {
                named.insert(procedure.clone());
            }
        }
    }
    let resolved = conn.find(COUNT_RESOLVED, asked, numbers::<4>).await?.unwrap_or_default();
    found.of.extend(OF_RESOLVED.into_iter().zip(resolved));
    Ok(found)
}

fn numbers<const N: usize>(row: &mut Row) -> Result<[i64; N], DbError> {
    let mut numbers = [0; N];
    for number in &mut numbers {
        *number = row.pull()?;
    }
    Ok(numbers)
}

/// Where the dossiers of a number are listed. None: it is of procedures.
fn list_of(count: Count) -> Option<db::Sql> {
    Some(match count {
        Count::Received => LIST_RECEIVED,
        Count::OnTime => LIST_ON_TIME,
        Count::Online => LIST_ONLINE,
        Count::Synced => LIST_SYNCED,
        Count::PaidOnline => LIST_PAID,
        Count::WithDuty => LIST_DUTY,
        Count::Resolved => LIST_RESOLVED,
        Count::Electronic => LIST_ELECTRONIC,
        Count::Digitised => LIST_DIGITISED,
        Count::Satisfied => LIST_SATISFIED,
        Count::Procedures
        | Count::ProceduresOnline
        | Count::ProceduresUsed
        | Count::ProceduresFee
        | Count::ProceduresPaid => return None,
    })
}

/// A page of the dossiers behind a number.
pub async fn list_quality(
    conn: &mut Conn,
    count: Count,
    agency: UnitId,
    range: Range,
    (start, most): (i64, i64),
) -> Result<Vec<Counted>, DbError> {
    let Some(sql) = list_of(count) else { return Ok(Vec::new()) };
    conn.list(sql, args![agency, range.from, range.to, most, start], super::stats::counted).await
}

/// Whether anything was ever told to the national portal.
pub async fn is_linked(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(conn.find(IS_LINKED, &[], |row| row.pull::<i64>()).await?.is_some())
}

/// The agencies that have had dossiers.
pub async fn with_dossiers(conn: &mut Conn) -> Result<Vec<UnitId>, DbError> {
    conn.list(WITH_DOSSIERS, &[], |row| row.pull()).await
}

#[cfg(test)]
mod tests;
