//! What is refused although it looks right: a stand-in hands out a provider's ID token in wrong company.

use crate::browser::{Browser, http};
use crate::provider::{BACK, CLIENT, Provider, SECRET, start};
use crate::world::{now, person, settings, site, what};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use db::Db;
use people::{Oidc, OidcSettings, Pending};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A port that was free a moment ago.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Answers in JSON, by path. It begins to listen when told to.
#[derive(Clone)]
struct StandIn {
    url: String,
    port: u16,
    answers: Arc<Mutex<Vec<(&'static str, Value)>>>,
}

impl StandIn {
    fn new() -> StandIn {
        let port = free_port();
        StandIn { url: format!("http://127.0.0.1:{port}"), port, answers: Arc::default() }
    }

    fn says(&self, path: &'static str, answer: Value) {
        let mut answers = self.answers.lock().unwrap();
        answers.retain(|(known, _)| *known != path);
        answers.push((path, answer));
    }

    async fn listen(&self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.unwrap();
        let answers = self.answers.clone();
        tokio::spawn(async move {
            while let Ok((mut line, _)) = listener.accept().await {
                let mut asked = vec![0; 16_384];
                let length = line.read(&mut asked).await.unwrap_or(0);
                let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
                let path = asked.split(' ').nth(1).unwrap_or_default().to_owned();
                let found = answers
                    .lock()
                    .unwrap()
                    .iter()
                    .find(|(known, _)| *known == path)
                    .map(|(_, answer)| answer.to_string());
                let (status, body) = found.map_or(("404 Not Found", "{}".to_owned()), |body| ("200 OK", body));
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close",
                    body.len()
                );
                let _ = line.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).await;
            }
        });
    }
}

/// An answer of the token endpoint, what our browser remembers of it, and who is behind.
struct Captured {
    stand_in: StandIn,
    answer: Value,
    pending: Pending,
    keys: Value,
    _real: Provider,
}

async fn get(url: &str) -> Value {
    http().get(url).send().await.unwrap().json().await.unwrap()
}

/// Lan signs in at a provider that calls itself by the stand-in's name (or its own, if `honest_name`); the stand-in
/// then hands her token out. With the other's name, all is in order until a test changes one thing.
async fn capture(honest_name: bool) -> Captured {
    let stand_in = StandIn::new();
    let name = stand_in.url.clone();
    let real = start(|setup| setup.issuer = if honest_name { setup.issuer.clone() } else { name }).await;
    let (here, there) = (&stand_in.url, &real.url);
    let keys = get(&format!("{there}/jwks")).await;
    let about = json!({
        "issuer": here, "authorization_endpoint": format!("{there}/authorize"), "token_endpoint": format!("{here}/token"),
        "userinfo_endpoint": format!("{here}/me"), "jwks_uri": format!("{here}/jwks"), "response_types_supported": ["code"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256", "none"],
    });
    stand_in.says("/.well-known/openid-configuration", about);
    stand_in.says("/jwks", keys.clone());
    stand_in.says("/me", json!({ "sub": "lan", "email": "lan@quangtri.example", "email_verified": true }));
    stand_in.listen().await;

    let (url, pending) = site(here).begin().await.unwrap();
    let code = Browser::new().sign_in(&url, "lan").await.code;
    let form = format!("grant_type=authorization_code&code={code}&redirect_uri={BACK}&code_verifier={}", pending.pkce);
    let basic = format!("Basic {}", BASE64.encode(format!("{CLIENT}:{SECRET}").as_bytes()));
    let request = http().post(format!("{there}/token")).header("authorization", basic);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert!(answer["id_token"].is_string(), "{answer}");
    stand_in.says("/token", answer.clone());
    Captured { stand_in, answer, pending, keys, _real: real }
}

impl Captured {
    async fn finish(&self, db: &Db, site: &Oidc) -> Result<String, &'static str> {
        what(site.finish(db, &self.pending, "any", &self.pending.state, now()).await)
    }

    /// The answer with another ID token.
    fn with_token(&self, token: &str) -> Value {
        let mut answer = self.answer.clone();
        answer["id_token"] = token.into();
        answer
    }
}

async fn house() -> Db {
    let db = db::testing::lite().await;
    person(&db, "lan.nguyen", "lan@quangtri.example").await;
    db
}

#[tokio::test]
async fn the_stand_in_is_believed_while_all_is_in_order() {
    let captured = capture(false).await;
    assert_eq!(captured.finish(&house().await, &site(&captured.stand_in.url)).await, Ok("lan.nguyen".into()));
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    let captured = capture(true).await;
    assert_eq!(captured.finish(&house().await, &site(&captured.stand_in.url)).await, Err("oidc-answer"));
}

