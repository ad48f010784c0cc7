//! The nouns, and why a rule says no.

use base::Timestamp;
use people::UnitId;

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

/// A line of what became of one.
#[derive(Clone, Debug)]
pub struct Event {
    pub at: Timestamp,
    pub what: String,
    pub who: String,
    pub note: String,
}

/// Why a rule says no. Each has its sentence in `words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum No {
    Kind,
    Agency,
    Said,
    Long { most: usize },
    Phone,
    Email,
    TooMany,
    WrongSecret,
    TooManyGuesses,
    AnswerEmpty,
    Ended { state: State },
    PassNowhere,
    PassWhy,
}
