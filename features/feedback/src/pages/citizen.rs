//! Saying something, and seeing what was answered: without an account.

use super::{public, show};
use crate::actions::{self, Followed, Told};
use crate::model::*;
use crate::rules::{self, Seal};
use axum::extract::{ConnectInfo, FromRequestParts, Query};
use axum::http::request::Parts;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use serde::Deserialize;
use std::convert::Infallible;
use std::net::SocketAddr;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Guest, Posted, file_answer, form, show_citizen, show_citizen_again};

pub const HERE: &str = "/phan-anh";
pub const FOLLOW: &str = "/phan-anh/tra-cuu";

/// From where it is sent; empty where nobody knows.
pub struct Address(String);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Address(peer.map(|info| info.0.ip().to_canonical().to_string()).unwrap_or_default()))
    }
}

/// What is known when somebody comes from a dossier.
#[derive(Deserialize)]
pub struct About {
    #[serde(default)]
    ho_so: String,
}

/// The form's own marks: when it was opened, and the files that were received with it.
struct Marks {
    seal: Seal,
    opened: String,
    files: Vec<Brought>,
}

impl Marks {
    async fn fresh(guest: &Guest) -> Result<Marks, Failure> {
        let seal = actions::seal(&guest.site).await?;
        Ok(Marks { opened: rules::opened(&seal, guest.site.now()), seal, files: Vec::new() })
    }

    /// Those that the form brings back.
    async fn of(guest: &Guest, posted: &Posted) -> Result<Marks, Failure> {
        let (seal, opened) = (actions::seal(&guest.site).await?, posted.get("luc_mo").to_owned());
        let known = posted.all("tep_da_nhan").filter_map(|mark| rules::read_file_mark(&seal, &opened, mark));
        let files = known.take(rules::FILES).collect();
        Ok(Marks { seal, opened, files })
    }
}

pub async fn page(guest: Guest, Query(about): Query<About>) -> Answer {
    let posted = Posted::from_pairs(&[("ho_so", &about.ho_so)]);
    let marks = Marks::fresh(&guest).await?;
    show_citizen(saying(&guest, &posted, &marks, &[]).await?)
}

