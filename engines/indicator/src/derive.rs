//! What is worked out from other figures of the same unit, after they were added up.

use crate::set::{Derived, Indicator, Set, Since};
use crate::total::{Total, figure};
use base::{Decimal, Exact};

/// The totals of one unit, by the places of the set's indicators: of the period itself, and of those it is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub previous: &'a [Option<Decimal>],
    pub same: &'a [Option<Decimal>],
}

impl<'a> Around<'a> {
    pub const NOTHING: Around<'static> = Around { previous: &[], same: &[] };

    pub fn of(&self, since: Since) -> &'a [Option<Decimal>] {
        match since {
            Since::Previous => self.previous,
            Since::Same => self.same,
        }
    }
}

/// A figure with what it was worked out from, before its rounding.
pub fn worked_out(derived: &Derived, now: &[Option<Decimal>], around: Around<'_>) -> Option<Exact> {
    let at = |place: usize| now.get(place).copied().flatten().map(Exact::from);
    match derived {
        Derived::Ratio { part, whole, times } => {
            Exact::ratio(at(*part)?, at(*whole)?).map(|ratio| ratio * Exact::from(times))
        }
        // One that is missing leaves the sum missing: it is never zero.
        Derived::Sum(of) => of.iter().map(|place| at(*place)).sum::<Option<Exact>>(),
        Derived::Difference { of, less } => Some(at(*of)? - at(*less)?),
        Derived::Growth { of, since } => {
            let before = around.of(*since).get(*of).copied().flatten().map(Exact::from)?;
            let grown = Exact::ratio(at(*of)? - &before, before)?;
            Some(grown * Exact::HUNDRED)
        }
    }
}

/// One unit's figures with the derived ones filled in, each rounded to its digits, half away from zero. What stands on a figure
/// that is not there, or divides by zero, stays missing.
pub fn filled(set: &Set, totals: &[Total], around: Around<'_>) -> Vec<Option<Decimal>> {
    let told = |(one, total): (&Indicator, &Total)| total.value.and_then(|value| figure(value, one.digits));
    let mut now: Vec<Option<Decimal>> = set.indicators.iter().zip(totals).map(told).collect();
    now.resize(set.indicators.len(), None);
    for place in &set.order {
        let Some(one) = set.indicators.get(*place) else { continue };
        let found = one.derived.as_ref().and_then(|derived| worked_out(derived, &now, around));
        if let Some(slot) = now.get_mut(*place) {
            *slot = found.and_then(|found| found.checked_round(one.digits));
        }
    }
    now
}
