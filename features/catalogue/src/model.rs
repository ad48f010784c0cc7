//! The nouns of the lists, and why a rule says no. The procedure itself is `procedure::Procedure`, the process
//! `workflow::File`.

use base::{Date, text};
use procedure::{Level, Procedure, Service};
use rulebook::{EditionId, Head, Status};
use serde::Serialize;

/// Kinds of editions in the rulebook. The one-stop system reads both by these words.
pub const PROCEDURE: &str = "procedure";
pub const WORKFLOW: &str = "workflow";
pub const FORM: &str = "form";

/// An edition of a procedure, as lists show and filter it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    pub edition: EditionId,
    pub code: String,
    pub number: i64,
    pub name: String,
    pub field: String,
    /// What is searched: without marks.
    #[serde(skip)]
    pub folded: String,
    pub levels: Vec<Service>,
    pub receives: Vec<String>,
    pub resolves: Vec<String>,
    pub processes: Vec<String>,
    pub times: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub published: bool,
    pub sample: bool,
    /// The decision that abolished it; empty where it ended otherwise or not at all.
    pub abolished: String,
}

impl Entry {
    pub fn of(head: &Head, one: &Procedure) -> Entry {
        let mut times: Vec<String> = one.cases.iter().map(|case| case.time.say()).collect();
        let mut processes: Vec<String> = one.cases.iter().map(|case| case.process.clone()).collect();
        times.dedup();
        processes.sort();
        processes.dedup();
        Entry {
            edition: head.id,
            code: head.code.clone(),
            number: head.number,
            name: head.name.clone(),
            field: one.field.clone(),
            folded: text::fold(&format!("{} {} {}", head.code, head.name, one.field)),
            levels: one.levels.clone(),
            receives: one.receives.clone(),
            resolves: one.resolves.clone(),
            processes,
            times: times.join("; "),
            valid_from: head.valid_from,
            valid_to: head.valid_to,
            published: head.status == Status::Published,
            sample: head.sample || !one.sample.is_empty(),
            abolished: String::new(),
        }
    }

    pub fn level(&self, day: Date) -> Option<Level> {
        self.levels.iter().filter(|one| one.from <= day).max_by_key(|one| one.from).map(|one| one.level)
    }

    pub fn state(&self, day: Date) -> State {
        match (self.published, self.valid_to) {
            (false, _) => State::Draft,
            (true, Some(to)) if to <= day && !self.abolished.is_empty() => State::Abolished,
            (true, Some(to)) if to <= day => State::Ended,
            (true, _) if self.valid_from > day => State::Coming,
            (true, _) => State::InForce,
        }
    }
}

/// Where an edition stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    // In this order an edition stands for its procedure in a list.
    InForce,
    Coming,
    Draft,
    Abolished,
    Ended,
}

impl State {
    pub const ALL: [State; 5] = [State::InForce, State::Coming, State::Draft, State::Abolished, State::Ended];

    /// The word in an address.
    pub fn code(self) -> &'static str {
        match self {
            State::InForce => "hieu-luc",
            State::Coming => "sap",
            State::Draft => "nhap",
            State::Abolished => "bai-bo",
            State::Ended => "het",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            State::InForce => "Đang hiệu lực",
            State::Coming => "Chưa đến ngày",
            State::Draft => "Bản nháp",
            State::Abolished => "Bị bãi bỏ",
            State::Ended => "Đã thay thế",
        }
    }
}

/// One place where two bodies differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// In words: "Giấy tờ don, tên".
    pub place: String,
    pub before: String,
    pub after: String,
}

/// Why not. Each has its sentence in `words`.
#[derive(Clone, Debug, PartialEq)]
pub enum NotNow {
    NotAdmin,
    /// What `procedure::check` or `rules::fits` found, with its place.
    Faulty {
        place: String,
        say: String,
    },
    /// What the checker of processes found.
    ProcessFaulty {
        say: String,
    },
    /// The body of an edition cannot be read as what it should be.
    Unreadable {
        why: String,
    },
    DecisionMissing,
    DayMissing,
    /// Another process has this code.
    CodeTaken,
    /// What the checker of forms found.
    FormFaulty {
        say: String,
    },
    FileMissing,
    /// A paper that is only shown is not handed in.
    SampleOfShown,
    /// The preview that a form carries is broken.
    PreviewBroken,
}
