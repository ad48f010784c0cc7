//! The life of an edition, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base::Date;
use db::{Db, args, sql};
use people::{Failure, Scope};
use rulebook::{Content, Edition, EditionId, New, Status};
use serde_json::json;
use std::time::Duration;

sql! {
    FORGE = "update edition set body = '{}' where id = $1";
    ERASE = "delete from edition where id = $1";
    END_AGAIN = "update edition set valid_to = '2022-01-01' where id = $1";
    END_AND_RENAME = "update edition set valid_to = '2030-01-01', name = 'Khác' where id = $1";
    END_BEFORE = "update edition set valid_to = '2021-07-01' where id = $1";
    FORCE = "update edition set status = 'published' where id = $1";
    UNIT = "insert into unit (id, key, name, short, folded, kind, valid_from) values ($1, $1, 'Tỉnh', 'Tỉnh', 'tinh', 'tinh', '2000-01-01')";
    ROUND = "insert into index_round (id, name, year, province, scoring_from, scoring_to, appraisal_to, explaining_to, second_to, status) \
             values ($1, 'Đợt', 2020, $1, '2020-01-01', '2020-01-01', '2020-01-01', '2020-01-01', '2020-01-01', 'draft')";
    USE_IT = "insert into index_round_set (round, kind, edition) values ($1, 'so', $2)";
}

