#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::TableRow;
use crate::nd30::ND30;

const ROOM: f64 = 160.0 * PT;

fn grid(columns: Vec<Col>, rows: &[&[&str]]) -> Grid {
    let rows = rows.iter().map(|cells| TableRow::new(cells.iter().copied())).collect();
    Grid::of(&Table { columns, rows }, &ND30, ROOM).unwrap().unwrap()
}

fn total(grid: &Grid) -> f64 {
    grid.widths.iter().sum()
}

#[test]
fn shares_divide_what_the_others_leave() {
    let grid = grid(vec![Col::new("TT").mm(10), Col::new("A").share(3), Col::new("B").share(1)], &[]);
    assert!((grid.widths[0] - 10.0 * PT).abs() < 1e-9);
    assert!((grid.widths[1] - 112.5 * PT).abs() < 1e-9);
    assert!((grid.widths[2] - 37.5 * PT).abs() < 1e-9);
}

#[test]
fn columns_by_text_hold_it_and_fill_the_line() {
    let grid = grid(vec![Col::new("Cơ quan"), Col::new("Điểm")], &[&["Sở Giáo dục và Đào tạo", "68,50"]]);
    assert!((total(&grid) - ROOM).abs() < 1e-6);
    let text = width("Sở Giáo dục và Đào tạo", false, ND30.table).unwrap() * PT;
    assert!(grid.widths[0] > text + 2.0 * ND30.cell_side);
    assert!(grid.widths[0] > grid.widths[1]);
}

#[test]
fn columns_that_do_not_fit_are_narrowed_together() {
    let wide: Vec<Col> = (0..6).map(|_| Col::new("A").mm(60)).collect();
    assert!((total(&grid(wide, &[])) - ROOM).abs() < 1e-6);
    let squeezed = grid(vec![Col::new("A").mm(400), Col::new("B").share(1)], &[]);
    assert!((total(&squeezed) - ROOM).abs() < 1e-6);
    assert!(squeezed.widths[1] >= LEAST, "a column with a share keeps room for its text");
}

#[test]
fn rows_are_made_as_long_as_the_columns() {
    let grid = grid(vec![Col::new("A"), Col::new("B")], &[&["1"], &["1", "2", "3"]]);
    assert_eq!(grid.rows[0].cells, ["1", ""]);
    assert_eq!(grid.rows[1].cells, ["1", "2"]);
}

#[test]
fn neighbours_of_a_group_stand_under_one_header() {
    let columns = vec![
        Col::new("TT"),
        Col::new("Tự chấm").under("Điểm"),
        Col::new("Thẩm định").under("Điểm"),
        Col::new("A").under("Khác"),
        Col::new("Ghi chú"),
    ];
    let header = header(&columns);
    let cell = |text: &str, from, across, down| Cell { text: text.into(), from, across, down };
    assert_eq!(
        header[0],
        [cell("TT", 0, 1, 2), cell("Điểm", 1, 2, 1), cell("Khác", 3, 1, 1), cell("Ghi chú", 4, 1, 2)]
    );
    assert_eq!(header[1], [cell("Tự chấm", 1, 1, 1), cell("Thẩm định", 2, 1, 1), cell("A", 3, 1, 1)]);
}

#[test]
fn a_group_that_comes_back_later_is_another_header() {
    let columns = vec![Col::new("A").under("X"), Col::new("B"), Col::new("C").under("X")];
    assert_eq!(header(&columns)[0].iter().map(|cell| cell.across).collect::<Vec<_>>(), [1, 1, 1]);
}

#[test]
fn no_columns_no_table() {
    assert!(Grid::of(&Table::default(), &ND30, ROOM).unwrap().is_none());
}

#[test]
fn only_words_wider_than_their_column_are_broken() {
    let columns = vec![Col::new("TT").mm(10), Col::new("nghiêng").mm(18), Col::new("A").share(1)];
    let mut grid = grid(columns, &[&["1", "ABCDEFGHIJ", "ABCDEFGHIJ"], &["2", "nghiêng ngả", "kế/hoạch"]]);
    grid.break_words(&ND30).unwrap();
    let broken = &grid.rows[0].cells[1];
    assert!(broken.matches(crate::face::BREAK).count() >= 1 && broken.replace(crate::face::BREAK, "") == "ABCDEFGHIJ");
    for line in broken.split(crate::face::BREAK) {
        assert!(width(line, false, ND30.table).unwrap() * PT < grid.widths[1] - 2.0 * ND30.cell_side);
    }
    assert_eq!(grid.rows[0].cells[2], "ABCDEFGHIJ");
    assert_eq!(grid.rows[1].cells[1..], ["nghiêng ngả", "kế/hoạch"]);
    assert_eq!(grid.header[0][1].text, "nghiêng");
}

#[test]
fn addresses_are_broken_after_their_signs() {
    let mut grid = grid(vec![Col::new("A").mm(30), Col::new("B").share(1)], &[&["https://quangtri.gov.vn/ke-hoach"]]);
    grid.break_words(&ND30).unwrap();
    let parts: Vec<&str> = grid.rows[0].cells[0].split(crate::face::BREAK).collect();
    assert_eq!(parts, ["https:", "/", "/", "quangtri.", "gov.", "vn/", "ke-", "hoach"]);
}

#[test]
fn a_header_that_fills_the_page_is_not_repeated() {
    assert!(grid(vec![Col::new("Cơ quan, đơn vị").mm(20)], &[]).repeats);
    assert!(!grid(vec![Col::new("Cơ quan, đơn vị ".repeat(30)).mm(20)], &[]).repeats);
}
