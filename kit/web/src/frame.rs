//! The frame: puts a page into its shell, and makes a page or a problem of a failure. The one place where
//! either happens.

use crate::answer::{FLASH, Framed, Shell, failing, flash};
use crate::guard::{AtDoor, cookie};
use crate::look::shell::{self, NavGroup, NavItem};
use crate::look::{Flash, Frame, Page, Tone};
use crate::problem;
use crate::site::Site;
use crate::visit::Visit;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use people::Failure;
use std::sync::Arc;

/// Whatever a page may load comes from here; nothing inline runs.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'";

pub(crate) async fn frame(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let uri = request.uri().clone();
    let headers = request.headers().clone();
    let back = way_back(&request);
    let mut answer = match request.extensions_mut().remove::<AtDoor>() {
        Some(AtDoor(failure)) => failing(failure),
        None => worded(&uri, next.run(request).await).await,
    };
    if let Some(failure) = answer.extensions_mut().remove::<Arc<Failure>>() {
        answer = match signed_out(&uri, &headers, &failure, &back) {
            Some(to_the_door) => to_the_door,
            None => failed(&site, visit.as_ref(), &uri, &headers, &failure, answer),
        };
    }
    if let Some(framed) = answer.extensions_mut().remove::<Framed>() {
        answer = whole(&site, visit.as_ref(), &uri, &headers, framed, answer);
    }
    guard_headers(&site, answer.headers_mut());
    answer
}

/// An address that cannot be read is refused by the router itself, in bare English: here it gets words. What is in
/// the path names nothing; what is in the query is named, for whoever writes the program that sent it.
async fn worded(uri: &Uri, answer: Response) -> Response {
    let is_bare = answer.status() == StatusCode::BAD_REQUEST
        && answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !is_bare {
        return answer;
    }
    let bytes = axum::body::to_bytes(answer.into_body(), 8 * 1024).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&bytes);
    let failure = if !said.contains("query string") {
        Failure::NotFound
    } else if uri.path().starts_with("/api/") {
        // "Failed to deserialize query string: limit: invalid digit found in string"
        let name = said.split(": ").nth(1).filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        let named = name.map(|name| format!(": {name}")).unwrap_or_default();
        Failure::refused(
            "address",
            format!("Tham số trong địa chỉ chưa đúng{named}. Hãy xem mô tả ở /api/openapi.json."),
        )
    } else {
        Failure::refused("address", "Địa chỉ này có phần không đúng. Hãy mở lại trang từ danh mục.")
    };
    failing(Arc::new(failure))
}

fn guard_headers(site: &Site, headers: &mut HeaderMap) {
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "SAMEORIGIN");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-store");
    if site.is_secure() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

/// The page inside its shell.
fn whole(
    site: &Site,
    visit: Option<&Visit>,
    uri: &Uri,
    headers: &HeaderMap,
    framed: Framed,
    answer: Response,
) -> Response {
    let Framed { mut page, shell } = framed;
    let said = cookie(headers, FLASH).and_then(flash);
    let had_flash = said.is_some();
    if page.flash.is_none() {
        page.flash = said;
    }
    let frame = frame_of(site, visit, uri);
    let markup = match shell {
        Shell::Citizen => shell::citizen(&frame, &page),
        Shell::Office if visit.is_some() => shell::office(&frame, &page),
        Shell::Office | Shell::Bare => shell::bare(&frame, &page),
    };
    let mut made = html_answer(answer.status(), markup);
    for kept in [header::SET_COOKIE, header::REFRESH] {
        for value in answer.headers().get_all(&kept) {
            made.headers_mut().append(kept.clone(), value.clone());
        }
    }
    if had_flash {
        let gone = HeaderValue::from_static("cv_say=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        made.headers_mut().append(header::SET_COOKIE, gone);
    }
    made
}

fn html_answer(status: StatusCode, markup: Markup) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response()
}

fn frame_of(site: &Site, visit: Option<&Visit>, uri: &Uri) -> Frame {
    let mut frame = Frame {
        owner: site.settings.owner.clone(),
        help: site.settings.help.clone(),
        sample: site.settings.sample,
        ..Frame::default()
    };
    let Some(visit) = visit else { return frame };
    frame.csrf = visit.csrf().to_owned();
    frame.doors.search = String::new();
    let hat = |hat: &people::Hat| {
        let roles: Vec<&str> = hat.roles.iter().map(|role| role.name()).collect();
        shell::Hat {
            id: hat.unit.to_string(),
            label: format!("{}, {}", roles.join(", "), hat.unit_name),
            current: Some(hat.unit) == visit.scope.unit,
        }
    };
    frame.person = Some(shell::Person {
        name: visit.session.name.clone(),
        unit: visit
            .hats
            .iter()
            .find(|hat| Some(hat.unit) == visit.scope.unit)
            .map(|hat| hat.unit_name.clone())
            .unwrap_or_default(),
        hats: visit.hats.iter().map(hat).collect(),
        unread: visit.unread,
    });
    frame.nav = nav(site, visit, uri.path());
    frame
}

