//! Sweeping: what no record has used for a day goes, first its row, then its object.
//!
//! The order of things, so that no file is ever lost:
//! - An upload writes its object, then its row and use in one transaction. Cut off in between, it leaves an object
//!   without a row; a day later that is swept.
//! - A row goes only if nobody uses it and it was not given for a day; an upload of the same content in this very moment
//!   renews the row (`attach`), and the delete looks again.
//! - An object goes only if it has no row and was not written for a day; `Store::put` writes it anew each time.

use crate::Store;
use crate::store::broken;
use base::Timestamp;
use db::{Db, args, sql};
use futures_util::{StreamExt, TryStreamExt};
use jiff::SignedDuration;
use object_store::path::Path as Key;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use people::Failure;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What nobody refers to is kept this long: a form may be open over night.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Objects that are looked up in one question.
const CHUNK: usize = 500;

sql! {
    UNUSED = "delete from file_content where stored < $1 and not exists \
              (select 1 from file_use where file_use.sha256 = file_content.sha256)";
    KNOWN = "select sha256 from file_content where sha256 in (select key from json_each($1))";
}

/// What a sweep took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Swept {
    pub rows: u64,
    pub objects: u64,
}

/// Removes what no record has referred to for more than 24 hours before `now`.
pub async fn sweep(db: &Db, store: &Store, now: Timestamp) -> Result<Swept, Failure> {
    let before = now - KEPT;
    let mut tx = db.begin().await?;
    let rows = tx.exec(UNUSED, args![before]).await?;
    tx.commit().await?;
    let mut objects = 0;
    let old = store.objects.list(None).try_filter(|object| std::future::ready(is_old(object, before)));
    let mut chunks = old.map_ok(|object| object.location).try_chunks(CHUNK);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| broken(error.1))?;
        for location in unknown(db, chunk).await? {
            objects += u64::from(remove(store, &location, before).await?);
        }
    }
    if let Some(folder) = store.folder.clone() {
        let swept = tokio::task::spawn_blocking(move || sweep_unfinished(&folder, before));
        objects += swept.await.map_err(|error| Failure::Broken(error.to_string()))?;
    }
    Ok(Swept { rows, objects })
}

fn is_old(object: &ObjectMeta, before: Timestamp) -> bool {
    object.last_modified.timestamp_micros() < before.as_microsecond()
}

/// Those of which the database knows nothing. What is not named like a content of ours is somebody else's, and stays.
async fn unknown(db: &Db, locations: Vec<Key>) -> Result<Vec<Key>, Failure> {
    let name = |location: &Key| location.filename().unwrap_or_default().to_owned();
    let ours = |name: &String| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let names: Vec<String> = locations.iter().map(name).filter(ours).collect();
    let known: Vec<String> = db.read().await?.list(KNOWN, args![db::keys(&names)], |row| row.pull()).await?;
    let mut doomed: HashSet<String> = names.into_iter().collect();
    for name in &known {
        doomed.remove(name);
    }
    Ok(locations.into_iter().filter(|location| doomed.contains(&name(location))).collect())
}

/// Looks once more at the last moment: an upload may have written it again.
async fn remove(store: &Store, location: &Key, before: Timestamp) -> Result<bool, Failure> {
    match store.objects.head(location).await {
        Ok(object) if is_old(&object, before) => {
            store.objects.delete(location).await.map_err(broken)?;
            Ok(true)
        }
        Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(false),
        Err(error) => Err(broken(error)),
    }
}

/// A program that was killed while it wrote into a folder leaves `aa/aabb…#1`, which no listing shows.
fn sweep_unfinished(folder: &Path, before: Timestamp) -> u64 {
    let files = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    };
    let is_old = |path: &Path| {
        let changed = path.metadata().and_then(|meta| meta.modified()).ok();
        changed.and_then(|changed| Timestamp::try_from(changed).ok()).is_some_and(|changed| changed < before)
    };
    let is_unfinished = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().contains('#'));
    let unfinished = files(folder).into_iter().flat_map(|path| files(&path)).filter(|path| is_unfinished(path));
    unfinished.filter(|path| is_old(path) && std::fs::remove_file(path).is_ok()).count() as u64
}
