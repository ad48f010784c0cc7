//! What the screens of staff and of citizens both show of a procedure.

use crate::actions::Found;
use crate::diagram;
use crate::model::{Change, Entry, State};
use base::{Date, day, number};
use maud::{Markup, html};
use procedure::{Fee, Paper, Procedure};
use rulebook::{Head, Status};
use std::collections::BTreeMap;
use web::look::parts::{self, Tone};
use web::look::table::{Column, Row, Table};
use workflow::{End, Process};

pub(super) fn sample_tag() -> Markup {
    parts::tag(Tone::Soon, "MẪU")
}

pub(super) fn state_tag(state: State) -> Markup {
    let tone = match state {
        State::InForce => Tone::Ok,
        State::Coming => Tone::Info,
        State::Draft => Tone::Soon,
        State::Abolished | State::Ended => Tone::Calm,
    };
    parts::tag(tone, state.name())
}

/// The state of an edition of a process, which nothing abolishes.
pub(super) fn state_of(head: &Head, today: Date) -> State {
    match head.status {
        Status::Draft => State::Draft,
        Status::Published if head.is_in_force(today) => State::InForce,
        Status::Published if head.valid_from > today => State::Coming,
        Status::Published => State::Ended,
    }
}

/// The days of force as people count them.
pub(super) fn days(from: Date, to: Option<Date>) -> String {
    match to.and_then(|to| to.yesterday().ok()) {
        Some(last) => format!("{} – {}", day::vi(from), day::vi(last)),
        None => format!("từ {}", day::vi(from)),
    }
}

/// What is made up for the demonstration, where anything is.
pub(super) fn sample_note(one: &Procedure) -> Markup {
    html! {
        @if !one.sample.is_empty() {
            (parts::notice(Tone::Soon, html! { strong { "MẪU. " } "Phần chưa đối chiếu với quyết định công bố: " (one.sample.join("; ")) "." }))
        }
    }
}

pub(super) fn list(items: &[String]) -> Markup {
    html! {
        @if let [only] = items { (only) }
        @else if !items.is_empty() { ul { @for item in items { li { (item) } } } }
    }
}

/// Names of the agencies of a list that are there.
pub(super) fn agencies(keys: &[String], units: &BTreeMap<String, String>) -> String {
    keys.iter().filter_map(|key| units.get(key)).map(String::as_str).collect::<Vec<_>>().join("; ")
}

pub(super) fn money(fee: &Fee) -> String {
    if fee.amount.is_zero() { "Miễn".into() } else { format!("{} đồng", number::vi(&fee.amount.normalize())) }
}

/// The names of the cases that something is of; nothing where it is of all.
pub(super) fn of_cases(one: &Procedure, codes: &[String]) -> String {
    codes.iter().map(|code| one.case(code).map_or(code.as_str(), |case| &case.name)).collect::<Vec<_>>().join("; ")
}

/// "1 bản chính"
pub(super) fn copies(paper: &Paper) -> String {
    let copy = paper.copy.say();
    let mut letters = copy.chars();
    let lower = letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect());
    format!("{} {lower}", paper.number)
}

pub(super) fn changes(changes: &[Change]) -> Markup {
    let columns = vec![Column::new("Chỗ khác"), Column::new("Trước"), Column::new("Sau")];
    let row = |change: &Change| {
        let side = |text: &str| html! { @if text.is_empty() { span.quiet { "không có" } } @else { (text) } };
        Row::new(vec![html! { (change.place) }, side(&change.before), side(&change.after)])
    };
    html! {
        @if changes.is_empty() { p.quiet { "Không có khác biệt." } }
        @else { (Table { caption: "Khác biệt", columns, rows: changes.iter().map(row).collect(), names: 0, ..Table::default() }) }
    }
}

/// The steps of a process as the annex of a decision has them.
pub(super) fn steps(process: &Process, roles: &BTreeMap<String, String>) -> Markup {
    let columns = vec![
        Column::new("TT"),
        Column::new("Trình tự công việc").width(30),
        Column::new("Người thực hiện").width(20),
        Column::number("Thời gian"),
        Column::new("Kết quả").width(20),
        Column::new("Chuyển tới"),
    ];
    let row = |step: &workflow::Step| {
        let who = step.agency.as_deref().or(roles.get(&step.role).map(String::as_str)).unwrap_or(&step.role);
        Row::new(vec![
            html! { (step.code) },
            html! { (step.name) @if step.pause.is_some() { br; span.quiet { "Được tạm dừng chờ bổ sung" } } },
            html! { (who) },
            html! { (diagram::time(step.time)) },
            html! { (step.output) },
            onward(process, step),
        ])
    };
    let rows = process.steps.iter().map(row).collect();
    html! { (Table { caption: "Các bước của quy trình", columns, rows, names: 1, ..Table::default() }) }
}

fn onward(process: &Process, step: &workflow::Step) -> Markup {
    let name = |at: &usize| process.steps.get(*at).map_or("?", |step| step.code.as_str());
    html! {
        @for one in &step.moves {
            "Bước " (one.to.iter().map(name).collect::<Vec<_>>().join(" và "))
            @if let Some(case) = &one.case { " nếu " (case) }
            @if let Some(chosen) = &one.chosen { " nếu chọn " (chosen) }
            @if one.back { span.quiet { " (trả lại)" } }
            br;
        }
        @if let Some(end) = step.end { "Kết thúc: " (said(end)) }
    }
}

fn said(end: End) -> &'static str {
    end.say()
}

/// Steps, and the picture of them.
pub(super) fn process(process: &Process, roles: &BTreeMap<String, String>, id: &str) -> Markup {
    html! {
        (steps(process, roles))
        (parts::details("Sơ đồ quy trình", diagram::svg(process, roles, id)))
    }
}

/// The units that receive or resolve, of several entries, for a filter: key and name.
pub(super) fn agency_choices(entries: &[Entry], units: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for key in entries.iter().flat_map(|entry| entry.receives.iter().chain(&entry.resolves)) {
        if !found.iter().any(|(known, _)| known == key) {
            found.push((key.clone(), units.get(key).cloned().unwrap_or_else(|| people::kind_name(key).to_owned())));
        }
    }
    found.sort_by_cached_key(|one| base::text::sort_key(&one.1));
    found
}

/// Whether a process of a procedure is there at all, by the cases that name it.
pub(super) fn processes_of(found: &Found) -> Vec<(&str, Vec<&str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for case in &found.one.cases {
        match all.iter_mut().find(|(code, _)| *code == case.process) {
            Some((_, cases)) => cases.push(&case.name),
            None => all.push((&case.process, vec![&case.name])),
        }
    }
    all
}
