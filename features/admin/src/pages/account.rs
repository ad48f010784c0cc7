//! My account: who I am here, my hats, how I sign in, where I am signed in.
//!
//! Left out on purpose: changing one's own e-mail. The province's sign-in system finds a person by it, so whoever
//! could write another's address there would become that other.

use crate::actions;
use base::Timestamp;
use maud::{Markup, html};
use people::{Account, Failure, Hat, Session};
use web::look::parts::{self, Button, Tab};
use web::look::table::{Column, Row, Table};
use web::look::{Page, Tone};
use web::{Answer, Posted, Visit, form};

/// The four pages of one's account.
pub fn tabs(here: &str) -> Markup {
    let tab = |label, href| Tab { label, href, count: None, current: href == here };
    parts::tabs(
        "Tài khoản của tôi",
        &[
            tab("Thông tin", "/tai-khoan"),
            tab("Phiên làm việc", "/tai-khoan/phien"),
            tab("Uỷ quyền", "/tai-khoan/uy-quyen"),
            tab("Khoá API", "/tai-khoan/khoa"),
        ],
    )
}

/// A page of one's account, under its tabs.
pub fn account_page(here: &str, title: &str, body: Markup) -> Page {
    let mut page = Page::new(title, html! { (tabs(here)) (body) });
    if here != "/tai-khoan" {
        page.crumbs = vec![("Tài khoản của tôi".into(), "/tai-khoan".into())];
    }
    page
}

pub async fn page(visit: Visit) -> Answer {
    let account = mine(&visit).await?;
    web::show(account_page(
        "/tai-khoan",
        "Tài khoản của tôi",
        html! {
            div.columns {
                (parts::section("Thông tin", None, who(&account)))
                (parts::section("Đăng nhập", None, sign_in(&visit, &account)))
            }
            (parts::section("Vai trò", None, hats(&visit)))
        },
    ))
}

/// The account of whoever asks.
pub async fn mine(visit: &Visit) -> Result<Account, Failure> {
    people::account(&mut visit.site.db.read().await?, visit.session.account).await?.ok_or(Failure::NotFound)
}

fn who(account: &Account) -> Markup {
    let or_none =
        |text: &Option<String>| html! { @match text { Some(text) => (text), None => span.quiet { "Chưa có" } } };
    html! {
        (parts::facts([
            ("Họ và tên", html! { (account.name) }),
            ("Chức vụ", html! { (account.title) }),
            ("Tên đăng nhập", html! { (account.login) }),
            ("Thư điện tử", or_none(&account.email)),
            ("Điện thoại", or_none(&account.phone)),
        ]))
        p.quiet { "Thư điện tử và điện thoại chỉ bạn và quản trị xem được. Cần sửa, hãy báo quản trị của đơn vị." }
    }
}

fn sign_in(visit: &Visit, account: &Account) -> Markup {
    let second = match (account.has_totp, needs_second(visit)) {
        (true, _) => parts::tag(Tone::Ok, "Đang bật"),
        (false, true) => parts::tag(Tone::Bad, "Chưa bật, vai trò đang tạm dừng"),
        (false, false) => parts::tag(Tone::Plain, "Chưa bật"),
    };
    let mut known = vec![
        ("Mật khẩu", html! { a href="/tai-khoan/mat-khau" { "Đổi mật khẩu" } }),
        (
            "Xác thực hai lớp",
            html! {
                (second) " "
                @if !account.has_totp { a href="/tai-khoan/hai-lop" { "Bật xác thực hai lớp" } }
            },
        ),
    ];
    if visit.site.oidc.is_some() || account.has_subject {
        known.push(("Đăng nhập chung", html! { @if account.has_subject { "Đã gắn" } @else { "Chưa gắn" } }));
    }
    html! {
        (parts::facts(known))
        @if account.has_totp {
            p.quiet { "Đổi hoặc mất điện thoại: nhờ quản trị tắt mã cũ rồi bật lại." }
        }
    }
}

