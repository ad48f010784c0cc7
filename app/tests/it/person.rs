//! A person at a browser: cookies, the token of the session, and what comes back.

use crate::form::encoded;
use crate::page::Page;
use crate::world::World;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use base::Date;
use std::sync::Mutex;
use tower::ServiceExt;
use web::look::check;

pub struct Person {
    pub world: World,
    pub login: &'static str,
    /// The key of the unit whose card is theirs.
    pub unit: &'static str,
    seat: Mutex<Seat>,
}

/// The browser between two requests.
#[derive(Default)]
struct Seat {
    cookies: Vec<(String, String)>,
    csrf: String,
    /// The day on which the session began.
    since: Option<Date>,
}

/// A file to send: the box's name, the file's name, its content.
pub type File<'a> = (&'a str, &'a str, &'a [u8]);

impl Person {
    pub fn new(world: World, login: &'static str, unit: &'static str) -> Person {
        Person { world, login, unit, seat: Mutex::default() }
    }

    /// A page that is there.
    pub async fn opens(&self, path: &str) -> Page {
        self.goes(path).await.is(200)
    }

    /// Whatever is at an address.
    pub async fn goes(&self, path: &str) -> Page {
        let request = Request::get(self.world.address(path)).body(Body::empty()).unwrap();
        self.asks(request).await
    }

    /// Sends a form that no page was opened for, with the token of the session.
    pub async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.sits_down().await;
        let csrf = self.seat.lock().unwrap().csrf.clone();
        let mut all = vec![("csrf".to_owned(), csrf)];
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), self.world.address(value))));
        self.posts(&self.world.address(path), &all, &HeaderMap::new()).await
    }

    /// Posts fields as they are.
    pub async fn posts(&self, path: &str, fields: &[(String, String)], headers: &HeaderMap) -> Page {
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encoded(fields)))
            .unwrap();
        request.headers_mut().extend(headers.clone());
        self.asks(request).await
    }

    /// Sends a piece of a file.
    pub async fn puts(&self, path: &str, piece: &[u8]) -> Page {
        let request = Request::put(self.world.address(path)).body(Body::from(piece.to_vec())).unwrap();
        self.asks(request).await
    }

    /// Posts fields with files.
    pub async fn uploads(&self, path: &str, fields: &[(String, String)], files: &[File<'_>]) -> Page {
        const EDGE: &str = "ranh-gioi-cua-bieu-mau";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (field, name, content) in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .body(Body::from(body))
            .unwrap();
        self.asks(request).await
    }

    /// Begins a session, as signing in does, unless one began today.
    async fn sits_down(&self) {
        let today = self.world.today();
        if self.login.is_empty() || self.seat.lock().unwrap().since == Some(today) {
            return;
        }
        let site = self.world.site();
        let mut tx = site.db.begin().await.unwrap();
        let account = people::account_by_login(&mut tx, self.login).await.unwrap().expect("somebody of this name");
        let cookie = people::begin_session(&mut tx, account.id, site.now(), "hành trình", "127.0.0.1").await.unwrap();
        tx.commit().await.unwrap();
        let session =
            people::enter(&site.db.beside().await.unwrap(), &cookie, site.now()).await.unwrap().unwrap().session;
        let cookies = vec![(web::Cookie::name(&site).to_owned(), cookie)];
        *self.seat.lock().unwrap() = Seat { cookies, csrf: session.csrf, since: Some(today) };
    }

    async fn asks(&self, mut request: Request<Body>) -> Page {
        self.sits_down().await;
        let jar: Vec<String> =
            self.seat.lock().unwrap().cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !jar.is_empty() {
            request.headers_mut().insert(header::COOKIE, jar.join("; ").parse().unwrap());
        }
        request.headers_mut().insert(header::HOST, "cuaviet.test".parse().unwrap());
        let asked = format!("{} {}", request.method(), request.uri());
        let answer = self.world.router().oneshot(request).await.unwrap();
        self.keeps(answer.headers());
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let page = Page { asked, status, headers, bytes: bytes.to_vec() };
        assert!(status < 500, "{} broke: {}", page.asked, page.html());
        if page.is_html() {
            let faults = check::faults(&page.html());
            assert!(faults.is_empty(), "{}: {faults:?}\n{}", page.asked, page.html());
        }
        page
    }

    fn keeps(&self, headers: &HeaderMap) {
        let mut seat = self.seat.lock().unwrap();
        for cookie in headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap();
            seat.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                seat.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}
