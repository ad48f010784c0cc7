//! One way to the database, whichever it is: SQLite (embedded, the default) or PostgreSQL.
//!
//! Every SQL text is written once, with [`sql!`], in the subset both engines accept (see the README), and
//! prepared on both migrated databases by a test. Read in this order: [`val`], [`sql`], [`conn`], [`lite`], [`pg`],
//! [`migrate`].

pub mod conn;
pub mod dump;
mod error;
mod fresh;
mod lite;
mod migrate;
mod pg;
mod sql;
pub mod testing;
mod val;

pub use conn::{Conn, Tx};
pub use error::DbError;
pub use fresh::{fresh_id, now};
pub use inventory;
pub use lite::backup_to as backup_sqlite;
pub use migrate::{MIGRATIONS, Migration, Standing};
pub use sql::{Registered, Sql, all_sql};
pub use val::{FromVal, Row, Val, keys};

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A database that is open. Cheap to clone: all clones share one pool.
#[derive(Clone)]
pub struct Db(Arc<Engine>);

enum Engine {
    Lite(lite::Pool),
    Pg(pg::Pool),
}

impl Db {
    /// Opens `postgres://…`, or a SQLite file (`sqlite:PATH` or a plain path), without migrating it.
    pub async fn open(url: &str) -> Result<Db, DbError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Db(Arc::new(Engine::Pg(pg::Pool::open(url).await?))));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        Ok(Db(Arc::new(Engine::Lite(lite::Pool::open(Path::new(path), true)?))))
    }

    /// A SQLite file that need not survive a power cut: a test's.
    pub(crate) fn open_fleeting(path: &str) -> Result<Db, DbError> {
        Ok(Db(Arc::new(Engine::Lite(lite::Pool::open(Path::new(path), false)?))))
    }

    /// A connection for questions. Each statement sees the last committed state.
    pub async fn read(&self) -> Result<Conn, DbError> {
        match &*self.0 {
            Engine::Lite(pool) => pool.reader().await.map(Conn::lite),
            Engine::Pg(pool) => pool.connection().await.map(Conn::pg),
        }
    }

    /// Connections for what is asked side by side.
    pub async fn beside(&self) -> Result<Beside, DbError> {
        match &*self.0 {
            Engine::Lite(_) => Ok(Beside(Lent::Lite(self.clone()))),
            Engine::Pg(pool) => pool.shared().await.map(|shared| Beside(Lent::Pg(shared))),
        }
    }

    /// Begins a transaction. It is undone unless [`Tx::commit`] returns `Ok`.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        match &*self.0 {
            Engine::Lite(pool) => pool.writer().await.map(Tx::lite),
            Engine::Pg(pool) => pool.connection().await.map(Tx::pg),
        }
    }

    /// The SQLite file, where that is what we run on.
    pub fn lite_path(&self) -> Option<PathBuf> {
        match &*self.0 {
            Engine::Lite(pool) => Some(pool.path().to_owned()),
            Engine::Pg(_) => None,
        }
    }

    /// Runs a script of several statements outside any registry: migrations only.
    pub(crate) async fn script(&self, text: &str) -> Result<(), DbError> {
        match &*self.0 {
            Engine::Lite(pool) => pool.script(text).await,
            Engine::Pg(pool) => pool.script(text).await,
        }
    }

    /// A connection that sees the database as it is at its first question, until it is dropped.
    pub async fn snapshot(&self) -> Result<Conn, DbError> {
        let mut conn = self.read().await?;
        conn.freeze()?;
        Ok(conn)
    }

    pub fn is_postgres(&self) -> bool {
        matches!(&*self.0, Engine::Pg(_))
    }
}

/// Connections for questions that do not wait for one another's answers (`try_join!`). On PostgreSQL they are one: what is
/// asked at once goes out together and is answered in one journey, which costs a page far less than a connection for each
/// (ADR 0017). SQLite has nothing far away: each is a reader of the pool. Whoever keeps this waits for no other connection:
/// there are few, and all could be kept by some who wait.
pub struct Beside(Lent);

enum Lent {
    Lite(Db),
    Pg(pg::Shared),
}

impl Beside {
    /// As [`Db::read`].
    pub async fn read(&self) -> Result<Conn, DbError> {
        match &self.0 {
            Lent::Lite(db) => db.read().await,
            Lent::Pg(shared) => Ok(Conn::pg(shared.handle())),
        }
    }
}
