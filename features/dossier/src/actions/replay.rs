//! Last month's work by a draft of a process: who would have been late at which step.

use crate::clock::{self, Tick};
use crate::model::*;
use crate::store;
use base::Timestamp;
use calendar::Calendar;
use db::Conn;
use people::{Failure, UnitId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use workflow::Process;

/// One step of the draft against what was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ReplayedStep {
    pub code: String,
    pub name: String,
    pub done: i64,
    /// Late by the time that the step had.
    pub late: i64,
    /// Late by the time that the draft gives.
    pub would_be_late: i64,
    /// Who would have been late, and how often.
    pub hands: BTreeMap<String, i64>,
}

/// What was replayed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Replayed {
    pub dossiers: i64,
    /// Dossiers with a late step: as it was, and by the draft.
    pub late: i64,
    pub would_be_late: i64,
    pub steps: Vec<ReplayedStep>,
    /// Steps that were done and are not in the draft: code and name.
    pub gone: BTreeSet<(String, String)>,
}

/// Runs the dossiers of this process that ended in [from, to) through a draft of it: each step begins when it began, pauses
/// as it paused, and has the draft's time.
pub async fn replay(conn: &mut Conn, draft: &Process, from: Timestamp, to: Timestamp) -> Result<Replayed, Failure> {
    let doings = store::doings_of(conn, &draft.code, from, to).await?;
    let mut ticks: BTreeMap<DossierId, Vec<Tick>> = BTreeMap::new();
    for (dossier, tick) in store::ticks_of(conn, &draft.code, from, to).await? {
        ticks.entry(dossier).or_default().push(tick);
    }
    let mut calendars = HashMap::new();
    let named = |step: &workflow::Step| ReplayedStep {
        code: step.code.clone(),
        name: step.name.clone(),
        ..ReplayedStep::default()
    };
    let mut replayed = Replayed { steps: draft.steps.iter().map(named).collect(), ..Replayed::default() };
    let (mut all, mut late, mut would) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (dossier, agency, step) in doings {
        all.insert(dossier);
        let calendar = calendar_of(conn, &mut calendars, step.agency.unwrap_or(agency)).await?;
        let ticks = ticks.get(&dossier).map_or(&[][..], Vec::as_slice);
        let is_late = |step: &Step| {
            let due = clock::step_due(&calendar, step, ticks)?;
            Ok::<bool, Failure>(due.is_some_and(|due| step.done.is_some_and(|done| done > due)))
        };
        let was_late = is_late(&step)?;
        if was_late {
            late.insert(dossier);
        }
        let Some(at) = draft.steps.iter().position(|one| one.code == step.code) else {
            replayed.gone.insert((step.code, step.name));
            continue;
        };
        let by_draft = is_late(&Step { minutes: i64::from(draft.steps[at].time), ..step.clone() })?;
        let counted = &mut replayed.steps[at];
        counted.done += 1;
        counted.late += i64::from(was_late);
        counted.would_be_late += i64::from(by_draft);
        if by_draft {
            *counted.hands.entry(step.done_name).or_default() += 1;
            would.insert(dossier);
        }
    }
    let count = |set: &BTreeSet<DossierId>| i64::try_from(set.len()).unwrap_or(i64::MAX);
    (replayed.dossiers, replayed.late, replayed.would_be_late) = (count(&all), count(&late), count(&would));
    Ok(replayed)
}

async fn calendar_of(
    conn: &mut Conn,
    known: &mut HashMap<UnitId, Arc<Calendar>>,
    agency: UnitId,
) -> Result<Arc<Calendar>, Failure> {
    if let Some(found) = known.get(&agency) {
        return Ok(found.clone());
    }
    let calendar = hours::of(conn, agency).await?;
    known.insert(agency, calendar.clone());
    Ok(calendar)
}
