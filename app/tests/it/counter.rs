//! Một cửa: a dossier from the counter to its result, and the ways beside it.

use crate::deeds::PDF;
use crate::page::Page;
use crate::person::Person;
use crate::world::{World, journey, journey_with};
use rulebook::{Content, New};
use serde_json::Value;

/// Publishes a rule as an edition.
pub async fn rules(world: &World, kind: &str, code: &str, body: Value) {
    let (site, scope) = (world.site(), world.program());
    let mut tx = site.db.begin().await.unwrap();
    let content = Content {
        name: body["name"].as_str().unwrap_or(code).into(),
        source: "MẪU".into(),
        valid_from: "2020-01-01".parse().unwrap(),
        valid_to: None,
        body,
    };
    let new = New { kind: kind.into(), code: code.into(), content, sample: true };
    let draft = rulebook::draft(&mut tx, &scope, new).await.unwrap();
    rulebook::publish(&mut tx, &scope, draft.id, 1).await.unwrap();
    tx.commit().await.unwrap();
}

/// A procedure of Sở Công Thương and its process are in force.
pub async fn with_procedure(world: &World) {
    let procedure: procedure::Procedure = toml::from_str(include_str!("procedure.toml")).unwrap();
    let process: workflow::File =
        toml::from_str(include_str!("../../../data/workflows/mau-cap-phep-05-ngay.toml")).unwrap();
    rules(world, "procedure", "1.005129", serde_json::to_value(procedure).unwrap()).await;
    rules(world, "workflow", "mau-cap-phep-05-ngay", serde_json::to_value(process).unwrap()).await;
}

/// The form that the case “Cấp mới” names is published: whoever begins online after this fills it in.
pub async fn with_form(world: &World) {
    let form: Value = toml::from_str(include_str!("../../../data/forms/mau-ban-le-xang-dau.toml")).unwrap();
    rules(world, "form", "mau-ban-le-xang-dau", form).await;
}

impl Person {
    /// Takes in a dossier, and names it `dossier`.
    pub async fn takes_in(&self, owner: &str) -> Page {
        let page = self.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let form = page.form("/mot-cua/tiep-nhan").with("ten", owner).with("so_dinh_danh", "046 085 001 234");
        let answer = form.attach("tep_don", "don.pdf", PDF).sent_by(self).await;
        if answer.status == 303 {
            let place = answer.place();
            let id = place.split('/').next_back().unwrap().split('?').next().unwrap().to_owned();
            self.world.name("dossier", id);
        }
        answer
    }

    pub async fn dossier(&self) -> Page {
        self.opens("/mot-cua/ho-so/{dossier}").await
    }

    /// Leaves the step by the button that sends this way.
    pub async fn moves(&self, way: &str, note: &str) -> Page {
        let page = self.dossier().await;
        let form = page.form(&self.world.address("/mot-cua/ho-so/{dossier}/chuyen"));
        form.with("y_kien", note).with("duong", way).sent_by(self).await
    }
}

