#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::str::FromStr;

use proptest::prelude::*;

use super::*;

fn dec(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

fn frac(num: i64, den: i64) -> Exact {
    Exact::ratio(num, den).unwrap()
}

#[test]
fn rounds_half_away_from_zero() {
    let check = |text: &str, digits, expected: &str| {
        assert_eq!(Exact::from(dec(text)).round(digits), dec(expected), "{text} to {digits} digits");
    };
    check("1.005", 2, "1.01"); // a float gives 1.00
    check("-0.125", 2, "-0.13");
    check("0.125", 2, "0.13");
    check("2.675", 2, "2.68");
    check("0.0049999999999999999999999", 2, "0");
    check("0.5", 0, "1");
    check("-0.5", 0, "-1");
    check("1.479", 3, "1.479");
    check("81.333333", 2, "81.33");
}

#[test]
fn thirds_stay_thirds() {
    let third = frac(1, 3);
    assert_eq!(&third + &third + &third, Exact::ONE);
    assert_eq!(third.to_decimal_exact(), None);
    assert_eq!(third.to_string(), "0.333333333333");
    assert_eq!(frac(2, 3).round(2), dec("0.67"));
    assert_eq!((frac(1, 3) + frac(1, 6)).to_decimal_exact(), Some(dec("0.5")));
}

#[test]
fn display_is_the_shortest_decimal() {
    assert_eq!(Exact::from(dec("1.500")).to_string(), "1.5");
    assert_eq!(Exact::from(dec("-0.750")).to_string(), "-0.75");
    assert_eq!(Exact::ZERO.to_string(), "0");
    assert_eq!(frac(300, 3).to_string(), "100");
    assert_eq!(frac(6832, 84).to_string(), "81.333333333333");
}

#[test]
fn beyond_64_bits_nothing_is_lost() {
    // 1/p + … over the first hundred primes: the common denominator has about 220 digits.
    let primes: Vec<i64> = (2..542).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
    assert_eq!(primes.len(), 100);
    let sum: Exact = primes.iter().map(|p| frac(1, *p)).sum();
    let back = primes.iter().fold(sum, |rest, p| rest - frac(1, *p));
    assert!(back.is_zero());
    assert_eq!(back.to_string(), "0");
}

#[test]
fn a_decimal_of_28_digits_survives() {
    let long = dec("0.1234567890123456789012345678");
    assert_eq!(Exact::from(long).to_decimal_exact(), Some(long));
    let squared = Exact::from(long) * Exact::from(long);
    assert_eq!(Exact::ratio(squared, Exact::from(long)).unwrap().to_decimal_exact(), Some(long));
}

#[test]
fn nothing_is_divided_by_zero() {
    assert_eq!(Exact::ratio(1, 0), None);
    assert_eq!(Exact::ONE.checked_div(&(frac(1, 3) - frac(2, 6))), None);
}

#[test]
fn a_number_too_long_for_a_decimal_is_said_so() {
    let huge = Exact::from(Decimal::MAX) * Exact::HUNDRED;
    assert_eq!(huge.checked_round(2), None);
    assert_eq!(huge.round(2), Decimal::MAX);
    assert_eq!((-&huge).round(2), Decimal::MIN);
}

/// Numbers near every edge: small, near 64 and 128 bits, and with long denominators.
fn any_exact() -> impl Strategy<Value = Exact> {
    let num = prop_oneof![-1000i128..1000, any::<i64>().prop_map(i128::from), any::<i128>()];
    let den = prop_oneof![1u64..1000, Just(1000), Just(u64::MAX), 1u64..u64::MAX];
    (num, den).prop_map(|(num, den)| Exact::from_big(BigInt::from(num), BigInt::from(den)))
}

proptest! {
    #[test]
    fn sums_and_products_obey_the_laws_of_arithmetic(a in any_exact(), b in any_exact(), c in any_exact()) {
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!((&a + &b) + &c, &a + (&b + &c));
        prop_assert_eq!((&a * &b) * &c, &a * (&b * &c));
        prop_assert_eq!(&a * (&b + &c), &a * &b + &a * &c);
        prop_assert!((&a - &a).is_zero());
        if let Some(quotient) = a.checked_div(&b) {
            prop_assert_eq!(quotient * &b, a);
        }
    }

    #[test]
    fn the_same_as_big_integers_throughout(a in any_exact(), b in any_exact()) {
        let ((an, ad), (bn, bd)) = (a.parts(), b.parts());
        prop_assert_eq!(&a + &b, Exact::from_big(&an * &bd + &bn * &ad, &ad * &bd));
        prop_assert_eq!(&a * &b, Exact::from_big(&an * &bn, &ad * &bd));
        prop_assert_eq!(a.cmp(&b), (an * bd).cmp(&(bn * ad)));
    }

    #[test]
    fn rounding_is_within_half_a_unit_and_odd(a in any_exact(), digits in 0u32..6) {
        let rounded = a.rounded(digits);
        let unit = Exact::scaled(1, digits);
        let away = &rounded - &a;
        prop_assert!(&away + &away <= unit && -(&away + &away) <= unit);
        prop_assert_eq!(-rounded.clone(), (-&a).rounded(digits));
        prop_assert_eq!(&rounded.rounded(digits), &rounded);
        if let Some(decimal) = a.checked_round(digits) {
            prop_assert_eq!(Exact::from(decimal), rounded);
        }
    }

    #[test]
    fn decimals_come_back_unchanged(mantissa in any::<i64>(), scale in 0u32..20) {
        let decimal = Decimal::from_i128_with_scale(i128::from(mantissa), scale);
        prop_assert_eq!(Exact::from(decimal).to_decimal_exact(), Some(decimal));
    }
}
