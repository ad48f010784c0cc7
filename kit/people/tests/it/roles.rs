//! Roles per unit and day, delegation, hats.

use crate::world::{
    browser, code, codes, day, done, grant, house, later, moment, morning, new_unit, of, person, scope, unit,
};
use db::Db;
use people::{
    Account, AccountId, Failure, GrantId, Hat, NewGrant, Role, Scope, UnitId, end_grant, enter, grants_of,
    grants_of_unit, hats, lend, people_of, put_on,
};

async fn worn(db: &Db, account: AccountId, on: &str) -> Vec<Hat> {
    hats(&mut db.read().await.unwrap(), account, day(on)).await.unwrap()
}

async fn roles(db: &Db, account: AccountId, on: &str) -> Vec<Role> {
    worn(db, account, on).await.into_iter().flat_map(|hat| hat.roles).collect()
}

async fn lends(db: &Db, scope: &Scope, new: NewGrant) -> Result<GrantId, Failure> {
    done(db, async |tx| lend(tx, scope, new).await).await
}

/// A department with its director and a deputy.
async fn department(db: &Db) -> (UnitId, Account, Account) {
    let so = unit(db, "so-cong-thuong", None).await;
    let (head, deputy) = (person(db, "hung.le", "Lê Quang Hùng").await, person(db, "dung.bui", "Bùi Tiến Dũng").await);
    grant(db, of(head.id, so, Role::Head)).await;
    (so, head, deputy)
}

fn loan(to: AccountId, unit: UnitId, from: &str, until: &str) -> NewGrant {
    NewGrant { from: day(from), to: Some(day(until)), ..of(to, unit, Role::Head) }
}

/// Where a hat stands is read with it, and is what the units themselves say; a file of units may name kinds of its own.
#[tokio::test]
async fn a_hat_knows_its_way_up_and_its_agency() {
    for db in db::testing::both().await {
        let so = unit(&db, "so", None).await;
        let team = new_unit("to", "tổ công tác: liên ngành", Some(so));
        done(&db, async |tx| people::save_unit(tx, &house(), &team).await).await.unwrap();
        let lan = person(&db, "lan.nguyen", "Lan").await;
        grant(&db, of(lan.id, team.id, Role::Staff)).await;
        let station = worn(&db, lan.id, "2020-03-01").await.remove(0).station;
        assert_eq!((&station.path[..], station.agency), (&[team.id, so][..], Some(so)));
        let bare = Scope { station: people::Station::default(), unit: Some(team.id), ..house() };
        assert_eq!(people::station(&mut db.read().await.unwrap(), &bare).await.unwrap(), station);
    }
}

#[tokio::test]
async fn a_role_holds_at_its_unit_on_its_days() {
    for db in db::testing::both().await {
        let (so, other) = (unit(&db, "so", None).await, unit(&db, "other", None).await);
        let lan = person(&db, "lan.nguyen", "Lan").await;
        grant(&db, NewGrant { from: day("2020-03-01"), to: Some(day("2020-06-01")), ..of(lan.id, so, Role::Staff) })
            .await;
        grant(&db, NewGrant { from: day("2020-05-01"), ..of(lan.id, other, Role::Viewer) }).await;
        for (on, expected) in [
            ("2020-02-29", vec![]),
            ("2020-03-01", vec![(so, Role::Staff)]),
            ("2020-05-31", vec![(other, Role::Viewer), (so, Role::Staff)]),
            ("2020-06-01", vec![(other, Role::Viewer)]),
        ] {
            let found: Vec<_> = worn(&db, lan.id, on).await.into_iter().map(|hat| (hat.unit, hat.roles[0])).collect();
            assert_eq!(found, expected, "{on}");
        }
        let backwards = NewGrant { to: Some(day("2020-01-01")), ..of(lan.id, so, Role::Staff) };
        assert_eq!(code(done(&db, async |tx| people::grant(tx, &house(), backwards).await).await), "grant-days");
    }
}

#[tokio::test]
async fn roles_at_one_unit_make_one_hat() {
    for db in db::testing::both().await {
        let so = unit(&db, "so", None).await;
        let lan = person(&db, "lan.nguyen", "Lan").await;
        for role in [Role::Staff, Role::Coordinator, Role::Staff] {
            grant(&db, of(lan.id, so, role)).await;
        }
        let hats = worn(&db, lan.id, "2020-11-24").await;
        assert_eq!(hats.len(), 1);
        assert_eq!((hats[0].unit_name.as_str(), &hats[0].roles[..]), ("so", &[Role::Coordinator, Role::Staff][..]));
    }
}

