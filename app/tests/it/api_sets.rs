//! Criteria sets and the survey by programs.

use crate::program::Program;
use crate::world::{World, journey};
use axum::http::Method;
use index::files::set_toml;
use serde_json::{Value, json};

/// The small set of the journeys under another code, as JSON.
fn set(code: &str) -> Value {
    let text = include_str!("set.toml").replace("thu-so-2026", code);
    set_toml::read(&text).unwrap().value
}

/// Does something to the draft as it is now; gives its codes afterwards.
async fn edits(program: &Program, method: Method, path: &str, body: Option<Value>) -> Vec<String> {
    let version = program.reads("/api/v1/criteria-sets/{draft}").await["version"].as_i64();
    let edition = program.asks(method, path, version, body).await.is(200).json();
    edition["body"]["criteria"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

async fn both(world: &World) -> (Program, Program) {
    (world.person("quan").program(true).await, world.person("lan").program(true).await)
}

#[tokio::test]
async fn a_set_is_checked_brought_in_edited_and_published() {
    journey(async |world| {
        let (quan, lan) = both(&world).await;
        let mut wrong = set("bo-moi");
        wrong["criteria"][1]["max"] = json!("bốn");
        let found = quan.posts("/api/v1/criteria-sets/check", wrong.clone()).await.is(200).json();
        let places: Vec<&str> =
            found["errors"].as_array().unwrap().iter().filter_map(|one| one["place"].as_str()).collect();
        assert!(places.contains(&"criteria[1].max"), "{found}");
        quan.posts("/api/v1/criteria-sets", wrong).await.problem(422, "criteria-set");
        quan.posts("/api/v1/criteria-sets", json!({})).await.is(422);
        lan.posts("/api/v1/criteria-sets/check", set("bo-moi")).await.problem(403, "forbidden");
        lan.posts("/api/v1/criteria-sets", set("bo-moi")).await.problem(403, "forbidden");
        let made = quan.posts("/api/v1/criteria-sets", set("bo-moi")).await.is(200);
        assert_eq!((made.header("etag").as_str(), made.json()["status"].as_str()), ("\"1\"", Some("draft")));
        world.name("draft", made.json()["id"].as_str().unwrap());
        let same = quan.posts("/api/v1/criteria-sets/check", set("bo-moi")).await.is(200).json();
        assert_eq!((&same["against"]["id"], &same["changes"]), (&made.json()["id"], &json!([])));
        // A draft is its writers' until it is published.
        lan.gets("/api/v1/criteria-sets/{draft}").await.problem(404, "not-found");
        lan.gets("/api/v1/criteria-sets/{draft}/changes?from={edition}").await.problem(404, "not-found");
        assert_eq!(lan.reads("/api/v1/criteria-sets").await["items"].as_array().map(Vec::len), Some(1));

        let own = json!({ "name": "Bộ mới", "valid": { "from": "2028-01-01" }, "applies_to": ["so"], "ratings": [{ "name": "Tốt", "from": "80" }] });
        quan.puts("/api/v1/criteria-sets/{draft}", 1, json!({ "name": "Bộ mới" })).await.problem(422, "body");
        let changed = quan.puts("/api/v1/criteria-sets/{draft}", 1, own.clone()).await.is(200).json();
        assert_eq!((changed["valid_from"].as_str(), changed["body"]["code"].as_str()), (Some("2028-01-01"), Some("bo-moi")));
        assert!(changed["body"]["criteria"].as_array().is_some_and(|all| all.len() > 5), "its criteria stay: {changed}");
        quan.puts("/api/v1/criteria-sets/{draft}", 1, own.clone()).await.problem(409, "stale");
        lan.puts("/api/v1/criteria-sets/{draft}", 2, own).await.problem(403, "forbidden");

        let at = "/api/v1/criteria-sets/{draft}/criteria";
        let leaf = json!({ "code": "1.4", "name": "Báo cáo đúng hạn", "max": "2", "filled_by": "self", "evidence": "none", "measure": { "kind": "yes-no" } });
        let codes = edits(&quan, Method::POST, at, Some(leaf.clone())).await;
        assert_eq!(codes[..6], ["1", "1.1", "1.2", "1.3", "1.4", "2"]);
        quan.asks(Method::POST, at, Some(3), Some(leaf.clone())).await.problem(422, "criterion-twice");
        quan.asks(Method::POST, at, Some(3), Some(json!({ "name": "Không mã" }))).await.problem(422, "criterion-code");
        quan.asks(Method::POST, at, Some(2), Some(leaf.clone())).await.problem(409, "stale");
        lan.asks(Method::POST, at, Some(3), Some(leaf)).await.problem(403, "forbidden");
        let codes = edits(&quan, Method::PUT, "/api/v1/criteria-sets/{draft}/criteria/2", Some(json!({ "code": "3", "name": "Thủ tục", "max": "10" }))).await;
        assert_eq!(codes[5..7], ["3", "3.1"], "those below follow");
        let codes = edits(&quan, Method::POST, "/api/v1/criteria-sets/{draft}/criteria/1.4/move", Some(json!({ "way": "up" }))).await;
        assert_eq!(codes[..5], ["1", "1.1", "1.2", "1.4", "1.3"]);
        let codes = edits(&quan, Method::DELETE, "/api/v1/criteria-sets/{draft}/criteria/1.4", None).await;
        assert_eq!(codes[..4], ["1", "1.1", "1.2", "1.3"]);
        for (method, path, body) in [
            (Method::DELETE, "/api/v1/criteria-sets/{draft}/criteria/9", None),
            (Method::PUT, "/api/v1/criteria-sets/{draft}/criteria/9", Some(json!({ "code": "9" }))),
            (Method::POST, "/api/v1/criteria-sets/{draft}/criteria/9/move", Some(json!({ "way": "down" }))),
        ] {
            quan.asks(method.clone(), path, Some(6), body.clone()).await.problem(404, "not-found");
            lan.asks(method, path, Some(6), body).await.problem(403, "forbidden");
        }
        let differs = quan.reads("/api/v1/criteria-sets/{draft}/changes?from={edition}").await;
        assert!(differs["items"].as_array().is_some_and(|all| !all.is_empty()), "{differs}");

        let publish = async |version: i64, source: &str| {
            quan.asks(Method::POST, "/api/v1/criteria-sets/{draft}/publish", Some(version), Some(json!({ "source": source }))).await
        };
        publish(6, "").await.problem(422, "edition-source");
        publish(5, "QĐ 1").await.problem(409, "stale");
        lan.asks(Method::POST, "/api/v1/criteria-sets/{draft}/publish", Some(6), Some(json!({ "source": "QĐ 1" }))).await.problem(403, "forbidden");
        let out = publish(6, "MẪU: quyết định thử").await.is(200).json();
        assert_eq!((out["status"].as_str(), out["source"].as_str()), (Some("published"), Some("MẪU: quyết định thử")));
        let version = out["version"].as_i64().unwrap();
        let gone = quan.asks(Method::DELETE, "/api/v1/criteria-sets/{draft}/criteria/1.1", Some(version), None).await;
        gone.problem(422, "edition-frozen");
        lan.gets("/api/v1/criteria-sets/{draft}").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn a_set_is_begun_copied_and_thrown_away() {
    journey(async |world| {
        let (quan, lan) = both(&world).await;
        let begun = |code: &str, kind: &str| json!({ "code": code, "name": "Bộ mới", "applies_to": [kind], "from": "2027-01-01" });
        quan.posts("/api/v1/criteria-sets/begin", begun("bo-moi", "bo")).await.problem(422, "set-kinds");
        quan.posts("/api/v1/criteria-sets/begin", begun("thu-so-2026", "so")).await.problem(422, "set-twice");
        quan.posts("/api/v1/criteria-sets/begin", begun("Bộ Mới", "so")).await.problem(422, "edition-code");
        lan.posts("/api/v1/criteria-sets/begin", begun("bo-moi", "so")).await.problem(403, "forbidden");
        let made = quan.posts("/api/v1/criteria-sets/begin", begun("bo-moi", "so")).await.is(200).json();
        assert_eq!(made["body"]["criteria"], json!([]));
        world.name("draft", made["id"].as_str().unwrap());
        lan.asks(Method::DELETE, "/api/v1/criteria-sets/{draft}", Some(1), None).await.problem(403, "forbidden");
        quan.asks(Method::DELETE, "/api/v1/criteria-sets/{draft}", Some(2), None).await.problem(409, "stale");
        quan.asks(Method::DELETE, "/api/v1/criteria-sets/{draft}", Some(1), None).await.is(200);
        quan.gets("/api/v1/criteria-sets/{draft}").await.problem(404, "not-found");
        let version = quan.reads("/api/v1/criteria-sets/{edition}").await["version"].as_i64();
        quan.asks(Method::DELETE, "/api/v1/criteria-sets/{edition}", version, None).await.problem(422, "edition-frozen");

        let copy = quan.posts("/api/v1/criteria-sets/{edition}/copy", json!({})).await.is(200).json();
        assert_eq!((copy["code"].as_str(), copy["valid_from"].as_str(), copy["source"].as_str()), (Some("thu-so-2027"), Some("2027-01-01"), Some("")));
        quan.posts("/api/v1/criteria-sets/{edition}/copy", json!({})).await.problem(422, "set-twice");
        quan.posts("/api/v1/criteria-sets/{edition}/copy", json!({ "code": "bo-chep" })).await.is(200);
        lan.posts("/api/v1/criteria-sets/{edition}/copy", json!({ "code": "bo-khac" })).await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn who_held_no_survey_is_said_by_whoever_oversees_the_round() {
    journey(async |world| {
        let (quan, lan) = both(&world).await;
        let cells = quan.reads("/api/v1/rounds/{round}/survey").await;
        let lines = cells["items"].as_array().unwrap();
        assert!(
            lines.len() == 2
                && lines.iter().all(|line| line["code"] == "2.3" && line["held"] == true && line["options"] == 3),
            "{cells}"
        );
        let none = |unit: &str| json!({ "units": [unit] });
        let at = "/api/v1/rounds/{round}/survey/not-held";
        let put = async |program: &Program, unit: &str| program.asks(Method::PUT, at, None, Some(none(unit))).await;
        put(&lan, &world.id("sct")).await.problem(403, "forbidden");
        lan.gets("/api/v1/rounds/{round}/survey").await.problem(403, "forbidden");
        put(&quan, &world.id("vp")).await.problem(422, "survey-unit");
        assert_eq!(put(&quan, &world.id("sct")).await.is(200).json()["changed"], 1);
        assert_eq!(put(&quan, &world.id("sct")).await.is(200).json()["changed"], 0);
        assert_eq!(quan.reads("/api/v1/rounds/{round}/cards/{sct}").await["card"]["survey_held"], false);
        assert_eq!(put(&quan, &world.id("snv")).await.is(200).json()["changed"], 2, "who is not named held one");
        let hoa = world.person("hoa").program(true).await;
        assert_eq!(put(&hoa, &world.id("snv")).await.is(200).json()["changed"], 0, "the council oversees too");
    })
    .await;
}
