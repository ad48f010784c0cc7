//! Beginning a collection: a regime, a period, the units that are asked.

use super::give::tell_all;
use super::regimes::{file_of, ready};
use crate::model::*;
use crate::regime::{Ready, TOTAL};
use crate::rules::{self, figures};
use crate::store;
use base::Date;
use db::{Conn, Tx};
use indicator::Period;
use journal::about;
use people::{Failure, Scope, Unit, UnitId};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use web::Site;

/// A regime as it is to be reported by for a period: the editions in force on the day on which its figures are closed.
struct Ruled {
    ready: Arc<Ready>,
    regime: rulebook::EditionId,
    indicators: rulebook::EditionId,
    period: Period,
    closed: Date,
    today: Date,
}

async fn ruled(conn: &mut Conn, new: &NewRound, today: Date) -> Result<Ruled, Failure> {
    let current = rulebook::in_force(conn, REGIME, &new.code, today).await?.ok_or(No::RegimeUnknown)?;
    let file = file_of(&current)?;
    let period: Period = new.period.trim().parse().map_err(|_| No::PeriodUnknown)?;
    if period.kind() != file.period {
        return Err(No::PeriodOther { asked: file.period.say() }.into());
    }
    let (_, after) = period.days(file.closing).ok_or(No::PeriodUnknown)?;
    let closed = after.yesterday().map_err(|_| No::PeriodUnknown)?;
    // Of an earlier period, by what held then.
    let edition = rulebook::in_force(conn, REGIME, &new.code, closed).await?;
    let edition = edition.ok_or(No::NotInForce { from: current.valid_from })?;
    let code = file_of(&edition)?.indicators;
    let set = rulebook::in_force(conn, INDICATORS, &code, closed).await?.ok_or(No::IndicatorsMissing { code })?;
    let ready = ready(conn, edition.id, set.id).await?;
    Ok(Ruled { ready, regime: edition.id, indicators: set.id, period, closed, today })
}

/// The agency whose collection it would be.
async fn collector(conn: &mut Conn, scope: &Scope) -> Result<Unit, Failure> {
    let unit = scope.unit.filter(|_| scope.has_any(rules::COLLECTORS)).ok_or(No::NotCollector)?;
    let unit = people::find_unit(conn, unit).await?.ok_or(Failure::NotFound)?;
    if people::is_agency(&unit.kind) { Ok(unit) } else { Err(No::NotCollector.into()) }
}

/// Units that a regime asks: where it asks whole agencies, those of the province; else what lies inside of the collector.
async fn asked(conn: &mut Conn, collector: &Unit, ready: &Ready, day: Date) -> Result<Vec<Unit>, Failure> {
    let kinds = &ready.file.asked;
    let over_agencies = !ready.file.collectors.is_empty();
    let top = if over_agencies { collector.parent.unwrap_or(collector.id) } else { collector.id };
    let inside = people::inside(conn, top).await?;
    let mut all = people::units(conn).await?;
    all.retain(|unit| {
        let is_other = over_agencies || unit.id != collector.id;
        is_other && unit.is_on(day) && kinds.contains(&unit.kind) && inside.contains(&unit.id)
    });
    all.sort_by_cached_key(|unit| base::text::sort_key(&unit.name));
    Ok(all)
}

/// The units that could be asked by a regime in force today.
pub async fn askable(conn: &mut Conn, scope: &Scope, code: &str) -> Result<Vec<Unit>, Failure> {
    let collector = collector(conn, scope).await?;
    let Some(edition) = rulebook::in_force(conn, REGIME, code, scope.today()).await? else { return Ok(Vec::new()) };
    let (_, ready) = super::regime(conn, edition.id).await?;
    asked(conn, &collector, &ready, scope.today()).await
}

/// Periods that could be opened, the nearest to today first chosen: the next one, this, and those before, without those that are
/// open. And the units that were asked last.
pub async fn openable(conn: &mut Conn, scope: &Scope, code: &str) -> Result<(Vec<Period>, Vec<UnitId>), Failure> {
    let collector = collector(conn, scope).await?;
    let Some(edition) = rulebook::in_force(conn, REGIME, code, scope.today()).await? else {
        return Ok(Default::default());
    };
    let file = file_of(&edition)?;
    let known: Vec<Round> = store::rounds(conn, collector.id, (0, 500)).await?;
    let known: Vec<Round> = known.into_iter().filter(|round| round.code == code).collect();
    let asked = match known.first() {
        Some(last) => {
            store::of_round(conn, last.id).await?.into_iter().filter(|one| !one.gathers()).map(|one| one.unit).collect()
        }
        None => Vec::new(),
    };
    let Some(now) = Period::on(file.period, scope.today(), file.closing)
        .or_else(|| Period::new(file.period, scope.today().year(), 1))
    else {
        return Ok((Vec::new(), asked));
    };
    let back = std::iter::successors(Some(now), |period| period.previous()).take(BACK);
    let all = now.next().into_iter().chain(back);
    let free = all.filter(|period| known.iter().all(|round| round.period != *period));
    let in_force = |period: &Period| period.days(file.closing).is_some_and(|(_, to)| edition.valid_from < to);
    Ok((free.filter(in_force).collect(), asked))
}

