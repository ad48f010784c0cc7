//! Statistics over any days, and the dossiers behind each number.

use crate::model::*;
use crate::stats::{Asked, By, Counts, Measure, Range};
use crate::store::{self, Counted};
use db::Conn;
use journal::about;
use people::{AccountId, Failure, Role, Scope, Unit, UnitId};
use std::collections::{BTreeMap, BTreeSet};
use web::Site;

/// Who sees the numbers of their own agency, with whose the dossiers are.
const OF_AGENCY: &[Role] = &[Role::Head, Role::Coordinator, Role::Registrar, Role::Clerk];
/// Who sees the numbers of all agencies under their unit, without names of owners.
const OF_PROVINCE: &[Role] = &[Role::Admin, Role::Council, Role::Viewer];

/// Whose numbers somebody sees.
#[derive(Clone, Debug, Default)]
pub struct StatsReach {
    pub agencies: BTreeSet<UnitId>,
    /// The agency whose owners' names they need.
    pub named: Option<UnitId>,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct StatsRow {
    pub key: String,
    pub name: String,
    pub counts: Counts,
}

/// The table, with what its filters offer.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    pub rows: Vec<StatsRow>,
    pub total: Counts,
    pub agencies: Vec<(String, String)>,
    pub fields: Vec<String>,
    pub procedures: BTreeMap<String, String>,
}

pub async fn stats_reach(conn: &mut Conn, scope: &Scope) -> Result<StatsReach, Failure> {
    let mut reach = StatsReach::default();
    let Some(unit) = scope.unit else {
        // The program itself: nightly facts of every agency.
        reach.agencies = people::units(conn).await?.into_iter().map(|unit| unit.id).collect();
        return Ok(reach);
    };
    if scope.has_any(OF_AGENCY) {
        let agency = people::station(conn, scope).await?.agency.unwrap_or(unit);
        reach.agencies.insert(agency);
        reach.named = Some(agency);
    }
    if scope.has_any(OF_PROVINCE) {
        reach.agencies.extend(people::inside(conn, unit).await?);
    }
    if reach.agencies.is_empty() {
        return Err(Failure::forbidden("Thống kê hồ sơ dành cho người có vai trò ở cơ quan hoặc ở tỉnh."));
    }
    Ok(reach)
}

/// The table over days, its rows by name, its total.
pub async fn statistics(conn: &mut Conn, scope: &Scope, asked: &Asked) -> Result<Statistics, Failure> {
    let reach = stats_reach(conn, scope).await?;
    let range = Range::days(asked.from, asked.to, scope.now);
    let counted = store::count(conn, asked, &reach.agencies, range).await?;
    let units = people::units(conn).await?;
    let procedures = store::counted_procedures(conn, &reach.agencies).await?;
    let mut fields = store::counted_fields(conn, &reach.agencies).await?;
    fields.sort_by_cached_key(|one| base::text::sort_key(one));
    let keys: Vec<&str> = counted.keys().map(String::as_str).collect();
    let names = row_names(conn, asked.by, &keys, &units, &procedures).await?;
    let mut total = Counts::default();
    let mut rows = Vec::new();
    for (key, counts) in counted.into_iter().filter(|(_, counts)| !counts.is_empty()) {
        total += counts;
        rows.push(StatsRow { name: names.get(&key).cloned().unwrap_or_else(|| key.clone()), key, counts });
    }
    rows.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    let mut agencies: Vec<(String, String)> = units
        .into_iter()
        .filter(|unit| reach.agencies.contains(&unit.id) && people::is_agency(&unit.kind))
        .map(|unit| (unit.id.to_string(), unit.name))
        .collect();
    agencies.sort_by_cached_key(|one| base::text::sort_key(&one.1));
    Ok(Statistics { rows, total, agencies, fields, procedures })
}

