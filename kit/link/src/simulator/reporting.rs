//! A reporting system of the Government or a ministry, simulated: it holds each packet against its schema, takes each message once, and
//! answers with the status packet. It refuses a period that has no figures, and a token that is "sai".

use super::{Manners, Mood, answer, header_of, held, page};
use crate::contract;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use maud::html;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The token that is refused.
const WRONG: &str = "sai";

/// What the system has taken.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Packets by `MaBanTin`, each with how often it came.
    pub packets: BTreeMap<String, (Value, u32)>,
    /// What was refused, and why.
    pub refused: Vec<String>,
}

#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    mood: Mood,
    book: Mutex<Book>,
}

impl Simulator {
    pub fn new(manners: Manners) -> Simulator {
        Simulator(Arc::new(Inner { mood: Mood::new(manners), book: Mutex::default() }))
    }

    /// What it has taken so far.
    pub fn book(&self) -> Book {
        held(&self.0.book).clone()
    }

    pub fn router(&self) -> Router {
        Router::new().route("/", get(show)).route("/goi-tin", post(take)).with_state(self.clone())
    }

    /// Serves until the task is dropped.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        axum::serve(listener, self.router()).await
    }
}

async fn take(State(system): State<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    if system.0.mood.refuses().await {
        return answer(503, &json!({ "LyDo": "Hệ thống bảo trì" }));
    }
    let token = header_of(&headers, "authorization");
    if !token.starts_with("Bearer ") || token.ends_with(WRONG) {
        return answer(401, &json!({ "LyDo": "Mã kết nối không đúng" }));
    }
    let packet: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let key = packet["MaBanTin"].as_str().unwrap_or_default().to_owned();
    let mut book = held(&system.0.book);
    let problems = match packet["GoiTin"].as_str() {
        Some("SoLieuBaoCao") => contract::reporting_figures().problems(&packet),
        Some("GuiDeCuongBaoCao") => contract::reporting_text().problems(&packet),
        _ => vec!["không có gói tin này".to_owned()],
    };
    if !problems.is_empty() {
        book.refused.push(format!("{key}: {}", problems.join("; ")));
        return answer(422, &json!({ "LyDo": problems.join("; ") }));
    }
    let known = book.packets.entry(key.clone()).or_insert((packet, 0));
    known.1 += 1;
    answer(
        200,
        &json!({
            "GoiTin": "TrangThaiBaoCao", "PhienBan": "1.0", "MaBanTin": key, "TrangThai": "da-tiep-nhan", "LyDo": "",
            "ThoiDiem": db::now().to_string(),
        }),
    )
}

async fn show(State(system): State<Simulator>) -> Response {
    let book = system.book();
    page(
        "Hệ thống thông tin báo cáo (mô phỏng)",
        &html! {
            h2 { "Đã tiếp nhận: " (book.packets.len()) " gói tin" }
            @for (key, (packet, times)) in &book.packets {
                p { (key) ", " (times) " lần: " (packet["TenBaoCao"].as_str().unwrap_or_default()) ", kỳ " (packet["MaKy"].as_str().unwrap_or_default()) }
            }
            h2 { "Đã từ chối: " (book.refused.len()) }
            @for line in &book.refused { p { (line) } }
        },
    )
}
