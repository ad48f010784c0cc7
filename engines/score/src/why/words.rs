//! Numbers inside explanations: as short as they can be without telling a lie.

use base::{Decimal, Exact, number};

/// Digits shown of a number that has no end.
const SHOWN: u32 = 6;

/// The number as it is: "1.187", "0,75"; a third to [`SHOWN`] digits.
pub(super) fn plain(number: &Exact) -> String {
    match number.to_decimal_exact() {
        Some(exact) => number::vi(&exact),
        None => number::vi(&number.round(SHOWN)),
    }
}

/// The number to enough digits that it does not look equal to `other`, unless it is.
pub(super) fn unlike(number: &Exact, other: &Exact) -> String {
    number::vi(&shown(number, std::slice::from_ref(other)))
}

/// A rate as a percentage: "98,59 %", "80 %"; 0.79999 is not shown as "80 %" beside a bound of 80 %.
pub(super) fn rate(rate: &Exact, bounds: &[Exact]) -> String {
    let bounds: Vec<Exact> = bounds.iter().map(|bound| bound * Exact::HUNDRED).collect();
    let shown = shown(&(rate * Exact::HUNDRED), &bounds);
    format!("{}\u{a0}%", number::vi(&shown))
}

/// Two digits, or as many as keep the number apart from each bound it is not equal to.
fn shown(number: &Exact, bounds: &[Exact]) -> Decimal {
    let looks_equal =
        |digits| bounds.iter().any(|bound| bound != number && number.rounded(digits) == bound.rounded(digits));
    let digits = (2..=12).find(|digits| !looks_equal(*digits)).unwrap_or(12);
    number.round(digits)
}
