//! Results, papers and tables by programs: what each may read before publication and after, and the survey looked at
//! before it is taken.

use crate::api_manners::has;
use crate::program::Program;
use crate::world::{World, journey};
use base::Decimal;
use serde_json::{Value, json};

/// What the appraiser said of 1.2.
const WHY: &str = "Chỉ 16 nhiệm vụ có sản phẩm.";

/// The views that compare units.
const COMPARING: [&str; 9] = [
    "/api/v1/rounds/{round}/results/heat",
    "/api/v1/rounds/{round}/results/losses",
    "/api/v1/rounds/{round}/results/losses/1.2",
    "/api/v1/rounds/{round}/results/robustness",
    "/api/v1/rounds/{round}/results/tables/heat",
    "/api/v1/rounds/{round}/results/tables/losses",
    "/api/v1/rounds/{round}/results/tables/robustness?form=csv",
    "/api/v1/rounds/{round}/decision",
    "/api/v1/rounds/{round}/results",
];

fn number(value: &Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("{value} is no number")).parse().unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Both departments are scored and appraised; 1.2 of Sở Công Thương was lowered from 3,4 to 3,2.
async fn appraised(world: &World) {
    world.both_send().await;
    world.survey_comes().await;
    world.all_is_agreed().await;
    world.person("thu").judges("sct", "1.2", "3,2", WHY).await.goes_on();
}

async fn published(world: &World) {
    appraised(world).await;
    world.turns_to("2027-01-10");
    let hoa = world.person("hoa");
    hoa.concludes("sct").await.goes_on();
    hoa.concludes("snv").await.goes_on();
    hoa.publishes("24/QĐ-UBND", "10/01/2027").await.goes_on();
}

/// What is there, and is as the document describes it.
async fn reads(world: &World, program: &Program, path: &str, at: &str) -> Value {
    let document = Program::with_key(world, "").reads("/api/openapi.json").await;
    let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert!(schema.is_object(), "{path} is not described");
    let given = program.reads(at).await;
    has(schema, &given, at);
    given
}

