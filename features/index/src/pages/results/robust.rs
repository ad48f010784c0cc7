//! How far ranks can be trusted: rank intervals, their table, and one sentence of what they mean.

use super::{Which, nothing, tabs};
use crate::actions::results;
use crate::board::{Board, Shaky, ShakyRow};
use crate::exports;
use crate::model::RoundId;
use crate::pages::place;
use axum::extract::Path;
use base::text::compare;
use maud::{Markup, html};
use people::Failure;
use web::list::{self, Listing};
use web::look::chart::{self, Interval};
use web::look::fields::{self, Field};
use web::look::parts::{self, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub async fn page(visit: Visit, Path(round): Path<RoundId>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::whole_board(&mut conn, &visit.scope, round).await?;
    let list = Listing::of(&visit.uri, "hang", &["tim"]);
    let kind = board.kind(Some(list.get("loai")));
    let shaky = match board.of(&kind).is_empty() {
        true => None,
        false => results::robustness(&mut conn, &board, &kind).await?,
    };
    if let Some(file) = list.as_file() {
        let shaky = shaky.ok_or(Failure::NotFound)?;
        let name = format!("do-vung-{kind}-{}", board.round.year);
        let table = exports::robustness(&board, &kind, &wanted(&shaky, &list));
        return list::file(file, &name, table, visit.scope.now);
    }
    let body = html! {
        (tabs(&board, Which::Robust, &kind))
        @match &shaky {
            Some(shaky) if !shaky.rows.is_empty() => (whole(&board, shaky, &list)),
            Some(_) => (parts::empty("Chưa tính được.", "Thứ hạng chỉ mô phỏng được khi mọi tiêu chí của đơn vị đã có điểm.", None)),
            None => (nothing()),
        }
    };
    show(super::page(&board, format!("Độ vững của thứ hạng: {}", board.round.name), body))
}

/// The rows that the address asks for, in its order.
fn wanted<'a>(shaky: &'a Shaky, list: &Listing) -> Vec<&'a ShakyRow> {
    let mut rows: Vec<&ShakyRow> = shaky.rows.iter().filter(|row| list.finds(&row.name)).collect();
    let span = |row: &ShakyRow| row.interval.high - row.interval.low;
    let (column, down) = list.sorted();
    rows.sort_by(|a, b| {
        let by = match column {
            "ten" => compare(&a.name, &b.name),
            "khoang" => span(a).cmp(&span(b)),
            _ => a.rank.cmp(&b.rank),
        };
        if down { by.reverse() } else { by }
    });
    rows
}

fn whole(board: &Board, shaky: &Shaky, list: &Listing) -> Markup {
    let profile = |unit: people::UnitId| format!("{}/don-vi/{unit}", place::results(board.round.id));
    let hrefs: Vec<String> = shaky.rows.iter().map(|row| profile(row.unit)).collect();
    let lines: Vec<Interval> = shaky
        .rows
        .iter()
        .zip(&hrefs)
        .map(|(row, href)| Interval {
            name: &row.name,
            href: Some(href),
            rank: row.rank,
            best: row.interval.low,
            worst: row.interval.high,
            points: row.index.clone(),
        })
        .collect();
    let rows = wanted(shaky, list);
    let search = fields::search(Field::new("tim", "Tìm đơn vị").value(list.get("tim")));
    html! {
        (parts::notice(Tone::Info, html! { p { (meaning(shaky)) } }))
        (chart::ranks(
            "Hạng khi trọng số các lĩnh vực tăng, giảm ngẫu nhiên đến 20 %",
            "10.000 lần thử với số ngẫu nhiên cố định, ai xem cũng ra cùng kết quả. Vạch: hạng trong 90 % số lần thử. Điểm: chỉ số %. Đây là mô phỏng, không thay đổi kết quả.",
            shaky.rows.len() as u32,
            &lines,
        ))
        (list.toolbar(search, list.is_long(shaky.rows.len())))
        @if rows.is_empty() { (list.none("Không có đơn vị nào phù hợp.", "Hãy tìm từ khác.")) }
        @else { (numbers(list, &rows)) (list.pager(rows.len(), "đơn vị")) }
        @if shaky.left_out > 0 { p.source { (shaky.left_out) " đơn vị còn tiêu chí chưa có điểm nên chưa đưa vào mô phỏng." } }
    }
}

/// One plain sentence or two.
pub fn meaning(shaky: &Shaky) -> String {
    let units = shaky.rows.len();
    let steady = shaky.steady();
    let widest = shaky.widest().filter(|row| row.interval.low < row.interval.high);
    match widest {
        None => format!("Cả {units} đơn vị giữ nguyên hạng khi trọng số các lĩnh vực thay đổi: thứ hạng này rất vững."),
        Some(row) => format!(
            "{steady}/{units} đơn vị giữ nguyên hạng khi trọng số các lĩnh vực thay đổi. Kém vững nhất là {}: từ hạng {} đến {}. Hai đơn vị có khoảng hạng chồng lên nhau thì chưa thể nói chắc đơn vị nào hơn.",
            row.name, row.interval.low, row.interval.high
        ),
    }
}

fn numbers(list: &Listing, rows: &[&ShakyRow]) -> Markup {
    let span = |low: u32, high: u32| if low == high { low.to_string() } else { format!("{low}–{high}") };
    let without = |(rank, code): &(u32, Option<String>)| match code {
        Some(code) => html! { (rank) span.quiet { " (bỏ " (code) ")" } },
        None => html! { span.quiet { "giữ nguyên" } },
    };
    let rows = list.slice(rows).iter().map(|row| {
        let interval = &row.interval;
        Row::new(vec![
            html! { (row.rank) },
            html! { (row.name) },
            html! { (row.index) },
            html! { (interval.median) },
            html! { (span(interval.low, interval.high)) },
            html! { (span(interval.best, interval.worst)) },
            without(&row.best_without),
            without(&row.worst_without),
        ])
    });
    let table = Table {
        caption: "Khoảng hạng của từng đơn vị",
        caption_shown: true,
        columns: vec![
            list.column(Column::number("Hạng"), "hang"),
            list.column(Column::new("Đơn vị"), "ten"),
            Column::number("Chỉ số %"),
            Column::number("Hạng giữa").hint("Một nửa số lần thử ở hạng này hoặc cao hơn"),
            list.falling(Column::number("90 % số lần"), "khoang"),
            Column::number("Mọi lần"),
            Column::number("Cao nhất khi bỏ một tiêu chí"),
            Column::number("Thấp nhất khi bỏ một tiêu chí"),
        ],
        rows: rows.collect(),
        names: 1,
        ..Table::default()
    };
    html! { (table) }
}
