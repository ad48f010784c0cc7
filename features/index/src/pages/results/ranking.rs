//! The ranking of a kind of unit: sorted, filtered, paged by the address.

use super::{Which, nothing, tabs, words};
use crate::actions::results;
use crate::board::{Board, Entry};
use crate::exports;
use crate::model::RoundId;
use crate::pages::place;
use crate::rules::Sight;
use axum::extract::Path;
use base::text::compare;
use maud::{Markup, html};
use std::cmp::Ordering;
use web::list::{self, Listing};
use web::look::fields::{self, Choice, Field};
use web::look::parts::Button;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, form, show};

const FILTERS: [&str; 2] = ["tim", "xep_loai"];

pub async fn page(visit: Visit, Path(round): Path<RoundId>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    let list = Listing::of(&visit.uri, "hang", &FILTERS);
    let kind = board.kind(Some(list.get("loai")));
    let entries = wanted(&board, &kind, &list);
    if let Some(file) = list.as_file() {
        let name = format!("xep-hang-{kind}-{}", board.round.year);
        return list::file(file, &name, exports::ranking(&board, &kind, &entries), visit.scope.now);
    }
    let body = html! {
        (tabs(&board, Which::Ranking, &kind))
        @if board.of(&kind).is_empty() { (nothing()) } @else { (ranked(&board, &kind, &list, &entries)) }
    };
    let mut page = super::page(&board, format!("Kết quả: {}", board.round.name), body);
    page.wide = true;
    page.actions = Some(actions(&visit, &board));
    show(page)
}

/// The entries that the address asks for, in its order.
fn wanted<'a>(board: &'a Board, kind: &str, list: &Listing) -> Vec<&'a Entry> {
    let mut entries = board.of(kind);
    let rating = list.get("xep_loai");
    entries.retain(|entry| {
        (list.finds(&entry.outcome.unit_name) || list.finds(&entry.outcome.unit_short))
            && (rating.is_empty() || entry.outcome.rating.as_deref() == Some(rating))
    });
    let (column, down) = list.sorted();
    entries.sort_by(|a, b| {
        let by = order(column, a, b);
        if down { by.reverse() } else { by }.then_with(|| by_rank(a, b))
    });
    entries
}

fn order(column: &str, a: &Entry, b: &Entry) -> Ordering {
    let (one, other) = (&a.outcome, &b.outcome);
    match column {
        "ten" => compare(&one.unit_name, &other.unit_name),
        "tu-cham" => one.self_points.cmp(&other.self_points),
        "tham-dinh" => a.appraised.cmp(&b.appraised),
        "dieu-tra" => one.survey_points.cmp(&other.survey_points),
        "tong" => one.points.cmp(&other.points),
        "chi-so" => one.score.cmp(&other.score),
        "diem" => a.moved().cmp(&b.moved()),
        "thay-doi" => a.climbed().cmp(&b.climbed()),
        _ => by_rank(a, b),
    }
}

/// Who has no rank stands last.
fn by_rank(a: &Entry, b: &Entry) -> Ordering {
    let rank = |entry: &Entry| entry.outcome.rank.unwrap_or(i64::MAX);
    rank(a).cmp(&rank(b))
}

fn actions(visit: &Visit, board: &Board) -> Markup {
    let decision = format!("{}/quyet-dinh", place::round(board.round.id));
    html! {
        @if board.sight == Sight::Whole {
            @let words = if board.is_published() { "Quyết định công bố (PDF)" } else { "Dự thảo quyết định (PDF)" };
            (Button::new(words).to(&format!("{decision}?kieu=pdf")).second().file())
            (Button::new("Word").to(&format!("{decision}?kieu=docx")).second().file().about("của quyết định công bố"))
            form method="post" action={ (place::results(board.round.id)) "/xuat-toan-bo" } {
                (form::keyed(visit))
                (Button::new("Xuất toàn bộ").second())
            }
        }
    }
}

fn ranked(board: &Board, kind: &str, list: &Listing, entries: &[&Entry]) -> Markup {
    let last = board.compared_with(kind);
    let table = Table {
        caption: "Xếp hạng",
        columns: columns(board, kind, list, last),
        rows: list.slice(entries).iter().map(|entry| row(board, entry)).collect(),
        foot: median(board, kind),
        names: 1,
        ..Table::default()
    };
    html! {
        (list.toolbar(filters(board, kind, list), list.is_long(board.of(kind).len())))
        @if entries.is_empty() { (list.none("Không có đơn vị nào phù hợp.", "Hãy bỏ bớt điều kiện lọc.")) }
        @else { (table) (list.pager(entries.len(), "đơn vị")) }
        (legend(board, last))
    }
}

