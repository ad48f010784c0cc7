//! The other side, to try a connection without a contract: each simulator is a small web server that answers as the system
//! would, holds what it is sent against the schemas of `data/links/`, and shows on its first page what it has taken.
//!
//! They keep everything in memory, believe anybody, and are for trying only.

pub mod dvcqg;
pub mod payment;
pub mod reporting;
pub mod sso;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How badly a simulator behaves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manners {
    /// So many calls are answered with 503 before the first is taken.
    pub fail: u32,
    /// Each call waits so long before it is answered.
    pub slow: Duration,
}

/// What a test asked for before the call is looked at: true, it is answered with 503.
struct Mood {
    manners: Manners,
    failed: Mutex<u32>,
}

impl Mood {
    fn new(manners: Manners) -> Mood {
        Mood { manners, failed: Mutex::new(0) }
    }

    async fn refuses(&self) -> bool {
        tokio::time::sleep(self.manners.slow).await;
        let mut failed = held(&self.failed);
        let refuses = *failed < self.manners.fail;
        *failed += u32::from(refuses);
        refuses
    }
}

/// A lock that a panic elsewhere does not take away.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body.to_string()).into_response()
}

fn header_of(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}

fn page(title: &str, body: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="vi" {
            head { meta charset="utf-8"; title { (title) } meta name="viewport" content="width=device-width"; }
            body { h1 { (title) } p { strong { "Chương trình mô phỏng, chỉ để thử. Không có dữ liệu nào được gửi ra ngoài." } } (body) }
        }
    };
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string()).into_response()
}
