//! A connection, and a connection inside a transaction.

use crate::{DbError, Row, Sql, Val, lite, pg};
use std::ops::{Deref, DerefMut};

/// A connection that answers questions.
pub struct Conn(Line);

enum Line {
    Lite(lite::Handle),
    Pg(pg::Handle),
}

impl Conn {
    pub(crate) fn lite(handle: lite::Handle) -> Conn {
        Conn(Line::Lite(handle))
    }

    pub(crate) fn pg(handle: pg::Handle) -> Conn {
        Conn(Line::Pg(handle))
    }

    /// All rows.
    pub async fn rows(&mut self, sql: Sql, args: &[Val]) -> Result<Vec<Row>, DbError> {
        let found = match &mut self.0 {
            Line::Lite(handle) => handle.rows(sql.text, args),
            Line::Pg(handle) => handle.rows(sql.text, args).await,
        };
        found.inspect_err(|error| tracing::debug!(sql = sql.name, room = sql.room, %error, "statement failed"))
    }

    /// The first row, if any.
    pub async fn row(&mut self, sql: Sql, args: &[Val]) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// All rows, each read by `read`.
    pub async fn list<T>(
        &mut self,
        sql: Sql,
        args: &[Val],
        read: impl Fn(&mut Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        self.rows(sql, args).await?.iter_mut().map(read).collect()
    }

    /// The first row, read by `read`.
    pub async fn find<T>(
        &mut self,
        sql: Sql,
        args: &[Val],
        read: impl FnOnce(&mut Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        self.row(sql, args).await?.as_mut().map(read).transpose()
    }

    /// Rows by a text made at run time: for [`dump`](crate::dump) only, where tables are found by asking.
    pub(crate) async fn ask(&mut self, text: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
        match &mut self.0 {
            Line::Lite(handle) => handle.rows(text, args),
            Line::Pg(handle) => handle.rows(text, args).await,
        }
    }

    /// From its next question on this connection sees the database as it is at that moment; nothing can be changed by it.
    pub(crate) fn freeze(&mut self) -> Result<(), DbError> {
        match &mut self.0 {
            Line::Lite(handle) => handle.freeze(),
            Line::Pg(handle) => {
                handle.freeze();
                Ok(())
            }
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.0, Line::Pg(_))
    }

    /// Asks the engine whether it understands a text: the test of the register.
    pub async fn prepare(&mut self, text: &'static str) -> Result<(), DbError> {
        match &mut self.0 {
            Line::Lite(handle) => handle.prepare(text),
            Line::Pg(handle) => handle.prepare(text).await,
        }
    }
}

/// A transaction. Dropped without [`commit`](Tx::commit), it is as if it had never begun.
#[must_use = "a transaction that is not committed is undone"]
pub struct Tx {
    conn: Conn,
}

impl Tx {
    pub(crate) fn lite(handle: lite::Handle) -> Tx {
        Tx { conn: Conn::lite(handle) }
    }

    pub(crate) fn pg(mut handle: pg::Handle) -> Tx {
        handle.begin();
        Tx { conn: Conn::pg(handle) }
    }

    /// Changes rows; says how many.
    pub async fn exec(&mut self, sql: Sql, args: &[Val]) -> Result<u64, DbError> {
        let done = match &mut self.conn.0 {
            Line::Lite(handle) => handle.exec(sql.text, args),
            Line::Pg(handle) => handle.exec(sql.text, args).await,
        };
        done.inspect_err(|error| tracing::debug!(sql = sql.name, room = sql.room, %error, "statement failed"))
    }

    /// Two changes that do not ask one another's outcome: on PostgreSQL they go out together.
    pub async fn exec_both(&mut self, one: (Sql, &[Val]), other: (Sql, &[Val])) -> Result<(), DbError> {
        match &mut self.conn.0 {
            Line::Lite(_) => {
                self.exec(one.0, one.1).await?;
                self.exec(other.0, other.1).await.map(drop)
            }
            Line::Pg(handle) => both(handle, one, other, false).await,
        }
    }

    /// [`exec_both`](Tx::exec_both) and [`commit`](Tx::commit): on PostgreSQL all in one journey.
    pub async fn commit_both(mut self, one: (Sql, &[Val]), other: (Sql, &[Val])) -> Result<(), DbError> {
        if let Line::Pg(handle) = &mut self.conn.0 {
            return both(handle, one, other, true).await;
        }
        self.exec_both(one, other).await?;
        self.commit().await
    }

    /// Changes rows by a text made at run time: for [`dump`](crate::dump) only.
    pub(crate) async fn tell(&mut self, text: &str, args: &[Val]) -> Result<u64, DbError> {
        match &mut self.conn.0 {
            Line::Lite(handle) => handle.exec(text, args),
            Line::Pg(handle) => handle.exec(text, args).await,
        }
    }

    /// Makes the changes last. After `Ok` they survive a power cut.
    pub async fn commit(mut self) -> Result<(), DbError> {
        match &mut self.conn.0 {
            Line::Lite(handle) => {
                let unsettled = handle.commit()?;
                // The next may write while the disk works.
                drop(self);
                unsettled.settled().await
            }
            Line::Pg(handle) => handle.commit().await,
        }
    }
}

async fn both(
    handle: &mut pg::Handle,
    one: (Sql, &[Val]),
    other: (Sql, &[Val]),
    are_last: bool,
) -> Result<(), DbError> {
    let done = handle.exec_both((one.0.text, one.1), (other.0.text, other.1), are_last).await;
    done.inspect_err(|error| tracing::debug!(one = one.0.name, other = other.0.name, %error, "statements failed"))
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
