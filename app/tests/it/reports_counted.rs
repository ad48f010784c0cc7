//! Figures that the system counts itself: the same as on the page of statistics, with the same dossiers behind each; another in its
//! place only with a reason. And what reports tell the index of themselves.

use crate::dossier_stats::some_dossiers;
use crate::person::Person;
use crate::world::{World, journey, journey_with};
use link::simulator::Manners;
use link::simulator::reporting::Simulator;
use report::model::{INDICATORS, REGIME};
use rulebook::{Content, New};
use serde_json::json;
use tokio::net::TcpListener;

/// The quarterly report on procedures, collected by Sở Nội vụ of this world, opened for the quarter that ends on 14/12/2026.
async fn opened(world: &World) {
    let scope = world.program();
    let mut tx = world.db().begin().await.unwrap();
    report::actions::load_embedded(&mut tx, &scope).await.unwrap();
    let known = rulebook::latest(&mut tx, REGIME, "giai-quyet-tthc-quy").await.unwrap().unwrap();
    let mut body = known.body.clone();
    body["code"] = json!("tthc");
    body["collectors"] = json!(["snv"]);
    let content = Content {
        name: "Báo cáo TTHC".into(),
        source: "thử".into(),
        valid_from: known.valid_from,
        valid_to: None,
        body,
    };
    let new = New { kind: REGIME.into(), code: "tthc".into(), content, sample: true };
    let draft = rulebook::draft(&mut tx, &scope, new).await.unwrap();
    rulebook::publish(&mut tx, &scope, draft.id, draft.version).await.unwrap();
    assert!(rulebook::latest(&mut tx, INDICATORS, "giai-quyet-tthc").await.unwrap().is_some());
    tx.commit().await.unwrap();
    let yen = world.person("yen");
    let page = yen.opens("/bao-cao/mo?che_do=tthc").await.says("Sở Công Thương").says("Sở Nội vụ");
    let board = page.form("/bao-cao/mo").with("ky", "2026-Q4").sent_by(&yen).await.goes_on();
    let round = board.place().rsplit('/').next().unwrap().to_owned();
    world.name("round", &round);
    let mut conn = world.db().read().await.unwrap();
    for one in report::store::of_round(&mut conn, round.parse().unwrap()).await.unwrap() {
        let name =
            match (one.gathers(), one.unit.to_string() == world.id("sct"), one.unit.to_string() == world.id("snv")) {
                (true, ..) => "total",
                (_, true, _) => "part",
                (_, _, true) => "own",
                _ => "other",
            };
        world.name(name, one.id);
    }
}

impl Person {
    async fn counts(&self, report: &str) {
        self.sends(&format!("/bao-cao/{{{report}}}/dem"), &[]).await.goes_on();
    }
}

#[tokio::test]
async fn counted_figures_are_those_of_the_statistics_with_the_same_dossiers_behind() {
    journey(async |world| {
        some_dossiers(&world).await;
        opened(&world).await;
        let (lan, mai) = (world.person("lan"), world.person("mai"));
        lan.opens("/bao-cao/{part}").await.says("Lấy số từ hệ thống").says("0/165");
        lan.sends("/bao-cao/{part}/dem", &[]).await.goes_on();
        let page = lan.opens("/bao-cao/{part}").await.says("165/165");
        // Three received, two resolved early (withdrawn, refused), one on its way: as the statistics of these days say.
        let link = page.link("/mot-cua/thong-ke/ho-so?so=truoc-han");
        mai.opens(&link).await.says("Người Mẫu Rút").says("Người Mẫu Bị Từ Chối").hides("Đang Chờ").says("2 hồ sơ");
        mai.opens("/mot-cua/thong-ke?tu=15/09/2026&den=14/12/2026&theo=linh-vuc")
            .await
            .says("Lưu thông hàng hóa trong nước");
        // By field: that of the procedure has them all, another none, which is a zero and not a gap.
        lan.opens("/bao-cao/{part}?mo=1").await.says("Tiếp nhận trong kỳ: 3");
        lan.opens("/bao-cao/{part}?mo=6").await.says("Tiếp nhận trong kỳ: 0");
        let row = lan.opens("/bao-cao/{part}?mo=T").await;
        row.says("Hệ thống một cửa điện tử: Tiếp nhận trong kỳ: 3")
            .says("Hệ thống một cửa điện tử: Đang xử lý trong hạn: 1");

        // Another figure needs a reason, and is no longer changed by counting again.
        let place = 1;
        let cell = world.address(&format!("/bao-cao/{{part}}/o/giai-quyet-tthc/{place}"));
        let typed = [("so", "4"), ("version", "3")];
        lan.sends(&cell, &typed).await.refuses("Số này do hệ thống đếm");
        lan.sends(&cell, &[typed[0], typed[1], ("ly_do", "Một hồ sơ giấy chưa nhập")]).await.goes_on();
        lan.counts("part").await;
        lan.opens("/bao-cao/{part}?mo=T").await.says("Ghi đè").says("Một hồ sơ giấy chưa nhập");
        // Now the parts are not the whole, nor is what came what went: both block.
        lan.opens("/bao-cao/{part}?phan=kiem-tra").await.says("khác tổng các phần").says("Tổng tiếp nhận khác");
        lan.sends(&cell, &[("so", "3"), ("version", "4")]).await.goes_on();
        lan.opens("/bao-cao/{part}?phan=kiem-tra").await.says("đều đạt");
    })
    .await;
}

