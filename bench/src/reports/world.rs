//! 3,500 units on three levels, thirty in each; every unit but the first reports 400 indicators, one figure in twenty missing. Beside
//! them a form of 40 × 12 cells for a hundred units, and one of 50,000 cells.

use super::{INDICATORS, PERIODS, UNITS};
use crate::dossiers::bulk::Bulk;
use crate::dossiers::morning;
use crate::site::plain;
use anyhow::{Context, Result};
use base::{Date, Timestamp};
use db::args;
use indicator::{Closing, Period, Scaled, sheet};
use people::{Scope, Unit, UnitId};
use report::model::{ReportId, RoundId};
use rulebook::{Content, EditionId, New};
use serde_json::{Value, json};
use std::time::Instant;
use web::Site;

pub const REGIME: &str = "bench-tong";
pub const GRID: &str = "bench-luoi";
pub const BOOK: &str = "bench-so";
/// The last period.
pub const PERIOD: &str = "2026-11";
/// Who enter the grid.
pub const PEOPLE: usize = 100;
pub const GRID_ROWS: usize = 40;
pub const GRID_COLUMNS: usize = 12;
pub const BOOK_ROWS: usize = 2_500;
pub const BOOK_COLUMNS: usize = 20;

const TABLES: [(&str, &str); 4] = [
    ("unit", "id, key, name, short, folded, kind, parent, valid_from, sample"),
    ("report_round", "id, code, regime, indicators, period, collector, closed, opened, sample"),
    ("report", "id, round, unit, above, due, state, first_sent, sent, filled, asked, changed"),
    ("report_sheet", "report, form, figures"),
];

pub fn key(nth: usize) -> String {
    format!("dv-{nth}")
}

pub fn code(nth: usize) -> String {
    format!("CT.{nth:03}")
}

/// The same in every run; every eighth indicator is an average, weighted by the first.
pub fn figure(unit: usize, place: usize, period: usize) -> Option<Scaled> {
    let mixed = ((period * UNITS + unit) * INDICATORS + place).wrapping_mul(2_654_435_761) % 4_294_967_296;
    (!mixed.is_multiple_of(20) || place == 0).then(|| i64::try_from(mixed % 100_000).unwrap_or(0))
}

pub fn is_average(place: usize) -> bool {
    place % 8 == 7
}

fn set(name: &str, indicators: Vec<Value>, categories: Value) -> Value {
    json!({ "code": name, "name": "Chỉ tiêu thử", "sample": true, "categories": categories, "indicators": indicators })
}

fn indicator(code: &str, average: bool, by: &[&str]) -> Value {
    let (over, over_time, weight) =
        if average { ("average", "none", Some(self::code(0))) } else { ("sum", "sum", None) };
    json!({
        "code": code, "name": format!("Chỉ tiêu {code}"), "unit": "hồ sơ", "lowest": "0", "over_units": over, "over_time": over_time,
        "weight": weight, "by": by,
    })
}

fn regime(name: &str, columns: Vec<Value>, rows: Vec<Value>) -> Value {
    json!({
        "code": name, "name": format!("Báo cáo thử {name}"), "sort": "dinh-ky", "basis": "bench", "sample": true, "from": "2025-01-01",
        "content": "Thử", "asked": ["phong"], "receiver": "Thử", "method": "Thử",
        "deadlines": [{ "of": "phong", "days": 2 }, { "of": "tong-hop", "days": 4 }],
        "period": "month", "closing": 14, "indicators": name,
        "forms": [{ "code": name, "name": "Biểu thử", "period": "month", "columns": columns, "rows": rows }],
    })
}

/// The three regimes with their sets.
fn editions() -> [(&'static str, Value, Value); 3] {
    let wide = (0..INDICATORS).map(|nth| indicator(&code(nth), is_average(nth), &[])).collect();
    let done = json!({ "code": "th", "head": ["Thực hiện"], "nature": "thuc-hien" });
    let rows = (0..INDICATORS).map(|nth| json!({ "code": (nth + 1).to_string(), "indicator": code(nth) })).collect();
    let table = |name: &'static str, rows: usize, columns: usize| {
        let items: Vec<Value> =
            (0..rows).map(|nth| json!({ "code": format!("p{nth}"), "name": format!("Phần {nth}") })).collect();
        let categories = json!([{ "code": "phan", "name": "Phần", "items": items }]);
        let all = (0..columns).map(|nth| indicator(&code(nth), false, &["phan"])).collect();
        let heads = (0..columns).map(|nth| json!({ "code": format!("c{nth}"), "head": [format!("Cột {nth}")], "indicator": code(nth), "nature": "thuc-hien" }));
        let lines = (0..rows).map(|nth| json!({ "code": (nth + 1).to_string(), "part": format!("p{nth}") }));
        (name, set(name, all, categories), regime(name, heads.collect(), lines.collect()))
    };
    [
        (REGIME, set(REGIME, wide, json!([])), regime(REGIME, vec![done], rows)),
        table(GRID, GRID_ROWS, GRID_COLUMNS),
        table(BOOK, BOOK_ROWS, BOOK_COLUMNS),
    ]
}

