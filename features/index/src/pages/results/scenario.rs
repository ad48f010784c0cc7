//! "Nếu… thì…": supposed answers of one unit, and where it would stand. Everything is in the address; nothing is kept.

use super::words;
use crate::actions::what_if::{Supposed, WhatIf, what_if};
use crate::board::{Board, Gain, Ground, Projected};
use crate::model::RoundId;
use crate::pages::place;
use crate::rules::Sight;
use axum::extract::{Path, Query};
use base::Refusals;
use base::number::{signed, vi};
use maud::{Markup, html};
use people::UnitId;
use serde::Deserialize;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, address, show, show_again};

/// Three criteria at most, each with what is supposed of it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    pub tc1: Option<String>,
    pub moi1: Option<String>,
    pub tc2: Option<String>,
    pub moi2: Option<String>,
    pub tc3: Option<String>,
    pub moi3: Option<String>,
}

const NAMES: [(&str, &str); 3] = [("tc1", "moi1"), ("tc2", "moi2"), ("tc3", "moi3")];

impl Shown {
    fn pairs(&self) -> [(&str, &str); 3] {
        let typed = [(&self.tc1, &self.moi1), (&self.tc2, &self.moi2), (&self.tc3, &self.moi3)];
        typed.map(|(code, new)| (code.as_deref().map_or("", str::trim), new.as_deref().map_or("", str::trim)))
    }
}

pub async fn page(visit: Visit, Path((round, unit)): Path<(RoundId, UnitId)>, Query(shown): Query<Shown>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let (supposed, mut refusals) = supposed(&shown);
    let found = what_if(&mut conn, &visit.scope, round, unit, &supposed).await?;
    drop(conn);
    let WhatIf { board, entry, ground, projected, gains, .. } = &found;
    refusals.extend(found.refusals.iter().cloned());
    let body = html! {
        (parts::notice(Tone::Info, html! { p { strong { "Mô phỏng." } " Không có gì được lưu; điểm của đơn vị khác giữ nguyên." } }))
        div.columns {
            (form(board, ground, unit, &shown, &refusals))
            @if let Some(projected) = projected { (outcome(ground, projected)) }
        }
        (easiest(board, unit, gains))
    };
    let mut page = super::page(board, format!("Nếu… thì…: {}", entry.outcome.unit_name), body);
    page.crumbs.push((entry.outcome.unit_name.clone(), format!("{}/don-vi/{unit}", place::results(round))));
    if refusals.is_empty() { show(page) } else { show_again(page, refusals) }
}

/// What is supposed; a result without its criterion is refused at its box.
fn supposed(shown: &Shown) -> (Vec<Supposed<'_>>, Refusals) {
    let (mut supposed, mut refusals) = (Vec::new(), Refusals::new());
    for ((code, typed), (code_name, at)) in shown.pairs().into_iter().zip(NAMES) {
        match (code, typed) {
            (_, "") => {}
            ("", _) => refusals.push(base::Refusal::new("what-if", "Chọn tiêu chí cho giả định này.").at(code_name)),
            (code, typed) => supposed.push(Supposed { code, typed, at }),
        }
    }
    (supposed, refusals)
}

fn form(board: &Board, ground: &Ground, unit: UnitId, shown: &Shown, refusals: &Refusals) -> Markup {
    let leaves: Vec<_> = ground.set.nodes(&ground.kind).into_iter().filter(|node| node.criterion.is_leaf()).collect();
    let label = |node: &score::Node<'_>| {
        let max = node.criterion.max.map(|max| vi(&max)).unwrap_or_default();
        format!("{} {} (tối đa {max})", node.criterion.code, node.criterion.name)
    };
    let labels: Vec<String> = leaves.iter().map(label).collect();
    let mut choices = vec![Choice::new("", "Không chọn")];
    choices.extend(leaves.iter().zip(&labels).map(|(node, label)| Choice::new(&node.criterion.code, label)));
    let here = format!("{}/neu-thi/{unit}", place::results(board.round.id));
    parts::section(
        "Giả định",
        None,
        html! {
            form.form method="get" action=(here) {
                @for (at, ((code, typed), (code_name, typed_name))) in shown.pairs().into_iter().zip(NAMES).enumerate() {
                    @let (code_label, typed_label) = (format!("Tiêu chí {}", at + 1), format!("Kết quả mới {}", at + 1));
                    (fields::select(Field::new(code_name, &code_label).value(code).refused(refusals), &choices))
                    (fields::text(Field::new(typed_name, &typed_label).value(typed).refused(refusals).width(10).hint(if at == 0 { "Điểm (1,5), tỷ lệ (95 % hoặc 18/20), có, không, hoặc tối đa" } else { "" })))
                }
                (Button::new("Tính thử"))
                @if shown.pairs().iter().any(|(code, _)| !code.is_empty()) { " " a href=(here) { "Xoá giả định" } }
            }
        },
    )
}

