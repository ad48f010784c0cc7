//! Questions on a form: label, hint, error, input, always tied together.
//!
//! ```ignore
//! fields::text(Field::new("ten", "Tên bộ tiêu chí").value(&form.ten).refused(&refusals))
//! fields::radios(Field::new("cap", "Cấp đơn vị").value(&form.cap), &[Choice::new("so", "Sở, ngành")])
//! ```
//!
//! What is not required says "(không bắt buộc)"; there are no asterisks. No input masks and no forced
//! capitals: they fight with Vietnamese typing programs.

mod choice;
mod upload;
mod written;

pub use choice::{Choice, checkboxes, radios, select, tick, with_first};
pub use upload::{Limits, file, file_within};
pub use written::{date, number, password, search, text, textarea};

use base::Refusal;
use maud::{Markup, html};

use super::id_of;

/// Everything about one question but its kind.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    id: Option<String>,
    hint: &'a str,
    value: &'a str,
    error: Option<String>,
    optional: bool,
    heading: bool,
    width: Option<u8>,
    unit: &'a str,
    autocomplete: Option<&'a str>,
    inputmode: Option<&'a str>,
    list: Option<&'a str>,
    kind: Option<&'a str>,
    spellcheck: Option<&'static str>,
    rows: u8,
    locked: bool,
    label_hidden: bool,
}

impl<'a> Field<'a> {
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, rows: 3, ..Self::default() }
    }

    /// Another id than the one made from the name, where one name stands twice on a page.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// One sentence that helps to answer; an example is better than a rule.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// What was typed before, also when it was wrong.
    pub fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    pub fn error(mut self, say: impl Into<String>) -> Self {
        self.error = Some(say.into());
        self
    }

    /// The first refusal that speaks of this field.
    pub fn refused(mut self, refusals: &[Refusal]) -> Self {
        let own = refusals.iter().find(|refusal| refusal.field.as_deref() == Some(self.name));
        self.error = own.map(|refusal| refusal.say.clone());
        self
    }

    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The label is the h1 of the page: one question a page.
    pub fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// As wide as its answer: 2, 3, 4, 5, 10 or 20 characters.
    pub fn width(mut self, characters: u8) -> Self {
        self.width = Some(characters);
        self
    }

    /// Stands after the box: "%", "đồng", "hồ sơ".
    pub fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
        self
    }

    /// A token of WCAG 1.3.5: `name`, `email`, `tel`, `username`, `current-password`, `one-time-code`.
    pub fn autocomplete(mut self, token: &'a str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// `numeric`, `decimal`, `tel`, `email`: the keyboard of a telephone.
    pub fn inputmode(mut self, mode: &'a str) -> Self {
        self.inputmode = Some(mode);
        self
    }

    /// The id of a `datalist` on the page: what the browser offers while one types.
    pub fn list(mut self, id: &'a str) -> Self {
        self.list = Some(id);
        self
    }

    /// `email`, `tel`, `url`.
    pub fn kind(mut self, kind: &'a str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// A code or a name: no red underline.
    pub fn as_code(mut self) -> Self {
        self.spellcheck = Some("false");
        self
    }

    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// Can be read and copied, not changed.
    pub fn locked(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }

    /// The label is only for screen readers, where the place says the same: a filter above a table.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    fn own_id(&self) -> String {
        self.id.clone().unwrap_or_else(|| id_of(self.name))
    }

    /// The ids that describe the input, for `aria-describedby`.
    fn described(&self) -> Option<String> {
        let id = self.own_id();
        let hint = (!self.hint.is_empty()).then(|| format!("{id}-hint"));
        let error = self.error.as_ref().map(|_| format!("{id}-error"));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (one, other) => one.or(other),
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    /// The class of an input of this kind, with its width and its error.
    fn class(&self, kind: &str) -> String {
        let mut class = format!("govuk-{kind}");
        if self.error.is_some() {
            class += &format!(" govuk-{kind}--error");
        }
        if let Some(width) = self.width {
            class += &format!(" govuk-input--width-{width}");
        }
        class
    }
}

/// Label, hint and error around an input.
fn group(field: &Field, input: Markup) -> Markup {
    html! {
        div class={ "govuk-form-group" @if field.error.is_some() { " govuk-form-group--error" } } {
            @if field.heading { h1.govuk-label-wrapper { (label(field, "govuk-label govuk-label--l")) } }
            @else if field.label_hidden { (label(field, "vh")) }
            @else { (label(field, "govuk-label")) }
            (hint_and_error(field))
            (input)
        }
    }
}

fn label(field: &Field, class: &str) -> Markup {
    html! { label class=(class) for=(field.own_id()) { (words(field)) } }
}

/// A question with several inputs: its words are the legend.
fn fieldset(field: &Field, inside: Markup) -> Markup {
    html! {
        div class={ "govuk-form-group" @if field.error.is_some() { " govuk-form-group--error" } } {
            fieldset.govuk-fieldset aria-describedby=[field.described()] {
                @if field.heading {
                    legend.govuk-fieldset__legend.govuk-fieldset__legend--l { h1.govuk-fieldset__heading { (words(field)) } }
                } @else {
                    legend class=(if field.label_hidden { "vh" } else { "govuk-fieldset__legend" }) { (words(field)) }
                }
                (hint_and_error(field))
                (inside)
            }
        }
    }
}

fn words(field: &Field) -> Markup {
    html! { (field.label) @if field.optional { span.optional { " (không bắt buộc)" } } }
}

fn hint_and_error(field: &Field) -> Markup {
    let id = field.own_id();
    html! {
        @if !field.hint.is_empty() { div.govuk-hint id={ (id) "-hint" } { (field.hint) } }
        @if let Some(error) = &field.error {
            p.govuk-error-message id={ (id) "-error" } { span.vh { "Lỗi: " } (error) }
        }
    }
}
