//! The write-ahead log, copied into the file by a thread of its own: whoever commits waits for their own pages alone,
//! and not, every fifty commits, for everybody's.

use super::writer::Writer;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock};
use tokio::sync::Mutex;

/// The log is copied after so many commits: some thousand pages of 4 KiB, and the same page often. While the file is
/// made durable, commits wait for the same disk; more seldom, fewer of them do.
const COMMITS: u32 = 1024;
/// From so many pages on the writer waits once, so that the log can begin anew: else it would grow as long as people write.
const LONG: i64 = 32_768;

pub(crate) struct Log {
    path: PathBuf,
    /// Not held: the thread must not keep alive what it works for.
    writer: std::sync::Weak<Mutex<Writer>>,
    commits: AtomicU32,
    bell: OnceLock<Option<SyncSender<()>>>,
}

impl Log {
    pub fn of(path: &Path, writer: &Arc<Mutex<Writer>>) -> Log {
        let (commits, bell) = (AtomicU32::new(0), OnceLock::new());
        Log { path: path.to_owned(), writer: Arc::downgrade(writer), commits, bell }
    }

    /// Something was written. The thread begins with the first call that needs it, and ends with the log's owner.
    pub fn grown(&self) {
        if !self.commits.fetch_add(1, Ordering::Relaxed).is_multiple_of(COMMITS) {
            return;
        }
        let bell = self.bell.get_or_init(|| begin(&self.path, self.writer.clone()));
        // Full: it is about to look anyway.
        if let Some(Err(TrySendError::Disconnected(()))) = bell.as_ref().map(|bell| bell.try_send(())) {
            tracing::warn!(path = %self.path.display(), "the database's log is not copied any more until the next start");
        }
    }
}

fn begin(path: &Path, writer: std::sync::Weak<Mutex<Writer>>) -> Option<SyncSender<()>> {
    let (bell, rings) = sync_channel(1);
    let path = path.to_owned();
    let work = move || {
        let Ok(conn) = Connection::open(&path) else { return };
        while rings.recv().is_ok() {
            if copy(&conn) > LONG
                && let Some(writer) = writer.upgrade()
            {
                // Nobody writes meanwhile, so what is left is copied whole, and the next to write begins at the front.
                let mut writer = writer.blocking_lock();
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
