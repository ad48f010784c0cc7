//! Figures over units, periods and indicators: what the reports of a regime come to up the tree of units, as the tree was then or
//! as it is today. What is missing is missing: a cell says of how many it is.

use super::figures;
use crate::model::*;
use crate::regime::Ready;
use base::{Date, Decimal};
use indicator::form::Figure;
use indicator::{Around, Node, Over, Period, Place, Scaled, Sums, Total, Tree, figure, filled, landing, sheet};
use people::{Successor, Unit, UnitId};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The units there ever were, named by their places.
pub struct World {
    pub units: Vec<Unit>,
    index: HashMap<UnitId, usize>,
    after: Vec<Vec<usize>>,
    split: Vec<bool>,
    /// The trees that were grown already: several tables of one page stand on one day.
    grown: Mutex<Vec<Arc<Grown>>>,
    /// The places of units by their names, when somebody has asked.
    ranks: OnceLock<Vec<usize>>,
}

impl World {
    pub fn of(units: Vec<Unit>, successors: &[Successor]) -> World {
        let index: HashMap<UnitId, usize> = units.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        let (mut after, mut split) = (vec![Vec::new(); units.len()], vec![false; units.len()]);
        for one in successors {
            if let (Some(unit), Some(successor)) = (index.get(&one.unit), index.get(&one.successor)) {
                after[*unit].push(*successor);
                split[*unit] |= one.how == "split";
            }
        }
        World { units, index, after, split, grown: Mutex::default(), ranks: OnceLock::new() }
    }

    pub fn at(&self, unit: UnitId) -> Option<usize> {
        self.index.get(&unit).copied()
    }

    /// Where each unit stands by its name.
    fn ranks(&self) -> &[usize] {
        self.ranks.get_or_init(|| {
            let mut order: Vec<usize> = (0..self.units.len()).collect();
            order.sort_by_cached_key(|unit| base::text::sort_key(&self.units[*unit].name));
            let mut ranks = vec![0; order.len()];
            for (rank, unit) in order.into_iter().enumerate() {
                ranks[unit] = rank;
            }
            ranks
        })
    }

    /// The tree of a day, and where in it the figures of every unit belong.
    pub fn on(&self, day: Date) -> Arc<Grown> {
        let mut known = self.grown.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(grown) = known.iter().find(|one| one.day == day) {
            return grown.clone();
        }
        let node = |(at, unit): (usize, &Unit)| Node {
            parent: unit.parent.and_then(|parent| self.at(parent)),
            after: self.after[at].clone(),
            is_split: self.split[at],
            is_alive: unit.is_on(day),
        };
        let nodes: Vec<Node> = self.units.iter().enumerate().map(node).collect();
        let tree = Tree::of(&nodes);
        let grown = Arc::new(Grown { day, lands: landing(&nodes, &tree), tree });
        if known.len() >= TREES {
            known.clear();
        }
        known.push(grown.clone());
        grown
    }
}

/// Trees that are kept: of the days of a page's periods.
const TREES: usize = 32;

/// The tree of a day, and where in it the figures of every unit belong.
pub struct Grown {
    day: Date,
    pub tree: Tree,
    pub lands: Vec<Option<usize>>,
}

/// One unit's report as it was told; without sheets, it was not.
pub struct Part {
    pub report: ReportId,
    pub unit: UnitId,
    pub period: Period,
    /// The day on which its figures were closed.
    pub closed: Date,
    pub ready: Arc<Ready>,
    pub asks: Vec<String>,
    /// Texts by form.
    pub sheets: Option<BTreeMap<String, String>>,
}

/// Which figures, of the edition that they are shown by, and what they stand on.
pub struct Wanted {
    pub ready: Arc<Ready>,
    /// Those that are shown.
    pub shown: Vec<Figure>,
    /// With those that they are worked out from and weighted by: the places of a row.
    row: Vec<Figure>,
    /// Where in a row.
    slots: BTreeMap<Figure, usize>,
}

