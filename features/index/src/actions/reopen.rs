//! Opening a card again: asked by the unit, decided by the council or the administrator of the round.

use crate::model::*;
use crate::rules;
use crate::store;
use crate::view;
use base::Date;
use journal::about;
use people::{Failure, Scope, UnitId};
use serde_json::json;
use web::Site;

/// The unit asks, with a reason.
pub async fn ask_reopen(site: &Site, scope: &Scope, round: RoundId, unit: UnitId, reason: &str) -> Result<(), Failure> {
    if reason.trim().is_empty() {
        return Err(NotNow::ReopenReasonMissing.into());
    }
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    if !(view.standing.heads || view.standing.coordinates) {
        return Err(NotNow::NotYourUnit.into());
    }
    if view.card.state == CardState::Concluded || view.phase == Phase::Published {
        return Err(NotNow::ConcludingClosed { phase: view.phase }.into());
    }
    if rules::scoring_open(&view.round, &view.card, view.reopened_until, scope.today()).is_ok() {
        return Err(NotNow::NothingToReopen.into());
    }
    let id = store::ask_reopen(&mut tx, view.card.id, reason.trim(), scope.now, scope.account).await?;
    journal::write(
        &mut tx,
        scope,
        "index.reopen-asked",
        about("card", view.card.id),
        &(),
        &json!({ "request": id, "reason": reason }),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Grants it until a day, or refuses it. A card that was sent goes back to scoring.
pub async fn decide_reopen(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    request: ReopenId,
    until: Option<Date>,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    if !(view.standing.councils || view.standing.administers) {
        return Err(NotNow::NotYourUnit.into());
    }
    if view.card.state == CardState::Concluded || view.phase == Phase::Published {
        return Err(NotNow::ConcludingClosed { phase: view.phase }.into());
    }
    let asked = store::reopens(&mut tx, view.card.id).await?;
    if !asked.iter().any(|one| one.id == request) {
        return Err(Failure::NotFound);
    }
    if !store::decide_reopen(&mut tx, request, until.is_some(), scope.now, scope.account, until).await? {
        return Err(Failure::NotFound);
    }
    if until.is_some() && view.card.state != CardState::Scoring {
        store::move_card(&mut tx, view.card.id, view.card.state, CardState::Scoring).await?;
    }
    let what = if until.is_some() { "index.reopened" } else { "index.reopen-refused" };
    journal::write(
        &mut tx,
        scope,
        what,
        about("card", view.card.id),
        &(),
        &json!({ "request": request, "until": until }),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// A card and what was asked about opening it.
pub async fn reopen_requests(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
) -> Result<(view::View, Vec<Reopen>), Failure> {
    let mut conn = site.db.read().await?;
    let view = view::load(&mut conn, scope, round, unit).await?;
    let asked = store::reopens(&mut conn, view.card.id).await?;
    Ok((view, asked))
}
