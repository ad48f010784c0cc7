//! What is written, brought to the disk, once for everybody who waits.
//!
//! A thread queues for the writer like everybody else; when its turn comes, all who queued before it have written, and it
//! commits for them. It lets the next ones write, while another thread waits for the disk, and only then tells them; the
//! next group is committed meanwhile, and no third before the first has answered. A power cut can take what
//! nobody was told of, and only from the end of the log: whoever has read such a change writes behind it, so their own
//! commit brings it to the disk first.

use super::writer::{Told, Writer};
use crate::DbError;
use std::fs::File;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, OnceLock};
use tokio::sync::Mutex;

type Ring = Arc<Mutex<Writer>>;

pub(crate) struct Disk {
    bell: OnceLock<Sender<Ring>>,
    /// The log; none of a database that does not last.
    file: std::sync::Mutex<Option<File>>,
}

impl Disk {
    /// The log must be there: it is for as long as a connection is open.
    pub fn of(database: &Path, lasts: bool) -> Result<Disk, DbError> {
        // SQLite follows links before it names the log.
        let mut name = database.canonicalize().map_err(broken)?.into_os_string();
        name.push("-wal");
        let file = if lasts { Some(File::open(Path::new(&name)).map_err(broken)?) } else { None };
        Ok(Disk { bell: OnceLock::new(), file: std::sync::Mutex::new(file) })
    }

    /// Somebody has written and waits; false where nobody hears it. The thread begins with the first, and ends with the
    /// database's pool.
    pub fn ring(&self, writer: Ring) -> bool {
        let bell = self.bell.get_or_init(|| begin(self.file.lock().ok().and_then(|mut file| file.take())));
        bell.send(writer).is_ok()
    }
}

pub(super) fn broken(why: impl std::fmt::Display) -> DbError {
    DbError::Broken(format!("the database's log: {why}"))
}

fn begin(file: Option<File>) -> Sender<Ring> {
    let (bell, rings) = channel();
    let sync = move || file.as_ref().map_or(Ok(()), File::sync_data);
    let begun = std::thread::Builder::new().name("disk".into()).spawn(move || serve(&rings, sync));
    if let Err(error) = begun {
        tracing::error!(%error, "no thread brings the log to the disk");
    }
    bell
}

fn serve(rings: &Receiver<Ring>, sync: impl Fn() -> std::io::Result<()> + Send) {
    // Nothing lies between: whoever has committed waits until the disk has answered for those before.
    let (hand, groups) = sync_channel(0);
    std::thread::scope(|threads| {
        threads.spawn(move || {
            while let Ok(waiting) = groups.recv() {
                settle(waiting, sync());
            }
        });
        while let Ok(ring) = rings.recv() {
            let mut writer = ring.blocking_lock();
            // Who rang before now is in what is committed now: they rang while the writer was theirs.
            rings.try_iter().for_each(drop);
            writer.commit();
            let waiting = writer.take_logged();
            drop(writer);
            if !waiting.is_empty() && hand.send(waiting).is_err() {
                return;
            }
        }
        drop(hand);
    });
}

