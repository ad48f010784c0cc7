//! A draft's main fields, edited on screen; and a draft begun from what is in force.

use super::{only_admin, publishing, reading};
use crate::model::{NotNow, PROCEDURE};
use file::{Content, FileUseId, Opened};
use journal::about;
use people::{Failure, Scope};
use procedure::{Procedure, Sample};
use rulebook::{Edition, EditionId, Status};
use web::Site;

/// The files of samples are uses of the paper of a procedure, whatever its edition: one that is published keeps its file.
const SAMPLE: &str = "procedure-sample";

/// Begins a draft that says what this edition says, to be in force from tomorrow at the earliest; its decision is left
/// to be written.
pub async fn begin(site: &Site, scope: &Scope, id: EditionId) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let (edition, mut one) = reading::edition(&mut tx, scope, id).await?;
    // Somebody has begun already: what they wrote is gone on with.
    let latest = rulebook::latest(&mut tx, PROCEDURE, &edition.code).await?;
    if let Some(draft) = latest.filter(|latest| latest.status == Status::Draft) {
        return Ok(draft.id);
    }
    one.from = one.from.max(scope.today().tomorrow().unwrap_or(one.from));
    one.to = None;
    one.source = String::new();
    let draft = publishing::keep_draft(&mut tx, scope, &one).await?;
    tx.commit().await?;
    Ok(draft)
}

/// Writes a draft as a form has it.
pub async fn save(site: &Site, scope: &Scope, id: EditionId, version: i64, one: &Procedure) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    publishing::save_draft(&mut tx, scope, id, version, one).await?;
    Ok(tx.commit().await?)
}

/// What is said of a paper, and its sample where another one is given.
#[derive(Clone, Debug)]
pub struct Guidance {
    /// For the citizen.
    pub guide: String,
    pub clerk: String,
    pub faults: Vec<String>,
    /// A new sample: stored, with its name.
    pub sample: Option<(Content, String)>,
    /// The paper has no sample any more.
    pub drop: bool,
}

/// Writes what is said of a paper of a draft.
pub async fn guide(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    paper: &str,
    new: Guidance,
) -> Result<Edition, Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let (edition, mut one) = reading::edition(&mut tx, scope, id).await?;
    if edition.status == Status::Published {
        return Err(base::Refusal::from(rulebook::NotNow::Frozen).into());
    }
    let code = one.code.clone();
    let own = one.papers.iter_mut().find(|own| own.code == paper).ok_or(Failure::NotFound)?;
    if own.shown_only && new.sample.is_some() {
        return Err(NotNow::SampleOfShown.into());
    }
    (own.guide, own.clerk, own.faults) = (new.guide, new.clerk, new.faults);
    if new.drop {
        own.sample = None;
    }
    // The file that was there stays in the store: an edition before this one may name it.
    if let Some((content, name)) = new.sample {
        let file = file::attach(&mut tx, scope, &content, &name, about(SAMPLE, format!("{code}/{paper}"))).await?;
        let name = file::find(&mut tx, file).await?.map_or(name, |file| file.name);
        own.sample = Some(Sample { file: file.to_string(), name });
    }
    publishing::save_draft(&mut tx, scope, id, version, &one).await?;
    tx.commit().await?;
    Ok(edition)
}

/// The sample of a paper, to download: only files that were put there as samples are given.
pub async fn sample(site: &Site, one: &Procedure, paper: &str) -> Result<Opened, Failure> {
    let own = one.papers.iter().find(|own| own.code == paper).and_then(|own| own.sample.as_ref());
    let id: FileUseId = own.and_then(|sample| sample.file.parse().ok()).ok_or(Failure::NotFound)?;
    let mut conn = site.db.read().await?;
    let file = file::find(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    if file.about_kind != SAMPLE || file.about != format!("{}/{paper}", one.code) {
        return Err(Failure::NotFound);
    }
    file::open(&mut conn, &site.files, id).await
}
