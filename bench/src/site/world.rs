//! A province of 60 departments, five rounds of 100 leaves with all answers, and one session for each department.

use super::plain;
use anyhow::Result;
use base::{Date, Timestamp};
use cuaviet::{serve, settings};
use db::{Db, args, sql};
use index::actions::{self, NewRound};
use index::model::{Days, RoundId};
use people::{NewAccount, NewGrant, Role, Scope, Unit, UnitId};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

const UNITS: usize = 60;
const YEARS: std::ops::RangeInclusive<i16> = 2016..=2020;

sql! {
    VERSION = "select s.version from index_answer s join index_card c on c.id = s.card where c.round = $1 and c.unit = $2 and s.code = $3";
}

/// One person at one department's card of the open round.
#[derive(Clone)]
pub struct Saver {
    pub card: String,
    pub cookie: String,
    pub csrf: String,
    db: Db,
    round: RoundId,
    unit: UnitId,
}

pub struct World {
    pub savers: Vec<Saver>,
}

impl Saver {
    /// What stands in the cell's hidden field.
    pub async fn version(&self, code: &str) -> Result<i64> {
        let found = self.db.read().await?.find(VERSION, args![self.round, self.unit, code], |row| row.pull()).await?;
        Ok(found.unwrap_or(0))
    }
}

fn at(day: Date) -> Timestamp {
    base::day::start(day).saturating_add(jiff::SignedDuration::from_hours(9)).unwrap_or_default()
}

