//! "Does not apply to us": asked by the unit, decided by the appraiser.

use crate::model::*;
use crate::rules;
use crate::store;
use crate::view;
use journal::about;
use people::{Failure, Scope, UnitId};
use serde_json::json;
use web::Site;

/// The unit asks that a criterion not apply to it, saying why; an empty reason takes the request back.
pub async fn ask_excuse(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    code: &str,
    version: i64,
    why: Option<&str>,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    view.may_answer(scope, code)?;
    let before = view.answers.get(code).cloned().unwrap_or_default();
    let excused = match why {
        Some(why) if why.trim().is_empty() => return Err(NotNow::ExcuseWhyMissing.into()),
        Some(_) => Some(Excused::Asked),
        None => None,
    };
    let after = Answer { excused, excused_why: why.unwrap_or_default().trim().to_owned(), ..before.clone() };
    // The same request again is the same request: a double click.
    if after == before {
        return Ok(());
    }
    if before.version != version {
        return Err(Failure::stale(serde_json::to_value(&before)?));
    }
    store::put_answer(&mut tx, view.card.id, code, &after, scope.now, scope.account).await?;
    let line = json!({ "code": code, "why": after.excused_why });
    journal::write(&mut tx, scope, "index.excuse-asked", about("card", view.card.id), &(), &line).await?;
    Ok(tx.commit().await?)
}

/// The appraiser of the field grants or refuses it.
pub async fn decide_excuse(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    code: &str,
    granted: bool,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    rules::appraisal_open(&view.round, &view.card, scope.today())?;
    if !view.fields.iter().any(|field| rules::covers(field, code)) {
        return Err(NotNow::NotYourField.into());
    }
    let before = view.answers.get(code).cloned().ok_or(Failure::NotFound)?;
    let excused = Some(if granted { Excused::Granted } else { Excused::Refused });
    let after = Answer { excused, ..before };
    store::put_answer(&mut tx, view.card.id, code, &after, scope.now, scope.account).await?;
    journal::write(
        &mut tx,
        scope,
        "index.excuse-decided",
        about("card", view.card.id),
        &(),
        &json!({ "code": code, "granted": granted }),
    )
    .await?;
    Ok(tx.commit().await?)
}