#[tokio::test]
async fn a_dossier_goes_from_the_counter_to_its_result() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam, binh, minh, van) =
            (world.person("mai"), world.person("nam"), world.person("binh"), world.person("minh"), world.person("van"));
        let done = mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
        let secret = done.place().rsplit_once("?ma=").unwrap().1.to_owned();
        assert_eq!(secret.len(), 8);
        // Tuesday 24/11/2026 is a day off (Ngày Văn hóa Việt Nam): it counts as received on the 25th, five days on.
        mai.dossier().await.says("Hạn trả 17 giờ 30, 02/12/2026").says("Kiểm tra, tiếp nhận hồ sơ");
        mai.opens("/mot-cua?hop=dang-xu-ly").await.says("Công ty TNHH Mẫu An Phát").says("sct-20261124-0000001");
        let receipt = mai.opens(&format!("/mot-cua/ho-so/{{dossier}}/giay-hen?ma={secret}")).await;
        assert!(receipt.bytes.starts_with(b"%PDF"), "{}", receipt.asked);
        mai.opens("/mot-cua/ho-so/{dossier}").await;
        // Another agency's people are told that there is none.
        world.person("tam").goes("/mot-cua/ho-so/{dossier}").await.is(404);
        world.person("tam").opens("/mot-cua").await.hides("Công ty TNHH Mẫu An Phát");
        mai.moves("0|", "").await.goes_on();
        // Not hers any more.
        mai.sends("/mot-cua/ho-so/{dossier}/chuyen", &[("version", "2"), ("buoc", "1"), ("duong", "0|")])
            .await
            .refuses("Hồ sơ đang ở bước “Phân công thụ lý”");
        nam.moves("0|", "").await.goes_on();
        nam.dossier()
            .await
            .form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"))
            .with("giao_cho", &world.id("binh"))
            .sent_by(&nam)
            .await
            .goes_on();
        binh.opens("/mot-cua").await.says("Công ty TNHH Mẫu An Phát");
        binh.moves("0|", "Đủ điều kiện").await.refuses("Bước này còn thiếu: kết quả đã đính kèm.");
        let draft = binh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/du-thao"));
        draft.attach("tep", "ket-qua.pdf", PDF).sent_by(&binh).await.goes_on();
        binh.moves("0|", "Đủ điều kiện").await.goes_on();
        nam.moves("0|", "Đồng ý").await.goes_on();
        minh.moves("0|", "").await.refuses("kết quả đã ký");
        minh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/ky")).sent_by(&minh).await.goes_on();
        minh.moves("0|", "").await.goes_on();
        let issue = van.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/vao-so"));
        issue.sent_by(&van).await.goes_on();
        van.moves("0|", "").await.goes_on();
        mai.opens("/mot-cua?hop=cho-tra").await.says("Công ty TNHH Mẫu An Phát").says("Chờ trả kết quả");
        // On the wall of the waiting room: its code, and nobody's name.
        let wall = mai.opens("/mot-cua/bang").await.says("sct-20261124-0000001").hides("Công ty TNHH Mẫu An Phát");
        assert_eq!(wall.header("refresh"), "30");
        mai.moves("", "").await.goes_on();
        mai.opens("/mot-cua?hop=da-tra").await.says("Công ty TNHH Mẫu An Phát");
        mai.dossier().await.says("Hồ sơ đã kết thúc: Đã trả kết quả.").says("1/KQ-2026");
        for (deed, times) in
            [("dossier.received", 1), ("dossier.moved", 6), ("dossier.signed", 1), ("dossier.returned", 1)]
        {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
        assert!(world.done("dossier.read").await > 5, "the reading of whose it is stands in the journal");
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_at_the_counter_is_said_at_once_and_nothing_is_lost() {
    journey(async |world| {
        with_procedure(&world).await;
        let mai = world.person("mai");
        mai.opens("/mot-cua/tiep-nhan").await.says("Thủ tục").hides("Thành phần hồ sơ");
        mai.goes("/mot-cua/tiep-nhan?thu_tuc=9.999999").await.refuses("Chọn thủ tục đang có hiệu lực");
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-lai").await.says("Không thu phí.");
        let form =
            page.form("/mot-cua/tiep-nhan").with("dien_thoai", "12345").with("ngay_sinh", "1850").unticks("giay_don");
        let again = form.with("dia_chi", "Thôn Mẫu").sent_by(&mai).await;
        let again = again
            .refuses("Nhập tên chủ hồ sơ.")
            .says("Số điện thoại có 10 chữ số")
            .says("chỉ biết năm thì ghi 1985")
            .says("Thiếu “Đơn đề nghị”");
        let form = again.form("/mot-cua/tiep-nhan");
        assert_eq!(form.value("dia_chi"), "Thôn Mẫu", "what was typed stays");
        let fixed =
            form.with("ten", "Hồ").with("dien_thoai", "0905 123 456").with("ngay_sinh", "1985").ticks("giay_don", "1");
        fixed.sent_by(&mai).await.goes_on();
        // A receipt from the future, or from long ago.
        let back = |at: &'static str, why: &'static str| {
            let mai = world.person("mai");
            async move {
                let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129").await;
                page.form("/mot-cua/tiep-nhan")
                    .with("ten", "Nguyễn Văn Mẫu")
                    .with("luc_nhan", at)
                    .with("ly_do_lui", why)
                    .sent_by(&mai)
                    .await
            }
        };
        back("25/11/2026 09:00", "x").await.refuses("Lúc nhận không thể sau lúc này.");
        back("01/11/2026 09:00", "x").await.refuses("Chỉ ghi lùi lúc nhận tối đa 5 ngày.");
        back("23/11/2026 09:00", "").await.refuses("Ghi lý do lúc nhận sớm hơn");
        back("hôm-qua", "x").await.refuses("Ghi ngày và giờ như 24/11/2026 15:30.");
        back("23/11/2026 09:00", "Nhận qua bưu chính").await.goes_on();
    })
    .await;
}

#[tokio::test]
async fn a_supplement_stops_the_clock_and_is_asked_for_once() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam, minh) = (world.person("mai"), world.person("nam"), world.person("minh"));
        mai.takes_in("Nguyễn Thị Mẫu").await.goes_on();
        mai.moves("0|", "").await.goes_on();
        let ask = async |who: &Person, wanted: &str| {
            let form = who.dossier().await.form(&who.world.address("/mot-cua/ho-so/{dossier}/bo-sung"));
            form.ticks("giay", "don").with("can_don", wanted).with("ly_do", "Thiếu trang ký").sent_by(who).await
        };
        world.turns_to("2026-11-26");
        ask(&nam, "").await.refuses("Ghi rõ người dân phải làm gì với “Đơn đề nghị”.");
        ask(&nam, "Nộp lại đơn có chữ ký").await.goes_on();
        mai.opens("/mot-cua?hop=tam-dung").await.says("Nguyễn Thị Mẫu");
        nam.goes("/mot-cua/ho-so/{dossier}").await.says("Tạm dừng từ").hides("Hạn trả 17 giờ");
        // Four working days later it comes: the day of the pause and that of the resumption do not count.
        world.turns_to("2026-12-02");
        let supply = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/nhan-bo-sung"));
        supply.attach("tep_don", "don-moi.pdf", PDF).sent_by(&mai).await.goes_on();
        // Received on the 25th (a day off before): none of the five days had run. 3, 4, 7, 8 and 9 December.
        mai.dossier().await.says("Hạn trả 17 giờ 30, 09/12/2026").says("don-moi.pdf").says("Chưa xem");
        ask(&nam, "Nộp lại lần nữa").await.refuses("Chỉ được yêu cầu bổ sung một lần");
        ask(&minh, "Nộp lại lần nữa").await.goes_on();
    })
    .await;
}

