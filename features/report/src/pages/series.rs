//! One figure over periods and units: the table, and a line beside each unit.

use super::{list, place};
use crate::actions;
use crate::actions::{Line, Series};
use crate::model::*;
use base::{Decimal, number};
use indicator::Nature;
use maud::{Markup, html};
use web::list::Listing;
use web::look::Page;
use web::look::chart;
use web::look::fields::{self, Field};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub const HERE: &str = "/bao-cao/chuoi";
/// The last page that is asked for.
const MOST: usize = 100_000;
const FILTERS: &[&str] = &["che_do", "so"];

/// A figure in an address: indicator, part, nature.
fn written(name: &Name) -> String {
    format!("{}/{}/{}", name.indicator, name.part.as_deref().unwrap_or_default(), name.nature.code())
}

fn read(text: &str) -> Option<Name> {
    let mut parts = text.rsplitn(3, '/');
    let (nature, part, indicator) = (parts.next()?, parts.next()?, parts.next()?);
    let part = (!part.is_empty()).then(|| part.to_owned());
    Some(Name { indicator: indicator.to_owned(), part, nature: Nature::of(nature)? })
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", FILTERS);
    let mut conn = visit.site.db.read().await?;
    let regimes = actions::regimes_in_force(&mut conn, &visit.scope).await?;
    let code = match list.get("che_do") {
        "" => regimes.first().map(|head| head.code.clone()).unwrap_or_default(),
        code => code.to_owned(),
    };
    let at: usize = list.get("trang").parse().unwrap_or(1).clamp(1, MOST);
    let part = if list.as_file().is_some() { (0, usize::MAX) } else { ((at - 1) * list.size(), list.size()) };
    let series = actions::series(&mut conn, &visit.scope, (&code, read(list.get("so"))), part).await?;
    drop(conn);
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "chuoi-so-lieu", as_file(&series), visit.scope.now);
    }
    let lines: Vec<(String, String)> = regimes.into_iter().map(|head| (head.code, head.name)).collect();
    let choices: Vec<fields::Choice> = lines.iter().map(|(code, name)| fields::Choice::new(code, name)).collect();
    let names: Vec<(String, String)> = series.names.iter().map(|(name, say)| (written(name), say.clone())).collect();
    let figures: Vec<fields::Choice> = names.iter().map(|(value, say)| fields::Choice::new(value, say)).collect();
    let shown = series.shown.as_ref().map(written).unwrap_or_default();
    let filters = html! {
        (fields::select(Field::new("che_do", "Chế độ báo cáo").value(&code), &choices))
        @if !figures.is_empty() { (fields::select(Field::new("so", "Số liệu").value(&shown), &figures)) }
    };
    let mut page = Page::new(
        "Số liệu qua các kỳ",
        html! {
            (list.toolbar(filters, list.is_long(series.units)))
            @if series.lines.is_empty() { (list.none("Cơ quan của bạn chưa có kỳ báo cáo nào của chế độ này.", "Mở kỳ báo cáo trước.")) }
            @else { (table(&series)) (list.pager(series.units, "đơn vị")) }
        },
    );
    page.lead = Some(html! { "Chỉ gồm số liệu đã gửi. Bấm vào một số để mở báo cáo có số ấy." });
    page.crumbs = list::crumbs();
    page.wide = true;
    show(page)
}

fn said(value: &Decimal, series: &Series) -> String {
    number::vi_fixed(value, series.digits)
}

fn table(series: &Series) -> Markup {
    let periods: Vec<String> = series.periods.iter().map(|round| round.period.to_string()).collect();
    let mut columns = vec![Column::new("Đơn vị")];
    columns.extend(periods.iter().map(|period| Column::number(period)));
    columns.push(Column::new("Diễn biến"));
    let rows = series.lines.iter().map(|line| {
        let mut cells = vec![html! { (line.name) @if line.is_whole { div.quiet { "Tổng hợp" } } }];
        cells.extend(line.points.iter().map(|point| match point {
            Some((report, value)) => html! { a href=(place::report(*report)) { (said(value, series)) } },
            None => html! { span.quiet { "–" } },
        }));
        cells.push(trend(series, line));
        let row = Row::new(cells);
        if line.is_whole { row.strong() } else { row }
    });
    let caption = format!("Số liệu qua các kỳ, {}", series.unit);
    html! {
        p { "Đơn vị tính: " (series.unit) "." }
        (Table { caption: &caption, columns, rows: rows.collect(), names: 0, ..Table::default() })
    }
}

/// The line through what is there, and the same in words.
fn trend(series: &Series, line: &Line) -> Markup {
    let values: Vec<Option<Decimal>> = line.points.iter().map(|point| point.map(|(_, value)| value)).collect();
    let told = series.periods.iter().zip(&values).filter_map(|(round, value)| Some((round, (*value)?)));
    let words: Vec<String> = told.map(|(round, value)| format!("{}: {}", round.period, said(&value, series))).collect();
    match words.len() {
        0 | 1 => html! { span.quiet { "chưa đủ kỳ" } },
        _ => chart::sparkline(&values, &words.join("; ")),
    }
}

fn as_file(series: &Series) -> sheet::Table {
    use sheet::{Cell, Column};
    let periods = series.periods.iter().map(|round| Column::exact(&round.period.to_string()).width(14));
    let columns = std::iter::once(Column::text("Đơn vị", 40)).chain(periods).collect();
    let say = series.names.iter().find(|(name, _)| Some(name) == series.shown.as_ref()).map(|(_, say)| say.clone());
    let mut table = sheet::Table::new(columns).title(format!("{} ({})", say.unwrap_or_default(), series.unit));
    for line in &series.lines {
        let values = line.points.iter().map(|point| Cell::from(point.map(|(_, value)| value)));
        table.push(std::iter::once(Cell::from(line.name.as_str())).chain(values).collect());
    }
    table
}
