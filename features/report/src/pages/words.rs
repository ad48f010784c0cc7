//! The outline: its sections, each saved when it is left.

use super::one::{Again, WORDS};
use super::{drawer, place};
use crate::model::*;
use crate::regime::Section;
use crate::rules;
use crate::view::View;
use maud::{Markup, html};
use web::Visit;
use web::look::fields::{self, Field};
use web::look::parts;

pub fn sections(visit: &Visit, view: &View, again: &Again) -> Markup {
    html! {
        @for section in &view.ready().sections { (one(visit, view, section, again)) }
    }
}

/// One section: a piece of its own, drawn anew by a save.
pub fn one(visit: &Visit, view: &View, section: &Section, again: &Again) -> Markup {
    let spot = Spot::Section(section.code.clone());
    let body = view.section(&section.code);
    let kept = view.words.get(&section.code).map_or("", String::as_str);
    let typed = again.spot.as_ref() == Some(&spot);
    let value = if typed { again.posted.get("so") } else { &body };
    let refusals = if typed { again.refusals.as_slice() } else { &[] };
    html! {
        section id={ "m-" (section.code) } {
            h2 { (section.heading) }
            @if rules::may_fill(&view.held).is_ok() {
                form.form.c method="post" action={ (place::report(view.held.report.id)) "/muc/" (section.code) } data-cell autocomplete="off" {
                    input type="hidden" name="csrf" value=(visit.csrf());
                    input type="hidden" name="version" value=(kept);
                    input type="hidden" name="key" value=(visit.key());
                    (fields::textarea(Field::new("so", &section.heading).id(format!("so-{}", section.code)).hint(&section.guide).label_hidden().value(value).rows(6).refused(refusals)))
                    @if let (true, Some((theirs, mine))) = (typed, &again.conflict) {
                        div.say {
                            "Người khác vừa sửa mục này thành: " strong { (theirs) }
                            span.say-do {
                                button.btn.btn-2 type="submit" name="keep" value="mine" { "Giữ bản của tôi" }
                                button.btn.btn-2 type="submit" name="keep" value="theirs" { "Lấy bản kia" }
                            }
                            span.vh { (mine) }
                        }
                    }
                    button.btn.btn-2 type="submit" { "Lưu mục này" }
                }
            } @else {
                @for line in body.lines() { p { (line) } }
            }
            @if kept.is_empty() && !body.is_empty() { p.quiet { "Lời mẫu của đề cương với số liệu hiện có; sửa rồi lưu thì giữ nguyên văn." } }
            (drawer::said(view, &spot))
            (parts::details("Trao đổi về mục này", drawer::saying(visit, view, &spot, (WORDS, ""), again)))
        }
    }
}
