//! A card as it is worked on: everything its pages and rules need, loaded in a fixed number of questions.

use crate::model::*;
use crate::rules::{self, Missing, Standing};
use crate::{sets, store};
use base::{Decimal, Exact};
use db::Conn;
use people::{Failure, Scope, Station, UnitId};
use score::{CriteriaSet, Detail, Group, Line, Unit, UnitScore, answers::read_cell};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A card with its round, set, answers, verdicts and evidence, and what the person is to it.
pub struct View {
    pub round: Round,
    pub card: Card,
    pub set: Arc<CriteriaSet>,
    pub phase: Phase,
    pub standing: Standing,
    pub station: Station,
    /// Top codes that the person appraises on this card.
    pub fields: Vec<String>,
    pub answers: BTreeMap<String, Answer>,
    pub verdicts: BTreeMap<String, Verdict>,
    pub proofs: BTreeMap<String, Vec<Proof>>,
    pub assigned: Vec<Assignment>,
    pub remarks: Vec<Remark>,
    pub reopened_until: Option<base::Date>,
    /// Answers that cannot be scored, with the reason.
    pub wrong: BTreeMap<String, String>,
    /// By the unit's own answers.
    pub own: UnitScore,
    /// With the appraisers' verdicts in place.
    pub settled: UnitScore,
    /// The other units, where a criterion compares them: by their own answers, and with verdicts.
    others: (Vec<Unit>, Vec<Unit>),
}

/// Loads a card, and refuses whoever may not see it.
pub async fn load(conn: &mut Conn, scope: &Scope, round: RoundId, unit: UnitId) -> Result<View, Failure> {
    let round = store::round(conn, round).await?.ok_or(Failure::NotFound)?;
    let card = store::card_of(conn, round.id, unit).await?.ok_or(Failure::NotFound)?;
    load_card(conn, scope, round, card).await
}

/// Loads a card by its id.
pub async fn load_by_id(conn: &mut Conn, scope: &Scope, card: CardId) -> Result<View, Failure> {
    let card = store::card(conn, card).await?.ok_or(Failure::NotFound)?;
    let round = store::round(conn, card.round).await?.ok_or(Failure::NotFound)?;
    load_card(conn, scope, round, card).await
}

/// Loads a card for the program itself, which may see all of them.
pub async fn load_for_program(conn: &mut Conn, scope: &Scope, round: Round, card: Card) -> Result<View, Failure> {
    let scope = Scope { unit: Some(round.province), ..scope.clone() };
    load_card(conn, &scope, round, card).await
}

async fn load_card(conn: &mut Conn, scope: &Scope, round: Round, card: Card) -> Result<View, Failure> {
    let station = people::station(conn, scope).await?;
    let phase = rules::phase(&round, scope.today());
    let standing = rules::standing(scope, &station, &round, &card);
    let fields = rules::fields_of(scope, &station, &card, &store::appraisers(conn, round.id).await?);
    rules::may_see(standing, &fields, phase)?;
    let set = sets::set_of(conn, card.edition).await?;
    let answers = store::answers(conn, card.id).await?;
    let verdicts = store::verdicts(conn, card.id).await?;
    let proofs = store::proofs(conn, card.id).await?;
    let assigned = store::assignments(conn, card.id).await?;
    let remarks = store::remarks(conn, card.id).await?;
    let reopened_until = store::reopened_until(conn, card.id).await?;
    let others = if is_group_wide(&set) { others(conn, &set, &card).await? } else { Default::default() };
    let (own, settled, wrong) = scores(&set, &card, &answers, &verdicts, &others)?;
    Ok(View {
        round,
        card,
        set,
        phase,
        standing,
        station,
        fields,
        answers,
        verdicts,
        proofs,
        assigned,
        remarks,
        reopened_until,
        wrong,
        own,
        settled,
        others,
    })
}

