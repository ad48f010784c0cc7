//! The survey's results, until the survey system is there: from an answers file or a table.

pub use crate::files::survey::{SurveyAnswer, SurveyRow};

use crate::model::*;
use crate::store;
use crate::{rules, sets};
use base::Refusal;
use db::Conn;
use journal::about;
use people::{Failure, Role, Scope, Unit};
use score::CriteriaSet;
use score::answers::read_cell;
use score::set::FilledBy;
use serde_json::{Map, Value, json};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use web::Site;

/// What an import would do.
pub struct SurveyCheck {
    /// Positions of the rows that can be taken.
    pub good: Vec<usize>,
    /// How many of these change what is stored.
    pub changed: usize,
    /// Every row that cannot, at its place.
    pub refusals: Vec<Refusal>,
}

/// Whether this person brings in the survey of a round.
pub fn may_import(scope: &Scope, round: &Round) -> Result<(), Failure> {
    let program = scope.account.is_none() && scope.has(Role::Admin);
    let oversees = scope.is_of(round.province) && scope.has_any(&[Role::Admin, Role::Council]);
    if !program && !oversees {
        return Err(NotNow::NotYourUnit.into());
    }
    if rules::phase(round, scope.today()) == Phase::Published {
        return Err(NotNow::AlreadyPublished.into());
    }
    Ok(())
}

