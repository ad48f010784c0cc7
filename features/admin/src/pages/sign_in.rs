//! The way in by password, with its second step, and the way out.

use super::browser::{Browser, with_cookie};
use crate::{actions, rules};
use base::{Refusal, Refusals};
use maud::html;
use people::{Account, Failure, Outcome};
use web::look::fields::{self, Field};
use web::look::{Page, parts};
use web::{Answer, Cookie, Guest, Posted, Site, address};

pub async fn page(guest: Guest) -> Answer {
    let back = address::value(&guest.uri, "ve");
    if guest.visit.is_some() {
        return web::to(rules::place_after(&back), None);
    }
    web::show(first_step(&guest.site, "", &back, &[]))
}

pub async fn send(guest: Guest, browser: Browser, form: Posted) -> Answer {
    let now = guest.site.now();
    let ticket = form.get("phieu");
    let outcome = if ticket.is_empty() {
        people::sign_in(&guest.site.db, form.get("login"), form.get("mat_khau"), None, now).await?
    } else {
        people::sign_in_code(&guest.site.db, ticket, form.get("ma"), now).await?
    };
    let back = form.get("ve");
    match outcome {
        Outcome::In(account) => enter(&guest.site, &account, &browser, back).await,
        Outcome::CodeWanted { ticket } => web::show(second_step(&ticket, back, &[])),
        // The six digits may be typed again; a ticket that is too old leads back to the password.
        Outcome::No(refusal) if refusal.field.as_deref() == Some("ma") => {
            let refusals = vec![refusal];
            web::show_again(second_step(ticket, back, &refusals), refusals)
        }
        Outcome::No(refusal) => {
            let refusals: Refusals = vec![at_password(refusal)];
            web::show_again(first_step(&guest.site, form.get("login"), back, &refusals), refusals)
        }
    }
}

/// Begins a session and goes on to where the person wanted to be.
pub async fn enter(site: &Site, account: &Account, browser: &Browser, back: &str) -> Answer {
    let mut tx = site.db.begin().await?;
    let cookie = people::begin_session(&mut tx, account.id, site.now(), &browser.agent, &browser.address).await?;
    tx.commit().await.map_err(Failure::from)?;
    with_cookie(web::to(rules::place_after(back), None)?, &Cookie::set(site, &cookie))
}

/// A wrong pair is said at the password, since the login is as likely right.
fn at_password(refusal: Refusal) -> Refusal {
    if refusal.code == "wrong" { refusal.at("mat_khau") } else { refusal }
}

pub fn first_step(site: &Site, login: &str, back: &str, refusals: &[Refusal]) -> Page {
    Page::new(
        "Đăng nhập",
        html! {
            form method="post" action="/dang-nhap" {
                // Nobody is signed in, so there is no token: such a form is known by the page it comes from.
                input type="hidden" name="csrf" value="";
                input type="hidden" name="ve" value=(back);
                (fields::text(Field::new("login", "Tên đăng nhập").value(login).autocomplete("username").as_code().refused(refusals)))
                (fields::password(Field::new("mat_khau", "Mật khẩu").autocomplete("current-password").refused(refusals)))
                (parts::button("Đăng nhập"))
            }
            @if let Some(label) = &site.settings.oidc {
                p { (parts::link_button(label, &format!("/dang-nhap/oidc?ve={}", address::encoded(back)))) }
            }
            (parts::details("Quên mật khẩu?", html! {
                p { "Hãy nhờ quản trị của đơn vị gửi liên kết đặt lại mật khẩu. Liên kết dùng được một lần, trong 48 giờ." }
            }))
        },
    )
}

pub fn second_step(ticket: &str, back: &str, refusals: &[Refusal]) -> Page {
    let mut page = Page::new(
        "Nhập mã xác thực",
        html! {
            form method="post" action="/dang-nhap" {
                input type="hidden" name="csrf" value="";
                input type="hidden" name="ve" value=(back);
                input type="hidden" name="phieu" value=(ticket);
                (fields::text(
                    Field::new("ma", "Mã 6 chữ số").hint("Mở ứng dụng xác thực trên điện thoại để xem mã.")
                        .autocomplete("one-time-code").inputmode("numeric").width(10).refused(refusals)
                ))
                (parts::button("Tiếp tục"))
            }
            p { a href={ "/dang-nhap?ve=" (address::encoded(back)) } { "Đăng nhập bằng tài khoản khác" } }
        },
    );
    page.lead = Some(html! { "Tài khoản này bật xác thực hai lớp." });
    page
}

/// Signing out needs no session: one that has ended meanwhile is out already.
pub async fn out(guest: Guest, _form: Posted) -> Answer {
    if let Some(visit) = &guest.visit {
        actions::end_session(&guest.site, &visit.scope, &visit.session.token).await?;
    }
    with_cookie(web::to("/dang-nhap", Some("Bạn đã đăng xuất."))?, &Cookie::clear(&guest.site))
}