impl Wanted {
    pub fn of(ready: Arc<Ready>, shown: Vec<Figure>) -> Wanted {
        let (mut row, mut slots): (Vec<Figure>, BTreeMap<Figure, usize>) = (Vec::new(), BTreeMap::new());
        let mut open: Vec<Figure> = shown.iter().rev().copied().collect();
        while let Some(figure) = open.pop().filter(|_| row.len() < MOST) {
            let Some(of) = ready.set.indicators.get(figure.indicator) else { continue };
            if slots.contains_key(&figure) {
                continue;
            }
            slots.insert(figure, row.len());
            let on = of.derived.as_ref().map(indicator::Derived::on).unwrap_or_default();
            let weight = if let Over::Average(weight) = of.over_units { Some(weight) } else { None };
            open.extend(on.into_iter().chain(weight).map(|indicator| Figure { indicator, ..figure }));
            row.push(figure);
        }
        Wanted { ready, shown, row, slots }
    }

    fn places(&self) -> Vec<Place> {
        let one = |of: &Figure| {
            let over = self.ready.set.indicators.get(of.indicator).map_or(Over::None, |one| one.over_units);
            let weight = match over {
                Over::Average(indicator) => self.slots.get(&Figure { indicator, ..*of }).copied(),
                _ => None,
            };
            Place { over, weight, adds_up: over != Over::None }
        };
        self.row.iter().map(one).collect()
    }

    fn digits(&self, of: &Figure) -> u32 {
        self.ready.set.indicators.get(of.indicator).map_or(0, |one| one.digits)
    }

    /// Where each figure stands in the sheets of an edition, form by form.
    fn laid_in(&self, other: &Ready) -> Vec<Laid> {
        let mut all: Vec<Vec<(usize, usize, u32)>> = vec![Vec::new(); other.forms.len()];
        let known: Vec<BTreeMap<Figure, usize>> = other
            .forms
            .iter()
            .map(|form| form.figures.iter().enumerate().map(|(place, of)| (*of, place)).collect())
            .collect();
        for (slot, of) in self.row.iter().enumerate() {
            let there = || {
                let name = figures::name(&self.ready, of)?;
                let indicator = other.set.place(&name.indicator)?;
                let part = match &name.part {
                    Some(code) => Some(other.set.part(indicator, code)?),
                    None => None,
                };
                let wanted = Figure { indicator, part, nature: name.nature };
                let (form, place) = known.iter().enumerate().find_map(|(at, form)| Some((at, *form.get(&wanted)?)))?;
                Some((form, place, other.set.indicators.get(indicator)?.digits))
            };
            if let Some((form, place, digits)) = there() {
                all[form].push((place, slot, digits));
            }
        }
        let differ = |slot: usize, digits: u32| {
            let shown = self.row.get(slot).map_or(digits, |of| self.digits(of));
            (shown != digits).then_some((digits, shown))
        };
        let laid = |mut all: Vec<(usize, usize, u32)>| {
            all.sort_unstable();
            Laid {
                places: all.iter().map(|one| one.0).collect(),
                slots: all.iter().map(|one| (one.1, differ(one.1, one.2))).collect(),
            }
        };
        all.into_iter().map(laid).collect()
    }
}

/// Figures that are looked at together at most, with what they stand on.
const MOST: usize = 2_000;

/// A part's figures in the order of a row, and which of them it was asked for: all where nothing is said.
#[derive(Default)]
struct Row {
    figures: Vec<Option<Scaled>>,
    asked: Vec<bool>,
}

/// Reads parts of one edition after another: what stands where is looked up once for each.
struct Reader<'a> {
    wanted: &'a Wanted,
    known: Vec<(Arc<Ready>, Vec<Laid>)>,
    buffer: Vec<Option<Scaled>>,
}

