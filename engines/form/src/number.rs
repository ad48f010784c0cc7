//! Numbers of expressions: XPath's, but exact.
//!
//! XPath counts in floats; here 0.1 + 0.2 is 0.3 and a third times three is one, since a number is a rational until it
//! is written. What floats know beside numbers stays: `NaN` (what is no number) and the two infinities (1 div 0, and
//! whatever passes 10²⁷, more than a decimal of 28 digits holds). A zero has no sign.

use base::{Decimal, Exact};
use std::cmp::Ordering;
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    Exact(Exact),
    Infinite { negative: bool },
    Nan,
}

use Number::{Infinite, Nan};

/// Digits after the point of what has no exact value: roots, logarithms, angles.
const APPROXIMATE: u32 = 10;
/// The most a power is multiplied out.
const POWER: i64 = 64;

impl Number {
    pub fn of(exact: Exact) -> Number {
        let most = Exact::scaled(10_i128.pow(27), 0);
        match exact > most || exact < -&most {
            true => Infinite { negative: exact.is_negative() },
            false => Number::Exact(exact),
        }
    }

    /// As XPath reads a string: spaces around, a minus, digits with at most one point. Anything else is no number,
    /// neither `+1` nor `1e3` nor `1,5`.
    pub fn read(text: &str) -> Number {
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        let body = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = body.split_once('.').unwrap_or((body, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + decimals.len() == 0 || !is_digits(whole) || !is_digits(decimals) {
            return Nan;
        }
        let decimals = decimals.trim_end_matches('0');
        let Ok(units) = format!("0{}{decimals}", whole.trim_start_matches('0')).parse::<i128>() else {
            return Nan;
        };
        if decimals.len() > 38 {
            return Nan;
        }
        let sign = if body.len() < text.len() { -1 } else { 1 };
        Number::of(Exact::scaled(sign * units, decimals.len() as u32))
    }

    /// What has no exact value: 15 significant digits, of which ten after the point are kept.
    pub fn approximate(value: f64) -> Number {
        if value.is_nan() {
            return Nan;
        }
        let written = format!("{value:.14e}");
        let read = written.split_once('e').and_then(|(mantissa, exponent)| {
            Some((mantissa.replace('.', "").parse::<i128>().ok()?, exponent.parse::<i32>().ok()? - 14))
        });
        match read {
            Some((units, shift)) if shift <= 0 => {
                Number::of(Exact::scaled(units, shift.unsigned_abs()).rounded(APPROXIMATE))
            }
            Some((units, shift)) if shift < 14 => {
                Number::of(Exact::scaled(units, 0) * Exact::scaled(10_i128.pow(shift.unsigned_abs()), 0))
            }
            _ => Infinite { negative: value < 0.0 },
        }
    }

    pub fn exact(&self) -> Option<&Exact> {
        match self {
            Number::Exact(exact) => Some(exact),
            Infinite { .. } | Nan => None,
        }
    }

    /// For what has no exact value only.
    pub fn float(&self) -> f64 {
        match self {
            Number::Exact(exact) => exact.to_f64(),
            Infinite { negative } => {
                if *negative {
                    f64::NEG_INFINITY
                } else {
                    f64::INFINITY
                }
            }
            Nan => f64::NAN,
        }
    }

    fn is_negative(&self) -> bool {
        match self {
            Number::Exact(exact) => exact.is_negative(),
            Infinite { negative } => *negative,
            Nan => false,
        }
    }

    fn is_zero(&self) -> bool {
        self.exact().is_some_and(Exact::is_zero)
    }

    /// As `boolean()` sees it: neither zero nor `NaN`.
    pub fn is_true(&self) -> bool {
        !self.is_zero() && *self != Nan
    }

    /// None where one of them is no number: then every comparison but `!=` is false.
    pub fn order(&self, other: &Number) -> Option<Ordering> {
        let size = |number: &Number| if number.is_negative() { -1 } else { 1 };
        match (self, other) {
            (Nan, _) | (_, Nan) => None,
            (Number::Exact(a), Number::Exact(b)) => Some(a.cmp(b)),
            (Infinite { .. }, Infinite { .. }) => Some(size(self).cmp(&size(other))),
            (Infinite { .. }, Number::Exact(_)) => Some(size(self).cmp(&0)),
            (Number::Exact(_), Infinite { .. }) => Some(0.cmp(&size(other))),
        }
    }

    pub fn negated(&self) -> Number {
        match self {
            Number::Exact(exact) => Number::Exact(-exact),
            Infinite { negative } => Infinite { negative: !negative },
            Nan => Nan,
        }
    }

    pub fn plus(&self, other: &Number) -> Number {
        match (self, other) {
            (Number::Exact(a), Number::Exact(b)) => Number::of(a + b),
            (Infinite { negative: a }, Infinite { negative: b }) if a != b => Nan,
            (Nan, _) | (_, Nan) => Nan,
            (Infinite { .. }, _) => self.clone(),
            (_, Infinite { .. }) => other.clone(),
        }
    }

    pub fn times(&self, other: &Number) -> Number {
        match (self, other) {
            (Number::Exact(a), Number::Exact(b)) => Number::of(a * b),
            (Nan, _) | (_, Nan) => Nan,
            _ if self.is_zero() || other.is_zero() => Nan,
            _ => Infinite { negative: self.is_negative() != other.is_negative() },
        }
    }

    pub fn divided(&self, other: &Number) -> Number {
        match (self, other) {
            (Nan, _) | (_, Nan) | (Infinite { .. }, Infinite { .. }) => Nan,
            (Number::Exact(_), Infinite { .. }) => Number::Exact(Exact::ZERO),
            (Infinite { .. }, _) => Infinite { negative: self.is_negative() != other.is_negative() },
            (Number::Exact(a), Number::Exact(b)) => match a.checked_div(b) {
                Some(quotient) => Number::of(quotient),
                None if a.is_zero() => Nan,
                None => Infinite { negative: a.is_negative() },
            },
        }
    }

    /// The rest with the sign of the dividend: −5 mod 2 is −1.
    pub fn rest(&self, other: &Number) -> Number {
        match (self, other) {
            (Number::Exact(a), Number::Exact(b)) => match a.checked_div(b) {
                Some(quotient) => Number::of(a - b * trunc(&quotient)),
                None => Nan,
            },
            (Number::Exact(_), Infinite { .. }) => self.clone(),
            _ => Nan,
        }
    }

    /// Without what stands after the point.
    pub fn whole(&self) -> Number {
        self.map(trunc)
    }

    /// To so many digits after the point (before it, where negative); a half goes up, as in XPath: 2.5 → 3, −2.5 → −2.
    pub fn rounded(&self, digits: i32) -> Number {
        let half = Exact::scaled(5, 1);
        self.map(|exact| match digits {
            0..=28 => {
                let ten = Exact::scaled(10_i128.pow(digits.unsigned_abs()), 0);
                floor(&(exact * &ten + half)) / ten
            }
            -28..0 => {
                let ten = Exact::scaled(10_i128.pow(digits.unsigned_abs()), 0);
                floor(&(exact / &ten + half)) * ten
            }
            _ => exact.clone(),
        })
    }

    /// Exact where the exponent is whole and the result a decimal of at most 28 digits.
    pub fn power(&self, exponent: &Number) -> Number {
        let times = exponent.exact().filter(|exact| exact.is_integer()).and_then(|exact| exact.round_scaled(0));
        let times = times.and_then(|times| i64::try_from(times).ok()).filter(|times| times.abs() <= POWER);
        if let (Number::Exact(base), Some(times)) = (self, times) {
            let product = (0..times.abs()).fold(Exact::ONE, |product, _| product * base);
            let product = if times < 0 { Exact::ONE.checked_div(&product) } else { Some(product) };
            match product {
                Some(exact) if exact.to_decimal_exact().is_some() => return Number::of(exact),
                None => return Infinite { negative: false },
                Some(_) => {}
            }
        }
        Number::approximate(self.float().powf(exponent.float()))
    }

    fn map(&self, change: impl FnOnce(&Exact) -> Exact) -> Number {
        self.exact().map_or_else(|| self.clone(), |exact| Number::of(change(exact)))
    }
}

fn floor(exact: &Exact) -> Exact {
    let near = exact.rounded(0);
    if near > *exact { near - Exact::ONE } else { near }
}

fn trunc(exact: &Exact) -> Exact {
    if exact.is_negative() { -floor(&-exact) } else { floor(exact) }
}

impl From<usize> for Number {
    fn from(count: usize) -> Number {
        Number::Exact(Exact::scaled(count as i128, 0))
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Number {
        Number::of(Exact::from(decimal))
    }
}

/// As XPath writes it: no exponent, no point in a whole number. A number without an end to twelve digits.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Exact(exact) => write!(f, "{exact}"),
            Infinite { negative } => f.write_str(if *negative { "-Infinity" } else { "Infinity" }),
            Nan => f.write_str("NaN"),
        }
    }
}
