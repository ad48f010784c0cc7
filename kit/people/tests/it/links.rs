//! Links that work once.

use crate::world::{deeds_of, done, house, later, morning, person, person_with_password};
use base::Timestamp;
use db::{Db, Sql};
use people::{AccountId, Purpose, make_link, peek_link, set_password, setup_needed, sha256, use_link};

async fn make(db: &Db, purpose: Purpose, account: Option<AccountId>) -> String {
    done(db, async |tx| make_link(tx, &house(), purpose, account).await).await.unwrap()
}

async fn used(db: &Db, code: &str, purpose: Purpose, now: Timestamp) -> Option<Option<AccountId>> {
    done(db, async |tx| Ok(use_link(tx, code, purpose, now).await?)).await.unwrap()
}

async fn peeked(db: &Db, code: &str, purpose: Purpose, now: Timestamp) -> Option<Option<AccountId>> {
    peek_link(&mut db.read().await.unwrap(), code, purpose, now).await.unwrap()
}

const TOKENS: Sql = Sql { name: "TOKENS", room: "tests", text: "select token from once_link" };

#[tokio::test]
async fn a_link_works_once_and_for_its_purpose() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let code = make(&db, Purpose::Password, Some(lan.id)).await;
        let kept: Vec<String> = db.read().await.unwrap().list(TOKENS, &[], |row| row.pull()).await.unwrap();
        assert_eq!(kept, [sha256(&code)]);
        assert_eq!(peeked(&db, &code, Purpose::Password, morning()).await, Some(Some(lan.id)));
        assert_eq!(peeked(&db, &code, Purpose::Setup, morning()).await, None);
        assert_eq!(used(&db, &code, Purpose::Setup, morning()).await, None);
        assert_eq!(used(&db, &kept[0], Purpose::Password, morning()).await, None);
        assert_eq!(used(&db, &code, Purpose::Password, morning()).await, Some(Some(lan.id)));
        assert_eq!(used(&db, &code, Purpose::Password, morning()).await, None);
        assert_eq!(peeked(&db, &code, Purpose::Password, morning()).await, None);
        assert_eq!((deeds_of(&db, "link.made").await, deeds_of(&db, "link.used").await), (1, 1));
    }
}

#[tokio::test]
async fn a_link_ends_by_itself() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        for (purpose, account, minutes) in [(Purpose::Setup, None, 60), (Purpose::Password, Some(lan.id), 48 * 60)] {
            let code = make(&db, purpose, account).await;
            assert_eq!(used(&db, &code, purpose, later(morning(), minutes)).await, None);
            assert_eq!(used(&db, &code, purpose, later(morning(), minutes - 1)).await, Some(account));
        }
    }
}

#[tokio::test]
async fn the_first_administrator_is_made_by_a_link_while_nobody_is_there() {
    for db in db::testing::both().await {
        let needed = async || setup_needed(&mut db.read().await.unwrap()).await.unwrap();
        assert!(needed().await);
        let code = make(&db, Purpose::Setup, None).await;
        assert_eq!(used(&db, &code, Purpose::Setup, morning()).await, Some(None));
        person(&db, "quan.tri", "Quản trị").await;
        assert!(!needed().await);
    }
}

#[tokio::test]
async fn a_new_password_ends_every_other_link_to_one() {
    for db in db::testing::both().await {
        let (lan, minh) = (person_with_password(&db, "lan.nguyen").await, person(&db, "minh.tran", "Minh").await);
        let (hers, his) =
            (make(&db, Purpose::Password, Some(lan.id)).await, make(&db, Purpose::Password, Some(minh.id)).await);
        done(&db, async |tx| set_password(tx, &house(), lan.id, "sông Thạch Hãn chảy về", false).await).await.unwrap();
        assert_eq!(used(&db, &hers, Purpose::Password, morning()).await, None);
        assert_eq!(used(&db, &his, Purpose::Password, morning()).await, Some(Some(minh.id)));
    }
}
