//! The tree is read from the codes: the parent of `2.10.1` is `2.10`.

use std::collections::HashMap;

use base::Exact;

use crate::set::{CriteriaSet, Criterion, GroupKind, NotApplicable};

/// Who stands below whom, by position in [`CriteriaSet::criteria`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree {
    pub parent: Vec<Option<usize>>,
    pub children: Vec<Vec<usize>>,
    pub depth: Vec<usize>,
    pub by_code: HashMap<String, usize>,
    /// How many group-wide values the measures read.
    pub slots: usize,
}

/// `2.10.1` → `2.10`; a code at the top has none.
pub(crate) fn parent_code(code: &str) -> Option<&str> {
    code.rsplit_once('.').map(|(parent, _)| parent)
}

impl Tree {
    /// Codes without their parent stand at the top; the checker has refused them by then.
    pub fn of(criteria: &[Criterion], slots: usize) -> Tree {
        let mut by_code = HashMap::with_capacity(criteria.len());
        for (at, criterion) in criteria.iter().enumerate() {
            by_code.entry(criterion.code.clone()).or_insert(at);
        }
        let parent: Vec<Option<usize>> = criteria
            .iter()
            .map(|criterion| parent_code(&criterion.code).and_then(|code| by_code.get(code)).copied())
            .collect();
        let mut children = vec![Vec::new(); criteria.len()];
        for (at, parent) in parent.iter().enumerate() {
            if let Some(parent) = parent {
                children[*parent].push(at);
            }
        }
        let depth = (0..criteria.len()).map(|at| std::iter::successors(parent[at], |up| parent[*up]).count()).collect();
        Tree { parent, children, depth, by_code, slots }
    }
}

/// One criterion as it stands for a kind of unit: a row of the grid.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    pub position: usize,
    pub criterion: &'a Criterion,
    /// 0 at the top.
    pub depth: usize,
    pub parent: Option<&'a str>,
    pub group: Option<GroupKind>,
    /// Of a leaf its maximum, of a parent the sum of those below that apply to the kind.
    pub max: Exact,
}

impl CriteriaSet {
    pub fn position(&self, code: &str) -> Option<usize> {
        self.tree.by_code.get(code).copied()
    }

    pub fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.position(code).map(|at| &self.criteria[at])
    }

    pub fn parent(&self, code: &str) -> Option<&Criterion> {
        self.tree.parent[self.position(code)?].map(|at| &self.criteria[at])
    }

    /// The criterion itself, then those above it.
    pub(crate) fn upward(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |at| self.tree.parent[*at])
    }

    /// The field (criterion at the top) that a criterion belongs to.
    pub(crate) fn top(&self, at: usize) -> usize {
        self.upward(at).last().unwrap_or(at)
    }

    /// Whether a criterion is there for a kind of unit: neither it nor one above it leaves the kind out.
    pub fn exists_for(&self, at: usize, kind: &str) -> bool {
        self.upward(at).all(|at| names(&self.criteria[at].applies_to, kind))
    }

    /// Whether the set is for this kind of unit at all.
    pub fn is_for(&self, kind: &str) -> bool {
        names(&self.applies_to, kind)
    }

    /// The kind of a unit whose kind is not said. A set for all kinds has none to suppose: the kind stays empty.
    pub fn default_kind(&self) -> &str {
        self.applies_to.first().map_or("", String::as_str)
    }

    /// Every kind the set speaks of, for checks; one nameless kind where it speaks of none.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.applies_to.iter().map(String::as_str).collect();
        if kinds.is_empty() {
            for kind in self.criteria.iter().flat_map(|criterion| &criterion.applies_to) {
                if !kinds.contains(&kind.as_str()) {
                    kinds.push(kind);
                }
            }
        }
        if kinds.is_empty() {
            kinds.push("");
        }
        kinds
    }

    pub(crate) fn group_of(&self, at: usize) -> Option<GroupKind> {
        self.criteria[self.top(at)].group
    }

    /// The nearest word on the way up, then the set's. In a bonus or penalty group always `Exclude`: a bonus for
    /// what does not apply, or a penalty, would be absurd.
    pub(crate) fn policy(&self, at: usize) -> NotApplicable {
        if self.group_of(at).is_some() {
            return NotApplicable::Exclude;
        }
        self.upward(at).find_map(|at| self.criteria[at].not_applicable).unwrap_or(self.not_applicable)
    }

    /// Digits a leaf is rounded to, none for not at all.
    pub(crate) fn leaf_digits(&self, at: usize) -> Option<u32> {
        self.upward(at).find_map(|at| self.criteria[at].leaf_digits).unwrap_or(self.rounding.leaf)
    }

    /// The rows of a grid for a kind of unit, in the order of the set.
    pub fn nodes(&self, kind: &str) -> Vec<Node<'_>> {
        let there: Vec<bool> = (0..self.criteria.len()).map(|at| self.exists_for(at, kind)).collect();
        let mut max = vec![Exact::ZERO; self.criteria.len()];
        for at in (0..self.criteria.len()).filter(|at| there[*at] && self.criteria[*at].is_leaf()) {
            let own = Exact::from(self.criteria[at].max.unwrap_or_default());
            self.upward(at).for_each(|up| max[up] += &own);
        }
        (0..self.criteria.len())
            .filter(|at| there[*at])
            .map(|at| Node {
                position: at,
                criterion: &self.criteria[at],
                depth: self.tree.depth[at],
                parent: self.tree.parent[at].map(|up| self.criteria[up].code.as_str()),
                group: self.group_of(at),
                max: max[at].clone(),
            })
            .collect()
    }
}

fn names(kinds: &[String], kind: &str) -> bool {
    kinds.is_empty() || kinds.iter().any(|named| named == kind)
}