/// By its own answers Sở Công Thương has 2 + 3,4 + 4 + 2,5 + 3 + 3,333 = 18,233; as appraised 18,033.
#[tokio::test]
async fn before_publication_a_unit_reads_of_itself_only_and_of_verdicts_once_it_may_explain() {
    journey(async |world| {
        appraised(&world).await;
        let (lan, hoa, yen) = (
            world.person("lan").program(true).await,
            world.person("hoa").program(true).await,
            world.person("yen").program(true).await,
        );
        let profile = "/api/v1/rounds/{round}/results/units/{unit}";
        let own = reads(&world, &lan, profile, "/api/v1/rounds/{round}/results/units/{sct}").await;
        assert_eq!((&own["published"], &own["judged"]), (&json!(false), &json!(false)));
        assert_eq!(number(&own["outcome"]["points"]), dec("18.23"));
        assert_eq!((&own["outcome"]["rank"], &own["robustness"]), (&json!(null), &json!(null)));
        assert!(!own.to_string().contains(WHY), "{own}");
        let table = "/api/v1/rounds/{round}/cards/{sct}/table?form=csv";
        lan.gets(table).await.is(200).says("Ban hành kế hoạch").hides(WHY);
        lan.gets("/api/v1/rounds/{round}/results/units/{sct}/table?form=csv").await.is(200).hides(WHY);
        lan.gets("/api/v1/rounds/{round}/cards/{sct}/minutes").await.problem(403, "verdicts-later").says("21/12/2026");
        assert!(lan.gets("/api/v1/rounds/{round}/cards/{sct}/report").await.is(200).bytes.starts_with(b"%PDF"));
        // The same on its pages.
        let person = world.person("lan");
        person.opens("/chi-so/dot/{round}/phieu/{sct}/tai?kieu=csv").await.says("Ban hành kế hoạch").hides(WHY);
        person.opens("/chi-so/dot/{round}/ket-qua/don-vi/{sct}").await.says("18,23").hides(WHY);
        person.goes("/chi-so/dot/{round}/tham-dinh/{sct}/bien-ban").await.is(403);

        let ranking = "/api/v1/rounds/{round}/results/tables/ranking?form=csv";
        lan.gets(ranking).await.is(200).says("Sở Công Thương").hides("Sở Nội vụ");
        let supposed = lan.reads("/api/v1/rounds/{round}/results/units/{sct}/what-if?suppose=1.2:4").await;
        let projected = &supposed["projected"];
        assert_eq!(number(&projected["before"]["total"]), dec("18.23"));
        assert_eq!((number(&projected["after"]["total"]), &projected["after"]["rank"]), (dec("18.83"), &json!(null)));
        let gains = supposed["gains"].as_array().unwrap();
        assert!(!gains.is_empty() && gains.iter().all(|gain| gain["rank"].is_null()), "{supposed}");
        the_other_is_not_there(&yen).await;

        let council = hoa.reads("/api/v1/rounds/{round}/results/units/{sct}").await;
        assert_eq!((&council["judged"], &council["outcome"]["rank"]), (&json!(true), &json!(1)));
        assert_eq!(number(&council["outcome"]["points"]), dec("18.03"));
        hoa.gets(table).await.is(200).says(WHY);
        hoa.gets(ranking).await.is(200).says("Sở Công Thương").says("Sở Nội vụ");
        for path in COMPARING.iter().filter(|path| !path.ends_with("/results")) {
            hoa.gets(path).await.is(200);
        }
        for path in ["/api/v1/rounds/{round}/cards/{sct}/minutes", "/api/v1/rounds/{round}/decision?form=pdf"] {
            assert!(hoa.gets(path).await.is(200).bytes.starts_with(b"%PDF"), "{path}");
        }

        world.turns_to("2026-12-22");
        let told = lan.reads("/api/v1/rounds/{round}/results/units/{sct}").await;
        assert_eq!((number(&told["outcome"]["points"]), &told["judged"]), (dec("18.03"), &json!(true)));
        assert!(told.to_string().contains(WHY) && told["outcome"]["rank"].is_null(), "{told}");
        lan.gets(table).await.is(200).says(WHY);
        assert!(
            lan.gets("/api/v1/rounds/{round}/cards/{sct}/minutes?form=docx").await.is(200).bytes.starts_with(b"PK")
        );
        the_other_is_not_there(&yen).await;
    })
    .await;
}

/// Sở Nội vụ finds nothing of Sở Công Thương.
async fn the_other_is_not_there(yen: &Program) {
    for path in [
        "/api/v1/rounds/{round}/results/units/{sct}",
        "/api/v1/rounds/{round}/results/units/{sct}/table",
        "/api/v1/rounds/{round}/results/units/{sct}/what-if?suppose=1.2:4",
    ] {
        yen.gets(path).await.problem(404, "not-found");
    }
    for path in COMPARING {
        yen.gets(path).await.problem(403, "not-published");
    }
    for path in [
        "/api/v1/rounds/{round}/cards/{sct}/table",
        "/api/v1/rounds/{round}/cards/{sct}/report",
        "/api/v1/rounds/{round}/cards/{sct}/minutes",
    ] {
        yen.gets(path).await.problem(403, "not-your-unit");
    }
    yen.posts("/api/v1/rounds/{round}/export", json!(null)).await.problem(403, "not-published");
    yen.gets("/api/v1/rounds/{snv}/results/heat").await.problem(404, "not-found");
}

