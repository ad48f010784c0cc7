//! Decisions, pure: who may do what, when; `figures` (what is asked, what it adds up to), `check` (what does not agree), `cube` (over units and periods), `due`.

pub mod check;
pub mod cube;
pub mod figures;

use crate::model::*;
use base::{Date, Timestamp};
use calendar::Calendar;
use people::{Role, Scope, Station, UnitId};

/// Who may enter a report of their unit.
pub const FILLERS: &[Role] = &[Role::Staff, Role::Coordinator, Role::Head, Role::Clerk, Role::Registrar];
/// Who opens a collection, takes reports in and adds them up.
pub const COLLECTORS: &[Role] = &[Role::Coordinator, Role::Head];
/// Who may see what is inside their unit.
pub const SEERS: &[Role] = &[Role::Coordinator, Role::Head, Role::Viewer, Role::Admin, Role::Council];
/// Who takes letters in.
pub const RECEIVERS: &[Role] = &[Role::Registrar, Role::Coordinator, Role::Head];
/// The longest text of a section, in letters; of a note.
pub const LONGEST: usize = 20_000;
pub const NOTE: usize = 2_000;

/// What a person is to a report of a unit that lies on `path` (itself first); none for whoever may not know of it.
pub fn seat(scope: &Scope, station: &Station, round: &Round, report: &Report, path: &[UnitId]) -> Option<Seat> {
    let is_own = scope.is_of(report.unit);
    // Whoever has left the unit since it was given to them holds it no more.
    let is_holder = report.holder.is_some() && report.holder == scope.account && station.is_in(report.unit);
    let is_free = report.holder.is_none() || scope.has_any(COLLECTORS);
    let around = |from: usize| path.iter().skip(from).any(|unit| scope.is_of(*unit));
    let seat = Seat {
        fills: is_holder || (is_own && is_free && scope.has_any(FILLERS)),
        // An office has no head of its own in every department: then the agency's, or whoever coordinates there.
        heads: (scope.has(Role::Head) && around(0)) || (scope.has(Role::Coordinator) && around(1)),
        collects: !report.gathers() && scope.is_of(round.collector) && scope.has_any(COLLECTORS),
    };
    let sees = station.is_in(report.unit) || ((around(0) || scope.is_of(round.collector)) && scope.has_any(SEERS));
    (sees || seat != Seat::default()).then_some(seat)
}

/// By when a unit must have sent: when work ends on its working day, so many after the day of closing (NĐ 09/2019/NĐ-CP: the
/// deadline stands in the regime, one for each level). None beyond the calendar.
pub fn due(calendar: &Calendar, closed: Date, days: u32) -> Option<Timestamp> {
    // The day of closing counts for no day, and is the day where none is given.
    let first = if days == 0 { closed } else { closed.tomorrow().ok()? };
    let on = std::iter::successors(Some(first), |day| day.tomorrow().ok());
    let known = on.take_while(|day| calendar.status(day.year()).is_some());
    let mut ends = known.filter_map(|day| calendar.close_of(day));
    ends.nth(usize::try_from(days.saturating_sub(1)).ok()?).map(hours::instant)
}

/// Whether somebody may change figures and words now.
pub fn may_fill(held: &Held) -> Result<(), No> {
    if !held.seat.fills {
        return Err(No::NotYours);
    }
    if !held.report.state.is_open() {
        return Err(No::Closed { state: held.report.state });
    }
    Ok(())
}

