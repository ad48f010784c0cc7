//! Facts entered by hand.

use crate::model::NotNow;
use crate::rules;
use fact::{Fact, FactId, New};
use people::{Failure, Role, Scope, UnitId};
use web::Site;

/// Whether a person may enter facts of a unit: its own coordinator, or an administrator who looks after it.
pub fn may_enter(units: &[people::Unit], scope: &Scope, unit: UnitId) -> bool {
    (scope.has(Role::Admin) && rules::looks_after(units, scope, unit))
        || (scope.has(Role::Coordinator) && scope.is_of(unit))
}

/// Records a fact in place of `known`, the one the person saw standing (none: they saw none). Somebody else's fact is
/// never replaced unseen.
pub async fn enter_fact(site: &Site, scope: &Scope, new: New, known: Option<FactId>) -> Result<Fact, Failure> {
    let mut tx = site.db.begin().await?;
    let units = people::units(&mut tx).await?;
    if !may_enter(&units, scope, new.unit) {
        return Err(NotNow::FactOfAnother.into());
    }
    let standing = fact::of(&mut tx, new.unit, &new.what, new.from, new.to).await?;
    if let Some(standing) = standing.filter(|standing| Some(standing.id) != known) {
        return Err(Failure::stale(serde_json::to_value(&standing)?));
    }
    let made = fact::record(&mut tx, scope, new).await?;
    tx.commit().await?;
    Ok(made)
}
