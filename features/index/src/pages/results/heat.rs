//! Criteria × units in five shades; fields first, then what is inside one.

use super::{Which, nothing, only_whole, tabs, words};
use crate::actions::results;
use crate::board::{Board, Entry, HeatRow, fields, heat_rows};
use crate::model::RoundId;
use crate::pages::place;
use axum::extract::{Path, Query};
use base::{Decimal, text};
use maud::{Markup, html};
use serde::Deserialize;
use web::look::chart::{self, Heat, HeatCell};
use web::look::fields::{Choice, Field, select};
use web::look::parts::{self, Pager};
use web::look::table::Toolbar;
use web::{Answer, Visit, show};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    pub loai: Option<String>,
    /// Code of a field to look into.
    pub linh_vuc: Option<String>,
    pub trang: Option<u64>,
}

/// Columns on one page: more cannot be read at once.
const UNITS: usize = 24;

pub async fn page(visit: Visit, Path(round): Path<RoundId>, Query(shown): Query<Shown>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    only_whole(&board)?;
    let kind = board.kind(shown.loai.as_deref());
    let body = html! {
        (tabs(&board, Which::Heat, &kind))
        @if board.of(&kind).is_empty() { (nothing()) } @else { (map(&board, &kind, &shown)) }
    };
    let mut page = super::page(&board, format!("Bản đồ nhiệt: {}", board.round.name), body);
    page.wide = true;
    show(page)
}

fn map(board: &Board, kind: &str, shown: &Shown) -> Markup {
    let Some(set) = board.set(kind) else { return nothing() };
    let all = fields(set, kind);
    let field = shown.linh_vuc.as_deref().filter(|code| all.iter().any(|field| field.code == *code));
    let entries = in_order(board.of(kind));
    let pages = entries.len().div_ceil(UNITS).max(1) as u64;
    let at = shown.trang.unwrap_or(1).clamp(1, pages);
    let total = entries.len() as u64;
    let visible: Vec<&Entry> = entries.into_iter().skip((at as usize - 1) * UNITS).take(UNITS).collect();
    let rows = heat_rows(&visible, set, kind, field);
    let title = match all.iter().find(|one| Some(one.code.as_str()) == field) {
        Some(field) => format!("Phần trăm điểm tối đa trong lĩnh vực {}. {}", field.code, field.name),
        None => "Phần trăm điểm tối đa theo lĩnh vực và đơn vị".to_owned(),
    };
    let here = format!("{}{}", place::results(board.round.id), Which::Heat.path());
    let paged = |page: u64| {
        super::address::with(
            &here,
            &[("loai", kind), ("linh_vuc", field.unwrap_or_default()), ("trang", &page.to_string())],
        )
    };
    html! {
        (toolbar(board, kind, field, &all))
        (drawn(board, &title, &visible, &rows))
        @if pages > 1 { (parts::pagination(&Pager { page: at, pages, total, noun: "đơn vị" }, paged)) }
        @if field.is_none() {
            p { "Xem chi tiết: " @for (at, one) in all.iter().enumerate() { @if at > 0 { " · " } a href=(super::address::with(&here, &[("loai", kind), ("linh_vuc", &one.code)])) { (one.code) ". " (one.name) } } }
        }
    }
}

/// Units by name, so that the map of every year has them in the same order.
pub fn in_order(mut entries: Vec<&Entry>) -> Vec<&Entry> {
    entries.sort_by(|a, b| text::compare(&a.outcome.unit_name, &b.outcome.unit_name));
    entries
}

fn toolbar(board: &Board, kind: &str, field: Option<&str>, all: &[&score::Criterion]) -> Markup {
    let labels: Vec<String> = all.iter().map(|field| format!("{}. {}", field.code, field.name)).collect();
    let mut choices = vec![Choice::new("", "Tất cả lĩnh vực")];
    choices.extend(all.iter().zip(&labels).map(|(field, label)| Choice::new(&field.code, label)));
    let here = place::results(board.round.id);
    let action = format!("{here}{}", Which::Heat.path());
    let clear = super::at(board.round.id, Which::Heat, kind);
    let file = |form: &str| {
        super::address::with(
            &format!("{here}/tai"),
            &[("bang", "ban-do-nhiet"), ("loai", kind), ("linh_vuc", field.unwrap_or_default()), ("kieu", form)],
        )
    };
    let toolbar = Toolbar {
        action: &action,
        filters: Some(select(Field::new("linh_vuc", "Lĩnh vực").value(field.unwrap_or_default()), &choices)),
        keep: vec![("loai", kind)],
        set: usize::from(field.is_some()),
        clear: &clear,
        exports: vec![("Excel", file("xlsx")), ("CSV", file("csv"))],
        sizes: Vec::new(),
    };
    html! { (toolbar) }
}

fn drawn(board: &Board, title: &str, units: &[&Entry], rows: &[HeatRow]) -> Markup {
    let names: Vec<String> = rows.iter().map(|row| format!("{}. {}", row.code, row.name)).collect();
    let profile = |entry: &Entry| format!("{}/don-vi/{}", place::results(board.round.id), entry.outcome.unit);
    let hrefs: Vec<Vec<String>> = rows
        .iter()
        .map(|row| units.iter().map(|entry| format!("{}#tc-{}", profile(entry), row.code)).collect())
        .collect();
    let cells = |row: usize| {
        rows[row].shares.iter().zip(&hrefs[row]).map(|(share, href)| HeatCell {
            value: *share,
            text: share.map_or("–".to_owned(), |share| base::number::vi_fixed(&share, 0)),
            href: share.map(|_| href.as_str()),
        })
    };
    let map = Heat {
        columns: units
            .iter()
            .map(|entry| (entry.outcome.unit_short.as_str(), entry.outcome.unit_name.as_str()))
            .collect(),
        rows: names.iter().enumerate().map(|(row, name)| (name.as_str(), cells(row).collect())).collect(),
        of: Decimal::ONE_HUNDRED,
        corner: "Tiêu chí",
    };
    let lowest = lowest(rows);
    let source = match &lowest {
        Some((row, share)) => format!(
            "Bình quân thấp nhất: {}. {} ({}). Gạch chéo: không áp dụng hoặc chưa có điểm. Bấm vào ô để xem đơn vị.",
            row.code,
            row.name,
            words::percent(Some(*share))
        ),
        None => "Gạch chéo: không áp dụng hoặc chưa có điểm.".to_owned(),
    };
    chart::heat(title, &source, &map)
}

/// The row with the lowest mean.
fn lowest(rows: &[HeatRow]) -> Option<(&HeatRow, Decimal)> {
    let mean = |row: &HeatRow| {
        let known: Vec<Decimal> = row.shares.iter().flatten().copied().collect();
        let sum: Decimal = known.iter().sum();
        sum.checked_div(Decimal::from(known.len()))
    };
    rows.iter().filter_map(|row| Some((row, mean(row)?))).min_by(|a, b| a.1.cmp(&b.1))
}
