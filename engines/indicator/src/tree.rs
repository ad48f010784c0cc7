//! Units inside units, as they were on a day; and where the figures of earlier units belong in a later tree.

/// A unit as the tree needs it; units are named by their places in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    pub parent: Option<usize>,
    /// Those that came after it (merged into, split into); itself is none of them.
    pub after: Vec<usize>,
    /// Whether it is there on the tree's day.
    pub alive: bool,
}

/// The units of a day. What is not alive, or lies on a way that does not end, is alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    parents: Vec<Option<usize>>,
    /// Children before their parents.
    upward: Vec<usize>,
}

impl Tree {
    pub fn of(nodes: &[Node]) -> Tree {
        let alive = |unit: usize| nodes.get(unit).is_some_and(|node| node.alive);
        let mut parents: Vec<Option<usize>> =
            nodes.iter().map(|node| node.parent.filter(|parent| node.alive && alive(*parent))).collect();
        let mut depth = Vec::with_capacity(parents.len());
        for unit in 0..parents.len() {
            let steps = std::iter::successors(Some(unit), |at| parents[*at]).take(parents.len() + 1).count();
            depth.push(steps);
        }
        // Who is inside of themselves has no parent.
        for (unit, steps) in depth.iter().enumerate() {
            if *steps > nodes.len() {
                parents[unit] = None;
            }
        }
        let mut upward: Vec<usize> = (0..parents.len()).collect();
        upward.sort_by_key(|unit| std::cmp::Reverse(depth[*unit]));
        Tree { parents, upward }
    }

    pub fn len(&self) -> usize {
        self.parents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    pub fn parent(&self, unit: usize) -> Option<usize> {
        self.parents.get(unit).copied().flatten()
    }

    /// Every unit, those inside of another before it.
    pub fn upward(&self) -> impl Iterator<Item = usize> + '_ {
        self.upward.iter().copied()
    }

    /// A unit and all that it is inside of.
    pub fn up(&self, unit: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(unit), |at| self.parent(*at))
    }

    /// A unit and all inside of it.
    pub fn inside(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(move |unit| self.up(*unit).any(|one| one == at))
    }

    /// The lowest unit that all of these are inside of.
    fn common(&self, units: &[usize]) -> Option<usize> {
        let (first, rest) = units.split_first()?;
        self.up(*first).find(|above| rest.iter().all(|unit| self.up(*unit).any(|one| one == *above)))
    }
}

/// Where the figures of every unit belong in the tree of a later day, so that they still add up: at the unit itself; at what it
/// was merged into; where it was split, at the lowest unit that all its parts are inside of, since nobody knows each part's
/// share; where nothing came after it, with what it was inside of. None: nowhere in this tree.
pub fn landing(nodes: &[Node], tree: &Tree) -> Vec<Option<usize>> {
    let mut known: Vec<Option<Option<usize>>> = vec![None; nodes.len()];
    (0..nodes.len()).map(|unit| land(nodes, tree, unit, &mut known, nodes.len())).collect()
}

/// `left`: how many more steps a way can have; one that is longer goes round in a circle.
fn land(nodes: &[Node], tree: &Tree, unit: usize, known: &mut [Option<Option<usize>>], left: usize) -> Option<usize> {
    if let Some(found) = known.get(unit).copied().flatten() {
        return found;
    }
    let node = nodes.get(unit)?;
    let left = left.checked_sub(1)?;
    let found = if node.alive {
        Some(unit)
    } else if node.after.is_empty() {
        node.parent.and_then(|parent| land(nodes, tree, parent, known, left))
    } else {
        let all: Option<Vec<usize>> = node.after.iter().map(|one| land(nodes, tree, *one, known, left)).collect();
        all.and_then(|all| tree.common(&all))
    };
    known[unit] = Some(found);
    found
}
