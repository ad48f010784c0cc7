//! The ranking of a kind of unit: sorted, filtered, paged by the address.

use super::{Which, address, nothing, tabs, words};
use crate::actions::results;
use crate::board::{Board, Entry};
use crate::model::RoundId;
use crate::pages::place;
use crate::rules::Sight;
use axum::extract::{Path, Query};
use base::text::{compare, fold, matches};
use maud::{Markup, html};
use serde::Deserialize;
use std::cmp::Ordering;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Pager};
use web::look::table::{Column, Row, Sorted, Table, Toolbar};
use web::{Answer, Visit, show};

/// What the ranking shows, kept in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    pub loai: Option<String>,
    pub tim: Option<String>,
    /// Rating.
    pub xep_loai: Option<String>,
    /// 'hang', 'ten', 'tu-cham', 'tham-dinh', 'dieu-tra', 'tong', 'chi-so', 'diem', 'thay-doi'; a minus before it turns it round.
    pub sap: Option<String>,
    pub trang: Option<u64>,
    pub dong: Option<u64>,
}

const SIZES: [u64; 3] = [20, 50, 100];

pub async fn page(visit: Visit, Path(round): Path<RoundId>, Query(shown): Query<Shown>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    let kind = board.kind(shown.loai.as_deref());
    let body = html! {
        (tabs(&board, Which::Ranking, &kind))
        @if board.of(&kind).is_empty() { (nothing()) } @else { (list(&board, &kind, &shown)) }
    };
    let mut page = super::page(&board, format!("Kết quả: {}", board.round.name), body);
    page.wide = true;
    page.actions = Some(actions(&visit, &board));
    show(page)
}

fn actions(visit: &Visit, board: &Board) -> Markup {
    let decision = format!("{}/quyet-dinh", place::round(board.round.id));
    html! {
        @if board.sight == Sight::Whole {
            @let words = if board.is_published() { "Quyết định công bố (PDF)" } else { "Dự thảo quyết định (PDF)" };
            (Button::new(words).to(&format!("{decision}?kieu=pdf")).second().file())
            (Button::new("Word").to(&format!("{decision}?kieu=docx")).second().file().about("của quyết định công bố"))
            form method="post" action={ (place::results(board.round.id)) "/xuat-toan-bo" } {
                input type="hidden" name="csrf" value=(visit.csrf());
                input type="hidden" name="key" value=(visit.key());
                (Button::new("Xuất toàn bộ").second())
            }
        }
    }
}

