//! Which reports a person enters, oversees or takes in.

use super::{open, place};
use crate::actions::{self, ALL, Found, WAITING};
use crate::model::*;
use crate::rules::COLLECTORS;
use base::Timestamp;
use maud::{Markup, html};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Tab, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub const HERE: &str = "/bao-cao";
/// The most lines of one file.
const MOST: i64 = 50_000;
const FILTERS: &[&str] = &["che_do", "don_vi", "tu", "den", "so"];
const LATE: &str = "late";

pub async fn page(visit: Visit) -> Answer {
    let asked = web::address::value(&visit.uri, "trang_thai");
    // What waits first; what is done newest first.
    let usual = if asked.is_empty() || asked == LATE { "han" } else { "-han" };
    let list = Listing::of(&visit.uri, usual, FILTERS);
    let (column, down) = list.sorted();
    let filter = Filter {
        state: asked.clone(),
        code: list.get("che_do").to_owned(),
        only: list.get("don_vi").to_owned(),
        due: days(&visit),
        behind: Behind::of(list.get("so")),
        sort: format!("{}{column}", if down { "-" } else { "" }),
        ..Filter::default()
    };
    let (size, now) = (list.size() as i64, visit.scope.now);
    let at: i64 = list.get("trang").parse().unwrap_or(1).clamp(1, MOST);
    let part = if list.as_file().is_some() { (0, MOST) } else { ((at - 1) * size, size) };
    let mut conn = visit.site.db.read().await?;
    let found = actions::list(&mut conn, &visit.scope, filter, part).await?;
    let regimes = actions::regimes_in_force(&mut conn, &visit.scope).await?;
    drop(conn);
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "bao-cao", as_file(&found.lines, now), now);
    }
    let tabs = tabs_of(&found);
    let count = tabs.iter().find(|tab| tab.0 == asked).map_or(0, |tab| tab.2);
    let count = usize::try_from(count).unwrap_or(0);
    let lines: Vec<(String, String)> = regimes.into_iter().map(|head| (head.code, head.name)).collect();
    let choices = fields::with_first("Tất cả", &lines);
    let mut page = Page::new(
        "Báo cáo",
        html! {
            (drawn(&list, &asked, &tabs))
            (list.toolbar(filters(&list, &choices), list.is_long(count)))
            @if found.lines.is_empty() { (list.none("Không có báo cáo nào ở đây.", "Khi cơ quan tổng hợp mở kỳ báo cáo, báo cáo của đơn vị bạn hiện ở đây.")) }
            @else { (table(&list, &found.lines, now)) (list.pager(count, "báo cáo")) }
        },
    );
    if visit.scope.has_any(COLLECTORS) {
        page.actions = Some(parts::link_button("Mở kỳ báo cáo", open::HERE));
    }
    page.wide = true;
    show(page)
}

/// The days within which they are due, where a number of the index leads here: with the last one.
fn days(visit: &Visit) -> Option<(Timestamp, Timestamp)> {
    let day = |name: &str| base::day::read_vi(&web::address::value(&visit.uri, name), visit.scope.today()).ok();
    let (from, to) = (day("tu")?, day("den")?.tomorrow().ok()?);
    Some((base::day::start(from), base::day::start(to)))
}

