//! Files that come in pieces: what stops half way goes on from where it stopped.
//!
//! ```text
//! begin(name, bytes) ─▶ add(offset, piece) … ─▶ whole ─▶ the same judgement as any upload ─▶ Store::put
//!                          └─ not there where it goes on: told the right offset
//! ```
//!
//! A piece is an object of the store, so that another node goes on where the first stopped. Nothing is any record's until
//! its form is sent; what is never sent is swept a day later. An upload is found by the browser that began it alone.

use crate::store::broken;
use crate::{NotNow, Store};
use base::{Refusal, Timestamp};
use bytes::{Bytes, BytesMut};
use db::{Conn, Db, DbError, Row, Tx, args, fresh_id, sql};
use futures_util::TryStreamExt;
use jiff::SignedDuration;
use object_store::ObjectStoreExt;
use object_store::path::Path as Key;
use people::Failure;

db::id!(
    /// A file on its way.
    UploadId
);

/// The largest piece, in bytes.
pub const PIECE: usize = 4 * 1024 * 1024;
/// How long an upload waits for its next piece, or for its form.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Files on their way from one browser.
const AT_ONCE: i64 = 30;

/// How far an upload is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub name: String,
    pub bytes: i64,
    pub got: i64,
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept, and so many bytes are here.
    Kept(i64),
    /// It does not begin where the file goes on, which is here.
    Elsewhere(i64),
}

sql! {
    WAITING = "select count(*) from file_upload where owner = $1 and until > $2";
    BEGIN = "insert into file_upload (id, owner, name, bytes, until) values ($1, $2, $3, $4, $5)";
    GET = "select id, name, bytes, got from file_upload where id = $1 and owner = $2 and until > $3";
    GROW = "update file_upload set got = $3, until = $4 where id = $1 and got = $2";
    EXPIRED = "select id from file_upload where until <= $1 order by until limit 500";
    DROP = "delete from file_upload where id = $1";
}

/// Begins an upload. One that is too large is refused before its first byte.
pub async fn begin_upload(
    tx: &mut Tx,
    store: &Store,
    owner: &str,
    (name, bytes): (&str, u64),
    now: Timestamp,
) -> Result<UploadId, Failure> {
    let max = store.limits().max_bytes;
    if bytes == 0 {
        return Err(NotNow::Empty.about(name).into());
    }
    if bytes > max {
        return Err(NotNow::TooBig { bytes: Some(bytes), max }.about(name).into());
    }
    let waiting: Option<i64> = tx.find(WAITING, args![owner, now], |row| row.pull()).await?;
    if waiting.unwrap_or_default() >= AT_ONCE {
        let say = "Máy này đang tải dở quá nhiều tệp. Hãy gửi biểu mẫu với các tệp đã tải, rồi tải tiếp.";
        return Err(Failure::refused("uploads-many", say));
    }
    let id = fresh_id::<UploadId>();
    let name: String = name.chars().take(300).collect();
    tx.exec(BEGIN, args![id, owner, name, i64::try_from(bytes).unwrap_or(i64::MAX), now + KEPT]).await?;
    Ok(id)
}

/// How far it is; not found for any other browser than the one that began it.
pub async fn upload(conn: &mut Conn, owner: &str, id: UploadId, now: Timestamp) -> Result<Upload, Failure> {
    let read = |row: &mut Row| {
        Ok::<Upload, DbError>(Upload { id: row.pull()?, name: row.pull()?, bytes: row.pull()?, got: row.pull()? })
    };
    conn.find(GET, args![id, owner, now], read).await?.ok_or(Failure::NotFound)
}

/// Adds a piece that begins at `offset`. The piece is stored before it is counted: cut off in between, it comes again.
pub async fn add_piece(
    db: &Db,
    store: &Store,
    owner: &str,
    (id, offset): (UploadId, i64),
    piece: Bytes,
    now: Timestamp,
) -> Result<Added, Failure> {
    let known = upload(&mut db.read().await?, owner, id, now).await?;
    if known.got != offset {
        return Ok(Added::Elsewhere(known.got));
    }
    let got = offset + i64::try_from(piece.len()).unwrap_or(i64::MAX);
    if piece.is_empty() || piece.len() > PIECE || got > known.bytes {
        let say = format!("Phần vừa gửi của tệp “{}” không khớp với dung lượng đã báo. Hãy chọn lại tệp.", known.name);
        return Err(Failure::refused("piece-odd", say));
    }
    store.objects.put(&key(id, offset), piece.into()).await.map_err(broken)?;
    let mut tx = db.begin().await?;
    let grown = tx.exec(GROW, args![id, offset, got, now + KEPT]).await? == 1;
    tx.commit().await?;
    if grown {
        return Ok(Added::Kept(got));
    }
    Ok(Added::Elsewhere(upload(&mut db.read().await?, owner, id, now).await?.got))
}

/// A file that has come whole: its name and its bytes, which nobody has judged yet.
pub async fn whole(
    db: &Db,
    store: &Store,
    owner: &str,
    id: UploadId,
    now: Timestamp,
) -> Result<(String, Bytes), Failure> {
    let known = upload(&mut db.read().await?, owner, id, now).await.map_err(|failure| match failure {
        Failure::NotFound => gone().into(),
        other => other,
    })?;
    if known.got != known.bytes {
        return Err(NotNow::Cut.about(&known.name).into());
    }
    let mut bytes = BytesMut::new();
    while i64::try_from(bytes.len()).unwrap_or(i64::MAX) < known.bytes {
        let at = key(id, i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        let piece = match store.objects.get(&at).await {
            Ok(piece) => piece.bytes().await.map_err(broken)?,
            Err(object_store::Error::NotFound { .. }) => return Err(NotNow::Cut.about(&known.name).into()),
            Err(other) => return Err(broken(other)),
        };
        bytes.extend_from_slice(&piece);
    }
    Ok((known.name, bytes.freeze()))
}

fn gone() -> Refusal {
    Refusal::new("upload-gone", "Tệp đã tải lên không còn được giữ. Hãy chọn lại tệp rồi gửi lại.")
}

/// Throws away what nobody has gone on with; gives how many.
pub async fn sweep_uploads(db: &Db, store: &Store, now: Timestamp) -> Result<usize, Failure> {
    let gone: Vec<UploadId> = db.read().await?.list(EXPIRED, args![now], |row| row.pull()).await?;
    for id in &gone {
        let folder = Key::from_iter(["phan".to_owned(), id.to_string()]);
        let pieces: Vec<_> = store.objects.list(Some(&folder)).try_collect().await.map_err(broken)?;
        for piece in pieces {
            store.objects.delete(&piece.location).await.map_err(broken)?;
        }
        let mut tx = db.begin().await?;
        tx.exec(DROP, args![*id]).await?;
        tx.commit().await?;
    }
    Ok(gone.len())
}

fn key(id: UploadId, offset: i64) -> Key {
    Key::from_iter(["phan".to_owned(), id.to_string(), format!("{offset:020}")])
}
