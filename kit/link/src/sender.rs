//! The sender: one for each system, so that one that is slow keeps no other waiting.

use crate::lease::{self, Leased};
use crate::words::{CUT, SLOW};
use crate::{Delivery, PATIENCE, Port, Verdict};
use base::Timestamp;
use db::{Db, DbError};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

/// How often new messages are looked for without a bell.
const TICK: Duration = Duration::from_secs(5);
/// A system that is away is not tried with the next message before this: the line to it is what fails.
const AWAY: Duration = Duration::from_secs(60);

pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Rings the senders: there is a new message, do not wait for the next look.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_waiters();
    }
}

/// Sends what is put, through these ports, until `shutdown`; then cuts off what is on its way and puts it back, so that
/// the next start sends it at once. Any number of nodes may run this at one time.
pub async fn run(ports: Vec<Arc<dyn Port>>, db: Db, bell: Bell, clock: Clock, shutdown: impl Future<Output = ()>) {
    let (stop, stopped) = watch::channel(false);
    let mut senders = JoinSet::new();
    for port in ports {
        senders.spawn(send_always(port, db.clone(), bell.clone(), clock.clone(), stopped.clone()));
    }
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            Some(ended) = senders.join_next() => if let Err(error) = ended {
                tracing::error!(%error, "a sender fell over");
            },
            else => break,
        }
    }
    let _ = stop.send(true);
    while senders.join_next().await.is_some() {}
}

async fn send_always(port: Arc<dyn Port>, db: Db, bell: Bell, clock: Clock, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        // In a task of its own: a panic of a port costs one try (its lease runs out), not the sender.
        let sending = tokio::spawn(pass(db.clone(), port.clone(), clock.clone(), stopped.clone()));
        let wait = match sending.await {
            Ok(Ok(passed)) if passed.is_away => AWAY,
            Ok(Ok(_)) => TICK,
            Ok(Err(error)) => {
                tracing::error!(%error, system = port.system(), "no message could be sent");
                TICK
            }
            Err(error) => {
                tracing::error!(%error, system = port.system(), "a port fell over");
                TICK
            }
        };
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => {}
            () = bell.0.notified(), if wait == TICK => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Sends everything that is due now through one port, message after message, until nothing is due or the system is
/// away; says how many tries that were. For tests, and for a command that has no server.
pub async fn run_due(db: &Db, port: &Arc<dyn Port>, clock: &Clock) -> Result<usize, DbError> {
    let (_stop, stopped) = watch::channel(false);
    Ok(pass(db.clone(), port.clone(), clock.clone(), stopped).await?.tries)
}

struct Passed {
    tries: usize,
    is_away: bool,
}

async fn pass(
    db: Db,
    port: Arc<dyn Port>,
    clock: Clock,
    mut stopped: watch::Receiver<bool>,
) -> Result<Passed, DbError> {
    let mut passed = Passed { tries: 0, is_away: false };
    while !passed.is_away && !*stopped.borrow() {
        let Some(leased) = lease::take(&db, port.system(), clock()).await? else { break };
        let came = deliver(&*port, &leased, &mut stopped).await;
        passed.tries += 1;
        passed.is_away = came.verdict == Verdict::Away;
        let message = &leased.message;
        if came.verdict != Verdict::Sent {
            tracing::info!(id = %message.id, system = message.system, tries = message.tries, say = came.say, "not sent");
        }
        if !lease::write_down(&db, &leased, &came, clock()).await? {
            tracing::warn!(id = %message.id, "the lease ran out before the end of a try was written down");
        }
    }
    Ok(passed)
}

async fn deliver(port: &dyn Port, leased: &Leased, stopped: &mut watch::Receiver<bool>) -> Delivery {
    let delivery = port.deliver(&leased.message, leased.remote.as_deref());
    tokio::select! {
        came = tokio::time::timeout(PATIENCE, delivery) => {
            came.unwrap_or_else(|_| Delivery::new(Verdict::Away, SLOW))
        }
        () = told_to_stop(stopped) => Delivery::new(Verdict::Cut, CUT),
    }
}

/// Never, where nobody is left to tell.
async fn told_to_stop(stopped: &mut watch::Receiver<bool>) {
    if stopped.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}
