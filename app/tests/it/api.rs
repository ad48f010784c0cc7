//! The same verbs for programs: a key instead of a cookie, versions as ETags, failures as problem+json.

use crate::deeds::PDF;
use crate::world::journey;
use axum::http::Method;
use data_encoding::BASE64;
use serde_json::json;

#[tokio::test]
async fn a_program_answers_and_a_stale_version_is_a_conflict_with_what_stands_there() {
    journey(async |world| {
        let lan = world.person("lan").program(true).await;
        let at = "/api/v1/rounds/{round}/cards/{sct}/answers/1.2";
        let nothing = lan.gets(at).await.is(200);
        assert_eq!(nothing.header("etag"), "\"0\"");
        lan.asks(Method::PUT, at, None, Some(json!({ "answer": { "part": "17", "whole": "20" } })))
            .await
            .problem(428, "if-match");
        let saved = lan.puts(at, 0, json!({ "answer": { "part": "17", "whole": "20" } })).await.is(200);
        assert_eq!((saved.header("etag").as_str(), saved.json()["points"].as_str()), ("\"1\"", Some("3.4")));
        let stale = lan.puts(at, 0, json!({ "answer": { "part": "18", "whole": "20" } })).await.problem(409, "stale");
        assert_eq!(stale.json()["current"]["value"], json!({ "part": "17", "whole": "20" }));
        // The same again is the same save.
        lan.puts(at, 0, json!({ "answer": { "part": "17", "whole": "20" } })).await.is(200);
        assert_eq!(world.done("index.answered").await, 1);
        let over = lan.puts(at, 1, json!({ "answer": { "part": "21", "whole": "20" } })).await.is(422).json();
        assert!(over["errors"][0]["say"].as_str().is_some_and(|say| say.contains("lớn hơn")), "{over}");
        // What cannot be read is said in a problem too.
        lan.puts(at, 1, json!({ "khac": 1, "answer": 5 })).await.is(422);
        lan.puts(at, 1, json!("chữ")).await.problem(422, "body");
        lan.gets("/api/v1/rounds/khong-phai-ma").await.problem(404, "not-found");
        lan.gets("/api/v1/rounds/{sct}").await.problem(404, "not-found");
        lan.gets("/api/v1/khong-co").await.problem(404, "not-found");
        lan.gets("/api/v1/rounds/{round}/cards/{snv}").await.problem(403, "not-your-unit");
    })
    .await;
}

#[tokio::test]
async fn a_key_for_reading_reads_and_writes_nothing() {
    journey(async |world| {
        let reader = world.person("lan").program(false).await;
        let round = reader.gets("/api/v1/rounds/{round}").await.is(200);
        assert_eq!(
            (round.header("etag").is_empty(), round.json()["name"].as_str()),
            (false, Some("Chỉ số CCHC năm 2026"))
        );
        reader
            .puts("/api/v1/rounds/{round}/cards/{sct}/answers/1.1", 0, json!({ "answer": { "yes": true } }))
            .await
            .is(403)
            .says("chỉ được đọc");
        reader.posts("/api/v1/rounds/{round}/cards/{sct}/facts", json!(null)).await.is(403);
        assert_eq!(world.done("index.answered").await, 0);
    })
    .await;
}

