//! Answers that are typed.

use maud::{Markup, html};

use super::{Field, group};

pub fn text(field: Field) -> Markup {
    let kind = field.kind.unwrap_or("text").to_owned();
    group(&field, input(&field, &kind))
}

/// Accepts what people type: comma for decimals, dots for thousands. Read it with `base::number::read_vi`.
/// Never `type=number`: it speaks the language of the browser, and the wheel of a mouse changes it.
pub fn number(mut field: Field) -> Markup {
    field.inputmode = field.inputmode.or(Some("decimal"));
    field.width = field.width.or(Some(10));
    group(&field, html! { span.numeric { (input(&field, "text")) } })
}

/// One box, dd/MM/yyyy, for staff; `base::day::read_vi` also takes 5/9/26, 05092026 and hn.
/// Never `type=date`: on an English Windows it shows the month first.
pub fn date(mut field: Field) -> Markup {
    if field.hint.is_empty() {
        field.hint = "Ví dụ: 05/09/2026";
    }
    field.inputmode = field.inputmode.or(Some("numeric"));
    field.width = field.width.or(Some(10));
    group(&field, input(&field, "text"))
}

/// Pasting and password programs work (WCAG 3.3.8); a wrong one is never sent back.
pub fn password(field: Field) -> Markup {
    let mut bare = field.clone();
    bare.value = "";
    bare.spellcheck = Some("false");
    group(&field, input(&bare, "password"))
}

pub fn search(field: Field) -> Markup {
    group(&field, input(&field, "search"))
}

pub fn textarea(field: Field) -> Markup {
    group(
        &field,
        html! {
            textarea id=(field.own_id()) class=(field.class("textarea")) name=(field.name) rows=(field.rows)
                aria-describedby=[field.described()] aria-invalid=[field.invalid()] autocomplete=[field.autocomplete]
                readonly[field.locked] { (field.value) }
        },
    )
}

fn input(field: &Field, kind: &str) -> Markup {
    let value = (!field.value.is_empty()).then_some(field.value);
    let unit = format!("{}-unit", field.own_id());
    let described = match (field.described(), field.unit.is_empty()) {
        (Some(ids), false) => Some(format!("{ids} {unit}")),
        (None, false) => Some(unit.clone()),
        (ids, true) => ids,
    };
    let one = html! {
        input id=(field.own_id()) class=(field.class("input")) type=(kind) name=(field.name) value=[value]
            inputmode=[field.inputmode] list=[field.list] autocomplete=(field.autocomplete.unwrap_or("off")) spellcheck=[field.spellcheck]
            aria-describedby=[described] aria-invalid=[field.invalid()] readonly[field.locked];
    };
    html! {
        @if field.unit.is_empty() { (one) }
        @else { span.with-unit { (one) span id=(unit) { (field.unit) } } }
    }
}
