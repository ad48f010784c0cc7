//! A unit's profile: fields as bars and radar, every criterion with its reasons, earlier years, how firm its rank is.

use super::words;
use crate::actions::results::{self, Profile};
use crate::board::{Board, Entry, Outcome, ResultLine, Shaky, fields, line, share};
use crate::model::RoundId;
use crate::pages::place;
use axum::extract::{Path, Query};
use base::Decimal;
use base::number::{signed, vi_fixed};
use maud::{Markup, html};
use people::UnitId;
use serde::Deserialize;
use web::look::chart::{self, Bar, Series};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table, Toolbar};
use web::{Answer, Visit, show};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    /// 'trung-vi': compare with the median though there is a last year.
    pub so_voi: Option<String>,
}

/// What a unit is compared with: one thing, since more than two lines cannot be told apart.
struct Beside {
    name: String,
    /// Percent of the maximum, by field.
    shares: Vec<Option<Decimal>>,
}

pub async fn page(visit: Visit, Path((round, unit)): Path<(RoundId, UnitId)>, Query(shown): Query<Shown>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let Profile { board, entry, last, shaky } = results::profile(&mut conn, &visit.scope, round, unit).await?;
    let (entry, last) = (&entry, last.as_ref());
    let beside = beside(&board, entry, last, shown.so_voi.as_deref());
    let body = html! {
        (figures(&board, entry, shaky.as_deref()))
        (compare(&board, entry, last, &beside))
        (charts(&board, entry, &beside))
        (parts::section("Từng tiêu chí", Some(exports(&board, unit)), criteria(&board, entry)))
        (history(&board, entry))
        @if let Some(row) = shaky.as_deref().and_then(|shaky| shaky.row(unit)) {
            (parts::section("Thứ hạng vững đến đâu", None, html! {
                p { (firmness(row, board.of(&entry.outcome.kind).len())) " "
                    a href=(super::at(round, super::Which::Robust, &entry.outcome.kind)) { "Xem mọi đơn vị" } }
            }))
        }
    };
    let mut page = super::page(&board, format!("{} năm {}", entry.outcome.unit_name, board.round.year), body);
    page.crumbs.push(("Kết quả".into(), super::at(round, super::Which::Ranking, &entry.outcome.kind)));
    page.actions = Some(actions(&board, unit));
    show(page)
}

fn actions(board: &Board, unit: UnitId) -> Markup {
    let card = place::card(board.round.id, unit);
    html! {
        (Button::new("Nếu… thì…").to(&format!("{}/neu-thi/{unit}", place::results(board.round.id))).second())
        (Button::new("Mở phiếu").to(&card).second())
        (Button::new("Báo cáo tự đánh giá (PDF)").to(&format!("{card}/bao-cao?kieu=pdf")).second().file())
    }
}

fn exports(board: &Board, unit: UnitId) -> Markup {
    let file = |form: &str| format!("{}/don-vi/{unit}/tai?kieu={form}", place::results(board.round.id));
    html! { (Toolbar { exports: vec![("Excel", file("xlsx")), ("CSV", file("csv"))], ..Toolbar::default() }) }
}

fn figures(board: &Board, entry: &Entry, shaky: Option<&Shaky>) -> Markup {
    let one = &entry.outcome;
    let of = board.median(&one.kind).map_or(0, |median| median.units);
    let before = entry.before();
    let index_note =
        before.zip(entry.index_moved()).map(|(past, moved)| format!("{} so với {}", signed(&moved, 2), past.year));
    let rank_note = entry.climbed().map(|ranks| words::climbed(Some(ranks)));
    let gap = one.self_points.map(|own| format!("thẩm định lệch {}", signed(&(one.points - own), 2)));
    let span = shaky.and_then(|shaky| shaky.row(one.unit)).map(|row| (row.interval.low, row.interval.high));
    html! {
        div.numbers {
            (parts::figure_number("Chỉ số", &words::percent_two(one.score), index_note.map(|note| html! { (note) })))
            (parts::figure_number("Tổng điểm", &format!("{}/{}", words::fixed(Some(one.points)), words::plain(Some(one.applicable_max))), one.rating.as_ref().map(|rating| html! { (rating) })))
            @if let Some(rank) = one.rank { (parts::figure_number("Hạng", &format!("{rank}/{of}"), rank_note)) }
            (parts::figure_number("Tự chấm", &words::fixed(one.self_points), gap.map(|gap| html! { (gap) })))
            @if one.survey_points.is_some() { (parts::figure_number("Điều tra xã hội học", &words::fixed(one.survey_points), None)) }
            @if let Some((low, high)) = span { (parts::figure_number("Khoảng hạng", &(if low == high { low.to_string() } else { format!("{low}–{high}") }), Some(html! { "khi trọng số đổi ±20 %" }))) }
            @if entry.unknown > 0 { (parts::figure_number("Chưa có điểm", &format!("{} tiêu chí", entry.unknown), None)) }
        }
    }
}

