//! Each fault of the simulator is one that the client refuses; and what it does by itself.

use crate::browser::{Browser, http};
use crate::provider::start;
use crate::world::{now, site};
use link::simulator::Manners;
use link::simulator::sso::{Fault, invented};
use people::{Failure, Known, Url};
use std::time::Duration;

async fn knows(fault: Option<Fault>) -> Result<Known, String> {
    let provider = start(|setup| setup.fault = fault).await;
    let site = site(&provider.url);
    let (url, pending) = site.begin().await.unwrap();
    let back = Browser::new().sign_in(&url, "dan").await;
    match site.who(&pending, &back.code, &back.state, now()).await {
        Ok(known) => Ok(known),
        Err(Failure::Refused(no)) => Err(no[0].code.to_owned()),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn no_fault_of_the_simulator_is_believed() {
    assert_eq!(knows(None).await.unwrap().text("identity_number"), "046085001234");
    for fault in [Fault::Signature, Fault::Expired, Fault::Nonce, Fault::Audience] {
        assert_eq!(knows(Some(fault)).await.err().as_deref(), Some("oidc-answer"), "{fault:?}");
    }
    // What is told of somebody else is left out; who signed in is still known by the ID token.
    let known = knows(Some(Fault::Subject)).await.unwrap();
    assert!(known.subject.ends_with("|dan") && known.text("identity_number").is_empty(), "{known:?}");
}

#[tokio::test]
async fn a_browser_that_is_refused_comes_back_without_a_code() {
    let provider = start(|setup| setup.fault = Some(Fault::Refuses)).await;
    let (url, _) = site(&provider.url).begin().await.unwrap();
    let answer = http().get(url.as_str()).send().await.unwrap();
    let place: Url = answer.headers()["location"].to_str().unwrap().parse().unwrap();
    assert!(place.query().unwrap().contains("error=access%5Fdenied"), "{place}");
    // So is whoever presses "Không đồng ý"; and whoever is not of the list.
    let provider = start(|_| ()).await;
    let (url, pending) = site(&provider.url).begin().await.unwrap();
    for sub in ["", "ai-do"] {
        let back = Browser::new().sign_in(&url, sub).await;
        assert_eq!((back.code.as_str(), back.error.as_str()), ("", "access_denied"));
        assert_eq!(back.state, pending.state);
    }
    // A client that is not known is told on the page: nobody is sent to its address.
    let foreign = url.as_str().replace("client_id=cuaviet", "client_id=khac");
    assert_eq!(http().get(foreign).send().await.unwrap().status().as_u16(), 400);
}

#[tokio::test]
async fn a_simulator_that_is_down_is_asked_again() {
    let provider = start(|setup| setup.manners = Manners { fail: 1, slow: Duration::from_millis(1) }).await;
    let site = site(&provider.url);
    let Err(Failure::Refused(no)) = site.begin().await.map(|_| ()) else { panic!("answered") };
    assert_eq!(no[0].code, "oidc-away");
    assert!(site.begin().await.is_ok(), "the next time it answers");
}

#[tokio::test]
async fn only_what_the_scopes_ask_for_is_told() {
    let provider = start(|_| ()).await;
    // The site of these tests asks for `email` and `profile`, not for `phone`.
    let site = site(&provider.url);
    let (url, pending) = site.begin().await.unwrap();
    let back = Browser::new().sign_in(&url, "dan").await;
    let known = site.who(&pending, &back.code, &back.state, now()).await.unwrap();
    assert_eq!((known.text("phone_number").as_str(), known.text("birthdate").as_str()), ("", "1985-02-03"));
}

#[test]
fn the_invented_people_are_each_somebody_else() {
    let mut subs: Vec<String> = invented().iter().map(|one| one["sub"].to_string()).collect();
    subs.sort();
    subs.dedup();
    assert_eq!(subs.len(), 4);
    // One lacks the number, for trying what is said to them.
    assert_eq!(invented().iter().filter(|one| one.contains_key("identity_number")).count(), 3);
}
