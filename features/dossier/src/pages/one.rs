//! One dossier: where it stands, what may be done now, its papers, fees, result, reasons for its deadline, and its history.

mod coordination;
mod fees;
mod forms;
mod prints;

pub use prints::{pdf, print, receipt};

use super::{place, questions, show};
use crate::actions::{self, Loaded, Seen};
use crate::flow;
use crate::model::*;
use axum::extract::{Path, Query};
use base::{Refusal, Refusals};
use futures_util::future::try_join_all;
use maud::{Markup, html};
use people::{Failure, Role, UnitId};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use web::look::Page;
use web::look::parts::{self, Event as Line, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Posted, Visit, file_answer, show as show_page, show_again};

/// The secret of a receipt that was just made: shown once, and printed.
#[derive(Deserialize)]
pub struct Fresh {
    #[serde(default)]
    ma: String,
}

pub async fn page(visit: Visit, Path(id): Path<DossierId>, Query(fresh): Query<Fresh>) -> Answer {
    show_page(shown(&visit, id, &fresh.ma, None, &[]).await?)
}

/// The same page with what was refused, and what was typed.
pub async fn again(visit: &Visit, id: DossierId, form: &Posted, refusals: Refusals) -> Answer {
    show_again(shown(visit, id, "", Some(form), &refusals).await?, refusals)
}

async fn shown(
    visit: &Visit,
    id: DossierId,
    fresh: &str,
    typed: Option<&Posted>,
    refusals: &[Refusal],
) -> Result<Page, Failure> {
    let (site, scope) = (&visit.site, &visit.scope);
    // On the heap each, as what they ask is.
    let at = Box::pin(actions::opened(&site.db, scope, id)).await?;
    let earlier = async { actions::earlier_papers(&mut site.db.read().await?, scope, &at).await };
    let (seen, candidates) = (Box::pin(actions::seen(site, scope, &at)), Box::pin(candidates(visit, &at)));
    let (rest, candidates, earlier) = tokio::try_join!(seen, candidates, Box::pin(earlier))?;
    let seen = rest.of(at);
    let held = earlier.for_papers_of(&seen);
    let now = visit.scope.now;
    let dossier = &seen.at.dossier;
    let print = format!(
        "{}/giay-hen{}",
        place::dossier(id),
        if fresh.is_empty() { String::new() } else { format!("?ma={fresh}") }
    );
    let mut page = Page::new(
        dossier.code.clone(),
        html! {
            p { strong { (dossier.name) } " · " (dossier.owner.name) @if !dossier.owner.phone.is_empty() { " · " (dossier.owner.phone) } }
            @if !fresh.is_empty() {
                (parts::notice(Tone::Ok, html! { "Mã tra cứu của người nộp: " strong { (fresh) } ". " a href=(print) download { "In giấy hẹn" } "." }))
            }
            (way(&seen))
            (forms::now(visit, &seen, &candidates, typed, refusals))
            @if !seen.brought.awaited.is_empty() { (parts::section("Chờ từ bên ngoài", None, coordination::awaited(visit, &seen, typed, refusals))) }
            (parts::section("Thông tin", account_of_owner(&seen), facts(&seen)))
            @if let Some(told) = declared(visit, &seen) { (parts::section("Tờ khai", None, told)) }
            (parts::section("Thành phần hồ sơ", None, html! { (paper_table(&seen)) (forms::reuse(visit, &seen, &held)) }))
            @if !seen.past.fees.is_empty() { (parts::section("Phí, lệ phí", None, fees::fees(visit, &seen, typed, refusals))) }
            @if !seen.brought.results.is_empty() { (parts::section("Kết quả", None, results(visit, &seen))) }
            (parts::section("Giấy tờ in", None, prints::links(&seen)))
            (parts::details("Vì sao hạn là lúc này", html! { ol { @for line in &seen.told.why { li { (line) } } } }))
            (parts::section("Diễn biến", None, history(&seen)))
        },
    );
    page.lead = Some(html! {
        (show::state_tag(dossier.state, dossier.due, dossier.resolved, now)) " "
        @if dossier.ended.is_none() { (show::step_tag(dossier.at.due, now)) }
        @if let Some(due) = dossier.due { " Hạn trả " (show::moment(due)) }
    });
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    page.actions = Some(
        html! { (parts::copy(&dossier.code, "mã hồ sơ")) " " (parts::Button::new("In giấy hẹn").to(&print).second().file().key("alt+i")) },
    );
    Ok(page)
}

/// The way to an account for whoever has no VNeID.
fn account_of_owner(seen: &Seen) -> Option<Markup> {
    let may = seen.at.sight.counts && crate::rules::can_have_account(&seen.at.dossier.owner).is_ok();
    let href = format!("{}/tai-khoan", place::dossier(seen.at.dossier.id));
    may.then(|| html! { (parts::Button::new("Tài khoản cho chủ hồ sơ").to(&href).second()) })
}

