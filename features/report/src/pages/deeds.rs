//! What may be done with a report: from hand to hand, added up, printed.

use super::one::{self, Again, Shown, address, whole};
use super::place;
use super::{drawer, give};
use crate::actions;
use crate::model::*;
use crate::rules;
use crate::view::View;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use base::Refusal;
use maud::{Markup, html};
use people::Failure;
use serde::Deserialize;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Event, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Format, Posted, Visit, download, form, show_again, to, with_status};

/// The next deed, in the strip that stays in sight.
pub fn first(visit: &Visit, view: &View) -> Markup {
    let (here, held) = (place::report(view.held.report.id), &view.held);
    let button = |verb: &str, what: &Markup| {
        html! {
            form method="post" action={ (here) "/" (verb) } {
                (form::token(visit))
                input type="hidden" name="version" value=(held.report.version);
                (what)
            }
        }
    };
    let marked = rules::unanswered(&view.notes).count();
    let blank = held.report.asked - held.report.filled;
    let approve = if held.report.gathers() { "Duyệt báo cáo" } else { "Duyệt và gửi" };
    html! {
        @if rules::may_fill(held).is_ok() {
            (button("trinh", &html! {
                @if blank > 0 { label { input type="checkbox" name="con_trong" value="1"; " Trình cả khi còn " (blank) " ô trống " } }
                (Button::new("Trình lãnh đạo duyệt"))
            }))
        }
        @if rules::may_fill(held).is_ok() && actions::counts_any(held) {
            form method="post" action={ (here) "/dem" } { (form::token(visit)) (Button::new("Lấy số từ hệ thống").second()) }
        }
        // What was marked is what is to be given back: approving it all the same is the second choice.
        @if rules::may_return(held).is_ok() && marked > 0 {
            (button("tra-lai", &html! { (Button::new(&format!("Trả lại ({marked} chỗ)"))) }))
        }
        @if rules::may_approve(held).is_ok() {
            (button("duyet", &html! { @if marked > 0 { (Button::new(approve).second()) } @else { (Button::new(approve)) } }))
        }
        @if rules::may_accept(held).is_ok() {
            (button("nhan", &html! { @if marked > 0 { (Button::new("Nhận báo cáo").second()) } @else { (Button::new("Nhận báo cáo")) } }))
        }
        @if rules::may_withdraw(held).is_ok() { (button("rut", &html! { (Button::new("Rút lại để sửa").second()) })) }
    }
}

/// Everything else that may be done, and what was done.
pub fn panel(visit: &Visit, view: &View, shown: &str, again: &Again) -> Markup {
    let held = &view.held;
    html! {
        @if one::oversees(visit, view) { (parts_of(visit, view, again)) }
        @if rules::may_return(held).is_ok() { (reasoned(visit, view, again, "tra-lai", "Trả lại", "Lý do chung; để trống nếu đã ghi lý do ở từng ô")) }
        @if rules::may_reopen(held).is_ok() { (reasoned(visit, view, again, "mo-lai", "Mở lại để sửa, gửi lần nữa", "Lý do")) }
        @if held.report.gathers() && held.report.state.is_told() && (held.seat.fills || held.seat.heads) && !actions::is_told_outside(view) { (numbering(visit, view, again)) }
        (outside(visit, view, again))
        (history(visit, view, shown, again))
    }
}

/// What the reporting system outside was told, and how that stands.
fn outside(visit: &Visit, view: &View, again: &Again) -> Markup {
    let held = &view.held;
    let may = held.report.gathers() && held.report.state.is_told() && (held.seat.fills || held.seat.heads);
    let may = may && visit.site.settings.reporting && !held.report.number.is_empty() && !actions::is_told_outside(view);
    html! {
        @if may || !view.told.is_empty() {
            (parts::section("Gửi hệ thống báo cáo cấp trên", None, html! {
                @if !view.told.is_empty() { (messages(&view.told)) }
                @if may {
                    form.form method="post" action={ (place::report(held.report.id)) "/gui" } {
                        (head(visit, view, again))
                        (Button::new("Gửi sang hệ thống báo cáo").second())
                    }
                }
            }))
        }
    }
}

fn messages(told: &[link::Message]) -> Table<'_> {
    let tone = |state: link::State| match state {
        link::State::Sent => Tone::Ok,
        link::State::Waiting => Tone::Info,
        link::State::Refused | link::State::GivenUp => Tone::Bad,
    };
    let columns = vec![
        Column::new("Gói tin").width(25),
        Column::new("Trạng thái").width(25),
        Column::new("Lúc gửi").width(20),
        Column::new("Trả lời").width(30),
    ];
    let rows = told.iter().map(|message| {
        let kind = if message.kind == "figures" { "Số liệu báo cáo" } else { "Lời văn báo cáo" };
        let is_taken = message.state == link::State::Sent;
        let answer = if is_taken { "Đã tiếp nhận" } else { message.problem.as_deref().unwrap_or_default() };
        Row::new(vec![
            html! { (kind) },
            parts::tag(tone(message.state), message.state.say()),
            html! { (base::day::vi_moment(message.ended.unwrap_or(message.put))) },
            html! { (answer) },
        ])
    });
    Table { caption: "Gói tin đã gửi", columns, rows: rows.collect(), names: 0, ..Table::default() }
}

