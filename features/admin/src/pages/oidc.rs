//! The way in through the province's own sign-in system.

use super::browser::{Browser, with_cookie};
use super::sign_in;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use base::Refusal;
use people::{Failure, Outcome, Pending};
use web::{Answer, Guest, address, form};

/// What this browser remembers until it comes back: ten minutes, on these two pages only.
const COOKIE: &str = "cv_oidc";
const SECONDS: u32 = 600;

fn cookie(guest: &Guest, value: &str, seconds: u32) -> String {
    let secure = if guest.site.is_secure() { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/dang-nhap/oidc; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// Sends the browser to the provider.
pub async fn begin(guest: Guest) -> Answer {
    let oidc = guest.site.oidc.as_ref().ok_or(Failure::NotFound)?;
    let back = address::value(&guest.uri, "ve");
    match oidc.begin().await {
        Ok((url, pending)) => {
            let remembered = serde_json::to_string(&(pending, back))?;
            let place = HeaderValue::from_str(url.as_str()).map_err(|error| Failure::Broken(error.to_string()))?;
            let answer = (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
            with_cookie(answer, &cookie(&guest, &address::encoded(&remembered), SECONDS))
        }
        Err(failure) => refused(&guest, failure, &back),
    }
}

/// The browser is back.
pub async fn finish(guest: Guest, browser: Browser, headers: HeaderMap) -> Answer {
    let oidc = guest.site.oidc.as_ref().ok_or(Failure::NotFound)?;
    let Some((pending, back)) = remembered(&headers) else {
        let say = "Lần đăng nhập này đã quá 10 phút. Hãy bấm đăng nhập lại.";
        return refused(&guest, Failure::refused("oidc-late", say), "");
    };
    let part = |name: &str| address::value(&guest.uri, name);
    if !part("error").is_empty() {
        let say = "Bạn đã dừng ở hệ thống đăng nhập chung. Hãy bấm đăng nhập lại, hoặc đăng nhập bằng mật khẩu.";
        return refused(&guest, Failure::refused("oidc-stopped", say), &back);
    }
    let answer = match oidc.finish(&guest.site.db, &pending, &part("code"), &part("state"), guest.site.now()).await {
        Ok(Outcome::In(account)) => sign_in::enter(&guest.site, &account, &browser, &back).await?,
        Ok(Outcome::CodeWanted { ticket }) => web::show(sign_in::second_step(&ticket, &back, &[]))?,
        Ok(Outcome::No(refusal)) => refused(&guest, refusal.into(), &back)?,
        Err(failure) => refused(&guest, failure, &back)?,
    };
    with_cookie(answer, &cookie(&guest, "", 0))
}

/// A refusal is said on the page of signing in, where the password is the other way.
fn refused(guest: &Guest, failure: Failure, back: &str) -> Answer {
    form::refused(failure, |refusals: &Vec<Refusal>| sign_in::first_step(&guest.site, "", back, refusals))
}

fn remembered(headers: &HeaderMap) -> Option<(Pending, String)> {
    serde_json::from_str(&address::decoded(web::cookie(headers, COOKIE)?)?).ok()
}