#[tokio::test]
async fn a_dossier_ends_in_other_ways_and_its_date_is_put_off_once() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam, minh) = (world.person("mai"), world.person("nam"), world.person("minh"));
        let reason = async |who: &Person, door: &str, why: &str| {
            let form = who.dossier().await.form(&who.world.address(door));
            form.with("ly_do", why).sent_by(who).await
        };
        mai.takes_in("Người Mẫu Một").await.goes_on();
        reason(&mai, "/mot-cua/ho-so/{dossier}/rut", "").await.refuses("Ghi đề nghị của người nộp");
        reason(&mai, "/mot-cua/ho-so/{dossier}/rut", "Đơn ngày 24/11/2026").await.goes_on();
        mai.opens("/mot-cua?hop=da-rut").await.says("Người Mẫu Một");
        mai.takes_in("Người Mẫu Hai").await.goes_on();
        reason(&mai, "/mot-cua/ho-so/{dossier}/tu-choi", "Không thuộc thẩm quyền").await.goes_on();
        mai.dossier().await.says("Hồ sơ đã kết thúc: Từ chối.");
        mai.takes_in("Người Mẫu Ba").await.goes_on();
        // A wrong moment of receipt is corrected, and the receipt says it.
        let form = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/sua-luc-nhan"));
        form.with("luc_nhan", "23/11/2026 10:00").with("ly_do_lui", "Gõ nhầm ngày").sent_by(&mai).await.goes_on();
        mai.dossier().await.says("Nhận lúc 10 giờ 00, 23/11/2026").says("Hạn trả 17 giờ 30, 01/12/2026");
        mai.moves("0|", "").await.goes_on();
        // The step is taken back by whoever did it, while nobody has gone on.
        let undo = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/rut-buoc"));
        undo.sent_by(&mai).await.goes_on();
        mai.moves("0|", "").await.goes_on();
        nam.sends("/mot-cua/ho-so/{dossier}/rut-buoc", &[("version", "5")]).await.refuses("không rút lại được");
        let extend = async |days: &str| {
            let form = minh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/xin-loi"));
            form.with("so_ngay", days).with("ly_do", "Chờ ý kiến").sent_by(&minh).await
        };
        extend("90").await.refuses("từ 1 đến 60 ngày");
        extend("2").await.goes_on();
        minh.dossier().await.says("Hạn trả 17 giờ 30, 03/12/2026").says("Hẹn trả trên giấy hẹn 17 giờ 30, 01/12/2026");
        extend("2").await.refuses("Chỉ được hẹn lại ngày trả một lần.");
    })
    .await;
}

