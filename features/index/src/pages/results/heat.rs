//! Criteria × units in five shades; fields first, then what is inside one.

use super::{Which, nothing, tabs, words};
use crate::actions::results;
use crate::board::{Board, Entry, HeatRow, fields, heat_rows};
use crate::exports;
use crate::model::RoundId;
use crate::pages::place;
use axum::extract::Path;
use base::Decimal;
use maud::{Markup, html};
use people::Failure;
use web::list::{self, Listing};
use web::look::chart::{self, Heat, HeatCell};
use web::look::fields::{Choice, Field, select};
use web::look::parts::{self, Pager};
use web::{Answer, Visit, show};

/// Columns on one page: more cannot be read at once.
const UNITS: usize = 24;

pub async fn page(visit: Visit, Path(round): Path<RoundId>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::whole_board(&mut conn, &visit.scope, round).await?;
    let list = Listing::of(&visit.uri, "", &["linh_vuc"]);
    let kind = board.kind(Some(list.get("loai")));
    if let Some(file) = list.as_file() {
        let name = format!("ban-do-nhiet-{kind}-{}", board.round.year);
        return list::file(file, &name, table(&board, &kind, &list).ok_or(Failure::NotFound)?, visit.scope.now);
    }
    let body = html! {
        (tabs(&board, Which::Heat, &kind))
        @if board.of(&kind).is_empty() { (nothing()) } @else { (map(&board, &kind, &list)) }
    };
    let mut page = super::page(&board, format!("Bản đồ nhiệt: {}", board.round.name), body);
    page.wide = true;
    show(page)
}

/// The field that is looked into, if it is one.
fn looked_into<'a>(list: &'a Listing, all: &[&score::Criterion]) -> Option<&'a str> {
    Some(list.get("linh_vuc")).filter(|code| all.iter().any(|field| field.code == *code))
}

/// The whole map as a table to keep.
fn table(board: &Board, kind: &str, list: &Listing) -> Option<sheet::Table> {
    let set = board.set(kind)?;
    let units = board.by_name(kind);
    let rows = heat_rows(&units, set, kind, looked_into(list, &fields(set, kind)));
    Some(exports::heat(board, kind, &units, &rows))
}

fn map(board: &Board, kind: &str, list: &Listing) -> Markup {
    let Some(set) = board.set(kind) else { return nothing() };
    let all = fields(set, kind);
    let field = looked_into(list, &all);
    let entries = board.by_name(kind);
    let pages = entries.len().div_ceil(UNITS).max(1) as u64;
    let at = list.get("trang").parse().unwrap_or(1).clamp(1, pages);
    let total = entries.len() as u64;
    let visible: Vec<&Entry> = entries.into_iter().skip((at as usize - 1) * UNITS).take(UNITS).collect();
    let rows = heat_rows(&visible, set, kind, field);
    let title = match all.iter().find(|one| Some(one.code.as_str()) == field) {
        Some(field) => format!("Phần trăm điểm tối đa trong lĩnh vực {}. {}", field.code, field.name),
        None => "Phần trăm điểm tối đa theo lĩnh vực và đơn vị".to_owned(),
    };
    let paged = |page: u64| list.with(&[("trang", &page.to_string())]);
    let into = |field: &score::Criterion| list.with(&[("linh_vuc", &field.code), ("trang", "")]);
    html! {
        (list.toolbar(filters(field, &all), false))
        (drawn(board, &title, &visible, &rows))
        @if pages > 1 { (parts::pagination(&Pager { page: at, pages, total, noun: "đơn vị" }, paged)) }
        @if field.is_none() {
            p { "Xem chi tiết: " @for (at, one) in all.iter().enumerate() { @if at > 0 { " · " } a href=(into(one)) { (one.code) ". " (one.name) } } }
        }
    }
}

fn filters(field: Option<&str>, all: &[&score::Criterion]) -> Markup {
    let labels: Vec<String> = all.iter().map(|field| format!("{}. {}", field.code, field.name)).collect();
    let mut choices = vec![Choice::new("", "Tất cả lĩnh vực")];
    choices.extend(all.iter().zip(&labels).map(|(field, label)| Choice::new(&field.code, label)));
    select(Field::new("linh_vuc", "Lĩnh vực").value(field.unwrap_or_default()), &choices)
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
