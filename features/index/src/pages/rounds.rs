//! Rounds: their list, one round's own page, and what its administrator and council do there.

mod appraisers;
mod create;
mod days;
mod deeds;
mod overview;
mod phases;
mod survey;
mod units;

use crate::actions::overview::{RoundLine, rounds};
use crate::model::*;
use crate::pages::place;
use crate::words;
use base::day;
use maud::{Markup, html};
use people::Role;
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Routes, Visit, Who, show};

const ADMIN: Who = Who::Holds(&[Role::Admin]);
const OVERSEERS: Who = Who::Holds(&[Role::Admin, Role::Council]);

pub fn routes() -> Routes {
    Routes::new()
        .get("/chi-so", Who::SignedIn, page)
        .get("/chi-so/dot/moi", ADMIN, create::page)
        .post("/chi-so/dot/moi", ADMIN, create::create)
        .get("/chi-so/dot/{round}", Who::SignedIn, overview::page)
        .get("/chi-so/dot/{round}/tai", Who::SignedIn, overview::file)
        .get("/chi-so/dot/{round}/ngay", ADMIN, days::page)
        .post("/chi-so/dot/{round}/ngay", ADMIN, days::change)
        .post("/chi-so/dot/{round}/mo", ADMIN, deeds::open)
        .get("/chi-so/dot/{round}/cong-bo", Who::Holds(&[Role::Council]), deeds::publish_page)
        .post("/chi-so/dot/{round}/cong-bo", Who::Holds(&[Role::Council]), deeds::publish)
        .get("/chi-so/dot/{round}/nguoi-tham-dinh", ADMIN, appraisers::page)
        .post("/chi-so/dot/{round}/nguoi-tham-dinh", ADMIN, appraisers::set)
        .post("/chi-so/dot/{round}/nguoi-tham-dinh/bo", ADMIN, appraisers::unset)
        .get("/chi-so/dot/{round}/dieu-tra", OVERSEERS, survey::page)
        .get("/chi-so/dot/{round}/dieu-tra/mau", OVERSEERS, survey::template)
        .post("/chi-so/dot/{round}/dieu-tra", OVERSEERS, survey::upload)
        .post("/chi-so/dot/{round}/dieu-tra/khong-to-chuc", OVERSEERS, survey::held)
}

async fn page(visit: Visit) -> Answer {
    let lines = rounds(&mut visit.site.db.read().await?, &visit.scope).await?;
    let admin = visit.scope.has(Role::Admin);
    let new = Button::new("Thêm đợt chấm").to("/chi-so/dot/moi").key("alt+n");
    let body = html! {
        @if lines.is_empty() {
            (parts::empty("Chưa có đợt chấm nào.", "Mỗi năm có một đợt: các đơn vị tự chấm, cơ quan phụ trách thẩm định, hội đồng kết luận và công bố.",
                admin.then(|| html! { (new) })))
        } @else {
            (table(&visit, &lines))
        }
    };
    let mut page = Page::new("Các đợt chấm", body);
    page.lead = Some(html! { "Chỉ số cải cách hành chính theo năm." });
    if admin && !lines.is_empty() {
        page.actions = Some(html! { (new) });
    }
    show(page)
}

fn table(visit: &Visit, lines: &[RoundLine]) -> Markup {
    let columns = vec![
        Column::number("Năm"),
        Column::new("Đợt chấm"),
        Column::new("Bước"),
        Column::number("Đơn vị"),
        Column::number("Đã gửi"),
        Column::number("Đã kết luận"),
        Column::new("Mở nhanh"),
    ];
    let rows = lines.iter().map(|line| row(visit, line)).collect();
    html! { (Table { caption: "Các đợt chấm", columns, rows, names: 1, ..Table::default() }) }
}

fn row(visit: &Visit, line: &RoundLine) -> Row {
    let round = &line.round;
    Row::new(vec![
        html! { (round.year) },
        html! { a href=(place::round(round.id)) { (round.name) } @if round.sample { " " (sample()) } },
        html! { (standing(visit, round, line.phase)) },
        html! { (line.counts.units) },
        html! { (line.counts.sent) },
        html! { (line.counts.concluded) },
        html! {
            @if let Some(unit) = line.mine { a href=(place::card(round.id, unit)) { "Phiếu của đơn vị" span.vh { " " (round.name) } } }
            @if line.mine.is_some() && line.phase == Phase::Published { " · " }
            @if line.phase == Phase::Published { a href=(place::results(round.id)) { "Kết quả" span.vh { " " (round.name) } } }
        },
    ])
}

/// The round is made up; every screen of it says so.
pub(crate) fn sample() -> Markup {
    parts::tag(Tone::Soon, "MẪU")
}

/// The phase in a tag, and how long it lasts.
pub(crate) fn standing(visit: &Visit, round: &Round, phase: Phase) -> Markup {
    let today = visit.scope.today();
    let left = crate::rules::phase_end(round, phase).map(|end| (end - today).get_days());
    let tone = match (phase, left) {
        (Phase::Published, _) => Tone::Ok,
        (Phase::Before, _) => Tone::Calm,
        (_, Some(left)) if left <= 1 => Tone::Hot,
        (_, Some(left)) if left <= 7 => Tone::Soon,
        _ => Tone::Info,
    };
    html! {
        @if round.status == RoundStatus::Draft { (parts::tag(Tone::Calm, "Đang chuẩn bị")) }
        @else { (parts::tag(tone, words::phase(phase))) }
        @if let Some(more) = more(round, phase, left) { " " (more) }
    }
}

fn more(round: &Round, phase: Phase, left: Option<i32>) -> Option<String> {
    match (phase, left) {
        (Phase::Published, _) => round.decided_on.map(|on| format!("ngày {}", day::vi(on))),
        (Phase::Before, _) if round.status == RoundStatus::Draft => None,
        (Phase::Before, _) => Some(format!("mở ngày {}", day::vi(round.days.scoring_from))),
        (_, left) => left.map(days_left),
    }
}

/// "còn 3 ngày"; the last day is "hôm nay là ngày cuối".
pub(crate) fn days_left(left: i32) -> String {
    if left <= 1 { "hôm nay là ngày cuối".to_owned() } else { format!("còn {left} ngày") }
}

/// The crumbs of pages inside a round.
pub(crate) fn crumbs(round: &Round) -> Vec<(String, String)> {
    vec![("Chỉ số CCHC".into(), "/chi-so".into()), (round.name.clone(), place::round(round.id))]
}

/// The token of a form.
pub(crate) fn token(visit: &Visit) -> Markup {
    html! { input type="hidden" name="csrf" value=(visit.csrf()); }
}

/// The token, and a key so that a form sent twice is done once.
pub(crate) fn keyed(visit: &Visit) -> Markup {
    html! { (token(visit)) input type="hidden" name="key" value=(visit.key()); }
}