fn filters(list: &Listing, regimes: &[Choice<'_>]) -> Markup {
    html! {
        (fields::select(Field::new("che_do", "Chế độ báo cáo").value(list.get("che_do")), regimes))
        // From a number of the index: it stays while the list is filtered further.
        @for name in ["don_vi", "tu", "den", "so"] {
            @if !list.get(name).is_empty() { input type="hidden" name=(name) value=(list.get(name)); }
        }
    }
}

/// Code, words and number of each part of the list; the first is what waits.
fn tabs_of(found: &Found) -> Vec<(&'static str, &'static str, i64)> {
    let count = |state: &State| found.counts.get(state).copied().unwrap_or(0);
    let states = State::ALL.iter().map(|state| (state.code(), state.say(), count(state)));
    let first = [(WAITING, "Cần làm", found.waiting), (LATE, "Quá hạn", found.late)];
    first.into_iter().chain(states).chain([(ALL, "Tất cả", found.counts.values().sum())]).collect()
}

fn drawn(list: &Listing, asked: &str, tabs: &[(&'static str, &'static str, i64)]) -> Markup {
    let hrefs: Vec<String> =
        tabs.iter().map(|(code, ..)| list.with(&[("trang_thai", code), ("trang", ""), ("sap", "")])).collect();
    let tabs: Vec<Tab> = tabs
        .iter()
        .zip(&hrefs)
        .map(|((code, label, count), href)| Tab {
            label,
            href,
            count: Some(u64::try_from(*count).unwrap_or(0)),
            current: *code == asked,
        })
        .collect();
    parts::tabs("Trạng thái báo cáo", &tabs)
}

/// The state in a word, with its colour; what is late says so beside it.
pub fn state(report: &Report, now: Timestamp) -> Markup {
    let tone = match report.state {
        State::Todo => Tone::Calm,
        State::Doing => Tone::Info,
        State::Asked => Tone::Soon,
        State::Returned => Tone::Bad,
        State::Sent | State::Accepted => Tone::Ok,
    };
    html! {
        (parts::tag(tone, report.say()))
        @if report.is_late(now) {
            " " (parts::tag(Tone::Bad, if report.first_sent.is_some() { "Gửi muộn" } else { "Quá hạn" }))
        }
    }
}

/// "12/18"
pub fn done(report: &Report) -> String {
    format!("{}/{}", report.filled, report.asked)
}

fn table(list: &Listing, all: &[Listed], now: Timestamp) -> Markup {
    let columns = vec![
        Column::new("Báo cáo").width(35),
        list.column(Column::new("Đơn vị").width(20), "don-vi"),
        Column::new("Trạng thái").width(20),
        Column::number("Số liệu").hint("Số ô đã nhập trên số ô phải nhập"),
        list.column(Column::new("Hạn gửi").width(15), "han"),
    ];
    let rows = all.iter().map(|one| {
        let report = &one.report;
        Row::new(vec![
            html! { a href=(place::report(report.id)) { (one.name) } div.quiet { "Kỳ " (said(&one.period)) } },
            html! { (report.unit_name) @if report.gathers() { div { a href=(place::round(report.round)) { "Theo dõi các đơn vị" span.vh { ", kỳ " (said(&one.period)) } } } } @else if !report.holder_name.is_empty() { div.quiet { (report.holder_name) } } },
            state(report, now),
            html! { (done(report)) },
            html! { (base::day::vi_moment(report.due)) },
        ])
    });
    html! { (Table { caption: "Báo cáo", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

/// A period of the table in words.
fn said(period: &str) -> String {
    period.parse().map_or_else(|_| period.to_owned(), |period: indicator::Period| period.say())
}

fn as_file(all: &[Listed], now: Timestamp) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Báo cáo", 50),
        Column::text("Kỳ", 20),
        Column::text("Đơn vị", 40),
        Column::text("Người nhập", 25),
        Column::text("Trạng thái", 20),
        Column::text("Đúng hạn", 12),
        Column::text("Số liệu", 10),
        Column::text("Hạn gửi", 18),
        Column::text("Gửi lúc", 18),
    ];
    let mut table = sheet::Table::new(columns).title("Báo cáo");
    for Listed { report, name, period, .. } in all {
        let sent = report.first_sent.map(base::day::vi_moment).unwrap_or_default();
        let time = match (report.is_late(now), report.first_sent) {
            (true, _) => "Muộn",
            (false, Some(_)) => "Đúng hạn",
            (false, None) => "",
        };
        let (due, done, period) = (base::day::vi_moment(report.due), done(report), said(period));
        let cells =
            [name, &period, &report.unit_name, &report.holder_name, report.state.say(), time, &done, &due, &sent];
        table.push(cells.map(Into::into).to_vec());
    }
    table
}

/// For pages under this one.
pub fn crumbs() -> Vec<(String, String)> {
    vec![("Báo cáo".into(), HERE.into())]
}
