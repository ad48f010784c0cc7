//! The catalogue: read by everybody, kept by the administrator, from a file and on screen, published and abolished.

use crate::deeds::PDF;
use crate::page::Page;
use crate::person::Person;
use crate::world::{World, journey};
use axum::http::Method;
use serde_json::{Value, json};

/// The world with the procedures that come with the program.
async fn with_catalogue(world: &World) {
    let mut tx = world.db().begin().await.unwrap();
    catalogue::actions::load_embedded(&mut tx, &world.program()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Names what the page of a procedure is about for addresses: the edition that its workbook is of.
async fn names_edition(person: &Person, path: &str, name: &str) -> Page {
    let page = person.opens(path).await;
    let at = page.link("/thu-tuc/ban/");
    person.world.name(name, at.split('/').nth(3).unwrap());
    page
}

#[tokio::test]
async fn a_citizen_finds_a_procedure_without_marks_and_learns_what_it_asks() {
    journey(async |world| {
        let anyone = world.stranger();
        anyone.opens("/dich-vu-cong").await.says("0 thủ tục hành chính đang áp dụng");
        with_catalogue(&world).await;
        let first = anyone.opens("/dich-vu-cong").await.says("Hộ tịch").says("Theo lĩnh vực");
        assert!(first.bytes.len() < 60 * 1024);
        let found = anyone
            .opens("/dich-vu-cong?tim=dang+ky+khai+sinh")
            .await
            .says("Đăng ký khai sinh")
            .says("Đăng ký lại khai sinh");
        assert_eq!(found.link("/dich-vu-cong/1.00"), "/dich-vu-cong/1.001193");
        anyone.opens("/dich-vu-cong?tim=2.000648").await.says("bán lẻ xăng dầu");
        anyone
            .opens("/dich-vu-cong?linh_vuc=H%E1%BB%99+t%E1%BB%8Bch&tim=xang")
            .await
            .says("Không tìm thấy thủ tục nào");
        let page = anyone.opens("/dich-vu-cong/1.001193").await;
        let page = page
            .says("Cần chuẩn bị")
            .says("8 giờ làm việc")
            .says("5.000 đồng")
            .says("UBND cấp xã")
            .says("Giấy chứng sinh");
        let page =
            page.says("MẪU.").says("Mã QR của thủ tục 1.001193").says("http://cuaviet.test/dich-vu-cong/1.001193");
        assert!(page.html().contains("/dich-vu-cong/1.001193/nop"), "the door to hand in");
        assert!(page.bytes.len() < 60 * 1024, "{} bytes", page.bytes.len());
        anyone.goes("/dich-vu-cong/9.999999").await.is(404);
        // Whoever works here sees the same page, with the way back to their own.
        world.person("lan").opens("/dich-vu-cong/1.001193").await.says("Cần chuẩn bị").says("Trần Thị Lan");
    })
    .await;
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_taken_away() {
    journey(async |world| {
        with_catalogue(&world).await;
        let lan = world.person("lan");
        lan.opens("/thu-tuc").await.says("Danh mục thủ tục hành chính").says("Tất cả 46 thủ tục").hides("Nạp từ Excel");
        lan.opens("/thu-tuc?tim=hoa+chat").await.says("1.002758").hides("1.001193");
        lan.opens("/thu-tuc?muc_do=mot-phan&co_quan=xa").await.says("1.000894").hides("1.001193");
        lan.opens("/thu-tuc?trang_thai=het").await.says("2.000648").says("Đã thay thế");
        lan.opens("/thu-tuc?trang_thai=nhap").await.says("Không có thủ tục nào phù hợp");
        assert!(lan.opens("/thu-tuc?xuat=xlsx").await.bytes.starts_with(b"PK"));
        assert!(lan.opens("/thu-tuc?xuat=csv&sap=-ten").await.html().contains("1.001193"));
        assert!(lan.opens("/thu-tuc/danh-muc.xlsx").await.bytes.starts_with(b"PK"));
        assert!(lan.opens("/thu-tuc/mau.xlsx").await.bytes.starts_with(b"PK"));
        let page = names_edition(&lan, "/thu-tuc/2.000591", "food").await;
        page.says("Cơ sở vừa sản xuất vừa kinh doanh")
            .says("2.500.000 đồng")
            .says("Sơ đồ quy trình")
            .hides("Soạn bản mới");
        assert!(lan.opens("/thu-tuc/ban/{food}/tai").await.bytes.starts_with(b"PK"));
        lan.opens("/thu-tuc/2.000648?ban=1").await.says("Đã thay thế").says("30/06/2025");
        lan.goes("/thu-tuc/2.000648?ban=9").await.is(404);
        lan.goes("/thu-tuc/khong-co").await.is(404);
        lan.sends("/thu-tuc/ban/{food}/soan", &[]).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_procedure_is_drafted_anew_edited_published_and_in_the_end_abolished() {
    journey(async |world| {
        with_catalogue(&world).await;
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        names_edition(&quan, "/thu-tuc/1.005190", "old").await.says("Soạn bản mới");
        let begin = quan.opens("/thu-tuc/1.005190").await.form(&world.address("/thu-tuc/ban/{old}/soan"));
        let edit = begin.sent_by(&quan).await.goes_on().place();
        world.name("draft", edit.split('/').nth(3).unwrap());
        lan.goes("/thu-tuc/ban/{draft}/sua").await.is(403);
        let form = quan.opens("/thu-tuc/ban/{draft}/sua").await.form(&world.address("/thu-tuc/ban/{draft}/sua"));
        assert_eq!((form.value("time0"), form.value("amount0"), form.value("from")), ("5", "20.000", "25/11/2026"));
        let bad = form.clone().filled(&[("name", ""), ("time0", "0"), ("amount0", "nhiều"), ("from", "mai")]);
        let bad = bad.sent_by(&quan).await.refuses("Nhập tên thủ tục.").says("Có 4 chỗ cần sửa");
        assert_eq!(
            bad.form(&world.address("/thu-tuc/ban/{draft}/sua")).value("amount0"),
            "nhiều",
            "what was typed stays"
        );
        let good =
            form.filled(&[("amount0", "25.000"), ("paper2", "Ảnh con dấu"), ("number2", "2"), ("from", "01/12/2026")]);
        good.clone().sent_by(&quan).await.goes_on();
        good.sent_by(&quan).await.goes_on();
        let page = quan.opens("/thu-tuc/1.005190?ban=2").await.says("25.000 đồng").says("Ảnh con dấu").says("chưa ghi");
        lan.goes("/thu-tuc/1.005190?ban=2").await.is(404);
        page.link(&world.address("/thu-tuc/ban/{draft}/cong"));

        let publish = quan.opens("/thu-tuc/ban/{draft}/cong-bo").await.says("Bản số 1 hết hiệu lực từ ngày 01/12/2026");
        let publish = publish.form(&world.address("/thu-tuc/ban/{draft}/cong-bo"));
        publish.clone().sent_by(&quan).await.refuses("Quyết định công bố: chưa ghi.");
        publish.with("source", "Quyết định 9/QĐ-UBND ngày 24/11/2026").sent_by(&quan).await.goes_on();
        lan.opens("/thu-tuc/1.005190?ban=2").await.says("Chưa đến ngày").says("Quyết định 9/QĐ-UBND");
        lan.opens("/thu-tuc/1.005190").await.says("20.000 đồng");
        quan.goes("/thu-tuc/ban/{draft}/sua").await.is(422);
        world.turns_to("2026-12-01");
        world.stranger().opens("/dich-vu-cong/1.005190").await.says("25.000 đồng");

        let abolish =
            quan.opens("/thu-tuc/ban/{draft}/bai-bo").await.form(&world.address("/thu-tuc/ban/{draft}/bai-bo"));
        abolish.clone().sent_by(&quan).await.refuses("Nhập ngày.");
        let today = abolish.clone().filled(&[("day", "01/12/2026"), ("source", "Quyết định 10")]);
        today.sent_by(&quan).await.refuses("sau hôm nay");
        abolish.filled(&[("day", "02/12/2026"), ("source", "Quyết định 10")]).sent_by(&quan).await.goes_on();
        assert_eq!(world.done("edition.abolished").await, 1);
        world.stranger().opens("/dich-vu-cong/1.005190").await;
        world.turns_to("2026-12-02");
        let gone = world.stranger().goes("/dich-vu-cong/1.005190").await.is(410);
        gone.says("bị bãi bỏ từ ngày 02/12/2026 theo Quyết định 10");
        world.turns_to("2018-12-31");
        world.stranger().opens("/dich-vu-cong/1.001193").await.says("áp dụng từ ngày 01/01/2019");
        world.turns_to("2026-12-02");
        lan.opens("/thu-tuc/1.005190").await.says("Bị bãi bỏ").says("Quyết định 10");
    })
    .await;
}

#[tokio::test]
async fn a_paper_has_guidance_and_a_sample_that_a_workbook_does_not_take_away() {
    journey(async |world| {
        with_catalogue(&world).await;
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        names_edition(&quan, "/thu-tuc/1.005190", "old").await;
        let begin = quan.opens("/thu-tuc/1.005190").await.form(&world.address("/thu-tuc/ban/{old}/soan"));
        let edit = begin.sent_by(&quan).await.goes_on().place();
        world.name("draft", edit.split('/').nth(3).unwrap());
        let at = quan.opens("/thu-tuc/1.005190?ban=2").await.link(&world.address("/thu-tuc/ban/{draft}/giay/"));
        world.name("paper", at.rsplit('/').next().unwrap());
        const HERE: &str = "/thu-tuc/ban/{draft}/giay/{paper}";
        lan.goes(HERE).await.is(403);
        quan.goes("/thu-tuc/ban/{draft}/giay/khong-co").await.is(404);
        quan.goes("/thu-tuc/ban/{old}/giay/{paper}").await.is(422);
        quan.goes("/thu-tuc/ban/{draft}/giay/{paper}/mau").await.is(404);
        let form = quan.opens(HERE).await.form(&world.address(HERE));
        let said = [("guide", "Ký và đóng dấu MẪU"), ("clerk", "Nhìn con dấu"), ("faults", "Thiếu dấu\nThiếu chữ ký")];
        let bad = form.clone().filled(&said).attach("tep", "mau.exe", b"MZ\x90\x00").sent_by(&quan).await.is(422);
        bad.says("Ký và đóng dấu MẪU");
        form.filled(&said).attach("tep", "mau-don.pdf", PDF).sent_by(&quan).await.goes_on();
        quan.opens("/thu-tuc/1.005190?ban=2").await.says("Thiếu dấu; Thiếu chữ ký").says("Tải mẫu: mau-don.pdf");
        assert_eq!(quan.opens("/thu-tuc/ban/{draft}/giay/{paper}/mau").await.bytes, PDF);
        lan.goes("/thu-tuc/ban/{draft}/giay/{paper}/mau").await.is(404);
        // A workbook without files: the sample stays.
        let book = quan.opens("/thu-tuc/ban/{draft}/tai").await.bytes;
        let mut all = catalogue::files::workbook::read(&book, "mot.xlsx", world.today()).unwrap();
        all[0].conditions = "Điều kiện MẪU".into();
        let book = catalogue::files::workbook::write(&all).unwrap();
        let form = quan.opens("/thu-tuc/nap").await.form("/thu-tuc/nap");
        let seen = form.attach("tep", "mot.xlsx", &book).sent_by(&quan).await.is(200).says("Điều kiện MẪU");
        seen.form("/thu-tuc/nap").sent_by(&quan).await.goes_on();
        quan.opens("/thu-tuc/1.005190?ban=2").await.says("Điều kiện MẪU").says("Tải mẫu: mau-don.pdf");
        let publish = quan.opens("/thu-tuc/ban/{draft}/cong-bo").await;
        let publish = publish.form(&world.address("/thu-tuc/ban/{draft}/cong-bo"));
        publish.with("source", "Quyết định 9/QĐ-UBND").sent_by(&quan).await.goes_on();
        world.turns_to("2026-12-01");
        let anyone = world.stranger();
        let page = anyone.opens("/dich-vu-cong/1.005190").await.says("Tải mẫu: mau-don.pdf").says("Hay bị trả lại vì");
        page.hides("Nhìn con dấu");
        let paper = world.address("/dich-vu-cong/1.005190/mau/{paper}");
        assert_eq!(anyone.opens(&paper).await.bytes, PDF);
        anyone.goes("/dich-vu-cong/1.005190/mau/khong-co").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_workbook_is_shown_with_its_differences_before_anything_is_kept() {
    journey(async |world| {
        with_catalogue(&world).await;
        let quan = world.person("quan");
        let form = quan.opens("/thu-tuc/nap").await.form("/thu-tuc/nap");
        form.sent_by(&quan).await.refuses("Chọn tệp cần nạp.");
        let whole = quan.opens("/thu-tuc/danh-muc.xlsx").await.bytes;
        let same = form.clone().attach("tep", "danh-muc.xlsx", &whole).sent_by(&quan).await.is(200);
        same.says("Không đổi 46").says("Thủ tục mới 0");

        let mut all = catalogue::files::workbook::read(&whole, "danh-muc.xlsx", world.today()).unwrap();
        let one = all.iter_mut().find(|one| one.code == "2.000331").unwrap();
        one.cases[0].time = procedure::Time::Days(7);
        one.cases[0].process = "mau-so-07".into();
        let mut other = one.clone();
        other.code = "2.999999".into();
        other.cases[0].process = "khong-co".into();
        all.push(other);
        let changed = catalogue::files::workbook::write(&all).unwrap();
        let seen = form.clone().attach("tep", "moi.xlsx", &changed).sent_by(&quan).await.is(200);
        let seen = seen.says("Thủ tục thay đổi 1").says("Trường hợp chung, thời hạn").says("10 ngày làm việc");
        let seen = seen.says("chưa có quy trình “khong-co”").says("bản số 1 đã có hiệu lực từ 01/01/2019");
        assert_eq!(world.done("edition.drafted").await, world.done("edition.published").await, "nothing is kept yet");
        seen.form("/thu-tuc/nap").sent_by(&quan).await.leads("/thu-tuc?trang_thai=nhap");
        quan.opens("/thu-tuc?trang_thai=nhap").await.says("2.000331").says("2.999999");

        all[0].name.clear();
        let bad = catalogue::files::workbook::write(&all).unwrap();
        let page =
            form.attach("tep", "sai.xlsx", &bad).sent_by(&quan).await.refuses("Chưa có gì được lưu").says("Thủ tục!B2");
        let back = page.form("/thu-tuc/nap/loi").sent_by(&quan).await.is(200);
        assert!(back.bytes.starts_with(b"PK"));

        names_edition(&quan, "/thu-tuc/2.999999", "draft").await.says("chưa có quy trình").hides("Bãi bỏ");
        quan.opens("/thu-tuc/2.999999")
            .await
            .form(&world.address("/thu-tuc/ban/{draft}/bo"))
            .sent_by(&quan)
            .await
            .goes_on();
        quan.goes("/thu-tuc/2.999999").await.is(404);
        world.person("lan").sends("/thu-tuc/nap", &[]).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_process_is_read_from_a_file_checked_and_published() {
    journey(async |world| {
        with_catalogue(&world).await;
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        lan.opens("/thu-tuc/quy-trinh?tim=attp").await.says("mau-attp-20").hides("mau-so-01");
        assert!(lan.opens("/thu-tuc/quy-trinh?xuat=csv").await.html().contains("mau-xa-01"));
        assert!(lan.opens("/thu-tuc/quy-trinh/mau.xlsx").await.bytes.starts_with(b"PK"));
        let at = lan.opens("/thu-tuc/quy-trinh?tim=mau-so-15-lien-thong").await.link("/thu-tuc/quy-trinh/0");
        world.name("process", at.rsplit('/').next().unwrap());
        lan.opens("/thu-tuc/quy-trinh/{process}")
            .await
            .says("Công an tỉnh")
            .says("Sơ đồ quy trình mau-so-15-lien-thong");
        let book = lan.opens("/thu-tuc/quy-trinh/{process}/tai").await.bytes;
        let text = lan.opens("/thu-tuc/quy-trinh/{process}/tai?kieu=toml").await.html();

        let form = quan.opens("/thu-tuc/quy-trinh/nap").await.form("/thu-tuc/quy-trinh/nap");
        form.sent_by(&quan).await.refuses("Chọn tệp cần nạp.");
        form.clone().attach("tep", "a.xlsx", &book).sent_by(&quan).await.is(200).says("0 khác biệt");
        form.clone().attach("tep", "a.toml", text.as_bytes()).sent_by(&quan).await.is(200).says("0 khác biệt");
        form.clone().attach("tep", "a.toml", b"code =").sent_by(&quan).await.refuses("Chưa có gì được lưu");
        let bad = text.replace("role = \"van-thu\"", "role = \"ke-toan\"");
        let seen = form.clone().attach("tep", "a.toml", bad.as_bytes()).sent_by(&quan).await.is(200);
        let kept = seen.says("không ai giữ vai trò “ke-toan”").says("1 khác biệt").form("/thu-tuc/quy-trinh/nap");
        let kept = kept.sent_by(&quan).await.goes_on().place();
        world.name("draft", kept.rsplit('/').next().unwrap());
        lan.goes("/thu-tuc/quy-trinh/{draft}").await.is(404);
        quan.opens("/thu-tuc/quy-trinh/{draft}").await.says("Quy trình còn 1 lỗi").hides("Ban hành");
        let publish = |page: Page| page.form(&world.address("/thu-tuc/quy-trinh/{draft}/ban-hanh"));
        let asked = publish(quan.opens("/thu-tuc/quy-trinh/{draft}/ban-hanh").await);
        asked.sent_by(&quan).await.refuses("không ai giữ vai trò");
        let discard = world.address("/thu-tuc/quy-trinh/{draft}/bo");
        quan.opens("/thu-tuc/quy-trinh/{draft}").await.form(&discard).sent_by(&quan).await.goes_on();

        let good = text.replace("Phân công thụ lý", "Phân công người thụ lý");
        let seen = form.attach("tep", "a.toml", good.as_bytes()).sent_by(&quan).await.is(200);
        let kept = seen.form("/thu-tuc/quy-trinh/nap").sent_by(&quan).await.goes_on().place();
        world.name("draft", kept.rsplit('/').next().unwrap());
        let asked = publish(quan.opens("/thu-tuc/quy-trinh/{draft}/ban-hanh").await);
        asked.clone().with("source", "").sent_by(&quan).await.is(422);
        asked.with("source", "Quyết định 11").with("from", "01/12/2026").sent_by(&quan).await.goes_on();
        lan.opens("/thu-tuc/quy-trinh/{draft}").await.says("Phân công người thụ lý").says("Quyết định 11");
        // A dossier's procedure shows the process of the day.
        lan.opens("/thu-tuc/2.000142").await.hides("Phân công người thụ lý");
        world.turns_to("2026-12-01");
        lan.opens("/thu-tuc/2.000142").await.says("Phân công người thụ lý");
    })
    .await;
}

#[tokio::test]
async fn a_form_comes_from_a_workbook_with_every_bad_cell_said_and_goes_out_again() {
    journey(async |world| {
        with_catalogue(&world).await;
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        lan.opens("/thu-tuc/mau-don").await.says("mau-ban-le-xang-dau").hides("Nạp từ tệp");
        lan.opens("/thu-tuc/mau-don?tim=khong+co").await.says("Không có mẫu đơn nào phù hợp");
        let at = lan.opens("/thu-tuc/mau-don").await.link("/thu-tuc/mau-don/0");
        world.name("form", at.rsplit('/').next().unwrap());
        lan.opens("/thu-tuc/mau-don/{form}").await.says("Câu hỏi");
        let book = lan.opens("/thu-tuc/mau-don/{form}/tai").await.bytes;
        assert!(lan.opens("/thu-tuc/mau-don/mau.xlsx").await.bytes.starts_with(b"PK"));
        lan.goes("/thu-tuc/mau-don/nap").await.is(403);

        let form = quan.opens("/thu-tuc/mau-don/nap").await.form("/thu-tuc/mau-don/nap");
        form.clone().sent_by(&quan).await.refuses("Chọn tệp cần nạp.");
        form.clone().attach("tep", "a.xlsx", &book).sent_by(&quan).await.is(200).says("0 khác biệt");
        form.clone().attach("tep", "a.toml", b"survey =").sent_by(&quan).await.refuses("Chưa có gì được lưu");
        let mut file = sheet::xlsform::read(&sheet::read(&book, "a.xlsx").unwrap()).unwrap().file;
        let rows = |sheet: &form::Sheet| -> Vec<Vec<String>> {
            sheet.table().into_iter().map(|row| row.into_iter().map(str::to_owned).collect()).collect()
        };
        let name = file.survey.columns.iter().position(|column| column == "name").unwrap();
        let again = |table: Vec<Vec<String>>| -> Vec<(usize, Vec<String>)> {
            table.into_iter().enumerate().map(|(at, row)| (at + 2, row)).collect()
        };
        let good = file.survey.clone();
        let mut bad = rows(&good);
        (bad[0][name], bad[1][name]) = ("không hợp lệ".into(), "cũng không".into());
        file.survey = form::Sheet::of(good.columns.clone(), again(bad));
        let wrong = sheet::xlsform::write(&file).unwrap();
        let page = form.clone().attach("tep", "sai.xlsx", &wrong).sent_by(&quan).await;
        page.refuses("Chưa có gì được lưu").says("survey, dòng 2, cột name").says("survey, dòng 3, cột name");

        let at = file.settings.columns.iter().position(|column| column == "form_id").unwrap();
        let mut settings = rows(&file.settings);
        settings[0][at] = "don-moi".into();
        file.settings = form::Sheet::of(file.settings.columns.clone(), again(settings));
        file.survey = good;
        let new = sheet::xlsform::write(&file).unwrap();
        let seen = form.attach("tep", "moi.xlsx", &new).sent_by(&quan).await.is(200).says("chưa có mẫu đơn nào");
        let kept = seen.form("/thu-tuc/mau-don/nap").sent_by(&quan).await.goes_on().place();
        world.name("draft", kept.rsplit('/').next().unwrap());
        lan.goes("/thu-tuc/mau-don/{draft}").await.is(404);
        let publish = quan.opens("/thu-tuc/mau-don/{draft}/ban-hanh").await;
        let publish = publish.form(&world.address("/thu-tuc/mau-don/{draft}/ban-hanh"));
        publish.clone().sent_by(&quan).await.refuses("quyết định");
        publish.with("source", "Quyết định 12").with("from", "01/12/2026").sent_by(&quan).await.goes_on();
        lan.opens("/thu-tuc/mau-don/{draft}").await.says("Quyết định 12").says("don-moi").hides("Ban hành");
        quan.sends("/thu-tuc/mau-don/{draft}/bo", &[("version", "3")]).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_process_is_written_on_screen() {
    journey(async |world| {
        with_catalogue(&world).await;
        let quan = world.person("quan");
        let form = quan.opens("/thu-tuc/quy-trinh/moi").await.form("/thu-tuc/quy-trinh/moi");
        form.clone().sent_by(&quan).await.refuses("Nhập thời hạn");
        let form = form.filled(&[("name", "Cấp giấy mới"), ("code", "mau-so-01"), ("legal", "1 ngày")]);
        form.clone().sent_by(&quan).await.refuses("Mã này đã có");
        let made = form.with("code", "cap-giay-1").sent_by(&quan).await.goes_on().place();
        world.name("draft", made.split('/').nth(3).unwrap());
        let edit = "/thu-tuc/quy-trinh/{draft}/sua";
        let form = quan.opens(edit).await.form(&world.address(edit));
        assert_eq!((form.value("code0"), form.value("next0"), form.value("end1")), ("1", "2", "returned"));
        let other = quan.opens(edit).await.form(&world.address(edit));
        let more = form.filled(&[("next0", "3"), ("name2", "Giải quyết"), ("code2", "3"), ("next2", "2")]);
        more.clone().sent_by(&quan).await.refuses("Chọn vai trò.").says("Nhập thời gian, ví dụ 2 giờ.");
        more.filled(&[("role2", "chuyen-vien"), ("time2", "2 ngày")]).sent_by(&quan).await.goes_on();
        other.sent_by(&quan).await.is(409);
        quan.opens("/thu-tuc/quy-trinh/{draft}").await.says("quá thời hạn").says("Giải quyết");
        let form = quan.opens(edit).await.form(&world.address(edit)).with("time2", "4 giờ");
        form.sent_by(&quan).await.goes_on();
        let page = quan.opens("/thu-tuc/quy-trinh/{draft}").await.hides("quá thời hạn");
        page.link(&world.address("/thu-tuc/quy-trinh/{draft}/ban"));

        let at = quan.opens("/thu-tuc/quy-trinh?tim=mau-xa-02").await.link("/thu-tuc/quy-trinh/0");
        world.name("process", at.rsplit('/').next().unwrap());
        quan.goes("/thu-tuc/quy-trinh/{process}/sua").await.is(422);
        let begin = world.address("/thu-tuc/quy-trinh/{process}/soan");
        let begun =
            quan.opens("/thu-tuc/quy-trinh/{process}").await.form(&begin).sent_by(&quan).await.goes_on().place();
        assert_eq!(quan.opens(&begun).await.form(&begun).value("name2"), "Ký kết quả");
    })
    .await;
}

#[tokio::test]
async fn programs_read_check_keep_publish_and_abolish() {
    journey(async |world| {
        with_catalogue(&world).await;
        let (quan, lan) = (world.person("quan").program(true).await, world.person("lan").program(true).await);
        let list = lan.reads("/api/v1/procedures?limit=100").await;
        assert_eq!(list["items"].as_array().map(Vec::len), Some(46));
        let found = lan.reads("/api/v1/procedures/2.000648?on=2025-06-30").await;
        assert_eq!(found["entry"]["number"], json!(1));
        let mut one: Value = lan.reads("/api/v1/procedures/2.000648").await["procedure"].clone();
        assert_eq!(one["code"], json!("2.000648"));
        let body = |one: &Value| json!({ "procedures": [one] });
        let same = quan.posts("/api/v1/procedures/check", body(&one)).await.is(200).json();
        assert_eq!(same["items"][0]["changes"], json!([]));
        one["field"] = json!("Xăng dầu");
        one["from"] = json!("2026-12-01");
        lan.posts("/api/v1/procedures", body(&one)).await.problem(403, "forbidden");
        assert_eq!(quan.posts("/api/v1/procedures", body(&one)).await.is(200).json()["kept"], json!(1));
        let all = quan.reads("/api/v1/procedures/2.000648/editions").await;
        world.name("draft", all["items"][0]["edition"].as_str().unwrap());
        assert_eq!(lan.reads("/api/v1/procedures/2.000648/editions").await["items"].as_array().map(Vec::len), Some(2));
        let does = async |method: Method, path: &str, version: i64, body: Option<Value>| {
            quan.asks(method, path, Some(version), body).await
        };
        let publish = "/api/v1/procedure-editions/{draft}/publish";
        does(Method::POST, publish, 1, Some(json!({ "source": "" }))).await.problem(422, "procedure-faulty");
        // A case whose form nobody has published: said with the procedure and the form.
        let mut formless = one.clone();
        formless["cases"][0]["form"] = json!("mau-khong-co");
        assert_eq!(quan.posts("/api/v1/procedures", body(&formless)).await.is(200).json()["kept"], json!(1));
        let no = does(Method::POST, publish, 2, Some(json!({ "source": "QĐ 1" }))).await;
        let no = no.problem(422, "procedure-faulty").text();
        assert!(no.contains("mẫu đơn “mau-khong-co” của thủ tục") && no.contains("01/12/2026"), "{no}");
        assert_eq!(quan.posts("/api/v1/procedures", body(&one)).await.is(200).json()["kept"], json!(1));
        let made = does(Method::POST, publish, 3, Some(json!({ "source": "QĐ 1" }))).await.is(200).json();
        assert_eq!((made["status"].as_str(), made["version"].as_i64()), (Some("published"), Some(5)));
        let abolish = "/api/v1/procedure-editions/{draft}/abolish";
        let on = |day: &str| Some(json!({ "on": day, "source": "QĐ 2" }));
        does(Method::POST, abolish, 5, on("2026-11-24")).await.problem(422, "edition-end-early");
        does(Method::POST, abolish, 4, on("2027-01-01")).await.problem(409, "stale");
        does(Method::POST, abolish, 5, on("2027-01-01")).await.is(200);
        does(Method::DELETE, "/api/v1/procedure-editions/{draft}", 6, None).await.problem(422, "edition-frozen");
    })
    .await;
}
