//! The nouns, and why a rule says no (`not_now`); what lists are asked and give (`list`).

mod batch;
mod list;
mod not_now;
mod refund;

pub use batch::{Batch, BatchId, BatchRow, LeftOut};
pub use list::{Candidate, Filter, HeldBy, Helping, Holder, Holders, Listed, Load, Offered, Reach};
pub use not_now::NotNow;
pub use refund::{Cash, Money, Refund, RefundId, left_of, returned_of};

use base::{Date, Decimal, Timestamp};
use people::{AccountId, UnitId};
use rulebook::EditionId;
use serde::{Deserialize, Serialize};

db::id!(
    /// One dossier.
    DossierId
);
db::id!(
    /// A dossier that is being filled in.
    DraftId
);
db::id!(
    /// One doing of a step.
    StepId
);
db::id!(
    /// One request to supplement.
    AskId
);
db::id!(
    /// One answer or payment that is awaited from outside.
    AwaitedId
);
db::id!(
    /// One fee of a dossier.
    FeeId
);
db::id!(
    /// One result.
    ResultId
);
db::id!(
    /// An account that was made at the counter.
    CitizenAccountId
);

impl CitizenAccountId {
    /// Who it is, as a system outside would name them: `issuer|id`.
    pub fn subject(self) -> String {
        format!("tai-quay|{self}")
    }
}

db::words! {
    /// How it comes in: the channels of the national portal are numbered 1, 2, 3 in this order.
    Channel {
        Counter = "counter", "Tại quầy";
        Online = "online", "Trực tuyến";
        Post = "post", "Bưu chính";
    }
}

db::words! {
    /// Where it is in its life.
    State {
        /// Handed in online, not yet officially received.
        Submitted = "submitted", "Chờ tiếp nhận";
        Processing = "processing", "Đang xử lý";
        /// The clock stands.
        Waiting = "waiting", "Tạm dừng";
        /// The result is there and waits to be returned: not lateness.
        Resolved = "resolved", "Đã có kết quả";
        Returned = "returned", "Đã trả kết quả";
        Refused = "refused", "Từ chối";
        Withdrawn = "withdrawn", "Đã rút";
        Stopped = "stopped", "Dừng giải quyết";
    }
}

impl State {
    pub fn is_open(self) -> bool {
        matches!(self, State::Submitted | State::Processing | State::Waiting | State::Resolved)
    }
}

db::words! {
    OwnerKind {
        Person = "person", "Cá nhân";
        Organisation = "organisation", "Tổ chức";
    }
}

db::words! {
    /// How the result is given back.
    ReturnBy {
        Counter = "counter", "Tại quầy";
        Post = "post", "Bưu chính";
        Online = "online", "Trực tuyến";
    }
}

#[allow(clippy::derivable_impls)] // `words!` knows no default
impl Default for OwnerKind {
    fn default() -> OwnerKind {
        OwnerKind::Person
    }
}

/// Whose dossier it is, and who hands it in. Personal data: shown to those who work on it, and their reading is journalled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub kind: OwnerKind,
    pub name: String,
    /// Identity number (12 digits, or the 9 of before), a foreign document, or a tax code.
    pub number: String,
    /// As it was said: a day, or a year only.
    pub born: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    /// Whoever hands it in for the owner; empty: the owner.
    pub submitter: String,
    pub submitter_number: String,
}

/// A dossier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dossier {
    pub id: DossierId,
    pub code: String,
    pub number: i64,
    pub procedure: String,
    pub procedure_edition: EditionId,
    pub process_edition: EditionId,
    pub case: String,
    pub name: String,
    pub field: String,
    pub agency: UnitId,
    pub counter: UnitId,
    pub channel: Channel,
    pub state: State,
    pub owner: Owner,
    pub summary: String,
    pub return_by: ReturnBy,
    #[serde(skip)]
    pub secret: String,
    pub submitted: Option<Timestamp>,
    pub received: Timestamp,
    pub received_by: Option<AccountId>,
    pub promised: Timestamp,
    pub due: Option<Timestamp>,
    pub paused: Option<Timestamp>,
    pub resolved: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    #[serde(skip)]
    pub standing: workflow::Standing,
    pub at: Place,
    pub asked: i64,
    pub extended: i64,
    /// Handed in by its owner, whom VNeID (or the like) had identified.
    pub identified: bool,
    pub sample: bool,
    pub version: i64,
}

impl Dossier {
    /// Came online and waits to be received officially.
    pub fn awaits(&self) -> bool {
        self.received_by.is_none()
            && self.submitted.is_some()
            && matches!(self.state, State::Submitted | State::Waiting)
    }
}

/// Of the running steps the one due first, and who has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    pub step: String,
    pub name: String,
    pub role: String,
    pub due: Option<Timestamp>,
    pub office: Option<UnitId>,
    pub holder: Option<AccountId>,
}

/// A paper that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    pub code: String,
    pub name: String,
    pub copy: procedure::Copy,
    pub number: i64,
    pub good: Option<bool>,
    pub fault: String,
    pub wanted: String,
    /// The code of the dossier in which the agency had it already; empty where it was handed in.
    pub reused_from: String,
}

/// A paper of an earlier dossier of the same owner.
#[derive(Clone, Debug)]
pub struct EarlierPaper {
    pub dossier: DossierId,
    pub code: String,
    pub name: String,
    /// The code of that dossier.
    pub from: String,
    pub received: Timestamp,
}

/// A step that ends by a deed.
#[derive(Clone, Debug)]
pub struct Left {
    pub id: StepId,
    /// Where it leads, in words.
    pub onward: String,
    pub note: String,
    /// Sent back instead of done.
    pub back: bool,
}

