#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::stats::tests::dossier;
use crate::store;
use crate::store::stats::tests::{hour, world};
use people::AccountId;

fn asked(state: State) -> Filter {
    Filter {
        state,
        field: String::new(),
        procedure: String::new(),
        words: String::new(),
        due_from: None,
        due_before: None,
        step_before: None,
        received_from: None,
        received_before: None,
        office: None,
        holder: HeldBy::Anyone,
    }
}

/// Four dossiers of an agency, received in hours 0, 10, 20, 30: held by somebody in an office, by nobody in it, by somebody
/// at the agency itself, and an ended one; a fifth belongs to another agency.
async fn five(db: &db::Db) -> (UnitId, UnitId, AccountId) {
    let mut tx = db.begin().await.unwrap();
    let made = world(&mut tx).await;
    let (agency, other, person) = (made.agencies[0], made.agencies[1], made.people[0]);
    for nth in 0..5u64 {
        let mut one = dossier();
        one.code = format!("MAU-20260101-{nth:07}");
        one.agency = if nth == 4 { other } else { agency };
        (one.counter, one.procedure_edition, one.process_edition) = (one.agency, made.edition, made.edition);
        (one.received, one.promised, one.due) = (hour(nth * 10), hour(500), Some(hour(500 + nth)));
        one.state = State::Processing;
        one.at.office = (nth != 2).then_some(other);
        one.at.holder = (nth % 2 == 0).then_some(person);
        if nth == 3 {
            (one.state, one.ended, one.at) = (State::Returned, Some(hour(400)), Place::default());
        }
        store::add_dossier(&mut tx, &one, None).await.unwrap();
        assert!(store::move_dossier(&mut tx, &one, one.version).await.unwrap());
    }
    tx.commit().await.unwrap();
    (agency, other, person)
}

#[tokio::test]
async fn a_box_is_narrowed_by_office_holder_and_days_of_receipt() {
    for db in db::testing::both().await {
        let (agency, office, person) = five(&db).await;
        let mut conn = db.read().await.unwrap();
        let mut check = async |reach: Reach, filter: Filter, expected: &[u64]| {
            let way = way(&mut conn, &reach, &filter).await.unwrap();
            let (found, all) = list(&mut conn, &way, 0, 50).await.unwrap();
            let found: Vec<u64> = found.iter().map(|one| one.code[13..].parse().unwrap()).collect();
            assert_eq!(found, expected, "{filter:?}");
            let length = expected.len() as i64;
            assert_eq!(all, (way.counts() && length > 0).then_some(length), "{filter:?}");
            assert_eq!(total(&mut conn, &way, 200).await.unwrap(), length, "{filter:?}");
            // The box is as long wherever the page begins, and counted no further than is asked.
            if let Some(all) = list(&mut conn, &way, (length - 1).max(0), 1).await.unwrap().1 {
                assert_eq!(all, length, "{filter:?}");
            }
            assert_eq!(total(&mut conn, &way, 1).await.unwrap(), length.min(1), "{filter:?}");
        };
        let (all, open) = (Reach::Agency(agency), || asked(State::Processing));
        check(all, open(), &[0, 1, 2]).await;
        check(all, Filter { office: Some(office), ..open() }, &[0, 1]).await;
        check(all, Filter { office: Some(agency), ..open() }, &[]).await;
        check(all, Filter { holder: HeldBy::One(person), ..open() }, &[0, 2]).await;
        check(all, Filter { holder: HeldBy::One(db::fresh_id()), ..open() }, &[]).await;
        check(all, Filter { holder: HeldBy::Nobody, ..open() }, &[1]).await;
        check(all, Filter { holder: HeldBy::One(person), office: Some(office), ..open() }, &[0]).await;
        // Half-open: the moment of receipt itself is in at the beginning, and out at the end.
        let within = |from, before| Filter { received_from: from, received_before: before, ..open() };
        check(all, within(Some(hour(10)), None), &[1, 2]).await;
        check(all, within(None, Some(hour(10))), &[0]).await;
        check(all, within(Some(hour(10)), Some(hour(20))), &[1]).await;
        let ended = |from| Filter { received_from: Some(from), ..asked(State::Returned) };
        check(all, ended(hour(30)), &[3]).await;
        check(all, ended(hour(31)), &[]).await;
        // Somebody who sees no more than what is theirs.
        let own = Reach::Own { office, account: Some(person) };
        check(own, open(), &[0, 1, 2, 4]).await;
        check(own, Filter { holder: HeldBy::Nobody, ..open() }, &[1]).await;
        check(own, Filter { received_before: Some(hour(11)), ..open() }, &[0, 1]).await;
        check(own, Filter { office: Some(office), ..open() }, &[0, 1, 4]).await;
    }
}