/// By the unit's own answers; with the verdicts in place; and the answers that cannot be scored.
fn scores(
    set: &CriteriaSet,
    card: &Card,
    answers: &BTreeMap<String, Answer>,
    verdicts: &BTreeMap<String, Verdict>,
    others: &(Vec<Unit>, Vec<Unit>),
) -> Result<(UnitScore, UnitScore, BTreeMap<String, String>), Failure> {
    let (own, wrong) = unit_of(set, card, answers, None);
    let (settled, _) = unit_of(set, card, answers, Some(verdicts));
    // Until somebody judges otherwise, both are one.
    let judged = own != settled || others.0 != others.1;
    let own = score_with(set, own, others.0.clone())?;
    let settled = if judged { score_with(set, settled, others.1.clone())? } else { own.clone() };
    Ok((own, settled, wrong))
}

/// Whether any criterion compares units, so that all of them must be read.
pub fn is_group_wide(set: &CriteriaSet) -> bool {
    set.criteria.iter().filter_map(|criterion| criterion.measure.as_ref()).any(|measure| measure.is_group_wide())
}

/// The other cards of the same kind in the round.
async fn others(conn: &mut Conn, set: &CriteriaSet, card: &Card) -> Result<(Vec<Unit>, Vec<Unit>), Failure> {
    let cards = store::cards(conn, card.round).await?;
    let answers = store::answers_of_round(conn, card.round, &card.kind).await?;
    let blank = BTreeMap::new();
    let mut units = Vec::new();
    for other in cards.iter().filter(|other| other.kind == card.kind && other.id != card.id) {
        units.push(unit_of(set, other, answers.get(&other.id).unwrap_or(&blank), None).0);
    }
    // A verdict changes points, not the value that others are compared with.
    Ok((units.clone(), units))
}

fn score_with(set: &CriteriaSet, unit: Unit, others: Vec<Unit>) -> Result<UnitScore, Failure> {
    let mut group = Group { units: vec![unit] };
    group.units.extend(others);
    let mut scores = score::score(set, &group, Detail::Explained).map_err(Failure::Refused)?;
    if scores.is_empty() { Err(Failure::NotFound) } else { Ok(scores.swap_remove(0)) }
}

/// A card's answers as the engine reads them, with verdicts in place where given; and the answers it refuses.
pub fn unit_of(
    set: &CriteriaSet,
    card: &Card,
    answers: &BTreeMap<String, Answer>,
    verdicts: Option<&BTreeMap<String, Verdict>>,
) -> (Unit, BTreeMap<String, String>) {
    let values = values(answers, verdicts.is_some());
    let mut unit = Unit::new(set, card.unit_name.clone(), card.kind.clone());
    unit.survey_held = card.survey_held;
    let mut wrong = BTreeMap::new();
    for (code, value) in &values {
        match read_cell(set, &card.kind, code, value, &values) {
            Ok(cell) => {
                if let Some(place) = unit.cell_mut(set, code) {
                    *place = cell;
                }
            }
            Err(refusal) => {
                wrong.insert(code.clone(), refusal.say);
            }
        }
    }
    for (code, verdict) in verdicts.into_iter().flatten() {
        if let Some(points) = verdict.points.filter(|_| !verdict.agrees) {
            unit.fix(set, code, points, verdict.reason.clone());
        }
    }
    (unit, wrong)
}

/// Answers in the form of the answers file. "Not applicable" counts for the unit as soon as it is asked for, and
/// for the appraisers once it is granted.
fn values(answers: &BTreeMap<String, Answer>, appraised: bool) -> Map<String, Value> {
    let mut values = Map::new();
    for (code, answer) in answers {
        let excused = match answer.excused {
            Some(Excused::Granted) => true,
            Some(Excused::Asked) => !appraised,
            Some(Excused::Refused) | None => false,
        };
        if excused {
            values.insert(code.clone(), json!({ "not_applicable": true }));
        } else if let Some(value) = &answer.value {
            values.insert(code.clone(), value.clone());
        }
    }
    values
}

