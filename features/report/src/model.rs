//! The nouns, and why a rule says no.

use crate::regime::Ready;
use base::{Date, Decimal, Timestamp};
use indicator::{Nature, Period, Scaled, Severity};
use people::{AccountId, UnitId};
use rulebook::EditionId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Editions of regimes, and of sets of indicators, in the rulebook.
pub const REGIME: &str = "report";
pub const INDICATORS: &str = "indicators";

db::id!(
    /// A collection: a regime, for a period, at the agency that adds it up.
    RoundId
);
db::id!(
    /// What one unit reports in a collection.
    ReportId
);
db::id!(
    /// Something said of a place of a report.
    NoteId
);
db::id!(
    /// A letter that came in.
    IncomingId
);

db::words! {
    State {
        Todo = "todo", "Chưa làm";
        Doing = "doing", "Đang làm";
        Asked = "asked", "Chờ lãnh đạo duyệt";
        Returned = "returned", "Bị trả lại";
        Sent = "sent", "Đã gửi";
        Accepted = "accepted", "Đã nhận";
    }
}

impl State {
    /// Whether figures and words may be changed.
    pub fn is_open(self) -> bool {
        matches!(self, State::Todo | State::Doing | State::Returned)
    }

    /// Whether others may count on what it says.
    pub fn is_told(self) -> bool {
        matches!(self, State::Sent | State::Accepted)
    }
}

db::words! {
    NoteKind {
        Comment = "comment", "Trao đổi";
        Returned = "returned", "Đề nghị sửa";
        Explained = "explained", "Giải trình";
        Overridden = "overridden", "Ghi đè";
    }
}

/// A collection.
#[derive(Clone, Debug)]
pub struct Round {
    pub id: RoundId,
    pub code: String,
    pub regime: EditionId,
    pub indicators: EditionId,
    pub period: Period,
    pub collector: UnitId,
    pub collector_name: String,
    pub closed: Date,
    pub sample: bool,
}

/// One unit's report.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: ReportId,
    pub round: RoundId,
    pub unit: UnitId,
    pub unit_name: String,
    pub unit_short: String,
    /// None: it is the collector's own.
    pub above: Option<ReportId>,
    /// Codes of the rows it is asked for; empty: all of them.
    pub asks: Vec<String>,
    pub holder: Option<AccountId>,
    pub holder_name: String,
    pub due: Timestamp,
    pub state: State,
    pub first_sent: Option<Timestamp>,
    pub sent: Option<Timestamp>,
    pub filled: i64,
    pub asked: i64,
    /// Of the letter that it went out with.
    pub number: String,
    pub issued: Option<Date>,
    pub version: i64,
}

impl Report {
    /// Its state in words; the collector's own is approved before it has a number and goes out.
    pub fn say(&self) -> &'static str {
        match (self.gathers(), self.state.is_told(), self.number.is_empty()) {
            (true, true, true) => "Đã duyệt",
            (true, true, false) => "Đã ban hành",
            _ => self.state.say(),
        }
    }

    /// Whether it adds up others.
    pub fn gathers(&self) -> bool {
        self.above.is_none()
    }

    /// Late when it was first sent after its moment, or is not sent and that has passed.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.first_sent.unwrap_or(now) > self.due
    }
}

/// The figures of a report, form by form in the regime's order.
pub type Sheets = Vec<Vec<Option<Scaled>>>;

/// Which figure, by codes: what other editions, files and programs name it by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    pub indicator: String,
    pub part: Option<String>,
    pub nature: Nature,
}

/// Figures by their names.
pub type Told = BTreeMap<Name, Decimal>;

/// Something said of a place.
#[derive(Clone, Debug)]
pub struct Note {
    pub id: NoteId,
    pub spot: String,
    pub kind: NoteKind,
    pub body: String,
    pub account: Option<AccountId>,
    pub who: String,
    pub at: Timestamp,
    pub settled: Option<Timestamp>,
}

/// A figure that the system counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub form: String,
    pub place: usize,
    pub figure: Scaled,
    /// The records, in words, and where they are listed.
    pub source: String,
    pub link: String,
    pub at: Timestamp,
}

/// A letter that came in as edXML: what its head says.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub id: IncomingId,
    /// The sender's own name of it.
    pub document: String,
    pub from_id: String,
    pub from_name: String,
    pub number: String,
    pub notation: String,
    pub day: Option<Date>,
    pub kind: String,
    pub subject: String,
    pub signer: String,
    /// 0 new, 1 withdrawn, 2 updated, 3 replaced.
    pub business: i64,
    pub received: Timestamp,
    /// Who took it in.
    pub who: String,
}

