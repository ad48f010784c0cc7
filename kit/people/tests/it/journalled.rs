//! No change without its line, and every SQL text is understood by both engines.

use crate::world::{CODES, PASSWORD, SECRET, browser, day, deeds, done, house, morning, new_unit, of, scope};
use base::Timestamp;
use people::{NewAccount, NewGrant, Purpose, Role, Scope};

/// One after the other, every verb of the room; the journal tells the story back.
#[tokio::test]
async fn every_verb_leaves_its_line_and_the_chain_holds() {
    for db in db::testing::both().await {
        let house = house();
        let (so, new) = (new_unit("so", "so", None), new_unit("moi", "so", None));
        let called = |name: &str| NewAccount { login: "lan.nguyen".into(), name: name.into(), ..NewAccount::default() };
        let mut tx = db.begin().await.unwrap();
        people::save_unit(&mut tx, &house, &so).await.unwrap();
        people::save_unit(&mut tx, &house, &new).await.unwrap();
        let lan = people::create(&mut tx, &house, called("Lan")).await.unwrap();
        let other =
            people::create(&mut tx, &house, NewAccount { login: "minh".into(), ..called("Minh") }).await.unwrap();
        people::change_account(&mut tx, &house, lan.id, 1, called("Nguyễn Thị Lan")).await.unwrap();
        let link = people::make_link(&mut tx, &house, Purpose::Password, Some(lan.id)).await.unwrap();
        people::use_link(&mut tx, &link, Purpose::Password, morning()).await.unwrap();
        people::set_password(&mut tx, &house, lan.id, PASSWORD, false).await.unwrap();
        people::grant(&mut tx, &house, of(lan.id, so.id, Role::Head)).await.unwrap();
        people::grant(&mut tx, &house, of(lan.id, new.id, Role::Staff)).await.unwrap();
        tx.commit().await.unwrap();

        let hers = scope(&db, &lan, so.id, morning()).await;
        let cookie = browser(&db, lan.id, morning()).await;
        let session = people::enter(&db.beside().await.unwrap(), &cookie, morning()).await.unwrap().unwrap().session;
        people::sign_in(&db, "lan.nguyen", PASSWORD, None, morning()).await.unwrap();
        people::sign_in(&db, "lan.nguyen", "sai", None, morning()).await.unwrap();
        people::change_password(&db, &hers, &session, PASSWORD, "sông Thạch Hãn chảy về").await.unwrap();

        let mut tx = db.begin().await.unwrap();
        let loan = NewGrant { to: Some(day("2020-12-24")), ..of(other.id, so.id, Role::Head) };
        let lent = people::lend(&mut tx, &hers, loan).await.unwrap();
        people::end_grant(&mut tx, &hers, lent).await.unwrap();
        people::put_on(&mut tx, &hers, &session.token, new.id).await.unwrap();
        people::make_token(&mut tx, &hers, "khoá", false, 1).await.unwrap();
        let token = people::tokens_of(&mut tx, lan.id).await.unwrap()[0].id;
        people::end_token(&mut tx, &hers, token).await.unwrap();
        let then = Scope { now: Timestamp::from_second(CODES[0].0).unwrap(), ..hers.clone() };
        people::confirm_totp(&mut tx, &then, lan.id, SECRET, CODES[0].1).await.unwrap();
        people::remove_totp(&mut tx, &house, lan.id).await.unwrap();
        people::end_session(&mut tx, &hers, &session.token).await.unwrap();
        people::close(&mut tx, &house, lan.id, true).await.unwrap();
        people::close(&mut tx, &house, lan.id, false).await.unwrap();
        people::end_unit(&mut tx, &house, so.id, day("2025-07-01"), "merge", &[new.id]).await.unwrap();
        tx.commit().await.unwrap();

        let told = deeds(&db).await;
        assert_eq!(
            told,
            [
                "unit.saved",
                "unit.saved",
                "account.created",
                "account.created",
                "account.changed",
                "link.made",
                "link.used",
                "account.password-set",
                "role.granted",
                "role.granted",
                "account.signed-in",
                "account.sign-in-failed",
                "account.password-changed",
                "role.lent",
                "role.ended",
                "account.hat-changed",
                "token.made",
                "token.ended",
                "account.totp-on",
                "account.totp-off",
                "account.signed-out",
                "account.closed",
                "account.opened",
                "unit.saved",
                "unit.succeeded",
                "unit.ended",
            ]
        );
        assert_eq!(journal::verify(&db).await.unwrap(), Ok(told.len() as i64));
    }
}

#[tokio::test]
async fn a_change_that_is_undone_leaves_no_line() {
    for db in db::testing::both().await {
        let undone = done(&db, async |tx| {
            people::save_unit(tx, &house(), &new_unit("so", "so", None)).await?;
            people::save_unit(tx, &house(), &new_unit("so", "so", None)).await
        });
        assert!(undone.await.is_err());
        assert!(deeds(&db).await.is_empty());
        assert_eq!(journal::verify(&db).await.unwrap(), Ok(0));
    }
}

#[tokio::test]
async fn every_text_of_this_room_is_understood_by_both() {
    let texts = db::testing::every_text_is_understood().await;
    assert!(texts > 50, "only {texts} texts are registered");
}
