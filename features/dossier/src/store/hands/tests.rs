#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::model::{Place, State};
use crate::stats::tests::dossier;
use crate::store;
use crate::store::stats::tests::{World, hour, world};
use db::Tx;
use people::{NewAccount, NewGrant, Scope, Unit};

const ROLES: &[Role] = &[Role::Staff, Role::Head, Role::Coordinator];

struct Made {
    agency: UnitId,
    office: UnitId,
    /// An, Bình, Cúc, Dung, Em, Giang.
    people: Vec<AccountId>,
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

async fn office(tx: &mut Tx, scope: &Scope, parent: UnitId) -> UnitId {
    let unit = Unit {
        id: db::fresh_id(),
        key: "phong".into(),
        name: "Phòng".into(),
        short: "P. Mẫu".into(),
        kind: "phong".into(),
        parent: Some(parent),
        from: day("2015-01-01"),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 1,
    };
    people::save_unit(tx, scope, &unit).await.unwrap();
    unit.id
}

async fn hold(tx: &mut Tx, made: &World, nth: u64, agency: usize, holder: AccountId) {
    let mut one = dossier();
    one.code = format!("MAU-20260101-{nth:07}");
    one.agency = made.agencies[agency];
    (one.counter, one.procedure_edition, one.process_edition) = (one.agency, made.edition, made.edition);
    (one.received, one.promised, one.due, one.state) = (hour(nth), hour(500), Some(hour(500)), State::Processing);
    one.at = Place { holder: Some(holder), ..one.at };
    store::add_dossier(tx, &one, None).await.unwrap();
    assert!(store::move_dossier(tx, &one, one.version).await.unwrap());
}

/// On 1/2/2026 An heads the office and is staff there, twice (one role is lent), with two dossiers and a third of the other agency;
/// Bình coordinates the agency, with none; Cúc was staff until January and still has one; Dung was and has none; Em's account is
/// closed, with one; Giang is of the other agency.
async fn made(db: &db::Db) -> Made {
    let mut tx = db.begin().await.unwrap();
    let scope = Scope::program("thử", hour(0));
    let made = world(&mut tx).await;
    let (agency, office) = (made.agencies[0], office(&mut tx, &scope, made.agencies[0]).await);
    let mut people = Vec::new();
    for name in ["An", "Bình", "Cúc", "Dung", "Em", "Giang"] {
        let login = format!("mau.{}", base::text::fold(name));
        let new = NewAccount { name: name.into(), login, sample: true, ..NewAccount::default() };
        people.push(people::create(&mut tx, &scope, new).await.unwrap().id);
    }
    let until = Some(day("2026-01-15"));
    for (nth, unit, role, to) in [
        (0, office, Role::Head, None),
        (0, office, Role::Staff, None),
        (0, office, Role::Staff, Some(day("2026-06-01"))),
        (1, agency, Role::Coordinator, None),
        (2, office, Role::Staff, until),
        (3, office, Role::Staff, until),
        (4, office, Role::Staff, None),
        (5, made.agencies[1], Role::Staff, None),
    ] {
        let new = NewGrant { account: people[nth], unit, role, from: day("2026-01-01"), to, note: String::new() };
        people::grant(&mut tx, &scope, new).await.unwrap();
    }
    for (nth, (agency, who)) in [(0, 0), (0, 0), (1, 0), (0, 2), (0, 4), (1, 5)].into_iter().enumerate() {
        hold(&mut tx, &made, nth as u64, agency, people[who]).await;
    }
    people::close(&mut tx, &scope, people[4], true).await.unwrap();
    tx.commit().await.unwrap();
    Made { agency, office, people }
}

#[tokio::test]
async fn whoever_works_there_or_still_holds_something_may_hold() {
    for db in db::testing::both().await {
        let Made { agency, office, people } = made(&db).await;
        let asked = Hands { agency, day: day("2026-02-01"), one: None, roles: ROLES, give: &[], others: false };
        let mut conn = db.read().await.unwrap();
        let found = may_hold(&mut conn, &asked).await.unwrap();
        let named: Vec<_> = found.people.iter().map(|one| (one.name.as_str(), one.closed)).collect();
        assert_eq!(named, [("An", false), ("Bình", false), ("Cúc", false), ("Em", true)]);
        let offices: Vec<_> = found.offices.iter().map(|(id, _)| *id).collect();
        assert_eq!((offices, found.hands.len()), (vec![office, agency], 0));
        let only = |one: usize| Hands { one: Some(people[one]), ..asked };
        let found = may_hold(&mut conn, &only(1)).await.unwrap();
        assert_eq!((found.people.len(), found.offices.len()), (1, 1));
        // An office is not named for somebody who neither works there nor holds anything.
        let found = may_hold(&mut conn, &only(3)).await.unwrap();
        assert_eq!((found.people.len(), found.offices.len()), (0, 0));
    }
}

#[tokio::test]
async fn work_is_given_to_whoever_works_there_now_the_least_loaded_first() {
    for db in db::testing::both().await {
        let Made { agency, office, people } = made(&db).await;
        let (all, staff) = (&[Role::Staff, Role::Coordinator][..], &[Role::Staff][..]);
        let asked = Hands { agency, day: day("2026-02-01"), one: None, roles: ROLES, give: all, others: false };
        let mut conn = db.read().await.unwrap();
        let found = may_hold(&mut conn, &asked).await.unwrap().hands;
        let told: Vec<_> = found.iter().map(|one| (one.account, one.office, one.load)).collect();
        // How much An has counts at whichever agency it is; once, for all their roles.
        assert_eq!(told, [(people[1], agency, 0), (people[0], office, 3)]);
        let found = may_hold(&mut conn, &Hands { give: staff, ..asked }).await.unwrap().hands;
        assert_eq!(found.iter().map(|one| one.account).collect::<Vec<_>>(), [people[0]]);
        let found = holders(&mut conn, agency, Role::Staff, day("2026-02-01")).await.unwrap();
        let told: Vec<_> = found.iter().map(|one| (one.account, one.office, one.load)).collect();
        assert_eq!(told, [(people[0], office, 3)]);
        let earlier = holders(&mut conn, agency, Role::Staff, day("2026-01-10")).await.unwrap();
        assert_eq!(earlier.len(), 3, "An, Cúc and Dung: half-open, the closed account never");
        assert_eq!(holders(&mut conn, agency, Role::Staff, day("2026-01-15")).await.unwrap().len(), 1);
    }
}
