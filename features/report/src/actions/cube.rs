//! Figures over units, periods and indicators, of what an agency and those that it came from have collected.

use super::ready;
use crate::model::*;
use crate::regime::Ready;
use crate::rules::cube::{self, Cube, Entry, Part, Wanted, World};
use crate::rules::{self, figures};
use crate::store;
use base::Date;
use db::Conn;
use indicator::form::Figure;
use indicator::{Derived, Nature, Period};
use people::{Failure, Scope, UnitId};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Collections that are shown: a year of months, and the same month of the year before.
const MOST: usize = 13;

/// What somebody wants to see of a regime.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub code: String,
    /// Empty: the first.
    pub names: Vec<Name>,
    /// All figures that the regime asks for, instead.
    pub all: bool,
    /// Empty: the last ones.
    pub periods: Vec<Period>,
    /// How many of the last; none: as many as a page has.
    pub most: Option<usize>,
    /// Only what lies in this unit.
    pub within: Option<UnitId>,
    pub stand: Stand,
}

/// A figure that can be asked for.
#[derive(Clone, Debug)]
pub struct Said {
    pub name: Name,
    pub say: String,
    pub unit: String,
    pub digits: u32,
    figure: Figure,
}

/// What was found: the totals up the tree, and beside them what the collectors' own reports told.
pub struct Overview {
    pub said: Vec<Said>,
    /// Those that are shown, by their places in `said`.
    pub shown: Vec<usize>,
    /// All periods that there are, the earliest first.
    pub known: Vec<Period>,
    pub world: Arc<World>,
    pub parts: Cube,
    pub wholes: Cube,
    /// The reports of the collectors, by period and unit.
    pub own: Vec<(Period, UnitId, ReportId)>,
}

/// All that the figures of a regime are made of, for whoever may see it.
pub(super) struct Gathered {
    pub ready: Arc<Ready>,
    pub known: Vec<Period>,
    pub world: Arc<World>,
    pub parts: Vec<Part>,
    pub wholes: Vec<Part>,
    day: Option<Date>,
}

/// The units there ever were; read anew when one of them has changed since.
async fn world(conn: &mut Conn) -> Result<Arc<World>, Failure> {
    type Kept = Mutex<Option<(store::Stamp, Vec<people::Successor>, Arc<World>)>>;
    static KEPT: Kept = Mutex::new(None);
    let (stamp, successors) = (store::units_stamp(conn).await?, people::successors(conn).await?);
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, _, world)) = kept.filter(|kept| kept.0 == stamp && kept.1 == successors) {
        return Ok(world);
    }
    let world = Arc::new(World::of(people::units(conn).await?, &successors));
    *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some((stamp, successors, world.clone()));
    Ok(world)
}

/// Whether an agency's collections are the person's own agency's now: it came of it.
pub(super) async fn is_heir(conn: &mut Conn, scope: &Scope, collector: UnitId) -> Result<bool, Failure> {
    let Some(agency) = people::station(conn, scope).await?.agency else { return Ok(false) };
    if !(scope.is_of(agency) && scope.has_any(rules::SEERS)) {
        return Ok(false);
    }
    let world = world(conn).await?;
    let today = world.on(scope.today());
    let landed = world.at(collector).and_then(|at| today.lands[at]);
    Ok(landed.is_some() && landed == world.at(agency))
}

/// The units whose reports land in one: of its figure only those are read. None: most of them do, and all are sooner read.
fn inside_of(world: &World, unit: UnitId, rounds: &[Round], day: Option<Date>) -> Option<Vec<UnitId>> {
    let at = world.at(unit);
    let lands_in = |grown: &cube::Grown, one: usize| {
        grown.lands[one].is_some_and(|lands| grown.tree.up(lands).any(|above| Some(above) == at))
    };
    let days: BTreeSet<Date> = rounds.iter().map(|round| day.unwrap_or(round.closed)).collect();
    let grown: Vec<Arc<cube::Grown>> = days.into_iter().map(|day| world.on(day)).collect();
    let is = |one: &usize| grown.iter().any(|grown| lands_in(grown, *one));
    let inside = (0..world.units.len()).filter(is).filter_map(|one| Some(world.units.get(one)?.id));
    Some(inside.collect::<Vec<_>>()).filter(|inside| inside.len() * 2 < world.units.len())
}

