//! What is awaited from outside, and what other agencies ask of one.

use crate::model::*;
use base::{Date, Timestamp};
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{Scope, UnitId};

sql! {
    AWAITED = "select id, why, agency, whom, at, said, until, stands, answered, answered_by, answer from dossier_awaited \
               where dossier = $1 order by at, id";
    ADD_AWAITED = "insert into dossier_awaited (id, dossier, why, agency, whom, at, account, said, until, stands) \
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ANSWER_AWAITED = "update dossier_awaited set answered = $2, answered_by = $3, answer = $4 where id = $1 and answered is null";
    IS_ASKED = "select 1 from dossier_awaited where dossier = $1 and agency in (select key from json_each($2)) limit 1";
    OVERDUE = "select distinct w.dossier from dossier_awaited w join dossier d on d.id = w.dossier \
               where w.answered is null and w.stands = 1 and w.until < $1 and d.state = 'waiting' limit 1000";
    STEPS_OF = "select d.id, d.code, d.name, u.short, s.name, s.begun, s.due, a.name from dossier_step s join dossier d on d.id = s.dossier \
                join unit u on u.id = d.agency left join account a on a.id = s.holder where s.agency = $1 and s.done is null order by s.due, s.id";
    QUESTIONS_OF = "select d.id, d.code, d.name, u.short, w.said, w.at, w.until from dossier_awaited w join dossier d on d.id = w.dossier \
                    join unit u on u.id = d.agency where w.agency = $1 and w.answered is null \
                    and d.state in ('submitted', 'processing', 'waiting', 'resolved') order by w.until, w.id";
}

fn awaited_row(row: &mut Row) -> Result<Awaited, DbError> {
    let id = row.pull()?;
    let why: String = row.pull()?;
    let why = workflow::Wait::of(&why).ok_or_else(|| DbError::Value(format!("nothing to wait for: {why:?}")))?;
    Ok(Awaited {
        id,
        why,
        agency: row.pull()?,
        whom: row.pull()?,
        at: row.pull()?,
        said: row.pull()?,
        until: row.pull()?,
        stands: row.pull()?,
        answered: row.pull()?,
        answered_by: row.pull()?,
        answer: row.pull()?,
    })
}

/// What was and is awaited for a dossier, oldest first.
pub async fn awaited(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Awaited>, DbError> {
    conn.list(AWAITED, args![dossier], awaited_row).await
}

pub async fn add_awaited(tx: &mut Tx, scope: &Scope, dossier: DossierId, one: &Awaited) -> Result<(), DbError> {
    let row = args![
        one.id,
        dossier,
        one.why.code(),
        one.agency,
        &one.whom,
        one.at,
        scope.account,
        &one.said,
        one.until,
        one.stands
    ];
    tx.exec(ADD_AWAITED, row).await.map(drop)
}

/// Writes an answer; false where there was one.
pub async fn answer_awaited(
    tx: &mut Tx,
    id: AwaitedId,
    at: Timestamp,
    by: &str,
    answer: &str,
) -> Result<bool, DbError> {
    Ok(tx.exec(ANSWER_AWAITED, args![id, at, by, answer]).await? == 1)
}

/// Whether one of these units is, or was, asked about a dossier.
pub async fn is_asked(conn: &mut Conn, dossier: DossierId, units: &[UnitId]) -> Result<bool, DbError> {
    let found = conn.find(IS_ASKED, args![dossier, db::keys(units)], |row| row.pull::<i64>()).await?;
    Ok(found.is_some())
}

/// Dossiers whose clock stands for something whose last day lies before this one.
pub async fn overdue_awaited(conn: &mut Conn, today: Date) -> Result<Vec<DossierId>, DbError> {
    conn.list(OVERDUE, args![today], |row| row.pull()).await
}

/// What a step and a question have in common.
fn asked(row: &mut Row) -> Result<Helping, DbError> {
    Ok(Helping {
        dossier: row.pull()?,
        code: row.pull()?,
        name: row.pull()?,
        from: row.pull()?,
        what: row.pull()?,
        asked: row.pull()?,
        due: None,
        holder: String::new(),
    })
}

/// What other agencies ask of one now, soonest due first. A question is due when its last day ends.
pub async fn helping(conn: &mut Conn, agency: UnitId) -> Result<Vec<Helping>, DbError> {
    let step = |row: &mut Row| {
        let one = asked(row)?;
        Ok(Helping { due: row.pull()?, holder: row.pull::<Option<String>>()?.unwrap_or_default(), ..one })
    };
    let question = |row: &mut Row| {
        let one = asked(row)?;
        Ok(Helping { due: row.pull::<Date>()?.tomorrow().ok().map(base::day::start), ..one })
    };
    let mut all = conn.list(STEPS_OF, args![agency], step).await?;
    all.extend(conn.list(QUESTIONS_OF, args![agency], question).await?);
    all.sort_by_key(|one| (one.due.is_none(), one.due));
    Ok(all)
}