/// The electronic form: as it was answered, and the way to type it in where it came on paper.
fn declared(visit: &Visit, seen: &Seen) -> Option<Markup> {
    let dossier = &seen.at.dossier;
    let asks = seen.at.procedure.case(&dossier.case).is_some_and(|case| case.form.is_some());
    let told = seen.attached.declared.as_ref();
    let may = asks && actions::may_declare(&visit.scope, &seen.at, told.map(|(_, declared)| declared)).is_ok();
    let href = format!("{}/to-khai", place::dossier(dossier.id));
    let words = if told.is_some() { "Sửa tờ khai" } else { "Nhập tờ khai" };
    (told.is_some() || may).then(|| {
        html! {
            @if let Some((form, declared)) = told {
                (questions::told(form, &declared.values, dossier.submitted.unwrap_or(dossier.received)))
                @for earlier in declared.earlier.iter().rev() {
                    details {
                        summary { "Trước khi người nộp sửa, " (base::day::vi_moment(earlier.until)) }
                        (questions::told(form, &earlier.values, dossier.submitted.unwrap_or(dossier.received)))
                    }
                }
            }
            @if may { p { (parts::Button::new(words).to(&href).second()) } }
        }
    })
}

/// Who could do each running step, for whoever gives work out, and each that follows a step of this person's: by its code.
async fn candidates(visit: &Visit, at: &Loaded) -> Result<BTreeMap<String, Vec<Candidate>>, Failure> {
    let mut wanted: BTreeMap<&str, &str> = BTreeMap::new();
    if visit.scope.has_any(&[Role::Head, Role::Coordinator]) {
        let gives = |step: &&Step| at.station.is_in(step.agency.unwrap_or(at.dossier.agency));
        let running = at.running().map(|(step, _)| step).filter(gives);
        wanted.extend(running.map(|step| (step.code.as_str(), step.role.as_str())));
    }
    for (_, of) in at.all_mine(&visit.scope) {
        let next = of.moves.iter().filter(|one| !one.back).flat_map(|one| &one.to);
        wanted.extend(next.map(|to| &at.process.steps[*to]).map(|step| (step.code.as_str(), step.role.as_str())));
    }
    let agency = |code: &str| {
        let running = at.running().find(|(step, _)| step.code == code);
        running.and_then(|(step, _)| step.agency).unwrap_or(at.dossier.agency)
    };
    let wanted: BTreeMap<&str, (UnitId, &str)> =
        wanted.into_iter().map(|(code, role)| (code, (agency(code), role))).collect();
    // Several steps of one role have the same candidates.
    let beside = visit.site.db.beside().await?;
    let once: BTreeSet<(UnitId, &str)> = wanted.values().copied().collect();
    let asked = once.into_iter().map(async |(agency, role)| {
        let found = actions::candidates(&mut beside.read().await?, &visit.scope, agency, role).await?;
        Ok::<_, Failure>(((agency, role), found))
    });
    let found: BTreeMap<_, _> = try_join_all(asked).await?.into_iter().collect();
    Ok(wanted.into_iter().map(|(code, of)| (code.to_owned(), found.get(&of).cloned().unwrap_or_default())).collect())
}

/// The way through the process: done, now, ahead; with the time of each.
fn way(seen: &Seen) -> Markup {
    let state = |code: &str| {
        let of = |step: &&Step| step.code == code;
        match seen.at.steps.iter().rfind(of) {
            Some(step) if step.done.is_none() => ("now", "đang làm", Some(step)),
            Some(step) => ("done", "đã xong", Some(step)),
            None => ("ahead", "chưa tới", None),
        }
    };
    // Ends beside the way (refused, stopped) are shown once a dossier stands there.
    let shows = |step: &workflow::Step| {
        let beside = matches!(step.end, Some(workflow::End::Refused | workflow::End::Stopped));
        !beside || seen.at.steps.iter().any(|done| done.code == step.code)
    };
    html! {
        ol.way aria-label="Các bước của quy trình" {
            @for step in seen.at.process.steps.iter().filter(|step| shows(step)) {
                @let (class, say, doing) = state(&step.code);
                li class=(class) aria-current=[(class == "now").then_some("step")] {
                    (step.name) span.vh { ", " (say) }
                    @if let Some(due) = doing.filter(|doing| doing.done.is_none()).and_then(|doing| doing.due) {
                        span.quiet { " hạn " (base::day::vi_moment(due)) }
                    }
                }
            }
        }
    }
}

