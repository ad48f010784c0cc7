//! What a round has come to: every unit scored together, and what can be read from it.

use crate::model::*;
use crate::store::{self, ResultLine};
use crate::view::{shown, unit_of};
use crate::{rules, sets};
use base::Decimal;
use db::Conn;
use people::Failure;
use score::set::FilledBy;
use score::{CriteriaSet, Detail, Group, UnitScore};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One unit of a round, scored by its own answers and with the verdicts in place.
pub struct Scored {
    pub card: Card,
    pub set: Arc<CriteriaSet>,
    pub own: UnitScore,
    pub settled: UnitScore,
    pub verdicts: BTreeMap<String, Verdict>,
    pub answers: BTreeMap<String, Answer>,
}

/// Scores every unit of a round, each kind together, in a fixed number of questions per kind.
pub async fn score_round(conn: &mut Conn, round: &Round) -> Result<Vec<Scored>, Failure> {
    let cards = store::cards(conn, round.id).await?;
    let mut verdicts = store::verdicts_of_round(conn, round.id).await?;
    let mut found = Vec::new();
    for (kind, edition) in store::round_sets(conn, round.id).await? {
        let set = sets::set_of(conn, edition).await?;
        let mut answers = store::answers_of_round(conn, round.id, &kind).await?;
        let cards: Vec<Card> = cards.iter().filter(|card| card.kind == kind).cloned().collect();
        let mut own = Group::default();
        let mut settled = Group::default();
        let mut rest = Vec::new();
        for card in cards {
            let said = answers.remove(&card.id).unwrap_or_default();
            let judged = verdicts.remove(&card.id).unwrap_or_default();
            own.units.push(unit_of(&set, &card, &said, None).0);
            settled.units.push(unit_of(&set, &card, &said, Some(&judged)).0);
            rest.push((card, said, judged));
        }
        let own = score::score(&set, &own, Detail::Explained).map_err(Failure::Refused)?;
        let settled = score::score(&set, &settled, Detail::Explained).map_err(Failure::Refused)?;
        for (((card, answers, verdicts), own), settled) in rest.into_iter().zip(own).zip(settled) {
            found.push(Scored { card, set: set.clone(), own, settled, verdicts, answers });
        }
    }
    Ok(found)
}

impl Scored {
    /// Points of the leaves that a survey fills.
    pub fn survey_points(&self) -> Option<Decimal> {
        let of_survey = |line: &&score::Line| self.set.criteria[line.position].filled_by == FilledBy::Survey;
        let mut lines = self.settled.lines.iter().filter(of_survey).peekable();
        lines.peek()?;
        lines.map(|line| line.points.as_ref().map(shown)).sum()
    }

    /// Every criterion with its points, for the snapshot.
    pub fn lines(&self) -> Vec<ResultLine> {
        let nodes = self.set.nodes(&self.card.kind);
        nodes.iter().filter_map(|node| self.line(node)).collect()
    }

    fn line(&self, node: &score::Node<'_>) -> Option<ResultLine> {
        let criterion = node.criterion;
        let code = criterion.code.clone();
        let of = |score: &UnitScore| {
            if criterion.is_leaf() {
                score
                    .line(&self.set, &code)
                    .map(|line| (line.points.as_ref().map(shown), shown(&line.max), line.why.clone()))
            } else {
                score
                    .subtotal(&self.set, &code)
                    .map(|sum| (sum.points.as_ref().map(shown), shown(&sum.max), String::new()))
            }
        };
        let (points, max, why) = of(&self.settled)?;
        let own = of(&self.own).and_then(|(own, ..)| own);
        let reason = self.verdicts.get(&code).map(|verdict| verdict.reason.clone()).unwrap_or_default();
        Some(ResultLine {
            name: criterion.name.clone(),
            depth: node.depth,
            leaf: criterion.is_leaf(),
            code,
            max,
            own,
            points,
            why,
            reason,
        })
    }

    /// How many leaves are still to be appraised.
    pub fn left(&self) -> usize {
        rules::appraised_leaves(&self.set, &self.card.kind)
            .filter(|criterion| {
                self.settled.line(&self.set, &criterion.code).is_some() && !self.verdicts.contains_key(&criterion.code)
            })
            .count()
    }
}
