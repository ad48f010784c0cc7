//! Answers that are chosen from a list.

use maud::{Markup, html};

use super::{Field, fieldset, group};

/// One line of a list.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    pub disabled: bool,
}

impl<'a> Choice<'a> {
    pub const fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, hint: "", disabled: false }
    }

    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    pub const fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

/// The lines of a list, by value and label, after one that chooses nothing: "Mọi cơ quan", "Chọn cơ quan…".
pub fn with_first<'a>(nothing: &'a str, lines: &'a [(String, String)]) -> Vec<Choice<'a>> {
    std::iter::once(Choice::new("", nothing))
        .chain(lines.iter().map(|(value, label)| Choice::new(value, label)))
        .collect()
}

/// One of a few. For more than some fifteen lines use [`select`].
pub fn radios(field: Field, choices: &[Choice]) -> Markup {
    let lines = html! {
        div.govuk-radios {
            @for (at, choice) in choices.iter().enumerate() {
                (line(&field, "radios", at, choice, field.value == choice.value))
            }
        }
    };
    fieldset(&field, lines)
}

/// Any number of a few; `chosen` are values.
pub fn checkboxes(field: Field, choices: &[Choice], chosen: &[&str]) -> Markup {
    let lines = html! {
        div.govuk-checkboxes {
            @for (at, choice) in choices.iter().enumerate() {
                (line(&field, "checkboxes", at, choice, chosen.contains(&choice.value)))
            }
        }
    };
    fieldset(&field, lines)
}

/// One statement to agree with: "Tôi cam đoan số liệu là đúng". Sends `1`.
pub fn tick(field: Field, ticked: bool) -> Markup {
    let choice = Choice::new("1", field.label);
    html! {
        div class={ "govuk-form-group" @if field.error.is_some() { " govuk-form-group--error" } } {
            (super::hint_and_error(&field))
            div.govuk-checkboxes { (line(&field, "checkboxes", 0, &choice, ticked)) }
        }
    }
}

/// The first line carries the id of the field, so the error summary leads to it.
fn line(field: &Field, kind: &str, at: usize, choice: &Choice, on: bool) -> Markup {
    let id = if at == 0 { field.own_id() } else { format!("{}-{}", field.own_id(), at + 1) };
    let hint = (!choice.hint.is_empty()).then(|| format!("{id}-more"));
    let input_type = if kind == "radios" { "radio" } else { "checkbox" };
    html! {
        div class={ "govuk-" (kind) "__item" } {
            input id=(id) class={ "govuk-" (kind) "__input" } type=(input_type) name=(field.name) value=(choice.value)
                aria-describedby=[&hint] checked[on] disabled[choice.disabled || field.locked];
            label class={ "govuk-label govuk-" (kind) "__label" } for=(id) { (choice.label) }
            @if let Some(hint) = &hint { div class={ "govuk-hint govuk-" (kind) "__hint" } id=(hint) { (choice.hint) } }
        }
    }
}

/// A short list in one line. An empty first choice is added while nothing is chosen, so that the first
/// line is never taken by accident.
pub fn select(field: Field, choices: &[Choice]) -> Markup {
    let known = choices.iter().any(|choice| choice.value == field.value);
    group(
        &field,
        html! {
            select id=(field.own_id()) class=(field.class("select")) name=(field.name) autocomplete=[field.autocomplete]
                aria-describedby=[field.described()] aria-invalid=[field.invalid()] disabled[field.locked] {
                @if !known { option value="" selected { "Chọn" } }
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == field.value] disabled[choice.disabled] { (choice.label) }
                }
            }
        },
    )
}
