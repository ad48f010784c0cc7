//! What one figure is made of: the reports, each with what it told.

use super::cube::{self, read};
use super::{list, place};
use crate::actions::{self, Opened};
use crate::model::*;
use base::number;
use maud::{Markup, html};
use people::{Failure, UnitId};
use web::list::Listing;
use web::look::Page;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub const HERE: &str = "/bao-cao/chuoi/o";

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let asked = (|| {
        let unit: UnitId = list.get("don_vi").parse().ok()?;
        Some((read(list.get("so"))?, list.get("ky").parse::<indicator::Period>().ok()?, unit))
    })();
    let (name, period, unit) = asked.ok_or(Failure::NotFound)?;
    let stand = Stand::of(list.get("cay")).unwrap_or_default();
    let mut conn = visit.site.db.read().await?;
    let found = actions::opened(&mut conn, &visit.scope, (list.get("che_do"), &name, period), (unit, stand)).await?;
    drop(conn);
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "so-lieu-tao-nen", file(&found), visit.scope.now);
    }
    let back = [("che_do", list.get("che_do")), ("so", list.get("so")), ("cay", list.get("cay"))];
    let mut page = Page::new(
        format!("{}, {}", found.said.say, period.say()),
        html! {
            p { b { (found.unit.name) } ". " (stand.say()) ". Đơn vị tính: " (found.said.unit) "." }
            (list.toolbar(html! {}, list.is_long(found.entries.len())))
            @if found.entries.is_empty() { (list.none("Không báo cáo nào được hỏi số này.", "Chọn kỳ hoặc đơn vị khác.")) }
            @else { (table(&list, &found)) (list.pager(found.entries.len(), "báo cáo")) }
            p { a href=(web::address::with(cube::HERE, &back)) { "Xem số này qua các kỳ" } }
        },
    );
    page.crumbs = list::crumbs();
    page.wide = true;
    show(page)
}

fn table(list: &Listing, found: &Opened) -> Markup {
    let mut columns = vec![Column::new("Đơn vị báo cáo"), Column::new("Tính vào")];
    columns.extend(found.columns.iter().map(|said| Column::number(&said.say)));
    let name = |at: usize| found.world.units.get(at).map_or("", |unit| unit.name.as_str());
    let row = |entry: &crate::rules::cube::Entry| {
        let mut cells = vec![
            html! { a href=(place::report(entry.report)) { (name(entry.unit)) } },
            html! { (entry.lands.map_or("", name)) },
        ];
        cells.extend(found.columns.iter().zip(&entry.figures).map(|(said, figure)| match figure {
            (Some(value), _) => html! { (number::vi_fixed(value, said.digits)) },
            (None, true) => html! { span.quiet { "thiếu" } },
            (None, false) => html! { span.quiet { "–" } },
        }));
        Row::new(cells)
    };
    let rows = list.slice(&found.entries).iter().map(row).collect();
    html! { (Table { caption: "Các báo cáo tạo nên số này", columns, rows, names: 0, ..Table::default() }) }
}

fn file(found: &Opened) -> sheet::Table {
    use sheet::{Cell, Column};
    let mut columns = vec![Column::text("Đơn vị báo cáo", 44), Column::text("Tính vào", 44)];
    columns.extend(found.columns.iter().map(|said| Column::exact(&said.say).width(18)));
    let mut table = sheet::Table::new(columns).title(&found.said.say);
    let name = |at: usize| found.world.units.get(at).map_or("", |unit| unit.name.as_str());
    for entry in &found.entries {
        let mut cells = vec![Cell::from(name(entry.unit)), Cell::from(entry.lands.map_or("", name))];
        cells.extend(entry.figures.iter().map(|(value, _)| Cell::from(*value)));
        table.push(cells);
    }
    table
}
