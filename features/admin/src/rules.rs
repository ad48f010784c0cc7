//! Decisions: pure.

mod difference;
mod heirs;
mod period;
mod standing;
mod units;

pub use difference::{Change, changes};
pub use heirs::check_heirs;
pub use period::{PERIODS, days_of, name_of};
pub use standing::{Standing, standing};
pub use units::{Being, KINDS, UnitAsked, is_wanted, unit_of};

use people::{Grant, Scope, Unit, UnitId, path};

/// Where to go after signing in: an address of this site, or home. Never another site's, which a link in a letter
/// could have named.
pub fn place_after(wanted: &str) -> &str {
    let local = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\r', '\n', '\t']);
    let door = wanted.starts_with("/dang-nhap") || wanted.starts_with("/dang-xuat");
    if local && !door { wanted } else { "/" }
}

/// Whether an administrator looks after a unit: theirs and all below it; at the province, every unit there ever was
/// (the units of before a merger hang on a province that is no more).
pub fn looks_after(units: &[Unit], scope: &Scope, target: UnitId) -> bool {
    let Some(own) = scope.unit else { return scope.account.is_none() };
    let Some(own) = units.iter().find(|unit| unit.id == own) else { return false };
    own.kind == "tinh" || own.parent.is_none() || path(units, target).iter().any(|above| above.id == own.id)
}

/// Whether an administrator looks after a person: after every unit where that person holds a role. Otherwise the
/// administrator of one office could take over the account of the province's.
pub fn looks_after_person(units: &[Unit], scope: &Scope, grants: &[Grant]) -> bool {
    grants.iter().all(|grant| looks_after(units, scope, grant.unit))
}

/// The units as a tree reads: each under its superior, by name; those whose superior is not among them stand at the
/// top. With each its depth.
pub fn as_tree(units: &[Unit]) -> Vec<(&Unit, usize)> {
    let is_top = |unit: &Unit| unit.parent.is_none_or(|parent| !units.iter().any(|other| other.id == parent));
    let mut found = Vec::with_capacity(units.len());
    let mut waiting: Vec<(&Unit, usize)> =
        by_name(units.iter().filter(|unit| is_top(unit))).into_iter().rev().map(|unit| (unit, 0)).collect();
    while let Some((unit, depth)) = waiting.pop() {
        found.push((unit, depth));
        let below = by_name(units.iter().filter(|other| other.parent == Some(unit.id)));
        waiting.extend(below.into_iter().rev().map(|unit| (unit, depth + 1)));
    }
    found
}

fn by_name<'a>(units: impl Iterator<Item = &'a Unit>) -> Vec<&'a Unit> {
    let mut units: Vec<&Unit> = units.collect();
    units.sort_by_cached_key(|unit| base::text::sort_key(&unit.name));
    units
}

#[cfg(test)]
mod tests;
