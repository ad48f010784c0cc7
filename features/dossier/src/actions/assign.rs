//! Who does a step: given to an office or a person by whoever heads or coordinates, with how much each has.

use super::work::{Said, open};
use crate::flow;
use crate::model::*;
use crate::rules;
use crate::store;
use db::Conn;
use people::{AccountId, Failure, Role, Scope, UnitId};
use web::Site;

/// Who holds a role of a process at an agency today, those with the least work first.
pub async fn candidates(conn: &mut Conn, scope: &Scope, agency: UnitId, role: &str) -> Result<Vec<Candidate>, Failure> {
    let Some(holds) = flow::holds(role) else { return Ok(Vec::new()) };
    let mut found = store::holders(conn, agency, holds.role, scope.today()).await?;
    found.retain(|one| holds.fits(one.office, agency));
    found.sort_by_cached_key(|one| (one.load, base::text::sort_key(&one.name)));
    Ok(found)
}

/// Somebody who was chosen for a role of a process at an agency; refused where they do not hold it today.
pub async fn chosen(
    conn: &mut Conn,
    scope: &Scope,
    agency: UnitId,
    role: &str,
    account: AccountId,
) -> Result<Candidate, Failure> {
    let holds = flow::holds(role).ok_or(NotNow::AssigneeElsewhere)?;
    let found = store::holder(conn, agency, holds.role, scope.today(), account).await?;
    Ok(found.into_iter().find(|one| holds.fits(one.office, agency)).ok_or(NotNow::AssigneeElsewhere)?)
}

/// Gives a running step to somebody.
pub async fn assign(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    step: &str,
    to: Option<AccountId>,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    let oversees = |agency| scope.has_any(&[Role::Head, Role::Coordinator]) && work.at.station.is_in(agency);
    let doing = match work.at.mine(scope, step) {
        Ok(doing) => doing.clone(),
        Err(no) => {
            let running = work.at.running().find(|(one, _)| one.code == step).map(|(one, _)| one.clone());
            running.filter(|one| oversees(one.agency.unwrap_or(work.at.dossier.agency))).ok_or(no)?
        }
    };
    let agency = doing.agency.unwrap_or(work.at.dossier.agency);
    let who = match to {
        None => None,
        Some(account) => Some(chosen(work.db.read()?, scope, agency, &doing.role, account).await?),
    };
    let (office, holder) = (who.as_ref().map(|who| who.office).or(doing.agency), who.as_ref().map(|who| who.account));
    store::give_step(work.db.write().await?, id, doing.id, office, holder).await?;
    for one in work.at.steps.iter_mut().filter(|one| one.id == doing.id) {
        (one.office, one.holder) = (office, holder);
    }
    let note = who.map_or("Không giao riêng ai".to_owned(), |who| format!("{}, {}", who.name, who.office_name));
    work.settle(scope, "dossier.assigned", Said { what: "Phân công", note: &note, public: false }).await
}
