//! PostgreSQL: a pool of connections, each with its prepared statements.

use crate::error::chain;
use crate::{DbError, Row, Val};
use base::Decimal;
use bytes::BytesMut;
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, RecyclingMethod};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// Connections at one time, per node.
const CONNECTIONS: usize = 16;

/// Compiling a plan takes longer than any of our questions; and the plan of a text is made once, whatever its values are, as on
/// SQLite: made anew for each asking, it took longer than most of the answers.
const SESSION: &str = "set jit = off; set plan_cache_mode = force_generic_plan";
/// The same for once, and back: before and behind a statement that [`anew!`](crate::anew) begins.
const PLAN_ANEW: &str = "set plan_cache_mode = force_custom_plan";
const PLAN_ONCE: &str = "set plan_cache_mode = force_generic_plan";

pub(crate) struct Pool(deadpool_postgres::Pool);

/// A connection that several share for their questions.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Object>);

pub(crate) struct Handle {
    /// Shared only by readers: a transaction has its own.
    conn: Option<Arc<Object>>,
    open: bool,
    /// How its transaction begins: sent with the first statement, so that nobody waits for it alone.
    begins: Option<&'static str>,
}

impl Pool {
    pub async fn open(url: &str) -> Result<Pool, DbError> {
        let config: tokio_postgres::Config = url.parse()?;
        let manager = Manager::from_config(config, tls()?, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = deadpool_postgres::Pool::builder(manager)
            .max_size(CONNECTIONS)
            .post_create(Hook::async_fn(|conn, _| {
                Box::pin(async move { conn.batch_execute(SESSION).await.map_err(HookError::Backend) })
            }))
            .build()
            .map_err(|e| DbError::Broken(chain(&e)))?;
        let pool = Pool(pool);
        pool.connection().await?;
        Ok(pool)
    }

    pub async fn shared(&self) -> Result<Shared, DbError> {
        let conn = self.0.get().await.map_err(|e| DbError::Broken(chain(&e)))?;
        Ok(Shared(Arc::new(conn)))
    }

    pub async fn connection(&self) -> Result<Handle, DbError> {
        Ok(self.shared().await?.handle())
    }

    pub async fn script(&self, text: &str) -> Result<(), DbError> {
        let handle = self.connection().await?;
        Ok(handle.conn()?.batch_execute(text).await?)
    }
}

/// TLS by rustls with ring, trusting what the host trusts.
fn tls() -> Result<tokio_postgres_rustls::MakeRustlsConnect, DbError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| DbError::Broken(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_postgres_rustls::MakeRustlsConnect::new(config))
}

impl Shared {
    pub fn handle(&self) -> Handle {
        Handle { conn: Some(self.0.clone()), open: false, begins: None }
    }
}

impl Handle {
    fn conn(&self) -> Result<&Object, DbError> {
        self.conn.as_deref().ok_or_else(gone)
    }

    pub fn begin(&mut self) {
        self.begins = Some("begin");
    }

    /// A read transaction that sees one moment, that of its first question; rolled back when the connection goes home.
    pub fn freeze(&mut self) {
        self.begins = Some("begin isolation level repeatable read read only");
    }

    pub async fn commit(&mut self) -> Result<(), DbError> {
        if self.begins.take().is_some() {
            return Ok(());
        }
        self.conn()?.batch_execute("commit").await?;
        self.open = false;
        Ok(())
    }

    pub async fn rows(&mut self, text: &str, args: &[Val]) -> Result<Vec<Row>, DbError> {
        let conn = self.conn.as_deref().ok_or_else(gone)?;
        let args = references(args);
        let found = match text.starts_with(crate::anew!()) {
            true => begun(&mut self.open, &mut self.begins, conn, planned_anew(conn, text, &args)).await?,
            false => {
                let statement = conn.prepare_cached(text).await?;
                begun(&mut self.open, &mut self.begins, conn, conn.query(&statement, &args)).await?
            }
        };
        found.iter().map(read).collect()
    }

    pub async fn exec(&mut self, text: &str, args: &[Val]) -> Result<u64, DbError> {
        let conn = self.conn.as_deref().ok_or_else(gone)?;
        let statement = conn.prepare_cached(text).await?;
        begun(&mut self.open, &mut self.begins, conn, conn.execute(&statement, &references(args))).await
    }

