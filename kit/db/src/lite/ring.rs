//! Whose turn it is to write.
//!
//! A turn that ends goes to whoever asks first, not to whoever has waited longest: the one who waits has to be woken, and
//! while they queue for a processor behind others who only read nobody would write. Who was passed over often is next.

use super::writer::Writer;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use tokio::sync::{Mutex, Notify, OwnedMutexGuard};

/// After so many others the next turn is theirs: a change must not wait for as long as people write.
const PASSED_OVER: usize = 3;

pub(crate) struct Ring {
    writer: Arc<Mutex<Writer>>,
    ended: Notify,
}

/// The writer, until this is dropped. Fields are dropped in their order: the writer is free before anybody is woken.
pub(crate) struct Turn {
    writer: OwnedMutexGuard<Writer>,
    wakes: Wakes,
}

struct Wakes(Arc<Ring>);

impl Drop for Wakes {
    fn drop(&mut self) {
        self.0.ended.notify_one();
    }
}

impl Ring {
    pub fn of(writer: Writer) -> Arc<Ring> {
        Arc::new(Ring { writer: Arc::new(Mutex::new(writer)), ended: Notify::new() })
    }

    pub async fn turn(self: &Arc<Ring>) -> Turn {
        for _ in 0..PASSED_OVER {
            if let Some(turn) = self.now() {
                return turn;
            }
            self.ended.notified().await;
        }
        let writer = self.writer.clone().lock_owned().await;
        Turn { writer, wakes: Wakes(self.clone()) }
    }

    /// The turn, if it is nobody's.
    pub fn now(self: &Arc<Ring>) -> Option<Turn> {
        let writer = self.writer.clone().try_lock_owned().ok()?;
        Some(Turn { writer, wakes: Wakes(self.clone()) })
    }

    /// For threads of our own.
    pub fn wait(self: &Arc<Ring>) -> Turn {
        let writer = self.writer.clone().blocking_lock_owned();
        Turn { writer, wakes: Wakes(self.clone()) }
    }
}

impl Turn {
    pub fn ring(&self) -> &Arc<Ring> {
        &self.wakes.0
    }
}

impl Deref for Turn {
    type Target = Writer;
    fn deref(&self) -> &Writer {
        &self.writer
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut Writer {
        &mut self.writer
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;
    use rusqlite::Connection;

    #[tokio::test]
    async fn who_was_passed_over_often_is_next() {
        let ring = Ring::of(Writer::of(Connection::open_in_memory().expect("a database")));
        let mut turn = ring.now().expect("nobody writes");
        let other = ring.clone();
        let waits = tokio::spawn(async move { drop(other.turn().await) });
        for _ in 0..PASSED_OVER {
            tokio::task::yield_now().await;
            drop(turn);
            turn = ring.now().expect("whoever waits is not awake yet");
        }
        tokio::task::yield_now().await;
        drop(turn);
        assert!(ring.now().is_none(), "it is theirs now");
        waits.await.expect("who waited has written");
        assert!(ring.now().is_some());
    }
}
