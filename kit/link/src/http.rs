//! HTTP to a system outside: our one client (rustls with ring), which follows no redirect, waits for nobody long, and
//! reads no answer to the end of the world; and what an answer says about the message.

use crate::{Delivery, Verdict};
use people::Failure;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::error::Error;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(10);
/// One call; a delivery of several ends within [`PATIENCE`](crate::PATIENCE).
const ANSWER: Duration = Duration::from_secs(25);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 256 * 1024;

/// The client, shared by the calls of one port.
#[derive(Clone)]
pub struct Client(reqwest::Client);

/// What a call brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub text: String,
    /// `Null` where the text is not JSON: a proxy's page, for example.
    pub json: Value,
}

/// What a call carries.
pub enum Load<'a> {
    Json(&'a Value),
    /// `application/x-www-form-urlencoded`.
    Form(&'a [(&'a str, &'a str)]),
}

impl Client {
    /// `address`: the system that will be called. A proxy of the environment is used, but never towards this machine.
    pub fn new(address: &str) -> Result<Client, Failure> {
        // The program's start does this too; without it reqwest would stop the program.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(ANSWER);
        let here = address.contains("://127.0.0.1") || address.contains("://localhost") || address.contains("://[::1]");
        let builder = if here { builder.no_proxy() } else { builder };
        builder.build().map(Client).map_err(|error| Failure::Broken(chain(&error)))
    }

    /// Posts, and reads what is answered; an error is a sentence in Vietnamese: there was no answer.
    pub async fn post(&self, url: &str, headers: &[(&str, &str)], load: Load<'_>) -> Result<Answer, String> {
        let mut request = self.0.post(url);
        for (name, value) in headers {
            // By its bytes: a key may hold Vietnamese letters.
            request = request.header(*name, value.as_bytes());
        }
        request = match load {
            Load::Json(body) => request.json(body),
            Load::Form(pairs) => request.header("content-type", "application/x-www-form-urlencoded").body(form(pairs)),
        };
        self.answer(request).await.map_err(|error| {
            tracing::warn!(error = chain(&*error), "a system outside did not answer");
            "Không kết nối được với hệ thống ngoài.".to_owned()
        })
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let mut answer = request.send().await?;
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > LONGEST {
                return Err(format!("the answer is longer than {LONGEST} bytes").into());
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Answer { status: answer.status().as_u16(), text, json })
    }
}

impl Answer {
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A text of the answer's object, whether it came as text or number.
    pub fn text_of(&self, name: &str) -> Option<String> {
        match self.json.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// What a status that is not 2xx says. The message itself is wrong only where sending the same again could never
    /// help: 400, 409, 410, 413, 415, 422, and 404 that the system says in its own words (an unknown dossier, not a wrong
    /// address). Who we are (401, 403, 407) and how often we come (429) is not the message's fault.
    pub fn verdict(&self) -> Verdict {
        match self.status {
            200..300 => Verdict::Sent,
            400 | 409 | 410 | 413 | 415 | 422 => Verdict::Refused,
            404 if self.json.is_object() => Verdict::Refused,
            429 | 500 => Verdict::Again,
            _ => Verdict::Away,
        }
    }

    /// The try that ended with this answer, where it is not 2xx.
    pub fn failed(&self, reason: Option<String>) -> Delivery {
        let status = self.status;
        let say = match self.status {
            401 | 403 | 407 => format!("Hệ thống ngoài không nhận tài khoản kết nối (mã {status})."),
            404 if !self.json.is_object() => format!("Địa chỉ kết nối không đúng (mã {status})."),
            429 => format!("Hệ thống ngoài đang quá tải (mã {status})."),
            500.. => format!("Hệ thống ngoài đang gặp sự cố (mã {status})."),
            _ => match reason {
                Some(reason) => format!("Hệ thống ngoài từ chối: {reason} (mã {status})."),
                None => format!("Hệ thống ngoài từ chối tin này (mã {status})."),
            },
        };
        Delivery::new(self.verdict(), say).answered(status, &self.text)
    }
}

/// Nothing came back.
pub fn unreachable(say: String) -> Delivery {
    Delivery::new(Verdict::Away, say)
}

/// Everything but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn form(pairs: &[(&str, &str)]) -> String {
    let encode = |text| utf8_percent_encode(text, RESERVED);
    pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// An error with its causes: the outer text rarely says what happened.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_with_the_message_refuses_it() {
        let answer = |status: u16, json: Value| Answer { status, text: json.to_string(), json }.verdict();
        for (status, json, verdict) in [
            (200, Value::Null, Verdict::Sent),
            (400, Value::Null, Verdict::Refused),
            (404, serde_json::json!({ "message": "Không có hồ sơ" }), Verdict::Refused),
            (404, Value::Null, Verdict::Away),
            (401, Value::Null, Verdict::Away),
            (403, Value::Null, Verdict::Away),
            (429, Value::Null, Verdict::Again),
            (500, Value::Null, Verdict::Again),
            (502, Value::Null, Verdict::Away),
            (503, Value::Null, Verdict::Away),
            (302, Value::Null, Verdict::Away),
        ] {
            assert_eq!(answer(status, json), verdict, "{status}");
        }
    }

    #[test]
    fn a_form_keeps_its_bounds() {
        assert_eq!(form(&[("a_id", "x&y=z"), ("b", "ấ")]), "a_id=x%26y%3Dz&b=%E1%BA%A5");
    }
}
