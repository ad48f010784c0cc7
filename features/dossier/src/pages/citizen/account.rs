//! Whoever has no VNeID: in with the identity number and a password, which is chosen through the link of the counter.

use super::own::{self, HERE};
use super::{keep, token};
use crate::actions::{self, Chosen};
use crate::model::NotNow;
use axum::http::{HeaderMap, StatusCode};
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Guest, Posted, address, form, show_citizen, show_citizen_again, to, with_status};

/// The page of the link.
pub const SET_PASSWORD: &str = "/ho-so-cua-toi/dat-mat-khau";
pub const ENTER: &str = "/ho-so-cua-toi/vao";

/// The form to come in by; the number stays in it, the password never.
pub fn way_in(guest: &Guest, number: &str, refusals: &[Refusal]) -> Markup {
    html! {
        form.form method="post" action=(ENTER) {
            (form::token_of_guest(guest))
            (fields::text(number_field(number, refusals)))
            (fields::password(Field::new("mat_khau", "Mật khẩu").autocomplete("current-password").refused(refusals)))
            (Button::new("Đăng nhập"))
        }
        (parts::details("Chưa có tài khoản, hoặc quên mật khẩu?", html! {
            p { "Đến bộ phận một cửa, mang theo căn cước. Cán bộ đưa bạn một liên kết để tự đặt mật khẩu; liên kết dùng được một lần." }
        }))
    }
}

fn number_field<'a>(number: &'a str, refusals: &'a [Refusal]) -> Field<'a> {
    Field::new("so_dinh_danh", "Số định danh cá nhân")
        .hint("12 chữ số trên thẻ căn cước")
        .value(number)
        .inputmode("numeric")
        .autocomplete("username")
        .as_code()
        .refused(refusals)
}

pub async fn enter(guest: Guest, headers: HeaderMap, form: Posted) -> Answer {
    // A fresh cookie: one that somebody else may know must not become a signed-in one.
    let fresh = people::fresh_secret().map_err(|error| Failure::Broken(error.to_string()))?;
    let number = form.get("so_dinh_danh").trim();
    match actions::enter(&guest.site, number, form.get("mat_khau"), &fresh, token(&headers)).await {
        Ok(()) => Ok(keep(&guest.site, &fresh, to(HERE, None)?)),
        Err(failure) => own::refused(&guest, number, failure),
    }
}

pub async fn link_page(guest: Guest) -> Answer {
    let link = address::value(&guest.uri, "ma");
    let holds = actions::link_holds(&mut guest.site.db.read().await?, &link, guest.site.now()).await?;
    if holds { show_citizen(choosing(&guest, &link, "", &[])) } else { spent() }
}

fn choosing(guest: &Guest, link: &str, number: &str, refusals: &[Refusal]) -> Page {
    Page::new(
        "Đặt mật khẩu",
        html! {
            p { "Đặt mật khẩu cho tài khoản mà bộ phận một cửa vừa tạo cho bạn." }
            form.form method="post" action=(SET_PASSWORD) {
                (form::token_of_guest(guest))
                input type="hidden" name="ma" value=(link);
                (fields::text(number_field(number, refusals)))
                (fields::password(
                    Field::new("mat_khau_moi", "Mật khẩu mới").hint("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất.")
                        .autocomplete("new-password").refused(refusals)
                ))
                (fields::password(Field::new("mat_khau_lap", "Nhập lại mật khẩu mới").autocomplete("new-password").refused(refusals)))
                (Button::new("Đặt mật khẩu"))
            }
        },
    )
}

pub async fn choose(guest: Guest, form: Posted) -> Answer {
    let (link, number) = (form.get("ma"), form.get("so_dinh_danh").trim());
    let asked = Chosen { link, number, password: form.get("mat_khau_moi"), again: form.get("mat_khau_lap") };
    match actions::choose_password(&guest.site, asked).await {
        Ok(()) => to(HERE, Some("Đã đặt mật khẩu. Hãy đăng nhập bằng số định danh và mật khẩu vừa đặt.")),
        Err(Failure::Refused(refusals)) if is_spent(&refusals) => spent(),
        Err(Failure::Refused(refusals)) => show_citizen_again(choosing(&guest, link, number, &refusals), refusals),
        Err(other) => Err(Fault(other)),
    }
}

fn is_spent(refusals: &Refusals) -> bool {
    let spent = Refusal::from(NotNow::AccountLinkSpent).code;
    refusals.iter().any(|no| no.code == spent)
}

/// The page of a link that opens nothing any more.
fn spent() -> Answer {
    let say = Refusal::from(NotNow::AccountLinkSpent).say;
    let body = html! {
        (parts::notice(Tone::Soon, html! { (say) }))
        p { a href=(HERE) { "Đến trang đăng nhập" } }
    };
    with_status(show_citizen(Page::new("Liên kết không dùng được", body)), StatusCode::GONE)
}
