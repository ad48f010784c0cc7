//! What must be put right, listed before anything else on the page.

use base::Refusal;
use maud::{Markup, html};

use super::super::id_of;

/// "Có 2 chỗ cần sửa", each with a link to its field if the body shows that field.
pub fn error_summary(refusals: &[Refusal], body: &Markup) -> Markup {
    html! {
        div.govuk-error-summary data-errors tabindex="-1" {
            div role="alert" {
                h2.govuk-error-summary__title { "Có " (refusals.len()) " chỗ cần sửa" }
                ul.govuk-list.govuk-error-summary__list {
                    @for refusal in refusals {
                        li {
                            @match target(refusal, body) {
                                Some(id) => a href={ "#" (id) } { (refusal.say) },
                                None => (refusal.say),
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A refusal may speak of a criterion or of a line of a file, which has no field on this page; a cell of a grid is
/// named by its id.
fn target(refusal: &Refusal, body: &Markup) -> Option<String> {
    let field = refusal.field.as_deref()?;
    [id_of(field), field.to_owned()].into_iter().find(|id| body.0.contains(&format!("id=\"{id}\"")))
}