#[tokio::test]
async fn a_delegation_begins_and_ends_by_itself() {
    for db in db::testing::both().await {
        let (so, head, deputy) = department(&db).await;
        let his = scope(&db, &head, so, morning()).await;
        lends(&db, &his, loan(deputy.id, so, "2020-12-01", "2020-12-15")).await.unwrap();
        for (on, expected) in [("2020-11-30", 0), ("2020-12-01", 1), ("2020-12-14", 1), ("2020-12-15", 0)] {
            assert_eq!(roles(&db, deputy.id, on).await, vec![Role::Head; expected], "{on}");
        }
        // The lender keeps what was lent.
        assert_eq!(roles(&db, head.id, "2020-12-05").await, [Role::Head]);
        let mut conn = db.read().await.unwrap();
        let seen = grants_of(&mut conn, head.id, day("2020-11-24")).await.unwrap();
        assert_eq!(seen.iter().map(|grant| grant.lent_by).collect::<Vec<_>>(), [None, Some(head.id)]);
        assert_eq!(grants_of_unit(&mut conn, so, day("2020-12-15")).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn only_a_role_of_ones_own_is_lent_and_only_as_long_as_it_lasts() {
    for db in db::testing::both().await {
        let (so, head, deputy) = department(&db).await;
        let third = person(&db, "lan.nguyen", "Lan").await;
        let his = scope(&db, &head, so, morning()).await;
        let lends = async |scope: &Scope, new: NewGrant| lends(&db, scope, new).await;

        let open = NewGrant { to: None, ..of(deputy.id, so, Role::Head) };
        assert_eq!(code(lends(&his, open).await), "lend-days");
        assert_eq!(code(lends(&his, loan(head.id, so, "2020-12-01", "2020-12-15")).await), "lend-self");
        assert_eq!(code(lends(&his, loan(deputy.id, so, "2020-12-01", "2021-12-02")).await), "lend-long");
        assert_eq!(code(lends(&his, loan(deputy.id, so, "2020-12-15", "2020-12-15")).await), "grant-days");
        // Before he became head.
        assert_eq!(code(lends(&his, loan(deputy.id, so, "2019-12-31", "2020-01-15")).await), "lend-own");
        let all = codes(lends(&his, loan(head.id, so, "2019-01-01", "2021-01-01")).await);
        assert_eq!(all.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["lend-self", "lend-long", "lend-own"]);
        let more = NewGrant { role: Role::Admin, ..loan(deputy.id, so, "2020-12-01", "2020-12-15") };
        assert!(matches!(lends(&his, more).await, Err(Failure::Forbidden(_))));
        let elsewhere = unit(&db, "khac", None).await;
        assert!(matches!(
            lends(&his, loan(deputy.id, elsewhere, "2020-12-01", "2020-12-15")).await,
            Err(Failure::Forbidden(_))
        ));

        // Lent on to a third: refused.
        lends(&his, loan(deputy.id, so, "2020-11-01", "2020-12-15")).await.unwrap();
        let deputys = scope(&db, &deputy, so, morning()).await;
        assert!(deputys.has(Role::Head));
        assert_eq!(code(lends(&deputys, loan(third.id, so, "2020-12-01", "2020-12-10")).await), "lend-own");
    }
}

#[tokio::test]
async fn a_loan_ends_with_the_role_it_was_lent_of() {
    for db in db::testing::both().await {
        let (so, head, deputy) = department(&db).await;
        let his = scope(&db, &head, so, morning()).await;
        lends(&db, &his, loan(deputy.id, so, "2020-11-01", "2020-12-15")).await.unwrap();
        let held = grants_of(&mut db.read().await.unwrap(), head.id, day("2020-11-24")).await.unwrap();
        let own = held.iter().find(|grant| grant.lent_by.is_none()).unwrap();
        done(&db, async |tx| end_grant(tx, &house(), own.id).await).await.unwrap();
        assert_eq!(roles(&db, head.id, "2020-11-23").await, [Role::Head]);
        assert!(roles(&db, head.id, "2020-11-24").await.is_empty());
        assert!(roles(&db, deputy.id, "2020-11-24").await.is_empty());
        let nothing = done(&db, async |tx| end_grant(tx, &house(), db::fresh_id()).await).await;
        assert!(matches!(nothing, Err(Failure::NotFound)));
    }
}

#[tokio::test]
async fn a_loan_taken_back_leaves_the_lender_as_he_was() {
    for db in db::testing::both().await {
        let (so, head, deputy) = department(&db).await;
        let his = scope(&db, &head, so, morning()).await;
        let lent = lends(&db, &his, loan(deputy.id, so, "2020-11-01", "2020-12-15")).await.unwrap();
        done(&db, async |tx| end_grant(tx, &his, lent).await).await.unwrap();
        assert!(roles(&db, deputy.id, "2020-11-24").await.is_empty());
        assert_eq!(roles(&db, head.id, "2020-11-24").await, [Role::Head]);
    }
}

#[tokio::test]
async fn a_person_of_several_hats_puts_another_on() {
    for db in db::testing::both().await {
        let (one, two, three) = (unit(&db, "a", None).await, unit(&db, "b", None).await, unit(&db, "c", None).await);
        let lan = person(&db, "lan.nguyen", "Lan").await;
        grant(&db, of(lan.id, one, Role::Staff)).await;
        grant(&db, NewGrant { to: Some(day("2020-11-25")), ..of(lan.id, two, Role::Appraiser) }).await;
        let evening = moment("2020-11-24T20:00:00+07:00");
        let cookie = browser(&db, lan.id, evening).await;
        let read = async |now| {
            let entered = enter(&db.beside().await.unwrap(), &cookie, now).await.unwrap().unwrap();
            (entered.session, entered.scope, entered.hats)
        };
        let (found, scope, hats) = read(evening).await;
        // The hat that waits for most comes first.
        assert_eq!((scope.unit, scope.roles.as_slice(), hats.len()), (Some(two), &[Role::Appraiser][..], 2));

        done(&db, async |tx| put_on(tx, &scope, &found.token, one).await).await.unwrap();
        let (_, scope, _) = read(evening).await;
        assert_eq!((scope.unit, scope.roles.as_slice()), (Some(one), &[Role::Staff][..]));
        done(&db, async |tx| put_on(tx, &scope, &found.token, two).await).await.unwrap();
        let (_, scope, _) = read(evening).await;
        assert_eq!((scope.unit, scope.roles.as_slice()), (Some(two), &[Role::Appraiser][..]));
        let stranger = done(&db, async |tx| put_on(tx, &scope, &found.token, three).await).await;
        assert!(matches!(stranger, Err(Failure::Forbidden(_))));

        // At midnight in Việt Nam that hat is gone; the other is put on.
        let (_, scope, hats) = read(moment("2020-11-25T00:00:00+07:00") - jiff::SignedDuration::from_millis(1)).await;
        assert_eq!((scope.unit, hats.len()), (Some(two), 2));
        let (_, scope, hats) = read(moment("2020-11-25T00:00:00+07:00")).await;
        assert_eq!((scope.unit, hats.len()), (Some(one), 1));
    }
}

#[tokio::test]
async fn a_hat_is_put_on_ones_own_session_only() {
    for db in db::testing::both().await {
        let so = unit(&db, "so", None).await;
        let (lan, minh) = (person(&db, "lan.nguyen", "Lan").await, person(&db, "minh.tran", "Minh").await);
        for account in [lan.id, minh.id] {
            grant(&db, of(account, so, Role::Staff)).await;
        }
        let cookie = browser(&db, minh.id, morning()).await;
        let his = enter(&db.beside().await.unwrap(), &cookie, morning()).await.unwrap().unwrap().session;
        let hers = scope(&db, &lan, so, morning()).await;
        let other = done(&db, async |tx| put_on(tx, &hers, &his.token, so).await).await;
        assert!(matches!(other, Err(Failure::SignedOut)));
    }
}

#[tokio::test]
async fn an_administrator_has_no_roles_until_the_second_factor_is_on() {
    for db in db::testing::both().await {
        let (so, other) = (unit(&db, "a", None).await, unit(&db, "b", None).await);
        let lan = person(&db, "lan.nguyen", "Lan").await;
        grant(&db, of(lan.id, so, Role::Head)).await;
        // Even where the hat now worn is another than the administrator's.
        grant(&db, of(lan.id, other, Role::Admin)).await;
        let (at, code) = crate::world::CODES[0];
        let now = base::Timestamp::from_second(at).unwrap();
        let cookie = browser(&db, lan.id, morning()).await;
        let read = async || {
            let beside = db.beside().await.unwrap();
            enter(&beside, &cookie, later(morning(), 1)).await.unwrap().unwrap().scope
        };
        assert!(read().await.roles.is_empty());
        let hers = Scope { now, ..scope(&db, &lan, so, morning()).await };
        done(&db, async |tx| people::confirm_totp(tx, &hers, lan.id, crate::world::SECRET, code).await).await.unwrap();
        assert_eq!(read().await.roles, [Role::Head]);
        done(&db, async |tx| people::remove_totp(tx, &hers, lan.id).await).await.unwrap();
        assert!(read().await.roles.is_empty());
    }
}

#[tokio::test]
async fn the_people_of_a_unit_are_listed_by_given_name() {
    for db in db::testing::both().await {
        let so = unit(&db, "so", None).await;
        for (login, name) in
            [("an.tran", "Trần Văn An"), ("binh.le", "Lê Thị Bình"), ("anh.do", "Đỗ Ánh"), ("gone", "Cũ Người")]
        {
            let account = person(&db, login, name).await;
            for role in [Role::Staff, Role::Viewer] {
                let to = (login == "gone").then(|| day("2020-11-24"));
                grant(&db, NewGrant { to, ..of(account.id, so, role) }).await;
            }
        }
        let found = people_of(&mut db.read().await.unwrap(), so, day("2020-11-24")).await.unwrap();
        assert_eq!(
            found.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(),
            ["Trần Văn An", "Đỗ Ánh", "Lê Thị Bình"]
        );
    }
}
