//! What a calendar would be if something were changed: to be looked at before anything is written.

use crate::change::{self, Change, ChangeId, NewChange};
use crate::week::{self, NewWeek, Week, WeekId};
use crate::{made, own, store};
use calendar::Calendar;
use db::Conn;
use people::{Failure, Scope, UnitId};
use std::sync::Arc;

/// A change that has not been made.
#[derive(Clone, Debug)]
pub enum Trial {
    Change(Change),
    NoChange(ChangeId),
    Week(Week),
    NoWeek(WeekId),
}

impl Trial {
    /// A change of days; refused as it would be if it were made.
    pub fn change(scope: &Scope, new: NewChange) -> Result<Trial, Failure> {
        let wrong = change::check(&new);
        if wrong.is_empty() { Ok(Trial::Change(Change::of(scope, new))) } else { Err(Failure::Refused(wrong)) }
    }

    /// Other hours; refused as they would be if they were set.
    pub async fn week(conn: &mut Conn, scope: &Scope, new: NewWeek) -> Result<Trial, Failure> {
        let hours = week::ready(conn, &new).await?;
        let (id, author) = (db::fresh_id(), scope.name.clone());
        let NewWeek { unit, from, basis, .. } = new;
        Ok(Trial::Week(Week { id, unit, from, hours, basis, at: scope.now, author }))
    }

    fn touches(&self, mine: UnitId) -> bool {
        let (Trial::Change(Change { unit, .. }) | Trial::Week(Week { unit, .. })) = self else { return true };
        unit.is_none_or(|unit| unit == mine)
    }
}

/// The calendar of an agency as it would be.
pub async fn would(conn: &mut Conn, unit: UnitId, trial: &Trial) -> Result<Arc<Calendar>, Failure> {
    let mut changes = store::changes_of(conn, Some(unit)).await?;
    let (key, mut weeks) = store::key_and_weeks(conn, unit).await?.ok_or(Failure::NotFound)?;
    if trial.touches(unit) {
        match trial {
            Trial::Change(one) => changes.push(one.clone()),
            Trial::NoChange(gone) => changes.retain(|one| one.id != *gone),
            Trial::Week(one) => weeks.push(one.clone()),
            Trial::NoWeek(gone) => weeks.retain(|one| one.id != *gone),
        }
    }
    Ok(made(own(&key)?, &weeks, &changes)?)
}
