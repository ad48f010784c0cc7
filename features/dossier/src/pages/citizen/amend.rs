//! The form that was handed in, corrected by its owner.

use super::token;
use crate::actions::{self, Amending};
use crate::flow;
use crate::model::*;
use crate::pages::questions::{self, Wish};
use axum::extract::Path;
use axum::http::HeaderMap;
use base::Refusal;
use maud::html;
use people::Failure;
use serde_json::{Map, Value};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::Button;
use web::{Answer, Fault, Guest, Posted, form, show_citizen, show_citizen_again, to};

fn place(code: &str) -> String {
    format!("/tra-cuu/{code}/to-khai")
}

fn page_of(code: &str, body: maud::Markup) -> Page {
    let mut page = Page::new("Sửa tờ khai", body);
    page.crumbs = vec![("Tra cứu".into(), "/tra-cuu".into()), (code.to_owned(), format!("/tra-cuu/{code}"))];
    page
}

/// First the owner's number: the form holds what the page of a follower masks.
fn asking(guest: &Guest, code: &str, refusals: &[Refusal]) -> Page {
    page_of(
        code,
        html! {
            form.form method="post" action=(place(code)) {
                (form::token_of_guest(guest))
                input type="hidden" name="lam" value="mo";
                (fields::text(Field::new("so", "Số giấy tờ hoặc số điện thoại của chủ hồ sơ")
                    .hint("Số đã ghi khi nộp. Tờ khai có thông tin riêng nên cần số này để mở.").as_code().refused(refusals)))
                (Button::new("Mở tờ khai"))
            }
        },
    )
}

pub async fn page(guest: Guest, Path(code): Path<String>, headers: HeaderMap) -> Answer {
    let now = guest.site.now();
    let found = actions::followed(&mut guest.site.db.read().await?, &code, token(&headers), now).await;
    match found {
        Ok(found) if actions::may_amend(&found.dossier, found.ask.as_ref(), found.declared.as_ref()) => {
            show_citizen(asking(&guest, &code, &[]))
        }
        Ok(_) => Err(Fault(NotNow::NotAmendable.into())),
        Err(Failure::NotFound) => to(format!("/tra-cuu?ma={code}"), None),
        Err(other) => Err(Fault(other)),
    }
}

fn shown(
    guest: &Guest,
    amending: &Amending,
    number: &str,
    values: &Map<String, Value>,
    posted: Option<&Posted>,
    refusals: &[Refusal],
) -> Page {
    let code = &amending.dossier.code;
    let settled = flow::settle(&amending.form, values, guest.site.now());
    let head = html! { (form::token_of_guest(guest)) input type="hidden" name="so" value=(number); };
    page_of(code, questions::ask((&amending.form, &settled), &place(code), &head, posted, refusals))
}

pub async fn fill(guest: Guest, Path(code): Path<String>, headers: HeaderMap, posted: Posted) -> Answer {
    let (token, number) = (token(&headers), posted.get("so"));
    let amending = match actions::amending(&guest.site, &code, token, number).await {
        Ok(amending) => amending,
        Err(Failure::Refused(refusals)) => return show_citizen_again(asking(&guest, &code, &refusals), refusals),
        Err(Failure::NotFound) => return to(format!("/tra-cuu?ma={code}"), None),
        Err(other) => return Err(Fault(other)),
    };
    if posted.get("lam") == "mo" {
        return show_citizen(shown(&guest, &amending, number, &amending.values, None, &[]));
    }
    let today = base::day::today(guest.site.now());
    let (mut given, unread) = questions::answers(&amending.form, &posted, today);
    let wish = Wish::of(&posted);
    wish.grant(&mut given);
    let refusals = if wish != Wish::Keep || !unread.is_empty() {
        unread
    } else {
        match actions::amend(&guest.site, &code, token, number, &given).await {
            Ok(()) => return to(format!("/tra-cuu/{code}"), Some("Đã lưu tờ khai đã sửa.")),
            Err(Failure::Refused(refusals)) => questions::at_boxes(unread, &refusals),
            Err(other) => return Err(Fault(other)),
        }
    };
    let page = shown(&guest, &amending, number, &given, Some(&posted), &refusals);
    if refusals.is_empty() { show_citizen(page) } else { show_citizen_again(page, refusals) }
}
