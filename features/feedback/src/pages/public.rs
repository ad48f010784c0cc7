//! What everybody may read: questions and answers without anybody's personal data, searched without diacritics.

use crate::actions;
use crate::model::*;
use axum::extract::Path;
use maud::{Markup, html};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button};
use web::{Answer, Guest, show_citizen};

pub const HERE: &str = "/phan-anh/cong-khai";

pub async fn list(guest: Guest) -> Answer {
    let list = Listing::of(&guest.uri, "", &["tim", "co_quan"]);
    let agencies: Vec<(String, String)> =
        actions::agencies(&guest.site).await?.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect();
    let choices = fields::with_first("Mọi cơ quan", &agencies);
    let size = list.size() as i64;
    let page: i64 = list.get("trang").parse().unwrap_or(1).max(1);
    let mut conn = guest.site.db.read().await?;
    let (found, total) = actions::everybody_reads(
        &mut conn,
        list.get("tim"),
        list.get("co_quan"),
        (page.saturating_sub(1).saturating_mul(size), size),
    )
    .await?;
    let count = usize::try_from(total).unwrap_or(0);
    let mut shown = Page::new(
        "Trả lời phản ánh, kiến nghị",
        html! {
            form.form method="get" action=(HERE) role="search" {
                (fields::search(Field::new("tim", "Tìm trong câu hỏi và trả lời").hint("Gõ có dấu hoặc không dấu").value(list.get("tim"))))
                (fields::select(Field::new("co_quan", "Cơ quan").value(list.get("co_quan")), &choices))
                (Button::new("Tìm"))
            }
            @if found.is_empty() {
                (list.none("Không có trả lời nào.", "Những trả lời mà cơ quan công khai hiện ở đây."))
            } @else {
                h2 { (count) " trả lời" }
                ul { @for one in &found { (line(one)) } }
                @if count > list.size() { (list.pager(count, "trả lời")) }
            }
            p { (parts::link_button("Gửi phản ánh, kiến nghị", super::citizen::HERE)) }
        },
    );
    shown.crumbs = vec![("Phản ánh, kiến nghị".into(), super::citizen::HERE.into())];
    show_citizen(shown)
}

fn line(one: &Published) -> Markup {
    let short: String = one.question.chars().take(160).collect();
    html! {
        li {
            a href={ (HERE) "/" (one.code) } { (short) @if short.len() < one.question.len() { "…" } }
            p.quiet { (one.agency) " · " (base::day::vi(base::day::today(one.answered))) }
        }
    }
}

pub async fn one(guest: Guest, Path(code): Path<String>) -> Answer {
    let one = actions::one_for_everybody(&mut guest.site.db.read().await?, &code).await?;
    let mut page = Page::new(
        format!("Trả lời {}", one.code),
        html! {
            (parts::facts([
                ("Cơ quan trả lời", html! { (one.agency) }),
                ("Loại", html! { (one.kind.say()) }),
                ("Trả lời ngày", html! { (base::day::vi(base::day::today(one.answered))) }),
            ]))
            (parts::section("Câu hỏi", None, html! { p { (one.question) } }))
            (parts::section("Trả lời", None, html! { p { (one.answer) } }))
        },
    );
    page.crumbs = vec![
        ("Phản ánh, kiến nghị".into(), super::citizen::HERE.into()),
        ("Trả lời phản ánh, kiến nghị".into(), HERE.into()),
    ];
    show_citizen(page)
}
