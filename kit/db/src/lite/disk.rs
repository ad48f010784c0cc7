//! What is written, brought to the disk, once for everybody who waits.
//!
//! Whoever has written commits for all who have written since the last commit, if they are many, or if nobody queues for
//! the writer and the disk has nothing to do; else that is left to the next. A thread then waits for the disk, and only then tells them; the next group is
//! committed meanwhile, and no third before the first has its answer. What nobody has come to commit the thread commits
//! itself. A power cut can take what nobody was told of, and only from the end of the log: whoever has read such a change
//! writes behind it, so their own commit brings it to the disk first.

use super::ring::Ring;
use super::writer::{Told, Writer};
use crate::DbError;
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex as Lock, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// So many are committed though the disk is still busy with those before: more would make its next wait no shorter.
const MANY: usize = 8;
/// Whoever writes at this moment commits for all; where they undo it instead, the thread looks again after this.
const SOON: Duration = Duration::from_micros(1000);

pub(crate) struct Disk {
    desk: Arc<Desk>,
    thread: OnceLock<()>,
    /// The log; none of a database that does not last.
    file: Lock<Option<File>>,
}

#[derive(Default)]
struct Desk {
    papers: Lock<Papers>,
    bell: Condvar,
    /// How many queue for the writer.
    queue: AtomicUsize,
}

/// One who queues for the writer.
pub(crate) struct Queues<'a>(&'a AtomicUsize);
impl Drop for Queues<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

#[derive(Default)]
struct Papers {
    /// Committed, and not with the disk yet.
    group: Vec<Told>,
    /// The disk is waited for.
    busy: bool,
    /// Something is written and not committed.
    open: Option<Arc<Ring>>,
    /// The database's pool is gone.
    gone: bool,
    /// There is no thread.
    deaf: bool,
}

impl Desk {
    fn papers(&self) -> MutexGuard<'_, Papers> {
        self.papers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk {
    /// The log must be there: it is for as long as a connection is open.
    pub fn of(database: &Path, lasts: bool) -> Result<Disk, DbError> {
        // SQLite follows links before it names the log.
        let mut name = database.canonicalize().map_err(broken)?.into_os_string();
        name.push("-wal");
        let file = if lasts { Some(File::open(Path::new(&name)).map_err(broken)?) } else { None };
        Ok(Disk { desk: Arc::default(), thread: OnceLock::new(), file: Lock::new(file) })
    }

    /// Held while somebody queues for the writer.
    pub fn queue(&self) -> Queues<'_> {
        self.desk.queue.fetch_add(1, Relaxed);
        Queues(&self.desk.queue)
    }

    /// Somebody has written, and has the writer still. The thread begins with the first, and ends with the pool.
    pub fn written(&self, writer: &mut Writer, ring: Arc<Ring>) {
        self.thread.get_or_init(|| begin(&self.desk, self.file.lock().ok().and_then(|mut file| file.take())));
        self.desk.written(writer, ring);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.desk.papers().gone = true;
        self.desk.bell.notify_one();
    }
}

impl Desk {
    fn written(&self, writer: &mut Writer, ring: Arc<Ring>) {
        let mut papers = self.papers();
        if papers.deaf {
            return writer.alone();
        }
        // Whoever queues for the writer commits for this one too.
        let few = writer.waiting() < MANY;
        if !papers.group.is_empty() || few && (papers.busy || self.queue.load(Relaxed) > 0) {
            if papers.open.replace(ring).is_none() && !papers.busy {
                self.bell.notify_one();
            }
            return;
        }
        // Only who has the writer makes a group, so that nobody does meanwhile.
        drop(papers);
        writer.commit();
        self.commit_told(writer);
    }

    fn commit_told(&self, writer: &mut Writer) {
        let mut papers = self.papers();
        papers.group.append(&mut writer.take_logged());
        papers.open = None;
        self.bell.notify_one();
    }

