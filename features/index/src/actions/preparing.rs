//! What a round is made of, to choose from: sets in force, units in being, people who appraise.

use crate::model::*;
use crate::overview::Overview;
use crate::{sets, store};
use base::Date;
use db::Conn;
use people::{AccountId, Failure, Scope, Unit, UnitId};
use rulebook::Head;
use std::collections::HashMap;

/// What may be put into a new round.
pub struct Choices {
    pub province: Unit,
    pub kinds: Vec<KindChoice>,
}

/// One kind of unit: the sets that may score it, and the units.
pub struct KindChoice {
    pub kind: String,
    pub sets: Vec<Head>,
    pub units: Vec<Unit>,
}

/// Kinds of unit under the person's own, in being on this day, for which a set is in force on it.
pub async fn choices(conn: &mut Conn, scope: &Scope, day: Date) -> Result<Choices, Failure> {
    let all = people::units(conn).await?;
    let province = all.iter().find(|unit| Some(unit.id) == scope.unit).cloned().ok_or(Failure::NotFound)?;
    let inside = below(&all, province.id);
    let mut kinds: Vec<KindChoice> = Vec::new();
    for unit in all.into_iter().filter(|unit| unit.is_on(day) && inside.contains(&unit.id)) {
        match kinds.iter_mut().find(|kind| kind.kind == unit.kind) {
            Some(kind) => kind.units.push(unit),
            None => kinds.push(KindChoice { kind: unit.kind.clone(), sets: Vec::new(), units: vec![unit] }),
        }
    }
    for head in rulebook::all_in_force(conn, EDITION_KIND, day).await? {
        let set = sets::set_of(conn, head.id).await?;
        kinds.iter_mut().filter(|kind| set.is_for(&kind.kind)).for_each(|kind| kind.sets.push(head.clone()));
    }
    kinds.retain(|kind| !kind.sets.is_empty());
    for kind in &mut kinds {
        kind.units.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    }
    Ok(Choices { province, kinds })
}

/// The units below one, at any depth.
fn below(all: &[Unit], top: UnitId) -> std::collections::HashSet<UnitId> {
    let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for unit in all {
        if let Some(parent) = unit.parent {
            children.entry(parent).or_default().push(unit.id);
        }
    }
    let mut found = std::collections::HashSet::new();
    let mut open = vec![top];
    while let Some(unit) = open.pop() {
        for child in children.get(&unit).into_iter().flatten() {
            if found.insert(*child) {
                open.push(*child);
            }
        }
    }
    found
}

/// Who may be given fields to appraise: departments of the province, and people who hold the role.
pub struct Watchers {
    pub seen: Overview,
    pub units: Vec<Unit>,
    /// Account, its unit, name with unit.
    pub people: Vec<(AccountId, UnitId, String)>,
}

pub async fn watchers(conn: &mut Conn, scope: &Scope, id: RoundId) -> Result<Watchers, Failure> {
    let seen = super::overview::overview(conn, scope, id).await?;
    if !seen.administers {
        return Err(NotNow::NotYourUnit.into());
    }
    let all = people::units(conn).await?;
    let inside = below(&all, seen.round.province);
    let day = scope.today();
    let department = |unit: &Unit| {
        matches!(unit.kind.as_str(), "so" | "don-vi-su-nghiep" | "trung-uong")
            && unit.is_on(day)
            && inside.contains(&unit.id)
    };
    let mut units: Vec<Unit> = all.into_iter().filter(department).collect();
    units.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    let people = store::appraising_people(conn, day).await?;
    Ok(Watchers { seen, units, people })
}
