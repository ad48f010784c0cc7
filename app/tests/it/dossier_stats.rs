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

async fn some_dossiers(world: &World) {
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
