//! A regime is taken away as a workbook, changed, looked at, published, and reported by.

use crate::page::Page;
use crate::person::Person;
use crate::world::{World, journey};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Cell, Column, Table};

async fn loaded(world: &World) {
    let mut tx = world.db().begin().await.unwrap();
    report::actions::load_embedded(&mut tx, &world.program()).await.unwrap();
    tx.commit().await.unwrap();
    let html = world.person("quan").opens("/bao-cao/che-do").await.html();
    let (before, _) = html.split_once("Báo cáo tình hình công nghiệp, thương mại tháng").unwrap();
    let (_, edition) = before.rsplit_once("/bao-cao/che-do/").unwrap();
    world.name("edition", edition.split('"').next().unwrap());
}

/// The workbook of a regime as somebody would change it: texts of cells by what they say.
fn changed(bytes: &[u8], changes: &[(&str, &str)]) -> Vec<u8> {
    let book = sheet::read(bytes, "che-do.xlsx").unwrap();
    let one = |sheet: &sheet::Sheet| {
        let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(1);
        let mut rows = (0..sheet.rows.len()).map(|row| {
            let text = |column: usize| sheet.at(row, column).text().ok().flatten().unwrap_or_default();
            (0..width).map(text).collect::<Vec<_>>()
        });
        let head = rows.next().unwrap_or_default();
        let mut table =
            Table::new((0..width).map(|at| Column::text(head.get(at).map_or("", String::as_str), 20)).collect());
        for row in rows {
            let cell = |text: String| match changes.iter().find(|one| one.0 == text) {
                Some((_, to)) => Cell::from(*to),
                None => Cell::from(text),
            };
            table.push(row.into_iter().map(cell).collect());
        }
        SheetOut::new(sheet.name.clone(), table)
    };
    let sheets = book.visible().filter(|sheet| sheet.name != "Hướng dẫn").map(one).collect();
    xlsx::write(&BookOut { guide: Vec::new(), sheets, meta: Vec::new() }).unwrap()
}

async fn brings(person: &Person, bytes: &[u8]) -> Page {
    let form = person.opens("/bao-cao/che-do/nap").await.form("/bao-cao/che-do/nap");
    form.attach("tep", "che-do.xlsx", bytes).sent_by(person).await
}

#[tokio::test]
async fn a_regime_is_changed_in_a_workbook_and_published() {
    journey(async |world| {
        loaded(&world).await;
        let (quan, lan) = (world.person("quan"), world.person("lan"));
        lan.goes("/bao-cao/che-do/nap").await.is(403);
        let book = lan.opens("/bao-cao/che-do/{edition}/tep").await.bytes;

        // Every mistake at its cell; nothing is taken.
        brings(&quan, b"").await.refuses("Chọn tệp Excel");
        let wrong = changed(&book, &[("14", "45"), ("{{TM.XK}}", "{{TM.KHONG}}"), ("Định kỳ", "Hằng ngày")]);
        let page = brings(&quan, &wrong).await;
        page.refuses("ngày chốt số liệu từ 1 đến 31").says("“Hằng ngày” không có trong danh sách");
        let wrong = changed(&book, &[("{{TM.XK}}", "{{TM.KHONG}}")]);
        brings(&quan, &wrong).await.refuses("ô này không cùng một cách");
        let all = ["", ":ke-hoach", "@ky-truoc", "@cung-ky"]
            .map(|rest| (format!("{{{{TM.XK{rest}}}}}"), format!("{{{{TM.KHONG{rest}}}}}")));
        let all: Vec<(&str, &str)> = all.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        brings(&quan, &changed(&book, &all)).await.refuses("TM.KHONG");

        // Another code, in force from another day: shown first, then published, then a period is opened by it.
        let renamed = [
            ("cong-thuong-thang", "cong-thuong-moi"),
            ("Báo cáo tình hình công nghiệp, thương mại tháng", "Báo cáo công thương mới tháng"),
            ("05/11/2019", "01/11/2026"),
        ];
        let page = brings(&quan, &changed(&book, &renamed)).await;
        page.is(200).says("Xem trước: Báo cáo công thương mới tháng").says("01/11/2026").says("1 biểu");
        lan.opens("/bao-cao/che-do").await.hides("Báo cáo công thương mới tháng");
        let page = brings(&quan, &changed(&book, &renamed)).await;
        page.form("/bao-cao/che-do/nap").sent_by(&quan).await.leads("/bao-cao/che-do/");
        // The same day again: an edition is there already.
        page.form("/bao-cao/che-do/nap").sent_by(&quan).await.is(422);
        let page = lan.opens("/bao-cao/mo?che_do=cong-thuong-moi").await;
        page.form("/bao-cao/mo").with("ky", "2026-12").sent_by(&lan).await.leads("/bao-cao/dot/");
        // Both regimes ask the same offices for the same figures: the register says so.
        lan.opens("/bao-cao/che-do").await.says("Số liệu hỏi trùng").says("Báo cáo công thương mới tháng");
    })
    .await;
}