/// When it was sent, and why it was opened before that.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: i64,
    pub who: String,
    pub at: Timestamp,
    pub why: String,
}

/// A place of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The form, and the place in its sheet.
    Cell(String, usize),
    Section(String),
    Check(String),
    Whole,
}

impl Spot {
    pub fn text(&self) -> String {
        match self {
            Spot::Cell(form, place) => format!("cell/{form}/{place}"),
            Spot::Section(code) => format!("section/{code}"),
            Spot::Check(code) => format!("check/{code}"),
            Spot::Whole => String::new(),
        }
    }

    pub fn of(text: &str) -> Option<Spot> {
        match text.split_once('/') {
            None => text.is_empty().then_some(Spot::Whole),
            Some(("cell", rest)) => {
                let (form, place) = rest.rsplit_once('/')?;
                Some(Spot::Cell(form.to_owned(), place.parse().ok()?))
            }
            Some(("section", code)) => Some(Spot::Section(code.to_owned())),
            Some(("check", code)) => Some(Spot::Check(code.to_owned())),
            Some(_) => None,
        }
    }
}

/// What a person is to a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// Enters it.
    pub fills: bool,
    /// Approves it for its unit.
    pub heads: bool,
    /// Takes it in for the agency that adds it up.
    pub collects: bool,
}

/// One report with all that its rules look at.
#[derive(Clone, Debug)]
pub struct Held {
    pub round: Round,
    pub report: Report,
    pub ready: Arc<Ready>,
    pub seat: Seat,
}

/// A place that does not agree with a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// Of the check; of parts that are not their whole, made of form and place.
    pub code: String,
    pub say: String,
    /// Both sides, in words.
    pub sides: String,
    pub severity: Severity,
    /// Where it is shown.
    pub cells: Vec<(usize, usize)>,
    pub explained: String,
}

base::words! {
    /// A number of reports by their deadlines, and which of them it counts.
    Behind {
        Due = "due", "Báo cáo đến hạn";
        OnTime = "on-time", "Báo cáo gửi đúng hạn";
    }
}

base::words! {
    /// By which tree of units figures are added up.
    Stand {
        Then = "khi-do", "Đơn vị như khi báo cáo";
        Now = "nay", "Đơn vị hiện nay";
    }
}

#[allow(clippy::derivable_impls, reason = "the words make the type")]
impl Default for Stand {
    fn default() -> Stand {
        Stand::Then
    }
}

/// Whose reports a list shows, and which of them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub units: Vec<UnitId>,
    pub account: Option<AccountId>,
    pub collector: Option<UnitId>,
    /// A state, 'open' (not yet with its head), or 'late'.
    pub state: String,
    pub code: String,
    /// A unit's id, or a period.
    pub only: String,
    /// Due within these moments, half-open.
    pub due: Option<(Timestamp, Timestamp)>,
    /// Those that a number counts.
    pub behind: Option<Behind>,
    pub sort: String,
}

/// A report in a list, with what it is of.
#[derive(Clone, Debug)]
pub struct Listed {
    pub report: Report,
    pub code: String,
    pub period: String,
    pub name: String,
}

/// What somebody wants to open.
#[derive(Clone, Debug, Default)]
pub struct NewRound {
    pub code: String,
    pub period: String,
    /// None chosen: those that the regime asks.
    pub units: Vec<UnitId>,
}

/// Why not.
#[derive(Clone, Debug, PartialEq)]
pub enum No {
    RegimeUnknown,
    RegimeBroken { why: String },
    IndicatorsMissing { code: String },
    PeriodUnknown,
    PeriodOther { asked: &'static str },
    RoundTwice { period: String },
    NobodyAsked,
    UnitOther,
    NoDeadline { kind: String },
    NotCollector,
    NotYours,
    Closed { state: State },
    NoSuchCell,
    NotAsked,
    Blocked { count: usize, first: String },
    Unexplained { count: usize, first: String },
    Unanswered { count: usize, first: String },
    NothingEntered,
    Blank { count: i64 },
    Gaps { sections: String },
    NotInForce { from: Date },
    FromSystem,
    NothingCounted,
    NotHead,
    NotAskedYet { state: State },
    NoReason,
    NothingReturned,
    NotSent { state: State },
    PartsMissing { names: String },
    NothingToGather,
    NotConnected,
    NotIssued,
    NothingToTell,
    ToldAlready,
    LetterTwice { at: Timestamp },
    FilesMany { most: usize },
    FileSent,
    NumberMissing,
    NumberAhead,
    NoteEmpty,
    NoteLong { most: usize },
    TextLong { most: usize },
    NoHolder,
    RowsByCollector,
    RowUnknown { code: String },
}