#[tokio::test]
async fn an_agency_that_adds_up_is_asked_too_and_the_province_is_the_sum() {
    journey(async |world| {
        some_dossiers(&world).await;
        opened(&world).await;
        let (lan, minh, yen) = (world.person("lan"), world.person("minh"), world.person("yen"));
        lan.counts("part").await;
        yen.counts("own").await;
        for (person, head, report) in [(&lan, &minh, "part"), (&yen, &yen, "own")] {
            for (who, verb) in [(person, "trinh"), (head, "duyet")] {
                let page = who.opens(&format!("/bao-cao/{{{report}}}")).await;
                page.form(&world.address(&format!("/bao-cao/{{{report}}}/{verb}"))).sent_by(who).await.goes_on();
            }
        }
        let page = yen.opens("/bao-cao/{total}").await;
        let form = page.form(&world.address("/bao-cao/{total}/ghep"));
        form.clone().sent_by(&yen).await.refuses("Chưa gửi: VP");
        form.with("con_thieu", "1").sent_by(&yen).await.goes_on();
        yen.opens("/bao-cao/{total}?phan=loi-van").await.says("tiếp nhận 3 hồ sơ, trong đó 0 hồ sơ trực tuyến; đã giải quyết 2 hồ sơ, đạt tỷ lệ trước hạn và đúng hạn 100,0%");
    })
    .await;
}

#[tokio::test]
async fn who_is_late_is_reminded_step_by_step_and_on_time_is_a_fact_of_the_index() {
    journey(async |world| {
        crate::reports::opened(&world).await;
        let (binh, nam, lan) = (world.person("binh"), world.person("nam"), world.person("lan"));
        for (day, says) in [
            ("2026-12-13", "Nhắc gửi báo cáo kỳ tháng 12"),
            ("2026-12-16", "Hôm nay là hạn gửi"),
            ("2026-12-17", "chưa gửi báo cáo kỳ tháng 12"),
        ] {
            world.turns_to(day);
            world.works().await;
            binh.opens("/thong-bao").await.says(says);
        }
        let told = async || nam.opens("/thong-bao").await.text().matches("chưa gửi báo cáo kỳ").count();
        let before = told().await;
        assert!(before > 0, "the head is told of what is late");
        world.waits(3700);
        world.works().await;
        assert_eq!(told().await, before, "nobody is told twice");

        // Two reports were due by now, and none came in time.
        world.turns_to("2026-12-20");
        world.works().await;
        let mut conn = world.db().read().await.unwrap();
        let (from, to) = ("2026-12-15".parse().unwrap(), "2027-12-15".parse().unwrap());
        let office = world.id("sct-phong").parse().unwrap();
        let due = fact::of(&mut conn, office, "report.due", from, to).await.unwrap().unwrap();
        let on_time = fact::of(&mut conn, office, "report.on_time", from, to).await.unwrap().unwrap();
        assert_eq!((due.value.to_string(), on_time.value.to_string()), ("1".into(), "0".into()));
        drop(conn);
        lan.opens(&due.link.unwrap())
            .await
            .says("Phòng Kế hoạch Sở Công Thương")
            .says("Tất cả 1 báo cáo")
            .says("Quá hạn");
        lan.opens(&on_time.link.unwrap()).await.says("Không có báo cáo nào ở đây.");
    })
    .await;
}

