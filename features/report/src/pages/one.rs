//! One report: its figures, its text, what does not agree, and what may be done with it.

use super::list::{crumbs, state};
use super::{attached, books, checks, deeds, drawer, place, table, words};
use crate::actions;
use crate::model::*;
use crate::rules;
use crate::view::View;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use base::Refusal;
use maud::{Markup, html};
use people::{Failure, Role};
use serde::Deserialize;
use web::look::Page;
use web::look::grid;
use web::look::parts::{self, Tab, Tone};
use web::{Answer, Posted, Visit, fragment, show};

/// What the page shows, kept in its address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    /// 'loi-van', 'dinh-kem', 'kiem-tra', or a form's code; none: the first form.
    pub phan: Option<String>,
    /// The row whose drawer is open.
    pub mo: Option<String>,
    /// 'het': rows that are not asked of the unit too.
    pub hien: Option<String>,
}

impl Shown {
    pub fn is_whole(&self) -> bool {
        self.hien.as_deref() == Some("het")
    }

    /// One part of the page.
    pub fn of(part: &str) -> Shown {
        Shown { phan: Some(part.to_owned()), ..Shown::default() }
    }
}

/// What was typed, where, and why it was not taken.
#[derive(Default)]
pub struct Again {
    pub posted: Posted,
    pub refusals: Vec<Refusal>,
    /// The cell or section that it is about.
    pub spot: Option<Spot>,
    /// Of a cell: why, or what somebody else wrote and what was typed.
    pub say: String,
    pub conflict: Option<(String, String)>,
}

pub const WORDS: &str = "loi-van";
pub const CHECKS: &str = "kiem-tra";
pub const FILES: &str = "dinh-kem";

/// Which part of the page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Form(usize),
    Words,
    Files,
    Checks,
}

pub fn part(view: &View, shown: &Shown) -> Part {
    match shown.phan.as_deref() {
        Some(WORDS) => Part::Words,
        Some(CHECKS) => Part::Checks,
        Some(FILES) => Part::Files,
        Some(code) => view.ready().form(code).map_or(Part::Words, Part::Form),
        None if view.ready().forms.is_empty() => Part::Words,
        None => Part::Form(0),
    }
}

pub async fn page(visit: Visit, Path(id): Path<ReportId>, Query(shown): Query<Shown>, headers: HeaderMap) -> Answer {
    let mut view = actions::seen(&visit.site, &visit.scope, id).await?;
    if shown.mo.is_some() && oversees(&visit, &view) {
        view.open_parts(&mut visit.site.db.read().await?).await?;
    }
    let only_drawer =
        headers.get("hx-target").is_some_and(|target| target.to_str().is_ok_and(|to| to.ends_with("#ngan")));
    if let (true, Part::Form(form), Some(row)) = (only_drawer, part(&view, &shown), &shown.mo) {
        let inside = drawer::drawer(&visit, &view, (form, row), &Again::default()).ok_or(Failure::NotFound)?;
        return fragment(StatusCode::OK, inside);
    }
    show(whole(&visit, &view, &shown, &Again::default()))
}

/// Whether the person sees what the parts of the collector's own have.
pub fn oversees(visit: &Visit, view: &View) -> bool {
    view.held.report.gathers() && visit.scope.is_of(view.held.round.collector) && visit.scope.has_any(rules::SEERS)
}

/// Whether the person may open the records behind a figure that the system counted: people of the agency with its statistics.
pub fn opens_records(visit: &Visit, view: &View) -> bool {
    const READERS: &[Role] = &[Role::Head, Role::Coordinator, Role::Registrar, Role::Clerk];
    visit.scope.station.agency == Some(view.held.report.unit) && visit.scope.has_any(READERS)
}