/// The entries this person may use; the longest address that the present one begins with is the current one.
fn nav(site: &Site, visit: &Visit, path: &str) -> Vec<NavGroup> {
    let mine = site.nav.iter().filter(|entry| entry.roles.is_empty() || visit.scope.has_any(entry.roles));
    let here = |href: &str| {
        path == href || (href != "/" && path.starts_with(href) && path.as_bytes().get(href.len()) == Some(&b'/'))
    };
    let current = site.nav.iter().filter(|entry| here(entry.href)).map(|entry| entry.href.len()).max();
    let mut groups: Vec<NavGroup> = Vec::new();
    for entry in mine {
        let current = here(entry.href) && Some(entry.href.len()) == current;
        let item = NavItem { label: entry.label.into(), href: entry.href.into(), current, ..NavItem::default() };
        match groups.last_mut().filter(|group| group.title == entry.group) {
            Some(group) => group.items.push(item),
            None => groups.push(NavGroup { title: entry.group.into(), items: vec![item] }),
        }
    }
    groups
}

/// Where to come back to after signing in: this page, or the one whose form was sent.
fn way_back(request: &Request) -> String {
    let here = request.uri().path_and_query().map_or("/", |p| p.as_str());
    if request.method() == Method::GET {
        return here.to_owned();
    }
    let from = request
        .headers()
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<Uri>().ok());
    from.and_then(|uri| uri.path_and_query().map(|p| p.as_str().to_owned())).unwrap_or_else(|| "/".to_owned())
}

/// A page that needs somebody leads to the door of signing in, and back afterwards.
fn signed_out(uri: &Uri, headers: &HeaderMap, failure: &Failure, back: &str) -> Option<Response> {
    let is_page = !uri.path().starts_with("/api/") && !headers.contains_key("hx-request");
    if !is_page || !matches!(failure, Failure::SignedOut) {
        return None;
    }
    let back = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
    let place = if uri.path() == "/" { "/dang-nhap".to_owned() } else { format!("/dang-nhap?ve={back}") };
    Some((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

/// What a failure looks like.
fn failed(
    site: &Site,
    visit: Option<&Visit>,
    uri: &Uri,
    headers: &HeaderMap,
    failure: &Failure,
    answer: Response,
) -> Response {
    let number = if let Failure::Broken(text) = failure {
        let number = uuid::Uuid::now_v7().simple().to_string()[20..].to_owned();
        tracing::error!(number, path = uri.path(), error = text, "broken");
        number
    } else {
        String::new()
    };
    if uri.path().starts_with("/api/") {
        let mut problem = problem::answer(answer.status(), failure, &number);
        if let Some(methods) = answer.headers().get(header::ALLOW) {
            problem.headers_mut().insert(header::ALLOW, methods.clone());
        }
        return problem;
    }
    let page = trouble_page(failure, &number);
    whole(site, visit, uri, headers, Framed { page, shell: Shell::Office }, answer)
}

/// A page that says what happened, to what, and where to go.
pub fn trouble_page(failure: &Failure, number: &str) -> Page {
    let (title, say) = match failure {
        Failure::NotFound => (
            "Không tìm thấy trang",
            "Địa chỉ này không có, hoặc bạn không được xem. Hãy kiểm tra lại đường dẫn, hoặc về trang đầu.".to_owned(),
        ),
        Failure::SignedOut => ("Bạn cần đăng nhập", "Phiên làm việc đã hết. Hãy đăng nhập lại.".to_owned()),
        Failure::Forbidden(refusal) => ("Bạn không được làm việc này", refusal.say.clone()),
        Failure::Refused(_) => ("Chưa làm được", failure.say()),
        Failure::Conflict { refusal, .. } => ("Nội dung đã được người khác sửa", refusal.say.clone()),
        Failure::Broken(_) => (
            "Hệ thống gặp sự cố",
            format!("Việc bạn vừa làm chưa được ghi. Hãy thử lại; nếu vẫn lỗi, báo cho quản trị mã sự cố {number}."),
        ),
    };
    let mut page = Page::new(title, html! { p { a href="/" { "Về trang đầu" } } });
    page.flash = Some(Flash { tone: Tone::Bad, say });
    page
}
