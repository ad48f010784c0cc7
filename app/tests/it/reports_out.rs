//! What was told goes out to programs and to other offices, and letters come in.

use crate::api_manners::has;
use crate::page::Page;
use crate::person::Person;
use crate::reports::opened;
use crate::world::{World, journey};
use axum::http::Method;
use letter::edxml;
use serde_json::json;

/// December's report: two figures of the office, sent; added up, approved, issued.
async fn issued(world: &World) {
    opened(world).await;
    let (binh, nam, lan, minh) = (world.person("binh"), world.person("nam"), world.person("lan"), world.person("minh"));
    for (row, column, text) in [("10", "th", "80"), ("11", "th", "27")] {
        binh.cell("part", row, column).await.with("so", text).scripted_by(&binh).await.is(200);
    }
    let does = async |who: &Person, address: &str, boxes: &[(&str, &str)]| {
        let (report, _) = address.rsplit_once('/').unwrap();
        let form = who.opens(report).await.form(&world.address(address));
        form.filled(boxes).sent_by(who).await.goes_on();
    };
    does(&binh, "/bao-cao/{part}/trinh", &[("con_trong", "1")]).await;
    does(&nam, "/bao-cao/{part}/duyet", &[]).await;
    does(&lan, "/bao-cao/{part}/nhan", &[]).await;
    does(&lan, "/bao-cao/{total}/ghep", &[]).await;
    lan.fills_gaps("total").await;
    does(&lan, "/bao-cao/{total}/trinh", &[("con_trong", "1")]).await;
    does(&minh, "/bao-cao/{total}/duyet", &[]).await;
    does(&lan, "/bao-cao/{total}/so-van-ban", &[("so_vb", "312/BC-SCT"), ("ngay", "24/11/2026")]).await;
}

#[tokio::test]
async fn figures_go_out_as_statistics_and_by_the_report_service() {
    journey(async |world| {
        issued(&world).await;
        let lan = world.person("lan").program(true).await;
        let list = lan.reads("/api/v1/reports?code=cong-thuong-thang").await;
        assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
        lan.gets("/api/v1/reports?state=la-gi").await.problem(422, "word");
        let one = lan.reads("/api/v1/reports/{total}").await;
        let figure = |code: &str| {
            let all = one["figures"].as_array().unwrap();
            all.iter().find(|one| one["indicator"] == code && one["nature"] == 3).map(|one| one["value"].clone())
        };
        assert_eq!((figure("QL.XULY"), figure("QL.TYLE")), (Some("27".into()), Some("33.8".into())));
        let document = lan.reads("/api/openapi.json").await;
        let schema = |path: &str| {
            document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"].clone()
        };
        has(&schema("/api/v1/reports"), &list, "the list");
        has(&schema("/api/v1/reports/{id}"), &one, "one");

        // Another agency has collected nothing by it.
        let yen = world.person("yen").program(false).await;
        yen.gets("/api/sdmx/v1/data/cong-thuong-thang").await.problem(404, "not-found");
        yen.gets("/api/v1/reports/{total}").await.problem(404, "not-found");

        let flow = "/api/sdmx/v1/data/cong-thuong-thang";
        let csv = lan.gets("/api/sdmx/v1/data/cong-thuong-thang/...QL_XULY..?format=csv").await.is(200).html();
        let lines: Vec<&str> = csv.lines().skip(1).collect();
        assert_eq!(lines.len(), 2, "the office's and the whole: {csv}");
        assert!(lines.iter().all(|line| line.ends_with(",QL_XULY,_T,3,2026-12,27,vụ")), "{csv}");
        lan.gets(&format!("{flow}/a.b")).await.problem(422, "key");
        lan.gets(&format!("{flow}?startPeriod=mai")).await.problem(422, "period");
        let none = lan.gets(&format!("{flow}?endPeriod=2026-11&format=csv")).await.is(200).html();
        assert_eq!(none.lines().count(), 1, "{none}");
        let generic = lan.gets(&format!("{flow}?startPeriod=2026-12-31")).await.is(200).html();
        assert!(generic.contains("<gen:ObsValue value=\"27\"/>"), "{generic}");
        for path in [
            "/api/sdmx/v1/dataflow/CUAVIET/cong-thuong-thang",
            "/api/sdmx/v1/datastructure/all/cong-thuong-thang",
            "/api/sdmx/v1/datastructure/all/cong-thuong-thang/latest",
        ] {
            let structure = lan.gets(path).await.is(200).html();
            assert!(structure.contains("CL_INDICATOR_cong-thuong-thang"), "{structure}");
        }
        lan.gets("/api/sdmx/v1/dataflow/all/cong-thuong-thang/1.0").await.is(200);
        lan.gets("/api/sdmx/v1/datastructure/all/khong-co").await.problem(404, "not-found");
        let adx = lan.gets("/api/v1/report-figures/cong-thuong-thang").await.is(200).html();
        assert!(adx.contains("orgUnit=\"sct\" period=\"2026-12-01/P1M\""), "{adx}");

        // The report service: December is period 12, what was done is kind 3.
        let offices = lan.reads("/api/bc/v1/offices").await;
        assert_eq!(offices["total"], 2, "{offices}");
        let asked = "officeCode=sct&indicatorCode=QL.XULY,QL.KIEMTRA&dataTypeId=3&periodId=12&dataYear=2026";
        let values = lan.reads(&format!("/api/bc/v1/indicators?{asked}")).await;
        let expected = json!([
            { "indicatorCode": "QL.KIEMTRA", "unit": "vụ", "value": "80" },
            { "indicatorCode": "QL.XULY", "unit": "vụ", "value": "27" },
        ]);
        assert_eq!((&values["data"], &values["error"], &values["total"]), (&expected, &json!(null), &json!(2)));
        let body = json!({ "officeCode": "sct", "indicatorCodes": ["QL.XULY"], "dataTypeId": 3, "periodId": 12, "dataYear": 2026 });
        assert_eq!(lan.posts("/api/bc/v1/indicators", body).await.is(200).json()["total"], 1);
        lan.gets("/api/bc/v1/indicators?officeCode=sct&dataTypeId=9&periodId=12&dataYear=2026").await.problem(422, "report-service");
        let tree = lan.reads("/api/bc/v1/indicators/tree").await;
        let ratio = tree["data"].as_array().unwrap().iter().find(|one| one["code"] == "QL.TYLE").unwrap().clone();
        assert_eq!(ratio["childrens"][1]["code"], "QL.KIEMTRA");
        assert_eq!(lan.reads(&format!("/api/bc/v1/indicators/hasdata?{asked}")).await["data"], true);
        let other = asked.replace("2026", "2025");
        assert_eq!(lan.reads(&format!("/api/bc/v1/indicators/hasdata?{other}")).await["data"], false);
        lan.asks(Method::GET, "/api/bc/v1/offices?page=2", None, None).await.is(200);
    })
    .await;
}

