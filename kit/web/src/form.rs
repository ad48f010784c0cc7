//! What every form of the house needs: its hidden fields, the days in it, and refusals back at their boxes.

use crate::answer::{Answer, Fault, show_again, with_status};
use crate::look::Page;
use crate::look::fields::{self, Field, Limits};
use crate::look::parts::Button;
use crate::posted::Posted;
use crate::visit::{Guest, Visit};
use axum::http::StatusCode;
use base::{Date, Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;

/// The token of a form that changes something.
pub fn token(visit: &Visit) -> Markup {
    html! { input type="hidden" name="csrf" value=(visit.csrf()); }
}

/// The token, and a key so that a form sent twice is done once.
pub fn keyed(visit: &Visit) -> Markup {
    html! { (token(visit)) input type="hidden" name="key" value=(visit.key()); }
}

/// A file from which something is taken in: looked at first, kept only when somebody says so.
pub struct FileIn<'a> {
    /// Where it is sent.
    pub action: &'a str,
    pub label: &'a str,
    /// What happens to it, in a sentence or two.
    pub lead: &'a str,
    pub kinds: &'a str,
    pub accept: &'a str,
    /// The empty workbook to begin from.
    pub template: &'a str,
}

/// The form of such a file, its box named `tep`.
pub fn file_in(visit: &Visit, what: &FileIn<'_>, refusals: &[Refusal]) -> Markup {
    const MOST_MIB: u32 = 20;
    let megabytes = visit.site.settings.upload_mib.min(MOST_MIB);
    let limits = Limits { kinds: what.kinds, accept: what.accept, megabytes, many: false };
    html! {
        p.narrow { (what.lead) }
        form.form method="post" action=(what.action) enctype="multipart/form-data" {
            (token(visit))
            (fields::file(Field::new("tep", what.label).refused(refusals), &limits))
            (Button::new("Kiểm tra và xem trước"))
        }
        p { (Button::new("Tải tệp mẫu Excel").to(what.template).second().file()) }
    }
}

/// The token of a form that needs nobody to be signed in: empty where nobody is, since such a form is known by the
/// page it comes from.
pub fn token_of_guest(guest: &Guest) -> Markup {
    let csrf = guest.visit.as_ref().map_or("", |visit| visit.csrf());
    html! { input type="hidden" name="csrf" value=(csrf); }
}

/// A day of a form: none where the field is empty; one that cannot be read is refused at its field.
pub fn day(form: &Posted, name: &str, today: Date, refusals: &mut Refusals) -> Option<Date> {
    let typed = form.text(name)?;
    base::day::read_vi(&typed, today).map_err(|refusal| refusals.push(refusal.at(name))).ok()
}

/// The version that a form was drawn from, hidden in it. A page that is stale stays so until somebody is told: then the
/// form has the version of now.
pub fn version(posted: Option<&Posted>, refusals: &[Refusal], now: i64) -> Markup {
    let is_told = refusals.iter().any(|no| no.code == STALE);
    let known = posted.filter(|_| !is_told).map(|form| form.get("version").to_owned());
    html! { input type="hidden" name="version" value=(known.unwrap_or_else(|| now.to_string())); }
}

const STALE: &str = "stale";

/// What somebody is told whose page was overtaken. `what` begins the sentence: "Hồ sơ".
pub fn stale(what: &str) -> Refusal {
    let say =
        format!("{what} vừa được người khác xử lý. Những gì bạn nhập còn trên trang này; xem lại rồi gửi nếu còn cần.");
    Refusal::new(STALE, say)
}

/// After a deed with a version: onward, or the same page again with what was typed and why not. Whoever was overtaken is
/// told so (409) on the page as it now is.
pub async fn settled<T, F: Future<Output = Result<Page, Failure>>>(
    done: Result<T, Failure>,
    what: &str,
    onward: impl FnOnce(T) -> Answer,
    page: impl FnOnce(Refusals) -> F,
) -> Answer {
    match done {
        Ok(done) => onward(done),
        Err(Failure::Refused(refusals)) => show_again(page(refusals.clone()).await?, refusals),
        Err(Failure::Conflict { .. }) => {
            let refusals = vec![stale(what)];
            with_status(show_again(page(refusals.clone()).await?, refusals), StatusCode::CONFLICT)
        }
        Err(other) => Err(Fault(other)),
    }
}

/// Why a cell is shown again: the status, and the sentence. None where it is not for the cell to say.
pub fn why(failure: &Failure) -> Option<(StatusCode, String)> {
    let all = |refusals: &[Refusal]| refusals.iter().map(|refusal| refusal.say.as_str()).collect::<Vec<_>>().join(" ");
    match failure {
        Failure::Refused(refusals) => Some((StatusCode::UNPROCESSABLE_ENTITY, all(refusals))),
        Failure::Conflict { refusal, .. } => Some((StatusCode::CONFLICT, refusal.say.clone())),
        _ => None,
    }
}

/// A refusal goes back to the form that was sent; anything else is for the frame.
pub fn refused(failure: Failure, page: impl FnOnce(&Refusals) -> Page) -> Answer {
    match failure {
        Failure::Refused(refusals) => show_again(page(&refusals), refusals),
        other => Err(Fault(other)),
    }
}

/// Moves the refusals of one field to another, where a form calls it by another name.
pub fn at_field(failure: Failure, from: &str, to: &str) -> Failure {
    match failure {
        Failure::Refused(mut refusals) => {
            for refusal in refusals.iter_mut().filter(|refusal| refusal.field.as_deref() == Some(from)) {
                refusal.field = Some(to.to_owned());
            }
            Failure::Refused(refusals)
        }
        other => other,
    }
}
