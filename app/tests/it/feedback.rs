//! Phản ánh, kiến nghị: said without an account, given to somebody, passed on, answered, seen by its code and secret, read by
//! everybody once the head says so.

use crate::deeds::PDF;
use crate::page::Page;
use crate::person::Person;
use crate::world::{World, journey};
use feedback::actions;
use feedback::model::{Kind, NewFeedback, Sender};

/// The form as somebody fills it who takes their time, about Sở Công Thương.
async fn form(world: &World, guest: &Person, about: &str) -> crate::form::Form {
    let page = guest.opens("/phan-anh?ho_so=H50.12-1").await;
    world.waits(5);
    let form = page.form("/phan-anh").with("loai", "act").with("co_quan", &world.id("sct")).with("noi_dung", about);
    assert_eq!(form.value("ho_so"), "H50.12-1");
    form.with("ten", "Trần Thị Mẫu").with("dien_thoai", "0905 123 456")
}

/// The code and the secret of a page that confirms.
fn told(page: &Page) -> (String, String) {
    let text = page.text();
    let word = |after: &str| text.split(after).nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let (code, secret) = (word("Mã phản ánh "), word("Mã tra cứu "));
    assert!(code.starts_with("PA-20261124-") && secret.len() == 8, "{text}");
    (code, secret)
}

/// Says something of Sở Công Thương, and gives its code and secret; those who answer know it as `feedback`.
pub async fn said(world: &World, about: &str) -> (String, String) {
    let guest = world.stranger();
    let (code, secret) = told(&form(world, &guest, about).await.sent_by(&guest).await.is(200));
    let mut conn = world.db().read().await.unwrap();
    let one = feedback::store::by_code(&mut conn, &code).await.unwrap().unwrap();
    world.name("feedback", one.id);
    (code, secret)
}

async fn followed(world: &World, code: &str, secret: &str) -> Page {
    let guest = world.stranger();
    let page = guest.opens(&format!("/phan-anh/tra-cuu?ma={code}")).await;
    page.form("/phan-anh/tra-cuu").with("ma_tra_cuu", secret).sent_by(&guest).await
}

impl Person {
    /// The form of a verb on the page of the feedback.
    async fn feedback(&self, verb: &str) -> crate::form::Form {
        let page = self.opens("/mot-cua/phan-anh/{feedback}").await;
        page.form(&self.world.address(&format!("/mot-cua/phan-anh/{{feedback}}/{verb}")))
    }
}

