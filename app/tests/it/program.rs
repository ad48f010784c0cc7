//! A program with a key: JSON in and out.

use crate::page::Page;
use crate::person::Person;
use crate::world::World;
use axum::body::Body;
use axum::http::{Method, Request, header};
use people::Scope;
use serde_json::Value;
use tower::ServiceExt;

pub struct Program {
    world: World,
    secret: String,
}

impl Person {
    /// A program of this person's, with a key that may write or only read.
    pub async fn program(&self, write: bool) -> Program {
        let site = self.world.site();
        let mut tx = site.db.begin().await.unwrap();
        let account = people::account_by_login(&mut tx, self.login).await.unwrap().unwrap();
        let hat = people::hats(&mut tx, account.id, self.world.today()).await.unwrap().remove(0);
        let scope = Scope {
            account: Some(account.id),
            unit: Some(hat.unit),
            roles: hat.roles,
            ..Scope::program(&account.name, site.now())
        };
        let secret = people::make_token(&mut tx, &scope, "Phần mềm thử", write, 300).await.unwrap();
        tx.commit().await.unwrap();
        Program { world: self.world.clone(), secret }
    }
}

impl Program {
    pub fn with_key(world: &World, secret: &str) -> Program {
        Program { world: world.clone(), secret: secret.to_owned() }
    }

    pub async fn gets(&self, path: &str) -> Page {
        self.asks(Method::GET, path, None, None).await
    }

    /// What is there, as JSON.
    pub async fn reads(&self, path: &str) -> Value {
        self.gets(path).await.is(200).json()
    }

    pub async fn posts(&self, path: &str, body: Value) -> Page {
        self.asks(Method::POST, path, None, Some(body)).await
    }

    pub async fn deletes(&self, path: &str) -> Page {
        self.asks(Method::DELETE, path, None, None).await
    }

    /// Writes what has a version, which the program saw as `version`.
    pub async fn puts(&self, path: &str, version: i64, body: Value) -> Page {
        self.asks(Method::PUT, path, Some(version), Some(body)).await
    }

    pub async fn asks(&self, method: Method, path: &str, version: Option<i64>, body: Option<Value>) -> Page {
        let mut request = Request::builder().method(method).uri(self.world.address(path));
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.sends(request.body(body).unwrap()).await
    }

    /// Sends a request as it is, with the key.
    pub async fn sends(&self, mut request: Request<Body>) -> Page {
        let asked = format!("{} {}", request.method(), request.uri());
        request.headers_mut().insert(header::HOST, "cuaviet.test".parse().unwrap());
        if !self.secret.is_empty() {
            let key = format!("Bearer {}", self.secret).parse().unwrap();
            request.headers_mut().insert(header::AUTHORIZATION, key);
        }
        let answer = self.world.router().oneshot(request).await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec();
        let page = Page { asked, status, headers, bytes };
        assert!(status < 500, "{} broke: {}", page.asked, page.html());
        if status >= 400 {
            assert_eq!(page.header("content-type"), "application/problem+json", "{}: {}", page.asked, page.html());
        }
        page
    }
}

impl Page {
    /// A problem for programs: its code and a sentence.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Page {
        let page = self.is(status);
        let body = page.json();
        assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(status.into()), Some(code)), "{body}");
        assert!(body["detail"].as_str().is_some_and(|say| !say.is_empty()), "{body}");
        page
    }
}
