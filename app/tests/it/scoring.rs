//! A department fills its card: saving, what is refused, two people at once, sending.

use crate::page::Page;
use crate::world::journey;

#[tokio::test]
async fn a_department_answers_and_its_head_sends() {
    journey(async |world| {
        let (lan, minh) = (world.person("lan"), world.person("minh"));
        let card = lan.opens("/chi-so/dot/{round}/phieu/{sct}").await;
        card.says("Tự chấm").says("đến hết ngày 10/12/2026, còn 17 ngày").says("Đã kết luận 0/5").says("MẪU");
        lan.answers("1.2", &[("part", "17"), ("whole", "20")])
            .await
            .leads(&world.address("/chi-so/dot/{round}/phieu/{sct}?mo=1.2"));
        lan.opens("/chi-so/dot/{round}/phieu/{sct}")
            .await
            .says("Đã lưu.")
            .says("3,4")
            .says("Thiếu TLKC")
            .says("Tự chấm 3,40 / 20,00");
        lan.opens("/chi-so/dot/{round}/phieu/{sct}?hien=con-thieu&linh_vuc=2")
            .await
            .hides("Mức độ hoàn thành kế hoạch");
        // What is forgotten is listed, and nothing is sent.
        minh.sends_card()
            .await
            .refuses("Còn 5 chỗ chưa xong")
            .says("1.2 Mức độ hoàn thành kế hoạch : chưa có tài liệu kiểm chứng");
        lan.opens("/chi-so/dot/{round}/phieu/{sct}/gui").await.says("Lãnh đạo đơn vị là người gửi phiếu");
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/gui", &[]).await.forbids("Chỉ lãnh đạo đơn vị gửi được phiếu");
        world.sct_answers().await;
        minh.opens("/chi-so/dot/{round}/phieu/{sct}/gui").await.says("14,90").says("Mọi tiêu chí đã có trả lời");
        let page = minh.opens("/chi-so/dot/{round}/phieu/{sct}/gui").await;
        let form = page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/gui"));
        // A double click: the same form twice, sent once.
        form.sent_by(&minh).await.goes_on();
        form.sent_by(&minh).await.leads(&world.address("/chi-so/dot/{round}/phieu/{sct}"));
        assert_eq!(world.done("index.submitted").await, 1);
        lan.opens("/chi-so/dot/{round}/phieu/{sct}").await.says("Phiếu đã gửi").says("Xin mở lại");
        // Sent is closed, whoever knocks.
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/o/1.2", &[("version", "1"), ("part", "20"), ("whole", "20")])
            .await
            .refuses("Phiếu đã gửi nên không sửa được");
        let report = minh.opens("/chi-so/dot/{round}/phieu/{sct}/bao-cao?kieu=pdf").await;
        assert!(report.bytes.starts_with(b"%PDF"));
        let book = minh.opens("/chi-so/dot/{round}/phieu/{sct}/tai?kieu=xlsx").await;
        assert!(book.bytes.starts_with(b"PK"));
    })
    .await;
}

/// Without script the page comes again: its summary leads to the box in the drawer, which is open around it.
#[tokio::test]
async fn a_reason_that_is_missing_is_refused_at_its_box_in_the_drawer() {
    journey(async |world| {
        let lan = world.person("lan");
        let page = lan.asks_off("1.2", " ").await.refuses("Hãy ghi vì sao tiêu chí không áp dụng");
        leads_to_its_box(&page, "excused_why-1.2");
        let html = page.html();
        let opened = html.split("<details").find(|part| part.contains("id=\"excused_why-1.2\"")).unwrap();
        assert!(opened.starts_with(" class=\"more\" open"), "the box is in sight: {opened}");
        // Somebody else has written in between.
        let drawer = lan.drawer("1.2").await;
        let action = world.address("/chi-so/dot/{round}/phieu/{sct}/giai-thich/1.2");
        world.person("minh").notes("1.2", "Theo báo cáo quý.").await.goes_on();
        let page = drawer.form(&action).with("note", "Theo báo cáo năm.").sent_by(&lan).await.is(409);
        leads_to_its_box(&page, "note-1.2");
        page.says("Theo báo cáo quý.").says("Theo báo cáo năm.");
    })
    .await;
}

#[track_caller]
fn leads_to_its_box(page: &Page, id: &str) {
    let html = page.html();
    assert!(html.contains(&format!("href=\"#{id}\"")), "the summary leads to {id}: {html}");
    assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "one box has it: {html}");
    assert!(html.contains(&format!("aria-describedby=\"{id}-")), "the box is told with its reason: {html}");
}

