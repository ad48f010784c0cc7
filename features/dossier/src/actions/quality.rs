//! The index of QĐ 766/QĐ-TTg of an agency over days: counted, entered with a source, recorded as facts for the index.

use super::stats::{BehindNumber, StatsReach, stats_reach};
use crate::flow;
use crate::model::*;
use crate::quality::{self, Came, Count, Line};
use crate::stats::Range;
use crate::store;
use base::{Date, Decimal};
use db::{Conn, Db};
use people::{Failure, Role, Scope, Unit, UnitId};
use procedure::Procedure;
use score::UnitScore;
use std::collections::BTreeMap;
use web::Site;

/// An agency and days.
#[derive(Clone, Copy, Debug)]
pub struct QualityPlace {
    pub agency: UnitId,
    pub from: Date,
    /// The day after the last.
    pub to: Date,
}

impl QualityPlace {
    fn last(self) -> Date {
        self.to.yesterday().unwrap_or(self.to)
    }
}

/// The index of an agency.
pub struct Quality {
    pub unit: Unit,
    pub lines: Vec<Line>,
    pub score: UnitScore,
    /// What a component that does not apply does to the points.
    pub excused: Option<&'static quality::Excused>,
    /// Of the procedures that the counts name: code and name.
    pub procedures: BTreeMap<Count, Vec<(String, String)>>,
    pub may_enter: bool,
    /// The agencies to choose from.
    pub agencies: Vec<(String, String)>,
}

/// Who enters what comes from elsewhere: the agency's head and co-ordinator, and the administration above.
pub(super) fn may_enter(scope: &Scope, reach: &StatsReach, agency: UnitId) -> bool {
    let own = reach.named == Some(agency) && scope.has_any(&[Role::Head, Role::Coordinator]);
    own || (scope.has(Role::Admin) && reach.agencies.contains(&agency))
}

/// The agency asked for, or one's own, or the first; not there where it is not theirs to see.
fn agency_of(reach: &StatsReach, units: &[Unit], asked: Option<UnitId>) -> Result<Unit, Failure> {
    let mut seen: Vec<&Unit> =
        units.iter().filter(|unit| reach.agencies.contains(&unit.id) && people::is_agency(&unit.kind)).collect();
    seen.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    let found = match asked.or(reach.named) {
        Some(asked) => seen.into_iter().find(|unit| unit.id == asked),
        None => seen.first().copied(),
    };
    found.cloned().ok_or(Failure::NotFound)
}

/// The index of an agency; `asked` is none for one's own.
pub async fn quality(
    conn: &mut Conn,
    scope: &Scope,
    asked: Option<UnitId>,
    (from, to): (Date, Date),
) -> Result<Quality, Failure> {
    let reach = stats_reach(conn, scope).await?;
    let units = people::units(conn).await?;
    let unit = agency_of(&reach, &units, asked)?;
    let mut agencies: Vec<(String, String)> = units
        .iter()
        .filter(|unit| reach.agencies.contains(&unit.id) && people::is_agency(&unit.kind))
        .map(|unit| (unit.id.to_string(), unit.name.clone()))
        .collect();
    agencies.sort_by_cached_key(|one| base::text::sort_key(&one.1));
    let place = QualityPlace { agency: unit.id, from, to };
    let (lines, procedures) = counted(conn, scope, &unit, place).await?;
    let index = index()?;
    let last = place.last();
    let score = index.score(&unit.name, &unit.kind, last, &lines).ok_or_else(broken)?;
    let excused = index.excused(&unit.kind, last);
    let may_enter = may_enter(scope, &reach, unit.id);
    Ok(Quality { unit, lines, score, excused, procedures, may_enter, agencies })
}

fn broken() -> Failure {
    Failure::Broken("the components of QĐ 766 are broken".into())
}

pub(super) fn index() -> Result<&'static quality::Index, Failure> {
    quality::index().ok_or_else(broken)
}

type Named = BTreeMap<Count, Vec<(String, String)>>;

async fn counted(
    conn: &mut Conn,
    scope: &Scope,
    unit: &Unit,
    place: QualityPlace,
) -> Result<(Vec<Line>, Named), Failure> {
    let index = index()?;
    let range = Range::days(place.from, place.to, scope.now);
    let linked = store::is_linked(conn).await?;
    let numbers = store::count_quality(conn, place.agency, range).await?;
    let procedures = procedures(conn, scope, unit, place, &numbers).await?;
    let mut counts = numbers.of;
    counts.retain(|count, _| *count != Count::Synced || linked);
    counts.extend(procedures.iter().map(|(count, named)| (*count, i64::try_from(named.len()).unwrap_or(i64::MAX))));
    let whats: Vec<String> = index.components.iter().flat_map(quality::Component::facts).collect();
    let whats: Vec<&str> = whats.iter().map(String::as_str).collect();
    let facts = fact::many(conn, &[place.agency], &whats, place.from, place.to).await?;
    let excuses = store::excuses(conn, place.agency, place.from, place.to).await?;
    let count = |count: Count| counts.get(&count).copied();
    let lines = index.components.iter().map(|one| quality::line(one, count, &facts, &excuses)).collect();
    Ok((lines, procedures))
}

