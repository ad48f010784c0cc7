//! Phản ánh, kiến nghị: said without an account, passed on, answered, seen by its code and secret.

use crate::page::Page;
use crate::world::{World, journey};

/// Says something of Sở Công Thương, and gives its code and secret.
async fn said(world: &World, about: &str) -> (String, String) {
    let guest = world.stranger();
    let page = guest.opens("/phan-anh?ho_so=H50.12-1").await;
    let form = page.form("/phan-anh").with("loai", "act").with("co_quan", &world.id("sct")).with("noi_dung", about);
    assert_eq!(form.value("ho_so"), "H50.12-1");
    let page = form.with("ten", "Trần Thị Mẫu").with("dien_thoai", "0905 123 456").sent_by(&guest).await.is(200);
    let between = |page: &Page, before: &str, after: &str| page.between(before, after).trim().to_owned();
    let text = page.text();
    let code = text.split("Mã phản ánh ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let secret = text.split("Mã tra cứu ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert!(code.starts_with("PA-20261124-") && secret.len() == 8, "{}", between(&page, "<main", "</main>"));
    (code, secret)
}

async fn followed(world: &World, code: &str, secret: &str) -> Page {
    let guest = world.stranger();
    let page = guest.opens(&format!("/phan-anh/tra-cuu?ma={code}")).await;
    page.form("/phan-anh/tra-cuu").with("ma_tra_cuu", secret).sent_by(&guest).await
}

#[tokio::test]
async fn feedback_is_received_passed_on_and_answered() {
    journey(async |world| {
        let guest = world.stranger();
        let again = guest.opens("/phan-anh").await.form("/phan-anh").with("noi_dung", "Chờ lâu").sent_by(&guest).await;
        let again = again.refuses("Chọn loại: phản ánh hay kiến nghị.").says("Chọn cơ quan mà bạn phản ánh");
        assert_eq!(again.form("/phan-anh").value("noi_dung"), "Chờ lâu", "what was typed stays");
        let (code, secret) = said(&world, "Chờ ba giờ không ai gọi tên").await;
        let (lan, minh, yen, binh) =
            (world.person("lan"), world.person("minh"), world.person("yen"), world.person("binh"));
        // Said on a day off, so on the 25th: fifteen working days from the 26th on end on Wednesday 16/12.
        lan.opens("/thong-bao").await.says("Có phản ánh, kiến nghị");
        lan.opens("/mot-cua/phan-anh").await.says(&code).says("16/12/2026 17:30");
        yen.opens("/mot-cua/phan-anh").await.hides(&code);
        binh.goes("/mot-cua/phan-anh").await.is(403);
        let place = lan.opens("/mot-cua/phan-anh").await.link("/mot-cua/phan-anh/0");
        world.name("feedback", place.rsplit('/').next().unwrap());
        yen.goes("/mot-cua/phan-anh/{feedback}").await.is(404);
        let page = lan
            .opens("/mot-cua/phan-anh/{feedback}")
            .await
            .says("Trần Thị Mẫu")
            .says("0905123456")
            .says("/mot-cua?tim=H50.12-1");
        let pass = page.form(&world.address("/mot-cua/phan-anh/{feedback}/chuyen"));
        pass.clone().sent_by(&lan).await.refuses("Chọn cơ quan khác để chuyển đến.").says("Ghi lý do chuyển.");
        let pass = pass.with("chuyen_den", &world.id("snv")).with("ly_do_chuyen", "Thuộc một cửa của Sở Nội vụ");
        pass.sent_by(&lan).await.leads("/mot-cua/phan-anh");
        lan.goes("/mot-cua/phan-anh/{feedback}").await.is(404);
        minh.opens("/mot-cua/phan-anh").await.hides(&code);
        let answer = yen.opens("/mot-cua/phan-anh/{feedback}").await.says("Chuyển Sở Nội vụ");
        let form = answer.form(&world.address("/mot-cua/phan-anh/{feedback}/tra-loi"));
        form.clone().sent_by(&yen).await.refuses("Ghi nội dung trả lời.");
        followed(&world, &code, &secret).await.says("Chờ trả lời").says("Sở Nội vụ").hides("Trần Thị Mẫu");
        // Two who answer: the second is told.
        form.clone().with("tra_loi", "Đã rút kinh nghiệm, xin lỗi ông/bà").sent_by(&yen).await.goes_on();
        form.with("tra_loi", "Trả lời khác").sent_by(&yen).await.is(409).says("vừa được người khác xử lý");
        followed(&world, &code, &secret).await.says("Đã rút kinh nghiệm, xin lỗi ông/bà");
        yen.opens("/mot-cua/phan-anh?hop=answered&xuat=csv").await.says("Đã rút kinh nghiệm").hides("Trần Thị Mẫu");
        for (deed, times) in [("feedback.received", 1), ("feedback.passed", 1), ("feedback.answered", 1)] {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
        assert!(world.done("feedback.read").await >= 4, "who read whose it is stands in the journal");
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_not_guessed() {
    journey(async |world| {
        let (code, secret) = said(&world, "Việc mẫu").await;
        followed(&world, "PA-20261124-9999", &secret).await.refuses("Mã phản ánh hoặc mã tra cứu không đúng.");
        for _ in 0..10 {
            followed(&world, &code, "00000000").await.refuses("Mã phản ánh hoặc mã tra cứu không đúng.");
        }
        followed(&world, &code, &secret).await.refuses("Nhập sai quá nhiều lần.");
        world.turns_to("2026-11-25");
        followed(&world, &code, &secret).await.says("Việc mẫu");
    })
    .await;
}