pub(super) async fn gathered(conn: &mut Conn, scope: &Scope, ask: &Ask) -> Result<Option<Gathered>, Failure> {
    let Some(agency) = people::station(conn, scope).await?.agency else { return Ok(None) };
    let world = world(conn).await?;
    // Of the agency, and of those that it came from: their figures are its own now.
    let today = world.on(scope.today());
    let lands = &today.lands;
    let home = world.at(agency);
    let is_ours = |round: &Round| {
        round.collector == agency
            || world.at(round.collector).and_then(|at| lands[at]).is_some_and(|at| Some(at) == home)
    };
    let day = (ask.stand == Stand::Now).then(|| scope.today());
    let mut rounds: Vec<Round> = store::rounds_of(conn, &ask.code).await?.into_iter().filter(is_ours).collect();
    let Some(latest) = rounds.last().cloned() else { return Ok(None) };
    let mut known: Vec<Period> = Vec::new();
    for round in &rounds {
        if !known.contains(&round.period) {
            known.push(round.period);
        }
    }
    let last: BTreeSet<String> = known.iter().rev().take(ask.most.unwrap_or(MOST)).map(Period::to_string).collect();
    rounds.retain(|round| match ask.periods.is_empty() {
        true => last.contains(&round.period.to_string()),
        false => ask.periods.contains(&round.period),
    });
    let within = ask.within.and_then(|unit| inside_of(&world, unit, &rounds, day));
    let oversees = scope.is_of(agency) && scope.has_any(rules::SEERS);
    let mut places: HashMap<ReportId, usize> = HashMap::new();
    let ids: Vec<RoundId> = rounds.iter().map(|round| round.id).collect();
    let (mut parts, mut wholes): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
    for row in store::told(conn, &ids, within.as_deref()).await? {
        let Some(round) = rounds.iter().find(|one| one.id == row.round) else { continue };
        // What a unit told is for itself and for whoever oversees the agency; the whole is for everybody in it.
        if !row.is_whole && !oversees && !scope.is_of(row.unit) {
            continue;
        }
        let list = if row.is_whole { &mut wholes } else { &mut parts };
        let at = *places.entry(row.report).or_insert(list.len());
        if at == list.len() {
            list.push(Part {
                report: row.report,
                unit: row.unit,
                period: round.period,
                closed: round.closed,
                ready: ready(conn, round.regime, round.indicators).await?,
                asks: row.asks,
                sheets: None,
            });
        }
        if let (Some(part), Some((form, figures))) = (list.get_mut(at), row.sheet) {
            part.sheets.get_or_insert_default().insert(form, figures);
        }
    }
    // Whom two agencies asked that are one now told it twice: it counts once, as it was told.
    parts.sort_by_key(|part| part.sheets.is_none());
    let mut seen = BTreeSet::new();
    parts.retain(|part| seen.insert((part.unit, part.period.to_string())));
    let ready = ready(conn, latest.regime, latest.indicators).await?;
    Ok(Some(Gathered { ready, known, world, parts, wholes, day }))
}

/// Cells of a page at most, of all units, figures and periods: a hundred megabytes.
const CELLS: usize = 4_000_000;

impl Gathered {
    /// Keeps the last so many periods.
    fn keep_last(&mut self, most: usize) {
        let last: BTreeSet<String> = self.known.iter().rev().take(most).map(Period::to_string).collect();
        let has = |part: &Part| last.contains(&part.period.to_string());
        if self.parts.iter().map(|part| part.period.to_string()).collect::<BTreeSet<_>>().len() > most {
            self.parts.retain(has);
            self.wholes.retain(has);
        }
    }
}

