#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn written_as_is() {
    for (number, text) in [
        ("0", "0"),
        ("7", "7"),
        ("999", "999"),
        ("1000", "1.000"),
        ("1234.5", "1.234,5"),
        ("1234.50", "1.234,50"),
        ("1234567.891", "1.234.567,891"),
        ("-1234.5", "−1.234,5"),
        ("0.001", "0,001"),
        ("-0", "0"),
        ("123456", "123.456"),
        ("79228162514264337593543950335", "79.228.162.514.264.337.593.543.950.335"),
    ] {
        assert_eq!(vi(&decimal(number)), text);
    }
    assert_eq!(vi(&-decimal("0.00")), "0,00");
}

#[test]
fn rounded_half_away_from_zero_and_padded() {
    for (number, digits, text) in [
        ("1.005", 2, "1,01"),
        ("-0.125", 2, "−0,13"),
        ("1234.5", 2, "1.234,50"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "−1"),
        ("2.5", 0, "3"),
        ("999.995", 2, "1.000,00"),
        ("-0.001", 2, "0,00"),
        ("81.325", 2, "81,33"),
        ("7", 3, "7,000"),
    ] {
        assert_eq!(vi_fixed(&decimal(number), digits), text, "{number}");
    }
}

#[test]
fn differences_carry_their_sign() {
    for (number, text) in [
        ("0.6", "+0,60"),
        ("-0.75", "−0,75"),
        ("0", "0,00"),
        ("-0.004", "0,00"),
        ("0.004", "0,00"),
        ("1234.5", "+1.234,50"),
    ] {
        assert_eq!(signed(&decimal(number), 2), text);
    }
}

#[test]
fn percentages_keep_their_sign_on_the_line() {
    assert_eq!(percent(&decimal("98.588"), 2), "98,59\u{a0}%");
    assert_eq!(percent(&decimal("100"), 0), "100\u{a0}%");
}

#[test]
fn pages_read_commas_and_thousands() {
    for (text, number) in [
        ("0", "0"),
        ("12", "12"),
        ("12,5", "12.5"),
        ("1234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1.234", "1234"),
        ("1\u{a0}234\u{202f}567", "1234567"),
        ("1.234.567", "1234567"),
        ("12.345", "12345"),
        ("123.456,0", "123456.0"),
        (" 7 ", "7"),
        ("+3", "3"),
        ("-3,25", "-3.25"),
        ("−3,25", "-3.25"),
        ("– 3", "-3"),
        (",5", "0.5"),
        ("-0", "0"),
        ("0,125", "0.125"),
        ("007", "7"),
        ("1,234", "1.234"),
        ("0,0000000000000000000000000001", "0.0000000000000000000000000001"),
    ] {
        assert_eq!(read_vi(text).unwrap_or_else(|no| panic!("{text}: {no}")), decimal(number), "{text}");
    }
}

#[test]
fn any_other_dot_is_refused_with_a_hint() {
    for text in [
        "12.5",
        "1.2345",
        "1.23",
        "1234.567",
        "0.125",
        "00.125",
        ".125",
        ".5",
        "5.",
        "1..234",
        "1.234.56",
        "1,234.5",
        "1,234.567",
        "1.234.5,6",
        "-12.5",
        "1 234.5",
    ] {
        let no = read_vi(text).expect_err(text);
        assert_eq!(
            (no.code, no.say.as_str()),
            ("number.dot", "Dùng dấu phẩy cho phần thập phân, ví dụ 12,5."),
            "{text}"
        );
    }
}

#[test]
fn what_is_not_a_number_is_refused() {
    for (text, code) in [
        ("", "number.empty"),
        ("  ", "number.empty"),
        ("-", "number.empty"),
        ("mười", "number.unreadable"),
        ("1e5", "number.unreadable"),
        ("1,5,2", "number.unreadable"),
        ("12,", "number.unreadable"),
        (",", "number.unreadable"),
        ("12,5 %", "number.unreadable"),
        ("--3", "number.unreadable"),
        ("1 23", "number.unreadable"),
        ("1 2345", "number.unreadable"),
        ("٣", "number.unreadable"),
        ("NaN", "number.unreadable"),
        ("=1+1", "number.unreadable"),
        ("99999999999999999999999999999999", "number.too-long"),
        ("0,00000000000000000000000000001", "number.too-long"),
    ] {
        assert_eq!(read_vi(text).expect_err(text).code, code, "{text}");
    }
}

#[test]
fn counts_are_whole_and_not_negative() {
    for (text, count) in
        [("0", 0), ("1.204", 1204), ("1 204", 1204), ("12,0", 12), ("-0", 0), ("18446744073709551615", u64::MAX)]
    {
        assert_eq!(read_count(text).unwrap(), count, "{text}");
    }
    for (text, code) in [
        ("-1", "number.negative"),
        ("1,5", "number.not-whole"),
        ("12.5", "number.dot"),
        ("", "number.empty"),
        ("18446744073709551616", "number.too-long"),
    ] {
        assert_eq!(read_count(text).expect_err(text).code, code, "{text}");
    }
}

#[test]
fn files_have_dots_only() {
    for (text, number) in
        [("0", "0"), ("12.5", "12.5"), ("1.234", "1.234"), ("-0.75", "-0.75"), ("1234567", "1234567"), ("007", "7")]
    {
        assert_eq!(read_file(text).unwrap(), decimal(number), "{text}");
    }
    for text in ["12,5", "1.234.5", "1 234", " 1", "1e3", ".5", "5.", "+1", "−1", "--1", "abc", "-", "1.5 "] {
        assert_eq!(read_file(text).expect_err(text).code, "number.unreadable", "{text}");
    }
    assert_eq!(read_file("").expect_err("empty").code, "number.empty");
    assert_eq!(read_file("0.00000000000000000000000000001").expect_err("small").code, "number.too-long");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(mantissa in any::<i64>(), scale in 0u32..12) {
        let number = Decimal::new(mantissa, scale);
        prop_assert_eq!(read_vi(&vi(&number)).unwrap(), number);
        prop_assert_eq!(read_file(&number.to_string()).unwrap(), number);
    }

    #[test]
    fn rounding_moves_by_half_a_unit_at_most(mantissa in any::<i64>(), scale in 0u32..12, digits in 0u32..6) {
        let number = Decimal::new(mantissa, scale);
        let written = read_vi(&vi_fixed(&number, digits)).unwrap();
        prop_assert!((written - number).abs() <= Decimal::new(5, digits + 1));
    }

    #[test]
    fn counts_round_trip(count in 0u64..) {
        prop_assert_eq!(read_count(&vi(&Decimal::from(count))).unwrap(), count);
    }

    #[test]
    fn nothing_typed_makes_it_panic(text in "\\PC{0,40}") {
        let _ = (read_vi(&text), read_count(&text), read_file(&text));
    }
}
