//! Decisions: pure. Who may see and do what, and whether what was entered may stand.

mod refund;

pub use crate::clock::Against;
use crate::model::*;
use base::{Date, Timestamp};
use people::{Role, Scope, Station, UnitId};
use procedure::Asked;
pub use refund::{Practice, may_ask_refund, may_decide_refund, may_give_back, practice};
use serde::Deserialize;

/// Who works on dossiers.
pub const WORKERS: &[Role] = &[Role::Clerk, Role::Staff, Role::Head, Role::Coordinator, Role::Registrar];
/// Those of them to whom work is given from a list.
pub const HANDS: &[Role] = &[Role::Staff, Role::Head, Role::Clerk, Role::Registrar];
/// Who takes them in and gives them back.
pub const CLERKS: &[Role] = &[Role::Clerk];

/// Who holds a role of a process (`data/workflows/roles.toml`).
#[derive(Clone, Debug, Deserialize)]
pub struct Holds {
    pub name: String,
    pub role: Role,
    pub at: At,
}

/// Where in the agency a role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum At {
    Agency,
    Office,
    Inside,
}

impl Holds {
    /// Whether a unit of the agency is one where the role is held.
    pub fn fits(&self, unit: UnitId, agency: UnitId) -> bool {
        match self.at {
            At::Agency => unit == agency,
            At::Office => unit != agency,
            At::Inside => true,
        }
    }

    pub fn by(&self, scope: &Scope, station: &Station, agency: UnitId) -> bool {
        let here = scope.unit.is_some_and(|unit| self.fits(unit, agency));
        station.is_in(agency) && here && scope.has(self.role)
    }
}

/// What a person is to a dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Sees it at all; who does not is told that there is none.
    pub sees: bool,
    /// Heads the agency.
    pub heads: bool,
    /// Works at its counter or its agency's.
    pub counts: bool,
}

/// Another agency's dossier is not there. Inside, those who answer for the agency's work see all of it; a specialist sees
/// what their office or they themselves have, or had.
pub fn sight(scope: &Scope, station: &Station, dossier: &Dossier, had: &[Step]) -> Sight {
    let inside = station.is_in(dossier.agency);
    let heads = inside && scope.is_of(dossier.agency) && scope.has(Role::Head);
    let counts = scope.has(Role::Clerk) && (inside || station.is_in(dossier.counter));
    let oversees = inside && scope.has_any(&[Role::Head, Role::Coordinator, Role::Registrar]);
    let is_mine = |office: Option<UnitId>, holder: Option<people::AccountId>| {
        office.is_some_and(|office| station.is_in(office)) || (holder.is_some() && holder == scope.account)
    };
    // Another agency that has a step of its process sees what it works on.
    let helps = had.iter().any(|step| step.agency.is_some_and(|agency| station.is_in(agency)));
    let works = inside
        && scope.has(Role::Staff)
        && (is_mine(dossier.at.office, dossier.at.holder) || had.iter().any(|step| is_mine(step.office, step.holder)));
    Sight { sees: heads || counts || oversees || works || helps, heads, counts }
}

/// Whether the person may do the running step: they hold its role, and it was not given to somebody else.
pub fn may_step(
    scope: &Scope,
    station: &Station,
    dossier: &Dossier,
    step: &Step,
    holds: Option<&Holds>,
) -> Result<(), NotNow> {
    let not = || Err(NotNow::NotYourStep { step: step.name.clone() });
    let Some(holds) = holds else { return not() };
    // The counter that received it returns it too, wherever its agency is (NĐ 118/2025/NĐ-CP: regardless of boundary).
    let own = step.agency.is_none();
    let at_counter = own && holds.role == Role::Clerk && scope.has(Role::Clerk) && station.is_in(dossier.counter);
    if !at_counter && !holds.by(scope, station, step.agency.unwrap_or(dossier.agency)) {
        return not();
    }
    let given = step.holder.is_none_or(|holder| scope.account == Some(holder));
    let office = step.office.is_none_or(|office| station.is_in(office)) || at_counter;
    if given && office { Ok(()) } else { not() }
}

/// Whether the person did this step.
pub fn did(scope: &Scope, step: &Step) -> bool {
    step.done_by.is_some() && step.done_by == scope.account
}

/// Everything wrong with whose dossier it is.
pub fn check_owner(owner: &Owner, today: Date) -> Vec<NotNow> {
    let mut found = Vec::new();
    if owner.name.trim().is_empty() {
        found.push(NotNow::OwnerMissing);
    }
    if !number_is_good(&owner.number) || !number_is_good(&owner.submitter_number) {
        found.push(NotNow::NumberOdd);
    }
    if !owner.phone.is_empty() && !base::contact::is_phone(&owner.phone) {
        found.push(NotNow::PhoneOdd);
    }
    if !owner.email.is_empty() && !base::contact::is_email(&owner.email) {
        found.push(NotNow::EmailOdd);
    }
    if !owner.born.is_empty() && !born_is_good(&owner.born, today) {
        found.push(NotNow::BornOdd);
    }
    found
}

/// An account is a person's, by the number that no other person has.
pub fn can_have_account(owner: &Owner) -> Result<(), NotNow> {
    let is_identity = owner.number.len() == 12 && owner.number.chars().all(|c| c.is_ascii_digit());
    if owner.kind == OwnerKind::Person && is_identity { Ok(()) } else { Err(NotNow::AccountNumber) }
}

/// A number as it is kept, however it was typed.
pub fn bare(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).collect()
}

