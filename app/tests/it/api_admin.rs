//! Administration by programs: units, people, delegation, facts, jobs, the journal, rule editions.

use crate::world::journey;
use axum::http::Method;
use serde_json::{Value, json};

/// The ids of a list.
fn ids(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_program_adds_changes_and_ends_units() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan").program(true).await, world.person("lan").program(true).await);
        let all = quan.reads("/api/v1/units").await;
        assert_eq!(ids(&all).len(), 6);
        assert_eq!(all["items"][0]["key"], "tinh", "as the tree reads");
        assert_eq!(ids(&quan.reads("/api/v1/units?q=cong+thuong&kind=so").await), [world.id("sct")]);
        assert!(ids(&quan.reads("/api/v1/units?on=2014-12-31").await).is_empty());
        quan.gets("/api/v1/units?being=khac").await.problem(422, "address").says("being");
        lan.gets("/api/v1/units").await.problem(403, "forbidden");

        let new = json!({ "name": "Sở Tư pháp", "kind": "so", "parent": world.id("tinh"), "from": "2015-01-01" });
        let mut odd = new.clone();
        odd["kind"] = json!("bo");
        let refused = quan.posts("/api/v1/units", odd).await.problem(422, "kind-missing").json();
        assert_eq!(refused["errors"][0]["field"], "kind");
        let mut nowhere = new.clone();
        nowhere["parent"] = json!(base::Uuid::nil());
        quan.posts("/api/v1/units", nowhere).await.problem(422, "unit-parent");
        lan.posts("/api/v1/units", new.clone()).await.problem(403, "forbidden");
        let made = quan.posts("/api/v1/units", new.clone()).await.is(200);
        assert_eq!((made.json()["key"].as_str(), made.json()["short"].as_str()), (Some("so-tu-phap"), Some("Sở Tư pháp")));
        quan.posts("/api/v1/units", new).await.problem(422, "unit-key-taken");
        world.name("stp", made.json()["id"].as_str().unwrap());

        let read = quan.gets("/api/v1/units/{stp}").await.is(200);
        let version: i64 = read.header("etag").trim_matches('"').parse().unwrap();
        let short = |short: &str| json!({ "name": "Sở Tư pháp", "short": short, "kind": "so", "parent": world.id("tinh"), "from": "2015-01-01" });
        let changed = quan.puts("/api/v1/units/{stp}", version, short("STP")).await.is(200);
        assert_eq!(changed.header("etag"), format!("\"{}\"", version + 1));
        let stale = quan.puts("/api/v1/units/{stp}", version, short("Tư pháp")).await.problem(409, "stale");
        assert_eq!(stale.json()["current"]["short"], "STP");
        quan.puts("/api/v1/units/{lan}", 0, short("?")).await.problem(404, "not-found");

        let end = |how: &str, heirs: &[&str]| json!({ "on": "2027-03-01", "how": how, "heirs": heirs });
        let (snv, nobody) = (world.id("snv"), base::Uuid::nil().to_string());
        let at = async |version: i64, body: Value| {
            quan.asks(Method::POST, "/api/v1/units/{stp}/end", Some(version), Some(body)).await
        };
        at(version, end("merge", &[&snv])).await.problem(409, "stale");
        assert_eq!(at(version + 1, end("merge", &[])).await.problem(422, "heir-missing").json()["errors"][0]["field"], "heirs");
        at(version + 1, end("merge", &[&nobody])).await.problem(422, "unit-missing");
        at(version + 1, end("split", &[&snv])).await.problem(422, "heirs-count");
        at(version + 1, end("doi", &[&snv])).await.problem(422, "unit-how");
        let ended = at(version + 1, end("merge", &[&snv])).await.is(200).json();
        assert_eq!((ended["to"].as_str(), ended["successors"][0]["successor"].as_str()), (Some("2027-03-01"), Some(snv.as_str())));
        assert_eq!(quan.reads("/api/v1/units/{snv}").await["predecessors"][0]["unit"], world.id("stp"));
    })
    .await;
}