async fn published(site: &Site, kind: &str, code: &str, body: Value) -> Result<EditionId> {
    let scope = Scope::program("bench", morning());
    let mut tx = site.db.begin().await?;
    let content = Content {
        name: format!("Thử {code}"),
        source: "bench".into(),
        valid_from: Date::constant(2025, 1, 1),
        valid_to: None,
        body,
    };
    let new = New { kind: kind.into(), code: code.into(), content, sample: true };
    let draft = rulebook::draft(&mut tx, &scope, new).await.map_err(plain)?;
    rulebook::publish(&mut tx, &scope, draft.id, draft.version).await.map_err(plain)?;
    tx.commit().await?;
    Ok(draft.id)
}

struct Maker {
    bulk: Bulk,
    units: Vec<Unit>,
    periods: Vec<Period>,
}

impl Maker {
    /// A collection and its reports: the whole first. Gives the reports of the units.
    fn round(
        &mut self,
        editions: (&str, EditionId, EditionId),
        period: Period,
        asked: &[UnitId],
        sent: bool,
    ) -> Result<Vec<ReportId>> {
        let (code, regime, indicators) = editions;
        let closing = Closing::try_from(14).map_err(|no| anyhow::anyhow!(no.say))?;
        let closed = period.days(closing).context("days")?.1.yesterday()?;
        let at: Timestamp = base::day::start(closed);
        let (round, top): (RoundId, ReportId) = (db::fresh_id(), db::fresh_id());
        let root = self.units.first().context("a unit")?.id;
        self.bulk
            .add("report_round", args![round, code, regime, indicators, period.to_string(), root, closed, at, true]);
        let state = if sent { "accepted" } else { "doing" };
        let when = sent.then_some(at);
        let nobody: Option<ReportId> = None;
        self.bulk.add("report", args![top, round, root, nobody, at, "doing", nobody, nobody, 0_i64, 0_i64, at]);
        let mut all = Vec::new();
        for unit in asked {
            let id: ReportId = db::fresh_id();
            self.bulk.add("report", args![id, round, *unit, Some(top), at, state, when, when, 0_i64, 0_i64, at]);
            all.push(id);
        }
        Ok(all)
    }
}

pub async fn make(site: &Site) -> Result<()> {
    let begun = Instant::now();
    let mut maker = Maker { bulk: Bulk::new(&site.db, &TABLES), units: Vec::new(), periods: Vec::new() };
    for nth in 0..UNITS {
        let parent = nth.checked_sub(1).map(|before| maker.units[before / 30].id);
        let id: UnitId = db::fresh_id();
        let (key, kind) = (key(nth), if nth == 0 { "so" } else { "phong" });
        let name = format!("Đơn vị {nth}");
        let from = Date::constant(2011, 1, 1);
        maker.bulk.add("unit", args![id, &key, &name, &key, base::text::fold(&name), kind, parent, from, true]);
        maker.units.push(people::Unit {
            id,
            key,
            name,
            short: String::new(),
            kind: kind.into(),
            parent,
            from,
            to: None,
            code_old: None,
            code_new: None,
            sample: true,
            version: 1,
        });
    }
    maker.bulk.flush().await?;
    let mut known = Vec::new();
    for (name, set, regime) in editions() {
        let indicators = published(site, "indicators", name, set).await?;
        known.push((name, published(site, "report", name, regime).await?, indicators));
    }
    let last: Period = PERIOD.parse().ok().context("a period")?;
    maker.periods = std::iter::successors(Some(last), |period| period.previous()).take(PERIODS).collect();
    maker.periods.reverse();
    let all: Vec<UnitId> = maker.units.iter().skip(1).map(|unit| unit.id).collect();
    for (at, period) in maker.periods.clone().into_iter().enumerate() {
        let reports = maker.round(known[0], period, &all, true)?;
        maker.bulk.flush().await?;
        for (unit, report) in reports.into_iter().enumerate() {
            let figures: Vec<_> = (0..INDICATORS).map(|place| figure(unit + 1, place, at)).collect();
            maker.bulk.add("report_sheet", args![report, REGIME, sheet::written(&figures)]);
        }
        maker.bulk.flush().await?;
    }
    maker.round(known[1], last, &all[..PEOPLE], false)?;
    maker.round(known[2], last, &all[..1], false)?;
    maker.bulk.flush().await?;
    println!("{} figures in {:.0} s", PERIODS * (UNITS - 1) * INDICATORS, begun.elapsed().as_secs_f64());
    Ok(())
}
