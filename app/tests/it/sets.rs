//! Criteria sets: looked at, copied to another year, drafted on screen and from files, compared, published, frozen.

use crate::world::journey;

#[tokio::test]
async fn a_set_is_read_by_everybody_and_copied_by_the_administrator() {
    journey(async |world| {
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        lan.opens("/chi-so/bo-tieu-chi").await.says("Bộ tiêu chí thử cho sở, ban, ngành năm 2026").hides("Soạn");
        lan.opens("/chi-so/bo-tieu-chi/{edition}").await.says("Mức độ hoàn thành kế hoạch");
        let toml = lan.opens("/chi-so/bo-tieu-chi/{edition}/tai?kieu=toml").await;
        assert!(toml.html().contains("code = \"thu-so-2026\""));
        assert!(lan.opens("/chi-so/bo-tieu-chi/{edition}/tai?kieu=xlsx").await.bytes.starts_with(b"PK"));
        assert!(lan.opens("/chi-so/bo-tieu-chi/mau").await.bytes.starts_with(b"PK"));
        lan.goes("/chi-so/bo-tieu-chi/{edition}/sao-chep").await.is(403);

        let copy = quan
            .opens("/chi-so/bo-tieu-chi/{edition}/sao-chep")
            .await
            .form(&world.address("/chi-so/bo-tieu-chi/{edition}/sao-chep"));
        assert_eq!(copy.value("code"), "thu-so-2027");
        copy.clone().with("code", "thu-so-2026").sent_by(&quan).await.refuses("Mã này đã có");
        let made = copy.sent_by(&quan).await.goes_on().place();
        world.name("draft", made.trim_start_matches("/chi-so/bo-tieu-chi/"));
        // A draft is its writers' until it is published.
        lan.goes("/chi-so/bo-tieu-chi/{draft}").await.is(404);
        quan.opens("/chi-so/bo-tieu-chi/{draft}").await.says("năm 2027").says("Bỏ bản nháp");

        let own =
            quan.opens("/chi-so/bo-tieu-chi/{draft}/sua").await.form(&world.address("/chi-so/bo-tieu-chi/{draft}/sua"));
        own.clone().with("name", "Bộ tiêu chí thử năm 2027").sent_by(&quan).await.goes_on();
        own.with("name", "Cũ").sent_by(&quan).await.is(409);
        let leaf = quan.opens("/chi-so/bo-tieu-chi/{draft}/tieu-chi?ma=1.2").await;
        let leaf = leaf.form(&world.address("/chi-so/bo-tieu-chi/{draft}/tieu-chi"));
        leaf.with("name", "Tỷ lệ hoàn thành kế hoạch").sent_by(&quan).await.goes_on();
        quan.opens("/chi-so/bo-tieu-chi/{draft}").await.says("Tỷ lệ hoàn thành kế hoạch");
        quan.opens("/chi-so/bo-tieu-chi/so-sanh?a={edition}&b={draft}").await.says("Tỷ lệ hoàn thành kế hoạch");
        let version = quan
            .opens("/chi-so/bo-tieu-chi/{draft}/sua")
            .await
            .form(&world.address("/chi-so/bo-tieu-chi/{draft}/sua"))
            .value("version")
            .to_owned();
        quan.sends(
            "/chi-so/bo-tieu-chi/{draft}/tieu-chi/chuyen",
            &[("version", &version), ("ma", "1.3"), ("huong", "len")],
        )
        .await
        .goes_on();

        let publish = quan
            .opens("/chi-so/bo-tieu-chi/{draft}/ban-hanh")
            .await
            .form(&world.address("/chi-so/bo-tieu-chi/{draft}/ban-hanh"));
        publish.clone().with("source", "").sent_by(&quan).await.is(422);
        publish.with("source", "MẪU: quyết định thử").sent_by(&quan).await.goes_on();
        lan.opens("/chi-so/bo-tieu-chi/{draft}").await.says("MẪU: quyết định thử");
        quan.goes("/chi-so/bo-tieu-chi/{draft}/sua").await.is(422);
        let version = quan.program(false).await.reads("/api/v1/criteria-sets/{draft}").await["version"].to_string();
        quan.sends("/chi-so/bo-tieu-chi/{draft}/tieu-chi/bo", &[("version", &version), ("ma", "1.1")]).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_set_comes_from_a_file_with_every_error_in_its_place() {
    journey(async |world| {
        let quan = world.person("quan");
        let page = quan.opens("/chi-so/bo-tieu-chi/nap").await;
        let form = page.form("/chi-so/bo-tieu-chi/nap");
        form.sent_by(&quan).await.refuses("Chọn tệp bộ tiêu chí");
        let good = include_str!("set.toml").replace("năm 2026\"", "năm 2026, sửa\"");
        let bad = good.replace("max = \"4\"", "max = \"bốn\"");
        form.clone()
            .attach("tep", "bo.toml", bad.as_bytes())
            .sent_by(&quan)
            .await
            .is(422)
            .says("Chưa có gì được lưu")
            .says("Dòng ");
        let seen =
            form.clone().attach("tep", "bo.toml", good.as_bytes()).sent_by(&quan).await.is(200).says("khác biệt");
        let kept = seen.form("/chi-so/bo-tieu-chi/nap").sent_by(&quan).await.goes_on().place();
        world.name("draft", kept.trim_start_matches("/chi-so/bo-tieu-chi/"));
        quan.opens("/chi-so/bo-tieu-chi/{draft}").await.says("sửa");
        // A workbook with a bad cell is given back with the cell marked.
        let book = quan.opens("/chi-so/bo-tieu-chi/{draft}/tai?kieu=xlsx").await;
        form.attach("tep", "bo.xlsx", &book.bytes).sent_by(&quan).await.is(200).says("Xem trước");
        quan.sends("/chi-so/bo-tieu-chi/nap/loi", &[("ten", "bo.xlsx"), ("goc", "không phải")]).await.is(422);
        quan.opens("/chi-so/bo-tieu-chi/{draft}")
            .await
            .form(&world.address("/chi-so/bo-tieu-chi/{draft}/bo"))
            .sent_by(&quan)
            .await
            .goes_on();
        quan.goes("/chi-so/bo-tieu-chi/{draft}").await.is(404);

        let form = quan.opens("/chi-so/bo-tieu-chi/moi").await.form("/chi-so/bo-tieu-chi/moi");
        let form = form.filled(&[("name", "Bộ mới"), ("code", "bo-moi"), ("from", "01/01/2027")]);
        form.sent_by(&quan).await.refuses("Chọn ít nhất một loại đơn vị");
        let made = form.ticks("kind", "xa").sent_by(&quan).await.goes_on().place();
        quan.opens(&made).await.says("Bộ mới");
        world.person("lan").sends("/chi-so/bo-tieu-chi/moi", &[]).await.is(403);
    })
    .await;
}
