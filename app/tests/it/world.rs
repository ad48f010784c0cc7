//! A small province, as it is on a day: two departments that are scored, a third that watches, their offices and people.

use crate::person::Person;
use axum::Router;
use base::{Date, Timestamp};
use cuaviet::serve;
use cuaviet::settings::{self, Settings};
use cuaviet::wiring::{self, Parts};
use db::{Db, Tx};
use file::Store;
use index::actions::{self, NewRound, NewWatch};
use index::files::set_toml;
use index::model::Days;
use job::Queue;
use people::{AccountId, NewAccount, NewGrant, Role, Scope, Unit, UnitId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use web::{Clock, Site};

/// The word that opens every account of this world.
pub const WORD: &str = "mot cau ngan de nho";

/// Key, full name, short name, kind and the unit above.
const UNITS: [(&str, &str, &str, &str, &str); 6] = [
    ("tinh", "Tỉnh Quảng Trị", "Quảng Trị", "tinh", ""),
    ("sct", "Sở Công Thương", "SCT", "so", "tinh"),
    ("snv", "Sở Nội vụ", "SNV", "so", "tinh"),
    ("vp", "Văn phòng UBND tỉnh", "VP", "so", "tinh"),
    ("sct-phong", "Phòng Kế hoạch Sở Công Thương", "Phòng KH", "phong", "sct"),
    ("snv-phong", "Phòng CCHC Sở Nội vụ", "Phòng CCHC", "phong", "snv"),
];

/// Login, name, title, role and the unit where it is held.
const PEOPLE: [(&str, &str, &str, Role, &str); 13] = [
    ("quan", "Hoàng Văn Quản", "Quản trị hệ thống", Role::Admin, "tinh"),
    ("hoa", "Nguyễn Thị Hoa", "Chủ tịch Hội đồng", Role::Council, "tinh"),
    ("lan", "Trần Thị Lan", "Đầu mối CCHC", Role::Coordinator, "sct"),
    ("minh", "Lê Văn Minh", "Giám đốc", Role::Head, "sct"),
    ("binh", "Phạm Văn Bình", "Chuyên viên", Role::Staff, "sct-phong"),
    ("yen", "Đỗ Thị Yến", "Giám đốc", Role::Head, "snv"),
    ("thu", "Ngô Thị Thu", "Trưởng phòng", Role::Appraiser, "snv-phong"),
    ("khoa", "Vũ Đăng Khoa", "Chuyên viên", Role::Appraiser, "snv-phong"),
    ("hai", "Bùi Thanh Hải", "Chuyên viên", Role::Appraiser, "vp"),
    ("mai", "Cao Thị Mai", "Công chức một cửa", Role::Clerk, "sct"),
    ("nam", "Ngô Văn Nam", "Trưởng phòng", Role::Head, "sct-phong"),
    ("van", "Lý Thị Vân", "Văn thư", Role::Registrar, "sct"),
    ("tam", "Đinh Thị Tâm", "Công chức một cửa", Role::Clerk, "snv"),
];

/// The first morning of a world: the round of 2026 is open for answers.
pub const MORNING: &str = "2026-11-24";

/// The world. Cheap to clone: all clones are the same world.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    db: Db,
    files: Store,
    settings: Settings,
    stage: Mutex<Stage>,
    /// What stands in braces in addresses.
    names: Mutex<BTreeMap<String, String>>,
    _folder: TempDir,
}

/// The site as it is served on one day.
#[derive(Clone)]
struct Stage {
    day: Date,
    site: Site,
    router: Router,
    queue: Arc<Queue>,
}

/// Walks one journey on each engine, and asks at its end whether the journal is whole.
pub async fn journey(walk: impl AsyncFn(World)) {
    journey_with(&[], walk).await;
}

/// The same on a site that an operator has set up further.
pub async fn journey_with(set: &[(&str, String)], walk: impl AsyncFn(World)) {
    for db in db::testing::both().await {
        let world = World::begin(db, set).await;
        walk(world.clone()).await;
        let lines = journal::verify(world.db()).await.unwrap().expect("the journal is whole");
        assert!(lines > 0);
    }
}

