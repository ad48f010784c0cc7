//! Keys for programs: made here, shown once, ended here.

use super::account::account_page;
use crate::actions;
use base::Refusal;
use maud::{Markup, html};
use people::{Failure, Token, TokenId};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Page, Tone};
use web::{Answer, Posted, Visit, form};

const HERE: &str = "/tai-khoan/khoa";

async fn mine(visit: &Visit) -> Result<Vec<Token>, Failure> {
    Ok(people::tokens_of(&mut visit.site.db.read().await?, visit.session.account).await?)
}

pub async fn page(visit: Visit) -> Answer {
    web::show(whole(&visit, &mine(&visit).await?, None, &Posted::default(), &[]))
}

/// The answer to the sending that made the key shows it; a second sending of the same form only leads to the list.
pub async fn send(visit: Visit, form: Posted) -> Answer {
    let mut secret = None;
    let done = web::once(&visit, &form, None, async {
        let days = form.get("days").trim().parse().unwrap_or(0);
        secret = Some(
            actions::make_key(&visit.site, &visit.scope, form.get("name"), form.get("quyen") == "ghi", days).await?,
        );
        Ok(HERE.to_owned())
    })
    .await;
    let keys = mine(&visit).await?;
    match (done, secret) {
        (Ok(_), Some(secret)) => web::show(whole(&visit, &keys, Some(&secret), &Posted::default(), &[])),
        (Err(fault), _) => form::refused(fault.0, |refusals| whole(&visit, &keys, None, &form, refusals)),
        (done, None) => done,
    }
}

pub async fn end(visit: Visit, form: Posted) -> Answer {
    let id: TokenId = form.hidden("khoa")?;
    actions::end_key(&visit.site, &visit.scope, id).await?;
    web::to(HERE, Some("Đã kết thúc khoá. Chương trình dùng khoá này không gọi được nữa."))
}

fn whole(visit: &Visit, keys: &[Token], secret: Option<&str>, form: &Posted, refusals: &[Refusal]) -> Page {
    account_page(
        HERE,
        "Khoá API",
        html! {
            @if let Some(secret) = secret {
                (parts::notice(Tone::Ok, html! {
                    p { strong { "Đã tạo khoá. Hãy chép ngay, vì khoá chỉ hiện một lần." } }
                    p { (parts::copy(secret, "khoá")) }
                }))
            }
            p.narrow { "Khoá cho một chương trình gọi API thay bạn, với vai trò của bạn tại đơn vị đang chọn. Không gửi khoá qua thư hay tin nhắn." }
            (list(visit, keys))
            (parts::section("Tạo khoá", None, new_form(visit, form, refusals)))
        },
    )
}

fn list(visit: &Visit, keys: &[Token]) -> Markup {
    if keys.is_empty() {
        return parts::empty("Chưa có khoá nào", "Khoá cần khi một phần mềm khác lấy hoặc gửi số liệu qua API.", None);
    }
    let row = |key: &Token| {
        let unit = visit.hats.iter().find(|hat| hat.unit == key.unit).map_or("", |hat| hat.unit_name.as_str());
        let ended = key.ends <= visit.scope.now;
        let id = key.id.to_string();
        Row::new(vec![
            html! { (key.name) },
            html! { (unit) },
            html! { @if key.scopes.contains("write") { "Đọc và ghi" } @else { "Chỉ đọc" } },
            html! { (base::day::vi_moment(key.ends)) @if ended { " " (parts::tag(Tone::Calm, "Hết hạn")) } },
            html! { @match key.used { Some(at) => (base::day::vi_moment(at)), None => span.quiet { "Chưa dùng" } } },
            html! {
                form method="post" action="/tai-khoan/khoa/ket-thuc" {
                    (form::token(visit))
                    (Button::new("Kết thúc").quiet().sends("khoa", &id).about(&format!("khoá {}", key.name)))
                }
            },
        ])
    };
    html! {
        (Table {
            caption: "Khoá đang có",
            columns: vec![Column::new("Tên"), Column::new("Đơn vị"), Column::new("Quyền"), Column::new("Hết hạn"), Column::new("Dùng gần nhất"), Column::actions("Việc")],
            rows: keys.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

fn new_form(visit: &Visit, form: &Posted, refusals: &[Refusal]) -> Markup {
    let rights = [Choice::new("doc", "Chỉ đọc"), Choice::new("ghi", "Đọc và ghi")];
    let days = [Choice::new("30", "30 ngày"), Choice::new("90", "90 ngày"), Choice::new("366", "Một năm")];
    let chosen = |name: &str, usual: &'static str| {
        if form.get(name).is_empty() { usual.to_owned() } else { form.get(name).to_owned() }
    };
    html! {
        form.form method="post" action=(HERE) {
            (form::keyed(visit))
            (fields::text(Field::new("name", "Tên khoá").hint("Để sau này nhận ra. Ví dụ: Phần mềm một cửa gửi số liệu").value(form.get("name")).refused(refusals)))
            (fields::radios(Field::new("quyen", "Quyền").value(&chosen("quyen", "doc")), &rights))
            (fields::select(Field::new("days", "Thời hạn").value(&chosen("days", "90")).refused(refusals), &days))
            (parts::button("Tạo khoá"))
        }
    }
}
