//! Reading for programs: what the pages show, as records.

use crate::model::*;
use crate::rules;
use crate::store;
use people::{Failure, Scope};
use web::Site;

pub async fn rounds(site: &Site, _scope: &Scope) -> Result<Vec<Round>, Failure> {
    Ok(store::rounds(&mut site.db.read().await?).await?)
}

pub async fn round(site: &Site, _scope: &Scope, id: RoundId) -> Result<Round, Failure> {
    store::round(&mut site.db.read().await?, id).await?.ok_or(Failure::NotFound)
}

pub async fn appraisers(site: &Site, scope: &Scope, id: RoundId) -> Result<Vec<Appraiser>, Failure> {
    let mut conn = site.db.read().await?;
    let round = store::round(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    if !scope.is_of(round.province) {
        return Err(NotNow::NotYourUnit.into());
    }
    Ok(store::appraisers(&mut conn, id).await?)
}

/// The cards of a round that this person may see.
pub async fn cards_seen(site: &Site, scope: &Scope, id: RoundId) -> Result<Vec<Card>, Failure> {
    let mut conn = site.db.read().await?;
    let round = store::round(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    let station = people::station(&mut conn, scope).await?;
    let appraisers = store::appraisers(&mut conn, id).await?;
    let phase = rules::phase(&round, scope.today());
    let mut cards = store::cards(&mut conn, id).await?;
    cards.retain(|card| {
        let standing = rules::standing(scope, &station, &round, card);
        rules::may_see(standing, &rules::fields_of(scope, &station, card, &appraisers), phase).is_ok()
    });
    Ok(cards)
}

/// A round's published results.
pub async fn published(site: &Site, _scope: &Scope, id: RoundId) -> Result<Vec<store::Outcome>, Failure> {
    let mut conn = site.db.read().await?;
    let round = store::round(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    if round.status != RoundStatus::Published {
        return Err(NotNow::NotPublished.into());
    }
    Ok(store::results(&mut conn, id).await?)
}

pub async fn history_of(site: &Site, scale: &str) -> Result<Vec<store::History>, Failure> {
    Ok(store::history(&mut site.db.read().await?, scale).await?)
}
