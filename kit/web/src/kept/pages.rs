//! Kept filters on screen: the links above a list, and the page where they are renamed and removed.

use super::{Kept, KeptId, keep, of, remove, rename};
use crate::answer::{Answer, Fault, show, show_again, to};
use crate::list::Listing;
use crate::look::Page;
use crate::look::fields::{self, Field};
use crate::look::parts::{self, Button};
use crate::posted::Posted;
use crate::routes::{Routes, Who};
use crate::visit::Visit;
use crate::{address, form};
use axum::extract::Path;
use base::Refusal;
use db::Conn;
use maud::{Markup, html};
use people::Failure;

const HERE: &str = "/bo-loc";

pub fn routes() -> Routes {
    Routes::new()
        .get(HERE, Who::SignedIn, page)
        .post(HERE, Who::SignedIn, kept)
        .post("/bo-loc/{id}", Who::SignedIn, renamed)
        .post("/bo-loc/{id}/xoa", Who::SignedIn, removed)
}

fn manage(list: &str) -> String {
    address::with(HERE, &[("danh_sach", list)])
}

/// The filters that this person has kept of this list, and the way to keep the present one.
pub async fn bar(conn: &mut Conn, visit: &Visit, list: &Listing) -> Result<Markup, Failure> {
    let mine = of(conn, &visit.scope, list.path()).await?;
    let here = list.address();
    let known = mine.iter().any(|one| one.address == here);
    let is_filtered = here != list.path();
    Ok(html! {
        @if !mine.is_empty() {
            nav.kept aria-label="Bộ lọc đã lưu" {
                span { "Bộ lọc đã lưu" }
                @for one in &mine { a href=(one.address) aria-current=[(one.address == here).then_some("true")] { (one.name) } }
                a.quiet href=(manage(list.path())) { "Đổi tên, xoá" }
            }
        }
        @if is_filtered && !known {
            (parts::details("Lưu bộ lọc này", html! { (asking(visit, &here, "", &[])) }))
        }
    })
}

fn asking(visit: &Visit, address: &str, typed: &str, refusals: &[Refusal]) -> Markup {
    html! {
        form.filters method="post" action=(HERE) {
            (form::token(visit))
            input type="hidden" name="dia_chi" value=(address);
            (fields::text(Field::new("ten", "Tên bộ lọc").id("ten-bo-loc").value(typed).hint("Ví dụ: Xăng dầu quá hạn").refused(refusals)))
            (Button::new("Lưu bộ lọc").second())
        }
    }
}

async fn page(visit: Visit) -> Answer {
    let list = address::value(&visit.uri, "danh_sach");
    let mine = of(&mut visit.site.db.read().await?, &visit.scope, &list).await?;
    show(shown(&visit, &mine, None, None, &[]))
}

/// `wrong`: the filter whose new name was refused, with what was typed; `new`: the address of one that was not kept.
fn shown(
    visit: &Visit,
    mine: &[Kept],
    wrong: Option<(KeptId, &str)>,
    new: Option<(&str, &str)>,
    refusals: &[Refusal],
) -> Page {
    let mut page = Page::new(
        "Bộ lọc đã lưu",
        html! {
            @if let Some((address, typed)) = new { (parts::section("Lưu bộ lọc", None, asking(visit, address, typed, refusals))) }
            @if mine.is_empty() { (parts::empty("Chưa lưu bộ lọc nào.", "Lọc danh sách, rồi bấm “Lưu bộ lọc này” ở trên danh sách.", None)) }
            @for one in mine {
                @let typed = wrong.filter(|(id, _)| *id == one.id).map(|(_, typed)| typed);
                section.kept-one aria-label=(one.name) {
                    p { a href=(one.address) { (one.name) } }
                    (renaming(visit, one, typed, if typed.is_some() { refusals } else { &[] }))
                    form method="post" action={ (HERE) "/" (one.id) "/xoa" } { (form::token(visit)) (Button::new("Xoá").about(&one.name).quiet()) }
                }
            }
            @if let Some(one) = mine.first() { p { (parts::back(&one.list, "Về danh sách")) } }
        },
    );
    page.lead = Some(html! { "Chỉ bạn thấy các bộ lọc này. Sửa điều kiện: mở bộ lọc, lọc lại rồi lưu với tên mới." });
    page
}

fn renaming(visit: &Visit, one: &Kept, typed: Option<&str>, refusals: &[Refusal]) -> Markup {
    let field = Field::new("ten", "Tên mới").id(format!("ten-{}", one.id)).value(typed.unwrap_or(&one.name));
    html! {
        form.filters method="post" action={ (HERE) "/" (one.id) } {
            (form::token(visit))
            (fields::text(field.refused(refusals)))
            (Button::new("Đổi tên").about(&one.name).second())
        }
    }
}

async fn kept(visit: Visit, posted: Posted) -> Answer {
    let (address, name) = (posted.get("dia_chi"), posted.get("ten"));
    let mut tx = visit.site.db.begin().await?;
    match keep(&mut tx, &visit.scope, address, name).await {
        Ok(one) => {
            tx.commit().await?;
            to(one.address, Some("Đã lưu bộ lọc."))
        }
        Err(Failure::Refused(no)) => {
            drop(tx);
            let list = address.split('?').next().unwrap_or_default();
            let mine = of(&mut visit.site.db.read().await?, &visit.scope, list).await?;
            show_again(shown(&visit, &mine, None, Some((address, name)), &no), no)
        }
        Err(other) => Err(Fault(other)),
    }
}

async fn renamed(visit: Visit, Path(id): Path<KeptId>, posted: Posted) -> Answer {
    let name = posted.get("ten");
    let mut tx = visit.site.db.begin().await?;
    match rename(&mut tx, &visit.scope, id, name).await {
        Ok(one) => {
            tx.commit().await?;
            to(manage(&one.list), Some("Đã đổi tên bộ lọc."))
        }
        Err(Failure::Refused(no)) => {
            drop(tx);
            let mut conn = visit.site.db.read().await?;
            let list = super::one(&mut conn, &visit.scope, id).await?.list;
            let mine = of(&mut conn, &visit.scope, &list).await?;
            show_again(shown(&visit, &mine, Some((id, name)), None, &no), no)
        }
        Err(other) => Err(Fault(other)),
    }
}

async fn removed(visit: Visit, Path(id): Path<KeptId>) -> Answer {
    let mut tx = visit.site.db.begin().await?;
    let one = remove(&mut tx, &visit.scope, id).await?;
    tx.commit().await?;
    to(manage(&one.list), Some("Đã xoá bộ lọc."))
}
