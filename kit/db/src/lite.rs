//! SQLite: one writer, many readers, write-ahead log, every commit on disk before it is acknowledged.
//!
//! Statements take microseconds, so they run where they are called; only the writer is waited for.

mod disk;
mod log;
mod ring;
mod writer;

use crate::{DbError, Row, Val};
use disk::Disk;
use log::Log;
use ring::{Ring, Turn};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use writer::Writer;

/// Readers at one time. More only contend for two cores.
const READERS: usize = 4;
/// KiB of pages kept, at most: the upper levels of the indexes of a million dossiers. A small database takes what it has.
const WRITER_KEEPS: i64 = 16_384;
const READER_KEEPS: i64 = 8_192;
/// Bytes that the log keeps when it begins anew: as long as it grows by itself ([`log`]).
const LOG_KEEPS: i64 = 160 << 20;
/// Prepared statements kept per connection: more than the register has.
const STATEMENTS: usize = 512;

pub(crate) struct Pool {
    path: PathBuf,
    ring: Arc<Ring>,
    readers: Arc<Lock<Vec<Connection>>>,
    free: Arc<Semaphore>,
    log: Arc<Log>,
    disk: Arc<Disk>,
}

/// A connection on loan.
pub(crate) enum Handle {
    Reader { conn: Option<Connection>, home: Arc<Lock<Vec<Connection>>>, _permit: OwnedSemaphorePermit },
    Writer { writer: Turn, log: Arc<Log>, disk: Arc<Disk>, open: bool },
}

/// What was written and is not yet known to last.
#[must_use = "it may never have been"]
pub(crate) struct Unsettled(Option<oneshot::Receiver<Result<(), String>>>);

impl Unsettled {
    /// Returns when it survives a power cut.
    pub async fn settled(self) -> Result<(), DbError> {
        let Some(tells) = self.0 else { return Ok(()) };
        let answer = tells.await.map_err(|_| disk::broken("nobody brings it to the disk"))?;
        answer.map_err(disk::broken)
    }
}

impl Pool {
    /// Of a database that does not last (a test's), no commit waits for the disk.
    pub fn open(path: &Path, lasts: bool) -> Result<Pool, DbError> {
        let mut conn = connect(path, lasts)?;
        let log = Arc::new(Log::of(path, &mut conn)?);
        let disk = Arc::new(Disk::of(path, lasts)?);
        let readers = (0..READERS).map(|_| reader(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Pool {
            path: path.to_owned(),
            log,
            disk,
            ring: Ring::of(Writer::of(conn)),
            readers: Arc::new(Lock::new(readers)),
            free: Arc::new(Semaphore::new(READERS)),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub async fn reader(&self) -> Result<Handle, DbError> {
        let permit =
            self.free.clone().acquire_owned().await.map_err(|_| DbError::Broken("the pool is closed".into()))?;
        let conn = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(Handle::Reader { conn, home: self.readers.clone(), _permit: permit })
    }

    pub async fn writer(&self) -> Result<Handle, DbError> {
        let queues = self.disk.queue();
        let mut writer = self.ring.turn().await;
        drop(queues);
        writer.begin()?;
        Ok(Handle::Writer { writer, log: self.log.clone(), disk: self.disk.clone(), open: true })
    }

    /// A script begins and commits for itself.
    pub async fn script(&self, text: &str) -> Result<(), DbError> {
        let mut writer = self.ring.turn().await;
        writer.commit();
        writer.conn.execute_batch(text)?;
        if !writer.conn.is_autocommit() {
            return Ok(());
        }
        let (told, tells) = oneshot::channel();
        writer.logged(told);
        self.disk.written(&mut writer, self.ring.clone());
        self.log.grown(&self.ring);
        drop(writer);
        Unsettled(Some(tells)).settled().await
    }
}

fn connect(path: &Path, lasts: bool) -> Result<Connection, DbError> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(Duration::from_secs(10))?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    // NORMAL: SQLite keeps the order of log and file on the disk; that a commit is there before it is acknowledged is
    // [`disk`]'s work.
    conn.pragma_update(None, "synchronous", if lasts { "normal" } else { "off" })?;
    // The log is copied into the file beside the writer ([`log`]), not by whoever happens to commit.
    conn.pragma_update(None, "wal_autocheckpoint", 0)?;
    // A migration may have made it as long as the database; begun anew it is cut to this.
    conn.pragma_update(None, "journal_size_limit", LOG_KEEPS)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cache_size", -WRITER_KEEPS)?;
    // What a transaction within SQLite's would need to be undone alone.
    conn.pragma_update(None, "temp_store", "memory")?;
    keep_plans(&conn)?;
    // The first look makes the log, where there is none.
    conn.query_row("select count(*) from sqlite_master", [], |_| Ok(()))?;
    Ok(conn)
}

fn reader(path: &Path) -> Result<Connection, DbError> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )?;
    conn.busy_timeout(Duration::from_secs(10))?;
    conn.pragma_update(None, "query_only", true)?;
    conn.pragma_update(None, "cache_size", -READER_KEEPS)?;
    keep_plans(&conn)?;
    Ok(conn)
}

/// A statement is planned once per connection. Without the guarantee it would be planned again for every new value of a
/// parameter that statistics speak of: a sixth of the time of a saved cell.
fn keep_plans(conn: &Connection) -> Result<(), DbError> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

impl Handle {
    fn conn(&self) -> Result<&Connection, DbError> {
        match self {
            Handle::Reader { conn: Some(conn), .. } => Ok(conn),
            Handle::Reader { conn: None, .. } => Err(DbError::Broken("the connection is gone".into())),
            Handle::Writer { writer, .. } => Ok(&writer.conn),
        }
    }

