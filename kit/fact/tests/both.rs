//! Facts, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base::{Date, Decimal};
use db::{Db, args, sql};
use fact::{Fact, Filter, New};
use people::{Failure, Scope, UnitId};

sql! {
    UNIT = "insert into unit (id, key, name, short, folded, kind, valid_from) values ($1, $1, 'Sở', 'Sở', 'so', 'so', '2000-01-01')";
}

fn scope() -> Scope {
    Scope::program("Lan", db::now())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

async fn unit(db: &Db) -> UnitId {
    let id = db::fresh_id::<UnitId>();
    let mut tx = db.begin().await.unwrap();
    tx.exec(UNIT, args![id]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn new(unit: UnitId, what: &str, value: &str) -> New {
    New {
        what: what.into(),
        unit,
        from: day("2020-01-01"),
        to: day("2021-01-01"),
        value: value.parse().unwrap(),
        source: "Sổ theo dõi hồ sơ năm 2020".into(),
        link: None,
        manual: true,
    }
}

async fn recorded(db: &Db, new: New) -> Result<Fact, Failure> {
    let mut tx = db.begin().await?;
    let fact = fact::record(&mut tx, &scope(), new).await?;
    tx.commit().await?;
    Ok(fact)
}

async fn of(db: &Db, unit: UnitId, what: &str) -> Option<Fact> {
    fact::of(&mut db.read().await.unwrap(), unit, what, day("2020-01-01"), day("2021-01-01")).await.unwrap()
}

#[tokio::test]
async fn a_corrected_fact_is_kept_and_says_what_replaced_it() {
    for db in db::testing::both().await {
        let unit = unit(&db).await;
        let first = recorded(&db, new(unit, "dossier.received", "1204")).await.unwrap();
        let second = recorded(&db, new(unit, "dossier.received", "1205")).await.unwrap();
        assert_eq!(of(&db, unit, "dossier.received").await, Some(second.clone()));
        let mut conn = db.read().await.unwrap();
        let history = fact::history(&mut conn, unit, "dossier.received", first.from, first.to).await.unwrap();
        assert_eq!(history, [second.clone(), Fact { replaced_by: Some(second.id), ..first.clone() }]);
        assert_eq!(fact::find(&mut conn, first.id).await.unwrap().unwrap().replaced_by, Some(second.id));
        let line = journal::of(&mut conn, "fact", &second.id.to_string(), 1).await.unwrap().remove(0);
        assert!(line.before.unwrap().contains(r#""value":"1204""#));
        assert!(line.after.unwrap().contains(r#""value":"1205""#));
        // Another period is another number.
        let mut month = new(unit, "dossier.received", "90");
        (month.from, month.to) = (day("2020-01-01"), day("2020-02-01"));
        recorded(&db, month).await.unwrap();
        assert_eq!(of(&db, unit, "dossier.received").await, Some(second));
    }
}

#[tokio::test]
async fn the_same_number_from_the_same_source_is_recorded_once() {
    for db in db::testing::both().await {
        let unit = unit(&db).await;
        let first = recorded(&db, new(unit, "dossier.received", "7")).await.unwrap();
        assert_eq!(recorded(&db, new(unit, "dossier.received", "7.0")).await.unwrap(), first);
        let counted = New { manual: false, ..new(unit, "dossier.received", "7") };
        assert_ne!(recorded(&db, counted).await.unwrap().id, first.id);
        let lines = journal::latest(&mut db.read().await.unwrap(), i64::MAX, "fact.", "", 10).await.unwrap().lines;
        assert_eq!(lines.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_counts_in_one_moment_one_stands() {
    for db in db::testing::both().await {
        let unit = unit(&db).await;
        let mut tasks = Vec::new();
        for value in 0..8 {
            let db = db.clone();
            let new = New { value: Decimal::from(value), ..new(unit, "report.due", "0") };
            tasks.push(tokio::spawn(async move { recorded(&db, new).await.unwrap() }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        let standing = fact::list(&mut db.read().await.unwrap(), &Filter::default(), None, 100).await.unwrap();
        assert_eq!(standing.len(), 1);
    }
}

#[tokio::test]
async fn many_units_and_names_are_one_question() {
    for db in db::testing::both().await {
        let (a, b, c) = (unit(&db).await, unit(&db).await, unit(&db).await);
        for (unit, what, value) in [
            (a, "report.due", "4"),
            (a, "report.on_time", "3"),
            (b, "report.due", "5"),
            (c, "report.due", "6"),
            (a, "dossier.late", "9"),
        ] {
            recorded(&db, new(unit, what, value)).await.unwrap();
        }
        recorded(&db, new(b, "report.due", "12")).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let year = (day("2020-01-01"), day("2021-01-01"));
        let found = fact::many(&mut conn, &[a, b], &["report.due", "report.on_time"], year.0, year.1).await.unwrap();
        let seen: Vec<(UnitId, &str, String)> =
            found.iter().map(|fact| (fact.unit, fact.what.as_str(), fact.value.to_string())).collect();
        let due = |unit, value: &str| (unit, "report.due", value.to_owned());
        assert_eq!(seen, [due(a, "4"), (a, "report.on_time", "3".into()), due(b, "12")]);
        assert!(fact::many(&mut conn, &[], &["report.due"], year.0, year.1).await.unwrap().is_empty());
        assert!(fact::many(&mut conn, &[a], &["report.due"], year.0, day("2020-02-01")).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_list_filters_and_goes_on_where_it_stopped() {
    for db in db::testing::both().await {
        let (a, b) = (unit(&db).await, unit(&db).await);
        for value in ["1", "2", "3"] {
            recorded(&db, new(a, "report.due", value)).await.unwrap();
        }
        recorded(&db, New { manual: false, ..new(b, "report.on_time", "3") }).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let count =
            async |filter: Filter, conn: &mut db::Conn| fact::list(conn, &filter, None, 100).await.unwrap().len();
        let all = || Filter { replaced: true, ..Filter::default() };
        assert_eq!(count(Filter::default(), &mut conn).await, 2);
        assert_eq!(count(all(), &mut conn).await, 4);
        assert_eq!(count(Filter { unit: Some(a), ..all() }, &mut conn).await, 3);
        assert_eq!(count(Filter { what: Some("report.on_time".into()), ..all() }, &mut conn).await, 1);
        assert_eq!(count(Filter { manual: Some(false), ..all() }, &mut conn).await, 1);
        assert_eq!(count(Filter { manual: Some(true), ..all() }, &mut conn).await, 3);
        // Half-open on both sides: the year 2020 has no day in 2021, nor before its first.
        assert_eq!(count(Filter { from: Some(day("2021-01-01")), ..all() }, &mut conn).await, 0);
        assert_eq!(count(Filter { from: Some(day("2020-12-31")), ..all() }, &mut conn).await, 4);
        assert_eq!(count(Filter { to: Some(day("2020-01-01")), ..all() }, &mut conn).await, 0);
        assert_eq!(count(Filter { to: Some(day("2020-01-02")), ..all() }, &mut conn).await, 4);
        let first = fact::list(&mut conn, &all(), None, 3).await.unwrap();
        let rest = fact::list(&mut conn, &all(), first.last().map(|fact| fact.id), 3).await.unwrap();
        assert_eq!((first.len(), rest.len()), (3, 1));
        assert_eq!(rest[0].value, Decimal::ONE);
    }
}

#[tokio::test]
async fn each_refusal_has_its_sentence() {
    for db in db::testing::both().await {
        let unit = unit(&db).await;
        let good = || new(unit, "dossier.received", "7");
        for (bad, code, field) in [
            (New { what: "dossier.recieved".into(), ..good() }, "fact-unknown", "what"),
            (New { what: "Hồ sơ".into(), manual: false, ..good() }, "fact-unknown", "what"),
            (New { what: "papi".into(), manual: false, ..good() }, "fact-unknown", "what"),
            (New { to: day("2020-01-01"), ..good() }, "fact-period", "to"),
            (New { source: " ".into(), ..good() }, "fact-source", "source"),
            (New { value: Decimal::from(-1), ..good() }, "fact-negative", "value"),
            (New { value: "7.5".parse().unwrap(), ..good() }, "fact-fraction", "value"),
        ] {
            let Failure::Refused(refusals) = recorded(&db, bad).await.unwrap_err() else { panic!("{code}") };
            assert_eq!(refusals.len(), 1);
            assert_eq!((refusals[0].code, refusals[0].field.as_deref()), (code, Some(field)));
        }
        // A program may record what only history knows, and a percentage may have a fraction.
        recorded(&db, New { what: "par-index.index".into(), manual: false, ..good() }).await.unwrap();
        recorded(&db, new(unit, "survey.satisfaction", "85.37")).await.unwrap();
        assert!(matches!(recorded(&db, new(db::fresh_id(), "report.due", "1")).await, Err(Failure::Broken(_))));
    }
}

#[tokio::test]
async fn every_text_is_understood_by_both() {
    assert!(db::testing::every_text_is_understood().await > 0);
}
