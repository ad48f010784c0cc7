//! What a change of working days or hours would move, before anybody makes it: reckoned, and nothing written.

use super::recompute::{may, working};
use super::work::received;
use crate::clock::{self, Tick};
use crate::model::*;
use crate::{flow, store};
use calendar::Calendar;
use db::Conn;
use hours::{ChangeId, NewChange, NewWeek, Trial, WeekId};
use people::{Failure, Scope, UnitId};
use std::collections::BTreeMap;

/// What is thought of.
#[derive(Clone, Debug)]
pub enum Thought {
    Change(NewChange),
    NoChange(ChangeId),
    Week(NewWeek),
    NoWeek(WeekId),
}

/// An open dossier that would be due at another moment.
#[derive(Clone, Debug)]
pub struct Moved {
    pub id: DossierId,
    pub code: String,
    pub from: base::Timestamp,
    pub to: base::Timestamp,
}

/// A running step that would be due at another moment, within its dossier's time.
#[derive(Clone, Debug)]
pub struct MovedStep {
    pub dossier: DossierId,
    pub code: String,
    pub name: String,
    pub office: String,
    pub from: base::Timestamp,
    pub to: base::Timestamp,
}

/// What would happen.
#[derive(Clone, Debug, Default)]
pub struct Foreseen {
    /// How many were looked at: their clocks run.
    pub looked: usize,
    /// Soonest due first.
    pub moved: Vec<Moved>,
    /// The same of running steps.
    pub steps_looked: usize,
    pub steps: Vec<MovedStep>,
}

/// Which open dossiers and which running steps would get another due moment, refused as the change itself would be.
pub async fn foresee(conn: &mut Conn, scope: &Scope, thought: Thought) -> Result<Foreseen, Failure> {
    let working = working(conn, scope).await?;
    let (unit, trial) = match thought {
        Thought::Change(new) => {
            may(&working, new.unit)?;
            (new.unit, Trial::change(scope, new)?)
        }
        Thought::Week(new) => {
            may(&working, new.unit)?;
            (new.unit, Trial::week(conn, scope, new).await?)
        }
        Thought::NoChange(id) => {
            let change = working.changes.iter().find(|one| one.id == id).ok_or(Failure::NotFound)?;
            may(&working, change.unit)?;
            (change.unit, Trial::NoChange(id))
        }
        Thought::NoWeek(id) => {
            let week = working.weeks.iter().find(|one| one.id == id).ok_or(Failure::NotFound)?;
            may(&working, week.unit)?;
            (week.unit, Trial::NoWeek(id))
        }
    };
    let agencies = match unit {
        Some(unit) => vec![unit],
        None => store::agencies_running(conn).await?,
    };
    let mut found = Foreseen::default();
    for agency in agencies {
        of_agency(conn, agency, &trial, &mut found).await?;
    }
    found.moved.sort_by_key(|one| (one.from, one.id));
    found.steps.sort_by(|a, b| (a.from, &a.code, &a.name).cmp(&(b.from, &b.code, &b.name)));
    Ok(found)
}

async fn of_agency(conn: &mut Conn, agency: UnitId, trial: &Trial, found: &mut Foreseen) -> Result<(), Failure> {
    let calendar = hours::would(conn, agency, trial).await?;
    let mut ledgers: BTreeMap<DossierId, Vec<Tick>> = BTreeMap::new();
    for (id, tick) in store::ticks_of_running(conn, agency).await? {
        ledgers.entry(id).or_default().push(tick);
    }
    for one in store::running(conn, agency).await? {
        found.looked += 1;
        let ticks = ledgers.get(&one.id).map_or(&[][..], Vec::as_slice);
        if let Some(to) = due(conn, &calendar, &one, ticks).await?.filter(|to| *to != one.due) {
            found.moved.push(Moved { id: one.id, code: one.code, from: one.due, to });
        }
    }
    for step in store::steps_at_work(conn, agency).await? {
        found.steps_looked += 1;
        let ticks = ledgers.get(&step.dossier).map_or(&[][..], Vec::as_slice);
        let due = clock::minutes_due(&calendar, step.begun, step.minutes, ticks)?;
        if let Some(to) = due.filter(|to| *to != step.due) {
            let store::StepAtWork { dossier, code, name, office, due: from, .. } = step;
            found.steps.push(MovedStep { dossier, code, name, office, from, to });
        }
    }
    Ok(())
}

/// As a deed at the dossier would reckon it.
async fn due(
    conn: &mut Conn,
    calendar: &Calendar,
    one: &store::Running,
    ticks: &[Tick],
) -> Result<Option<base::Timestamp>, Failure> {
    match one.to_receive {
        Some(since) => Ok(clock::due(calendar, since, super::online::TO_RECEIVE, &[])?),
        None => {
            let procedure = flow::procedure(conn, one.procedure_edition).await?;
            let case = procedure.case(&one.case);
            let time = case.ok_or_else(|| Failure::Broken("the case of a dossier is gone".into()))?.time;
            Ok(clock::due(calendar, received(one.received, ticks), time, ticks)?)
        }
    }
}
