//! Adding a person, and changing what others see of one.

use super::both::{compared, on_version};
use super::person::{id_of, whole};
use crate::actions;
use axum::extract::Path;
use axum::http::StatusCode;
use base::Refusal;
use maud::{Markup, html};
use people::{Account, Failure, NewAccount};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::Button;
use web::{Answer, Posted, Visit, form};

/// What both forms ask, in their order.
const ASKED: [(&str, &str); 4] =
    [("name", "Họ và tên"), ("title", "Chức vụ"), ("email", "Thư điện tử"), ("phone", "Điện thoại")];

pub async fn new(visit: Visit) -> Answer {
    web::show(form_page(&visit, None, &Posted::default(), &[]))
}

/// The answer to the sending that made the account shows the link; a second sending only leads to the person.
pub async fn add(visit: Visit, form: Posted) -> Answer {
    let mut made = None;
    let done = web::once(&visit, &form, None, async {
        let (id, link) = actions::add_person(&visit.site, &visit.scope, asked(&form)).await?;
        made = Some((id, link));
        Ok(format!("/quan-tri/nguoi-dung/{id}"))
    })
    .await;
    match (done, made) {
        (Ok(_), Some((id, link))) => {
            let account = people::account(&mut visit.site.db.read().await?, id).await?.ok_or(Failure::NotFound)?;
            web::show(whole(&visit, &account, Some(&link), &Posted::default(), &[]).await?)
        }
        (Err(fault), _) => form::refused(fault.0, |refusals| form_page(&visit, None, &form, refusals)),
        (done, None) => done,
    }
}

pub async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let account = actions::read_person(&visit.site, &visit.scope, id_of(&id)?).await?;
    web::show(form_page(&visit, Some(&account), &filled(&account), &[]))
}

pub async fn save(visit: Visit, Path(id): Path<String>, form: Posted) -> Answer {
    let id = id_of(&id)?;
    let version = form.get("version").parse().unwrap_or(0);
    match actions::change_person(&visit.site, &visit.scope, id, version, asked(&form)).await {
        Ok(()) => web::to(format!("/quan-tri/nguoi-dung/{id}"), Some("Đã lưu thông tin.")),
        Err(failure) => {
            let stored = people::account(&mut visit.site.db.read().await?, id).await?.ok_or(Failure::NotFound)?;
            match failure {
                Failure::Conflict { refusal, .. } => {
                    web::with_status(web::show(both(&visit, &stored, &form, &refusal)), StatusCode::CONFLICT)
                }
                other => form::refused(other, |refusals| form_page(&visit, Some(&stored), &form, refusals)),
            }
        }
    }
}

fn asked(form: &Posted) -> NewAccount {
    NewAccount {
        login: form.get("login").to_owned(),
        name: form.get("name").to_owned(),
        email: form.text("email"),
        phone: form.text("phone"),
        title: form.get("title").to_owned(),
        subject: None,
        sample: false,
    }
}

fn filled(account: &Account) -> Posted {
    let version = account.version.to_string();
    Posted::from_pairs(&[
        ("name", &account.name),
        ("title", &account.title),
        ("email", account.email.as_deref().unwrap_or_default()),
        ("phone", account.phone.as_deref().unwrap_or_default()),
        ("version", &version),
    ])
}

fn form_page(visit: &Visit, known: Option<&Account>, form: &Posted, refusals: &[Refusal]) -> Page {
    let title = known.map_or("Thêm người dùng".to_owned(), |account| format!("Sửa thông tin {}", account.name));
    let mut page = Page::new(title, form_markup(visit, known, form, refusals));
    page.crumbs = vec![("Người dùng".into(), "/quan-tri/nguoi-dung".into())];
    if let Some(account) = known {
        page.crumbs.push((account.name.clone(), format!("/quan-tri/nguoi-dung/{}", account.id)));
    }
    page
}

fn form_markup(visit: &Visit, known: Option<&Account>, form: &Posted, refusals: &[Refusal]) -> Markup {
    let action = known
        .map_or("/quan-tri/nguoi-dung/them".to_owned(), |account| format!("/quan-tri/nguoi-dung/{}/sua", account.id));
    // `autocomplete` stays off: the browser would offer the administrator's own data.
    let text =
        |name: &'static str, label: &'static str| Field::new(name, label).value(form.get(name)).refused(refusals);
    html! {
        form.form method="post" action=(action) data-guard {
            (form::keyed(visit))
            input type="hidden" name="version" value=(form.get("version"));
            (fields::text(text("name", "Họ và tên")))
            @if known.is_none() {
                (fields::text(text("login", "Tên đăng nhập").hint("Chữ không dấu, số, dấu chấm. Ví dụ: lan.nguyen. Sau này không đổi được.").as_code()))
            }
            (fields::text(text("title", "Chức vụ").hint("Ví dụ: Chuyên viên, Phó Giám đốc").optional()))
            (fields::text(text("email", "Thư điện tử").hint("Người dùng đăng nhập chung được nhận ra bằng địa chỉ này").kind("email").inputmode("email").optional()))
            (fields::text(text("phone", "Điện thoại").kind("tel").inputmode("tel").width(20).optional()))
            (Button::new(if known.is_some() { "Lưu thông tin" } else { "Thêm và tạo liên kết đặt mật khẩu" }).key("alt+s"))
        }
    }
}

/// Somebody else saved first: both are shown, and this form now carries the new version.
fn both(visit: &Visit, stored: &Account, form: &Posted, refusal: &Refusal) -> Page {
    let theirs = filled(stored);
    let differ = ASKED.iter().filter(|(name, _)| theirs.get(name) != form.get(name));
    let differ = differ.map(|(name, label)| [label, theirs.get(name), form.get(name)].map(str::to_owned)).collect();
    let page = form_page(visit, Some(stored), &on_version(form, stored.version), &[]);
    compared(page, differ, &format!("/quan-tri/nguoi-dung/{}", stored.id), refusal)
}
