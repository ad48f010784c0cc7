//! Một cửa liên thông: a step of another agency, a question to a third one, a duty that is never met.

use crate::counter::rules;
use crate::deeds::PDF;
use crate::person::Person;
use crate::world::{World, day, journey};
use people::{NewGrant, Role};

/// A procedure whose process has a step of Sở Nội vụ, and people there and in the province's office who could do it.
async fn with_agencies(world: &World) {
    let procedure = include_str!("procedure.toml").replace("mau-cap-phep-05-ngay", "lien-thong-thu");
    let procedure: procedure::Procedure = toml::from_str(&procedure).unwrap();
    let process: workflow::File = toml::from_str(include_str!("across.toml")).unwrap();
    rules(world, "procedure", "1.005129", serde_json::to_value(procedure).unwrap()).await;
    rules(world, "workflow", "lien-thong-thu", serde_json::to_value(process).unwrap()).await;
    let mut tx = world.db().begin().await.unwrap();
    for (login, unit) in [("khoa", "snv-phong"), ("hai", "vp")] {
        let (account, unit) = (world.id(login).parse().unwrap(), world.id(unit).parse().unwrap());
        let new = NewGrant { account, unit, role: Role::Staff, from: day("2020-01-01"), to: None, note: String::new() };
        people::grant(&mut tx, &world.program(), new).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A dossier that stands at Sở Nội vụ and, beside it, with a specialist.
pub async fn at_both(world: &World) {
    with_agencies(world).await;
    let (mai, nam) = (world.person("mai"), world.person("nam"));
    mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
    mai.moves("0|", "").await.goes_on();
    nam.moves("0|", "").await.goes_on();
}

impl Person {
    /// Asks for what is then awaited.
    async fn waits(&self, why: &str, fields: &[(&str, &str)]) -> crate::page::Page {
        let page = self.opens(&format!("/mot-cua/ho-so/{{dossier}}/cho?viec={why}")).await;
        page.form(&self.world.address("/mot-cua/ho-so/{dossier}/cho")).filled(fields).sent_by(self).await
    }
}

#[tokio::test]
async fn another_agency_does_its_step_by_its_own_clock() {
    journey(async |world| {
        at_both(&world).await;
        let (mai, yen, khoa, tam) =
            (world.person("mai"), world.person("yen"), world.person("khoa"), world.person("tam"));
        // Received on a day off: 4, 4 and 16 working hours are three days from the 25th on.
        mai.dossier().await.says("Sở Nội vụ, theo kế hoạch xong trước 17 giờ 30, 27/11/2026");
        mai.dossier().await.says("“Cho ý kiến về nhân sự”, do Sở Nội vụ thực hiện");
        // Each step has its own time from now on: 16 hours there, 8 hours here.
        mai.dossier().await.says("hạn 26/11/2026 17:30").says("hạn 25/11/2026 17:30");
        let receipt = mai.opens("/mot-cua/ho-so/{dossier}/giay-hen").await;
        assert!(receipt.bytes.starts_with(b"%PDF"));
        // The agency that has a step is somebody to look for; nobody who works there is.
        let choice = format!("value=\"{}\">SNV", world.id("snv"));
        let page = mai.opens("/mot-cua").await.says(&choice).hides("Vũ Đăng Khoa");
        assert!(
            !world.person("tam").opens("/mot-cua").await.html().contains(&format!("value=\"{}\"", world.id("sct")))
        );
        page.says("Phạm Văn Bình");
        yen.opens("/mot-cua/phoi-hop").await.says("Cho ý kiến về nhân sự").says("SCT").says("sct-20261124-0000001");
        yen.opens("/thong-bao").await.says("Có hồ sơ cần phối hợp");
        // Whoever is in that agency sees it, and does no step of the other one.
        tam.dossier().await.hides("Chuyển: Tổng hợp");
        khoa.sends("/mot-cua/ho-so/{dossier}/chuyen", &[("version", "3"), ("buoc", "3b"), ("duong", "0|")])
            .await
            .refuses("do vai trò hoặc người khác thực hiện");
        let give = yen.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        give.with("giao_cho", &world.id("khoa")).sent_by(&yen).await.goes_on();
        yen.opens("/mot-cua/phoi-hop?xuat=csv").await.says("Vũ Đăng Khoa");
        khoa.moves("0|", "").await.refuses("ý kiến xử lý");
        khoa.moves("0|", "Đồng ý, đủ biên chế").await.goes_on();
        yen.opens("/mot-cua/phoi-hop").await.says("Chưa có việc nào cần phối hợp.");
        // Counted for whom it was done, and at whose dossier it was; the dossier itself only there.
        const DONE: &str = "/mot-cua/thong-ke/phoi-hop";
        let page = tam.opens(DONE).await.says("Sở Nội vụ").says("Sở Công Thương").says("Xong đúng hạn");
        let link = page.link("/mot-cua/thong-ke/phoi-hop/viec?so=dung-han");
        tam.opens(&link).await.says("Cho ý kiến về nhân sự").says("sct-20261124-0000001").says("1 việc");
        mai.opens(&link).await.says("1 việc").hides("Công ty TNHH Mẫu An Phát");
        mai.opens(&link.replace("dung-han", "qua-han")).await.says("Không có việc nào.");
        mai.goes(&link.replace("dung-han", "khong-co")).await.is(404);
        tam.opens("/mot-cua/thong-ke").await.says("Không có hồ sơ nào trong những ngày này.");
        let file = tam.opens(&format!("{DONE}?xuat=csv")).await;
        assert!(String::from_utf8_lossy(&file.bytes).contains("Sở Nội vụ"));
        tam.goes(&format!("{DONE}?tu=31/02/2026")).await.refuses("Không có ngày 31");
        tam.opens(&format!("{DONE}?tu=01/01/2020&den=31/01/2020")).await.says("Không có việc phối hợp nào");
        // What was worked on stays seen; its end is the first agency's.
        khoa.dossier().await.says("Đồng ý, đủ biên chế").hides("Chuyển: Trả kết quả");
        world.person("binh").moves("0|", "").await.goes_on();
        world.person("nam").dossier().await.says("Chuyển: Trả kết quả");
    })
    .await;
}

#[tokio::test]
async fn a_question_to_another_agency_stops_the_clock_where_the_process_says_so() {
    journey(async |world| {
        at_both(&world).await;
        let (binh, hai) = (world.person("binh"), world.person("hai"));
        world.turns_to("2026-11-26");
        hai.goes("/mot-cua/ho-so/{dossier}").await.is(404);
        binh.opens("/mot-cua/ho-so/{dossier}/cho?viec=agency-answer").await.says("tạm dừng từ lúc gửi");
        binh.goes("/mot-cua/ho-so/{dossier}/cho?viec=supplement").await.is(404);
        let again = binh.waits("agency-answer", &[("cho_den", "25/11/2026")]).await;
        again.refuses("Ghi nội dung hỏi").says("hoặc ghi tên cơ quan khác").says("từ hôm nay trở đi");
        let vp = world.id("vp");
        let asked =
            [("co_quan", vp.as_str()), ("noi_dung_cho", "Địa điểm có trong quy hoạch?"), ("cho_den", "01/12/2026")];
        binh.waits("agency-answer", &asked).await.goes_on();
        binh.dossier().await.says("Tạm dừng từ").says("chờ ý kiến cơ quan khác (Văn phòng UBND tỉnh)");
        hai.opens("/mot-cua/phoi-hop").await.says("Địa điểm có trong quy hoạch?");
        world.turns_to("2026-11-30");
        let form = hai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tra-loi"));
        form.sent_by(&hai).await.refuses("Ghi ý kiến trả lời.");
        let form = hai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tra-loi"));
        let form = form.with("tra_loi", "Có, theo quy hoạch 2026").attach("tep_tra_loi", "tra-loi.pdf", PDF);
        form.sent_by(&hai).await.goes_on();
        // Received on the 25th, none of the five days had run on the 26th: 1, 2, 3, 4 and 7 December.
        let page = binh.dossier().await.says("Có, theo quy hoạch 2026").says("Hạn trả 17 giờ 30, 07/12/2026");
        let file = page.link(&world.address("/mot-cua/ho-so/{dossier}/tep/"));
        assert!(hai.opens(&file).await.bytes.starts_with(b"%PDF"));
        hai.opens("/mot-cua/phoi-hop").await.says("Chưa có việc nào");
        // A question that is still open when the dossier ends is nobody's work any more.
        let asked = [("co_quan", vp.as_str()), ("noi_dung_cho", "Còn gì nữa không?"), ("cho_den", "04/12/2026")];
        binh.waits("agency-answer", &asked).await.goes_on();
        hai.opens("/mot-cua/phoi-hop").await.says("Còn gì nữa không?");
        let mai = world.person("mai");
        let form = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/rut"));
        form.with("ly_do", "Đơn xin rút MẪU").sent_by(&mai).await.goes_on();
        hai.opens("/mot-cua/phoi-hop").await.says("Chưa có việc nào");
        assert_eq!(world.done("dossier.awaits").await, 2);
        assert_eq!(world.done("dossier.answered").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_duty_stops_the_clock_until_it_is_met_or_its_last_day_is_over() {
    journey(async |world| {
        at_both(&world).await;
        let (binh, nam, mai) = (world.person("binh"), world.person("nam"), world.person("mai"));
        binh.waits("financial-duty", &[("noi_dung_cho", "Thông báo 12/TB")])
            .await
            .refuses("Quy trình không cho dừng tính thời hạn");
        world.person("khoa").moves("0|", "Đồng ý").await.goes_on();
        binh.moves("0|", "").await.goes_on();
        world.turns_to("2026-11-26");
        nam.waits("financial-duty", &[("noi_dung_cho", "Thông báo 12/TB"), ("cho_den", "03/12/2026")]).await.goes_on();
        mai.opens("/mot-cua?hop=tam-dung").await.says("Công ty TNHH Mẫu An Phát");
        world.turns_to("2026-11-27");
        let form = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tra-loi"));
        form.with("tra_loi", "Giấy nộp tiền 7 ngày 27/11").sent_by(&nam).await.goes_on();
        nam.dossier().await.says("Giấy nộp tiền 7 ngày 27/11").says("Chuyển: Trả kết quả");
        // Asked for again, and never met: the process says where the dossier then stands.
        nam.waits("financial-duty", &[("noi_dung_cho", "Thông báo 13/TB"), ("cho_den", "03/12/2026")]).await.goes_on();
        world.turns_to("2026-12-04");
        world.works().await;
        mai.dossier().await.says("Không trả lời trong hạn.").says("Dừng giải quyết");
        assert_eq!(world.done("dossier.lapsed").await, 1);
    })
    .await;
}
