//! The citizens' sign-in, simulated in the shape of VNeID: OpenID Connect with the authorization code and PKCE S256, and what
//! it tells of a person as data.
//!
//! ```text
//! /.well-known/openid-configuration   /jwks             who it is, and its key
//! /authorize ── a page that lists invented people ──    one is pressed: back with code + state
//! /token     ── code + secret + PKCE verifier ──        ID token (ES256), access token
//! /userinfo  ── access token ──                         claims, as far as the scopes go
//! ```
//!
//! There is no password: whoever comes may be anybody of the list. A code is good once, for a minute.

mod people;
mod token;

use super::{Manners, Mood, answer, header_of, held, page};
use ::people::Failure;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base::Timestamp;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use jiff::SignedDuration;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use token::Key;
use tokio::net::TcpListener;

pub use people::{Claims, invented};

/// What `cuaviet simulate sso` shares with its client where nothing else is said.
pub const SAMPLE_CLIENT: &str = "cuaviet";
pub const SAMPLE_SECRET: &str = "khoa-dang-nhap-thu-khong-dung-that";

const CODE_SECONDS: i64 = 60;
const TOKEN_SECONDS: i64 = 600;

/// What is wrong with what it tells: whoever connects must refuse each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Signed with a key that is not its own.
    Signature,
    /// The ID token was good until a minute ago.
    Expired,
    Nonce,
    /// For another client.
    Audience,
    /// Tells of somebody else than the ID token does.
    Subject,
    /// Nobody consents: every browser is sent back without a code.
    Refuses,
}

impl Fault {
    pub const ALL: &[(&str, Fault)] = &[
        ("chu-ky", Fault::Signature),
        ("het-han", Fault::Expired),
        ("nonce", Fault::Nonce),
        ("ben-nhan", Fault::Audience),
        ("nguoi-khac", Fault::Subject),
        ("tu-choi", Fault::Refuses),
    ];

    pub fn of(word: &str) -> Option<Fault> {
        Fault::ALL.iter().find(|(known, _)| *known == word).map(|(_, fault)| *fault)
    }
}

/// How it is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How it calls itself: to the letter what its clients have in their settings.
    pub issuer: String,
    pub client: String,
    pub secret: String,
    pub people: Vec<Claims>,
    pub manners: Manners,
    pub fault: Option<Fault>,
}

impl Setup {
    pub fn new(issuer: impl Into<String>) -> Setup {
        Setup {
            issuer: issuer.into(),
            client: SAMPLE_CLIENT.into(),
            secret: SAMPLE_SECRET.into(),
            people: invented(),
            manners: Manners::default(),
            fault: None,
        }
    }
}

/// The sign-in.
#[derive(Clone)]
pub struct Simulator(Arc<Inner>);

struct Inner {
    setup: Setup,
    mood: Mood,
    key: Key,
    codes: Mutex<BTreeMap<String, Given>>,
    bearers: Mutex<BTreeMap<String, (Claims, Timestamp)>>,
    told: Mutex<Vec<String>>,
}

/// What a code stands for.
struct Given {
    person: Claims,
    asked: Asked,
    until: Timestamp,
}

/// What a browser brings along.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: String,
    nonce: String,
    code_challenge: String,
    code_challenge_method: String,
}

impl Simulator {
    pub fn new(setup: Setup) -> Result<Simulator, Failure> {
        let (mood, key) = (Mood::new(setup.manners), Key::fresh()?);
        let (codes, bearers, told) = (Mutex::default(), Mutex::default(), Mutex::default());
        Ok(Simulator(Arc::new(Inner { setup, mood, key, codes, bearers, told })))
    }

    pub fn router(&self) -> Router {
        Router::new()
            .route("/", get(show))
            .route("/.well-known/openid-configuration", get(about))
            .route("/jwks", get(jwks))
            .route("/authorize", get(offer).post(press))
            .route("/token", post(exchange))
            .route("/userinfo", get(tell).post(tell))
            .with_state(self.clone())
    }

