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
use base::text::compare;
use maud::{Markup, html};
use people::Role;
use web::list::{self, Listing};
use web::look::Page;
use web::look::fields::{self, Field};
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
    let all = rounds(&mut visit.site.db.read().await?, &visit.scope).await?;
    let list = Listing::of(&visit.uri, "-nam", &["tim"]);
    let lines = wanted(&all, &list);
    if let Some(file) = list.as_file() {
        return list::file(file, "cac-dot-cham", as_sheet(&lines), visit.scope.now);
    }
    let admin = visit.scope.has(Role::Admin);
    let new = Button::new("Thêm đợt chấm").to("/chi-so/dot/moi").key("alt+n");
    let body = html! {
        @if all.is_empty() {
            (parts::empty("Chưa có đợt chấm nào.", "Mỗi năm có một đợt: các đơn vị tự chấm, cơ quan phụ trách thẩm định, hội đồng kết luận và công bố.",
                admin.then(|| html! { (new) })))
        } @else {
            @if all.len() > 1 { (list.toolbar(fields::search(Field::new("tim", "Tìm đợt chấm").value(list.get("tim"))), list.is_long(all.len()))) }
            @if lines.is_empty() { (list.none("Không có đợt chấm nào phù hợp.", "Hãy tìm năm hoặc tên khác.")) }
            @else { (table(&visit, &list, &lines)) (list.pager(lines.len(), "đợt chấm")) }
        }
    };
    let mut page = Page::new("Các đợt chấm", body);
    page.lead = Some(html! { "Chỉ số cải cách hành chính theo năm." });
    if admin && !all.is_empty() {
        page.actions = Some(html! { (new) });
    }
    show(page)
}

/// The rounds that the address asks for, in its order; the newest first where it asks for none.
fn wanted<'a>(all: &'a [RoundLine], list: &Listing) -> Vec<&'a RoundLine> {
    let mut lines: Vec<&RoundLine> =
        all.iter().filter(|line| list.finds(&format!("{} {}", line.round.year, line.round.name))).collect();
    let (column, down) = list.sorted();
    lines.sort_by(|a, b| {
        let by = match column {
            "ten" => compare(&a.round.name, &b.round.name),
            "don-vi" => a.counts.units.cmp(&b.counts.units),
            "gui" => a.counts.sent.cmp(&b.counts.sent),
            "ket-luan" => a.counts.concluded.cmp(&b.counts.concluded),
            _ => a.round.year.cmp(&b.round.year),
        };
        if down { by.reverse() } else { by }
    });
    lines
}

fn as_sheet(lines: &[&RoundLine]) -> sheet::Table {
    let columns = vec![
        sheet::Column::exact("Năm").width(8),
        sheet::Column::text("Đợt chấm", 50),
        sheet::Column::text("Bước", 24),
        sheet::Column::number("Đơn vị", 0),
        sheet::Column::number("Đã gửi", 0),
        sheet::Column::number("Đã kết luận", 0),
    ];
    let mut table = sheet::Table::new(columns).title("Các đợt chấm");
    for line in lines {
        table.push(vec![
            line.round.year.into(),
            line.round.name.as_str().into(),
            words::phase(line.phase).into(),
            line.counts.units.into(),
            line.counts.sent.into(),
            line.counts.concluded.into(),
        ]);
    }
    table
}

fn table(visit: &Visit, list: &Listing, lines: &[&RoundLine]) -> Markup {
    let columns = vec![
        list.falling(Column::number("Năm"), "nam"),
        list.column(Column::new("Đợt chấm"), "ten"),
        Column::new("Bước"),
        list.falling(Column::number("Đơn vị"), "don-vi"),
        list.falling(Column::number("Đã gửi"), "gui"),
        list.falling(Column::number("Đã kết luận"), "ket-luan"),
        Column::new("Mở nhanh"),
    ];
    let rows = list.slice(lines).iter().map(|line| row(visit, line)).collect();
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
