//! Adding, changing and ending units.

use crate::model::NotNow;
use crate::rules;
use base::{Date, Refusal, Refusals};
use people::{Failure, Scope, Unit, UnitId};
use web::Site;

/// Adds a unit or changes it, within what the administrator looks after: the unit itself, and the superior it gets.
pub async fn save_unit(site: &Site, scope: &Scope, unit: Unit) -> Result<UnitId, Failure> {
    let mut tx = site.db.begin().await?;
    let all = people::units(&mut tx).await?;
    let known = all.iter().any(|other| other.id == unit.id);
    let own =
        if known { rules::looks_after(&all, scope, unit.id) } else { unit.parent.is_some() || at_the_top(&all, scope) };
    // One's own unit keeps the superior it has, which one need not look after.
    let moved = all.iter().find(|other| other.id == unit.id).is_none_or(|other| other.parent != unit.parent);
    let below = unit.parent.is_none_or(|parent| !moved || rules::looks_after(&all, scope, parent));
    if !own || !below {
        return Err(NotNow::UnitBeyond.into());
    }
    people::save_unit(&mut tx, scope, &unit).await?;
    tx.commit().await?;
    Ok(unit.id)
}

/// Only who looks after everything makes a unit that stands under none.
fn at_the_top(all: &[Unit], scope: &Scope) -> bool {
    all.iter().filter(|unit| unit.parent.is_none()).all(|top| rules::looks_after(all, scope, top.id))
}

/// How a unit ends, as it was asked.
#[derive(Clone, Debug, Default)]
pub struct Ending {
    /// The first day on which it is no more.
    pub on: Option<Date>,
    pub how: String,
    pub heirs: Vec<UnitId>,
    pub version: i64,
}

/// Ends a unit and says what became of it.
pub async fn end_unit(site: &Site, scope: &Scope, id: UnitId, ending: Ending) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let all = people::units(&mut tx).await?;
    let unit = all.iter().find(|unit| unit.id == id).ok_or(Failure::NotFound)?;
    if !rules::looks_after(&all, scope, id) {
        return Err(NotNow::UnitBeyond.into());
    }
    if unit.version != ending.version {
        return Err(Failure::stale(serde_json::to_value(unit)?));
    }
    let Some(on) = ending.on else { return Err(NotNow::DayMissing { field: "ngay" }.into()) };
    let refusals: Refusals =
        rules::check_heirs(unit, on, &ending.how, &ending.heirs, &all).into_iter().map(Refusal::from).collect();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    people::end_unit(&mut tx, scope, id, on, &ending.how, &ending.heirs).await?;
    Ok(tx.commit().await?)
}
