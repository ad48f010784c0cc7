//! Other agencies and what is awaited from outside: questions (lấy ý kiến), financial duties, and their answers.

use super::lapse;
use super::work::{Said, Work, open};
use crate::clock::Deed;
use crate::model::*;
use crate::{rules, store};
use base::{Date, Refusal};
use db::Conn;
use journal::about;
use people::{Failure, Role, Scope, Unit, UnitId};
use web::Site;
use workflow::Wait;

/// What is to be awaited.
#[derive(Clone, Debug)]
pub struct NewAwaited {
    pub why: Wait,
    /// An agency of this house.
    pub agency: Option<UnitId>,
    /// Somebody else, by name.
    pub whom: String,
    pub said: String,
    pub until: Option<Date>,
}

/// The agencies of this house in being on a day.
pub async fn agencies(conn: &mut Conn, day: Date) -> Result<Vec<Unit>, Failure> {
    Ok(people::units_with(conn, day, people::AGENCIES).await?)
}

/// The agency that a process calls by its key or its name; none where it is not in this house.
pub(super) async fn agency_named(conn: &mut Conn, name: &str, day: Date) -> Result<Option<Unit>, Failure> {
    let folded = base::text::fold(name);
    let is = |unit: &Unit| {
        unit.key == name || base::text::fold(&unit.name) == folded || base::text::fold(&unit.short) == folded
    };
    Ok(agencies(conn, day).await?.into_iter().find(is))
}

/// Asks another agency, or waits for a duty to be met. The clock stands where a running step of the process says that it
/// does for this (NĐ 118/2025/NĐ-CP Art. 11: what the law takes out of the time to resolve); else the time goes on.
pub async fn wait_for(site: &Site, scope: &Scope, id: DossierId, version: i64, new: NewAwaited) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    if !work.at.sight.heads && work.at.all_mine(scope).is_empty() {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    rules::runs(&work.at.dossier)?;
    // A supplement has its own list of papers, is asked for once, and is told to the owner.
    if new.why == Wait::Supplement {
        return Err(NotNow::NoPause { why: new.why }.into());
    }
    let new = NewAwaited { agency: new.agency.filter(|_| new.why == Wait::Agency), ..new };
    let stands = work.at.stands_for(new.why);
    if new.why == Wait::Duty && !stands {
        return Err(NotNow::NoPause { why: new.why }.into());
    }
    let whom = whom(&mut work, scope, &new).await?;
    let until = new.until.or_else(|| lapse::last_day(&work, scope.today()).filter(|_| stands));
    let wrong = rules::check_awaited(&whom, &new.said, until, scope.today());
    let until = match until.filter(|_| wrong.is_empty()) {
        Some(until) => until,
        None => return Err(Failure::Refused(wrong.into_iter().map(Refusal::from).collect())),
    };
    let (why, agency, said) = (new.why, new.agency, new.said);
    let (at, answered) = (scope.now, None);
    let (answered_by, answer) = (String::new(), String::new());
    let one = Awaited { id: db::fresh_id(), why, agency, whom, at, said, until, stands, answered, answered_by, answer };
    store::add_awaited(work.db.write().await?, scope, id, &one).await?;
    if stands {
        work.tick(scope, Deed::Pause { reason: why.code().to_owned() }).await?;
    }
    work.asks = one.agency;
    let what = match why {
        Wait::Agency => format!("Lấy ý kiến {}", one.whom),
        Wait::Duty | Wait::Supplement => "Chờ thực hiện nghĩa vụ tài chính".to_owned(),
    };
    work.settle(scope, "dossier.awaits", Said { what: &what, note: &one.said, public: stands }).await
}

/// Whom it is awaited from, by name. A duty is the owner's to meet.
async fn whom(work: &mut Work, scope: &Scope, new: &NewAwaited) -> Result<String, Failure> {
    if new.why == Wait::Duty {
        return Ok("Người nộp".into());
    }
    let Some(agency) = new.agency else { return Ok(new.whom.trim().to_owned()) };
    let all = agencies(work.db.write().await?, scope.today()).await?;
    let one = all.into_iter().find(|unit| unit.id == agency && agency != work.at.dossier.agency);
    Ok(one.map(|unit| unit.name).unwrap_or_default())
}

/// What was awaited has come: written by whoever was asked, or by whoever asked, from a letter.
pub async fn answer(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    awaited: AwaitedId,
    said: &str,
    files: Vec<(file::Content, String)>,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    let all = store::awaited(work.db.write().await?, id).await?;
    let one = all.iter().find(|one| one.id == awaited).ok_or(Failure::NotFound)?;
    if !may_answer(scope, &work.at, one) {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    if said.trim().is_empty() {
        return Err(NotNow::AnswerEmpty.into());
    }
    if !store::answer_awaited(work.db.write().await?, awaited, scope.now, &scope.name, said.trim()).await? {
        return Err(NotNow::AnswerThere.into());
    }
    for (content, name) in &files {
        file::attach(work.db.write().await?, scope, content, name, about("dossier-answer", awaited)).await?;
    }
    let still = all.iter().any(|other| other.id != awaited && other.stands && other.answered.is_none());
    if one.stands && !still && work.at.dossier.paused.is_some() {
        work.tick(scope, Deed::Resume).await?;
    }
    let what = match one.why {
        Wait::Agency => format!("{} trả lời", one.whom),
        Wait::Duty | Wait::Supplement => "Đã thực hiện nghĩa vụ tài chính".to_owned(),
    };
    work.settle(scope, "dossier.answered", Said { what: &what, note: said.trim(), public: one.stands }).await
}

/// Whether this person may write the answer: they work at the agency that was asked, or have the dossier.
pub fn may_answer(scope: &Scope, at: &super::loaded::Loaded, one: &Awaited) -> bool {
    let asked = one.agency.is_some_and(|agency| at.station.is_in(agency))
        && scope.has_any(&[Role::Head, Role::Coordinator, Role::Staff, Role::Registrar]);
    one.answered.is_none() && at.dossier.state.is_open() && (asked || at.sight.heads || at.does_step(scope))
}

/// What other agencies ask of this person's, soonest due first.
pub async fn helping(conn: &mut Conn, scope: &Scope) -> Result<Vec<Helping>, Failure> {
    let unit = scope.unit.ok_or(Failure::NotFound)?;
    let agency = people::station(conn, scope).await?.agency.unwrap_or(unit);
    Ok(store::helping(conn, agency).await?)
}
