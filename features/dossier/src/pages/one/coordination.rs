//! What is awaited from outside, as a dossier's page shows it.

use crate::actions::Seen;
use crate::model::*;
use crate::pages::{coordination, place};
use base::Refusal;
use maud::{Markup, html};
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::{Posted, Visit, form};
use workflow::Wait;

/// The ways to what may be awaited now.
pub fn ways(seen: &Seen) -> Markup {
    let link = |why: Wait, say: &str| html! { p { (parts::link_button(say, &coordination::asking(seen.at.dossier.id, why))) } };
    html! {
        @if !seen.at.dossier.awaits() {
            (link(Wait::Agency, "Lấy ý kiến cơ quan khác"))
            @if seen.at.stands_for(Wait::Duty) { (link(Wait::Duty, "Chờ thực hiện nghĩa vụ tài chính")) }
        }
    }
}

/// Why the clock stands, where no supplement is awaited.
pub fn stands(seen: &Seen) -> Markup {
    html! {
        @for one in seen.brought.awaited.iter().filter(|one| one.stands && one.answered.is_none()) {
            (parts::notice(Tone::Calm, html! {
                "Tạm dừng từ " (base::day::vi_moment(one.at)) ", chờ " (one.why.say()) " (" (one.whom) ") đến hết ngày " (base::day::vi(one.until)) "."
            }))
        }
    }
}

/// Everything that was and is awaited, with the form for an answer where this person may write it.
pub fn awaited(visit: &Visit, seen: &Seen, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    html! { @for one in &seen.brought.awaited { div.result { (told(visit, seen, one)) (answer(visit, seen, one, typed, refusals)) } } }
}

fn told(visit: &Visit, seen: &Seen, one: &Awaited) -> Markup {
    let late = one.answered.is_none() && one.until < visit.scope.today();
    let id = seen.at.dossier.id;
    html! {
        p {
            strong { (one.whom) } ": " (one.said) " "
            @match one.answered {
                Some(_) => (parts::tag(Tone::Ok, "Đã trả lời")),
                None if late => (parts::tag(Tone::Bad, "Quá ngày trả lời")),
                None => (parts::tag(Tone::Soon, "Đang chờ")),
            }
            @if one.stands { " " (parts::tag(Tone::Calm, "Dừng tính thời hạn")) }
        }
        p.quiet { "Hỏi lúc " (base::day::vi_moment(one.at)) ", chờ đến hết ngày " (base::day::vi(one.until)) "." }
        @if let Some(at) = one.answered {
            p { @if one.answer.is_empty() { "Không trả lời trong hạn." } @else { (one.answer) } }
            p.quiet { (base::day::vi_moment(at)) @if !one.answered_by.is_empty() { ", " (one.answered_by) } }
            @for file in seen.brought.answer_files.iter().filter(|file| file.about == one.id.to_string()) {
                p { a href={ (place::dossier(id)) "/tep/" (file.id) } { (file.name) } }
            }
        }
    }
}

fn answer(visit: &Visit, seen: &Seen, one: &Awaited, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    if !crate::actions::may_answer(&visit.scope, &seen.at, one) {
        return html! {};
    }
    let mine = typed.filter(|form| form.get("viec_cho") == one.id.to_string());
    let said = mine.map_or("", |form| form.get("tra_loi"));
    let refusals = if mine.is_some() { refusals } else { &[] };
    let (label, button) = match one.why {
        Wait::Agency => ("Ý kiến trả lời", "Ghi ý kiến trả lời"),
        Wait::Duty | Wait::Supplement => ("Chứng từ: số, ngày, số tiền", "Đã thực hiện nghĩa vụ"),
    };
    let limits = visit.site.files.limits();
    html! {
        form.form method="post" action={ (place::dossier(seen.at.dossier.id)) "/tra-loi" } enctype="multipart/form-data" data-guard {
            (form::token(visit))
            input type="hidden" name="version" value=(seen.at.dossier.version);
            input type="hidden" name="viec_cho" value=(one.id);
            (fields::textarea(Field::new("tra_loi", label).id(format!("tra-loi-{}", one.id)).value(said).rows(2).refused(refusals)))
            (fields::file_within(Field::new("tep_tra_loi", "Văn bản trả lời").id(format!("tep-tra-loi-{}", one.id)).optional().refused(refusals), limits, true))
            (Button::new(button).second())
        }
    }
}
