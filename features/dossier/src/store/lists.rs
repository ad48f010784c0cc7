//! Lists: the boxes of an office or a person, and their counters.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, args, sql};
use people::{AccountId, UnitId};
use std::collections::BTreeMap;

macro_rules! columns {
    () => {
        "d.id, d.code, d.name, d.owner, d.channel, d.state, d.step_name, u.short, a.name, d.received, d.due, d.step_due, d.resolved, d.ended, d.version"
    };
}

macro_rules! line {
    () => {
        concat!("select ", columns!(), " from ")
    };
}

macro_rules! places {
    () => {
        " left join unit u on u.id = d.office left join account a on a.id = d.holder where "
    };
}

// Each state in the order of its index, one after the other: grouped, PostgreSQL would hash every line.
macro_rules! counts {
    ($whose:literal) => {
        concat!(
            "select 'processing', count(*), count(*) filter (where due < $2), count(*) filter (where due >= $2 and due < $3), \
             count(*) filter (where step_due < $2) from dossier where state = 'processing' and ",
            $whose,
            " union all select 'submitted', count(*), 0, 0, 0 from dossier where state = 'submitted' and ",
            $whose,
            " union all select 'waiting', count(*), 0, 0, 0 from dossier where state = 'waiting' and ",
            $whose,
            " union all select 'resolved', count(*), 0, 0, 0 from dossier where state = 'resolved' and ",
            $whose
        )
    };
}

mod boxes;

pub use boxes::{Way, list, total, way};

sql! {
    COUNTS_AGENCY = counts!("agency = $1");
    COUNTS_OWN = counts!("(holder = $1 or (office = $4 and holder is null))");
    LIST_HELD = concat!(line!(), "dossier d", places!(), "d.agency = $1 and coalesce(d.holder, '-') = $2 and d.state in ('processing', 'waiting') \
                order by d.due, d.id limit $3");
    LATEST_RESULTS = concat!(line!(), "dossier d", places!(), "d.agency = $1 and d.state = 'resolved' order by d.resolved desc, d.id limit $2");
    DUE_WITHIN = concat!(line!(), "dossier d", places!(), "d.agency = $1 and d.state = 'processing' and d.due >= $2 and d.due < $3 order by d.due, d.id limit $4");
    OF_OWNER = concat!(line!(), "dossier d", places!(), "d.owner_id = $1 order by d.received desc, d.id limit 200");
    PROCESSES_IN_USE = "select distinct process_edition from dossier where agency = $1 and state in ('submitted', 'processing', 'waiting')";
    BY_PROCESS = concat!(line!(), "dossier d", places!(), "d.agency = $1 and d.process_edition = $2 and d.state in ('submitted', 'processing', 'waiting') \
                 order by d.due, d.id limit $3");
    WORKLOAD = "select d.holder, coalesce(a.name, ''), coalesce(a.closed, 0), sum(case when d.state = 'processing' then 1 else 0 end), \
                sum(case when d.state = 'waiting' then 1 else 0 end), \
                sum(case when d.state = 'processing' and d.due >= $2 and d.due < $3 then 1 else 0 end), \
                sum(case when d.state = 'processing' and d.due < $2 then 1 else 0 end), \
                sum(case when d.state = 'processing' and d.step_due < $2 then 1 else 0 end) \
                from dossier d left join account a on a.id = d.holder where d.agency = $1 and d.state in ('processing', 'waiting') \
                group by d.holder, a.name, a.closed";
    OPEN_OF = "select id from dossier where agency = $1 and state in ('submitted', 'processing', 'waiting') \
               union select dossier from dossier_step where agency = $1 and done is null";
    ALL_OPEN = "select id from dossier where state in ('submitted', 'processing', 'waiting') order by id";
}

/// An agency's results that wait to be returned, the newest first.
pub async fn latest_results(conn: &mut Conn, agency: UnitId, most: i64) -> Result<Vec<Listed>, DbError> {
    conn.list(LATEST_RESULTS, args![agency, most], listed).await
}

/// The dossiers of an owner by their number, at every agency, the latest first.
pub async fn of_owner(conn: &mut Conn, number: &str) -> Result<Vec<Listed>, DbError> {
    conn.list(OF_OWNER, args![number], listed).await
}