#[tokio::test]
async fn more_than_the_whole_is_refused_at_the_box_with_what_was_typed() {
    journey(async |world| {
        let lan = world.person("lan");
        let page = lan.answers("1.2", &[("part", "21"), ("whole", "20")]).await.refuses("lớn hơn");
        let drawer = page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/o/1.2"));
        assert_eq!((drawer.value("part"), drawer.value("whole")), ("21", "20"));
        let cell = page.cell(&world.address("/chi-so/dot/{round}/phieu/{sct}/o/1.2"));
        assert_eq!((cell.value("part"), cell.value("whole")), ("21", "20"));
        assert!(page.html().contains("href=\"#d-1.2\""), "the summary leads to the box");
        // Mended where it stands, it is taken.
        drawer.with("part", "20").sent_by(&lan).await.goes_on();
        let page = lan.answers("1.2", &[("part", "mười"), ("whole", "20")]).await.is(422);
        assert_eq!(page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/o/1.2")).value("part"), "mười");
        let page =
            lan.answers("1.2", &[("part", "12.5"), ("whole", "20")]).await.refuses("Dùng dấu phẩy cho phần thập phân");
        page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/o/1.2"));
        assert_eq!(world.done("index.answered").await, 1);
    })
    .await;
}

#[tokio::test]
async fn two_people_at_one_cell_see_both_values_and_choose() {
    journey(async |world| {
        let (lan, minh) = (world.person("lan"), world.person("minh"));
        let cell = "/chi-so/dot/{round}/phieu/{sct}/o/1.2";
        let old = minh.opens("/chi-so/dot/{round}/phieu/{sct}").await.cell(&world.address(cell));
        lan.answers("1.2", &[("part", "17"), ("whole", "20")]).await.goes_on();
        let late = old.filled(&[("part", "18"), ("whole", "20")]);
        // The script gets the cell with both; without script the whole page comes back with both.
        late.scripted_by(&minh)
            .await
            .is(409)
            .says("Trần Thị Lan lưu lúc 09:00")
            .says("17/20")
            .says("Bạn nhập: 18/20")
            .hides("<html");
        let both = late.sent_by(&minh).await.is(409).says("Trần Thị Lan lưu lúc 09:00").says("17/20").says("18/20");
        let cell_again = both.cell(&world.address(cell));
        assert_eq!(cell_again.value("part"), "18");
        cell_again.clone().with("keep", "theirs").sent_by(&minh).await.goes_on();
        lan.opens("/chi-so/dot/{round}/phieu/{sct}").await.says("3,4");
        cell_again.with("keep", "mine").sent_by(&minh).await.goes_on();
        lan.opens("/chi-so/dot/{round}/phieu/{sct}").await.says("3,6");
        assert_eq!(world.done("index.answered").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_save_sent_twice_is_one_save_and_an_old_form_is_not_taken() {
    journey(async |world| {
        let lan = world.person("lan");
        let form = lan.drawer("1.2").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/o/1.2"));
        let form = form.filled(&[("part", "17"), ("whole", "20")]);
        form.sent_by(&lan).await.goes_on();
        form.sent_by(&lan).await.goes_on();
        assert_eq!(world.done("index.answered").await, 1);
        form.clone().with("part", "5").sent_by(&lan).await.is(409);
        form.with("csrf", "của phiên khác").sent_by(&lan).await.forbids("Hãy tải lại trang");
        // A document sent twice is there once.
        let form = lan.drawer("1.1").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/tlkc/1.1"));
        let form = form.filled(&[
            ("number", "12/KH-SCT"),
            ("issuer", "Sở Công Thương"),
            ("place", "trang 1"),
            ("link", "https://vanban.example/12"),
        ]);
        form.sent_by(&lan).await.goes_on();
        form.sent_by(&lan).await.goes_on();
        assert_eq!(world.done("index.proved").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_specialist_answers_what_is_given_to_their_office() {
    journey(async |world| {
        let (lan, binh) = (world.person("lan"), world.person("binh"));
        binh.answers("2.1", &[("case-0", "0"), ("case-1", "0")]).await.goes_on();
        let give = lan.drawer("2.1").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/phan-cong"));
        give.with("to", &format!("account:{}", world.id("minh"))).sent_by(&lan).await.goes_on();
        binh.drawer("2.1").await.says("Tiêu chí này được giao cho phòng hoặc người khác");
        binh.sends("/chi-so/dot/{round}/phieu/{sct}/o/2.1", &[("version", "1"), ("case-0", "3")])
            .await
            .forbids("Hãy hỏi đầu mối CCHC");
        let give = lan.drawer("2.1").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/phan-cong"));
        give.with("to", &format!("unit:{}", world.id("sct-phong"))).sent_by(&lan).await.goes_on();
        binh.answers("2.1", &[("case-0", "1"), ("case-1", "0")]).await.goes_on();
        binh.opens("/chi-so/dot/{round}/phieu/{sct}?hien=cua-toi")
            .await
            .says("Thực hiện chế độ báo cáo")
            .hides("Công khai thủ tục");
        binh.sends("/chi-so/dot/{round}/phieu/{sct}/phan-cong", &[("code", "1.1"), ("to", "none")]).await.is(403);
        // What nobody types may be refreshed by the coordinator only.
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/lay-so-lieu", &[]).await.goes_on();
        binh.sends("/chi-so/dot/{round}/phieu/{sct}/lay-so-lieu", &[]).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_ones_own_says_so() {
    journey(async |world| {
        let (lan, yen) = (world.person("lan"), world.person("yen"));
        yen.goes("/chi-so/dot/{round}/phieu/{sct}").await.forbids("Phiếu này không thuộc đơn vị của bạn");
        yen.sends("/chi-so/dot/{round}/phieu/{sct}/o/1.1", &[("version", "0"), ("yes", "1")]).await.is(403);
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/o/2.3", &[("version", "0"), ("answer-0", "30")])
            .await
            .refuses("Điểm của tiêu chí này lấy từ kết quả điều tra xã hội học");
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/o/1", &[("version", "0")])
            .await
            .refuses("Hãy chấm từng tiêu chí thành phần");
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/o/9.9", &[("version", "0")]).await.refuses("không có tiêu chí 9.9");
        lan.goes("/chi-so/dot/{sct}/phieu/{sct}").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_closed_phase_is_said_in_words_and_opens_again_with_a_reason() {
    journey(async |world| {
        let (lan, quan) = (world.person("lan"), world.person("quan"));
        lan.answers("1.1", &[("yes", "1")]).await.goes_on();
        lan.goes("/chi-so/dot/{round}/phieu/{sct}/mo-lai").await.is(200);
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/mo-lai", &[("reason", "Quên")])
            .await
            .refuses("Phiếu đang mở, bạn sửa được ngay");
        world.turns_to("2026-12-11");
        lan.opens("/chi-so/dot/{round}/phieu/{sct}?mo=1.2")
            .await
            .says("Đã hết thời hạn tự chấm (đóng từ ngày 11/12/2026)");
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/o/1.2", &[("version", "0"), ("part", "1"), ("whole", "2")])
            .await
            .refuses("Đơn vị có thể xin mở lại, kèm lý do");
        let ask = lan
            .opens("/chi-so/dot/{round}/phieu/{sct}/mo-lai")
            .await
            .form(&world.address("/chi-so/dot/{round}/phieu/{sct}/mo-lai"));
        ask.clone().with("reason", " ").sent_by(&lan).await.refuses("Hãy ghi lý do xin mở lại phiếu");
        ask.with("reason", "Số liệu tháng 11 được điều chỉnh.").sent_by(&lan).await.goes_on();
        let page = quan.opens("/chi-so/dot/{round}/phieu/{sct}/mo-lai").await.says("Số liệu tháng 11 được điều chỉnh.");
        let request = page.between("/mo-lai/", "\"");
        world.name("request", request);
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/mo-lai/{request}", &[("until", "15/12/2026")]).await.is(403);
        let grant = page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/mo-lai/{request}"));
        grant.with("until", "15/12/2026").sent_by(&quan).await.goes_on();
        lan.opens("/chi-so/dot/{round}/phieu/{sct}/mo-lai").await.says("Được mở đến hết ngày 15/12/2026");
        lan.answers("1.2", &[("part", "1"), ("whole", "2")]).await.goes_on();
        world.turns_to("2026-12-16");
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/o/1.2", &[("version", "1"), ("part", "2"), ("whole", "2")])
            .await
            .is(422);
    })
    .await;
}

#[tokio::test]
async fn a_sent_card_opens_again_with_a_reason_until_the_council_has_concluded() {
    journey(async |world| {
        let (lan, minh, hoa) = (world.person("lan"), world.person("minh"), world.person("hoa"));
        world.both_send().await;
        world.survey_comes().await;
        let ask = async |reason: &str| {
            let page = lan.opens("/chi-so/dot/{round}/phieu/{sct}/mo-lai").await;
            page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/mo-lai"))
                .with("reason", reason)
                .sent_by(&lan)
                .await
                .goes_on();
            let page = hoa.opens("/chi-so/dot/{round}/phieu/{sct}/mo-lai").await.says(reason);
            world.name("request", page.between(&world.address("/chi-so/dot/{round}/phieu/{sct}/mo-lai/"), "\""));
            page.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/mo-lai/{request}"))
        };
        let no = ask("Muốn sửa lại.").await;
        // A request is of its own card.
        hoa.sends("/chi-so/dot/{round}/phieu/{snv}/mo-lai/{request}", &[("until", "12/12/2026")]).await.is(404);
        no.press("no").sent_by(&hoa).await.goes_on();
        lan.opens("/chi-so/dot/{round}/phieu/{sct}/mo-lai").await.says("Không đồng ý");
        ask("Báo cáo năm vừa điều chỉnh.").await.with("until", "12/12/2026").sent_by(&hoa).await.goes_on();
        lan.answers("1.2", &[("part", "18"), ("whole", "20")]).await.goes_on();
        minh.sends_card().await.goes_on();
        assert_eq!(world.done("index.submitted").await, 3);
        hoa.opens("/chi-so/dot/{round}/phieu/{sct}").await.says("Phiếu đã gửi").says("3,6");

        world.all_is_agreed().await;
        let late = ask("Còn một chỗ nữa.").await;
        world.turns_to("2027-01-10");
        hoa.concludes("sct").await.goes_on();
        let form = late
            .with("until", "20/01/2027")
            .with("csrf", &hoa.opens("/").await.between("name=\"csrf\" value=\"", "\""));
        form.sent_by(&hoa).await.refuses("hoặc phiếu đã kết luận");
    })
    .await;
}
