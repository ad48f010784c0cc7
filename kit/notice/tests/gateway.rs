//! Texts over HTTP, to a gateway in this process that answers as the test says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use notice::{Gateway, Senders, Sms, Status, send_due};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use world::*;

/// What was posted: the authorization and the body.
type Posted = Arc<Mutex<Vec<(String, Value)>>>;

async fn gateway(answer: impl Fn(&Value) -> Response + Clone + Send + Sync + 'static) -> (String, Posted) {
    let posted = Posted::default();
    let keep = async move |State(posted): State<Posted>, headers: HeaderMap, Json(body): Json<Value>| {
        let bearer = headers.get(header::AUTHORIZATION).unwrap().to_str().unwrap().to_owned();
        posted.lock().unwrap().push((bearer, body.clone()));
        answer(&body)
    };
    let site = Router::new().route("/tin-nhan", post(keep)).with_state(posted.clone());
    (serve(site).await, posted)
}

async fn serve(site: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, site).await.unwrap() });
    format!("http://{address}/tin-nhan")
}

fn senders(url: &str) -> Senders {
    let sms = Sms { url: url.into(), token: "khoa-thu".into(), patience: Duration::from_millis(400) };
    Senders { mail: None, texts: Some(Arc::new(Gateway::new(&sms).unwrap())) }
}

fn taken(body: &Value) -> Response {
    Json(json!({ "id": body["id"] })).into_response()
}

#[tokio::test]
async fn a_text_is_posted_as_the_contract_says() {
    for db in db::testing::both().await {
        let (url, posted) = gateway(taken).await;
        let id = told(&db, start(), phone()).await;
        assert_eq!(send_due(&db, &senders(&url), || later(1)).await.unwrap().sent, 1);
        let (bearer, body) = posted.lock().unwrap()[0].clone();
        assert_eq!(bearer, "Bearer khoa-thu");
        assert_eq!(
            body,
            json!({
                "id": id.to_string(),
                "to": "0905123456",
                "text": "Hồ sơ H50.12-261124-0007 đã được tiếp nhận, hẹn trả kết quả ngày 05/12/2026. Xem: https://cuaviet.example/tra-cuu/H50.12-261124-0007",
            })
        );
        assert_eq!(status(&db, id).await, Status::Sent);
    }
}

#[tokio::test]
async fn the_schema_names_what_is_posted() {
    let schema: Value = serde_json::from_str(include_str!("../../../data/links/sms.json")).unwrap();
    let names = |part: &str| {
        let properties = schema["$defs"][part]["properties"].as_object().unwrap();
        properties.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names("request"), ["id", "to", "text"]);
    assert_eq!(schema["$defs"]["request"]["required"], json!(["id", "to", "text"]));
    assert_eq!((names("taken"), names("refused")), (vec!["id".to_owned()], vec!["message".to_owned()]));
}

/// Sends one text to a gateway that answers so, and says how it stands then.
async fn after(answer: impl Fn(&Value) -> Response + Clone + Send + Sync + 'static) -> (Status, String) {
    let db = db::testing::lite().await;
    let (url, posted) = gateway(answer).await;
    let id = told(&db, start(), phone()).await;
    send_due(&db, &senders(&url), || later(1)).await.unwrap();
    assert_eq!(posted.lock().unwrap().len(), 1);
    let one = one(&db, id).await;
    (one.status, one.problem.unwrap())
}

#[tokio::test]
async fn a_refusal_is_final_and_its_reason_kept() {
    let no = |_: &Value| (StatusCode::BAD_REQUEST, Json(json!({ "message": "số không tồn tại" }))).into_response();
    assert_eq!(after(no).await, (Status::Failed, "Cổng tin nhắn từ chối: số không tồn tại".into()));
    let talkative = |body: &Value| {
        let message = format!("số {} không tồn tại", body["to"].as_str().unwrap());
        (StatusCode::BAD_REQUEST, Json(json!({ "message": message }))).into_response()
    };
    let (_, why) = after(talkative).await;
    assert_eq!(why, "Cổng tin nhắn từ chối: số 0905•••456 không tồn tại", "the address stays in its column");
    let wordless = |_: &Value| StatusCode::BAD_REQUEST.into_response();
    assert_eq!(after(wordless).await, (Status::Failed, "Cổng tin nhắn từ chối: mã 400".into()));
}

#[tokio::test]
async fn anything_else_is_tried_again() {
    for code in [401, 403, 404, 500, 502, 503, 302, 204] {
        let code = StatusCode::from_u16(code).unwrap();
        let (status, why) = after(move |_| (code, [(header::LOCATION, "http://127.0.0.1:1/")]).into_response()).await;
        assert_eq!(status, Status::Waiting, "{code}");
        assert!(why.contains(code.as_str()), "{why}");
    }
    // Friendly, but not about our message.
    let (status, _) = after(|_| "<html>Xin chào</html>".into_response()).await;
    assert_eq!(status, Status::Waiting);
    let (status, _) = after(|_| Json(json!({ "id": "another" })).into_response()).await;
    assert_eq!(status, Status::Waiting);
    let (status, _) = after(|body| (StatusCode::OK, format!("{}{}", body, " ".repeat(20_000))).into_response()).await;
    assert_eq!(status, Status::Waiting);
}

#[tokio::test]
async fn a_gateway_that_asks_for_a_pause_gets_it() {
    let db = db::testing::lite().await;
    let (url, _) = gateway(|_| (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "900")]).into_response()).await;
    let id = told(&db, start(), phone()).await;
    send_due(&db, &senders(&url), || later(1)).await.unwrap();
    assert_eq!(due(&db, id).await, later(901));
}

#[tokio::test]
async fn a_gateway_that_says_nothing_is_left() {
    let db = db::testing::lite().await;
    let silent = post(async || tokio::time::sleep(Duration::from_secs(60)).await);
    let url = serve(Router::new().route("/tin-nhan", silent)).await;
    let id = told(&db, start(), phone()).await;
    let begun = std::time::Instant::now();
    assert_eq!(send_due(&db, &senders(&url), || later(1)).await.unwrap().again, 1);
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert!(one(&db, id).await.problem.unwrap().contains("không trả lời kịp"));
    // Nobody there at all.
    assert_eq!(send_due(&db, &senders("http://127.0.0.1:1/"), || later(100)).await.unwrap().again, 1);
    assert!(one(&db, id).await.problem.unwrap().contains("không kết nối được"));
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_with_their_key() {
    let field = |url: &str, token: &str| {
        let sms = Sms { url: url.into(), token: token.into(), patience: Sms::PATIENCE };
        Gateway::new(&sms).err().and_then(|no| no.field)
    };
    assert_eq!(field("https://sms.example.gov.vn/tin-nhan", "a"), None);
    assert_eq!(field("http://127.0.0.1:9101/", "a"), None);
    for url in ["", "sms", "http://sms.example.gov.vn/", "ftp://127.0.0.1/", "http://127.0.0.1.example.vn/"] {
        assert_eq!(field(url, "a").as_deref(), Some("sms.url"), "{url}");
    }
    assert_eq!(field("https://sms.example.gov.vn/", "").as_deref(), Some("sms.token"));
    assert_eq!(field("https://sms.example.gov.vn/", "a b\r\n").as_deref(), Some("sms.token"));
}
