//! Dossiers for programs: the same verbs, rules and refusals as on screen.

use crate::api_manners::has;
use crate::counter::with_procedure;
use crate::page::Page;
use crate::program::Program;
use crate::world::journey;
use axum::http::Method;
use serde_json::{Value, json};

/// Does a deed with the dossier that is named `dossier`, as the program last saw it.
async fn does(program: &Program, verb: &str, body: Value) -> Page {
    let version = program.reads("/api/v1/dossiers/{dossier}").await["dossier"]["version"].as_i64();
    let path = match verb {
        "accept" => "/api/v1/dossiers/{dossier}/accept",
        "move" => "/api/v1/dossiers/{dossier}/move",
        "undo" => "/api/v1/dossiers/{dossier}/undo",
        "assign" => "/api/v1/dossiers/{dossier}/assign",
        "verdicts" => "/api/v1/dossiers/{dossier}/verdicts",
        "ask" => "/api/v1/dossiers/{dossier}/ask",
        "await" => "/api/v1/dossiers/{dossier}/await",
        "answer" => "/api/v1/dossiers/{dossier}/answer",
        "refuse" => "/api/v1/dossiers/{dossier}/refuse",
        "withdraw" => "/api/v1/dossiers/{dossier}/withdraw",
        "extend" => "/api/v1/dossiers/{dossier}/extend",
        "correct" => "/api/v1/dossiers/{dossier}/correct",
        "pay" => "/api/v1/dossiers/{dossier}/pay",
        "waive" => "/api/v1/dossiers/{dossier}/waive",
        "sign" => "/api/v1/dossiers/{dossier}/sign",
        _ => "/api/v1/dossiers/{dossier}/issue",
    };
    program.asks(Method::POST, path, version, Some(body)).await
}

fn receiving(owner: &str) -> Value {
    json!({
        "procedure": "1.005129", "case": "cap-moi", "owner": { "name": owner, "phone": "0905123456" },
        "papers": [{ "code": "don" }, { "code": "dkkd", "copy": "certified", "number": 2 }],
    })
}

