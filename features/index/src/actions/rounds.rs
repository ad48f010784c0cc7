//! Rounds: made, changed, opened by the province's administrator; who appraises what.

use crate::model::*;
use crate::rules;
use crate::store;
use base::Refusal;
use db::Tx;
use journal::about;
use people::{Failure, Role, Scope, UnitId};
use rulebook::EditionId;
use serde_json::json;
use web::Site;

/// What is asked to make a round.
#[derive(Clone, Debug)]
pub struct NewRound {
    pub name: String,
    pub year: i64,
    pub province: UnitId,
    pub days: Days,
    pub sets: Vec<(String, EditionId)>,
    pub units: Vec<(UnitId, String)>,
    pub sample: bool,
}

fn administers(scope: &Scope, province: UnitId) -> Result<(), Failure> {
    let program = scope.account.is_none() && scope.has(Role::Admin);
    if program || (scope.is_of(province) && scope.has(Role::Admin)) { Ok(()) } else { Err(NotNow::NotYourUnit.into()) }
}

/// Makes a round with its sets and units, still closed.
pub async fn create_round(site: &Site, scope: &Scope, new: NewRound) -> Result<RoundId, Failure> {
    administers(scope, new.province)?;
    rules::check_days(&new.days)?;
    if new.name.trim().is_empty() {
        return Err(Refusal::new("round-name", "Đặt tên cho đợt chấm.").at("name").into());
    }
    let mut tx = site.db.begin().await?;
    let round = Round {
        id: db::fresh_id(),
        name: new.name.trim().to_owned(),
        year: new.year,
        province: new.province,
        days: new.days,
        status: RoundStatus::Draft,
        decision: None,
        decided_on: None,
        published: None,
        sample: new.sample,
        version: 1,
    };
    store::put_round(&mut tx, &round).await.map_err(|error| match error.is_duplicate_in("index_round") {
        true => Refusal::new("round-twice", "Năm này đã có đợt chấm cùng tên. Hãy đặt tên khác.").at("name").into(),
        false => Failure::from(error),
    })?;
    put_cards(&mut tx, &round, &new.sets, &new.units).await?;
    journal::write(&mut tx, scope, "index.round-created", about("round", round.id), &(), &round).await?;
    tx.commit().await?;
    Ok(round.id)
}

async fn put_cards(
    tx: &mut Tx,
    round: &Round,
    sets: &[(String, EditionId)],
    units: &[(UnitId, String)],
) -> Result<(), Failure> {
    if units.is_empty() || sets.is_empty() {
        return Err(NotNow::NoUnits.into());
    }
    for (kind, edition) in sets {
        fits(tx, round, kind, *edition).await?;
        store::put_round_set(tx, round.id, kind, *edition).await?;
    }
    let known = people::units_with(tx, round.days.scoring_from, &[]).await?;
    for (unit, kind) in units {
        let is_there = known.iter().any(|one| one.id == *unit && one.kind == *kind);
        let edition = sets.iter().find(|(of, _)| of == kind).map(|(_, edition)| *edition);
        let (true, Some(edition)) = (is_there, edition) else {
            let say =
                "Mỗi đơn vị phải đang hoạt động vào ngày mở tự chấm và thuộc loại có bộ tiêu chí. Hãy chọn lại đơn vị.";
            return Err(Refusal::new("round-units", say).into());
        };
        store::put_card(tx, round.id, *unit, kind, edition).await?;
    }
    Ok(())
}

/// Whether a kind of unit can be scored by this edition: published (a draft may still change), in force on the first
/// day, and made for that kind.
async fn fits(tx: &mut Tx, round: &Round, kind: &str, edition: EditionId) -> Result<(), Failure> {
    let day = round.days.scoring_from;
    let found = rulebook::find(tx, edition).await?.filter(|one| one.kind == EDITION_KIND && one.is_in_force(day));
    let fits = match found {
        Some(_) => crate::sets::set_of(tx, edition).await?.applies_to.iter().any(|of| of == kind),
        None => false,
    };
    if fits {
        return Ok(());
    }
    let say = format!(
        "Chọn bộ tiêu chí đã ban hành, có hiệu lực vào ngày {} cho {}.",
        base::day::vi(day),
        people::kind_name(kind)
    );
    Err(Refusal::new("round-set", say).into())
}