/// The figures of a regime over periods and units; none where the person's agency has collected nothing by it.
pub async fn overview(conn: &mut Conn, scope: &Scope, ask: &Ask) -> Result<Option<Overview>, Failure> {
    let Some(mut all) = gathered(conn, scope, ask).await? else { return Ok(None) };
    let said = said(&all.ready);
    if ask.all {
        all.keep_last((CELLS / (all.world.units.len() * said.len()).max(1)).max(1));
    }
    let mut shown: Vec<usize> = match ask.all {
        true => (0..said.len()).collect(),
        false => ask.names.iter().filter_map(|name| said.iter().position(|one| one.name == *name)).collect(),
    };
    if shown.is_empty() && !said.is_empty() {
        shown.push(0);
    }
    let wanted = || Wanted::of(all.ready.clone(), shown.iter().filter_map(|at| Some(said.get(*at)?.figure)).collect());
    let own = all.wholes.iter().map(|part| (part.period, part.unit, part.report)).collect();
    let wholes = Cube::of_wholes(&all.world, wanted(), all.day, &all.wholes);
    let kept: Vec<usize> = wholes.lines.iter().map(|line| line.0).collect();
    let parts = Cube::of(&all.world, wanted(), all.day, &all.parts, &kept);
    Ok(Some(Overview { shown, said, known: all.known, world: all.world, parts, wholes, own }))
}

/// What one figure of a unit in a period is made of: the figure's parts in words, and the reports.
pub struct Opened {
    pub unit: people::Unit,
    pub said: Said,
    pub columns: Vec<Said>,
    pub entries: Vec<Entry>,
    pub world: Arc<World>,
}

pub async fn opened(
    conn: &mut Conn,
    scope: &Scope,
    (code, name, period): (&str, &Name, Period),
    (unit, stand): (UnitId, Stand),
) -> Result<Opened, Failure> {
    let ask = Ask { code: code.to_owned(), periods: vec![period], within: Some(unit), stand, ..Ask::default() };
    let all = gathered(conn, scope, &ask).await?.ok_or(Failure::NotFound)?;
    let known = said(&all.ready);
    let one = known.iter().find(|one| one.name == *name).ok_or(Failure::NotFound)?.clone();
    let at = all.world.at(unit).ok_or(Failure::NotFound)?;
    let wanted = Wanted::of(all.ready.clone(), vec![one.figure]);
    let columns = cube::basis(&wanted).iter().filter_map(|figure| one_said(&all.ready, *figure)).collect();
    let entries = cube::entries(&all.world, &wanted, all.day, &all.parts, at);
    let unit = all.world.units.get(at).cloned().ok_or(Failure::NotFound)?;
    Ok(Opened { unit, said: one, columns, entries, world: all.world })
}

/// A figure with its words.
fn one_said(ready: &Ready, figure: Figure) -> Option<Said> {
    let name = figures::name(ready, &figure)?;
    let of = ready.set.indicators.get(figure.indicator)?;
    let part = figure.part.and_then(|(by, item)| ready.set.categories.get(by)?.items.get(item));
    let part = part.map(|item| format!(", {}", item.1)).unwrap_or_default();
    let nature = if figure.nature == Nature::Actual { String::new() } else { format!(" ({})", figure.nature.say()) };
    let say = format!("{}{part}{nature}", of.name);
    Some(Said { name, say, unit: of.unit.clone(), digits: of.digits, figure })
}

/// The figures of a regime, in the order of its forms, then what is worked out of them; growth stands beside the figure that has grown.
fn said(ready: &Ready) -> Vec<Said> {
    let asked: Vec<Figure> = ready.forms.iter().flat_map(|form| &form.figures).copied().collect();
    let worked = (0..ready.set.indicators.len()).filter(|at| stands_on_asked(ready, *at, &asked));
    let nature = figures::leading(ready);
    let worked = worked.map(|indicator| Figure { indicator, part: None, nature });
    asked.iter().copied().chain(worked).filter_map(|figure| one_said(ready, figure)).collect()
}

/// Whether a derived indicator can be worked out of what is asked as a whole.
fn stands_on_asked(ready: &Ready, at: usize, asked: &[Figure]) -> bool {
    let Some(derived) = ready.set.indicators.get(at).and_then(|one| one.derived.as_ref()) else { return false };
    let is = |on: &usize| {
        let is_asked = asked.iter().any(|one| one.indicator == *on && one.part.is_none());
        is_asked || stands_on_asked(ready, *on, asked)
    };
    !matches!(derived, Derived::Growth { .. }) && derived.on().iter().all(is)
}
