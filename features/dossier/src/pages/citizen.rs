//! The citizen's side: handing in page by page, following, supplementing, rating. Nobody signs in; a cookie that says
//! nothing of the person opens what this browser began or what its secret has opened.

mod account;
mod amend;
mod declare;
mod fill;
mod follow;
mod held;
mod own;

pub use account::SET_PASSWORD;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use people::Failure;
use web::{Routes, Site, Who};

pub fn routes() -> Routes {
    let all = Who::Everyone;
    Routes::new()
        .get("/dich-vu-cong/{code}/nop", all, fill::begin_page)
        .post("/dich-vu-cong/{code}/nop", all, fill::begin)
        .get("/nop-ho-so/{draft}", all, fill::tasks)
        .get("/nop-ho-so/{draft}/nguoi-nop", all, fill::people_page)
        .post("/nop-ho-so/{draft}/nguoi-nop", all, fill::people)
        .get("/nop-ho-so/{draft}/to-khai", all, declare::page)
        .post("/nop-ho-so/{draft}/to-khai", all, declare::fill)
        .get("/nop-ho-so/{draft}/giay-to/{paper}", all, fill::paper_page)
        .post("/nop-ho-so/{draft}/giay-to/{paper}", all, fill::paper)
        .post("/nop-ho-so/{draft}/bo-tep", all, fill::drop_file)
        .post("/nop-ho-so/{draft}/dung-giay-da-co", all, held::take)
        .get("/nop-ho-so/{draft}/nhan-ket-qua", all, fill::return_page)
        .post("/nop-ho-so/{draft}/nhan-ket-qua", all, fill::return_by)
        .get("/nop-ho-so/{draft}/kiem-tra", all, fill::check_page)
        .post("/nop-ho-so/{draft}/kiem-tra", all, fill::hand_in)
        .get(own::HERE, all, own::page)
        .post(account::ENTER, all, account::enter)
        .get(account::SET_PASSWORD, all, account::link_page)
        .post(account::SET_PASSWORD, all, account::choose)
        .get("/ho-so-cua-toi/dang-nhap", all, own::begin)
        .get("/ho-so-cua-toi/xong", all, own::finish)
        .post("/ho-so-cua-toi/thoat", all, own::sign_out)
        .get("/tra-cuu", all, follow::ask_page)
        .post("/tra-cuu", all, follow::ask)
        .get("/tra-cuu/{code}", all, follow::page)
        .post("/tra-cuu/{code}/bo-sung", all, follow::supply)
        .get("/tra-cuu/{code}/to-khai", all, amend::page)
        .post("/tra-cuu/{code}/to-khai", all, amend::fill)
        .post("/tra-cuu/{code}/danh-gia", all, follow::rate)
        .post("/tra-cuu/{code}/nop-phi", all, follow::pay_online)
        .post("/thanh-toan/thong-bao", all, follow::heard)
        .post("/ket-noi/dvcqg/ho-so", all, follow::incoming)
        .get("/tra-cuu/{code}/ket-qua/{file}", all, follow::result)
        .get("/xac-minh/{result}", all, follow::verify)
}

/// The cookie of this browser.
const COOKIE: &str = "cv_hs";

/// What the cookie says; empty where there is none.
pub(super) fn token(headers: &HeaderMap) -> &str {
    web::cookie(headers, COOKIE).unwrap_or_default()
}

/// The browser's token, or a fresh one.
pub(super) fn token_or_fresh(headers: &HeaderMap) -> Result<String, Failure> {
    match token(headers) {
        "" => people::fresh_secret().map_err(|error| Failure::Broken(error.to_string())),
        known => Ok(known.to_owned()),
    }
}

/// Lets the browser keep its token for as long as a draft is kept.
pub(super) fn keep(site: &Site, token: &str, mut answer: Response) -> Response {
    let secure = if site.is_secure() { "; Secure" } else { "" };
    let text = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}
