//! The citizen's own page: the ways to sign in, and the dossiers that are theirs.

use super::{account, keep, token};
use crate::actions;
use crate::model::*;
use crate::pages::show;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Refusal;
use maud::html;
use people::{Failure, Pending};
use web::look::Page;
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Guest, address, form, show_citizen, show_citizen_again, to};

pub const HERE: &str = "/ho-so-cua-toi";

/// What this browser remembers until it comes back: ten minutes, on these pages only.
const COOKIE: &str = "cv_dn";
const SECONDS: u32 = 600;

fn remember(guest: &Guest, mut answer: Response, value: &str, seconds: u32) -> Answer {
    let secure = if guest.site.is_secure() { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path={HERE}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    let value = HeaderValue::from_str(&text).map_err(|error| Failure::Broken(error.to_string()))?;
    answer.headers_mut().append(header::SET_COOKIE, value);
    Ok(answer)
}

pub async fn page(guest: Guest, headers: HeaderMap) -> Answer {
    let mut conn = guest.site.db.read().await?;
    let now = guest.site.now();
    match actions::signed_in(&mut conn, token(&headers), now).await? {
        Some(one) => {
            let all = actions::own_dossiers(&mut conn, &one).await?;
            show_citizen(listed(&guest, &one, &all))
        }
        None => show_citizen(invitation(&guest, "", &[])),
    }
}

/// The ways in: by the system that knows citizens, where there is one, and by an account of the counter.
fn invitation(guest: &Guest, number: &str, refusals: &[Refusal]) -> Page {
    let label = guest.site.citizens.as_ref().map(|citizens| citizens.label.as_str());
    Page::new(
        "Hồ sơ của tôi",
        html! {
            p { "Đăng nhập để thấy mọi hồ sơ đứng tên bạn mà không cần mã tra cứu, và để khỏi phải nhập lại thông tin của mình." }
            @if let Some(label) = label {
                p { (parts::link_button(label, &format!("{HERE}/dang-nhap"))) }
                h2 { "Không có VNeID" }
            }
            (account::way_in(guest, number, refusals))
            p { "Không có tài khoản, bạn vẫn nộp và " a href="/tra-cuu" { "tra cứu hồ sơ bằng mã" } "." }
        },
    )
}

fn listed(guest: &Guest, one: &Signed, all: &[Listed]) -> Page {
    let now = guest.site.now();
    // Two columns: on a telephone a third would lie beyond its edge.
    let columns = vec![Column::new("Hồ sơ").width(65), Column::new("Tình trạng")];
    let row = |line: &Listed| {
        Row::new(vec![
            html! {
                a href={ "/tra-cuu/" (line.code) } { (line.code) }
                div { (line.name) }
                div.quiet { "Nhận " (base::day::vi_moment(line.received)) }
            },
            show::state_tag(line.state, line.due, line.resolved, now),
        ])
    };
    let rows: Vec<Row> = all.iter().map(row).collect();
    Page::new(
        "Hồ sơ của tôi",
        html! {
            p { strong { (one.name) } ", số định danh " (hidden(&one.number)) }
            @if rows.is_empty() {
                p { "Chưa có hồ sơ nào đứng tên bạn. " a href="/dich-vu-cong" { "Tìm thủ tục để nộp" } "." }
            } @else {
                (Table { caption: "Hồ sơ của tôi", columns, rows, names: 0, ..Table::default() })
            }
            form method="post" action={ (HERE) "/thoat" } { (form::token_of_guest(guest)) (Button::new("Đăng xuất").second()) }
        },
    )
}

/// The last four digits: enough to know one's own.
fn hidden(number: &str) -> String {
    let last: String = number.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    // The joiner: a line does not end behind the dots.
    format!("…\u{2060}{last}")
}

/// Sends the browser to whoever knows its citizen.
pub async fn begin(guest: Guest) -> Answer {
    let citizens = guest.site.citizens.as_ref().ok_or(Failure::NotFound)?;
    match citizens.oidc.begin().await {
        Ok((url, pending)) => {
            let remembered = serde_json::to_string(&pending)?;
            let place = HeaderValue::from_str(url.as_str()).map_err(|error| Failure::Broken(error.to_string()))?;
            let answer = (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
            remember(&guest, answer, &address::encoded(&remembered), SECONDS)
        }
        Err(failure) => refused(&guest, "", failure),
    }
}

/// The browser is back. It gets a fresh cookie: one that somebody else may know must not become a signed-in one.
pub async fn finish(guest: Guest, headers: HeaderMap) -> Answer {
    if guest.site.citizens.is_none() {
        return Err(Failure::NotFound.into());
    }
    let late = || Failure::refused("oidc-late", "Lần đăng nhập này đã quá 10 phút. Hãy bấm đăng nhập lại.");
    let Some(pending) = remembered(&headers) else { return refused(&guest, "", late()) };
    let part = |name: &str| address::value(&guest.uri, name);
    if !part("error").is_empty() {
        let say = "Bạn đã dừng ở trang đăng nhập. Hãy bấm đăng nhập lại, hoặc tra cứu bằng mã hồ sơ.";
        return refused(&guest, "", Failure::refused("oidc-stopped", say));
    }
    let fresh = people::fresh_secret().map_err(|error| Failure::Broken(error.to_string()))?;
    let (code, state) = (part("code"), part("state"));
    let done = actions::sign_in_citizen(&guest.site, &pending, (&code, &state), &fresh, token(&headers)).await;
    let answer = match done {
        Ok(()) => keep(&guest.site, &fresh, to(HERE, None)?),
        Err(failure) => refused(&guest, "", failure)?,
    };
    remember(&guest, answer, "", 0)
}

fn remembered(headers: &HeaderMap) -> Option<Pending> {
    serde_json::from_str(&address::decoded(web::cookie(headers, COOKIE)?)?).ok()
}

/// The ways in again, with what was refused.
pub(super) fn refused(guest: &Guest, number: &str, failure: Failure) -> Answer {
    match failure {
        Failure::Refused(refusals) => show_citizen_again(invitation(guest, number, &refusals), refusals),
        other => Err(other.into()),
    }
}

pub async fn sign_out(guest: Guest, headers: HeaderMap, _form: web::Posted) -> Answer {
    actions::sign_out_citizen(&guest.site, token(&headers)).await?;
    to(HERE, Some("Đã đăng xuất."))
}
