//! The doors for programs: a key instead of a cookie, JSON instead of pages, pages by cursor.
//!
//! Here the caller and the answers; `asked` has what a program asks with, `brought` a file that it brings, `once` what is
//! done once however often it is sent, `described` what a door says of itself.

mod asked;
mod brought;
mod described;
mod once;

pub use asked::{Body, Cursor, IfMatch};
pub use brought::Brought;
pub use described::{Described, Gives, describe};

use crate::answer::Fault;
use crate::site::Site;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use people::{Failure, Scope};
use serde::Serialize;

/// A program that calls with a key.
#[derive(Clone)]
pub struct Caller {
    pub site: Site,
    pub scope: Scope,
}

/// What every API handler returns.
pub type JsonAnswer = Result<Response, Fault>;

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get::<Caller>().cloned().ok_or(Fault(Failure::SignedOut))
    }
}

/// Puts the [`Caller`] of `Authorization: Bearer …` into requests to the API.
pub(crate) async fn admit(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let secret = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::to_owned);
    if let Some(secret) = secret {
        match people::scope_of_token(&site.db, &secret, site.now()).await {
            Ok(Some(scope)) if scope.read_only && changes(request.method()) => {
                return Fault(Failure::forbidden("Khoá này chỉ được đọc. Hãy tạo khoá có quyền ghi.")).into_response();
            }
            Ok(Some(scope)) => {
                let caller = Caller { site: site.clone(), scope };
                request.extensions_mut().insert(caller.clone());
                return once::once(&caller, request, next).await;
            }
            Ok(None) => {}
            Err(failure) => return Fault(failure).into_response(),
        }
    }
    next.run(request).await
}

fn changes(method: &Method) -> bool {
    method != Method::GET && method != Method::HEAD
}

/// A JSON answer; with a version it carries an ETag for `If-Match`.
pub fn json(body: &impl Serialize, version: Option<i64>) -> JsonAnswer {
    let text = serde_json::to_string(body)?;
    let mut answer = (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], text).into_response();
    if let Some(version) = version
        && let Ok(tag) = format!("\"{version}\"").parse()
    {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    Ok(answer)
}

/// A page of a list, with the cursor of the next one.
pub fn page_of(items: &impl Serialize, next: Option<String>) -> JsonAnswer {
    json(&serde_json::json!({ "items": items, "next": next }), None)
}

/// What a verb answers that leaves nothing to show.
pub fn done() -> JsonAnswer {
    json(&serde_json::json!({ "done": true }), None)
}
