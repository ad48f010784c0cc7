//! The demo's periodic reports: two months that were sent, and one that is open; a quarter's before and after two provinces were merged.

use super::dossiers::hat;
use base::Date;
use people::{Failure, Scope, Unit};
use report::actions::{self, Block, Typed};
use report::model::{NewRound, Report, ReportId};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::Site;

const TEXT: &str = include_str!("../../../data/demo/reports.toml");
const MERGED: &str = include_str!("../../../data/demo/reports-cchc.csv");

#[derive(Deserialize)]
struct All {
    rounds: Vec<Round>,
}

#[derive(Deserialize)]
struct Round {
    regime: String,
    period: String,
    opened: Date,
    by: String,
    parts: Vec<Part>,
    total: Option<Total>,
}

/// What an office entered; sent where somebody has approved it.
#[derive(Deserialize)]
struct Part {
    unit: String,
    by: String,
    head: Option<String>,
    on: Date,
    rows: Vec<String>,
    figures: BTreeMap<String, [String; 2]>,
    #[serde(default)]
    words: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Total {
    by: String,
    head: String,
    on: Date,
    number: String,
    day: Date,
    /// Sections that are written by hand.
    words: BTreeMap<String, String>,
}

pub async fn make(site: &Site) -> Result<(), Failure> {
    let all: All = toml::from_str(TEXT).map_err(|error| Failure::Broken(error.to_string()))?;
    let units = people::units(&mut site.db.read().await?).await?;
    for round in &all.rounds {
        one(site, &units, round).await?;
    }
    Ok(())
}

/// The quarter's report on procedures, open; one department has taken its figures from the dossiers of the demo.
pub async fn make_counted(site: &Site) -> Result<(), Failure> {
    let day = Date::constant(2020, 11, 20);
    let scope = hat(site, "oanh.snv", day).await?;
    let new = NewRound { code: "giai-quyet-tthc-quy".into(), period: "2020-Q4".into(), units: Vec::new() };
    let id = actions::open(site, &scope, &new).await?;
    let (_, _, reports) = actions::board(site, &scope, id).await?;
    let scope = hat(site, "chi.sct", day).await?;
    let own = reports.iter().find(|report| Some(report.unit) == scope.unit).ok_or(Failure::NotFound)?;
    actions::count(site, &scope, own.id).await.map(drop)
}

/// One line of the merged province's figures: period, collector, day, unit; then the figures, by the rows that its head names.
struct Merged<'a> {
    period: &'a str,
    collector: &'a str,
    on: Date,
    unit: &'a str,
    figures: Vec<&'a str>,
}

/// The quarterly report on administrative reform: of 2024 at the two departments that there were, of 2026 at the one that came of them;
/// what has not come yet on the demo's day is left out.
pub async fn make_merged(site: &Site) -> Result<(), Failure> {
    let broken = || Failure::Broken("reports-cchc.csv".into());
    let mut lines = MERGED.lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<&str> = lines.next().ok_or_else(broken)?.split(',').skip(4).collect();
    let mut rounds: Vec<Vec<Merged>> = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let [period, collector, on, unit, figures @ ..] = cells.as_slice() else { return Err(broken()) };
        let one = Merged { period, collector, on: on.parse().map_err(|_| broken())?, unit, figures: figures.to_vec() };
        match rounds
            .last_mut()
            .filter(|all| all.iter().all(|other| (other.period, other.collector) == (*period, *collector)))
        {
            Some(all) => all.push(one),
            None => rounds.push(vec![one]),
        }
    }
    let units = people::units(&mut site.db.read().await?).await?;
    let today = base::day::today(site.clock.now());
    for round in rounds.iter().filter(|round| round.iter().all(|one| one.on <= today)) {
        merged(site, &units, &rows, round).await?;
    }
    Ok(())
}

/// Somebody who enters and approves for a unit that has no people in the demo.
fn of_unit(unit: &Unit, day: Date) -> Scope {
    let roles = vec![people::Role::Head, people::Role::Coordinator];
    Scope { unit: Some(unit.id), roles, ..Scope::program("Người nhập (mẫu)", super::morning(day)) }
}

