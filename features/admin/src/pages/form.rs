//! What all forms of this room share: hidden fields, refusals back to their form, the browser that asks.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::Response;
use base::{Date, Refusals};
use maud::{Markup, html};
use people::Failure;
use std::convert::Infallible;
use std::net::SocketAddr;
use web::look::Page;
use web::{Answer, Fault, Guest, Posted, Visit};

/// The token of a form that changes something.
pub fn token(visit: &Visit) -> Markup {
    html! { input type="hidden" name="csrf" value=(visit.csrf()); }
}

/// The same, and a key so that a form sent twice makes one thing.
pub fn keyed(visit: &Visit) -> Markup {
    html! { (token(visit)) input type="hidden" name="key" value=(visit.key()); }
}

/// The token of a form that needs nobody to be signed in: empty where nobody is, since such a form is known by the
/// page it comes from.
pub fn token_of_guest(guest: &Guest) -> Markup {
    let csrf = guest.visit.as_ref().map_or("", |visit| visit.csrf());
    html! { input type="hidden" name="csrf" value=(csrf); }
}

/// A refusal goes back to the form that was sent; anything else is for the frame.
pub fn refused(failure: Failure, page: impl FnOnce(&Refusals) -> Page) -> Answer {
    match failure {
        Failure::Refused(refusals) => web::show_again(page(&refusals), refusals),
        other => Err(Fault(other)),
    }
}

/// Moves the refusals of one field to another, where a form calls it by another name.
pub fn at_field(failure: Failure, from: &str, to: &str) -> Failure {
    match failure {
        Failure::Refused(mut refusals) => {
            for refusal in refusals.iter_mut().filter(|refusal| refusal.field.as_deref() == Some(from)) {
                refusal.field = Some(to.to_owned());
            }
            Failure::Refused(refusals)
        }
        other => other,
    }
}

/// Sets a cookie along with an answer.
pub fn with_cookie(mut answer: Response, cookie: &str) -> Answer {
    let value = cookie.parse().map_err(|error| Failure::Broken(format!("a cookie that is no header: {error}")))?;
    answer.headers_mut().append(header::SET_COOKIE, value);
    Ok(answer)
}

/// A page that goes with a status of its own: a link that is spent is 410, not found for good.
pub fn with_status(answer: Answer, status: StatusCode) -> Answer {
    answer.map(|mut answer| {
        *answer.status_mut() = status;
        answer
    })
}

/// Which browser asks, and from where: kept with its session, for its owner to recognise.
pub struct Browser {
    pub agent: String,
    pub address: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Browser {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let agent =
            parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let address =
            parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string()).unwrap_or_default();
        Ok(Browser { agent, address })
    }
}

/// A day of a form: none where the field is empty; one that cannot be read is refused at its field.
pub fn day(form: &Posted, name: &str, today: Date, refusals: &mut Refusals) -> Option<Date> {
    let typed = form.text(name)?;
    base::day::read_vi(&typed, today).map_err(|refusal| refusals.push(refusal.at(name))).ok()
}

/// A value of the address: `?ve=…`.
pub fn query(uri: &axum::http::Uri, name: &str) -> String {
    pairs(uri.query().unwrap_or_default())
        .into_iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value)
        .unwrap_or_default()
}

/// The pairs of an address, decoded.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        base::text::nfc(&percent_encoding::percent_decode_str(&text).decode_utf8_lossy())
    };
    let pair = |pair: &str| {
        pair.split_once('=').map_or((decoded(pair), String::new()), |(name, value)| (decoded(name), decoded(value)))
    };
    query.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

/// A value on its way into an address.
pub fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