/// How many periods back one can be opened from the list.
const BACK: usize = 13;

/// Opens a collection, and tells those who are asked; gives the collector's own report.
pub async fn open(site: &Site, scope: &Scope, new: &NewRound) -> Result<RoundId, Failure> {
    let mut tx = site.db.begin().await?;
    let id = open_in(&mut tx, site, scope, new).await?;
    tx.commit().await?;
    site.jobs.ring();
    Ok(id)
}

async fn open_in(tx: &mut Tx, site: &Site, scope: &Scope, new: &NewRound) -> Result<RoundId, Failure> {
    let collector = collector(tx, scope).await?;
    let ruled = ruled(tx, new, scope.today()).await?;
    let may = &ruled.ready.file.collectors;
    if !may.is_empty() && !may.contains(&collector.key) {
        return Err(No::NotCollector.into());
    }
    if store::same_round(tx, &new.code, collector.id, ruled.period).await?.is_some() {
        return Err(No::RoundTwice { period: ruled.period.say() }.into());
    }
    let mut units = asked(tx, &collector, &ruled.ready, ruled.closed).await?;
    if new.units.iter().any(|unit| units.iter().all(|one| one.id != *unit)) {
        return Err(No::UnitOther.into());
    }
    units.retain(|unit| new.units.is_empty() || new.units.contains(&unit.id));
    if units.is_empty() {
        return Err(No::NobodyAsked.into());
    }
    let round = Round {
        id: db::fresh_id(),
        code: new.code.clone(),
        regime: ruled.regime,
        indicators: ruled.indicators,
        period: ruled.period,
        collector: collector.id,
        collector_name: collector.name.clone(),
        closed: ruled.closed,
        sample: ruled.ready.is_sample() || collector.sample,
    };
    let before = given_before(tx, &round).await?;
    store::add_round(tx, &round, scope.now, scope.account).await?;
    let top = report_of(tx, &ruled, &round, &collector, None, &before).await?;
    store::add(tx, &top, scope.now).await?;
    for unit in &units {
        let one = report_of(tx, &ruled, &round, unit, Some(top.id), &before).await?;
        store::add(tx, &one, scope.now).await?;
    }
    let after = json!({ "regime": round.code, "period": round.period.to_string(), "units": units.len() });
    journal::write(tx, scope, "report.opened", about("report-round", round.id), &(), &after).await?;
    tell_all(tx, site, scope, &round, &ruled.ready.file.name, "report.assigned").await?;
    Ok(round.id)
}

/// Reports of the last collection, by unit and whether they add up.
type Before = BTreeMap<(UnitId, bool), Report>;

/// Who entered which rows when the regime was last collected here: it goes on until somebody says otherwise.
async fn given_before(conn: &mut Conn, round: &Round) -> Result<Before, Failure> {
    let last = store::rounds(conn, round.collector, (0, 50)).await?;
    let last =
        last.into_iter().filter(|one| one.code == round.code && one.closed < round.closed).max_by_key(|one| one.closed);
    let Some(last) = last else { return Ok(Before::new()) };
    let reports = store::of_round(conn, last.id).await?.into_iter();
    Ok(reports.map(|report| ((report.unit, report.gathers()), report)).collect())
}

async fn report_of(
    tx: &mut Tx,
    ruled: &Ruled,
    round: &Round,
    unit: &Unit,
    above: Option<ReportId>,
    before: &Before,
) -> Result<Report, Failure> {
    let no_deadline = || No::NoDeadline { kind: people::kind_name(&unit.kind).to_owned() };
    let level = if above.is_some() { unit.kind.as_str() } else { TOTAL };
    let days = ruled.ready.days_of(level).ok_or_else(no_deadline)?;
    let calendar = hours::of(tx, unit.id).await?;
    let due = rules::due(&calendar, ruled.closed, days).ok_or(No::PeriodUnknown)?;
    let last = before.get(&(unit.id, above.is_none()));
    // Not to whoever has left since.
    let people = people::people_of(tx, unit.id, ruled.today).await?;
    let is_there = |account: &people::AccountId| people.iter().any(|person| person.id == *account);
    let known = |code: &String| ruled.ready.forms.iter().any(|form| form.rows.iter().any(|row| row.code == *code));
    let asks: Vec<String> =
        last.map(|last| last.asks.iter().filter(|code| known(code)).cloned().collect()).unwrap_or_default();
    let (filled, asked) = figures::counted(&ruled.ready, &asks, &figures::empty(&ruled.ready));
    Ok(Report {
        id: db::fresh_id(),
        round: round.id,
        unit: unit.id,
        unit_name: unit.name.clone(),
        unit_short: unit.short.clone(),
        above,
        asks,
        holder: last.and_then(|last| last.holder).filter(is_there),
        holder_name: String::new(),
        due,
        state: State::Todo,
        first_sent: None,
        sent: None,
        filled,
        asked,
        number: String::new(),
        issued: None,
        version: 1,
    })
}