async fn merged(site: &Site, units: &[Unit], rows: &[&str], round: &[Merged<'_>]) -> Result<(), Failure> {
    let named = |key: &str| units.iter().find(|unit| unit.key == key).ok_or(Failure::NotFound);
    let first = round.first().ok_or(Failure::NotFound)?;
    let last = round.iter().map(|one| one.on).max().unwrap_or(first.on);
    let opener = of_unit(named(first.collector)?, first.on);
    let collector = of_unit(named(first.collector)?, last);
    let asked = round.iter().map(|one| Ok(named(one.unit)?.id)).collect::<Result<Vec<_>, Failure>>()?;
    let new = NewRound { code: "cchc-quy".into(), period: first.period.into(), units: asked };
    let id = actions::open(site, &opener, &new).await?;
    let (_, ready, reports) = actions::board(site, &opener, id).await?;
    let form = ready.forms.first().ok_or(Failure::NotFound)?;
    let column = form.columns.len().saturating_sub(1);
    for one in round {
        let unit = named(one.unit)?;
        let scope = of_unit(unit, one.on);
        let own = |report: &&Report| report.unit == unit.id && !report.gathers();
        let id = reports.iter().find(own).ok_or(Failure::NotFound)?.id;
        // One block: an empty line leaves a row as it is.
        let text: Vec<&str> = form
            .rows
            .iter()
            .map(|row| rows.iter().position(|code| *code == row.code).map_or("", |at| one.figures[at]))
            .collect();
        let block = Block {
            form: form.code.clone(),
            row: 0,
            column,
            over_all: true,
            text: text.join("\n"),
            ..Block::default()
        };
        actions::paste(site, &scope, id, &block).await?;
        actions::ask(site, &scope, id, version(site, &scope, id).await?, false).await?;
        actions::approve(site, &scope, id, version(site, &scope, id).await?).await?;
        actions::accept(site, &collector, id, version(site, &collector, id).await?).await?;
    }
    let top = reports.iter().find(|report| report.gathers()).ok_or(Failure::NotFound)?.id;
    actions::gather(site, &collector, top, version(site, &collector, top).await?, false).await?;
    actions::ask(site, &collector, top, version(site, &collector, top).await?, false).await?;
    actions::approve(site, &collector, top, version(site, &collector, top).await?).await
}

async fn one(site: &Site, units: &[Unit], round: &Round) -> Result<(), Failure> {
    let scope = hat(site, &round.by, round.opened).await?;
    let named = |key: &str| units.iter().find(|unit| unit.key == key).map(|unit| unit.id).ok_or(Failure::NotFound);
    let asked = round.parts.iter().map(|part| named(&part.unit)).collect::<Result<Vec<_>, _>>()?;
    let new = NewRound { code: round.regime.clone(), period: round.period.clone(), units: asked };
    let id = actions::open(site, &scope, &new).await?;
    let (_, _, reports) = actions::board(site, &scope, id).await?;
    for part in &round.parts {
        let unit = named(&part.unit)?;
        let report = reports.iter().find(|report| report.unit == unit).ok_or(Failure::NotFound)?;
        fill(site, &scope, report, part).await?;
    }
    let (Some(total), Some(top)) = (&round.total, reports.iter().find(|report| report.gathers())) else {
        return Ok(());
    };
    for report in reports.iter().filter(|report| !report.gathers()) {
        let scope = hat(site, &total.by, total.on).await?;
        actions::accept(site, &scope, report.id, version(site, &scope, report.id).await?).await?;
    }
    send(site, total, top.id).await
}

async fn version(site: &Site, scope: &Scope, id: ReportId) -> Result<i64, Failure> {
    Ok(actions::hold(&mut site.db.read().await?, scope, id).await?.report.version)
}

async fn fill(site: &Site, opener: &Scope, report: &Report, part: &Part) -> Result<(), Failure> {
    let id = report.id;
    actions::give(site, opener, id, version(site, opener, id).await?, (None, &part.rows)).await?;
    let scope = hat(site, &part.by, part.on).await?;
    let held = actions::hold(&mut site.db.read().await?, &scope, id).await?;
    let form = held.ready.forms.first().ok_or(Failure::NotFound)?;
    let plan = form.columns.iter().position(|column| column.code == "kh").unwrap_or_default();
    for (code, [planned, done]) in &part.figures {
        let row = form.rows.iter().position(|row| row.code == *code).ok_or(Failure::NotFound)?;
        let text = format!("{planned}\t{done}");
        let block = Block { form: form.code.clone(), row, column: plan, over_all: true, text, ..Block::default() };
        actions::paste(site, &scope, id, &block).await?;
    }
    for (section, text) in &part.words {
        let typed = Typed { text: text.clone(), ..Typed::default() };
        actions::write_words(site, &scope, id, section, &typed).await?;
    }
    let Some(head) = &part.head else { return Ok(()) };
    actions::ask(site, &scope, id, version(site, &scope, id).await?, false).await?;
    let head = hat(site, head, part.on).await?;
    actions::approve(site, &head, id, version(site, &head, id).await?).await
}

/// Adds up, approves, numbers.
async fn send(site: &Site, total: &Total, id: ReportId) -> Result<(), Failure> {
    let scope = hat(site, &total.by, total.on).await?;
    actions::gather(site, &scope, id, version(site, &scope, id).await?, false).await?;
    let written = actions::seen(site, &scope, id).await?.words;
    for (section, text) in &total.words {
        let was = written.get(section).cloned().unwrap_or_default();
        let typed = Typed { was, text: text.clone(), ..Typed::default() };
        actions::write_words(site, &scope, id, section, &typed).await?;
    }
    actions::ask(site, &scope, id, version(site, &scope, id).await?, false).await?;
    let head = hat(site, &total.head, total.on).await?;
    actions::approve(site, &head, id, version(site, &head, id).await?).await?;
    let letter = (total.number.as_str(), Some(total.day));
    actions::issue(site, &scope, id, version(site, &scope, id).await?, letter).await
}
