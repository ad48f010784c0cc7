//! Loaded, drafted, published, abolished: and the lists say so at each moment, on both databases.

use crate::model::State;
use crate::{actions, rules, store};
use base::{Date, Timestamp};
use db::Db;
use people::Scope;

fn scope(day: Date) -> Scope {
    Scope::program("Lan", base::day::start(day).checked_add(jiff_hours(9)).unwrap())
}

fn jiff_hours(hours: i64) -> std::time::Duration {
    std::time::Duration::from_secs(u64::try_from(hours * 3600).unwrap())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

async fn loaded(db: &Db) -> usize {
    let mut tx = db.begin().await.unwrap();
    let taken = actions::load_embedded(&mut tx, &scope(day("2019-01-02"))).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

#[tokio::test]
async fn the_catalogue_is_loaded_once_and_ends_an_edition_where_the_next_begins() {
    for db in db::testing::both().await {
        let before = Timestamp::now();
        assert!(loaded(&db).await > 50);
        eprintln!("loaded in {:?} (postgres: {})", Timestamp::now().duration_since(before), db.is_postgres());
        assert_eq!(loaded(&db).await, 0, "a second start takes nothing");
        let mut conn = db.read().await.unwrap();
        let fuel = store::of_code(&mut conn, "2.000648").await.unwrap();
        let days: Vec<_> = fuel.iter().map(|one| (one.number, one.valid_from, one.valid_to)).collect();
        let change = day("2025-07-01");
        assert_eq!(days, [(2, change, None), (1, day("2019-01-01"), Some(change))]);
        for (on, number) in [("2025-06-30", 1), ("2025-07-01", 2)] {
            let all = actions::in_force(&mut conn, day(on)).await.unwrap();
            assert_eq!(
                all.iter().filter(|one| one.code == "2.000648").map(|one| one.number).collect::<Vec<_>>(),
                [number]
            );
            // What the list says is what the rulebook says.
            let heads = rulebook::all_in_force(&mut conn, crate::model::PROCEDURE, day(on)).await.unwrap();
            assert!(heads.iter().map(|head| head.id).eq(all.iter().map(|one| one.edition)), "{on}");
        }
        let found = actions::public(&mut conn, "2.000591", day("2026-11-27")).await.unwrap();
        assert_eq!(found.processes.len(), 1);
        assert_eq!(found.one.cases.len(), 3);
    }
}

#[tokio::test]
async fn an_abolished_procedure_is_gone_from_its_day_on_and_never_before_tomorrow() {
    for db in db::testing::both().await {
        loaded(&db).await;
        let site = site(db.clone());
        let scope = scope(day("2026-11-27"));
        let find = async || store::of_code(&mut db.read().await.unwrap(), "2.000190").await.unwrap().remove(0);
        let entry = find().await;
        let ends = async |on: Option<&str>, source: &str| {
            actions::abolish(&site, &scope, entry.edition, 2, on.map(day), source).await.map_err(|no| no.say())
        };
        assert!(ends(Some("2026-11-27"), "QĐ 1").await.unwrap_err().contains("sau hôm nay"));
        assert!(ends(None, "").await.unwrap_err().contains("Nhập ngày."));
        assert!(ends(Some("2026-12-01"), " ").await.unwrap_err().contains("quyết định"));
        ends(Some("2026-12-01"), "QĐ 1/QĐ-UBND").await.unwrap();
        assert!(ends(Some("2026-12-02"), "QĐ 2").await.unwrap_err().contains("đã có ngày hết hiệu lực"));
        let entry = find().await;
        assert_eq!(entry.state(day("2026-11-30")), State::InForce);
        assert_eq!(entry.state(day("2026-12-01")), State::Abolished);
        assert_eq!(entry.abolished, "QĐ 1/QĐ-UBND");
        let mut conn = db.read().await.unwrap();
        assert!(actions::public(&mut conn, "2.000190", day("2026-11-30")).await.is_ok());
        assert!(actions::public(&mut conn, "2.000190", day("2026-12-01")).await.is_err());
    }
}

#[tokio::test]
async fn a_draft_is_listed_for_its_writers_and_published_only_without_faults() {
    for db in db::testing::both().await {
        loaded(&db).await;
        let site = site(db.clone());
        let scope = scope(day("2026-11-27"));
        let reader = Scope { roles: vec![people::Role::Viewer], ..scope.clone() };
        let former = store::of_code(&mut db.read().await.unwrap(), "2.000033").await.unwrap().remove(0);
        let draft = actions::editing::begin(&site, &scope, former.edition).await.unwrap();
        assert_eq!(actions::editing::begin(&site, &scope, former.edition).await.unwrap(), draft, "there is one draft");
        let (edition, mut one) = actions::edition(&mut db.read().await.unwrap(), &scope, draft).await.unwrap();
        assert_eq!(one.from, day("2026-11-28"));
        let mut conn = db.read().await.unwrap();
        let states = |entries: &[crate::model::Entry]| {
            entries.iter().filter(|one| one.code == "2.000033").map(|one| one.state(scope.today())).collect::<Vec<_>>()
        };
        let (mine, theirs) =
            (actions::entries(&mut conn, &scope).await.unwrap(), actions::entries(&mut conn, &reader).await.unwrap());
        assert_eq!(states(&mine), [State::Draft, State::InForce]);
        assert_eq!(states(&theirs), [State::InForce]);
        assert_eq!(rules::lines(&mine, Some(State::Draft), scope.today()).len(), 1);
        assert!(actions::edition(&mut conn, &reader, draft).await.is_err());
        drop(conn);
        let early = procedure::Procedure { from: day("2019-01-01"), ..one.clone() };
        let (place, say) = actions::faults(&mut db.read().await.unwrap(), &early).await.unwrap().pop().unwrap();
        assert_eq!(
            (place.as_str(), say.as_str()),
            ("from", "bản số 1 đã có hiệu lực từ 01/01/2019; chọn ngày sau đó.")
        );
        one.cases[0].process = "khong-co".into();
        actions::editing::save(&site, &scope, draft, edition.version, &one).await.unwrap();
        let no = actions::publish(&site, &scope, draft, 2, "QĐ 5").await.unwrap_err().say();
        assert!(no.contains("chưa có quy trình “khong-co”"), "{no}");
        one.cases[0].process = "mau-so-03".into();
        actions::editing::save(&site, &scope, draft, 2, &one).await.unwrap();
        let no = actions::publish(&site, &scope, draft, 3, "QĐ 5").await.unwrap_err().say();
        assert!(no.contains("dài hơn thời hạn"), "{no}");
        one.cases[0].time = procedure::Time::Days(3);
        actions::editing::save(&site, &scope, draft, 3, &one).await.unwrap();
        actions::publish(&site, &scope, draft, 4, "QĐ 5").await.unwrap();
        let all = store::of_code(&mut db.read().await.unwrap(), "2.000033").await.unwrap();
        assert_eq!(
            all.iter().map(|one| (one.published, one.valid_to)).collect::<Vec<_>>(),
            [(true, None), (true, Some(day("2026-11-28")))]
        );
        assert_eq!(all[0].times, "3 ngày làm việc");
    }
}

/// A site with no files.
fn site(db: Db) -> web::Site {
    let folder = std::env::temp_dir().join(format!("cuaviet-catalogue-{}", base::Uuid::now_v7()));
    let files =
        file::Store::open(&file::Settings { place: file::Place::Folder(folder), limits: file::Limits::default() });
    web::Site::new(web::Tools {
        db,
        files: files.unwrap(),
        jobs: job::Queue::new().bell(),
        oidc: None,
        citizens: None,
        signing: None,
        payments: None,
        counters: Vec::new(),
        clock: web::Clock::default(),
        settings: web::Settings {
            owner: "UBND tỉnh".into(),
            help: String::new(),
            public_url: "http://cuaviet.test".into(),
            sample: true,
            upload_mib: 1,
            ..web::Settings::default()
        },
        nav: Vec::new(),
    })
}
