#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::read;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 24);

fn csv(text: &str) -> Book {
    read(text.as_bytes(), "tệp.csv").unwrap()
}

#[test]
fn addresses_are_those_of_spreadsheets() {
    for (row, column, text) in [
        (0, 0, "A1"),
        (11, 2, "C12"),
        (0, 25, "Z1"),
        (0, 26, "AA1"),
        (0, 701, "ZZ1"),
        (0, 702, "AAA1"),
        (1_048_575, 16_383, "XFD1048576"),
    ] {
        assert_eq!(address(row, column), text);
    }
}

#[test]
fn a_table_is_found_by_the_names_of_its_columns() {
    let book = csv("BẢNG ĐIỂM\r\n\r\nSTT;Điểm tối đa *; MÃ ;Tên\r\n1;1,5;1.10;Kế hoạch\r\n;;;\r\n2;2;1.2;Báo cáo\r\n");
    let grid = book.sheets[0].grid(&["mã", "Điểm tối đa"]).unwrap();
    let lines: Vec<_> = grid
        .lines()
        .map(|line| {
            (
                line.number(),
                line.at("Mã").text().unwrap().unwrap(),
                line.at("điểm tối đa").decimal().unwrap().unwrap().to_string(),
            )
        })
        .collect();
    assert_eq!(lines, [(4, "1.10".to_string(), "1.5".to_string()), (6, "1.2".to_string(), "2".to_string())]);
    assert!(grid.has("Tên") && !grid.has("Ghi chú"));
    let line = grid.lines().next().unwrap();
    assert!(line.at("Ghi chú").is_blank());
    assert_eq!(line.at("Mã").address(), "C4");
}

#[test]
fn a_missing_or_doubled_column_is_named() {
    let no = csv("Mã;Tên\n1;a\n").sheets[0].grid(&["Mã", "Điểm"]).unwrap_err();
    assert_eq!(
        (no.code, no.say.as_str(), no.field.as_deref()),
        ("sheet.no-column", "Trang tính “tệp.csv” thiếu cột “Điểm”.", Some("A1"))
    );
    let no = csv("a;b\n").sheets[0].grid(&["Mã", "Điểm"]).unwrap_err();
    assert_eq!(no.code, "sheet.no-header");
    let no = csv("Mã;Điểm;mã\n").sheets[0].grid(&["Mã"]).unwrap_err();
    assert_eq!((no.code, no.field.as_deref()), ("sheet.column-twice", Some("C1")));
    assert!(no.say.contains("(A và C)"), "{}", no.say);
}

#[test]
fn numbers_follow_the_notation_of_the_file() {
    let page = csv("Số;x\n1.234,5;\n12.5;\nmười;\n −3 ;\n");
    let grid = page.sheets[0].grid(&["Số"]).unwrap();
    let read: Vec<_> = grid
        .lines()
        .map(|line| line.at("Số").decimal().map(|n| n.unwrap().to_string()).map_err(|no| (no.code, no.field.unwrap())))
        .collect();
    assert_eq!(
        read,
        [
            Ok("1234.5".into()),
            Err(("number.dot", "A3".into())),
            Err(("number.unreadable", "A4".into())),
            Ok("-3".into())
        ]
    );
    let file = csv("Số,x\n1234.5,\n\"1,5\",\n");
    let grid = file.sheets[0].grid(&["Số"]).unwrap();
    let read: Vec<_> = grid
        .lines()
        .map(|line| line.at("Số").decimal().map(|n| n.unwrap().to_string()).map_err(|no| no.code))
        .collect();
    assert_eq!(read, [Ok("1234.5".into()), Err("number.unreadable")]);
}

#[test]
fn cells_are_read_as_what_is_asked() {
    let cells = |cells: Vec<Cell>| Sheet {
        name: "S".into(),
        hidden: false,
        rows: vec![cells],
        covered: HashMap::new(),
        notation: Notation::Page,
        alone: false,
    };
    let sheet = cells(vec![
        Cell::Number("1.10".parse().unwrap()),
        Cell::Text("  Vie\u{323}\u{302}t\r\nNam ".into()),
        Cell::Date(TODAY),
        Cell::Bool(true),
        Cell::Error("#DIV/0!".into()),
        Cell::Text("  ".into()),
        Cell::Text("x".into()),
        Cell::Text("5/9/26".into()),
    ]);
    assert_eq!(sheet.at(0, 0).text().unwrap().unwrap(), "1.1");
    assert_eq!(sheet.at(0, 1).text().unwrap().unwrap(), "Việt\nNam");
    assert_eq!(sheet.at(0, 2).text().unwrap().unwrap(), "24/11/2026");
    assert_eq!(sheet.at(0, 2).date(TODAY).unwrap(), Some(TODAY));
    assert_eq!(sheet.at(0, 7).date(TODAY).unwrap(), Some(date(2026, 9, 5)));
    assert_eq!(sheet.at(0, 3).yes_no().unwrap(), Some(true));
    assert_eq!(sheet.at(0, 6).yes_no().unwrap(), Some(true));
    assert_eq!(sheet.at(0, 5).text().unwrap(), None);
    assert_eq!(sheet.at(0, 5).decimal().unwrap(), None);
    assert_eq!(sheet.at(9, 9).date(TODAY).unwrap(), None);
    for (column, code) in [(4, "cell.error"), (2, "cell.not-number"), (3, "cell.not-number"), (0, "number.not-whole")] {
        let no = sheet.at(0, column).count().unwrap_err();
        assert_eq!((no.code, no.field), (code, Some(format!("S!{}", address(0, column)))));
    }
    for column in [0, 3] {
        assert_eq!(sheet.at(0, column).date(TODAY).unwrap_err().code, "cell.not-date");
    }
    assert_eq!(sheet.at(0, 1).yes_no().unwrap_err().code, "cell.not-yes-no");
}

#[test]
fn a_merged_text_is_read_in_every_cell_and_a_number_once() {
    let rows =
        vec![vec![Cell::from("Nhóm A"), Cell::from(5i64)], vec![Cell::Empty, Cell::Empty], vec![Cell::from("x")]];
    let covered = HashMap::from([((1, 0), (0, 0)), ((1, 1), (0, 1))]);
    let sheet = Sheet { name: "S".into(), hidden: false, rows, covered, notation: Notation::Page, alone: false };
    assert_eq!(sheet.at(1, 0).text().unwrap().unwrap(), "Nhóm A");
    assert_eq!(sheet.at(1, 1).decimal().unwrap(), None);
    assert_eq!(sheet.at(2, 1).text().unwrap(), None);
}

#[test]
fn sheets_are_found_whatever_their_case_and_marks() {
    let book = csv("a;b\n");
    assert!(book.find("TEP.CSV").is_some());
    assert_eq!(
        book.sheet("Tiêu chí").unwrap_err().say,
        "Tệp không có trang tính “Tiêu chí”. Dùng tệp mẫu và giữ nguyên tên các trang tính."
    );
}
