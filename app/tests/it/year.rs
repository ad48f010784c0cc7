//! The whole year of a round: answers, appraisal, explanations, the council's word, publication; and what nobody can do
//! afterwards.

use crate::page::Page;
use crate::world::{World, journey};

/// Points by hand. Sở Công Thương: 2 + 3,2 (lowered from 3,4) + 4 + 2,5 + 3 + (20 + 10 × 0,5)/30 × 4 = 3,333 → 18,033 of
/// 20. Sở Nội vụ, without 1.3: 0 + 4 + 3 + 2 + 4 = 13 of 16.
#[tokio::test]
async fn a_round_from_its_first_answer_to_its_decision() {
    journey(async |world| {
        let (lan, minh, thu, hoa) =
            (world.person("lan"), world.person("minh"), world.person("thu"), world.person("hoa"));
        lan.opens("/").await.says("Việc của tôi").says("Chỉ số CCHC năm 2026");
        world.both_send().await;
        assert_eq!(world.done("index.submitted").await, 2);
        units_see_only_themselves(&world).await;
        world.survey_comes().await;

        world.turns_to("2026-12-12");
        thu.opens("/").await.says("Chỉ số CCHC năm 2026");
        world.all_is_agreed().await;
        thu.judges("sct", "1.2", "3,2", "Chỉ 16 nhiệm vụ có sản phẩm.").await.goes_on();
        let minutes = hoa.opens("/chi-so/dot/{round}/tham-dinh/{sct}/bien-ban?kieu=pdf").await;
        assert!(minutes.bytes.starts_with(b"%PDF"));

        world.turns_to("2026-12-22");
        lan.drawer("1.2").await.says("Chỉ 16 nhiệm vụ có sản phẩm.");
        lan.explains("1.2", "Đơn vị nhất trí.").await.goes_on();
        hoa.appraises("sct").await.says("Đợt chấm đang ở bước “Giải trình” hoặc phiếu đã kết luận");
        hoa.sends("/chi-so/dot/{round}/tham-dinh/{sct}/ket-luan", &[]).await.is(422);

        world.turns_to("2027-01-10");
        hoa.opens("/").await.says("Chỉ số CCHC năm 2026");
        thu.sends("/chi-so/dot/{round}/tham-dinh/{sct}/ket-luan", &[]).await.is(403);
        hoa.concludes("sct").await.leads(&world.address("/chi-so/dot/{round}"));
        hoa.opens("/chi-so/dot/{round}/cong-bo").await.says("Còn 1 đơn vị chưa kết luận nên chưa công bố được");
        hoa.sends("/chi-so/dot/{round}/cong-bo", &[("decision", "24/QĐ-UBND"), ("on", "10/01/2027")])
            .await
            .refuses("Còn 1 đơn vị chưa kết luận");
        hoa.concludes("snv").await.goes_on();
        let draft = hoa.opens("/chi-so/dot/{round}/quyet-dinh?kieu=pdf").await;
        assert!(draft.bytes.starts_with(b"%PDF"));
        lan.goes("/chi-so/dot/{round}/quyet-dinh?kieu=pdf").await.is(403);
        units_see_only_themselves(&world).await;
        hoa.publishes("", "").await.refuses("Nhập số quyết định công bố").says("Nhập ngày của quyết định");
        hoa.publishes("24/QĐ-UBND", "10/01/2027").await.leads(&world.address("/chi-so/dot/{round}/ket-qua"));

        ranked(&lan.opens("/chi-so/dot/{round}/ket-qua?loai=so").await);
        everything_is_open(&world).await;
        nothing_changes_any_more(&world).await;
        minh.opens("/").await;
    })
    .await;
}

/// Before publication a unit finds itself, and nothing of the other.
async fn units_see_only_themselves(world: &World) {
    let yen = world.person("yen");
    yen.opens("/chi-so/dot/{round}").await.says("Sở Nội vụ").hides("Sở Công Thương");
    yen.goes("/chi-so/dot/{round}/phieu/{sct}").await.is(403);
    yen.opens("/chi-so/dot/{round}/ket-qua").await.says("Sở Nội vụ").hides("Sở Công Thương");
    yen.goes("/chi-so/dot/{round}/ket-qua/don-vi/{sct}").await.is(404);
    yen.opens("/chi-so/dot/{round}/ket-qua/don-vi/{snv}").await;
    yen.goes("/chi-so/dot/{round}/ket-qua/ban-do-nhiet").await.is(403);
    yen.goes("/chi-so/dot/{round}/ket-qua/mat-diem?xuat=csv").await.is(403);
    yen.sends("/chi-so/dot/{round}/ket-qua/xuat-toan-bo", &[]).await.is(403);
}