fn head(visit: &Visit, view: &View, again: &Again) -> Markup {
    html! { (form::token(visit)) (form::version(Some(&again.posted).filter(|posted| posted.has("version")), &again.refusals, view.held.report.version)) }
}

fn reasoned(visit: &Visit, view: &View, again: &Again, verb: &str, say: &str, label: &str) -> Markup {
    let is_again = again.posted.get("viec") == verb;
    let typed = if is_again { again.posted.get("ly_do") } else { "" };
    let refusals = if is_again { again.refusals.as_slice() } else { &[] };
    let inside = html! {
        form.form method="post" action={ (place::report(view.held.report.id)) "/" (verb) } {
            (head(visit, view, again))
            input type="hidden" name="viec" value=(verb);
            (fields::textarea(Field::new("ly_do", label).id(format!("ly-do-{verb}")).value(typed).rows(2).refused(refusals)))
            (Button::new(say).second())
        }
    };
    parts::details_open(say, is_again, inside)
}

fn numbering(visit: &Visit, view: &View, again: &Again) -> Markup {
    let report = &view.held.report;
    let day = report.issued.map(base::day::vi).unwrap_or_default();
    let (number, day) = if again.posted.has("so_vb") {
        (again.posted.get("so_vb").to_owned(), again.posted.get("ngay").to_owned())
    } else {
        (report.number.clone(), day)
    };
    let inside = html! {
        form.form method="post" action={ (place::report(report.id)) "/so-van-ban" } {
            (head(visit, view, again))
            (fields::text(Field::new("so_vb", "Số, ký hiệu văn bản").hint("Ví dụ 312/BC-SCT").value(&number).width(16).refused(&again.refusals)))
            (fields::date(Field::new("ngay", "Ngày văn bản").value(&day).refused(&again.refusals)))
            (Button::new("Lưu số văn bản").second())
        }
    };
    parts::details_open("Số và ngày văn bản", again.posted.has("so_vb") || report.number.is_empty(), inside)
}

/// Those that the collector's own adds up.
fn parts_of(visit: &Visit, view: &View, again: &Again) -> Markup {
    let now = visit.scope.now;
    let columns = vec![
        Column::new("Đơn vị").width(40),
        Column::new("Trạng thái").width(30),
        Column::number("Số liệu"),
        Column::actions("Việc"),
    ];
    let rows = view.parts.iter().map(|part| {
        Row::new(vec![
            html! { a href=(place::report(part.id)) { (part.unit_name) } },
            super::list::state(part, now),
            html! { (super::list::done(part)) },
            html! { @if part.state.is_open() { a href=(give::place_of(part.id)) { "Phân công" span.vh { " " (part.unit_name) } } } },
        ])
    });
    let table =
        Table { caption: "Báo cáo thành phần", columns, rows: rows.collect(), names: 0, ..Table::default() };
    let may = rules::may_fill(&view.held).is_ok();
    html! {
        (parts::section("Báo cáo thành phần", None, html! {
            (table)
            @if may {
                form.form method="post" action={ (place::report(view.held.report.id)) "/ghep" } {
                    (head(visit, view, again))
                    (fields::tick(Field::new("con_thieu", "Ghép cả khi còn đơn vị chưa gửi; số còn thiếu để trống").refused(&again.refusals), again.posted.has("con_thieu")))
                    (Button::new("Ghép báo cáo").second())
                }
                p.quiet { "Ghép lại thì số liệu của báo cáo này thay bằng tổng các báo cáo đã gửi; lời văn chỉ điền vào mục còn trống." }
            }
        }))
    }
}

fn history(visit: &Visit, view: &View, shown: &str, again: &Again) -> Markup {
    let sent = view.versions.iter().map(|one| {
        (
            one.at,
            one.who.clone(),
            html! { "Gửi lần " (one.number) @if !one.why.is_empty() { ", sau khi mở lại: " (one.why) } },
            Tone::Ok,
        )
    });
    let said = view.said(&Spot::Whole).map(|note| {
        let tone = if note.kind == NoteKind::Returned { Tone::Bad } else { Tone::Plain };
        (note.at, note.who.clone(), html! { (note.kind.say()) ": " (note.body) }, tone)
    });
    let mut all: Vec<_> = sent.chain(said).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.0));
    let events: Vec<Event> = all
        .into_iter()
        .map(|(at, who, what, tone)| Event { when: base::day::vi_moment(at), who, what, tone })
        .collect();
    html! {
        div #dien-bien {} (parts::section("Diễn biến", None, html! {
            @if !events.is_empty() { (parts::timeline(&events)) }
            (drawer::saying(visit, view, &Spot::Whole, (shown, ""), again))
        }))
    }
}

