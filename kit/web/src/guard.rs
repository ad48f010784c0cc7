//! The door: turns a cookie into a [`Visit`], and lets what changes something finish even if the caller hangs up.

use crate::answer::Fault;
use crate::site::Site;
use crate::visit::{Visit, Visitor};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use people::{Failure, Role};
use std::sync::Arc;

/// The cookie of a session.
pub struct Cookie;

impl Cookie {
    /// `__Host-` binds the cookie to this host and to https; over plain http browsers would refuse that name.
    pub fn name(site: &Site) -> &'static str {
        if site.is_secure() { "__Host-cv" } else { "cv" }
    }

    /// The header that sets the cookie until the browser closes or the session ends.
    pub fn set(site: &Site, value: &str) -> String {
        let secure = if site.is_secure() { "; Secure" } else { "" };
        format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}",
            Cookie::name(site),
            people::SESSION_DAYS * 86_400
        )
    }

    pub fn clear(site: &Site) -> String {
        let secure = if site.is_secure() { "; Secure" } else { "" };
        format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", Cookie::name(site))
    }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// Puts the [`Visit`] of a signed-in person into the request.
pub(crate) async fn guard(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    // PostgreSQL keeps no NUL, and asked for one it breaks off.
    if request.uri().path().contains("%00") {
        refuse(&mut request, Failure::NotFound);
        return next.run(request).await;
    }
    if request.uri().query().is_some_and(|query| query.contains("%00")) {
        refuse(&mut request, Failure::refused("address", "Địa chỉ này có ký tự NUL (%00), không tìm được theo nó."));
        return next.run(request).await;
    }
    let cookie = cookie(request.headers(), Cookie::name(&site)).map(str::to_owned);
    if let Some(cookie) = cookie.filter(|cookie| !cookie.is_empty()) {
        match visit(&site, &cookie, request.uri().clone()).await {
            Ok(Some(visit)) => {
                if let Some(place) = first(&visit, request.uri().path()) {
                    match led(&request, place) {
                        Ok(answer) => return answer,
                        Err(failure) => refuse(&mut request, failure),
                    }
                }
                request.extensions_mut().insert(visit);
            }
            Ok(None) => {}
            Err(failure) => refuse(&mut request, failure),
        }
    }
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return next.run(request).await;
    }
    // In a task of its own: a caller that hangs up drops the answer, never the work.
    match tokio::spawn(next.run(request)).await {
        Ok(answer) => answer,
        Err(error) => Fault(Failure::Broken(format!("the handler stopped: {error}"))).into_response(),
    }
}

/// The page of one's own password, and that of one's second factor.
const PASSWORD: &str = "/tai-khoan/mat-khau";
const SECOND: &str = "/tai-khoan/hai-lop";

/// What somebody must do before anything else: choose a password of their own, where another chose it; switch the
/// second factor on, where an administrator's roles are held back for want of it.
fn first(visit: &Visit, path: &str) -> Option<&'static str> {
    let free = |place: &str| path == place || path == "/dang-xuat" || path.starts_with("/tinh/");
    if visit.session.must_change {
        return (!free(PASSWORD)).then_some(PASSWORD);
    }
    let held_back = visit.scope.roles.is_empty() && visit.hats.iter().any(|hat| hat.roles.contains(&Role::Admin));
    let own = path == "/tai-khoan" || path.starts_with("/tai-khoan/") || path == "/vai-tro";
    (held_back && !own && !free(SECOND)).then_some(SECOND)
}

/// A page leads there; anything else cannot be led, and is refused.
fn led(request: &Request, place: &'static str) -> Result<Response, Failure> {
    let is_page = request.method() == Method::GET
        && !request.uri().path().starts_with("/api/")
        && !request.headers().contains_key("hx-request");
    if is_page {
        return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response());
    }
    let say = match place {
        PASSWORD => "Bạn cần đổi mật khẩu trước khi làm việc khác.",
        _ => "Vai trò quản trị cần xác thực hai lớp. Hãy bật ở trang Tài khoản rồi làm lại.",
    };
    Err(Failure::forbidden(say))
}

/// What the door itself refuses. The frame, which stands inside the door, makes a page of it and asks nobody further.
#[derive(Clone)]
pub(crate) struct AtDoor(pub Arc<Failure>);

fn refuse(request: &mut Request, failure: Failure) {
    request.extensions_mut().insert(AtDoor(Arc::new(failure)));
}

async fn visit(site: &Site, cookie: &str, uri: Uri) -> Result<Option<Visit>, Failure> {
    let now = site.now();
    let beside = site.db.beside().await?;
    let token = people::sha256(cookie);
    let unread = async { Ok(notice::unread(&mut beside.read().await?, &token).await?) };
    let (entered, unread) = tokio::try_join!(people::enter(&beside, cookie, now), unread)?;
    drop(beside);
    let Some(people::Entered { session, scope, hats }) = entered else { return Ok(None) };
    people::used(&site.db, &session, now).await?;
    Ok(Some(Visit(Arc::new(Visitor { site: site.clone(), scope, session, hats, unread, uri }))))
}
