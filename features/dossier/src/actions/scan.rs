//! A scan of a paper that was handed in, added while its dossier is open.

use super::intake::paper_about;
use super::work::{Said, open};
use crate::model::*;
use crate::{rules, store};
use people::{Failure, Scope};
use web::Site;

/// Adds a file to one of a dossier's papers: by its counter, or by whoever does its step.
pub async fn scan(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    code: &str,
    (content, name): (&file::Content, &str),
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    if !work.at.sight.counts && work.at.all_mine(scope).is_empty() {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    let papers = store::papers(work.db.write().await?, id).await?;
    let paper = papers.into_iter().find(|paper| paper.code == code);
    let paper = paper.ok_or_else(|| NotNow::PapersUnknown { code: code.to_owned() })?;
    file::attach(work.db.write().await?, scope, content, name, paper_about(id, code)).await?;
    let said = Said { what: "Thêm bản chụp giấy tờ", note: &paper.name, public: false };
    work.settle(scope, "dossier.scanned", said).await
}
