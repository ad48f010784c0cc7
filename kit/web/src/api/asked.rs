//! What a program asks with: the page of a list, the version that it saw, its JSON. What cannot be read is refused in
//! words, never by the router in bare English.

use super::{JsonAnswer, page_of};
use crate::answer::refused_as;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base::Refusal;
use people::Failure;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::str::FromStr;

/// `?after=…&limit=…`: the cursor is what the page before gave as `next`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Cursor {
    pub after: Option<String>,
    pub limit: Option<usize>,
}

impl Cursor {
    /// Items a page, where none is asked for, and at most.
    pub const USUAL: usize = 50;
    pub const MOST: usize = 200;

    pub fn limit(&self) -> Result<usize, Failure> {
        match self.limit {
            None => Ok(Cursor::USUAL),
            Some(limit) if (1..=Cursor::MOST).contains(&limit) => Ok(limit),
            Some(_) => {
                let say = format!("Tham số limit từ 1 đến {}.", Cursor::MOST);
                Err(Refusal::new("limit", say).at("limit").into())
            }
        }
    }

    /// The id after which a list of the store goes on.
    pub fn after<T: FromStr>(&self) -> Result<Option<T>, Failure> {
        self.after.as_deref().map(|after| after.parse().map_err(|_| Cursor::lost())).transpose()
    }

    /// What a cursor that names nothing (any more) gets.
    pub fn lost() -> Failure {
        Refusal::new("cursor", "Con trỏ trang không còn đúng. Hãy đọc lại từ đầu.").at("after").into()
    }

    /// Of a whole list: the items after the cursor, and the next cursor.
    pub fn page<T: Serialize>(&self, all: Vec<T>, key: impl Fn(&T) -> String) -> JsonAnswer {
        let limit = self.limit()?;
        let from = match &self.after {
            Some(after) => all.iter().position(|one| key(one) == *after).ok_or_else(Cursor::lost)? + 1,
            None => 0,
        };
        let rest = all.len().saturating_sub(from);
        let items: Vec<T> = all.into_iter().skip(from).take(limit).collect();
        let next = (rest > limit).then(|| items.last().map(key)).flatten();
        page_of(&items, next)
    }

    /// Of a list that the store has begun after the cursor: it was asked for one item more than the limit, so that
    /// one knows whether there is a next page.
    pub fn begun<T: Serialize>(&self, mut items: Vec<T>, key: impl Fn(&T) -> String) -> JsonAnswer {
        let limit = self.limit()?;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = more.then(|| items.last().map(key)).flatten();
        page_of(&items, next)
    }
}

/// The version that the caller saw: `If-Match: "3"`. Something that is not there yet has version 0.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Response;

    /// Without it: 428 (RFC 6585), so that nobody overwrites what they have not seen.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let Some(header) = parts.headers.get(header::IF_MATCH) else {
            let say =
                "Cần tiêu đề If-Match với phiên bản đã đọc (ETag), ví dụ If-Match: \"3\"; nội dung chưa có thì \"0\".";
            return Err(refused_as(StatusCode::PRECONDITION_REQUIRED, Refusal::new("if-match", say)));
        };
        // A proxy that packs an answer makes its tag a weak one; the version in it is the same.
        let tag = header.to_str().unwrap_or_default().trim().trim_start_matches("W/");
        tag.trim_matches('"').parse().map(IfMatch).map_err(|_| {
            let say = "Tiêu đề If-Match phải là phiên bản đã đọc (ETag), ví dụ If-Match: \"3\".";
            refused_as(StatusCode::UNPROCESSABLE_ENTITY, Refusal::new("if-match", say))
        })
    }
}

/// A JSON object of at most `MIB` mebibytes (what may carry files asks for more). Its texts are in composed letters
/// (NFC), as those of forms are, and hold no NUL, which PostgreSQL cannot keep.
#[derive(Clone, Debug)]
pub struct Body<T, const MIB: usize = 4>(pub T);

impl<S: Send + Sync, T: DeserializeOwned, const MIB: usize> FromRequest<S> for Body<T, MIB> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        if !is_json(request.headers()) {
            let say = "Nội dung phải là JSON, với tiêu đề Content-Type: application/json.";
            return Err(refused_as(StatusCode::UNSUPPORTED_MEDIA_TYPE, Refusal::new("media-type", say)));
        }
        let bytes = axum::body::to_bytes(request.into_body(), MIB * 1024 * 1024).await.map_err(|_| {
            let say = format!("Nội dung gửi lên lớn hơn {MIB} MiB hoặc bị đứt giữa chừng.");
            refused_as(StatusCode::PAYLOAD_TOO_LARGE, Refusal::new("body-large", say))
        })?;
        read(&bytes).map(Body).map_err(|refusal| refused_as(StatusCode::UNPROCESSABLE_ENTITY, refusal))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let say = format!("Nội dung gửi lên không phải là JSON đúng: dòng {}, cột {}.", error.line(), error.column());
        Refusal::new("body", say)
    })?;
    // A list of the fields' values would be read as the object too.
    if !value.is_object() {
        return Err(Refusal::new("body", "Nội dung gửi lên phải là một đối tượng JSON: {\"…\": …}."));
    }
    let value = kept(value)?;
    serde_path_to_error::deserialize(value).map_err(|error| unreadable(&error.path().to_string(), error.inner()))
}

/// The same value as it may be kept.
fn kept(value: Value) -> Result<Value, Refusal> {
    let text = |text: &str| match text.contains('\0') {
        true => Err(Refusal::new("body", "Nội dung gửi lên có ký tự NUL (\\u0000), không lưu được.")),
        false => Ok(base::text::nfc(text)),
    };
    Ok(match value {
        Value::String(said) => Value::String(text(&said)?),
        Value::Array(items) => Value::Array(items.into_iter().map(kept).collect::<Result<_, _>>()?),
        Value::Object(fields) => {
            let field = |(name, value): (String, Value)| Ok((text(&name)?, kept(value)?));
            Value::Object(fields.into_iter().map(field).collect::<Result<Map<_, _>, Refusal>>()?)
        }
        other => other,
    })
}

/// What serde says in English, in words, at its field.
fn unreadable(path: &str, error: &serde_json::Error) -> Refusal {
    let said = error.to_string();
    let named = |begins: &str| said.strip_prefix(begins).and_then(|rest| rest.split('`').next()).map(str::to_owned);
    let inside = |name: &str| if path == "." { name.to_owned() } else { format!("{path}.{name}") };
    let (say, field) = if let Some(name) = named("missing field `") {
        (format!("Thiếu “{}”.", inside(&name)), inside(&name))
    } else if let Some(name) = named("unknown field `") {
        let name = if path.ends_with(&name) { path.to_owned() } else { inside(&name) };
        (format!("Không có mục nào tên là “{name}”. Hãy xem mô tả ở /api/openapi.json."), name)
    } else {
        (format!("Giá trị của “{path}” chưa đúng. Hãy xem mô tả ở /api/openapi.json."), path.to_owned())
    };
    Refusal::new("body", say).at(field)
}

#[cfg(test)]
mod tests;
