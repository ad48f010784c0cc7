//! Failures for programs: `application/problem+json` (RFC 9457), in Vietnamese, with stable codes in English.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use people::Failure;
use serde_json::json;

/// The answer to a program; `number` is that under which the log has what broke, or nothing.
pub fn answer(status: StatusCode, failure: &Failure, number: &str) -> Response {
    let code = match failure {
        Failure::NotFound => "not-found",
        Failure::SignedOut => "signed-out",
        Failure::Forbidden(refusal) | Failure::Conflict { refusal, .. } => refusal.code,
        Failure::Refused(refusals) => refusals.first().map_or("refused", |refusal| refusal.code),
        Failure::Broken(_) => "broken",
    };
    let mut body = json!({
        "type": format!("/api/loi/{code}"),
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": failure.say(),
        "code": code,
    });
    if let Failure::Refused(refusals) = failure {
        body["errors"] = json!(refusals);
    }
    if let Failure::Conflict { theirs, .. } = failure {
        body["current"] = json!(theirs);
    }
    if !number.is_empty() {
        body["instance"] = json!(format!("su-co:{number}"));
    }
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
