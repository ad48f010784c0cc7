//! The SQL gives what the pure count gives, on both engines, over lives that were lived through the store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::clock::{Deed, Tick};
use crate::stats::tests::dossier;
use crate::stats::{By, Life};
use crate::store;
use base::Date;
use db::{Db, Tx};
use people::{NewAccount, Scope, Unit};
use rulebook::{Content, EditionId, New};

/// Numbers from a seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len() as u64) as usize]
    }
}

pub(crate) fn hour(hours: u64) -> Timestamp {
    let start: Timestamp = "2026-01-01T00:00:00+07:00".parse().unwrap();
    start.checked_add(jiff::SignedDuration::from_hours(hours.cast_signed())).unwrap()
}

pub(crate) struct World {
    pub(crate) agencies: Vec<UnitId>,
    pub(crate) people: Vec<AccountId>,
    pub(crate) edition: EditionId,
}

pub(crate) async fn world(tx: &mut Tx) -> World {
    let scope = Scope::program("thử", hour(0));
    let mut made = World { agencies: Vec::new(), people: Vec::new(), edition: db::fresh_id() };
    for key in ["so-mot", "so-hai"] {
        let unit = Unit {
            id: db::fresh_id(),
            key: key.into(),
            name: key.into(),
            short: key.into(),
            kind: "so".into(),
            parent: None,
            from: "2015-01-01".parse().unwrap(),
            to: None,
            code_old: None,
            code_new: None,
            sample: true,
            version: 1,
        };
        people::save_unit(tx, &scope, &unit).await.unwrap();
        made.agencies.push(unit.id);
        let login = format!("nguoi.{key}");
        let new = NewAccount { name: key.into(), login, sample: true, ..NewAccount::default() };
        made.people.push(people::create(tx, &scope, new).await.unwrap().id);
    }
    let content = Content {
        name: "Mẫu".into(),
        source: "MẪU".into(),
        valid_from: "2020-01-01".parse().unwrap(),
        valid_to: None,
        body: serde_json::json!({}),
    };
    let new = New { kind: "procedure".into(), code: "mau".into(), content, sample: true };
    made.edition = rulebook::draft(tx, &scope, new).await.unwrap().id;
    made
}

/// What the pure count needs of a dossier.
struct Lived {
    agency: UnitId,
    channel: Channel,
    handler: Option<AccountId>,
    life: Life,
}

async fn live(tx: &mut Tx, world: &World, dice: &mut Dice, nth: u64) -> Lived {
    let mut one = dossier();
    let mut now = dice.roll(1000);
    one.code = format!("MAU-20260101-{nth:07}");
    one.agency = dice.one(&world.agencies);
    (one.counter, one.channel) = (one.agency, dice.one(Channel::ALL));
    (one.procedure_edition, one.process_edition) = (world.edition, world.edition);
    one.received_by = Some(dice.one(&world.people));
    let due = hour(now + 1 + dice.roll(200));
    (one.received, one.promised, one.due) = (hour(now), due, Some(due));
    store::add_dossier(tx, &one, None).await.unwrap();
    let mut life = Life::new(&one);
    let mut handler = None;
    let mut last: Option<Tick> = None;
    for _ in 0..dice.roll(7) {
        now += dice.roll(90);
        let at = hour(now);
        let due = hour(now + dice.roll(150));
        let act = match (dice.roll(5), one.paused) {
            (0 | 1, None) => {
                (one.paused, one.due, one.resolved) = (Some(at), None, None);
                Some(Deed::Pause { reason: dice.one(&["supplement", "financial-duty", "agency-answer"]).to_owned() })
            }
            (0 | 1, Some(_)) => {
                (one.paused, one.due) = (None, Some(due));
                Some(Deed::Resume)
            }
            (2, None) => {
                one.due = Some(due);
                Some(Deed::Extend { minutes: 480 })
            }
            (3, None) => {
                one.resolved = one.resolved.or(Some(at));
                None
            }
            (3, Some(_)) => {
                (one.ended, one.state) = (Some(at), State::Stopped);
                None
            }
            _ => {
                one.at.holder = Some(dice.one(&world.people));
                handler = one.at.holder;
                None
            }
        };
        if let Some(act) = act {
            let tick = Tick { at, act };
            store::add_tick(tx, one.id, &tick, None).await.unwrap();
            last = Some(tick);
        }
        let ledger = store::ticks(tx, one.id).await.unwrap();
        let on = store::onward(tx, &one, &ledger, true).await.unwrap();
        assert!(store::move_dossier(tx, &one, one.version).await.unwrap());
        if let Some(on) = &on {
            store::go_on(tx, &one, on).await.unwrap();
        }
        life = life.after(&one, last.as_ref());
        if one.ended.is_some() {
            break;
        }
    }
    assert_eq!(store::life(tx, one.id).await.unwrap().unwrap(), life);
    Lived { agency: one.agency, channel: one.channel, handler, life }
}

