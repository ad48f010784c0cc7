//! Decisions: pure. What may be said, how long an answer may take, who answers.

use crate::model::*;
use base::{Refusal, Timestamp};
use jiff::SignedDuration;
use people::{Role, Scope};
use serde::Deserialize;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../data/dossier/feedback.toml");
/// A page of small print; more is a letter, and letters come with a signature.
pub const MOST: usize = 5_000;
/// In an hour: more is a machine, and a queue that nobody reads.
pub const MOST_AN_HOUR: i64 = 200;
/// So many wrong secrets close one for a while.
pub const GUESSES: i64 = 10;
pub const CLOSED: SignedDuration = SignedDuration::from_mins(15);

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

/// Those who answer for their agency; nobody else knows that there is anything.
pub fn answers(scope: &Scope) -> bool {
    scope.has_any(&[Role::Head, Role::Coordinator, Role::Clerk])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_kind_has_its_name_and_days() {
        for kind in Kind::ALL {
            assert!(kinds().iter().any(|one| one.code == kind.code() && one.days > 0 && !one.name.is_empty()));
        }
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let codes = |new: &NewFeedback| check(new).into_iter().map(|no| no.code).collect::<Vec<_>>();
        let bad = NewFeedback { phone: "12".into(), email: "x".into(), ..NewFeedback::default() };
        assert_eq!(
            codes(&bad),
            ["feedback-kind", "feedback-agency", "feedback-said", "feedback-phone", "feedback-email"]
        );
        let good = NewFeedback {
            kind: Some(Kind::Act),
            agency: Some(db::fresh_id()),
            said: "chữ".repeat(1_600),
            phone: "0905 123 456".into(),
            email: "a@b.vn".into(),
            ..NewFeedback::default()
        };
        assert_eq!(codes(&good), [""; 0]);
        assert_eq!(codes(&NewFeedback { said: "chữ".repeat(1_700), ..good }), ["feedback-long"]);
    }
}
