//! The electronic form of a dossier that came on paper, typed in by the office.

use super::place;
use super::questions::{self, Wish};
use crate::actions::{self, Declaring};
use crate::flow;
use crate::model::*;
use axum::extract::Path;
use base::Refusal;
use maud::html;
use people::Failure;
use serde_json::{Map, Value};
use web::look::Page;
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

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
    // A page that is stale stays so until somebody is told.
    let is_stale = refusals.iter().any(|no| no.code == "stale");
    let version = posted.filter(|_| !is_stale).map(|form| form.get("version").to_owned());
    let version = version.unwrap_or_else(|| at.dossier.version.to_string());
    let head = html! { (form::token(visit)) input type="hidden" name="version" value=(version); };
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
    let refusals = if unread.is_empty() {
        match actions::declare(&visit.site, &visit.scope, id, posted.hidden("version")?, &given).await {
            Ok(()) => return to(place::dossier(id), Some("Đã lưu tờ khai.")),
            Err(Failure::Refused(refusals)) => questions::at_boxes(unread, &refusals),
            Err(Failure::Conflict { .. }) => {
                let say = "Hồ sơ vừa được người khác xử lý. Những gì bạn nhập còn trên trang này; xem lại rồi lưu nếu còn cần.";
                let refusals = vec![Refusal::new("stale", say)];
                let now = actions::declaring(&visit.site, &visit.scope, id).await?;
                let answer = show_again(shown(&visit, &now, &given, Some(&posted), &refusals), refusals);
                return web::with_status(answer, axum::http::StatusCode::CONFLICT);
            }
            Err(other) => return Err(Fault(other)),
        }
    } else {
        let settled = flow::settle(&declaring.form, &given, visit.scope.now);
        questions::at_boxes(unread, &settled.refusals)
    };
    show_again(shown(&visit, &declaring, &given, Some(&posted), &refusals), refusals)
}
