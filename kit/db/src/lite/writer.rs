//! The one writer. Transactions that come close together go into one of SQLite's, each in a savepoint of its own: what is
//! undone is undone alone, and pages that many of them write (the ends of tables, the journal's head) are written once.

use crate::DbError;
use rusqlite::Connection;
use tokio::sync::oneshot;

/// Where it is said whether a transaction lasts.
pub(crate) type Told = oneshot::Sender<Result<(), String>>;

pub(crate) struct Writer {
    pub conn: Connection,
    /// Who is in what SQLite has open.
    open: Vec<Told>,
    /// Who is in the log, and not yet known to be on the disk.
    logged: Vec<Told>,
}

impl Writer {
    pub fn of(conn: Connection) -> Writer {
        Writer { conn, open: Vec::new(), logged: Vec::new() }
    }

    pub fn begin(&mut self) -> Result<(), DbError> {
        if self.conn.is_autocommit() {
            self.tell_lost();
            // IMMEDIATE: the write lock is taken now, so no statement can later fail for it.
            self.say("begin immediate")?;
        }
        self.say("savepoint one")
    }

    /// What was written since `begin` shall last; who wrote it is told when it does.
    pub fn keep(&mut self, told: Told) -> Result<(), DbError> {
        self.say("release one")?;
        self.open.push(told);
        Ok(())
    }

    /// How many wait for a commit.
    pub fn waiting(&self) -> usize {
        self.open.len()
    }

    /// What was written since `begin` never was.
    pub fn undo(&mut self) -> Result<(), DbError> {
        // Where the disk is full SQLite itself has undone everything.
        if self.conn.is_autocommit() {
            return Ok(());
        }
        if self.open.is_empty() {
            return self.say("rollback");
        }
        self.say("rollback to one")?;
        self.say("release one")
    }

    /// Writes what is open into the log.
    pub fn commit(&mut self) {
        if self.conn.is_autocommit() {
            return self.tell_lost();
        }
        match self.say("commit") {
            Ok(()) => self.logged.append(&mut self.open),
            Err(error) => {
                tracing::error!(%error, "what was written could not be committed");
                let _ = self.say("rollback");
                self.open.drain(..).for_each(|told| drop(told.send(Err(error.to_string()))));
            }
        }
    }

    /// Somebody has committed by themselves, and waits for the disk.
    pub fn logged(&mut self, told: Told) {
        self.logged.push(told);
    }

    /// There is nobody to bring anything to the disk: what is open is committed, and who waits learns that nobody knows
    /// whether it lasts.
    pub fn alone(&mut self) {
        tracing::error!("nobody brings to the disk what is written");
        self.commit();
        self.logged.clear();
    }

    /// Who waits for the log to be on the disk.
    pub fn take_logged(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.logged)
    }

    fn tell_lost(&mut self) {
        let why = "SQLite undid the transaction after an error of another within it";
        self.open.drain(..).for_each(|told| drop(told.send(Err(why.to_owned()))));
    }

    fn say(&self, text: &str) -> Result<(), DbError> {
        Ok(self.conn.prepare_cached(text)?.execute([]).map(drop)?)
    }
}
