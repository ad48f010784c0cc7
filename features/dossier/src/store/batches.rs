//! Workbooks that were taken in, for a day.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::AccountId;

sql! {
    ADD_BATCH = "insert into dossier_batch (id, account, at, procedure, name, left_out) values ($1, $2, $3, $4, $5, $6)";
    ADD_BATCH_ROW = "insert into dossier_batch_row (batch, row_no, dossier, why) values ($1, $2, $3, $4)";
    BATCHES = "select id, at, name, left_out from dossier_batch where account = $1 and at > $2 order by at desc, id";
    BATCH_ROWS = "select r.row_no, d.id, d.code, r.why from dossier_batch_row r left join dossier d on d.id = r.dossier \
                  where r.batch = $1 order by r.row_no";
    SWEEP_BATCH_ROWS = "delete from dossier_batch_row where batch in (select id from dossier_batch where at <= $1)";
    SWEEP_BATCHES = "delete from dossier_batch where at <= $1";
    NEW_SECRET = "update dossier set secret = $2 where id = $1";
}

pub async fn add_batch(tx: &mut Tx, by: Option<AccountId>, procedure: &str, one: &Batch) -> Result<(), DbError> {
    let left = serde_json::to_string(&one.left).map_err(|error| DbError::Value(error.to_string()))?;
    tx.exec(ADD_BATCH, args![one.id, by, one.at, procedure, &one.name, left]).await.map(drop)
}

pub async fn add_batch_row(
    tx: &mut Tx,
    batch: BatchId,
    row: i64,
    dossier: Option<DossierId>,
    why: &str,
) -> Result<(), DbError> {
    tx.exec(ADD_BATCH_ROW, args![batch, row, dossier, why]).await.map(drop)
}

/// Those of an account since a moment, the last first.
pub async fn batches(conn: &mut Conn, by: Option<AccountId>, since: Timestamp) -> Result<Vec<Batch>, DbError> {
    let read = |row: &mut Row| {
        let (id, at, name) = (row.pull()?, row.pull()?, row.pull()?);
        let left: String = row.pull()?;
        let left = serde_json::from_str(&left).map_err(|error| DbError::Value(format!("rows left out: {error}")))?;
        Ok(Batch { id, at, name, left })
    };
    conn.list(BATCHES, args![by, since], read).await
}

pub async fn batch_rows(conn: &mut Conn, batch: BatchId) -> Result<Vec<BatchRow>, DbError> {
    let read = |row: &mut Row| {
        let place = row.pull()?;
        let dossier = row.pull::<Option<DossierId>>()?.zip(row.pull::<Option<String>>()?);
        Ok(BatchRow { row: place, dossier, secret: None, why: row.pull()? })
    };
    conn.list(BATCH_ROWS, args![batch], read).await
}

pub async fn sweep_batches(tx: &mut Tx, until: Timestamp) -> Result<(), DbError> {
    tx.exec(SWEEP_BATCH_ROWS, args![until]).await?;
    tx.exec(SWEEP_BATCHES, args![until]).await.map(drop)
}

/// What its citizen follows it with from now on, as it is kept: never itself.
pub async fn new_secret(tx: &mut Tx, dossier: DossierId, hashed: &str) -> Result<(), DbError> {
    tx.exec(NEW_SECRET, args![dossier, hashed]).await.map(drop)
}
