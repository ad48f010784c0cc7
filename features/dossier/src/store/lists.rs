//! Lists: the boxes of an office or a person, their counters, and who could do a step.

use crate::model::*;
use base::{Date, Timestamp};
use db::{Conn, DbError, Row, args, sql};
use people::{Role, UnitId};
use std::collections::BTreeMap;

sql! {
    LIST_AGENCY = "select d.id, d.code, d.name, d.owner, d.channel, d.state, d.step_name, u.short, a.name, d.received, d.due, d.step_due, d.resolved, d.ended \
                   from dossier d left join unit u on u.id = d.office left join account a on a.id = d.holder \
                   where d.agency = $1 and d.state = $2 and ($3 = '' or d.field = $3) and ($4 = '' or d.procedure = $4) \
                   and ($5 = '' or d.owner_folded like $5 or lower(d.code) like $5) and ($6 = 0 or d.due < $6) and ($7 = 0 or d.step_due < $7) \
                   order by d.due, d.id limit $8 offset $9";
    LIST_OWN = "select d.id, d.code, d.name, d.owner, d.channel, d.state, d.step_name, u.short, a.name, d.received, d.due, d.step_due, d.resolved, d.ended \
                from dossier d left join unit u on u.id = d.office left join account a on a.id = d.holder \
                where (d.holder = $1 or (d.office = $10 and d.holder is null)) and d.state = $2 and ($3 = '' or d.field = $3) and ($4 = '' or d.procedure = $4) \
                and ($5 = '' or d.owner_folded like $5 or lower(d.code) like $5) and ($6 = 0 or d.due < $6) and ($7 = 0 or d.step_due < $7) \
                order by d.due, d.id limit $8 offset $9";
    TOTAL_AGENCY = "select count(*) from dossier d where d.agency = $1 and d.state = $2 and ($3 = '' or d.field = $3) and ($4 = '' or d.procedure = $4) \
                    and ($5 = '' or d.owner_folded like $5 or lower(d.code) like $5) and ($6 = 0 or d.due < $6) and ($7 = 0 or d.step_due < $7)";
    TOTAL_OWN = "select count(*) from dossier d where (d.holder = $1 or (d.office = $8 and d.holder is null)) and d.state = $2 and ($3 = '' or d.field = $3) \
                 and ($4 = '' or d.procedure = $4) and ($5 = '' or d.owner_folded like $5 or lower(d.code) like $5) \
                 and ($6 = 0 or d.due < $6) and ($7 = 0 or d.step_due < $7)";
    COUNTS_AGENCY = "select state, count(*), sum(case when due < $2 then 1 else 0 end), sum(case when due >= $2 and due < $3 then 1 else 0 end), \
                     sum(case when step_due < $2 then 1 else 0 end) from dossier where agency = $1 \
                     and state in ('submitted', 'processing', 'waiting', 'resolved') group by state";
    COUNTS_OWN = "select state, count(*), sum(case when due < $2 then 1 else 0 end), sum(case when due >= $2 and due < $3 then 1 else 0 end), \
                  sum(case when step_due < $2 then 1 else 0 end) from dossier where (holder = $1 or (office = $4 and holder is null)) \
                  and state in ('submitted', 'processing', 'waiting', 'resolved') group by state";
    // The highest unit above a person that resolves anything: offices lie below it.
    AGENCY_OF = "select u.id from unit u where u.id in (select key from json_each($1)) and u.kind in ('so', 'huyen', 'xa', 'don-vi-su-nghiep', 'trung-uong') limit 1";
    HOLDERS = "with recursive down (id, depth) as (select id, 1 from unit where id = $1 \
               union all select u.id, down.depth + 1 from unit u join down on u.parent = down.id where down.depth < 20) \
               select distinct a.id, a.name, u.id, u.short, (select count(*) from dossier d where d.holder = a.id and d.state = 'processing') \
               from role_grant g join account a on a.id = g.account join unit u on u.id = g.unit join down on down.id = u.id \
               where g.role = $2 and a.closed = 0 and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3)";
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
    })
}

fn micros(at: Option<Timestamp>) -> i64 {
    at.map_or(0, Timestamp::as_microsecond)
}

fn like(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("%{}%", words.replace(['%', '_'], "")) }
}

/// A page of a box, soonest due first.
pub async fn list(
    conn: &mut Conn,
    reach: &Reach,
    filter: &Filter,
    from: i64,
    most: i64,
) -> Result<Vec<Listed>, DbError> {
    let Filter { state, field, procedure, words, due_before, step_before } = filter;
    let (words, due, step) = (like(words), micros(*due_before), micros(*step_before));
    match *reach {
        Reach::Agency(agency) => {
            let row = args![agency, *state, field, procedure, words, due, step, most, from];
            conn.list(LIST_AGENCY, row, listed).await
        }
        Reach::Own { office, account } => {
            let row = args![account, *state, field, procedure, words, due, step, most, from, office];
            conn.list(LIST_OWN, row, listed).await
        }
    }
}

/// How many lines a box has.
pub async fn total(conn: &mut Conn, reach: &Reach, filter: &Filter) -> Result<i64, DbError> {
    let Filter { state, field, procedure, words, due_before, step_before } = filter;
    let (words, due, step) = (like(words), micros(*due_before), micros(*step_before));
    let count = |row: &mut Row| row.pull::<i64>();
    let found = match *reach {
        Reach::Agency(agency) => {
            conn.find(TOTAL_AGENCY, args![agency, *state, field, procedure, words, due, step], count).await?
        }
        Reach::Own { office, account } => {
            conn.find(TOTAL_OWN, args![account, *state, field, procedure, words, due, step, office], count).await?
        }
    };
    Ok(found.unwrap_or_default())
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
    for (state, [all, late, soon, behind]) in found {
        counts.insert(state.code(), all);
        if state == State::Processing {
            counts.extend([("late", late), ("soon", soon), ("behind", behind)]);
        }
    }
    Ok(counts)
}

/// The agency among a person's units, from their own upward.
pub async fn agency_of(conn: &mut Conn, path: &[UnitId]) -> Result<Option<UnitId>, DbError> {
    let keys: serde_json::Map<String, serde_json::Value> =
        path.iter().map(|unit| (unit.to_string(), serde_json::Value::from(1))).collect();
    conn.find(AGENCY_OF, args![serde_json::Value::Object(keys).to_string()], |row| row.pull()).await
}

/// Who holds a role inside an agency on a day, with how many dossiers each has.
pub async fn holders(conn: &mut Conn, agency: UnitId, role: Role, day: Date) -> Result<Vec<Candidate>, DbError> {
    let read = |row: &mut Row| {
        Ok(Candidate {
            account: row.pull()?,
            name: row.pull()?,
            office: row.pull()?,
            office_name: row.pull()?,
            load: row.pull()?,
        })
    };
    conn.list(HOLDERS, args![agency, role.code(), day], read).await
}
