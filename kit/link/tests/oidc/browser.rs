//! As much of a browser as signing in needs: cookies, redirects, one form.

use people::Url;
use std::collections::BTreeMap;

pub struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

/// Where the browser was sent in the end: our page, with what the provider gives along.
#[derive(Debug)]
pub struct Back {
    pub code: String,
    pub state: String,
    /// Why there is no code.
    #[allow(dead_code)] // the journeys of the whole program share this file
    pub error: String,
}

pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

impl Browser {
    pub fn new() -> Browser {
        Browser { http: http(), cookies: BTreeMap::new() }
    }

    /// Goes to the provider, says who they are and is sent back.
    pub async fn sign_in(&mut self, start: &Url, sub: &str) -> Back {
        let (status, next) = self.send(self.http.get(start.as_str()), start).await;
        assert_eq!((status, next), (200, None), "no page to sign in at {start}");
        let form = self.http.post(start.as_str()).header("content-type", "application/x-www-form-urlencoded");
        back(&self.send(form.body(format!("sub={sub}")), start).await.1.expect("the provider sends nobody back"))
    }

    async fn send(&mut self, request: reqwest::RequestBuilder, at: &Url) -> (u16, Option<Url>) {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = cookie.split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let location = answer.headers().get("location").map(|to| at.join(to.to_str().unwrap()).unwrap());
        (answer.status().as_u16(), location)
    }
}

fn back(url: &Url) -> Back {
    let given: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    let part = |name: &str| given.get(name).cloned().unwrap_or_default();
    Back { code: part("code"), state: part("state"), error: part("error") }
}