#[tokio::test]
async fn feedback_is_received_passed_on_and_answered() {
    journey(async |world| {
        let guest = world.stranger();
        let page = guest.opens("/phan-anh").await;
        world.waits(5);
        let again = page.form("/phan-anh").with("noi_dung", "Chờ lâu").sent_by(&guest).await;
        let again = again.refuses("Chọn loại: phản ánh hay kiến nghị.").says("Chọn cơ quan mà bạn phản ánh");
        assert_eq!(again.form("/phan-anh").value("noi_dung"), "Chờ lâu", "what was typed stays");
        let (code, secret) = said(&world, "Chờ ba giờ không ai gọi tên").await;
        let (lan, minh, yen, binh) =
            (world.person("lan"), world.person("minh"), world.person("yen"), world.person("binh"));
        // Said on a day off, so on the 25th: fifteen working days from the 26th on end on Wednesday 16/12.
        lan.opens("/thong-bao").await.says("Có phản ánh, kiến nghị");
        lan.opens("/mot-cua/phan-anh").await.says(&code).says("16/12/2026 17:30").says("Chưa phân công");
        yen.opens("/mot-cua/phan-anh").await.hides(&code);
        binh.opens("/mot-cua/phan-anh").await.hides(&code);
        world.person("hoa").goes("/mot-cua/phan-anh").await.is(403);
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
        yen.opens("/mot-cua/phan-anh/{feedback}").await.says("Chuyển Sở Nội vụ");
        let form = yen.feedback("tra-loi").await;
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
async fn files_come_with_a_feedback_and_with_its_answer() {
    journey(async |world| {
        let guest = world.stranger();
        // One that is no PDF: the other is kept while the form is sent again, with a line of receipt.
        let sent = form(&world, &guest, "Sàn trơn").await.attach("tep", "anh.pdf", PDF);
        let again = sent.attach("tep", "gia.pdf", b"MZ\x90\x00").sent_by(&guest).await.is(422).says("gia.pdf");
        let again = again.says("anh.pdf").says("đã nhận");
        let done = again.form("/phan-anh").sent_by(&guest).await.is(200).says("Tệp đã nhận").says("anh.pdf");
        let (code, secret) = told(&done);
        // A mark of another page is none of this one's.
        let forged = again.form("/phan-anh").with("luc_mo", "1.x");
        forged.sent_by(&guest).await.refuses("Trang này mở đã quá lâu");
        let mut conn = world.db().read().await.unwrap();
        let one = feedback::store::by_code(&mut conn, &code).await.unwrap().unwrap();
        drop(conn);
        world.name("feedback", one.id);
        let (mai, yen) = (world.person("mai"), world.person("yen"));
        let page = mai.opens("/mot-cua/phan-anh/{feedback}").await.says("anh.pdf");
        let place = page.link(&world.address("/mot-cua/phan-anh/{feedback}/tep/"));
        world.name("file", place.rsplit('/').next().unwrap());
        let reads = world.done("feedback.read").await;
        assert_eq!(mai.opens("/mot-cua/phan-anh/{feedback}/tep/{file}").await.bytes, PDF);
        assert_eq!(world.done("feedback.read").await, reads + 1);
        yen.goes("/mot-cua/phan-anh/{feedback}/tep/{file}").await.is(404);
        let answer = mai.feedback("tra-loi").await.with("tra_loi", "Đã lau khô");
        answer.clone().attach("tep", "x.exe", b"MZ\x90\x00").sent_by(&mai).await.is(422).says("x.exe");
        answer.attach("tep", "bien-ban.pdf", PDF).sent_by(&mai).await.goes_on();
        let page = followed(&world, &code, &secret).await.says("Đã lau khô").says("bien-ban.pdf");
        let file = page.form("/phan-anh/tra-cuu/tep");
        assert_eq!(file.clone().sent_by(&guest).await.is(200).bytes, PDF);
        file.with("ma_tra_cuu", "00000000").sent_by(&guest).await.refuses("Mã phản ánh hoặc mã tra cứu không đúng.");
    })
    .await;
}

#[tokio::test]
async fn a_clerk_gives_it_to_a_specialist_and_everybody_reads_what_the_head_approves() {
    journey(async |world| {
        let (code, secret) = said(&world, "Bà Trần Thị Mẫu chờ ba giờ").await;
        let (mai, binh, minh, nam) =
            (world.person("mai"), world.person("binh"), world.person("minh"), world.person("nam"));
        let form = mai.feedback("phan-cong").await;
        form.clone().sent_by(&mai).await.refuses("Chọn phòng hoặc người của cơ quan để giao.");
        form.clone().with("giao_cho", &world.id("snv")).sent_by(&mai).await.refuses("Chọn phòng hoặc người");
        form.with("giao_cho", &world.id("sct-phong")).sent_by(&mai).await.goes_on();
        binh.opens("/mot-cua/phan-anh").await.says(&code).says("Phòng KH");
        let hand_over = world.address("{sct-phong}/{binh}");
        let form = nam.feedback("phan-cong").await.with("giao_cho", &hand_over).with("loi_giao", "Xem camera");
        form.sent_by(&nam).await.goes_on();
        binh.opens("/thong-bao").await.says("Bạn được giao trả lời phản ánh");
        mai.opens("/mot-cua/phan-anh").await.says("Phạm Văn Bình, Phòng KH");
        let held = world.id("binh");
        mai.opens(&format!("/mot-cua/phan-anh?noi={held}")).await.says(&code);
        mai.opens("/mot-cua/phan-anh?noi=-").await.says("Hộp này không có phản ánh");
        mai.opens("/mot-cua/phan-anh?tim=ba+gio&loai=act").await.says(&code);
        mai.opens("/mot-cua/phan-anh?tim=ba+gio&loai=rule").await.hides(&code);
        let page = binh.opens("/mot-cua/phan-anh/{feedback}").await.says("Xem camera").hides("Chuyển cơ quan khác");
        binh.sends("/mot-cua/phan-anh/{feedback}/phan-cong", &[]).await.is(403);
        let form = page.form(&world.address("/mot-cua/phan-anh/{feedback}/tra-loi"));
        form.with("tra_loi", "Xin lỗi bà Mẫu, từ nay có thêm quầy").sent_by(&binh).await.goes_on();
        followed(&world, &code, &secret).await.says("từ nay có thêm quầy");
        // Everybody reads a text of its own, without persons, once the head has said so.
        let guest = world.stranger();
        guest.opens("/phan-anh/cong-khai").await.says("Không có trả lời nào.");
        let propose = binh.feedback("cong-khai").await;
        let again = propose.clone().sent_by(&binh).await.refuses("Nội dung công khai còn họ tên người gửi");
        let text = [("hoi", "Vì sao chờ ba giờ?"), ("dap", "Từ nay có thêm quầy.")];
        again.form(&propose.action).filled(&text).sent_by(&binh).await.goes_on();
        guest.opens("/phan-anh/cong-khai").await.hides("thêm quầy");
        binh.sends("/mot-cua/phan-anh/{feedback}/duyet", &[("version", "1")]).await.is(403);
        let form = nam.feedback("cong-khai").await;
        let version = form.value("version").to_owned();
        let fields = [("version", version.as_str()), ("viec", "duyet")];
        nam.sends("/mot-cua/phan-anh/{feedback}/duyet", &fields).await.refuses("do lãnh đạo cơ quan duyệt");
        minh.opens("/mot-cua/phan-anh?hop=asked").await.says(&code);
        minh.feedback("duyet").await.press("viec").sent_by(&minh).await.goes_on();
        world.name("code", &code);
        guest.opens("/phan-anh/cong-khai?tim=them+quay").await.says("Vì sao chờ ba giờ?");
        guest.opens("/phan-anh/cong-khai?tim=camera").await.hides("Vì sao");
        guest.opens("/phan-anh/cong-khai/{code}").await.says("Từ nay có thêm quầy.").hides("Mẫu,").hides("Bình");
        minh.feedback("duyet").await.press("viec").sent_by(&minh).await.goes_on();
        guest.goes("/phan-anh/cong-khai/{code}").await.is(404);
        for (deed, times) in [("feedback.assigned", 2), ("feedback.published", 1), ("feedback.unpublished", 1)] {
            assert_eq!(world.done(deed).await, times, "{deed}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_number_opens_its_list_and_the_index_gets_its_facts() {
    journey(async |world| {
        let (code, _) = said(&world, "Chờ lâu").await;
        let (late, _) = said(&world, "Thái độ chưa tốt").await;
        world.turns_to("2026-12-21");
        let (lan, yen, quan) = (world.person("lan"), world.person("yen"), world.person("quan"));
        lan.opens("/mot-cua/phan-anh?hop=late").await.says(&code).says(&late);
        let page = lan.opens("/mot-cua/phan-anh/thong-ke?tu=01/11/2026&den=31/12/2026").await.says("Sở Công Thương");
        let overdue = page.link("/mot-cua/phan-anh/thong-ke/danh-sach?so=overdue");
        lan.opens(&overdue).await.says(&code).says(&late).hides("Trần Thị Mẫu");
        lan.feedback("tra-loi").await.with("tra_loi", "Xin lỗi").sent_by(&lan).await.goes_on();
        let page = lan.opens("/mot-cua/phan-anh/thong-ke?tu=01/11/2026&den=31/12/2026&theo=loai").await;
        let answered = page.link("/mot-cua/phan-anh/thong-ke/danh-sach?so=late");
        lan.opens(&answered).await.says(&late).hides(&code);
        lan.opens(&format!("{answered}&xuat=csv")).await.says(&late);
        lan.opens("/mot-cua/phan-anh/thong-ke?tu=01/11/2026&xuat=csv").await.says("Tổng số");
        lan.goes("/mot-cua/phan-anh/thong-ke?tu=31/12/2026&den=01/12/2026").await.refuses("Ngày cuối phải từ ngày đầu");
        yen.opens("/mot-cua/phan-anh/thong-ke?tu=01/11/2026").await.says("Không có phản ánh, kiến nghị nào");
        // The province sees numbers and codes, and opens none.
        quan.opens("/mot-cua/phan-anh/thong-ke?tu=01/11/2026").await.says("Sở Công Thương");
        quan.opens("/mot-cua/phan-anh/thong-ke/danh-sach?so=whole&tu=01/11/2026").await.says(&code);
        quan.goes("/mot-cua/phan-anh/{feedback}").await.is(403);
        let scope = world.program();
        assert!(actions::record_facts(world.db(), &scope).await.unwrap() >= 4);
        assert_eq!(
            actions::record_facts(world.db(), &scope).await.unwrap(),
            0,
            "the same number is not recorded twice"
        );
        let sct = world.id("sct").parse().unwrap();
        let mut conn = world.db().read().await.unwrap();
        let (from, to) = fact::reporting_year("2026-12-01".parse().unwrap());
        let mut values = Vec::new();
        for what in ["feedback.received", "petition.due", "petition.on_time"] {
            let fact = fact::of(&mut conn, sct, what, from, to).await.unwrap().unwrap();
            values.push(fact.value.to_string());
        }
        // Of the year that ended on 14/12: neither was due yet.
        assert_eq!(values, ["2", "0", "0"]);
    })
    .await;
}

#[tokio::test]
async fn machines_are_told_from_people_without_asking_anything_of_them() {
    journey(async |world| {
        let guest = world.stranger();
        let page = guest.opens("/phan-anh").await;
        let filled = page.form("/phan-anh").with("loai", "act").with("co_quan", &world.id("sct"));
        let filled = filled.with("noi_dung", "Việc mẫu");
        let again = filled.clone().sent_by(&guest).await.refuses("Biểu mẫu được gửi ngay khi vừa mở.");
        assert_eq!(again.form("/phan-anh").value("noi_dung"), "Việc mẫu", "what was typed stays");
        world.waits(5);
        let again = filled.clone().with("trang_web", "http://").sent_by(&guest).await.refuses("Một ô ẩn của trang");
        assert_eq!(again.form("/phan-anh").value("trang_web"), "", "the box is empty again");
        filled.with("luc_mo", "").sent_by(&guest).await.refuses("Trang này mở đã quá lâu");
        // A whole office behind one address may send twenty in an hour; the address is forgotten after it.
        let seal = actions::seal(&world.site()).await.unwrap();
        let say = async |address: &str| {
            let site = world.site();
            let opened = feedback::rules::opened(&seal, site.now() - jiff::SignedDuration::from_secs(5));
            let sender = Sender { address: address.to_owned(), opened, trap: String::new() };
            let agency = Some(world.id("sct").parse().unwrap());
            let new =
                NewFeedback { kind: Some(Kind::Act), agency, said: "Việc mẫu".into(), ..NewFeedback::default() };
            actions::say(&site, new, Vec::new(), &sender).await.map(drop).map_err(|no| no.say())
        };
        for _ in 0..20 {
            say("192.0.2.1").await.unwrap();
        }
        assert!(say("192.0.2.1").await.unwrap_err().contains("Từ địa chỉ mạng này"));
        say("192.0.2.2").await.unwrap();
        world.waits(3601);
        say("192.0.2.1").await.unwrap();
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
