#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::sample::{entries, entry};
use crate::{Book, read};
use base::Decimal;
use jiff::civil::date;
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn sample() -> BookOut {
    let mut table = Table::new(vec![
        Column::text("Mã", 8),
        Column::text("Tên", 40).hint("Tên đầy đủ"),
        Column::number("Điểm", 2),
        Column::exact("Hệ số"),
        Column::date("Ngày"),
        Column::moment("Lúc"),
        Column::yes_no("Đạt"),
        Column::text("Ai chấm", 12).choices(["tự chấm, có kiểm chứng", "điều tra"]),
    ])
    .title("Bảng điểm năm 2020")
    .note("Đơn vị: Sở Công Thương");
    table.push(vec![
        "1.10".into(),
        "=1+1".into(),
        decimal("1234.5").into(),
        decimal("0.12345678901234567").into(),
        date(2020, 11, 24).into(),
        date(2020, 11, 24).at(9, 14, 0, 0).into(),
        true.into(),
        "điều tra".into(),
    ]);
    table.push(vec![
        "2".into(),
        "@Kế hoạch\ndòng hai".into(),
        decimal("0.3").into(),
        Cell::Empty,
        date(1890, 1, 2).into(),
        Cell::Empty,
        false.into(),
        Cell::Empty,
    ]);
    table.totals = Some(vec!["".into(), "Tổng cộng".into(), decimal("1234.8").into()]);
    BookOut {
        guide: vec!["# Cách điền".into(), "Mỗi dòng một tiêu chí.".into()],
        sheets: vec![SheetOut::new("Tiêu chí", table).spare_rows(50)],
        meta: vec![("template".into(), "criteria".into()), ("version".into(), "1".into())],
    }
}

fn back(book: &BookOut) -> Book {
    read(&write(book).unwrap(), "a.xlsx").unwrap()
}

#[test]
fn what_was_written_is_read_back() {
    let book = back(&sample());
    assert_eq!(book.meta["template"], "criteria");
    assert_eq!(
        book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect::<Vec<_>>(),
        [("Hướng dẫn", false), ("Tiêu chí", false), ("_lists", true), ("_meta", true)]
    );
    let sheet = book.sheet("Tiêu chí").unwrap();
    assert_eq!(sheet.rows[0][0], Cell::from("BẢNG ĐIỂM NĂM 2020"));
    assert_eq!(sheet.at(0, 5).text().unwrap().unwrap(), "BẢNG ĐIỂM NĂM 2020", "the title is merged over the table");
    let grid = sheet.grid(&["Mã", "Điểm"]).unwrap();
    let line = grid.lines().next().unwrap();
    assert_eq!(line.number(), 5);
    assert_eq!(line.at("Mã").cell, &Cell::from("1.10"));
    assert_eq!(line.at("Tên").cell, &Cell::from("=1+1"));
    assert_eq!(line.at("Điểm").cell, &Cell::from(decimal("1234.5")));
    assert_eq!(
        line.at("Hệ số").decimal().unwrap(),
        Some(decimal("0.12345678901234567")),
        "too long for a float, kept as text"
    );
    assert_eq!(line.at("Ngày").cell, &Cell::from(date(2020, 11, 24)));
    assert_eq!(line.at("Lúc").cell, &Cell::from(date(2020, 11, 24).at(9, 14, 0, 0)));
    assert_eq!(line.at("Đạt").yes_no().unwrap(), Some(true));
    let second = grid.lines().nth(1).unwrap();
    assert_eq!(second.at("Tên").text().unwrap().unwrap(), "@Kế hoạch\ndòng hai");
    assert_eq!(second.at("Ngày").text().unwrap().unwrap(), "02/01/1890");
    assert!(second.at("Hệ số").is_blank());
    assert_eq!(grid.lines().count(), 3, "the spare rows are blank");
}

