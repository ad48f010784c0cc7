//! The small parts that pages are made of. Colour never speaks alone: each tone has its sign, and its word.

mod button;
mod errors;
mod journey;
mod navigate;
mod qr;
mod tone;

pub use button::{Button, button, copy, link_button};
pub use errors::error_summary;
pub use journey::{Event, Task, panel, progress, running, task_list, timeline};
pub use navigate::{Pager, Tab, back, breadcrumbs, pagination, tabs};
pub use qr::qr;
pub use tone::{Tone, notice, tag, tag_with};

use maud::{Markup, Render, html};

/// Pairs of a name and a value: the summary of a record.
pub fn facts<'a>(pairs: impl IntoIterator<Item = (&'a str, Markup)>) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in pairs { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// The last look before sending: each line with its way back. An unanswered question says so.
pub fn check_answers<'a>(lines: impl IntoIterator<Item = (&'a str, Markup, &'a str)>) -> Markup {
    html! {
        dl.facts.checked {
            @for (name, value, change) in lines {
                div {
                    dt { (name) }
                    dd { @if value.0.is_empty() { span.quiet { "Không cung cấp" } } @else { (value) } }
                    @if !change.is_empty() { dd.change { a href=(change) { "Sửa" span.vh { " " (name) } } } }
                }
            }
        }
    }
}

/// A part of a page with its own heading.
pub fn section(title: &str, actions: Option<Markup>, inside: impl Render) -> Markup {
    html! {
        section.box {
            div.box-head { h2 { (title) } @if let Some(actions) = actions { div.actions { (actions) } } }
            (inside)
        }
    }
}

/// A list with nothing in it: what it is for, why it is empty, and one thing to do.
pub fn empty(what: &str, why: &str, action: Option<Markup>) -> Markup {
    html! {
        div.empty {
            p { strong { (what) } }
            p { (why) }
            @if let Some(action) = action { p { (action) } }
        }
    }
}

/// Something longer that most readers do not need.
pub fn details(summary: &str, inside: impl Render) -> Markup {
    details_open(summary, false, inside)
}

/// The same, open from the start where something in it was refused.
pub fn details_open(summary: &str, open: bool, inside: impl Render) -> Markup {
    html! {
        details.more open[open] { summary { span { (summary) } } div { (inside) } }
    }
}

/// One big number with its name, for the head of a dashboard.
pub fn figure_number(name: &str, number: &str, note: Option<Markup>) -> Markup {
    html! {
        div.number { span.number-name { (name) } strong { (number) } @if let Some(note) = note { span.number-note { (note) } } }
    }
}
