//! What a handler answers: a page for the shell, a way onward, a file, or a failure.

use crate::look::{Flash, Page};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Refusal, Refusals};
use maud::Markup;
use people::Failure;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

/// What every page handler returns.
pub type Answer = Result<Response, Fault>;

/// A [`Failure`] on its way out; the frame makes a page or a problem of it.
#[derive(Debug)]
pub struct Fault(pub Failure);

impl<E: Into<Failure>> From<E> for Fault {
    fn from(error: E) -> Self {
        Fault(error.into())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        failing(Arc::new(self.0))
    }
}

/// The bare answer of a failure, for the frame to dress.
pub(crate) fn failing(failure: Arc<Failure>) -> Response {
    let status = match &*failure {
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::SignedOut => StatusCode::UNAUTHORIZED,
        Failure::Forbidden(_) => StatusCode::FORBIDDEN,
        Failure::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Conflict { .. } => StatusCode::CONFLICT,
        Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let mut answer = status.into_response();
    answer.extensions_mut().insert(failure);
    answer
}

/// A refusal with another status than 422, where HTTP has a name for it: 405, 413, 415.
pub(crate) fn refused_as(status: StatusCode, refusal: Refusal) -> Response {
    let mut answer = failing(Arc::new(refusal.into()));
    *answer.status_mut() = status;
    answer
}

/// A page, before its shell is put around it.
#[derive(Clone)]
pub(crate) struct Framed {
    pub page: Page,
    pub shell: Shell,
}

/// Which frame a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shell {
    /// For whoever works here; bare for whoever is not signed in.
    Office,
    Bare,
    Citizen,
}

/// A page in the office's shell.
pub fn show(page: Page) -> Answer {
    Ok(framed(page, Shell::Office, StatusCode::OK))
}

/// A page with nothing but its card: for signing in.
pub fn show_bare(page: Page) -> Answer {
    Ok(framed(page, Shell::Bare, StatusCode::OK))
}

/// A page in the citizens' shell: one column, for whoever comes, signed in or not.
pub fn show_citizen(page: Page) -> Answer {
    Ok(framed(page, Shell::Citizen, StatusCode::OK))
}

/// The same page again, with what was typed and why it was not taken.
pub fn show_again(mut page: Page, refusals: Refusals) -> Answer {
    page.refusals = refusals;
    Ok(framed(page, Shell::Office, StatusCode::UNPROCESSABLE_ENTITY))
}

/// The same in the citizens' shell.
pub fn show_citizen_again(mut page: Page, refusals: Refusals) -> Answer {
    page.refusals = refusals;
    Ok(framed(page, Shell::Citizen, StatusCode::UNPROCESSABLE_ENTITY))
}

/// An answer that goes with a status of its own: a link that is spent is 410, another's newer value 409.
pub fn with_status(answer: Answer, status: StatusCode) -> Answer {
    answer.map(|mut answer| {
        *answer.status_mut() = status;
        answer
    })
}

fn framed(page: Page, shell: Shell, status: StatusCode) -> Response {
    let mut answer = status.into_response();
    answer.extensions_mut().insert(Framed { page, shell });
    answer
}

/// A piece of a page, for a script that asked for it.
pub fn fragment(status: StatusCode, markup: Markup) -> Answer {
    Ok((status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response())
}

/// Onward to another page, after something was done (303), with a sentence shown there once.
pub fn to(place: impl Into<String>, say: Option<&str>) -> Answer {
    let place = place.into();
    let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, encoded(&place))]).into_response();
    if let Some(say) = say {
        answer.headers_mut().append(header::SET_COOKIE, flash_cookie(say));
    }
    Ok(answer)
}

/// A header carries ASCII only; a Vietnamese word in a path is percent-encoded.
fn encoded(place: &str) -> String {
    place
        .chars()
        .map(|c| {
            if c.is_ascii() { c.to_string() } else { utf8_percent_encode(&c.to_string(), NON_ALPHANUMERIC).to_string() }
        })
        .collect()
}

pub(crate) const FLASH: &str = "cv_say";

fn flash_cookie(say: &str) -> HeaderValue {
    let text = utf8_percent_encode(say, NON_ALPHANUMERIC);
    HeaderValue::from_str(&format!("{FLASH}={text}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"))
        .unwrap_or(HeaderValue::from_static(""))
}

/// A sentence from the cookie, as the shell shows it.
pub(crate) fn flash(text: &str) -> Option<Flash> {
    let say = percent_encoding::percent_decode_str(text).decode_utf8().ok()?.into_owned();
    (!say.is_empty()).then(|| Flash::done(say))
}

/// A made file: its bytes, its media type, its name.
pub struct Sheet {
    pub bytes: Vec<u8>,
    pub kind: &'static str,
    pub name: String,
}

/// A file to keep. The name may be Vietnamese (RFC 6266).
pub fn download(sheet: Sheet) -> Answer {
    let plain: String = base::text::fold(&sheet.name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' })
        .collect();
    let full = utf8_percent_encode(&sheet.name, NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}");
    let headers = [
        (header::CONTENT_TYPE, sheet.kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from(sheet.bytes)).into_response())
}

/// A stored file with the headers of its room.
pub fn file_answer(headers: &[(&'static str, String)], bytes: bytes::Bytes) -> Response {
    let mut answer = Body::from(bytes).into_response();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (header::HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}
