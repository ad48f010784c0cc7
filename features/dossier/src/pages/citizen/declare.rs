//! The electronic form of a dossier: kept with each look again, refused only when somebody says that it is done.

use super::fill::{load, place_of, step};
use super::token;
use crate::actions::{self, Filling};
use crate::model::*;
use crate::pages::questions::{self, Wish};
use axum::extract::Path;
use axum::http::HeaderMap;
use base::Refusal;
use people::Failure;
use web::look::Page;
use web::{Answer, Fault, Guest, Posted, form, show_citizen, show_citizen_again, to};

pub async fn page(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap) -> Answer {
    let filling = load(&guest, id, &headers).await?;
    show_citizen(shown(&guest, &filling, None, &[])?)
}

fn shown(guest: &Guest, filling: &Filling, posted: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let form = filling.form.as_deref().ok_or(Failure::NotFound)?;
    let settled = filling.settled(guest.site.now()).ok_or(Failure::NotFound)?;
    let here = format!("{}/to-khai", place_of(filling.draft.id));
    Ok(step(
        filling.draft.id,
        "Tờ khai",
        questions::ask((form, &settled), &here, &form::token_of_guest(guest), posted, refusals),
    ))
}

pub async fn fill(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap, posted: Posted) -> Answer {
    let filling = load(&guest, id, &headers).await?;
    let form = filling.form.as_deref().ok_or(Failure::NotFound)?;
    let today = base::day::today(guest.site.now());
    let (mut given, unread) = questions::answers(form, &posted, today);
    let wish = Wish::of(&posted);
    wish.grant(&mut given);
    let whole = wish == Wish::Keep;
    let done = actions::fill_form(&guest.site, id, token(&headers), given, whole).await;
    let refusals = match done {
        Ok(()) if unread.is_empty() && whole => return to(place_of(id), None),
        Ok(()) => unread,
        Err(Failure::Refused(refusals)) => questions::at_boxes(unread, &refusals),
        Err(other) => return Err(Fault(other)),
    };
    let filling = load(&guest, id, &headers).await?;
    let page = shown(&guest, &filling, Some(&posted), &refusals)?;
    if refusals.is_empty() { show_citizen(page) } else { show_citizen_again(page, refusals) }
}
