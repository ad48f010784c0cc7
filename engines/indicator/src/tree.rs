//! Units inside units, as they were on a day; and where the figures of earlier units belong in a later tree.

/// A unit as the tree needs it; units are named by their places in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    pub parent: Option<usize>,
    /// Those that came after it; itself is none of them.
    pub after: Vec<usize>,
    /// Whether what came after has only parts of it (a split), maybe not all of them known; else each has it whole (a merger).
    pub is_split: bool,
    /// Whether it is there on the tree's day.
    pub is_alive: bool,
}

/// The units of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    parents: Vec<Option<usize>>,
    /// Those inside of another before it.
    upward: Vec<usize>,
}

impl Tree {
    /// A unit whose parent has ended is inside of what that was in; what is not alive, or inside of itself, is alone.
    pub fn of(nodes: &[Node]) -> Tree {
        let up = |unit: usize| nodes.get(unit).and_then(|node| node.parent);
        let alive = |unit: &usize| nodes.get(*unit).is_some_and(|node| node.is_alive);
        let mut parents: Vec<Option<usize>> = (0..nodes.len())
            .map(|unit| {
                let mut above = std::iter::successors(up(unit), |at| up(*at)).take(nodes.len());
                if alive(&unit) { above.find(alive) } else { None }
            })
            .collect();
        let depth = |unit: usize| std::iter::successors(Some(unit), |at| parents[*at]).take(nodes.len() + 1).count();
        let depths: Vec<usize> = (0..nodes.len()).map(depth).collect();
        for (parent, depth) in parents.iter_mut().zip(&depths) {
            if *depth > nodes.len() {
                *parent = None;
            }
        }
        let mut upward: Vec<usize> = (0..nodes.len()).collect();
        upward.sort_by_key(|unit| std::cmp::Reverse(depths[*unit]));
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

    /// The lowest unit that all of these are inside of, or are.
    fn common(&self, units: &[usize]) -> Option<usize> {
        let (first, rest) = units.split_first()?;
        self.up(*first).find(|above| rest.iter().all(|unit| self.up(*unit).any(|one| one == *above)))
    }
}

/// Where the figures of every unit belong in the tree of a later day, so that they still add up: at the unit itself; at what it
/// was merged into; where it was split, at the lowest unit around all its parts, since nobody knows each part's share; where
/// nothing came after it, with what it was inside of. None: nowhere in this tree.
pub fn landing(nodes: &[Node], tree: &Tree) -> Vec<Option<usize>> {
    let mut known = vec![Mark::New; nodes.len()];
    (0..nodes.len()).map(|unit| land(nodes, tree, unit, &mut known)).collect()
}

#[derive(Clone, Copy)]
enum Mark {
    New,
    /// Being looked for: whoever comes back here has gone round in a circle.
    Open,
    Found(Option<usize>),
}

fn land(nodes: &[Node], tree: &Tree, unit: usize, known: &mut [Mark]) -> Option<usize> {
    let node = nodes.get(unit)?;
    match known.get(unit)? {
        Mark::Found(found) => return *found,
        Mark::Open => return None,
        Mark::New => known[unit] = Mark::Open,
    }
    let found = if node.is_alive {
        Some(unit)
    } else if node.after.is_empty() {
        node.parent.and_then(|parent| land(nodes, tree, parent, known))
    } else {
        let all: Option<Vec<usize>> = node.after.iter().map(|one| land(nodes, tree, *one, known)).collect();
        all.and_then(|all| {
            let common = tree.common(&all)?;
            let is_part = node.is_split && all.contains(&common);
            if is_part { tree.parent(common) } else { Some(common) }
        })
    };
    known[unit] = Mark::Found(found);
    found
}