async fn saying(guest: &Guest, posted: &Posted, marks: &Marks, refusals: &[Refusal]) -> Result<Page, Failure> {
    let agencies: Vec<(String, String)> =
        actions::agencies(&guest.site).await?.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect();
    let agencies = fields::with_first("Chọn cơ quan…", &agencies);
    let kinds: Vec<Choice> = rules::kinds().iter().map(|kind| Choice::new(&kind.code, &kind.name)).collect();
    let field = |name, label| Field::new(name, label).value(posted.get(name)).refused(refusals);
    let mut page = Page::new(
        "Phản ánh, kiến nghị",
        html! {
            p { "Nói cho cơ quan biết việc chậm trễ, gây phiền hà, hoặc quy định chưa hợp lý. Không cần tài khoản; có thể không ghi tên." }
            form.form method="post" action=(HERE) enctype="multipart/form-data" data-guard {
                (form::token_of_guest(guest))
                (fields::radios(field("loai", "Loại"), &kinds))
                (fields::select(field("co_quan", "Cơ quan"), &agencies))
                (fields::text(field("ho_so", "Mã hồ sơ").hint("Nếu phản ánh về một hồ sơ").optional().as_code()))
                (fields::textarea(field("noi_dung", "Nội dung").hint("Việc gì, ở đâu, khi nào").rows(6)))
                (received(marks))
                (show::box_of_files(&guest.site, "Ảnh, tài liệu kèm theo", refusals))
                (fields::text(field("ten", "Họ và tên").optional()))
                (fields::text(field("dien_thoai", "Điện thoại").optional().inputmode("tel")))
                (fields::text(field("thu", "Thư điện tử").hint("Để được báo khi có trả lời").optional()))
                p.quiet { "Tên, điện thoại và thư chỉ người xử lý của cơ quan xem được, và chỉ để trả lời bạn." }
                // People see no such box; a machine writes into all of them.
                div.vh aria-hidden="true" { label for="trang_web" { "Để trống ô này" } input #trang_web type="text" name="trang_web" tabindex="-1" autocomplete="off"; }
                input type="hidden" name="luc_mo" value=(marks.opened);
                (Button::new("Gửi"))
            }
            p { a href=(FOLLOW) { "Xem trả lời của phản ánh đã gửi" } }
            p { a href=(public::HERE) { "Đọc những trả lời đã công khai" } }
        },
    );
    page.crumbs = vec![("Dịch vụ công".into(), "/dich-vu-cong".into())];
    Ok(page)
}

/// What was received before the form was sent again: a line of receipt each, and a box to leave it out.
fn received(marks: &Marks) -> Markup {
    html! {
        @if !marks.files.is_empty() {
            fieldset.govuk-fieldset {
                legend.govuk-fieldset__legend { "Tệp đã nhận" }
                div.govuk-checkboxes {
                    @for (at, one) in marks.files.iter().enumerate() {
                        div.govuk-checkboxes__item {
                            input #{ "tep-da-nhan-" (at) } .govuk-checkboxes__input type="checkbox" name="tep_da_nhan" value=(rules::file_mark(&marks.seal, &marks.opened, one)) checked;
                            label.govuk-label.govuk-checkboxes__label for={ "tep-da-nhan-" (at) } { (one.name) ", " (show::size(one.content.bytes)) " · đã nhận" }
                        }
                    }
                }
            }
        }
    }
}

pub async fn say(guest: Guest, Address(address): Address, posted: Posted) -> Answer {
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
    let sender = Sender { address, opened: posted.get("luc_mo").to_owned(), trap: posted.get("trang_web").to_owned() };
    // Before anything is stored for a machine.
    let may = actions::may_say(&guest.site, &sender).await;
    let mut marks = Marks::of(&guest, &posted).await?;
    let mut refusals = Refusals::new();
    let done = match may {
        Ok(()) => {
            marks.files.extend(show::stored(&guest.site, &posted, &mut refusals).await?);
            if refusals.is_empty() {
                actions::say(&guest.site, new, marks.files.clone(), &sender).await
            } else {
                refusals.extend(rules::check(&new));
                Err(Failure::Refused(refusals))
            }
        }
        Err(no) => Err(no),
    };
    match done {
        Ok(told) => show_citizen(confirmed(&told)),
        Err(Failure::Refused(no)) => {
            // A page that is too old gets a mark of now; its files' marks went with it.
            if no.iter().any(|no| no.code == "feedback-old") {
                marks = Marks::fresh(&guest).await?;
            }
            show_citizen_again(saying(&guest, &posted, &marks, &no).await?, no)
        }
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
            @if !told.files.is_empty() {
                h2 { "Tệp đã nhận" }
                ul { @for one in &told.files { li { (parts::tag(Tone::Ok, "Đã nhận")) " " (one.name) ", " (show::size(one.content.bytes)) } } }
            }
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
    let (code, secret) = (posted.get("ma").trim(), posted.get("ma_tra_cuu"));
    match actions::follow(&guest.site, code, secret).await {
        Ok(found) => show_citizen(shown(&guest, &found, secret)),
        Err(Failure::Refused(no)) => {
            let refusals: Refusals = no;
            show_citizen_again(ask(&guest, code, &refusals), refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

/// A file of the answer: asked for with code and secret, as the answer was.
pub async fn file(guest: Guest, posted: Posted) -> Answer {
    let (code, secret) = (posted.get("ma").trim(), posted.get("ma_tra_cuu"));
    match actions::answer_file(&guest.site, code, secret, posted.hidden("tep")?).await {
        Ok(opened) => Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, false), opened.bytes)),
        Err(Failure::Refused(no)) => show_citizen_again(ask(&guest, code, &no), no),
        Err(other) => Err(Fault(other)),
    }
}

fn shown(guest: &Guest, found: &Followed, secret: &str) -> Page {
    let Followed { one, agency, files, answer_files } = found;
    let mut page = Page::new(
        format!("Phản ánh {}", one.code),
        html! {
            (parts::facts([
                ("Cơ quan", html! { (agency) }),
                ("Gửi lúc", html! { (base::day::vi_moment(one.at)) }),
                ("Tình trạng", show::state(one)),
                ("Hạn trả lời", html! { "hết ngày " (base::day::vi(base::day::today(one.due))) }),
                ("Nội dung", html! { (one.said) }),
            ]))
            @if !files.is_empty() {
                h2 { "Tệp đã gửi" }
                ul { @for one in files { li { (parts::tag(Tone::Ok, "Đã nhận")) " " (one.name) ", " (show::size(one.bytes.unsigned_abs())) } } }
            }
            @if let Some(at) = one.answered {
                (parts::section("Trả lời", None, html! { p { (one.answer) } p.quiet { (agency) ", " (base::day::vi_moment(at)) } }))
                @for file in answer_files {
                    form method="post" action="/phan-anh/tra-cuu/tep" {
                        (form::token_of_guest(guest))
                        input type="hidden" name="ma" value=(one.code);
                        input type="hidden" name="ma_tra_cuu" value=(secret);
                        input type="hidden" name="tep" value=(file.id);
                        (Button::new(&format!("Tải {}", file.name)).second().file()) " " (show::size(file.bytes.unsigned_abs()))
                    }
                }
            }
        },
    );
    page.crumbs = vec![("Phản ánh, kiến nghị".into(), HERE.into())];
    page
}
