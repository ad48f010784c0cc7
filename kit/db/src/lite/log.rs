//! The write-ahead log, copied into the file by a thread of its own: whoever commits waits for their own pages alone,
//! and not, every fifty commits, for everybody's.

use super::ring::Ring;
use crate::DbError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock, Weak};

/// The log is copied each time it has grown by so many pages of 4 KiB, among them the same page often. While the file is
/// made durable, commits wait for the same disk; more seldom, fewer of them do.
const MORE: i32 = 8_192;
/// From so many pages on the writer waits once, so that the log can begin anew: else it would grow as long as people write.
const LONG: i64 = 32_768;

pub(crate) struct Log {
    path: PathBuf,
    /// In pages, after the last commit.
    length: Arc<AtomicI32>,
    /// How long it was when the thread was last asked to copy it.
    asked: AtomicI32,
    bell: OnceLock<Option<SyncSender<()>>>,
}

impl Log {
    /// Of the database that this connection, and no other, writes to.
    pub fn of(path: &Path, writer: &mut Connection) -> Result<Log, DbError> {
        let length = Arc::new(AtomicI32::new(0));
        let seen = length.clone();
        writer.wal_hook(Some(move |_: &mut _, pages| {
            seen.store(pages, Relaxed);
            Ok(())
        }))?;
        Ok(Log { path: path.to_owned(), length, asked: AtomicI32::new(0), bell: OnceLock::new() })
    }

    /// Something was written. The thread begins with the first call that needs it, and ends with the log's owner.
    pub fn grown(&self, ring: &Arc<Ring>) {
        let length = self.length.load(Relaxed);
        let asked = self.asked.load(Relaxed);
        if length < asked {
            // It has begun anew.
            return self.asked.store(0, Relaxed);
        }
        if length - asked < MORE {
            return;
        }
        self.asked.store(length, Relaxed);
        // Not held: the thread must not keep alive what it works for.
        let bell = self.bell.get_or_init(|| begin(&self.path, Arc::downgrade(ring)));
        // Full: it is about to look anyway.
        if let Some(Err(TrySendError::Disconnected(()))) = bell.as_ref().map(|bell| bell.try_send(())) {
            tracing::warn!(path = %self.path.display(), "the database's log is not copied any more until the next start");
        }
    }
}

fn begin(path: &Path, ring: Weak<Ring>) -> Option<SyncSender<()>> {
    let (bell, rings) = sync_channel(1);
    let path = path.to_owned();
    let work = move || {
        let Ok(conn) = Connection::open(&path) else { return };
        while rings.recv().is_ok() {
            if copy(&conn) > LONG
                && let Some(ring) = ring.upgrade()
            {
                // Nobody writes meanwhile, so what is left is copied whole, and the next to write begins at the front.
                let mut writer = ring.wait();
                writer.commit();
                copy(&writer.conn);
            }
        }
    };
    std::thread::Builder::new().name("log".into()).spawn(work).ok().map(|_| bell)
}

/// Copies what it may without making anybody wait; what readers still need stays for the next time. Gives how many pages
/// the log has.
fn copy(conn: &Connection) -> i64 {
    let copied = conn.query_row("pragma wal_checkpoint(passive)", [], |row| row.get(1));
    copied.unwrap_or_else(|error| {
        tracing::warn!(%error, "the database's log was not copied");
        0
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::writer::Writer;
    use super::*;
    use std::time::{Duration, Instant};

    /// A few large transactions are as many pages as thousands of small ones.
    #[test]
    fn a_long_log_is_copied_however_few_wrote_it() {
        let path = std::env::temp_dir().join(format!("cuaviet-log-{}.db", std::process::id()));
        let mut conn = Connection::open(&path).unwrap();
        conn.execute_batch("pragma journal_mode = wal; pragma wal_autocheckpoint = 0; create table heap (text text)")
            .unwrap();
        let log = Log::of(&path, &mut conn).unwrap();
        let ring = Ring::of(Writer::of(conn));
        let write = |bytes: i64| {
            let put = "insert into heap values (zeroblob(?1))";
            ring.wait().conn.execute(put, [bytes]).unwrap();
            log.grown(&ring);
        };
        write(1);
        let bytes = i64::from(MORE) * 4096;
        write(bytes);
        let (begun, length) = (Instant::now(), || std::fs::metadata(&path).unwrap().len());
        while length() < bytes.unsigned_abs() && begun.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(length() >= bytes.unsigned_abs(), "the file has {} bytes", length());
        std::fs::remove_file(&path).unwrap();
    }
}
