//! Statistics of dossiers: what was done, who sees which numbers, and the list behind each.

use crate::counter::with_procedure;
use crate::page::Page;
use crate::person::Person;
use crate::world::{World, journey};

const MONTH: &str = "/mot-cua/thong-ke?tu=01/11/2026&den=30/11/2026";

impl Person {
    async fn takes_in_quickly(&self, owner: &str) {
        let page = self.opens("/mot-cua/tiep-nhan?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let answer = page.form("/mot-cua/tiep-nhan").with("ten", owner).sent_by(self).await.goes_on();
        let place = answer.place();
        self.world.name("dossier", place.split('/').next_back().unwrap().split('?').next().unwrap());
    }

    async fn ends(&self, door: &str) {
        let page = self.opens("/mot-cua/ho-so/{dossier}").await;
        page.form(&self.world.address(door)).with("ly_do", "Theo đơn MẪU").sent_by(self).await.goes_on();
    }
}

/// The line of totals.
fn totals(page: &Page) -> Vec<i64> {
    let html = page.html();
    let foot = html.split("<tfoot>").nth(1).unwrap_or_default().split("</tfoot>").next().unwrap_or_default();
    let cells = foot.split("<td").skip(1).map(|cell| crate::page::text_of(&format!("<td{cell}")));
    cells.map(|cell| cell.trim().replace('.', "").parse().unwrap()).collect()
}

pub async fn some_dossiers(world: &World) {
    with_procedure(world).await;
    let mai = world.person("mai");
    mai.takes_in_quickly("Người Mẫu Rút").await;
    mai.ends("/mot-cua/ho-so/{dossier}/rut").await;
    mai.takes_in_quickly("Người Mẫu Bị Từ Chối").await;
    mai.ends("/mot-cua/ho-so/{dossier}/tu-choi").await;
    mai.takes_in_quickly("Người Mẫu Đang Chờ").await;
}

#[tokio::test]
async fn each_number_opens_the_dossiers_that_it_counts() {
    journey(async |world| {
        some_dossiers(&world).await;
        let mai = world.person("mai");
        let page = mai.opens(MONTH).await.says("Sở Công Thương").says("Từ 01/11/2026 đến hết 30/11/2026");
        // Whole, carried, received and its channels; resolved early, on time, late; open in time, late, three pauses.
        assert_eq!(totals(&page), [3, 0, 3, 3, 0, 0, 2, 2, 0, 0, 1, 1, 0, 0, 0, 0]);
        let link = page.link("/mot-cua/thong-ke/ho-so?so=dang-trong-han");
        mai.opens(&link).await.says("Người Mẫu Đang Chờ").hides("Người Mẫu Rút");
        let link = page.link("/mot-cua/thong-ke/ho-so?so=truoc-han");
        mai.opens(&link).await.says("Người Mẫu Rút").says("Người Mẫu Bị Từ Chối").says("Trước hạn").hides("Đang Chờ");
        mai.opens(&page.link("/mot-cua/thong-ke/ho-so?so=tong")).await.says("3 hồ sơ");
        for by in ["linh-vuc", "thu-tuc", "nguoi-nhan", "nguoi-thu-ly", "kenh"] {
            let rows = mai.opens(&format!("{MONTH}&theo={by}")).await;
            assert_eq!(totals(&rows)[0], 3, "{by}");
        }
        mai.opens(&format!("{MONTH}&theo=nguoi-nhan")).await.says("Cao Thị Mai");
        // A later month: one carried over, by then late.
        world.turns_to("2027-01-20");
        let page = mai.opens("/mot-cua/thong-ke?tu=01/01/2027&den=31/01/2027").await;
        assert_eq!(totals(&page), [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0]);
        // And November is told as it was.
        assert_eq!(totals(&mai.opens(MONTH).await)[10..13], [1, 1, 0]);
        mai.goes("/mot-cua/thong-ke?tu=31/02/2026").await.refuses("Không có ngày 31");
        mai.goes("/mot-cua/thong-ke?tu=05/11/2026&den=01/11/2026").await.refuses("Ngày cuối phải từ ngày đầu trở đi.");
        mai.opens("/mot-cua/thong-ke?tu=01/01/2020&den=31/01/2020")
            .await
            .says("Không có hồ sơ nào trong những ngày này.");
        mai.goes("/mot-cua/thong-ke/ho-so?so=khong-co").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn the_province_sees_all_numbers_and_no_names_and_another_agency_sees_none() {
    journey(async |world| {
        some_dossiers(&world).await;
        let behind = "/mot-cua/thong-ke/ho-so?so=tong&tu=01/11/2026&den=30/11/2026";
        let (hoa, tam) = (world.person("hoa"), world.person("tam"));
        assert_eq!(totals(&hoa.opens(MONTH).await)[0], 3);
        hoa.opens(behind).await.says("sct-20261124-0000001").hides("Người Mẫu").says("3 hồ sơ");
        let file = hoa.opens(&format!("{behind}&xuat=csv")).await;
        assert!(!String::from_utf8_lossy(&file.bytes).contains("Người Mẫu"));
        assert_eq!(world.done("dossier.names-exported").await, 0);
        tam.opens(MONTH).await.says("Không có hồ sơ nào trong những ngày này.");
        tam.opens(behind).await.says("Không có hồ sơ nào.");
        let with_other = world.address(&format!("{MONTH}&co_quan={{sct}}"));
        tam.opens(&with_other).await.says("Không có hồ sơ nào");
        world.person("binh").goes(MONTH).await.is(403);
        let mai = world.person("mai");
        let file = mai.opens(&format!("{behind}&xuat=xlsx")).await;
        let book = sheet::read(&file.bytes, "ho-so.xlsx").unwrap();
        assert!(format!("{:?}", book.sheets[0]).contains("Người Mẫu Rút"));
        assert_eq!(world.done("dossier.names-exported").await, 1, "names that leave the house stand in the journal");
        let file = mai.opens(&format!("{MONTH}&xuat=csv")).await;
        assert!(String::from_utf8_lossy(&file.bytes).contains("Tổng số"));
    })
    .await;
}

#[tokio::test]
async fn the_night_records_facts_once_with_the_way_to_their_dossiers() {
    journey(async |world| {
        some_dossiers(&world).await;
        world.works().await;
        let unit = world.id("sct").parse().unwrap();
        let mut conn = world.db().read().await.unwrap();
        let (from, to) = ("2025-12-15".parse().unwrap(), "2026-12-15".parse().unwrap());
        let whats = ["dossier.received", "dossier.resolved", "dossier.on_time", "dossier.early", "dossier.late"];
        let facts = fact::many(&mut conn, &[unit], &whats, from, to).await.unwrap();
        let said: Vec<String> = facts.iter().map(|fact| format!("{} {}", fact.what, fact.value.normalize())).collect();
        let want =
            ["dossier.early 2", "dossier.late 0", "dossier.on_time 2", "dossier.received 3", "dossier.resolved 2"];
        assert_eq!(said, want);
        let resolved = facts.iter().find(|fact| fact.what == "dossier.resolved").unwrap();
        let link = resolved.link.clone().unwrap();
        world.person("hoa").opens(&link).await.says("2 hồ sơ").says("sct-20261124-0000001");
        let recorded = world.done("fact.recorded").await;
        drop(conn);
        // The next night nothing has changed: nothing is recorded; then one number is, and only its facts.
        world.turns_to("2026-11-25");
        world.works().await;
        assert_eq!(world.done("fact.recorded").await, recorded);
        world.person("mai").takes_in_quickly("Người Mẫu Mới").await;
        world.turns_to("2026-11-26");
        world.works().await;
        assert_eq!(
            world.done("fact.recorded").await,
            recorded + 5,
            "received, entered; of 766: received twice, and with a fee"
        );
    })
    .await;
}

#[tokio::test]
async fn agencies_and_people_are_evaluated_by_their_dossiers_and_what_was_entered() {
    journey(async |world| {
        some_dossiers(&world).await;
        let (mai, hoa) = (world.person("mai"), world.person("hoa"));
        let page = mai.opens("/mot-cua/danh-gia").await.says("Từ 15/12/2025 đến hết 14/12/2026");
        page.says("Sở Công Thương").says("Chưa đủ chỉ số").says("Tổng thời gian giải quyết so với quy định");
        let scope = world.program();
        let mut tx = world.db().begin().await.unwrap();
        for number in 4..=9 {
            let new = fact::New {
                what: format!("dossier.evaluation_{number}"),
                unit: world.id("sct").parse().unwrap(),
                from: "2025-12-15".parse().unwrap(),
                to: "2026-12-15".parse().unwrap(),
                value: "1.5".parse().unwrap(),
                source: "Phiếu khảo sát MẪU".into(),
                link: None,
                manual: true,
            };
            fact::record(&mut tx, &scope, new).await.unwrap();
        }
        tx.commit().await.unwrap();
        // Both ended before their day, without supplements: 2 + 2 + 2, and six times 1.5.
        hoa.opens("/mot-cua/danh-gia").await.says("15,0").says("Xuất sắc");
        hoa.opens("/mot-cua/danh-gia?theo=nguoi-thu-ly").await.says("Chưa giao riêng ai").says("Chưa đủ chỉ số");
        hoa.opens("/mot-cua/danh-gia?tu=01/01/2020&den=31/01/2020").await.says("Không có hồ sơ nào đã xử lý");
        hoa.goes("/mot-cua/danh-gia?tu=31/02/2026").await.refuses("Không có ngày 31");
        let file = hoa.opens("/mot-cua/danh-gia?xuat=csv").await;
        assert!(String::from_utf8_lossy(&file.bytes).contains("Xuất sắc"));
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_the_words_of_their_names_and_boxes_by_due_day() {
    journey(async |world| {
        some_dossiers(&world).await;
        let mai = world.person("mai");
        mai.takes_in_quickly("Trần Thị Đào").await;
        for words in ["dao", "đào", "tran", "dao+tran", "thi+da", "4"] {
            mai.opens(&format!("/mot-cua?tim={words}")).await.says("Trần Thị Đào").hides("Người Mẫu Đang Chờ");
        }
        mai.opens("/mot-cua?tim=mau+cho").await.says("Người Mẫu Đang Chờ").hides("Trần Thị Đào");
        mai.opens("/mot-cua?tim=khong+ai").await.hides("Trần Thị Đào");
        mai.opens("/mot-cua?hop=da-rut&tim=mau").await.says("Người Mẫu Rút").hides("Bị Từ Chối");
        mai.opens("/mot-cua?hop=qua-han").await.hides("Trần Thị Đào");
        world.turns_to("2027-01-20");
        mai.opens("/mot-cua?hop=qua-han").await.says("Trần Thị Đào").says("Quá hạn");
        mai.opens("/mot-cua?hop=cham-buoc").await.says("Trần Thị Đào");
    })
    .await;
}

#[tokio::test]
async fn the_index_of_766_is_counted_and_what_comes_from_elsewhere_is_entered_with_its_source() {
    journey(async |world| {
        some_dossiers(&world).await;
        const HERE: &str = "/mot-cua/danh-gia/766";
        let (mai, hoa) = (world.person("mai"), world.person("hoa"));
        let page = mai.opens(HERE).await.says("Sở Công Thương").says("Chưa đủ số liệu").says("Chưa có số");
        // Three received, two of them refused or withdrawn before their day; nobody handed anything in online.
        let link = page.link("/mot-cua/danh-gia/766/ho-so?so=on-time");
        mai.opens(&link).await.says("2 hồ sơ").says("Người Mẫu Rút").hides("Người Mẫu Đang Chờ");
        hoa.opens(&link).await.says("2 hồ sơ").hides("Người Mẫu Rút");
        world.person("tam").goes(&link).await.is(404);
        let online = format!("{HERE}/3.1");
        mai.opens(&online).await.says("1.005129").says("Thủ tục thuộc thẩm quyền").hides("Ghi số từ nguồn khác");
        mai.goes(&format!("{HERE}/9.9")).await.is(404);
        mai.goes(&format!("{HERE}?ky=nam&nam=26")).await.refuses("Nhập năm bằng bốn chữ số");
        // The head enters what the portal knows; a part over its whole, and a number without source, are refused.
        let head = world.person("minh");
        let entry = world.address("/mot-cua/danh-gia/766/1.1?co_quan={sct}&ky=nam&nam=2026");
        head.sends(&entry, &[("dat", "9"), ("tong", "8"), ("nguon", "CV MẪU")]).await.refuses("không thể lớn hơn");
        head.sends(&entry, &[("dat", "7"), ("tong", "8"), ("nguon", "")]).await.refuses("Ghi nguồn");
        mai.sends(&entry, &[("dat", "7"), ("tong", "8"), ("nguon", "CV MẪU")]).await.is(403);
        head.sends(&entry, &[("dat", "7"), ("tong", "8"), ("nguon", "CV 12/MẪU")]).await.goes_on();
        // 7/8 of 6 points.
        hoa.opens(&world.address(&format!("{HERE}?co_quan={{sct}}"))).await.says("5,25").says("CV 12/MẪU");
        let file = mai.opens(&format!("{HERE}?xuat=xlsx")).await;
        let book = sheet::read(&file.bytes, "766.xlsx").unwrap();
        assert!(format!("{:?}", book.sheets[0]).contains("CV 12/MẪU"));
        // The night records what is counted, with the way to its dossiers.
        world.works().await;
        let unit = world.id("sct").parse().unwrap();
        let (from, to) = ("2025-12-15".parse().unwrap(), "2026-12-15".parse().unwrap());
        let mut conn = world.db().read().await.unwrap();
        let whats = ["qd766.on_time.part", "qd766.on_time.whole", "qd766.publish_on_time.part"];
        let facts = fact::many(&mut conn, &[unit], &whats, from, to).await.unwrap();
        let said: Vec<String> = facts.iter().map(|fact| format!("{} {}", fact.what, fact.value.normalize())).collect();
        assert_eq!(said, ["qd766.on_time.part 2", "qd766.on_time.whole 3"]);
        let link = facts[0].link.clone().unwrap();
        hoa.opens(&link).await.says("2 hồ sơ");
    })
    .await;
}

#[tokio::test]
async fn a_component_that_does_not_apply_is_said_with_its_reason_and_taken_back() {
    journey(async |world| {
        some_dossiers(&world).await;
        let (mai, hoa, head) = (world.person("mai"), world.person("hoa"), world.person("minh"));
        let page = world.address("/mot-cua/danh-gia/766?co_quan={sct}&ky=nam&nam=2026");
        let one = world.address("/mot-cua/danh-gia/766/6.2?co_quan={sct}&ky=nam&nam=2026");
        let away = world.address("/mot-cua/danh-gia/766/6.2/khong-ap-dung?co_quan={sct}&ky=nam&nam=2026");
        head.opens(&page).await.hides("không tính vào điểm");
        head.opens(&one)
            .await
            .says("Lý do không áp dụng")
            .says("quy về điểm tối đa của nhóm")
            .says("Áp dụng từ 23/06/2022");
        // Whoever may not enter numbers does not say this either; it needs a reason, and is said once.
        mai.opens(&one).await.hides("Lý do không áp dụng");
        mai.sends(&away, &[("ly_do", "Không có")]).await.is(403);
        world.person("tam").sends(&away, &[("ly_do", "Không có")]).await.is(404);
        let refused = head.sends(&away, &[("ly_do", " ")]).await.refuses("Ghi vì sao thành phần này không áp dụng");
        let form = refused.form(&away).with("ly_do", "CV 15/MẪU: không tiếp nhận phản ánh");
        assert_eq!(form.sent_by(&head).await.goes_on().place().split('?').next(), Some("/mot-cua/danh-gia/766/6.2"));
        head.sends(&away, &[("ly_do", "Lần nữa")]).await.refuses("đang được ghi là không áp dụng");
        head.sends(&one, &[("dat", "1"), ("tong", "2"), ("nguon", "CV")])
            .await
            .refuses("đang được ghi là không áp dụng");
        // Its page, the index and the file say so, with who said it and how the points are reckoned.
        let seen = hoa.opens(&one).await.says("CV 15/MẪU").says("Lê Văn Minh").hides("Áp dụng lại thành phần này");
        seen.says("chờ hướng dẫn");
        let seen = mai.opens(&page).await.says("CV 15/MẪU: không tiếp nhận phản ánh").says("không tính vào điểm");
        seen.says("Thành phần không áp dụng 1");
        let file = mai.opens(&format!("{page}&xuat=xlsx")).await;
        let book = format!("{:?}", sheet::read(&file.bytes, "766.xlsx").unwrap().sheets[0]);
        assert!(book.contains("Không áp dụng: CV 15/MẪU") && book.contains("quy về điểm tối đa của nhóm"));
        // Of other days nothing was said.
        hoa.opens(&one.replace("ky=nam", "ky=q4")).await.hides("CV 15/MẪU");
        // 6.1 has 6 points and 6.3 has 6: with all petitions in time, alone it is worth half of the group's 18.
        let other = world.address("/mot-cua/danh-gia/766/6.1?co_quan={sct}&ky=nam&nam=2026");
        head.sends(&other, &[("dat", "4"), ("tong", "4"), ("nguon", "CV 16/MẪU")]).await.goes_on();
        hoa.opens(&page).await.says("9,00").says("6.2 Hài lòng trong xử lý PAKN – – – –");
        let back = head.opens(&one).await.form(&away);
        back.with("bo", "1").sent_by(&head).await.goes_on();
        head.sends(&away, &[("bo", "1")]).await.refuses("không còn được ghi là không áp dụng");
        head.opens(&one).await.hides("CV 15/MẪU").says("Ghi số liệu");
        assert_eq!((world.done("quality.excused").await, world.done("quality.applies").await), (1, 1));
    })
    .await;
}
