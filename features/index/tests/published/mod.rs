//! The demo's province with the round of 2019 published and that of 2020 open, and people with a session each.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::{Date, Timestamp};
use db::Db;
use index::actions::{self, NewRound};
use index::model::{CardState, Days, EDITION_KIND, RoundId};
use people::{NewAccount, NewGrant, Role, Scope, Unit, UnitId};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tower::ServiceExt;
use web::{Clock, Settings, Site, Tools};

pub struct World {
    pub site: Site,
    pub router: axum::Router,
    pub past: RoundId,
    pub open: RoundId,
    units: BTreeMap<String, Unit>,
    cookies: BTreeMap<&'static str, String>,
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

fn now() -> Timestamp {
    "2020-11-24T08:00:00+07:00".parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl World {
    pub async fn both() -> Vec<World> {
        let mut worlds = Vec::new();
        for db in db::testing::both().await {
            worlds.push(World::of(db).await);
        }
        worlds
    }

    async fn of(db: Db) -> World {
        let folder = std::env::temp_dir().join(format!("cuaviet-test-files-{}", db::fresh_id::<base::Uuid>()));
        let place = file::Place::Folder(folder);
        let settings = Settings {
            owner: "UBND tỉnh Quảng Trị".into(),
            help: "Hỗ trợ: 0233 3852 000".into(),
            public_url: "http://127.0.0.1:8080".into(),
            sample: true,
            upload_mib: 20,
            ..Settings::default()
        };
        let site = Site::new(Tools {
            db,
            files: file::Store::open(&file::Settings { place, limits: file::Limits::default() }).unwrap(),
            jobs: job::Queue::new().bell(),
            oidc: None,
            citizens: None,
            signing: None,
            payments: None,
            counters: Vec::new(),
            clock: Clock::starting_at(now()),
            settings,
            nav: index::pages::NAV.to_vec(),
        });
        let scope = Scope::program("thử", now());
        let units = begin(&site, &scope).await;
        let past = past(&site, &scope, &units).await;
        let open = open(&site, &scope, &units).await;
        let router = index::pages::routes().into_router(site.clone());
        let mut world = World { site, router, past, open, units, cookies: BTreeMap::new() };
        for (login, unit, role) in [
            ("council", "tinh-quang-tri", Role::Council),
            ("viewer", "tinh-quang-tri", Role::Viewer),
            ("admin", "tinh-quang-tri", Role::Admin),
            ("appraiser", "so-noi-vu", Role::Appraiser),
            ("head", "so-cong-thuong", Role::Head),
            ("staff", "so-cong-thuong", Role::Staff),
        ] {
            world.person(&scope, login, unit, role).await;
        }
        world
    }

    async fn person(&mut self, scope: &Scope, login: &'static str, unit: &str, role: Role) {
        let mut tx = self.site.db.begin().await.unwrap();
        let new = NewAccount {
            login: login.into(),
            name: "Lê Thị Thử".into(),
            email: None,
            phone: None,
            title: "Chuyên viên".into(),
            subject: None,
            sample: true,
        };
        let account = people::create(&mut tx, scope, new).await.unwrap();
        let grant = NewGrant {
            account: account.id,
            unit: self.unit(unit),
            role,
            from: day("2020-01-01"),
            to: None,
            note: String::new(),
        };
        people::grant(&mut tx, scope, grant).await.unwrap();
        let cookie = people::begin_session(&mut tx, account.id, self.site.now(), "thử", "127.0.0.1").await.unwrap();
        tx.commit().await.unwrap();
        self.cookies.insert(login, cookie);
    }

    pub fn cookie(&self, who: &str) -> &str {
        &self.cookies[who]
    }

    /// Where a posted form leads.
    pub async fn post(&self, who: &str, path: &str, fields: &str) -> String {
        let cookie = self.cookie(who);
        let beside = self.site.db.beside().await.unwrap();
        let session = people::enter(&beside, cookie, self.site.now()).await.unwrap().unwrap().session;
        drop(beside);
        let request = Request::post(path)
            .header(header::COOKIE, format!("{}={cookie}", web::Cookie::name(&self.site)))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={}&{fields}", session.csrf)))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        answer.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }

    pub fn unit(&self, key: &str) -> UnitId {
        self.units[key].id
    }

    pub fn program(&self) -> Scope {
        Scope::program("thử", now())
    }

    pub async fn answers_of(&self, key: &str) -> Vec<(String, Option<Value>)> {
        let view =
            index::view::load(&mut self.site.db.read().await.unwrap(), &self.program(), self.past, self.unit(key))
                .await
                .unwrap();
        view.answers.into_iter().map(|(code, answer)| (code, answer.value)).collect()
    }

    /// Answers of the published round are lost, as a wrong hand in the database might do.
    pub async fn spoil_answers(&self) {
        let mut tx = self.site.db.begin().await.unwrap();
        let cards = index::store::cards(&mut tx, self.past).await.unwrap();
        for card in cards {
            index::store::put_answer(&mut tx, card.id, "1.2", &index::model::Answer::default(), now(), None)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    }
}

/// Units, criteria sets and history.
async fn begin(site: &Site, scope: &Scope) -> BTreeMap<String, Unit> {
    let mut tx = site.db.begin().await.unwrap();
    people::load_units(&mut tx, scope, &text("units/quang-tri-2020.toml"), true).await.unwrap();
    actions::load_embedded(&mut tx, scope).await.unwrap();
    let figures = actions::results::load_history(&mut tx, scope, actions::history::HISTORY_FILES).await.unwrap();
    assert!(figures > 6000, "{figures}");
    assert_eq!(
        actions::results::load_history(&mut tx, scope, actions::history::HISTORY_FILES).await.unwrap(),
        0,
        "a second time adds nothing"
    );
    tx.commit().await.unwrap();
    let units = people::units(&mut site.db.read().await.unwrap()).await.unwrap();
    units.into_iter().map(|unit| (unit.key.clone(), unit)).collect()
}

async fn round(site: &Site, scope: &Scope, units: &BTreeMap<String, Unit>, year: i64, kinds: &[&str]) -> RoundId {
    let days = Days {
        scoring_from: day(&format!("{year}-11-01")),
        scoring_to: day(&format!("{year}-12-11")),
        appraisal_to: day(&format!("{year}-12-21")),
        explaining_to: day(&format!("{year}-12-28")),
        second_to: day(&format!("{}-01-08", year + 1)),
    };
    let mut sets = Vec::new();
    for kind in kinds {
        let code = format!("mau-{kind}-{year}");
        let edition = rulebook::in_force(&mut site.db.read().await.unwrap(), EDITION_KIND, &code, days.scoring_from)
            .await
            .unwrap()
            .unwrap();
        sets.push(((*kind).to_owned(), edition.id));
    }
    let scored = units.values().filter(|unit| unit.is_on(days.scoring_from) && kinds.contains(&unit.kind.as_str()));
    let new = NewRound {
        name: format!("Chỉ số cải cách hành chính năm {year}"),
        year,
        province: units["tinh-quang-tri"].id,
        days,
        sets,
        units: scored.map(|unit| (unit.id, unit.kind.clone())).collect(),
        sample: true,
    };
    let id = actions::create_round(site, scope, new).await.unwrap();
    actions::open_round(site, scope, id).await.unwrap();
    id
}

async fn past(site: &Site, scope: &Scope, units: &BTreeMap<String, Unit>) -> RoundId {
    let id = round(site, scope, units, 2019, &["so", "huyen"]).await;
    let mut tx = site.db.begin().await.unwrap();
    for kind in ["so", "huyen"] {
        actions::load_answers(&mut tx, scope, id, &json(&format!("demo/answers/2019-{kind}.json"))).await.unwrap();
        actions::load_verdicts(&mut tx, scope, id, kind, &json(&format!("demo/answers/2019-{kind}.verdicts.json")))
            .await
            .unwrap();
    }
    actions::settle_cards(&mut tx, scope, id, CardState::Concluded).await.unwrap();
    tx.commit().await.unwrap();
    actions::publish(site, scope, id, "MẪU-01/QĐ-UBND", Some(day("2020-01-15"))).await.unwrap();
    id
}

async fn open(site: &Site, scope: &Scope, units: &BTreeMap<String, Unit>) -> RoundId {
    let id = round(site, scope, units, 2020, &["so", "huyen"]).await;
    let mut tx = site.db.begin().await.unwrap();
    for name in ["2020-so.json", "2020-huyen.json", "2020-so.survey.json"] {
        actions::load_answers(&mut tx, scope, id, &json(&format!("demo/answers/{name}"))).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}
