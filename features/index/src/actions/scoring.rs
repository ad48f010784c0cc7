//! Answering criteria, and saying who answers which.

use crate::model::*;
use crate::store;
use crate::view::{self, View};
use base::Refusal;
use journal::about;
use people::{AccountId, Failure, Scope, UnitId};
use score::answers::read_cell;
use serde_json::{Map, Value, json};
use web::Site;

/// Which cell is saved, and the version of it that the person saw; 0 where there was nothing yet.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    pub code: &'a str,
    pub version: i64,
}

/// Saves one answer, which `read` finds in what was sent: in the form of the answers file; none clears the cell.
/// Points are computed here, never taken from the browser.
///
/// All that only looks is done before the one writer's turn begins, and the new points after it: fifty people who save
/// at once then wait for each other's few rows, and not for each other's scores.
pub async fn save_answer(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    cell: Cell<'_>,
    read: impl FnOnce(&View) -> Result<Option<Value>, Failure>,
) -> Result<View, Failure> {
    let Cell { code, version } = cell;
    let mut view = view::load(&mut site.db.read().await?, scope, round, unit).await?;
    view.may_answer(scope, code)?;
    let value = read(&view)?;
    check_value(&view, code, value.as_ref())?;
    let mut tx = site.db.begin().await?;
    store::take_card(&mut tx, view.card.id).await?;
    // The card may have been sent, and answers saved, since we looked.
    view.refresh(&mut tx).await?;
    view.may_answer(scope, code)?;
    let before = view.answers.get(code).cloned().unwrap_or_default();
    // The same value again is the same save: a retry after a lost answer, or a double click.
    if before.value != value || before.version == 0 {
        if before.version != version {
            return Err(Failure::stale(serde_json::to_value(&before)?));
        }
        let after = Answer { value, fact: None, ..before.clone() };
        store::put_answer(&mut tx, view.card.id, code, &after, scope.now, scope.account).await?;
        let line = |answer: &Answer| json!({ "code": code, "answer": answer.value });
        journal::write(&mut tx, scope, "index.answered", about("card", view.card.id), &line(&before), &line(&after))
            .await?;
        tx.commit().await?;
        let saved = Answer { at: Some(scope.now), by: Some(scope.name.clone()), version: before.version + 1, ..after };
        view.answers.insert(code.to_owned(), saved);
    }
    view.rescore()?;
    Ok(view)
}

/// The engine reads the answer as it will when it scores: what it refuses is refused at the field.
fn check_value(view: &View, code: &str, value: Option<&Value>) -> Result<(), Failure> {
    let Some(value) = value else { return Ok(()) };
    let mut answers: Map<String, Value> =
        view.answers.iter().filter_map(|(code, answer)| Some((code.clone(), answer.value.clone()?))).collect();
    answers.insert(code.to_owned(), value.clone());
    match read_cell(&view.set, &view.card.kind, code, value, &answers) {
        Ok(_) => Ok(()),
        Err(refusal) => Err(Failure::Refused(vec![Refusal::new(refusal.code, refusal.say).at(code.to_owned())])),
    }
}

/// Saves the unit's written explanation of a criterion.
pub async fn save_note(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    code: &str,
    version: i64,
    note: &str,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let card = store::card_of(&mut tx, round, unit).await?.ok_or(Failure::NotFound)?;
    store::take_card(&mut tx, card.id).await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    view.may_answer(scope, code)?;
    let before = view.answers.get(code).cloned().unwrap_or_default();
    // The same words again are the same save: a double click.
    if before.note == note {
        return Ok(());
    }
    if before.version != version {
        return Err(Failure::stale(serde_json::to_value(&before)?));
    }
    let after = Answer { note: note.to_owned(), ..before.clone() };
    store::put_answer(&mut tx, view.card.id, code, &after, scope.now, scope.account).await?;
    let line = |answer: &Answer| json!({ "code": code, "note": answer.note });
    journal::write(&mut tx, scope, "index.noted", about("card", view.card.id), &line(&before), &line(&after)).await?;
    Ok(tx.commit().await?)
}

/// Gives a criterion or a branch to an office or a person of the unit; to nobody, where both are none.
pub async fn assign(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    codes: &[String],
    to: Option<UnitId>,
    account: Option<AccountId>,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    if !(view.standing.coordinates || view.standing.heads) {
        return Err(NotNow::NotAssigned.into());
    }
    let wanted = to.map(|unit| format!("unit:{unit}")).or(account.map(|account| format!("account:{account}")));
    if let Some(wanted) = wanted
        && !assignable(&mut tx, &view, scope.today()).await?.iter().any(|(value, _)| *value == wanted)
    {
        let say = "Chỉ giao được cho phòng hoặc người của đơn vị. Hãy chọn trong danh sách.";
        return Err(Refusal::new("assign-to", say).at("to").into());
    }
    for code in codes {
        if view.set.criterion(code).is_none() {
            return Err(NotNow::NoSuchCriterion { code: code.clone() }.into());
        }
        store::assign(&mut tx, view.card.id, code, to, account).await?;
    }
    let what = json!({ "codes": codes, "unit": to, "account": account });
    journal::write(&mut tx, scope, "index.assigned", about("card", view.card.id), &(), &what).await?;
    Ok(tx.commit().await?)
}

/// Whom a coordinator may give criteria to: the offices of the unit, and the people in it and in them. As pairs of
/// a form's value (`unit:…`, `account:…`) and words.
pub async fn assignable(conn: &mut db::Conn, view: &View, day: base::Date) -> Result<Vec<(String, String)>, Failure> {
    let offices = people::children(conn, view.card.unit, day).await?;
    let mut found: Vec<(String, String)> =
        offices.iter().map(|office| (format!("unit:{}", office.id), format!("Phòng: {}", office.name))).collect();
    for person in store::people_below(conn, view.card.unit, day).await? {
        found.push((format!("account:{}", person.0), person.1));
    }
    Ok(found)
}
