//! Internal processes: kept as drafts, checked, published.

use super::{embedded, only_admin};
use crate::model::{NotNow, WORKFLOW};
use crate::rules;
use base::{Date, Refusal};
use db::Conn;
use people::{Failure, Role, Scope};
use rulebook::{Content, Edition, EditionId, Head, New, Status};
use web::Site;
use workflow::{File, Process};

/// What the head of an edition takes from a process, and its body.
fn content(file: &File, from: Date) -> Result<Content, Failure> {
    Ok(Content {
        name: file.name.clone(),
        source: file.source.clone(),
        valid_from: from,
        valid_to: None,
        body: serde_json::to_value(file)?,
    })
}

pub(super) fn new_draft(file: &File, from: Date) -> Result<New, Failure> {
    Ok(New { kind: WORKFLOW.into(), code: file.code.clone(), content: content(file, from)?, sample: file.sample })
}

/// Every edition of every process; drafts only for those who write them.
pub async fn processes(conn: &mut Conn, scope: &Scope) -> Result<Vec<Head>, Failure> {
    let all = rulebook::list(conn, WORKFLOW, i64::from(u32::MAX), 0).await?;
    let drafts = scope.has(Role::Admin);
    Ok(all.into_iter().filter(|head| drafts || head.status == Status::Published).collect())
}

pub async fn process_editions(conn: &mut Conn, scope: &Scope, code: &str) -> Result<Vec<Head>, Failure> {
    let all = rulebook::editions_of(conn, WORKFLOW, code).await?;
    let drafts = scope.has(Role::Admin);
    Ok(all.into_iter().filter(|head| drafts || head.status == Status::Published).collect())
}

/// An edition of a process, read, with everything that is wrong with it.
pub struct ProcessView {
    pub edition: Edition,
    pub file: File,
    pub process: Process,
    pub faults: Vec<String>,
}

pub async fn process(conn: &mut Conn, scope: &Scope, id: EditionId) -> Result<ProcessView, Failure> {
    let found = rulebook::find(conn, id).await?.filter(|edition| edition.kind == WORKFLOW);
    let edition = found.ok_or(Failure::NotFound)?;
    if edition.status == Status::Draft && !scope.has(Role::Admin) {
        return Err(Failure::NotFound);
    }
    let file: File = serde_json::from_value(edition.body.clone())
        .map_err(|error| NotNow::Unreadable { why: format!("{}: {error}", edition.code) })?;
    let (process, faults) = (workflow::read(&file).process, process_faults(&file));
    Ok(ProcessView { edition, file, process, faults })
}

/// Everything that cannot work in a process.
pub fn process_faults(file: &File) -> Vec<String> {
    let roles: Vec<String> = embedded::roles().into_keys().collect();
    rules::process_faults(file, &roles)
}

/// Keeps a process as a draft: in the draft of its code, where there is one, else as the next number.
pub async fn keep_process(site: &Site, scope: &Scope, file: &File, from: Date) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let latest = rulebook::latest(&mut tx, WORKFLOW, &file.code).await?;
    let draft = match latest.filter(|edition| edition.status == Status::Draft) {
        Some(draft) => rulebook::save_draft(&mut tx, scope, draft.id, draft.version, content(file, from)?).await?,
        None => rulebook::draft(&mut tx, scope, new_draft(file, from)?).await?,
    };
    tx.commit().await?;
    Ok(draft.id)
}

/// Begins a draft that says what this edition says; its decision is left to be written. Where a draft has been begun, that one.
pub async fn begin_process(site: &Site, scope: &Scope, id: EditionId) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let ProcessView { edition, mut file, .. } = process(&mut tx, scope, id).await?;
    let latest = rulebook::latest(&mut tx, WORKFLOW, &edition.code).await?;
    if let Some(draft) = latest.filter(|latest| latest.status == Status::Draft) {
        return Ok(draft.id);
    }
    file.source = String::new();
    let from = scope.today().tomorrow().unwrap_or(edition.valid_from).max(edition.valid_from);
    let draft = rulebook::draft(&mut tx, scope, new_draft(&file, from)?).await?;
    tx.commit().await?;
    Ok(draft.id)
}

/// A process of two steps under a code of its own, to be written on from there.
pub async fn new_process(
    site: &Site,
    scope: &Scope,
    code: &str,
    name: &str,
    legal: &str,
) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    if !rulebook::editions_of(&mut site.db.read().await?, WORKFLOW, code).await?.is_empty() {
        return Err(NotNow::CodeTaken.into());
    }
    let step = |code: &str, name: &str| workflow::StepLine {
        code: code.into(),
        name: name.into(),
        role: "mot-cua".into(),
        time: "2 giờ".into(),
        output: String::new(),
        agency: None,
        needs: Vec::new(),
        gives: Vec::new(),
        choices: Vec::new(),
        next: None,
        moves: Vec::new(),
        pause: None,
        waits_for_all: false,
        end: None,
        undo: false,
    };
    let first = workflow::StepLine { next: Some("2".into()), ..step("1", "Tiếp nhận hồ sơ") };
    let last = workflow::StepLine { end: Some("returned".into()), ..step("2", "Trả kết quả") };
    let file = File {
        code: code.into(),
        name: name.into(),
        source: String::new(),
        sample: false,
        legal: legal.into(),
        cases: Vec::new(),
        steps: vec![first, last],
    };
    keep_process(site, scope, &file, scope.today()).await
}

/// Writes a draft as a form has it.
pub async fn save_process(site: &Site, scope: &Scope, id: EditionId, version: i64, file: &File) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let from = process(&mut tx, scope, id).await?.edition.valid_from;
    rulebook::save_draft(&mut tx, scope, id, version, content(file, from)?).await?;
    Ok(tx.commit().await?)
}

/// Publishes a draft under its decision, from a day on. A process that cannot work is not published.
pub async fn publish_process(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    source: &str,
    from: Date,
) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let ProcessView { edition, mut file, .. } = process(&mut tx, scope, id).await?;
    file.source = source.trim().to_owned();
    if file.source.is_empty() {
        return Err(NotNow::DecisionMissing.into());
    }
    let faults: Vec<Refusal> =
        process_faults(&file).into_iter().map(|say| NotNow::ProcessFaulty { say }.into()).collect();
    if !faults.is_empty() {
        return Err(Failure::Refused(faults));
    }
    let mut version = version;
    if file.source != edition.source || from != edition.valid_from {
        version = rulebook::save_draft(&mut tx, scope, id, version, content(&file, from)?).await?.version;
    }
    rulebook::publish(&mut tx, scope, id, version).await?;
    Ok(tx.commit().await?)
}

pub async fn discard_process(site: &Site, scope: &Scope, id: EditionId, version: i64) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    process(&mut tx, scope, id).await?;
    rulebook::discard(&mut tx, scope, id, version).await?;
    Ok(tx.commit().await?)
}
