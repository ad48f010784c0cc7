//! Statistics over days, and those behind each number.

use crate::model::*;
use crate::stats::{Counts, Range};
use crate::{rules, store};
use db::Conn;
use people::{Failure, Role, Scope, UnitId};
use std::collections::BTreeMap;

/// Who sees the numbers of all agencies under their unit, without being able to open any.
const OF_PROVINCE: &[Role] = &[Role::Admin, Role::Council, Role::Viewer];
/// Where those behind a number are listed.
pub const LIST: &str = "/mot-cua/phan-anh/thong-ke/danh-sach";

/// A row of the table.
#[derive(Clone, Debug)]
pub struct StatsRow {
    pub key: String,
    pub name: String,
    pub counts: Counts,
}

/// The table, with the agencies that its filter offers.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    pub rows: Vec<StatsRow>,
    pub total: Counts,
    pub agencies: Vec<(String, String)>,
}

async fn reach(conn: &mut Conn, scope: &Scope) -> Result<StatsReach, Failure> {
    let mut reach = StatsReach::default();
    let Some(unit) = scope.unit else {
        // The program itself: nightly facts of every agency.
        reach.agencies = people::units(conn).await?.into_iter().map(|unit| unit.id).collect();
        return Ok(reach);
    };
    if scope.has_any(rules::OVERSEERS) {
        let agency = super::agency_of(conn, scope).await?;
        reach.agencies.insert(agency);
        reach.own = Some(agency);
    }
    if scope.has_any(OF_PROVINCE) {
        reach.agencies.extend(people::inside(conn, unit).await?);
    }
    Ok(reach)
}

/// The table over days, its rows by name, its total.
pub async fn statistics(conn: &mut Conn, scope: &Scope, asked: &Asked) -> Result<Statistics, Failure> {
    let reach = reach(conn, scope).await?;
    let counted = store::count(conn, asked, &reach.agencies, Range::days(asked.from, asked.to, scope.now)).await?;
    let units = people::units(conn).await?;
    let name = |key: &str| match asked.by {
        By::Kind => Kind::of(key).map(|kind| kind.say().to_owned()),
        By::Agency => units.iter().find(|unit| unit.id.to_string() == key).map(|unit| unit.name.clone()),
    };
    let mut found = Statistics::default();
    for (key, counts) in counted {
        found.total += counts;
        found.rows.push(StatsRow { name: name(&key).unwrap_or_default(), key, counts });
    }
    found.rows.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    let offered = units.iter().filter(|unit| reach.agencies.contains(&unit.id) && people::is_agency(&unit.kind));
    found.agencies = offered.map(|unit| (unit.id.to_string(), unit.name.clone())).collect();
    found.agencies.sort_by_cached_key(|one| base::text::sort_key(&one.1));
    Ok(found)
}

/// The address of those behind a number.
pub fn link_behind(asked: &Asked, measure: Measure) -> String {
    let last = asked.to.saturating_sub(jiff::Span::new().days(1));
    let agency = asked.agency.map(|agency| agency.to_string()).unwrap_or_default();
    let pairs = [
        ("so", measure.code()),
        ("tu", &base::day::vi(asked.from)),
        ("den", &base::day::vi(last)),
        ("co_quan", &agency),
        ("loai", asked.kind.map_or("", Kind::code)),
    ];
    web::address::with(LIST, &pairs)
}

/// Those behind a number.
pub struct BehindNumber {
    pub lines: Vec<Behind>,
    pub total: i64,
    pub units: BTreeMap<UnitId, String>,
    /// The agency whose feedback the person may open.
    pub own: Option<UnitId>,
}

/// A page of exactly those that a number counts: codes and days, nothing of whoever said them.
pub async fn behind(
    conn: &mut Conn,
    scope: &Scope,
    asked: &Asked,
    measure: Measure,
    page: (i64, i64),
) -> Result<BehindNumber, Failure> {
    let reach = reach(conn, scope).await?;
    let range = Range::days(asked.from, asked.to, scope.now);
    let total = store::count_behind(conn, asked, &reach.agencies, range, measure).await?;
    let lines = store::behind(conn, asked, &reach.agencies, range, measure, page).await?;
    let units = people::units(conn).await?.into_iter().map(|unit| (unit.id, unit.short)).collect();
    Ok(BehindNumber { lines, total, units, own: reach.own })
}
