//! What printed forms say beyond what a dossier's page shows: who asked, who apologised, who had it; and the register.

use crate::model::*;
use crate::papers::{Apology, Ending, Hand, Line, Signed};
use base::Timestamp;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;
use std::collections::BTreeMap;

sql! {
    APOLOGIES = "select p.at, p.reason, p.due_before, p.due_after, coalesce(a.title, ''), coalesce(a.name, '') \
                 from dossier_apology p left join account a on a.id = p.account where p.dossier = $1 order by p.at";
    // The line of history that was written in the same moment as the end.
    ENDING = "select e.at, e.note, e.who from dossier_event e join dossier d on d.id = e.dossier \
              where d.id = $1 and e.at = d.ended order by e.seq desc limit 1";
    GUIDES = "select k.id, coalesce(a.title, ''), coalesce(a.name, '') from dossier_ask k left join account a on a.id = k.account \
              where k.dossier = $1";
    RECEIVER = "select coalesce(a.title, ''), coalesce(a.name, '') from dossier d left join account a on a.id = d.received_by where d.id = $1";
    HANDS = "select s.id, coalesce(u.name, ''), coalesce(a.name, '') from dossier_step s left join unit u on u.id = s.office \
             left join account a on a.id = s.holder where s.dossier = $1";
    REGISTER = "select d.id, d.number, d.code, d.name, d.owner, d.address, d.phone, u.name, d.received, d.promised, d.due, d.state, d.ended, \
                d.return_by, d.sample, (select min(p.number) from dossier_paper p where p.dossier = d.id) \
                from dossier d join unit u on u.id = d.agency \
                where d.counter = $1 and d.received >= $2 and d.received < $3 and d.state <> 'submitted' \
                order by d.received, d.number, d.id limit $4 offset $5";
    REGISTER_TOTAL = "select count(*) from dossier d where d.counter = $1 and d.received >= $2 and d.received < $3 and d.state <> 'submitted'";
    COUNTS = "select id from dossier where counter = $1 limit 1";
}

fn signed(row: &mut Row) -> Result<Signed, DbError> {
    Ok(Signed { title: row.pull()?, name: row.pull()? })
}

/// Apologies with their new dates, oldest first.
pub async fn apologies(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Apology>, DbError> {
    let read = |row: &mut Row| {
        Ok(Apology {
            at: row.pull()?,
            reason: row.pull()?,
            before: row.pull()?,
            after: row.pull()?,
            signed: signed(row)?,
        })
    };
    conn.list(APOLOGIES, args![dossier], read).await
}

/// How and by whom it ended; none while it goes on.
pub async fn ending(conn: &mut Conn, dossier: DossierId) -> Result<Option<Ending>, DbError> {
    conn.find(ENDING, args![dossier], |row| Ok(Ending { at: row.pull()?, reason: row.pull()?, who: row.pull()? })).await
}

/// Who asked for each supplement.
pub async fn guides(conn: &mut Conn, dossier: DossierId) -> Result<BTreeMap<AskId, Signed>, DbError> {
    let found = conn.list(GUIDES, args![dossier], |row| Ok((row.pull()?, signed(row)?))).await?;
    Ok(found.into_iter().collect())
}

/// Who officially received it.
pub async fn receiver(conn: &mut Conn, dossier: DossierId) -> Result<Signed, DbError> {
    Ok(conn.find(RECEIVER, args![dossier], signed).await?.unwrap_or_default())
}

/// The office and the person that each doing of a step was given to; empty where it was given to none.
pub async fn hands(conn: &mut Conn, dossier: DossierId) -> Result<BTreeMap<StepId, Hand>, DbError> {
    let read = |row: &mut Row| Ok((row.pull()?, Hand { office: row.pull()?, person: row.pull()? }));
    Ok(conn.list(HANDS, args![dossier], read).await?.into_iter().collect())
}

fn line(row: &mut Row) -> Result<Line, DbError> {
    Ok(Line {
        id: row.pull()?,
        number: row.pull()?,
        code: row.pull()?,
        name: row.pull()?,
        owner: row.pull()?,
        address: row.pull()?,
        phone: row.pull()?,
        agency: row.pull()?,
        received: row.pull()?,
        promised: row.pull()?,
        due: row.pull()?,
        state: row.pull()?,
        ended: row.pull()?,
        return_by: row.pull()?,
        sample: row.pull()?,
        sets: row.pull::<Option<i64>>()?.unwrap_or(1),
    })
}

/// The lines of a counter's register that were received in [from, to), in the order of their receipt.
pub async fn register(
    conn: &mut Conn,
    counter: UnitId,
    (from, to): (Timestamp, Timestamp),
    skip: i64,
    most: i64,
) -> Result<Vec<Line>, DbError> {
    conn.list(REGISTER, args![counter, from, to, most, skip], line).await
}

pub async fn register_total(
    conn: &mut Conn,
    counter: UnitId,
    (from, to): (Timestamp, Timestamp),
) -> Result<i64, DbError> {
    let found = conn.find(REGISTER_TOTAL, args![counter, from, to], |row| row.pull()).await?;
    Ok(found.unwrap_or_default())
}

/// Whether anything was ever received at this unit.
pub async fn is_counter(conn: &mut Conn, unit: UnitId) -> Result<bool, DbError> {
    let found: Option<DossierId> = conn.find(COUNTS, args![unit], |row| row.pull()).await?;
    Ok(found.is_some())
}
