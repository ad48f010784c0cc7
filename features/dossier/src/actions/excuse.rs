//! Saying that a component of QĐ 766/QĐ-TTg does not apply to an agency in a period, and taking it back.

use super::quality::{QualityPlace, index, may_enter};
use super::stats::stats_reach;
use crate::model::*;
use crate::quality::Excuse;
use crate::store;
use db::Tx;
use journal::about;
use people::{Failure, Scope};
use serde::Serialize;
use web::Site;

/// What the journal keeps.
#[derive(Serialize)]
struct Line<'a> {
    criterion: &'a str,
    from: base::Date,
    to: base::Date,
    reason: &'a str,
}

impl<'a> Line<'a> {
    fn of(place: QualityPlace, excuse: &'a Excuse) -> Line<'a> {
        Line { criterion: &excuse.criterion, from: place.from, to: place.to, reason: &excuse.reason }
    }
}

/// Says that a component does not apply in exactly these days. Numbers that stand there are kept, and do not count.
pub async fn excuse_quality(
    site: &Site,
    scope: &Scope,
    place: QualityPlace,
    criterion: &str,
    reason: &str,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let before = excused(&mut tx, scope, place, criterion).await?;
    if before.is_some() {
        return Err(NotNow::ExcusedAlready.into());
    }
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err(NotNow::ExcuseReason.into());
    }
    let new = Excuse { criterion: criterion.to_owned(), reason, author: scope.name.clone(), at: scope.now };
    store::add_excuse(&mut tx, scope, place.agency, (place.from, place.to), &new).await?;
    let line = Line::of(place, &new);
    journal::write(&mut tx, scope, "quality.excused", about("unit", place.agency), &(), &line).await?;
    Ok(tx.commit().await?)
}

/// Takes that back: from now on its numbers count again.
pub async fn apply_quality(site: &Site, scope: &Scope, place: QualityPlace, criterion: &str) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let before = excused(&mut tx, scope, place, criterion).await?.ok_or(NotNow::NotExcused)?;
    if !store::withdraw_excuse(&mut tx, scope, place.agency, (place.from, place.to), criterion).await? {
        return Err(NotNow::NotExcused.into());
    }
    let line = Line::of(place, &before);
    journal::write(&mut tx, scope, "quality.applies", about("unit", place.agency), &line, &()).await?;
    Ok(tx.commit().await?)
}

/// What stands of a component, for somebody who may change it.
pub(super) async fn excused(
    tx: &mut Tx,
    scope: &Scope,
    place: QualityPlace,
    criterion: &str,
) -> Result<Option<Excuse>, Failure> {
    index()?.component(criterion).ok_or(Failure::NotFound)?;
    let reach = stats_reach(tx, scope).await?;
    if !reach.agencies.contains(&place.agency) {
        return Err(Failure::NotFound);
    }
    if !may_enter(scope, &reach, place.agency) {
        return Err(Failure::forbidden(
            "Số liệu của cơ quan do lãnh đạo hoặc đầu mối của cơ quan, hoặc quản trị, ghi.",
        ));
    }
    let all = store::excuses(tx, place.agency, place.from, place.to).await?;
    Ok(all.into_iter().find(|one| one.criterion == criterion))
}