/// Changes a round's name and days. Days of an open round move phases; what was done stays done.
pub async fn change_round(
    site: &Site,
    scope: &Scope,
    id: RoundId,
    version: i64,
    name: &str,
    days: Days,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let before = store::round(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    administers(scope, before.province)?;
    rules::check_days(&days)?;
    if before.status == RoundStatus::Published {
        return Err(NotNow::AlreadyPublished.into());
    }
    let after = Round { name: name.trim().to_owned(), days, version, ..before.clone() };
    if !store::change_round(&mut tx, &after).await? {
        return Err(Failure::stale(serde_json::to_value(&before)?));
    }
    journal::write(&mut tx, scope, "index.round-changed", about("round", id), &before, &after).await?;
    Ok(tx.commit().await?)
}

/// Opens a round: from then on its days count.
pub async fn open_round(site: &Site, scope: &Scope, id: RoundId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let round = store::round(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    administers(scope, round.province)?;
    if store::cards(&mut tx, id).await?.is_empty() {
        return Err(NotNow::NoUnits.into());
    }
    if !store::open_round(&mut tx, id).await? {
        return Err(NotNow::RoundOpen.into());
    }
    journal::write(&mut tx, scope, "index.round-opened", about("round", id), &(), &()).await?;
    Ok(tx.commit().await?)
}

/// A round whose appraisers may still change: open or in preparation, of the administrator's own province.
async fn with_appraisers(tx: &mut Tx, scope: &Scope, round: RoundId) -> Result<Round, Failure> {
    let found = store::round(tx, round).await?.ok_or(Failure::NotFound)?;
    administers(scope, found.province)?;
    if found.status == RoundStatus::Published { Err(NotNow::AlreadyPublished.into()) } else { Ok(found) }
}

pub async fn unset_appraiser(site: &Site, scope: &Scope, round: RoundId, id: AppraiserId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    with_appraisers(&mut tx, scope, round).await?;
    if !store::drop_appraiser(&mut tx, round, id).await? {
        return Err(Failure::NotFound);
    }
    journal::write(&mut tx, scope, "index.appraiser-unset", about("round", round), &json!({ "id": id }), &()).await?;
    Ok(tx.commit().await?)
}

/// Fields of a kind of unit given to a department (or to a person of it, or for one unit only).
#[derive(Clone, Debug)]
pub struct NewWatch {
    pub kind: String,
    pub fields: Vec<String>,
    pub unit: UnitId,
    pub account: Option<people::AccountId>,
    pub only_unit: Option<UnitId>,
}

/// Gives fields to a department. What it has already stays once.
pub async fn give_fields(site: &Site, scope: &Scope, round: RoundId, new: NewWatch) -> Result<Vec<Appraiser>, Failure> {
    let mut tx = site.db.begin().await?;
    with_appraisers(&mut tx, scope, round).await?;
    if new.fields.is_empty() {
        return Err(Refusal::new("watch-fields", "Chọn ít nhất một lĩnh vực.").at("field").into());
    }
    let unit = people::find_unit(&mut tx, new.unit).await?.ok_or(Failure::NotFound)?;
    if let Some(only) = new.only_unit {
        people::find_unit(&mut tx, only).await?.ok_or(Failure::NotFound)?;
    }
    if let Some(account) = new.account
        && !store::people_below(&mut tx, unit.id, scope.today()).await?.iter().any(|(known, _)| *known == account)
    {
        let say = format!("Người này không thuộc {}. Chọn người của cơ quan đó.", unit.name);
        return Err(Refusal::new("watch-person", say).at("account").into());
    }
    let sets = store::round_sets(&mut tx, round).await?;
    let Some((_, edition)) = sets.iter().find(|(kind, _)| *kind == new.kind) else { return Err(Failure::NotFound) };
    let set = crate::sets::set_of(&mut tx, *edition).await?;
    let before = store::appraisers(&mut tx, round).await?;
    let mut given = Vec::new();
    for field in &new.fields {
        if set.criterion(field).is_none() {
            return Err(NotNow::NoSuchCriterion { code: field.clone() }.into());
        }
        let one = Appraiser {
            id: db::fresh_id(),
            kind: new.kind.clone(),
            field: field.clone(),
            unit: unit.id,
            unit_name: unit.short.clone(),
            account: new.account,
            only_unit: new.only_unit,
        };
        let same = |known: &Appraiser| Appraiser { id: known.id, ..one.clone() } == *known;
        if let Some(known) = before.iter().find(|known| same(known)) {
            given.push(known.clone());
            continue;
        }
        store::put_appraiser(&mut tx, round, &one).await?;
        journal::write(&mut tx, scope, "index.appraiser-set", about("round", round), &(), &one).await?;
        given.push(one);
    }
    tx.commit().await?;
    Ok(given)
}

/// Says for each unit whether the survey was held; gives how many changed.
pub async fn set_survey_held(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    not_held: &[UnitId],
) -> Result<usize, Failure> {
    let mut tx = site.db.begin().await?;
    let found = store::round(&mut tx, round).await?.ok_or(Failure::NotFound)?;
    super::survey::may_import(scope, &found)?;
    let cards = store::cards(&mut tx, round).await?;
    if not_held.iter().any(|unit| !cards.iter().any(|card| card.unit == *unit)) {
        return Err(Refusal::new("survey-unit", "Có đơn vị không tham gia đợt chấm này.").at("units").into());
    }
    let mut changed = 0;
    for card in cards {
        let held = !not_held.contains(&card.unit);
        if held == card.survey_held {
            continue;
        }
        store::set_survey_held(&mut tx, card.id, held).await?;
        journal::write(
            &mut tx,
            scope,
            "index.survey-held",
            about("card", card.id),
            &json!({ "held": card.survey_held }),
            &json!({ "held": held }),
        )
        .await?;
        changed += 1;
    }
    tx.commit().await?;
    Ok(changed)
}