/// Looks at every row and changes nothing.
pub async fn check_survey(
    site: &Site,
    scope: &Scope,
    id: RoundId,
    rows: &[SurveyAnswer],
) -> Result<SurveyCheck, Failure> {
    let mut conn = site.db.read().await?;
    let round = store::round(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    may_import(scope, &round)?;
    let known = Known::load(&mut conn, id).await?;
    let (good, refusals) = known.judge(rows);
    let mut changed = 0;
    let mut answers = BTreeMap::new();
    for (kind, _) in store::round_sets(&mut conn, id).await? {
        answers.append(&mut store::answers_of_round(&mut conn, id, &kind).await?);
    }
    for (at, card) in &good {
        let row = &rows[*at];
        let before =
            answers.get(&card.id).and_then(|of_card| of_card.get(&row.code)).and_then(|answer| answer.value.as_ref());
        changed += usize::from(before != Some(&row.value));
    }
    Ok(SurveyCheck { good: good.into_iter().map(|(at, _)| at).collect(), changed, refusals })
}

/// Takes all of them or none; every bad cell is said with its place.
pub async fn import_survey(site: &Site, scope: &Scope, id: RoundId, rows: &[SurveyAnswer]) -> Result<usize, Failure> {
    let mut tx = site.db.begin().await?;
    let round = store::round(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    may_import(scope, &round)?;
    let known = Known::load(&mut tx, id).await?;
    let (good, refusals) = known.judge(rows);
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    for (at, card) in &good {
        let row = &rows[*at];
        let before = store::answer(&mut tx, card.id, &row.code).await?.unwrap_or_default();
        let after = Answer { value: Some(row.value.clone()), ..before };
        store::put_answer(&mut tx, card.id, &row.code, &after, scope.now, scope.account).await?;
    }
    let cells: Vec<Value> = good.iter().map(|(at, card)| json!([card.unit, rows[*at].code, rows[*at].value])).collect();
    journal::write(&mut tx, scope, "index.survey-imported", about("round", id), &(), &json!({ "cells": cells }))
        .await?;
    tx.commit().await?;
    Ok(good.len())
}

/// A round's cards by the keys and names of their units, and the sets that score them.
struct Known {
    cards: Vec<Card>,
    by_key: HashMap<String, usize>,
    /// None where several units are called so.
    by_name: HashMap<String, Option<usize>>,
    sets: HashMap<rulebook::EditionId, Arc<CriteriaSet>>,
}

impl Known {
    async fn load(conn: &mut Conn, id: RoundId) -> Result<Known, Failure> {
        let cards = store::cards(conn, id).await?;
        let units: HashMap<_, Unit> = people::units(conn).await?.into_iter().map(|unit| (unit.id, unit)).collect();
        let (mut by_key, mut by_name) = (HashMap::new(), HashMap::new());
        let mut all_sets = HashMap::new();
        for (at, card) in cards.iter().enumerate() {
            if let Some(unit) = units.get(&card.unit) {
                by_key.insert(base::text::fold(&unit.key), at);
                for name in [&unit.short, &unit.name] {
                    let called = by_name.entry(base::text::fold(name)).or_insert(Some(at));
                    *called = called.filter(|other| *other == at);
                }
            }
            if let Entry::Vacant(place) = all_sets.entry(card.edition) {
                place.insert(sets::set_of(conn, card.edition).await?);
            }
        }
        Ok(Known { cards, by_key, by_name, sets: all_sets })
    }

    /// A key is one unit's only; what several are called is nobody's.
    fn card(&self, unit: &str) -> Result<&Card, String> {
        let asked = base::text::fold(unit);
        let found = self.by_key.get(&asked).copied().map(Some).or_else(|| self.by_name.get(&asked).copied());
        match found {
            None => Err(format!("đợt chấm không có đơn vị “{unit}”.")),
            Some(None) => Err(format!("đợt chấm có nhiều đơn vị tên “{unit}”. Hãy dùng mã đơn vị.")),
            Some(Some(at)) => self.cards.get(at).ok_or_else(|| format!("đợt chấm không có đơn vị “{unit}”.")),
        }
    }

    fn judge(&self, rows: &[SurveyAnswer]) -> (Vec<(usize, &Card)>, Vec<Refusal>) {
        let mut good = Vec::new();
        let mut refusals = Vec::new();
        let mut seen: HashMap<(CardId, &str), &str> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let card = match self.card(&row.unit) {
                Ok(card) => card,
                Err(say) => {
                    refusals.push(refusal("survey-unit", row, say));
                    continue;
                }
            };
            if let Some(first) = seen.insert((card.id, &row.code), &row.place) {
                refusals.push(refusal("survey-twice", row, format!("{} của {} đã có ở {first}.", row.code, row.unit)));
                continue;
            }
            match self.sets.get(&card.edition).map(|set| check(set, card, row)) {
                Some(Err(no)) => refusals.push(no),
                _ => good.push((at, card)),
            }
        }
        (good, refusals)
    }
}

fn refusal(code: &'static str, row: &SurveyAnswer, say: String) -> Refusal {
    Refusal::new(code, format!("{}: {say}", row.place)).at(&row.place)
}

fn check(set: &CriteriaSet, card: &Card, row: &SurveyAnswer) -> Result<(), Refusal> {
    let at = |say: String| refusal("survey-cell", row, say);
    let Some(criterion) = set.criterion(&row.code) else {
        return Err(at(format!("bộ tiêu chí không có tiêu chí {}.", row.code)));
    };
    if criterion.filled_by != FilledBy::Survey {
        return Err(at(format!("tiêu chí {} không chấm bằng điều tra xã hội học.", row.code)));
    }
    let none = Map::new();
    read_cell(set, &card.kind, &row.code, &row.value, &none).map(drop).map_err(|no| at(no.say))
}

/// All rows of a round's survey, for its page and its templates.
pub async fn survey_table(
    conn: &mut Conn,
    scope: &Scope,
    id: RoundId,
) -> Result<(Round, Vec<Card>, Vec<SurveyRow>), Failure> {
    let round = store::round(conn, id).await?.ok_or(Failure::NotFound)?;
    let oversees = scope.is_of(round.province) && scope.has_any(&[Role::Admin, Role::Council]);
    if !oversees {
        return Err(NotNow::NotYourUnit.into());
    }
    let keys: HashMap<_, String> = people::units(conn).await?.into_iter().map(|unit| (unit.id, unit.key)).collect();
    let cards = store::cards(conn, id).await?;
    let mut rows = Vec::new();
    for (kind, edition) in store::round_sets(conn, id).await? {
        let set = sets::set_of(conn, edition).await?;
        let answers = store::answers_of_round(conn, id, &kind).await?;
        let leaves: Vec<_> = set
            .nodes(&kind)
            .into_iter()
            .filter(|node| node.criterion.is_leaf() && node.criterion.filled_by == FilledBy::Survey)
            .collect();
        for card in cards.iter().filter(|card| card.kind == kind) {
            for leaf in &leaves {
                let options = match &leaf.criterion.measure {
                    Some(score::Measure::Survey { weights, .. }) => Some(weights.len()),
                    _ => None,
                };
                rows.push(SurveyRow {
                    key: keys.get(&card.unit).cloned().unwrap_or_default(),
                    unit: card.unit_name.clone(),
                    kind: kind.clone(),
                    held: card.survey_held,
                    code: leaf.criterion.code.clone(),
                    name: leaf.criterion.name.clone(),
                    options,
                    value: answers
                        .get(&card.id)
                        .and_then(|of_card| of_card.get(&leaf.criterion.code))
                        .and_then(|answer| answer.value.clone()),
                });
            }
        }
    }
    Ok((round, cards, rows))
}
