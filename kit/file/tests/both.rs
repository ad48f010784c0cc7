//! Files from upload to sweep: on both databases, in a folder and in an object store that stands for S3.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base::Timestamp;
use bytes::Bytes;
use db::{Db, Tx};
use file::{Content, Fault, FileUseId, Kind, Limits, Place, Settings, Store, Swept};
use futures_util::stream;
use jiff::SignedDuration;
use journal::{About, about};
use object_store::memory::InMemory;
use people::{Failure, Scope};
use std::path::Path;
use std::sync::Arc;

const PDF: &[u8] = b"%PDF-1.4\ntrailer << >>\n%%EOF";
/// By sha256sum.
const PDF_SHA: &str = "14febcf1916ce446ae4d1a358719780f1bb7ae96d45e46168ef5e9039bcec4f9";

fn scope() -> Scope {
    Scope::program("Lan", db::now())
}

fn folder(path: &Path) -> Store {
    let place = Place::Folder(path.join("files"));
    Store::open(&Settings { place, limits: Limits::default() }).unwrap()
}

/// Each database with each store; the folder lives as long as the world.
async fn worlds() -> Vec<(Db, Store, Option<tempfile::TempDir>)> {
    let mut found = Vec::new();
    for db in db::testing::both().await {
        let dir = tempfile::tempdir().unwrap();
        found.push((db.clone(), folder(dir.path()), Some(dir)));
    }
    for db in db::testing::both().await {
        found.push((db, Store::over(Arc::new(InMemory::new()), Limits::default()), None));
    }
    found
}

async fn deed<T>(db: &Db, deed: impl AsyncFnOnce(&mut Tx) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut tx = db.begin().await?;
    let done = deed(&mut tx).await?;
    tx.commit().await?;
    Ok(done)
}

async fn attached(db: &Db, content: &Content, name: &str, about: About) -> FileUseId {
    deed(db, async |tx| Ok(file::attach(tx, &scope(), content, name, about).await?)).await.unwrap()
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    match outcome.unwrap_err() {
        Failure::Refused(refusals) => refusals[0].code,
        Failure::NotFound => "not-found",
        other => panic!("{other:?}"),
    }
}