/// What stands on a box is how many lines are in it: late, due within two days, behind at its step.
#[tokio::test]
async fn a_counter_counts_the_lines_of_its_box() {
    for db in db::testing::both().await {
        let (agency, office, person) = five(&db).await;
        let mut conn = db.read().await.unwrap();
        let (now, soon) = (hour(501), hour(549));
        let late = Filter { due_before: Some(now), ..asked(State::Processing) };
        let near = Filter { due_from: Some(now), due_before: Some(soon), ..asked(State::Processing) };
        for (reach, all, overdue, close) in
            [(Reach::Agency(agency), 3, 1, 2), (Reach::Own { office, account: Some(person) }, 4, 1, 3)]
        {
            let counts = crate::store::lists::counts(&mut conn, &reach, now).await.unwrap();
            assert_eq!((counts["processing"], counts["late"], counts["soon"]), (all, overdue, close));
            for (filter, expected) in [(asked(State::Processing), all), (late.clone(), overdue), (near.clone(), close)]
            {
                let way = way(&mut conn, &reach, &filter).await.unwrap();
                assert_eq!(total(&mut conn, &way, 200).await.unwrap(), expected, "{filter:?}");
                let (lines, _) = list(&mut conn, &way, 0, 50).await.unwrap();
                assert_eq!(lines.len() as i64, expected, "{filter:?}");
            }
        }
    }
}

/// A plan does not depend on the values: each way begins at the index that it is for.
#[tokio::test]
async fn each_way_begins_at_its_index() {
    let db = db::testing::lite().await;
    let mut conn = db.read().await.unwrap();
    let (open, ended) = (asked(State::Processing), asked(State::Returned));
    let person = HeldBy::One(db::fresh_id());
    let office = Some(db::fresh_id());
    let from = Some(hour(1));
    let ways = [
        (open.clone(), false, "dossier_by_agency (agency=? AND state=?)"),
        (Filter { received_from: from, ..open.clone() }, false, "dossier_by_agency (agency=? AND state=?)"),
        (Filter { office, ..open.clone() }, false, "dossier_by_office (office=? AND state=?)"),
        (Filter { holder: person, office, ..open.clone() }, false, "dossier_by_holder (holder=? AND state=?)"),
        (
            Filter { received_from: from, ..ended },
            false,
            "dossier_ended (agency=? AND state=? AND received>? AND received<?)",
        ),
        (Filter { holder: person, ..open }, true, "USING PRIMARY KEY (agency=? AND word>? AND word<?)"),
    ];
    for (filter, rare, index) in ways {
        let (page, count) = texts(&filter, rare);
        for sql in std::iter::once(page).chain(count) {
            let text = format!("explain query plan {}", sql.text);
            let plan = Sql { text: Box::leak(text.into_boxed_str()), ..sql };
            let rest: &[Val] = if sql.name.starts_with("LIST") { args![20i64, 0i64] } else { args![20i64] };
            let values = [&of_agency(db::fresh_id(), &filter, Vec::new())[..], rest].concat();
            let read = |row: &mut Row| {
                let _: (i64, i64, i64) = (row.pull()?, row.pull()?, row.pull()?);
                row.pull::<String>()
            };
            let lines = conn.list(plan, &values, read).await.unwrap().join("\n");
            let first = lines.lines().find(|line| line.contains("SEARCH") || line.contains("SCAN")).unwrap();
            assert!(first.contains(index), "{}: {index} in\n{lines}", sql.name);
        }
    }
}
