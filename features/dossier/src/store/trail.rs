//! What happened to a dossier: its steps, the ledger of its clock, its events.

use crate::clock::{Deed, Tick};
use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::{AccountId, Scope};

macro_rules! steps {
    ($which:literal) => {
        concat!(
            "select id, code, name, role, office, holder, begun, due, minutes, done, done_by, done_name, onward, note, back, agency \
             from dossier_step where dossier = $1",
            $which,
            " order by begun, id"
        )
    };
}

sql! {
    STEPS = steps!("");
    RUNNING = steps!(" and done is null");
    ADD_STEP = "insert into dossier_step (id, dossier, code, name, role, office, holder, begun, due, minutes, agency) \
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    // By its dossier first: there lie its steps (SQLite).
    END_STEP = "update dossier_step set done = $2, done_by = $3, done_name = $4, onward = $5, note = $6, back = $7 \
                where dossier = $8 and id = $1 and done is null";
    RENEW_STEP = "update dossier_step set name = $2, role = $3, minutes = $4, agency = $5, office = $6, holder = $7 \
                  where dossier = $8 and id = $1 and done is null";
    // What was done of the dossiers of a process that ended in a span of time.
    DOINGS_OF = "select s.id, s.code, s.name, s.role, s.office, s.holder, s.begun, s.due, s.minutes, s.done, s.done_by, s.done_name, s.onward, \
                 s.note, s.back, s.agency, d.id, d.agency from dossier d join dossier_step s on s.dossier = d.id \
                 where d.ended >= $2 and d.ended < $3 and s.done is not null \
                 and d.process_edition in (select id from edition where kind = 'workflow' and code = $1) order by d.id, s.begun, s.id";
    TICKS_OF = "select t.at, t.act, t.reason, t.minutes, t.received, d.id from dossier d join dossier_clock t on t.dossier = d.id \
                where d.ended >= $2 and d.ended < $3 \
                and d.process_edition in (select id from edition where kind = 'workflow' and code = $1) order by d.id, t.seq";
    STEP_DUE = "update dossier_step set due = $2 where dossier = $3 and id = $1";
    GIVE_STEP = "update dossier_step set office = $2, holder = $3 where dossier = $4 and id = $1 and done is null";
    DROP_STEP = "delete from dossier_step where dossier = $2 and id = $1";
    REOPEN_STEP = "update dossier_step set done = null, done_by = null, done_name = '', onward = '', note = '', back = 0 \
                   where dossier = $2 and id = $1";
    TICKS = "select at, act, reason, minutes, received from dossier_clock where dossier = $1 order by seq";
    ADD_TICK = "insert into dossier_clock (dossier, seq, at, act, reason, minutes, received, account) \
                values ($1, (select coalesce(max(seq), 0) + 1 from dossier_clock where dossier = $1), $2, $3, $4, $5, $6, $7)";
    EVENTS = "select at, what, who, unit, note, public from dossier_event where dossier = $1 order by seq";
    ADD_EVENT = "insert into dossier_event (dossier, seq, at, what, who, unit, note, public) \
                 values ($1, (select coalesce(max(seq), 0) + 1 from dossier_event where dossier = $1), $2, $3, $4, $5, $6, $7)";
}

fn step(row: &mut Row) -> Result<Step, DbError> {
    Ok(Step {
        id: row.pull()?,
        code: row.pull()?,
        name: row.pull()?,
        role: row.pull()?,
        office: row.pull()?,
        holder: row.pull()?,
        begun: row.pull()?,
        due: row.pull()?,
        minutes: row.pull()?,
        done: row.pull()?,
        done_by: row.pull()?,
        done_name: row.pull()?,
        onward: row.pull()?,
        note: row.pull()?,
        back: row.pull()?,
        agency: row.pull()?,
    })
}

