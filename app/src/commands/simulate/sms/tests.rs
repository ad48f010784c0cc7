//! The simulator against what it stands for: the program's own sender, and the contract.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use notice::{Gateway, News, Receiver, Senders, Sms, Status, Values};
use serde_json::Value;
use tower::ServiceExt;

type Printed = Arc<Mutex<Vec<String>>>;

fn simulator(fail: u32) -> (Router, Printed) {
    let printed = Printed::default();
    let keep = printed.clone();
    (site(fail, move |line| keep.lock().unwrap().push(line)), printed)
}

async fn posted(site: &Router, key: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::post("/tin-nhan").header("Authorization", key).body(Body::from(body.to_string()));
    let answer = site.clone().oneshot(request.unwrap()).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 10_000).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

fn text(id: &str, to: &str, text: &str) -> Value {
    json!({ "id": id, "to": to, "text": text })
}

#[tokio::test]
async fn the_same_id_is_answered_alike_and_printed_once() {
    let (site, printed) = simulator(0);
    for _ in 0..3 {
        let answer = posted(&site, "Bearer x", text("a1", "0905123456", "Hồ sơ đã xong")).await;
        assert_eq!(answer, (StatusCode::OK, json!({ "id": "a1" })));
    }
    assert_eq!(printed.lock().unwrap().len(), 1);
    assert!(printed.lock().unwrap()[0].contains("0905123456\nMã: a1\nHồ sơ đã xong"));
    let (status, _) = posted(&site, "Bearer x", text("a1", "0905123456", "Chuyện khác")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_the_contract_forbids_is_refused_with_a_reason() {
    let (site, _) = simulator(0);
    let long = "a".repeat(501);
    for (id, to, words) in
        [("", "0905123456", "a"), ("a", "0233852456", "a"), ("a", "0905123456", " "), ("a", "0905123456", &long)]
    {
        let (status, answer) = posted(&site, "Bearer x", text(id, to, words)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(!answer["message"].as_str().unwrap().is_empty());
    }
    let (status, _) = posted(&site, "Bearer x", json!({ "id": "a" })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _) = posted(&site, "Basic x", text("a", "0905123456", "a")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

/// A whole way: told, turned away twice, sent at the third run, printed once.
#[tokio::test]
async fn a_text_reaches_the_simulator_in_the_end() {
    let (site, printed) = simulator(2);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, site).await.unwrap() });
    let gateway = Gateway::new(&Sms { url, token: "thu".into(), patience: Sms::PATIENCE }).unwrap();
    let senders = Senders { mail: None, texts: Some(Arc::new(gateway)) };

    let db = db::testing::lite().await;
    let now = db::now();
    let values =
        Values { code: "H50.12-261124-0007".into(), link: "https://cuaviet.example/a".into(), ..Values::default() };
    let values = Values { agency: "Sở Công Thương".into(), ..values };
    let about = journal::about("dossier", "d1");
    let news = News { template: "dossier.refused", values, about: Some(about.clone()), once: None };
    let mut tx = db.begin().await.unwrap();
    notice::tell(&mut tx, now, &news, &[Receiver::Phone("+84 905 123 456".into())]).await.unwrap();
    tx.commit().await.unwrap();
    for minutes in [0, 1, 6] {
        notice::send_due(&db, &senders, || now + jiff::SignedDuration::from_mins(minutes)).await.unwrap();
    }
    let out = notice::of(&mut db.read().await.unwrap(), &about).await.unwrap();
    assert_eq!((out[0].status, out[0].tries), (Status::Sent, 3));
    let lines = printed.lock().unwrap().clone();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(
        lines[2].contains("Đến: 0905123456\n") && lines[2].contains("Hồ sơ H50.12-261124-0007 không được giải quyết")
    );
}