#[tokio::test]
async fn a_program_adds_people_gives_roles_and_locks() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan").program(true).await, world.person("lan").program(true).await);
        let found = quan.gets("/api/v1/accounts?q=tran+thi&role=coordinator").await.is(200);
        assert_eq!(ids(&found.json()), [world.id("lan")]);
        assert!(!found.html().contains("lan@quangtri.example"), "no e-mail in a list: {}", found.html());
        lan.gets("/api/v1/accounts").await.problem(403, "forbidden");
        let seen = world.done("account.read").await;
        assert_eq!(quan.reads("/api/v1/accounts/{lan}").await["email"], "lan@quangtri.example");
        assert_eq!(world.done("account.read").await, seen + 1, "reading a person is noted");

        let new = json!({ "login": "tuan", "name": "Vũ Anh Tuấn", "title": "Chuyên viên" });
        quan.posts("/api/v1/accounts", json!({ "login": "lan", "name": "Lan Khác" })).await.problem(422, "login-taken");
        let refused =
            quan.posts("/api/v1/accounts", json!({ "login": "x", "name": " ", "email": "@" })).await.is(422).json();
        assert_eq!(refused["errors"].as_array().map(Vec::len), Some(3), "all at once: {refused}");
        quan.posts("/api/v1/accounts", json!({ "login": "tuan", "name": "Tuấn", "password": "mật khẩu" }))
            .await
            .problem(422, "body")
            .says("password");
        let made = quan.posts("/api/v1/accounts", new).await.is(200).json();
        world.name("tuan", made["id"].as_str().unwrap());
        assert_eq!(made.as_object().map(serde_json::Map::len), Some(1), "no link that sets a password: {made}");
        assert_eq!(world.done("link.made").await, 0);
        assert_eq!(ids(&quan.reads("/api/v1/accounts?standing=new&q=tuan").await), [world.id("tuan")]);

        let version = quan.reads("/api/v1/accounts/{tuan}").await["version"].as_i64().unwrap();
        let title = |title: &str| json!({ "name": "Vũ Anh Tuấn", "title": title });
        assert_eq!(
            quan.puts("/api/v1/accounts/{tuan}", version, title("Phó phòng")).await.is(200).json()["title"],
            "Phó phòng"
        );
        quan.puts("/api/v1/accounts/{tuan}", version, title("Trưởng phòng")).await.problem(409, "stale");

        let staff = |unit: &str| json!({ "unit": unit, "role": "staff", "to": "2027-01-01" });
        quan.posts("/api/v1/accounts/{tuan}/grants", staff(&base::Uuid::nil().to_string()))
            .await
            .problem(422, "unit-missing");
        quan.posts("/api/v1/accounts/{sct}/grants", staff(&world.id("sct"))).await.problem(404, "not-found");
        let grant = quan.posts("/api/v1/accounts/{tuan}/grants", staff(&world.id("sct"))).await.is(200).json();
        world.name("grant", grant["id"].as_str().unwrap());
        let held = quan.reads("/api/v1/accounts/{tuan}/grants").await;
        assert_eq!(
            (held["items"][0]["role"].as_str(), held["items"][0]["to"].as_str()),
            (Some("staff"), Some("2027-01-01"))
        );
        assert!(ids(&quan.reads("/api/v1/units/{sct}/grants").await).contains(&world.id("grant").as_str()));
        quan.deletes("/api/v1/accounts/{lan}/grants/{grant}").await.problem(404, "not-found");
        lan.deletes("/api/v1/accounts/{tuan}/grants/{grant}").await.problem(403, "forbidden");
        quan.deletes("/api/v1/accounts/{tuan}/grants/{grant}").await.is(200);
        let own = quan.reads("/api/v1/accounts/{quan}/grants").await;
        world.name("own", ids(&own)[0]);
        quan.deletes("/api/v1/accounts/{quan}/grants/{own}").await.problem(422, "own-role");

        quan.posts("/api/v1/accounts/{lan}/lock", json!(null)).await.is(200);
        lan.gets("/api/v1/rounds").await.problem(401, "signed-out");
        quan.posts("/api/v1/accounts/{lan}/unlock", json!(null)).await.is(200);
        lan.gets("/api/v1/rounds").await.is(200);
        quan.posts("/api/v1/accounts/{quan}/lock", json!(null)).await.problem(422, "close-self");
        lan.posts("/api/v1/accounts/{binh}/lock", json!(null)).await.problem(403, "forbidden");
        lan.posts("/api/v1/accounts/{binh}/unlock", json!(null)).await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_program_lends_a_role_of_its_owner_and_takes_it_back() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan").program(true).await, world.person("lan").program(true).await);
        // By given name: Mai, Minh, Vân.
        assert_eq!(ids(&lan.reads("/api/v1/colleagues").await), ["mai", "minh", "van"].map(|who| world.id(who)));
        let loan = |to: &str, role: &str| json!({ "account": world.id(to), "role": role, "from": "2026-11-24", "to": "2026-12-01", "note": "Đi công tác" });
        lan.posts("/api/v1/delegations", loan("yen", "coordinator")).await.problem(422, "person-missing");
        lan.posts("/api/v1/delegations", loan("minh", "head")).await.problem(403, "forbidden");
        let made = lan.posts("/api/v1/delegations", loan("minh", "coordinator")).await.is(200).json();
        world.name("loan", made["id"].as_str().unwrap());
        let minh = world.person("minh").program(true).await;
        let seen = minh.reads("/api/v1/delegations").await;
        assert_eq!((ids(&seen), seen["items"][0]["to"].as_str()), (vec![world.id("loan").as_str()], Some("2026-12-01")));
        minh.deletes("/api/v1/delegations/{loan}").await.problem(404, "not-found");
        quan.deletes("/api/v1/delegations/{loan}").await.problem(404, "not-found");
        lan.deletes("/api/v1/delegations/{loan}").await.is(200);
        assert!(ids(&lan.reads("/api/v1/delegations").await).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_program_records_facts_and_replaces_none_unseen() {
    journey(async |world| {
        let (quan, lan, minh) = (world.person("quan").program(true).await, world.person("lan").program(true).await, world.person("minh").program(true).await);
        let known = lan.reads("/api/v1/fact-catalogue").await;
        assert!(known["items"].as_array().unwrap().iter().any(|one| one["code"] == "dossier.received"));
        let new = |unit: &str, value: &str| json!({ "what": "dossier.received", "unit": unit, "from": "2026-01-01", "to": "2027-01-01", "value": value, "source": "Báo cáo 45/BC-SCT" });
        let (sct, snv) = (world.id("sct"), world.id("snv"));
        lan.posts("/api/v1/facts", new(&snv, "1204")).await.problem(422, "fact-of-another");
        quan.posts("/api/v1/facts", new(&base::Uuid::nil().to_string(), "1204")).await.problem(422, "unit-missing");
        lan.posts("/api/v1/facts", new(&sct, "12.5")).await.problem(422, "fact-fraction");
        minh.posts("/api/v1/facts", new(&sct, "1204")).await.problem(403, "forbidden");
        let mut float = new(&sct, "");
        float["value"] = json!(0.5);
        lan.posts("/api/v1/facts", float).await.problem(422, "body").says("“value”");
        let first = lan.posts("/api/v1/facts", new(&sct, "1204")).await.is(200).json();
        assert_eq!((first["value"].as_str(), first["manual"].as_bool()), (Some("1204"), Some(true)));
        world.name("fact", first["id"].as_str().unwrap());
        let stale = lan.posts("/api/v1/facts", new(&sct, "1300")).await.problem(409, "stale");
        assert_eq!(stale.json()["current"]["id"], first["id"]);
        let mut second = new(&sct, "1300");
        second["replaces"] = first["id"].clone();
        lan.posts("/api/v1/facts", second).await.is(200);
        quan.posts("/api/v1/facts", new(&snv, "7")).await.is(200);
        let own = lan.reads("/api/v1/facts").await;
        assert_eq!((ids(&own).len(), own["items"][0]["value"].as_str()), (1, Some("1300")), "of the own unit: {own}");
        assert_eq!(ids(&quan.reads("/api/v1/facts?what=dossier.received&from=2026-06-01&manual=true").await).len(), 2);
        assert!(ids(&quan.reads("/api/v1/facts?from=2027-01-01").await).is_empty());
        let page = quan.reads("/api/v1/facts?limit=1").await;
        let next = format!("/api/v1/facts?limit=1&after={}", page["next"].as_str().unwrap());
        let last = quan.reads(&next).await;
        assert_eq!((ids(&last).len(), last["next"].is_null()), (1, true));
        assert_ne!(ids(&page), ids(&last));
        assert!(lan.reads("/api/v1/facts/{fact}").await["replaced_by"].is_string());
        assert_eq!(ids(&lan.reads("/api/v1/facts/{fact}/history").await).len(), 2);
        world.person("yen").program(false).await.gets("/api/v1/facts/{fact}").await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_program_follows_its_jobs_and_begins_them_again() {
    journey(async |world| {
        let (quan, lan, yen) = (
            world.person("quan").program(true).await,
            world.person("lan").program(true).await,
            world.person("yen").program(true).await,
        );
        world.name("job", ask_for_work(&world).await);
        let waiting = lan.reads("/api/v1/jobs?status=waiting").await;
        assert_eq!(ids(&waiting), [world.id("job")]);
        assert!(waiting["items"][0].get("input").is_none(), "the input is for the handler only");
        assert!(ids(&quan.reads("/api/v1/jobs").await).is_empty());
        assert_eq!(ids(&quan.reads("/api/v1/jobs?everyones=true").await), [world.id("job")]);
        assert!(ids(&yen.reads("/api/v1/jobs?everyones=true").await).is_empty());
        yen.gets("/api/v1/jobs/{job}").await.problem(404, "not-found");
        yen.gets("/api/v1/jobs?after={job}").await.problem(422, "cursor");
        lan.posts("/api/v1/jobs/{job}/retry", json!(null)).await.is(422);
        yen.posts("/api/v1/jobs/{job}/cancel", json!(null)).await.problem(404, "not-found");
        assert_eq!(lan.posts("/api/v1/jobs/{job}/cancel", json!(null)).await.is(200).json()["status"], "cancelled");
        lan.gets("/api/v1/jobs/{job}/file").await.problem(404, "not-found");
        yen.posts("/api/v1/jobs/{job}/retry", json!(null)).await.problem(404, "not-found");
        assert_eq!(lan.posts("/api/v1/jobs/{job}/retry", json!(null)).await.is(200).json()["status"], "waiting");
        assert_eq!(lan.reads("/api/v1/jobs/{job}").await["tries"], 0);
    })
    .await;
}

/// A job of lan's, which nobody does yet.
async fn ask_for_work(world: &crate::world::World) -> job::JobId {
    let site = world.site();
    let scope = people::Scope {
        account: Some(world.id("lan").parse().unwrap()),
        unit: Some(world.id("sct").parse().unwrap()),
        ..world.program()
    };
    let mut tx = site.db.begin().await.unwrap();
    let id = job::enqueue(&mut tx, &scope, "app.sweep", "Việc thử", json!({})).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_program_reads_the_journal_the_rules_and_the_system() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan").program(false).await, world.person("lan").program(false).await);
        let saved = quan.reads("/api/v1/journal?what=unit.&limit=2").await;
        let line = &saved["items"][0];
        assert_eq!((line["what"].as_str(), line["says"].as_str()), (Some("unit.saved"), Some("Lưu đơn vị")));
        assert!(line["after"]["name"].is_string(), "what stood there is JSON: {line}");
        let next = format!("/api/v1/journal?what=unit.&limit=2&after={}", saved["next"].as_str().unwrap());
        let older = quan.reads(&next).await;
        assert!(older["items"][0]["seq"].as_i64() < saved["items"][1]["seq"].as_i64());
        assert!(quan.reads("/api/v1/journal?who=khong+ai").await["items"].as_array().unwrap().is_empty());
        assert!(!quan.reads("/api/v1/journal?who=hanh+trinh").await["items"].as_array().unwrap().is_empty());
        quan.gets("/api/v1/journal?after=dau").await.problem(422, "cursor");
        let whole = quan.reads("/api/v1/journal/verification").await;
        assert!(whole["whole"] == true && whole["lines"].as_i64() > Some(10), "{whole}");

        let editions = quan.reads("/api/v1/editions?status=published&q=thu-so").await;
        assert_eq!(ids(&editions), [world.id("edition")]);
        assert_eq!(quan.gets("/api/v1/editions/{edition}").await.is(200).json()["body"]["code"], "thu-so-2026");
        quan.gets("/api/v1/editions/{sct}").await.problem(404, "not-found");
        let system = quan.reads("/api/v1/system").await;
        assert_eq!((system["counts"]["units"].as_i64(), system["migrations_ahead"].as_i64()), (Some(6), Some(0)));
        for path in [
            "/api/v1/journal",
            "/api/v1/journal/verification",
            "/api/v1/editions",
            "/api/v1/editions/{edition}",
            "/api/v1/system",
        ] {
            lan.gets(path).await.problem(403, "forbidden");
        }
    })
    .await;
}
