//! Accounts: made, found, changed, closed.

use crate::world::{PASSWORD, browser, code, codes, done, house, morning, person, person_with_password};
use db::{Db, Sql};
use people::{
    Account, Failure, NewAccount, Outcome, account, accounts, change_account, close, create, sessions_of, sign_in,
};

async fn make(db: &Db, new: NewAccount) -> Result<Account, Failure> {
    done(db, async |tx| create(tx, &house(), new).await).await
}

fn called(login: &str, name: &str) -> NewAccount {
    NewAccount { login: login.into(), name: name.into(), ..NewAccount::default() }
}

async fn found(db: &Db, words: &str) -> Vec<String> {
    let (page, count) = accounts(&mut db.read().await.unwrap(), words, 100, 0).await.unwrap();
    assert_eq!(page.len() as i64, count);
    page.into_iter().map(|account| account.name).collect()
}

async fn five(db: &Db) {
    for (login, name) in [
        ("hoa.tran", "Trần Thị Hoà"),
        ("hoa.le", "Lê Văn Hòa"),
        ("dat.do", "Đỗ Thành Đạt"),
        ("an.nguyen", "Nguyễn Văn An"),
        ("dung.bui", "Bùi Tiến Dũng"),
    ] {
        person(db, login, name).await;
    }
}

#[tokio::test]
async fn search_sees_neither_marks_nor_case_nor_order() {
    for db in db::testing::both().await {
        five(&db).await;
        assert_eq!(found(&db, "hoa").await, ["Lê Văn Hòa", "Trần Thị Hoà"]);
        assert_eq!(found(&db, "HÒA").await, found(&db, "hoà").await);
        assert_eq!(found(&db, "dat do").await, ["Đỗ Thành Đạt"]);
        assert_eq!(found(&db, "  Đạt   Đỗ ").await, ["Đỗ Thành Đạt"]);
        assert_eq!(found(&db, "an.nguyen").await, ["Nguyễn Văn An"]);
        assert!(found(&db, "%").await.is_empty());
        assert!(found(&db, "hoa dat").await.is_empty());
    }
}

#[tokio::test]
async fn people_are_listed_by_given_name_and_the_closed_come_last() {
    for db in db::testing::both().await {
        five(&db).await;
        let an = account_named(&db, "an.nguyen").await;
        done(&db, async |tx| close(tx, &house(), an.id, true).await).await.unwrap();
        let expected = ["Bùi Tiến Dũng", "Đỗ Thành Đạt", "Lê Văn Hòa", "Trần Thị Hoà", "Nguyễn Văn An"];
        assert_eq!(found(&db, "").await, expected);
        let mut conn = db.read().await.unwrap();
        let (second, count) = accounts(&mut conn, "", 2, 2).await.unwrap();
        assert_eq!(second.iter().map(|account| account.name.as_str()).collect::<Vec<_>>(), expected[2..4]);
        assert_eq!(count, 5);
    }
}

async fn account_named(db: &Db, login: &str) -> Account {
    people::account_by_login(&mut db.read().await.unwrap(), login).await.unwrap().unwrap()
}

#[tokio::test]
async fn what_is_typed_is_cleaned_or_refused_all_at_once() {
    for db in db::testing::both().await {
        let made = make(
            &db,
            NewAccount { email: Some(" ".into()), phone: Some(" 0233 1 ".into()), ..called(" Lan.Nguyen ", " Lan ") },
        )
        .await
        .unwrap();
        assert_eq!(
            (made.login.as_str(), made.name.as_str(), made.email, made.phone.as_deref()),
            ("lan.nguyen", "Lan", None, Some("0233 1"))
        );
        assert!(!made.has_password && !made.has_totp && !made.has_subject && !made.closed);
        let bad = NewAccount { email: Some("lan@".into()), ..called("Lân", " ") };
        let fields: Vec<_> = codes(make(&db, bad).await).into_iter().filter_map(|(_, field)| field).collect();
        assert_eq!(fields, ["login", "name", "email"]);
        assert_eq!(code(make(&db, called("LAN.nguyen", "Lan khác")).await), "login-taken");
        let with_subject = |login: &str| NewAccount { subject: Some("https://o|1".into()), ..called(login, "Minh") };
        assert!(make(&db, with_subject("minh")).await.unwrap().has_subject);
        assert_eq!(code(make(&db, with_subject("minh2")).await), "subject-taken");
    }
}

