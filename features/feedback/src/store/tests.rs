//! Written and read back on both engines; another agency's is hidden; the SQL counts what the pure count counts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::stats::{Counts, Range};
use crate::{rules, stats, store};
use base::Timestamp;
use db::Tx;
use people::{AccountId, NewAccount, Scope, Unit, UnitId};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides).cast_signed()
    }
}

fn hour(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-01-01T00:00:00+07:00".parse().unwrap();
    start.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap()
}

fn at(hours: i64) -> Scope {
    Scope::program("thử", hour(hours))
}

async fn unit(tx: &mut Tx, key: &str) -> UnitId {
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
        version: 0,
    };
    people::save_unit(tx, &at(0), &unit).await.unwrap();
    unit.id
}

async fn account(tx: &mut Tx, login: &str) -> AccountId {
    let new = NewAccount { name: login.into(), login: login.into(), sample: true, ..NewAccount::default() };
    people::create(tx, &at(0), new).await.unwrap().id
}

fn said(agency: UnitId, nth: i64, received: i64, days: i64) -> Feedback {
    let mut one = rules::tests_one();
    one.id = db::fresh_id();
    one.code = format!("PA-20260101-{nth:04}");
    (one.agency, one.kind) = (agency, Kind::ALL[usize::try_from(nth).unwrap() % 2]);
    (one.at, one.due) = (hour(received), hour(received + days));
    (one.state, one.answered, one.answer) = (State::New, None, String::new());
    one
}