fn settle(waiting: Vec<Told>, done: std::io::Result<()>) {
    let done = done.map_err(|error| error.to_string());
    if let Err(error) = &done {
        tracing::error!(%error, "what was committed may not survive a power cut");
    }
    for told in waiting {
        let _ = told.send(done.clone());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;
    use rusqlite::Connection;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::oneshot::{self, error::TryRecvError};

    fn writer(name: &str) -> Ring {
        let path = std::env::temp_dir().join(format!("cuaviet-disk-{name}-{}.db", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let conn = Connection::open(path).expect("a file");
        conn.execute_batch("create table line (text text)").expect("a table");
        Arc::new(Mutex::new(Writer::of(conn)))
    }

    fn write(ring: &Ring, text: &str) -> oneshot::Receiver<Result<(), String>> {
        let (told, tells) = oneshot::channel();
        let mut writer = ring.blocking_lock();
        writer.begin().expect("begun");
        writer.conn.execute("insert into line values (?1)", [text]).expect("written");
        writer.keep(told).expect("kept");
        tells
    }

    fn lines(ring: &Ring) -> Vec<String> {
        let path = ring.blocking_lock().conn.path().expect("a path").to_owned();
        let other = Connection::open(path).expect("another connection");
        let mut statement = other.prepare("select text from line order by rowid").expect("a statement");
        statement.query_map([], |row| row.get(0)).expect("lines").map(|line| line.expect("a line")).collect()
    }

    /// All who wait are told after the disk has answered, not before, and by one answer of it.
    #[test]
    fn nobody_is_told_before_the_disk_has_answered() {
        let ring = writer("order");
        let (bell, rings) = channel();
        let (asks, asked) = channel();
        let (answer, answers) = channel();
        let disk = std::thread::spawn(move || {
            serve(&rings, move || {
                asks.send(()).expect("a test that listens");
                answers.recv().expect("a test that answers")
            });
        });
        let mut first = write(&ring, "một");
        let mut second = write(&ring, "hai");
        assert_eq!(lines(&ring), Vec::<String>::new(), "not committed yet");
        bell.send(ring.clone()).expect("a thread");
        bell.send(ring.clone()).expect("a thread");
        asked.recv().expect("the disk is asked");
        assert_eq!(lines(&ring), ["một", "hai"]);
        assert_eq!(first.try_recv(), Err(TryRecvError::Empty));
        assert_eq!(second.try_recv(), Err(TryRecvError::Empty));
        // What is written while the disk works waits for its next answer.
        let third = write(&ring, "ba");
        bell.send(ring.clone()).expect("a thread");
        answer.send(Ok(())).expect("a disk that waits");
        assert_eq!((first.blocking_recv(), second.blocking_recv()), (Ok(Ok(())), Ok(Ok(()))));
        asked.recv().expect("the disk is asked again");
        answer.send(Err(std::io::Error::other("đĩa hỏng"))).expect("a disk that waits");
        assert_eq!(third.blocking_recv(), Ok(Err("đĩa hỏng".to_owned())));
        drop(bell);
        disk.join().expect("a thread that ends");
        assert!(asked.try_recv().is_err(), "asked once for both");
    }

    #[test]
    fn what_is_undone_is_undone_alone() {
        let ring = writer("undone");
        let kept = write(&ring, "một");
        {
            let mut writer = ring.blocking_lock();
            writer.begin().expect("begun");
            writer.conn.execute("insert into line values ('hai')", []).expect("written");
            writer.undo().expect("undone");
        }
        let also = write(&ring, "ba");
        let (bell, rings) = channel();
        bell.send(ring.clone()).expect("a receiver");
        drop(bell);
        let syncs = AtomicUsize::new(0);
        serve(&rings, || {
            syncs.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        assert_eq!((kept.blocking_recv(), also.blocking_recv()), (Ok(Ok(())), Ok(Ok(()))));
        assert_eq!((lines(&ring), syncs.into_inner()), (vec!["một".to_owned(), "ba".to_owned()], 1));
    }

    /// An error that makes SQLite undo everything is told to all who were in it, also those who had written well.
    #[test]
    fn who_is_undone_with_another_is_told() {
        let ring = writer("lost");
        let lost = write(&ring, "một");
        ring.blocking_lock().conn.execute_batch("rollback").expect("SQLite's own undoing");
        let kept = write(&ring, "hai");
        let (bell, rings) = channel();
        bell.send(ring.clone()).expect("a receiver");
        drop(bell);
        serve(&rings, || Ok(()));
        assert!(lost.blocking_recv().expect("an answer").is_err());
        assert_eq!((kept.blocking_recv(), lines(&ring)), (Ok(Ok(())), vec!["hai".to_owned()]));
    }
}