impl<'a> Reader<'a> {
    fn new(wanted: &'a Wanted) -> Reader<'a> {
        Reader { wanted, known: Vec::new(), buffer: Vec::new() }
    }

    fn row(&mut self, part: &Part) -> Row {
        let at = self.known.iter().position(|(ready, _)| Arc::ptr_eq(ready, &part.ready)).unwrap_or_else(|| {
            self.known.push((part.ready.clone(), self.wanted.laid_in(&part.ready)));
            self.known.len() - 1
        });
        let width = self.wanted.row.len();
        let Some((ready, laid)) = self.known.get(at) else { return Row::default() };
        let all_there = laid.iter().map(|laid| laid.places.len()).sum::<usize>() == width;
        // Who is asked for everything, by an edition that has everything, is asked for every place.
        let asked = if all_there && part.asks.is_empty() { Vec::new() } else { vec![false; width] };
        let mut row = Row { figures: vec![None; width], asked };
        for (form, laid) in ready.forms.iter().zip(laid).filter(|(_, laid)| !laid.places.is_empty()) {
            if !row.asked.is_empty() {
                let asked = (!part.asks.is_empty()).then(|| figures::asked(form, &part.asks));
                for ((slot, _), place) in laid.slots.iter().zip(&laid.places) {
                    row.asked[*slot] = asked.as_ref().is_none_or(|asked| asked.get(*place) == Some(&true));
                }
            }
            let Some(text) = part.sheets.as_ref().and_then(|sheets| sheets.get(&form.code)) else { continue };
            let mut put = |(slot, digits): &(usize, Option<(u32, u32)>), value: Option<Scaled>| {
                row.figures[*slot] = match digits {
                    None => value,
                    Some((digits, shown)) => value.and_then(|value| rescaled(value, *digits, *shown)),
                };
            };
            // A few figures are picked out; of many the whole is read.
            if laid.places.len() <= FEW {
                for (slot, value) in laid.slots.iter().zip(sheet::some(text, &laid.places)) {
                    put(slot, value);
                }
            } else if sheet::read(text, form.figures.len(), &mut self.buffer) {
                for (slot, place) in laid.slots.iter().zip(&laid.places) {
                    put(slot, self.buffer.get(*place).copied().flatten());
                }
            }
        }
        row
    }
}

/// What is picked out of a sheet rather than read with it.
const FEW: usize = 16;

/// Where figures stand in the sheets of one form: places in rising order, and the slots of a row; where they differ, with the digits
/// that a figure has there and those that are shown.
#[derive(Default)]
struct Laid {
    places: Vec<usize>,
    slots: Vec<(usize, Option<(u32, u32)>)>,
}

/// A figure of an edition with other digits; one that has more of them than are shown is left out, and so is missing.
fn rescaled(value: Scaled, digits: u32, shown: u32) -> Option<Scaled> {
    figure(value.into(), digits).and_then(|value| indicator::scaled(value, shown))
}

/// A cell: what it comes to, of how many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub value: Option<Decimal>,
    pub have: u32,
    pub of: u32,
    /// Whether figures of earlier units are in it, that stood elsewhere.
    pub is_moved: bool,
}

/// The totals of one period.
struct Slice {
    sums: Sums,
    /// What landed at a unit from another.
    moved: Vec<bool>,
}

/// All of it, by the places of units, periods and shown figures.
pub struct Cube {
    pub wanted: Wanted,
    /// The earliest first.
    pub periods: Vec<Period>,
    slices: Vec<Slice>,
    /// Units with figures, those inside of another after it, with how deep they lie.
    pub lines: Vec<(usize, usize)>,
}

impl Cube {
    /// `day`: the tree of that day for all; none: the tree of each period's closing. `kept`: units that are a line in any case.
    pub fn of(world: &World, wanted: Wanted, day: Option<Date>, parts: &[Part], kept: &[usize]) -> Cube {
        let (wanted, slices, trees, periods) = Cube::sliced(world, wanted, day, parts, true);
        let lines = lines(world, &trees, &slices, kept);
        Cube { wanted, slices, periods, lines }
    }