impl World {
    pub async fn begin() -> Result<World> {
        let folder = std::env::temp_dir().join(format!("cuaviet-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let flags = [("data_dir", folder.to_string_lossy().into_owned()), ("log.level", "warn".to_owned())];
        let settings = settings::read(None, std::iter::empty(), &flags).map_err(|wrong| anyhow::anyhow!("{wrong}"))?;
        let clock = web::Clock::starting_at(at(Date::constant(2020, 12, 1)));
        let opened = serve::ready(&settings, true, clock, false).await?;
        let db = opened.site.db.clone();
        let scope = Scope::program("bench", at(Date::constant(2016, 1, 2)));
        let (province, units) = province(&db, &scope).await?;
        let mut round = None;
        for year in YEARS {
            round = Some(one_year(&opened.site, &scope, province, &units, year).await?);
        }
        let Some(round) = round else { anyhow::bail!("no year") };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}", listener.local_addr()?);
        let mut savers = Vec::new();
        for (nth, unit) in units.iter().enumerate() {
            savers.push(saver(&opened.site, &scope, &base, round, *unit, nth).await?);
        }
        let router = serve::router(&settings, &opened.site, opened.routes);
        let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Ok(World { savers })
    }
}

async fn province(db: &Db, scope: &Scope) -> Result<(UnitId, Vec<UnitId>)> {
    let unit = |key: String, kind: &str, parent: Option<UnitId>| Unit {
        id: db::fresh_id(),
        name: format!("Đơn vị {key}"),
        short: key.clone(),
        key,
        kind: kind.into(),
        parent,
        from: Date::constant(2010, 1, 1),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 0,
    };
    let mut tx = db.begin().await?;
    let province = unit("tinh".into(), "tinh", None);
    people::save_unit(&mut tx, scope, &province).await.map_err(plain)?;
    let mut units = Vec::new();
    for nth in 0..UNITS {
        let one = unit(format!("so-{nth}"), "so", Some(province.id));
        people::save_unit(&mut tx, scope, &one).await.map_err(plain)?;
        units.push(one.id);
    }
    tx.commit().await?;
    Ok((province.id, units))
}

/// 8 fields; 100 leaves, each a ratio: 13 in four fields and 12 in the others.
fn set(year: i16) -> Value {
    let mut criteria = Vec::new();
    for field in 1..=8 {
        criteria.push(json!({ "code": field.to_string(), "name": format!("Lĩnh vực {field}") }));
        for leaf in 1..=(if field <= 4 { 13 } else { 12 }) {
            criteria.push(json!({
                "code": format!("{field}.{leaf}"), "name": format!("Mức độ hoàn thành nhiệm vụ số {leaf} theo kế hoạch của lĩnh vực"), "max": "1", "evidence": "optional",
                "measure": { "kind": "ratio", "part": "đã hoàn thành", "whole": "được giao", "floor": "0.05", "empty": "zero" },
            }));
        }
    }
    json!({
        "code": format!("bench-{year}"), "name": format!("Bộ tiêu chí {year}"), "source": "bench",
        "valid": { "from": format!("{year}-01-01"), "to": format!("{}-01-01", year + 1) },
        "applies_to": ["so"], "rounding": { "leaf": 3, "total": 2 }, "criteria": criteria,
    })
}

async fn one_year(site: &web::Site, scope: &Scope, province: UnitId, units: &[UnitId], year: i16) -> Result<RoundId> {
    let edition = actions::sets::import_set(site, scope, &set(year), true).await.map_err(plain)?;
    actions::sets::publish_set(site, scope, edition, 1, "bench").await.map_err(plain)?;
    let day = |month: i8, day: i8| Date::constant(year, month, day);
    let new = NewRound {
        name: format!("Chỉ số {year}"),
        year: year.into(),
        province,
        days: Days {
            scoring_from: day(11, 1),
            scoring_to: day(12, 20),
            appraisal_to: day(12, 25),
            explaining_to: day(12, 28),
            second_to: day(12, 30),
        },
        sets: vec![("so".into(), edition)],
        units: units.iter().map(|unit| (*unit, "so".to_owned())).collect(),
        sample: true,
    };
    let round = actions::create_round(site, scope, new).await.map_err(plain)?;
    actions::open_round(site, scope, round).await.map_err(plain)?;
    let mut all = Map::new();
    for nth in 0..units.len() {
        let leaves = (1..=8).flat_map(|field| (1..=(if field <= 4 { 13 } else { 12 })).map(move |leaf| (field, leaf)));
        let answers: Map<String, Value> = leaves
            .map(|(field, leaf)| {
                (format!("{field}.{leaf}"), json!({ "part": (300 + nth * 7 + leaf * 11).to_string(), "whole": "1000" }))
            })
            .collect();
        all.insert(format!("so-{nth}"), Value::Object(answers));
    }
    let mut tx = site.db.begin().await?;
    actions::load_answers(&mut tx, scope, round, &json!({ "units": all })).await.map_err(plain)?;
    tx.commit().await?;
    Ok(round)
}

async fn saver(site: &web::Site, scope: &Scope, base: &str, round: RoundId, unit: UnitId, nth: usize) -> Result<Saver> {
    let mut tx = site.db.begin().await?;
    let new = NewAccount {
        login: format!("bench.{nth}"),
        name: format!("Người {nth}"),
        sample: true,
        ..NewAccount::default()
    };
    let account = people::create(&mut tx, scope, new).await.map_err(plain)?.id;
    let grant = NewGrant {
        account,
        unit,
        role: Role::Coordinator,
        from: Date::constant(2015, 1, 1),
        to: None,
        note: String::new(),
    };
    people::grant(&mut tx, scope, grant).await.map_err(plain)?;
    let cookie = people::begin_session(&mut tx, account, site.now(), "bench", "127.0.0.1").await.map_err(plain)?;
    tx.commit().await?;
    let entered = people::enter(&site.db.beside().await?, &cookie, site.now()).await.map_err(plain)?;
    let Some(entered) = entered else { anyhow::bail!("no session") };
    Ok(Saver {
        card: format!("{base}/chi-so/dot/{round}/phieu/{unit}"),
        cookie: format!("{}={cookie}", web::Cookie::name(site)),
        csrf: entered.session.csrf,
        db: site.db.clone(),
        round,
        unit,
    })
}