fn list(board: &Board, kind: &str, shown: &Shown) -> Markup {
    let mut entries = board.of(kind);
    let all = entries.len();
    let needle = fold(shown.tim.as_deref().unwrap_or_default());
    let rating = shown.xep_loai.as_deref().unwrap_or_default();
    entries.retain(|entry| {
        let named = needle.is_empty()
            || matches(&fold(&entry.outcome.unit_name), &needle)
            || matches(&fold(&entry.outcome.unit_short), &needle);
        named && (rating.is_empty() || entry.outcome.rating.as_deref() == Some(rating))
    });
    let sort = shown.sap.as_deref().unwrap_or("hang");
    let (name, down) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
    entries.sort_by(|a, b| if down { order(name, b, a) } else { order(name, a, b) });
    let size = shown.dong.filter(|size| SIZES.contains(size)).unwrap_or(SIZES[0]);
    let total = entries.len() as u64;
    let pages = total.div_ceil(size).max(1);
    let at = shown.trang.unwrap_or(1).clamp(1, pages);
    let from = ((at - 1) * size) as usize;
    let visible: Vec<&Entry> = entries.into_iter().skip(from).take(size as usize).collect();
    let last = board.compared_with(kind);
    let table = Table {
        caption: "Xếp hạng",
        columns: columns(board, kind, shown, last),
        rows: visible.iter().map(|entry| row(board, entry)).collect(),
        foot: median(board, kind),
        names: 1,
        ..Table::default()
    };
    html! {
        (toolbar(board, kind, shown, size))
        @if visible.is_empty() {
            (parts::empty("Không có đơn vị nào phù hợp.", "Hãy bỏ bớt điều kiện lọc.", Some(parts::link_button("Xoá bộ lọc", &super::at(board.round.id, Which::Ranking, kind)))))
        } @else {
            (table)
        }
        @if total > SIZES[0] || total < all as u64 {
            (parts::pagination(&Pager { page: at, pages, total, noun: "đơn vị" }, |page| link(board, kind, shown, &[("trang", &page.to_string())])))
        }
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

/// Ascending as the column is first wanted: ranks and names up, points from the highest.
fn order(name: &str, a: &Entry, b: &Entry) -> Ordering {
    let (one, other) = (&a.outcome, &b.outcome);
    let by_rank = || one.rank.unwrap_or(i64::MAX).cmp(&other.rank.unwrap_or(i64::MAX));
    match name {
        "ten" => compare(&one.unit_name, &other.unit_name),
        "tu-cham" => other.self_points.cmp(&one.self_points),
        "tham-dinh" => b.appraised.cmp(&a.appraised),
        "dieu-tra" => other.survey_points.cmp(&one.survey_points),
        "tong" => other.points.cmp(&one.points),
        "chi-so" => other.score.cmp(&one.score),
        "diem" => b.moved().cmp(&a.moved()),
        "thay-doi" => b.climbed().cmp(&a.climbed()),
        _ => by_rank(),
    }
    .then_with(by_rank)
}

/// The present address with some of it changed.
fn link(board: &Board, kind: &str, shown: &Shown, changed: &[(&str, &str)]) -> String {
    let size = shown.dong.map(|size| size.to_string()).unwrap_or_default();
    let now = [
        ("loai", kind),
        ("tim", shown.tim.as_deref().unwrap_or_default()),
        ("xep_loai", shown.xep_loai.as_deref().unwrap_or_default()),
        ("sap", shown.sap.as_deref().unwrap_or_default()),
        ("dong", &size),
        ("trang", ""),
    ];
    let of = |name: &str, value| changed.iter().find(|(other, _)| *other == name).map_or(value, |(_, new)| *new);
    let pairs: Vec<(&str, &str)> = now.iter().map(|(name, value)| (*name, of(name, value))).collect();
    address::with(&place::results(board.round.id), &pairs)
}

fn columns(board: &Board, kind: &str, shown: &Shown, last: Option<i64>) -> Vec<Column<'static>> {
    let sort = shown.sap.as_deref().unwrap_or("hang");
    let sorted = |column: Column<'static>, name: &str, first: Sorted| {
        let other = if first == Sorted::Up { Sorted::Down } else { Sorted::Up };
        let (now, next) = match sort.strip_prefix('-') {
            Some(turned) if turned == name => (other, name.to_owned()),
            None if sort == name => (first, format!("-{name}")),
            _ => (Sorted::No, name.to_owned()),
        };
        column.sort(link(board, kind, shown, &[("sap", &next)]), now)
    };
    let mut columns = vec![
        sorted(Column::number("Hạng"), "hang", Sorted::Up),
        sorted(Column::new("Đơn vị"), "ten", Sorted::Up),
        sorted(Column::number("Tự chấm"), "tu-cham", Sorted::Down),
        sorted(Column::number("Thẩm định"), "tham-dinh", Sorted::Down),
        sorted(Column::number("Điều tra"), "dieu-tra", Sorted::Down),
        Column::number("Cộng, trừ"),
        sorted(Column::number("Tổng"), "tong", Sorted::Down),
        sorted(Column::number("Chỉ số %"), "chi-so", Sorted::Down),
        Column::new("Xếp loại"),
    ];
    if waits(board, kind) {
        columns.push(Column::number("Chưa có điểm").hint("Số tiêu chí chưa có điểm"));
    }
    if last.is_some() {
        columns.push(sorted(Column::number("± điểm"), "diem", Sorted::Down));
        columns.push(sorted(Column::new("± hạng"), "thay-doi", Sorted::Down));
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

fn toolbar(board: &Board, kind: &str, shown: &Shown, size: u64) -> Markup {
    let tim = shown.tim.as_deref().unwrap_or_default();
    let rating = shown.xep_loai.as_deref().unwrap_or_default();
    let ratings = board
        .set(kind)
        .map(|set| set.ratings.iter().map(|rating| rating.name.clone()).collect::<Vec<_>>())
        .unwrap_or_default();
    let mut choices = vec![Choice::new("", "Mọi xếp loại")];
    choices.extend(ratings.iter().map(|name| Choice::new(name, name)));
    let clear = super::at(board.round.id, Which::Ranking, kind);
    let here = place::results(board.round.id);
    let file = |form: &str| format!("{here}/tai?bang=xep-hang&loai={kind}&kieu={form}");
    let many = board.of(kind).len() as u64 > SIZES[0];
    let sizes = SIZES
        .iter()
        .filter(|_| many)
        .map(|one| (*one as u32, (*one != size).then(|| link(board, kind, shown, &[("dong", &one.to_string())]))));
    let toolbar = Toolbar {
        action: &here,
        filters: Some(html! {
            (fields::search(Field::new("tim", "Tìm đơn vị").value(tim)))
            (fields::select(Field::new("xep_loai", "Xếp loại").value(rating), &choices))
        }),
        keep: vec![("loai", kind), ("sap", shown.sap.as_deref().unwrap_or_default())],
        set: usize::from(!tim.is_empty()) + usize::from(!rating.is_empty()),
        clear: &clear,
        exports: vec![("Excel", file("xlsx")), ("CSV", file("csv"))],
        sizes: sizes.collect(),
    };
    html! { (toolbar) }
}
