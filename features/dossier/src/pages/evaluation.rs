//! How agencies and people handle procedures, in points of nine indicators.

use super::stats;
use crate::actions::{self, Evaluated};
use crate::evaluation::Evaluation;
use crate::stats::By;
use base::Decimal;
use base::number::{vi, vi_fixed};
use jiff::Span;
use maud::{Markup, html};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show as show_page, show_again};

pub const HERE: &str = "/mot-cua/danh-gia";
const FILTERS: &[&str] = &["tu", "den", "theo"];

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", FILTERS);
    let today = visit.scope.today();
    let (mut asked, refusals) = stats::asked(&list, today);
    if list.get("tu").is_empty() && list.get("den").is_empty() {
        (asked.from, asked.to) = fact::reporting_year(today);
    }
    asked.by = if list.get("theo") == By::Handler.code() { By::Handler } else { By::Agency };
    let mut conn = visit.site.db.read().await?;
    let (table, rows) = actions::evaluate(&mut conn, &visit.scope, &asked).await?;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "danh-gia", file(table, &rows, &stats::days(&asked)), visit.scope.now);
    }
    let last = asked.to.saturating_sub(Span::new().days(1));
    let typed =
        |name: &str, day| if list.get(name).is_empty() { base::day::vi(day) } else { list.get(name).to_owned() };
    let (from, to) = (typed("tu", asked.from), typed("den", last));
    let by = [By::Agency, By::Handler].map(|by| Choice::new(by.code(), by.say()));
    let filter = html! {
        (fields::date(Field::new("tu", "Từ ngày").value(&from).refused(&refusals)))
        (fields::date(Field::new("den", "Đến hết ngày").value(&to).refused(&refusals)))
        (fields::select(Field::new("theo", "Mỗi dòng là").value(asked.by.code()), &by))
    };
    let body = html! {
        (list.toolbar(filter, false))
        @if rows.is_empty() {
            (list.none("Không có hồ sơ nào đã xử lý trong những ngày này.", "Điểm được tính khi hồ sơ có kết quả hoặc kết thúc."))
        } @else {
            (shown(table, &rows, asked.by))
            (explained(table))
        }
    };
    let mut page = Page::new("Đánh giá việc giải quyết thủ tục", body);
    page.lead = Some(html! { (stats::days(&asked)) });
    page.wide = true;
    if refusals.is_empty() { show_page(page) } else { show_again(page, refusals) }
}

fn shown(table: &Evaluation, rows: &[Evaluated], by: By) -> Markup {
    let numbers: Vec<String> = table.indicators.iter().map(|one| format!("Chỉ số {}", one.number)).collect();
    let heads = numbers.iter().zip(&table.indicators).map(|(label, one)| Column::number(label).hint(&one.name));
    let columns = [Column::new(by.say()).width(20), Column::number("Hồ sơ")].into_iter().chain(heads);
    let columns = columns.chain([Column::number("Tổng"), Column::new("Xếp loại")]);
    let cell = |(points, source): (&Option<Decimal>, &String)| match points {
        Some(points) => html! { span title=[(!source.is_empty()).then_some(source)] { (vi_fixed(points, 1)) } },
        None => html! { "–" },
    };
    let row = |one: &Evaluated| {
        let first = [html! { (one.name) }, html! { (vi(&Decimal::from(one.dossiers))) }];
        let (total, class) = match &one.total {
            Some((sum, class)) => (html! { (vi_fixed(sum, 1)) }, html! { (class) }),
            None => (html! { "–" }, html! { "Chưa đủ chỉ số" }),
        };
        Row::new(first.into_iter().chain(one.points.iter().zip(&one.sources).map(cell)).chain([total, class]).collect())
    };
    let table = Table {
        caption: "Đánh giá việc giải quyết thủ tục",
        columns: columns.collect(),
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    };
    html! { (table) }
}

fn explained(table: &Evaluation) -> Markup {
    let of = |fact: &str| {
        if fact.is_empty() { "tính từ hồ sơ" } else { "ghi thành số liệu của cơ quan, có nguồn" }
    };
    let lines = html! {
        ol { @for one in &table.indicators { li { (one.name) ": " (of(&one.fact)) "." } } }
        p { "Mỗi hồ sơ được 0, 1 hoặc 2 điểm cho một chỉ số. Điểm là trung bình của các hồ sơ, tối đa " (vi(&table.most)) " điểm cả chín chỉ số." }
        p.quiet { (table.source) }
    };
    parts::section("Các chỉ số", None, lines)
}

fn file(table: &Evaluation, rows: &[Evaluated], days: &str) -> sheet::Table {
    let heads = table.indicators.iter().map(|one| sheet::Column::number(&format!("{}. {}", one.number, one.name), 1));
    let columns = [sheet::Column::text("Tên", 40), sheet::Column::number("Hồ sơ", 0)].into_iter().chain(heads);
    let columns = columns.chain([sheet::Column::number("Tổng", 1), sheet::Column::text("Xếp loại", 16)]);
    let mut made = sheet::Table::new(columns.collect()).title("Đánh giá việc giải quyết thủ tục").note(days);
    let cell = |points: Option<Decimal>| points.map_or_else(|| "".into(), sheet::Cell::from);
    for one in rows {
        let mut row: Vec<sheet::Cell> = vec![one.name.as_str().into(), Decimal::from(one.dossiers).into()];
        row.extend(one.points.iter().map(|points| cell(*points)));
        row.push(cell(one.total.as_ref().map(|(sum, _)| *sum)));
        row.push(one.total.as_ref().map_or("", |(_, class)| class.as_str()).into());
        made.push(row);
    }
    made
}
