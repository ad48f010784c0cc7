//! Phản ánh, kiến nghị for programs; what a program sends twice is done once; files that it brings.

use crate::api_manners::has;
use crate::counter::with_procedure;
use crate::deeds::PDF;
use crate::page::Page;
use crate::program::Program;
use crate::world::{World, journey};
use axum::body::Body;
use axum::http::{Method, Request, header};
use data_encoding::BASE64;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn saying(world: &World, said: &str) -> Value {
    json!({ "kind": "act", "agency": world.id("sct"), "said": said, "name": "Trần Thị Mẫu", "phone": "0905123456" })
}

async fn does(program: &Program, path: &str, body: Value) -> Page {
    let version = program.reads("/api/v1/feedback/{feedback}").await["feedback"]["version"].as_i64();
    program.asks(Method::POST, path, version, Some(body)).await
}

#[tokio::test]
async fn a_program_writes_down_gives_answers_and_passes_on() {
    journey(async |world| {
        let mai = world.person("mai").program(true).await;
        let tam = world.person("tam").program(true).await;
        let binh = world.person("binh").program(true).await;
        let wrong = mai.posts("/api/v1/feedback", saying(&world, " ")).await.problem(422, "feedback-said");
        assert_eq!(wrong.json()["errors"][0]["field"], "noi_dung");
        binh.posts("/api/v1/feedback", saying(&world, "x")).await.is(403);
        let made = mai.posts("/api/v1/feedback", saying(&world, "Chờ lâu")).await.is(200).json();
        assert_eq!(made["secret"].as_str().map(str::len), Some(8));
        world.name("feedback", made["id"].as_str().unwrap());
        let list = mai.reads("/api/v1/feedback?words=cho+lau").await;
        assert_eq!((&list["items"][0]["code"], &list["items"][0]["name"]), (&made["code"], &Value::Null));
        assert_eq!(mai.reads("/api/v1/feedback?state=late").await["items"], json!([]));
        mai.gets("/api/v1/feedback?state=la-gi").await.problem(422, "word");
        let document = mai.reads("/api/openapi.json").await;
        let schema = |path: &str| {
            document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"].clone()
        };
        has(&schema("/api/v1/feedback"), &list, "the list");
        has(&schema("/api/v1/feedback/{id}"), &mai.reads("/api/v1/feedback/{feedback}").await, "one");
        tam.gets("/api/v1/feedback/{feedback}").await.problem(404, "not-found");
        binh.gets("/api/v1/feedback/{feedback}").await.problem(404, "not-found");
        let to = json!({ "office": world.id("sct-phong"), "to": world.id("binh") });
        let given = does(&mai, "/api/v1/feedback/{feedback}/assign", to).await.is(200).json();
        assert_eq!(given["feedback"]["place"], "Phạm Văn Bình, Phòng KH");
        mai.asks(Method::POST, "/api/v1/feedback/{feedback}/answer", None, Some(json!({ "answer": "x" })))
            .await
            .problem(428, "if-match");
        mai.asks(Method::POST, "/api/v1/feedback/{feedback}/answer", Some(1), Some(json!({ "answer": "x" })))
            .await
            .is(409);
        let answered = does(&binh, "/api/v1/feedback/{feedback}/answer", json!({ "answer": "Xin lỗi" })).await;
        assert_eq!(answered.is(200).json()["feedback"]["state"], "answered");
        let other = mai.posts("/api/v1/feedback", saying(&world, "Việc của Sở Nội vụ")).await.is(200).json();
        world.name("feedback", other["id"].as_str().unwrap());
        let onward = json!({ "agency": world.id("snv"), "reason": "Thuộc Sở Nội vụ" });
        does(&mai, "/api/v1/feedback/{feedback}/pass", onward).await.is(200);
        mai.gets("/api/v1/feedback/{feedback}").await.is(404);
        assert_eq!(tam.reads("/api/v1/feedback/{feedback}").await["events"][1]["what"], "Chuyển Sở Nội vụ");
    })
    .await;
}

fn keyed(path: &str, key: &str, body: &Value) -> Request<Body> {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/json").header("idempotency-key", key);
    request.body(Body::from(body.to_string())).unwrap()
}

