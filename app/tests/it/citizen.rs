//! The citizen's side of một cửa, on one browser without an account: hand in, follow, supplement, receive, rate.

use crate::counter::{with_form, with_procedure};
use crate::deeds::PDF;
use crate::page::Page;
use crate::person::Person;
use crate::world::journey;

impl Person {
    /// Begins a dossier online, and names its draft `draft`.
    pub async fn begins_online(&self, case: &str) {
        let page = self.opens("/dich-vu-cong/1.005129/nop").await.says("Bạn không cần tài khoản");
        let form = page.form("/dich-vu-cong/1.005129/nop").with("truong_hop", case);
        let answer = form.sent_by(self).await.goes_on();
        self.world.name("draft", answer.place().split('/').next_back().unwrap());
    }

    async fn fills(&self, door: &str, boxes: &[(&str, &str)]) -> Page {
        self.opens(door).await.form(&self.world.address(door)).filled(boxes).sent_by(self).await
    }

    async fn sends_paper(&self, door: &str, name: &str, content: &[u8]) -> Page {
        let form = self.opens(door).await.form(&self.world.address(door));
        form.attach("tep", name, content).sent_by(self).await
    }

    /// Hands a whole dossier in; names it, and gives its secret.
    async fn hands_in(&self, owner: &str) -> String {
        self.begins_online("cap-lai").await;
        self.fills_the_rest(owner).await;
        self.sends_it().await
    }

    /// Everything but the form.
    pub async fn fills_the_rest(&self, owner: &str) {
        self.fills("/nop-ho-so/{draft}/nguoi-nop", &[("ten", owner), ("dien_thoai", "0905123456")]).await.goes_on();
        for door in ["/nop-ho-so/{draft}/giay-to/don", "/nop-ho-so/{draft}/giay-to/dkkd"] {
            self.sends_paper(door, "giay.pdf", PDF).await.goes_on();
        }
        self.fills("/nop-ho-so/{draft}/nhan-ket-qua", &[("tra", "online")]).await.goes_on();
    }

    /// Corrects what was handed in: opened by the owner's telephone, refused where it is not whole, kept where it is.
    async fn corrects_the_form(&self) {
        const FORM: &str = "/tra-cuu/{code}/to-khai";
        self.opens("/tra-cuu/{code}").await.says("Sửa tờ khai đã nộp");
        let asks = || async { self.opens(FORM).await.hides("Cửa hàng Mẫu").form(&self.world.address(FORM)) };
        asks().await.with("so", "0905999999").sent_by(self).await.refuses("không phải số giấy tờ hay số điện thoại");
        let page = asks().await.with("so", "0905 123 456").sent_by(self).await.is(200).says("Cửa hàng Mẫu số 7");
        let form = page.form(&self.world.address(FORM)).with("to_khai.cua_hang.ten_cua_hang", "");
        let page = form.with("lam", "luu").sent_by(self).await.is(422);
        let form = page.form(&self.world.address(FORM)).with("to_khai.cua_hang.ten_cua_hang", "Cửa hàng Mẫu số 8");
        form.with("lam", "luu").sent_by(self).await.goes_on();
        self.world.stranger().goes(FORM).await.leads("/tra-cuu?ma=");
    }

    pub async fn sends_it(&self) -> String {
        let form =
            self.opens("/nop-ho-so/{draft}/kiem-tra").await.form(&self.world.address("/nop-ho-so/{draft}/kiem-tra"));
        let done = form.ticks("cam_doan", "1").sent_by(self).await.is(200).says("Đã nộp hồ sơ");
        let code = done.between("<p>Mã hồ sơ</p><strong>", "</strong>");
        self.world.name("code", code);
        done.between("<p>Mã tra cứu</p><strong>", "</strong>")
    }
}

