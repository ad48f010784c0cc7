//! What lies around the site: from the outside in, who speaks for whom, a number for each request, counting and
//! logging, the house's page for what went wrong further in, limits of time and size, packing.

use crate::health::Ops;
use crate::proxy::{self, Network};
use crate::{metrics, trouble};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use web::Site;

/// Work that takes longer runs as a job.
const PATIENCE: Duration = Duration::from_secs(60);
/// Files of the largest size that one form may carry. Each that is too large is refused by its name, so its bytes
/// must come this far; the form keeps no more of it than the limit.
pub const FILES_AT_ONCE: usize = 4;

pub fn around(router: Router, site: &Site, ops: &Arc<Ops>, trusted: Vec<Network>) -> Router {
    let most = (FILES_AT_ONCE * site.settings.upload_mib as usize + 1) * 1024 * 1024;
    router
        .layer(CompressionLayer::new().gzip(true).br(false).compress_when(worth_packing()))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(most))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(trouble::panicked))
        .layer(from_fn_with_state(site.clone(), trouble::explain))
        .layer(from_fn_with_state(ops.metrics.clone(), metrics::watch))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(from_fn_with_state(Arc::new(trusted), proxy::trust))
}

/// PDF, pictures and workbooks are packed already.
fn worth_packing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/vnd.openxmlformats"))
        .and(NotForContentType::const_new("font/"))
}
