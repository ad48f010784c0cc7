#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn list(texts: &[&str]) -> Vec<String> {
    listed(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
}

#[test]
fn numbers_under_ten_are_padded() {
    let check = |number: Number, symbol: &str, want: &str| assert_eq!(super::number(&number, symbol), want);
    check(Number::Count(7), "QĐ-SCT", "Số: 07/QĐ-SCT");
    check(Number::Count(10), "QĐ-SCT", "Số: 10/QĐ-SCT");
    check(Number::Count(1234), "SCT - VP", "Số: 1234/SCT-VP");
    check(Number::Text("07a".into()), "BC-SCT", "Số: 07a/BC-SCT");
    check(Number::Count(3), "", "Số: 03");
    check(Number::Blank, "BC-SCT", "Số: \u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/BC-SCT");
}

#[test]
fn days_under_ten_and_the_first_two_months_are_padded() {
    let check = |year, month, day, want: &str| {
        assert_eq!(place_and_day("Quảng Trị", Date::new(year, month, day).ok()).unwrap(), want);
    };
    check(2026, 2, 5, "Quảng Trị, ngày 05 tháng 02 năm 2026");
    check(2026, 3, 5, "Quảng Trị, ngày 05 tháng 3 năm 2026");
    check(2026, 12, 31, "Quảng Trị, ngày 31 tháng 12 năm 2026");
    assert_eq!(place_and_day("  ", Date::new(2026, 1, 1).ok()), None);
}

#[test]
fn lists_close_with_semicolons_and_a_stop() {
    assert_eq!(list(&["- Như trên;", "Sở Nội vụ.", "", "Lưu: VT"]), ["Như trên;", "Sở Nội vụ;", "Lưu: VT."]);
    assert_eq!(list(&["Căn cứ Luật\nsửa đổi;"]), ["Căn cứ Luật sửa đổi."]);
    assert_eq!(list(&[]), [""; 0]);
}

#[test]
fn text_ends_once() {
    assert_eq!(ended("Kính báo cáo."), "Kính báo cáo./.");
    assert_eq!(ended("Kính báo cáo"), "Kính báo cáo./.");
    assert_eq!(ended("Kính báo cáo./."), "Kính báo cáo./.");
}

#[test]
fn titles_of_official_letters_take_one_opening() {
    for title in ["báo cáo tháng", "V/v báo cáo tháng", "Về việc báo cáo tháng"] {
        assert_eq!(about(title), "V/v báo cáo tháng");
    }
}

#[test]
fn items_take_one_dash() {
    assert_eq!(item("một"), "- một");
    assert_eq!(item("- một"), "- một");
    assert_eq!(item("+ một"), "+ một");
}

#[test]
fn roman_figures() {
    let figures: Vec<String> = [1, 2, 3, 4, 5, 9, 14, 40, 49, 1994].into_iter().map(roman).collect();
    assert_eq!(figures, ["I", "II", "III", "IV", "V", "IX", "XIV", "XL", "XLIX", "MCMXCIV"]);
}

#[test]
fn text_is_composed_and_nothing_invisible_is_left() {
    assert_eq!(clean("Quy\u{1ec3}\u{300}"), "Quy\u{1ec3}\u{300}", "a letter that has no composed form stays");
    assert_eq!(clean("e\u{302}\u{323}"), "ệ");
    assert_eq!(clean("A\u{202e}B\u{200b}C\u{0}\tD\r\nE\rF"), "ABC D\nE\nF");
    assert_eq!(clean("\u{ffff}\u{feff}x\u{1fffe}"), "x");
}

#[test]
fn brackets_are_put_once() {
    assert_eq!(bracketed("Kèm theo Quyết định"), "(Kèm theo Quyết định)");
    assert_eq!(bracketed("(Kèm theo Quyết định)"), "(Kèm theo Quyết định)");
    assert_eq!(bracketed(" "), "");
}