fn legend(board: &Board, last: Option<i64>) -> Markup {
    html! {
        p.source {
            "Tự chấm gồm cả điểm điều tra và điểm cộng, trừ. Thẩm định: điểm các tiêu chí đơn vị được thẩm định, chưa gồm điều tra và điểm cộng, trừ. "
            "Chỉ số = tổng điểm / điểm tối đa áp dụng. "
            @match last {
                Some(last) => { "So với kết quả công bố năm " (last) ". " }
                None if board.is_published() => "Không có kết quả công bố của năm trước để so sánh. ",
                None => "So với năm trước khi mọi tiêu chí đã có điểm; đến lúc đó, chỉ số và hạng tính trên phần đã có điểm. ",
            }
        }
    }
}

fn columns(board: &Board, kind: &str, list: &Listing, last: Option<i64>) -> Vec<Column<'static>> {
    let mut columns = vec![
        list.column(Column::number("Hạng"), "hang"),
        list.column(Column::new("Đơn vị"), "ten"),
        list.falling(Column::number("Tự chấm"), "tu-cham"),
        list.falling(Column::number("Thẩm định"), "tham-dinh"),
        list.falling(Column::number("Điều tra"), "dieu-tra"),
        Column::number("Cộng, trừ"),
        list.falling(Column::number("Tổng"), "tong"),
        list.falling(Column::number("Chỉ số %"), "chi-so"),
        Column::new("Xếp loại"),
    ];
    if waits(board, kind) {
        columns.push(Column::number("Chưa có điểm").hint("Số tiêu chí chưa có điểm"));
    }
    if last.is_some() {
        columns.push(list.falling(Column::number("± điểm"), "diem"));
        columns.push(list.falling(Column::new("± hạng"), "thay-doi"));
        columns.push(Column::new("5 năm"));
    }
    columns
}

/// Whether points of any unit are still to come.
fn waits(board: &Board, kind: &str) -> bool {
    board.of(kind).iter().any(|entry| entry.unknown > 0)
}

fn row(board: &Board, entry: &Entry) -> Row {
    let one = &entry.outcome;
    let profile = format!("{}/don-vi/{}", place::results(board.round.id), one.unit);
    let extra = one.bonus - one.penalty;
    let mut cells = vec![
        html! { (one.rank.map_or("–".to_owned(), |rank| rank.to_string())) },
        html! { a href=(profile) { (one.unit_name) } },
        html! { (words::fixed(one.self_points)) },
        html! { (words::fixed(Some(entry.appraised))) },
        html! { (words::fixed(one.survey_points)) },
        html! { @if extra.is_zero() { "0,00" } @else { (base::number::signed(&extra, 2)) } },
        html! { strong { (words::fixed(Some(one.points))) } },
        html! { (words::fixed(one.score)) },
        html! { (one.rating.as_deref().unwrap_or("–")) },
    ];
    if waits(board, &one.kind) {
        cells.push(html! { (entry.unknown) });
    }
    if board.compared_with(&one.kind).is_some() {
        cells.push(words::moved(entry.moved()));
        cells.push(words::climbed(entry.climbed()));
        cells.push(words::spark(entry, board.round.year));
    }
    Row::new(cells)
}

fn median(board: &Board, kind: &str) -> Option<Row> {
    let median = board.median(kind)?;
    let mut cells =
        vec![html! {}, html! { "Trung vị của " (median.units) " đơn vị" }, html! {}, html! {}, html! {}, html! {}];
    cells.push(html! { (words::fixed(median.points)) });
    cells.push(html! { (words::fixed(median.index)) });
    cells.push(html! {});
    if waits(board, kind) {
        cells.push(html! {});
    }
    if board.compared_with(kind).is_some() {
        cells.extend([html! {}, html! {}, html! {}]);
    }
    Some(Row::new(cells))
}

fn filters(board: &Board, kind: &str, list: &Listing) -> Markup {
    let ratings: Vec<&str> =
        board.set(kind).map(|set| set.ratings.iter().map(|rating| rating.name.as_str()).collect()).unwrap_or_default();
    let choices: Vec<Choice> = [Choice::new("", "Mọi xếp loại")]
        .into_iter()
        .chain(ratings.iter().map(|name| Choice::new(name, name)))
        .collect();
    html! {
        (fields::search(Field::new("tim", "Tìm đơn vị").value(list.get("tim"))))
        (fields::select(Field::new("xep_loai", "Xếp loại").value(list.get("xep_loai")), &choices))
    }
}