#[tokio::test]
async fn a_citizen_hands_in_online_and_follows_to_the_result() {
    journey(async |world| {
        with_procedure(&world).await;
        world.turns_to("2026-11-25");
        let citizen = world.stranger();
        let secret = citizen.hands_in("Nguyễn Văn Mẫu Hùng").await;
        // The browser that handed it in follows it; names are masked, another browser is asked for the secret.
        citizen.opens("/tra-cuu/{code}").await.says("Nguyễn V. M. H.").hides("Mẫu Hùng").says("Chờ tiếp nhận");
        let other = world.stranger();
        other.goes("/tra-cuu/{code}").await.leads("/tra-cuu?ma=");
        let code = world.id("code");
        let ask = async |who: &Person, secret: &str| {
            let form = who.opens("/tra-cuu").await.form("/tra-cuu");
            form.with("ma", &code).with("ma_tra_cuu", secret).sent_by(who).await
        };
        ask(&other, "00000000").await.refuses("Mã hồ sơ hoặc mã tra cứu không đúng.");
        ask(&other, &secret).await.goes_on();
        other.opens("/tra-cuu/{code}").await.says("Nguyễn V. M. H.");
        // The clerk finds it in the inbox: to be received within eight working hours.
        let mai = world.person("mai");
        let inbox = mai.opens("/mot-cua?hop=cho-tiep-nhan").await.says("Nguyễn Văn Mẫu Hùng");
        let link = inbox.link("/mot-cua/ho-so/");
        world.name("dossier", link.split('/').next_back().unwrap());
        mai.dossier()
            .await
            .says("Phải tiếp nhận hoặc yêu cầu bổ sung trong 8 giờ làm việc")
            .says("Hạn trả 09 giờ 00, 26/11/2026");
        // A correction before the receipt stops nothing: the legal time has not begun.
        let form = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/bo-sung"));
        form.ticks("giay", "don")
            .with("can_don", "Ký tên vào đơn")
            .with("ly_do", "Thiếu chữ ký")
            .sent_by(&mai)
            .await
            .goes_on();
        let form = citizen
            .opens("/tra-cuu/{code}")
            .await
            .says("Chờ bạn bổ sung")
            .says("Ký tên vào đơn")
            .form(&world.address("/tra-cuu/{code}/bo-sung"));
        form.sent_by(&citizen).await.refuses("Chọn ít nhất một tệp để bổ sung.");
        let form = citizen.opens("/tra-cuu/{code}").await.form(&world.address("/tra-cuu/{code}/bo-sung"));
        form.attach("tep_don", "don-da-ky.pdf", PDF).sent_by(&citizen).await.goes_on();
        citizen.opens("/tra-cuu/{code}").await.hides("Chờ bạn bổ sung");
        world.turns_to("2026-11-26");
        let accept = || async {
            let form = mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tiep-nhan"));
            form.sent_by(&mai).await
        };
        let version =
            mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tiep-nhan")).value("version").to_owned();
        accept().await.goes_on();
        // Another clerk with the page open is told.
        mai.sends("/mot-cua/ho-so/{dossier}/tiep-nhan", &[("version", &version)]).await.is(409);
        // Received on Thursday 26/11, five working days: Thursday 3/12.
        mai.dossier().await.says("Hạn trả 17 giờ 30, 03/12/2026").says("số 1 trong sổ");
        mai.moves("1|", "").await.goes_on();
        let (binh, nam, minh, van) =
            (world.person("binh"), world.person("nam"), world.person("minh"), world.person("van"));
        nam.dossier()
            .await
            .form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"))
            .with("giao_cho", &world.id("binh"))
            .sent_by(&nam)
            .await
            .goes_on();
        let draft = binh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/du-thao"));
        draft.attach("tep", "ket-qua.pdf", PDF).sent_by(&binh).await.goes_on();
        binh.moves("0|", "Đạt").await.goes_on();
        nam.moves("0|", "Đồng ý").await.goes_on();
        minh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/ky")).sent_by(&minh).await.goes_on();
        minh.moves("0|", "").await.goes_on();
        van.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/vao-so")).sent_by(&van).await.goes_on();
        van.moves("0|", "").await.goes_on();
        // The day after, the browser is asked for the secret again: others may sit at it.
        citizen.goes("/tra-cuu/{code}").await.leads("/tra-cuu?ma=");
        ask(&citizen, &secret).await.goes_on();
        citizen.opens("/tra-cuu/{code}").await.says("Chờ trả kết quả").hides("Tải ket-qua.pdf");
        mai.moves("", "").await.goes_on();
        let page = citizen.opens("/tra-cuu/{code}").await.says("Đã trả kết quả").says("Tải ket-qua.pdf");
        let file = citizen.opens(&page.link(&world.address("/tra-cuu/{code}/ket-qua/"))).await;
        assert_eq!(file.bytes, PDF);
        let verify = page.link("/xac-minh/");
        world.name("result", verify.split('/').next_back().unwrap());
        world.stranger().opens("/xac-minh/{result}").await.says("1/KQ-2026").says("SHA-256").hides("Mẫu Hùng");
        world.stranger().goes("/tra-cuu/{code}/ket-qua/00000000-0000-0000-0000-000000000000").await.is(404);
        let rate = page.form(&world.address("/tra-cuu/{code}/danh-gia"));
        rate.with("cau_chung", "5").sent_by(&citizen).await.refuses("Chọn mức từ 1 đến 5 cho mỗi câu.");
        let all = [("cau_thoi-gian", "5"), ("cau_thai-do", "4"), ("cau_huong-dan", "5"), ("cau_chung", "5")];
        page.form(&world.address("/tra-cuu/{code}/danh-gia")).filled(&all).sent_by(&citizen).await.goes_on();
        citizen.opens("/tra-cuu/{code}").await.says("Bạn đã đánh giá hồ sơ này.");
        assert_eq!(world.done("dossier.rated").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_for_its_browser_and_nothing_is_handed_in_half() {
    journey(async |world| {
        with_procedure(&world).await;
        let citizen = world.stranger();
        citizen.goes("/dich-vu-cong/9.9/nop").await.is(404);
        citizen.begins_online("cap-lai").await;
        citizen.opens("/nop-ho-so/{draft}").await.says("Mã nháp").says("Chưa thể làm");
        world.stranger().goes("/nop-ho-so/{draft}").await.is(404);
        let page = citizen
            .fills("/nop-ho-so/{draft}/nguoi-nop", &[("ten", ""), ("ngay_sinh", "31/02/2000"), ("dia_chi", "Thôn Mẫu")])
            .await;
        let page = page.refuses("Nhập tên chủ hồ sơ.").says("Nhập số điện thoại").says("chỉ biết năm");
        assert_eq!(page.form(&world.address("/nop-ho-so/{draft}/nguoi-nop")).value("dia_chi"), "Thôn Mẫu");
        citizen.fills("/nop-ho-so/{draft}/nguoi-nop", &[("ten", "Hồ"), ("dien_thoai", "0905 123 456")]).await.goes_on();
        // At the counter the clerk opens it by its code.
        let code =
            citizen.opens("/nop-ho-so/{draft}").await.between("<p>Mã nháp <strong>", "</strong>").replace(' ', "");
        let mai = world.person("mai");
        let begun = mai.opens(&format!("/mot-cua/tiep-nhan?nhap={code}")).await;
        let form = begun.form("/mot-cua/tiep-nhan");
        assert_eq!((form.value("ten"), form.value("dien_thoai")), ("Hồ", "0905123456"));
        mai.goes("/mot-cua/tiep-nhan?nhap=000000").await.refuses("đã nộp hoặc đã hết hạn");
        citizen.sends_paper("/nop-ho-so/{draft}/giay-to/don", "don.pdf", b"").await.refuses("don.pdf");
        citizen.sends_paper("/nop-ho-so/{draft}/giay-to/don", "don.exe", b"MZ\x90\x00").await.refuses("don.exe");
        citizen.sends_paper("/nop-ho-so/{draft}/giay-to/don", "don.pdf", PDF).await.goes_on();
        citizen.goes("/nop-ho-so/{draft}/giay-to/khong-co").await.is(404);
        let form = citizen
            .opens("/nop-ho-so/{draft}/giay-to/don")
            .await
            .says("Đã nhận")
            .form(&world.address("/nop-ho-so/{draft}/bo-tep"));
        form.sent_by(&citizen).await.goes_on();
        let check =
            citizen.opens("/nop-ho-so/{draft}/kiem-tra").await.form(&world.address("/nop-ho-so/{draft}/kiem-tra"));
        check
            .sent_by(&citizen)
            .await
            .refuses("Thiếu “Đơn đề nghị”")
            .says("Chọn cách nhận kết quả.")
            .says("Đánh dấu cam đoan");
        assert_eq!(world.done("dossier.submitted").await, 0);
        // Once handed in, the draft is gone: a double click hands in nothing more.
        let other = world.stranger();
        other.hands_in("Trần Thị Mẫu").await;
        other.sends("/nop-ho-so/{draft}/kiem-tra", &[("cam_doan", "1")]).await.refuses("đã nộp hoặc đã hết hạn");
        assert_eq!(world.done("dossier.submitted").await, 1);
        // The secret is guarded against guessing.
        let code = world.id("code");
        let guess = async || {
            let form = world.stranger().opens("/tra-cuu").await.form("/tra-cuu");
            form.with("ma", &code).with("ma_tra_cuu", "11111111").sent_by(&world.stranger()).await
        };
        for _ in 0..10 {
            guess().await.refuses("Mã hồ sơ hoặc mã tra cứu không đúng.");
        }
        guess().await.refuses("Nhập sai quá nhiều lần.");
    })
    .await;
}

/// The boxes of the form, whole; what is written into them is what people write.
const DECLARED: &[(&str, &str)] = &[
    ("to_khai.doanh_nghiep.ten", "Công ty TNHH Mẫu Bến Hải"),
    ("to_khai.doanh_nghiep.ma_so_thue", "0100109106"),
    ("to_khai.doanh_nghiep.tru_so", "Thôn Mẫu, xã Cửa Việt"),
    ("to_khai.doanh_nghiep.hinh_thuc", "so_huu"),
    ("to_khai.cua_hang.ten_cua_hang", "Cửa hàng Mẫu số 7"),
    ("to_khai.cua_hang.dia_chi", "Thôn Mẫu"),
    ("to_khai.cua_hang.xa", "cua_viet"),
    ("to_khai.cua_hang.dien_tich", "1.250,5"),
    ("to_khai.so_be", "1"),
];

#[tokio::test]
async fn a_form_is_filled_in_online_and_read_in_the_office() {
    journey(async |world| {
        with_procedure(&world).await;
        with_form(&world).await;
        world.turns_to("2026-11-25");
        const FORM: &str = "/nop-ho-so/{draft}/to-khai";
        let citizen = world.stranger();
        citizen.begins_online("cap-moi").await;
        citizen.opens("/nop-ho-so/{draft}").await.says("Tờ khai");
        let fills = async |boxes: &[(&str, &str)], press: &str| {
            let form = citizen.opens(FORM).await.form(&world.address(FORM)).filled(boxes);
            form.with("lam", press).sent_by(&citizen).await
        };
        // What cannot be read is refused at its box, and everything is kept as it was typed.
        let page = fills(&[("to_khai.cua_hang.dien_tich", "rộng"), ("to_khai.so_be", "2")], "luu").await;
        let page = page.refuses("rộng").says("Tên doanh nghiệp");
        let form = page.form(&world.address(FORM));
        assert_eq!((form.value("to_khai.cua_hang.dien_tich"), form.value("to_khai.so_be")), ("rộng", "2"));
        // Two tanks were named: they are asked for; a case of another kind asks for the old certificate.
        page.says("Dung tích bể số 2 (m³)").hides("Số giấy chứng nhận");
        fills(&[("to_khai.truong_hop", "cap_lai")], "xem").await.is(200).says("Số giấy chứng nhận");
        fills(&[("to_khai.truong_hop", "cap_moi")], "them:nhan_vien").await.is(200).says("Họ và tên");
        // Said to be done, it is refused until it is; so is the dossier.
        let page = fills(DECLARED, "luu").await.refuses("Chọn “Mặt hàng bán”.").is(422);
        page.says("chỉ có 1 dòng, đang điền 2: bỏ bớt dòng");
        citizen.opens("/nop-ho-so/{draft}").await.says("Chưa thể làm");
        let ticked = citizen.opens(FORM).await.form(&world.address(FORM)).ticks("to_khai.cua_hang.mat_hang", "ron95");
        let ticked = ticked.ticks("to_khai.cam_ket", "OK");
        ticked.with("lam", "bo:be[2]").sent_by(&citizen).await.is(200);
        fills(&[], "bo:nhan_vien[1]").await.is(200);
        let rows = [
            ("to_khai.be[1].chua_gi", "ron95"),
            ("to_khai.be[1].dung_tich", "25,5"),
            ("to_khai.nhan_vien[1].ho_ten", "Nguyễn Thị Mẫu"),
            ("to_khai.nhan_vien[1].ngay_sinh", "5/9/1990"),
            ("to_khai.nhan_vien[1].da_huan_luyen", "khong"),
        ];
        fills(&rows, "luu").await.goes_on();
        citizen.fills_the_rest("Công ty TNHH Mẫu Bến Hải").await;
        citizen.opens("/nop-ho-so/{draft}/kiem-tra").await.says("Cửa hàng thuộc sở hữu").says("1250,5");
        citizen.sends_it().await;
        // The clerk reads the answers, each under its question, in the words of its choice.
        let mai = world.person("mai");
        let id = mai.opens("/mot-cua?hop=cho-tiep-nhan").await.link("/mot-cua/ho-so/");
        let page = mai.opens(&id).await.says("Tờ khai").says("Cửa hàng Mẫu số 7").says("Xã Cửa Việt");
        page.says("Dung tích bể số 1 (m³)").says("25,5");
        // What the citizen declared is theirs.
        mai.opens(&id).await.hides("Sửa tờ khai");
        mai.goes(&format!("{id}/to-khai")).await.refuses("Người nộp đã tự kê khai");
        world.name("dossier", id.split('/').next_back().unwrap());
        citizen.corrects_the_form().await;
        let page = mai.dossier().await.says("Cửa hàng Mẫu số 8").says("Trước khi người nộp sửa");
        // What was handed in at first stays.
        page.says("Cửa hàng Mẫu số 7");
        mai.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tiep-nhan")).sent_by(&mai).await.goes_on();
        citizen.opens("/tra-cuu/{code}").await.hides("Sửa tờ khai đã nộp");
        citizen.goes("/tra-cuu/{code}/to-khai").await.refuses("Tờ khai chỉ sửa được khi");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_finished_at_the_counter_with_its_form_and_its_files() {
    journey(async |world| {
        with_procedure(&world).await;
        with_form(&world).await;
        const DRAFT: &str = "/nop-ho-so/{draft}/to-khai";
        const FORM: &str = "/mot-cua/ho-so/{dossier}/to-khai";
        let citizen = world.stranger();
        citizen.begins_online("cap-moi").await;
        let begun = citizen.opens(DRAFT).await.form(&world.address(DRAFT)).filled(&DECLARED[..4]);
        begun.with("lam", "xem").sent_by(&citizen).await.is(200);
        citizen.sends_paper("/nop-ho-so/{draft}/giay-to/don", "don-cua-toi.pdf", PDF).await.goes_on();
        let page = citizen.opens("/nop-ho-so/{draft}").await;
        let code = page.between("<p>Mã nháp <strong>", "</strong>").replace(' ', "");
        let mai = world.person("mai");
        let page = mai.opens(&format!("/mot-cua/tiep-nhan?nhap={code}")).await.says("Từ bản nháp của người dân");
        // What was not sent is asked for at the counter.
        let form = page.form("/mot-cua/tiep-nhan").with("ten", "Công ty TNHH Mẫu Bến Hải");
        form.sent_by(&mai).await.refuses("Bản sao Giấy chứng nhận đăng ký kinh doanh");
        let form = page.form("/mot-cua/tiep-nhan").with("ten", "Công ty TNHH Mẫu Bến Hải");
        let done = form.ticks("giay_dkkd", "1").sent_by(&mai).await.goes_on();
        let place = done.place();
        world.name("dossier", place.split('/').next_back().unwrap().split('?').next().unwrap());
        mai.dossier().await.says("Công ty TNHH Mẫu Bến Hải").says("0100109106").says("don-cua-toi.pdf");
        citizen.goes("/nop-ho-so/{draft}").await.refuses("đã nộp hoặc đã hết hạn");
        // The clerk types the rest from paper. Nothing is kept before it is whole, and nothing typed is lost.
        let fills = async |boxes: &[(&str, &str)], press: &str| {
            let form = mai.opens(FORM).await.form(&world.address(FORM)).filled(boxes);
            let form = form.ticks("to_khai.cua_hang.mat_hang", "ron95").ticks("to_khai.cam_ket", "OK");
            form.with("lam", press).sent_by(&mai).await
        };
        let page = fills(DECLARED, "luu").await.refuses("Nhập “Dung tích bể số 1 (m³)”.").is(422);
        assert_eq!(page.form(&world.address(FORM)).value("to_khai.cua_hang.ten_cua_hang"), "Cửa hàng Mẫu số 7");
        mai.dossier().await.hides("Cửa hàng Mẫu số 7");
        let rows = [
            ("to_khai.be[1].chua_gi", "ron95"),
            ("to_khai.be[1].dung_tich", "25,5"),
            ("to_khai.nhan_vien[1].ho_ten", "Nguyễn Thị Mẫu"),
            ("to_khai.nhan_vien[1].ngay_sinh", "5/9/1990"),
            ("to_khai.nhan_vien[1].da_huan_luyen", "khong"),
        ];
        page.form(&world.address(FORM)).filled(&rows).with("lam", "luu").sent_by(&mai).await.goes_on();
        mai.dossier().await.says("Sửa tờ khai").says("Cửa hàng Mẫu số 7").says("25,5");
        // Two people at one form: the second is told.
        let stale = page.form(&world.address(FORM)).filled(&rows).with("lam", "luu").sent_by(&mai).await.is(409);
        let again = stale.says("vừa được người khác xử lý").form(&world.address(FORM));
        assert_eq!(again.value("to_khai.be[1].dung_tich"), "25,5");
        again.with("lam", "luu").sent_by(&mai).await.goes_on();
        world.person("tam").goes(FORM).await.is(404);
        mai.moves("0|", "").await.goes_on();
    })
    .await;
}

#[tokio::test]
async fn two_windows_of_one_draft_lose_nothing_of_each_other() {
    journey(async |world| {
        with_procedure(&world).await;
        let citizen = world.stranger();
        citizen.begins_online("cap-lai").await;
        let (people, back) = ("/nop-ho-so/{draft}/nguoi-nop", "/nop-ho-so/{draft}/nhan-ket-qua");
        let form = citizen.opens(people).await.form(&world.address(people)).with("ten", "Hồ");
        let ways = citizen.opens(back).await.form(&world.address(back));
        for (turn, way) in (10..30).zip(["online", "post", "counter"].iter().cycle()) {
            let phone = format!("09051234{turn}");
            let (one, other) = (form.clone().with("dien_thoai", &phone), ways.clone().with("tra", way));
            let (one, other) = tokio::join!(one.sent_by(&citizen), other.sent_by(&citizen));
            one.goes_on();
            other.goes_on();
            let kept = citizen.opens(people).await.form(&world.address(people));
            let chosen = citizen.opens(back).await.form(&world.address(back));
            assert_eq!((kept.value("dien_thoai"), chosen.value("tra")), (phone.as_str(), *way));
        }
    })
    .await;
}
