//! Keys for programs.

use crate::world::{CODES, SECRET, code, codes, day, done, grant, house, later, morning, of, person, scope, unit};
use base::Timestamp;
use db::{Db, Sql};
use people::{
    Account, Failure, NewGrant, Role, Scope, UnitId, close, confirm_totp, end_token, make_token, scope_of_token,
    sha256, tokens_of,
};

const DAYS: i64 = 24 * 60;

/// Somebody with a role at a unit, and their scope.
async fn coordinator(db: &Db) -> (Account, UnitId, Scope) {
    let so = unit(db, "so", None).await;
    let lan = person(db, "lan.nguyen", "Lan").await;
    grant(db, of(lan.id, so, Role::Coordinator)).await;
    let hers = scope(db, &lan, so, morning()).await;
    (lan, so, hers)
}

async fn make(db: &Db, scope: &Scope, write: bool) -> String {
    done(db, async |tx| make_token(tx, scope, "Phần mềm báo cáo", write, 30).await).await.unwrap()
}

async fn opens(db: &Db, secret: &str, now: Timestamp) -> Option<Scope> {
    scope_of_token(db, secret, now).await.unwrap()
}

const TOKENS: Sql = Sql { name: "TOKENS", room: "tests", text: "select token from api_token" };

#[tokio::test]
async fn a_key_acts_as_its_owner_within_its_scopes() {
    for db in db::testing::both().await {
        let (lan, so, hers) = coordinator(&db).await;
        for (write, read_only) in [(false, true), (true, false)] {
            let found = opens(&db, &make(&db, &hers, write).await, morning()).await.unwrap();
            assert_eq!((found.account, found.unit, found.read_only), (Some(lan.id), Some(so), read_only));
            assert_eq!(
                (found.roles.as_slice(), found.name.as_str(), found.now),
                (&[Role::Coordinator][..], "Lan", morning())
            );
        }
        let kept: Vec<String> = db.read().await.unwrap().list(TOKENS, &[], |row| row.pull()).await.unwrap();
        assert!(opens(&db, &kept[0], morning()).await.is_none(), "what is kept opens nothing");
        assert!(opens(&db, "cv_invented", morning()).await.is_none());
        let secret = make(&db, &hers, false).await;
        assert!(secret.starts_with("cv_"));
        let kept: Vec<String> = db.read().await.unwrap().list(TOKENS, &[], |row| row.pull()).await.unwrap();
        assert!(kept.contains(&sha256(&secret)));
    }
}

#[tokio::test]
async fn a_key_ends_by_itself_or_by_its_owner() {
    for db in db::testing::both().await {
        let (lan, so, hers) = coordinator(&db).await;
        let secret = make(&db, &hers, true).await;
        assert!(opens(&db, &secret, later(morning(), 30 * DAYS - 1)).await.is_some());
        assert!(opens(&db, &secret, later(morning(), 30 * DAYS)).await.is_none());
        let list = async || tokens_of(&mut db.read().await.unwrap(), lan.id).await.unwrap();
        let id = list().await[0].id;
        let minh = person(&db, "minh.tran", "Minh").await;
        let his = scope(&db, &minh, so, morning()).await;
        let taken = done(&db, async |tx| end_token(tx, &his, id).await).await;
        assert!(matches!(taken, Err(Failure::NotFound)), "somebody else's");
        done(&db, async |tx| end_token(tx, &hers, id).await).await.unwrap();
        assert!(opens(&db, &secret, morning()).await.is_none());
        assert!(list().await.is_empty());
    }
}

#[tokio::test]
async fn a_key_is_nothing_without_its_owner() {
    for db in db::testing::both().await {
        let (lan, so, hers) = coordinator(&db).await;
        let secret = make(&db, &hers, true).await;
        done(&db, async |tx| close(tx, &house(), lan.id, true).await).await.unwrap();
        assert!(opens(&db, &secret, morning()).await.is_none());
        done(&db, async |tx| close(tx, &house(), lan.id, false).await).await.unwrap();
        assert!(opens(&db, &secret, morning()).await.is_some());

        // The role ends, the key with it.
        let minh = person(&db, "minh.tran", "Minh").await;
        grant(&db, NewGrant { to: Some(day("2020-11-25")), ..of(minh.id, so, Role::Staff) }).await;
        let secret = make(&db, &scope(&db, &minh, so, morning()).await, true).await;
        assert!(opens(&db, &secret, morning()).await.is_some());
        assert!(opens(&db, &secret, later(morning(), DAYS)).await.is_none());
    }
}

/// Else a stolen password alone would make a key with all the rights of an administrator.
#[tokio::test]
async fn a_key_of_an_administrator_without_second_factor_has_no_roles() {
    for db in db::testing::both().await {
        let (lan, so, hers) = coordinator(&db).await;
        let secret = make(&db, &hers, true).await;
        grant(&db, of(lan.id, so, Role::Admin)).await;
        assert!(opens(&db, &secret, morning()).await.unwrap().roles.is_empty());
        let then = Scope { now: Timestamp::from_second(CODES[0].0).unwrap(), ..house() };
        done(&db, async |tx| confirm_totp(tx, &then, lan.id, SECRET, CODES[0].1).await).await.unwrap();
        assert_eq!(opens(&db, &secret, morning()).await.unwrap().roles, [Role::Admin, Role::Coordinator]);
    }
}

#[tokio::test]
async fn a_key_has_a_name_and_an_end() {
    for db in db::testing::both().await {
        let (_, _, hers) = coordinator(&db).await;
        let make = async |name: &str, days| done(&db, async |tx| make_token(tx, &hers, name, false, days).await).await;
        let refused: Vec<_> = codes(make(" ", 0).await).into_iter().map(|(code, _)| code).collect();
        assert_eq!(refused, ["token-name", "token-days"]);
        assert_eq!(code(make("a", 367).await), "token-days");
        make("a", 366).await.unwrap();
        let nobody = done(&db, async |tx| make_token(tx, &house(), "a", false, 1).await).await;
        assert!(matches!(nobody, Err(Failure::SignedOut)));
    }
}

#[tokio::test]
async fn the_last_use_of_a_key_is_noted() {
    for db in db::testing::both().await {
        let (lan, _, hers) = coordinator(&db).await;
        let secret = make(&db, &hers, false).await;
        let used = async || tokens_of(&mut db.read().await.unwrap(), lan.id).await.unwrap()[0].used;
        assert_eq!(used().await, None);
        for (minute, seen) in [(0, 0), (5, 0), (6, 6)] {
            opens(&db, &secret, later(morning(), minute)).await;
            assert_eq!(used().await, Some(later(morning(), seen)), "minute {minute}");
        }
    }
}