/// At nine in the morning, Việt Nam time.
fn morning(day: Date) -> Timestamp {
    base::day::start(day).checked_add(jiff::SignedDuration::from_hours(9)).unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl World {
    /// A site with nothing in it.
    pub fn empty(db: Db) -> World {
        World::set(db, &[])
    }

    fn set(db: Db, set: &[(&str, String)]) -> World {
        let folder = tempfile::tempdir().unwrap();
        let own = [
            ("data_dir", folder.path().to_string_lossy().into_owned()),
            ("public_url", "http://cuaviet.test".to_owned()),
            ("upload.max_mib", "1".to_owned()),
        ];
        let flags = [&own, set].concat();
        let settings = settings::read(None, std::iter::empty(), &flags).unwrap();
        let files = wiring::files(&settings).unwrap();
        let stage = Mutex::new(Stage::on(day(MORNING), &db, &files, &settings));
        World(Arc::new(Inner { db, files, settings, stage, names: Mutex::default(), _folder: folder }))
    }

    async fn begin(db: Db, set: &[(&str, String)]) -> World {
        let world = World::set(db, set);
        let scope = world.program();
        let mut tx = world.db().begin().await.unwrap();
        let mut ids: BTreeMap<&str, UnitId> = BTreeMap::new();
        for one in UNITS {
            let id = unit(&mut tx, &scope, one, ids.get(one.4).copied()).await;
            ids.insert(one.0, id);
            world.name(one.0, id);
        }
        for (login, name, title, role, at) in PEOPLE {
            let id = account(&mut tx, &scope, login, name, title).await;
            let new =
                NewGrant { account: id, unit: ids[at], role, from: day("2020-01-01"), to: None, note: String::new() };
            people::grant(&mut tx, &scope, new).await.unwrap();
            world.name(login, id);
        }
        tx.commit().await.unwrap();
        world.begins_a_round(&scope, &ids).await;
        world
    }

    async fn begins_a_round(&self, scope: &Scope, ids: &BTreeMap<&str, UnitId>) {
        let site = self.site();
        let set = set_toml::read(include_str!("set.toml")).unwrap();
        let edition = actions::sets::import_set(&site, scope, &set.value, true).await.unwrap();
        actions::sets::publish_set(&site, scope, edition, 1, "MẪU: viết cho các hành trình thử").await.unwrap();
        let new = NewRound {
            name: "Chỉ số CCHC năm 2026".into(),
            year: 2026,
            province: ids["tinh"],
            days: Days {
                scoring_from: day("2026-11-01"),
                scoring_to: day("2026-12-11"),
                appraisal_to: day("2026-12-21"),
                explaining_to: day("2026-12-28"),
                second_to: day("2027-01-08"),
            },
            sets: vec![("so".into(), edition)],
            units: vec![(ids["sct"], "so".into()), (ids["snv"], "so".into())],
            sample: true,
        };
        let round = actions::create_round(&site, scope, new).await.unwrap();
        // Sở Nội vụ watches the first field and Văn phòng the second; Sở Nội vụ's own card is Văn phòng's.
        for (field, watching, only) in [("1", "snv", Some("sct")), ("1", "vp", Some("snv")), ("2", "vp", None)] {
            let new = NewWatch {
                kind: "so".into(),
                fields: vec![field.into()],
                unit: ids[watching],
                account: None,
                only_unit: only.map(|only| ids[only]),
            };
            actions::give_fields(&site, scope, round, new).await.unwrap();
        }
        actions::open_round(&site, scope, round).await.unwrap();
        self.name("round", round);
        self.name("edition", edition);
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub fn site(&self) -> Site {
        self.stage().site
    }

    pub fn router(&self) -> Router {
        self.stage().router
    }

    pub fn today(&self) -> Date {
        self.stage().day
    }

    fn stage(&self) -> Stage {
        self.0.stage.lock().unwrap().clone()
    }

    /// The program itself, today.
    pub fn program(&self) -> Scope {
        Scope::program("Hành trình thử", self.site().now())
    }

    /// It is now nine in the morning of another day.
    pub fn turns_to(&self, to: &str) {
        let stage = Stage::on(day(to), &self.0.db, &self.0.files, &self.0.settings);
        *self.0.stage.lock().unwrap() = stage;
    }

    /// Some seconds pass.
    pub fn waits(&self, seconds: i64) {
        let stage = self.stage();
        let now = stage.site.now().checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
        let stage = Stage::at(stage.day, now, &self.0.db, &self.0.files, &self.0.settings);
        *self.0.stage.lock().unwrap() = stage;
    }

    pub fn person(&self, login: &'static str) -> Person {
        let unit = PEOPLE.iter().find(|one| one.0 == login).map(|one| one.4).unwrap_or_default();
        Person::new(self.clone(), login, unit.trim_end_matches("-phong"))
    }

    /// Somebody who has not signed in.
    pub fn stranger(&self) -> Person {
        Person::new(self.clone(), "", "")
    }

    /// Gives what has an id a name for addresses.
    pub fn name(&self, name: &str, id: impl ToString) {
        self.0.names.lock().unwrap().insert(name.to_owned(), id.to_string());
    }

    /// What a name stands for.
    #[track_caller]
    pub fn id(&self, name: &str) -> String {
        self.0.names.lock().unwrap().get(name).unwrap_or_else(|| panic!("nothing is called {name}")).clone()
    }

    /// An address with ids for its names.
    #[track_caller]
    pub fn address(&self, path: &str) -> String {
        let mut parts = path.split('{');
        let mut made = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').expect("a closed brace");
            made += &self.id(name);
            made += rest;
        }
        made
    }

    /// Does the work that waits in the background.
    pub async fn works(&self) {
        job::run_due(&self.stage().queue, &self.0.db).await.unwrap();
    }

    /// Sends what systems outside are to be told.
    pub async fn tells(&self) {
        let clock = self.stage().site.clock;
        let clock: link::Clock = Arc::new(move || clock.now());
        for port in wiring::ports(&self.0.settings, &self.stage().site).unwrap() {
            link::run_due(&self.0.db, &port, &clock).await.unwrap();
        }
    }

    /// How many lines of the journal say that this was done.
    pub async fn done(&self, what: &str) -> usize {
        journal::latest(&mut self.db().read().await.unwrap(), i64::MAX, what, "", 1000).await.unwrap().lines.len()
    }
}

impl Stage {
    fn on(day: Date, db: &Db, files: &Store, settings: &Settings) -> Stage {
        Stage::at(day, morning(day), db, files, settings)
    }

    fn at(day: Date, now: Timestamp, db: &Db, files: &Store, settings: &Settings) -> Stage {
        let clock = Clock::starting_at(now);
        let queue = wiring::queue(settings, files, clock);
        let parts = Parts { db: db.clone(), files: files.clone(), jobs: queue.bell(), clock, sample: true };
        let (site, routes) = wiring::build(settings, parts).unwrap();
        let router = serve::router(settings, &site, routes);
        Stage { day, site, router, queue: Arc::new(queue) }
    }
}

async fn unit(
    tx: &mut Tx,
    scope: &Scope,
    (key, name, short, kind, _): (&str, &str, &str, &str, &str),
    parent: Option<UnitId>,
) -> UnitId {
    let unit = Unit {
        id: db::fresh_id(),
        key: key.into(),
        name: name.into(),
        short: short.into(),
        kind: kind.into(),
        parent,
        from: day("2015-01-01"),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 0,
    };
    people::save_unit(tx, scope, &unit).await.unwrap();
    unit.id
}

async fn account(tx: &mut Tx, scope: &Scope, login: &str, name: &str, title: &str) -> AccountId {
    let email = Some(format!("{login}@quangtri.example"));
    // A sample account: spared the second factor of administrators.
    let new = NewAccount {
        login: login.into(),
        name: name.into(),
        title: title.into(),
        email,
        sample: true,
        ..NewAccount::default()
    };
    people::create(tx, scope, new).await.unwrap().id
}
