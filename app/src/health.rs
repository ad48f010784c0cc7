//! What machines ask: alive, ready, figures, version, the API's description.

use crate::metrics::{self, Metrics};
use crate::proxy::Client;
use crate::settings::Settings;
use crate::{disk, openapi, version, wiring};
use axum::Router;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::{Db, DbError, dump};
use serde_json::json;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// Less than this, and a transaction may fail at any moment.
const DISK_MIB: u64 = 64;
/// A database that has not answered by then is as good as away.
const PATIENCE: Duration = Duration::from_secs(5);

/// What these doors need.
pub struct Ops {
    pub db: Db,
    pub metrics: Arc<Metrics>,
    pub data_dir: PathBuf,
    pub token: Option<String>,
}

impl Ops {
    pub fn new(settings: &Settings, db: Db) -> Arc<Ops> {
        Arc::new(Ops {
            db,
            metrics: Arc::default(),
            data_dir: settings.data_dir.clone(),
            token: settings.metrics_token.clone(),
        })
    }
}

pub fn router(ops: Arc<Ops>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
        .route("/version", get(|| async { axum::Json(version::json()) }))
        .route("/robots.txt", get(|| async { "User-agent: *\nDisallow: /\n" }))
        .route("/api/openapi.json", get(described))
        .with_state(ops)
}

/// Made when it is first asked for: most servers are never asked, and it is as much memory as everything else kept.
async fn described() -> Response {
    static DOCUMENT: LazyLock<String> =
        LazyLock::new(|| openapi::of(wiring::routes().table(), &wiring::described()).to_string());
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// Ready to be sent requests: the database answers and is migrated, the disk has room.
async fn ready(State(ops): State<Arc<Ops>>) -> Response {
    let db = match tokio::time::timeout(PATIENCE, migrations(&ops.db)).await {
        Ok(Ok(done)) if done == db::MIGRATIONS.len() as i64 => "ok",
        Ok(Ok(_)) => "not migrated",
        Ok(Err(_)) => "broken",
        Err(_) => "slow",
    };
    let disk = match disk::free_mib(&ops.data_dir) {
        Some(free) if free < DISK_MIB => "full",
        _ => "ok",
    };
    let status = if db == "ok" && disk == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(json!({ "database": db, "disk": disk }))).into_response()
}

async fn migrations(db: &Db) -> Result<i64, DbError> {
    dump::count(&mut db.read().await?, "migration").await
}

async fn figures(State(ops): State<Arc<Ops>>, Extension(client): Extension<Client>, headers: HeaderMap) -> Response {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let may = match &ops.token {
        // Compared by hash: the time it takes tells nothing of the token.
        Some(token) => bearer.is_some_and(|given| people::sha256(given) == people::sha256(token)),
        None => client.is_local(),
    };
    if !may {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut text = ops.metrics.requests();
    let info = format!(
        "version=\"{}\",database=\"{}\"",
        version::NUMBER,
        if ops.db.is_postgres() { "postgresql" } else { "sqlite" }
    );
    metrics::gauge(&mut text, "cuaviet_build_info", "The program.", &[(info, 1)]);
    if let Some(bytes) = metrics::resident() {
        metrics::gauge(&mut text, "process_resident_memory_bytes", "Memory in use.", &[(String::new(), bytes)]);
    }
    if let Some(free) = disk::free_mib(&ops.data_dir) {
        let bytes = i64::try_from(free).unwrap_or(i64::MAX).saturating_mul(1024 * 1024);
        metrics::gauge(
            &mut text,
            "cuaviet_disk_free_bytes",
            "Free space under the data folder.",
            &[(String::new(), bytes)],
        );
    }
    if let Ok((jobs, sessions)) = counts(&ops.db).await {
        let jobs: Vec<(String, i64)> =
            jobs.into_iter().map(|(status, count)| (format!("status=\"{status}\""), count)).collect();
        metrics::gauge(&mut text, "cuaviet_jobs", "Jobs by status.", &jobs);
        metrics::gauge(&mut text, "cuaviet_sessions", "Sessions stored.", &[(String::new(), sessions)]);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

async fn counts(db: &Db) -> Result<(Vec<(String, i64)>, i64), DbError> {
    let mut conn = db.read().await?;
    Ok((dump::tally(&mut conn, "job", "status").await?, dump::count(&mut conn, "session").await?))
}