    /// Of reports that are wholes already: each counts where its unit is, or has landed, and not for what that lies in.
    pub fn of_wholes(world: &World, wanted: Wanted, day: Option<Date>, parts: &[Part]) -> Cube {
        let (wanted, slices, _, periods) = Cube::sliced(world, wanted, day, parts, false);
        let has = |unit: &usize| {
            slices.iter().any(|slice| (0..wanted.row.len()).any(|at| slice.sums.total(*unit, at).of > 0))
        };
        let lines = (0..world.units.len()).filter(has).map(|unit| (unit, 0)).collect();
        Cube { wanted, slices, periods, lines }
    }

    fn sliced(
        world: &World,
        wanted: Wanted,
        day: Option<Date>,
        parts: &[Part],
        adds_up: bool,
    ) -> (Wanted, Vec<Slice>, Vec<Arc<Grown>>, Vec<Period>) {
        let mut by_period: BTreeMap<(Date, String), (Period, Vec<&Part>)> = BTreeMap::new();
        for part in parts {
            let key = (part.closed, part.period.to_string());
            by_period.entry(key).or_insert_with(|| (part.period, Vec::new())).1.push(part);
        }
        // Collections of one period that were closed on different days are one column.
        let mut periods: Vec<(Period, Date, Vec<&Part>)> = Vec::new();
        for ((closed, _), (period, parts)) in by_period {
            match periods.iter_mut().find(|one| one.0 == period) {
                Some(one) => one.2.extend(parts),
                None => periods.push((period, closed, parts)),
            }
        }
        let mut reader = Reader::new(&wanted);
        let mut trees: Vec<Arc<Grown>> = Vec::new();
        let mut slices = Vec::new();
        for (_, closed, parts) in &periods {
            let grown = world.on(day.unwrap_or(*closed));
            let (tree, lands) = (&grown.tree, &grown.lands);
            if trees.last().is_none_or(|one| one.day != grown.day) {
                trees.push(grown.clone());
            }
            let (mut sums, mut moved) = (Sums::new(tree, wanted.places()), vec![false; tree.len()]);
            for part in parts {
                let Some((unit, at)) = world.at(part.unit).and_then(|unit| Some((unit, lands[unit]?))) else {
                    continue;
                };
                let row = reader.row(part);
                sums.add(at, &row.figures, &row.asked);
                moved[at] |= at != unit;
            }
            slices.push(Slice { sums: if adds_up { sums.upward(tree) } else { sums }, moved });
        }
        (wanted, slices, trees, periods.into_iter().map(|one| one.0).collect())
    }

    /// What stands where a unit, a period and a shown figure meet.
    pub fn point(&self, unit: usize, period: usize, shown: usize) -> Point {
        let (Some(slice), Some(of)) = (self.slices.get(period), self.wanted.shown.get(shown)) else {
            return Point::default();
        };
        let total = |figure: &Figure| {
            let slot = self.wanted.slots.get(figure);
            slot.map(|at| slice.sums.total(unit, *at)).unwrap_or_default()
        };
        let digits = self.wanted.digits(of);
        let is_moved = slice.moved.get(unit) == Some(&true);
        let set = &self.wanted.ready.set;
        if set.indicators.get(of.indicator).is_none_or(|one| one.derived.is_none()) {
            let Total { value, have, of } = total(of);
            return Point { value: value.and_then(|value| figure(value, digits)), have, of, is_moved };
        }
        let totals: Vec<Total> =
            (0..set.indicators.len()).map(|indicator| total(&Figure { indicator, ..*of })).collect();
        let value = filled(set, &totals, Around::NOTHING).get(of.indicator).and_then(|known| known.told(digits));
        // As complete as the least complete of what it stands on.
        let on = Wanted::of(self.wanted.ready.clone(), vec![*of]).row;
        let on = on.iter().filter_map(|one| totals.get(one.indicator)).filter(|one| one.of > 0);
        let worst = on.min_by_key(|one| i64::from(one.have) - i64::from(one.of)).copied().unwrap_or_default();
        Point { value, have: worst.have, of: worst.of, is_moved }
    }
}