/// Onward to the report, or the same page again with what was typed and why not.
async fn settle(visit: &Visit, id: ReportId, done: Result<(), Failure>, said: &str, posted: Posted) -> Answer {
    let failure = match done {
        // Done with a row, its drawer is closed: on a telephone it lies over everything else.
        Ok(()) => return to(anchored(address(id, posted.get("phan"), ""), posted.get("mo")), Some(said)),
        Err(failure) => failure,
    };
    let (status, refusals): (StatusCode, Vec<Refusal>) = match failure {
        Failure::Refused(refusals) => (StatusCode::UNPROCESSABLE_ENTITY, refusals),
        Failure::Conflict { .. } => (StatusCode::CONFLICT, vec![form::stale("Báo cáo")]),
        other => return Err(other.into()),
    };
    let view = actions::seen(&visit.site, &visit.scope, id).await?;
    let named = |name: &str| posted.text(name);
    let shown = Shown { phan: named("phan"), mo: named("mo"), hien: None };
    let again = Again { posted, refusals: refusals.clone(), ..Again::default() };
    with_status(show_again(whole(visit, &view, &shown, &again), refusals), status)
}

fn anchored(address: String, row: &str) -> String {
    if row.is_empty() { address } else { format!("{address}#r-{row}") }
}

type At = Path<ReportId>;

pub async fn ask(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let with_blanks = posted.has("con_trong");
    let done = actions::ask(&visit.site, &visit.scope, id, posted.hidden("version")?, with_blanks).await;
    settle(&visit, id, done, "Đã trình lãnh đạo duyệt.", posted).await
}

pub async fn withdraw(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let done = actions::withdraw(&visit.site, &visit.scope, id, posted.hidden("version")?).await;
    settle(&visit, id, done, "Đã rút lại báo cáo để sửa.", posted).await
}

pub async fn approve(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let done = actions::approve(&visit.site, &visit.scope, id, posted.hidden("version")?).await;
    settle(&visit, id, done, "Đã duyệt báo cáo.", posted).await
}

pub async fn give_back(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let why = posted.get("ly_do").to_owned();
    let done = actions::give_back(&visit.site, &visit.scope, id, posted.hidden("version")?, &why).await;
    settle(&visit, id, done, "Đã trả lại báo cáo.", posted).await
}

pub async fn accept(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let done = actions::accept(&visit.site, &visit.scope, id, posted.hidden("version")?).await;
    settle(&visit, id, done, "Đã nhận báo cáo.", posted).await
}

pub async fn reopen(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let why = posted.get("ly_do").to_owned();
    let done = actions::reopen(&visit.site, &visit.scope, id, posted.hidden("version")?, &why).await;
    settle(&visit, id, done, "Đã mở lại báo cáo.", posted).await
}

pub async fn gather(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let all = posted.has("con_thieu");
    let done = actions::gather(&visit.site, &visit.scope, id, posted.hidden("version")?, all).await;
    settle(&visit, id, done, "Đã ghép báo cáo.", posted).await
}

pub async fn count(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let done = actions::count(&visit.site, &visit.scope, id).await;
    let said = done.as_ref().map(|count| format!("Đã lấy {count} số từ hệ thống.")).unwrap_or_default();
    settle(&visit, id, done.map(drop), &said, posted).await
}

pub async fn tell(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let done = actions::tell_outside(&visit.site, &visit.scope, id, posted.hidden("version")?).await;
    let said = done.as_ref().map(|count| format!("Đã chuyển {count} gói tin vào hàng chờ gửi.")).unwrap_or_default();
    settle(&visit, id, done.map(drop), &said, posted).await
}

pub async fn issue(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let mut refusals = Vec::new();
    let day = form::day(&posted, "ngay", visit.scope.today(), &mut refusals);
    let done = if refusals.is_empty() {
        let letter = (posted.get("so_vb"), day);
        let done = actions::issue(&visit.site, &visit.scope, id, posted.hidden("version")?, letter).await;
        done.map_err(|failure| form::at_field(failure, "so", "so_vb"))
    } else {
        Err(Failure::Refused(refusals))
    };
    settle(&visit, id, done, "Đã lưu số văn bản.", posted).await
}

pub async fn note(visit: Visit, Path(id): At, posted: Posted) -> Answer {
    let spot = Spot::of(posted.get("cho")).ok_or(Failure::NotFound)?;
    let kind = NoteKind::of(posted.get("loai")).ok_or(Failure::NotFound)?;
    let done = actions::note(&visit.site, &visit.scope, id, &spot, (kind, posted.get("noi_dung"))).await;
    settle(&visit, id, done, "Đã ghi.", posted).await
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub dang: Option<String>,
}

/// The report as a letter with its tables: the one that was issued, where there is one.
pub async fn print(visit: Visit, Path(id): At, Query(asked): Query<Asked>) -> Answer {
    let view = actions::seen(&visit.site, &visit.scope, id).await?;
    if asked.dang.as_deref() == Some("edxml") {
        return download(actions::exchanged(&visit.site, &visit.scope, &view).await?);
    }
    let format = Format::of(asked.dang.as_deref());
    download(actions::printed(&visit.site, &visit.scope, &view, format).await?)
}
