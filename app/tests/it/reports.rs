//! Chế độ báo cáo: a month's report is opened, entered by an office, returned cell by cell, corrected, approved, added up by the
//! department, approved and numbered.

use crate::form::Form;
use crate::page::Page;
use crate::person::Person;
use crate::world::{World, journey};
use lopdf::Document;
use report::model::ReportId;

pub const FORM: &str = "cong-thuong-thang";

/// Publishes the regimes that come with the program, and opens December's report of Sở Công Thương, from its office.
pub async fn opened(world: &World) {
    let mut tx = world.db().begin().await.unwrap();
    report::actions::load_embedded(&mut tx, &world.program()).await.unwrap();
    tx.commit().await.unwrap();
    let lan = world.person("lan");
    let page = lan.opens("/bao-cao/mo?che_do=cong-thuong-thang").await.says("Phòng Kế hoạch Sở Công Thương");
    let board = page.form("/bao-cao/mo").with("ky", "2026-12").sent_by(&lan).await.leads("/bao-cao/dot/");
    let round = board.place().rsplit('/').next().unwrap().to_owned();
    world.name("round", &round);
    let mut conn = world.db().read().await.unwrap();
    for one in report::store::of_round(&mut conn, round.parse().unwrap()).await.unwrap() {
        world.name(if one.gathers() { "total" } else { "part" }, one.id);
    }
}

/// The place of a figure in the sheet: by row, in the column of what is planned or was done.
pub async fn place(world: &World, row: &str, column: &str) -> usize {
    let id: ReportId = world.id("total").parse().unwrap();
    let mut conn = world.db().read().await.unwrap();
    let one = report::store::find(&mut conn, id).await.unwrap().unwrap();
    let round = report::store::round(&mut conn, one.round).await.unwrap().unwrap();
    let ready = report::actions::ready(&mut conn, round.regime, round.indicators).await.unwrap();
    let form = &ready.forms[0];
    let row = form.rows.iter().position(|line| line.code == row).unwrap();
    let column = form.columns.iter().position(|one| one.code == column).unwrap();
    match form.cell(row, column) {
        indicator::form::Cell::Takes(place) => place,
        other => panic!("no figure is taken there: {other:?}"),
    }
}

impl Person {
    /// The form of one cell of a report, as its page has it.
    pub async fn cell(&self, report: &str, row: &str, column: &str) -> Form {
        let place = place(&self.world, row, column).await;
        let page = self.opens(&format!("/bao-cao/{{{report}}}")).await;
        page.cell(&self.world.address(&format!("/bao-cao/{{{report}}}/o/{FORM}/{place}")))
    }

    /// Enters figures one by one, as the script of the grid does.
    async fn enters(&self, report: &str, figures: &[(&str, &str, &str)]) {
        for (row, column, text) in figures {
            self.cell(report, row, column).await.with("so", text).scripted_by(self).await.is(200);
        }
    }

    /// Writes something where the outline's text has no figure yet.
    pub async fn fills_gaps(&self, report: &str) {
        let page = self.opens(&format!("/bao-cao/{{{report}}}?phan=loi-van")).await;
        let html = page.html();
        let begin = self.world.address(&format!("/bao-cao/{{{report}}}/muc/"));
        for rest in html.split(&format!("action=\"{begin}")).skip(1) {
            let form = page.cell(&format!("{begin}{}", rest.split('"').next().unwrap()));
            let text = form.value("so").to_owned();
            if text.contains("[…]") {
                form.with("so", &text.replace("[…]", "0")).scripted_by(self).await.is(200);
            }
        }
    }

    /// Sends a form of a report's page.
    async fn does(&self, address: &str, boxes: &[(&str, &str)]) -> Page {
        let (report, _) = address.rsplit_once('/').unwrap();
        let form = self.opens(report).await.form(&self.world.address(address));
        form.filled(boxes).sent_by(self).await
    }
}

const FIGURES: &[(&str, &str, &str)] = &[
    ("1", "kh", "1.200"),
    ("1", "th", "1.250,5"),
    ("2", "th", "104,25"),
    ("4", "kh", "16"),
    ("4", "th", "16"),
    ("5", "kh", "2.500"),
    ("5", "th", "2.640,5"),
    ("5.1", "th", "2.008,2"),
    ("5.2", "th", "301,4"),
    ("5.3", "th", "22,9"),
    ("5.4", "th", "308"),
    ("7", "kh", "30"),
    ("7", "th", "31,25"),
    ("8", "kh", "33"),
    ("8", "th", "36,90"),
    ("10", "th", "80"),
    ("11", "th", "25"),
    ("13", "th", "185000000"),
];

