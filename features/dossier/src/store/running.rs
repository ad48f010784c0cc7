//! Many dossiers at once, with no more of each than its due moment needs.

use super::trail::tick;
use crate::clock::Tick;
use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;
use rulebook::EditionId;

sql! {
    AGENCIES = "select agency from dossier where state in ('submitted', 'processing') and due is not null \
                union select agency from dossier_step where agency is not null and done is null";
    RUNNING = "select d.id, d.code, d.received, d.due, d.procedure_edition, d.case_code, \
               case when d.received_by is null then coalesce((select max(a.answered) from dossier_ask a where a.dossier = d.id), d.submitted) else null end \
               from dossier d where d.agency = $1 and d.state in ('submitted', 'processing') and d.due is not null order by d.due, d.id";
    TICKS_OF_RUNNING = "select t.at, t.act, t.reason, t.minutes, t.received, t.dossier from dossier_clock t join (select d.id from dossier d \
                        where d.agency = $1 and d.state in ('submitted', 'processing') and d.due is not null \
                        union select s.dossier from dossier_step s where s.agency = $1 and s.done is null) r on r.id = t.dossier \
                        order by t.dossier, t.seq";
    // Those that the job reckons anew: of dossiers that are worked on, and those that another agency has asked this one for.
    STEPS = "select d.id, d.code, s.name, coalesce(o.short, ''), s.begun, s.minutes, s.due from dossier d join dossier_step s on s.dossier = d.id \
             left join unit o on o.id = s.office where d.agency = $1 and d.state = 'processing' and s.agency is null and s.done is null and s.due is not null \
             union all select d.id, d.code, s.name, coalesce(o.short, ''), s.begun, s.minutes, s.due from dossier_step s join dossier d on d.id = s.dossier \
             left join unit o on o.id = s.office where s.agency = $1 and s.done is null and s.due is not null and d.state in ('processing', 'resolved')";
}

/// A dossier whose clock runs.
#[derive(Clone, Debug)]
pub struct Running {
    pub id: DossierId,
    pub code: String,
    pub received: Timestamp,
    pub due: Timestamp,
    pub procedure_edition: EditionId,
    pub case: String,
    /// Handed in online and not received yet: since when that is to be done.
    pub to_receive: Option<Timestamp>,
}

/// A step whose clock runs, by the hours of whoever does it.
#[derive(Clone, Debug)]
pub struct StepAtWork {
    pub dossier: DossierId,
    pub code: String,
    pub name: String,
    /// Short name of the unit that has it, where one has.
    pub office: String,
    pub begun: Timestamp,
    pub minutes: i64,
    pub due: Timestamp,
}

/// The agencies that have any.
pub async fn agencies_running(conn: &mut Conn) -> Result<Vec<UnitId>, DbError> {
    conn.list(AGENCIES, &[], |row| row.pull()).await
}

/// Those of an agency, soonest due first.
pub async fn running(conn: &mut Conn, agency: UnitId) -> Result<Vec<Running>, DbError> {
    let read = |row: &mut Row| {
        Ok(Running {
            id: row.pull()?,
            code: row.pull()?,
            received: row.pull()?,
            due: row.pull()?,
            procedure_edition: row.pull()?,
            case: row.pull()?,
            to_receive: row.pull()?,
        })
    };
    conn.list(RUNNING, args![agency], read).await
}

/// The running steps that an agency does.
pub async fn steps_at_work(conn: &mut Conn, agency: UnitId) -> Result<Vec<StepAtWork>, DbError> {
    let read = |row: &mut Row| {
        Ok(StepAtWork {
            dossier: row.pull()?,
            code: row.pull()?,
            name: row.pull()?,
            office: row.pull()?,
            begun: row.pull()?,
            minutes: row.pull()?,
            due: row.pull()?,
        })
    };
    conn.list(STEPS, args![agency], read).await
}

/// The ledgers of the clocks of its dossiers, and of those that it has a step of, dossier by dossier.
pub async fn ticks_of_running(conn: &mut Conn, agency: UnitId) -> Result<Vec<(DossierId, Tick)>, DbError> {
    let read = |row: &mut Row| {
        let tick = tick(row)?;
        Ok((row.pull()?, tick))
    };
    conn.list(TICKS_OF_RUNNING, args![agency], read).await
}
