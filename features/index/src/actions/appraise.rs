//! Appraisal: verdicts, the second pair of eyes, questions and explanations.

use crate::model::*;
use crate::rules;
use crate::store;
use crate::view::{self, View};
use base::{Decimal, Refusal};
use journal::about;
use people::{Failure, Role, Scope, UnitId};
use serde_json::json;
use web::Site;

/// What an appraiser sends about one criterion.
#[derive(Clone, Debug)]
pub struct NewVerdict {
    pub code: String,
    pub version: i64,
    /// The self-assessed points stand.
    pub agrees: bool,
    pub points: Option<Decimal>,
    pub reason: String,
    /// Ask for a second pair of eyes.
    pub want_second: bool,
}

/// Gives a verdict.
pub async fn appraise(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    new: NewVerdict,
) -> Result<View, Failure> {
    let mut tx = site.db.begin().await?;
    let card = store::card_of(&mut tx, round, unit).await?.ok_or(Failure::NotFound)?;
    store::take_card(&mut tx, card.id).await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    rules::appraisal_open(&view.round, &view.card, scope.today())?;
    let criterion = view.set.criterion(&new.code).ok_or_else(|| NotNow::NoSuchCriterion { code: new.code.clone() })?;
    let own = view.own_points(&new.code);
    let points = if new.agrees { own } else { new.points };
    if new.agrees && own.is_none() {
        return Err(NotNow::NothingToAgree.into());
    }
    rules::check_verdict(&view.fields, criterion, points, own, &new.reason).map_err(all)?;
    let before = view.verdicts.get(&new.code).cloned().unwrap_or_default();
    if before.version != new.version {
        return Err(Failure::stale(serde_json::to_value(&before)?));
    }
    let agrees = new.agrees || (points.is_some() && points == own);
    let after = Verdict {
        points,
        agrees,
        reason: if agrees { String::new() } else { new.reason.trim().to_owned() },
        second: if new.want_second { Some(Second::Wanted) } else { before.second.filter(|_| before.points == points) },
        second_by: before.second_by.filter(|_| before.points == points),
        ..before.clone()
    };
    store::put_verdict(&mut tx, card.id, &new.code, &after, scope.now, scope.account).await?;
    let line = |verdict: &Verdict| json!({ "code": new.code, "points": verdict.points, "reason": verdict.reason, "agrees": verdict.agrees });
    journal::write(&mut tx, scope, "index.appraised", about("card", card.id), &line(&before), &line(&after)).await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    tx.commit().await?;
    Ok(view)
}

fn all(no: Vec<NotNow>) -> Failure {
    if no.contains(&NotNow::NotYourField) {
        return NotNow::NotYourField.into();
    }
    Failure::Refused(no.into_iter().map(Refusal::from).collect())
}

/// The second appraiser agrees with the first one's verdict. To change it instead is to give a verdict oneself.
pub async fn second(site: &Site, scope: &Scope, round: RoundId, unit: UnitId, code: &str) -> Result<View, Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    rules::appraisal_open(&view.round, &view.card, scope.today())?;
    if !view.fields.iter().any(|field| rules::covers(field, code)) {
        return Err(NotNow::NotYourField.into());
    }
    let Some(before) = view.verdicts.get(code).cloned() else { return Err(Failure::NotFound) };
    if before.account.is_some() && before.account == scope.account {
        return Err(NotNow::SameEyes.into());
    }
    let after = Verdict { second: Some(Second::Agreed), second_by: scope.account, ..before.clone() };
    store::put_verdict(&mut tx, view.card.id, code, &after, before.at.unwrap_or(scope.now), before.account).await?;
    journal::write(&mut tx, scope, "index.seconded", about("card", view.card.id), &(), &json!({ "code": code }))
        .await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    tx.commit().await?;
    Ok(view)
}

/// Says something about a criterion: the appraiser asks, the unit explains, the council notes.
pub async fn explain(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    code: &str,
    text: &str,
) -> Result<(), Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NotNow::EmptyRemark.into());
    }
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    if view.set.criterion(code).is_none() {
        return Err(NotNow::NoSuchCriterion { code: code.to_owned() }.into());
    }
    let side = side(scope, &view, code)?;
    store::say(&mut tx, view.card.id, code, side, text, scope.now, scope.account).await?;
    journal::write(
        &mut tx,
        scope,
        "index.said",
        about("card", view.card.id),
        &(),
        &json!({ "code": code, "side": side, "text": text }),
    )
    .await?;
    Ok(tx.commit().await?)
}

fn side(scope: &Scope, view: &View, code: &str) -> Result<Side, Failure> {
    if view.fields.iter().any(|field| rules::covers(field, code)) {
        rules::appraisal_open(&view.round, &view.card, scope.today())?;
        return Ok(Side::Appraiser);
    }
    if view.standing.councils {
        return if view.phase < Phase::Published { Ok(Side::Council) } else { Err(NotNow::AlreadyPublished.into()) };
    }
    if view.standing.of_unit && scope.has_any(&[Role::Head, Role::Coordinator, Role::Staff]) {
        rules::explaining_open(&view.round, &view.card, scope.today())?;
        return Ok(Side::Unit);
    }
    Err(NotNow::NotYourUnit.into())
}
