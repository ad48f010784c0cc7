//! How the API answers what is not right in form: always as problem+json, in words.

use crate::program::Program;
use crate::world::journey;
use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_no_json_no_object_or_of_another_type_is_said_in_words() {
    journey(async |world| {
        let quan = world.person("quan").program(true).await;
        let send = async |kind: &str, body: &str| {
            let request =
                Request::post("/api/v1/units").header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned()));
            quan.sends(request.unwrap()).await
        };
        send("application/json", "{\"name\": ").await.problem(422, "body").says("dòng 1");
        send("application/json", "[]").await.problem(422, "body").says("đối tượng JSON");
        send("application/json", "{}").await.problem(422, "body").says("Thiếu “name”");
        let odd =
            send("application/json; charset=utf-8", "{\"name\": 5, \"kind\": \"so\", \"from\": \"2026-01-01\"}").await;
        assert_eq!(odd.problem(422, "body").json()["errors"][0]["field"], "name");
        send("application/json", "{\"name\": \"A\\u0000\", \"kind\": \"so\", \"from\": \"2026-01-01\"}")
            .await
            .problem(422, "body")
            .says("NUL");
        send("text/plain", "{}").await.problem(415, "media-type").says("Content-Type");
        send("application/x-www-form-urlencoded", "name=A").await.problem(415, "media-type");
        let large = format!("{{\"name\": \"{}\"}}", "a".repeat(4 * 1024 * 1024));
        send("application/json", &large).await.problem(413, "body-large");
    })
    .await;
}

#[tokio::test]
async fn a_method_a_path_and_a_tag_that_are_none_are_said_in_words() {
    journey(async |world| {
        let quan = world.person("quan").program(true).await;
        let patched = quan.asks(Method::PATCH, "/api/v1/units", None, None).await.problem(405, "method").says("PATCH");
        let allowed = patched.header("allow");
        assert!(allowed.contains("GET") && allowed.contains("POST") && !allowed.contains("PUT"), "{allowed}");
        quan.asks(Method::DELETE, "/api/openapi.json", None, None).await.is(405);
        quan.gets("/api/v1/units/khong-phai-ma").await.problem(404, "not-found");
        quan.gets("/api/v1/rounds/{round}/cards/{sct}/answers/%FF").await.problem(404, "not-found");
        quan.gets("/api/v1/rounds/{round}/cards/{sct}/answers/%00").await.problem(404, "not-found");
        quan.gets("/api/v1/units?q=%00").await.problem(422, "address").says("NUL");
        for limit in ["0", "201"] {
            quan.gets(&format!("/api/v1/units?limit={limit}")).await.problem(422, "limit");
        }
        quan.gets("/api/v1/units?limit=-1").await.problem(422, "address").says("limit");
        quan.gets("/api/v1/history").await.problem(422, "address");
        let own = json!({ "name": "Sở Công Thương", "kind": "so", "from": "2015-01-01", "parent": world.id("tinh") });
        quan.asks(Method::PUT, "/api/v1/units/{sct}", None, Some(own.clone())).await.problem(428, "if-match");
        let odd = Request::put(world.address("/api/v1/units/{sct}")).header(header::IF_MATCH, "\"mới\"");
        quan.sends(odd.body(Body::empty()).unwrap()).await.problem(422, "if-match");
        // A proxy that packs answers makes their tags weak.
        let request = Request::put(world.address("/api/v1/units/{sct}"))
            .header(header::IF_MATCH, "W/\"1\"")
            .header(header::CONTENT_TYPE, "application/json");
        quan.sends(request.body(Body::from(own.to_string())).unwrap()).await.is(200);
        // A key that may only read may ask for the head of an answer too.
        let reader = world.person("quan").program(false).await;
        assert!(reader.asks(Method::HEAD, "/api/v1/units", None, None).await.is(200).bytes.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_given_is_what_is_described() {
    journey(async |world| {
        let quan = world.person("quan").program(true).await;
        let minh = world.person("minh").program(false).await;
        let nobody = Program::with_key(&world, "");
        let document = nobody.reads("/api/openapi.json").await;
        let mut seen = 0;
        for (path, verbs) in document["paths"].as_object().unwrap() {
            let schema = &verbs["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            let asked =
                verbs["get"]["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["required"] == true));
            if path.contains('{') || schema.is_null() || asked {
                continue;
            }
            // What an agency works on is read by those who work on it.
            let of_dossiers =
                path.starts_with("/api/v1/dossiers") || path == "/api/v1/coordination" || path == "/api/v1/feedback";
            let given = if of_dossiers { minh.reads(path).await } else { quan.reads(path).await };
            has(schema, &given, path);
            seen += 1;
        }
        assert!(seen > 10, "{seen}");
        for (path, at) in [
            ("/api/v1/rounds/{round}", "/api/v1/rounds/{round}"),
            ("/api/v1/rounds/{round}/cards/{unit}", "/api/v1/rounds/{round}/cards/{sct}"),
            ("/api/v1/rounds/{round}/appraisers", "/api/v1/rounds/{round}/appraisers"),
            ("/api/v1/units/{id}", "/api/v1/units/{sct}"),
            ("/api/v1/units/{id}/grants", "/api/v1/units/{sct}/grants"),
            ("/api/v1/accounts/{id}", "/api/v1/accounts/{lan}"),
            ("/api/v1/criteria-sets/{id}", "/api/v1/criteria-sets/{edition}"),
        ] {
            let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            has(schema, &quan.reads(at).await, path);
        }
    })
    .await;
}

/// Whether a value has what a schema requires, of the types that it names, all the way down.
#[track_caller]
pub fn has(schema: &Value, value: &Value, at: &str) {
    if let Some(any) = schema["anyOf"].as_array() {
        if !value.is_null() {
            has(&any[0], value, at);
        }
        return;
    }
    let right = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    assert!(right, "{at} is not as described: {value}");
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{at}: {value} is none of {words:?}");
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let inner = value.get(name).unwrap_or_else(|| panic!("{at} has no {name}: {value}"));
        has(&schema["properties"][name], inner, &format!("{at}.{name}"));
    }
    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
        has(&schema["items"], item, &format!("{at}[{place}]"));
    }
}
