//! Appraisal: each department its field, reasons, questions and explanations, the second pair of eyes.

use crate::world::journey;

#[tokio::test]
async fn an_appraiser_sees_the_fields_that_are_theirs_and_no_others() {
    journey(async |world| {
        world.both_send().await;
        world.turns_to("2026-12-12");
        let (thu, hai, lan) = (world.person("thu"), world.person("hai"), world.person("lan"));
        thu.appraises("sct")
            .await
            .says("Mức độ hoàn thành kế hoạch")
            .hides("Thực hiện chế độ báo cáo")
            .says("Đã xem 0/3");
        hai.appraises("sct")
            .await
            .says("Thực hiện chế độ báo cáo")
            .hides("Mức độ hoàn thành kế hoạch")
            .says("Đã xem 0/2");
        // Nobody appraises their own department's field, where another is named for it.
        thu.goes("/chi-so/dot/{round}/tham-dinh/{snv}").await.forbids("Lĩnh vực này do cơ quan khác thẩm định");
        hai.appraises("snv").await.says("Mức độ hoàn thành kế hoạch").says("Thực hiện chế độ báo cáo");
        hai.goes("/chi-so/dot/{round}/tham-dinh/{sct}?mo=1.1").await.forbids("Lĩnh vực này do cơ quan khác thẩm định");
        hai.sends("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.1", &[("version", "0"), ("agree", "1")]).await.is(403);
        lan.goes("/chi-so/dot/{round}/tham-dinh/{sct}").await.is(403);
        lan.sends("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.1", &[("version", "0"), ("agree", "1")]).await.is(403);
        thu.opens("/chi-so/dot/{round}/tham-dinh-theo-tieu-chi/so/1.2").await.says("Sở Công Thương").says("3,4");
        lan.goes("/chi-so/dot/{round}/tham-dinh-theo-tieu-chi/so/1.2").await.is(403);
        thu.looks_at("sct", "1.1").await.says("118/BC-SCT").says("Xem ke-hoach.pdf");
        // What proves something there is open to whoever appraises there.
        let link = thu.looks_at("sct", "1.1").await.link("/chi-so/tai-lieu/");
        thu.opens(&link).await;
    })
    .await;
}

#[tokio::test]
async fn lower_points_need_a_reason_and_stay_within_the_criterion() {
    journey(async |world| {
        world.both_send().await;
        let thu = world.person("thu");
        thu.sends("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.2", &[("version", "0"), ("agree", "1")])
            .await
            .refuses("Đợt chấm đang ở bước “Tự chấm”");
        world.turns_to("2026-12-12");
        let page = thu.judges("sct", "1.2", "3,2", "").await.refuses("Điểm thẩm định khác điểm tự chấm. Hãy ghi lý do");
        let cell = page.cell(&world.address("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.2"));
        assert_eq!(cell.value("points"), "3,2");
        cell.with("reason", "Chỉ 16 nhiệm vụ có sản phẩm.").sent_by(&thu).await.goes_on();
        thu.appraises("sct").await.says("Đã điều chỉnh").says("−0,20").says("Tự chấm 14,90 → thẩm định 14,70");
        thu.judges("sct", "1.1", "5", "Quá").await.refuses("5 lớn hơn điểm tối đa 2");
        thu.judges("sct", "1.1", "-1", "Quá").await.is(422);
        // The unit hears of it when it may explain, not before.
        let lan = world.person("lan");
        lan.drawer("1.2").await.hides("Chỉ 16 nhiệm vụ có sản phẩm.");
        world.turns_to("2026-12-22");
        lan.drawer("1.2").await.says("Điểm thẩm định 3,2").says("Chỉ 16 nhiệm vụ có sản phẩm.");
    })
    .await;
}

#[tokio::test]
async fn two_appraisers_at_one_criterion_see_both() {
    journey(async |world| {
        world.both_send().await;
        world.turns_to("2026-12-12");
        let (thu, khoa) = (world.person("thu"), world.person("khoa"));
        let old = khoa.appraises("sct").await.cell(&world.address("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.2"));
        thu.judges("sct", "1.2", "3", "Thiếu sản phẩm").await.goes_on();
        let late = old.filled(&[("points", "2"), ("reason", "Thiếu nhiều")]);
        late.scripted_by(&khoa).await.is(409).says("Ngô Thị Thu lưu lúc 09:00").says("Bạn nhập: 2");
        let both = late.sent_by(&khoa).await.is(409).says("Ngô Thị Thu lưu lúc 09:00");
        let cell = both.cell(&world.address("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.2"));
        assert_eq!((cell.value("points"), cell.value("reason")), ("2", "Thiếu nhiều"));
        cell.with("keep", "mine").sent_by(&khoa).await.goes_on();
        thu.appraises("sct").await.says("Thiếu nhiều");
    })
    .await;
}