/// Last year where there is one and the median was not asked for.
fn beside(board: &Board, entry: &Entry, last: Option<&Outcome>, asked: Option<&str>) -> Beside {
    let set = board.set(&entry.outcome.kind);
    let codes: Vec<String> = set
        .map(|set| fields(set, &entry.outcome.kind).iter().map(|field| field.code.clone()).collect())
        .unwrap_or_default();
    if let (Some(past), Some(last), false) = (entry.before(), last, asked == Some("trung-vi")) {
        let shares = codes.iter().map(|code| share(line(last, code)?)).collect();
        return Beside { name: format!("Năm {}", past.year), shares };
    }
    let median = board.median(&entry.outcome.kind);
    let of = |code: &String| median?.fields.iter().find(|(other, _)| other == code).and_then(|(_, share)| *share);
    Beside { name: "Trung vị".into(), shares: codes.iter().map(of).collect() }
}

fn compare(board: &Board, entry: &Entry, last: Option<&Outcome>, beside: &Beside) -> Markup {
    let here = format!("{}/don-vi/{}", place::results(board.round.id), entry.outcome.unit);
    html! {
        @if let (Some(past), true) = (entry.before(), last.is_some()) {
            @let median = format!("{here}?so_voi=trung-vi");
            @let year = format!("Năm {}", past.year);
            (parts::tabs("So sánh với", &[
                parts::Tab { label: &year, href: &here, count: None, current: beside.name != "Trung vị" },
                parts::Tab { label: "Trung vị", href: &median, count: None, current: beside.name == "Trung vị" },
            ]))
        }
    }
}

fn charts(board: &Board, entry: &Entry, beside: &Beside) -> Markup {
    let Some(set) = board.set(&entry.outcome.kind) else { return html! {} };
    let fields = fields(set, &entry.outcome.kind);
    let shares: Vec<Option<Decimal>> = fields.iter().map(|field| share(entry.line(&field.code)?)).collect();
    let labels: Vec<String> = fields.iter().map(|field| format!("{}. {}", field.code, field.name)).collect();
    let hrefs: Vec<String> = fields.iter().map(|field| format!("#tc-{}", field.code)).collect();
    let bars: Vec<Bar> = (0..fields.len())
        .map(|at| {
            let line = entry.line(&fields[at].code);
            Bar {
                label: &labels[at],
                href: line.map(|_| hrefs[at].as_str()),
                value: shares[at].unwrap_or_default(),
                max: Decimal::ONE_HUNDRED,
                text: words::percent(shares[at]),
                mark: beside.shares.get(at).copied().flatten().map(|share| (share, words::percent(Some(share)))),
            }
        })
        .collect();
    let series = |name, shares: &[Option<Decimal>]| Series {
        name,
        values: shares.iter().map(|share| share.unwrap_or_default()).collect(),
        texts: shares.iter().map(|share| words::percent(*share)).collect(),
    };
    let axes: Vec<String> = fields.iter().map(|field| format!("Lĩnh vực {}", field.code)).collect();
    let axes: Vec<&str> = axes.iter().map(String::as_str).collect();
    let own_name = format!("Năm {}", board.round.year);
    html! {
        div.columns {
            (chart::bars(&headline(&labels, &shares), &format!("Phần trăm điểm tối đa áp dụng. Vạch: {}.", beside.name.to_lowercase()), ["Lĩnh vực", "Đạt", &beside.name], &bars))
            @if fields.len() >= 3 {
                (chart::radar(&format!("So với {} theo lĩnh vực", beside.name.to_lowercase()), "Tên lĩnh vực ở biểu đồ bên cạnh.", &axes, Decimal::ONE_HUNDRED, &series(&own_name, &shares), Some(&series(&beside.name, &beside.shares))))
            }
        }
    }
}

/// What one sees first: the weakest field.
fn headline(labels: &[String], shares: &[Option<Decimal>]) -> String {
    let weakest =
        labels.iter().zip(shares).filter_map(|(label, share)| Some((label, (*share)?))).min_by(|a, b| a.1.cmp(&b.1));
    match weakest {
        Some((label, share)) => format!("Thấp nhất: {label} ({})", words::percent(Some(share))),
        None => "Theo lĩnh vực".into(),
    }
}