#[tokio::test]
async fn a_program_receives_and_moves_a_dossier() {
    journey(async |world| {
        with_procedure(&world).await;
        world.turns_to("2026-11-25");
        let mai = world.person("mai").program(true).await;
        let nam = world.person("nam").program(true).await;
        let binh = world.person("binh").program(true).await;
        let refused = mai.posts("/api/v1/dossiers", receiving("")).await.is(422).json();
        assert_eq!(refused["code"], "owner-missing", "{refused}");
        nam.posts("/api/v1/dossiers", receiving("Người Mẫu")).await.is(403);
        let mut odd = receiving("Người Mẫu");
        odd["owner"]["tuoi"] = json!(3);
        mai.posts("/api/v1/dossiers", odd).await.is(422);
        let made = mai.posts("/api/v1/dossiers", receiving("Công ty Mẫu")).await.is(200).json();
        assert_eq!(made["code"], "sct-20261125-0000001");
        world.name("dossier", made["id"].as_str().unwrap());
        let list = mai.reads("/api/v1/dossiers?state=processing&limit=1").await;
        assert_eq!((list["items"][0]["owner"].as_str(), &list["next"]), (Some("Công ty Mẫu"), &Value::Null));
        let document = mai.reads("/api/openapi.json").await;
        let schema = |path: &str| {
            document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"].clone()
        };
        has(&schema("/api/v1/dossiers"), &list, "the list");
        has(&schema("/api/v1/dossiers/{id}"), &mai.reads("/api/v1/dossiers/{dossier}").await, "one");
        mai.gets("/api/v1/dossiers?state=la-gi").await.is(422);
        // By who holds it and when it was received, half-open; what cannot be read is refused, and another agency's
        // people are nobody's here.
        let held = |more: &str| format!("/api/v1/dossiers?{more}");
        for (more, count) in [
            ("holder=none", 1),
            ("holder={binh}", 0),
            ("office={sct}", 0),
            ("holder=none&received_from=2026-11-25T00:00:00%2B07:00&received_before=2026-11-26T00:00:00%2B07:00", 1),
            ("received_before=2026-11-25T00:00:00%2B07:00", 0),
            ("received_from=2026-11-26T00:00:00%2B07:00", 0),
        ] {
            let found = mai.reads(&held(more)).await;
            assert_eq!(found["items"].as_array().map(Vec::len), Some(count), "{more}: {found}");
        }
        mai.gets(&held("holder=ai-do")).await.is(422).says("chưa giao riêng ai");
        mai.gets(&held("office=phong-nao")).await.is(422).says("chưa đúng: office");
        let other = world.person("tam").program(false).await;
        assert_eq!(other.reads(&held("holder=none")).await["items"], json!([]));
        other.gets("/api/v1/dossiers/{dossier}").await.is(404);
        let one = mai.reads("/api/v1/dossiers/{dossier}").await;
        assert_eq!(one["mine"][0]["step"], "1");
        let fee = one["fees"][0]["id"].clone();
        does(&mai, "move", json!({ "step": "1", "onward": 0 })).await.is(422).says("phí, lệ phí đã nộp");
        does(&mai, "waive", json!({ "fee": fee, "reason": "Hộ nghèo MẪU" })).await.is(200);
        does(&mai, "pay", json!({ "fee": fee })).await.is(422).says("đã thu hoặc đã được miễn");
        does(&mai, "correct", json!({ "received": "2026-11-25T01:00:00Z", "why": "Máy chậm giờ" })).await.is(200);
        let moved = does(&mai, "move", json!({ "step": "1", "onward": 0 })).await.is(200).json();
        assert_eq!((moved["steps"][1]["code"].as_str(), moved["mine"].as_array().map(Vec::len)), (Some("2"), Some(0)));
        does(&mai, "undo", json!(null)).await.is(200);
        does(&mai, "move", json!({ "step": "1", "onward": 0 })).await.is(200);
        // A version that is no more: refused, and nothing is done.
        nam.asks(Method::POST, "/api/v1/dossiers/{dossier}/undo", Some(1), Some(json!(null))).await.is(409);
        does(&nam, "assign", json!({ "step": "2", "to": null })).await.is(200);
        does(&nam, "move", json!({ "step": "2", "onward": 0, "to": world.id("binh") })).await.is(200);
        does(&binh, "verdicts", json!({ "papers": [{ "code": "don", "good": true }] })).await.is(200);
        // A supplement has a door of its own, with its rules.
        let odd = json!({ "why": "supplement", "whom": "x", "said": "y", "until": "2026-11-30" });
        does(&binh, "await", odd).await.is(422);
        let question =
            json!({ "why": "agency-answer", "whom": "Viện MẪU", "said": "Có đúng không?", "until": "2026-11-30" });
        let asked = does(&binh, "await", question).await.is(200).json();
        let awaited = asked["awaited"][0]["id"].clone();
        does(&binh, "answer", json!({ "awaited": awaited, "said": "Đúng" })).await.is(200);
        let items = json!([{ "code": "don", "name": "Đơn", "fault": "Thiếu chữ ký", "wanted": "Ký tên" }]);
        let stands = does(&binh, "ask", json!({ "items": items, "reason": "Thiếu chữ ký" })).await.is(200).json();
        assert_eq!((&stands["dossier"]["state"], &stands["dossier"]["due"]), (&json!("waiting"), &Value::Null));
        does(&binh, "issue", json!({ "result": world.id("dossier") })).await.is(404);
        does(&binh, "sign", json!(null)).await.is(422);
        does(&mai, "accept", json!({ "tariff": null })).await.is(422).says("không chờ tiếp nhận");
        let minh = world.person("minh").program(true).await;
        does(&minh, "extend", json!({ "days": 0, "reason": "x" })).await.is(422);
        does(&minh, "refuse", json!({ "reason": "" })).await.is(422);
        does(&mai, "withdraw", json!({ "reason": "Đơn xin rút MẪU" })).await.is(200);
        assert_eq!(mai.reads("/api/v1/dossiers/{dossier}").await["dossier"]["state"], "withdrawn");
        assert_eq!(mai.reads("/api/v1/coordination").await["items"], json!([]));
    })
    .await;
}