/// Units with something of their own, or with several that have: whoever only lies around one of them says nothing of its own.
fn lines(world: &World, trees: &[Arc<Grown>], slices: &[Slice], kept: &[usize]) -> Vec<(usize, usize)> {
    let count = world.units.len();
    let weight = |unit: usize| -> Vec<u32> { slices.iter().map(|slice| slice.sums.asked(unit)).collect() };
    let weights: Vec<Vec<u32>> = (0..count).map(weight).collect();
    let is_there = |unit: usize| kept.contains(&unit) || weights[unit].iter().any(|of| *of > 0);
    // Inside of what it lies in by its own line: units of another day's tree stand among those of today by it too.
    let mut inside: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut tops = Vec::new();
    for unit in (0..count).filter(|unit| is_there(*unit)) {
        let above = trees.iter().rev().find_map(|grown| grown.tree.parent(unit)).filter(|above| is_there(*above));
        match above {
            Some(above) => inside[above].push(unit),
            None => tops.push(unit),
        }
    }
    let ranks = world.ranks();
    tops.sort_by_key(|unit| ranks[*unit]);
    inside.iter_mut().for_each(|all| all.sort_by_key(|unit| ranks[*unit]));
    let mut found = Vec::new();
    let mut open: Vec<(usize, usize)> = tops.into_iter().rev().map(|unit| (unit, 0)).collect();
    while let Some((unit, depth)) = open.pop().filter(|_| found.len() < count) {
        let is_only_around = !kept.contains(&unit) && inside[unit].iter().any(|one| weights[*one] == weights[unit]);
        let below = if is_only_around { depth } else { depth + 1 };
        if !is_only_around {
            found.push((unit, depth));
        }
        open.extend(inside[unit].iter().rev().map(|one| (*one, below)));
    }
    found
}

/// One report that a cell is made of.
pub struct Entry {
    pub report: ReportId,
    pub unit: usize,
    /// Where it counts, where that is another unit.
    pub lands: Option<usize>,
    /// What it told, figure by figure of [`basis`]; none: missing. And whether it was asked.
    pub figures: Vec<(Option<Decimal>, bool)>,
}

/// The figures that a shown one stands on: itself, or what it is worked out from.
pub fn basis(wanted: &Wanted) -> Vec<Figure> {
    let is_told = |of: &&Figure| wanted.ready.set.indicators.get(of.indicator).is_some_and(|one| one.derived.is_none());
    wanted.row.iter().filter(is_told).copied().collect()
}

/// The reports that a unit's figure of one period is made of.
pub fn entries(world: &World, wanted: &Wanted, day: Option<Date>, parts: &[Part], unit: usize) -> Vec<Entry> {
    let Some(closed) = parts.iter().map(|part| part.closed).min() else { return Vec::new() };
    let grown = world.on(day.unwrap_or(closed));
    let (tree, lands) = (&grown.tree, &grown.lands);
    let basis = basis(wanted);
    let mut reader = Reader::new(wanted);
    let one = |part: &Part| {
        let from = world.at(part.unit)?;
        let at = lands[from]?;
        tree.up(at).any(|above| above == unit).then_some(())?;
        let row = reader.row(part);
        let told = |of: &Figure| {
            let Some(slot) = wanted.slots.get(of) else { return (None, false) };
            let value = row.figures.get(*slot).copied().flatten();
            (value.and_then(|value| figure(value.into(), wanted.digits(of))), row.asked.get(*slot) != Some(&false))
        };
        let figures: Vec<(Option<Decimal>, bool)> = basis.iter().map(told).collect();
        let is_asked = figures.iter().any(|(_, asked)| *asked);
        is_asked.then_some(Entry { report: part.report, unit: from, lands: (at != from).then_some(at), figures })
    };
    let mut all: Vec<Entry> = parts.iter().filter_map(one).collect();
    let ranks = world.ranks();
    all.sort_by_key(|one| (ranks[one.unit], one.report));
    all
}

#[cfg(test)]
mod tests;
