//! The first start: the first administrator, through the link that the program printed.

use super::browser::Browser;
use super::sign_in;
use crate::actions::{self, FirstAdmin};
use crate::model::NotNow;
use axum::http::StatusCode;
use base::Refusal;
use maud::html;
use people::{Failure, Purpose};
use web::look::fields::{self, Field};
use web::look::{Flash, Page, Tone, parts};
use web::{Answer, Guest, Posted, Site, address, form};

pub async fn page(guest: Guest) -> Answer {
    let link = address::value(&guest.uri, "ma");
    let mut conn = guest.site.db.read().await?;
    if !people::setup_needed(&mut conn).await? {
        return spent(NotNow::SetUpDone);
    }
    if people::peek_link(&mut conn, &link, Purpose::Setup, guest.site.now()).await?.is_none() {
        return spent(NotNow::LinkSpent);
    }
    drop(conn);
    let asked = FirstAdmin { link, ..FirstAdmin::default() };
    let wanted = unit_wanted(&guest.site).await?;
    web::show(form_page(&guest, &asked, wanted, &[]))
}

pub async fn send(guest: Guest, browser: Browser, form: Posted) -> Answer {
    let text = |name: &str| form.get(name).to_owned();
    let asked = FirstAdmin {
        link: text("ma"),
        unit: text("don_vi"),
        name: text("name"),
        login: text("login"),
        password: text("mat_khau_moi"),
        again: text("mat_khau_lap"),
    };
    match actions::set_up(&guest.site, asked.clone()).await {
        Ok(id) => {
            let account = people::account(&mut guest.site.db.read().await?, id).await?.ok_or(Failure::NotFound)?;
            sign_in::enter(&guest.site, &account, &browser, "/tai-khoan/hai-lop").await
        }
        Err(Failure::Refused(why)) if why.iter().any(|refusal| refusal.code == "set-up-done") => {
            spent(NotNow::SetUpDone)
        }
        Err(Failure::Refused(why)) if why.iter().any(|refusal| refusal.code == "link-spent") => {
            spent(NotNow::LinkSpent)
        }
        Err(failure) => {
            let wanted = unit_wanted(&guest.site).await?;
            form::refused(failure, |refusals| form_page(&guest, &asked, wanted, refusals))
        }
    }
}

async fn unit_wanted(site: &Site) -> Result<bool, Failure> {
    let today = base::day::today(site.now());
    Ok(people::units_with(&mut site.db.read().await?, today, &[]).await?.is_empty())
}

fn form_page(guest: &Guest, asked: &FirstAdmin, unit_wanted: bool, refusals: &[Refusal]) -> Page {
    let mut page = Page::new(
        "Thiết lập lần đầu",
        html! {
            form method="post" action="/thiet-lap" {
                (form::token_of_guest(guest))
                input type="hidden" name="ma" value=(asked.link);
                @if unit_wanted {
                    (fields::text(Field::new("don_vi", "Tên tỉnh, thành phố").hint("Ví dụ: Tỉnh Quảng Trị").value(&asked.unit).refused(refusals)))
                }
                (fields::text(Field::new("name", "Họ và tên của bạn").value(&asked.name).autocomplete("name").refused(refusals)))
                (fields::text(
                    Field::new("login", "Tên đăng nhập").hint("Chữ không dấu, số, dấu chấm. Ví dụ: lan.nguyen").value(&asked.login)
                        .autocomplete("username").as_code().refused(refusals)
                ))
                (new_password_fields(refusals))
                (parts::button("Tạo tài khoản quản trị"))
            }
        },
    );
    page.lead =
        Some(html! { "Tạo tài khoản quản trị đầu tiên. Bước sau bạn sẽ bật xác thực hai lớp bằng điện thoại." });
    page
}

/// A new password, typed twice.
pub fn new_password_fields(refusals: &[Refusal]) -> maud::Markup {
    html! {
        (fields::password(
            Field::new("mat_khau_moi", "Mật khẩu mới").hint("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất.")
                .autocomplete("new-password").refused(refusals)
        ))
        (fields::password(Field::new("mat_khau_lap", "Nhập lại mật khẩu mới").autocomplete("new-password").refused(refusals)))
    }
}

/// The page of a link that opens nothing any more.
pub fn spent(why: NotNow) -> Answer {
    let say = Refusal::from(why).say;
    let mut page = Page::new("Liên kết không dùng được", html! { p { a href="/dang-nhap" { "Đến trang đăng nhập" } } });
    page.flash = Some(Flash { tone: Tone::Soon, say });
    web::with_status(web::show_bare(page), StatusCode::GONE)
}