async fn system() -> (Simulator, Vec<(&'static str, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    // Not there at first: nothing is lost, and nothing is taken twice.
    let simulator = Simulator::new(Manners { fail: 1, ..Manners::default() });
    tokio::spawn(simulator.clone().serve(listener));
    let set = [
        ("reporting.address", address),
        ("reporting.token", "thu-nghiem".to_owned()),
        ("reporting.unit", "H50".to_owned()),
    ];
    (simulator, set.to_vec())
}

#[tokio::test]
async fn the_report_that_is_signed_is_told_outside_once_for_each_sending() {
    let (simulator, set) = system().await;
    let set = [set, crate::counter::certificate().to_vec()].concat();
    journey_with(&set, async |world| {
        some_dossiers(&world).await;
        opened(&world).await;
        let yen = world.person("yen");
        yen.counts("own").await;
        let does = async |report: &str, verb: &str, boxes: &[(&str, &str)]| {
            let page = yen.opens(&format!("/bao-cao/{{{report}}}")).await;
            page.form(&world.address(&format!("/bao-cao/{{{report}}}/{verb}"))).filled(boxes).sent_by(&yen).await
        };
        for verb in ["trinh", "duyet"] {
            does("own", verb, &[]).await.goes_on();
        }
        does("total", "ghep", &[("con_thieu", "1")]).await.goes_on();
        yen.fills_gaps("total").await;
        for verb in ["trinh", "duyet"] {
            does("total", verb, &[]).await.goes_on();
        }
        yen.sends("/bao-cao/{total}/gui", &[("version", "0")]).await.is(409);
        does("total", "so-van-ban", &[("so_vb", "90/BC-SNV"), ("ngay", "24/11/2026")]).await.goes_on();
        // What was issued is signed, and is from then on the same paper.
        let paper = yen.opens("/bao-cao/{total}/in").await.bytes;
        let signatures = sign::read(&paper, &[]).unwrap();
        assert!(signatures.len() == 1 && signatures[0].verdict().is_whole(), "{:?}", signatures[0].lines());
        assert!(signatures[0].lines().iter().any(|line| line.contains("Ban hành báo cáo")));
        world.waits(60);
        assert_eq!(yen.opens("/bao-cao/{total}/in").await.bytes, paper);
        does("total", "gui", &[]).await.goes_on();
        yen.opens("/bao-cao/{total}").await.says("Chờ gửi").says("Số liệu báo cáo");
        // The button is gone; a second window still has it.
        let form = yen.opens("/bao-cao/{total}").await.form(&world.address("/bao-cao/{total}/mo-lai"));
        let version = form.value("version").to_owned();
        let again = [("version", version.as_str())];
        yen.sends("/bao-cao/{total}/gui", &again).await.refuses("đã chuyển sang hệ thống báo cáo");
        world.tells().await;
        world.waits(120);
        world.tells().await;
        world.waits(3600);
        world.tells().await;
        yen.opens("/bao-cao/{total}").await.says("Đã tiếp nhận").hides("Chờ gửi");
        let book = simulator.book();
        assert!(book.refused.is_empty(), "{:?}", book.refused);
        let figures =
            book.packets.iter().find(|(key, _)| key.contains(&world.id("total")) && key.ends_with(":1:figures"));
        let (_, (packet, times)) = figures.unwrap();
        assert_eq!(
            (packet["MaKy"].as_str(), packet["DenNgay"].as_str(), *times),
            (Some("2026-Q4"), Some("2026-12-14"), 1)
        );
        assert_eq!((packet["SoVanBan"].as_str(), packet["MaDonViGui"].as_str()), (Some("90/BC-SNV"), Some("H50")));
        let whole = |code: &str| {
            let all = packet["SoLieu"].as_array().unwrap();
            let is = |one: &&serde_json::Value| one["MaChiTieu"] == code && one["MaPhanTo"] == "";
            all.iter().find(is).map(|one| one["GiaTri"].as_str().unwrap().to_owned())
        };
        // Sở Nội vụ has no dossiers: counted, so zero; a ratio of nothing is not told.
        assert_eq!((whole("TN.TK"), whole("TN"), whole("GQ.TYLE")), (Some("0".into()), Some("0".into()), None));
    })
    .await;
}
