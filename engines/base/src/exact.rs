//! Exact rational numbers: thirds stay thirds until the one rounding at the end.
//!
//! Points are sums of ratios (1.187/1.204 of 1,5 points), and a decision about a rank can hang on the third
//! digit. Decimals lose the thirds, floats lose everything, so everything between a number that was typed in
//! and a number that is printed is an [`Exact`].
//!
//! Two representations, one value: 64 bits over 64, *not* kept in lowest terms (a greatest common divisor costs more
//! than the sum it belongs to), worked with in 128; and, where that overflows even after reducing, big integers.
//! Nothing is ever rounded or wrapped on the way.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// Powers of ten that a 64-bit denominator can hold.
const TENS: [NonZeroU64; 20] = {
    let mut tens = [NonZeroU64::MIN; 20];
    let mut i = 1;
    while i < 20 {
        tens[i] = tens[i - 1].saturating_mul(TEN);
        i += 1;
    }
    tens
};
const TEN: NonZeroU64 = NonZeroU64::MIN.saturating_add(9);

/// A rational number, exactly.
#[derive(Clone, Debug)]
pub struct Exact(Form);

#[derive(Clone, Debug)]
enum Form {
    /// Numerator over a denominator above zero, not necessarily in lowest terms.
    Small(i64, NonZeroU64),
    /// In lowest terms, denominator above zero; only where `Small` cannot hold the value.
    Big(Box<(BigInt, BigInt)>),
}

use Form::{Big, Small};

impl Exact {
    pub const ZERO: Exact = Exact(Small(0, NonZeroU64::MIN));
    pub const ONE: Exact = Exact(Small(1, NonZeroU64::MIN));
    pub const HUNDRED: Exact = Exact(Small(100, NonZeroU64::MIN));

    /// `num / den`, or nothing where `den` is zero.
    pub fn ratio(num: impl Into<Exact>, den: impl Into<Exact>) -> Option<Exact> {
        num.into().checked_div(&den.into())
    }

    /// The whole number `units` of 10⁻`digits`: `scaled(1479, 3)` is 1,479.
    #[inline]
    pub fn scaled(units: i128, digits: u32) -> Exact {
        let den = TENS.get(digits as usize).copied();
        den.and_then(|den| Exact::small(units, den))
            .unwrap_or_else(|| Exact::from_big(BigInt::from(units), ten_to(digits)))
    }

    /// Where 64 bits hold the numerator.
    #[inline]
    fn small(num: i128, den: NonZeroU64) -> Option<Exact> {
        Some(Exact(Small(i64::try_from(num).ok()?, den)))
    }

