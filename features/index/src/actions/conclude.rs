//! The council concludes each card; the round is published and frozen.

use crate::model::*;
use crate::results::{self, Scored};
use crate::rules;
use crate::store;
use crate::view;
use base::Date;
use journal::about;
use people::{Failure, Role, Scope, UnitId};
use serde_json::json;
use web::Site;

/// The council concludes a unit's card.
pub async fn conclude(site: &Site, scope: &Scope, round: RoundId, unit: UnitId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let card = store::card_of(&mut tx, round, unit).await?.ok_or(Failure::NotFound)?;
    store::take_card(&mut tx, card.id).await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    let left = view.left_to_appraise(None).len();
    rules::may_conclude(view.standing, &view.round, &view.card, left, scope.today())?;
    if !store::move_card(&mut tx, card.id, view.card.state, CardState::Concluded).await? {
        return Err(Failure::stale(serde_json::to_value(&view.card)?));
    }
    let what = json!({ "total": view.settled.total, "index": view.settled.index });
    journal::write(&mut tx, scope, "index.concluded", about("card", card.id), &(), &what).await?;
    Ok(tx.commit().await?)
}

/// Publishes a round under its decision: a snapshot of every unit, which nothing changes afterwards.
pub async fn publish(site: &Site, scope: &Scope, id: RoundId, decision: &str, on: Option<Date>) -> Result<(), Failure> {
    let (Some(on), decision) = (on, decision.trim()) else { return Err(NotNow::DecisionMissing.into()) };
    if decision.is_empty() {
        return Err(NotNow::DecisionMissing.into());
    }
    let mut tx = site.db.begin().await?;
    let round = store::round(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    let program = scope.account.is_none() && scope.has(Role::Admin);
    let councils = scope.is_of(round.province) && scope.has(Role::Council);
    if !program && !councils {
        return Err(NotNow::NotYourUnit.into());
    }
    if round.status == RoundStatus::Published {
        return Err(NotNow::AlreadyPublished.into());
    }
    let scored = results::score_round(&mut tx, &round).await?;
    let left = scored.iter().filter(|one| one.card.state != CardState::Concluded).count();
    if left > 0 {
        return Err(NotNow::NotConcluded { left }.into());
    }
    for one in &scored {
        store::put_result(&mut tx, &outcome(&round, one)).await?;
    }
    if !store::publish_round(&mut tx, id, decision, on, scope.now).await? {
        return Err(NotNow::AlreadyPublished.into());
    }
    let what = json!({ "decision": decision, "on": on, "units": scored.len() });
    journal::write(&mut tx, scope, "index.published", about("round", id), &(), &what).await?;
    Ok(tx.commit().await?)
}

pub(crate) fn outcome(round: &Round, one: &Scored) -> store::Outcome {
    let score = &one.settled;
    store::Outcome {
        round: round.id,
        unit: one.card.unit,
        unit_name: one.card.unit_name.clone(),
        unit_short: one.card.unit_short.clone(),
        kind: one.card.kind.clone(),
        self_points: Some(view::shown(&one.own.so_far)),
        points: score.total.unwrap_or_else(|| score.so_far.round(one.set.rounding.total)),
        survey_points: one.survey_points(),
        bonus: view::shown(&score.bonus),
        penalty: view::shown(&score.penalty),
        applicable_max: view::shown(&score.applicable_max),
        score: score.index,
        rating: score.rating.clone(),
        rank: score.rank.map(i64::from),
        lines: one.lines(),
    }
}