    /// Two changes, sent before either is answered; with the commit behind them, where they are the last.
    pub async fn exec_both(
        &mut self,
        one: (&str, &[Val]),
        other: (&str, &[Val]),
        are_last: bool,
    ) -> Result<(), DbError> {
        let conn = self.conn.as_deref().ok_or_else(gone)?;
        // Prepared before, so that neither waits behind the other's sending.
        let (first, second) = (conn.prepare_cached(one.0).await?, conn.prepare_cached(other.0).await?);
        let (ones, others) = (references(one.1), references(other.1));
        // What cannot be written in the protocol's words fails before it is sent, and PostgreSQL would commit the rest.
        let unsent = AtomicBool::new(false);
        let execute = async |statement, args: &[&(dyn ToSql + Sync)]| {
            let done = conn.execute(statement, args).await;
            unsent.fetch_or(done.is_err(), Ordering::Relaxed);
            done
        };
        let commit = async {
            match are_last && !unsent.load(Ordering::Relaxed) {
                true => conn.batch_execute("commit").await,
                false => Ok(()),
            }
        };
        let all = async {
            let done = tokio::join!(biased; execute(&first, &ones), execute(&second, &others), commit);
            // Behind one that failed the other says only that its transaction is broken off, and the commit rolls back.
            done.0.and(done.1).and(done.2)
        };
        begun(&mut self.open, &mut self.begins, conn, all).await?;
        self.open &= !are_last;
        Ok(())
    }

    pub async fn prepare(&mut self, text: &str) -> Result<(), DbError> {
        self.conn()?.prepare(text).await.map(drop).map_err(DbError::from)
    }
}

/// All three are sent before any is answered.
async fn planned_anew(
    conn: &Object,
    text: &str,
    args: &[&(dyn ToSql + Sync)],
) -> Result<Vec<tokio_postgres::Row>, tokio_postgres::Error> {
    let statement = conn.prepare(text).await?;
    let (anew, found, once) = tokio::join!(
        biased;
        conn.batch_execute(PLAN_ANEW),
        conn.query(&statement, args),
        conn.batch_execute(PLAN_ONCE)
    );
    let found = found?;
    anew.and(once)?;
    Ok(found)
}

/// Sends what begins the transaction, where it has not begun, and a statement behind it, before either is answered.
async fn begun<T>(
    open: &mut bool,
    begins: &mut Option<&'static str>,
    conn: &Object,
    does: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, DbError> {
    let Some(begin) = begins.take() else { return Ok(does.await?) };
    // Marked before it is sent: a request dropped in between must still be rolled back.
    *open = true;
    let (began, done) = tokio::join!(biased; conn.batch_execute(begin), does);
    began?;
    Ok(done?)
}

impl Drop for Handle {
    /// A transaction left open is rolled back behind whatever is still in flight, and only then is its
    /// connection lent again; where no runtime is left to do that, the connection is closed instead.
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if !self.open {
            return;
        }
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    if conn.batch_execute("rollback").await.is_err() {
                        close(conn);
                    }
                });
            }
            Err(_) => close(conn),
        }
    }
}

/// Closes a connection, which the pool does not get back.
fn close(conn: Arc<Object>) {
    drop(Arc::into_inner(conn).map(Object::take));
}

fn gone() -> DbError {
    DbError::Broken("the connection is gone".into())
}

fn references(args: &[Val]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|val| val as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Val {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, ty) {
            (Val::Null, _) => Ok(IsNull::Yes),
            (Val::Int(value), &Type::INT8) => value.to_sql(ty, out),
            (Val::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(ty, out),
            (Val::Int(value), &Type::BOOL) => (*value != 0).to_sql(ty, out),
            (Val::Int(value), &Type::NUMERIC) => Decimal::from(*value).to_sql(ty, out),
            (Val::Int(value), &Type::TEXT) => value.to_string().to_sql(ty, out),
            (Val::Text(value), &Type::NUMERIC) => value.parse::<Decimal>()?.to_sql(ty, out),
            (Val::Text(value), _) => value.to_sql(ty, out),
            (Val::Dec(value), &Type::TEXT) => value.to_string().to_sql(ty, out),
            (Val::Dec(value), _) => value.to_sql(ty, out),
            (Val::Bytes(value), _) => value.to_sql(ty, out),
            (Val::Int(_), other) => Err(format!("an integer where {other} is wanted").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn read(row: &tokio_postgres::Row) -> Result<Row, DbError> {
    let column = |i: usize, ty: &Type| -> Result<Val, tokio_postgres::Error> {
        Ok(match *ty {
            Type::INT8 => row.try_get::<_, Option<i64>>(i)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(i)?.into(),
            Type::BOOL => row.try_get::<_, Option<bool>>(i)?.into(),
            Type::NUMERIC => row.try_get::<_, Option<Decimal>>(i)?.into(),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(i)?.into(),
            _ => row.try_get::<_, Option<String>>(i)?.into(),
        })
    };
    let vals = row.columns().iter().enumerate().map(|(i, c)| column(i, c.type_())).collect::<Result<Vec<_>, _>>()?;
    Ok(Row::new(vals))
}
