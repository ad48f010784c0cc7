//! One figure over periods and units: what was told in the last collections of a regime.

use super::ready;
use crate::model::*;
use crate::rules::{self, figures};
use crate::store;
use crate::view::read_sheets;
use base::Decimal;
use db::Conn;
use indicator::Nature;
use people::{Failure, Scope};
use std::collections::BTreeMap;

/// Collections that are shown: a year of months, and the same month of the year before.
const MOST: usize = 13;
/// Collections looked through, of all regimes.
const LOOKED: i64 = 500;

/// A line: of a unit, or of the whole.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub is_whole: bool,
    /// One for each period, the earliest first: the report and what it told.
    pub points: Vec<Option<(ReportId, Decimal)>>,
}

#[derive(Clone, Debug, Default)]
pub struct Series {
    /// The figures that can be asked for: their names with their words, in the order of the forms.
    pub names: Vec<(Name, String)>,
    /// The one that is shown, its digits and what it is measured in.
    pub shown: Option<Name>,
    pub digits: u32,
    pub unit: String,
    pub periods: Vec<Round>,
    /// The whole first, then a page of the units.
    pub lines: Vec<Line>,
    /// How many units there are.
    pub units: usize,
}

/// The figure of this name, else the first, over the last collections of a regime at the person's own agency.
pub async fn series(
    conn: &mut Conn,
    scope: &Scope,
    (code, wanted): (&str, Option<Name>),
    page: (usize, usize),
) -> Result<Series, Failure> {
    let Some(agency) = people::station(conn, scope).await?.agency else { return Ok(Series::default()) };
    let all = store::rounds(conn, agency, (0, LOOKED)).await?;
    let mut rounds: Vec<Round> = all.into_iter().filter(|round| round.code == code).take(MOST).collect();
    rounds.reverse();
    let Some(latest) = rounds.last() else { return Ok(Series::default()) };
    let ready_now = ready(conn, latest.regime, latest.indicators).await?;
    let names = names(&ready_now);
    let known = wanted.filter(|wanted| names.iter().any(|(name, _)| name == wanted));
    let Some(name) = known.or_else(|| names.first().map(|(name, _)| name.clone())) else {
        return Ok(Series::default());
    };
    let of = ready_now.set.place(&name.indicator).and_then(|at| ready_now.set.indicators.get(at));
    let (digits, unit) = of.map_or((0, String::new()), |one| (one.digits, one.unit.clone()));
    let reports = store::of_round(conn, latest.id).await?;
    let (whole, mut parts): (Vec<&Report>, Vec<&Report>) = reports.iter().partition(|report| report.gathers());
    // What a unit told is for itself and for whoever oversees the agency.
    let oversees = scope.is_of(agency) && scope.has_any(rules::SEERS);
    parts.retain(|report| oversees || scope.is_of(report.unit));
    let shown: Vec<&Report> = parts.iter().skip(page.0).take(page.1).copied().collect();
    let told = told(conn, &rounds, &shown, &name).await?;
    let line = |report: &&Report| Line {
        name: report.unit_name.clone(),
        is_whole: report.gathers(),
        points: rounds.iter().map(|round| told.get(&(round.id, report.unit, report.gathers())).copied()).collect(),
    };
    let lines = whole.iter().chain(&shown).map(line).collect();
    Ok(Series { names, shown: Some(name), digits, unit, lines, units: parts.len(), periods: rounds })
}

/// The figures of a regime, with what their rows and natures are called.
fn names(ready: &crate::regime::Ready) -> Vec<(Name, String)> {
    let one = |figure: &indicator::form::Figure| {
        let name = figures::name(ready, figure)?;
        let of = ready.set.indicators.get(figure.indicator)?;
        let part = figure.part.and_then(|(by, item)| ready.set.categories.get(by)?.items.get(item));
        let part = part.map(|item| format!(", {}", item.1)).unwrap_or_default();
        let nature =
            if figure.nature == Nature::Actual { String::new() } else { format!(" ({})", figure.nature.say()) };
        Some((name, format!("{}{part}{nature}", of.name)))
    };
    ready.forms.iter().flat_map(|form| &form.figures).filter_map(one).collect()
}

type Points = BTreeMap<(RoundId, people::UnitId, bool), (ReportId, Decimal)>;

/// The figure in each report that was told: by its name, whatever the edition of its form.
async fn told(conn: &mut Conn, rounds: &[Round], shown: &[&Report], name: &Name) -> Result<Points, Failure> {
    let ids: Vec<RoundId> = rounds.iter().map(|round| round.id).collect();
    let units: Vec<people::UnitId> = shown.iter().map(|report| report.unit).collect();
    let mut found = Points::new();
    for (round, unit, whole, report, form, text) in store::told(conn, &ids, &units).await? {
        let Some(of) = rounds.iter().find(|one| one.id == round) else { continue };
        let ready = ready(conn, of.regime, of.indicators).await?;
        let sheets = read_sheets(&ready, &BTreeMap::from([(form, text)]))?;
        if let Some(value) = figures::told(&ready, &sheets).get(name) {
            found.insert((round, unit, whole), (report, *value));
        }
    }
    Ok(found)
}
