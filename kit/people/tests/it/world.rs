//! What every test begins with: a province, people in it, and a morning in November 2020.

use base::{Date, Timestamp};
use db::{Db, Sql, Tx};
use people::{Account, AccountId, Failure, NewAccount, NewGrant, Role, Scope, Unit, UnitId};

pub const MORNING: &str = "2020-11-24T08:00:00+07:00";
pub const PASSWORD: &str = "cầu Hiền Lương bắc qua";

/// RFC 6238, appendix B, SHA-1: the secret of its test vectors, and the last six digits at two moments one step apart.
pub const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
pub const CODES: [(i64, &str); 2] = [(1_111_111_109, "081804"), (1_111_111_111, "050471")];

pub fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn morning() -> Timestamp {
    moment(MORNING)
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn later(from: Timestamp, minutes: i64) -> Timestamp {
    from + jiff::SignedDuration::from_mins(minutes)
}

pub fn house() -> Scope {
    Scope::program("thử nghiệm", morning())
}

/// A change in one transaction, or nothing.
pub async fn done<T>(db: &Db, work: impl AsyncFnOnce(&mut Tx) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut tx = db.begin().await?;
    let value = work(&mut tx).await?;
    tx.commit().await?;
    Ok(value)
}

pub fn new_unit(key: &str, kind: &str, parent: Option<UnitId>) -> Unit {
    Unit {
        id: db::fresh_id(),
        key: key.into(),
        name: key.into(),
        short: key.into(),
        kind: kind.into(),
        parent,
        from: day("2011-01-01"),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 0,
    }
}

pub async fn unit(db: &Db, key: &str, parent: Option<UnitId>) -> UnitId {
    let unit = new_unit(key, "so", parent);
    done(db, async |tx| people::save_unit(tx, &house(), &unit).await).await.unwrap();
    unit.id
}

pub async fn person(db: &Db, login: &str, name: &str) -> Account {
    let new = NewAccount { login: login.into(), name: name.into(), ..NewAccount::default() };
    done(db, async |tx| people::create(tx, &house(), new).await).await.unwrap()
}

/// A person with [`PASSWORD`].
pub async fn person_with_password(db: &Db, login: &str) -> Account {
    let made = person(db, login, login).await;
    done(db, async |tx| people::set_password(tx, &house(), made.id, PASSWORD, false).await).await.unwrap();
    made
}

pub fn of(account: AccountId, unit: UnitId, role: Role) -> NewGrant {
    NewGrant { account, unit, role, from: day("2020-01-01"), to: None, note: String::new() }
}

pub async fn grant(db: &Db, new: NewGrant) -> people::GrantId {
    done(db, async |tx| people::grant(tx, &house(), new).await).await.unwrap()
}

/// The scope of a person at a unit this morning, with the roles they really hold there.
pub async fn scope(db: &Db, account: &Account, unit: UnitId, now: Timestamp) -> Scope {
    let hats = people::hats(&mut db.read().await.unwrap(), account.id, base::day::today(now)).await.unwrap();
    let roles = hats.into_iter().find(|hat| hat.unit == unit).map(|hat| hat.roles).unwrap_or_default();
    Scope {
        account: Some(account.id),
        name: account.name.clone(),
        unit: Some(unit),
        station: people::Station::default(),
        roles,
        read_only: false,
        now,
    }
}

/// A browser that is signed in; gives the cookie.
pub async fn browser(db: &Db, account: AccountId, now: Timestamp) -> String {
    done(db, async |tx| people::begin_session(tx, account, now, "Firefox", "10.0.0.7").await).await.unwrap()
}

/// The codes of a refusal, with their fields.
pub fn codes<T: std::fmt::Debug>(done: Result<T, Failure>) -> Vec<(&'static str, Option<String>)> {
    match done.unwrap_err() {
        Failure::Refused(refusals) => refusals.into_iter().map(|refusal| (refusal.code, refusal.field)).collect(),
        other => panic!("not a refusal: {other:?}"),
    }
}

/// The code of the one refusal.
pub fn code<T: std::fmt::Debug>(done: Result<T, Failure>) -> &'static str {
    let codes = codes(done);
    assert_eq!(codes.len(), 1, "{codes:?}");
    codes[0].0
}

const WHATS: Sql = Sql { name: "WHATS", room: "tests", text: "select what from journal order by seq" };

/// Every deed the journal knows, in order.
pub async fn deeds(db: &Db) -> Vec<String> {
    db.read().await.unwrap().list(WHATS, &[], |row| row.pull()).await.unwrap()
}

pub async fn deeds_of(db: &Db, what: &str) -> usize {
    deeds(db).await.iter().filter(|deed| *deed == what).count()
}
