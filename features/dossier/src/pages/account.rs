//! An account for a dossier's owner, who stands at the counter and has shown who they are: made, or opened again for a forgotten
//! password. The link is shown once, to be printed or taken by the camera of their telephone; it says nothing of whose it is.

use super::place;
use crate::actions::{self, LINK_HOURS, Made, Opening};
use crate::model::*;
use axum::extract::Path;
use base::Refusal;
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Posted, Visit, form, show, show_again};

pub async fn page(visit: Visit, Path(id): Path<DossierId>) -> Answer {
    let opening = actions::opening(&visit.site, &visit.scope, id).await?;
    show(asking(&visit, &opening, &[]))
}

pub async fn make(visit: Visit, Path(id): Path<DossierId>, form: Posted) -> Answer {
    let done = actions::make_account(&visit.site, &visit.scope, id, form.has("da_doi_chieu")).await;
    match done {
        Ok(one) => show(made(&visit, id, &one)?),
        Err(Failure::Refused(refusals)) => {
            let opening = actions::opening(&visit.site, &visit.scope, id).await?;
            show_again(asking(&visit, &opening, &refusals), refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

fn asking(visit: &Visit, opening: &Opening, refusals: &[Refusal]) -> Page {
    let dossier = &opening.dossier;
    let owner = &dossier.owner;
    let button = if opening.account.is_some() { "Cấp liên kết mới" } else { "Tạo tài khoản" };
    framed(
        dossier.id,
        &dossier.code,
        html! {
            p { "Dành cho người dân không có VNeID: đăng nhập bằng số định danh và mật khẩu tự đặt để xem mọi hồ sơ đứng tên mình và nộp hồ sơ với thông tin điền sẵn." }
            (parts::facts([
                ("Chủ hồ sơ", html! { (owner.name) }),
                ("Số định danh", html! { (owner.number) }),
                ("Tài khoản", standing(visit, opening.account.as_ref())),
            ]))
            @if opening.account.is_some() {
                (parts::notice(Tone::Soon, html! { "Cấp liên kết mới thì mật khẩu cũ và liên kết cũ không dùng được nữa, ai đang đăng nhập bằng tài khoản này phải đăng nhập lại." }))
            }
            form.form method="post" action=(here(dossier.id)) {
                (form::token(visit))
                (fields::tick(
                    Field::new("da_doi_chieu", "Đã đối chiếu giấy tờ tùy thân: người đang ở quầy chính là chủ hồ sơ")
                        .hint("Không tạo tài khoản qua người nộp thay.").refused(refusals),
                    false,
                ))
                (Button::new(button)) " " a href=(place::dossier(dossier.id)) { "Về hồ sơ" }
            }
        },
    )
}

fn standing(visit: &Visit, account: Option<&CitizenAccount>) -> Markup {
    let holds = |one: &CitizenAccount| one.link_until.is_some_and(|until| until > visit.scope.now);
    html! {
        @match account {
            None => "Chưa có",
            Some(one) if one.password.is_some() => { "Đã có, đang dùng; tạo " (base::day::vi_moment(one.made)) }
            Some(one) if holds(one) => { "Đã có, chờ chủ hồ sơ mở liên kết; tạo " (base::day::vi_moment(one.made)) }
            Some(_) => "Liên kết đã quá hạn mà chưa đặt mật khẩu",
        }
    }
}

fn made(visit: &Visit, id: DossierId, one: &Made) -> Result<Page, Failure> {
    let address = format!(
        "{}{}?ma={}",
        visit.site.settings.public_url.trim_end_matches('/'),
        super::citizen::SET_PASSWORD,
        one.secret
    );
    let picture = parts::qr(&address, "Mã QR của liên kết đặt mật khẩu")?;
    Ok(framed(
        id,
        &one.code,
        html! {
            (parts::notice(Tone::Ok, html! { "Đã tạo. Liên kết chỉ hiện một lần: in trang này cho người dân, hoặc mời quét mã bằng điện thoại ngay tại quầy." }))
            (picture)
            p { (parts::copy(&address, "liên kết")) }
            ol {
                li { "Mở liên kết này, nhập số định danh của mình và đặt mật khẩu." }
                li { "Từ đó đăng nhập ở “Hồ sơ của tôi” bằng số định danh và mật khẩu." }
                li { "Liên kết dùng được một lần, trong " (LINK_HOURS) " giờ. Không đưa cho người khác. Quá hạn hoặc quên mật khẩu thì đến bộ phận một cửa, mang theo căn cước." }
            }
            div.actions {
                button.btn.btn-2.js-only type="button" data-print { "In trang này" }
                (Button::new("Về hồ sơ").to(&place::dossier(id)).second())
            }
        },
    ))
}

fn here(id: DossierId) -> String {
    format!("{}/tai-khoan", place::dossier(id))
}

fn framed(id: DossierId, code: &str, body: Markup) -> Page {
    let mut page = Page::new("Tài khoản cho người dân", body);
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into()), (code.to_owned(), place::dossier(id))];
    page
}
