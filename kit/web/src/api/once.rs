//! `Idempotency-Key`: what a program sends twice (a retry after a lost answer) is done once, and answered the same.
//!
//! The key is reserved in a transaction of its own before anything is done, and finished afterwards with the answer that was
//! given: so it works for every door, whatever that does. If the program stops in between, the key stays reserved and a
//! retry is told to look first whether it was done: never twice, at worst not again by itself.
//!
//! Only what was done is kept. A refusal has changed nothing: the key is free again, for the same body or a better one.

use super::Caller;
use crate::answer::{Fault, refused_as};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base::{Refusal, Timestamp};
use data_encoding::HEXLOWER;
use db::{Row, args, sql};
use jiff::SignedDuration;
use people::Failure;
use sha2::{Digest, Sha256};
use std::time::Duration;

sql! {
    SWEEP = "delete from api_once where at < $1";
    CLAIM = "insert into api_once (owner, key, digest, at) values ($1, $2, $3, $4) on conflict (owner, key) do nothing";
    FOUND = "select digest, status, etag, body from api_once where owner = $1 and key = $2";
    DONE = "update api_once set status = $3, etag = $4, body = $5 where owner = $1 and key = $2";
    FREE = "delete from api_once where owner = $1 and key = $2";
}

/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How often, and how long apart, a second sending asks whether the first has ended.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// What is kept of a sending.
struct Known {
    digest: String,
    status: Option<i64>,
    etag: String,
    body: String,
}

/// Lets a request on, unless the same was sent with the same key before.
pub(super) async fn once(caller: &Caller, request: Request, next: Next) -> Response {
    let Some(key) = request.headers().get("idempotency-key").cloned() else { return next.run(request).await };
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    match claimed(caller, &key, request, next).await {
        Ok(answer) => answer,
        Err(failure) => Fault(failure).into_response(),
    }
}

async fn claimed(caller: &Caller, key: &HeaderValue, request: Request, next: Next) -> Result<Response, Failure> {
    let key = readable(key)?;
    let (parts, body) = request.into_parts();
    // As much as the door itself would read at most: the site's limit lies around it.
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        let no = Refusal::new("body-large", "Nội dung gửi lên quá lớn hoặc bị đứt giữa chừng.");
        return Ok(refused_as(StatusCode::PAYLOAD_TOO_LARGE, no));
    };
    let digest = digest(&parts.uri.to_string(), &parts.headers, &bytes);
    let owner = owner(caller);
    if !claim(caller, &owner, &key, &digest).await? {
        return known(caller, &owner, &key, &digest).await;
    }
    let answer = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    finish(caller, &owner, &key, answer).await
}

/// Letters that a log and a header can carry.
fn readable(key: &HeaderValue) -> Result<String, Failure> {
    let text = key.to_str().map(str::trim).unwrap_or_default();
    if (1..=128).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    Err(Failure::refused("idempotency-key", "Tiêu đề Idempotency-Key có từ 1 đến 128 ký tự ASCII."))
}

/// A person at a unit: their keys may be several.
fn owner(caller: &Caller) -> String {
    let id = |id: Option<String>| id.unwrap_or_default();
    let scope = &caller.scope;
    format!("{}@{}", id(scope.account.map(|id| id.to_string())), id(scope.unit.map(|id| id.to_string())))
}

/// What is the same request: its address, the version that was seen, and its body to the last byte.
fn digest(uri: &str, headers: &HeaderMap, body: &[u8]) -> String {
    let version = headers.get(header::IF_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    let parts = [uri.as_bytes(), version, body];
    let whole = parts
        .iter()
        .fold(Sha256::new(), |hash, part| hash.chain_update((part.len() as u64).to_be_bytes()).chain_update(part));
    HEXLOWER.encode(&whole.finalize())
}

async fn claim(caller: &Caller, owner: &str, key: &str, digest: &str) -> Result<bool, Failure> {
    let now: Timestamp = caller.scope.now;
    let mut tx = caller.site.db.begin().await?;
    tx.exec(SWEEP, args![now.saturating_sub(KEPT).unwrap_or(now)]).await?;
    let won = tx.exec(CLAIM, args![owner, key, digest, now]).await? == 1;
    tx.commit().await?;
    Ok(won)
}

/// The answer of the first sending, once it has ended.
async fn known(caller: &Caller, owner: &str, key: &str, digest: &str) -> Result<Response, Failure> {
    let read =
        |row: &mut Row| Ok(Known { digest: row.pull()?, status: row.pull()?, etag: row.pull()?, body: row.pull()? });
    for _ in 0..TRIES {
        let found = caller.site.db.read().await?.find(FOUND, args![owner, key], read).await?;
        match found {
            // Refused meanwhile, and so free again.
            None => break,
            Some(found) if found.digest != digest => {
                let say = "Khoá Idempotency-Key này đã dùng cho một nội dung khác. Mỗi việc mới cần một khoá mới.";
                return Err(Failure::refused("idempotency-key", say));
            }
            Some(Known { status: Some(status), etag, body, .. }) => return Ok(again(status, &etag, body)),
            Some(_) => tokio::time::sleep(PAUSE).await,
        }
    }
    let say = "Lần gửi trước với khoá này chưa rõ đã xong hay chưa. Hãy đọc lại xem việc đã được làm chưa; chưa có thì gửi bằng khoá mới.";
    Ok(refused_as(StatusCode::CONFLICT, Refusal::new("idempotency-busy", say)))
}

fn again(status: i64, etag: &str, body: String) -> Response {
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let mut answer =
        (status.unwrap_or(StatusCode::OK), [(header::CONTENT_TYPE, "application/json")], body).into_response();
    if let Ok(tag) = etag.parse()
        && !etag.is_empty()
    {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer
}

/// Keeps the answer of what was done; frees the key of what was not. Where something broke, nobody knows: it stays reserved.
async fn finish(caller: &Caller, owner: &str, key: &str, answer: Response) -> Result<Response, Failure> {
    if answer.status().is_server_error() {
        return Ok(answer);
    }
    let mut tx = caller.site.db.begin().await?;
    if !answer.status().is_success() {
        tx.exec(FREE, args![owner, key]).await?;
        tx.commit().await?;
        return Ok(answer);
    }
    let (parts, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await;
    let bytes = bytes.map_err(|error| Failure::Broken(format!("an answer that cannot be read: {error}")))?;
    let etag = parts.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    tx.exec(DONE, args![owner, key, i64::from(parts.status.as_u16()), etag, text]).await?;
    tx.commit().await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}
