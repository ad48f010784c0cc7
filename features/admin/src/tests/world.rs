//! The site with its people, and browsers that walk through it. Every page that is seen is checked.

use super::fill;
use ::people::UnitId;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::Timestamp;
use db::Db;
use std::sync::atomic::{AtomicUsize, Ordering};
use tower::ServiceExt;
use web::look::check;

pub const WORD: &str = "mot cau ngan de nho";

pub struct World {
    pub db: Db,
    pub router: Router,
    pub units: Vec<UnitId>,
}

/// 24/11/2020, 09:00 in Việt Nam.
pub fn now() -> Timestamp {
    "2020-11-24T02:00:00Z".parse().unwrap()
}

/// One world with people per engine.
pub async fn worlds() -> Vec<World> {
    let mut found = Vec::new();
    for db in db::testing::both().await {
        let units = fill::fill(&db, now(), WORD).await;
        found.push(World { router: router(&db), db, units });
    }
    found
}

/// One empty world per engine.
pub async fn empty_worlds() -> Vec<World> {
    db::testing::both().await.into_iter().map(|db| World { router: router(&db), db, units: Vec::new() }).collect()
}

fn router(db: &Db) -> Router {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let place = std::env::temp_dir().join(format!(
        "cuaviet-admin-{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    ));
    let folder = file::Settings { place: file::Place::Folder(place), limits: file::Limits::default() };
    let site = web::Site::new(web::Tools {
        db: db.clone(),
        files: file::Store::open(&folder).unwrap(),
        jobs: job::Queue::new().bell(),
        oidc: None,
        citizens: None,
        signing: None,
        payments: None,
        counters: Vec::new(),
        clock: web::Clock::starting_at(now()),
        settings: web::Settings {
            owner: "UBND tỉnh Quảng Trị".into(),
            help: "Hỗ trợ: 0233".into(),
            public_url: "http://cuaviet.test".into(),
            sample: true,
            upload_mib: 20,
            ..web::Settings::default()
        },
        nav: crate::NAV.to_vec(),
    });
    crate::routes().into_router(site)
}

/// What came back.
pub struct Seen {
    pub status: StatusCode,
    pub place: String,
    pub body: String,
}

impl Seen {
    #[track_caller]
    pub fn is(self, status: u16) -> Seen {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.place, self.body);
        self
    }

    #[track_caller]
    pub fn leads(self, place: &str) -> Seen {
        assert_eq!((self.status.as_u16(), self.place.as_str()), (303, place), "{}", self.body);
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Seen {
        assert!(self.body.contains(words), "the page does not say {words:?}: {}", self.body);
        self
    }

    #[track_caller]
    pub fn hides(self, words: &str) -> Seen {
        assert!(!self.body.contains(words), "the page says {words:?}");
        self
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        self.body.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }
}

/// A browser: its cookies, and the token of the last page.
pub struct Browser<'w> {
    world: &'w World,
    cookies: Vec<(String, String)>,
    pub csrf: String,
}

impl World {
    pub fn browser(&self) -> Browser<'_> {
        Browser { world: self, cookies: Vec::new(), csrf: String::new() }
    }

    /// A browser in which this person has signed in.
    pub async fn signed_in(&self, login: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.post("/dang-nhap", &[("login", login), ("mat_khau", WORD)]).await.is(303);
        browser
    }
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Seen {
        let request = Request::builder().uri(path).header(header::HOST, "cuaviet.test");
        self.send(request.body(Body::empty())).await
    }

    /// Sends a form of our own pages, with the token of the session.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let csrf = self.csrf.clone();
        self.post_with(path, fields, &csrf, "http://cuaviet.test").await
    }

    pub async fn post_with(&mut self, path: &str, fields: &[(&str, &str)], csrf: &str, origin: &str) -> Seen {
        let encode =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let pairs = fields.iter().copied().chain([("csrf", csrf)]);
        let body: Vec<String> = pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::post(path)
            .header(header::HOST, "cuaviet.test")
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&")))).await
    }

    async fn send(&mut self, request: Result<Request<Body>, axum::http::Error>) -> Seen {
        let mut request = request.unwrap();
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !jar.is_empty() {
            request.headers_mut().insert(header::COOKIE, jar.join("; ").parse().unwrap());
        }
        let path = request.uri().clone();
        let answer = self.world.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let place =
            answer.headers().get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let is_page = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let seen = Seen { status, place, body };
        if is_page {
            let faults = check::faults(&seen.body);
            assert!(faults.is_empty(), "{path}: {faults:?}\n{}", seen.body);
            let csrf = seen.hidden("csrf");
            if !csrf.is_empty() {
                self.csrf = csrf;
            }
        }
        assert!(status.as_u16() != 500, "{path}: {}", seen.body);
        seen
    }
}
