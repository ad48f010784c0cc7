//! The tree of units: days, order, loops, successors.

use crate::world::{code, codes, day, done, house, new_unit};
use db::Db;
use people::{Failure, Unit, UnitId, children, end_unit, find_unit, path, save_unit, successors, units, units_with};

async fn save(db: &Db, unit: &Unit) -> Result<(), Failure> {
    done(db, async |tx| save_unit(tx, &house(), unit).await).await
}

/// tinh ─ so ─ phong
async fn three(db: &Db) -> [Unit; 3] {
    let tinh = new_unit("tinh", "tinh", None);
    let so = new_unit("so", "so", Some(tinh.id));
    let phong = new_unit("phong", "phong", Some(so.id));
    for unit in [&tinh, &so, &phong] {
        save(db, unit).await.unwrap();
    }
    [tinh, so, phong]
}

async fn again(db: &Db, id: UnitId) -> Unit {
    find_unit(&mut db.read().await.unwrap(), id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_path_leads_from_a_unit_up_to_its_province() {
    for db in db::testing::both().await {
        let [_, _, phong] = three(&db).await;
        let all = units(&mut db.read().await.unwrap()).await.unwrap();
        let keys: Vec<&str> = path(&all, phong.id).iter().map(|unit| unit.key.as_str()).collect();
        assert_eq!(keys, ["phong", "so", "tinh"]);
    }
}

#[test]
fn a_path_ends_where_it_would_begin_again() {
    let mut here = new_unit("here", "so", None);
    let there = new_unit("there", "so", Some(here.id));
    here.parent = Some(there.id);
    assert_eq!(path(&[here.clone(), there], here.id).len(), 2);
}

#[tokio::test]
async fn a_unit_is_there_from_its_first_day_to_the_day_before_its_end() {
    for db in db::testing::both().await {
        let [tinh, so, _] = three(&db).await;
        save(&db, &Unit { to: Some(day("2025-07-01")), version: 1, ..so.clone() }).await.unwrap();
        let mut conn = db.read().await.unwrap();
        for (on, there) in [("2010-12-31", false), ("2011-01-01", true), ("2025-06-30", true), ("2025-07-01", false)] {
            let below = children(&mut conn, tinh.id, day(on)).await.unwrap();
            assert_eq!(!below.is_empty(), there, "{on}");
            let kinds = units_with(&mut conn, day(on), &["so"]).await.unwrap();
            assert_eq!(!kinds.is_empty(), there, "{on}");
        }
    }
}

#[tokio::test]
async fn units_are_listed_in_vietnamese_order_and_by_kind() {
    for db in db::testing::both().await {
        for (key, name) in [("a", "Sở Y tế"), ("b", "Sở Đối ngoại"), ("c", "Sở Du lịch"), ("d", "Sở Công Thương")]
        {
            save(&db, &Unit { name: name.into(), ..new_unit(key, "so", None) }).await.unwrap();
        }
        save(&db, &new_unit("e", "huyen", None)).await.unwrap();
        let found = units_with(&mut db.read().await.unwrap(), day("2020-11-24"), &["so", "xa"]).await.unwrap();
        let names: Vec<&str> = found.iter().map(|unit| unit.name.as_str()).collect();
        // Đ comes after D.
        assert_eq!(names, ["Sở Công Thương", "Sở Du lịch", "Sở Đối ngoại", "Sở Y tế"]);
        assert_eq!(units_with(&mut db.read().await.unwrap(), day("2020-11-24"), &[]).await.unwrap().len(), 5);
    }
}

#[tokio::test]
async fn no_unit_stands_above_itself() {
    for db in db::testing::both().await {
        let [tinh, so, phong] = three(&db).await;
        for below in [tinh.id, so.id, phong.id] {
            let turned = Unit { parent: Some(below), version: 1, ..tinh.clone() };
            assert_eq!(code(save(&db, &turned).await), "unit-loop");
        }
        let mut own = new_unit("own", "so", None);
        own.parent = Some(own.id);
        assert_eq!(code(save(&db, &own).await), "unit-loop");
        // Moving an office to another place is no loop.
        save(&db, &Unit { parent: Some(tinh.id), version: 1, ..phong }).await.unwrap();
    }
}

#[tokio::test]
async fn a_form_hears_all_its_refusals_at_once() {
    for db in db::testing::both().await {
        let bad = Unit {
            name: "  ".into(),
            to: Some(day("2011-01-01")),
            parent: Some(db::fresh_id()),
            ..new_unit("Sở Y tế", "so", None)
        };
        let fields: Vec<_> = codes(save(&db, &bad).await).into_iter().filter_map(|(_, field)| field).collect();
        assert_eq!(fields, ["name", "key", "to", "parent"]);
        three(&db).await;
        assert_eq!(code(save(&db, &new_unit("so", "so", None)).await), "unit-key-taken");
    }
}

#[tokio::test]
async fn the_second_of_two_forms_sees_what_the_first_has_saved() {
    for db in db::testing::both().await {
        let [_, so, _] = three(&db).await;
        let first = Unit { name: "Sở Công Thương".into(), version: 1, ..so.clone() };
        let second = Unit { name: "Sở Thương mại".into(), version: 1, ..so };
        save(&db, &first).await.unwrap();
        let Err(Failure::Conflict { theirs, .. }) = save(&db, &second).await else { panic!("taken") };
        assert_eq!(theirs["name"], "Sở Công Thương");
        assert_eq!(again(&db, first.id).await.name, "Sở Công Thương");
    }
}

/// 1/7/2025: two provinces made one.
#[tokio::test]
async fn a_merger_ends_both_and_names_their_successor() {
    for db in db::testing::both().await {
        let (one, two, new) =
            (new_unit("quang-tri", "tinh", None), new_unit("quang-binh", "tinh", None), new_unit("moi", "tinh", None));
        let day_of = day("2025-07-01");
        for unit in [&one, &two, &Unit { from: day_of, ..new.clone() }] {
            save(&db, unit).await.unwrap();
        }
        for id in [one.id, two.id] {
            done(&db, async |tx| end_unit(tx, &house(), id, day_of, "merge", &[new.id]).await).await.unwrap();
        }
        let mut conn = db.read().await.unwrap();
        let known = successors(&mut conn).await.unwrap();
        let mut merged: Vec<UnitId> = known.iter().map(|known| known.unit).collect();
        merged.sort();
        let mut expected = [one.id, two.id];
        expected.sort();
        assert_eq!(merged, expected);
        assert!(known.iter().all(|known| known.successor == new.id && known.how == "merge" && known.on == day_of));
        let alive = units_with(&mut conn, day_of, &["tinh"]).await.unwrap();
        assert_eq!(alive.into_iter().map(|unit| unit.id).collect::<Vec<_>>(), [new.id]);
        drop(conn);
        assert_eq!(again(&db, one.id).await.to, Some(day_of));
    }
}

#[tokio::test]
async fn an_end_makes_sense_or_is_refused() {
    for db in db::testing::both().await {
        let [tinh, so, _] = three(&db).await;
        let end = async |on, how: &str, heirs: &[UnitId]| {
            done(&db, async |tx| end_unit(tx, &house(), so.id, day(on), how, heirs).await).await
        };
        assert_eq!(code(end("2025-07-01", "vanished", &[]).await), "unit-how");
        assert_eq!(code(end("2025-07-01", "merge", &[so.id]).await), "unit-heir");
        assert_eq!(code(end("2010-07-01", "merge", &[tinh.id]).await), "unit-days");
        assert_eq!(again(&db, so.id).await.to, None);
        assert!(successors(&mut db.read().await.unwrap()).await.unwrap().is_empty());
    }
}
