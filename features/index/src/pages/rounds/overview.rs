//! One round: where it stands, its units, and what waits for the person who looks.

use super::{crumbs, days_left, phases, sample, standing, units};
use crate::actions::overview::overview;
use crate::model::*;
use crate::overview::{FieldLeft, Overview};
use crate::pages::place;
use crate::rules;
use axum::extract::Path;
use base::day;
use maud::{Markup, html};
use people::UnitId;
use web::list::{self, Listing};
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, form, show};

pub async fn page(visit: Visit, Path(id): Path<RoundId>) -> Answer {
    let seen = overview(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    let list = Listing::of(&visit.uri, "ten", &units::FILTERS);
    if let Some(file) = list.as_file() {
        let name = format!("tien-do-{}", seen.round.year);
        return list::file(file, &name, units::table(&seen, &list), visit.scope.now);
    }
    let body = html! {
        div.columns {
            (mine(&visit, &seen))
            (parts::section("Các bước", None, phases::line(&seen.round, seen.phase)))
            @if seen.administers || seen.councils { (parts::section("Cả đợt", None, whole(&seen))) }
        }
        @if !seen.fields.is_empty() { (parts::section("Lĩnh vực bạn thẩm định", None, fields(&seen.round, &seen.fields))) }
        @if !seen.reopens.is_empty() { (parts::section("Đề nghị mở lại phiếu", None, reopens(&seen))) }
        @if seen.lines.iter().any(|line| Some(line.card.unit) != seen.mine) { (parts::section("Đơn vị", None, units::listed(&seen, &list))) }
    };
    let mut page = Page::new(seen.round.name.clone(), body);
    page.crumbs = crumbs(&seen.round)[..1].to_vec();
    page.lead = Some(html! {
        (standing(&visit, &seen.round, seen.phase))
        @if let (Phase::Published, Some(decision)) = (seen.phase, &seen.round.decision) { ", Quyết định " (decision) }
        @if seen.round.sample { " " (sample()) " Bộ tiêu chí và số liệu không có thật." }
    });
    page.actions = Some(actions(&visit, &seen));
    show(page)
}

/// The person's own unit first: what most people come for.
fn mine(visit: &Visit, seen: &Overview) -> Markup {
    let Some(line) = seen.own_line() else { return html! {} };
    let left = rules::phase_end(&seen.round, seen.phase).map(|end| (end - visit.scope.today()).get_days());
    let open = line.card.state == CardState::Scoring && seen.phase == Phase::Scoring;
    let card = place::card(seen.round.id, line.card.unit);
    parts::section(
        &line.card.unit_name,
        None,
        html! {
            p {
                (units::state(line.card.state)) " "
                @if open { @if let Some(left) = left { (days_left(left)) ", đến hết ngày " (day::vi(seen.round.days.scoring_to.yesterday().unwrap_or(seen.round.days.scoring_to))) } }
            }
            p { (parts::progress("Đã xong", line.done as u64, line.all as u64)) }
            p.actions {
                (Button::new(if open { "Chấm điểm" } else { "Xem phiếu" }).to(&card))
                @if seen.phase == Phase::Published { (Button::new("Kết quả").to(&format!("{}/don-vi/{}", place::results(seen.round.id), line.card.unit)).second()) }
            }
        },
    )
}

fn whole(seen: &Overview) -> Markup {
    let total = seen.lines.len();
    let count = |pick: fn(CardState) -> bool| seen.lines.iter().filter(|line| pick(line.card.state)).count();
    let sent = count(|state| state != CardState::Scoring);
    let concluded = count(|state| state == CardState::Concluded);
    let left: usize =
        seen.lines.iter().filter(|line| line.card.state != CardState::Scoring).map(|line| line.left).sum();
    let not_held = seen.lines.iter().filter(|line| !line.card.survey_held).count();
    html! {
        p { (parts::progress("Đã gửi phiếu", sent as u64, total as u64)) }
        p { (parts::progress("Đã kết luận", concluded as u64, total as u64)) }
        (parts::facts([
            ("Tiêu chí còn phải thẩm định", html! { (left) }),
            ("Đơn vị không điều tra xã hội học", html! { (not_held) }),
            ("Bộ tiêu chí", html! {
                @for (kind, edition, set) in &seen.sets {
                    (people::kind_name(kind)) ": " a href={ "/chi-so/bo-tieu-chi/" (edition) } { (set.name) } br;
                }
            }),
        ]))
    }
}

fn fields(round: &Round, fields: &[FieldLeft]) -> Markup {
    let columns = vec![
        Column::new("Lĩnh vực"),
        Column::new("Loại đơn vị"),
        Column::number("Đơn vị đã gửi"),
        Column::number("Còn phải thẩm định"),
        Column::new("Làm tiếp"),
    ];
    let next = |field: &FieldLeft, unit: UnitId| {
        format!("{}?linh_vuc={}&hien=con-thieu", place::appraisal(round.id, unit), field.code)
    };
    let across = |field: &FieldLeft, code: &str| {
        format!("{}/tham-dinh-theo-tieu-chi/{}/{code}", place::round(round.id), field.kind)
    };
    let rows = fields
        .iter()
        .map(|field| {
            Row::new(vec![
                html! { (field.code) ". " (field.name) },
                html! { (people::kind_name(&field.kind)) },
                html! { (field.units) },
                html! { @if field.units == 0 { span.quiet { "chưa có phiếu" } } @else if field.left == 0 { (parts::tag(Tone::Ok, "Đã xong")) } @else { strong { (field.left) } } },
                html! {
                    @if let Some(unit) = field.next { a href=(next(field, unit)) { "Theo đơn vị" span.vh { " lĩnh vực " (field.code) " " (people::kind_name(&field.kind)) } } " · " }
                    @if let Some(code) = field.first.as_ref().filter(|_| field.units > 0) { a href=(across(field, code)) { "Theo tiêu chí" span.vh { " lĩnh vực " (field.code) " " (people::kind_name(&field.kind)) } } }
                },
            ])
        })
        .collect();
    html! { (Table { caption: "Lĩnh vực bạn thẩm định", columns, rows, names: 0, ..Table::default() }) }
}

fn reopens(seen: &Overview) -> Markup {
    let columns = vec![Column::new("Đơn vị"), Column::new("Lý do"), Column::new("Gửi lúc"), Column::actions("Việc")];
    let rows = seen
        .reopens
        .iter()
        .map(|(one, unit, name)| {
            Row::new(vec![
                html! { (name) },
                html! { (one.reason) },
                html! { (day::vi_moment(one.asked)) @if let Some(by) = &one.by { ", " (by) } },
                html! { a href={ (place::card(seen.round.id, *unit)) "/mo-lai" } { "Xem và quyết định" span.vh { " " (name) } } },
            ])
        })
        .collect();
    html! { (Table { caption: "Đề nghị mở lại phiếu", columns, rows, names: 0, ..Table::default() }) }
}

fn actions(visit: &Visit, seen: &Overview) -> Markup {
    let here = place::round(seen.round.id);
    let unpublished = seen.round.status != RoundStatus::Published;
    html! {
        @if seen.administers && seen.round.status == RoundStatus::Draft {
            form method="post" action={ (here) "/mo" } { (form::token(visit)) (Button::new("Mở đợt chấm")) }
        }
        @if seen.councils && unpublished && seen.round.status == RoundStatus::Open { (Button::new("Công bố kết quả").to(&format!("{here}/cong-bo")).second()) }
        @if seen.administers && unpublished {
            (Button::new("Sửa ngày").to(&format!("{here}/ngay")).second())
            (Button::new("Người thẩm định").to(&format!("{here}/nguoi-tham-dinh")).second())
        }
        @if (seen.administers || seen.councils) && unpublished { (Button::new("Điều tra xã hội học").to(&format!("{here}/dieu-tra")).second()) }
        @if seen.round.status != RoundStatus::Draft { (Button::new("Kết quả").to(&place::results(seen.round.id)).second()) }
    }
}
