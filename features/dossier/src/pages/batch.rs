//! What became of a workbook of dossiers, for a day and for its sender: the codes again, and new secrets where the first were
//! lost on their way.

use super::{place as places, sheets};
use crate::actions;
use crate::model::*;
use axum::extract::Path;
use maud::{Markup, html};
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, form, show};

pub fn place(id: BatchId) -> String {
    format!("{}/{id}", sheets::HERE)
}

pub async fn page(visit: Visit, Path(id): Path<BatchId>) -> Answer {
    let (batch, rows) = actions::batch(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    show(told(&visit, &batch, &rows))
}

pub async fn renew(visit: Visit, Path(id): Path<BatchId>) -> Answer {
    let (batch, rows) = actions::renew(&visit.site, &visit.scope, id).await?;
    show(told(&visit, &batch, &rows))
}

/// The workbooks of the last day, above the next one.
pub fn recent(all: &[Batch]) -> Markup {
    html! {
        @if !all.is_empty() {
            (parts::details("Tệp đã nhận trong 24 giờ qua", html! {
                ul { @for one in all { li { a href=(place(one.id)) { (one.name) } ", " (base::day::vi_moment(one.at)) } } }
            }))
        }
    }
}

pub fn told(visit: &Visit, batch: &Batch, rows: &[BatchRow]) -> Page {
    let count = rows.iter().filter(|row| row.dossier.is_some()).count();
    let is_told = rows.iter().any(|row| row.secret.is_some());
    let mut page = Page::new(
        "Đã nhận hồ sơ từ Excel",
        html! {
            (parts::notice(Tone::Ok, html! {
                "Đã nhận " strong { (count) } " hồ sơ."
                @if is_told { " In trang này hoặc giấy hẹn trước khi rời đi: mã tra cứu không hiện lại." }
            }))
            (table(rows, is_told))
            @if !batch.left.is_empty() {
                (parts::notice(Tone::Soon, html! { "Những dòng sau chưa nhận." }))
                (sheets::cells(batch.left.iter().map(|one| (one.cell.as_str(), one.why.as_str()))))
            }
            @if !is_told && count > 0 { (renewing(visit, batch)) }
            @if is_told { p.quiet { "Trong 24 giờ, " a href=(place(batch.id)) { "trang của tệp này" } " vẫn mở được để xem mã hồ sơ hoặc cấp mã tra cứu mới." } }
        },
    );
    page.lead = Some(html! { (batch.name) ", " (base::day::vi_moment(batch.at)) });
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into()), ("Nhận nhiều từ Excel".into(), sheets::HERE.into())];
    page
}

fn renewing(visit: &Visit, batch: &Batch) -> Markup {
    html! {
        p { "Mã tra cứu không được lưu. Nếu chưa kịp in, cấp mã mới cho mọi hồ sơ của tệp; mã đã đưa cho người nộp sẽ không dùng được nữa." }
        form method="post" action={ (place(batch.id)) "/ma" } data-guard {
            (form::token(visit))
            (Button::new("Cấp mã tra cứu mới").second())
        }
    }
}

fn table(rows: &[BatchRow], is_told: bool) -> Markup {
    let mut columns = vec![Column::number("Dòng"), Column::new("Mã hồ sơ").width(30)];
    if is_told {
        columns.push(Column::new("Mã tra cứu, chỉ hiện lần này").width(30));
        columns.push(Column::new("Giấy hẹn").width(30));
    } else {
        columns.push(Column::new("Chưa nhận vì").width(60));
    }
    let row = |one: &BatchRow| {
        let Some((id, code)) = &one.dossier else {
            let mut cells = vec![html! { (one.row) }, html! { "Chưa nhận được" }, html! { (one.why) }];
            cells.extend(is_told.then(|| html! {}));
            return Row::new(cells).tone(Tone::Bad);
        };
        let mut cells = vec![html! { (one.row) }, html! { a href=(places::dossier(*id)) { (code) } }];
        match (&one.secret, is_told) {
            (Some(secret), _) => {
                let print = format!("{}/giay-hen?ma={secret}", places::dossier(*id));
                cells.push(html! { (secret) });
                cells.push(html! { a href=(print) download { "In giấy hẹn " span.vh { (code) } } });
            }
            (None, true) => cells.extend([html! {}, html! {}]),
            (None, false) => cells.push(html! {}),
        }
        Row::new(cells)
    };
    html! { (Table { caption: "Các hồ sơ đã nhận", columns, rows: rows.iter().map(row).collect(), ..Table::default() }) }
}