/// Sở Công Thương 18,033 of 20 and Sở Nội vụ 13 of 16, field by field 9,2 and 8,833 of 10; 4 of 6 and 9 of 10.
#[tokio::test]
async fn after_publication_every_program_reads_what_the_pages_show() {
    journey(async |world| {
        published(&world).await;
        let yen = world.person("yen").program(false).await;
        let profile = "/api/v1/rounds/{round}/results/units/{unit}";
        let sct = reads(&world, &yen, profile, "/api/v1/rounds/{round}/results/units/{sct}").await;
        assert_eq!((&sct["outcome"]["rank"], number(&sct["outcome"]["score"])), (&json!(1), dec("90.17")));
        let shares = |field: usize| [&sct["fields"][field]["share"], &sct["fields"][field]["median"]].map(number);
        // The medians of two are their means: of 92 and 66,7; of 88,3 and 90.
        assert_eq!((shares(0), shares(1)), ([dec("92"), dec("79.35")], [dec("88.3"), dec("89.15")]));
        assert_eq!((&sct["median"]["units"], number(&sct["median"]["points"])), (&json!(2), dec("15.515")));
        assert_eq!(sct["robustness"]["rank"], 1);
        assert!(sct.to_string().contains(WHY));

        let path = "/api/v1/rounds/{round}/results/heat";
        let heat = reads(&world, &yen, path, path).await;
        let row = |heat: &Value, at: usize| -> Vec<Option<Decimal>> {
            let shares = heat["rows"][at]["shares"].as_array().unwrap();
            shares.iter().map(|share| share.as_str().map(dec)).collect()
        };
        assert_eq!(
            heat["units"].as_array().unwrap().iter().map(|unit| &unit["short"]).collect::<Vec<_>>(),
            ["SCT", "SNV"]
        );
        assert_eq!(row(&heat, 0), [Some(dec("92")), Some(dec("66.7"))]);
        let inside = yen.reads("/api/v1/rounds/{round}/results/heat?kind=so&field=1").await;
        assert_eq!((&inside["rows"][2]["code"], row(&inside, 2)), (&json!("1.3"), vec![Some(dec("100")), None]));
        yen.gets("/api/v1/rounds/{round}/results/heat?field=9").await.problem(422, "no-criterion");
        yen.gets("/api/v1/rounds/{round}/results/losses?kind=xa").await.problem(422, "kind");

        let path = "/api/v1/rounds/{round}/results/losses";
        let losses = reads(&world, &yen, path, path).await;
        let lost: Vec<(&str, Decimal)> = losses["losses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|loss| (loss["code"].as_str().unwrap(), number(&loss["lost"])))
            .collect();
        let by_hand = [("1.1", "2"), ("2.2", "1"), ("1.2", "0.8"), ("2.3", "0.667"), ("2.1", "0.5")];
        assert_eq!(lost, by_hand.map(|(code, lost)| (code, dec(lost))));
        let path = "/api/v1/rounds/{round}/results/losses/{code}";
        let of_one = reads(&world, &yen, path, "/api/v1/rounds/{round}/results/losses/1.1").await;
        assert_eq!((&of_one["loss"]["zero"], &of_one["lines"][0]["name"]), (&json!(1), &json!("Sở Nội vụ")));
        yen.gets("/api/v1/rounds/{round}/results/losses/9").await.problem(422, "no-criterion");

        let path = "/api/v1/rounds/{round}/results/robustness";
        let shaky = reads(&world, &yen, path, path).await;
        assert_eq!(
            (&shaky["draws"], &shaky["left_out"], &shaky["rows"][0]["rank"]),
            (&json!(10_000), &json!(0), &json!(1))
        );
    })
    .await;
}

/// With a plan in time, Sở Nội vụ would have 15 of 16, 93,75 %, and stand before Sở Công Thương.
#[tokio::test]
async fn a_program_supposes_and_keeps_nothing() {
    journey(async |world| {
        published(&world).await;
        let reader = world.person("lan").program(false).await;
        let path = "/api/v1/rounds/{round}/results/units/{unit}/what-if";
        let at = "/api/v1/rounds/{round}/results/units/{snv}/what-if";
        let nothing = reads(&world, &reader, path, at).await;
        assert!(nothing["projected"].is_null());
        let gains: Vec<(&str, Decimal)> = nothing["gains"]
            .as_array()
            .unwrap()
            .iter()
            .map(|gain| (gain["code"].as_str().unwrap(), number(&gain["points"])))
            .collect();
        assert_eq!(gains, [("1.1", dec("2")), ("2.2", dec("1"))]);
        let asked = format!("{at}?suppose=1.1:c%C3%B3;%201.2:100%25");
        let supposed = reads(&world, &reader, path, &asked).await;
        let (before, after) = (&supposed["projected"]["before"], &supposed["projected"]["after"]);
        assert_eq!((number(&before["index"]), &before["rank"]), (dec("81.25"), &json!(2)));
        assert_eq!((number(&after["index"]), &after["rank"]), (dec("93.75"), &json!(1)));
        assert_eq!(supposed["projected"]["lines"][0]["code"], "1.1");
        for (wrong, says) in [("1.1", "dấu hai chấm"), ("1.9:1", "Không có tiêu chí 1.9"), ("1.2:5", "từ 0 đến 4")]
        {
            let no = reader.gets(&format!("{at}?suppose={wrong}")).await.problem(422, "what-if").says(says);
            assert_eq!(no.json()["errors"][0]["field"], "suppose");
        }
        assert_eq!(
            number(&reader.reads("/api/v1/rounds/{round}/results/units/{snv}").await["outcome"]["points"]),
            dec("13")
        );
    })
    .await;
}

#[tokio::test]
async fn papers_tables_and_the_whole_round_are_taken_away() {
    journey(async |world| {
        published(&world).await;
        let (lan, reader, yen) = (
            world.person("lan").program(true).await,
            world.person("lan").program(false).await,
            world.person("yen").program(true).await,
        );
        for path in [
            "/api/v1/rounds/{round}/decision",
            "/api/v1/rounds/{round}/cards/{sct}/report",
            "/api/v1/rounds/{round}/cards/{snv}/minutes",
        ] {
            let pdf = reader.gets(path).await.is(200);
            assert!(pdf.bytes.starts_with(b"%PDF") && pdf.header("content-disposition").contains(".pdf"), "{path}");
            assert!(reader.gets(&format!("{path}?form=docx")).await.is(200).bytes.starts_with(b"PK"), "{path}");
            reader.gets(&format!("{path}?form=odt")).await.problem(422, "address");
        }
        for (path, says) in [
            ("/api/v1/rounds/{round}/cards/{snv}/table", "Ban hành chậm 5 ngày."),
            ("/api/v1/rounds/{round}/results/units/{snv}/table", "Mức độ hoàn thành kế hoạch"),
            ("/api/v1/rounds/{round}/results/tables/ranking", "Sở Nội vụ"),
            ("/api/v1/rounds/{round}/results/tables/heat", "SNV"),
            ("/api/v1/rounds/{round}/results/tables/losses", "Công khai thủ tục hành chính"),
            ("/api/v1/rounds/{round}/results/tables/robustness", "Sở Nội vụ"),
        ] {
            let book = reader.gets(path).await.is(200);
            assert!(book.bytes.starts_with(b"PK") && book.header("content-disposition").contains(".xlsx"), "{path}");
            reader.gets(&format!("{path}?form=csv")).await.is(200).says(says);
            reader.gets(&format!("{path}?form=pdf")).await.problem(422, "address");
        }

        reader.posts("/api/v1/rounds/{round}/export", json!(null)).await.is(403);
        let job = lan.posts("/api/v1/rounds/{round}/export", json!(null)).await.is(200).json();
        world.name("job", job["job"].as_str().unwrap());
        assert_eq!(lan.reads("/api/v1/jobs/{job}").await["status"], "waiting");
        lan.gets("/api/v1/jobs/{job}/file").await.problem(404, "not-found");
        world.works().await;
        assert_eq!(lan.reads("/api/v1/jobs/{job}").await["status"], "done");
        assert!(lan.gets("/api/v1/jobs/{job}/file").await.is(200).bytes.starts_with(b"PK"));
        yen.gets("/api/v1/jobs/{job}").await.problem(404, "not-found");
        yen.gets("/api/v1/jobs/{job}/file").await.problem(404, "not-found");
    })
    .await;
}

#[tokio::test]
async fn a_survey_is_looked_at_before_it_is_taken() {
    journey(async |world| {
        let (hoa, lan) = (world.person("hoa").program(true).await, world.person("lan").program(true).await);
        let cell = json!({ "2.3": { "answers": [20, 10, 0] } });
        let mixed = json!({ "units": { "SCT": cell, "XYZ": cell, "SNV": { "1.1": { "yes": true } } } });
        let at = "/api/v1/rounds/{round}/survey/check";
        let seen = hoa.posts(at, mixed.clone()).await.is(200).json();
        assert_eq!((&seen["good"], &seen["changed"]), (&json!(1), &json!(1)));
        let places: Vec<_> = seen["errors"].as_array().unwrap().iter().map(|no| (&no["place"], &no["code"])).collect();
        assert_eq!(places, [(&json!("SNV, 1.1"), &json!("survey-cell")), (&json!("XYZ, 2.3"), &json!("survey-unit"))]);
        assert_eq!(world.done("index.survey-imported").await, 0, "looking takes nothing");
        lan.posts(at, mixed.clone()).await.problem(403, "forbidden");
        hoa.posts("/api/v1/rounds/{round}/survey", mixed).await.problem(422, "survey-cell");
        let good = json!({ "units": { "SCT": cell } });
        hoa.posts("/api/v1/rounds/{round}/survey", good.clone()).await.is(200);
        let again = hoa.posts(at, good).await.is(200).json();
        assert_eq!((&again["good"], &again["changed"], &again["errors"]), (&json!(1), &json!(0), &json!([])));
    })
    .await;
}

#[tokio::test]
async fn two_units_of_one_name_are_told_apart_by_their_keys() {
    journey(async |world| {
        let quan = world.person("quan").program(true).await;
        let twin = json!({ "name": "Sở Công Thương", "short": "SCT cũ", "kind": "so", "parent": world.id("tinh"), "from": "2015-01-01", "key": "sct-cu" });
        world.name("twin", quan.posts("/api/v1/units", twin).await.is(200).json()["id"].as_str().unwrap());
        let days = json!({ "scoring_from": "2026-11-20", "scoring_to": "2026-12-20", "appraisal_to": "2026-12-25", "explaining_to": "2026-12-28", "second_to": "2026-12-30" });
        let units = json!({ (world.id("sct")): "so", (world.id("twin")): "so" });
        let new = json!({ "name": "Hai sở cùng tên", "year": 2026, "days": days, "sets": { "so": world.id("edition") }, "units": units });
        world.name("new", quan.posts("/api/v1/rounds", new).await.is(200).json()["id"].as_str().unwrap());
        for absent in ["twin", "sct"] {
            let none = json!({ "units": [world.id(absent)] });
            quan.puts("/api/v1/rounds/{new}/survey/not-held", 0, none).await.is(200);
            let cells = quan.reads("/api/v1/rounds/{new}/survey").await;
            let held = |key: &str| cells["items"].as_array().unwrap().iter().find(|cell| cell["unit"] == key).unwrap()["held"].clone();
            assert_eq!((held("sct"), held("sct-cu")), (json!(absent != "sct"), json!(absent != "twin")), "{cells}");
        }
        let cell = |unit: &str, best: i64| json!({ "units": { (unit): { "2.3": { "answers": [best, 10, 0] } } } });
        quan.posts("/api/v1/rounds/{new}/survey", cell("Sở Công Thương", 20)).await.problem(422, "survey-unit").says("mã đơn vị");
        quan.posts("/api/v1/rounds/{new}/survey", cell("sct", 20)).await.is(200);
        quan.posts("/api/v1/rounds/{new}/survey", cell("SCT cũ", 25)).await.is(200);
        let cells = quan.reads("/api/v1/rounds/{new}/survey").await;
        let best = |key: &str| cells["items"].as_array().unwrap().iter().find(|cell| cell["unit"] == key).unwrap()["answer"]["answers"][0].clone();
        assert_eq!((best("sct"), best("sct-cu")), (json!(20), json!(25)), "{cells}");
    })
    .await;
}
