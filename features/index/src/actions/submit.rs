//! Sending: the unit's card, and later its explanations.

use crate::model::*;
use crate::rules;
use crate::store;
use crate::view::{self, shown};
use journal::about;
use people::{Failure, Scope, UnitId};
use serde_json::{Value, json};
use web::Site;

/// The head sends the card. What was sent is frozen beside it, whatever is appraised later.
pub async fn submit(site: &Site, scope: &Scope, round: RoundId, unit: UnitId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let card = store::card_of(&mut tx, round, unit).await?.ok_or(Failure::NotFound)?;
    store::take_card(&mut tx, card.id).await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    if !view.standing.heads {
        return Err(NotNow::OnlyHeadSubmits.into());
    }
    rules::scoring_open(&view.round, &view.card, view.reopened_until, scope.today())?;
    let missing = view.missing().len();
    if missing > 0 {
        return Err(NotNow::Unfinished { missing }.into());
    }
    let frozen = frozen(&view);
    if !store::submit_card(&mut tx, card.id, scope.now, scope.account, &frozen).await? {
        return Err(NotNow::AlreadySubmitted.into());
    }
    journal::write(&mut tx, scope, "index.submitted", about("card", card.id), &(), &frozen).await?;
    Ok(tx.commit().await?)
}

/// All that the head sent: answers, points, proofs.
fn frozen(view: &view::View) -> Value {
    let lines: Vec<Value> = view
        .own
        .lines
        .iter()
        .map(|line| {
            let code = &view.set.criteria[line.position].code;
            let answer = view.answers.get(code);
            let proofs =
                view.proofs.get(code).map(|list| list.iter().map(|proof| proof.evidence.id).collect::<Vec<_>>());
            json!({
                "code": code,
                "points": line.points.as_ref().map(|points| shown(points).to_string()),
                "answer": answer.and_then(|answer| answer.value.clone()),
                "note": answer.map(|answer| answer.note.clone()),
                "evidence": proofs,
            })
        })
        .collect();
    json!({ "so_far": shown(&view.own.so_far).to_string(), "lines": lines })
}

/// The head says that the unit has explained all it wants to.
pub async fn finish_explaining(site: &Site, scope: &Scope, round: RoundId, unit: UnitId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    if !view.standing.heads {
        return Err(NotNow::OnlyHeadSubmits.into());
    }
    rules::explaining_open(&view.round, &view.card, scope.today())?;
    let from = view.card.state;
    if from != CardState::Explained && !store::move_card(&mut tx, view.card.id, from, CardState::Explained).await? {
        return Err(Failure::stale(serde_json::to_value(&view.card)?));
    }
    journal::write(&mut tx, scope, "index.explained", about("card", view.card.id), &(), &()).await?;
    Ok(tx.commit().await?)
}