    /// Serves until the task is dropped.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        axum::serve(listener, self.router()).await
    }

    fn note(&self, line: String) {
        held(&self.0.told).push(line);
    }

    fn person(&self, sub: &str) -> Option<Claims> {
        self.0.setup.people.iter().find(|one| people::text(one, "sub") == sub).cloned()
    }

    /// Why a browser is not sent back at all: its page would not be the client's.
    fn stranger(&self, asked: &Asked) -> Option<&'static str> {
        match asked {
            asked if asked.client_id != self.0.setup.client => Some("client_id không phải của hệ thống đã đăng ký"),
            asked if asked.redirect_uri.is_empty() => Some("thiếu redirect_uri"),
            _ => None,
        }
    }

    /// What comes of a code at the token's door; errors are those of RFC 6749.
    fn redeem(&self, form: &BTreeMap<String, String>, now: Timestamp) -> Result<Value, &'static str> {
        let part = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if part("grant_type") != "authorization_code" {
            return Err("unsupported_grant_type");
        }
        // Whoever guesses uses it up as well.
        let given = held(&self.0.codes).remove(part("code")).ok_or("invalid_grant")?;
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(part("code_verifier").as_bytes()));
        let fits = given.until > now && given.asked.redirect_uri == part("redirect_uri");
        if !fits || given.asked.code_challenge != challenge {
            return Err("invalid_grant");
        }
        let bearer = ::people::fresh_secret().map_err(|_| "server_error")?;
        let id_token = self.id_token(&given, now);
        self.note(format!("{} đã đăng nhập", people::text(&given.person, "name")));
        let told = people::within(&given.person, &given.asked.scope);
        held(&self.0.bearers).insert(bearer.clone(), (told, later(now, TOKEN_SECONDS)));
        Ok(json!({ "access_token": bearer, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "id_token": id_token }))
    }

    /// Says who it is and nothing else; the rest is told to the bearer of the access token.
    fn id_token(&self, given: &Given, now: Timestamp) -> String {
        let (setup, fault) = (&self.0.setup, self.0.setup.fault);
        let or =
            |wrong: Fault, other: &str, right: &str| if fault == Some(wrong) { other.to_owned() } else { right.into() };
        let ends = if fault == Some(Fault::Expired) { later(now, -60) } else { later(now, TOKEN_SECONDS) };
        let claims = json!({
            "iss": setup.issuer,
            "sub": people::text(&given.person, "sub"),
            "aud": or(Fault::Audience, "ben-khac", &setup.client),
            "nonce": or(Fault::Nonce, "nonce-khac", &given.asked.nonce),
            "iat": now.as_second(),
            "exp": ends.as_second(),
        });
        let forged = if fault == Some(Fault::Signature) { Key::fresh().ok() } else { None };
        token::signed(&claims, &self.0.key.kid, forged.as_ref().unwrap_or(&self.0.key))
    }
}

fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now)
}

async fn about(State(sso): State<Simulator>) -> Response {
    if sso.0.mood.refuses().await {
        return away();
    }
    let issuer = &sso.0.setup.issuer;
    let at = |path: &str| format!("{}{path}", issuer.trim_end_matches('/'));
    let body = json!({
        "issuer": issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "jwks_uri": at("/jwks"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "phone"],
    });
    answer(200, &body)
}

async fn jwks(State(sso): State<Simulator>) -> Response {
    answer(200, &json!({ "keys": [sso.0.key.public()] }))
}

fn away() -> Response {
    answer(503, &json!({ "error": "temporarily_unavailable" }))
}

fn back(asked: &Asked, pairs: &[(&str, &str)]) -> Response {
    let joint = if asked.redirect_uri.contains('?') { '&' } else { '?' };
    let encode = |(name, value): &(&str, &str)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC));
    let told: Vec<String> = pairs.iter().chain(&[("state", asked.state.as_str())]).map(encode).collect();
    Redirect::to(&format!("{}{joint}{}", asked.redirect_uri, told.join("&"))).into_response()
}

/// What may not go on: said to the person where the client is unknown, else to the client.
async fn checked(sso: &Simulator, asked: &Asked) -> Option<Response> {
    tokio::time::sleep(sso.0.setup.manners.slow).await;
    if let Some(why) = sso.stranger(asked) {
        let body = html! { p { "Không đăng nhập được: " (why) "." } };
        return Some((StatusCode::BAD_REQUEST, page("Đăng nhập (mô phỏng)", &body)).into_response());
    }
    let error = match asked {
        _ if sso.0.setup.fault == Some(Fault::Refuses) => "access_denied",
        asked if asked.response_type != "code" => "unsupported_response_type",
        asked if asked.code_challenge_method != "S256" || asked.code_challenge.is_empty() => "invalid_request",
        asked if !asked.scope.split(' ').any(|scope| scope == "openid") => "invalid_scope",
        _ => return None,
    };
    sso.note(format!("đưa trình duyệt về với lỗi {error}"));
    Some(back(asked, &[("error", error)]))
}