#[tokio::test]
async fn a_token_for_another_client_is_refused() {
    let captured = capture(false).await;
    let settings = OidcSettings { client_id: "khac".into(), ..settings(&captured.stand_in.url) };
    assert_eq!(captured.finish(&house().await, &Oidc::discover(&settings).unwrap()).await, Err("oidc-answer"));
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let captured = capture(false).await;
    let (db, site, pending) = (house().await, site(&captured.stand_in.url), &captured.pending);
    // It is good for ten minutes.
    for (minutes, expected) in [(11, Err("oidc-answer")), (9, Ok("lan.nguyen".into()))] {
        let then = now() + jiff::SignedDuration::from_mins(minutes);
        assert_eq!(
            what(site.finish(&db, pending, "any", &pending.state, then).await),
            expected,
            "{minutes} minutes later"
        );
    }
}

#[tokio::test]
async fn a_forged_token_is_refused() {
    let captured = capture(false).await;
    let (db, site) = (house().await, site(&captured.stand_in.url));
    let token = captured.answer["id_token"].as_str().unwrap().to_owned();
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&BASE64URL_NOPAD.decode(parts[1].as_bytes()).unwrap()).unwrap();
    claims["sub"] = "giam-doc".into();
    let forged = BASE64URL_NOPAD.encode(claims.to_string().as_bytes());
    let none = BASE64URL_NOPAD.encode(br#"{"alg":"none"}"#);
    for (token, why) in [
        (format!("{}.{forged}.{}", parts[0], parts[2]), "another subject under the old signature"),
        (format!("{none}.{}.", parts[1]), "no signature, though the provider says it may be so"),
        (format!("{none}.{}.{}", parts[1], parts[2]), "a signature that is not to be looked at"),
    ] {
        captured.stand_in.says("/token", captured.with_token(&token));
        assert_eq!(captured.finish(&db, &site).await, Err("oidc-answer"), "{why}");
    }
    let mut without = captured.answer.clone();
    without.as_object_mut().unwrap().remove("id_token");
    captured.stand_in.says("/token", without);
    assert_eq!(captured.finish(&db, &site).await, Err("oidc-answer"), "no ID token at all");
    captured.stand_in.says("/token", captured.answer.clone());
    assert_eq!(captured.finish(&db, &site).await, Ok("lan.nguyen".into()));
}

#[tokio::test]
async fn keys_that_are_not_the_providers_believe_nothing_until_they_are_changed() {
    let captured = capture(false).await;
    let other = start(|_| ()).await;
    let (db, site) = (house().await, site(&captured.stand_in.url));
    let mut foreign = get(&format!("{}/jwks", other.url)).await;
    captured.stand_in.says("/jwks", foreign.clone());
    assert_eq!(captured.finish(&db, &site).await, Err("oidc-answer"), "no such key");

    // The provider has changed its keys since we asked: they are asked for again.
    captured.stand_in.says("/jwks", captured.keys.clone());
    tokio::time::sleep(std::time::Duration::from_millis(3100)).await;
    assert_eq!(captured.finish(&db, &site).await, Ok("lan.nguyen".into()));

    // Another key under the right name.
    foreign["keys"][0]["kid"] = captured.keys["keys"][0]["kid"].clone();
    captured.stand_in.says("/jwks", foreign);
    assert_eq!(
        captured.finish(&db, &crate::world::site(&captured.stand_in.url)).await,
        Err("oidc-answer"),
        "another key"
    );
}

#[tokio::test]
async fn an_email_of_somebody_else_is_not_believed() {
    let captured = capture(false).await;
    captured.stand_in.says("/me", json!({ "sub": "minh", "email": "lan@quangtri.example", "email_verified": true }));
    assert_eq!(captured.finish(&house().await, &site(&captured.stand_in.url)).await, Err("oidc-unverified"));
}

#[tokio::test]
async fn a_provider_that_is_down_is_asked_again_by_the_next_person() {
    let stand_in = StandIn::new();
    let site = site(&stand_in.url);
    assert_eq!(what(site.begin().await.map(|_| unreachable!("nobody listens"))), Err("oidc-away"));
    stand_in.listen().await;
    assert_eq!(what(site.begin().await.map(|_| unreachable!("nothing is said"))), Err("oidc-unfit"));
    let real = start(|_| ()).await;
    let mut about = get(&format!("{}/.well-known/openid-configuration", real.url)).await;
    about["issuer"] = stand_in.url.clone().into();
    stand_in.says("/.well-known/openid-configuration", about);
    let (url, pending) = site.begin().await.unwrap();
    let query: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!((query["state"].as_str(), query["code_challenge_method"].as_str()), (pending.state.as_str(), "S256"));
    assert_eq!((query["client_id"].as_str(), query["redirect_uri"].as_str()), (CLIENT, BACK));
    assert_eq!(query["scope"], "openid email profile");
    assert!(!url.as_str().contains(&pending.pkce) && !url.as_str().contains(SECRET));
}