#[tokio::test]
async fn what_is_sent_twice_with_one_key_is_done_once() {
    journey(async |world| {
        let mai = world.person("mai").program(true).await;
        let again = world.person("mai").program(true).await;
        let tam = world.person("tam").program(true).await;
        let path = "/api/v1/feedback";
        let body = saying(&world, "Chờ lâu");
        // At the same moment, by two keys of one person: one is made, both are told the same.
        let both = tokio::join!(mai.sends(keyed(path, "lan-1", &body)), again.sends(keyed(path, "lan-1", &body)));
        let (one, other) = (both.0.is(200).json(), both.1.is(200).json());
        assert_eq!(one, other);
        assert_eq!(mai.sends(keyed(path, "lan-1", &body)).await.is(200).json(), one);
        assert_eq!(world.done("feedback.received").await, 1);
        // The same key with another body, or at another door.
        mai.sends(keyed(path, "lan-1", &saying(&world, "Khác")))
            .await
            .problem(422, "idempotency-key")
            .says("đã dùng cho một nội dung khác");
        mai.sends(keyed("/api/v1/dossiers", "lan-1", &body)).await.problem(422, "idempotency-key");
        // Somebody else's key is their own, and so is another key.
        assert_ne!(tam.sends(keyed(path, "lan-1", &body)).await.is(200).json(), one);
        assert_ne!(mai.sends(keyed(path, "lan-2", &body)).await.is(200).json(), one);
        // What was refused has changed nothing: its key is free for a better body.
        mai.sends(keyed(path, "lan-3", &saying(&world, " "))).await.problem(422, "feedback-said");
        mai.sends(keyed(path, "lan-3", &body)).await.is(200);
        mai.sends(keyed(path, &"x".repeat(129), &body)).await.problem(422, "idempotency-key");
        assert_eq!(world.done("feedback.received").await, 4);
        // Kept for a day.
        world.turns_to("2026-11-26");
        assert_ne!(mai.sends(keyed(path, "lan-1", &body)).await.is(200).json(), one);
    })
    .await;
}

#[tokio::test]
async fn twenty_at_once_with_one_key_make_one() {
    journey(async |world| {
        let mai = std::sync::Arc::new(world.person("mai").program(true).await);
        let body = saying(&world, "Chờ lâu");
        let sending: Vec<_> = (0..20)
            .map(|_| {
                let (mai, request) = (mai.clone(), keyed("/api/v1/feedback", "cung-luc", &body));
                tokio::spawn(async move { mai.sends(request).await.is(200).json() })
            })
            .collect();
        let mut answers = Vec::new();
        for one in sending {
            answers.push(one.await.unwrap());
        }
        assert!(answers.iter().all(|one| *one == answers[0]), "{answers:?}");
        assert_eq!(world.done("feedback.received").await, 1);
    })
    .await;
}

fn file(path: &str, version: i64, digest: Option<&[u8]>, bytes: &[u8]) -> Request<Body> {
    let mut request = Request::post(path).header(header::IF_MATCH, format!("\"{version}\""));
    if let Some(of) = digest {
        request = request.header("content-digest", format!("sha-256=:{}:", BASE64.encode(&Sha256::digest(of))));
    }
    request.body(Body::from(bytes.to_vec())).unwrap()
}

#[tokio::test]
async fn a_program_brings_a_scan_and_a_draft_of_the_result() {
    journey(async |world| {
        with_procedure(&world).await;
        world.turns_to("2026-11-25");
        let (mai, nam) = (world.person("mai"), world.person("nam"));
        mai.takes_in("Công ty Mẫu").await.goes_on();
        let (clerk, tam) = (mai.program(true).await, world.person("tam").program(true).await);
        let version =
            async |of: &Program| of.reads("/api/v1/dossiers/{dossier}").await["dossier"]["version"].as_i64().unwrap();
        let scans = world.address("/api/v1/dossiers/{dossier}/papers/don/files");
        let at = format!("{scans}?name=don.pdf");
        let now = version(&clerk).await;
        clerk.sends(file(&at, now, None, PDF)).await.problem(422, "digest").says("Content-Digest");
        clerk.sends(file(&at, now, Some(PDF), &PDF[..20])).await.problem(422, "digest").says("đứt hoặc hỏng");
        clerk.sends(file(&scans, now, Some(PDF), PDF)).await.problem(422, "name");
        let zeros = vec![0; 2 * 1024 * 1024];
        clerk.sends(file(&at, now, Some(&zeros), &zeros)).await.problem(413, "body-large");
        let exe = b"MZ\x90\x00";
        clerk.sends(file(&at, now, Some(exe), exe)).await.is(422).says("don.pdf");
        let odd = world.address("/api/v1/dossiers/{dossier}/papers/la-gi/files?name=don.pdf");
        clerk.sends(file(&odd, now, Some(PDF), PDF)).await.is(422).says("la-gi");
        tam.sends(file(&at, now, Some(PDF), PDF)).await.is(404);
        clerk.sends(file(&at, now, Some(PDF), PDF)).await.is(200);
        assert_eq!(world.done("dossier.scanned").await, 1);
        clerk.sends(file(&at, now, Some(PDF), PDF)).await.is(409);
        mai.moves("0|", "").await.goes_on();
        nam.moves("0|", "").await.goes_on();
        let binh = world.person("binh").program(true).await;
        let now = version(&binh).await;
        let results = world.address("/api/v1/dossiers/{dossier}/results");
        binh.sends(file(&format!("{results}?name=kq.pdf"), now, Some(PDF), PDF)).await.problem(422, "address");
        let place = format!("{results}?title=Gi%E1%BA%A5y+ph%C3%A9p+M%E1%BA%AAU&name=kq.pdf");
        let drafted = binh.sends(file(&place, now, Some(PDF), PDF)).await.is(200).json();
        assert_eq!(drafted["results"][0]["name"], "Giấy phép MẪU");
    })
    .await;
}
