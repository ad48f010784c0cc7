//! What may become of a unit.

use crate::model::NotNow;
use base::Date;
use people::{Unit, UnitId};

/// Checks how a unit ends: a merger and a new name have one heir, a split has several, and each heir is in being on
/// the day on which the unit is no more.
pub fn check_heirs(unit: &Unit, on: Date, how: &str, heirs: &[UnitId], units: &[Unit]) -> Vec<NotNow> {
    let mut found = Vec::new();
    if let Some(on) = unit.to {
        found.push(NotNow::UnitEnded { on });
    }
    match (how, heirs.len()) {
        (_, 0) => found.push(NotNow::HeirMissing),
        ("split", 1) => found.push(NotNow::HeirsCount { how: "split" }),
        ("merge", 2..) => found.push(NotNow::HeirsCount { how: "merge" }),
        ("rename", 2..) => found.push(NotNow::HeirsCount { how: "rename" }),
        _ => {}
    }
    if heirs.iter().any(|heir| !units.iter().any(|unit| unit.id == *heir)) {
        found.push(NotNow::UnitMissing { field: "ke_tuc" });
    }
    for heir in heirs.iter().filter_map(|id| units.iter().find(|unit| unit.id == *id)) {
        if !heir.is_on(on) {
            found.push(NotNow::HeirNotThere { name: heir.name.clone(), on });
        }
    }
    found
}