    #[inline]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Small(num, _) => *num == 0,
            Big(parts) => parts.0.is_zero(),
        }
    }

    #[inline]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small(num, _) => *num < 0,
            Big(parts) => parts.0.is_negative(),
        }
    }

    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small(num, den) => i128::from(*num) % i128::from(den.get()) == 0,
            Big(parts) => parts.1 == BigInt::from(1),
        }
    }

    /// The quotient, or nothing where `other` is zero. The `/` operator is this with zero for nothing… which a
    /// caller must not lean on: ask here wherever the divisor comes from outside.
    #[inline]
    pub fn checked_div(&self, other: &Exact) -> Option<Exact> {
        if other.is_zero() {
            return None;
        }
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0)
            && let Some(den) = NonZeroU64::new(c.unsigned_abs()).and_then(|size| b.checked_mul(size))
            && let Some(quotient) = Exact::small(times(*a, *d) * i128::from(c.signum()), den)
        {
            return Some(quotient);
        }
        Some(self.divided_big(other))
    }

    /// This many units of 10⁻`digits`, rounded half away from zero; nothing where 128 bits do not hold it.
    #[inline]
    pub fn round_scaled(&self, digits: u32) -> Option<i128> {
        if let Small(num, den) = &self.0
            && let Some(&ten) = TENS.get(digits as usize)
        {
            return Some(divide_half_away(times(*num, ten), *den));
        }
        self.round_big(digits).to_i128()
    }

    /// As [`Exact::round_scaled`], of any size.
    #[cold]
    fn round_big(&self, digits: u32) -> BigInt {
        let (num, den) = self.parts();
        let doubled: BigInt = num.abs() * ten_to(digits) * 2 + &den;
        let size: BigInt = doubled.div_floor(&(den * 2));
        if num.is_negative() { -size } else { size }
    }

    /// Rounded half away from zero (1,005 → 1,01; −0,125 → −0,13), exactly still.
    #[inline]
    pub fn rounded(&self, digits: u32) -> Exact {
        match self.round_scaled(digits) {
            Some(units) => Exact::scaled(units, digits),
            None => Exact::from_big(self.round_big(digits), ten_to(digits)),
        }
    }

    /// Rounded half away from zero to `digits` digits after the comma, without trailing zeros.
    ///
    /// Nothing that is scored comes near the 28 digits a decimal holds; beyond them the result is the nearest
    /// decimal there is ([`Decimal::MAX`] or its negative), [`Exact::checked_round`] says so instead.
    pub fn round(&self, digits: u32) -> Decimal {
        self.checked_round(digits).unwrap_or(if self.is_negative() { Decimal::MIN } else { Decimal::MAX })
    }

    /// As [`Exact::round`], or nothing where a decimal cannot hold the result.
    pub fn checked_round(&self, digits: u32) -> Option<Decimal> {
        let mut digits = digits;
        let mut units = self.round_scaled(digits)?;
        while digits > 0 && units % 10 == 0 {
            units /= 10;
            digits -= 1;
        }
        Decimal::try_from_i128_with_scale(units, digits).ok()
    }

    /// The same value as a decimal, where it has one (a third has none).
    pub fn to_decimal_exact(&self) -> Option<Decimal> {
        // No more digits after the comma than the denominator has twos, or fives.
        let digits = match &self.0 {
            Small(num, den) => digits_of(den.get() / num.unsigned_abs().gcd(&den.get()))?,
            Big(parts) => digits_of_big(parts.1.clone())?,
        };
        if digits <= 28 { self.checked_round(digits) } else { None }
    }

    /// For simulations and charts only: a score is never computed from this.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Small(num, den) => *num as f64 / den.get() as f64,
            Big(parts) => {
                // Both sides may be beyond a float's range while their quotient is not.
                let shift = parts.0.bits().max(parts.1.bits()).saturating_sub(1000);
                let (num, den): (BigInt, BigInt) = (&parts.0 >> shift, &parts.1 >> shift);
                num.to_f64().unwrap_or(0.0) / den.to_f64().unwrap_or(f64::INFINITY)
            }
        }
    }

    pub fn min(self, other: Exact) -> Exact {
        if other < self { other } else { self }
    }

    pub fn max(self, other: Exact) -> Exact {
        if other > self { other } else { self }
    }

    /// Numerator and denominator as big integers, as they stand.
    fn parts(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Small(num, den) => (BigInt::from(*num), BigInt::from(den.get())),
            Big(parts) => (parts.0.clone(), parts.1.clone()),
        }
    }

    /// Any numerator over any denominator but zero, in the smallest form that holds it.
    fn from_big(num: BigInt, den: BigInt) -> Exact {
        let divisor = num.gcd(&den);
        let divisor = if den.is_negative() { -divisor } else { divisor };
        let (num, den) = (num / &divisor, den / divisor);
        match (num.to_i64(), den.to_u64().and_then(NonZeroU64::new)) {
            (Some(num), Some(den)) => Exact(Small(num, den)),
            _ => Exact(Big(Box::new((num, den)))),
        }
    }

    #[inline]
    fn plus(&self, other: &Exact) -> Exact {
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0)
            && let Some(sum) = add_small(*a, *b, *c, *d)
        {
            return sum;
        }
        self.plus_big(other)
    }

    // The ways over big integers are cold and apart, so that the short ones are taken into the caller.
    #[cold]
    fn plus_big(&self, other: &Exact) -> Exact {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Exact::from_big(a * &d + c * &b, b * d)
    }

    #[cold]
    fn times_big(&self, other: &Exact) -> Exact {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Exact::from_big(a * c, b * d)
    }

    #[cold]
    fn divided_big(&self, other: &Exact) -> Exact {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Exact::from_big(a * d, b * c)
    }

    #[cold]
    fn cmp_big(&self, other: &Exact) -> Ordering {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        (a * d).cmp(&(c * b))
    }

    #[inline]
    fn times(&self, other: &Exact) -> Exact {
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0)
            && let Some(den) = b.checked_mul(*d)
            && let Some(product) = Exact::small(i128::from(*a) * i128::from(*c), den)
        {
            return product;
        }
        self.times_big(other)
    }
}

