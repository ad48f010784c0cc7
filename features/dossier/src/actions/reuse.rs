//! Papers already given: nobody hands in again what the agency holds from an earlier dossier of theirs (TT 01/2023/TT-VPCP:
//! what was digitised is used again).

use super::intake::paper_about;
use super::online::content_of;
use super::reading::Seen;
use super::work::{Said, open};
use crate::model::*;
use crate::rules;
use crate::store;
use db::Conn;
use file::{FileUseId, Use};
use people::{Failure, Scope};
use std::collections::BTreeMap;
use web::Site;

/// A paper that is held, for one of a dossier that has no file yet.
#[derive(Clone, Debug)]
pub struct Held {
    /// Of this dossier.
    pub paper: String,
    pub earlier: EarlierPaper,
    pub files: Vec<Use>,
}

/// Who may take held papers over: whoever works on the dossier while it is open.
fn may_reuse(scope: &Scope, at: &super::loaded::Loaded) -> bool {
    at.dossier.state.is_open() && (at.sight.counts || !at.all_mine(scope).is_empty())
}

/// What the agency holds of the same owner for papers without a file: the latest of each.
pub async fn held(conn: &mut Conn, scope: &Scope, seen: &Seen) -> Result<Vec<Held>, Failure> {
    let wants: Vec<&Paper> =
        seen.attached.papers.iter().filter(|paper| !seen.attached.files.contains_key(&paper.code)).collect();
    if wants.is_empty() || !may_reuse(scope, &seen.at) {
        return Ok(Vec::new());
    }
    find(conn, &seen.at.dossier, &wants).await
}

async fn find(conn: &mut Conn, dossier: &Dossier, wants: &[&Paper]) -> Result<Vec<Held>, Failure> {
    // A name is no proof of whose it is: two people have the same.
    if dossier.owner.number.is_empty() {
        return Ok(Vec::new());
    }
    let earlier = store::earlier_papers(conn, dossier).await?;
    let abouts: Vec<String> = earlier.iter().map(|one| format!("{}/{}", one.dossier, one.code)).collect();
    let mut files: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for one in file::uses_of(conn, "dossier-paper", &abouts).await? {
        files.entry(one.about.clone()).or_default().push(one);
    }
    let mut found = Vec::new();
    for want in wants {
        let name = base::text::fold(&want.name);
        let same = |one: &&EarlierPaper| base::text::fold(&one.name) == name;
        let with = earlier.iter().filter(same).find_map(|one| {
            let files = files.get(&format!("{}/{}", one.dossier, one.code))?;
            Some(Held { paper: want.code.clone(), earlier: one.clone(), files: files.clone() })
        });
        found.extend(with);
    }
    Ok(found)
}

/// Takes a held paper over: its file is this dossier's too, with where it comes from.
pub async fn reuse(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    paper: &str,
    file: FileUseId,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    if !may_reuse(scope, &work.at) {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    let papers = store::papers(work.db.write().await?, id).await?;
    let paper = papers.iter().find(|one| one.code == paper).ok_or(Failure::NotFound)?;
    let held =
        find(work.db.write().await?, &work.at.dossier, &[paper]).await?.into_iter().next().ok_or(Failure::NotFound)?;
    let one = held.files.iter().find(|one| one.id == file).ok_or(Failure::NotFound)?;
    file::attach(work.db.write().await?, scope, &content_of(one)?, &one.name, paper_about(id, &paper.code)).await?;
    store::reused(work.db.write().await?, id, &paper.code, &held.earlier.from).await?;
    let note = format!("{}: từ hồ sơ {}", paper.name, held.earlier.from);
    work.settle(scope, "dossier.paper-reused", Said { what: "Dùng lại giấy tờ đã có", note: &note, public: true }).await
}
