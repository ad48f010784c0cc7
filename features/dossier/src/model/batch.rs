//! A workbook of dossiers that was taken in.

use super::DossierId;
use base::Timestamp;
use serde::{Deserialize, Serialize};

db::id!(
    /// One workbook.
    BatchId
);

/// A workbook, for whoever sent it.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: BatchId,
    pub at: Timestamp,
    /// Of the file.
    pub name: String,
    /// What was wrong with the rows that were left out.
    pub left: Vec<LeftOut>,
}

/// A cell for which its row was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub cell: String,
    pub why: String,
}

/// A row of it.
#[derive(Clone, Debug)]
pub struct BatchRow {
    pub row: i64,
    /// The dossier that it became, with its code.
    pub dossier: Option<(DossierId, String)>,
    /// Where it was just given: what its citizen follows it with. Kept nowhere.
    pub secret: Option<String>,
    /// Why it became none.
    pub why: String,
}