#[tokio::test]
async fn a_fee_is_taken_once_and_two_clerks_at_one_dossier_are_told() {
    journey(async |world| {
        with_procedure(&world).await;
        let mai = world.person("mai");
        let page = mai.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129").await;
        let answer =
            page.form("/mot-cua/tiep-nhan").with("ten", "Người Mẫu").unticks("da_thu").sent_by(&mai).await.goes_on();
        world.name("dossier", answer.place().split('/').next_back().unwrap().split('?').next().unwrap());
        mai.moves("0|", "").await.refuses("phí, lệ phí đã nộp");
        let page = mai.dossier().await;
        let (first, second) = (
            page.form(&world.address("/mot-cua/ho-so/{dossier}/phi")),
            page.form(&world.address("/mot-cua/ho-so/{dossier}/phi")),
        );
        first.sent_by(&mai).await.goes_on();
        second.sent_by(&mai).await.is(409).says("vừa được người khác xử lý");
        mai.dossier().await.says("biên lai 0000001");
        mai.opens("/mot-cua/ho-so/{dossier}").await;
        let file = mai.takes_in("Người Mẫu Khác").await.goes_on();
        assert!(file.place().contains("/mot-cua/ho-so/"));
        let link = mai.dossier().await.link(&world.address("/mot-cua/ho-so/{dossier}/tep/"));
        let opened = mai.opens(&link).await;
        assert_eq!(opened.bytes, PDF);
        mai.goes("/mot-cua/ho-so/{dossier}/tep/00000000-0000-0000-0000-000000000000").await.is(404);
        let judge = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tham-dinh"));
        judge.with("dat_don", "0").with("loi_don", "Thiếu chữ ký").sent_by(&mai).await.goes_on();
        mai.dossier().await.says("Chưa đạt").says("Thiếu chữ ký");
    })
    .await;
}