fn asked(from: Date, to: Date, by: By) -> Asked {
    Asked {
        from,
        to,
        by,
        agency: None,
        field: String::new(),
        procedure: String::new(),
        channel: None,
        receiver: String::new(),
        handler: String::new(),
    }
}

fn key(lived: &Lived, by: By) -> String {
    match by {
        By::Agency => lived.agency.to_string(),
        By::Channel => lived.channel.code().into(),
        _ => lived.handler.map_or_else(|| "-".into(), |id| id.to_string()),
    }
}

#[tokio::test]
async fn what_is_counted_at_once_is_what_is_counted_one_by_one_and_each_number_opens_its_list() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let world = world(&mut tx).await;
        let mut dice = Dice(7);
        let mut lives = Vec::new();
        for nth in 0..150 {
            lives.push(live(&mut tx, &world, &mut dice, nth).await);
        }
        tx.commit().await.unwrap();
        compare(&db, &world, &lives).await;
    }
}

async fn compare(db: &Db, world: &World, lives: &[Lived]) {
    let agencies: BTreeSet<UnitId> = world.agencies.iter().copied().collect();
    let mut conn = db.read().await.unwrap();
    for (from, to) in [(0, 400), (400, 800), (800, 1300), (0, 2000), (500, 524)] {
        let range = Range { from: hour(from), to: hour(to) };
        for by in [By::Agency, By::Channel, By::Handler] {
            let mut pure: BTreeMap<String, Counts> = BTreeMap::new();
            for one in lives {
                pure.entry(key(one, by)).or_default().add_life(one.channel, &one.life, range);
            }
            pure.retain(|_, counts| !counts.is_empty());
            let asked = asked(Date::MIN, Date::MAX, by);
            let found = count(&mut conn, &asked, &agencies, range).await.unwrap();
            assert_eq!(found, pure, "{from}–{to} by {by:?}");
            for (key, counts) in &found {
                assert!(counts.is_whole());
                let only = asked.only(key);
                for measure in Measure::ALL {
                    let behind = count_behind(&mut conn, &only, &agencies, range, *measure).await.unwrap();
                    assert_eq!(behind, counts.of(*measure), "{measure:?}");
                    let lines = list_behind(&mut conn, &only, &agencies, range, *measure, (0, 1000)).await.unwrap();
                    assert_eq!(lines.len() as i64, behind, "{measure:?}");
                }
            }
        }
    }
    let only = BTreeSet::from([world.agencies[0]]);
    let range = Range { from: hour(0), to: hour(2000) };
    let found = count(&mut conn, &asked(Date::MIN, Date::MAX, By::Agency), &only, range).await.unwrap();
    assert_eq!(found.len(), 1, "another agency is not counted");
}

#[tokio::test]
async fn every_text_is_understood_by_both() {
    assert!(db::testing::every_text_is_understood().await > 0);
}