/// 128 bits always hold it.
#[inline]
fn times(a: i64, b: NonZeroU64) -> i128 {
    i128::from(a) * i128::from(b.get())
}

/// The sum over a common denominator, if 64 bits hold it. Equal denominators and multiples come first: points
/// rounded to the same digits are the common case, and need no division.
#[inline]
fn add_small(a: i64, b: NonZeroU64, c: i64, d: NonZeroU64) -> Option<Exact> {
    if b == d {
        return Exact::small(i128::from(a) + i128::from(c), b);
    }
    let divisor = match () {
        () if d.get().is_multiple_of(b.get()) => b,
        () if b.get().is_multiple_of(d.get()) => d,
        () => NonZeroU64::new(b.get().gcd(&d.get()))?,
    };
    let (left, right) = (NonZeroU64::new(d.get() / divisor)?, NonZeroU64::new(b.get() / divisor)?);
    Exact::small(times(a, left).checked_add(times(c, right))?, b.checked_mul(left)?)
}

/// `num / den` to the nearest whole number, halves away from zero.
#[inline]
fn divide_half_away(num: i128, den: NonZeroU64) -> i128 {
    // One 64-bit division where it is enough: ten times as fast as one of 128 bits.
    if let Ok(size) = u64::try_from(num.unsigned_abs()) {
        let (whole, rest) = (size / den, size % den);
        let whole = i128::from(whole) + i128::from(rest >= den.get() - rest);
        return if num < 0 { -whole } else { whole };
    }
    let den = i128::from(den.get());
    let (whole, rest) = (num / den, (num % den).abs());
    if rest >= den - rest { whole + num.signum() } else { whole }
}

/// Digits after the comma that one over `den` has; none where they have no end.
fn digits_of(den: u64) -> Option<u32> {
    let twos = den.trailing_zeros();
    let (mut rest, mut fives) = (den >> twos, 0);
    while rest.is_multiple_of(5) {
        rest /= 5;
        fives += 1;
    }
    (rest == 1).then_some(twos.max(fives))
}

fn digits_of_big(mut den: BigInt) -> Option<u32> {
    let mut digits = 0;
    for prime in [2u32, 5] {
        let mut times = 0;
        while times <= 28 && (&den % prime).is_zero() {
            den /= prime;
            times += 1;
        }
        digits = digits.max(times);
    }
    (den == BigInt::from(1)).then_some(digits)
}

fn ten_to(digits: u32) -> BigInt {
    BigInt::from(10).pow(digits)
}

impl From<i64> for Exact {
    #[inline]
    fn from(whole: i64) -> Exact {
        Exact(Small(whole, NonZeroU64::MIN))
    }
}

impl From<i32> for Exact {
    #[inline]
    fn from(whole: i32) -> Exact {
        Exact(Small(i64::from(whole), NonZeroU64::MIN))
    }
}

impl From<u64> for Exact {
    #[inline]
    fn from(whole: u64) -> Exact {
        Exact::scaled(i128::from(whole), 0)
    }
}

