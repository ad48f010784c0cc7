//! Automatic criteria: their answers are read from facts, by the table of `data/facts/auto.toml`.

use crate::model::*;
use crate::store;
use crate::view::View;
use base::Date;
use db::{Conn, Tx};
use fact::Fact;
use journal::about;
use people::{Failure, Scope};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Which facts make the answer to which criterion.
const TABLE: &str = include_str!("../../../../data/facts/auto.toml");

#[derive(serde::Deserialize)]
struct Table {
    auto: Vec<Auto>,
}

/// One automatic criterion: each field of its answer is a fact.
#[derive(serde::Deserialize)]
pub struct Auto {
    pub set: String,
    pub criterion: String,
    pub answer: BTreeMap<String, String>,
}

/// The table, read once. A broken table is found by the test of this file; here it only means no automatic answers.
pub fn table() -> &'static [Auto] {
    static READ: OnceLock<Vec<Auto>> = OnceLock::new();
    READ.get_or_init(|| toml::from_str::<Table>(TABLE).map(|table| table.auto).unwrap_or_default())
}

/// The year that a round counts: from the middle of December to the middle of December (NĐ 09/2019/NĐ-CP, Art. 12),
/// or whatever period the facts of that year were given for.
fn is_of_year(fact: &Fact, year: i64) -> bool {
    let day = fact.to.yesterday().unwrap_or(Date::MIN);
    i64::from(day.year()) == year
}

/// What a round of that year reads: the last to be recorded, but before it what somebody has entered, who knows of other
/// systems.
fn of_year(facts: &[Fact], year: i64) -> BTreeMap<&str, &Fact> {
    let mut mine: Vec<&Fact> = facts.iter().filter(|fact| is_of_year(fact, year)).collect();
    mine.sort_by_key(|fact| (fact.manual, fact.id));
    mine.into_iter().map(|fact| (fact.what.as_str(), fact)).collect()
}

async fn of_unit(conn: &mut Conn, view: &View) -> Result<Vec<Fact>, Failure> {
    let filter = fact::Filter { unit: Some(view.card.unit), ..fact::Filter::default() };
    Ok(fact::list(conn, &filter, None, 10_000).await?)
}

impl Auto {
    /// The fact of each field that there is one for.
    fn read(&self, latest: &BTreeMap<&str, &Fact>) -> Vec<(String, Fact)> {
        let one = |(field, what): (&String, &String)| Some((field.clone(), (*latest.get(what.as_str())?).clone()));
        self.answer.iter().filter_map(one).collect()
    }
}

/// The answer that these facts make.
pub fn answer_of(facts: &[(String, Fact)]) -> Value {
    let field = |(field, fact): &(String, Fact)| (field.clone(), json!(fact.value.normalize().to_string()));
    Value::Object(facts.iter().map(field).collect::<Map<_, _>>())
}

/// The facts that an automatic criterion of a card is answered by, as they stand now, field by field.
pub async fn facts_behind(conn: &mut Conn, view: &View, code: &str) -> Result<Vec<(String, Fact)>, Failure> {
    let auto = table().iter().find(|auto| auto.set == view.set.code && auto.criterion == code);
    let Some(auto) = auto else { return Ok(Vec::new()) };
    let facts = of_unit(conn, view).await?;
    Ok(auto.read(&of_year(&facts, view.round.year)))
}

/// Reads the facts of a card's unit into its automatic answers; gives how many changed. What a person may not
/// type, they may refresh.
pub async fn read_facts(tx: &mut Tx, scope: &Scope, view: &View) -> Result<usize, Failure> {
    let mine: Vec<&Auto> = table().iter().filter(|auto| auto.set == view.set.code).collect();
    let names: Vec<String> = mine.iter().flat_map(|auto| auto.answer.values().cloned()).collect();
    if names.is_empty() {
        return Ok(0);
    }
    let facts = of_unit(tx, view).await?;
    let latest = of_year(&facts, view.round.year);
    let mut changed = 0;
    for auto in mine {
        let found = auto.read(&latest);
        if found.len() < auto.answer.len() {
            continue;
        }
        let before = view.answers.get(&auto.criterion).cloned().unwrap_or_default();
        let value = Some(answer_of(&found));
        if before.value == value {
            continue;
        }
        let ids: Vec<String> = found.iter().map(|(_, fact)| fact.id.to_string()).collect();
        let after = Answer { value, fact: ids.first().cloned(), ..before.clone() };
        store::put_answer(tx, view.card.id, &auto.criterion, &after, scope.now, None).await?;
        let line = json!({ "code": auto.criterion, "answer": after.value, "facts": ids });
        journal::write(tx, scope, "index.facts-read", about("card", view.card.id), &json!(before.value), &line).await?;
        changed += 1;
    }
    Ok(changed)
}

/// The same, asked for by a person of the unit.
pub async fn refresh_facts(
    site: &web::Site,
    scope: &Scope,
    round: RoundId,
    unit: people::UnitId,
) -> Result<usize, Failure> {
    let mut tx = site.db.begin().await?;
    let view = crate::view::load(&mut tx, scope, round, unit).await?;
    if !(view.standing.coordinates || view.standing.heads || view.standing.administers) {
        return Err(NotNow::NotYourUnit.into());
    }
    crate::rules::scoring_open(&view.round, &view.card, view.reopened_until, scope.today())?;
    let changed = read_facts(&mut tx, scope, &view).await?;
    tx.commit().await?;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use base::{Decimal, Timestamp, Uuid};

    fn fact(id: u128, to: &str, value: i64, manual: bool) -> Fact {
        Fact {
            id: Uuid::from_u128(id).into(),
            what: "dossier.resolved".into(),
            unit: Uuid::from_u128(0).into(),
            from: "2019-12-15".parse().unwrap(),
            to: to.parse().unwrap(),
            value: Decimal::from(value),
            source: String::new(),
            link: None,
            manual,
            at: Timestamp::UNIX_EPOCH,
            account: None,
            replaced_by: None,
        }
    }

    #[test]
    fn the_last_of_the_year_is_read_but_a_person_knows_better() {
        let read = |facts: &[Fact]| of_year(facts, 2020).get("dossier.resolved").map(|fact| fact.value.to_string());
        let (early, whole) = (fact(1, "2020-11-15", 7, false), fact(2, "2020-12-15", 9, false));
        // As they are listed: the newest first.
        assert_eq!(read(&[whole.clone(), early.clone()]).as_deref(), Some("9"));
        assert_eq!(read(&[whole, fact(0, "2020-11-15", 8, true), early]).as_deref(), Some("8"));
        assert_eq!(read(&[fact(3, "2021-12-15", 5, false)]), None);
    }
}
