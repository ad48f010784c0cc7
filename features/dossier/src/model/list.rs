//! What lists are asked, and what they give.

use super::{Channel, DossierId, State};
use base::Timestamp;
use people::{AccountId, UnitId};

/// How far somebody sees.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    /// Everything of an agency.
    Agency(UnitId),
    /// What an office has that was given to nobody, and what the person has.
    Own { office: UnitId, account: Option<AccountId> },
}

/// What is asked of a list; what is empty does not count.
#[derive(Clone, Debug)]
pub struct Filter {
    pub state: State,
    pub field: String,
    pub procedure: String,
    /// Folded words of the owner's name, or the number of its code.
    pub words: String,
    /// Due within [from, before).
    pub due_from: Option<Timestamp>,
    pub due_before: Option<Timestamp>,
    /// Its running step due before this moment.
    pub step_before: Option<Timestamp>,
    /// Officially received within [from, before).
    pub received_from: Option<Timestamp>,
    pub received_before: Option<Timestamp>,
    /// The unit that has the running step.
    pub office: Option<UnitId>,
    pub holder: HeldBy,
}

/// Who holds the running step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeldBy {
    /// It does not matter.
    #[default]
    Anyone,
    /// It was given to nobody.
    Nobody,
    One(AccountId),
}

impl Filter {
    /// A box is counted so far, and what is found by words; what lies beyond is looked for by more words or filters.
    pub fn most_counted(&self) -> i64 {
        if self.words.is_empty() { 2_000 } else { 200 }
    }

    /// Whether it asks of receipt, of an office or of a holder.
    pub fn is_narrowed(&self) -> bool {
        let by_hands = self.office.is_some() || self.holder != HeldBy::Anyone;
        by_hands || self.received_from.is_some() || self.received_before.is_some()
    }
}

/// A procedure that an agency has had dossiers of, to choose from.
#[derive(Clone, Debug)]
pub struct Offered {
    pub code: String,
    pub name: String,
    pub field: String,
}

/// The units that may have a running step and the people who may hold it, to choose from.
#[derive(Clone, Debug, Default)]
pub struct Holders {
    pub offices: Vec<(UnitId, String)>,
    pub people: Vec<Holder>,
    /// Those to whom work may be given, where that was asked for: who has the least first.
    pub hands: Vec<Candidate>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Holder {
    pub account: AccountId,
    pub name: String,
    /// Their account is closed.
    pub closed: bool,
}

/// A line of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: DossierId,
    pub code: String,
    pub name: String,
    pub owner: String,
    pub channel: Channel,
    pub state: State,
    pub step: String,
    pub office: String,
    pub holder: String,
    pub received: Timestamp,
    pub due: Option<Timestamp>,
    pub step_due: Option<Timestamp>,
    pub resolved: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    pub version: i64,
}

/// What another agency asks of this one: a step of a process across agencies, or a question.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Helping {
    pub dossier: DossierId,
    pub code: String,
    pub name: String,
    /// Short name of the agency that resolves.
    pub from: String,
    /// The step, or the question.
    pub what: String,
    pub asked: Timestamp,
    pub due: Option<Timestamp>,
    pub holder: String,
}

/// How much somebody has.
#[derive(Clone, Debug)]
pub struct Load {
    /// None: what was given to nobody.
    pub account: Option<AccountId>,
    pub name: String,
    /// Their account is closed: somebody has to take it over.
    pub closed: bool,
    pub processing: i64,
    pub waiting: i64,
    pub soon: i64,
    pub late: i64,
    /// Late at their step.
    pub behind: i64,
}

impl Load {
    pub fn who(&self) -> &str {
        if self.account.is_some() { &self.name } else { "Chưa giao riêng ai" }
    }
}

/// Somebody who could do a step.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub account: AccountId,
    pub name: String,
    pub office: UnitId,
    pub office_name: String,
    /// Dossiers that they have now.
    pub load: i64,
}