/// What the rows' keys are called; a field is its own name.
pub(super) async fn row_names(
    conn: &mut Conn,
    by: By,
    keys: &[&str],
    units: &[Unit],
    procedures: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Failure> {
    Ok(match by {
        By::Agency => units.iter().map(|unit| (unit.id.to_string(), unit.name.clone())).collect(),
        By::Field => BTreeMap::new(),
        By::Procedure => procedures.iter().map(|(code, name)| (code.clone(), format!("{name} ({code})"))).collect(),
        By::Channel => Channel::ALL.iter().map(|one| (one.code().to_owned(), one.say().to_owned())).collect(),
        By::Receiver | By::Handler => {
            let ids: Vec<AccountId> = keys.iter().filter_map(|key| key.parse().ok()).collect();
            let mut names = store::names(conn, &ids).await?;
            let nobody = if by == By::Handler { "Chưa giao riêng ai" } else { "Không ghi người tiếp nhận" };
            names.insert("-".into(), nobody.into());
            names
        }
    })
}

/// Where the dossiers behind a number are listed.
pub const LIST: &str = "/mot-cua/thong-ke/ho-so";

/// The address of the dossiers behind a number.
pub fn link_behind(asked: &Asked, measure: Measure) -> String {
    let last = asked.to.saturating_sub(jiff::Span::new().days(1));
    let agency = asked.agency.map(|agency| agency.to_string()).unwrap_or_default();
    let pairs = [
        ("so", measure.code()),
        ("tu", &base::day::vi(asked.from)),
        ("den", &base::day::vi(last)),
        ("co_quan", &agency),
        ("linh_vuc", &asked.field),
        ("thu_tuc", &asked.procedure),
        ("kenh", asked.channel.map_or("", Channel::code)),
        ("nguoi_nhan", &asked.receiver),
        ("nguoi_thu_ly", &asked.handler),
    ];
    web::address::with(LIST, &pairs)
}

/// The dossiers behind a number.
pub struct BehindNumber {
    pub lines: Vec<Counted>,
    pub total: i64,
    /// Short names of the agencies.
    pub units: BTreeMap<UnitId, String>,
    /// The agency whose owners' names are shown; those of others are not in `lines`.
    pub named: Option<UnitId>,
}

/// A page of the dossiers behind a number: exactly those that it counts.
pub async fn behind(
    conn: &mut Conn,
    scope: &Scope,
    asked: &Asked,
    measure: Measure,
    page: (i64, i64),
) -> Result<BehindNumber, Failure> {
    let reach = stats_reach(conn, scope).await?;
    let range = Range::days(asked.from, asked.to, scope.now);
    let total = store::count_behind(conn, asked, &reach.agencies, range, measure).await?;
    let mut lines = store::list_behind(conn, asked, &reach.agencies, range, measure, page).await?;
    // Whose a dossier is, is for those who work on it only.
    for line in lines.iter_mut().filter(|line| reach.named != Some(line.agency)) {
        line.owner.clear();
    }
    let units = people::units(conn).await?.into_iter().map(|unit| (unit.id, unit.short)).collect();
    Ok(BehindNumber { lines, total, units, named: reach.named })
}

/// The most lines of one file.
const MOST: i64 = 50_000;

/// All of them, to take away. That names of owners left the house stands in the journal.
pub async fn take_away(site: &Site, scope: &Scope, asked: &Asked, measure: Measure) -> Result<BehindNumber, Failure> {
    let mut tx = site.db.begin().await?;
    let found = behind(&mut tx, scope, asked, measure, (0, MOST)).await?;
    let names = found.lines.iter().filter(|line| !line.owner.is_empty()).count();
    if let Some(agency) = found.named.filter(|_| names > 0) {
        let after = serde_json::json!({ "number": measure.code(), "from": asked.from, "to": asked.to, "names": names });
        journal::write(&mut tx, scope, "dossier.names-exported", about("unit", agency), &(), &after).await?;
    }
    tx.commit().await?;
    Ok(found)
}
