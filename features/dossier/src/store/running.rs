//! Many dossiers at once, with no more of each than its due moment needs.

use super::trail::tick;
use crate::clock::Tick;
use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;
use rulebook::EditionId;

sql! {
    AGENCIES = "select distinct agency from dossier where state in ('submitted', 'processing') and due is not null";
    RUNNING = "select d.id, d.code, d.received, d.due, d.procedure_edition, d.case_code, \
               case when d.received_by is null then coalesce((select max(a.answered) from dossier_ask a where a.dossier = d.id), d.submitted) else null end \
               from dossier d where d.agency = $1 and d.state in ('submitted', 'processing') and d.due is not null order by d.due, d.id";
    TICKS_OF_RUNNING = "select t.at, t.act, t.reason, t.minutes, t.received, d.id from dossier d join dossier_clock t on t.dossier = d.id \
                        where d.agency = $1 and d.state in ('submitted', 'processing') and d.due is not null order by d.id, t.seq";
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

/// The ledgers of their clocks, dossier by dossier.
pub async fn ticks_of_running(conn: &mut Conn, agency: UnitId) -> Result<Vec<(DossierId, Tick)>, DbError> {
    let read = |row: &mut Row| {
        let tick = tick(row)?;
        Ok((row.pull()?, tick))
    };
    conn.list(TICKS_OF_RUNNING, args![agency], read).await
}
