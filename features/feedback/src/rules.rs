//! Decisions: pure. What may be said, how long an answer may take, who answers, what everybody may read.

mod machine;

pub use machine::{Seal, file_mark, opened, read_file_mark, unlike_people};

use crate::model::*;
use base::{Refusal, Timestamp};
use jiff::SignedDuration;
use people::{Role, Scope, Station};
use serde::Deserialize;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../data/dossier/feedback.toml");
/// A page of small print; more is a letter, and letters come with a signature.
pub const MOST: usize = 5_000;
/// As many as one form carries.
pub const FILES: usize = 4;
/// In an hour: more is a machine, and a queue that nobody reads.
pub const MOST_AN_HOUR: i64 = 200;
/// From one address in an hour: a whole office may stand behind one.
pub const MOST_OF_ONE: i64 = 20;
/// So many wrong secrets close one for a while.
pub const GUESSES: i64 = 10;
pub const CLOSED: SignedDuration = SignedDuration::from_mins(15);

/// Who answers what their agency is told; others answer what they were given.
pub const OVERSEERS: &[Role] = &[Role::Head, Role::Coordinator, Role::Clerk];
/// To whom one may be given.
pub const WORKERS: &[Role] = &[Role::Head, Role::Coordinator, Role::Clerk, Role::Staff];

#[derive(Deserialize)]
struct Table {
    kinds: Vec<Days>,
}

/// How long the answer to a kind may take, in working days, and what the kind is called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    pub code: String,
    pub name: String,
    pub days: u32,
    /// No law says so: the agency has set it, or we have assumed it.
    #[serde(default)]
    pub assumed: bool,
}

/// The kinds as the agency has set them.
pub fn kinds() -> &'static [Days] {
    static READ: OnceLock<Vec<Days>> = OnceLock::new();
    READ.get_or_init(|| toml::from_str::<Table>(TABLE).map(|table| table.kinds).unwrap_or_default())
}

/// The working days of a kind.
pub fn days_of(kind: Kind) -> u32 {
    kinds().iter().find(|one| one.code == kind.code()).map_or(15, |one| one.days)
}

/// Everything wrong with what is said.
pub fn check(new: &NewFeedback) -> Vec<Refusal> {
    let mut found = Vec::new();
    if new.kind.is_none() {
        found.push(No::Kind);
    }
    if new.agency.is_none() {
        found.push(No::Agency);
    }
    if new.said.trim().is_empty() {
        found.push(No::Said);
    }
    if new.said.chars().count() > MOST {
        found.push(No::Long { most: MOST });
    }
    let phone: String = new.phone.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    if !phone.is_empty() && !base::contact::is_phone(&phone) {
        found.push(No::Phone);
    }
    if !new.email.trim().is_empty() && !base::contact::is_email(new.email.trim()) {
        found.push(No::Email);
    }
    found.into_iter().map(Refusal::from).collect()
}

/// Whether so many wrong secrets close it now.
pub fn is_closed(one: &Feedback, now: Timestamp) -> bool {
    one.guesses >= GUESSES && one.guessed.is_some_and(|last| now.duration_since(last) < CLOSED)
}

/// What a person of its agency is to one; none for whoever may not know that there is one.
pub fn seat(scope: &Scope, station: &Station, one: &Feedback) -> Option<Seat> {
    if !station.is_in(one.agency) {
        return None;
    }
    let oversees = scope.has_any(OVERSEERS);
    let given = match one.holder {
        Some(holder) => scope.account == Some(holder),
        None => one.office.is_some_and(|office| station.is_in(office)),
    };
    let heads = scope.has(Role::Head) && scope.is_of(one.agency);
    (oversees || (given && scope.has_any(WORKERS))).then_some(Seat { oversees, heads })
}

/// Everything that keeps a text from being read by everybody: nothing in it, or somebody's name, address or number.
pub fn check_public(one: &Feedback, question: &str, answer: &str) -> Vec<Refusal> {
    let mut found = Vec::new();
    if one.state == State::New {
        found.push(No::NotAnswered);
    }
    for (text, field, empty) in [(question, "hoi", No::PublicQuestion), (answer, "dap", No::PublicAnswer)] {
        if text.trim().is_empty() {
            found.push(empty);
        }
        if text.chars().count() > MOST {
            found.push(No::Long { most: MOST });
        }
        found.extend(personal(one, text).map(|what| No::PublicPersonal { what, field }));
    }
    found.into_iter().map(Refusal::from).collect()
}

/// What in a text says who somebody is: the sender's own name and addresses, and any number as long as a telephone's.
fn personal(one: &Feedback, text: &str) -> Option<&'static str> {
    let folded = base::text::fold(text);
    let says = |value: &str| !value.trim().is_empty() && folded.contains(&base::text::fold(value));
    let digits = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '.' | '-'));
    let is_long = |run: &str| run.chars().filter(char::is_ascii_digit).count() >= 9;
    if says(&one.name) {
        Some("họ tên người gửi")
    } else if says(&one.email)
        || text.split_whitespace().any(|word| base::contact::is_email(word.trim_matches([',', '.', ';'])))
    {
        Some("thư điện tử")
    } else if digits.into_iter().any(is_long) {
        Some("số điện thoại hoặc số định danh")
    } else {
        None
    }
}

/// What is looked for in a list, folded: code, name and text.
pub fn words_of(one: &Feedback) -> String {
    base::text::fold(&format!("{} {} {}", one.code, one.name, one.said))
}

#[cfg(test)]
pub(crate) use tests::one as tests_one;

#[cfg(test)]
mod tests;
