//! A dossier at work: taken for one transaction with all that its deeds need, and written back as it then stands.

use super::access::Access;
use super::coordinate;
use super::loaded::{Loaded, load_running};
use super::sync;
use super::tell::{Outside, to_agencies, to_owner, to_staff};
use crate::clock::{self, Deed, Tick};
use crate::model::*;
use crate::store;
use calendar::Calendar;
use db::{Conn, Db};
use journal::about;
use people::{Failure, Scope};
use serde::Serialize;
use std::sync::Arc;
use web::Site;
use workflow::End;

/// A dossier taken for one deed.
pub struct Work {
    pub db: Access,
    pub at: Loaded,
    before: Dossier,
    had: Vec<(StepId, Option<people::AccountId>)>,
    /// Steps that end and begin by this deed: written when it settles.
    ends: Vec<Left>,
    begins: Vec<StepId>,
    /// Running steps that are due at another moment by this deed.
    moved: Vec<StepId>,
    pub(super) calendar: Arc<Calendar>,
    outside: Outside,
    /// The step that this deed does, and where it leads.
    pub(super) done: Option<(Step, String)>,
    /// The agency that this deed asks.
    pub(super) asks: Option<people::UnitId>,
}

/// Takes a dossier. `version` is that of the page; an older one is a conflict.
///
/// What judges a deed is read before its transaction, of one moment, beside whoever writes. Every deed counts the version on,
/// so that what was read of this version still holds once the dossier is taken by it.
pub async fn open(site: &Site, scope: &Scope, id: DossierId, version: i64) -> Result<Work, Failure> {
    let mut conn = site.db.snapshot().await?;
    let mut at = load_running(&mut conn, scope, id).await?;
    if at.dossier.version != version {
        return Err(stale(&at.dossier));
    }
    let calendar = calendar_of(&mut conn, &at.dossier).await?;
    at.dossier.version += 1;
    let db = Access::beside(&site.db, conn, id, version);
    Ok(Work::of(db, at, calendar, Outside::of(&site.settings)))
}

pub(super) fn stale(dossier: &Dossier) -> Failure {
    Failure::stale(serde_json::json!({ "state": dossier.state, "step": dossier.at.name }))
}