/// The address of a part of a report.
pub fn address(id: ReportId, part: &str, row: &str) -> String {
    let pairs: Vec<(&str, &str)> =
        [("phan", part), ("mo", row)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
    web::address::with(&place::report(id), &pairs)
}

pub fn whole(visit: &Visit, view: &View, shown: &Shown, again: &Again) -> Page {
    let Held { round, report, ready, .. } = &view.held;
    let part = part(view, shown);
    let mut page = Page::new(
        format!("{}: {}", ready.titled(round.period), report.unit_name),
        html! {
            (bar(visit, view))
            (tabs(view, part))
            @match part {
                Part::Form(form) => { (table::table(visit, view, form, shown, again)) (table::pasting(visit, view, form, shown, again)) (books::panel(visit, view, again)) },
                Part::Words => { (words::sections(visit, view, again)) },
                Part::Files => { (attached::panel(visit, view, again)) },
                Part::Checks => { (checks::page(visit, view, again)) },
            }
            (deeds::panel(visit, view, shown.phan.as_deref().unwrap_or_default(), again))
        },
    );
    page.lead = Some(lead(visit, view));
    page.crumbs = crumbs();
    if visit.scope.is_of(round.collector) {
        page.crumbs.push((format!("Kỳ {}", round.period.say()), place::round(round.id)));
    }
    page.actions = Some(html! {
        (parts::link_button("In PDF", &format!("{}/in", place::report(report.id)))) " "
        (parts::link_button("Tải DOCX", &format!("{}/in?dang=docx", place::report(report.id))))
        @if report.gathers() && report.state.is_told() && report.issued.is_some() {
            " " (parts::link_button("Tải edXML", &format!("{}/in?dang=edxml", place::report(report.id))))
        }
    });
    page.keys = grid::SCORE_KEYS.to_vec();
    page.wide = true;
    page
}

fn lead(visit: &Visit, view: &View) -> Markup {
    let Held { round, report, .. } = &view.held;
    html! {
        (state(report, visit.scope.now))
        " Chốt số liệu " (base::day::vi(round.closed)) ", hạn gửi " (base::day::vi_moment(report.due)) ". "
        @if !report.number.is_empty() {
            "Số " (report.number) @if let Some(day) = report.issued { " ngày " (base::day::vi(day)) } ". "
        }
        @if round.sample { (parts::tag(Tone::Soon, "Chế độ và số liệu mẫu")) }
    }
}

fn tabs(view: &View, now: Part) -> Markup {
    let id = view.held.report.id;
    let ready = view.ready();
    let forms =
        ready.forms.iter().enumerate().map(|(at, form)| (Part::Form(at), form.name.as_str(), form.code.as_str()));
    let words = (!ready.sections.is_empty()).then_some((Part::Words, "Lời văn", WORDS));
    let all: Vec<(Part, &str, String, Option<u64>)> = forms
        .chain(words)
        .chain([(Part::Files, "Đính kèm", FILES), (Part::Checks, "Kiểm tra", CHECKS)])
        .map(|(part, label, code)| {
            let count = match part {
                Part::Checks => Some(view.wrong.len() as u64),
                Part::Files => Some(view.files.len() as u64),
                _ => None,
            };
            (part, label, address(id, code, ""), count)
        })
        .collect();
    let tabs: Vec<Tab> = all
        .iter()
        .map(|(part, label, href, count)| Tab { label, href, count: *count, current: *part == now })
        .collect();
    parts::tabs("Phần của báo cáo", &tabs)
}

/// The way to the first place that came back.
fn first_returned(view: &View) -> String {
    let id = view.held.report.id;
    let spot = rules::unanswered(&view.notes).next().and_then(|note| Spot::of(&note.spot));
    match spot {
        Some(Spot::Section(code)) => format!("{}#m-{code}", address(id, WORDS, "")),
        Some(cell @ Spot::Cell(..)) => match table::row_of(view, &cell) {
            Some((form, row)) => format!("{}#r-{row}", address(id, &form, "")),
            None => place::report(id),
        },
        _ => format!("{}#dien-bien", place::report(id)),
    }
}

/// The strip with how far it is; a part of the answer to each save.
pub fn bar(visit: &Visit, view: &View) -> Markup {
    let report = &view.held.report;
    let count = |severity: indicator::Severity| {
        view.wrong.iter().filter(|one| one.severity == severity && one.explained.is_empty()).count()
    };
    let (blocks, explain) = (count(indicator::Severity::Blocks), count(indicator::Severity::Explain));
    let returned = rules::unanswered(&view.notes).count();
    let problems = html! {
        @if blocks > 0 { (parts::tag(Tone::Bad, &format!("{blocks} chỗ phải sửa"))) }
        @if explain > 0 { (parts::tag(Tone::Soon, &format!("{explain} chỗ phải giải trình"))) }
        @if returned > 0 { a href=(first_returned(view)) { (parts::tag(Tone::Bad, &format!("{returned} chỗ bị trả lại"))) } }
    };
    let (filled, asked) = (report.filled.unsigned_abs(), report.asked.unsigned_abs());
    grid::bar(&parts::progress("Đã nhập", filled, asked), &problems, &html! {}, &deeds::first(visit, view))
}
