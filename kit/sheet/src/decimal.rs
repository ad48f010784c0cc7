//! Spreadsheets store binary floats; people see decimals. This is the way from one to the other.

use base::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The decimal a person sees for a stored float: its first 15 significant digits, as Excel shows and as a
/// float surely carries. So 0.1 + 0.2, stored as 0.30000000000000004, is 0.3.
///
/// `None` where a decimal cannot hold it (over 28 digits before the point, infinite).
pub fn shown(stored: f64) -> Option<Decimal> {
    if !stored.is_finite() {
        return None;
    }
    let mut number = Decimal::from_scientific(&format!("{stored:.14e}")).ok()?.normalize();
    if number.is_zero() {
        number.set_sign_positive(true);
    }
    Some(number)
}

/// The float to store for a decimal, if the decimal is what will be seen for it. A decimal with more digits
/// than a float carries has none, and is stored as text rather than changed.
pub(crate) fn stored(number: &Decimal) -> Option<f64> {
    let float = number.to_f64()?;
    (shown(float)? == *number).then_some(float)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn float_noise_is_not_seen() {
        for (float, text) in [
            (0.1 + 0.2, "0.3"),
            (0.3, "0.3"),
            (1.1 * 1.1, "1.21"),
            (100.0, "100"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (68.32 / 84.0 * 100.0, "81.3333333333333"),
            (1e15, "1000000000000000"),
            (1e-10, "0.0000000001"),
            (123456789.125, "123456789.125"),
        ] {
            assert_eq!(shown(float).unwrap().to_string(), text);
        }
        for float in [f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(shown(float), None);
        }
    }

    #[test]
    fn long_decimals_have_no_float() {
        assert_eq!(stored(&"0.1234567890123456".parse().unwrap()), None);
        assert_eq!(stored(&"1.50".parse().unwrap()), Some(1.5));
        assert_eq!(stored(&"123456789012345".parse().unwrap()), Some(123456789012345.0));
    }

    proptest! {
        #[test]
        fn fifteen_digits_survive(mantissa in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0u32..16) {
            let number = Decimal::new(mantissa, scale);
            prop_assert_eq!(shown(stored(&number).unwrap()).unwrap(), number);
        }

        #[test]
        fn no_float_panics(bits in any::<u64>()) {
            let _ = shown(f64::from_bits(bits));
        }
    }
}