    pub fn rows(&mut self, text: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
        let mut statement = self.conn()?.prepare_cached(text)?;
        bind(&mut statement, args)?;
        let width = statement.column_count();
        let mut found = Vec::new();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let vals = (0..width).map(|i| row.get_ref(i).map(read)).collect::<Result<Vec<_>, _>>()?;
            found.push(Row::new(vals));
        }
        Ok(found)
    }

    pub fn exec(&mut self, text: &str, args: &[Val]) -> Result<u64, DbError> {
        let mut statement = self.conn()?.prepare_cached(text)?;
        bind(&mut statement, args)?;
        Ok(statement.raw_execute()? as u64)
    }

    /// A read transaction, ended when the connection goes home. SQLite takes its snapshot at the first read.
    pub fn freeze(&mut self) -> Result<(), DbError> {
        self.exec("begin", &[]).map(drop)
    }

    pub fn prepare(&mut self, text: &str) -> Result<(), DbError> {
        self.conn()?.prepare(text).map(drop).map_err(DbError::from)
    }

    pub fn commit(&mut self) -> Result<Unsettled, DbError> {
        let Handle::Writer { writer, log, disk, open } = self else { return Ok(Unsettled(None)) };
        let (told, tells) = oneshot::channel();
        writer.keep(told)?;
        *open = false;
        let ring = writer.ring().clone();
        disk.written(writer, ring.clone());
        log.grown(&ring);
        Ok(Unsettled(Some(tells)))
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        match self {
            Handle::Reader { conn, home, .. } => {
                if let Some(conn) = conn.take() {
                    let ended = |conn: &Connection| conn.prepare_cached("rollback").and_then(|mut end| end.execute([]));
                    if !conn.is_autocommit() && ended(&conn).is_err() {
                        tracing::error!("a snapshot was not ended");
                    }
                    home.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
                }
            }
            Handle::Writer { writer, open: true, .. } => {
                if let Err(error) = writer.undo() {
                    tracing::error!(%error, "rollback failed");
                }
            }
            Handle::Writer { .. } => {}
        }
    }
}

/// SQLite numbers `$1` by first sight, not by its digits: so bind by name.
fn bind(statement: &mut rusqlite::CachedStatement<'_>, args: &[Val]) -> Result<(), DbError> {
    for (at, val) in (1..).zip(args) {
        // Most texts name their parameters in order, and need no look at all of them.
        let number = |name: &str| name.strip_prefix('$')?.parse().ok();
        let index = match statement.parameter_name(at).and_then(number) == Some(at) {
            true => Some(at),
            false => statement.parameter_index(&format!("${at}"))?,
        };
        match index {
            Some(index) => statement.raw_bind_parameter(index, val)?,
            None => return Err(DbError::Broken(format!("the statement has no ${at}"))),
        }
    }
    Ok(())
}

impl ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Val::Null => ToSqlOutput::Owned(Value::Null),
            Val::Int(value) => ToSqlOutput::Owned(Value::Integer(*value)),
            Val::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Val::Dec(value) => ToSqlOutput::Owned(Value::Text(value.to_string())),
            Val::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn read(value: ValueRef<'_>) -> Val {
    match value {
        ValueRef::Null => Val::Null,
        ValueRef::Integer(value) => Val::Int(value),
        // No column of ours is a float; an aggregate that makes one is a mistake that FromVal will name.
        ValueRef::Real(value) => Val::Text(value.to_string()),
        ValueRef::Text(text) => Val::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Val::Bytes(bytes.to_owned()),
    }
}

/// Copies a live database into a new file, while it is being written to (SQLite's online backup).
pub fn backup_to(from: &Path, to: &Path) -> Result<(), DbError> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut target = Connection::open(to)?;
    let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
    backup.run_to_completion(1024, Duration::from_millis(1), None)?;
    Ok(())
}
