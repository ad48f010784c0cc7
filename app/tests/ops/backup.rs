//! A backup, restored on either engine, gives back the same rows and the same files.

use super::desk;
use base::{Date, Timestamp, Uuid};
use db::dump::{self, Rows};
use db::{Db, Val};
use file::{Limits, Place, Settings, Store};
use people::{NewAccount, Scope, Unit, UnitId};
use std::collections::BTreeMap;
use std::path::Path;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn store(folder: &Path) -> Store {
    Store::open(&Settings { place: Place::Folder(folder.join("files")), limits: Limits::default() }).unwrap()
}

fn unit(id: u128, key: &str, parent: Option<UnitId>) -> Unit {
    let id: UnitId = Uuid::from_u128(id).into();
    Unit {
        id,
        key: key.into(),
        name: format!("Đơn vị {key}"),
        short: key.into(),
        kind: if parent.is_some() { "so" } else { "tinh" }.into(),
        parent,
        from: Date::constant(2015, 1, 1),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 0,
    }
}

/// Rows that are hard to give back: a child whose key comes before its parent's, a fact that names the later one
/// which replaced it, decimals with a zero at their end, a quote, a line break, nothing at all.
async fn fill(db: &Db, files: &Store) {
    let scope = Scope::program("Thử 'sao lưu'\nhai dòng", Timestamp::constant(1_600_000_000, 123_456_000));
    let mut tx = db.begin().await.unwrap();
    let top = unit(2, "tinh", None);
    people::save_unit(&mut tx, &scope, &top).await.unwrap();
    people::save_unit(&mut tx, &scope, &unit(1, "so", Some(top.id))).await.unwrap();
    for at in 0..1200 {
        let new =
            NewAccount { login: format!("nguoi.{at}"), name: "Đặng Thị Ước".into(), ..NewAccount::default() };
        if at < 5 {
            people::create(&mut tx, &scope, new).await.unwrap();
        } else {
            // More lines than one page of a dump has.
            journal::write(&mut tx, &scope, "test.done", journal::about("test", at), &(), &"x").await.unwrap();
        }
    }
    for value in ["12.50", "0.30"] {
        let new = fact::New {
            what: "test.share".into(),
            unit: top.id,
            from: Date::constant(2020, 1, 1),
            to: Date::constant(2021, 1, 1),
            value: value.parse().unwrap(),
            source: "Báo cáo \"số 1\"".into(),
            link: None,
            manual: false,
        };
        fact::record(&mut tx, &scope, new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let content = files.put(PDF.into(), "a.pdf").await.unwrap();
    let mut tx = db.begin().await.unwrap();
    file::attach(&mut tx, &scope, &content, "Kế hoạch.pdf", journal::about("evidence", "x")).await.unwrap();
    tx.commit().await.unwrap();
}

/// Every row of every table, decimals as text.
async fn all(db: &Db) -> BTreeMap<String, Vec<Vec<Val>>> {
    let mut conn = db.snapshot().await.unwrap();
    let mut found = BTreeMap::new();
    for table in dump::tables(&mut conn).await.unwrap() {
        let mut rows = Rows::of(&table);
        let mut all = Vec::new();
        loop {
            let page = rows.next(&mut conn).await.unwrap();
            if page.is_empty() {
                break;
            }
            all.extend(page);
        }
        for cell in all.iter_mut().flatten() {
            if let Val::Dec(value) = cell {
                *cell = Val::Text(value.to_string());
            }
        }
        found.insert(table.name.clone(), all);
    }
    found
}

#[tokio::test]
async fn rows_and_files_come_back_the_same_on_either_engine() {
    for from in db::testing::both().await {
        let home = tempfile::tempdir().unwrap();
        let files = store(home.path());
        fill(&from, &files).await;
        let kept = all(&from).await;
        assert_eq!(kept["journal"].len(), 1205, "{:?}", kept["journal"].len());
        let zip = desk::path(&home, "b.zip");
        let zip = zip.to_str().unwrap();
        let (url, folder) = (desk::url(&from).await, home.path().to_str().unwrap());
        desk::done(&["backup", zip, "--database", &url, "--data-dir", folder]);
        desk::done(&["backup", "verify", zip]);
        for to in db::testing::both().await {
            let place = tempfile::tempdir().unwrap();
            let (url, folder) = (desk::url(&to).await, place.path().to_str().unwrap());
            let words = ["restore", zip, "--database", &url, "--data-dir", folder];
            let said = desk::done(&words);
            assert!(said.contains("1 tệp"), "{said}");
            let back = all(&to).await;
            for (table, rows) in &kept {
                assert_eq!(rows, &back[table], "{table} from {} to {}", from.is_postgres(), to.is_postgres());
            }
            assert_eq!(kept.len(), back.len());
            let sha256 = match &kept["file_content"][0][0] {
                Val::Text(sha256) => sha256.clone(),
                other => panic!("{other:?}"),
            };
            assert_eq!(store(place.path()).get(&sha256).await.unwrap(), PDF);
            desk::done(&["journal", "verify", "--database", &url]);
            let again = desk::run(&words);
            assert_eq!(again.code, 1);
            assert!(again.err.contains("Chỉ khôi phục vào cơ sở dữ liệu trống"), "{}", again.err);
        }
    }
}

#[tokio::test]
async fn a_damaged_backup_is_not_restored() {
    let from = db::testing::lite().await;
    let home = tempfile::tempdir().unwrap();
    fill(&from, &store(home.path())).await;
    let path = desk::path(&home, "b.zip");
    let zip = path.to_str().unwrap();
    desk::done(&["backup", zip, "--database", &desk::url(&from).await, "--data-dir", home.path().to_str().unwrap()]);
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(PDF.len()).position(|part| part == PDF).expect("files are stored as they are");
    bytes[at + 9] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let place = tempfile::tempdir().unwrap();
    let said = desk::run(&["restore", zip, "--data-dir", place.path().to_str().unwrap()]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.err.contains("của bản sao lưu"), "{}", said.err);
    assert!(!desk::path(&place, "cuaviet.db").exists());
}

#[tokio::test]
async fn doctor_names_a_file_that_is_lost() {
    let db = db::testing::lite().await;
    let home = tempfile::tempdir().unwrap();
    let files = store(home.path());
    fill(&db, &files).await;
    let words = ["doctor", "--json", "--database", &desk::url(&db).await, "--data-dir", home.path().to_str().unwrap()];
    let said = desk::run(&words);
    assert!(said.out.contains("mọi tệp còn đủ"), "{}{}", said.out, said.err);
    std::fs::remove_dir_all(desk::path(&home, "files")).unwrap();
    let said = desk::run(&words);
    assert_eq!(said.code, 1);
    let found: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let lost = found.as_array().unwrap().iter().find(|one| one["about"] == "files").unwrap();
    assert_eq!(lost["level"], "bad");
    assert!(lost["say"].as_str().unwrap().contains("Kế hoạch.pdf bị mất"), "{lost}");
}
