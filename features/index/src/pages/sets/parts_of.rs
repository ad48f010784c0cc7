//! Parts that several pages of sets share: the table of differences, the boxes of a field.

use crate::files::difference::Change;
use crate::files::fields::{self as file, Form};
use base::Refusal;
use maud::{Markup, html};
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};

/// What differs, criterion by criterion.
pub(super) fn changes(changes: &[Change]) -> Markup {
    if changes.is_empty() {
        return parts::empty("Không có khác biệt.", "Hai bản giống nhau ở mọi tiêu chí và mọi quy định.", None);
    }
    let columns = vec![Column::new("Tiêu chí"), Column::new("Mục"), Column::new("Trước"), Column::new("Sau")];
    let cell = |text: &Option<String>| html! { @match text { Some(text) => { @for line in text.lines() { (line) br; } }, None => span.quiet { "không có" } } };
    let row = |change: &Change| {
        Row::new(vec![
            html! { (change.code.as_deref().unwrap_or("Cả bộ")) },
            html! { (change.what) },
            cell(&change.before),
            cell(&change.after),
        ])
    };
    html! { (Table { caption: "Khác biệt", columns, rows: changes.iter().map(row).collect(), names: 0, ..Table::default() }) }
}

/// The box of a field: what people may choose, or what they type.
pub(super) fn box_of(field: &file::Field, value: &str, refusals: &[Refusal], blank: &str) -> Markup {
    let base = Field::new(field.key, field.label).value(value).refused(refusals);
    match field.form {
        Form::Words(words) => {
            let mut choices = vec![Choice::new("", blank)];
            choices.extend(words.iter().map(|(word, said)| Choice::new(word, said)));
            fields::select(base.hint(field.hint), &choices)
        }
        Form::Long => fields::textarea(base.hint(field.hint).rows(4)),
        Form::Number => fields::number(base.hint(field.hint)),
        Form::Whole | Form::Digits => fields::text(base.hint(field.hint).width(10)),
        Form::Day => fields::date(base.hint(field.hint)),
        _ => fields::text(base.hint(field.hint)),
    }
}
