//! The files of `data/units`: both generations load, and bad files leave nothing behind.

use crate::world::{code, day, deeds, done, house};
use db::Db;
use people::{Failure, Unit, load_units, successors, unit_by_key, units, units_with};

const BEFORE: &str = include_str!("../../../../data/units/quang-tri-2020.toml");
const AFTER: &str = include_str!("../../../../data/units/quang-tri-2026.toml");

async fn load(db: &Db, text: &str) -> Result<usize, Failure> {
    done(db, async |tx| load_units(tx, &house(), text, true).await).await
}

async fn count(db: &Db, on: &str, kind: &str) -> usize {
    units_with(&mut db.read().await.unwrap(), day(on), &[kind]).await.unwrap().len()
}

/// The numbers are those of the README of `data/units`, counted by hand.
#[tokio::test]
async fn quang_tri_before_and_after_the_merger() {
    for db in db::testing::both().await {
        load(&db, BEFORE).await.unwrap();
        load(&db, AFTER).await.unwrap();
        let (then, now) = ("2020-11-24", "2026-11-24");
        for (kind, before, after) in [("tinh", 2, 1), ("huyen", 10, 0), ("xa", 20, 19), ("trung-uong", 0, 3)] {
            assert_eq!((count(&db, then, kind).await, count(&db, now, kind).await), (before, after), "{kind}");
        }
        // Three departments of Quảng Bình are in the books beside the twenty of Quảng Trị.
        assert_eq!((count(&db, then, "so").await, count(&db, now, "so").await), (23, 15));
        assert_eq!((count(&db, "2025-06-30", "huyen").await, count(&db, "2025-07-01", "huyen").await), (10, 0));
        let mut conn = db.read().await.unwrap();
        let links = successors(&mut conn).await.unwrap();
        let new = unit_by_key(&mut conn, "tinh-quang-tri-2025").await.unwrap().unwrap();
        for old in ["tinh-quang-tri", "tinh-quang-binh"] {
            let old = unit_by_key(&mut conn, old).await.unwrap().unwrap();
            let link = links.iter().find(|link| link.unit == old.id).unwrap();
            assert_eq!((link.successor, link.how.as_str(), Some(link.on)), (new.id, "merge", old.to));
        }
    }
}

#[tokio::test]
async fn a_file_loaded_again_changes_only_what_differs() {
    for db in db::testing::both().await {
        let first = load(&db, BEFORE).await.unwrap();
        assert_eq!(units(&mut db.read().await.unwrap()).await.unwrap().len(), first);
        let lines = deeds(&db).await.len();
        load(&db, BEFORE).await.unwrap();
        assert_eq!(deeds(&db).await.len(), lines);
        load(&db, &BEFORE.replacen("Sở Tư pháp", "Sở Tư pháp tỉnh", 1)).await.unwrap();
        assert_eq!(deeds(&db).await.len(), lines + 1);
        let changed: Unit = unit_by_key(&mut db.read().await.unwrap(), "so-tu-phap").await.unwrap().unwrap();
        assert_eq!((changed.name.as_str(), changed.version, changed.sample), ("Sở Tư pháp tỉnh", 2, true));
    }
}

#[tokio::test]
async fn a_bad_file_says_where_and_leaves_nothing() {
    let unit = |key: &str, more: &str| {
        format!("[[units]]\nkey = \"{key}\"\nname = \"N\"\nkind = \"so\"\nfrom = \"2011-01-01\"\n{more}\n")
    };
    let pair = |ends: &str, link: &str| {
        unit("cu", &format!("to = \"{ends}\"")) + &unit("moi", &format!("successors = [{link}]"))
    };
    let link = |kind: &str, on: &str| format!("{{ of = \"cu\", kind = \"{kind}\", on = \"{on}\" }}");
    let bad = [
        (unit("a", "") + &unit("b", "colour = 1"), "colour"),
        (unit("a", "") + &unit("b", "parent = \"c\""), "“b”: không có đơn vị “c”"),
        (unit("a", "") + &unit("a", ""), "“a”: có hai lần"),
        (unit("a", "") + &unit("b", "to = \"31/12/2020\""), "“b”: “31/12/2020” không phải là ngày"),
        (unit("a", "") + &unit("b", "to = \"2011-01-01\""), "“b”: Ngày kết thúc phải sau"),
        (pair("2025-07-01", &link("merge", "2025-06-01")), "“cu” được kế tục từ 01/06/2025"),
        (pair("2025-07-01", &link("eaten", "2025-07-01")), "“moi”: “eaten”"),
        (
            unit("a", "successors = [{ of = \"lost\", kind = \"merge\", on = \"2025-07-01\" }]"),
            "“a”: không có đơn vị “lost”",
        ),
    ];
    for db in db::testing::both().await {
        for (text, says) in &bad {
            let refused = load(&db, text).await;
            let say = refused.as_ref().unwrap_err().say();
            assert!(say.contains(says), "{say:?} lacks {says:?}");
            assert_eq!(code(refused), if *says == "“b”: Ngày kết thúc phải sau" { "unit-days" } else { "unit-file" });
            assert!(units(&mut db.read().await.unwrap()).await.unwrap().is_empty());
        }
        load(&db, &pair("2025-07-01", &link("rename", "2025-07-01"))).await.unwrap();
    }
}
