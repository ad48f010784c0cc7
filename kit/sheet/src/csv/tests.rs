#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::{Column, read};
use base::Decimal;
use jiff::civil::date;
use proptest::prelude::*;

fn sample() -> Table {
    let mut table = Table::new(vec![
        Column::text("Tên", 20),
        Column::number("Điểm", 2),
        Column::date("Ngày"),
        Column::moment("Lúc"),
        Column::yes_no("Đạt"),
    ])
    .title("Không có trong CSV");
    table.push(vec![
        "Sở; \"Nội\" vụ, A".into(),
        Decimal::new(-12345, 1).into(),
        date(2026, 9, 5).into(),
        date(2026, 9, 5).at(9, 4, 0, 0).into(),
        true.into(),
    ]);
    table.push(vec!["=HYPERLINK(1)".into(), Cell::Empty, Cell::Empty, Cell::Empty, false.into()]);
    table.totals = Some(vec!["Tổng".into()]);
    table
}

#[test]
fn vietnamese_excel_opens_it_by_a_double_click() {
    let text = String::from_utf8(write(&sample(), Style::Vietnamese).unwrap()).unwrap();
    assert_eq!(
        text,
        "\u{feff}Tên;Điểm;Ngày;Lúc;Đạt\r\n\"Sở; \"\"Nội\"\" vụ, A\";-1234,5;05/09/2026;05/09/2026 09:04;Có\r\n'=HYPERLINK(1);;;;Không\r\n"
    );
}

#[test]
fn machines_get_rfc_4180() {
    let text = String::from_utf8(write(&sample(), Style::Plain).unwrap()).unwrap();
    assert_eq!(
        text,
        "Tên,Điểm,Ngày,Lúc,Đạt\r\n\"Sở; \"\"Nội\"\" vụ, A\",-1234.5,2026-09-05,2026-09-05T09:04:00,true\r\n'=HYPERLINK(1),,,,false\r\n"
    );
}

#[test]
fn both_styles_are_read_back() {
    for style in [Style::Vietnamese, Style::Plain] {
        let book = read(&write(&sample(), style).unwrap(), "a.csv").unwrap();
        let grid = book.sheets[0].grid(&["Tên", "Điểm"]).unwrap();
        let lines: Vec<_> = grid.lines().collect();
        assert_eq!(lines[0].at("Tên").text().unwrap().unwrap(), "Sở; \"Nội\" vụ, A");
        assert_eq!(lines[0].at("Điểm").decimal().unwrap(), Some(Decimal::new(-12345, 1)));
        assert_eq!(lines[0].at("Ngày").date(date(2026, 1, 1)).unwrap(), Some(date(2026, 9, 5)));
        assert_eq!(lines[0].at("Đạt").yes_no().unwrap(), Some(true));
        assert_eq!(lines[1].at("Tên").text().unwrap().unwrap(), "=HYPERLINK(1)");
        assert_eq!(lines[1].at("Điểm").decimal().unwrap(), None);
    }
}

#[test]
fn live_texts_are_disarmed() {
    for text in ["=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-1"] {
        assert_eq!(disarm(text), format!("'{text}"));
        assert_eq!(arm(disarm(text)), text);
    }
    for text in ["1", "a=b", "'tis", "'", "", " =1"] {
        assert_eq!(disarm(text), text);
        assert_eq!(arm(text.into()), text);
    }
}

proptest! {
    #[test]
    fn any_text_round_trips(texts in proptest::collection::vec("['=+@;,\"\t\r\n a-zà-ỹ-]{0,8}", 2..6), plain in any::<bool>()) {
        let style = if plain { Style::Plain } else { Style::Vietnamese };
        let mut table = Table::new(texts.iter().map(|_| Column::text("Cột", 8)).collect());
        table.push(texts.iter().map(|text| text.as_str().into()).collect());
        let book = read(&write(&table, style).unwrap(), "a.csv").unwrap();
        for (column, text) in texts.iter().enumerate() {
            prop_assert_eq!(book.sheets[0].at(1, column).cell, &Cell::from(text.as_str()));
        }
    }
}