async fn brings(person: &Person, bytes: &[u8]) -> Page {
    person
        .opens("/bao-cao/van-ban")
        .await
        .form("/bao-cao/van-ban")
        .attach("tep", "van-ban.edxml", bytes)
        .sent_by(person)
        .await
}

#[tokio::test]
async fn a_letter_goes_out_and_comes_in_the_same() {
    journey(async |world| {
        opened(&world).await;
        let lan = world.person("lan");
        lan.goes("/bao-cao/{total}/in?dang=edxml").await.refuses("Ghi số và ngày văn bản");
    })
    .await;
    journey(async |world| {
        issued(&world).await;
        let (lan, yen, tam) = (world.person("lan"), world.person("yen"), world.person("tam"));
        let out = lan.opens("/bao-cao/{total}/in?dang=edxml").await;
        let sent = edxml::read(&out.bytes).unwrap();
        assert_eq!((sent.number.as_str(), sent.notation.as_str()), ("312", "BC-SCT"));
        assert_eq!(sent.attached.len(), 2, "the letter and its figures");
        assert!(sent.attached[0].bytes.starts_with(b"%PDF-"));
        assert!(sent.subject.contains("tháng 12 năm 2026"), "{}", sent.subject);

        // Half of it, and none at all, are refused; nothing is kept of them.
        brings(&yen, &out.bytes[..out.bytes.len() / 2]).await.refuses("Đề nghị nơi gửi xuất lại tệp");
        brings(&yen, b"").await.refuses("Chọn tệp edXML");
        let exe = edxml::Document {
            attached: vec![edxml::Attached { name: "a.exe".into(), kind: String::new(), bytes: b"MZ\x90".to_vec() }],
            ..sent.clone()
        };
        brings(&yen, &edxml::write(&exe).unwrap()).await.refuses("Tệp kèm theo “a.exe”");
        yen.opens("/bao-cao/van-ban").await.says("Chưa có văn bản nào");

        let one = brings(&yen, &out.bytes).await.leads("/bao-cao/van-ban/");
        world.name("letter", one.place().rsplit('/').next().unwrap().split('?').next().unwrap());
        brings(&yen, &out.bytes).await.refuses("đã nhận lúc");
        let page =
            yen.opens("/bao-cao/van-ban/{letter}").await.says("312/BC-SCT").says("Lê Văn Minh").says("24/11/2026");
        let file = page.link(&world.address("/bao-cao/van-ban/{letter}/tep/"));
        world.name("file", file.rsplit('/').next().unwrap());
        let file = yen.opens("/bao-cao/van-ban/{letter}/tep/{file}").await;
        assert_eq!(file.bytes, sent.attached[0].bytes, "the letter itself, byte by byte");
        yen.opens("/bao-cao/van-ban?xuat=csv").await.says("312/BC-SCT");
        assert_eq!(world.done("report.letter-received").await, 1);
        // Neither another agency nor a clerk of the same one reads it.
        lan.goes("/bao-cao/van-ban/{letter}").await.is(404);
        tam.goes("/bao-cao/van-ban/{letter}").await.is(403);
    })
    .await;
}
