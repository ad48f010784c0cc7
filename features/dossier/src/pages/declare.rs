//! The electronic form of a dossier that came on paper, typed in by the office.

use super::place;
use super::questions::{self, Wish};
use crate::actions::{self, Declaring};
use crate::flow;
use crate::model::*;
use axum::extract::Path;
use base::{Refusal, Refusals};
use maud::html;
use people::Failure;
use serde_json::{Map, Value};
use web::look::Page;
use web::{Answer, Posted, Visit, form, show, show_again, to};

fn here(id: DossierId) -> String {
    format!("{}/to-khai", place::dossier(id))
}

pub async fn page(visit: Visit, Path(id): Path<DossierId>) -> Answer {
    let declaring = actions::declaring(&visit.site, &visit.scope, id).await?;
    show(shown(&visit, &declaring, &declaring.values, None, &[]))
}

fn shown(
    visit: &Visit,
    declaring: &Declaring,
    values: &Map<String, Value>,
    posted: Option<&Posted>,
    refusals: &[Refusal],
) -> Page {
    let Declaring { at, form, .. } = declaring;
    let settled = flow::settle(form, values, visit.scope.now);
    let head = html! { (form::token(visit)) (form::version(posted, refusals, at.dossier.version)) };
    let mut page =
        Page::new("Nhập tờ khai", questions::ask((form, &settled), &here(at.dossier.id), &head, posted, refusals));
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into()), (at.dossier.code.clone(), place::dossier(at.dossier.id))];
    page
}

/// Nothing is kept before the form is whole: until then it lives on its page.
pub async fn fill(visit: Visit, Path(id): Path<DossierId>, posted: Posted) -> Answer {
    let declaring = actions::declaring(&visit.site, &visit.scope, id).await?;
    let (mut given, unread) = questions::answers(&declaring.form, &posted, visit.scope.today());
    let wish = Wish::of(&posted);
    wish.grant(&mut given);
    if wish != Wish::Keep {
        let page = shown(&visit, &declaring, &given, Some(&posted), &unread);
        return if unread.is_empty() { show(page) } else { show_again(page, unread) };
    }
    if !unread.is_empty() {
        let settled = flow::settle(&declaring.form, &given, visit.scope.now);
        let refusals = questions::at_boxes(unread, &settled.refusals);
        return show_again(shown(&visit, &declaring, &given, Some(&posted), &refusals), refusals);
    }
    let done = actions::declare(&visit.site, &visit.scope, id, posted.hidden("version")?, &given).await;
    let done = done.map_err(|no| match no {
        Failure::Refused(refusals) => Failure::Refused(questions::at_boxes(unread, &refusals)),
        other => other,
    });
    let onward = |()| to(place::dossier(id), Some("Đã lưu tờ khai."));
    let (visit, posted, given) = (&visit, &posted, &given);
    let page = |no: Refusals| async move {
        let now = actions::declaring(&visit.site, &visit.scope, id).await?;
        Ok(shown(visit, &now, given, Some(posted), &no))
    };
    form::settled(done, "Hồ sơ", onward, page).await
}
