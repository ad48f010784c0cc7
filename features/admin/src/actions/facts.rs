//! Facts entered by hand.

use crate::model::NotNow;
use crate::rules;
use base::Date;
use fact::{Fact, FactId, Filter, New};
use people::{Failure, Role, Scope, UnitId};
use web::Site;

/// Whether a person may enter facts of a unit: its own coordinator, or an administrator who looks after it.
pub fn may_enter(units: &[people::Unit], scope: &Scope, unit: UnitId) -> bool {
    (scope.has(Role::Admin) && rules::looks_after(units, scope, unit))
        || (scope.has(Role::Coordinator) && scope.is_of(unit))
}

/// Which facts a list shows.
#[derive(Clone, Debug, Default)]
pub struct FactsAsked {
    pub unit: Option<UnitId>,
    pub what: Option<String>,
    /// Those whose period has a day in [from, to).
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Entered by hand, or counted.
    pub manual: Option<bool>,
}

/// One page of the facts that stand, newest first. A coordinator sees the own unit's only.
pub async fn facts(
    site: &Site,
    scope: &Scope,
    asked: FactsAsked,
    after: Option<FactId>,
    most: i64,
) -> Result<Vec<Fact>, Failure> {
    let FactsAsked { unit, what, from, to, manual } = asked;
    let unit = if scope.has(Role::Admin) { unit } else { scope.unit };
    let filter = Filter { unit, what, from, to, manual, replaced: false };
    Ok(fact::list(&mut site.db.read().await?, &filter, after, most).await?)
}

/// One fact that the person may see.
pub async fn fact_seen(site: &Site, scope: &Scope, id: FactId) -> Result<Fact, Failure> {
    let fact = fact::find(&mut site.db.read().await?, id).await?.ok_or(Failure::NotFound)?;
    if scope.has(Role::Admin) || scope.is_of(fact.unit) { Ok(fact) } else { Err(Failure::NotFound) }
}

/// Records a fact in place of `known`, the one the person saw standing (none: they saw none). Somebody else's fact is
/// never replaced unseen.
pub async fn enter_fact(site: &Site, scope: &Scope, new: New, known: Option<FactId>) -> Result<Fact, Failure> {
    let mut tx = site.db.begin().await?;
    let units = people::units(&mut tx).await?;
    if !units.iter().any(|unit| unit.id == new.unit) {
        return Err(NotNow::UnitMissing { field: "don_vi" }.into());
    }
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
