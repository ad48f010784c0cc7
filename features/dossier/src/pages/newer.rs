//! Running dossiers that are on a former edition of their process: what would change, and taking them over.

use super::{list, many};
use crate::actions::{self, Newer, Ticked};
use maud::{Markup, html};
use web::look::Page;
use web::look::parts::{self, Button};
use web::{Answer, Posted, Visit, form, show};

pub const HERE: &str = "/mot-cua/doi-quy-trinh";

pub async fn page(visit: Visit) -> Answer {
    let all = actions::newer(&mut visit.site.db.read().await?, &visit.scope).await?;
    let mut page = Page::new(
        "Đổi sang quy trình mới",
        html! {
            p { "Hồ sơ giữ quy trình của ngày tiếp nhận. Khi có bản mới, lãnh đạo chọn hồ sơ nào chuyển sang bản mới; bước đang làm giữ nguyên người làm, chỉ đổi thời gian." }
            @if all.is_empty() {
                (parts::empty("Mọi hồ sơ đang theo quy trình có hiệu lực.", "Khi ban hành bản quy trình mới, hồ sơ theo bản cũ hiện ở đây.", None))
            }
            @for one in &all { (parts::section(&title(one), None, choosing(&visit, one))) }
        },
    );
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    page.wide = true;
    show(page)
}

fn title(one: &Newer) -> String {
    format!("{}: bản {} → bản {}", one.to.name, one.from.number, one.to.number)
}

fn choosing(visit: &Visit, one: &Newer) -> Markup {
    html! {
        @if one.differences.is_empty() { p { "Các bước không khác nhau." } }
        @else { ul { @for line in &one.differences { li { (line) } } } }
        form method="post" action=(HERE) {
            (form::token(visit))
            (list::table(visit.scope.now, &one.dossiers, true))
            div.filters {
                span.js-only data-count aria-live="polite" { "Đã chọn 0" }
                (Button::new("Chuyển sang quy trình mới").some())
            }
        }
    }
}

pub async fn follow(visit: Visit, form: Posted) -> Answer {
    let ticked: Vec<Ticked> = form.all("chon").filter_map(|one| one.parse().ok()).collect();
    let fates = actions::follow_newer(&visit.site, &visit.scope, &ticked).await?;
    show(many::told("Đổi sang quy trình mới", &fates))
}
