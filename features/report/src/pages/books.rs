//! The report as a workbook: taken away, filled in, brought back.

use super::one::{Again, Shown, address, whole};
use super::place;
use crate::actions;
use crate::model::*;
use crate::rules;
use crate::view::View;
use axum::extract::Path;
use base::Refusal;
use maud::{Markup, html};
use people::Failure;
use web::look::fields::{self, Field, Limits};
use web::look::parts::{self, Button};
use web::{Answer, Posted, Visit, download, form, show_again, to};

pub fn panel(visit: &Visit, view: &View, again: &Again) -> Markup {
    let here = place::report(view.held.report.id);
    let megabytes = visit.site.settings.upload_mib.min(20);
    let limits =
        Limits { kinds: "Excel (.xlsx), OpenDocument (.ods), CSV", accept: ".xlsx,.ods,.csv", megabytes, many: false };
    let was = again.posted.has("nap");
    let refusals = if was { again.refusals.as_slice() } else { &[] };
    let inside = html! {
        p { (Button::new("Tải tệp Excel của báo cáo này").to(&format!("{here}/tai")).second().file()) }
        @if rules::may_fill(&view.held).is_ok() {
            form.form method="post" action={ (here) "/nap" } enctype="multipart/form-data" {
                (form::token(visit))
                input type="hidden" name="nap" value="1";
                (fields::file(Field::new("tep", "Tệp đã nhập").refused(refusals), &limits))
                (fields::tick(Field::new("bo_qua", "Bỏ qua ô sai, nhận các ô đúng"), again.posted.has("bo_qua")))
                (Button::new("Nạp tệp").second())
            }
        }
    };
    parts::details_open("Tải, nạp tệp Excel", was, inside)
}

pub async fn take(visit: Visit, Path(id): Path<ReportId>) -> Answer {
    let view = actions::seen(&visit.site, &visit.scope, id).await?;
    download(actions::workbook(&view).await?)
}

pub async fn bring(visit: Visit, Path(id): Path<ReportId>, posted: Posted) -> Answer {
    let file = posted.files.iter().find(|file| file.field == "tep" && !file.bytes.is_empty());
    let done = match file {
        Some(file) => {
            let file = (file.bytes.to_vec(), file.name.clone());
            actions::load(&visit.site, &visit.scope, id, file, posted.has("bo_qua")).await
        }
        None => Err(Refusal::new("file", "Chọn tệp Excel để nạp.").at("tep").into()),
    };
    match done {
        Ok((taken, skipped)) if skipped.is_empty() => {
            let say = if taken == 0 {
                "Tệp không có ô nào khác số liệu đang có.".into()
            } else {
                format!("Đã nhận {taken} ô.")
            };
            to(address(id, "", ""), Some(&say))
        }
        Ok((taken, skipped)) => {
            let first = Refusal::new("book-skipped", format!("Đã nhận {taken} ô, bỏ qua {} ô sau đây.", skipped.len()));
            again(&visit, id, posted, std::iter::once(first).chain(skipped).collect()).await
        }
        Err(Failure::Refused(refusals)) => again(&visit, id, posted, refusals).await,
        Err(other) => Err(other.into()),
    }
}

async fn again(visit: &Visit, id: ReportId, posted: Posted, refusals: Vec<Refusal>) -> Answer {
    let view = actions::seen(&visit.site, &visit.scope, id).await?;
    let again = Again { posted, refusals: refusals.clone(), ..Again::default() };
    show_again(whole(visit, &view, &Shown::default(), &again), refusals)
}