fn hours(hours: i64) -> Timestamp {
    db::now() + SignedDuration::from_hours(hours)
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_under_the_name_it_was_given() {
    for (db, store, _dir) in worlds().await {
        let content = store.put(Bytes::from_static(PDF), "Báo cáo.pdf").await.unwrap();
        assert_eq!((content.bytes, content.kind), (PDF.len() as u64, Kind::Pdf));
        assert_eq!(content.sha256, PDF_SHA);
        let id = attached(&db, &content, "C:\\Báo cáo.pdf", about("evidence", 1)).await;
        let opened = file::open(&mut db.read().await.unwrap(), &store, id).await.unwrap();
        assert_eq!(opened.bytes, PDF);
        assert_eq!((opened.meta.name.as_str(), opened.meta.kind.as_str()), ("Báo cáo.pdf", "application/pdf"));
        let missing = file::open(&mut db.read().await.unwrap(), &store, db::fresh_id()).await;
        assert_eq!(code(missing), "not-found");
    }
}

#[tokio::test]
async fn one_content_of_many_records_is_stored_once() {
    for (db, store, dir) in worlds().await {
        for (record, name) in [(1, "a.pdf"), (2, "b.pdf"), (2, "c.pdf")] {
            let content = store.put(Bytes::from_static(PDF), name).await.unwrap();
            attached(&db, &content, name, about("evidence", record)).await;
        }
        let other = store.put(Bytes::from_static(b"GIF89a"), "d.gif").await.unwrap();
        attached(&db, &other, "d.gif", about("remark", 1)).await;
        let mut conn = db.read().await.unwrap();
        let uses = file::uses_of(&mut conn, "evidence", &[1, 2, 3]).await.unwrap();
        let seen: Vec<(&str, &str)> = uses.iter().map(|one| (one.about.as_str(), one.name.as_str())).collect();
        assert_eq!(seen, [("1", "a.pdf"), ("2", "b.pdf"), ("2", "c.pdf")]);
        assert_eq!(file::uses_of(&mut conn, "remark", &[1]).await.unwrap().len(), 1);
        assert!(file::uses_of(&mut conn, "evidence", &[9]).await.unwrap().is_empty());
        let first = file::contents(&mut conn, "", 1).await.unwrap();
        let rest = file::contents(&mut conn, &first[0].sha256, 9).await.unwrap();
        assert_eq!((first.len(), rest.len()), (1, 1));
        if let Some(dir) = dir {
            let kept = dir.path().join("files").join(&PDF_SHA[..2]).join(PDF_SHA);
            assert_eq!(std::fs::read(kept).unwrap(), PDF);
        }
    }
}

#[tokio::test]
async fn a_refused_file_leaves_nothing_and_the_rest_is_kept() {
    for (_, store, dir) in worlds().await {
        let mut taken = Vec::new();
        for (bytes, name) in [(PDF, "a.pdf"), (b"MZ\0\0", "b.pdf"), (b"", "c.pdf"), (b"GIF89a", "d.gif")] {
            match store.put(Bytes::from_static(bytes), name).await {
                Ok(content) => taken.push(content.kind),
                Err(Failure::Refused(refusals)) => assert!(refusals[0].say.contains(name)),
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(taken, [Kind::Pdf, Kind::Gif]);
        let narrow = Limits { kinds: vec![Kind::Xlsx], ..Limits::default() };
        assert_eq!(code(store.put_within(Bytes::from_static(PDF), "a.pdf", &narrow).await), "file-unwanted");
        if let Some(dir) = dir {
            assert_eq!(std::fs::read_dir(dir.path().join("files")).unwrap().count(), 2);
        }
    }
}

#[tokio::test]
async fn an_upload_is_read_to_the_limit_and_no_further() {
    let limits = Limits { max_bytes: 100, ..Limits::default() };
    let store = Store::over(Arc::new(InMemory::new()), limits);
    let pieces = |count: usize| stream::iter((0..count).map(|_| Ok::<_, String>(Bytes::from_static(b"0123456789"))));
    assert_eq!(store.put_stream(pieces(10), "a.txt").await.unwrap().bytes, 100);
    let endless = stream::repeat_with(|| Ok::<_, String>(Bytes::from_static(b"0123456789")));
    assert_eq!(code(store.put_stream(endless, "a.txt").await), "file-too-big");
    let cut = stream::iter([Ok(Bytes::from_static(b"abc")), Err("connection reset")]);
    assert_eq!(code(store.put_stream(cut, "a.txt").await), "file-cut");
}

#[tokio::test]
async fn a_file_is_taken_from_its_own_record_only() {
    for (db, store, _dir) in worlds().await {
        let content = store.put(Bytes::from_static(PDF), "a.pdf").await.unwrap();
        let id = attached(&db, &content, "a.pdf", about("evidence", 1)).await;
        let detach = async |about: About| deed(&db, async |tx| file::detach(tx, &scope(), id, about).await).await;
        assert_eq!(code(detach(about("evidence", 2)).await), "not-found");
        assert_eq!(code(detach(about("remark", 1)).await), "not-found");
        detach(about("evidence", 1)).await.unwrap();
        assert_eq!(code(detach(about("evidence", 1)).await), "not-found");
        let lines = journal::of(&mut db.read().await.unwrap(), "evidence", "1", 9).await.unwrap();
        let deeds: Vec<&str> = lines.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(deeds, ["file.detached", "file.attached"]);
    }
}

#[tokio::test]
async fn what_nobody_refers_to_is_swept_after_a_day() {
    for (db, store, _dir) in worlds().await {
        let used = store.put(Bytes::from_static(PDF), "a.pdf").await.unwrap();
        attached(&db, &used, "a.pdf", about("evidence", 1)).await;
        // Never attached: a crash between the store and the commit.
        let orphan = store.put(Bytes::from_static(b"GIF89a orphan"), "o.gif").await.unwrap();
        let dropped = store.put(Bytes::from_static(b"GIF89a dropped"), "d.gif").await.unwrap();
        let id = attached(&db, &dropped, "d.gif", about("evidence", 1)).await;
        deed(&db, async |tx| file::detach(tx, &scope(), id, about("evidence", 1)).await).await.unwrap();
        let gone = store.put(Bytes::from_static(b"GIF89a of a job"), "j.gif").await.unwrap();
        attached(&db, &gone, "j.gif", about("job", 7)).await;
        attached(&db, &gone, "j.gif", about("job", 8)).await;
        let let_go =
            async |jobs: &[i64]| deed(&db, async |tx| Ok(file::let_go(tx, db::now(), "job", jobs).await?)).await;
        assert_eq!(let_go(&[7]).await.unwrap(), 1);

        assert_eq!(file::sweep(&db, &store, hours(23)).await.unwrap(), Swept::default());
        assert_eq!(file::sweep(&db, &store, hours(25)).await.unwrap(), Swept { rows: 1, objects: 2 });
        assert!(store.get(&orphan.sha256).await.is_err() && store.get(&dropped.sha256).await.is_err());
        assert!(store.get(&used.sha256).await.is_ok() && store.get(&gone.sha256).await.is_ok());
        assert_eq!(let_go(&[8]).await.unwrap(), 1);
        assert_eq!(file::sweep(&db, &store, hours(25)).await.unwrap(), Swept { rows: 1, objects: 1 });
        assert!(file::check(&db, &store).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_day_is_counted_from_when_a_content_was_last_let_go() {
    for (db, store, _dir) in worlds().await {
        let content = store.put(Bytes::from_static(PDF), "a.pdf").await.unwrap();
        let id = attached(&db, &content, "a.pdf", about("evidence", 1)).await;
        let later = Scope { now: hours(100), ..scope() };
        deed(&db, async |tx| file::detach(tx, &later, id, about("evidence", 1)).await).await.unwrap();
        assert_eq!(file::sweep(&db, &store, hours(123)).await.unwrap().rows, 0);
        // Given again before the sweep: it stays.
        let again = Scope { now: hours(123), ..scope() };
        let id = deed(&db, async |tx| Ok(file::attach(tx, &again, &content, "b.pdf", about("evidence", 2)).await?))
            .await
            .unwrap();
        assert_eq!(file::sweep(&db, &store, hours(200)).await.unwrap(), Swept::default());
        assert!(file::open(&mut db.read().await.unwrap(), &store, id).await.is_ok());
    }
}

#[tokio::test]
async fn a_sweep_clears_what_a_killed_program_left_half_written_and_nothing_else() {
    let db = db::testing::lite().await;
    let dir = tempfile::tempdir().unwrap();
    let store = folder(dir.path());
    let files = dir.path().join("files");
    std::fs::create_dir_all(files.join("ab")).unwrap();
    std::fs::write(files.join("ab/abcd#1"), "half").unwrap();
    std::fs::write(files.join("README"), "somebody's").unwrap();
    assert_eq!(file::sweep(&db, &store, hours(23)).await.unwrap().objects, 0);
    assert_eq!(file::sweep(&db, &store, hours(25)).await.unwrap().objects, 1);
    assert!(!files.join("ab/abcd#1").exists() && files.join("README").exists());
}

#[tokio::test]
async fn a_missing_and_an_altered_file_are_found_and_never_handed_out() {
    for db in db::testing::both().await {
        let dir = tempfile::tempdir().unwrap();
        let store = folder(dir.path());
        let path = |content: &Content| dir.path().join("files").join(&content.sha256[..2]).join(&content.sha256);
        let mut ids = Vec::new();
        let mut contents = Vec::new();
        for name in ["good.gif", "gone.gif", "bent.gif"] {
            let content = store.put(format!("GIF89a {name}").into(), name).await.unwrap();
            ids.push(attached(&db, &content, name, about("evidence", 1)).await);
            contents.push(content);
        }
        std::fs::remove_file(path(&contents[1])).unwrap();
        let mut bytes = std::fs::read(path(&contents[2])).unwrap();
        bytes[8] ^= 1;
        std::fs::write(path(&contents[2]), bytes).unwrap();

        let mut found = file::check(&db, &store).await.unwrap();
        found.sort_by(|a, b| a.names.cmp(&b.names));
        let seen: Vec<(&str, Fault)> = found.iter().map(|one| (one.names[0].as_str(), one.fault)).collect();
        assert_eq!(seen, [("bent.gif", Fault::Altered), ("gone.gif", Fault::Missing)]);
        let mut conn = db.read().await.unwrap();
        assert!(file::open(&mut conn, &store, ids[0]).await.is_ok());
        for id in &ids[1..] {
            assert_eq!(code(file::open(&mut conn, &store, *id).await), "file-lost");
        }
        // Uploaded again, or given back by a backup, it is whole.
        store.put("GIF89a gone.gif".into(), "x.gif").await.unwrap();
        assert_eq!(store.put_back("GIF89a bent.gif".into()).await.unwrap(), contents[2].sha256);
        assert!(file::check(&db, &store).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_is_broken_and_not_a_finding() {
    let db = db::testing::lite().await;
    let s3 = |endpoint: &str| Settings {
        place: Place::S3 {
            bucket: "cchc".into(),
            region: None,
            endpoint: Some(endpoint.into()),
            key_id: Some("k".into()),
            secret: Some("s".into()),
            prefix: Some("files".into()),
        },
        limits: Limits::default(),
    };
    // TLS is there without anybody having set it up.
    assert!(Store::open(&s3("https://127.0.0.1:9")).is_ok());
    let content = Store::over(Arc::new(InMemory::new()), Limits::default());
    let content = content.put(Bytes::from_static(PDF), "a.pdf").await.unwrap();
    let id = attached(&db, &content, "a.pdf", about("evidence", 1)).await;
    let store = Store::open(&s3("http://127.0.0.1:9")).unwrap();
    assert!(matches!(file::check(&db, &store).await, Err(Failure::Broken(_))));
    let opened = file::open(&mut db.read().await.unwrap(), &store, id).await;
    assert!(matches!(opened, Err(Failure::Broken(_))));
    assert!(matches!(store.put(Bytes::from_static(PDF), "a.pdf").await, Err(Failure::Broken(_))));
    let place = Place::Folder("/dev/null/files".into());
    assert!(matches!(Store::open(&Settings { place, limits: Limits::default() }), Err(Failure::Broken(_))));
}

#[tokio::test]
async fn every_text_is_understood_by_both() {
    assert!(db::testing::every_text_is_understood().await > 0);
}
