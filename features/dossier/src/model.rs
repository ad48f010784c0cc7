//! The nouns, and why a rule says no.

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
    /// One fee of a dossier.
    FeeId
);
db::id!(
    /// One result.
    ResultId
);

macro_rules! coded {
    ($(#[$about:meta])* $name:ident { $($(#[$line:meta])* $word:ident = $code:literal, $say:literal;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$line])* #[serde(rename = $code)] $word),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$word),+];

            /// As it stands in the database and in addresses.
            pub fn code(self) -> &'static str {
                match self { $($name::$word => $code),+ }
            }

            /// As it is said on a page.
            pub fn say(self) -> &'static str {
                match self { $($name::$word => $say),+ }
            }

            pub fn of(code: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|word| word.code() == code)
            }
        }

        impl db::FromVal for $name {
            fn from_val(val: db::Val) -> Result<Self, db::DbError> {
                let code = String::from_val(val)?;
                $name::of(&code).ok_or_else(|| db::DbError::Value(format!("no such word: {code:?}")))
            }
        }

        impl From<$name> for db::Val {
            fn from(word: $name) -> db::Val {
                db::Val::from(word.code())
            }
        }
    };
}

coded! {
    /// How it comes in: the channels of the national portal are numbered 1, 2, 3 in this order.
    Channel {
        Counter = "counter", "Tại quầy";
        Online = "online", "Trực tuyến";
        Post = "post", "Bưu chính";
    }
}

coded! {
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

coded! {
    OwnerKind {
        Person = "person", "Cá nhân";
        Organisation = "organisation", "Tổ chức";
    }
}

coded! {
    /// How the result is given back.
    ReturnBy {
        Counter = "counter", "Tại quầy";
        Post = "post", "Bưu chính";
        Online = "online", "Trực tuyến";
    }
}

/// Whose dossier it is, and who hands it in. Personal data: shown to those who work on it, and their reading is journalled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// A step as it was, or is being, done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub id: StepId,
    pub code: String,
    pub name: String,
    pub role: String,
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

coded! {
    FeeState {
        Due = "due", "Chưa nộp";
        Paid = "paid", "Đã nộp";
        Waived = "waived", "Được miễn";
        Refunded = "refunded", "Đã hoàn";
    }
}

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

/// What a citizen has filled in so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    pub owner: Owner,
    pub summary: String,
    /// None while it was not asked.
    pub return_by: Option<ReturnBy>,
}

impl Default for Filled {
    fn default() -> Filled {
        let owner = Owner {
            kind: OwnerKind::Person,
            name: String::new(),
            number: String::new(),
            born: String::new(),
            phone: String::new(),
            email: String::new(),
            address: String::new(),
            submitter: String::new(),
            submitter_number: String::new(),
        };
        Filled { owner, summary: String::new(), return_by: None }
    }
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
    /// Due before this moment.
    pub due_before: Option<Timestamp>,
    /// Its running step due before this moment.
    pub step_before: Option<Timestamp>,
}

impl Filter {
    /// A box is counted so far, and what is found by words; what lies beyond is looked for by more words or filters.
    pub fn most_counted(&self) -> i64 {
        if self.words.is_empty() { 2_000 } else { 200 }
    }
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

/// Why a rule says no. Each has its sentence in `words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNow {
    NoProcedure,
    /// The procedure is not received or not resolved here.
    NotHere,
    NoCase,
    NoProcess {
        code: String,
    },
    OwnerMissing,
    NumberOdd,
    PhoneOdd,
    EmailOdd,
    BornOdd,
    TariffMissing,
    PaperMissing {
        code: String,
        name: String,
    },
    PapersUnknown {
        code: String,
    },
    ReceivedLater,
    ReceivedLongAgo {
        days: i64,
    },
    WhyBackdated,
    Ended {
        state: State,
    },
    Paused,
    NotPaused,
    NotYourStep {
        step: String,
    },
    AskEmpty,
    AskReason,
    AskAgain,
    AskWanted {
        code: String,
        name: String,
    },
    AskUntil,
    RefuseReason,
    ExtendReason,
    ExtendAgain,
    ExtendEarlier,
    WithdrawAfterResult,
    WithdrawReason,
    NoResult,
    ResultUnsigned,
    FeeUnpaid {
        name: String,
    },
    FeePaid,
    NotResolved,
    NothingToUndo,
    NotUndone,
    AssigneeElsewhere,
    NotOnline,
    ChoosePlace,
    ReturnByMissing,
    PhoneMissing,
    NotSworn,
    DraftGone,
    WrongSecret,
    TooManyGuesses,
    NotAwaiting,
    AlreadyRated,
    RatingOdd,
    /// The deed that a paper tells of was not done.
    NothingToPrint {
        what: &'static str,
    },
    /// The circular of that day has no such form.
    NoForm {
        circular: String,
    },
    RegisterDays {
        most: i64,
    },
    RegisterLong {
        most: i64,
    },
}
