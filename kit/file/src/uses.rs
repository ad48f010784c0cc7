//! Records and their files. A content is stored once and used by many records, under the name each gave it.
//!
//! Who may see a file is known by the record it belongs to: a feature finds the use, looks at its record with a scope,
//! and only then opens it.

use crate::store::told;
use crate::{Content, Kind, Store, name};
use base::Timestamp;
use bytes::Bytes;
use db::{Conn, DbError, Row, Tx, args, fresh_id, sql};
use journal::About;
use people::{AccountId, Failure, Scope};
use serde::Serialize;
use serde_json::json;

db::id!(
    /// A record's use of a content.
    FileUseId
);

/// A file of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Use {
    pub id: FileUseId,
    pub sha256: String,
    pub bytes: i64,
    /// The media type, by content.
    pub kind: String,
    /// As the person called it, made harmless.
    pub name: String,
    pub about_kind: String,
    pub about: String,
    pub at: Timestamp,
    pub account: Option<AccountId>,
}

/// A file and its bytes, which are those that were stored.
#[derive(Clone, Debug)]
pub struct Opened {
    pub meta: Use,
    pub bytes: Bytes,
}

sql! {
    // `stored` is when a content was last given or let go: from then on the sweep counts its day.
    KEEP = "insert into file_content (sha256, bytes, kind, stored) values ($1, $2, $3, $4) \
            on conflict (sha256) do update set stored = excluded.stored";
    ATTACH = "insert into file_use (id, sha256, name, about_kind, about, at, account) values ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "select u.id, u.sha256, c.bytes, c.kind, u.name, u.about_kind, u.about, u.at, u.account \
            from file_use u join file_content c on c.sha256 = u.sha256 where u.id = $1";
    USES = "select u.id, u.sha256, c.bytes, c.kind, u.name, u.about_kind, u.about, u.at, u.account \
            from file_use u join file_content c on c.sha256 = u.sha256 \
            where u.about_kind = $1 and u.about in (select key from json_each($2)) order by u.about, u.at, u.id";
    TOUCH = "update file_content set stored = $2 where sha256 = $1";
    DETACH = "delete from file_use where id = $1";
    TOUCH_ALL = "update file_content set stored = $3 where sha256 in (select sha256 from file_use \
                 where about_kind = $1 and about in (select key from json_each($2)))";
    LET_GO = "delete from file_use where about_kind = $1 and about in (select key from json_each($2))";
    CONTENTS = "select sha256, bytes, kind from file_content where sha256 > $1 order by sha256 limit $2";
}

fn read_use(row: &mut Row) -> Result<Use, DbError> {
    Ok(Use {
        id: row.pull()?,
        sha256: row.pull()?,
        bytes: row.pull()?,
        kind: row.pull()?,
        name: row.pull()?,
        about_kind: row.pull()?,
        about: row.pull()?,
        at: row.pull()?,
        account: row.pull()?,
    })
}

/// Makes a stored content a file of a record, under a name.
pub async fn attach(
    tx: &mut Tx,
    scope: &Scope,
    content: &Content,
    name: &str,
    about: About,
) -> Result<FileUseId, DbError> {
    let id = fresh_id::<FileUseId>();
    let name = name::clean(name, content.kind);
    let length = i64::try_from(content.bytes).unwrap_or(i64::MAX);
    tx.exec(KEEP, args![&content.sha256, length, content.kind.media(), scope.now]).await?;
    tx.exec(ATTACH, args![id, &content.sha256, &name, about.kind, &about.id, scope.now, scope.account]).await?;
    let file = json!({ "file": id, "name": name, "sha256": content.sha256, "bytes": length });
    journal::write(tx, scope, "file.attached", about, &(), &file).await?;
    Ok(id)
}

/// Takes a file from a record. It must be that record's, or it is not found. The content stays while other records
/// use it, and a day longer.
pub async fn detach(tx: &mut Tx, scope: &Scope, id: FileUseId, about: About) -> Result<(), Failure> {
    let file = find(tx, id).await?.ok_or(Failure::NotFound)?;
    if file.about_kind != about.kind || file.about != about.id {
        return Err(Failure::NotFound);
    }
    tx.exec(TOUCH, args![&file.sha256, scope.now]).await?;
    tx.exec(DETACH, args![id]).await?;
    journal::write(tx, scope, "file.detached", about, &file, &()).await?;
    Ok(())
}

/// Takes all files from records that are themselves forgotten (old jobs), without a line for each.
pub async fn let_go<I: std::fmt::Display>(
    tx: &mut Tx,
    now: Timestamp,
    about_kind: &str,
    abouts: &[I],
) -> Result<u64, DbError> {
    let keys = db::keys(abouts);
    tx.exec(TOUCH_ALL, args![about_kind, &keys, now]).await?;
    tx.exec(LET_GO, args![about_kind, keys]).await
}

pub async fn find(conn: &mut Conn, id: FileUseId) -> Result<Option<Use>, DbError> {
    conn.find(FIND, args![id], read_use).await
}

/// The files of many records of one kind, in one question; by record, then in the order they were attached.
pub async fn uses_of<I: std::fmt::Display>(
    conn: &mut Conn,
    about_kind: &str,
    abouts: &[I],
) -> Result<Vec<Use>, DbError> {
    if abouts.is_empty() {
        return Ok(Vec::new());
    }
    conn.list(USES, args![about_kind, db::keys(abouts)], read_use).await
}

/// A file with its bytes, checked against their hash.
pub async fn open(conn: &mut Conn, store: &Store, id: FileUseId) -> Result<Opened, Failure> {
    let meta = find(conn, id).await?.ok_or(Failure::NotFound)?;
    let bytes = store.get(&meta.sha256).await.map_err(|lost| told(lost, &meta.sha256, &meta.name))?;
    Ok(Opened { meta, bytes })
}

/// Every content that the database knows, in pages by hash (`after` is the last one; at first empty): for a backup.
pub async fn contents(conn: &mut Conn, after: &str, most: i64) -> Result<Vec<Content>, DbError> {
    let read = |row: &mut Row| {
        let (sha256, bytes, media): (String, i64, String) = (row.pull()?, row.pull()?, row.pull()?);
        let kind = Kind::of_media(&media).ok_or_else(|| DbError::Value(format!("unknown media type {media:?}")))?;
        Ok(Content { sha256, bytes: bytes.unsigned_abs(), kind })
    };
    conn.list(CONTENTS, args![after, most], read).await
}
