//! Files: the limits are said before, not after.

use maud::{Markup, html};

use super::super::icons::Icon;
use super::{Field, group};

/// What may be sent. Data of the round or of the procedure, never of the page.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// In words: "PDF, Word, Excel hoặc ảnh".
    pub kinds: &'a str,
    /// For the file dialog: ".pdf,.docx,.xlsx,.jpg,.png". The server looks at the content again.
    pub accept: &'a str,
    pub megabytes: u32,
    pub many: bool,
}

/// The form around it needs `enctype="multipart/form-data"`.
pub fn file(field: Field, limits: &Limits) -> Markup {
    let said = format!(
        "{}, {} tối đa {} MB.{}{}",
        limits.kinds,
        if limits.many { "mỗi tệp" } else { "" },
        limits.megabytes,
        if field.hint.is_empty() { "" } else { " " },
        field.hint
    )
    .replace(",  ", ", ");
    let field = Field { hint: &said, ..field.clone() };
    group(
        &field,
        html! {
            div.pick {
                span.btn.btn-2.js-only aria-hidden="true" { (Icon::Upload) "Chọn tệp" }
                span.js-only.quiet data-picked aria-hidden="true" { "hoặc thả tệp vào đây" }
                input id=(field.own_id()) class="govuk-file-upload" type="file" name=(field.name) accept=(limits.accept)
                    multiple[limits.many] data-megabytes=(limits.megabytes)
                    aria-describedby=[field.described()] aria-invalid=[field.invalid()];
            }
        },
    )
}

/// The same within the limits of the store, which judges the file again.
pub fn file_within(field: Field, limits: &::file::Limits, many: bool) -> Markup {
    let (kinds, accept) = (limits.families(), limits.accept());
    file(field, &Limits { kinds: &kinds, accept: &accept, megabytes: limits.megabytes(), many })
}