/// 12 digits, or the 9 of before; a tax code has 10 or 13; a foreign document has letters in it.
fn number_is_good(number: &str) -> bool {
    let all_digits = number.chars().all(|c| c.is_ascii_digit());
    let lengths = [9, 10, 12, 13];
    number.is_empty()
        || if all_digits {
            lengths.contains(&number.len())
        } else {
            number.len() <= 30 && number.chars().any(char::is_alphabetic)
        }
}

/// A day in the past, or a year only: many know no more.
fn born_is_good(born: &str, today: Date) -> bool {
    if let Ok(year) = born.parse::<i16>() {
        return (1900..=today.year()).contains(&year);
    }
    base::day::read_vi(born, today).is_ok_and(|day| day <= today && day.year() >= 1900)
}

/// What was handed in of the papers: their codes.
pub fn check_papers(asked: &Asked<'_>, given: &[String]) -> Vec<NotNow> {
    let is_asked = |code: &&String| asked.papers.iter().any(|paper| paper.code == **code);
    let unknown = given.iter().filter(|code| !is_asked(code)).map(|code| NotNow::PapersUnknown { code: code.clone() });
    let missing = asked.papers.iter().filter(|paper| !paper.optional && !given.contains(&paper.code));
    let missing = missing.map(|paper| NotNow::PaperMissing { code: paper.code.clone(), name: paper.name.clone() });
    unknown.chain(missing).collect()
}

/// How far back a receipt may be entered: what came by post over a weekend or during a power cut, not more.
pub const BACK_DAYS: i64 = 5;

/// A moment of receipt other than now needs a reason, and lies within the last days.
pub fn check_received(at: Timestamp, why: &str, now: Timestamp) -> Result<(), NotNow> {
    if at > now {
        return Err(NotNow::ReceivedLater);
    }
    let back = now.duration_since(at);
    if back > jiff::SignedDuration::from_hours(24 * BACK_DAYS) {
        return Err(NotNow::ReceivedLongAgo { days: BACK_DAYS });
    }
    if back > jiff::SignedDuration::from_mins(30) && why.trim().is_empty() {
        return Err(NotNow::WhyBackdated);
    }
    Ok(())
}

/// Whether anything may still be done.
pub fn is_open(dossier: &Dossier) -> Result<(), NotNow> {
    if dossier.state.is_open() { Ok(()) } else { Err(NotNow::Ended { state: dossier.state }) }
}

/// Whether its clock runs.
pub fn runs(dossier: &Dossier) -> Result<(), NotNow> {
    is_open(dossier)?;
    if dossier.paused.is_some() { Err(NotNow::Paused) } else { Ok(()) }
}

/// Whether a supplement may be asked for: one complete list (NĐ 118/2025/NĐ-CP Art. 11); a second is the head's to ask.
pub fn may_ask(dossier: &Dossier, heads: bool) -> Result<(), NotNow> {
    runs(dossier)?;
    if dossier.asked > 0 && !heads { Err(NotNow::AskAgain) } else { Ok(()) }
}

/// Everything wrong with what is to be awaited from outside: who, what, until when.
pub fn check_awaited(whom: &str, said: &str, until: Option<Date>, today: Date) -> Vec<NotNow> {
    let mut found = Vec::new();
    if whom.trim().is_empty() {
        found.push(NotNow::AwaitedWhom);
    }
    if said.trim().is_empty() {
        found.push(NotNow::AwaitedSaid);
    }
    if until.is_none_or(|until| until < today) {
        found.push(NotNow::AwaitedUntil);
    }
    found
}

/// Everything wrong with a request to supplement.
pub fn check_ask(items: &[Item], reason: &str, until: Option<Date>, today: Date) -> Vec<NotNow> {
    let mut found = Vec::new();
    if items.is_empty() {
        found.push(NotNow::AskEmpty);
    }
    if reason.trim().is_empty() {
        found.push(NotNow::AskReason);
    }
    for item in items.iter().filter(|item| item.wanted.trim().is_empty()) {
        found.push(NotNow::AskWanted { code: item.code.clone(), name: item.name.clone() });
    }
    if until.is_some_and(|until| until <= today) {
        found.push(NotNow::AskUntil);
    }
    found
}

/// Withdrawing: only before there is a decision or result (NĐ 118/2025/NĐ-CP Art. 21; TT 03/2025/TT-VPCP Art. 7).
pub fn may_withdraw(dossier: &Dossier) -> Result<(), NotNow> {
    is_open(dossier)?;
    if dossier.state == State::Resolved { Err(NotNow::WithdrawAfterResult) } else { Ok(()) }
}

/// Apologising with a new date: once, with a reason (NĐ 61/2018/NĐ-CP Art. 19 as amended).
pub fn may_extend(dossier: &Dossier, days: u32, reason: &str) -> Result<(), Vec<NotNow>> {
    let mut found = Vec::new();
    if let Err(no) = is_open(dossier) {
        found.push(no);
    }
    if dossier.extended > 0 {
        found.push(NotNow::ExtendAgain);
    }
    if !(1..=60).contains(&days) {
        found.push(NotNow::ExtendEarlier);
    }
    if reason.trim().is_empty() {
        found.push(NotNow::ExtendReason);
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Whether an apology comes too late to count as one: it has to come at the latest one day before the dossier is due
/// (NĐ 61/2018/NĐ-CP Art. 19).
pub fn is_late_to_extend(now: Timestamp, due: Timestamp) -> bool {
    base::day::today(now) >= base::day::today(due)
}

mod kept;

pub use kept::{Kept, kept_time};

#[cfg(test)]
mod tests;
