//! What was forgotten: the list before sending.

use crate::model::{Answer, Excused};
use score::set::{CriteriaSet, Evidence, FilledBy};
use std::collections::BTreeMap;

/// Something that a unit still owes on one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No answer.
    Answer(String),
    /// Evidence is required: neither a document nor a written explanation is there.
    Proof(String),
    /// "Not applicable" was asked for without saying why.
    ExcuseWhy(String),
    /// The answer cannot be scored, with the reason.
    Wrong(String, String),
}

impl Missing {
    pub fn code(&self) -> &str {
        match self {
            Missing::Answer(code) | Missing::Proof(code) | Missing::ExcuseWhy(code) | Missing::Wrong(code, _) => code,
        }
    }
}

/// What is missing of the leaves that the unit itself fills, in the order of the set. `proofs` counts documents per
/// criterion; `wrong` are answers that the engine refused.
pub fn missing(
    set: &CriteriaSet,
    kind: &str,
    answers: &BTreeMap<String, Answer>,
    proofs: &BTreeMap<String, usize>,
    wrong: &BTreeMap<String, String>,
) -> Vec<Missing> {
    let mut found = Vec::new();
    let blank = Answer::default();
    for node in set.nodes(kind) {
        let criterion = node.criterion;
        if !criterion.is_leaf() || criterion.filled_by != FilledBy::Own {
            continue;
        }
        let code = criterion.code.clone();
        let answer = answers.get(&code).unwrap_or(&blank);
        if matches!(answer.excused, Some(Excused::Asked | Excused::Granted)) {
            if answer.excused_why.trim().is_empty() {
                found.push(Missing::ExcuseWhy(code));
            }
            continue;
        }
        // A bonus or a penalty that nobody claims is not forgotten.
        if answer.value.is_none() {
            if node.group.is_none() {
                found.push(Missing::Answer(code));
            }
            continue;
        }
        if let Some(why) = wrong.get(&code) {
            found.push(Missing::Wrong(code, why.clone()));
        } else if criterion.evidence == Evidence::Required
            && proofs.get(&code).copied().unwrap_or(0) == 0
            && answer.note.trim().is_empty()
        {
            found.push(Missing::Proof(code));
        }
    }
    found
}