#[test]
fn the_page_is_ready_to_print_and_to_fill_in() {
    let bytes = write(&sample()).unwrap();
    let sheet = entry(&bytes, "xl/worksheets/sheet2.xml");
    for part in [
        r#"<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>"#,
        r#"orientation="landscape""#,
        r#"paperSize="9""#,
        r#"fitToHeight="0""#,
        r#"<autoFilter ref="A4:H6"/>"#,
        r#"<formula1>_lists!$A$1:$A$2</formula1>"#,
        r#"<formula1>_lists!$B$1:$B$2</formula1>"#,
        r#"sqref="H5:H56""#,
        "Tên đầy đủ",
    ] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(!sheet.contains("<f>"), "no formula is ever written");
    let workbook = entry(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("'Tiêu chí'!$A$1:$H$57") && workbook.contains("'Tiêu chí'!$4:$4"), "{workbook}");
    let styles = entry(&bytes, "xl/styles.xml");
    assert!(styles.contains("#,##0.00") && styles.contains("dd/mm/yyyy"), "{styles}");
}

#[test]
fn numbers_and_days_are_real_ones() {
    let sheet = entry(&write(&sample()).unwrap(), "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<v>1234.5</v>") && sheet.contains("<v>0.3</v>"));
    // 24/11/2020 is day 44159 of the 1900 calendar (Excel's DATEVALUE).
    assert!(sheet.contains("<v>44159</v>"), "{sheet}");
}

#[test]
fn an_empty_table_is_a_header() {
    let bytes = write_table("Trống", Table::new(vec![Column::text("Mã", 8)])).unwrap();
    let book = read(&bytes, "a.xlsx").unwrap();
    assert_eq!(book.sheets[0].rows, [[Cell::from("Mã")]]);
    assert!(write_table("", Table::default()).is_ok());
}

#[test]
fn names_of_sheets_are_made_acceptable() {
    let mut names = Names::default();
    let long = "Sở Văn hóa, Thể thao và Du lịch tỉnh Quảng Trị";
    for (wanted, got) in [
        ("Tiêu chí", "Tiêu chí"),
        ("tiêu chí", "tiêu chí (2)"),
        ("a/b:c", "a b c"),
        ("", "Bảng"),
        ("'x'", "x"),
        ("[]", "Bảng (2)"),
    ] {
        assert_eq!(names.take(wanted), got);
    }
    let (first, second) = (names.take(long), names.take(long));
    assert_eq!((first.chars().count() <= 31, second.chars().count() <= 31), (true, true));
    assert!(second.ends_with(" (2)") && first != second);
}

#[test]
fn what_a_spreadsheet_cannot_hold_is_refused() {
    let mut table = Table::new(vec![Column::text("Mã", 8)]);
    table.push(vec!["đ".repeat(32_768).into()]);
    let no = write_table("A", table).unwrap_err();
    assert_eq!((no.code, no.say.contains("A!A2")), ("sheet.cell-too-long", true));
    let mut table = Table::new(vec![Column::text("Mã", 8)]);
    table.rows = vec![Vec::new(); 1_048_576];
    assert_eq!(write_table("A", table).unwrap_err().code, "sheet.table-too-long");
}

#[test]
fn no_part_of_the_file_has_macros() {
    assert!(!entries(&write(&sample()).unwrap()).iter().any(|(name, _)| name.to_lowercase().contains("vba")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_and_number_round_trips(texts in proptest::collection::vec("[\\PC\t\n_x0-9A-F=+@-]{1,20}", 1..6), mantissa in any::<i64>(), scale in 0u32..10) {
        let number = Decimal::new(mantissa, scale);
        let mut table = Table::new(vec![Column::text("Mã", 8), Column::exact("Số")]);
        for text in &texts {
            table.push(vec![text.as_str().into(), number.into()]);
        }
        let bytes = write_table("A", table).unwrap();
        let book = read(&bytes, "a.xlsx").unwrap();
        let sheet = &book.sheets[0];
        for (row, text) in (1..).zip(&texts) {
            prop_assert_eq!(sheet.at(row, 0).cell, &Cell::from(text.as_str()));
            prop_assert_eq!(sheet.at(row, 1).decimal().unwrap(), Some(number));
        }
    }
}