impl View {
    /// The card and its answers as they are now, for a change that begins. The scores stay those of before.
    pub async fn refresh(&mut self, conn: &mut Conn) -> Result<(), Failure> {
        self.card = store::card(conn, self.card.id).await?.ok_or(Failure::NotFound)?;
        self.answers = store::answers(conn, self.card.id).await?;
        self.reopened_until = store::reopened_until(conn, self.card.id).await?;
        Ok(())
    }

    /// The scores of the answers as they stand in this view.
    pub fn rescore(&mut self) -> Result<(), Failure> {
        (self.own, self.settled, self.wrong) =
            scores(&self.set, &self.card, &self.answers, &self.verdicts, &self.others)?;
        Ok(())
    }

    pub fn own_line(&self, code: &str) -> Option<&Line> {
        self.own.line(&self.set, code)
    }

    pub fn final_line(&self, code: &str) -> Option<&Line> {
        self.settled.line(&self.set, code)
    }

    /// The unit's own points of a leaf; none while unknown.
    pub fn own_points(&self, code: &str) -> Option<Decimal> {
        self.own_line(code).and_then(|line| line.points.as_ref()).map(shown)
    }

    /// The points of a leaf with the verdicts in place.
    pub fn settled_points(&self, code: &str) -> Option<Decimal> {
        self.final_line(code).and_then(|line| line.points.as_ref()).map(shown)
    }

    /// Whether this person learns the verdicts already.
    pub fn sees_verdicts(&self) -> bool {
        rules::sees_verdicts(self.standing, &self.fields, self.phase)
    }

    /// What is still missing before sending.
    pub fn missing(&self) -> Vec<Missing> {
        let proofs = self.proofs.iter().map(|(code, list)| (code.clone(), list.len())).collect();
        rules::missing(&self.set, &self.card.kind, &self.answers, &proofs, &self.wrong)
    }

    /// Leaves that an appraiser of these fields (of all fields, where none is named) has still to look at.
    pub fn left_to_appraise(&self, fields: Option<&[String]>) -> Vec<String> {
        let mine = |code: &str| fields.is_none_or(|fields| fields.iter().any(|field| rules::covers(field, code)));
        rules::appraised_leaves(&self.set, &self.card.kind)
            .map(|criterion| criterion.code.clone())
            .filter(|code| mine(code) && !self.is_settled(code))
            .collect()
    }

    /// Whether nothing is open about a leaf: a verdict, and the second pair of eyes where it is wanted. A leaf that
    /// does not apply, or a bonus and a penalty that nobody claims, asks for no verdict.
    pub fn is_settled(&self, code: &str) -> bool {
        let (answer, verdict) = (self.answers.get(code), self.verdicts.get(code));
        rules::is_settled(answer, verdict, self.final_line(code).is_some(), self.is_in_group(code))
    }

    /// Whether a criterion is in a bonus or penalty group.
    pub fn is_in_group(&self, code: &str) -> bool {
        let top = code.split('.').next().unwrap_or(code);
        self.set.criterion(top).is_some_and(|criterion| criterion.group.is_some())
    }

    /// Whether the card takes this person's answers to a criterion now; the sentence says why not.
    pub fn may_answer(&self, scope: &Scope, code: &str) -> Result<(), NotNow> {
        let criterion = self.set.criterion(code).ok_or_else(|| NotNow::NoSuchCriterion { code: code.to_owned() })?;
        rules::may_answer(scope, &self.station, self.standing, criterion, &self.assigned)?;
        rules::scoring_open(&self.round, &self.card, self.reopened_until, scope.today())
    }
}

/// Points as a decimal. Unrounded thirds are shown to six digits; sums are made of the exact values.
pub fn shown(points: &Exact) -> Decimal {
    points.to_decimal_exact().unwrap_or_else(|| points.round(6))
}