fn scope() -> Scope {
    Scope::program("Lan", db::now())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn content(from: &str, to: Option<&str>) -> Content {
    Content {
        name: "Chỉ số CCHC cấp sở".into(),
        source: "QĐ 1/QĐ-UBND".into(),
        valid_from: day(from),
        valid_to: to.map(day),
        body: json!({ "z": 1, "a": ["1.10", "1.2"] }),
    }
}

fn new(from: &str, to: Option<&str>) -> New {
    New { kind: "criteria".into(), code: "so".into(), content: content(from, to), sample: false }
}

async fn drafted(db: &Db, new: New) -> Result<Edition, Failure> {
    let mut tx = db.begin().await?;
    let edition = rulebook::draft(&mut tx, &scope(), new).await?;
    tx.commit().await?;
    Ok(edition)
}

async fn published(db: &Db, id: EditionId, version: i64) -> Result<Edition, Failure> {
    let mut tx = db.begin().await?;
    let edition = rulebook::publish(&mut tx, &scope(), id, version).await?;
    tx.commit().await?;
    Ok(edition)
}

async fn saved(db: &Db, id: EditionId, version: i64, content: Content) -> Result<Edition, Failure> {
    let mut tx = db.begin().await?;
    let edition = rulebook::save_draft(&mut tx, &scope(), id, version, content).await?;
    tx.commit().await?;
    Ok(edition)
}

async fn discarded(db: &Db, id: EditionId, version: i64) -> Result<(), Failure> {
    let mut tx = db.begin().await?;
    rulebook::discard(&mut tx, &scope(), id, version).await?;
    tx.commit().await?;
    Ok(())
}

fn codes<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<&'static str> {
    match outcome.unwrap_err() {
        Failure::Refused(refusals) => refusals.iter().map(|refusal| refusal.code).collect(),
        Failure::Conflict { refusal, .. } => vec![refusal.code],
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_edition_lives_from_draft_to_force() {
    for db in db::testing::both().await {
        let first = drafted(&db, new("2020-01-01", Some("2021-01-01"))).await.unwrap();
        assert_eq!((first.number, first.version, first.status), (1, 1, Status::Draft));
        let mut better = content("2020-01-01", Some("2021-01-01"));
        better.body = json!({ "z": 2 });
        let saved = saved(&db, first.id, 1, better).await.unwrap();
        let published = published(&db, first.id, saved.version).await.unwrap();
        assert_eq!((published.version, published.status), (3, Status::Published));

        let mut conn = db.read().await.unwrap();
        let found = rulebook::find(&mut conn, first.id).await.unwrap().unwrap();
        assert_eq!(found, published);
        assert_eq!(found.body, json!({ "z": 2 }));
        // Half-open: in force on its first day, no longer on the day it ends.
        for (on, is) in [("2019-12-31", false), ("2020-01-01", true), ("2020-12-31", true), ("2021-01-01", false)] {
            let found = rulebook::in_force(&mut conn, "criteria", "so", day(on)).await.unwrap();
            assert_eq!(found.is_some(), is, "{on}");
            assert_eq!(published.is_in_force(day(on)), is, "{on}");
            assert_eq!(rulebook::all_in_force(&mut conn, "criteria", day(on)).await.unwrap().len(), usize::from(is));
        }
        let lines = journal::of(&mut conn, "edition", &first.id.to_string(), 10).await.unwrap();
        let deeds: Vec<&str> = lines.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(deeds, ["edition.published", "edition.saved", "edition.drafted"]);
        // By sha256sum, of {"z":2}.
        let sum = "158ff90dff620c2865a550808e608c25ced202bc435a0db55a4c9ead4398d3c4";
        assert!(lines[0].after.as_ref().unwrap().contains(sum), "{:?}", lines[0].after);
    }
}

#[tokio::test]
async fn numbers_count_within_a_code_and_lists_show_the_newest_first() {
    for db in db::testing::both().await {
        for from in ["2020-01-01", "2021-01-01"] {
            drafted(&db, new(from, None)).await.unwrap();
        }
        let other = New { code: "xa".into(), ..new("2020-01-01", None) };
        assert_eq!(drafted(&db, other).await.unwrap().number, 1);
        let mut conn = db.read().await.unwrap();
        let all = rulebook::list(&mut conn, "criteria", 10, 0).await.unwrap();
        let seen: Vec<(&str, i64)> = all.iter().map(|head| (head.code.as_str(), head.number)).collect();
        assert_eq!(seen, [("so", 2), ("so", 1), ("xa", 1)]);
        assert_eq!(rulebook::list(&mut conn, "criteria", 1, 1).await.unwrap()[0].number, 1);
        assert!(rulebook::list(&mut conn, "calendar", 10, 0).await.unwrap().is_empty());
        assert_eq!(rulebook::editions_of(&mut conn, "criteria", "so").await.unwrap().len(), 2);
        let latest = rulebook::latest(&mut conn, "criteria", "so").await.unwrap().unwrap();
        assert_eq!(latest.number, 2);
        assert_eq!(latest.body.to_string(), r#"{"z":1,"a":["1.10","1.2"]}"#, "a body keeps its order");
    }
}

#[tokio::test]
async fn a_published_edition_never_changes() {
    for db in db::testing::both().await {
        let edition = drafted(&db, new("2020-01-01", None)).await.unwrap();
        published(&db, edition.id, 1).await.unwrap();
        assert_eq!(codes(saved(&db, edition.id, 2, content("2020-01-01", None)).await), ["edition-frozen"]);
        assert_eq!(codes(published(&db, edition.id, 2).await), ["edition-frozen"]);
        assert_eq!(codes(discarded(&db, edition.id, 2).await), ["edition-frozen"]);
        // Not by another way either.
        for sql in [FORGE, ERASE] {
            let mut tx = db.begin().await.unwrap();
            let refused = tx.exec(sql, args![edition.id]).await.unwrap_err();
            assert!(refused.to_string().contains("frozen"), "{refused}");
        }
    }
}

#[tokio::test]
async fn editions_of_one_code_never_overlap() {
    for db in db::testing::both().await {
        let first = drafted(&db, new("2020-01-01", Some("2021-01-01"))).await.unwrap();
        published(&db, first.id, 1).await.unwrap();
        for (from, to, fits) in [
            ("2020-12-31", None, false),
            ("2019-01-01", Some("2020-01-02"), false),
            ("2019-01-01", None, false),
            ("2019-01-01", Some("2020-01-01"), true),
            ("2021-01-01", None, true),
        ] {
            let next = drafted(&db, new(from, to)).await.unwrap();
            let outcome = published(&db, next.id, 1).await;
            if fits {
                outcome.unwrap();
                continue;
            }
            let Failure::Refused(refusals) = outcome.unwrap_err() else { panic!("{from}") };
            assert_eq!(refusals[0].code, "edition-overlap");
            assert!(
                refusals[0].say.contains(
                    "Bản số 1 “Chỉ số CCHC cấp sở” đã có hiệu lực từ ngày 01/01/2020 đến hết ngày 31/12/2020"
                ),
                "{}",
                refusals[0].say
            );
            // What was refused left no trace, and the draft is still one.
            let mut conn = db.read().await.unwrap();
            assert_eq!(rulebook::find(&mut conn, next.id).await.unwrap().unwrap().status, Status::Draft);
            assert_eq!(journal::of(&mut conn, "edition", &next.id.to_string(), 10).await.unwrap().len(), 1);
            let mut tx = db.begin().await.unwrap();
            let refused = tx.exec(FORCE, args![next.id]).await.unwrap_err();
            assert!(refused.to_string().contains("overlap"), "{refused}");
        }
        let other = New { code: "xa".into(), ..new("2020-06-01", None) };
        let other = drafted(&db, other).await.unwrap();
        published(&db, other.id, 1).await.unwrap();
    }
}

#[tokio::test]
async fn an_edition_without_a_last_day_ends_once_where_its_successor_begins() {
    for db in db::testing::both().await {
        let first = drafted(&db, new("2020-01-01", None)).await.unwrap().id;
        published(&db, first, 1).await.unwrap();
        let earlier = drafted(&db, new("2019-01-01", None)).await.unwrap().id;
        assert_eq!(codes(published(&db, earlier, 1).await), ["edition-overlap"]);
        let second = drafted(&db, new("2021-07-01", None)).await.unwrap().id;
        published(&db, second, 1).await.unwrap();
        let mut conn = db.read().await.unwrap();
        let ended = rulebook::find(&mut conn, first).await.unwrap().unwrap();
        assert_eq!((ended.valid_to, ended.version), (Some("2021-07-01".parse().unwrap()), 3));
        let in_force = rulebook::in_force(&mut conn, "criteria", "so", "2021-06-30".parse().unwrap()).await.unwrap();
        assert_eq!(in_force.unwrap().id, first);
        let lines = journal::of(&mut conn, "edition", &first.to_string(), 10).await.unwrap();
        assert_eq!(lines[0].what, "edition.ended");
        // Once only, and only later than its beginning; and nothing else along with it.
        for (sql, id) in [(END_AGAIN, first), (END_AND_RENAME, second), (END_BEFORE, second)] {
            let mut tx = db.begin().await.unwrap();
            let refused = tx.exec(sql, args![id]).await.unwrap_err();
            assert!(refused.to_string().contains("frozen"), "{refused}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_overlapping_drafts_published_at_once_the_second_is_refused() {
    for db in db::testing::both().await {
        let first = drafted(&db, new("2020-01-01", Some("2021-01-01"))).await.unwrap().id;
        let second = drafted(&db, new("2020-06-01", None)).await.unwrap().id;
        let mut tx = db.begin().await.unwrap();
        rulebook::publish(&mut tx, &scope(), first, 1).await.unwrap();
        let other = db.clone();
        let other = tokio::spawn(async move { published(&other, second, 1).await });
        tokio::time::sleep(Duration::from_millis(150)).await;
        tx.commit().await.unwrap();
        assert_eq!(codes(other.await.unwrap()), ["edition-overlap"]);
    }
}

#[tokio::test]
async fn an_old_form_is_a_conflict_that_shows_what_stands_there() {
    for db in db::testing::both().await {
        let edition = drafted(&db, new("2020-01-01", None)).await.unwrap();
        let theirs = Content { name: "Tên mới".into(), ..content("2020-01-01", None) };
        saved(&db, edition.id, 1, theirs).await.unwrap();
        let Failure::Conflict { refusal, theirs } =
            saved(&db, edition.id, 1, content("2020-01-01", None)).await.unwrap_err()
        else {
            panic!()
        };
        assert_eq!((refusal.code, theirs["name"].as_str()), ("stale", Some("Tên mới")));
        assert_eq!(codes(published(&db, edition.id, 1).await), ["stale"]);
        assert_eq!(codes(discarded(&db, edition.id, 1).await), ["stale"]);
        assert!(matches!(discarded(&db, db::fresh_id(), 1).await, Err(Failure::NotFound)));
    }
}

#[tokio::test]
async fn a_draft_is_discarded_unless_it_is_used() {
    for db in db::testing::both().await {
        let edition = drafted(&db, new("2020-01-01", None)).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        tx.exec(UNIT, args!["r"]).await.unwrap();
        tx.exec(ROUND, args!["r"]).await.unwrap();
        tx.exec(USE_IT, args!["r", edition.id]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(codes(discarded(&db, edition.id, 1).await), ["edition-used"]);
        let free = drafted(&db, new("2020-01-01", None)).await.unwrap();
        discarded(&db, free.id, 1).await.unwrap();
        assert!(rulebook::find(&mut db.read().await.unwrap(), free.id).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_form_hears_all_its_refusals_at_once() {
    for db in db::testing::both().await {
        let mut bad = new("2020-01-01", Some("2020-01-01"));
        bad.content.name = " ".into();
        bad.code = "Sở".into();
        assert_eq!(codes(drafted(&db, bad).await), ["edition-name", "edition-days", "edition-code"]);
        let sourceless =
            New { content: Content { source: " ".into(), ..content("2020-01-01", None) }, ..new("2020-01-01", None) };
        let draft = drafted(&db, sourceless).await.unwrap();
        assert_eq!(codes(published(&db, draft.id, 1).await), ["edition-source"]);
    }
}

#[tokio::test]
async fn every_text_is_understood_by_both() {
    assert!(db::testing::every_text_is_understood().await > 0);
}

#[tokio::test]
async fn an_edition_is_ended_once_forward_in_time_and_under_a_decision() {
    for db in db::testing::both().await {
        let draft = drafted(&db, new("2020-01-01", None)).await.unwrap();
        let now = scope();
        let tomorrow = now.today().tomorrow().unwrap();
        let ends = async |id: EditionId, version: i64, on: Date, source: &str| {
            let mut tx = db.begin().await?;
            let ended = rulebook::end_on(&mut tx, &now, id, version, on, source).await?;
            tx.commit().await?;
            Ok::<_, Failure>(ended)
        };
        let why = |no: Result<rulebook::Head, Failure>| match no.unwrap_err() {
            Failure::Refused(all) => all.iter().map(|one| one.code).collect::<Vec<_>>().join(" "),
            Failure::Conflict { refusal, .. } => refusal.code.to_owned(),
            other => other.say(),
        };
        assert_eq!(why(ends(draft.id, 1, tomorrow, "QĐ 2").await), "edition-draft");
        published(&db, draft.id, 1).await.unwrap();
        assert_eq!(why(ends(draft.id, 2, now.today(), " ").await), "edition-end-early edition-source");
        assert_eq!(why(ends(draft.id, 1, tomorrow, "QĐ 2").await), "stale");
        let ended = ends(draft.id, 2, tomorrow, "QĐ 2").await.unwrap();
        assert_eq!((ended.valid_to, ended.version), (Some(tomorrow), 3));
        assert_eq!(why(ends(draft.id, 3, tomorrow, "QĐ 3").await), "edition-ended");
        let mut conn = db.read().await.unwrap();
        assert_eq!(rulebook::head(&mut conn, draft.id).await.unwrap().unwrap(), ended);
        assert!(rulebook::in_force(&mut conn, "criteria", "so", now.today()).await.unwrap().is_some());
        assert!(rulebook::in_force(&mut conn, "criteria", "so", tomorrow).await.unwrap().is_none());
        let lines = journal::latest(&mut conn, i64::MAX, "edition.abolished", "", 9).await.unwrap().lines;
        assert_eq!(lines.len(), 1);
    }
}
