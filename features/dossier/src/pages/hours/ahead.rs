//! Before working days or hours change: which open dossiers, and which of their running steps, would be due at another moment. The same form is sent twice:
//! first it is looked at, then, with the same answers, applied.

use crate::actions::{self, Foreseen, Moved, MovedStep, Thought};
use crate::model::DossierId;
use crate::pages::place;
use crate::rules::WORKERS;
use base::Timestamp;
use hours::{ChangeId, NewChange, NewWeek, WeekId};
use maud::{Markup, html};
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Posted, Visit, form, show, to};

/// The button that applies what was looked at, and the one that goes back to the form.
const APPLY: &str = "ap_dung";
pub(super) const AGAIN: &str = "sua";
/// So many of each are listed; the rest are counted.
const MOST: usize = 200;

/// What is asked for.
pub(super) enum Deed {
    Change(NewChange),
    NoChange(ChangeId),
    Week(NewWeek),
    NoWeek(WeekId),
}

/// Looks at it, or does it where that was seen.
pub(super) async fn step(visit: &Visit, posted: &Posted, action: &str, words: &str, deed: Deed) -> Answer {
    let (site, scope) = (&visit.site, &visit.scope);
    if posted.has(APPLY) {
        let job = match deed {
            Deed::Change(new) => actions::change_hours(site, scope, new).await?,
            Deed::NoChange(id) => actions::withdraw_hours(site, scope, id).await?,
            Deed::Week(new) => actions::set_week(site, scope, new).await?,
            Deed::NoWeek(id) => actions::withdraw_week(site, scope, id).await?,
        };
        return to(format!("/viec-nen/{job}"), Some("Đã áp dụng. Hạn hồ sơ đang được tính lại."));
    }
    let thought = match deed {
        Deed::Change(new) => Thought::Change(new),
        Deed::NoChange(id) => Thought::NoChange(id),
        Deed::Week(new) => Thought::Week(new),
        Deed::NoWeek(id) => Thought::NoWeek(id),
    };
    let found = actions::foresee(&mut site.db.read().await?, scope, thought).await?;
    let mut page = Page::new("Hồ sơ sẽ đổi hạn", body(visit, posted, action, words, &found));
    page.crumbs = vec![("Lịch làm việc".into(), super::HERE.into())];
    show(page)
}

fn body(visit: &Visit, posted: &Posted, action: &str, words: &str, found: &Foreseen) -> Markup {
    let Foreseen { looked, moved, steps_looked, steps } = found;
    html! {
        p { strong { (words) } }
        @if moved.is_empty() {
            (parts::notice(Tone::Info, html! { "Không hồ sơ nào đổi hạn trả, trong " (looked) " hồ sơ đang tính hạn." }))
        } @else {
            (parts::notice(Tone::Soon, html! { strong { (moved.len()) } " trong " (looked) " hồ sơ đang tính hạn sẽ đổi hạn trả. Chưa có gì được ghi." }))
            (table(visit, moved))
            @if moved.len() > MOST { p.quiet { "Bảng nêu " (MOST) " hồ sơ có hạn sớm nhất." } }
        }
        @if steps.is_empty() {
            p { "Không bước nào đổi hạn, trong " (steps_looked) " bước đang chạy." }
        } @else {
            p { strong { (steps.len()) } " trong " (steps_looked) " bước đang chạy sẽ đổi hạn của bước: người đang giữ thấy hạn mới, người nộp không nhận thông báo về hạn của bước." }
            (steps_table(visit, steps))
            @if steps.len() > MOST { p.quiet { "Bảng nêu " (MOST) " bước có hạn sớm nhất." } }
        }
        form.filters method="post" action=(action) {
            (form::token(visit))
            @for (name, value) in posted.fields().filter(|(name, _)| *name != APPLY && *name != AGAIN) {
                input type="hidden" name=(name) value=(value);
            }
            (Button::new("Áp dụng và tính lại hạn").sends(APPLY, "1"))
            (Button::new("Quay lại").sends(AGAIN, "1").second())
        }
    }
}

fn table(visit: &Visit, moved: &[Moved]) -> Markup {
    let columns = vec![
        Column::new("Mã hồ sơ").width(30),
        Column::new("Hạn đang có").width(25),
        Column::new("Hạn sẽ là").width(25),
        Column::new("Đổi").width(20),
    ];
    let rows = moved.iter().take(MOST).map(|one| {
        let [from, to, tag] = change(one.from, one.to);
        Row::new(vec![code(visit, one.id, &one.code), from, to, tag])
    });
    html! { (Table { caption: "Hồ sơ sẽ đổi hạn", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

fn steps_table(visit: &Visit, steps: &[MovedStep]) -> Markup {
    let columns = vec![
        Column::new("Mã hồ sơ").width(22),
        Column::new("Bước đang chạy").width(30),
        Column::new("Hạn bước đang có").width(18),
        Column::new("Hạn bước sẽ là").width(18),
        Column::new("Đổi").width(12),
    ];
    let rows = steps.iter().take(MOST).map(|one| {
        let [from, to, tag] = change(one.from, one.to);
        let step = html! { (one.name) @if !one.office.is_empty() { div.quiet { (one.office) } } };
        Row::new(vec![code(visit, one.dossier, &one.code), step, from, to, tag])
    });
    html! { (Table { caption: "Bước sẽ đổi hạn", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

/// Whoever does not work on dossiers reads their codes, and is led nowhere.
fn code(visit: &Visit, id: DossierId, code: &str) -> Markup {
    html! { @if visit.scope.has_any(WORKERS) { a href=(place::dossier(id)) { (code) } } @else { (code) } }
}

fn change(from: Timestamp, to: Timestamp) -> [Markup; 3] {
    let tag = if to > from { parts::tag(Tone::Soon, "Muộn hơn") } else { parts::tag(Tone::Hot, "Sớm hơn") };
    [html! { (base::day::vi_moment(from)) }, html! { (base::day::vi_moment(to)) }, html! { (tag) }]
}