fn outcome(ground: &Ground, projected: &Projected) -> Markup {
    let (before, after) = (&projected.before, &projected.after);
    let rows = projected.lines.iter().map(|(code, before, after)| {
        let name = ground.set.criterion(code).map(|criterion| criterion.name.as_str()).unwrap_or_default();
        let change = match (before, after) {
            (Some(before), Some(after)) => signed(&(after - before), 2),
            _ => "–".into(),
        };
        Row::new(vec![
            html! { (code) " " (name) },
            html! { (words::plain(*before)) },
            html! { (words::plain(*after)) },
            html! { (change) },
        ])
    });
    let table = Table {
        caption: "Các tiêu chí giả định",
        columns: vec![
            Column::new("Tiêu chí"),
            Column::number("Hiện nay"),
            Column::number("Giả định"),
            Column::number("Thay đổi"),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    parts::section(
        "Kết quả mô phỏng",
        None,
        html! {
            p { strong { (sentence(projected)) } }
            div.numbers {
                (parts::figure_number("Tổng điểm", &words::fixed(Some(after.total)), now(words::fixed(Some(before.total)))))
                (parts::figure_number("Chỉ số %", &words::fixed(after.index), now(words::fixed(before.index))))
                @if let (Some(from), Some(to)) = (before.rank, after.rank) { (parts::figure_number("Hạng", &to.to_string(), now(from.to_string()))) }
                @if let (Some(from), Some(to)) = (&before.rating, &after.rating) { (parts::figure_number("Xếp loại", to, now(from.clone()))) }
            }
            (table)
        },
    )
}

fn now(value: String) -> Option<Markup> {
    Some(html! { "hiện nay " (value) })
}

/// "+0,60 điểm, hạng 7 → 5".
pub fn sentence(projected: &Projected) -> String {
    let (before, after) = (&projected.before, &projected.after);
    let points = format!("{} điểm", signed(&(after.total - before.total), 2));
    match (before.rank, after.rank) {
        (Some(from), Some(to)) if from != to => format!("{points}, hạng {from} → {to}"),
        (Some(from), Some(_)) => format!("{points}, vẫn hạng {from}"),
        _ => points,
    }
}

/// Where the unit may gain most, each ready to be tried.
fn easiest(board: &Board, unit: UnitId, easy: &[Gain]) -> Markup {
    let whole = board.sight == Sight::Whole;
    let here = format!("{}/neu-thi/{unit}", place::results(board.round.id));
    let rows = easy.iter().map(|gain| {
        let mut cells = vec![
            html! { (gain.code) },
            html! { (gain.name) },
            html! { (signed(&gain.points, 2)) },
            html! { (words::plain(Some(gain.max))) },
        ];
        if whole {
            cells.push(html! { (gain.rank.map_or("–".to_owned(), |rank| rank.to_string())) });
        }
        let tried = address::with(&here, &[("tc1", &gain.code), ("moi1", "tối đa")]);
        cells.push(html! { a href=(tried) { "Tính thử" span.vh { " tiêu chí " (gain.code) } } " · " a href={ (place::card(board.round.id, unit)) "?mo=" (gain.code) } { "Mở hồ sơ" span.vh { " tiêu chí " (gain.code) } } });
        Row::new(cells)
    });
    let mut columns =
        vec![Column::new("Mã"), Column::new("Tiêu chí"), Column::number("Còn tăng được"), Column::number("Tối đa")];
    if whole {
        columns.push(Column::number("Hạng nếu đạt tối đa"));
    }
    columns.push(Column::actions("Làm gì"));
    let table =
        Table {
            caption: "Tiêu chí còn nhiều điểm nhất", columns, rows: rows.collect(), names: 1, ..Table::default()
        };
    html! {
        @if !easy.is_empty() {
            (parts::section("Dễ tăng điểm nhất", None, html! {
                p.quiet { "Tiêu chí đơn vị còn mất nhiều điểm nhất, không kể điều tra xã hội học và điểm cộng, trừ." }
                (table)
            }))
        }
    }
}
