//! Many dossiers at once from a workbook: its template, and what was filled in.

use super::batch;
use super::intake::{Chosen, Wanted, choose, chosen};
use crate::actions;
use crate::model::NotNow;
use crate::sheets;
use axum::extract::Query;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use procedure::{Asked, Procedure};
use web::look::Page;
use web::look::fields::{self, Field, Limits};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, file_answer, form, show, show_again};

pub const HERE: &str = "/mot-cua/tiep-nhan/nhieu";
const TEMPLATE: &str = "/mot-cua/tiep-nhan/nhieu/mau";

pub async fn page(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    let chosen = chosen(&visit, &wanted.thu_tuc, &wanted.truong_hop).await?;
    let recent = actions::batches(&mut visit.site.db.read().await?, &visit.scope).await?;
    show(shown(&visit, &chosen, &wanted.thu_tuc, &[], batch::recent(&recent)))
}

fn shown(visit: &Visit, chosen: &Chosen, typed: &str, refusals: &[Refusal], above: maud::Markup) -> Page {
    let asked = chosen.procedure.as_ref().and_then(|procedure| Some((procedure, procedure.asked(&chosen.case)?)));
    let mut page = Page::new(
        "Nhận nhiều hồ sơ từ Excel",
        html! {
            (above)
            (choose(HERE, chosen, typed, &[]))
            @if let Some((procedure, asked)) = &asked { (upload(visit, procedure, asked)) (wrong(refusals)) }
        },
    );
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into()), ("Tiếp nhận".into(), super::intake::HERE.into())];
    page
}

fn upload(visit: &Visit, procedure: &Procedure, asked: &Asked<'_>) -> Markup {
    let template = web::address::with(TEMPLATE, &[("thu_tuc", &procedure.code), ("truong_hop", &asked.case.code)]);
    let megabytes = visit.site.settings.upload_mib;
    let limits = Limits { kinds: "Excel hoặc CSV", accept: ".xlsx,.ods,.csv", megabytes, many: false };
    html! {
        p { strong { (procedure.name) } " · " (asked.case.name) " · Thời hạn: " (asked.case.time.say()) }
        p { (Button::new("Tải mẫu Excel").to(&template).second().file()) }
        form.form method="post" action=(HERE) enctype="multipart/form-data" data-guard {
            (form::keyed(visit))
            input type="hidden" name="thu_tuc" value=(procedure.code);
            input type="hidden" name="truong_hop" value=(asked.case.code);
            (fields::file(Field::new("tep", "Tệp Excel đã điền"), &limits))
            (fields::tick(Field::new("bo_qua", "Bỏ qua dòng sai, nhận những dòng đúng"), false))
            (Button::new("Nhận các hồ sơ"))
        }
    }
}

/// Every bad cell with its place.
fn wrong(refusals: &[Refusal]) -> Markup {
    cells(refusals.iter().map(|no| (no.field.as_deref().unwrap_or_default(), no.say.as_str())))
}

pub(super) fn cells<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    let columns = vec![Column::new("Ô").width(20), Column::new("Sai ở đâu, sửa thế nào").width(80)];
    let place = |cell: &'a str| if cell.is_empty() { "Cả tệp" } else { cell };
    let rows: Vec<Row> = all.map(|(cell, say)| Row::new(vec![html! { (place(cell)) }, html! { (say) }])).collect();
    html! { @if !rows.is_empty() { (Table { caption: "Những ô cần sửa", columns, rows, ..Table::default() }) } }
}

pub async fn template(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    let chosen = chosen(&visit, &wanted.thu_tuc, &wanted.truong_hop).await?;
    let procedure = chosen.procedure.ok_or(Failure::from(NotNow::NoProcedure))?;
    let asked = procedure.asked(&chosen.case).ok_or(Failure::from(NotNow::NoCase))?;
    let bytes = sheets::template(&procedure, &asked).map_err(Failure::from)?;
    let name = format!("tiep-nhan-{}-{}.xlsx", procedure.code, asked.case.code);
    Ok(file_answer(&file::headers(&name, file::Kind::Xlsx.media(), false), bytes.into()))
}

/// Nothing is received while a cell is wrong, unless the clerk says to leave such rows out.
pub async fn receive(visit: Visit, posted: Posted) -> Answer {
    let chosen = chosen(&visit, posted.get("thu_tuc"), posted.get("truong_hop")).await?;
    let procedure = chosen.procedure.clone().ok_or(Failure::from(NotNow::NoProcedure))?;
    let asked = procedure.asked(&chosen.case).ok_or(Failure::from(NotNow::NoCase))?;
    let again = |no: Refusals| {
        let lead = match no.len() {
            1 => "Có 1 ô cần sửa; chưa hồ sơ nào được nhận.".to_owned(),
            many => format!("Có {many} ô cần sửa; chưa hồ sơ nào được nhận."),
        };
        let above = parts::notice(Tone::Hot, html! { (lead) });
        show_again(shown(&visit, &chosen, "", &no, above), Refusals::new())
    };
    let Some(file) = posted.files.iter().find(|file| file.field == "tep" && !file.bytes.is_empty()) else {
        return again(vec![Refusal::new("intake-file", "Chọn tệp Excel đã điền.")]);
    };
    let book = match sheet::read(&file.bytes, &file.name) {
        Ok(book) => book,
        Err(no) => return again(vec![no]),
    };
    let (mut good, wrong) = sheets::read(&book, &procedure, &asked, visit.scope.today());
    if !wrong.is_empty() && (!posted.has("bo_qua") || good.is_empty()) {
        return again(wrong);
    }
    good.iter_mut().for_each(|(_, new)| new.sample = visit.site.settings.sample);
    // The secrets are shown once, in the answer itself: who sends the form twice, or lost the answer, is led to what became
    // of the workbook.
    let mut first = None;
    let done = web::once(&visit, &posted, Some("Tệp này đã được nhận."), async {
        let taken = actions::receive_many(&visit.site, &visit.scope, &file.name, good, &wrong).await.map_err(Fault)?;
        let place = batch::place(taken.0.id);
        first = Some(taken);
        Ok(place)
    });
    let answer = done.await?;
    match first {
        Some((taken, rows)) => show(batch::told(&visit, &taken, &rows)),
        None => Ok(answer),
    }
}