#[tokio::test]
async fn what_the_sql_counts_is_what_the_pure_count_counts_and_each_number_has_its_lines() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let agencies = [unit(&mut tx, "so-mot").await, unit(&mut tx, "so-hai").await];
        let mut dice = Dice(20_261_128);
        let mut lives = Vec::new();
        for nth in 0..60 {
            let mut one = said(agencies[usize::try_from(dice.roll(2)).unwrap()], nth, dice.roll(400), dice.roll(120));
            store::add(&mut tx, &one, &rules::words_of(&one)).await.unwrap();
            if dice.roll(3) > 0 {
                // Each fourth at the very moment at which it is due.
                let since = |at: Timestamp| (at.as_second() - hour(0).as_second()) / 3600;
                let when = if dice.roll(4) == 0 { since(one.due) } else { since(one.at) + dice.roll(200) };
                one.answered = Some(hour(when));
                let state = if dice.roll(4) == 0 { State::Refused } else { State::Answered };
                store::end(&mut tx, &at(when), one.id, state, "Trả lời").await.unwrap();
            }
            lives.push(one);
        }
        for _ in 0..40 {
            let from = dice.roll(300);
            let to = from + 1 + dice.roll(200);
            let range = Range { from: hour(from), to: hour(to), moment: hour(to.min(dice.roll(600))) };
            let by = By::ALL[usize::try_from(dice.roll(2)).unwrap()];
            let day = "2026-01-01".parse().unwrap();
            let asked = Asked { from: day, to: day, by, agency: None, kind: None };
            let reach: BTreeSet<UnitId> = if dice.roll(2) == 0 { [agencies[0]].into() } else { agencies.into() };
            let mut expected: BTreeMap<String, Counts> = BTreeMap::new();
            for one in lives.iter().filter(|one| reach.contains(&one.agency)) {
                let key = if by == By::Kind { one.kind.code().to_owned() } else { one.agency.to_string() };
                *expected.entry(key).or_default() += stats::count(one.at, one.due, one.answered, range);
            }
            expected.retain(|_, counts| !counts.is_empty());
            let found = store::count(&mut tx, &asked, &reach, range).await.unwrap();
            assert_eq!(found, expected);
            for (key, counts) in &found {
                let only = asked.only(key);
                for measure in Measure::ALL {
                    let total = store::count_behind(&mut tx, &only, &reach, range, *measure).await.unwrap();
                    let lines = store::behind(&mut tx, &only, &reach, range, *measure, (0, 1000)).await.unwrap();
                    assert_eq!((counts.of(*measure), counts.of(*measure)), (total, lines.len() as i64), "{measure:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_list_has_its_own_and_hides_the_rest() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let (here, there) = (unit(&mut tx, "so-mot").await, unit(&mut tx, "so-hai").await);
        let (lan, binh) = (account(&mut tx, "lan").await, account(&mut tx, "binh").await);
        let all = [said(here, 1, 1, 10), said(here, 2, 2, 200), said(there, 3, 3, 10)];
        for one in &all {
            store::add(&mut tx, one, &rules::words_of(one)).await.unwrap();
        }
        store::give(&mut tx, all[1].id, here, Some(binh)).await.unwrap();
        let now = hour(50);
        let whole = Reach { agency: here, only: None };
        let of = |account| Reach { agency: here, only: Some((account, vec![here])) };
        let filter = |sort: &str, words: &str, place: &str| Filter {
            kind: None,
            place: place.to_owned(),
            words: base::text::fold(words),
            sort: sort.to_owned(),
        };
        let mut codes = async |reach: &Reach, filter: &Filter, tab: Tab| {
            let found = store::list(&mut tx, reach, filter, tab, now, (0, 10)).await.unwrap();
            found.iter().map(|one| one.code[12..].to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes(&whole, &filter("han", "", ""), Tab::New).await, "0001 0002");
        assert_eq!(codes(&whole, &filter("-ma", "", ""), Tab::New).await, "0002 0001");
        assert_eq!(codes(&whole, &filter("han", "", ""), Tab::Late).await, "0001");
        assert_eq!(codes(&whole, &filter("han", "cho lau", ""), Tab::New).await, "0001 0002");
        assert_eq!(codes(&whole, &filter("han", "0002 mau", ""), Tab::New).await, "0002");
        assert_eq!(codes(&whole, &filter("han", "không có", ""), Tab::New).await, "");
        assert_eq!(codes(&whole, &filter("han", "%", ""), Tab::New).await, "0001 0002", "no sign of a pattern");
        assert_eq!(codes(&whole, &filter("han", "", "-"), Tab::New).await, "0001");
        assert_eq!(codes(&whole, &filter("han", "", &binh.to_string()), Tab::New).await, "0002");
        assert_eq!(codes(&of(binh), &filter("han", "", ""), Tab::New).await, "0002");
        assert_eq!(codes(&of(lan), &filter("han", "", ""), Tab::New).await, "");
        let counts = store::counts(&mut tx, &whole, &filter("", "", ""), now).await.unwrap();
        assert_eq!((counts[&Tab::New], counts[&Tab::Late], counts[&Tab::Answered]), (2, 1, 0));
    }
}

#[tokio::test]
async fn only_what_was_approved_is_read_by_everybody() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let here = unit(&mut tx, "so-mot").await;
        let one = said(here, 1, 1, 10);
        store::add(&mut tx, &one, &rules::words_of(&one)).await.unwrap();
        store::end(&mut tx, &at(5), one.id, State::Answered, "Xin lỗi bà Mẫu").await.unwrap();
        store::propose(&mut tx, one.id, "Có phải chờ lâu không?", "Đã mở thêm quầy").await.unwrap();
        let total = async |tx: &mut Tx, words: &str| store::count_published(tx, words, "").await.unwrap();
        assert_eq!(total(&mut tx, "").await, 0);
        let now = store::find(&mut tx, one.id).await.unwrap().unwrap();
        store::publish(&mut tx, &at(6), &now, "Sở Một", Public::Yes).await.unwrap();
        assert_eq!((total(&mut tx, "them quay").await, total(&mut tx, "xin loi").await), (1, 0));
        let found = store::find_published(&mut tx, &one.code).await.unwrap().unwrap();
        assert_eq!((found.question.as_str(), found.answer.as_str()), ("Có phải chờ lâu không?", "Đã mở thêm quầy"));
        assert_eq!(store::published(&mut tx, "", &here.to_string(), (0, 5)).await.unwrap().len(), 1);
        store::publish(&mut tx, &at(7), &now, "Sở Một", Public::No).await.unwrap();
        assert!(store::find_published(&mut tx, &one.code).await.unwrap().is_none());
        assert_eq!(total(&mut tx, "").await, 0);
    }
}

#[tokio::test]
async fn an_address_is_forgotten_after_its_hour_and_the_seal_stays() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        store::let_in_again(&mut tx, "a", hour(1)).await.unwrap();
        store::let_in_again(&mut tx, "a", hour(2)).await.unwrap();
        assert_eq!(store::came_from(&mut tx, "a", hour(0)).await.unwrap(), 2);
        store::forget_senders(&mut tx, hour(1)).await.unwrap();
        assert_eq!(store::came_from(&mut tx, "a", hour(0)).await.unwrap(), 1);
        for fresh in ["một", "hai"] {
            store::keep_seal(&mut tx, fresh).await.unwrap();
            assert_eq!(store::seal(&mut tx).await.unwrap().as_deref(), Some("một"));
        }
    }
}