async fn offer(State(sso): State<Simulator>, Query(asked): Query<Asked>) -> Response {
    if let Some(no) = checked(&sso, &asked).await {
        return no;
    }
    let line = |one: &Claims| {
        html! {
            li {
                button name="sub" value=(people::text(one, "sub")) { (people::text(one, "name")) }
                " " (people::shown(one))
            }
        }
    };
    let body = html! {
        p { "Mọi người dưới đây đều là người giả. Chọn một người để đăng nhập như người ấy, rồi quay về " code { (asked.redirect_uri) } "." }
        // To this very address, with all that the client asked for.
        form method="post" {
            ul { @for one in &sso.0.setup.people { (line(one)) } }
            p { button name="sub" value="" { "Không đồng ý" } }
        }
    };
    page("Đăng nhập (mô phỏng)", &body)
}

#[derive(serde::Deserialize)]
struct Pressed {
    sub: String,
}

async fn press(State(sso): State<Simulator>, Query(asked): Query<Asked>, Form(pressed): Form<Pressed>) -> Response {
    if let Some(no) = checked(&sso, &asked).await {
        return no;
    }
    let Some(person) = sso.person(&pressed.sub) else {
        sso.note("một người không đồng ý".into());
        return back(&asked, &[("error", "access_denied")]);
    };
    let Ok(code) = ::people::fresh_secret() else { return away() };
    let given = Given { person, asked: asked.clone(), until: later(db::now(), CODE_SECONDS) };
    held(&sso.0.codes).insert(code.clone(), given);
    back(&asked, &[("code", &code), ("iss", &sso.0.setup.issuer)])
}

async fn exchange(
    State(sso): State<Simulator>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    if sso.0.mood.refuses().await {
        return away();
    }
    let setup = &sso.0.setup;
    if credentials(&headers, &form) != (setup.client.clone(), setup.secret.clone()) {
        sso.note("client_id hoặc client_secret không đúng".into());
        return answer(401, &json!({ "error": "invalid_client" }));
    }
    match sso.redeem(&form, db::now()) {
        Ok(body) => answer(200, &body),
        Err(error) => {
            sso.note(format!("không đổi được mã: {error}"));
            answer(400, &json!({ "error": error }))
        }
    }
}

/// Whose the call is: of the header (each part encoded as in a form, RFC 6749 §2.3.1), else of the form.
fn credentials(headers: &HeaderMap, form: &BTreeMap<String, String>) -> (String, String) {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let header = header_of(headers, "authorization");
    let basic = header.strip_prefix("Basic ").and_then(|text| BASE64.decode(text.as_bytes()).ok());
    let basic = basic.and_then(|bytes| String::from_utf8(bytes).ok());
    match basic.as_deref().and_then(|text| text.split_once(':')) {
        Some((client, secret)) => (decode(client), decode(secret)),
        None => {
            let part = |name: &str| form.get(name).cloned().unwrap_or_default();
            (part("client_id"), part("client_secret"))
        }
    }
}

async fn tell(State(sso): State<Simulator>, headers: HeaderMap) -> Response {
    if sso.0.mood.refuses().await {
        return away();
    }
    let header = header_of(&headers, "authorization");
    let bearer = header.strip_prefix("Bearer ").unwrap_or_default();
    let known = held(&sso.0.bearers).get(bearer).cloned().filter(|(_, until)| *until > db::now());
    let Some((mut claims, _)) = known else { return answer(401, &json!({ "error": "invalid_token" })) };
    if sso.0.setup.fault == Some(Fault::Subject) {
        claims.insert("sub".into(), "nguoi-khac".into());
    }
    answer(200, &Value::Object(claims))
}

async fn show(State(sso): State<Simulator>) -> Response {
    let (setup, told) = (&sso.0.setup, held(&sso.0.told).clone());
    let body = html! {
        h2 { "Cấu hình của Cửa Việt" }
        pre { (settings(setup)) }
        h2 { "Người giả: " (setup.people.len()) }
        ul { @for one in &setup.people { li { (people::text(one, "name")) " " (people::shown(one)) } } }
        h2 { "Đã xảy ra: " (told.len()) }
        (lines(&told))
    };
    page("Mô phỏng đăng nhập của người dân", &body)
}

fn lines(told: &[String]) -> Markup {
    html! { ol { @for line in told { li { (line) } } } }
}

/// What to write into the settings of the site that is to be tried.
pub fn settings(setup: &Setup) -> String {
    let Setup { issuer, client, secret, .. } = setup;
    format!("[citizen]\nissuer = \"{issuer}\"\nclient_id = \"{client}\"\nclient_secret = \"{secret}\"\n")
}