fn facts(seen: &Seen) -> Markup {
    let dossier = &seen.at.dossier;
    let case = seen.at.procedure.case(&dossier.case);
    let owner = &dossier.owner;
    let mut pairs: Vec<(&str, Markup)> = vec![
        ("Thủ tục", html! { (dossier.procedure) " " (dossier.name) }),
        ("Trường hợp", html! { @if let Some(case) = case { (case.name) ", " (case.time.say()) } }),
        ("Chủ hồ sơ", html! { (owner.name) " (" (owner.kind.say()) ")" }),
        ("Số định danh, mã số thuế", html! { (owner.number) }),
        ("Ngày sinh", html! { (owner.born) }),
        ("Điện thoại", html! { (owner.phone) }),
        ("Thư điện tử", html! { (owner.email) }),
        ("Địa chỉ", html! { (owner.address) }),
        (
            "Người nộp thay",
            html! { (owner.submitter) @if !owner.submitter_number.is_empty() { " (" (owner.submitter_number) ")" } },
        ),
        ("Nội dung", html! { (dossier.summary) }),
        ("Kênh", html! { (dossier.channel.say()) }),
        ("Nhận lúc", html! { (show::moment(dossier.received)) }),
        ("Hẹn trả trên giấy hẹn", html! { (show::moment(dossier.promised)) }),
        ("Nhận kết quả", html! { (dossier.return_by.say()) }),
        ("Cơ quan giải quyết", html! { (seen.told.agency) }),
        (
            "Cơ quan phối hợp",
            html! { @for (agency, by) in &seen.told.others { div { (agency) ", theo kế hoạch xong trước " (show::moment(*by)) } } },
        ),
        ("Nơi tiếp nhận", html! { (seen.told.counter) ", số " (dossier.number) " trong sổ" }),
    ];
    pairs.retain(|(_, value)| !value.0.is_empty());
    parts::facts(pairs)
}

fn paper_table(seen: &Seen) -> Markup {
    let id = seen.at.dossier.id;
    let columns = vec![
        Column::new("Giấy tờ").width(40),
        Column::new("Loại bản"),
        Column::number("Số lượng"),
        Column::new("Thẩm định"),
        Column::new("Tệp"),
    ];
    let rows = seen.attached.papers.iter().map(|paper| {
        Row::new(vec![
            html! { (paper.name) @if !paper.reused_from.is_empty() { div.quiet { "Dùng lại từ hồ sơ " (paper.reused_from) } } },
            html! { (paper.copy.say()) },
            html! { (paper.number) },
            html! {
                @match paper.good {
                    Some(true) => (parts::tag(Tone::Ok, "Đạt")),
                    Some(false) => { (parts::tag(Tone::Bad, "Chưa đạt")) div.quiet { (paper.fault) } div { (paper.wanted) } }
                    None => (parts::tag(Tone::Soon, "Chưa xem")),
                }
            },
            html! { @for file in seen.attached.files.get(&paper.code).into_iter().flatten() { div { a href={ (place::dossier(id)) "/tep/" (file.id) } { (file.name) } } } },
        ])
    });
    html! { (Table { caption: "Giấy tờ đã nộp", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

fn results(visit: &Visit, seen: &Seen) -> Markup {
    let id = seen.at.dossier.id;
    html! {
        @for result in &seen.brought.results {
            div.result {
                p { strong { (result.name) } @if !result.number.is_empty() { ", số " (result.number) } @if let Some(on) = result.on { ", ngày " (base::day::vi(on)) } }
                @if let Some(signed) = result.signed { p { (parts::tag(Tone::Ok, "Đã ký")) " " (result.signer) ", " (base::day::vi_moment(signed)) } } @else { p { (parts::tag(Tone::Soon, "Dự thảo")) } }
                @for file in seen.brought.result_files.iter().filter(|file| file.about == result.id.to_string()) {
                    p { a href={ (place::dossier(id)) "/tep/" (file.id) } { (file.name) } }
                }
                (forms::drop_draft(visit, seen, result))
                (forms::issue(visit, seen, result))
            }
        }
    }
}

fn history(seen: &Seen) -> Markup {
    let lines: Vec<Line> = seen
        .past
        .events
        .iter()
        .rev()
        .map(|event| Line {
            when: base::day::vi_moment(event.at),
            who: event.who.clone(),
            what: html! { (event.what) @if !event.note.is_empty() { ": " (event.note) } },
            tone: Tone::Plain,
        })
        .collect();
    parts::timeline(&lines)
}

/// A file of a paper or a result of this dossier, for whoever sees the dossier.
pub async fn file(visit: Visit, Path((id, file)): Path<(DossierId, file::FileUseId)>) -> Answer {
    let seen = actions::papers_of(&visit.site.db, &visit.scope, id).await?;
    let mut all =
        seen.attached.files.values().flatten().chain(&seen.brought.result_files).chain(&seen.brought.answer_files);
    let one = all.find(|one| one.id == file).ok_or(Failure::NotFound)?;
    let opened = file::open(&mut visit.site.db.read().await?, &visit.site.files, one.id).await?;
    Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, true), opened.bytes))
}

/// The name of a step's role, for whoever waits for it.
fn role_of(step: &Step) -> &str {
    flow::role_name(&step.role)
}
