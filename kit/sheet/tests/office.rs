//! Through LibreOffice and back: what an office does to a file between our writing and our reading it.
//!
//! Needs `soffice` (Debian: libreoffice-calc). Where it is absent these tests say so and pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use base::Decimal;
use jiff::civil::date;
use sheet::csv::{self, Style};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Cell, Column, Table, error_book, read};

/// The file as LibreOffice saves it in another format, or `None` where there is no LibreOffice.
fn saved_by_office(bytes: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("SKIPPED: soffice is not installed, nothing was converted");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("tep.{from}"));
    std::fs::write(&path, bytes).unwrap();
    let into = folder.path().join("out");
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&into)
        .arg(&path)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(std::fs::read(Path::new(&into).join(format!("tep.{to}"))).unwrap())
}

fn table() -> Table {
    let number = |text: &str| Cell::Number(text.parse::<Decimal>().unwrap());
    let mut table = Table::new(vec![
        Column::text("Mã", 8),
        Column::text("Tên", 40),
        Column::number("Điểm", 2),
        Column::exact("Hệ số"),
        Column::date("Ngày"),
        Column::moment("Lúc"),
        Column::text("Ai chấm", 12).choices(["tự chấm", "điều tra"]),
    ]);
    table.push(vec![
        "1.10".into(),
        "=1+1".into(),
        number("1234.5"),
        number("0.1"),
        date(2020, 2, 29).into(),
        date(2020, 11, 24).at(9, 14, 0, 0).into(),
        "điều tra".into(),
    ]);
    table.push(vec![
        "007".into(),
        "Hai\ndòng,  \"nháy\" & <thẻ>".into(),
        number("0.3"),
        number("123456.789012345"),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ]);
    table.push(vec![
        "5/9".into(),
        "-5".into(),
        number("-0.75"),
        number("0.12345678901234567"),
        date(1945, 9, 2).into(),
        Cell::Empty,
        "tự chấm".into(),
    ]);
    table
}

fn book() -> Vec<u8> {
    let sheets = vec![SheetOut::new("Tiêu chí", table().title("Bảng điểm").note("Đơn vị: điểm")).spare_rows(20)];
    let guide = vec!["# Hướng dẫn".into(), "Điền từng dòng.".into()];
    xlsx::write(&BookOut { guide, sheets, meta: vec![("version".into(), "3".into())] }).unwrap()
}

#[test]
fn a_workbook_saved_by_libreoffice_is_the_same_table() {
    let ours = read(&book(), "tep.xlsx").unwrap();
    for format in ["xlsx", "ods"] {
        let Some(bytes) = saved_by_office(&book(), "xlsx", format) else { return };
        let theirs = read(&bytes, "tep").unwrap();
        assert_eq!(theirs.meta, ours.meta, "{format}");
        for sheet in &ours.sheets {
            let same = theirs.sheet(&sheet.name).unwrap();
            assert_eq!((&same.rows, same.hidden), (&sheet.rows, sheet.hidden), "{format} {}", sheet.name);
        }
        assert_eq!(theirs.sheet("Tiêu chí").unwrap().at(0, 3).text().unwrap().unwrap(), "BẢNG ĐIỂM", "{format}");
    }
}

#[test]
fn the_lists_of_a_template_survive_libreoffice() {
    let Some(bytes) = saved_by_office(&book(), "xlsx", "fods") else { return };
    let document = String::from_utf8(bytes).unwrap();
    assert!(document.contains("table:content-validation ") && document.contains("_lists"), "the list is offered");
    assert!(document.contains("table:print-ranges="), "what is printed is said");
}

#[test]
fn the_error_file_opens_in_libreoffice() {
    let mut wrong = read(&book(), "tep.xlsx").unwrap();
    wrong.sheets.retain(|sheet| sheet.name == "Tiêu chí");
    let no = base::Refusal::new("x", "Điểm quá cao.").at("Tiêu chí!C5");
    let Some(bytes) = saved_by_office(&error_book(&wrong, &[no]).unwrap(), "xlsx", "ods") else { return };
    let back = read(&bytes, "tep.ods").unwrap();
    assert_eq!(back.sheet("Tiêu chí").unwrap().at(4, 7).text().unwrap().unwrap(), "C5: Điểm quá cao.");
}

#[test]
fn our_csv_opens_as_text_and_numbers_where_it_should() {
    let Some(bytes) = saved_by_office(&csv::write(&table(), Style::Plain).unwrap(), "csv", "ods") else { return };
    let back = read(&bytes, "tep.ods").unwrap();
    let sheet = back.visible().next().unwrap();
    assert_eq!(sheet.at(1, 2).decimal().unwrap(), Some("1234.5".parse().unwrap()));
    let named = sheet.at(1, 1).text().unwrap().unwrap();
    assert!(named.ends_with("=1+1"), "not run as a formula: {named}");
}
