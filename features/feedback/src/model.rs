//! The nouns, and why a rule says no.

use base::{Date, Timestamp};
use people::{AccountId, UnitId};
use std::collections::BTreeSet;

db::id!(
    /// One phản ánh or kiến nghị.
    FeedbackId
);

db::words! {
    /// What it is about.
    Kind {
        Act = "act", "Phản ánh về cách phục vụ";
        Rule = "rule", "Kiến nghị về quy định, thủ tục";
    }
}

db::words! {
    State {
        New = "new", "Chờ trả lời";
        Answered = "answered", "Đã trả lời";
        Refused = "refused", "Không xử lý";
    }
}

db::words! {
    /// Whether everybody may read it.
    Public {
        No = "none", "Chưa công khai";
        Asked = "asked", "Chờ duyệt công khai";
        Yes = "public", "Đã công khai";
    }
}

db::words! {
    /// A part of the list of those who answer.
    Tab {
        New = "new", "Chờ trả lời";
        Late = "late", "Quá hạn";
        Answered = "answered", "Đã trả lời";
        Refused = "refused", "Không xử lý";
        Asked = "asked", "Chờ duyệt công khai";
    }
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    pub id: FeedbackId,
    pub code: String,
    pub kind: Kind,
    pub agency: UnitId,
    /// The code of a dossier, as it was typed.
    pub dossier: String,
    pub said: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub secret: String,
    pub at: Timestamp,
    pub due: Timestamp,
    pub state: State,
    pub answer: String,
    pub answered: Option<Timestamp>,
    pub guesses: i64,
    pub guessed: Option<Timestamp>,
    pub sample: bool,
    pub version: i64,
    /// Where it is inside its agency, and who is to answer it.
    pub office: Option<UnitId>,
    pub holder: Option<AccountId>,
    pub public: Public,
    pub public_question: String,
    pub public_answer: String,
    pub published: Option<Timestamp>,
    /// In words, beside their ids.
    pub office_name: String,
    pub holder_name: String,
}

impl Feedback {
    /// Where it is now.
    pub fn place(&self) -> String {
        match (self.holder_name.as_str(), self.office_name.as_str()) {
            ("", "") => "Chưa phân công".to_owned(),
            ("", office) => office.to_owned(),
            (holder, "") => holder.to_owned(),
            (holder, office) => format!("{holder}, {office}"),
        }
    }
}

/// What somebody says.
#[derive(Clone, Debug, Default)]
pub struct NewFeedback {
    pub kind: Option<Kind>,
    pub agency: Option<UnitId>,
    pub dossier: String,
    pub said: String,
    pub name: String,
    pub phone: String,
    pub email: String,
}

/// A file that came with a form, judged and stored, and no record's yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    pub content: file::Content,
    pub name: String,
}

/// What is known of a browser that sends the form.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    pub address: String,
    /// The mark of when its page was opened.
    pub opened: String,
    /// A box that people do not see: what is in it a machine has written.
    pub trap: String,
}

/// A line of what became of one.
#[derive(Clone, Debug)]
pub struct Event {
    pub at: Timestamp,
    pub what: String,
    pub who: String,
    pub note: String,
}

/// What a person is to one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// Gives it to others, passes it on.
    pub oversees: bool,
    /// Heads the agency: approves what everybody may read.
    pub heads: bool,
}

/// An office, or somebody in it, to whom one may be given, with how many open ones they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub office: UnitId,
    pub office_name: String,
    /// None: the office itself.
    pub account: Option<AccountId>,
    pub name: String,
    pub load: i64,
}

/// Whom a list is for: all of an agency's, or what somebody and their offices have.
#[derive(Clone, Debug)]
pub struct Reach {
    pub agency: UnitId,
    pub only: Option<(AccountId, Vec<UnitId>)>,
}

/// What a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub kind: Option<Kind>,
    /// The id of an office or of a person; `-`: nobody has it.
    pub place: String,
    /// Folded.
    pub words: String,
    /// A column, `-` before it: downwards.
    pub sort: String,
}

db::words! {
    /// A number of the statistics, and which ones it counts.
    Measure {
        Whole = "whole", "Tổng phải trả lời";
        Carried = "carried", "Kỳ trước chuyển sang";
        Received = "received", "Nhận trong kỳ";
        Done = "done", "Đã trả lời";
        OnTime = "on-time", "Trả lời đúng hạn";
        Late = "late", "Trả lời quá hạn";
        Open = "open", "Chưa trả lời";
        InTime = "in-time", "Chưa trả lời, còn hạn";
        Overdue = "overdue", "Chưa trả lời, quá hạn";
        Owed = "owed", "Đã trả lời hoặc đã quá hạn";
    }
}

db::words! {
    /// What a row of the statistics is.
    By {
        Agency = "co-quan", "Cơ quan";
        Kind = "loai", "Loại";
    }
}

/// What is asked of the statistics: days, half-open, and whose.
#[derive(Clone, Debug)]
pub struct Asked {
    pub from: Date,
    pub to: Date,
    pub by: By,
    pub agency: Option<UnitId>,
    pub kind: Option<Kind>,
}

impl Asked {
    /// The same for one row.
    pub fn only(&self, key: &str) -> Asked {
        let mut only = self.clone();
        match self.by {
            By::Agency => only.agency = key.parse().ok(),
            By::Kind => only.kind = Kind::of(key),
        }
        only
    }
}

/// Whose numbers somebody sees.
#[derive(Clone, Debug, Default)]
pub struct StatsReach {
    pub agencies: BTreeSet<UnitId>,
    /// The agency whose feedback they may open.
    pub own: Option<UnitId>,
}

/// A line behind a number.
#[derive(Clone, Debug)]
pub struct Behind {
    pub id: FeedbackId,
    pub code: String,
    pub kind: Kind,
    pub agency: UnitId,
    pub at: Timestamp,
    pub due: Timestamp,
    pub state: State,
    pub answered: Option<Timestamp>,
}

/// What everybody may read of one.
#[derive(Clone, Debug)]
pub struct Published {
    pub code: String,
    pub kind: Kind,
    pub agency: String,
    pub question: String,
    pub answer: String,
    pub answered: Timestamp,
}

/// Why a rule says no. Each has its sentence in `words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum No {
    Kind,
    Agency,
    Said,
    Long {
        most: usize,
    },
    Phone,
    Email,
    TooMany,
    TooManyOfOne,
    Trap,
    TooQuick,
    TooOld,
    FilesMany {
        most: usize,
    },
    WrongSecret,
    TooManyGuesses,
    AnswerEmpty,
    Ended {
        state: State,
    },
    PassNowhere,
    PassWhy,
    NotOverseer,
    NotHead,
    GiveWhom,
    NotAnswered,
    PublicQuestion,
    PublicAnswer,
    /// The text for everybody still says who it was.
    PublicPersonal {
        what: &'static str,
        field: &'static str,
    },
    PublicNotAsked,
    PublicNot,
}
