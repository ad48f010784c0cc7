//! Procedures from a workbook: shown with what they change before anything is kept.

use super::{only_admin, publishing, reading};
use crate::model::{Change, PROCEDURE};
use crate::rules;
use db::Conn;
use people::{Failure, Scope};
use procedure::Procedure;
use rulebook::Head;
use serde::Serialize;
use web::Site;

/// One procedure of a file, beside what is there.
#[derive(Serialize)]
pub struct Seen {
    pub one: Procedure,
    /// The newest edition of its code, draft or not.
    pub against: Option<Head>,
    pub changes: Vec<Change>,
    /// What keeps it from being published, in words; it can be kept as a draft all the same.
    pub faults: Vec<String>,
}

impl Seen {
    /// Whether keeping it would change nothing.
    pub fn is_same(&self) -> bool {
        self.against.is_some() && self.changes.is_empty()
    }
}

#[derive(Serialize)]
pub struct Preview {
    pub seen: Vec<Seen>,
}

/// What taking these procedures would change; nothing is kept.
pub async fn preview(conn: &mut Conn, scope: &Scope, all: Vec<Procedure>) -> Result<Preview, Failure> {
    only_admin(scope)?;
    let mut seen = Vec::new();
    for mut one in all {
        let former = rulebook::latest(conn, PROCEDURE, &one.code).await?;
        if let Some(former) = &former {
            keep_samples(&mut one, &serde_json::from_value(former.body.clone())?);
        }
        let changes = match &former {
            Some(former) => rules::difference(&former.body, &serde_json::to_value(&one)?),
            None => Vec::new(),
        };
        let faults = reading::faults(conn, &one).await?;
        let faults = faults.into_iter().map(|(place, say)| format!("{}: {say}", rules::in_words(&place))).collect();
        seen.push(Seen { one, against: former.map(|former| former.head), changes, faults });
    }
    Ok(Preview { seen })
}

/// A workbook has no files: a paper keeps the sample that the one of its code has.
fn keep_samples(one: &mut Procedure, former: &Procedure) {
    for paper in one.papers.iter_mut().filter(|paper| paper.sample.is_none()) {
        let same = former.papers.iter().find(|other| other.code == paper.code);
        paper.sample = same.and_then(|other| other.sample.clone());
    }
}

/// Keeps those that change something as drafts, all or none; gives how many.
pub async fn keep(site: &Site, scope: &Scope, all: Vec<Procedure>) -> Result<usize, Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let found = preview(&mut tx, scope, all).await?;
    let mut kept = 0;
    for seen in found.seen.iter().filter(|seen| !seen.is_same()) {
        publishing::keep_draft(&mut tx, scope, &seen.one).await?;
        kept += 1;
    }
    tx.commit().await?;
    Ok(kept)
}
