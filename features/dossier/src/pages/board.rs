//! The screen in the waiting room: whose result is there, and what is due today. Codes alone: everybody reads it.

use crate::actions;
use crate::model::*;
use axum::http::{HeaderValue, header};
use maud::{Markup, html};
use web::look::Page;
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show as show_page};

pub const HERE: &str = "/mot-cua/bang";
/// As many lines as a screen on a wall shows.
const LINES: i64 = 15;
/// Seconds until the browser asks again: without script.
const AGAIN: &str = "30";

pub async fn page(visit: Visit) -> Answer {
    let (there, today) = actions::on_the_wall(&mut visit.site.db.read().await?, &visit.scope, LINES).await?;
    let mut page = Page::new(
        "Bảng thông báo",
        html! {
            (parts::section("Mời nhận kết quả", None, codes("Đã có kết quả", &there)))
            (parts::section("Hẹn trả trong hôm nay", None, codes("Đang giải quyết", &today)))
            p.quiet { "Lúc " (base::day::vi_moment(visit.scope.now)) ". Trang tự cập nhật sau mỗi " (AGAIN) " giây." }
        },
    );
    page.wide = true;
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    let mut answer = show_page(page)?;
    answer.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    Ok(answer)
}

fn codes(caption: &str, all: &[Listed]) -> Markup {
    let columns = vec![Column::new("Mã hồ sơ").width(35), Column::new("Thủ tục").width(65)];
    let row = |one: &Listed| Row::new(vec![html! { strong { (one.code) } }, html! { (one.name) }]);
    let rows: Vec<Row> = all.iter().map(row).collect();
    html! {
        @if rows.is_empty() { p { "Hiện chưa có hồ sơ nào." } }
        @else { (Table { caption, columns, rows, names: 0, ..Table::default() }) }
    }
}
