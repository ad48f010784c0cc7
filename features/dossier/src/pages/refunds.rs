//! Fees given back, as it is done on a dossier's page; the slip; and the money of a counter by days.

use super::deeds::back;
use super::one::pdf;
use super::{place, register};
use crate::actions;
use crate::model::*;
use crate::papers;
use axum::extract::Path;
use base::number::vi;
use base::{Date, Decimal};
use maud::{Markup, html};
use people::Failure;
use std::collections::BTreeMap;
use web::list::Listing;
use web::look::Page;
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Posted, Visit, show, show_again};

pub const HERE: &str = "/mot-cua/thu-phi";

pub fn slip(dossier: DossierId, refund: RefundId) -> String {
    format!("{}/hoan-phi/{refund}", place::dossier(dossier))
}

pub async fn deed(visit: Visit, Path(id): Path<DossierId>, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let (site, scope) = (&visit.site, &visit.scope);
    let (done, say) = match form.get("viec") {
        "duyet" => {
            let done = actions::decide_refund(site, scope, id, version, form.hidden("hoan")?, None).await;
            (done, "Đã duyệt hoàn phí.")
        }
        "khong" => {
            let why = Some(form.get("ly_do_khong"));
            (actions::decide_refund(site, scope, id, version, form.hidden("hoan")?, why).await, "Đã ghi không duyệt.")
        }
        "tra" => {
            let done = actions::give_back(site, scope, id, version, form.hidden("hoan")?).await;
            (done, "Đã ghi trả lại tiền. In phiếu hoàn ở mục “Phí, lệ phí”.")
        }
        _ => {
            let done = match base::number::read_vi(form.get("so_tien")) {
                Ok(amount) => {
                    let asked = (amount, form.get("ly_do_hoan"));
                    actions::ask_refund(site, scope, id, version, form.hidden("phi")?, asked).await
                }
                Err(no) => Err(no.at("so_tien").into()),
            };
            (done, "Đã ghi đề nghị hoàn phí.")
        }
    };
    back(&visit, id, &form, done, say).await
}

pub async fn print(visit: Visit, Path((id, refund)): Path<(DossierId, RefundId)>) -> Answer {
    let (printed, one) = actions::refund_printed(&visit.site, &visit.scope, id, refund).await?;
    let name = format!("phieu-hoan-phi-{}", one.number);
    pdf(papers::refund(&printed, &one).map_err(Failure::from)?, name).await
}

/// The money of a counter: today's, or of any days.
pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &["tu", "den", "quay"]);
    let mut asked = register::asked(&visit, &list, visit.scope.today()).await?;
    let found = match asked.refusals.is_empty() {
        true => {
            let mut conn = visit.site.db.read().await?;
            actions::cashbook(&mut conn, &visit.scope, asked.counter, asked.range).await
        }
        false => Ok(Vec::new()),
    };
    let lines = match found {
        Ok(lines) => lines,
        Err(Failure::Refused(no)) => {
            asked.refusals.extend(no);
            Vec::new()
        }
        Err(other) => return Err(other.into()),
    };
    if let Some(kind) = list.as_file().filter(|_| asked.refusals.is_empty()) {
        return web::list::file(kind, "thu-phi", table_file(&lines), visit.scope.now);
    }
    let mut page = Page::new(
        "Thu phí, lệ phí",
        html! {
            (list.toolbar(register::filter(&list, &asked), false))
            @if lines.is_empty() {
                (list.none("Không có khoản thu, khoản hoàn nào trong những ngày này.", "Chọn khoảng ngày khác."))
            } @else {
                (parts::section("Từng ngày", None, days(&lines)))
                (parts::section("Từng khoản", None, table(&lines)))
            }
        },
    );
    page.wide = true;
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    page.lead = Some(html! { "Đối chiếu tiền đã thu, đã hoàn tại " (register::name(&asked)) "." });
    if asked.refusals.is_empty() { show(page) } else { show_again(page, asked.refusals) }
}

fn money(amount: &Decimal) -> Markup {
    html! { (vi(amount)) }
}

/// A line a day, and the sum where there are several.
fn days(lines: &[Cash]) -> Markup {
    let mut by_day: BTreeMap<Date, Vec<&Cash>> = BTreeMap::new();
    for line in lines {
        by_day.entry(base::day::today(line.at)).or_default().push(line);
    }
    let columns = vec![
        Column::new("Ngày"),
        Column::number("Thu tiền mặt"),
        Column::number("Thu trực tuyến"),
        Column::number("Đã thu"),
        Column::number("Đã hoàn"),
        Column::number("Thực thu"),
    ];
    let row = |name: String, sum: Money| {
        Row::new(vec![
            html! { (name) },
            money(&sum.cash),
            money(&sum.online),
            money(&sum.paid()),
            money(&sum.back),
            html! { strong { (vi(&sum.net())) } },
        ])
    };
    let mut rows: Vec<Row> =
        by_day.iter().map(|(day, all)| row(base::day::vi(*day), Money::of(all.iter().copied()))).collect();
    if rows.len() > 1 {
        rows.push(row("Cộng".into(), Money::of(lines)).strong());
    }
    html! { (Table { caption: "Tiền từng ngày, bằng đồng", columns, rows, names: 0, ..Table::default() }) }
}

fn kind(line: &Cash) -> &'static str {
    match (line.back, line.online) {
        (true, _) => "Hoàn",
        (_, true) => "Thu trực tuyến",
        (_, false) => "Thu tiền mặt",
    }
}

fn table(lines: &[Cash]) -> Markup {
    let columns = vec![
        Column::new("Lúc"),
        Column::new("Việc"),
        Column::new("Biên lai, phiếu"),
        Column::new("Mã hồ sơ, khoản").width(36),
        Column::number("Số tiền"),
        Column::new("Người thu, hoàn"),
    ];
    let rows = lines.iter().map(|line| {
        let amount = if line.back { -line.amount } else { line.amount };
        Row::new(vec![
            html! { (base::day::vi_moment(line.at)) },
            html! { (kind(line)) },
            html! { (line.number) },
            html! { a href=(place::dossier(line.dossier)) { (line.code) } div.quiet { (line.fee) } },
            money(&amount),
            html! { (line.who) },
        ])
    });
    html! { (Table { caption: "Các khoản thu, hoàn, bằng đồng", columns, rows: rows.collect(), names: 2, ..Table::default() }) }
}

fn table_file(lines: &[Cash]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Lúc", 18),
        Column::text("Việc", 16),
        Column::text("Biên lai, phiếu", 16),
        Column::text("Mã hồ sơ", 26),
        Column::text("Khoản", 40),
        Column::number("Thu", 14),
        Column::number("Hoàn", 14),
        Column::text("Người thu, hoàn", 24),
    ];
    let mut table = sheet::Table::new(columns).title("Thu phí, lệ phí");
    for line in lines {
        let (came, went) = if line.back { (Decimal::ZERO, line.amount) } else { (line.amount, Decimal::ZERO) };
        table.push(vec![
            base::day::vi_moment(line.at).as_str().into(),
            kind(line).into(),
            line.number.as_str().into(),
            line.code.as_str().into(),
            line.fee.as_str().into(),
            came.into(),
            went.into(),
            line.who.as_str().into(),
        ]);
    }
    table
}
