//! Texts by HTTP: the one contract that a gateway for SMS or Zalo has to keep (`docs/how-to/notices.md`,
//! `data/links/sms.json`). Carriers each have their own interface; what stands between is a few lines on their side.
//!
//! ```text
//! POST url   Authorization: Bearer token   {"id": "…", "to": "0905123456", "text": "…"}
//!   200 {"id": "…"}       taken, now or before      400 {"message": "…"}   never: wrong number, wrong text
//!   429 (Retry-After)     a pause                   anything else          try again later
//! ```

use crate::{Sending, Texts, Unsent, words};
use base::Refusal;
use jiff::SignedDuration;
use reqwest::{Client, Response, StatusCode, Url, header};
use serde::Deserialize;
use serde_json::json;
use std::pin::Pin;
use std::time::Duration;

/// Bytes of an answer. Real ones have a hundred.
const LONGEST: usize = 16 * 1024;

/// What the configuration says of the gateway.
#[derive(Clone)]
pub struct Sms {
    /// Where texts are posted: `https://sms.example.gov.vn/tin-nhan`.
    pub url: String,
    pub token: String,
    /// For one answer; [`Sms::PATIENCE`] unless there is a reason.
    pub patience: Duration,
}

/// Without the token: settings are shown in logs.
impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sms {{ {} }}", self.url)
    }
}

impl Sms {
    pub const PATIENCE: Duration = Duration::from_secs(15);
}

/// The gateway as this program knows it.
#[derive(Clone)]
pub struct Gateway {
    http: Client,
    url: Url,
    token: String,
}

impl Gateway {
    /// Takes the settings; nothing is connected yet. Refuses an address that is none, and one where the token would
    /// travel in the clear.
    pub fn new(sms: &Sms) -> Result<Gateway, Refusal> {
        let no = |field: &str, say: &str| Refusal::new("sms-settings", say).at(field);
        let url = Url::parse(&sms.url).map_err(|_| no("sms.url", "Địa chỉ cổng tin nhắn không đúng."))?;
        if !is_private(&url) {
            return Err(no("sms.url", "Địa chỉ cổng tin nhắn phải bắt đầu bằng https://."));
        }
        if sms.token.is_empty() || !sms.token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(no("sms.token", "Nhập khóa của cổng tin nhắn, không có dấu cách."));
        }
        // The program's start does this too; without it reqwest would stop the program.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // No redirect: a gateway could send our token elsewhere.
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(sms.patience).build();
        let http = http.map_err(|_| no("sms.url", "Không dựng được đường truyền tới cổng tin nhắn."))?;
        Ok(Gateway { http, url, token: sms.token.clone() })
    }

    async fn post(&self, message: &Sending) -> Result<(), Unsent> {
        let body = json!({ "id": message.id, "to": message.to, "text": message.body });
        let request = self.http.post(self.url.clone()).bearer_auth(&self.token).json(&body);
        let answer = request.send().await.map_err(|error| away(&error))?;
        let status = answer.status();
        let pause = pause(&answer);
        let body = body_of(answer).await.map_err(|error| away(&error))?;
        match status {
            StatusCode::OK => taken(&body, message),
            StatusCode::BAD_REQUEST => Err(Unsent::Refused(words::text_refused(&said(&body)))),
            StatusCode::TOO_MANY_REQUESTS => {
                let pause = pause.unwrap_or(SignedDuration::from_mins(1));
                Err(Unsent::Away {
                    why: words::text_away("429, cổng yêu cầu gửi chậm lại"), pause: Some(pause)
                })
            }
            other => Err(Unsent::Away { why: words::text_away(&format!("mã {}", other.as_u16())), pause: None }),
        }
    }
}

impl Texts for Gateway {
    fn send<'a>(&'a self, message: &'a Sending) -> Pin<Box<dyn Future<Output = Result<(), Unsent>> + Send + 'a>> {
        Box::pin(self.post(message))
    }
}

/// Whether nobody can listen on the way: TLS, or this very machine (the simulator).
fn is_private(url: &Url) -> bool {
    let this_machine = url.host_str().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
    url.scheme() == "https" || (url.scheme() == "http" && this_machine)
}

#[derive(Deserialize)]
struct Taken {
    id: String,
}

/// Only an answer that names our message says that it was taken: a proxy's friendly page has status 200 too.
fn taken(body: &[u8], message: &Sending) -> Result<(), Unsent> {
    match serde_json::from_slice::<Taken>(body) {
        Ok(taken) if taken.id == message.id.to_string() => Ok(()),
        _ => Err(Unsent::away(words::text_away("câu trả lời không nêu mã tin nhắn"))),
    }
}

#[derive(Deserialize)]
struct Refused {
    message: String,
}

fn said(body: &[u8]) -> String {
    let said = serde_json::from_slice::<Refused>(body).map(|refused| refused.message);
    said.map_or_else(|_| "mã 400".to_owned(), |message| message.chars().take(300).collect())
}

/// Seconds that the gateway asks to wait for. The other form of the header, a date, would need its clock to be right.
fn pause(answer: &Response) -> Option<SignedDuration> {
    let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse::<u32>().ok()?;
    Some(SignedDuration::from_secs(seconds.into()))
}

async fn body_of(mut answer: Response) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        body.extend_from_slice(&piece);
        if body.len() > LONGEST {
            // Not ours to read: it will not name our message.
            return Ok(Vec::new());
        }
    }
    Ok(body)
}

fn away(error: &reqwest::Error) -> Unsent {
    let why = if error.is_timeout() { "không trả lời kịp" } else { "không kết nối được" };
    // The library's own text names the address of the gateway, never the token.
    tracing::info!(%error, "the gateway for texts was not reached");
    Unsent::away(words::text_away(why))
}