#[tokio::test]
async fn lists_come_by_pages() {
    journey(async |world| {
        let quan = world.person("quan").program(true).await;
        let first = quan.reads("/api/v1/rounds/{round}/cards?limit=1").await;
        assert_eq!(first["items"].as_array().map(Vec::len), Some(1));
        let cursor = first["next"].as_str().unwrap().to_owned();
        let second = quan.reads(&format!("/api/v1/rounds/{{round}}/cards?limit=1&after={cursor}")).await;
        assert_eq!((second["items"].as_array().map(Vec::len), second["next"].is_null()), (Some(1), true));
        assert_ne!(first["items"][0]["unit"], second["items"][0]["unit"]);
        quan.gets("/api/v1/rounds/{round}/cards?after=khong-con").await.problem(422, "cursor");
        quan.gets("/api/v1/rounds/{round}/cards?limit=nhieu").await.problem(422, "address");
        let own = world.person("lan").program(false).await.reads("/api/v1/rounds/{round}/cards").await;
        assert_eq!(own["items"].as_array().map(Vec::len), Some(1), "a unit sees its own card only: {own}");
        assert_eq!(quan.reads("/api/v1/rounds").await["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(quan.reads("/api/v1/criteria-sets").await["items"][0]["code"], "thu-so-2026");
        assert_eq!(quan.reads("/api/v1/criteria-sets/{edition}").await["body"]["code"], "thu-so-2026");
        quan.reads("/api/v1/history?scale=par-index").await;
    })
    .await;
}

#[tokio::test]
async fn a_year_by_programs() {
    journey(async |world| {
        let (lan, minh, yen) = (world.person("lan").program(true).await, world.person("minh").program(true).await, world.person("yen").program(true).await);
        for (code, answer) in [
            ("1.1", json!({ "yes": true })),
            ("1.2", json!({ "part": "17", "whole": "20" })),
            ("1.3", json!({ "choice": 0 })),
            ("2.1", json!({ "cases": [1, 0] })),
            ("2.2", json!({ "items": [0, 1] })),
        ] {
            lan.puts(&format!("/api/v1/rounds/{{round}}/cards/{{sct}}/answers/{code}"), 0, json!({ "answer": answer })).await.is(200);
        }
        let left = lan.reads("/api/v1/rounds/{round}/cards/{sct}/missing").await;
        assert_eq!(left["items"], json!([{ "code": "1.1", "missing": "evidence" }, { "code": "1.2", "missing": "evidence" }]));
        let file = json!({ "name": "ke-hoach.pdf", "base64": BASE64.encode(PDF) });
        let document = json!({ "number": "12/KH-SCT", "issued": "2026-01-10", "issuer": "Sở Công Thương", "summary": "Kế hoạch", "place": "trang 1", "files": [file] });
        let mut renamed = document.clone();
        renamed["files"][0]["base64"] = json!(BASE64.encode(b"chu thuong"));
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/evidence/1.1", renamed).await.is(422).says("“ke-hoach.pdf” không phải là tệp PDF");
        let made = lan.posts("/api/v1/rounds/{round}/cards/{sct}/evidence/1.1", document).await.is(200).json();
        world.name("document", made["id"].as_str().unwrap());
        lan.puts("/api/v1/rounds/{round}/cards/{sct}/evidence/1.2/{document}", 0, json!({ "place": "trang 2" })).await.is(200);
        lan.deletes("/api/v1/rounds/{round}/cards/{sct}/evidence/1.2/{document}").await.is(200);
        assert_eq!(lan.reads("/api/v1/rounds/{round}/cards/{sct}/evidence").await["items"].as_array().map(Vec::len), Some(1));
        let link = world.person("lan").drawer("1.1").await.link("/chi-so/tai-lieu/");
        world.name("file", link.rsplit('/').next().unwrap());
        assert_eq!(lan.gets("/api/v1/evidence/{document}/files/{file}").await.is(200).bytes, PDF);
        yen.gets("/api/v1/evidence/{document}/files/{file}").await.is(403);
        lan.puts("/api/v1/rounds/{round}/cards/{sct}/notes/1.2", 1, json!({ "text": "Theo báo cáo năm." })).await.is(200);
        lan.puts("/api/v1/rounds/{round}/cards/{sct}/excuses/1.3", 1, json!({ "why": "Không có đoàn kiểm tra." })).await.is(200);
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/assignments", json!({ "codes": ["2"], "unit": world.id("sct-phong") })).await.is(200);
        assert_eq!(lan.posts("/api/v1/rounds/{round}/cards/{sct}/facts", json!(null)).await.is(200).json()["changed"], 0);
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/submit", json!(null)).await.problem(403, "only-head");
        minh.posts("/api/v1/rounds/{round}/cards/{sct}/submit", json!(null)).await.is(200);
        minh.posts("/api/v1/rounds/{round}/cards/{sct}/submit", json!(null)).await.problem(422, "submitted");
        world.snv_answers().await;
        yen.posts("/api/v1/rounds/{round}/cards/{snv}/submit", json!(null)).await.is(200);

        let quan = world.person("quan").program(true).await;
        let survey = json!({ "units": { "SCT": { "2.3": { "answers": [20, 10, 0] } }, "SNV": { "2.3": { "answers": [30, 0, 0] } } } });
        assert_eq!(quan.posts("/api/v1/rounds/{round}/survey", survey).await.is(200).json()["taken"], 2);
        lan.posts("/api/v1/rounds/{round}/survey", json!({ "units": {} })).await.is(403);

        world.turns_to("2026-12-12");
        let (thu, khoa, hai) = (world.person("thu").program(true).await, world.person("khoa").program(true).await, world.person("hai").program(true).await);
        let verdict = "/api/v1/rounds/{round}/cards/{sct}/verdicts/1.2";
        thu.puts(verdict, 0, json!({ "points": "3.2" })).await.problem(422, "reason");
        hai.puts(verdict, 0, json!({ "agrees": true })).await.problem(403, "not-your-field");
        let given = thu.puts(verdict, 0, json!({ "points": "3.2", "reason": "Thiếu sản phẩm", "want_second": true })).await.is(200);
        assert_eq!(given.header("etag"), "\"1\"");
        thu.puts(verdict, 0, json!({ "points": "3" , "reason": "Khác" })).await.problem(409, "stale");
        lan.gets(verdict).await.is(403);
        thu.posts("/api/v1/rounds/{round}/cards/{sct}/verdicts/1.2/second", json!(null)).await.problem(422, "same-eyes");
        khoa.posts("/api/v1/rounds/{round}/cards/{sct}/verdicts/1.2/second", json!(null)).await.is(200);
        assert_eq!(khoa.reads(verdict).await["second"], "agreed");
        thu.puts("/api/v1/rounds/{round}/cards/{sct}/verdicts/1.1", 0, json!({ "agrees": true })).await.is(200);
        thu.posts("/api/v1/rounds/{round}/cards/{sct}/excuses/1.3/decide", json!({ "granted": true })).await.is(200);
        hai.posts("/api/v1/rounds/{round}/cards/{snv}/excuses/1.3/decide", json!({ "granted": true })).await.is(200);
        for (unit, code) in [("sct", "2.1"), ("sct", "2.2"), ("snv", "1.1"), ("snv", "1.2"), ("snv", "2.1"), ("snv", "2.2")] {
            hai.puts(&format!("/api/v1/rounds/{{round}}/cards/{{{unit}}}/verdicts/{code}"), 0, json!({ "agrees": true })).await.is(200);
        }
        assert_eq!(thu.reads("/api/v1/rounds/{round}/criteria/so/1.2").await["lines"].as_array().map(Vec::len), Some(1));
        thu.posts("/api/v1/rounds/{round}/cards/{sct}/remarks/1.2", json!({ "text": "Nhiệm vụ nào chưa xong?" })).await.is(200);
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/remarks/1.2", json!({ "text": "Nhiệm vụ 4." })).await.is(200);
        assert_eq!(lan.reads("/api/v1/rounds/{round}/cards/{sct}/remarks").await["items"].as_array().map(Vec::len), Some(2));
        world.turns_to("2026-12-22");
        minh.posts("/api/v1/rounds/{round}/cards/{sct}/explained", json!(null)).await.is(200);
        let seen = lan.reads("/api/v1/rounds/{round}/cards/{sct}").await;
        assert_eq!(seen["card"]["state"], "explained");

        world.turns_to("2027-01-10");
        let hoa = world.person("hoa").program(true).await;
        lan.gets("/api/v1/rounds/{round}/results").await.problem(403, "not-published");
        hoa.posts("/api/v1/rounds/{round}/publish", json!({ "decision": "24/QĐ-UBND", "on": "2027-01-10" })).await.problem(422, "not-concluded");
        for unit in ["sct", "snv"] {
            hoa.posts(&format!("/api/v1/rounds/{{round}}/cards/{{{unit}}}/conclude"), json!(null)).await.is(200);
        }
        lan.posts("/api/v1/rounds/{round}/publish", json!({ "decision": "24/QĐ-UBND", "on": "2027-01-10" })).await.is(403);
        hoa.posts("/api/v1/rounds/{round}/publish", json!({ "decision": "24/QĐ-UBND", "on": "2027-01-10" })).await.is(200);
        // 2 + 3,2 + 2,5 + 3 + 3,333 of 16, since 1.3 does not apply; 13 of 16.
        let results = lan.reads("/api/v1/rounds/{round}/results").await;
        let lines: Vec<_> = results["items"].as_array().unwrap().iter().map(|one| (one["unit_short"].as_str().unwrap(), one["points"].as_str().unwrap(), one["score"].as_str().unwrap(), one["rank"].as_i64())).collect();
        assert!(lines.contains(&("SCT", "14.03", "87.71", Some(1))) && lines.contains(&("SNV", "13", "81.25", Some(2))), "{lines:?}");
    })
    .await;
}

#[tokio::test]
async fn an_administrators_program_makes_a_round_and_opens_cards_again() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan").program(true).await, world.person("lan").program(true).await);
        let days = json!({ "scoring_from": "2026-11-20", "scoring_to": "2026-12-20", "appraisal_to": "2026-12-25", "explaining_to": "2026-12-28", "second_to": "2026-12-30" });
        let new = json!({ "name": "Chấm thử", "year": 2026, "days": days, "sets": { "so": world.id("edition") }, "units": { (world.id("sct")): "so" } });
        lan.posts("/api/v1/rounds", new.clone()).await.is(403);
        let made = quan.posts("/api/v1/rounds", new).await.is(200).json();
        world.name("new", made["id"].as_str().unwrap());
        let version = quan.reads("/api/v1/rounds/{new}").await["version"].as_i64().unwrap();
        quan.puts("/api/v1/rounds/{new}", version, json!({ "name": "Chấm thử lần 2", "days": days })).await.is(200);
        quan.puts("/api/v1/rounds/{new}", version, json!({ "name": "Chấm thử lần 3", "days": days })).await.problem(409, "stale");
        quan.posts("/api/v1/rounds/{new}/appraisers", json!({ "kind": "so", "field": "1", "unit": world.id("snv") })).await.is(200);
        let watch = quan.reads("/api/v1/rounds/{new}/appraisers").await;
        world.name("watch", watch["items"][0]["id"].as_str().unwrap());
        quan.deletes("/api/v1/rounds/{new}/appraisers/{watch}").await.is(200);
        quan.deletes("/api/v1/rounds/{new}/appraisers/{watch}").await.problem(404, "not-found");
        quan.posts("/api/v1/rounds/{new}/open", json!(null)).await.is(200);

        world.turns_to("2026-12-12");
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/reopenings", json!({ "text": "" })).await.problem(422, "reopen-reason");
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/reopenings", json!({ "text": "Số liệu điều chỉnh." })).await.is(200);
        let asked = quan.reads("/api/v1/rounds/{round}/cards/{sct}/reopenings").await;
        world.name("request", asked["items"][0]["id"].as_str().unwrap());
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/reopenings/{request}", json!({ "until": "2026-12-20" })).await.is(403);
        quan.posts("/api/v1/rounds/{round}/cards/{sct}/reopenings/{request}", json!({ "until": "2026-12-20" })).await.is(200);
        lan.puts("/api/v1/rounds/{round}/cards/{sct}/answers/1.1", 0, json!({ "answer": { "yes": true } })).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn what_a_program_names_must_be_there() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan").program(true).await, world.person("lan").program(true).await);
        let nobody = base::Uuid::nil().to_string();
        let days = json!({ "scoring_from": "2026-11-20", "scoring_to": "2026-12-20", "appraisal_to": "2026-12-25", "explaining_to": "2026-12-28", "second_to": "2026-12-30" });
        let new = |edition: &str, unit: &str, kind: &str| json!({ "name": "Thử", "year": 2026, "days": days, "sets": { "so": edition }, "units": { (unit): kind } });
        let (edition, sct) = (world.id("edition"), world.id("sct"));
        quan.posts("/api/v1/rounds", new(&nobody, &sct, "so")).await.problem(422, "round-set");
        quan.posts("/api/v1/rounds", new(&edition, &nobody, "so")).await.problem(422, "round-units");
        quan.posts("/api/v1/rounds", new(&edition, &world.id("sct-phong"), "so")).await.problem(422, "round-units");
        quan.posts("/api/v1/rounds", new(&edition, &sct, "xa")).await.problem(422, "round-units");
        // A draft may still change: no round begins under it.
        let draft = index::actions::sets::copy_set(&world.site(), &world.program(), edition.parse().unwrap(), "thu-so-2027").await.unwrap();
        quan.posts("/api/v1/rounds", new(&draft.to_string(), &sct, "so")).await.problem(422, "round-set");
        let watch = |field: &str, unit: &str| json!({ "kind": "so", "field": field, "unit": unit });
        quan.posts("/api/v1/rounds/{round}/appraisers", watch("1", &nobody)).await.problem(404, "not-found");
        for (name, status, code) in [("account", 422, "watch-person"), ("only_unit", 404, "not-found")] {
            let mut new = watch("1", &world.id("snv"));
            new[name] = json!(nobody);
            quan.posts("/api/v1/rounds/{round}/appraisers", new).await.problem(status, code);
        }
        quan.posts("/api/v1/rounds/{round}/appraisers", watch("9", &world.id("snv"))).await.problem(422, "no-criterion");
        // A criterion is given to one's own offices and people only.
        for (name, id) in [("unit", &nobody), ("unit", &world.id("snv-phong")), ("account", &world.id("yen"))] {
            let to = json!({ "codes": ["2"], (name): id });
            lan.posts("/api/v1/rounds/{round}/cards/{sct}/assignments", to).await.problem(422, "assign-to");
        }
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/assignments", json!({ "codes": ["9"], "account": world.id("binh") })).await.problem(422, "no-criterion");
        lan.posts("/api/v1/rounds/{round}/cards/{sct}/assignments", json!({ "codes": ["2"], "account": world.id("binh") })).await.is(200);
        lan.puts("/api/v1/rounds/{round}/cards/{sct}/evidence/1.1/{edition}", 0, json!({ "place": "tr. 1" })).await.problem(404, "not-found");
    })
    .await;
}
