//! `cuaviet simulate sms`: a gateway for texts that keeps the contract (`data/links/sms.json`) and only prints.

use super::listen;
use anyhow::Result;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use clap::Args;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Cổng tin nhắn giả: in mỗi tin nhận được một lần, không gửi đi đâu.
#[derive(Args, Debug)]
pub struct Ask {
    /// Địa chỉ và cổng lắng nghe; nhận ở mọi đường dẫn, với khóa bất kỳ.
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:9101")]
    listen: SocketAddr,
    /// Trả lời 503 cho chừng này lần gửi đầu tiên, để xem việc gửi lại.
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    fail: u32,
}

/// Receives until Ctrl+C.
pub async fn run(ask: &Ask) -> Result<()> {
    let listener = listen(ask.listen, "Cổng tin nhắn giả").await?;
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, site(ask.fail, |line| println!("{line}"))).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// A text as it is posted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    id: String,
    to: String,
    text: String,
}

struct Desk {
    /// What was taken, by its id.
    taken: BTreeMap<String, Text>,
    /// How many more are turned away.
    failing: u32,
}

type Print = dyn Fn(String) + Send + Sync;

#[derive(Clone)]
struct Site {
    desk: Arc<Mutex<Desk>>,
    print: Arc<Print>,
}

fn site(fail: u32, print: impl Fn(String) + Send + Sync + 'static) -> Router {
    let desk = Arc::new(Mutex::new(Desk { taken: BTreeMap::new(), failing: fail }));
    Router::new().fallback(post(receive)).with_state(Site { desk, print: Arc::new(print) })
}

async fn receive(State(site): State<Site>, headers: HeaderMap, body: String) -> Response {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !bearer.is_some_and(|value| value.starts_with("Bearer ") && value.len() > "Bearer ".len()) {
        return refusal(StatusCode::UNAUTHORIZED, "Thiếu khóa (Authorization: Bearer …).");
    }
    let mut desk = site.desk.lock().unwrap_or_else(PoisonError::into_inner);
    if desk.failing > 0 {
        desk.failing -= 1;
        (site.print)(format!("(trả lời 503, còn {} lần)", desk.failing));
        return refusal(StatusCode::SERVICE_UNAVAILABLE, "Cổng đang nghỉ.");
    }
    let text: Text = match serde_json::from_str(&body) {
        Ok(text) => text,
        Err(error) => return refusal(StatusCode::BAD_REQUEST, &format!("Không đọc được tin: {error}")),
    };
    if let Some(why) = wrong(&text, desk.taken.get(&text.id)) {
        (site.print)(format!("(từ chối tin {}: {why})", text.id));
        return refusal(StatusCode::BAD_REQUEST, why);
    }
    let answer = Json(json!({ "id": text.id })).into_response();
    // Given again, it is answered again and goes out once.
    if !desk.taken.contains_key(&text.id) {
        (site.print)(format!("──── Tin nhắn ────\nĐến: {}\nMã: {}\n{}\n", text.to, text.id, text.text));
        desk.taken.insert(text.id.clone(), text);
    }
    answer
}

/// What the contract forbids, in words.
fn wrong(text: &Text, before: Option<&Text>) -> Option<&'static str> {
    let mobile = text.to.len() == 10
        && text.to.starts_with('0')
        && text.to.bytes().all(|b| b.is_ascii_digit())
        && text.to.as_bytes().get(1).is_some_and(|b| b"35789".contains(b));
    match () {
        () if text.id.is_empty() => Some("Thiếu mã tin."),
        () if !mobile => Some("Số nhận không phải số di động 10 chữ số."),
        () if text.text.trim().is_empty() => Some("Tin không có nội dung."),
        () if text.text.chars().count() > 500 => Some("Tin dài quá 500 chữ."),
        () if before.is_some_and(|before| before != text) => Some("Mã này đã dùng cho một tin khác."),
        () => None,
    }
}

fn refusal(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

#[cfg(test)]
mod tests;
