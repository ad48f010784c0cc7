//! One criterion across all units: to be as strict with one as with the other.

use crate::actions;
use crate::model::*;
use crate::pages::place;
use crate::pages::rounds::crumbs;
use axum::extract::Path;
use base::number::vi;
use maud::html;
use web::look::Page;
use web::look::parts::{self, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub async fn page(visit: Visit, Path((round, kind, code)): Path<(RoundId, String, String)>) -> Answer {
    let across = actions::across(&visit.site, &visit.scope, round, &kind, &code).await?;
    let points =
        |points: Option<base::Decimal>| points.map(|points| super::points(&points)).unwrap_or_else(|| "–".into());
    let rows = across
        .lines
        .iter()
        .map(|line| {
            Row::new(vec![
                html! { a href={ (place::appraisal(round, line.unit)) "?mo=" (code) "#r-" (code) } { (line.unit_name) } },
                html! { (line.answer) },
                html! { (points(line.own)) },
                html! { (points(line.settled)) },
                html! { (line.reason) },
                if line.judged { parts::tag(Tone::Ok, "Đã xem") } else { parts::tag(Tone::Plain, "Chưa xem") },
            ])
        })
        .collect();
    let table = Table {
        caption: "Tiêu chí giữa các đơn vị",
        columns: vec![
            Column::new("Đơn vị"),
            Column::new("Trả lời"),
            Column::number("Tự chấm"),
            Column::number("Thẩm định"),
            Column::new("Lý do"),
            Column::new("Trạng thái"),
        ],
        rows,
        ..Table::default()
    };
    let body = html! {
        p { "Điểm tối đa " strong { (vi(&across.max)) } @if let Some(median) = across.median { ", trung vị " strong { (super::points(&median)) } } }
        nav.pager aria-label="Tiêu chí khác" {
            @if let Some(before) = &across.before { a href=(format!("/chi-so/dot/{round}/tham-dinh-theo-tieu-chi/{kind}/{before}")) { "‹ " (before) } " " }
            @if let Some(after) = &across.after { a href=(format!("/chi-so/dot/{round}/tham-dinh-theo-tieu-chi/{kind}/{after}")) { (after) " ›" } }
        }
        (table)
    };
    let mut page = Page::new(format!("{code}. {}", across.name), body);
    page.crumbs = crumbs(&across.round);
    show(page)
}
