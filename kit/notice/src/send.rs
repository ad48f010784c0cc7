//! Sending what waits: one lane for e-mail, one for texts, side by side, so that a partner who is away delays only its own.
//!
//! At least once: a program cut between sending and writing it down sends again, with the same id. Never two at one time:
//! each message is leased (`lease`).

use crate::lease::{self, give_up_old};
use crate::model::covered;
use crate::{Mailer, Way, words};
use base::Timestamp;
use db::{Db, DbError};
use jiff::SignedDuration;
use serde::Serialize;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub use crate::lease::Sending;

/// Now, each time it is asked: leases of a long run must not begin in its past.
pub(crate) type Clock<'a> = dyn Fn() -> Timestamp + Send + Sync + 'a;

/// Longer than any partner's own limit, and well within a lease.
const PATIENCE: Duration = Duration::from_secs(50);
/// Messages of one way in one run: the job's page shall show an end.
const MOST_A_RUN: usize = 1000;
/// After so many in a row that met nobody, the lane stops until the next run: trying all would only use up their tries.
const AWAY_MOST: usize = 3;

/// Why a message did not go out. The sentences are in Vietnamese, for the administrator's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The address or the content is refused: no further try will help.
    Refused(String),
    /// Not this one, not now: a full mailbox, a mail server that greets strangers late.
    Later(String),
    /// The partner itself cannot be reached, knows us no more, or asks for a pause: others would not fare better now.
    Away { why: String, pause: Option<SignedDuration> },
}

impl Unsent {
    pub fn away(why: impl Into<String>) -> Unsent {
        Unsent::Away { why: why.into(), pause: None }
    }
}

/// Who carries texts to telephones: a gateway for SMS, for Zalo, or both. May be given a message again; the same id is the
/// same message.
pub trait Texts: Send + Sync {
    fn send<'a>(&'a self, message: &'a Sending) -> Pin<Box<dyn Future<Output = Result<(), Unsent>> + Send + 'a>>;
}

/// What is configured. Messages of a way that is not, wait for up to [`TOLD_DAYS`](crate::TOLD_DAYS).
#[derive(Clone, Default)]
pub struct Senders {
    pub mail: Option<Mailer>,
    pub texts: Option<Arc<dyn Texts>>,
}

/// What a run did, for the job's result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sent {
    pub sent: u64,
    /// Did not go out now, and will be tried again.
    pub again: u64,
    /// Given up.
    pub failed: u64,
}

/// Sends everything that is due, on any number of nodes at one time. Only a broken database is an error, and what one
/// message or partner does wrong delays no other way.
pub async fn send_due(
    db: &Db,
    senders: &Senders,
    clock: impl Fn() -> Timestamp + Send + Sync,
) -> Result<Sent, DbError> {
    let clock: &Clock<'_> = &clock;
    let old = give_up_old(db, clock()).await?;
    let mail = lane(db, Way::Mail, senders.mail.as_ref().map(Partner::Mail), clock);
    let texts = lane(db, Way::Text, senders.texts.as_deref().map(Partner::Texts), clock);
    let (mail, texts) = tokio::join!(mail, texts);
    let (mail, texts) = (mail?, texts?);
    Ok(Sent { sent: mail.sent + texts.sent, again: mail.again + texts.again, failed: mail.failed + texts.failed + old })
}

/// Who carries the messages of one way.
enum Partner<'a> {
    Mail(&'a Mailer),
    Texts(&'a dyn Texts),
}

impl Partner<'_> {
    async fn send(&self, message: &Sending) -> Result<(), Unsent> {
        let sending = async {
            match self {
                Partner::Mail(mailer) => mailer.send(message).await,
                Partner::Texts(texts) => texts.send(message).await,
            }
        };
        let outcome = tokio::time::timeout(PATIENCE, sending).await;
        outcome.unwrap_or_else(|_| Err(Unsent::away(words::silent(PATIENCE.as_secs()))))
    }
}

async fn lane(db: &Db, way: Way, partner: Option<Partner<'_>>, clock: &Clock<'_>) -> Result<Sent, DbError> {
    let mut done = Sent::default();
    let Some(partner) = partner else { return Ok(done) };
    let mut away = 0;
    for _ in 0..MOST_A_RUN {
        let Some(message) = lease::take(db, way, clock).await? else { break };
        let outcome = partner.send(&message).await;
        let asked_to_pause = matches!(outcome, Err(Unsent::Away { pause: Some(_), .. }));
        away = if matches!(outcome, Err(Unsent::Away { .. })) { away + 1 } else { 0 };
        write_down(db, way, &message, outcome, clock(), &mut done).await?;
        if asked_to_pause || away == AWAY_MOST {
            tracing::warn!(way = way.code(), "a lane of notices stops until its next run");
            break;
        }
    }
    Ok(done)
}

async fn write_down(
    db: &Db,
    way: Way,
    message: &Sending,
    outcome: Result<(), Unsent>,
    now: Timestamp,
    done: &mut Sent,
) -> Result<(), DbError> {
    let (why, pause) = match outcome {
        Ok(()) => {
            done.sent += 1;
            if !lease::sent(db, message, now).await? {
                tracing::warn!(notice = %message.id, "a notice went out after its lease had ended: it may go out again");
            }
            return Ok(());
        }
        Err(Unsent::Refused(why)) => {
            let why = without_address(&why, message);
            tracing::warn!(notice = %message.id, way = way.code(), why, "a notice was refused");
            done.failed += 1;
            return lease::failed(db, message, &why, now).await;
        }
        Err(Unsent::Later(why)) => (why, None),
        Err(Unsent::Away { why, pause }) => (why, pause),
    };
    let why = without_address(&why, message);
    tracing::info!(notice = %message.id, way = way.code(), tries = message.tries, why, "a notice did not go out");
    match lease::again(db, message, &why, pause, now).await? {
        true => done.again += 1,
        false => done.failed += 1,
    }
    Ok(())
}

/// Partners like to repeat the address in their answers; ours go to the log and, once sent again, to the journal.
fn without_address(why: &str, message: &Sending) -> String {
    why.replace(&message.to, &covered(&message.to))
}
