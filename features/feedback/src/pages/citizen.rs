//! Saying something, and seeing what was answered: without an account.

use crate::actions::{self, Told};
use crate::model::*;
use crate::rules;
use axum::extract::Query;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use serde::Deserialize;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Guest, Posted, form, show_citizen, show_citizen_again};

pub const HERE: &str = "/phan-anh";
pub const FOLLOW: &str = "/phan-anh/tra-cuu";

/// What is known when somebody comes from a dossier.
#[derive(Deserialize)]
pub struct About {
    #[serde(default)]
    ho_so: String,
}

pub async fn page(guest: Guest, Query(about): Query<About>) -> Answer {
    let posted = Posted::from_pairs(&[("ho_so", &about.ho_so)]);
    show_citizen(saying(&guest, &posted, &[]).await?)
}

async fn saying(guest: &Guest, posted: &Posted, refusals: &[Refusal]) -> Result<Page, Failure> {
    let agencies: Vec<(String, String)> =
        actions::agencies(&guest.site).await?.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect();
    let first = Choice::new("", "Chọn cơ quan…");
    let agencies: Vec<Choice> =
        std::iter::once(first).chain(agencies.iter().map(|(id, name)| Choice::new(id, name))).collect();
    let kinds: Vec<Choice> = rules::kinds().iter().map(|kind| Choice::new(&kind.code, &kind.name)).collect();
    let field = |name, label| Field::new(name, label).value(posted.get(name)).refused(refusals);
    let mut page = Page::new(
        "Phản ánh, kiến nghị",
        html! {
            p { "Nói cho cơ quan biết việc chậm trễ, gây phiền hà, hoặc quy định chưa hợp lý. Không cần tài khoản; có thể không ghi tên." }
            form.form method="post" action=(HERE) data-guard {
                (form::token_of_guest(guest))
                (fields::radios(field("loai", "Loại"), &kinds))
                (fields::select(field("co_quan", "Cơ quan"), &agencies))
                (fields::text(field("ho_so", "Mã hồ sơ").hint("Nếu phản ánh về một hồ sơ").optional().as_code()))
                (fields::textarea(field("noi_dung", "Nội dung").hint("Việc gì, ở đâu, khi nào").rows(6)))
                (fields::text(field("ten", "Họ và tên").optional()))
                (fields::text(field("dien_thoai", "Điện thoại").optional().inputmode("tel")))
                (fields::text(field("thu", "Thư điện tử").hint("Để được báo khi có trả lời").optional()))
                p.quiet { "Tên, điện thoại và thư chỉ người xử lý của cơ quan xem được, và chỉ để trả lời bạn." }
                (Button::new("Gửi"))
            }
            p { a href=(FOLLOW) { "Xem trả lời của phản ánh đã gửi" } }
        },
    );
    page.crumbs = vec![("Dịch vụ công".into(), "/dich-vu-cong".into())];
    Ok(page)
}

pub async fn say(guest: Guest, posted: Posted) -> Answer {
    let text = |name: &str| posted.text(name).unwrap_or_default();
    let new = NewFeedback {
        kind: Kind::of(posted.get("loai")),
        agency: posted.text("co_quan").and_then(|text| text.parse().ok()),
        dossier: text("ho_so").chars().take(60).collect(),
        said: text("noi_dung"),
        name: text("ten").chars().take(200).collect(),
        phone: text("dien_thoai"),
        email: text("thu"),
    };
    match actions::say(&guest.site, new).await {
        Ok(told) => show_citizen(confirmed(&told)),
        Err(Failure::Refused(no)) => show_citizen_again(saying(&guest, &posted, &no).await?, no),
        Err(other) => Err(Fault(other)),
    }
}

fn confirmed(told: &Told) -> Page {
    let mut page = Page::new(
        "Đã nhận phản ánh, kiến nghị",
        html! {
            (parts::notice(Tone::Ok, html! { "Hạn trả lời: hết ngày " (base::day::vi(base::day::today(told.due))) "." }))
            (parts::facts([
                ("Mã phản ánh", html! { strong { (told.code) } }),
                ("Mã tra cứu", html! { strong { (told.secret) } }),
            ]))
            p { "Ghi lại hai mã này: cần cả hai để xem trả lời, và trang này không hiện lại." }
            p { (parts::link_button("Xem trả lời", &format!("{FOLLOW}?ma={}", told.code))) }
        },
    );
    page.crumbs = vec![("Phản ánh, kiến nghị".into(), HERE.into())];
    page
}

#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    ma: String,
}

pub async fn asking(guest: Guest, Query(code): Query<Code>) -> Answer {
    show_citizen(ask(&guest, &code.ma, &[]))
}

fn ask(guest: &Guest, code: &str, refusals: &[Refusal]) -> Page {
    let mut page = Page::new(
        "Xem trả lời phản ánh, kiến nghị",
        html! {
            form.form method="post" action=(FOLLOW) {
                (form::token_of_guest(guest))
                (fields::text(Field::new("ma", "Mã phản ánh").hint("Ví dụ PA-20261124-0001").value(code).as_code()))
                (fields::text(Field::new("ma_tra_cuu", "Mã tra cứu").hint("8 chữ số").inputmode("numeric").as_code().refused(refusals)))
                (Button::new("Xem trả lời"))
            }
        },
    );
    page.crumbs = vec![("Phản ánh, kiến nghị".into(), HERE.into())];
    page
}

pub async fn follow(guest: Guest, posted: Posted) -> Answer {
    let code = posted.get("ma").trim();
    match actions::follow(&guest.site, code, posted.get("ma_tra_cuu")).await {
        Ok((one, agency)) => show_citizen(shown(&one, &agency)),
        Err(Failure::Refused(no)) => {
            let refusals: Refusals = no;
            show_citizen_again(ask(&guest, code, &refusals), refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

fn shown(one: &Feedback, agency: &str) -> Page {
    let mut page = Page::new(
        format!("Phản ánh {}", one.code),
        html! {
            (parts::facts([
                ("Cơ quan", html! { (agency) }),
                ("Gửi lúc", html! { (base::day::vi_moment(one.at)) }),
                ("Tình trạng", state(one)),
                ("Hạn trả lời", html! { "hết ngày " (base::day::vi(base::day::today(one.due))) }),
                ("Nội dung", html! { (one.said) }),
            ]))
            @if let Some(at) = one.answered {
                (parts::section("Trả lời", None, html! { p { (one.answer) } p.quiet { (agency) ", " (base::day::vi_moment(at)) } }))
            }
        },
    );
    page.crumbs = vec![("Phản ánh, kiến nghị".into(), HERE.into())];
    page
}

/// The state in one tag.
pub fn state(one: &Feedback) -> Markup {
    let tone = match one.state {
        State::New => Tone::Soon,
        State::Answered => Tone::Ok,
        State::Refused => Tone::Calm,
    };
    parts::tag(tone, one.state.say())
}