/// A step as it was, or is being, done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub id: StepId,
    pub code: String,
    pub name: String,
    pub role: String,
    /// Whose step it is, where it is not the dossier's own agency.
    pub agency: Option<UnitId>,
    pub office: Option<UnitId>,
    pub holder: Option<AccountId>,
    pub begun: Timestamp,
    pub due: Option<Timestamp>,
    pub minutes: i64,
    pub done: Option<Timestamp>,
    pub done_by: Option<AccountId>,
    pub done_name: String,
    pub onward: String,
    pub note: String,
    pub back: bool,
}

impl Step {
    /// A step of a process as it begins, given to nobody yet.
    pub fn begun(of: &workflow::Step, at: Timestamp) -> Step {
        Step {
            id: db::fresh_id(),
            code: of.code.clone(),
            name: of.name.clone(),
            role: of.role.clone(),
            agency: None,
            office: None,
            holder: None,
            begun: at,
            due: None,
            minutes: i64::from(of.time),
            done: None,
            done_by: None,
            done_name: String::new(),
            onward: String::new(),
            note: String::new(),
            back: false,
        }
    }
}

/// What happened, for people to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    pub at: Timestamp,
    pub what: String,
    pub who: String,
    pub unit: Option<UnitId>,
    pub note: String,
    pub public: bool,
}

/// One thing to supplement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub code: String,
    pub name: String,
    pub fault: String,
    pub wanted: String,
}

/// A request to supplement: one complete list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    pub id: AskId,
    pub at: Timestamp,
    pub reason: String,
    pub items: Vec<Item>,
    /// The last day to answer.
    pub until: Option<Date>,
    pub approved_by: Option<AccountId>,
    pub answered: Option<Timestamp>,
    pub answer: String,
}

/// What is awaited from outside besides supplements: an answer of another agency, or that a financial duty is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Awaited {
    pub id: AwaitedId,
    pub why: workflow::Wait,
    /// None: somebody who is not in this house, answering on paper.
    pub agency: Option<UnitId>,
    pub whom: String,
    pub at: Timestamp,
    /// The question, or the notice of the duty.
    pub said: String,
    /// The last day to answer.
    pub until: Date,
    /// The clock stands meanwhile.
    pub stands: bool,
    pub answered: Option<Timestamp>,
    pub answered_by: String,
    pub answer: String,
}

db::words! {
    FeeState {
        Due = "due", "Chưa nộp";
        Paid = "paid", "Đã nộp";
        Waived = "waived", "Được miễn";
        Refunded = "refunded", "Đã hoàn";
    }
}

/// How a fee that came through the gateway is marked.
pub const ONLINE: &str = "online";

/// A fee, in whole đồng.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fee {
    pub id: FeeId,
    pub name: String,
    pub amount: Decimal,
    pub at_return: bool,
    pub state: FeeState,
    pub receipt: String,
    pub paid: Option<Timestamp>,
    pub way: String,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub id: ResultId,
    pub name: String,
    pub number: String,
    pub on: Option<Date>,
    pub drafted: Timestamp,
    pub signed: Option<Timestamp>,
    pub signer: String,
    pub issued: Option<Timestamp>,
}

/// The electronic form that was answered with a dossier: kept as it was settled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declared {
    pub form: EditionId,
    pub values: serde_json::Map<String, serde_json::Value>,
    /// Who typed it in at the office, from paper; none: the citizen did, online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed_by: Option<AccountId>,
    /// What the citizen had said before they corrected it, the oldest first: what was handed in is never lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
}

/// An account of a citizen that a clerk made at the counter.
#[derive(Clone, Debug)]
pub struct CitizenAccount {
    pub id: CitizenAccountId,
    pub number: String,
    pub name: String,
    pub born: String,
    pub phone: String,
    pub address: String,
    /// Its hash; none until its owner has chosen one.
    pub password: Option<String>,
    /// Until when the link that was made last holds.
    pub link_until: Option<Timestamp>,
    pub made: Timestamp,
}

/// A citizen who has signed in, as the system that knows them told.
#[derive(Clone, Debug)]
pub struct Signed {
    pub subject: String,
    pub name: String,
    /// The identity number: what makes dossiers theirs.
    pub number: String,
    pub born: String,
    pub phone: String,
    pub address: String,
    pub until: Timestamp,
    /// By an account of the counter, rather than by a system that identifies them.
    pub at_counter: bool,
}

/// Answers that were corrected, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    pub until: Timestamp,
    pub values: serde_json::Map<String, serde_json::Value>,
}

/// What a citizen has filled in so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    pub owner: Owner,
    pub summary: String,
    /// None while it was not asked.
    pub return_by: Option<ReturnBy>,
    /// The electronic form of its case, where there is one, and what was answered to it so far.
    #[serde(default)]
    pub form: Option<EditionId>,
    #[serde(default)]
    pub answers: Option<serde_json::Map<String, serde_json::Value>>,
    /// Papers that the agency holds already, used instead of handing them in again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reused: Vec<Reused>,
}

/// A held paper that was taken into a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reused {
    pub paper: String,
    /// The code of the dossier that it is from.
    pub from: String,
    /// Its files among those of the draft.
    pub files: Vec<file::FileUseId>,
}

/// A dossier that is being filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub id: DraftId,
    /// Said at the counter: six digits.
    pub code: String,
    pub procedure: String,
    pub edition: EditionId,
    pub case: String,
    /// The key of the unit that receives it.
    pub place: String,
    pub filled: Filled,
    pub expires: Timestamp,
    pub dossier: Option<DossierId>,
}
