//! Exact rational numbers: thirds stay thirds until the one rounding at the end.
//!
//! Points are sums of ratios (1.187/1.204 of 1,5 points), and a decision about a rank can hang on the third
//! digit. Decimals lose the thirds, floats lose everything, so everything between a number that was typed in
//! and a number that is printed is an [`Exact`].
//!
//! Two representations, one value: a numerator of 128 bits over a denominator of 64, *not* kept in lowest terms
//! (a greatest common divisor costs more than the sum it belongs to); and, where that overflows even after
//! reducing, big integers. Nothing is ever rounded or wrapped on the way.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// Powers of ten that a 64-bit denominator can hold.
const TENS: [u64; 20] = {
    let mut tens = [1u64; 20];
    let mut i = 1;
    while i < 20 {
        tens[i] = tens[i - 1] * 10;
        i += 1;
    }
    tens
};

/// A rational number, exactly.
#[derive(Clone, Debug)]
pub struct Exact(Form);

#[derive(Clone, Debug)]
enum Form {
    /// Numerator over a denominator above zero, not necessarily in lowest terms.
    Small(i128, u64),
    /// In lowest terms, denominator above zero; only where `Small` cannot hold the value.
    Big(Box<(BigInt, BigInt)>),
}

use Form::{Big, Small};

impl Exact {
    pub const ZERO: Exact = Exact(Small(0, 1));
    pub const ONE: Exact = Exact(Small(1, 1));
    pub const HUNDRED: Exact = Exact(Small(100, 1));

    /// `num / den`, or nothing where `den` is zero.
    pub fn ratio(num: impl Into<Exact>, den: impl Into<Exact>) -> Option<Exact> {
        num.into().checked_div(&den.into())
    }

    /// The whole number `units` of 10⁻`digits`: `scaled(1479, 3)` is 1,479.
    #[inline]
    pub fn scaled(units: i128, digits: u32) -> Exact {
        match TENS.get(digits as usize) {
            Some(&den) => Exact(Small(units, den)),
            None => Exact::from_big(BigInt::from(units), ten_to(digits)),
        }
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
            Small(num, den) => num % i128::from(*den) == 0,
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
            && let Ok(size) = u64::try_from(c.unsigned_abs())
            && let (Some(num), Some(den)) = (times_small(*a, i128::from(*d) * c.signum()), b.checked_mul(size))
        {
            return Some(Exact(Small(num, den)));
        }
        Some(self.divided_big(other))
    }

    /// This many units of 10⁻`digits`, rounded half away from zero; nothing where 128 bits do not hold it.
    #[inline]
    pub fn round_scaled(&self, digits: u32) -> Option<i128> {
        if let Small(num, den) = &self.0
            && let Some(&ten) = TENS.get(digits as usize)
            && let Some(up) = times_small(*num, i128::from(ten))
        {
            return Some(divide_half_away(up, *den));
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
    pub fn rounded(&self, digits: u32) -> Exact {
        let mut copy = self.clone();
        copy.round_in_place(digits);
        copy
    }

    /// As [`Exact::rounded`], where a third of a million leaves are rounded and every copy shows.
    #[inline]
    pub fn round_in_place(&mut self, digits: u32) {
        let den = TENS.get(digits as usize).copied();
        match (self.round_scaled(digits), den, &mut self.0) {
            (Some(units), Some(den), Small(old_num, old_den)) => (*old_num, *old_den) = (units, den),
            _ => *self = Exact::from_big(self.round_big(digits), ten_to(digits)),
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
        let (_, mut den) = self.lowest();
        let mut digits = 0u32;
        for prime in [2u32, 5] {
            let mut times = 0;
            let prime = BigInt::from(prime);
            while times <= 28 && (&den % &prime).is_zero() {
                den /= &prime;
                times += 1;
            }
            digits = digits.max(times);
        }
        if den != BigInt::from(1) || digits > 28 {
            return None;
        }
        self.checked_round(digits)
    }

    /// For simulations and charts only: a score is never computed from this.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Small(num, den) => *num as f64 / *den as f64,
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
            Small(num, den) => (BigInt::from(*num), BigInt::from(*den)),
            Big(parts) => (parts.0.clone(), parts.1.clone()),
        }
    }

    fn lowest(&self) -> (BigInt, BigInt) {
        let (num, den) = self.parts();
        let divisor = num.gcd(&den);
        (num / &divisor, den / divisor)
    }

    /// Any numerator over any denominator but zero, in the smallest form that holds it.
    fn from_big(num: BigInt, den: BigInt) -> Exact {
        let divisor = num.gcd(&den);
        let divisor = if den.is_negative() { -divisor } else { divisor };
        let (num, den) = (num / &divisor, den / divisor);
        match (num.to_i128(), den.to_u64()) {
            (Some(num), Some(den)) => Exact(Small(num, den)),
            _ => Exact(Big(Box::new((num, den)))),
        }
    }

    #[inline]
    fn plus(&self, other: &Exact) -> Exact {
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0)
            && let Some((num, den)) = add_small(*a, *b, *c, *d)
        {
            return Exact(Small(num, den));
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
            && let (Some(num), Some(den)) = (times_small(*a, *c), b.checked_mul(*d))
        {
            return Exact(Small(num, den));
        }
        self.times_big(other)
    }
}

/// The product if 128 bits hold it; without the cost of asking where 64 hold both sides.
#[inline]
fn times_small(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        _ => a.checked_mul(b),
    }
}