#[tokio::test]
async fn a_question_an_explanation_and_a_second_pair_of_eyes() {
    journey(async |world| {
        world.both_send().await;
        world.turns_to("2026-12-12");
        let (thu, khoa, lan, minh, yen) =
            (world.person("thu"), world.person("khoa"), world.person("lan"), world.person("minh"), world.person("yen"));
        let ask = thu.looks_at("sct", "1.2").await.form(&world.address("/chi-so/dot/{round}/phieu/{sct}/trao-doi/1.2"));
        ask.clone().with("text", "").sent_by(&thu).await.refuses("Hãy viết nội dung trước khi gửi");
        ask.with("text", "Ba nhiệm vụ nào chưa xong?")
            .sent_by(&thu)
            .await
            .leads(&world.address("/chi-so/dot/{round}/tham-dinh/{sct}?mo=1.2"));
        thu.appraises("sct").await.says("Chờ đơn vị trả lời");
        lan.drawer("1.2").await.says("Ba nhiệm vụ nào chưa xong?");
        lan.explains("1.2", "Các nhiệm vụ 4, 7 và 11.").await.goes_on();
        yen.sends("/chi-so/dot/{round}/phieu/{sct}/trao-doi/1.2", &[("text", "Chen ngang")]).await.is(403);
        thu.looks_at("sct", "1.2")
            .await
            .says("Thẩm định · Ngô Thị Thu")
            .says("Đơn vị · Trần Thị Lan")
            .says("Các nhiệm vụ 4, 7 và 11.");
        // A verdict that wants a second pair of eyes is not settled by the first.
        thu.judges("sct", "1.2", "3,2", "Chỉ 16 nhiệm vụ có sản phẩm.").await.goes_on();
        let mark = thu.looks_at("sct", "1.2").await.form(&world.address("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.2"));
        mark.with("second", "1").sent_by(&thu).await.goes_on();
        thu.looks_at("sct", "1.2")
            .await
            .says("Cần người thứ hai")
            .says("Đang chờ người thẩm định thứ hai")
            .says("Đã xem 0/3");
        thu.sends("/chi-so/dot/{round}/tham-dinh/{sct}/nguoi-thu-hai/1.2", &[]).await.refuses("phải là người khác");
        let second = khoa
            .looks_at("sct", "1.2")
            .await
            .form(&world.address("/chi-so/dot/{round}/tham-dinh/{sct}/nguoi-thu-hai/1.2"));
        second.sent_by(&khoa).await.goes_on();
        khoa.looks_at("sct", "1.2").await.says("Người thẩm định thứ hai đã đồng ý").says("Đã xem 1/3");
        world.turns_to("2026-12-22");
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/giai-trinh-xong", &[]).await.is(403);
        minh.sends("/chi-so/dot/{round}/phieu/{sct}/giai-trinh-xong", &[]).await.goes_on();
        minh.opens("/chi-so/dot/{round}/phieu/{sct}").await.says("Đã giải trình");
        world.turns_to("2026-12-29");
        lan.sends("/chi-so/dot/{round}/phieu/{sct}/trao-doi/1.2", &[("text", "Muộn")])
            .await
            .refuses("Đợt chấm đang ở bước “Thẩm định lần 2”");
    })
    .await;
}

#[tokio::test]
async fn not_applicable_is_asked_and_decided() {
    journey(async |world| {
        let yen = world.person("yen");
        yen.asks_off("1.3", "  ").await.refuses("Hãy ghi vì sao tiêu chí không áp dụng");
        world.both_send().await;
        yen.opens("/chi-so/dot/{round}/phieu/{snv}").await.says("Không áp dụng, chờ duyệt").says("9,00 / 16,00");
        world.turns_to("2026-12-12");
        let (thu, hai) = (world.person("thu"), world.person("hai"));
        hai.appraises("snv").await.says("Xin không áp dụng");
        let form = hai.looks_at("snv", "1.3").await.says("Năm nay không có đoàn kiểm tra.");
        let form = form.form(&world.address("/chi-so/dot/{round}/tham-dinh/{snv}/khong-ap-dung/1.3"));
        thu.sends("/chi-so/dot/{round}/tham-dinh/{snv}/khong-ap-dung/1.3", &[("granted", "1")]).await.is(403);
        form.clone().with("granted", "0").sent_by(&hai).await.goes_on();
        yen.opens("/chi-so/dot/{round}/phieu/{snv}").await.says("Không được duyệt");
        form.with("granted", "1").sent_by(&hai).await.goes_on();
        yen.opens("/chi-so/dot/{round}/phieu/{snv}").await.says("Không áp dụng");
    })
    .await;
}
