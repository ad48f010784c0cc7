//! How far ranks can be trusted: rank intervals, their table, and one sentence of what they mean.

use super::{Which, nothing, only_whole, tabs};
use crate::actions::results;
use crate::board::{Board, Shaky};
use crate::model::RoundId;
use crate::pages::place;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use serde::Deserialize;
use web::look::chart::{self, Interval};
use web::look::parts::{self, Tone};
use web::look::table::{Column, Row, Table, Toolbar};
use web::{Answer, Visit, show};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    pub loai: Option<String>,
}

pub async fn page(visit: Visit, Path(round): Path<RoundId>, Query(shown): Query<Shown>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let board = results::board(&mut conn, &visit.scope, round).await?;
    only_whole(&board)?;
    let kind = board.kind(shown.loai.as_deref());
    let shaky = match board.of(&kind).is_empty() {
        true => None,
        false => results::robustness(&mut conn, &board, &kind).await?,
    };
    let body = html! {
        (tabs(&board, Which::Robust, &kind))
        @match &shaky {
            Some(shaky) if !shaky.rows.is_empty() => (whole(&board, &kind, shaky)),
            Some(_) => (parts::empty("Chưa tính được.", "Thứ hạng chỉ mô phỏng được khi mọi tiêu chí của đơn vị đã có điểm.", None)),
            None => (nothing()),
        }
    };
    show(super::page(&board, format!("Độ vững của thứ hạng: {}", board.round.name), body))
}

fn whole(board: &Board, kind: &str, shaky: &Shaky) -> Markup {
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
    let file = |form: &str| format!("{}/tai?bang=do-vung&loai={kind}&kieu={form}", place::results(board.round.id));
    html! {
        (parts::notice(Tone::Info, html! { p { (meaning(shaky)) } }))
        (Toolbar { exports: vec![("Excel", file("xlsx")), ("CSV", file("csv"))], ..Toolbar::default() })
        (chart::ranks(
            "Hạng khi trọng số các lĩnh vực tăng, giảm ngẫu nhiên đến 20 %",
            "10.000 lần thử với số ngẫu nhiên cố định, ai xem cũng ra cùng kết quả. Vạch: hạng trong 90 % số lần thử. Điểm: chỉ số %. Đây là mô phỏng, không thay đổi kết quả.",
            shaky.rows.len() as u32,
            &lines,
        ))
        (numbers(shaky))
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

fn numbers(shaky: &Shaky) -> Markup {
    let span = |low: u32, high: u32| if low == high { low.to_string() } else { format!("{low}–{high}") };
    let without = |(rank, code): &(u32, Option<String>)| match code {
        Some(code) => html! { (rank) span.quiet { " (bỏ " (code) ")" } },
        None => html! { span.quiet { "giữ nguyên" } },
    };
    let rows = shaky.rows.iter().map(|row| {
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
            Column::number("Hạng"),
            Column::new("Đơn vị"),
            Column::number("Chỉ số %"),
            Column::number("Hạng giữa").hint("Một nửa số lần thử ở hạng này hoặc cao hơn"),
            Column::number("90 % số lần"),
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
