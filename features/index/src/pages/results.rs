//! What a round has come to: ranking, a unit's profile, heat map, losses, what-if, robustness (`ux.md` 8.12).

mod files;
mod heat;
mod losses;
mod profile;
mod ranking;
mod robust;
mod scenario;
mod words;

use crate::board::Board;
use crate::model::RoundId;
use crate::pages::place;
use crate::pages::rounds::crumbs;
use crate::rules::Sight;
use maud::{Markup, html};
use web::look::Page;
use web::look::parts::{self, Tab, Tone};
use web::{Routes, Who};

pub fn routes() -> Routes {
    Routes::new()
        .get("/chi-so/dot/{round}/ket-qua", Who::SignedIn, ranking::page)
        .post("/chi-so/dot/{round}/ket-qua/xuat-toan-bo", Who::SignedIn, files::ask_all)
        .get("/chi-so/dot/{round}/ket-qua/ban-do-nhiet", Who::SignedIn, heat::page)
        .get("/chi-so/dot/{round}/ket-qua/mat-diem", Who::SignedIn, losses::page)
        .get("/chi-so/dot/{round}/ket-qua/do-vung", Who::SignedIn, robust::page)
        .get("/chi-so/dot/{round}/ket-qua/don-vi/{unit}", Who::SignedIn, profile::page)
        .get("/chi-so/dot/{round}/ket-qua/don-vi/{unit}/tai", Who::SignedIn, files::profile)
        .get("/chi-so/dot/{round}/ket-qua/neu-thi/{unit}", Who::SignedIn, scenario::page)
        .get("/chi-so/dot/{round}/phieu/{unit}/tai", Who::SignedIn, files::card)
}

/// The views of one round's results, as tabs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Ranking,
    Heat,
    Losses,
    Robust,
}

impl Which {
    fn path(self) -> &'static str {
        match self {
            Which::Ranking => "",
            Which::Heat => "/ban-do-nhiet",
            Which::Losses => "/mat-diem",
            Which::Robust => "/do-vung",
        }
    }
}

/// The address of a view for a kind of unit.
fn at(round: RoundId, which: Which, kind: &str) -> String {
    format!("{}{}?loai={kind}", place::results(round), which.path())
}

/// Crumbs, standing and title of a page of results.
fn page(board: &Board, title: impl Into<String>, body: Markup) -> Page {
    let mut page = Page::new(title, body);
    page.crumbs = crumbs(&board.round);
    page.lead = Some(lead(board));
    page
}

fn lead(board: &Board) -> Markup {
    let round = &board.round;
    html! {
        @match (&round.decision, round.decided_on) {
            (Some(decision), Some(day)) if board.is_published() => {
                (parts::tag(Tone::Ok, "Đã công bố")) " theo Quyết định " (decision) " ngày " (base::day::vi(day)) ". "
            }
            _ => { (parts::tag(Tone::Soon, "Tạm tính")) " Chưa công bố, điểm còn thay đổi. " }
        }
        @if let Sight::Own(_) = board.sight { "Trước khi công bố, bạn chỉ xem đơn vị mình và trung vị. " }
        @if round.sample { (parts::tag(Tone::Soon, "MẪU")) " Bộ tiêu chí và số liệu không có thật." }
    }
}

/// Tabs over the views, and over the kinds of unit below them.
fn tabs(board: &Board, which: Which, kind: &str) -> Markup {
    let round = board.round.id;
    let views = [
        (Which::Ranking, "Xếp hạng"),
        (Which::Heat, "Bản đồ nhiệt"),
        (Which::Losses, "Mất điểm"),
        (Which::Robust, "Độ vững"),
    ];
    let hrefs: Vec<String> = views.iter().map(|(view, _)| at(round, *view, kind)).collect();
    let view_tabs: Vec<Tab> = views
        .iter()
        .zip(&hrefs)
        .filter(|_| board.sight == Sight::Whole)
        .map(|((view, label), href)| Tab { label, href, count: None, current: *view == which })
        .collect();
    let kinds = board.kinds();
    let hrefs: Vec<String> = kinds.iter().map(|kind| at(round, which, kind)).collect();
    let kind_tabs: Vec<Tab> = kinds
        .iter()
        .zip(&hrefs)
        .map(|(one, href)| Tab {
            label: people::kind_name(one),
            href,
            count: Some(board.of(one).len() as u64),
            current: *one == kind,
        })
        .collect();
    html! {
        @if !view_tabs.is_empty() { (parts::tabs("Các cách xem kết quả", &view_tabs)) }
        @if kind_tabs.len() > 1 { (parts::tabs("Loại đơn vị", &kind_tabs)) }
    }
}

/// What a page says while there is nothing.
fn nothing() -> Markup {
    parts::empty("Chưa có kết quả.", "Kết quả hiện ở đây khi các đơn vị bắt đầu chấm điểm.", None)
}