/// All doings of its steps, oldest first; those that run have no end.
pub async fn steps(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Step>, DbError> {
    conn.list(STEPS, args![dossier], step).await
}

/// Those that run.
pub async fn running_steps(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Step>, DbError> {
    conn.list(RUNNING, args![dossier], step).await
}

pub async fn add_step(tx: &mut Tx, dossier: DossierId, one: &Step) -> Result<(), DbError> {
    let row = args![
        one.id,
        dossier,
        &one.code,
        &one.name,
        &one.role,
        one.office,
        one.holder,
        one.begun,
        one.due,
        one.minutes,
        one.agency
    ];
    tx.exec(ADD_STEP, row).await.map(drop)
}

/// Ends a running step.
pub async fn end_step(tx: &mut Tx, scope: &Scope, dossier: DossierId, left: &Left) -> Result<(), DbError> {
    let Left { id, onward, note, back } = left;
    tx.exec(END_STEP, args![*id, scope.now, scope.account, &scope.name, onward, note, *back, dossier]).await.map(drop)
}

pub async fn set_step_due(tx: &mut Tx, dossier: DossierId, id: StepId, due: Option<Timestamp>) -> Result<(), DbError> {
    tx.exec(STEP_DUE, args![id, due, dossier]).await.map(drop)
}

/// A running step as another edition of its process has it.
pub async fn renew_step(tx: &mut Tx, dossier: DossierId, step: &Step) -> Result<(), DbError> {
    let Step { id, name, role, minutes, agency, office, holder, .. } = step;
    tx.exec(RENEW_STEP, args![*id, name, role, *minutes, *agency, *office, *holder, dossier]).await.map(drop)
}

/// What was done of the dossiers of a process that ended in [from, to), with their agency.
pub async fn doings_of(
    conn: &mut Conn,
    process: &str,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(DossierId, people::UnitId, Step)>, DbError> {
    let read = |row: &mut Row| {
        let step = step(row)?;
        Ok((row.pull()?, row.pull()?, step))
    };
    conn.list(DOINGS_OF, args![process, from, to], read).await
}

/// The ledgers of their clocks.
pub async fn ticks_of(
    conn: &mut Conn,
    process: &str,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(DossierId, Tick)>, DbError> {
    let read = |row: &mut Row| {
        let tick = tick(row)?;
        Ok((row.pull()?, tick))
    };
    conn.list(TICKS_OF, args![process, from, to], read).await
}

/// Gives a running step to an office, or to a person of it.
pub async fn give_step(
    tx: &mut Tx,
    dossier: DossierId,
    id: StepId,
    office: Option<people::UnitId>,
    holder: Option<AccountId>,
) -> Result<(), DbError> {
    tx.exec(GIVE_STEP, args![id, office, holder, dossier]).await.map(drop)
}

/// Takes back a doing that has not begun to be worked on.
pub async fn drop_step(tx: &mut Tx, dossier: DossierId, id: StepId) -> Result<(), DbError> {
    tx.exec(DROP_STEP, args![id, dossier]).await.map(drop)
}

pub async fn reopen_step(tx: &mut Tx, dossier: DossierId, id: StepId) -> Result<(), DbError> {
    tx.exec(REOPEN_STEP, args![id, dossier]).await.map(drop)
}

pub(super) fn tick(row: &mut Row) -> Result<Tick, DbError> {
    let at = row.pull()?;
    let act: String = row.pull()?;
    let (reason, minutes, received): (String, Option<i64>, Option<Timestamp>) = (row.pull()?, row.pull()?, row.pull()?);
    let act = match (act.as_str(), minutes, received) {
        ("pause", ..) => Deed::Pause { reason },
        ("resume", ..) => Deed::Resume,
        ("extend", Some(minutes), _) => Deed::Extend { minutes },
        ("correct", _, Some(received)) => Deed::Correct { received },
        (other, ..) => return Err(DbError::Value(format!("no deed of a clock: {other:?}"))),
    };
    Ok(Tick { at, act })
}

/// The ledger of its clock.
pub async fn ticks(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Tick>, DbError> {
    conn.list(TICKS, args![dossier], tick).await
}

pub async fn add_tick(tx: &mut Tx, dossier: DossierId, one: &Tick, by: Option<AccountId>) -> Result<(), DbError> {
    let (reason, minutes, received) = match &one.act {
        Deed::Pause { reason } => (reason.as_str(), None, None),
        Deed::Resume => ("", None, None),
        Deed::Extend { minutes } => ("", Some(*minutes), None),
        Deed::Correct { received } => ("", None, Some(*received)),
    };
    tx.exec(ADD_TICK, args![dossier, one.at, one.act.code(), reason, minutes, received, by]).await.map(drop)
}

fn event(row: &mut Row) -> Result<Event, DbError> {
    Ok(Event {
        at: row.pull()?,
        what: row.pull()?,
        who: row.pull()?,
        unit: row.pull()?,
        note: row.pull()?,
        public: row.pull()?,
    })
}

/// Everything that happened, oldest first.
pub async fn events(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Event>, DbError> {
    conn.list(EVENTS, args![dossier], event).await
}

/// Adds a line that people read. What is `public` the citizen reads too, with the unit for the person.
pub async fn add_event(
    tx: &mut Tx,
    scope: &Scope,
    dossier: DossierId,
    what: &str,
    note: &str,
    public: bool,
) -> Result<(), DbError> {
    tx.exec(ADD_EVENT, args![dossier, scope.now, what, &scope.name, scope.unit, note, public]).await.map(drop)
}
