//! Walks through the provider.

use crate::browser::Browser;
use crate::provider::{Provider, start};
use crate::world::{again, done, house, now, person, settings, site, told, what};
use base::Timestamp;
use db::Db;
use people::{Failure, NewAccount, Oidc, OidcSettings, Outcome, Pending, Scope};

const LAN: &str = "lan";
const MINH: &str = "minh";
/// Has the e-mail of Lan, but never showed that it is theirs.
const KHACH: &str = "khach";
/// The provider writes it `Lan.Nguyen@…`.
const MAIL_OF_LAN: &str = "lan.nguyen@quangtri.example";

/// The way there and back, in a browser of its own.
async fn walk(site: &Oidc, sub: &str) -> (Pending, String, String) {
    let (url, pending) = site.begin().await.unwrap();
    let back = Browser::new().sign_in(&url, sub).await;
    (pending, back.code, back.state)
}

async fn enters(db: &Db, site: &Oidc, who: &str) -> Result<String, &'static str> {
    let (pending, code, state) = walk(site, who).await;
    what(site.finish(db, &pending, &code, &state, now()).await)
}

async fn begun() -> (Provider, Oidc) {
    let provider = start(|_| ()).await;
    let site = site(&provider.url);
    (provider, site)
}

#[tokio::test]
async fn the_first_sign_in_binds_by_verified_email_and_the_next_by_subject() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", MAIL_OF_LAN).await;
        assert_eq!(enters(&db, &site, LAN).await, Ok("lan.nguyen".into()));
        assert!(again(&db, &lan).await.has_subject);
        // A new address in the account, and somebody else with the old one: it is still she.
        let version = again(&db, &lan).await.version;
        let moved =
            NewAccount { name: "Lan".into(), email: Some("moi@quangtri.example".into()), ..NewAccount::default() };
        done(&db, async |tx| people::change_account(tx, &house(), lan.id, version, moved).await).await.unwrap();
        person(&db, "lan.le", MAIL_OF_LAN).await;
        assert_eq!(enters(&db, &site, LAN).await, Ok("lan.nguyen".into()));
        assert_eq!(told(&db).await, ["account.subject-bound", "account.signed-in", "account.signed-in"]);
    }
}

#[tokio::test]
async fn whom_the_house_does_not_know_is_told_what_to_do() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        let (pending, code, state) = walk(&site, MINH).await;
        let Ok(Outcome::No(no)) = site.finish(&db, &pending, &code, &state, now()).await else { panic!("not refused") };
        assert_eq!(no.code, "oidc-stranger");
        assert!(no.say.contains("minh.tran@quangtri.example") && no.say.contains("nhờ quản trị"), "{}", no.say);
        assert!(told(&db).await.is_empty());
    }
}

#[tokio::test]
async fn an_unverified_email_binds_nobody() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", MAIL_OF_LAN).await;
        assert_eq!(enters(&db, &site, KHACH).await, Err("oidc-unverified"));
        assert!(!again(&db, &lan).await.has_subject);
    }
}

#[tokio::test]
async fn a_shared_email_binds_nobody_until_one_account_has_it() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        person(&db, "lan.nguyen", MAIL_OF_LAN).await;
        let office = person(&db, "van.phong", "Lan.Nguyen@Quangtri.example").await;
        assert_eq!(enters(&db, &site, LAN).await, Err("oidc-shared"));
        done(&db, async |tx| people::close(tx, &house(), office.id, true).await).await.unwrap();
        assert_eq!(enters(&db, &site, LAN).await, Ok("lan.nguyen".into()));
    }
}

#[tokio::test]
async fn an_account_belongs_to_one_person_of_the_provider_until_it_is_unbound() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", MAIL_OF_LAN).await;
        enters(&db, &site, LAN).await.unwrap();
        let version = again(&db, &lan).await.version;
        let minhs = NewAccount {
            name: "Lan".into(),
            email: Some("minh.tran@quangtri.example".into()),
            ..NewAccount::default()
        };
        done(&db, async |tx| people::change_account(tx, &house(), lan.id, version, minhs).await).await.unwrap();
        assert_eq!(enters(&db, &site, MINH).await, Err("oidc-bound"));
        done(&db, async |tx| people::unbind_subject(tx, &house(), lan.id).await).await.unwrap();
        assert_eq!(enters(&db, &site, MINH).await, Ok("lan.nguyen".into()));
        assert_eq!(enters(&db, &site, LAN).await, Err("oidc-stranger"));
    }
}

#[tokio::test]
async fn a_closed_account_stays_closed_at_this_door_too() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", MAIL_OF_LAN).await;
        let close =
            async |closed| done(&db, async |tx| people::close(tx, &house(), lan.id, closed).await).await.unwrap();
        close(true).await;
        assert_eq!(enters(&db, &site, LAN).await, Err("closed"), "before it is bound");
        close(false).await;
        enters(&db, &site, LAN).await.unwrap();
        close(true).await;
        assert_eq!(enters(&db, &site, LAN).await, Err("closed"), "after");
        assert_eq!(told(&db).await, ["account.subject-bound", "account.signed-in"]);
    }
}