#[tokio::test]
async fn a_change_needs_the_version_that_was_read() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let new = NewAccount { title: "Giám đốc".into(), ..called("ignored", "Nguyễn Thị Lan") };
        done(&db, async |tx| change_account(tx, &house(), lan.id, 1, new.clone()).await).await.unwrap();
        let again = done(&db, async |tx| change_account(tx, &house(), lan.id, 1, called("", "Lan")).await).await;
        let Err(Failure::Conflict { theirs, .. }) = again else { panic!("{again:?}") };
        assert_eq!(theirs["title"], "Giám đốc");
        assert_eq!(found(&db, "nguyen thi").await, ["Nguyễn Thị Lan"]);
        assert_eq!(account_named(&db, "lan.nguyen").await.version, 2);
    }
}

const TEXT: Sql =
    Sql { name: "TEXT", room: "tests", text: "select coalesce(before, '') || coalesce(after, '') from journal" };

/// README of the journal: no personal data beyond a name and a unit.
#[tokio::test]
async fn the_journal_keeps_no_address_and_no_number() {
    for db in db::testing::both().await {
        let reach = |email: &str, phone: &str| NewAccount {
            email: Some(email.into()),
            phone: Some(phone.into()),
            ..called("lan.nguyen", "Lan")
        };
        let lan = make(&db, reach("lan@quangtri.example", "0233123456")).await.unwrap();
        done(&db, async |tx| {
            change_account(tx, &house(), lan.id, 1, reach("moi@quangtri.example", "0233123456")).await
        })
        .await
        .unwrap();
        let lines: Vec<String> = db.read().await.unwrap().list(TEXT, &[], |row| row.pull()).await.unwrap();
        let all = lines.concat();
        assert!(!all.contains("quangtri.example") && !all.contains("0233"), "{all}");
        assert!(all.contains(r#""also_changed":["email"]"#), "{all}");
    }
}

#[tokio::test]
async fn a_closed_account_opens_nothing_until_it_is_open_again() {
    for db in db::testing::both().await {
        let lan = person_with_password(&db, "lan.nguyen").await;
        let cookie = browser(&db, lan.id, morning()).await;
        done(&db, async |tx| close(tx, &house(), lan.id, true).await).await.unwrap();
        assert!(people::enter(&db.beside().await.unwrap(), &cookie, morning()).await.unwrap().is_none());
        assert!(sessions_of(&mut db.read().await.unwrap(), lan.id, morning()).await.unwrap().is_empty());
        let refused = sign_in(&db, "lan.nguyen", PASSWORD, None, morning()).await.unwrap();
        assert!(matches!(&refused, Outcome::No(no) if no.code == "closed"), "{refused:?}");
        // Whoever does not know the password does not learn that it is closed.
        let refused = sign_in(&db, "lan.nguyen", "sai mật khẩu", None, morning()).await.unwrap();
        assert!(matches!(&refused, Outcome::No(no) if no.code == "wrong"), "{refused:?}");
        done(&db, async |tx| close(tx, &house(), lan.id, false).await).await.unwrap();
        assert!(
            people::enter(&db.beside().await.unwrap(), &cookie, morning()).await.unwrap().is_none(),
            "an old browser is not back in"
        );
        assert!(matches!(sign_in(&db, "lan.nguyen", PASSWORD, None, morning()).await.unwrap(), Outcome::In(_)));
    }
}

#[tokio::test]
async fn nobody_closes_themselves() {
    for db in db::testing::both().await {
        let lan = person(&db, "lan.nguyen", "Lan").await;
        let scope = people::Scope { account: Some(lan.id), ..house() };
        assert_eq!(code(done(&db, async |tx| close(tx, &scope, lan.id, true).await).await), "close-self");
        let nobody = done(&db, async |tx| close(tx, &scope, db::fresh_id(), true).await).await;
        assert!(matches!(nobody, Err(Failure::NotFound)));
        assert!(!account(&mut db.read().await.unwrap(), lan.id).await.unwrap().unwrap().closed);
    }
}