/// All figures, put before the head of the office.
async fn entered(world: &World) {
    let binh = world.person("binh");
    binh.enters("part", FIGURES).await;
    binh.does("/bao-cao/{part}/trinh", &[]).await.leads(&world.address("/bao-cao/{part}"));
}

#[tokio::test]
async fn a_month_is_entered_returned_cell_by_cell_corrected_and_added_up() {
    journey(async |world| {
        opened(&world).await;
        let (binh, nam, lan, minh) =
            (world.person("binh"), world.person("nam"), world.person("lan"), world.person("minh"));
        // Figures are closed on Monday 14/12; an office has two working days, the department four.
        binh.opens("/thong-bao").await.says("Cần nhập báo cáo kỳ tháng 12 năm 2026");
        binh.opens("/bao-cao").await.says("16/12/2026 17:30").says("Chưa làm");
        lan.opens("/bao-cao/dot/{round}").await.says("Phòng Kế hoạch Sở Công Thương").says("Nhắc 1 đơn vị");
        lan.opens("/bao-cao").await.says("18/12/2026 17:30");
        entered(&world).await;
        let locked = binh.opens("/bao-cao/{part}").await.says("18/18").says("không sửa được");
        assert!(Form::all(&locked.html(), &world.address(&format!("/bao-cao/{{part}}/o/{FORM}/0"))).is_empty());

        // Before the head has decided, whoever put it forward may take it back.
        binh.does("/bao-cao/{part}/rut", &[]).await.goes_on();
        binh.enters("part", &[("4", "kh", "-")]).await;
        binh.does("/bao-cao/{part}/trinh", &[]).await.refuses("Còn 1 ô trống");
        binh.enters("part", &[("4", "kh", "16")]).await;
        binh.does("/bao-cao/{part}/trinh", &[]).await.goes_on();

        // The head marks one cell and gives it back.
        let spot = format!("cell/{FORM}/{}", place(&world, "11", "th").await);
        let page = nam.opens("/bao-cao/{part}?mo=11").await;
        // Of several forms the drawer's second: what was done, after what is planned; the last is of the whole report.
        let notes = Form::all(&page.html(), &world.address("/bao-cao/{part}/ghi-chu"));
        let note = notes.into_iter().find(|note| note.value("cho") == spot).unwrap();
        note.with("loai", "returned").with("noi_dung", "Thiếu số vụ của Đội 3").sent_by(&nam).await.goes_on();
        nam.opens("/bao-cao/{part}").await.says("Trả lại (1 chỗ)");
        nam.does("/bao-cao/{part}/tra-lai", &[]).await.goes_on();
        binh.opens("/thong-bao").await.says("bị trả lại");
        binh.opens("/bao-cao/{part}").await.says("Ngô Văn Nam trả lại: Thiếu số vụ của Đội 3").says("1 chỗ bị trả lại");
        binh.does("/bao-cao/{part}/trinh", &[]).await.refuses("Còn 1 chỗ bị trả lại chưa sửa");
        binh.enters("part", &[("11", "th", "27")]).await;
        binh.does("/bao-cao/{part}/trinh", &[]).await.goes_on();
        nam.does("/bao-cao/{part}/duyet", &[]).await.goes_on();
        lan.opens("/bao-cao/dot/{round}")
            .await
            .says("Đã gửi")
            .says("Gửi đúng hạn: 1/1 (100,0")
            .says("Đã gửi đủ số liệu: 1/1");
        lan.opens("/thong-bao").await.says("đã gửi báo cáo kỳ tháng 12 năm 2026");
        lan.does("/bao-cao/{part}/nhan", &[]).await.goes_on();

        lan.does("/bao-cao/{total}/ghep", &[]).await.goes_on();
        // 27 of 80: 33,75 % is told with one digit, half away from zero.
        lan.opens("/bao-cao/{total}").await.says("2.640,5").says("33,8").says("18/18");
        // Nothing came before, so the outline has gaps: a text is not sent with one.
        lan.does("/bao-cao/{total}/trinh", &[]).await.refuses("I. SẢN XUẤT CÔNG NGHIỆP; II. HOẠT ĐỘNG THƯƠNG MẠI");
        lan.fills_gaps("total").await;
        lan.does("/bao-cao/{total}/trinh", &[]).await.goes_on();
        minh.does("/bao-cao/{total}/duyet", &[]).await.goes_on();
        let issue = [("so_vb", "312/BC-SCT"), ("ngay", "24/11/2026")];
        lan.does("/bao-cao/{total}/so-van-ban", &issue).await.goes_on();
        printed(&lan).await;
        // What was told, by unit and period, each with its report.
        let series = lan.opens("/bao-cao/chuoi?so=QL.XULY//thuc-hien").await.says("2026-12").says("Phòng Kế hoạch");
        assert_eq!(
            series.html().matches(">27</a>").count(),
            3,
            "the office's, what it adds up to, and the whole as it was sent"
        );
        let opened = lan
            .opens("/bao-cao/chuoi/o?che_do=cong-thuong-thang&so=QL.TYLE//thuc-hien&ky=2026-12&don_vi={sct}&cay=nay")
            .await;
        opened.says("Phòng Kế hoạch").says("27").says("80");
        lan.opens("/bao-cao/chuoi?so=TM.XK//ke-hoach&xuat=csv").await.says("30,00");
        world.person("yen").opens("/bao-cao/chuoi").await.says("chưa có kỳ báo cáo nào");
        let deeds = [
            ("report.opened", 1),
            ("report.asked", 4),
            ("report.returned", 1),
            ("report.sent", 2),
            ("report.issued", 1),
        ];
        for (deed, times) in deeds {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
    })
    .await;
}

/// The letter, read back.
async fn printed(lan: &Person) {
    let pdf = lan.opens("/bao-cao/{total}/in").await;
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text: String = document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    for words in
        ["312/BC-SCT", "Quảng Trị, ngày 24 tháng 11 năm 2026", "2.640,5", "36,90", "−5,65", "33,8", "185.000.000"]
    {
        assert!(text.contains(words), "the letter does not say {words}: {text}");
    }
    let docx = lan.opens("/bao-cao/{total}/in?dang=docx").await;
    assert!(docx.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn what_is_typed_wrong_says_so_and_two_people_in_one_cell_see_both() {
    journey(async |world| {
        opened(&world).await;
        let binh = world.person("binh");
        let wrong = [
            ("5", "th", "1,234.5", "Dùng dấu phẩy"),
            ("5", "th", "-3", "không được âm"),
            ("10", "th", "1,5", "chỉ nhận số nguyên"),
            ("5", "th", "2.640,55", "nhiều nhất 1 chữ số thập phân"),
            ("13", "th", "999999999999999999", "Số lớn nhất"),
        ];
        for (row, column, text, say) in wrong {
            let cell = binh.cell("part", row, column).await.with("so", text);
            let answer = cell.scripted_by(&binh).await.is(422).says(say);
            assert_eq!(answer.cell(&cell.action).value("so"), text, "what was typed stays");
            // Without script: the whole page, with the same.
            cell.clone().sent_by(&binh).await.refuses(say);
        }
        binh.opens("/bao-cao/{part}").await.says("0/18");

        // Both opened the page before either wrote.
        let (mine, theirs) = (binh.cell("part", "10", "th").await, binh.cell("part", "10", "th").await);
        theirs.with("so", "80").scripted_by(&binh).await.is(200);
        let met = mine.with("so", "90").scripted_by(&binh).await.is(409).says("80").says("90");
        // The same again is no conflict, and the other's figure may be replaced knowingly.
        let again =
            met.cell(&world.address(&format!("/bao-cao/{{part}}/o/{FORM}/{}", place(&world, "10", "th").await)));
        again.press("keep").scripted_by(&binh).await.is(200);
        assert_eq!(binh.cell("part", "10", "th").await.value("so"), "90");
        // Not half of a sum that does not add up is sent: the parts are all there and are not their whole.
        let parts =
            [("5", "th", "2.640,5"), ("5.1", "th", "1"), ("5.2", "th", "1"), ("5.3", "th", "1"), ("5.4", "th", "1")];
        binh.enters("part", &parts).await;
        binh.opens("/bao-cao/{part}?phan=kiem-tra").await.says("2.640,5 và 4,0");
        binh.does("/bao-cao/{part}/trinh", &[]).await.refuses("phải sửa trước khi trình");
    })
    .await;
}

#[tokio::test]
async fn a_report_is_seen_by_its_unit_and_the_agency_that_adds_up_and_changed_by_whom_it_was_given() {
    journey(async |world| {
        opened(&world).await;
        let (binh, lan, yen, mai) =
            (world.person("binh"), world.person("lan"), world.person("yen"), world.person("mai"));
        yen.goes("/bao-cao/{part}").await.is(404);
        yen.goes("/bao-cao/{part}/in").await.is(404);
        yen.goes("/bao-cao/dot/{round}").await.is(404);
        yen.opens("/bao-cao").await.hides("Phòng Kế hoạch");
        binh.goes("/bao-cao/{total}").await.is(200);
        // Of the department's own an office sees the figures and changes none.
        let cell = world.address(&format!("/bao-cao/{{total}}/o/{FORM}/0"));
        binh.sends(&cell, &[("so", "5"), ("version", "")]).await.refuses("do người khác nhập");
        binh.goes("/bao-cao/{part}/giao").await.is(404);
        mai.opens("/bao-cao").await;

        let page = lan.opens("/bao-cao/{part}/giao").await;
        let give = page.form(&world.address("/bao-cao/{part}/giao"));
        give.with("nguoi", &world.id("nam")).ticks("dong", "10").ticks("dong", "11").sent_by(&lan).await.goes_on();
        let page = binh.opens("/bao-cao/{part}").await.says("0/2").says("do người khác nhập");
        page.says("Số vụ kiểm tra thị trường").says("Tỷ lệ vụ kiểm tra có xử lý").hides("Kim ngạch xuất khẩu");
        binh.opens("/bao-cao/{part}?hien=het").await.says("Kim ngạch xuất khẩu");
        let nam = world.person("nam");
        // The unit's head says who enters it, not what is asked.
        let page = nam.opens("/bao-cao/{part}/giao").await;
        let give = page.form(&world.address("/bao-cao/{part}/giao"));
        give.unticks("dong").with("nguoi", &world.id("nam")).sent_by(&nam).await.refuses("do cơ quan tổng hợp giao");
        nam.enters("part", &[("10", "th", "80"), ("11", "th", "90")]).await;
        // More was handled than inspected: it blocks.
        nam.does("/bao-cao/{part}/trinh", &[]).await.refuses("nhiều hơn số vụ kiểm tra");
        let explains = [("cho", "check/xu-ly-khong-qua-kiem-tra"), ("loai", "explained"), ("noi_dung", "Vì thế")];
        nam.sends("/bao-cao/{part}/ghi-chu", &explains).await.is(422);
        nam.does("/bao-cao/{part}/trinh", &[]).await.refuses("nhiều hơn số vụ kiểm tra");
        nam.sends("/bao-cao/{part}/o/cong-thuong-thang/0", &[("so", "1"), ("version", "")])
            .await
            .refuses("không giao cho đơn vị");
        lan.does("/bao-cao/{total}/ghep", &[]).await.refuses("Chưa có đơn vị nào gửi");
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_is_opened_again_with_both_versions_kept() {
    journey(async |world| {
        opened(&world).await;
        entered(&world).await;
        let (binh, nam, lan) = (world.person("binh"), world.person("nam"), world.person("lan"));
        nam.does("/bao-cao/{part}/duyet", &[]).await.goes_on();
        lan.does("/bao-cao/{part}/mo-lai", &[]).await.refuses("Ghi lý do.");
        lan.does("/bao-cao/{part}/mo-lai", &[("ly_do", "Bổ sung số của Đội 3")]).await.goes_on();
        binh.enters("part", &[("10", "th", "84")]).await;
        // Why it was opened waits for an answer, which the change of a cell alone is not.
        binh.does("/bao-cao/{part}/trinh", &[]).await.refuses("Bổ sung số của Đội 3");
        // Answered in the form under what has happened, which is of the whole report.
        let page = binh.opens("/bao-cao/{part}").await;
        let answer = page.form(&world.address("/bao-cao/{part}/ghi-chu"));
        assert_eq!(answer.value("cho"), "");
        answer.with("noi_dung", "Đã bổ sung").sent_by(&binh).await.goes_on();
        binh.does("/bao-cao/{part}/trinh", &[]).await.goes_on();
        nam.does("/bao-cao/{part}/duyet", &[]).await.goes_on();
        nam.opens("/bao-cao/{part}").await.says("Gửi lần 1").says("Gửi lần 2, sau khi mở lại: Bổ sung số của Đội 3");
        // A page that was overtaken is told so.
        let page = lan.opens("/bao-cao/{part}").await;
        let form = page.form(&world.address("/bao-cao/{part}/nhan"));
        form.clone().sent_by(&lan).await.goes_on();
        form.sent_by(&lan).await.is(409).says("vừa được người khác xử lý");
    })
    .await;
}

#[tokio::test]
async fn words_are_written_by_section_and_figures_stand_in_them() {
    journey(async |world| {
        opened(&world).await;
        let (binh, nam, lan) = (world.person("binh"), world.person("nam"), world.person("lan"));
        let section = world.address("/bao-cao/{part}/muc/thuong-mai");
        let page = binh.opens("/bao-cao/{part}?phan=loi-van").await.says("II. HOẠT ĐỘNG THƯƠNG MẠI");
        page.cell(&section).with("so", "Hàng hoá dồi dào.").scripted_by(&binh).await.is(200);
        page.cell(&section).with("so", "Khác hẳn").scripted_by(&binh).await.is(409).says("Hàng hoá dồi dào.");
        page.cell(&section).with("so", &"a".repeat(20_001)).sent_by(&binh).await.refuses("dài quá 20000 chữ cái");
        entered(&world).await;
        nam.does("/bao-cao/{part}/duyet", &[]).await.goes_on();
        lan.does("/bao-cao/{total}/ghep", &[]).await.goes_on();
        let page = lan.opens("/bao-cao/{total}?phan=loi-van").await;
        let said = "đạt 2.640,5 tỷ đồng, so với kỳ trước tăng […]%. Xuất khẩu 31,25 triệu USD, nhập khẩu 36,90 triệu USD.\nHàng hoá dồi dào.";
        let text = page.cell(&world.address("/bao-cao/{total}/muc/thuong-mai"));
        assert!(text.value("so").ends_with(said), "{}", text.value("so"));
        // What nobody wrote is the outline's own, with the figures of now.
        page.says("giá trị sản xuất công nghiệp đạt 1.250,5 tỷ đồng");
    })
    .await;
}

#[tokio::test]
async fn a_collection_is_opened_once_for_whom_its_regime_asks() {
    journey(async |world| {
        opened(&world).await;
        let (lan, binh) = (world.person("lan"), world.person("binh"));
        let html = lan.opens("/bao-cao/che-do").await.html();
        let (before, _) = html.split_once("Báo cáo tình hình công nghiệp, thương mại tháng").unwrap();
        let (_, edition) = before.rsplit_once("/bao-cao/che-do/").unwrap();
        world.name("edition", edition.split('"').next().unwrap());
        lan.opens("/bao-cao/che-do/{edition}")
            .await
            .says("Thời gian chốt số liệu")
            .says("hết ngày 14")
            .says("4 ngày làm việc");
        let page = lan.opens("/bao-cao/mo?che_do=cong-thuong-thang").await;
        let form = page.form("/bao-cao/mo");
        form.clone().with("ky", "2026-12").sent_by(&lan).await.refuses("đã mở");
        form.clone().with("ky", "2027-02").unticks("don_vi").sent_by(&lan).await.refuses("Chọn ít nhất một đơn vị");
        form.clone().with("ky", "2026-Q4").sent_by(&lan).await.refuses("có kỳ khác: tháng");
        form.clone().with("ky", "tháng 12").sent_by(&lan).await.refuses("Chọn kỳ báo cáo");
        form.clone().with("ky", "2019-05").sent_by(&lan).await.refuses("có hiệu lực từ 05/11/2019");
        lan.sends("/bao-cao/mo", &[("che_do", "cong-thuong-thang"), ("ky", "2027-01"), ("don_vi", "{snv-phong}")])
            .await
            .refuses("không thuộc đối tượng");
        lan.sends("/bao-cao/mo", &[("che_do", "khac"), ("ky", "2027-01"), ("don_vi", "{sct-phong}")])
            .await
            .refuses("Chọn chế độ báo cáo");
        binh.goes("/bao-cao/mo").await.is(403);
        lan.sends("/bao-cao/dot/{round}/nhac", &[]).await.goes_on();
        binh.opens("/thong-bao").await.says("Nhắc gửi báo cáo kỳ tháng 12 năm 2026");
        lan.opens("/bao-cao?trang_thai=all&xuat=csv").await.says("Phòng Kế hoạch Sở Công Thương");
        lan.opens("/bao-cao/dot/{round}?xuat=xlsx").await;
        lan.opens("/bao-cao/che-do?xuat=csv").await.says("cong-thuong-thang");
    })
    .await;
}
