//! The log brought to the disk, once for everybody who waits.
//!
//! A commit writes its pages into the log and lets the next writer in; only then does it wait for the disk, together with
//! all that were committed meanwhile. A power cut can take what nobody was told of, and only from the end of the log:
//! whoever has read such a change writes behind it, so their own commit brings it to the disk first.

use crate::DbError;
use std::fs::File;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};
use tokio::sync::oneshot;

type Told = oneshot::Sender<Result<(), String>>;

pub(crate) struct Disk {
    log: OnceLock<Sender<Told>>,
    file: std::sync::Mutex<Option<File>>,
}

impl Disk {
    /// The log must be there: it is for as long as a connection is open.
    pub fn of(database: &Path) -> Result<Disk, DbError> {
        // SQLite follows links before it names the log.
        let mut name = database.canonicalize().map_err(broken)?.into_os_string();
        name.push("-wal");
        let file = File::open(Path::new(&name)).map_err(broken)?;
        Ok(Disk { log: OnceLock::new(), file: std::sync::Mutex::new(Some(file)) })
    }

    /// Returns when all that was committed before this call survives a power cut.
    pub async fn settled(&self) -> Result<(), DbError> {
        let (told, tells) = oneshot::channel();
        // Without its thread nobody answers, and the error below is given.
        let _ = self.log.get_or_init(|| begin(self.file.lock().ok().and_then(|mut file| file.take()))).send(told);
        let answer = tells.await.map_err(|_| broken("nobody brings the log to the disk"))?;
        answer.map_err(broken)
    }
}

fn broken(why: impl std::fmt::Display) -> DbError {
    DbError::Broken(format!("the database's log: {why}"))
}

/// The thread begins with the first commit, and ends with the database's pool.
fn begin(file: Option<File>) -> Sender<Told> {
    let (ask, asked) = channel::<Told>();
    let work = move || {
        let Some(file) = file else { return };
        while let Ok(first) = asked.recv() {
            let waiting: Vec<Told> = std::iter::once(first).chain(asked.try_iter()).collect();
            let done = file.sync_data().map_err(|error| error.to_string());
            if let Err(error) = &done {
                tracing::error!(%error, "what was committed may not survive a power cut");
            }
            for told in waiting {
                let _ = told.send(done.clone());
            }
        }
    };
    if let Err(error) = std::thread::Builder::new().name("disk".into()).spawn(work) {
        tracing::error!(%error, "no thread brings the log to the disk");
    }
    ask
}
