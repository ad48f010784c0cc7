//! What does not agree, and what is still blank.

use super::drawer;
use super::one::{Again, CHECKS, address};
use super::place;
use crate::model::*;
use crate::rules::{self, check};
use crate::view::View;
use indicator::Severity;
use maud::{Markup, html};
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Visit, form};

pub fn page(visit: &Visit, view: &View, again: &Again) -> Markup {
    let blanks = check::blanks(view.ready(), &view.held.report.asks, &view.sheets);
    html! {
        @if view.wrong.is_empty() { p { "Các phép kiểm tra của bộ chỉ tiêu đều đạt. Ô còn trống thì chưa kiểm tra được." } }
        @else { (wrong(visit, view, again)) }
        @if !blanks.is_empty() {
            (parts::details(&format!("{} dòng còn ô trống", blanks.len()), html! {
                ul {
                    @for (form, row) in &blanks {
                        @if let Some((table, line)) = view.ready().forms.get(*form).and_then(|table| Some((table, table.rows.get(*row)?))) {
                            li { a href={ (address(view.held.report.id, &table.code, "")) "#r-" (line.code) } { (line.code) ". " (line.name) } }
                        }
                    }
                }
            }))
        }
    }
}

fn wrong(visit: &Visit, view: &View, again: &Again) -> Markup {
    let columns =
        vec![Column::new("Mức").width(15), Column::new("Chỗ chưa khớp").width(50), Column::new("Giải trình").width(35)];
    let tone = |severity: Severity| match severity {
        Severity::Blocks => Tone::Bad,
        Severity::Explain => Tone::Soon,
        Severity::Notice => Tone::Info,
    };
    let rows = view.wrong.iter().map(|one| {
        Row::new(vec![
            parts::tag(tone(one.severity), one.severity.say()),
            html! { (one.say) div.quiet { "Hai vế: " (one.sides) } },
            explaining(visit, view, one, again),
        ])
    });
    html! { (Table { caption: "Chỗ chưa khớp", columns, rows: rows.collect(), names: 1, ..Table::default() }) }
}

fn explaining(visit: &Visit, view: &View, one: &Wrong, again: &Again) -> Markup {
    let spot = Spot::Check(one.code.clone());
    let text = spot.text();
    let may = one.severity != Severity::Blocks && rules::may_fill(&view.held).is_ok();
    let is_again = again.posted.get("cho") == text;
    let typed = if is_again { again.posted.get("noi_dung") } else { &one.explained };
    let refusals = if is_again { again.refusals.as_slice() } else { &[] };
    html! {
        @if may {
            form method="post" action={ (place::report(view.held.report.id)) "/ghi-chu" } {
                (form::token(visit))
                input type="hidden" name="cho" value=(text);
                input type="hidden" name="loai" value=(NoteKind::Explained.code());
                input type="hidden" name="phan" value=(CHECKS);
                (fields::text(Field::new("noi_dung", "Giải trình").id(format!("gt-{}", one.code)).label_hidden().value(typed).refused(refusals)))
                (Button::new("Lưu giải trình").second())
            }
        } @else { (one.explained) }
        (drawer::said(view, &spot))
    }
}
