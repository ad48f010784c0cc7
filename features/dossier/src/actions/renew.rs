//! Many dossiers from a workbook, and their secrets again: a secret is kept nowhere, so whoever lost the answer on its way is
//! given new ones, for a day.

use super::intake::{Intake, receive_row};
use crate::model::*;
use crate::store;
use base::{Refusals, Timestamp};
use db::{Conn, Tx};
use jiff::SignedDuration;
use journal::about;
use people::{Failure, Role, Scope};
use web::Site;

/// So long its sender sees a workbook again.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn kept_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(KEPT).unwrap_or(now)
}

/// Receives the dossiers of a workbook, each in a transaction of its own: they have been read and are good, so that one is
/// refused only where something has changed meanwhile. What became of each row is written down with it.
pub async fn receive_many(
    site: &Site,
    scope: &Scope,
    file: &str,
    all: Vec<(usize, Intake)>,
    left: &Refusals,
) -> Result<(Batch, Vec<BatchRow>), Failure> {
    let procedure = all.first().map(|(_, new)| new.procedure.clone()).unwrap_or_default();
    let out = |no: &base::Refusal| LeftOut { cell: no.field.clone().unwrap_or_default(), why: no.say.clone() };
    let name = file.chars().take(200).collect();
    let batch = Batch { id: db::fresh_id(), at: scope.now, name, left: left.iter().map(out).collect() };
    let mut tx = site.db.begin().await?;
    store::add_batch(&mut tx, scope.account, &procedure, &batch).await?;
    tx.commit().await?;
    let mut rows = Vec::new();
    for (row, new) in all {
        let row = i64::try_from(row).unwrap_or(i64::MAX);
        match receive_row(site, scope, new, Some((batch.id, row))).await {
            Ok(receipt) => {
                let dossier = Some((receipt.id, receipt.code));
                rows.push(BatchRow { row, dossier, secret: Some(receipt.secret), why: String::new() });
            }
            // What was received before stays received.
            Err(Failure::Broken(why)) => {
                tracing::error!(row, why, "a dossier of a workbook was not received");
                let say = "Hệ thống gặp sự cố từ dòng này: các dòng sau chưa được nhận.".to_owned();
                rows.push(BatchRow { row, dossier: None, secret: None, why: say });
                break;
            }
            Err(other) => {
                let why = other.say();
                let mut tx = site.db.begin().await?;
                store::add_batch_row(&mut tx, batch.id, row, None, &why).await?;
                tx.commit().await?;
                rows.push(BatchRow { row, dossier: None, secret: None, why });
            }
        }
    }
    Ok((batch, rows))
}

/// The workbooks that a person has sent within a day.
pub async fn batches(conn: &mut Conn, scope: &Scope) -> Result<Vec<Batch>, Failure> {
    Ok(store::batches(conn, scope.account, kept_since(scope.now)).await?)
}

/// One of them, with what became of its rows.
pub async fn batch(conn: &mut Conn, scope: &Scope, id: BatchId) -> Result<(Batch, Vec<BatchRow>), Failure> {
    let found = batches(conn, scope).await?.into_iter().find(|one| one.id == id).ok_or(Failure::NotFound)?;
    Ok((found, store::batch_rows(conn, id).await?))
}

/// Gives the dossiers of a workbook new secrets: those that were told before open nothing any more.
pub async fn renew(site: &Site, scope: &Scope, id: BatchId) -> Result<(Batch, Vec<BatchRow>), Failure> {
    if !scope.has(Role::Clerk) {
        return Err(Failure::forbidden("Cấp lại mã tra cứu dành cho cán bộ một cửa."));
    }
    let mut tx: Tx = site.db.begin().await?;
    let (batch, mut rows) = batch(&mut tx, scope, id).await?;
    for row in &mut rows {
        let Some((dossier, _)) = &row.dossier else { continue };
        let secret = people::fresh_digits()?;
        store::new_secret(&mut tx, *dossier, &people::sha256(&secret)).await?;
        store::add_event(&mut tx, scope, *dossier, "Cấp lại mã tra cứu", "", false).await?;
        row.secret = Some(secret);
    }
    // After all rows are written: every writer queues on the journal's head.
    for (dossier, _) in rows.iter().filter_map(|row| row.dossier.as_ref()) {
        journal::write(&mut tx, scope, "dossier.secret-renewed", about("dossier", *dossier), &(), &()).await?;
    }
    tx.commit().await?;
    Ok((batch, rows))
}
