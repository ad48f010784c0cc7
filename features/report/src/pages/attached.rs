//! Files that go with a report: listed, brought, taken away again.

use super::one::{Again, FILES, Shown, address, whole};
use super::place;
use crate::actions;
use crate::model::*;
use crate::rules;
use crate::view::View;
use axum::extract::Path;
use base::Refusal;
use file::FileUseId;
use maud::{Markup, html};
use people::Failure;
use web::look::fields::{self, Field, Limits};
use web::look::parts::Button;
use web::look::table::{Column, Row, Table};
use web::{Answer, Posted, Visit, file_answer, form, show_again, to};

pub fn panel(visit: &Visit, view: &View, again: &Again) -> Markup {
    let here = format!("{}/dinh-kem", place::report(view.held.report.id));
    let may = rules::may_fill(&view.held).is_ok();
    let limits = visit.site.files.limits();
    let (kinds, accept) = (limits.families(), limits.accept());
    let limits = Limits { kinds: &kinds, accept: &accept, megabytes: limits.megabytes(), many: true };
    let row = |one: &file::Use| {
        Row::new(vec![
            html! {
                a href={ (here) "/" (one.id) } download { (one.name) }
                div.quiet { (file::size(one.bytes.unsigned_abs())) ", " (base::day::vi_moment(one.at)) }
            },
            html! {
                @if may && actions::is_free(&view.held, one) {
                    form method="post" action={ (here) "/" (one.id) "/bo" } {
                        (form::token(visit))
                        (Button::new("Bỏ tệp").quiet().about(&one.name))
                    }
                }
            },
        ])
    };
    // Two columns: on a telephone what may be done with a file must be in sight.
    let columns = vec![Column::new("Tệp"), Column::actions("Việc")];
    html! {
        @if view.files.is_empty() { p { "Chưa có tệp đính kèm." } }
        @else { (Table { caption: "Tệp đính kèm", columns, rows: view.files.iter().map(row).collect(), names: 0, ..Table::default() }) }
        @if may {
            form.form method="post" action=(here) enctype="multipart/form-data" {
                (form::token(visit))
                (fields::file(Field::new("tep", "Thêm tệp").refused(&again.refusals), &limits))
                (Button::new("Đính kèm").second())
            }
        } @else if !view.files.is_empty() { p.quiet { "Tệp đã gửi cùng báo cáo thì giữ nguyên." } }
    }
}

pub async fn bring(visit: Visit, Path(id): Path<ReportId>, posted: Posted) -> Answer {
    let files: Vec<(Vec<u8>, String)> = posted
        .files
        .iter()
        .filter(|file| file.field == "tep" && !file.bytes.is_empty())
        .map(|file| (file.bytes.to_vec(), file.name.clone()))
        .collect();
    let (mut taken, mut refusals) = (0, Vec::new());
    if files.is_empty() {
        refusals.push(Refusal::new("file", "Chọn tệp để đính kèm.").at("tep"));
    }
    // Each for itself: one that cannot be kept leaves the others.
    for file in files {
        match actions::attach(&visit.site, &visit.scope, id, file).await {
            Ok(()) => taken += 1,
            Err(Failure::Refused(all)) => refusals.extend(all),
            Err(other) => return Err(other.into()),
        }
    }
    if refusals.is_empty() {
        return to(address(id, FILES, ""), Some(&format!("Đã đính kèm {taken} tệp.")));
    }
    let view = actions::seen(&visit.site, &visit.scope, id).await?;
    let again = Again { posted, refusals: refusals.clone(), ..Again::default() };
    let shown = Shown { phan: Some(FILES.to_owned()), ..Shown::default() };
    show_again(whole(&visit, &view, &shown, &again), refusals)
}

pub async fn remove(visit: Visit, Path((id, file)): Path<(ReportId, FileUseId)>, _form: Posted) -> Answer {
    actions::detach(&visit.site, &visit.scope, id, file).await?;
    to(address(id, FILES, ""), Some("Đã bỏ tệp."))
}

pub async fn take(visit: Visit, Path((id, file)): Path<(ReportId, FileUseId)>) -> Answer {
    let opened = actions::attached(&visit.site, &visit.scope, id, file).await?;
    Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, false), opened.bytes))
}
