//! What is worked out from other figures of the same unit, after they were added up.

use crate::set::{Derived, Set, Since};
use crate::total::Total;
use base::{Decimal, Exact};

/// A figure of a unit as it is known, reported or worked out; it is rounded only when it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// None: missing.
    pub value: Option<Exact>,
    /// Whether nothing is missing of what it was added up from.
    pub is_complete: bool,
}

impl Known {
    /// As it is told: so many digits, half away from zero.
    pub fn told(&self, digits: u32) -> Option<Decimal> {
        self.value.as_ref()?.checked_round(digits)
    }

    /// What something else may stand on: half of the units' fines divided by all units' inspections say nothing.
    fn whole(&self) -> Option<&Exact> {
        self.value.as_ref().filter(|_| self.is_complete)
    }
}

/// The figures of the periods that one is compared with, by the places of the set's indicators.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub previous: &'a [Known],
    pub same: &'a [Known],
}

impl<'a> Around<'a> {
    pub const NOTHING: Around<'static> = Around { previous: &[], same: &[] };

    fn of(&self, since: Since) -> &'a [Known] {
        match since {
            Since::Previous => self.previous,
            Since::Same => self.same,
        }
    }
}

/// One that is missing, or not complete, leaves missing what stands on it.
fn worked_out(derived: &Derived, now: &[Known], around: Around<'_>) -> Option<Exact> {
    let at = |place: usize| now.get(place).and_then(Known::whole);
    match derived {
        Derived::Ratio { part, whole, times } => {
            Exact::ratio(at(*part)?, at(*whole)?).map(|ratio| ratio * Exact::from(times))
        }
        Derived::Sum(of) => of.iter().map(|place| at(*place).cloned()).sum::<Option<Exact>>(),
        Derived::Difference { of, less } => Some(at(*of)? - at(*less)?),
        Derived::Growth { of, since } => {
            let before = around.of(*since).get(*of).and_then(Known::whole)?;
            // From nothing, or from a loss, there is no growth in per cent.
            if before.is_zero() || before.is_negative() {
                return None;
            }
            Exact::ratio(at(*of)? - before, before).map(|grown| grown * Exact::HUNDRED)
        }
    }
}

/// One unit's figures with the derived ones filled in.
pub fn filled(set: &Set, totals: &[Total], around: Around<'_>) -> Vec<Known> {
    let known = |(place, one): (usize, &crate::set::Indicator)| {
        let total = totals.get(place).filter(|_| one.derived.is_none())?;
        let value = total.value.map(|value| Exact::scaled(value, one.digits));
        Some(Known { is_complete: value.is_some() && total.is_complete(), value })
    };
    let mut now: Vec<Known> = set.indicators.iter().enumerate().map(|one| known(one).unwrap_or_default()).collect();
    for place in &set.order {
        let derived = set.indicators.get(*place).and_then(|one| one.derived.as_ref());
        let value = derived.and_then(|derived| worked_out(derived, &now, around));
        if let Some(slot) = now.get_mut(*place) {
            *slot = Known { is_complete: value.is_some(), value };
        }
    }
    now
}