/// An administrator's roles are held back until the second factor is on.
pub fn needs_second(visit: &Visit) -> bool {
    visit.scope.roles.is_empty() && visit.hats.iter().any(|hat| hat.roles.contains(&people::Role::Admin))
}

fn hats(visit: &Visit) -> Markup {
    let row = |hat: &Hat| {
        let here = visit.scope.is_of(hat.unit);
        let id = hat.unit.to_string();
        Row::new(vec![
            html! { (hat.unit_name) },
            html! { (roles(hat)) },
            html! {
                @if here { (parts::tag(Tone::Info, "Đang dùng")) }
                @else {
                    form method="post" action="/vai-tro" {
                        (form::token(visit))
                        (Button::new("Chuyển sang").quiet().sends("hat", &id).about(&hat.unit_name))
                    }
                }
            },
        ])
    };
    if visit.hats.is_empty() {
        return parts::empty(
            "Bạn chưa có vai trò nào",
            "Quản trị của đơn vị giao vai trò cho bạn. Hãy liên hệ họ để bắt đầu.",
            None,
        );
    }
    html! {
        (Table {
            caption: "Vai trò của tôi",
            columns: vec![Column::new("Đơn vị"), Column::new("Vai trò"), Column::actions("Việc")],
            rows: visit.hats.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

fn roles(hat: &Hat) -> String {
    hat.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
}

pub async fn sessions(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let all = people::sessions_of(&mut conn, visit.session.account, visit.scope.now).await?;
    drop(conn);
    let table = Table {
        caption: "Phiên làm việc",
        columns: vec![
            Column::new("Trình duyệt"),
            Column::new("Địa chỉ mạng"),
            Column::new("Bắt đầu"),
            Column::new("Dùng gần nhất"),
            Column::actions("Việc"),
        ],
        rows: all.iter().map(|session| session_row(&visit, session)).collect(),
        ..Table::default()
    };
    web::show(account_page(
        "/tai-khoan/phien",
        "Phiên làm việc",
        html! {
            p { "Những nơi đang đăng nhập bằng tài khoản của bạn. Thấy nơi lạ, hãy kết thúc phiên đó và đổi mật khẩu." }
            (table)
            @if all.len() > 1 {
                form method="post" action="/tai-khoan/phien" {
                    (form::token(&visit))
                    (Button::new("Kết thúc mọi phiên khác").second().sends("phien", "khac"))
                }
            }
        },
    ))
}

fn session_row(visit: &Visit, session: &Session) -> Row {
    let here = session.token == visit.session.token;
    let moment = |at: Timestamp| base::day::vi_moment(at);
    Row::new(vec![
        html! { (browser_name(&session.agent)) },
        html! { (session.address) },
        html! { (moment(session.begun)) },
        html! { (moment(session.seen)) },
        html! {
            @if here { (parts::tag(Tone::Info, "Phiên này")) }
            @else {
                form method="post" action="/tai-khoan/phien" {
                    (form::token(visit))
                    (Button::new("Kết thúc").quiet().sends("phien", &session.token).about(&format!("phiên bắt đầu {}", moment(session.begun))))
                }
            }
        },
    ])
}

/// "Chrome trên Windows" out of what a browser says of itself; what is not known stays as it is.
fn browser_name(agent: &str) -> String {
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    // In this order: Edge also says Chrome, and Chrome also says Safari.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("coc_coc", "Cốc Cốc"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} trên {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if agent.is_empty() => "Không rõ".to_owned(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

pub async fn end_session(visit: Visit, form: Posted) -> Answer {
    let which = form.get("phien");
    if which == "khac" {
        actions::end_other_sessions(&visit.site, &visit.scope, &visit.session).await?;
        return web::to("/tai-khoan/phien", Some("Đã kết thúc mọi phiên khác."));
    }
    actions::end_session(&visit.site, &visit.scope, which).await?;
    web::to("/tai-khoan/phien", Some("Đã kết thúc phiên."))
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(browser_name(edge), "Edge trên Windows");
        assert_eq!(browser_name("curl/8.5.0"), "curl/8.5.0");
        assert_eq!(browser_name(""), "Không rõ");
    }
}
