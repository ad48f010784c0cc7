//! One cell: a small form, its state, and what to say about it.

use maud::{Markup, html};

use super::super::icons::Icon;

/// How a cell stands, as the server knows it. "Đang lưu" and "mất mạng" are the script's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stand {
    /// Nothing entered yet.
    #[default]
    Todo,
    Saved,
    /// Saved, but an explanation or a paper is missing.
    Warn,
    /// Refused, so not saved; the typed value is shown again.
    Invalid,
}

/// What a cell needs besides its inputs.
#[derive(Clone, Debug, Default)]
pub struct Cell<'a> {
    /// Unique on the page: "d-3.2.2". Its inputs are `{id}`, `{id}-2`, …
    pub id: &'a str,
    /// The address the form is posted to.
    pub action: &'a str,
    pub csrf: &'a str,
    /// The version that was read; another one in the database is a conflict.
    pub version: &'a str,
    /// Idempotency key: the same key with the same values is the same save.
    pub key: &'a str,
    pub stand: Stand,
    /// A refusal or a hint, under the inputs.
    pub say: &'a str,
    pub conflict: Option<Conflict<'a>>,
}

/// Somebody else saved this cell in the meantime. Both values are shown; nothing is lost.
#[derive(Clone, Debug)]
pub struct Conflict<'a> {
    /// "Hùng lưu lúc 09:13".
    pub who: &'a str,
    pub theirs: &'a str,
    pub mine: &'a str,
}

impl Cell<'_> {
    /// The `<td>` with the form around these inputs.
    pub fn with(&self, inputs: &Markup) -> Markup {
        let class = match (self.conflict.is_some(), self.stand) {
            (true, _) | (_, Stand::Invalid) => "c invalid",
            (_, Stand::Saved) => "c saved",
            (_, Stand::Warn) => "c warn",
            (_, Stand::Todo) => "c",
        };
        html! {
            td class=(class) {
                form method="post" action=(self.action) data-cell autocomplete="off" {
                    input type="hidden" name="csrf" value=(self.csrf);
                    input type="hidden" name="version" value=(self.version);
                    input type="hidden" name="key" value=(self.key);
                    (inputs)
                    button.no-js type="submit" { "Lưu" }
                    (self.saying())
                }
            }
        }
    }

    fn saying(&self) -> Markup {
        html! {
            @if let Some(both) = &self.conflict {
                div.say id={ (self.id) "-say" } {
                    (both.who) ": " strong { (both.theirs) } ". Bạn nhập: " strong { (both.mine) } "."
                    span.say-do {
                        button.btn.btn-2 type="submit" name="keep" value="mine" { "Giữ " (both.mine) }
                        button.btn.btn-2 type="submit" name="keep" value="theirs" { "Lấy " (both.theirs) }
                    }
                }
            } @else if !self.say.is_empty() {
                div.say id={ (self.id) "-say" } { (self.say) }
            }
        }
    }

    fn described(&self) -> Option<String> {
        (self.conflict.is_some() || !self.say.is_empty()).then(|| format!("{}-say", self.id))
    }

    fn invalid(&self) -> Option<&'static str> {
        (self.stand == Stand::Invalid || self.conflict.is_some()).then_some("true")
    }

    /// Points, a count, a percentage: `label` says column and criterion, "Điểm thẩm định 3.2.2".
    pub fn number(&self, name: &str, label: &str, value: &str) -> Markup {
        self.short(self.id, name, label, value)
    }

    /// Part and whole: what each counts is in its label, and in the drawer.
    pub fn part_whole(&self, part: (&str, &str), whole: (&str, &str)) -> Markup {
        html! {
            span.of {
                (self.short(self.id, "part", part.0, part.1)) "/"
                (self.short(&format!("{}-2", self.id), "whole", whole.0, whole.1))
            }
        }
    }

    fn short(&self, id: &str, name: &str, label: &str, value: &str) -> Markup {
        html! {
            input id=(id) name=(name) value=(value) aria-label=(label) inputmode="decimal"
                aria-describedby=[self.described()] aria-invalid=[self.invalid()];
        }
    }

    /// The same with a button that takes over what the unit gave itself; the form sends `agree=1`.
    pub fn number_or_agree(&self, name: &str, label: &str, value: &str, code: &str) -> Markup {
        html! {
            span.agree {
                (self.number(name, label, value))
                button.btn.btn-3 type="submit" name="agree" value="1" data-agree { "Đồng ý" span.vh { " " (code) } }
            }
        }
    }

    /// One of a few worded levels: value and words of each.
    pub fn choose(&self, name: &str, label: &str, value: &str, choices: &[(&str, &str)]) -> Markup {
        html! {
            select id=(self.id) name=(name) aria-label=(label) aria-describedby=[self.described()] aria-invalid=[self.invalid()] {
                @if !choices.iter().any(|(one, _)| *one == value) { option value="" selected { "Chọn" } }
                @for (one, words) in choices { option value=(one) selected[*one == value] { (words) } }
            }
        }
    }

    /// A reason or an explanation.
    pub fn words(&self, name: &str, label: &str, value: &str) -> Markup {
        html! {
            textarea id=(self.id) name=(name) aria-label=(label) rows="1"
                aria-describedby=[self.described()] aria-invalid=[self.invalid()] { (value) }
        }
    }
}

/// A cell that cannot be changed here, with its value and the reason: from records, phase closed, not yours.
pub fn locked(text: &str, sign: Icon, why: &str) -> Markup {
    html! {
        td.c.locked { span title=(why) { (text) " " (sign) span.vh { " " (why) } } }
    }
}
