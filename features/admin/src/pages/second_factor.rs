//! Switching the second factor on: a QR code, its secret in letters, and a code that shows that the telephone has it.

use super::account::{mine, needs_second};
use crate::actions;
use base::Refusal;
use maud::html;
use people::{Account, Failure};
use web::look::fields::{self, Field};
use web::look::{Page, parts};
use web::{Answer, Posted, Visit, form};

pub async fn page(visit: Visit) -> Answer {
    let account = mine(&visit).await?;
    if account.has_totp {
        return web::to("/tai-khoan", Some("Xác thực hai lớp đang bật."));
    }
    web::show(form_page(&visit, &account, &people::fresh_totp()?, &[])?)
}

pub async fn send(visit: Visit, form: Posted) -> Answer {
    let secret = form.get("bi_mat");
    match actions::switch_second_on(&visit.site, &visit.scope, secret, form.get("ma")).await {
        Ok(()) => web::to(
            if needs_second(&visit) { "/" } else { "/tai-khoan" },
            Some("Đã bật xác thực hai lớp. Từ lần sau, đăng nhập sẽ hỏi thêm mã 6 chữ số."),
        ),
        Err(Failure::Refused(refusals)) => {
            let account = mine(&visit).await?;
            web::show_again(form_page(&visit, &account, secret, &refusals)?, refusals)
        }
        Err(other) => Err(other.into()),
    }
}

/// The secret travels in the form until a code confirms it: nothing is kept of one that was never used.
fn form_page(visit: &Visit, account: &Account, secret: &str, refusals: &[Refusal]) -> Result<Page, Failure> {
    let picture = parts::qr(&people::totp_uri(secret, account), "Mã QR của khoá xác thực")?;
    let letters = secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let mut page = Page::new(
        "Bật xác thực hai lớp",
        html! {
            form.form method="post" action="/tai-khoan/hai-lop" {
                (form::token(visit))
                input type="hidden" name="bi_mat" value=(secret);
                p { "1. Cài một ứng dụng xác thực trên điện thoại, ví dụ Google Authenticator, Microsoft Authenticator hoặc FreeOTP." }
                p { "2. Quét mã QR này bằng ứng dụng." }
                (picture)
                (parts::details("Không quét được mã QR?", html! {
                    p { "Nhập khoá này vào ứng dụng, chọn loại “theo thời gian”:" }
                    p { (parts::copy(&letters, "khoá")) }
                }))
                (fields::text(
                    Field::new("ma", "3. Mã 6 chữ số đang hiện trên ứng dụng").autocomplete("one-time-code").inputmode("numeric").width(10).refused(refusals)
                ))
                (parts::button("Bật xác thực hai lớp"))
            }
        },
    );
    page.crumbs = vec![("Tài khoản của tôi".into(), "/tai-khoan".into())];
    page.lead = needs_second(visit).then(|| {
        html! {
            "Vai trò Quản trị bắt buộc xác thực hai lớp. Các vai trò của bạn tạm dừng đến khi bật xong."
        }
    });
    Ok(page)
}
