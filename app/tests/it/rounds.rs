//! The province's administrator makes a round, gives out its fields, opens it; the survey comes in.

use crate::world::journey;

#[tokio::test]
async fn an_administrator_makes_a_round_and_opens_it() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        quan.opens("/chi-so").await.says("Thêm đợt chấm").says("Chỉ số CCHC năm 2026");
        lan.opens("/chi-so").await.hides("Thêm đợt chấm").says("Chỉ số CCHC năm 2026");
        let page = quan.opens("/chi-so/dot/moi").await.says("Bộ tiêu chí thử cho sở, ban, ngành năm 2026");
        let form = page.form("/chi-so/dot/moi").with("name", "Chấm thử giữa năm");
        form.clone().with("name", "").sent_by(&quan).await.refuses("Đặt tên cho đợt chấm");
        let no_units = form
            .clone()
            .unticks("don_vi_so")
            .with("scoring_to", "31/13/2026")
            .sent_by(&quan)
            .await
            .refuses("Chọn ít nhất một đơn vị");
        assert_eq!(no_units.form("/chi-so/dot/moi").value("scoring_to"), "31/13/2026");
        let made = form.sent_by(&quan).await.goes_on().place();
        assert_eq!(form.sent_by(&quan).await.goes_on().place(), made, "pressed twice, made once");
        world.name("new", made.trim_start_matches("/chi-so/dot/"));
        quan.opens("/chi-so/dot/{new}").await.says("Chấm thử giữa năm").says("Đang chuẩn bị");
        let form = quan.opens("/chi-so/dot/moi").await.form("/chi-so/dot/moi").with("name", "Chấm thử giữa năm");
        form.sent_by(&quan).await.refuses("Năm này đã có đợt chấm cùng tên");

        // Days: in order, and the second of two people hears of the first.
        let days = quan.opens("/chi-so/dot/{new}/ngay").await.form(&world.address("/chi-so/dot/{new}/ngay"));
        days.clone().with("scoring_to", "01/01/2020").sent_by(&quan).await.refuses("Các ngày phải nối tiếp nhau");
        days.clone().with("name", "Chấm thử quý IV").sent_by(&quan).await.goes_on();
        let both =
            days.with("name", "Chấm thử cuối năm").sent_by(&quan).await.is(409).says("Bản mới: “Chấm thử quý IV”");
        assert_eq!(both.form(&world.address("/chi-so/dot/{new}/ngay")).value("name"), "Chấm thử cuối năm");

        // Fields are given to departments, and taken back.
        let give = quan.opens("/chi-so/dot/{new}/nguoi-tham-dinh?loai=so").await.says("Chưa giao");
        let give = give.form(&world.address("/chi-so/dot/{new}/nguoi-tham-dinh"));
        give.clone().with("unit", &world.id("snv")).sent_by(&quan).await.refuses("Chọn ít nhất một lĩnh vực");
        give.with("unit", &world.id("snv")).ticks("field", "1").ticks("field", "2").sent_by(&quan).await.goes_on();
        let given = quan.opens("/chi-so/dot/{new}/nguoi-tham-dinh?loai=so").await.hides("Chưa giao");
        given.form(&world.address("/chi-so/dot/{new}/nguoi-tham-dinh/bo")).sent_by(&quan).await.goes_on();
        quan.opens("/chi-so/dot/{new}/nguoi-tham-dinh?loai=so").await.says("Chưa giao");

        lan.sends("/chi-so/dot/{new}/mo", &[]).await.is(403);
        quan.opens("/chi-so/dot/{new}")
            .await
            .form(&world.address("/chi-so/dot/{new}/mo"))
            .sent_by(&quan)
            .await
            .goes_on();
        quan.sends("/chi-so/dot/{new}/mo", &[]).await.refuses("Đợt đã mở");
        lan.opens("/chi-so/dot/{new}/phieu/{sct}").await.says("Đã kết luận 0/5");
    })
    .await;
}

#[tokio::test]
async fn the_survey_comes_as_a_table_that_is_looked_at_first() {
    journey(async |world| {
        let (hoa, lan) = (world.person("hoa"), world.person("lan"));
        lan.goes("/chi-so/dot/{round}/dieu-tra").await.is(403);
        let page = hoa.opens("/chi-so/dot/{round}/dieu-tra").await.says("Ô đã có kết quả 0/2");
        let template = hoa.opens("/chi-so/dot/{round}/dieu-tra/mau?kieu=dong").await;
        assert!(template.bytes.starts_with(b"PK"));
        let form = page.form(&world.address("/chi-so/dot/{round}/dieu-tra"));
        form.sent_by(&hoa).await.refuses("Chọn tệp kết quả điều tra");
        let good = br#"{"units":{"SCT":{"2.3":{"answers":[20,10,0]}},"SNV":{"2.3":{"answers":[30,0,0]}}}}"#;
        let bad = br#"{"units":{"SCT":{"2.3":{"answers":[20,10,0]}},"XYZ":{"2.3":{"answers":[30,0,0]}}}}"#;
        let wrong = form.clone().attach("tep", "dieu-tra.json", bad).sent_by(&hoa).await.is(200).says("XYZ");
        let take = wrong.form(&world.address("/chi-so/dot/{round}/dieu-tra"));
        take.sent_by(&hoa).await.refuses("Tệp còn dòng lỗi");
        let seen = form.attach("tep", "dieu-tra.json", good).sent_by(&hoa).await.is(200).says("Nạp 2 ô hợp lệ");
        assert_eq!(world.done("index.survey-imported").await, 0, "looking takes nothing");
        seen.form(&world.address("/chi-so/dot/{round}/dieu-tra")).sent_by(&hoa).await.goes_on();
        hoa.opens("/chi-so/dot/{round}/dieu-tra").await.says("Ô đã có kết quả 2/2");
        lan.opens("/chi-so/dot/{round}/phieu/{sct}").await.says("3,333");
        let held = hoa
            .opens("/chi-so/dot/{round}/dieu-tra")
            .await
            .form(&world.address("/chi-so/dot/{round}/dieu-tra/khong-to-chuc"));
        held.ticks("unit", &world.id("snv")).sent_by(&hoa).await.goes_on();
        hoa.opens("/chi-so/dot/{round}").await.says("Đơn vị không điều tra xã hội học 1");
        assert_eq!(world.done("index.survey-held").await, 1);
    })
    .await;
}