fn ranked(page: &Page) {
    let text = page.text();
    for words in ["Sở Công Thương", "18,03", "90,17", "Xuất sắc", "Sở Nội vụ", "13,00", "81,25", "Tốt"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let at = |name: &str| page.html().find(&format!(">{name}</a>")).unwrap_or_else(|| panic!("{name}: {text}"));
    assert!(at("Sở Công Thương") < at("Sở Nội vụ"), "the better one stands first");
}

async fn everything_is_open(world: &World) {
    let yen = world.person("yen");
    yen.opens("/chi-so/dot/{round}/ket-qua/don-vi/{sct}").await.says("Chỉ 16 nhiệm vụ có sản phẩm.");
    yen.opens("/chi-so/dot/{round}/phieu/{sct}").await.says("Đã kết luận");
    for page in [
        "/chi-so/dot/{round}/ket-qua/ban-do-nhiet",
        "/chi-so/dot/{round}/ket-qua/mat-diem",
        "/chi-so/dot/{round}/ket-qua/do-vung",
        "/chi-so/dot/{round}/ket-qua/neu-thi/{snv}",
        "/chi-so/lich-su",
    ] {
        yen.opens(page).await;
    }
    let pdf = yen.opens("/chi-so/dot/{round}/quyet-dinh?kieu=pdf").await;
    assert!(pdf.bytes.starts_with(b"%PDF") && pdf.header("content-disposition").contains(".pdf"));
    let word = yen.opens("/chi-so/dot/{round}/quyet-dinh?kieu=docx").await;
    assert!(word.bytes.starts_with(b"PK"));
    for file in [
        "/chi-so/dot/{round}/ket-qua?xuat=xlsx",
        "/chi-so/dot/{round}/ket-qua/don-vi/{sct}/tai?kieu=ods",
        "/chi-so/dot/{round}?xuat=xlsx",
    ] {
        assert!(yen.opens(file).await.bytes.starts_with(b"PK"), "{file}");
    }
    let csv = yen.opens("/chi-so/dot/{round}/ket-qua?xuat=csv").await;
    assert!(csv.text().contains("90,17") || csv.text().contains("90.17"), "{}", csv.text());
    the_whole_round_comes_as_a_workbook(world).await;
}

async fn the_whole_round_comes_as_a_workbook(world: &World) {
    let (hoa, lan) = (world.person("hoa"), world.person("lan"));
    let page = hoa.opens("/chi-so/dot/{round}/ket-qua").await;
    let job = page
        .form(&world.address("/chi-so/dot/{round}/ket-qua/xuat-toan-bo"))
        .sent_by(&hoa)
        .await
        .leads("/viec-nen/")
        .place();
    world.name("job", job.trim_start_matches("/viec-nen/"));
    hoa.opens("/viec-nen/{job}").await.says("Huỷ việc này");
    hoa.opens("/viec-nen/{job}/tien-do").await.hides("Đã xong");
    hoa.goes("/viec-nen/{job}/tep").await.is(404);
    lan.goes("/viec-nen/{job}").await.is(404);
    hoa.sends("/viec-nen/{job}/huy", &[]).await.goes_on();
    hoa.opens("/viec-nen/{job}").await.says("Việc này đã bị huỷ");
    hoa.sends("/viec-nen/{job}/chay-lai", &[]).await.goes_on();
    world.works().await;
    hoa.opens("/viec-nen").await.says("Xuất toàn bộ: Chỉ số CCHC năm 2026");
    hoa.opens("/viec-nen/{job}").await.says("Tải kết quả");
    let book = hoa.opens("/viec-nen/{job}/tep").await;
    assert!(book.bytes.starts_with(b"PK"));
    lan.goes("/viec-nen/{job}/tep").await.is(404);
    world
        .person("quan")
        .opens("/quan-tri/viec-nen")
        .await
        .says("Xuất toàn bộ: Chỉ số CCHC năm 2026")
        .says("Nguyễn Thị Hoa");
}

async fn nothing_changes_any_more(world: &World) {
    let (lan, minh, thu, hoa, quan) =
        (world.person("lan"), world.person("minh"), world.person("thu"), world.person("hoa"), world.person("quan"));
    lan.sends("/chi-so/dot/{round}/phieu/{sct}/o/1.2", &[("version", "1"), ("part", "20"), ("whole", "20")])
        .await
        .refuses("Phiếu đã gửi nên không sửa được");
    thu.sends("/chi-so/dot/{round}/tham-dinh/{sct}/o/1.2", &[("version", "2"), ("points", "4")])
        .await
        .refuses("Đợt chấm đang ở bước “Đã công bố”");
    minh.sends("/chi-so/dot/{round}/phieu/{sct}/mo-lai", &[("reason", "Xin thêm điểm")]).await.is(422);
    hoa.sends("/chi-so/dot/{round}/cong-bo", &[("decision", "25/QĐ-UBND"), ("on", "11/01/2027")])
        .await
        .refuses("Kết quả đợt này đã công bố");
    hoa.goes("/chi-so/dot/{round}/cong-bo").await.refuses("Kết quả đợt này đã công bố");
    quan.sends(
        "/chi-so/dot/{round}/ngay",
        &[
            ("version", "1"),
            ("name", "Khác"),
            ("scoring_from", "1/11/2026"),
            ("scoring_to", "1/12/2026"),
            ("appraisal_to", "2/12/2026"),
            ("explaining_to", "3/12/2026"),
            ("second_to", "4/12/2026"),
        ],
    )
    .await
    .refuses("Kết quả đợt này đã công bố");
    ranked(&lan.opens("/chi-so/dot/{round}/ket-qua?loai=so").await);
}