/// The sum over a common denominator, if 128 bits hold it. Equal denominators and multiples come first: points
/// rounded to the same digits are the common case, and need no division.
#[inline]
fn add_small(a: i128, b: u64, c: i128, d: u64) -> Option<(i128, u64)> {
    if b == d {
        return Some((a.checked_add(c)?, b));
    }
    if d > b && d.is_multiple_of(b) {
        return Some((times_small(a, i128::from(d / b))?.checked_add(c)?, d));
    }
    if b > d && b.is_multiple_of(d) {
        return Some((times_small(c, i128::from(b / d))?.checked_add(a)?, b));
    }
    let divisor = b.gcd(&d);
    let den = b.checked_mul(d / divisor)?;
    let left = times_small(a, i128::from(d / divisor))?;
    let right = times_small(c, i128::from(b / divisor))?;
    Some((left.checked_add(right)?, den))
}

/// `num / den` to the nearest whole number, halves away from zero.
#[inline]
fn divide_half_away(num: i128, den: u64) -> i128 {
    // One 64-bit division where it is enough: ten times as fast as one of 128 bits.
    if let Ok(size) = u64::try_from(num.unsigned_abs()) {
        let (whole, rest) = (size / den, size % den);
        let whole = i128::from(whole) + i128::from(rest >= den - rest);
        return if num < 0 { -whole } else { whole };
    }
    let den = i128::from(den);
    let (whole, rest) = (num / den, (num % den).abs());
    if rest >= den - rest { whole + num.signum() } else { whole }
}

fn ten_to(digits: u32) -> BigInt {
    BigInt::from(10).pow(digits)
}

impl From<i64> for Exact {
    #[inline]
    fn from(whole: i64) -> Exact {
        Exact(Small(i128::from(whole), 1))
    }
}

impl From<i32> for Exact {
    #[inline]
    fn from(whole: i32) -> Exact {
        Exact(Small(i128::from(whole), 1))
    }
}

impl From<u64> for Exact {
    #[inline]
    fn from(whole: u64) -> Exact {
        Exact(Small(i128::from(whole), 1))
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
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0) {
            if b == d {
                return a.cmp(c);
            }
            if let (Some(left), Some(right)) = (times_small(*a, i128::from(*d)), times_small(*c, i128::from(*b))) {
                return left.cmp(&right);
            }
        }
        self.cmp_big(other)
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
            Small(num, den) if *num != i128::MIN => Exact(Small(-num, *den)),
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
        // In place: long sums of points rounded to the same digits are what this is for.
        if let (Small(a, b), Small(c, d)) = (&mut self.0, &other.0)
            && let Some((num, den)) = add_small(*a, *b, *c, *d)
        {
            (*a, *b) = (num, den);
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