/// RFC 6238, appendix B: the last six digits at this second.
const VECTOR: (i64, &str) = (1_111_111_109, "081804");
const NEXT: (i64, &str) = (1_111_111_111, "050471");

#[tokio::test]
async fn the_second_factor_is_asked_at_this_door_too() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", MAIL_OF_LAN).await;
        let then = |second| Timestamp::from_second(second).unwrap();
        let scope = Scope { now: then(VECTOR.0), ..house() };
        done(&db, async |tx| {
            people::confirm_totp(tx, &scope, lan.id, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", VECTOR.1).await
        })
        .await
        .unwrap();
        let (pending, code, state) = walk(&site, LAN).await;
        // The clock of the house stands at the test vector; the token of today is good then too.
        let half = site.finish(&db, &pending, &code, &state, then(NEXT.0)).await.unwrap();
        let Outcome::CodeWanted { ticket } = half else { panic!("{half:?}") };
        assert_eq!(what(people::sign_in_code(&db, &ticket, VECTOR.1, then(NEXT.0)).await), Err("code-wrong"));
        assert_eq!(what(people::sign_in_code(&db, &ticket, NEXT.1, then(NEXT.0)).await), Ok("lan.nguyen".into()));
        assert_eq!(told(&db).await, ["account.subject-bound", "account.sign-in-failed", "account.signed-in"]);
    }
}

#[tokio::test]
async fn a_code_works_once_and_only_for_the_browser_that_began() {
    let (_provider, site) = begun().await;
    for db in db::testing::both().await {
        person(&db, "lan.nguyen", MAIL_OF_LAN).await;
        let finish = async |pending: &Pending, code: &str, state: &str| {
            what(site.finish(&db, pending, code, state, now()).await)
        };

        let (mine, code, state) = walk(&site, LAN).await;
        let (other, ..) = walk(&site, LAN).await;
        assert_eq!(finish(&other, &code, &state).await, Err("oidc-state"), "another browser's");
        assert_eq!(finish(&mine, &code, "đoán").await, Err("oidc-state"));
        assert_eq!(finish(&mine, "đoán", &state).await, Err("oidc-code"));
        let without = Pending { pkce: other.pkce.clone(), ..mine };
        assert_eq!(finish(&without, &code, &state).await, Err("oidc-code"), "stolen without the PKCE secret");

        let (mine, code, state) = walk(&site, LAN).await;
        let nonce = Pending { nonce: other.nonce.clone(), ..mine };
        assert_eq!(finish(&nonce, &code, &state).await, Err("oidc-answer"), "another nonce");

        let (mine, code, state) = walk(&site, LAN).await;
        finish(&mine, &code, &state).await.unwrap();
        assert_eq!(finish(&mine, &code, &state).await, Err("oidc-code"), "replayed");
        assert_eq!(told(&db).await, ["account.subject-bound", "account.signed-in"]);
    }
}

#[tokio::test]
async fn a_code_of_another_provider_opens_nothing() {
    let ((_one, site), (_two, other)) = (begun().await, begun().await);
    let db = db::testing::lite().await;
    person(&db, "lan.nguyen", MAIL_OF_LAN).await;
    let (pending, code, state) = walk(&other, LAN).await;
    assert_eq!(what(site.finish(&db, &pending, &code, &state, now()).await), Err("oidc-code"));
}

#[tokio::test]
async fn a_wrong_secret_is_said_to_be_a_matter_of_settings() {
    let provider = start(|_| ()).await;
    let db = db::testing::lite().await;
    let site = Oidc::discover(&OidcSettings { client_secret: "wrong".into(), ..settings(&provider.url) }).unwrap();
    assert_eq!(enters(&db, &site, LAN).await, Err("oidc-unfit"));
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_not_ours() {
    let provider = start(|_| ()).await;
    let site = site(&provider.url.replace("127.0.0.1", "localhost"));
    let Err(Failure::Refused(no)) = site.begin().await else { panic!("taken") };
    assert_eq!(no[0].code, "oidc-unfit");
}

#[test]
fn settings_are_looked_at_when_the_program_starts() {
    let take = |issuer: &str, back: &str| {
        let settings = OidcSettings { redirect_url: back.into(), ..settings(issuer) };
        what(Oidc::discover(&settings).map(|_| Outcome::No(base::Refusal::new("taken", ""))))
    };
    let back = "https://cuaviet.quangtri.example/tro-ve";
    assert_eq!(take("http://dangnhap.quangtri.example", back), Err("oidc-settings"), "no TLS");
    assert_eq!(take("http://127.0.0.1.quangtri.example", back), Err("oidc-settings"), "only looks like this machine");
    assert_eq!(take("dangnhap.quangtri.example", back), Err("oidc-settings"));
    assert_eq!(take("https://dangnhap.quangtri.example", "tro-ve"), Err("oidc-settings"));
    assert_eq!(take("https://dangnhap.quangtri.example", back), Err("taken"));
}