impl From<Decimal> for Exact {
    #[inline]
    fn from(decimal: Decimal) -> Exact {
        Exact::scaled(decimal.mantissa(), decimal.scale())
    }
}

impl From<&Decimal> for Exact {
    #[inline]
    fn from(decimal: &Decimal) -> Exact {
        Exact::from(*decimal)
    }
}

impl From<&Exact> for Exact {
    #[inline]
    fn from(exact: &Exact) -> Exact {
        exact.clone()
    }
}

impl PartialEq for Exact {
    #[inline]
    fn eq(&self, other: &Exact) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    #[inline]
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    #[inline]
    fn cmp(&self, other: &Exact) -> Ordering {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) if b == d => a.cmp(c),
            (Small(a, b), Small(c, d)) => times(*a, *d).cmp(&times(*c, *b)),
            _ => self.cmp_big(other),
        }
    }
}

impl Default for Exact {
    fn default() -> Exact {
        Exact::ZERO
    }
}

/// The four operators, for values and references alike.
macro_rules! operator {
    ($trait:ident, $method:ident, |$left:ident, $right:ident| $body:expr) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            #[inline]
            fn $method(self, other: &Exact) -> Exact {
                let ($left, $right) = (self, other);
                $body
            }
        }
        impl $trait<Exact> for Exact {
            type Output = Exact;
            #[inline]
            fn $method(self, other: Exact) -> Exact {
                $trait::$method(&self, &other)
            }
        }
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            #[inline]
            fn $method(self, other: &Exact) -> Exact {
                $trait::$method(&self, other)
            }
        }
        impl $trait<Exact> for &Exact {
            type Output = Exact;
            #[inline]
            fn $method(self, other: Exact) -> Exact {
                $trait::$method(self, &other)
            }
        }
    };
}

operator!(Add, add, |a, b| a.plus(b));
operator!(Sub, sub, |a, b| a.plus(&-b));
operator!(Mul, mul, |a, b| a.times(b));
// A divisor of zero is a mistake in the program, as for whole numbers; there is no exact value to give back.
operator!(Div, div, |a, b| {
    debug_assert!(!b.is_zero(), "division by zero: ask checked_div");
    a.checked_div(b).unwrap_or(Exact::ZERO)
});

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        match &self.0 {
            Small(num, den) if *num != i64::MIN => Exact(Small(-num, *den)),
            _ => {
                let (num, den) = self.parts();
                Exact::from_big(-num, den)
            }
        }
    }
}

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        -&self
    }
}

impl AddAssign<&Exact> for Exact {
    #[inline]
    fn add_assign(&mut self, other: &Exact) {
        // Long sums of points rounded to the same digits are what this is for.
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0)
            && let Some(sum) = add_small(*a, *b, *c, *d)
        {
            *self = sum;
            return;
        }
        *self = self.plus_big(other);
    }
}

impl AddAssign for Exact {
    #[inline]
    fn add_assign(&mut self, other: Exact) {
        *self += &other;
    }
}

impl SubAssign<&Exact> for Exact {
    fn sub_assign(&mut self, other: &Exact) {
        *self = self.plus(&-other);
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(values: I) -> Exact {
        values.fold(Exact::ZERO, |sum, value| sum + value)
    }
}

impl<'a> std::iter::Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(values: I) -> Exact {
        values.fold(Exact::ZERO, |sum, value| sum + value)
    }
}

/// How many digits [`Display`](fmt::Display) gives of a number that has no end, such as a third.
pub const SHOWN_DIGITS: u32 = 12;

/// With a dot, as files have it: the shortest exact decimal, and a number without an end to
/// [`SHOWN_DIGITS`] digits (`0.333333333333`).
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal_exact() {
            Some(decimal) => write!(f, "{decimal}"),
            None => write!(f, "{}", self.round(SHOWN_DIGITS)),
        }
    }
}

#[cfg(test)]
mod tests;
