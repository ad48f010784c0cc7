//! How far something has come: bars, steps, what happened, the end.

use maud::{Markup, Render, html};

use super::super::icons::Icon;
use super::Tone;
use super::tone::tag;

/// "Đã kết luận 41/58" with its bar. Counts what is concluded, never points.
pub fn progress(label: &str, done: u64, of: u64) -> Markup {
    html! {
        span.progress {
            span { (label) " " strong { (done) "/" (of) } }
            progress value=(done) max=(of.max(1)) aria-label={ (label) " " (done) "/" (of) } {}
        }
    }
}

/// Work in the background: looks again by itself, with script (`hx-get`) or without (`Page.refresh`).
/// `done = None` while the amount is not known yet.
pub fn running(what: &str, done: Option<(u64, u64)>, say: &str, again: &str) -> Markup {
    html! {
        div.running hx-get=(again) hx-trigger="every 2s" hx-swap="outerHTML" {
            p { strong { (what) } }
            @match done {
                Some((done, of)) => progress value=(done) max=(of.max(1)) aria-label=(what) {},
                None => progress aria-label=(what) {},
            }
            p.quiet role="status" { (say) }
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// "23/11/2026 15:02".
    pub when: String,
    /// A person among colleagues, a unit before citizens.
    pub who: String,
    pub what: Markup,
    pub tone: Tone,
}

/// In the order given: newest first for staff, oldest first for citizens.
pub fn timeline(events: &[Event]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li class=(event.tone.class()) {
                    p.timeline-when { (event.when) @if !event.who.is_empty() { " · " (event.who) } }
                    div { (event.what) }
                }
            }
        }
    }
}

/// A step of a longer work, all of it a link.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    pub name: &'a str,
    /// `None` while it cannot be begun.
    pub href: Option<&'a str>,
    pub hint: &'a str,
    /// Plain when done: only what is still to do has a colour.
    pub tone: Tone,
    pub state: &'a str,
}

pub fn task_list(tasks: &[Task]) -> Markup {
    html! {
        ul.tasks {
            @for task in tasks {
                li {
                    div {
                        @match task.href {
                            Some(href) => a href=(href) { (task.name) },
                            None => span { (task.name) },
                        }
                        @if !task.hint.is_empty() { p.quiet { (task.hint) } }
                    }
                    @if task.tone == Tone::Plain { span { (task.state) } } @else { (tag(task.tone, task.state)) }
                }
            }
        }
    }
}

/// It is done: one line, and the number to remember. Nothing to press inside (buttons go below).
pub fn panel(title: &str, inside: impl Render) -> Markup {
    html! {
        div.panel { h1 { (Icon::Check) (title) } div { (inside) } }
    }
}
