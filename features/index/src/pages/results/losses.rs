//! Criteria where the province loses most, each opening its units.

use super::{Which, nothing, only_whole, tabs, words};
use crate::actions::results;
use crate::board::{Board, Entry, Loss, losses, share};
use crate::model::RoundId;
use crate::pages::place;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use web::look::parts;
use web::look::table::{Column, Row, Table, Toolbar};
use web::{Answer, Visit, show};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    pub loai: Option<String>,
    /// Code of the criterion whose units are shown.
    pub tc: Option<String>,
}

pub async fn page(visit: Visit, Path(round): Path<RoundId>, Query(shown): Query<Shown>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    only_whole(&board)?;
    let kind = board.kind(shown.loai.as_deref());
    let found = board.set(&kind).map(|set| losses(&board.of(&kind), set, &kind)).unwrap_or_default();
    let chosen = shown.tc.as_deref().and_then(|code| found.iter().find(|loss| loss.code == code));
    let body = html! {
        (tabs(&board, Which::Losses, &kind))
        @match chosen {
            Some(loss) => (units(&board, &kind, loss)),
            None if found.is_empty() => (nothing()),
            None => (list(&board, &kind, &found)),
        }
    };
    let title = match chosen {
        Some(loss) => format!("Mất điểm ở tiêu chí {}", loss.code),
        None => format!("Tiêu chí mất điểm: {}", board.round.name),
    };
    let mut page = super::page(&board, title, body);
    if chosen.is_some() {
        page.crumbs.push(("Mất điểm".into(), super::at(round, Which::Losses, &kind)));
    }
    show(page)
}

fn list(board: &Board, kind: &str, found: &[Loss]) -> Markup {
    let here = format!("{}{}", place::results(board.round.id), Which::Losses.path());
    let lost: base::Decimal = found.iter().map(|loss| loss.lost).sum();
    let first: base::Decimal = found.iter().take(5).map(|loss| loss.lost).sum();
    let rows = found.iter().filter(|loss| !loss.lost.is_zero()).map(|loss| {
        Row::new(vec![
            html! { (loss.code) },
            html! { a href=(super::address::with(&here, &[("loai", kind), ("tc", &loss.code)])) { (loss.name) } @if loss.penalty { " " span.quiet { "(điểm trừ)" } } },
            html! { (words::fixed(Some(loss.lost))) },
            html! { (words::percent(loss.average)) },
            html! { (loss.zero) "/" (loss.units) },
        ])
    });
    let table = Table {
        caption: "Tiêu chí mất điểm, nhiều nhất trước",
        columns: vec![
            Column::new("Mã"),
            Column::new("Tiêu chí"),
            Column::number("Tổng điểm mất"),
            Column::number("Bình quân"),
            Column::number("Đơn vị 0 điểm").hint("Với điểm trừ: số đơn vị bị trừ"),
        ],
        rows: rows.collect(),
        names: 1,
        ..Table::default()
    };
    html! {
        (exports(board, kind))
        @if let Some(share) = crate::board::share_of(first, lost) {
            p { "Năm tiêu chí đầu danh sách chiếm " strong { (words::percent(Some(share))) } " tổng số điểm bị mất (" (words::fixed(Some(lost))) " điểm của " (board.of(kind).len()) " đơn vị)." }
        }
        (table)
        p.source { "Tổng điểm mất là tổng của điểm tối đa trừ điểm đạt ở các đơn vị áp dụng tiêu chí. Bấm tên tiêu chí để xem từng đơn vị." }
    }
}

fn exports(board: &Board, kind: &str) -> Markup {
    let file = |form: &str| format!("{}/tai?bang=mat-diem&loai={kind}&kieu={form}", place::results(board.round.id));
    html! { (Toolbar { exports: vec![("Excel", file("xlsx")), ("CSV", file("csv"))], ..Toolbar::default() }) }
}

/// The units of one criterion, the least first.
fn units(board: &Board, kind: &str, loss: &Loss) -> Markup {
    let mut entries: Vec<&Entry> = board
        .of(kind)
        .into_iter()
        .filter(|entry| entry.line(&loss.code).is_some_and(|line| line.points.is_some()))
        .collect();
    let points = |entry: &Entry| entry.line(&loss.code).and_then(|line| line.points).unwrap_or_default();
    entries.sort_by_key(|entry| points(entry));
    if loss.penalty {
        entries.reverse();
    }
    let rows = entries.iter().filter_map(|entry| {
        let line = entry.line(&loss.code)?;
        let unit = &entry.outcome;
        let card = format!("{}?mo={}", place::card(board.round.id, unit.unit), loss.code);
        Some(Row::new(vec![
            html! { a href={ (place::results(board.round.id)) "/don-vi/" (unit.unit) "#tc-" (loss.code) } { (unit.unit_name) } },
            html! { (words::plain(line.points)) "/" (words::plain(Some(line.max))) },
            html! { (words::percent(share(line))) },
            html! { (line.why) },
            html! { (line.reason) },
            html! { a href=(card) { "Mở hồ sơ" span.vh { " của " (unit.unit_name) } } },
        ]))
    });
    let table = Table {
        caption: "Điểm của từng đơn vị",
        columns: vec![
            Column::new("Đơn vị"),
            Column::number("Điểm"),
            Column::number("Đạt"),
            Column::new("Cách tính"),
            Column::new("Lý do của người thẩm định"),
            Column::actions("Hồ sơ"),
        ],
        rows: rows.collect(),
        names: 0,
        ..Table::default()
    };
    html! {
        p { (loss.code) ". " (loss.name) ": mất " strong { (words::fixed(Some(loss.lost))) } " điểm ở " (loss.units) " đơn vị, bình quân đạt " (words::percent(loss.average)) ", " (loss.zero) " đơn vị " @if loss.penalty { "bị trừ." } @else { "0 điểm." } }
        (table)
        p { (parts::back(&super::at(board.round.id, Which::Losses, kind), "Mọi tiêu chí mất điểm")) }
    }
}
