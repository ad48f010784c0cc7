//! The SQL gives what the pure count gives, on both engines, and lists exactly what it counts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::helped::{Measure, Turn};
use crate::stats::tests::dossier;
use crate::store;
use crate::store::stats::tests::{Dice, hour, world};

#[tokio::test]
async fn the_sql_counts_what_the_pure_count_counts_and_lists_it() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let made = world(&mut tx).await;
        let mut dice = Dice(7);
        let mut turns = Vec::new();
        for nth in 0..120u64 {
            let mut one = dossier();
            one.code = format!("MAU-20260101-{nth:07}");
            one.agency = made.agencies[(nth % 2) as usize];
            (one.counter, one.procedure_edition, one.process_edition) = (one.agency, made.edition, made.edition);
            let begun = dice.roll(500);
            let some = |dice: &mut Dice, most| (dice.roll(3) > 0).then(|| hour(begun + dice.roll(most)));
            let (due, done) = (some(&mut dice, 100), some(&mut dice, 150));
            one.ended = (dice.roll(4) == 0).then(|| done.unwrap_or(hour(begun + 40)));
            store::add_dossier(&mut tx, &one, None).await.unwrap();
            let on = store::onward(&mut tx, &one, &[], true).await.unwrap();
            assert!(store::move_dossier(&mut tx, &one, one.version).await.unwrap());
            if let Some(on) = &on {
                store::go_on(&mut tx, &one, on).await.unwrap();
            }
            let asked = made.agencies[((nth + 1) % 2) as usize];
            let step = Step {
                id: db::fresh_id(),
                code: "3".into(),
                name: "Cho ý kiến".into(),
                role: "specialist".into(),
                agency: (nth % 5 > 0).then_some(asked),
                office: None,
                holder: None,
                begun: hour(begun),
                due,
                minutes: 480,
                done: None,
                done_by: None,
                done_name: String::new(),
                onward: String::new(),
                note: String::new(),
                back: false,
            };
            store::add_step(&mut tx, one.id, &step).await.unwrap();
            if let Some(done) = done {
                let scope = people::Scope::program("thử", done);
                let left = Left { id: step.id, onward: String::new(), note: String::new(), back: false };
                store::end_step(&mut tx, &scope, one.id, &left).await.unwrap();
            }
            if step.agency.is_some() {
                turns.push(((asked, one.agency), Turn { begun: step.begun, due, done, ended: one.ended }));
            }
        }
        for (from, to) in [(0, 1000), (100, 300), (300, 301), (550, 900)] {
            let range = Range { from: hour(from), to: hour(to) };
            let mut expected: BTreeMap<Pair, Counts> = BTreeMap::new();
            for (pair, turn) in &turns {
                if let Some((carried, stands)) = turn.in_range(range) {
                    expected.entry(*pair).or_default().add(carried, stands, 1);
                }
            }
            let all: BTreeSet<UnitId> = made.agencies.iter().copied().collect();
            assert_eq!(count_helped(&mut tx, &all, range).await.unwrap(), expected);
            for ((asked, asking), counts) in &expected {
                for measure in Measure::ALL.iter().copied() {
                    let which = Helps { asked: Some(*asked), asking: Some(*asking), measure };
                    let (total, lines) = list_helped(&mut tx, &all, range, which, (0, 500)).await.unwrap();
                    assert_eq!((total, lines.len() as i64), (counts.of(measure), counts.of(measure)), "{measure:?}");
                }
            }
            let nobody = BTreeSet::from([db::fresh_id()]);
            assert!(count_helped(&mut tx, &nobody, range).await.unwrap().is_empty());
        }
    }
}