fn criteria(board: &Board, entry: &Entry) -> Markup {
    let card = place::card(board.round.id, entry.outcome.unit);
    let rows = entry.outcome.lines.iter().map(|line| criterion(line, &card));
    let table = Table {
        caption: "Điểm từng tiêu chí",
        columns: vec![
            Column::new("Mã"),
            Column::new("Tiêu chí"),
            Column::number("Tối đa"),
            Column::number("Tự chấm"),
            Column::number("Điểm"),
            Column::new("Vì sao"),
            Column::actions("Hồ sơ"),
        ],
        rows: rows.collect(),
        names: 1,
        ..Table::default()
    };
    html! { (table) }
}

fn criterion(line: &ResultLine, card: &str) -> Row {
    let differs = line.leaf && line.own != line.points;
    let row = Row::new(vec![
        html! { (line.code) },
        html! { (line.name) },
        html! { (words::plain(Some(line.max))) },
        html! { (words::plain(line.own)) },
        html! { @if differs { strong { (words::plain(line.points)) } } @else { (words::plain(line.points)) } },
        html! {
            (line.why)
            @if !line.reason.is_empty() && !line.why.contains(&line.reason) { @if !line.why.is_empty() { br; } span { "Thẩm định: " (line.reason) } }
        },
        html! { @if line.leaf { a href={ (card) "?mo=" (line.code) } { "Mở hồ sơ" span.vh { " tiêu chí " (line.code) } } } },
    ])
    .id(format!("tc-{}", line.code));
    if line.leaf { row } else { row.strong() }
}

fn history(board: &Board, entry: &Entry) -> Markup {
    if entry.past.is_empty() {
        return html! {};
    }
    let one = &entry.outcome;
    let row = |year: i64, points: Decimal, index: Option<Decimal>, rank: Option<i64>, rating: Option<&String>| {
        Row::new(vec![
            html! { (year) },
            html! { (vi_fixed(&points, 2)) },
            html! { (words::fixed(index)) },
            html! { (rank.map_or("–".to_owned(), |rank| rank.to_string())) },
            html! { (rating.map_or("–", String::as_str)) },
        ])
    };
    let mut rows = vec![row(board.round.year, one.points, one.score, one.rank, one.rating.as_ref())];
    rows.extend(
        entry.past.iter().rev().map(|past| row(past.year, past.points, past.index, past.rank, past.rating.as_ref())),
    );
    let table = Table {
        caption: "Kết quả các năm",
        columns: vec![
            Column::new("Năm"),
            Column::number("Tổng điểm"),
            Column::number("Chỉ số %"),
            Column::number("Hạng"),
            Column::new("Xếp loại"),
        ],
        rows,
        ..Table::default()
    };
    parts::section("Các năm", None, html! { (words::spark(entry, board.round.year)) (table) })
}

/// What the simulation says of this unit's rank.
fn firmness(row: &crate::board::ShakyRow, of: usize) -> String {
    let interval = &row.interval;
    let weights = if interval.low == interval.high {
        format!("Hạng {}/{of} giữ nguyên khi trọng số các lĩnh vực thay đổi đến 20 %.", row.rank)
    } else {
        format!(
            "Khi trọng số các lĩnh vực thay đổi đến 20 %, hạng nằm trong khoảng {}–{} (90 % số lần thử).",
            interval.low, interval.high
        )
    };
    let without = match (&row.best_without, &row.worst_without) {
        ((_, None), (_, None)) => "Bỏ bất kỳ một tiêu chí nào, hạng cũng không đổi.".to_owned(),
        ((best, code), (_, None)) => {
            format!("Bỏ một tiêu chí, hạng cao nhất là {best} (bỏ {}).", code.as_deref().unwrap_or("–"))
        }
        ((_, None), (worst, code)) => {
            format!("Bỏ một tiêu chí, hạng thấp nhất là {worst} (bỏ {}).", code.as_deref().unwrap_or("–"))
        }
        ((best, up), (worst, down)) => {
            format!(
                "Bỏ một tiêu chí, hạng từ {best} (bỏ {}) đến {worst} (bỏ {}).",
                up.as_deref().unwrap_or("–"),
                down.as_deref().unwrap_or("–")
            )
        }
    };
    format!("{weights} {without}")
}