#[tokio::test]
async fn a_supplement_that_never_comes_ends_the_dossier() {
    journey(async |world| {
        with_procedure(&world).await;
        world.turns_to("2026-11-25");
        let (mai, nam, binh) = (world.person("mai"), world.person("nam"), world.person("binh"));
        mai.takes_in("Người Mẫu").await.goes_on();
        mai.moves("0|", "").await.goes_on();
        nam.moves("0|", "").await.goes_on();
        let give = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        give.with("giao_cho", &world.id("binh")).sent_by(&nam).await.goes_on();
        // The process gives thirty days where nobody names a last one.
        let form = binh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/bo-sung"));
        form.ticks("giay", "don")
            .with("can_don", "Ký tên")
            .with("ly_do", "Thiếu chữ ký")
            .sent_by(&binh)
            .await
            .goes_on();
        mai.dossier().await.says("chờ bổ sung đến hết ngày 25/12/2026");
        world.turns_to("2026-12-25");
        world.works().await;
        mai.dossier().await.says("chờ bổ sung");
        world.turns_to("2026-12-26");
        world.works().await;
        mai.dossier().await.says("Dừng giải quyết do quá hạn bổ sung").says("Hết hạn bổ sung");
        mai.moves("", "").await.goes_on();
        mai.dossier().await.says("Hồ sơ đã kết thúc: Dừng giải quyết.");
        assert_eq!(world.done("dossier.lapsed").await, 1);
    })
    .await;
}

/// The certificate of a test, and the root that gave it.
pub fn certificate() -> [(&'static str, String); 3] {
    let keys = concat!(env!("CARGO_MANIFEST_DIR"), "/../kit/sign/tests/keys");
    [
        ("signing.key", format!("{keys}/signer.p12")),
        ("signing.passphrase", "mat-khau".to_owned()),
        ("signing.roots", format!("{keys}/root.pem")),
    ]
}

#[tokio::test]
async fn a_result_is_signed_in_its_file_and_anybody_can_check_it() {
    journey_with(&certificate(), async |world| {
        with_procedure(&world).await;
        let (mai, nam, binh, minh) =
            (world.person("mai"), world.person("nam"), world.person("binh"), world.person("minh"));
        mai.takes_in("Công ty TNHH Mẫu An Phát").await.goes_on();
        let paper = mai.opens("/mot-cua/ho-so/{dossier}/giay-hen").await.bytes;
        mai.moves("0|", "").await.goes_on();
        nam.moves("0|", "").await.goes_on();
        let give = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        give.with("giao_cho", &world.id("binh")).sent_by(&nam).await.goes_on();
        let drafts = async |name: &str, content: &[u8]| {
            let form = binh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/du-thao"));
            form.with("ten_ket_qua", name).attach("tep", "giay-chung-nhan.pdf", content).sent_by(&binh).await
        };
        // What could not be signed later is not taken; a draft that was wrong is taken away again.
        drafts("Giấy chứng nhận", b"%PDF-1.4 hong").await.refuses("chỉ ký số được tệp PDF còn nguyên vẹn");
        drafts("Bản nhầm", &paper).await.goes_on();
        const DROP: &str = "/mot-cua/ho-so/{dossier}/bo-du-thao";
        binh.dossier().await.form(&world.address(DROP)).sent_by(&binh).await.goes_on();
        binh.dossier().await.hides("giay-chung-nhan.pdf");
        drafts("Giấy chứng nhận", &paper).await.goes_on();
        binh.moves("0|", "Đủ điều kiện").await.goes_on();
        nam.moves("0|", "Đồng ý").await.goes_on();
        minh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/ky")).sent_by(&minh).await.goes_on();
        minh.dossier().await.says("giay-chung-nhan.pdf");
        let mut conn = world.db().read().await.unwrap();
        let id = dossier::store::results(&mut conn, world.id("dossier").parse().unwrap()).await.unwrap()[0].id;
        drop(conn);
        let page = world.stranger().opens(&format!("/xac-minh/{id}")).await;
        page.says("Chữ ký số hợp lệ").hides("giay-chung-nhan.pdf");
    })
    .await;
}
