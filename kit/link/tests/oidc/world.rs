//! People with e-mails, and a site that knows its provider.

use crate::provider::{BACK, CLIENT, SECRET};
use base::Timestamp;
use db::{Db, Sql, Tx};
use people::{Account, Failure, NewAccount, Oidc, OidcSettings, Outcome, Scope};

pub fn now() -> Timestamp {
    db::now()
}

pub fn house() -> Scope {
    Scope::program("thử nghiệm", now())
}

pub fn settings(issuer: &str) -> OidcSettings {
    OidcSettings {
        issuer: issuer.into(),
        client_id: CLIENT.into(),
        client_secret: SECRET.into(),
        redirect_url: BACK.into(),
        scopes: vec!["email".into(), "profile".into()],
    }
}

pub fn site(issuer: &str) -> Oidc {
    Oidc::discover(&settings(issuer)).unwrap()
}

pub async fn done<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut tx = db.begin().await?;
    let value = work(&mut tx).await?;
    tx.commit().await?;
    Ok(value)
}

pub async fn person(db: &Db, login: &str, email: &str) -> Account {
    let new =
        NewAccount { login: login.into(), name: login.into(), email: Some(email.into()), ..NewAccount::default() };
    done(db, async |tx| people::create(tx, &house(), new).await).await.unwrap()
}

pub async fn again(db: &Db, account: &Account) -> Account {
    people::account(&mut db.read().await.unwrap(), account.id).await.unwrap().unwrap()
}

/// Who is in, or the code of the refusal.
pub fn what(done: Result<Outcome, Failure>) -> Result<String, &'static str> {
    match done {
        Ok(Outcome::In(account)) => Ok(account.login),
        Ok(Outcome::CodeWanted { .. }) => Err("code-wanted"),
        Ok(Outcome::No(no)) => Err(no.code),
        Err(Failure::Refused(no)) => Err(no[0].code),
        Err(other) => panic!("{other:?}"),
    }
}

const WHATS: Sql = Sql { name: "WHATS", room: "tests", text: "select what from journal order by seq" };

/// What the journal tells of signing in.
pub async fn told(db: &Db) -> Vec<String> {
    let mut all: Vec<String> = db.read().await.unwrap().list(WHATS, &[], |row| row.pull()).await.unwrap();
    assert_eq!(journal::verify(db).await.unwrap(), Ok(all.len() as i64));
    all.retain(|what| what.starts_with("account.s"));
    all
}