/// The procedures of an agency on the last day of the range, or today where that is still to come.
async fn procedures(
    conn: &mut Conn,
    scope: &Scope,
    unit: &Unit,
    place: QualityPlace,
    numbers: &store::Numbers,
) -> Result<Named, Failure> {
    let last = place.last().min(scope.today());
    let mut named: Named =
        Count::ALL.iter().filter(|count| !count.is_dossiers()).map(|one| (*one, Vec::new())).collect();
    for head in rulebook::all_in_force(conn, flow::PROCEDURE, last).await? {
        let one = flow::procedure(conn, head.id).await?;
        if !Procedure::names(&one.resolves, &unit.key, &unit.kind) {
            continue;
        }
        let is_online = one.level(last).is_some_and(procedure::Level::takes_online);
        let is_charged = one.fees.iter().any(|fee| !fee.amount.is_zero());
        let holds = [
            (Count::Procedures, true),
            (Count::ProceduresOnline, is_online),
            (Count::ProceduresUsed, is_online && numbers.used_online.contains(&one.code)),
            (Count::ProceduresFee, is_charged),
            (Count::ProceduresPaid, is_charged && numbers.paid_online.contains(&one.code)),
        ];
        for (count, _) in holds.into_iter().filter(|(_, holds)| *holds) {
            named.entry(count).or_default().push((one.code.clone(), one.name.clone()));
        }
    }
    Ok(named)
}

/// Where the dossiers behind a number are listed.
pub const LIST: &str = "/mot-cua/danh-gia/766/ho-so";

/// The address of the dossiers behind a number.
pub fn quality_link(place: QualityPlace, count: Count) -> String {
    let (from, to) = (place.from.to_string(), place.to.to_string());
    let pairs =
        [("so", count.code()), ("co_quan", &place.agency.to_string()), ("tu", from.as_str()), ("truoc", to.as_str())];
    web::address::with(LIST, &pairs)
}

/// A page of the dossiers behind a number, as those of statistics are shown: names only to whoever works on them.
pub async fn listed_quality(
    conn: &mut Conn,
    scope: &Scope,
    place: QualityPlace,
    count: Count,
    page: (i64, i64),
) -> Result<BehindNumber, Failure> {
    let reach = stats_reach(conn, scope).await?;
    if !reach.agencies.contains(&place.agency) {
        return Err(Failure::NotFound);
    }
    let range = Range::days(place.from, place.to, scope.now);
    let numbers = store::count_quality(conn, place.agency, range).await?;
    let total = numbers.of.get(&count).copied().ok_or(Failure::NotFound)?;
    let mut lines = store::list_quality(conn, count, place.agency, range, page).await?;
    for line in lines.iter_mut().filter(|line| reach.named != Some(line.agency)) {
        line.owner.clear();
    }
    let units = people::units(conn).await?.into_iter().map(|unit| (unit.id, unit.short)).collect();
    Ok(BehindNumber { lines, total, units, named: reach.named })
}

/// What somebody enters of a component.
#[derive(Clone, Debug)]
pub struct Entered {
    pub part: Decimal,
    pub whole: Decimal,
    /// The document it comes from: its number, day and who issued it.
    pub source: String,
}

/// Keeps the two numbers of a component, as facts that stand for exactly these days.
pub async fn enter_quality(
    site: &Site,
    scope: &Scope,
    place: QualityPlace,
    criterion: &str,
    new: Entered,
) -> Result<(), Failure> {
    let component = index()?.component(criterion).ok_or(Failure::NotFound)?;
    let mut tx = site.db.begin().await?;
    if super::excuse::excused(&mut tx, scope, place, criterion).await?.is_some() {
        return Err(NotNow::ExcusedAlready.into());
    }
    if new.part > new.whole {
        return Err(NotNow::PartOverWhole.into());
    }
    for (what, value) in component.facts().into_iter().zip([new.part, new.whole]) {
        let source = new.source.clone();
        let (unit, from, to) = (place.agency, place.from, place.to);
        fact::record(&mut tx, scope, fact::New { what, unit, from, to, value, source, link: None, manual: true })
            .await?;
    }
    Ok(tx.commit().await?)
}

/// Records what is counted of each agency with dossiers as facts. What was entered by hand stands.
pub async fn record_quality(db: &Db, scope: &Scope, from: Date, to: Date) -> Result<usize, Failure> {
    let mut conn = db.read().await?;
    let agencies = store::with_dossiers(&mut conn).await?;
    let units = people::units(&mut conn).await?;
    let mut recorded = 0;
    for unit in units.iter().filter(|unit| agencies.contains(&unit.id)) {
        let place = QualityPlace { agency: unit.id, from, to };
        let (lines, _) = counted(&mut conn, scope, unit, place).await?;
        let mut tx = db.begin().await?;
        for line in &lines {
            let (Came::Counted { part, whole }, Some(numbers)) = (&line.came, line.numbers) else { continue };
            let sides = [(*part, numbers.0), (*whole, numbers.1)];
            for (what, (count, value)) in line.component.facts().into_iter().zip(sides) {
                recorded += usize::from(record_one(&mut tx, scope, place, what, count, value).await?);
            }
        }
        tx.commit().await?;
    }
    Ok(recorded)
}

async fn record_one(
    tx: &mut db::Tx,
    scope: &Scope,
    place: QualityPlace,
    what: String,
    count: Count,
    value: Decimal,
) -> Result<bool, Failure> {
    let (unit, from, to) = (place.agency, place.from, place.to);
    let before = fact::of(tx, unit, &what, from, to).await?;
    if before.as_ref().is_some_and(|fact| fact.manual) {
        return Ok(false);
    }
    let source = format!("Hệ thống một cửa điện tử: {}", count.say());
    let link = count.is_dossiers().then(|| quality_link(place, count));
    let fact = fact::record(tx, scope, fact::New { what, unit, from, to, value, source, link, manual: false }).await?;
    Ok(before.is_none_or(|before| before.id != fact.id))
}
