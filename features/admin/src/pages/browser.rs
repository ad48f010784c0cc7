//! The browser that asks: which it is, and what it is given to remember.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use people::Failure;
use std::convert::Infallible;
use std::net::SocketAddr;
use web::Answer;

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

/// Sets a cookie along with an answer.
pub fn with_cookie(mut answer: Response, cookie: &str) -> Answer {
    let value = cookie.parse().map_err(|error| Failure::Broken(format!("a cookie that is no header: {error}")))?;
    answer.headers_mut().append(header::SET_COOKIE, value);
    Ok(answer)
}
