//! Dossiers that run by an edition of their process which is no longer in force: seen with what would change, and taken
//! over by the head of the agency, those that are chosen.

use super::many::{Fate, Ticked, fate, few, seen};
use super::work::{Said, open};
use crate::flow;
use crate::model::*;
use crate::store;
use db::Conn;
use people::{Failure, Role, Scope};
use rulebook::{EditionId, Head};
use std::collections::BTreeMap;
use web::Site;

/// The dossiers on one edition, and the one that is in force.
pub struct Newer {
    pub from: Head,
    pub to: Head,
    /// Step by step, in words.
    pub differences: Vec<String>,
    pub dossiers: Vec<Listed>,
}

/// The agency's running dossiers that are on former editions, by edition.
pub async fn newer(conn: &mut Conn, scope: &Scope) -> Result<Vec<Newer>, Failure> {
    let agency = people::station(conn, scope).await?.agency.or(scope.unit).ok_or(Failure::NotFound)?;
    let mut found = Vec::new();
    for edition in store::processes_in_use(conn, agency).await? {
        let Some((from, to)) = successor(conn, scope, edition).await? else { continue };
        let (old, new) = (flow::process(conn, from.id).await?, flow::process(conn, to.id).await?);
        let differences = workflow::differences(&old, &new);
        let dossiers = store::by_process(conn, agency, edition, super::many::MOST).await?;
        found.push(Newer { from, to, differences, dossiers });
    }
    Ok(found)
}

/// An edition and the one of its code that is in force today; none where it is that one.
async fn successor(conn: &mut Conn, scope: &Scope, id: EditionId) -> Result<Option<(Head, Head)>, Failure> {
    let Some(from) = rulebook::head(conn, id).await? else { return Ok(None) };
    let to = rulebook::in_force(conn, flow::PROCESS, &from.code, scope.today()).await?;
    let Some(to) = to.filter(|to| to.id != id) else { return Ok(None) };
    Ok(rulebook::head(conn, to.id).await?.map(|to| (from, to)))
}

/// Takes the chosen dossiers over to the edition that is in force now.
pub async fn follow_newer(site: &Site, scope: &Scope, all: &[Ticked]) -> Result<Vec<Fate>, Failure> {
    let mut fates = Vec::new();
    for one in few(all)? {
        let at = seen(site, scope, *one).await?;
        let done = follow(site, scope, *one).await;
        fates.push(fate(*one, at.as_ref(), done));
    }
    Ok(fates)
}

async fn follow(site: &Site, scope: &Scope, one: Ticked) -> Result<(), Failure> {
    let mut work = open(site, scope, one.id, one.version).await?;
    if !(work.at.sight.heads && scope.has(Role::Head)) {
        return Err(Failure::forbidden("Đổi quy trình của hồ sơ dành cho lãnh đạo cơ quan giải quyết."));
    }
    crate::rules::is_open(&work.at.dossier)?;
    let edition = work.at.dossier.process_edition;
    let found = successor(work.db.write().await?, scope, edition).await?;
    let (from, to) = found.ok_or(NotNow::ProcessIsNewest)?;
    let process = flow::process(work.db.write().await?, to.id).await?;
    let standing = workflow::carry(&work.at.process, &process, &work.at.dossier.standing)?;
    let steps: BTreeMap<&str, &workflow::Step> = process.steps.iter().map(|step| (step.code.as_str(), step)).collect();
    for doing in work.at.steps.iter_mut().filter(|doing| doing.done.is_none()) {
        let Some(step) = steps.get(doing.code.as_str()) else { continue };
        let agency = match &step.agency {
            Some(name) => super::coordinate::agency_named(work.db.write().await?, name, scope.today()).await?,
            None => None,
        };
        let agency = agency.map(|unit| unit.id).filter(|unit| *unit != work.at.dossier.agency);
        // Whoever had it keeps it where they still may do it.
        if doing.role != step.role || doing.agency != agency {
            (doing.office, doing.holder) = (agency, None);
        }
        (doing.name, doing.role, doing.agency) = (step.name.clone(), step.role.clone(), agency);
        doing.minutes = i64::from(step.time);
        store::renew_step(work.db.write().await?, one.id, doing).await?;
    }
    store::set_process(work.db.write().await?, one.id, to.id).await?;
    (work.at.dossier.process_edition, work.at.dossier.standing) = (to.id, standing);
    work.at.process = process.clone();
    let note = format!("{}: bản {} thành bản {}", from.name, from.number, to.number);
    let said = Said { what: "Đổi sang quy trình mới", note: &note, public: false };
    work.settle(scope, "dossier.process-changed", said).await
}
