//! The administrator's screens: units, people, facts, editions, the journal, the system.

use crate::world::journey;

#[tokio::test]
async fn units_are_made_mended_and_ended() {
    journey(async |world| {
        let quan = world.person("quan");
        quan.opens("/quan-tri/don-vi").await.says("Sở Công Thương");
        let form = quan.opens("/quan-tri/don-vi/them").await.form("/quan-tri/don-vi/them");
        form.clone().with("from", "x").sent_by(&quan).await.refuses("Chọn loại đơn vị");
        let form = form.filled(&[
            ("name", "Sở Tư pháp"),
            ("kind", "so"),
            ("parent", &world.id("tinh")),
            ("from", "01/01/2015"),
        ]);
        let made = form.sent_by(&quan).await.goes_on().place();
        assert_eq!(form.sent_by(&quan).await.goes_on().place(), made);
        world.name("stp", made.trim_start_matches("/quan-tri/don-vi/"));
        let edit = quan.opens("/quan-tri/don-vi/{stp}/sua").await.form(&world.address("/quan-tri/don-vi/{stp}/sua"));
        edit.clone().with("short", "STP").sent_by(&quan).await.goes_on();
        edit.with("short", "Tư pháp").sent_by(&quan).await.is(409).says("Tư pháp").says("STP");
        let end =
            quan.opens("/quan-tri/don-vi/{stp}/ket-thuc").await.form(&world.address("/quan-tri/don-vi/{stp}/ket-thuc"));
        let end = end.filled(&[("ngay", "01/03/2027"), ("how", "merge")]);
        end.sent_by(&quan).await.refuses("Chọn ít nhất một đơn vị kế tục");
        end.ticks("ke_tuc", &world.id("snv")).sent_by(&quan).await.goes_on();
        quan.opens("/quan-tri/don-vi/{stp}").await.says("Sẽ kết thúc 01/03/2027").says("Sở Nội vụ");
    })
    .await;
}

#[tokio::test]
async fn people_come_get_roles_and_go() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        quan.opens("/quan-tri/nguoi-dung?tim=tran+thi").await.says("Trần Thị Lan").hides("Lê Văn Minh");
        let form = quan.opens("/quan-tri/nguoi-dung/them").await.form("/quan-tri/nguoi-dung/them");
        form.clone()
            .filled(&[("login", "lan"), ("name", "Lan Khác")])
            .sent_by(&quan)
            .await
            .refuses("Tên đăng nhập này đã có người dùng");
        form.filled(&[("login", "tuan"), ("name", "Vũ Anh Tuấn"), ("title", "Chuyên viên")])
            .sent_by(&quan)
            .await
            .is(200)
            .says("Vũ Anh Tuấn");
        let tuan = people::account_by_login(&mut world.db().read().await.unwrap(), "tuan").await.unwrap().unwrap();
        world.name("tuan", tuan.id);
        let edit =
            quan.opens("/quan-tri/nguoi-dung/{tuan}/sua").await.form(&world.address("/quan-tri/nguoi-dung/{tuan}/sua"));
        edit.with("title", "Phó phòng").sent_by(&quan).await.goes_on();
        let give = quan.opens("/quan-tri/nguoi-dung/{tuan}").await.says("Phó phòng");
        let give = give.form(&world.address("/quan-tri/nguoi-dung/{tuan}/vai-tro"));
        give.filled(&[("don_vi", &world.id("sct")), ("vai_tro", "staff")]).sent_by(&quan).await.goes_on();
        let page = quan.opens("/quan-tri/nguoi-dung/{tuan}").await.says("Chuyên viên");
        page.form(&world.address("/quan-tri/nguoi-dung/{tuan}/vai-tro/ket-thuc"))
            .press("grant")
            .sent_by(&quan)
            .await
            .goes_on();
        quan.sends("/quan-tri/nguoi-dung/{tuan}/tat-hai-lop", &[]).await.goes_on();
        quan.sends("/quan-tri/nguoi-dung/{tuan}/go-dang-nhap-chung", &[]).await.goes_on();
        // Closed is out at once.
        lan.opens("/tai-khoan").await;
        quan.opens("/quan-tri/nguoi-dung/{lan}")
            .await
            .form(&world.address("/quan-tri/nguoi-dung/{lan}/khoa"))
            .sent_by(&quan)
            .await
            .goes_on();
        lan.goes("/tai-khoan").await.leads("/dang-nhap");
        quan.sends("/quan-tri/nguoi-dung/{lan}/mo", &[]).await.goes_on();
        quan.sends("/quan-tri/nguoi-dung/{quan}/khoa", &[]).await.refuses("không thể tự khoá");
    })
    .await;
}

#[tokio::test]
async fn a_number_is_entered_with_its_source_and_corrected() {
    journey(async |world| {
        let (quan, minh) = (world.person("quan"), world.person("minh"));
        minh.goes("/quan-tri/so-lieu").await.is(403);
        let form = quan.opens("/quan-tri/so-lieu/nhap").await.form("/quan-tri/so-lieu/nhap");
        form.sent_by(&quan).await.is(422);
        let form = form.filled(&[
            ("don_vi", &world.id("sct")),
            ("so_lieu", "directive.on_time"),
            ("ky", "q3"),
            ("nam", "2026"),
            ("gia_tri", "41"),
            ("nguon", "Báo cáo số 45/BC-SCT"),
        ]);
        let made = form.sent_by(&quan).await.goes_on().place();
        let id = made.trim_start_matches("/quan-tri/so-lieu/").split('?').next().unwrap_or_default().to_owned();
        world.name("fact", id);
        quan.opens("/quan-tri/so-lieu/{fact}").await.says("41").says("Báo cáo số 45/BC-SCT");
        let mend =
            quan.opens("/quan-tri/so-lieu/{fact}/sua").await.form(&world.address("/quan-tri/so-lieu/{fact}/sua"));
        mend.clone().with("gia_tri", "40,5").sent_by(&quan).await.refuses("Số nhiệm vụ phải là số nguyên");
        mend.with("gia_tri", "40").sent_by(&quan).await.goes_on();
        quan.opens("/quan-tri/so-lieu").await.says("40 nhiệm vụ").says("Sở Công Thương");
    })
    .await;
}

#[tokio::test]
async fn the_journal_is_read_and_verified_and_the_system_is_seen() {
    journey(async |world| {
        let quan = world.person("quan");
        world.person("lan").answers("1.1", &[("yes", "1")]).await.goes_on();
        quan.opens("/quan-tri/nhat-ky").await.says("Trần Thị Lan");
        quan.opens("/quan-tri/nhat-ky?ai=khong+ai").await.hides("Trần Thị Lan trả lời");
        quan.sends("/quan-tri/nhat-ky/kiem-tra", &[]).await;
        quan.opens("/quan-tri/quy-dinh").await.says("Bộ tiêu chí thử");
        quan.opens("/quan-tri/he-thong").await;
        quan.opens("/quan-tri/viec-nen").await;
    })
    .await;
}
