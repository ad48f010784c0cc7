//! What agencies do for each other, over days, and the steps behind each number.

use super::stats::stats_reach;
use crate::helped::{Counts, Helps, Measure};
use crate::stats::Range;
use crate::store::{self, HelpedStep};
use base::Date;
use db::Conn;
use people::{Failure, Scope, UnitId};
use std::collections::BTreeMap;

/// A row: who was asked, by whom.
#[derive(Clone, Debug)]
pub struct HelpedRow {
    pub asked: UnitId,
    pub asking: UnitId,
    pub counts: Counts,
}

/// The table, with the names of its agencies and what one's own is.
#[derive(Clone, Debug, Default)]
pub struct Helped {
    pub rows: Vec<HelpedRow>,
    pub total: Counts,
    pub names: BTreeMap<UnitId, String>,
}

/// An agency sees the steps that it does for others, and those that others do for it; the province all.
pub async fn helped(conn: &mut Conn, scope: &Scope, (from, to): (Date, Date)) -> Result<Helped, Failure> {
    let reach = stats_reach(conn, scope).await?;
    let counted = store::count_helped(conn, &reach.agencies, Range::days(from, to, scope.now)).await?;
    let names: BTreeMap<UnitId, String> =
        people::units(conn).await?.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let mut found = Helped { names, ..Helped::default() };
    for ((asked, asking), counts) in counted {
        found.total += counts;
        found.rows.push(HelpedRow { asked, asking, counts });
    }
    let name = |unit: &UnitId| base::text::sort_key(found.names.get(unit).map_or("", String::as_str));
    found.rows.sort_by_cached_key(|row| (name(&row.asked), name(&row.asking)));
    Ok(found)
}

/// The steps behind a number.
pub struct BehindHelped {
    pub lines: Vec<HelpedStep>,
    pub total: i64,
    pub names: BTreeMap<UnitId, String>,
    /// The agency whose people may open the dossiers.
    pub own: Option<UnitId>,
}

pub async fn behind_helped(
    conn: &mut Conn,
    scope: &Scope,
    (from, to): (Date, Date),
    which: Helps,
    page: (i64, i64),
) -> Result<BehindHelped, Failure> {
    let reach = stats_reach(conn, scope).await?;
    let range = Range::days(from, to, scope.now);
    let (total, lines) = store::list_helped(conn, &reach.agencies, range, which, page).await?;
    let names = people::units(conn).await?.into_iter().map(|unit| (unit.id, unit.short)).collect();
    Ok(BehindHelped { lines, total, names, own: reach.named })
}

/// Where the steps behind a number are listed.
pub const LIST: &str = "/mot-cua/thong-ke/phoi-hop/viec";

pub fn helped_link(
    (from, to): (Date, Date),
    asked: Option<UnitId>,
    asking: Option<UnitId>,
    measure: Measure,
) -> String {
    let unit = |unit: Option<UnitId>| unit.map(|unit| unit.to_string()).unwrap_or_default();
    let last = to.yesterday().unwrap_or(to);
    let pairs = [
        ("so", measure.code()),
        ("tu", &base::day::vi(from)),
        ("den", &base::day::vi(last)),
        ("duoc_hoi", &unit(asked)),
        ("hoi", &unit(asking)),
    ];
    web::address::with(LIST, &pairs)
}