/// What an agency has to be done with in [from, to), soonest first.
pub async fn due_within(
    conn: &mut Conn,
    agency: UnitId,
    from: Timestamp,
    to: Timestamp,
    most: i64,
) -> Result<Vec<Listed>, DbError> {
    conn.list(DUE_WITHIN, args![agency, from, to, most], listed).await
}

/// The editions of processes that an agency's open dossiers run by.
pub async fn processes_in_use(conn: &mut Conn, agency: UnitId) -> Result<Vec<rulebook::EditionId>, DbError> {
    conn.list(PROCESSES_IN_USE, args![agency], |row| row.pull()).await
}

/// An agency's open dossiers on an edition of a process, soonest due first.
pub async fn by_process(
    conn: &mut Conn,
    agency: UnitId,
    edition: rulebook::EditionId,
    most: usize,
) -> Result<Vec<Listed>, DbError> {
    conn.list(BY_PROCESS, args![agency, edition, i64::try_from(most).unwrap_or(i64::MAX)], listed).await
}

/// The open dossiers of an agency and those that it has a step of; of all agencies, where none is named.
pub async fn open_of(conn: &mut Conn, unit: Option<UnitId>) -> Result<Vec<DossierId>, DbError> {
    let id = |row: &mut Row| row.pull();
    match unit {
        Some(unit) => conn.list(OPEN_OF, args![unit], id).await,
        None => conn.list(ALL_OPEN, &[], id).await,
    }
}

fn listed(row: &mut Row) -> Result<Listed, DbError> {
    Ok(Listed {
        id: row.pull()?,
        code: row.pull()?,
        name: row.pull()?,
        owner: row.pull()?,
        channel: row.pull()?,
        state: row.pull()?,
        step: row.pull()?,
        office: row.pull::<Option<String>>()?.unwrap_or_default(),
        holder: row.pull::<Option<String>>()?.unwrap_or_default(),
        received: row.pull()?,
        due: row.pull()?,
        step_due: row.pull()?,
        resolved: row.pull()?,
        ended: row.pull()?,
        version: row.pull()?,
    })
}

/// How many stand in each open state, and of those processed: late, due soon, behind at their step.
pub async fn counts(conn: &mut Conn, reach: &Reach, now: Timestamp) -> Result<BTreeMap<&'static str, i64>, DbError> {
    let soon = now.saturating_add(jiff::SignedDuration::from_hours(48)).unwrap_or(now);
    let read = |row: &mut Row| Ok((row.pull::<State>()?, [row.pull::<i64>()?, row.pull()?, row.pull()?, row.pull()?]));
    let found = match *reach {
        Reach::Agency(agency) => conn.list(COUNTS_AGENCY, args![agency, now, soon], read).await?,
        Reach::Own { office, account } => conn.list(COUNTS_OWN, args![account, now, soon, office], read).await?,
    };
    let mut counts = BTreeMap::new();
    for (state, [all, late, soon, behind]) in found.into_iter().filter(|(_, [all, ..])| *all > 0) {
        counts.insert(state.code(), all);
        if state == State::Processing {
            counts.extend([("late", late), ("soon", soon), ("behind", behind)]);
        }
    }
    Ok(counts)
}

/// Who has how much of an agency's open work, those with most late first.
pub async fn workload(conn: &mut Conn, agency: UnitId, now: Timestamp) -> Result<Vec<Load>, DbError> {
    let soon = now.saturating_add(jiff::SignedDuration::from_hours(48)).unwrap_or(now);
    let read = |row: &mut Row| {
        Ok(Load {
            account: row.pull()?,
            name: row.pull()?,
            closed: row.pull()?,
            processing: row.pull()?,
            waiting: row.pull()?,
            soon: row.pull()?,
            late: row.pull()?,
            behind: row.pull()?,
        })
    };
    let mut all = conn.list(WORKLOAD, args![agency, now, soon], read).await?;
    all.sort_by_cached_key(|one| (std::cmp::Reverse(one.late), base::text::sort_key(&one.name)));
    Ok(all)
}

/// What somebody has, or nobody, soonest due first.
pub async fn held(conn: &mut Conn, agency: UnitId, by: Option<AccountId>, most: usize) -> Result<Vec<Listed>, DbError> {
    let by = by.map_or_else(|| "-".to_owned(), |by| by.to_string());
    conn.list(LIST_HELD, args![agency, by, i64::try_from(most).unwrap_or(i64::MAX)], listed).await
}