    /// What the thread does.
    fn serve(&self, sync: impl Fn() -> std::io::Result<()>) {
        let mut papers = self.papers();
        loop {
            if !papers.group.is_empty() {
                let waiting = std::mem::take(&mut papers.group);
                papers.busy = true;
                drop(papers);
                settle(waiting, sync());
                papers = self.papers();
                papers.busy = false;
            } else if let Some(ring) = papers.open.clone() {
                drop(papers);
                let looked = ring.now().map(|mut writer| {
                    writer.commit();
                    self.commit_told(&mut writer);
                });
                papers = self.papers();
                if looked.is_none() && papers.group.is_empty() && papers.open.is_some() {
                    papers = self.bell.wait_timeout(papers, SOON).unwrap_or_else(PoisonError::into_inner).0;
                }
            } else if papers.gone {
                return;
            } else {
                papers = self.bell.wait(papers).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

/// However the thread ends, nobody waits for it any more.
struct Ends(Arc<Desk>);

impl Drop for Ends {
    fn drop(&mut self) {
        let mut papers = self.0.papers();
        papers.deaf = true;
        papers.group.clear();
        let open = papers.open.take();
        drop(papers);
        if let Some(ring) = open {
            ring.wait().alone();
        }
    }
}

pub(super) fn broken(why: impl std::fmt::Display) -> DbError {
    DbError::Broken(format!("the database's log: {why}"))
}

fn begin(desk: &Arc<Desk>, file: Option<File>) {
    let ends = Ends(desk.clone());
    let sync = move || file.as_ref().map_or(Ok(()), File::sync_data);
    let work = move || ends.0.serve(sync);
    if let Err(error) = std::thread::Builder::new().name("disk".into()).spawn(work) {
        tracing::error!(%error, "no thread brings the log to the disk");
    }
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
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::thread::JoinHandle;
    use tokio::sync::oneshot::{self, error::TryRecvError};

    fn writer(name: &str) -> Arc<Ring> {
        let path = std::env::temp_dir().join(format!("cuaviet-disk-{name}-{}.db", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let conn = Connection::open(path).expect("a file");
        conn.execute_batch("create table line (text text)").expect("a table");
        Ring::of(Writer::of(conn))
    }

    fn write(ring: &Arc<Ring>, desk: &Desk, text: &str) -> oneshot::Receiver<Result<(), String>> {
        let (told, tells) = oneshot::channel();
        let mut writer = ring.wait();
        writer.begin().expect("begun");
        writer.conn.execute("insert into line values (?1)", [text]).expect("written");
        writer.keep(told).expect("kept");
        desk.written(&mut writer, ring.clone());
        tells
    }

    fn lines(ring: &Arc<Ring>) -> Vec<String> {
        let path = ring.wait().conn.path().expect("a path").to_owned();
        let other = Connection::open(path).expect("another connection");
        let mut statement = other.prepare("select text from line order by rowid").expect("a statement");
        statement.query_map([], |row| row.get(0)).expect("lines").map(|line| line.expect("a line")).collect()
    }

    /// A desk whose disk says when it is asked, and answers when it is told to.
    fn desk() -> (Arc<Desk>, Receiver<()>, Sender<std::io::Result<()>>, JoinHandle<()>) {
        let desk = Arc::new(Desk::default());
        let (asks, asked) = channel();
        let (answer, answers) = channel();
        let served = desk.clone();
        let thread = std::thread::spawn(move || {
            served.serve(|| {
                asks.send(()).expect("a test that listens");
                answers.recv().expect("a test that answers")
            });
        });
        (desk, asked, answer, thread)
    }

    fn end(desk: &Desk, thread: JoinHandle<()>) {
        desk.papers().gone = true;
        desk.bell.notify_one();
        thread.join().expect("a thread that ends");
    }

    /// Whoever waits is told after the disk has answered, not before, and all that came meanwhile by one answer of it.
    #[test]
    fn nobody_is_told_before_the_disk_has_answered() {
        let ring = writer("order");
        let (desk, asked, answer, thread) = desk();
        let mut first = write(&ring, &desk, "một");
        asked.recv().expect("the disk is asked");
        assert_eq!(lines(&ring), ["một"], "it has nothing else to do, so the first is committed at once");
        let mut second = write(&ring, &desk, "hai");
        let third = write(&ring, &desk, "ba");
        assert_eq!(lines(&ring), ["một"], "a few wait for it");
        assert_eq!(first.try_recv(), Err(TryRecvError::Empty));
        answer.send(Ok(())).expect("a disk that waits");
        assert_eq!(first.blocking_recv(), Ok(Ok(())));
        asked.recv().expect("the disk is asked again");
        assert_eq!(lines(&ring), ["một", "hai", "ba"], "nobody else wrote, so the thread has committed");
        assert_eq!(second.try_recv(), Err(TryRecvError::Empty));
        answer.send(Err(std::io::Error::other("đĩa hỏng"))).expect("a disk that waits");
        assert_eq!(second.blocking_recv(), Ok(Err("đĩa hỏng".to_owned())));
        assert_eq!(third.blocking_recv(), Ok(Err("đĩa hỏng".to_owned())));
        end(&desk, thread);
        assert!(asked.try_recv().is_err(), "asked once for both");
    }

    /// Many are committed while the disk is busy, and no third group before the first has its answer.
    #[test]
    fn one_group_is_committed_while_the_disk_is_busy() {
        let ring = writer("many");
        let (desk, asked, answer, thread) = desk();
        let mut tells = vec![write(&ring, &desk, "dòng")];
        asked.recv().expect("the disk is asked");
        tells.extend((0..MANY).map(|_| write(&ring, &desk, "dòng")));
        assert_eq!(lines(&ring).len(), 1 + MANY);
        tells.extend((0..2 * MANY).map(|_| write(&ring, &desk, "dòng")));
        assert_eq!(lines(&ring).len(), 1 + MANY);
        (0..3).for_each(|_| answer.send(Ok(())).expect("a disk that waits"));
        assert!(tells.into_iter().all(|told| told.blocking_recv() == Ok(Ok(()))));
        assert_eq!(lines(&ring).len(), 1 + 3 * MANY);
        end(&desk, thread);
        assert_eq!(asked.try_iter().count(), 2, "three groups, of which the first was heard above");
    }

    #[test]
    fn what_is_undone_is_undone_alone() {
        let ring = writer("undone");
        let (desk, asked, answer, thread) = desk();
        let first = write(&ring, &desk, "một");
        asked.recv().expect("the disk is asked");
        let kept = write(&ring, &desk, "hai");
        {
            let mut writer = ring.wait();
            writer.begin().expect("begun");
            writer.conn.execute("insert into line values ('ba')", []).expect("written");
            writer.undo().expect("undone");
        }
        let also = write(&ring, &desk, "bốn");
        (0..2).for_each(|_| answer.send(Ok(())).expect("a disk that waits"));
        for told in [first, kept, also] {
            assert_eq!(told.blocking_recv(), Ok(Ok(())));
        }
        assert_eq!(lines(&ring), ["một", "hai", "bốn"]);
        end(&desk, thread);
    }

    /// An error that makes SQLite undo everything is told to all who were in it, also those who had written well.
    #[test]
    fn who_is_undone_with_another_is_told() {
        let ring = writer("lost");
        let (desk, asked, answer, thread) = desk();
        let first = write(&ring, &desk, "một");
        asked.recv().expect("the disk is asked");
        let lost = write(&ring, &desk, "hai");
        ring.wait().conn.execute_batch("rollback").expect("SQLite's own undoing");
        let kept = write(&ring, &desk, "ba");
        (0..2).for_each(|_| answer.send(Ok(())).expect("a disk that waits"));
        assert_eq!(first.blocking_recv(), Ok(Ok(())));
        assert!(lost.blocking_recv().expect("an answer").is_err());
        assert_eq!((kept.blocking_recv(), lines(&ring)), (Ok(Ok(())), vec!["một".to_owned(), "ba".to_owned()]));
        end(&desk, thread);
    }

    /// Whoever writes where nobody brings it to the disk learns that it may not last.
    #[test]
    fn who_writes_where_nobody_listens_is_told() {
        let ring = writer("deaf");
        let desk = Arc::new(Desk::default());
        drop(Ends(desk.clone()));
        let told = write(&ring, &desk, "một");
        assert!(told.blocking_recv().is_err(), "nobody answers");
        assert_eq!(lines(&ring), ["một"]);
    }
}
