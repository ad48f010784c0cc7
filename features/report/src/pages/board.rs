//! A collection: who has sent, who has not.

use super::list::{crumbs, done, state};
use super::{give, place};
use crate::actions;
use crate::model::*;
use crate::rules::COLLECTORS;
use axum::extract::Path;
use base::{Exact, Timestamp, number};
use maud::{Markup, html};
use web::list::Listing;
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, form, show, to};

pub async fn page(visit: Visit, Path(id): Path<RoundId>) -> Answer {
    let (round, ready, reports) = actions::board(&visit.site, &visit.scope, id).await?;
    let list = Listing::of(&visit.uri, "", &[]);
    let now = visit.scope.now;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "theo-doi-bao-cao", as_file(&reports, now), now);
    }
    let oversees = visit.scope.is_of(round.collector) && visit.scope.has_any(COLLECTORS);
    let (top, parts): (Vec<&Report>, Vec<&Report>) = reports.iter().partition(|report| report.gathers());
    let waiting = parts.iter().filter(|report| !report.state.is_told()).count();
    let mut page = Page::new(
        ready.titled(round.period),
        html! {
            (tiles(&parts, now))
            @for report in top {
                p { a.btn href=(place::report(report.id)) { "Báo cáo tổng hợp của " (report.unit_name) } " " (state(report, now)) }
            }
            (list.toolbar(html! {}, list.is_long(parts.len())))
            (table(list.slice(&parts), oversees, now))
            (list.pager(parts.len(), "đơn vị"))
        },
    );
    page.lead = Some(html! {
        "Chốt số liệu " (base::day::vi(round.closed)) ". "
        @if round.sample { (parts::tag(Tone::Soon, "Chế độ và số liệu mẫu")) }
    });
    page.actions = (oversees && waiting > 0).then(|| {
        html! {
            form method="post" action={ (place::round(id)) "/nhac" } {
                (form::token(&visit))
                (Button::new(&format!("Nhắc {waiting} đơn vị chưa gửi")).second())
            }
        }
    });
    page.crumbs = crumbs();
    page.wide = true;
    show(page)
}

pub async fn remind(visit: Visit, Path(id): Path<RoundId>, _form: web::Posted) -> Answer {
    let told = actions::remind(&visit.site, &visit.scope, id).await?;
    to(place::round(id), Some(&format!("Đã nhắc {told} đơn vị.")))
}

/// How many are where.
fn tiles(parts: &[&Report], now: Timestamp) -> Markup {
    let count = |is: &dyn Fn(&Report) -> bool| parts.iter().filter(|report| is(report)).count().to_string();
    html! {
        div.numbers {
            @for state in State::ALL { (parts::figure_number(state.say(), &count(&|report| report.state == *state), None)) }
            (parts::figure_number("Quá hạn hoặc gửi muộn", &count(&|report| report.is_late(now)), None))
        }
        (rates(parts))
    }
}

/// Of all that are asked: first sent in time, and sent with every figure.
fn rates(parts: &[&Report]) -> Markup {
    let rate = |is: &dyn Fn(&Report) -> bool| {
        let count = parts.iter().filter(|report| is(report)).count();
        let share = Exact::ratio(Exact::scaled(count as i128 * 100, 0), Exact::scaled(parts.len() as i128, 0));
        let share = share.and_then(|share| share.checked_round(1));
        let share = share.map(|share| format!(" ({})", number::percent(&share, 1))).unwrap_or_default();
        format!("{count}/{}{share}", parts.len())
    };
    html! {
        p { "Gửi đúng hạn: " b { (rate(&|report| report.first_sent.is_some_and(|sent| sent <= report.due))) }
            ". Đã gửi đủ số liệu: " b { (rate(&|report| report.state.is_told() && report.filled == report.asked)) } "." }
    }
}

fn table(parts: &[&Report], oversees: bool, now: Timestamp) -> Markup {
    let columns = vec![
        Column::new("Đơn vị").width(30),
        Column::new("Trạng thái").width(20),
        Column::number("Số liệu").hint("Số ô đã nhập trên số ô phải nhập"),
        Column::new("Hạn gửi").width(15),
        Column::new("Gửi lúc").width(15),
        Column::new("Người nhập").width(15),
    ];
    let rows = parts.iter().map(|report| {
        Row::new(vec![
            html! { a href=(place::report(report.id)) { (report.unit_name) } },
            state(report, now),
            html! { (done(report)) },
            html! { (base::day::vi_moment(report.due)) },
            html! { (report.first_sent.map(base::day::vi_moment).unwrap_or_default()) },
            html! {
                @if report.holder_name.is_empty() { "Cả đơn vị" } @else { (report.holder_name) }
                @if oversees && report.state.is_open() { div { a href=(give::place_of(report.id)) { "Phân công" span.vh { " " (report.unit_name) } } } }
            },
        ])
    });
    html! { (Table { caption: "Đơn vị báo cáo", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

fn as_file(reports: &[Report], now: Timestamp) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Đơn vị", 40),
        Column::text("Trạng thái", 20),
        Column::text("Số liệu", 10),
        Column::text("Hạn gửi", 18),
        Column::text("Gửi lúc", 18),
        Column::text("Muộn", 8),
    ];
    let mut table = sheet::Table::new(columns).title("Theo dõi báo cáo");
    for report in reports {
        let sent = report.first_sent.map(base::day::vi_moment).unwrap_or_default();
        let (due, done) = (base::day::vi_moment(report.due), done(report));
        let late = if report.is_late(now) { "x" } else { "" };
        let cells = [report.unit_name.as_str(), report.state.say(), &done, &due, &sent, late];
        table.push(cells.map(Into::into).to_vec());
    }
    table
}
