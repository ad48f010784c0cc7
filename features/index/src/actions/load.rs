//! Answers and verdicts in bulk: another system's answers file, or the demo's. One line of the journal per card.

use crate::model::*;
use crate::sets;
use crate::store;
use base::{Decimal, Refusal};
use db::Tx;
use journal::about;
use people::{Failure, Role, Scope};
use score::answers::read_cell;
use score::set::FilledBy;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Takes an answers file whose units are named by their keys. Every answer is read by the engine first; one that it
/// refuses refuses the whole file.
pub async fn load_answers(tx: &mut Tx, scope: &Scope, round: RoundId, file: &Value) -> Result<usize, Failure> {
    only_program(scope)?;
    let cards = cards_by_key(tx, round).await?;
    let Some(units) = file.get("units").and_then(Value::as_object) else { return Ok(0) };
    let mut taken = 0;
    for (key, answers) in units {
        let (Some(card), Some(answers)) = (cards.get(key), answers.as_object()) else { continue };
        let set = sets::set_of(tx, card.edition).await?;
        for (code, value) in answers.iter().filter(|(code, value)| *code != "survey_held" && !value.is_null()) {
            read_cell(&set, &card.kind, code, value, answers)
                .map_err(|no| Refusal::new(no.code, format!("{key}, {code}: {}", no.say)))?;
            store::put_answer(tx, card.id, code, &answer_of(&set, code, value), scope.now, scope.account).await?;
            taken += 1;
        }
        journal::write(tx, scope, "index.answers-loaded", about("card", card.id), &(), &json!({ "answers": answers }))
            .await?;
    }
    Ok(taken)
}

fn only_program(scope: &Scope) -> Result<(), Failure> {
    if scope.account.is_none() && scope.has(Role::Admin) { Ok(()) } else { Err(NotNow::NotYourUnit.into()) }
}

async fn cards_by_key(tx: &mut Tx, round: RoundId) -> Result<BTreeMap<String, Card>, Failure> {
    let units: BTreeMap<_, _> = people::units(tx).await?.into_iter().map(|unit| (unit.id, unit.key)).collect();
    let cards = store::cards(tx, round).await?;
    Ok(cards.into_iter().filter_map(|card| Some((units.get(&card.unit)?.clone(), card))).collect())
}

/// "Not applicable" in a file was decided where the file comes from.
fn answer_of(set: &score::CriteriaSet, code: &str, value: &Value) -> Answer {
    if value.get("not_applicable") == Some(&Value::Bool(true)) {
        return Answer {
            excused: Some(Excused::Granted),
            excused_why: "Không thuộc chức năng của đơn vị".into(),
            ..Answer::default()
        };
    }
    let own = set.criterion(code).is_some_and(|criterion| criterion.filled_by == FilledBy::Own);
    let note = if own { "Theo hồ sơ lưu của đơn vị." } else { "" };
    Answer { value: Some(value.clone()), note: note.into(), ..Answer::default() }
}

/// Appraisers' verdicts where they differ; all other leaves of these cards are agreed with.
pub async fn load_verdicts(
    tx: &mut Tx,
    scope: &Scope,
    round: RoundId,
    kind: &str,
    file: &Value,
) -> Result<usize, Failure> {
    only_program(scope)?;
    let none = Map::new();
    let units = file.get("units").and_then(Value::as_object).unwrap_or(&none);
    let mut taken = 0;
    for (key, card) in cards_by_key(tx, round).await?.into_iter().filter(|(_, card)| card.kind == kind) {
        let set = sets::set_of(tx, card.edition).await?;
        let judged = units.get(&key).and_then(Value::as_object).unwrap_or(&none);
        let leaves: Vec<String> = crate::rules::appraised_leaves(&set, kind).map(|leaf| leaf.code.clone()).collect();
        for code in leaves {
            let verdict = match judged.get(&code) {
                Some(given) => changed(&key, &code, given)?,
                None => Verdict { agrees: true, ..Verdict::default() },
            };
            store::put_verdict(tx, card.id, &code, &verdict, scope.now, scope.account).await?;
            taken += 1;
        }
        journal::write(tx, scope, "index.verdicts-loaded", about("card", card.id), &(), &json!(judged)).await?;
    }
    Ok(taken)
}

fn changed(key: &str, code: &str, given: &Value) -> Result<Verdict, Failure> {
    let points = given.get("points").and_then(Value::as_str).and_then(|text| text.parse::<Decimal>().ok());
    let Some(points) = points else {
        return Err(Failure::refused("verdict-file", format!("{key}, {code}: thiếu “points”, hoặc không phải là số.")));
    };
    let reason = given.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Verdict { points: Some(points), agrees: false, reason, ..Verdict::default() })
}

/// Brings all cards of a round to a state at once, for a round of the past that is loaded.
pub async fn settle_cards(tx: &mut Tx, scope: &Scope, round: RoundId, state: CardState) -> Result<(), Failure> {
    only_program(scope)?;
    for card in store::cards(tx, round).await? {
        store::move_card(tx, card.id, card.state, state).await?;
        journal::write(tx, scope, "index.card-settled", about("card", card.id), &json!(card.state), &json!(state))
            .await?;
    }
    Ok(())
}

/// Reads the facts of all cards of a round.
pub async fn read_all_facts(tx: &mut Tx, scope: &Scope, round: RoundId) -> Result<usize, Failure> {
    only_program(scope)?;
    let found = store::round(tx, round).await?.ok_or(Failure::NotFound)?;
    let mut changed = 0;
    for card in store::cards(tx, round).await? {
        let view = crate::view::load_for_program(tx, scope, found.clone(), card).await?;
        changed += super::read_facts(tx, scope, &view).await?;
    }
    Ok(changed)
}

/// A document with its proofs and one file, as the unit would have given it.
pub struct LoadedEvidence {
    pub unit: people::UnitId,
    pub evidence: Evidence,
    /// Criterion, and where in the document.
    pub proves: Vec<(String, String)>,
}

/// Puts a document of a unit into its card of that year.
pub async fn load_evidence(tx: &mut Tx, scope: &Scope, round: RoundId, one: &LoadedEvidence) -> Result<(), Failure> {
    only_program(scope)?;
    let Some(card) = store::card_of(tx, round, one.unit).await? else { return Ok(()) };
    store::put_evidence(tx, &one.evidence, None).await?;
    for (code, place) in &one.proves {
        store::prove(tx, card.id, code, one.evidence.id, place, scope.now).await?;
    }
    journal::write(tx, scope, "index.evidence-loaded", about("card", card.id), &(), &one.evidence).await?;
    Ok(())
}

/// Gives branches of a unit's card to an office or a person of it.
pub async fn load_assignments(
    tx: &mut Tx,
    scope: &Scope,
    round: RoundId,
    unit: people::UnitId,
    codes: &[String],
    office: people::UnitId,
    account: Option<people::AccountId>,
) -> Result<(), Failure> {
    only_program(scope)?;
    let Some(card) = store::card_of(tx, round, unit).await? else { return Ok(()) };
    for code in codes {
        store::assign(tx, card.id, code, Some(office), account).await?;
    }
    journal::write(
        tx,
        scope,
        "index.assigned",
        about("card", card.id),
        &(),
        &json!({ "codes": codes, "unit": office, "account": account }),
    )
    .await?;
    Ok(())
}
