//! The nouns: a message, its state, one try to send it; and the port, the one thing a system outside has to offer.

use crate::wall;
use base::Timestamp;
use db::{DbError, Row};
use serde::Serialize;
use serde_json::Value;
use std::pin::Pin;
use std::time::Duration;

db::id!(
    /// One message to a system outside.
    MessageId
);

/// A message is tried this often before it is given up: with the pauses between them, four days.
pub const MOST_TRIES: i64 = 12;
/// How long a line stays with a sender that is not heard of, in seconds.
pub const LEASE_SECONDS: i64 = 120;
/// A delivery that lasts longer is cut off, well before its lease runs out: so two senders never have one line.
pub const PATIENCE: Duration = Duration::from_secs(90);

db::words! {
    /// How far the sending of a message is: the state of synchronisation, and of nothing else.
    State {
        Waiting = "waiting", "Chờ gửi";
        Sent = "sent", "Đã gửi";
        /// The outside says that the message is wrong: the same again would be refused again.
        Refused = "refused", "Bị từ chối";
        GivenUp = "given-up", "Đã ngừng gửi";
    }
}

db::words! {
    /// How one try ended.
    Verdict {
        Sent = "sent", "Đã nhận";
        /// Not now; another message may fare better.
        Again = "again", "Chưa nhận, sẽ gửi lại";
        /// The system is not there, or knows us no more: no other message would fare better.
        Away = "away", "Không kết nối được, sẽ gửi lại";
        Refused = "refused", "Từ chối";
        /// The program stopped in the middle: nobody knows whether it was taken.
        Cut = "cut", "Bị ngắt giữa chừng, sẽ gửi lại";
    }
}

/// A message to be put.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// Whose port sends it: 'dvcqg'.
    pub system: &'static str,
    /// What it says: 'dossier', 'progress'. The port knows the kinds.
    pub kind: &'static str,
    /// What it is about, 'dossier:<id>': messages about one subject go in the order in which they were put.
    pub subject: String,
    /// The same key is the same message, put once: 'dossier:<id>:<version>'.
    pub key: String,
    /// In our own words; what the outside reads is made of it at the moment of sending.
    pub body: Value,
}

/// A message that was put.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Message {
    pub id: MessageId,
    pub system: String,
    pub subject: String,
    /// In the line of its subject, from 1.
    pub place: i64,
    pub kind: String,
    pub key: String,
    /// May name people. `null` once it is forgotten ([`sweep`](crate::sweep)).
    pub body: Value,
    pub state: State,
    /// Since it was put, or sent again by a person.
    pub tries: i64,
    /// Not sent before.
    pub due: Timestamp,
    /// In Vietnamese: why the last try failed.
    pub problem: Option<String>,
    pub put: Timestamp,
    pub ended: Option<Timestamp>,
    /// When somebody decided that the line goes on without it.
    pub passed: Option<Timestamp>,
}

/// One try to send a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attempt {
    pub number: i64,
    pub begun: Timestamp,
    /// None: it runs, or the program was cut off, and nobody knows whether it was taken.
    pub ended: Option<Timestamp>,
    pub verdict: Option<Verdict>,
    /// Of HTTP, where an answer came.
    pub status: Option<i64>,
    /// In Vietnamese.
    pub say: Option<String>,
    /// The beginning of what was answered.
    pub answer: Option<String>,
}

/// What came of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub verdict: Verdict,
    /// Of HTTP.
    pub status: Option<u16>,
    /// In Vietnamese, for the message's page.
    pub say: String,
    /// What was answered; its beginning is kept.
    pub answer: String,
    /// What the outside calls the subject from now on; kept whatever the verdict, since a second call may fail after
    /// the first was taken.
    pub remote: Option<String>,
}

impl Delivery {
    pub fn new(verdict: Verdict, say: impl Into<String>) -> Delivery {
        Delivery { verdict, status: None, say: say.into(), answer: String::new(), remote: None }
    }

    pub fn sent() -> Delivery {
        Delivery::new(Verdict::Sent, "Hệ thống ngoài đã nhận.")
    }

    /// Wrong before it ever left: the outside is not troubled with it.
    pub fn wrong(say: impl Into<String>) -> Delivery {
        Delivery::new(Verdict::Refused, say)
    }

    pub fn answered(mut self, status: u16, answer: impl Into<String>) -> Delivery {
        self.status = Some(status);
        self.answer = answer.into();
        self
    }

    pub fn known_as(mut self, remote: Option<String>) -> Delivery {
        self.remote = remote;
        self
    }
}

pub type Doing<'a> = Pin<Box<dyn Future<Output = Delivery> + Send + 'a>>;

/// A way to one system outside.
///
/// A message may be delivered more than once: the program may stop between the outside's answer and our own note of it.
/// So every delivery carries the message's key, and a port makes of a repeated one what its system understands as such.
pub trait Port: Send + Sync {
    /// The `system` of its messages.
    fn system(&self) -> &'static str;

    /// Sends one message; `remote` is what the outside called the subject before. It is dropped after [`PATIENCE`].
    fn deliver<'a>(&'a self, message: &'a Message, remote: Option<&'a str>) -> Doing<'a>;
}

/// Reads the columns in the order in which every query of this room names them.
pub(crate) fn read_message(row: &mut Row) -> Result<Message, DbError> {
    Ok(Message {
        id: row.pull()?,
        system: row.pull()?,
        subject: row.pull()?,
        place: row.pull()?,
        kind: row.pull()?,
        key: row.pull()?,
        body: wall::json(&row.pull::<String>()?)?,
        state: row.pull()?,
        tries: row.pull()?,
        due: row.pull()?,
        problem: row.pull()?,
        put: row.pull()?,
        ended: row.pull()?,
        passed: row.pull()?,
    })
}

pub(crate) fn read_attempt(row: &mut Row) -> Result<Attempt, DbError> {
    Ok(Attempt {
        number: row.pull()?,
        begun: row.pull()?,
        ended: row.pull()?,
        verdict: row.pull()?,
        status: row.pull()?,
        say: row.pull()?,
        answer: row.pull()?,
    })
}
