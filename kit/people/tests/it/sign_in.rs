//! Passwords, lock-out, second factor.

use crate::world::{
    CODES, PASSWORD, SECRET, code, deeds_of, done, house, later, morning, person, person_with_password,
};
use base::Timestamp;
use db::Db;
use people::{Account, Outcome, Scope, account, confirm_totp, remove_totp, set_password, sign_in, sign_in_code};

const WRONG: &str = "mật khẩu nào đó";

async fn tries(db: &Db, login: &str, password: &str, now: Timestamp) -> Outcome {
    sign_in(db, login, password, None, now).await.unwrap()
}

/// The code of a refusal; "in" or "code-wanted" where there is none.
fn what(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::In(_) => "in",
        Outcome::CodeWanted { .. } => "code-wanted",
        Outcome::No(no) => no.code,
    }
}

#[tokio::test]
async fn a_wrong_login_and_a_wrong_password_get_the_same_answer() {
    for db in db::testing::both().await {
        person_with_password(&db, "lan.nguyen").await;
        person(&db, "minh.tran", "Minh").await;
        let Outcome::No(nobody) = tries(&db, "khong.co.ai", WRONG, morning()).await else { panic!("in") };
        let Outcome::No(wrong) = tries(&db, "lan.nguyen", WRONG, morning()).await else { panic!("in") };
        // An account that never had a password.
        let Outcome::No(without) = tries(&db, "minh.tran", WRONG, morning()).await else { panic!("in") };
        assert_eq!(nobody, wrong);
        assert_eq!(without, wrong);
        let Outcome::No(empty) = tries(&db, "lan.nguyen", "", morning()).await else { panic!("in") };
        assert_eq!(empty, wrong);
    }
}

#[tokio::test]
async fn the_right_password_opens_however_the_login_is_typed() {
    for db in db::testing::both().await {
        person_with_password(&db, "lan.nguyen").await;
        let Outcome::In(lan) = tries(&db, " Lan.Nguyen ", PASSWORD, morning()).await else { panic!("not in") };
        assert_eq!(lan.login, "lan.nguyen");
        assert_eq!(deeds_of(&db, "account.signed-in").await, 1);
    }
}

#[tokio::test]
async fn five_failures_lock_for_fifteen_minutes() {
    for db in db::testing::both().await {
        person_with_password(&db, "lan.nguyen").await;
        for _ in 0..5 {
            assert_eq!(what(&tries(&db, "lan.nguyen", WRONG, morning()).await), "wrong");
        }
        let locked = tries(&db, "lan.nguyen", PASSWORD, later(morning(), 14)).await;
        let Outcome::No(no) = &locked else { panic!("{locked:?}") };
        assert_eq!(no.code, "locked");
        assert!(no.say.contains("08:15"), "{}", no.say);
        assert_eq!(what(&tries(&db, "lan.nguyen", WRONG, later(morning(), 14)).await), "locked");
        assert_eq!(what(&tries(&db, "lan.nguyen", PASSWORD, later(morning(), 15)).await), "in");
        // From the start again.
        for _ in 0..4 {
            tries(&db, "lan.nguyen", WRONG, later(morning(), 16)).await;
        }
        assert_eq!(what(&tries(&db, "lan.nguyen", PASSWORD, later(morning(), 16)).await), "in");
        assert_eq!(deeds_of(&db, "account.locked").await, 1);
        assert_eq!(deeds_of(&db, "account.sign-in-failed").await, 8);
    }
}

