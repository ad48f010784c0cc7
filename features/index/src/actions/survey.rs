//! The survey's results, until the survey system is there: from an answers file or a table.

use crate::model::*;
use crate::store;
use crate::{rules, sets};
use base::Refusal;
use journal::about;
use people::{Failure, Role, Scope};
use score::answers::read_cell;
use score::set::FilledBy;
use serde_json::{Map, Value, json};
use web::Site;

/// One cell of an import: whose, of which criterion, what.
#[derive(Clone, Debug)]
pub struct SurveyAnswer {
    /// The unit as the file names it: its name, its short name or its key.
    pub unit: String,
    pub code: String,
    pub value: Value,
    /// Where it stands in the file, for refusals: "C12".
    pub place: String,
}

/// Takes all of them or none; every bad cell is said with its place.
pub async fn import_survey(site: &Site, scope: &Scope, id: RoundId, rows: &[SurveyAnswer]) -> Result<usize, Failure> {
    let mut tx = site.db.begin().await?;
    let round = store::round(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    let program = scope.account.is_none() && scope.has(Role::Admin);
    if !program && !(scope.is_of(round.province) && scope.has_any(&[Role::Admin, Role::Council])) {
        return Err(NotNow::NotYourUnit.into());
    }
    if rules::phase(&round, scope.today()) == Phase::Published {
        return Err(NotNow::AlreadyPublished.into());
    }
    let cards = store::cards(&mut tx, id).await?;
    let units = people::units(&mut tx).await?;
    let mut refusals = Vec::new();
    let mut taken = Vec::new();
    for row in rows {
        let named = |name: &str| base::text::fold(name) == base::text::fold(&row.unit);
        let unit = units.iter().find(|unit| unit.key == row.unit || named(&unit.name) || named(&unit.short));
        let Some(card) = unit.and_then(|unit| cards.iter().find(|card| card.unit == unit.id)) else {
            refusals.push(Refusal::new("survey-unit", format!("{}: đợt chấm không có đơn vị “{}”.", row.place, row.unit)).at(&row.place));
            continue;
        };
        let set = sets::set_of(&mut tx, card.edition).await?;
        match check(&set, card, row) {
            Ok(()) => taken.push((card.clone(), row)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    for (card, row) in &taken {
        let before = store::answer(&mut tx, card.id, &row.code).await?.unwrap_or_default();
        let after = Answer { value: Some(row.value.clone()), ..before };
        store::put_answer(&mut tx, card.id, &row.code, &after, scope.now, scope.account).await?;
    }
    let what = json!({ "cells": taken.len() });
    journal::write(&mut tx, scope, "index.survey-imported", about("round", id), &(), &what).await?;
    tx.commit().await?;
    Ok(taken.len())
}

fn check(set: &score::CriteriaSet, card: &Card, row: &SurveyAnswer) -> Result<(), Refusal> {
    let at = |say: String| Refusal::new("survey-cell", format!("{}: {say}", row.place)).at(&row.place);
    let Some(criterion) = set.criterion(&row.code) else { return Err(at(format!("bộ tiêu chí không có tiêu chí {}.", row.code))) };
    if criterion.filled_by != FilledBy::Survey {
        return Err(at(format!("tiêu chí {} không chấm bằng điều tra xã hội học.", row.code)));
    }
    let none = Map::new();
    read_cell(set, &card.kind, &row.code, &row.value, &none).map(drop).map_err(|refusal| at(refusal.say))
}
