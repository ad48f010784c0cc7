//! A password through a link: for a new account, or a forgotten password.

use super::set_up::{new_password_fields, spent};
use crate::actions;
use crate::model::NotNow;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use base::Refusal;
use maud::html;
use people::{Failure, Purpose};
use web::look::{Page, parts};
use web::{Answer, Guest, Posted, address, form};

/// Password programs look here for where to change a password (W3C, change-password-url).
pub async fn well_known() -> Answer {
    Ok((StatusCode::FOUND, [(header::LOCATION, "/tai-khoan/mat-khau")]).into_response())
}

pub async fn page(guest: Guest) -> Answer {
    let link = address::value(&guest.uri, "ma");
    match login_of(&guest, &link).await? {
        Some(login) => web::show_bare(form_page(&guest, &link, &login, &[])),
        None => spent(NotNow::LinkSpent),
    }
}

pub async fn send(guest: Guest, form: Posted) -> Answer {
    let link = form.get("ma");
    let Some(login) = login_of(&guest, link).await? else { return spent(NotNow::LinkSpent) };
    match actions::choose_password(&guest.site, link, form.get("mat_khau_moi"), form.get("mat_khau_lap")).await {
        Ok(_) => web::to("/dang-nhap", Some("Đã đặt mật khẩu. Hãy đăng nhập.")),
        Err(failure) => form::refused(failure, |refusals| form_page(&guest, link, &login, refusals)),
    }
}

/// Whose link it is; none where it is spent.
async fn login_of(guest: &Guest, link: &str) -> Result<Option<String>, Failure> {
    let mut conn = guest.site.db.read().await?;
    let Some(Some(id)) = people::peek_link(&mut conn, link, Purpose::Password, guest.site.now()).await? else {
        return Ok(None);
    };
    Ok(people::account(&mut conn, id).await?.filter(|account| !account.closed).map(|account| account.login))
}

fn form_page(guest: &Guest, link: &str, login: &str, refusals: &[Refusal]) -> Page {
    let mut page = Page::new(
        "Đặt mật khẩu",
        html! {
            form method="post" action="/dat-mat-khau" {
                (form::token_of_guest(guest))
                input type="hidden" name="ma" value=(link);
                // For password programs, which keep the pair.
                input type="hidden" name="login" value=(login) autocomplete="username";
                (new_password_fields(refusals))
                (parts::button("Đặt mật khẩu"))
            }
        },
    );
    page.lead = Some(html! { "Tên đăng nhập: " strong { (login) } });
    page
}