#[tokio::test]
async fn who_goes_on_guessing_after_the_lock_is_locked_again() {
    for db in db::testing::both().await {
        person_with_password(&db, "lan.nguyen").await;
        for minutes in [0, 20] {
            for _ in 0..5 {
                assert_eq!(what(&tries(&db, "lan.nguyen", WRONG, later(morning(), minutes)).await), "wrong");
            }
            assert_eq!(what(&tries(&db, "lan.nguyen", PASSWORD, later(morning(), minutes)).await), "locked");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_guesses_sent_at_once_no_more_than_five_count() {
    for db in db::testing::both().await {
        person_with_password(&db, "lan.nguyen").await;
        let guesses = (0..12).map(|_| {
            let db = db.clone();
            tokio::spawn(async move { what(&tries(&db, "lan.nguyen", WRONG, morning()).await) })
        });
        let mut said = Vec::new();
        for guess in guesses.collect::<Vec<_>>() {
            said.push(guess.await.unwrap());
        }
        assert_eq!(said.iter().filter(|said| **said == "wrong").count(), 5);
        assert_eq!(said.iter().filter(|said| **said == "locked").count(), 7);
        assert_eq!(deeds_of(&db, "account.sign-in-failed").await + deeds_of(&db, "account.locked").await, 5);
    }
}

#[tokio::test]
async fn a_new_password_unlocks_and_must_be_changed_if_somebody_else_chose_it() {
    for db in db::testing::both().await {
        let lan = person_with_password(&db, "lan.nguyen").await;
        for _ in 0..5 {
            tries(&db, "lan.nguyen", WRONG, morning()).await;
        }
        let new = "sông Thạch Hãn chảy về";
        done(&db, async |tx| set_password(tx, &house(), lan.id, new, true).await).await.unwrap();
        let Outcome::In(lan) = tries(&db, "lan.nguyen", new, morning()).await else { panic!("not in") };
        assert!(lan.must_change);
        assert_eq!(what(&tries(&db, "lan.nguyen", PASSWORD, morning()).await), "wrong");
        let weak = done(&db, async |tx| set_password(tx, &house(), lan.id, "ngắn", true).await).await;
        assert_eq!(code(weak), "password-weak");
    }
}

/// The moments of the test vectors, as the clock of a scope.
fn at(vector: usize) -> Timestamp {
    Timestamp::from_second(CODES[vector].0).unwrap()
}

async fn with_second_factor(db: &Db) -> Account {
    let lan = person_with_password(db, "lan.nguyen").await;
    let scope = Scope { now: at(0), ..house() };
    done(db, async |tx| confirm_totp(tx, &scope, lan.id, SECRET, CODES[0].1).await).await.unwrap();
    lan
}

#[tokio::test]
async fn the_second_factor_is_asked_and_its_code_opens_once() {
    for db in db::testing::both().await {
        with_second_factor(&db).await;
        let tries = async |code: Option<&str>| what(&sign_in(&db, "lan.nguyen", PASSWORD, code, at(1)).await.unwrap());
        assert_eq!(tries(None).await, "code-wanted");
        assert_eq!(tries(Some(" ")).await, "code-wanted");
        // The code that set it up was used by that.
        assert_eq!(tries(Some(CODES[0].1)).await, "code-wrong");
        assert_eq!(tries(Some("050 471")).await, "in");
        assert_eq!(tries(Some(CODES[1].1)).await, "code-wrong");
    }
}

#[tokio::test]
async fn a_ticket_carries_the_password_to_the_code() {
    for db in db::testing::both().await {
        with_second_factor(&db).await;
        let Outcome::CodeWanted { ticket } = tries(&db, "lan.nguyen", PASSWORD, at(1)).await else {
            panic!("no ticket")
        };
        let second = async |ticket: &str, code: &str, now| what(&sign_in_code(&db, ticket, code, now).await.unwrap());
        assert_eq!(second("invented", CODES[1].1, at(1)).await, "ticket-old");
        assert_eq!(second(&ticket, CODES[1].1, later(at(1), 5)).await, "ticket-old");
        assert_eq!(second(&ticket, "000000", at(1)).await, "code-wrong");
        assert_eq!(second(&ticket, CODES[1].1, at(1)).await, "in");
        assert_eq!(second(&ticket, CODES[1].1, at(1)).await, "ticket-old");
    }
}

#[tokio::test]
async fn guessed_codes_lock_as_guessed_passwords_do() {
    for db in db::testing::both().await {
        with_second_factor(&db).await;
        let Outcome::CodeWanted { ticket } = tries(&db, "lan.nguyen", PASSWORD, at(1)).await else {
            panic!("no ticket")
        };
        for _ in 0..5 {
            sign_in_code(&db, &ticket, "000000", at(1)).await.unwrap();
        }
        assert_eq!(what(&sign_in_code(&db, &ticket, CODES[1].1, at(1)).await.unwrap()), "locked");
        assert_eq!(what(&tries(&db, "lan.nguyen", PASSWORD, at(1)).await), "locked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_sent_twice_at_once_opens_one_door() {
    for db in db::testing::both().await {
        with_second_factor(&db).await;
        let attempt = || {
            let db = db.clone();
            tokio::spawn(
                async move { what(&sign_in(&db, "lan.nguyen", PASSWORD, Some(CODES[1].1), at(1)).await.unwrap()) },
            )
        };
        let (one, two) = (attempt(), attempt());
        let mut said = [one.await.unwrap(), two.await.unwrap()];
        said.sort_unstable();
        assert_eq!(said, ["code-wrong", "in"]);
    }
}

/// The demo's clock stands in 2020; the telephone's does not.
#[tokio::test]
async fn a_telephone_shows_the_real_time_where_the_sites_clock_is_moved() {
    for db in db::testing::both().await {
        let lan = person_with_password(&db, "lan.nguyen").await;
        let secret = data_encoding::BASE32_NOPAD.decode(SECRET.as_bytes()).unwrap();
        let telephone = totp_rs::Builder::new().with_secret(secret).with_account_name("cuaviet").build().unwrap();
        let shown = telephone.generate(u64::try_from(db::now().as_second()).unwrap()).to_string();
        let scope = Scope { now: morning(), ..house() };
        done(&db, async |tx| confirm_totp(tx, &scope, lan.id, SECRET, &shown).await).await.unwrap();
    }
}

#[tokio::test]
async fn a_second_factor_is_confirmed_by_its_code_and_not_replaced() {
    for db in db::testing::both().await {
        let lan = person_with_password(&db, "lan.nguyen").await;
        let scope = Scope { now: at(0), ..house() };
        let confirm = async |secret: &str, code: &str| {
            done(&db, async |tx| confirm_totp(tx, &scope, lan.id, secret, code).await).await
        };
        assert_eq!(code(confirm(SECRET, "123456").await), "code-wrong");
        assert_eq!(what(&tries(&db, "lan.nguyen", PASSWORD, morning()).await), "in");
        confirm(SECRET, CODES[0].1).await.unwrap();
        assert_eq!(code(confirm(SECRET, CODES[0].1).await), "totp-on");
        assert!(account(&mut db.read().await.unwrap(), lan.id).await.unwrap().unwrap().has_totp);
        done(&db, async |tx| remove_totp(tx, &scope, lan.id).await).await.unwrap();
        assert_eq!(what(&tries(&db, "lan.nguyen", PASSWORD, morning()).await), "in");
    }
}

#[test]
fn a_fresh_secret_is_shown_as_an_address_for_the_application() {
    let (one, two) = (people::fresh_totp().unwrap(), people::fresh_totp().unwrap());
    assert_ne!(one, two);
    // 160 bits, as RFC 4226 recommends.
    assert_eq!(data_encoding::BASE32_NOPAD.decode(one.as_bytes()).unwrap().len(), 20);
}
