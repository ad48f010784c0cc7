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
}

pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

impl Browser {
    pub fn new() -> Browser {
        Browser { http: http(), cookies: BTreeMap::new() }
    }

    /// Goes to the provider, signs in there and is sent back.
    pub async fn sign_in(&mut self, start: &Url, login: &str, password: &str) -> Back {
        let home = start.query_pairs().find(|(name, _)| name == "redirect_uri").expect("a way back").1.into_owned();
        let mut at = start.clone();
        let mut asked = 0;
        for _ in 0..10 {
            let (status, next) = self.send(self.http.get(at.as_str()), &at).await;
            match next {
                Some(next) if next.as_str().starts_with(&home) => return back(&next),
                Some(next) => at = next,
                None => {
                    assert_eq!((status, asked), (200, 0), "no form to sign in at {at}");
                    asked += 1;
                    let form = [("login", login), ("password", password)]
                        .map(|(name, value)| format!("{name}={value}"))
                        .join("&");
                    let form = self
                        .http
                        .post(at.as_str())
                        .header("content-type", "application/x-www-form-urlencoded")
                        .body(form);
                    at = self.send(form, &at).await.1.expect("the provider refuses the password");
                }
            }
        }
        panic!("the provider sends the browser round and round")
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
    Back { code: given["code"].clone(), state: given["state"].clone() }
}
