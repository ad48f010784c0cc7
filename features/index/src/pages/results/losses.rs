//! Criteria where the province loses most, each opening its units.

use super::{Which, nothing, tabs, words};
use crate::actions::results;
use crate::board::{Board, Loss, losers, losses, share};
use crate::exports;
use crate::model::RoundId;
use crate::pages::place;
use axum::extract::Path;
use base::text::compare;
use maud::{Markup, html};
use web::list::{self, Listing};
use web::look::fields::{self, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub async fn page(visit: Visit, Path(round): Path<RoundId>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::whole_board(&mut conn, &visit.scope, round).await?;
    let list = Listing::of(&visit.uri, "-mat", &["tim"]);
    let kind = board.kind(Some(list.get("loai")));
    let found = board.set(&kind).map(|set| losses(&board.of(&kind), set, &kind)).unwrap_or_default();
    let wanted = wanted(&found, &list);
    if let Some(file) = list.as_file() {
        let name = format!("mat-diem-{kind}-{}", board.round.year);
        return list::file(file, &name, exports::losses(&board, &kind, &wanted), visit.scope.now);
    }
    let chosen = found.iter().find(|loss| loss.code == list.get("tc"));
    let body = html! {
        (tabs(&board, Which::Losses, &kind))
        @match chosen {
            Some(loss) => (units(&board, &kind, loss)),
            None if found.is_empty() => (nothing()),
            None => (listed(&board, &kind, &list, &found, &wanted)),
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

/// What is lost at all, as the address asks for it and in its order.
fn wanted<'a>(found: &'a [Loss], list: &Listing) -> Vec<&'a Loss> {
    let mut wanted: Vec<&Loss> = found
        .iter()
        .filter(|loss| !loss.lost.is_zero() && list.finds(&format!("{} {}", loss.code, loss.name)))
        .collect();
    let (column, down) = list.sorted();
    wanted.sort_by(|a, b| {
        let by = match column {
            "ma" => compare(&a.code, &b.code),
            "ten" => compare(&a.name, &b.name),
            "binh-quan" => a.average.cmp(&b.average),
            "khong" => a.zero.cmp(&b.zero),
            _ => a.lost.cmp(&b.lost),
        };
        if down { by.reverse() } else { by }
    });
    wanted
}

fn listed(board: &Board, kind: &str, list: &Listing, found: &[Loss], wanted: &[&Loss]) -> Markup {
    let lost: base::Decimal = found.iter().map(|loss| loss.lost).sum();
    let first: base::Decimal = found.iter().take(5).map(|loss| loss.lost).sum();
    let rows = list.slice(wanted).iter().map(|loss| {
        Row::new(vec![
            html! { (loss.code) },
            html! { a href=(list.with(&[("tc", &loss.code)])) { (loss.name) } @if loss.penalty { " " span.quiet { "(điểm trừ)" } } },
            html! { (words::fixed(Some(loss.lost))) },
            html! { (words::percent(loss.average)) },
            html! { (loss.zero) "/" (loss.units) },
        ])
    });
    let table = Table {
        caption: "Tiêu chí mất điểm",
        columns: vec![
            list.column(Column::new("Mã"), "ma"),
            list.column(Column::new("Tiêu chí"), "ten"),
            list.falling(Column::number("Tổng điểm mất"), "mat"),
            list.column(Column::number("Bình quân"), "binh-quan"),
            list.falling(Column::number("Đơn vị 0 điểm").hint("Với điểm trừ: số đơn vị bị trừ"), "khong"),
        ],
        rows: rows.collect(),
        names: 1,
        ..Table::default()
    };
    let search = fields::search(Field::new("tim", "Tìm tiêu chí").value(list.get("tim")));
    html! {
        (list.toolbar(search, list.is_long(found.len())))
        @if let Some(share) = crate::board::share_of(first, lost) {
            p { "Năm tiêu chí mất nhiều điểm nhất chiếm " strong { (words::percent(Some(share))) } " tổng số điểm bị mất (" (words::fixed(Some(lost))) " điểm của " (board.of(kind).len()) " đơn vị)." }
        }
        @if wanted.is_empty() { (list.none("Không có tiêu chí nào phù hợp.", "Hãy tìm từ khác.")) }
        @else { (table) (list.pager(wanted.len(), "tiêu chí")) }
        p.source { "Tổng điểm mất là tổng của điểm tối đa trừ điểm đạt ở các đơn vị áp dụng tiêu chí. Bấm tên tiêu chí để xem từng đơn vị." }
    }
}

/// The units of one criterion.
fn units(board: &Board, kind: &str, loss: &Loss) -> Markup {
    let rows = losers(&board.of(kind), loss).into_iter().map(|(entry, line)| {
        let unit = &entry.outcome;
        let card = format!("{}?mo={}", place::card(board.round.id, unit.unit), loss.code);
        Row::new(vec![
            html! { a href={ (place::results(board.round.id)) "/don-vi/" (unit.unit) "#tc-" (loss.code) } { (unit.unit_name) } },
            html! { (words::plain(line.points)) "/" (words::plain(Some(line.max))) },
            html! { (words::percent(share(line))) },
            html! { (line.why) },
            html! { (line.reason) },
            html! { a href=(card) { "Mở hồ sơ" span.vh { " của " (unit.unit_name) } } },
        ])
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
