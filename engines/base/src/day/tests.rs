#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

#[test]
fn the_day_turns_at_seventeen_utc() {
    let moment = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(today(moment("2026-11-23T16:59:59Z")), date(2026, 11, 23));
    assert_eq!(today(moment("2026-11-23T17:00:00Z")), date(2026, 11, 24));
    assert_eq!(start(TODAY), moment("2026-11-23T17:00:00Z"));
    assert_eq!(start(Date::MIN), Timestamp::MIN);
}

#[test]
fn written_as_offices_write() {
    assert_eq!(vi(date(2026, 9, 5)), "05/09/2026");
    for (day, long) in [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 9, 10), "ngày 10 tháng 9 năm 2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ] {
        assert_eq!(vi_long(day), long);
    }
    let moment: Timestamp = "2026-11-24T02:14:59Z".parse().unwrap();
    assert_eq!(vi_moment(moment), "24/11/2026 09:14");
    assert_eq!(vi_time(moment), "09:14");
    assert_eq!(vi_moment("2026-12-31T17:00:00Z".parse().unwrap()), "01/01/2027 00:00");
}

#[test]
fn every_way_of_typing_a_day() {
    for typed in [
        "5/9/26",
        "05/09/2026",
        "05092026",
        "050926",
        "5.9.2026",
        "5-9-2026",
        "2026-09-05",
        " 5/9/2026 ",
        "5 / 9 / 2026",
        "05-09-26",
    ] {
        assert_eq!(read_vi(typed, TODAY).unwrap_or_else(|no| panic!("{typed}: {no}")), date(2026, 9, 5), "{typed}");
    }
    for typed in ["hn", "HN", "hôm nay", "Hom nay"] {
        assert_eq!(read_vi(typed, TODAY).unwrap(), TODAY, "{typed}");
    }
    assert_eq!(read_vi("29/2/2028", TODAY).unwrap(), date(2028, 2, 29));
}

#[test]
fn two_digit_years_look_back_eighty() {
    for (typed, year) in [("1/1/46", 2046), ("1/1/47", 1947), ("1/1/00", 2000), ("1/1/85", 1985), ("1/1/99", 1999)] {
        assert_eq!(read_vi(typed, TODAY).unwrap().year(), year, "{typed}");
    }
    assert_eq!(read_vi("1/1/05", date(1995, 1, 1)).unwrap().year(), 2005);
}

#[test]
fn impossible_and_unreadable_days_are_told_apart() {
    for (typed, code) in [
        ("", "day.empty"),
        ("  ", "day.empty"),
        ("31/2/2026", "day.impossible"),
        ("29/02/2026", "day.impossible"),
        ("0/1/2026", "day.impossible"),
        ("1/13/2026", "day.impossible"),
        ("1/0/2026", "day.impossible"),
        ("1/1/0026", "day.impossible"),
        ("1/1/2999", "day.impossible"),
        ("20260905", "day.impossible"),
        ("1/1", "day.unreadable"),
        ("1/1/2026/1", "day.unreadable"),
        ("1/1/202", "day.unreadable"),
        ("1/1-2026", "day.unreadable"),
        ("2026/09/05", "day.unreadable"),
        ("mai", "day.unreadable"),
        ("-1/1/2026", "day.unreadable"),
        ("5092026", "day.unreadable"),
        ("001/1/2026", "day.unreadable"),
        ("1//2026", "day.unreadable"),
        ("٠٥/٠٩/٢٠٢٦", "day.unreadable"),
        ("12.5.", "day.unreadable"),
    ] {
        assert_eq!(read_vi(typed, TODAY).expect_err(typed).code, code, "{typed}");
    }
    assert_eq!(read_vi("31/2/2026", TODAY).expect_err("").say, "Không có ngày 31: tháng 2 năm 2026 có 28 ngày.");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(year in 1900i16..=2199, month in 1i8..=12, day in 1i8..=28) {
        let day = date(year, month, day);
        prop_assert_eq!(read_vi(&vi(day), TODAY).unwrap(), day);
        prop_assert_eq!(read_vi(&day.to_string(), TODAY).unwrap(), day);
    }

    #[test]
    fn the_start_of_a_day_is_in_that_day(year in 1900i16..=2199, month in 1i8..=12, day in 1i8..=28) {
        let day = date(year, month, day);
        prop_assert_eq!(today(start(day)), day);
        prop_assert_eq!(vi_time(start(day)), "00:00");
    }

    #[test]
    fn nothing_typed_makes_it_panic(typed in "\\PC{0,20}") {
        let _ = read_vi(&typed, TODAY);
    }
}
