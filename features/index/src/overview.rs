//! A round as one page shows it: its units with how far each has come, and what is left for the person who looks.

use crate::model::*;
use crate::results::Scored;
use crate::rules::{self, covers};
use crate::view::unit_of;
use people::{Scope, Station, UnitId};
use score::CriteriaSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A round and what this person sees of it.
pub struct Overview {
    pub round: Round,
    pub phase: Phase,
    /// The unit whose card the person works on.
    pub mine: Option<UnitId>,
    /// Sets days, units and appraisers.
    pub administers: bool,
    /// Concludes and publishes.
    pub councils: bool,
    /// The set that scores each kind of unit.
    pub sets: Vec<(String, rulebook::EditionId, Arc<CriteriaSet>)>,
    /// Of the units that the person may see.
    pub lines: Vec<Line>,
    /// What the person appraises, with what is left.
    pub fields: Vec<FieldLeft>,
    /// Wishes to open a card again that nobody has decided.
    pub reopens: Vec<(Reopen, UnitId, String)>,
    pub appraisers: Vec<Appraiser>,
}

/// One unit of a round.
#[derive(Clone, Debug)]
pub struct Line {
    pub card: Card,
    /// Criteria that the unit has finished, of those it fills itself.
    pub done: usize,
    pub all: usize,
    /// Criteria still to be appraised: of the person's fields, or of all for those who see the whole.
    pub left: usize,
    /// The person appraises something of it.
    pub appraises: bool,
}

/// A field that the person appraises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLeft {
    pub kind: String,
    pub code: String,
    pub name: String,
    /// Units that have sent their cards and are not concluded.
    pub units: usize,
    /// Criteria still to be appraised, over those units.
    pub left: usize,
    /// The first unit with something left.
    pub next: Option<UnitId>,
    /// The first criterion of the field, to look at it across units.
    pub first: Option<String>,
}

/// How far a unit has come with its own criteria: done, of how many.
pub fn progress(one: &Scored, proofs: &BTreeMap<String, usize>) -> (usize, usize) {
    let kind = &one.card.kind;
    let all = rules::own_leaves(&one.set, kind).count();
    if one.card.state != CardState::Scoring {
        return (all, all);
    }
    let (_, wrong) = unit_of(&one.set, &one.card, &one.answers, None);
    let missing = rules::missing(&one.set, kind, &one.answers, proofs, &wrong);
    let codes: std::collections::BTreeSet<&str> = missing.iter().map(rules::Missing::code).collect();
    (all.saturating_sub(codes.len()), all)
}

/// Leaves of these fields (of all, where none is named) that an appraiser has still to look at.
pub fn left<'a>(one: &'a Scored, fields: Option<&'a [String]>) -> impl Iterator<Item = &'a str> {
    rules::appraised_leaves(&one.set, &one.card.kind)
        .map(|leaf| leaf.code.as_str())
        .filter(move |code| fields.is_none_or(|fields| fields.iter().any(|field| covers(field, code))))
        .filter(|code| {
            let group =
                one.set.criterion(code.split('.').next().unwrap_or(code)).is_some_and(|top| top.group.is_some());
            let applies = one.settled.line(&one.set, code).is_some();
            !rules::is_settled(one.answers.get(*code), one.verdicts.get(*code), applies, group)
        })
}

/// The fields of this person over all units of a round.
pub fn fields_left(scope: &Scope, station: &Station, appraisers: &[Appraiser], scored: &[Scored]) -> Vec<FieldLeft> {
    let mut found: BTreeMap<(String, String), FieldLeft> = BTreeMap::new();
    for one in scored {
        for field in rules::fields_of(scope, station, &one.card, appraisers) {
            let entry = found.entry((one.card.kind.clone(), field.clone())).or_insert_with(|| blank(one, &field));
            if matches!(one.card.state, CardState::Scoring | CardState::Concluded) {
                continue;
            }
            let leaves = left(one, Some(std::slice::from_ref(&field))).count();
            entry.units += 1;
            entry.left += leaves;
            if leaves > 0 && entry.next.is_none() {
                entry.next = Some(one.card.unit);
            }
        }
    }
    found.into_values().collect()
}

fn blank(one: &Scored, field: &str) -> FieldLeft {
    let first = rules::appraised_leaves(&one.set, &one.card.kind)
        .find(|leaf| covers(field, &leaf.code))
        .map(|leaf| leaf.code.clone());
    let name = one.set.criterion(field).map(|criterion| criterion.name.clone()).unwrap_or_default();
    FieldLeft { kind: one.card.kind.clone(), code: field.to_owned(), name, units: 0, left: 0, next: None, first }
}

impl Overview {
    pub fn kinds(&self) -> Vec<&str> {
        self.sets.iter().map(|(kind, ..)| kind.as_str()).collect()
    }

    pub fn set(&self, kind: &str) -> Option<&CriteriaSet> {
        self.sets.iter().find(|(of, ..)| of == kind).map(|(_, _, set)| &**set)
    }

    /// The person's own unit.
    pub fn own_line(&self) -> Option<&Line> {
        self.lines.iter().find(|line| Some(line.card.unit) == self.mine)
    }

    /// How many units are not yet concluded.
    pub fn to_conclude(&self) -> usize {
        self.lines.iter().filter(|line| line.card.state != CardState::Concluded).count()
    }
}
