//! Many dossiers at the counter from one workbook.

use crate::counter::with_procedure;
use crate::world::journey;
use sheet::xlsx::{BookOut, SheetOut};
use sheet::{Column, Table};

const HEAD: [&str; 8] = [
    "Chủ hồ sơ",
    "Đối tượng",
    "Số định danh, mã số thuế",
    "Ngày sinh",
    "Đã thu phí",
    "Đơn đề nghị",
    "Bản sao Giấy chứng nhận đăng ký kinh doanh",
    "Điện thoại",
];

/// A workbook as somebody fills it in: some of the template's columns, in another order.
fn book(rows: &[[&str; 8]]) -> Vec<u8> {
    let mut table = Table::new(HEAD.iter().map(|name| Column::text(name, 20)).collect());
    rows.iter().for_each(|row| table.push(row.iter().map(|cell| (*cell).into()).collect()));
    let sheets = vec![SheetOut::new("Hồ sơ", table)];
    sheet::xlsx::write(&BookOut { sheets, ..BookOut::default() }).unwrap()
}

const GOOD: [&str; 8] = ["Nguyễn Thị Mẫu", "Cá nhân", "046085001234", "1985", "Có", "x", "2", "0905123456"];
const FIRM: [&str; 8] = ["Công ty TNHH Mẫu", "tổ chức", "0101234567", "", "", "1", "x", ""];
const BAD: [&str; 8] = ["", "Người", "12", "31/02/1985", "chưa", "", "hai", "12345"];

#[tokio::test]
async fn many_dossiers_come_from_a_workbook_or_none() {
    journey(async |world| {
        with_procedure(&world).await;
        let mai = world.person("mai");
        let here = "/mot-cua/tiep-nhan/nhieu?thu_tuc=1.005129&truong_hop=cap-moi";
        mai.opens("/mot-cua/tiep-nhan").await.says("Nhận nhiều từ Excel");
        let template = mai.opens("/mot-cua/tiep-nhan/nhieu/mau?thu_tuc=1.005129&truong_hop=cap-moi").await;
        let read = sheet::read(&template.bytes, "mau.xlsx").unwrap();
        let grid = read.sheet("Hồ sơ").unwrap().grid(&HEAD).unwrap();
        assert_eq!(grid.lines().count(), 0, "an empty template has no dossier in it");
        world.person("binh").goes("/mot-cua/tiep-nhan/nhieu").await.is(403);
        let send = async |rows: &[[&str; 8]], skip: bool| {
            let form = mai.opens(here).await.form("/mot-cua/tiep-nhan/nhieu").attach("tep", "ho-so.xlsx", &book(rows));
            let form = if skip { form.ticks("bo_qua", "1") } else { form };
            (form.clone(), form.sent_by(&mai).await)
        };
        mai.opens(here).await.form("/mot-cua/tiep-nhan/nhieu").sent_by(&mai).await.says("Chọn tệp Excel đã điền.");
        // Filled into the template of another case.
        let other = mai.opens("/mot-cua/tiep-nhan/nhieu/mau?thu_tuc=1.005129&truong_hop=cap-lai").await.bytes;
        let form = mai.opens(here).await.form("/mot-cua/tiep-nhan/nhieu").attach("tep", "ho-so.xlsx", &other);
        form.sent_by(&mai).await.says("mẫu của thủ tục hoặc trường hợp khác");
        send(&[], false).await.1.says("Tệp chưa có hồ sơ nào");
        // Every bad cell of the third row by its place, and nothing is received.
        let page = send(&[GOOD, BAD], false).await.1.says("chưa hồ sơ nào được nhận").hides("Mã tra cứu");
        for (cell, why) in [
            ("A3", "Nhập tên chủ hồ sơ."),
            ("B3", "Chọn một trong: Cá nhân, Tổ chức."),
            ("C3", "Số định danh có 12 chữ số"),
            ("D3", "chỉ biết năm thì ghi 1985"),
            ("E3", "“chưa”"),
            ("F3", "Thiếu “Đơn đề nghị”"),
            ("G3", "không phải “hai”"),
            ("H3", "Số điện thoại có 10 chữ số"),
        ] {
            assert!(
                page.text().contains(&format!("{cell} ")) && page.text().contains(why),
                "{cell}: {why}: {}",
                page.text()
            );
        }
        assert_eq!(world.done("dossier.received").await, 0);
        let (form, page) = send(&[GOOD, BAD, FIRM], true).await;
        let first = page.between("/giay-hen?ma=", "\"");
        page.says("Đã nhận 2 hồ sơ").says("sct-20261124-0000001").says("sct-20261124-0000002").says("A3");
        assert_eq!(world.done("dossier.received").await, 2);
        mai.opens("/mot-cua").await.says("Nguyễn Thị Mẫu").says("Công ty TNHH Mẫu");
        // The same form again: nothing is received twice.
        let place = form.sent_by(&mai).await.leads("/mot-cua/tiep-nhan/nhieu/").place();
        assert_eq!(world.done("dossier.received").await, 2);
        // Whoever lost the answer sees the codes again, and what was left out; the secrets are kept nowhere.
        mai.opens("/mot-cua/tiep-nhan/nhieu").await.says("Tệp đã nhận trong 24 giờ qua").says("ho-so.xlsx");
        let batch = mai.opens(&place).await.says("sct-20261124-0000002").says("A3").hides("chỉ hiện lần này");
        let renewed =
            batch.form_of_one("/mot-cua/tiep-nhan/nhieu/").sent_by(&mai).await.is(200).says("chỉ hiện lần này");
        let fresh = renewed.between("/giay-hen?ma=", "\"");
        let guest = world.stranger();
        let follow = async |secret: &str| {
            let form = guest.opens("/tra-cuu").await.form("/tra-cuu").with("ma", "sct-20261124-0000001");
            form.with("ma_tra_cuu", secret).sent_by(&guest).await
        };
        follow(&first).await.refuses("Mã hồ sơ hoặc mã tra cứu không đúng");
        follow(&fresh).await.goes_on();
        world.name("batch", place.rsplit('/').next().unwrap());
        world.person("tam").goes("/mot-cua/tiep-nhan/nhieu/{batch}").await.is(404);
        world.person("tam").sends("/mot-cua/tiep-nhan/nhieu/{batch}/ma", &[]).await.is(404);
        assert_eq!(world.done("dossier.secret-renewed").await, 2);
        world.turns_to("2026-11-26");
        mai.goes("/mot-cua/tiep-nhan/nhieu/{batch}").await.is(404);
    })
    .await;
}
