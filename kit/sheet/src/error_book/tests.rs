#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::sample::{entry, xlsx};
use crate::{Column, Table, read, xlsx as out};
use base::Decimal;

fn uploaded() -> Book {
    let mut table = Table::new(vec![Column::text("Mã", 8), Column::number("Điểm", 2)]).title("Bảng điểm");
    for (code, points) in [("1.1", "1.5"), ("1.2", "2"), ("1.3", "3")] {
        table.push(vec![code.into(), points.parse::<Decimal>().unwrap().into()]);
    }
    let book = out::BookOut {
        sheets: vec![out::SheetOut::new("Tiêu chí", table)],
        meta: vec![("version".into(), "1".into())],
        ..out::BookOut::default()
    };
    read(&out::write(&book).unwrap(), "a.xlsx").unwrap()
}

fn errors() -> Vec<Refusal> {
    vec![
        Refusal::new("a", "Điểm quá cao.").at("Tiêu chí!B5"),
        Refusal::new("b", "Mã bị trùng.").at("Tiêu chí!A5"),
        Refusal::new("c", "Thiếu điểm.").at("Tiêu chí!D6"),
        Refusal::new("d", "Tổng không bằng 100."),
    ]
}

#[test]
fn errors_stand_beside_their_rows_and_in_a_list() {
    let bytes = error_book(&uploaded(), &errors()).unwrap();
    let book = read(&bytes, "a.xlsx").unwrap();
    let sheet = book.sheet("Tiêu chí").unwrap();
    assert_eq!(sheet.rows[2], [Cell::from("Mã"), "Điểm".into(), "Lỗi".into()]);
    assert_eq!(
        sheet.rows[4],
        [Cell::from("1.2"), Decimal::from(2).into(), "A5: Mã bị trùng.\nB5: Điểm quá cao.".into()]
    );
    assert_eq!(sheet.at(5, 2).text().unwrap().unwrap(), "D6: Thiếu điểm.");
    assert_eq!(sheet.rows[3], [Cell::from("1.1"), Decimal::new(15, 1).into()]);
    let list = &book.sheets[0];
    assert_eq!((list.name.as_str(), list.rows.len()), ("Lỗi", 5));
    assert_eq!(list.rows[4], [Cell::Empty, "Tổng không bằng 100.".into()]);
    assert_eq!(book.meta["version"], "1");
    assert!(entry(&bytes, "xl/styles.xml").contains("FFFFC7CE"), "red cells");
}

#[test]
fn it_can_be_corrected_and_given_back_again_and_again() {
    let first = read(&error_book(&uploaded(), &errors()).unwrap(), "a.xlsx").unwrap();
    let second = read(&error_book(&first, &errors()[..1]).unwrap(), "a.xlsx").unwrap();
    let names: Vec<_> = second.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Lỗi", "Tiêu chí", "_meta"]);
    let sheet = second.sheet("Tiêu chí").unwrap();
    assert_eq!(sheet.rows[2], [Cell::from("Mã"), "Điểm".into(), "Lỗi".into()]);
    assert_eq!(sheet.rows[4][2], Cell::from("B5: Điểm quá cao."));
    assert_eq!(sheet.at(5, 2).text().unwrap(), None, "the old error is gone");
}

#[test]
fn a_csv_comes_back_as_a_workbook() {
    let book = read("Mã;Điểm\n1;x\n".as_bytes(), "điểm.csv").unwrap();
    let no = book.sheets[0].at(1, 1).decimal().unwrap_err();
    let back = read(&error_book(&book, &[no]).unwrap(), "a.xlsx").unwrap();
    assert_eq!(
        back.sheet("điểm.csv").unwrap().rows[1][2],
        Cell::from("B2: “x” không phải là số. Ví dụ cách viết đúng: 1.234,5.")
    );
}

#[test]
fn failed_formulas_are_kept_as_text_and_never_run() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>=CMD()</t></is></c><c r="B1" t="e"><v>#REF!</v></c></row>"#;
    let book = read(&xlsx(rows, ""), "a.xlsx").unwrap();
    let bytes = error_book(&book, &[]).unwrap();
    assert!(!entry(&bytes, "xl/worksheets/sheet2.xml").contains("<f>"));
    assert_eq!(read(&bytes, "a.xlsx").unwrap().sheets[1].rows[0], [Cell::from("=CMD()"), "#REF!".into()]);
}

#[test]
fn places_are_read_only_when_they_are_places() {
    for (text, expected) in [("A1", Some((0, 0))), ("C12", Some((11, 2))), ("XFD1048576", Some((1_048_575, 16_383)))] {
        assert_eq!(place(text), expected);
    }
    for text in ["", "A", "1", "A0", "a1", "1.1", "XFE1", "A1048577", "ZZZZZZZZZZZZZZZZZZ1"] {
        assert_eq!(place(text), None, "{text}");
    }
}