/// Whether it may be put before the unit's head. What blocks, what is not explained and what came back and was not answered is
/// named, with how many there are.
pub fn may_ask(held: &Held, wrong: &[Wrong], notes: &[Note], has_words: bool) -> Result<(), Vec<No>> {
    may_fill(held).map_err(|no| vec![no])?;
    let mut found = Vec::new();
    if held.report.filled == 0 && !has_words {
        found.push(No::NothingEntered);
    }
    let named = |severity: indicator::Severity| {
        let all: Vec<&Wrong> =
            wrong.iter().filter(|one| one.severity == severity && one.explained.is_empty()).collect();
        all.first().map(|one| (all.len(), one.say.clone()))
    };
    if let Some((count, first)) = named(indicator::Severity::Blocks) {
        found.push(No::Blocked { count, first });
    }
    if let Some((count, first)) = named(indicator::Severity::Explain) {
        found.push(No::Unexplained { count, first });
    }
    let open: Vec<&Note> = unanswered(notes).collect();
    if let Some(first) = open.first() {
        found.push(No::Unanswered { count: open.len(), first: first.body.clone() });
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Whether somebody may say something of a report: whoever only sees it may not.
pub fn may_say(held: &Held) -> Result<(), No> {
    if held.seat == Seat::default() { Err(No::NotYours) } else { Ok(()) }
}

/// Whether a check that fails may be explained: not one that blocks.
pub fn may_explain(held: &Held, spot: &Spot) -> Result<(), No> {
    may_fill(held)?;
    let Spot::Check(code) = spot else { return Err(No::NoSuchCell) };
    let known = held.ready.set.checks.iter().find(|check| check.code == *code);
    match known {
        Some(check) if check.severity != indicator::Severity::Blocks => Ok(()),
        _ => Err(No::NoSuchCell),
    }
}

/// What was returned and is neither changed nor answered.
pub fn unanswered(notes: &[Note]) -> impl Iterator<Item = &Note> {
    notes.iter().filter(|note| note.kind == NoteKind::Returned && note.settled.is_none())
}

/// Whether whoever put it before the head may take it back.
pub fn may_withdraw(held: &Held) -> Result<(), No> {
    if !held.seat.fills {
        return Err(No::NotYours);
    }
    if held.report.state == State::Asked { Ok(()) } else { Err(No::NotAskedYet { state: held.report.state }) }
}

/// Whether the unit's head may approve it now.
pub fn may_approve(held: &Held) -> Result<(), No> {
    if !held.seat.heads {
        return Err(No::NotHead);
    }
    match held.report.state {
        State::Asked => Ok(()),
        state => Err(No::NotAskedYet { state }),
    }
}

/// Whether somebody may mark places and give it back: its own head before it is sent, whoever collects after.
pub fn may_return(held: &Held) -> Result<(), No> {
    match (held.report.state, held.seat) {
        (State::Asked, Seat { heads: true, .. }) | (State::Sent, Seat { collects: true, .. }) => Ok(()),
        (State::Asked, _) => Err(No::NotHead),
        (State::Sent, _) => Err(No::NotCollector),
        (state, _) => Err(No::NotSent { state }),
    }
}

/// Whether the agency that adds up may take it in now.
pub fn may_accept(held: &Held) -> Result<(), No> {
    if !held.seat.collects {
        return Err(No::NotCollector);
    }
    match held.report.state {
        State::Sent => Ok(()),
        state => Err(No::NotSent { state }),
    }
}

/// Whether what was sent may be opened again, to be sent a second time: by whoever took it in; the top one by its head.
pub fn may_reopen(held: &Held) -> Result<(), No> {
    if !(held.seat.collects || (held.report.gathers() && held.seat.heads)) {
        return Err(No::NotCollector);
    }
    if held.report.state.is_told() { Ok(()) } else { Err(No::NotSent { state: held.report.state }) }
}

/// Whether a letter may be numbered: an issued report has a number and a day, not one after today.
pub fn check_number(number: &str, day: Option<Date>, today: Date) -> Vec<No> {
    let mut found = Vec::new();
    if number.trim().is_empty() || day.is_none() {
        found.push(No::NumberMissing);
    }
    if day.is_some_and(|day| day > today) {
        found.push(No::NumberAhead);
    }
    found
}

#[cfg(test)]
mod tests;
