//! One row: its figures, what was said of each, and a word to add.

use super::one::{Again, address, opens_records};
use super::place;
use crate::model::*;
use crate::rules;
use crate::view::View;
use indicator::form::Cell;
use maud::{Markup, html};
use web::look::fields::{self, Choice, Field};
use web::look::grid;
use web::look::parts::{self, Button, Event, Tone};
use web::{Visit, form};

/// None where the form has no such row.
pub fn drawer(visit: &Visit, view: &View, (at, row): (usize, &str), again: &Again) -> Option<Markup> {
    let table = view.ready().forms.get(at)?;
    let place = table.rows.iter().position(|line| line.code == row)?;
    let line = table.rows.get(place)?;
    let cells = (0..table.columns.len()).filter_map(|column| match table.cell(place, column) {
        Cell::Takes(place) => Some((place, table.columns[column].head.join(", "))),
        _ => None,
    });
    let before = [indicator::Since::Previous, indicator::Since::Same];
    let inside = html! {
        @if let Some(counts) = &line.counts {
            @for since in before {
                @if let Some(value) = view.shown(counts, since) { p { (since.say()) ": " (base::number::vi(&value)) } }
            }
        }
        @for (place, head) in cells {
            @let spot = Spot::Cell(table.code.clone(), place);
            section {
                h3 { (head) ": " (view.written(at, place)) }
                (parts_of(view, at, place))
                @if let Some(source) = view.source(at, place) { (counted(visit, view, (at, place, row), source, again)) }
                (said(view, &spot))
                (saying(visit, view, &spot, (&table.code, row), again))
            }
        }
    };
    let title = format!("{}. {}", line.code, line.name);
    let close = format!("{}#r-{}", address(view.held.report.id, &table.code, ""), line.code);
    Some(grid::drawer(&title, &close, &inside))
}

/// Whose figures a total is of: each leads to the report that has it; what is missing is missing, not nothing.
fn parts_of(view: &View, at: usize, place: usize) -> Markup {
    let Some(table) = view.ready().forms.get(at) else { return html! {} };
    let parts = view.parts_at(at, place);
    html! {
        @if !view.part_sheets.is_empty() && !parts.is_empty() {
            ul {
                @for (part, value) in parts {
                    li {
                        a href=(address(part.id, &table.code, "")) { (part.unit_name) } ": "
                        @match value { Some(value) => strong { (view.figure(at, place, value)) }, None => span.quiet { "chưa có" } }
                    }
                }
            }
        }
    }
}

/// Where a figure comes from, and how to put another in its place.
fn counted(
    visit: &Visit,
    view: &View,
    (at, place, row): (usize, usize, &str),
    source: &Source,
    again: &Again,
) -> Markup {
    let Some(table) = view.ready().forms.get(at) else { return html! {} };
    let spot = Spot::Cell(table.code.clone(), place);
    let is_again = again.spot.as_ref() == Some(&spot) && again.posted.has("ly_do");
    let typed = |name: &str| if is_again { again.posted.get(name).to_owned() } else { String::new() };
    let refusals = if is_again { again.refusals.as_slice() } else { &[] };
    html! {
        p {
            (source.source) ": " strong { (view.figure(at, place, source.figure)) } ", đếm lúc " (base::day::vi_moment(source.at)) ". "
            @if !source.link.is_empty() && opens_records(visit, view) { a href=(source.link) { "Xem hồ sơ" } }
        }
        @if rules::may_fill(&view.held).is_ok() {
            (parts::details_open("Ghi đè", is_again, html! {
                form.form method="post" action={ (place::report(view.held.report.id)) "/o/" (table.code) "/" (place) } {
                    (form::token(visit))
                    input type="hidden" name="mo" value=(row);
                    input type="hidden" name="version" value=(view.at(at, place).map(|value| value.to_string()).unwrap_or_default());
                    (fields::number(Field::new("so", "Số dùng trong báo cáo").id(format!("gd-so-{place}")).value(&typed("so"))))
                    (fields::text(Field::new("ly_do", "Lý do ghi đè").id(format!("gd-{place}")).value(&typed("ly_do")).refused(refusals)))
                    (Button::new("Ghi đè").second())
                }
            }))
        }
    }
}

/// What was said of a place.
pub fn said(view: &View, spot: &Spot) -> Markup {
    let events: Vec<Event> = view
        .said(spot)
        .map(|note| Event {
            when: base::day::vi_moment(note.at),
            who: note.who.clone(),
            what: html! { (note.kind.say()) ": " (note.body) @if note.kind == NoteKind::Returned && note.settled.is_some() { " (đã xử lý)" } },
            tone: if note.kind == NoteKind::Returned && note.settled.is_none() { Tone::Bad } else { Tone::Plain },
        })
        .collect();
    html! { @if !events.is_empty() { (parts::timeline(&events)) } }
}

/// A word about a place; whoever may give the report back marks the place so.
pub fn saying(visit: &Visit, view: &View, spot: &Spot, (part, row): (&str, &str), again: &Again) -> Markup {
    if rules::may_say(&view.held).is_err() {
        return html! {};
    }
    let returns = rules::may_return(&view.held).is_ok();
    let text = spot.text();
    let is_again = again.posted.get("cho") == text && again.posted.has("noi_dung");
    let id = format!("nd-{}", text.replace('/', "-"));
    let typed = if is_again { again.posted.get("noi_dung") } else { "" };
    let refusals = if is_again { again.refusals.as_slice() } else { &[] };
    let kinds =
        [Choice::new(NoteKind::Returned.code(), "Cần sửa"), Choice::new(NoteKind::Comment.code(), "Chỉ trao đổi")];
    html! {
        form.form method="post" action={ (place::report(view.held.report.id)) "/ghi-chu" } {
            (form::token(visit))
            input type="hidden" name="cho" value=(text);
            input type="hidden" name="phan" value=(part);
            input type="hidden" name="mo" value=(row);
            @if returns {
                (fields::select(Field::new("loai", "Loại").id(format!("{id}-loai")).value(again.posted.get("loai")), &kinds))
            } @else { input type="hidden" name="loai" value=(NoteKind::Comment.code()); }
            (fields::text(Field::new("noi_dung", if returns { "Lý do, điều cần sửa" } else { "Trao đổi" }).id(id).value(typed).refused(refusals)))
            (Button::new(if returns { "Ghi" } else { "Gửi" }).second().about("về ô này"))
        }
    }
}
