//! Changing one's own password; the only page there is while another's password must be replaced.

use super::account::mine;
use super::set_up::new_password_fields;
use crate::model::NotNow;
use base::Refusal;
use maud::html;
use people::Failure;
use web::look::fields::{self, Field};
use web::look::{Page, parts};
use web::{Answer, Posted, Visit, form};

pub async fn page(visit: Visit) -> Answer {
    let login = mine(&visit).await?.login;
    web::show(form_page(&visit, &login, &[]))
}

pub async fn send(visit: Visit, form: Posted) -> Answer {
    match change(&visit, &form).await {
        Ok(()) => {
            let back = if visit.session.must_change { "/" } else { "/tai-khoan" };
            web::to(back, Some("Đã đổi mật khẩu. Các phiên khác đã kết thúc."))
        }
        Err(failure) => {
            let login = mine(&visit).await?.login;
            form::refused(failure, |refusals| form_page(&visit, &login, refusals))
        }
    }
}

async fn change(visit: &Visit, form: &Posted) -> Result<(), Failure> {
    if form.get("mat_khau_moi") != form.get("mat_khau_lap") {
        return Err(NotNow::PasswordsDiffer.into());
    }
    people::change_password(
        &visit.site.db,
        &visit.scope,
        &visit.session,
        form.get("mat_khau_cu"),
        form.get("mat_khau_moi"),
    )
    .await
}

fn form_page(visit: &Visit, login: &str, refusals: &[Refusal]) -> Page {
    let mut page = Page::new(
        "Đổi mật khẩu",
        html! {
            form.form method="post" action="/tai-khoan/mat-khau" {
                (form::token(visit))
                // For password programs, which keep the pair.
                input type="hidden" name="login" value=(login) autocomplete="username";
                (fields::password(Field::new("mat_khau_cu", "Mật khẩu hiện tại").autocomplete("current-password").refused(refusals)))
                (new_password_fields(refusals))
                (parts::button("Đổi mật khẩu"))
            }
        },
    );
    page.crumbs = vec![("Tài khoản của tôi".into(), "/tai-khoan".into())];
    page.lead = visit
        .session
        .must_change
        .then(|| html! { "Mật khẩu này do người khác đặt. Hãy chọn mật khẩu của riêng bạn rồi mới làm việc khác." });
    page
}