/// Takes a dossier for what its citizen does, whom its pass has let in, or for what a day does by itself.
pub async fn open_unasked(db: &Db, outside: &Outside, scope: &Scope, id: DossierId) -> Result<Work, Failure> {
    let mut tx = db.begin().await?;
    let dossier = store::dossier(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    // There is no page to compare with: what is done so fits whatever happened since.
    if !store::take_dossier(&mut tx, id, dossier.version).await? {
        return Err(stale(&dossier));
    }
    let program = Scope { unit: Some(dossier.agency), roles: vec![people::Role::Head], ..scope.clone() };
    let at = load_running(&mut tx, &program, id).await?;
    let calendar = calendar_of(&mut tx, &at.dossier).await?;
    let within = Access::within(db, tx, id, at.dossier.version);
    Ok(Work::of(within, at, calendar, outside.clone()))
}

/// The calendar of the agency that resolves.
pub async fn calendar_of(conn: &mut Conn, dossier: &Dossier) -> Result<Arc<Calendar>, Failure> {
    hours::of(conn, dossier.agency).await
}

impl Work {
    fn of(db: Access, at: Loaded, calendar: Arc<Calendar>, outside: Outside) -> Work {
        let (before, had) = (at.dossier.clone(), at.running().map(|(step, _)| (step.id, step.holder)).collect());
        let (ends, begins, moved) = (Vec::new(), Vec::new(), Vec::new());
        Work { db, at, before, had, ends, begins, moved, calendar, outside, done: None, asks: None }
    }

    /// Adds to the ledger of the clock.
    pub async fn tick(&mut self, scope: &Scope, act: Deed) -> Result<(), Failure> {
        let tick = Tick { at: scope.now, act };
        store::add_tick(self.db.write().await?, self.at.dossier.id, &tick, scope.account).await?;
        self.at.ticks.push(tick);
        Ok(())
    }

    /// Begins a step.
    pub async fn begin(
        &mut self,
        scope: &Scope,
        at: usize,
        office: Option<people::UnitId>,
        holder: Option<people::AccountId>,
    ) -> Result<(), Failure> {
        let of = &self.at.process.steps[at];
        let agency = match &of.agency {
            Some(name) => coordinate::agency_named(self.db.read()?, name, scope.today()).await?,
            None => None,
        };
        let agency = agency.map(|unit| unit.id).filter(|unit| *unit != self.at.dossier.agency);
        let (office, holder) = if agency.is_some() { (agency, None) } else { (office, holder) };
        let mut step = Step { agency, office, holder, ..Step::begun(of, scope.now) };
        step.due = self.step_due(&step).await?;
        self.begins.push(step.id);
        self.at.steps.push(step);
        Ok(())
    }

    /// Ends a step: it is none of the dossier's running steps any more.
    pub fn leave(&mut self, id: StepId, onward: &str, note: &str, back: bool) {
        self.ends.push(Left { id, onward: onward.to_owned(), note: note.to_owned(), back });
        self.at.steps.retain(|step| step.id != id);
    }

    /// Ends in another way than by its process.
    pub fn end(&mut self, scope: &Scope, state: State, note: &str) {
        let running: Vec<StepId> =
            self.at.steps.iter().filter(|step| step.done.is_none()).map(|step| step.id).collect();
        for id in running {
            self.leave(id, state.say(), note, false);
        }
        self.at.dossier.state = state;
        self.at.dossier.ended = Some(scope.now);
    }

    /// Reckons anew after a calendar has changed; false where nothing follows from it, and nothing is written.
    pub async fn recompute(mut self, scope: &Scope) -> Result<bool, Failure> {
        if !self.at.dossier.state.is_open() {
            return Ok(false);
        }
        let dues = |at: &Loaded| (at.dossier.due, at.running().map(|(step, _)| step.due).collect::<Vec<_>>());
        let before = dues(&self.at);
        self.reckon(scope).await?;
        let after = dues(&self.at);
        if before == after {
            return Ok(false);
        }
        let say = |due: Option<base::Timestamp>| due.map_or("đang dừng".to_owned(), base::day::vi_moment);
        // Before the official receipt what runs is the office's time to receive it: no day that anybody was promised.
        let moved = before.0 != after.0 && !self.at.dossier.awaits();
        let (deed, note) = match moved {
            true => ("dossier.recomputed", format!("{} thành {}", say(before.0), say(after.0))),
            false => ("dossier.steps-recomputed", String::new()),
        };
        let what = "Tính lại hạn theo lịch làm việc mới";
        self.settle(scope, deed, Said { what, note: &note, public: moved }).await?;
        Ok(true)
    }

    /// Writes the dossier as it now stands, with the line that people read and the line of the journal, and commits.
    pub async fn settle(mut self, scope: &Scope, deed: &str, said: Said<'_>) -> Result<(), Failure> {
        self.reckon(scope).await?;
        let (id, dossier) = (self.at.dossier.id, &self.at.dossier);
        // All that does not write comes before the transaction: the writer is one, and everybody's.
        let (clocked, given) = (self.is_clocked(), self.is_given());
        let conn = self.db.read()?;
        let onward = match clocked || given {
            true => store::onward(conn, dossier, &self.at.ticks, clocked).await?,
            false => None,
        };
        let mut letters = Vec::from_iter(to_owner(conn, &self.outside, dossier, deed, self.before.state).await?);
        letters.extend(to_staff(conn, scope, &self.outside, &self.at, &self.had).await?);
        letters.extend(to_agencies(conn, scope, &self.outside, &self.at, &self.had, self.asks).await?);
        let line = journal::entry(
            scope,
            deed,
            about("dossier", id),
            &Kept::of(&self.before, ""),
            &Kept::of(dossier, said.note),
        )?;

        let (tx, version) = self.db.enter().await?;
        if !store::move_dossier(tx, dossier, version).await? {
            return Err(stale(&store::dossier(tx, id).await?.ok_or(Failure::NotFound)?));
        }
        for step in &self.ends {
            store::end_step(tx, scope, id, step).await?;
        }
        for step in self.at.steps.iter().filter(|step| self.begins.contains(&step.id)) {
            store::add_step(tx, id, step).await?;
        }
        for step in self.at.steps.iter().filter(|step| self.moved.contains(&step.id)) {
            store::set_step_due(tx, id, step.id, step.due).await?;
        }
        if let Some(onward) = &onward {
            store::go_on(tx, dossier, onward).await?;
        }
        store::add_event(tx, scope, id, said.what, said.note, said.public).await?;
        for letter in &letters {
            notice::send(tx, scope.now, letter).await?;
        }
        let news = sync::news(tx, scope, &self.outside, dossier, deed, self.done.as_ref()).await?;
        journal::put(tx, line).await?;
        sync::put(tx, scope, news).await?;
        self.db.commit().await
    }

    /// Whether this deed changed anything of the clock that statistics keep.
    fn is_clocked(&self) -> bool {
        let clock = |one: &Dossier| (one.received, one.received_by, one.due, one.paused, one.resolved, one.ended);
        clock(&self.before) != clock(&self.at.dossier)
    }

    /// Whether somebody has it now who had it not before.
    fn is_given(&self) -> bool {
        let holder = self.at.dossier.at.holder;
        holder.is_some() && holder != self.before.at.holder
    }

    /// When it is due by the ledger as it now stands.
    pub fn due(&self) -> Result<Option<base::Timestamp>, Failure> {
        let received = received(self.at.dossier.received, &self.at.ticks);
        Ok(clock::due(&self.calendar, received, self.at.time()?, &self.at.ticks)?)
    }

    /// Reckons anew what follows from the ledger and the running steps: due moments, state, who has it.
    async fn reckon(&mut self, scope: &Scope) -> Result<(), Failure> {
        if self.at.dossier.received_by.is_none() && self.at.dossier.submitted.is_some() {
            return self.reckon_inbox(scope).await;
        }
        let due = self.due()?;
        let dossier = &mut self.at.dossier;
        dossier.due = due;
        dossier.paused = match self.at.ticks.iter().rev().find(|tick| !matches!(tick.act, Deed::Extend { .. })) {
            Some(Tick { at, act: Deed::Pause { .. } }) => Some(*at),
            _ => None,
        };
        for place in 0..self.at.steps.len() {
            let Some(step) = self.at.steps.get(place).filter(|step| step.done.is_none()).cloned() else { continue };
            let due = self.step_due(&step).await?;
            if due != step.due {
                self.at.steps[place].due = due;
                if !self.begins.contains(&step.id) {
                    self.moved.push(step.id);
                }
            }
        }
        self.place(scope);
        Ok(())
    }

    /// When a step is due by the hours of whoever does it.
    async fn step_due(&mut self, step: &Step) -> Result<Option<base::Timestamp>, Failure> {
        let calendar = match step.agency {
            Some(agency) => hours::of(self.db.read()?, agency).await?,
            None => self.calendar.clone(),
        };
        Ok(clock::step_due(&calendar, step, &self.at.ticks)?)
    }

    /// Not received yet: what runs is the time to receive it, and it stands while the citizen has to correct something.
    async fn reckon_inbox(&mut self, scope: &Scope) -> Result<(), Failure> {
        let asks = store::asks(self.db.read()?, self.at.dossier.id).await?;
        let open = asks.iter().rfind(|ask| ask.answered.is_none()).map(|ask| ask.at);
        let since = asks.iter().filter_map(|ask| ask.answered).max().or(self.at.dossier.submitted).unwrap_or(scope.now);
        let due = clock::due(&self.calendar, since, super::online::TO_RECEIVE, &[])?;
        let dossier = &mut self.at.dossier;
        (dossier.paused, dossier.due) = (open, due.filter(|_| open.is_none()));
        if dossier.state.is_open() {
            dossier.state = if open.is_some() { State::Waiting } else { State::Submitted };
            dossier.at = Place { name: "Chờ tiếp nhận".into(), due: dossier.due, ..Place::default() };
        } else {
            dossier.at = Place::default();
        }
        Ok(())
    }

    fn place(&mut self, scope: &Scope) {
        let first = self.at.running().min_by_key(|(step, _)| (step.due.is_none(), step.due, step.begun));
        let place = first.map(|(step, _)| Place {
            step: step.code.clone(),
            name: step.name.clone(),
            role: step.role.clone(),
            due: step.due,
            office: step.office,
            holder: step.holder,
        });
        let returning = self.at.running().all(|(_, step)| step.end == Some(End::Returned)) && place.is_some();
        let dossier = &mut self.at.dossier;
        dossier.at = place.unwrap_or_default();
        if !dossier.state.is_open() {
            return;
        }
        // The result is there once nothing is left but to return it: from then on the dossier cannot become late.
        (dossier.state, dossier.resolved) = match (dossier.paused, returning) {
            (Some(_), _) => (State::Waiting, None),
            (None, true) => (State::Resolved, dossier.resolved.or(Some(scope.now))),
            (None, false) => (State::Processing, None),
        };
    }
}

/// When it was first taken to be received: corrections stand in the ledger.
pub(super) fn received(last: base::Timestamp, ticks: &[Tick]) -> base::Timestamp {
    let corrected = ticks.iter().any(|tick| matches!(tick.act, Deed::Correct { .. }));
    // The ledger holds the corrected moment; what it begins from only has to be one that came before it.
    if corrected { last.min(ticks.first().map_or(last, |tick| tick.at)) } else { last }
}

/// The line that people read.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub what: &'a str,
    pub note: &'a str,
    /// The citizen reads it too.
    pub public: bool,
}

/// What the journal keeps of a dossier's state: nothing personal.
#[derive(Serialize)]
struct Kept<'a> {
    state: State,
    step: &'a str,
    holder: Option<people::AccountId>,
    office: Option<people::UnitId>,
    due: Option<base::Timestamp>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

impl<'a> Kept<'a> {
    fn of(dossier: &'a Dossier, note: &'a str) -> Kept<'a> {
        Kept {
            state: dossier.state,
            step: &dossier.at.name,
            holder: dossier.at.holder,
            office: dossier.at.office,
            due: dossier.due,
            note,
        }
    }
}
