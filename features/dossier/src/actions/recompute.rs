//! When an agency works differently than was thought: its deadlines are reckoned anew, as work in the background.

use super::tell::Outside;
use super::work::open_unasked;
use crate::model::DossierId;
use crate::store;
use calendar::Calendar;
use db::{Conn, Db, Tx};
use hours::{Change, ChangeId, NewChange, NewWeek, Week, WeekId};
use job::{Ctx, JobId, Problem};
use people::{Failure, Role, Scope, UnitId};
use serde_json::json;
use std::sync::Arc;
use web::Site;

/// The kind of the job.
pub const RECOMPUTE: &str = "dossier.recompute";

/// The calendar of a person's agency with its changes; who stands above the agencies sees everybody's.
pub struct Working {
    pub agency: Option<UnitId>,
    pub calendar: Arc<Calendar>,
    pub changes: Vec<Change>,
    /// The hours by weekday that differ from those carried, by their first day.
    pub weeks: Vec<Week>,
    /// May change the agency's days.
    pub may_own: bool,
    /// May change everybody's days.
    pub may_all: bool,
}

pub async fn working(conn: &mut Conn, scope: &Scope) -> Result<Working, Failure> {
    let agency = people::station(conn, scope).await?.agency;
    let calendar = match agency {
        Some(agency) => hours::of(conn, agency).await?,
        None => hours::common(conn).await?,
    };
    let mut changes = hours::all_changes(conn).await?;
    changes.retain(|one| one.unit.is_none() || one.unit == agency);
    let mut weeks = hours::all_weeks(conn).await?;
    weeks.retain(|one| one.unit.is_none() || one.unit == agency);
    // At the agency itself: whoever heads an office of it does not close the whole.
    let heads = |agency| scope.is_of(agency) && scope.has_any(&[Role::Head, Role::Coordinator]);
    let may_own = agency.is_some_and(heads);
    Ok(Working { agency, calendar, changes, weeks, may_own, may_all: scope.has(Role::Admin) })
}

pub(super) fn may(working: &Working, unit: Option<UnitId>) -> Result<(), Failure> {
    let may = match unit {
        None => working.may_all,
        Some(unit) => working.may_own && working.agency == Some(unit),
    };
    let say = "Lãnh đạo, đầu mối ghi ngày nghỉ, giờ làm việc của cơ quan mình; quản trị ghi của mọi cơ quan.";
    if may { Ok(()) } else { Err(Failure::forbidden(say)) }
}

/// Changes the days of an agency or of all, and asks for the deadlines to be reckoned anew.
pub async fn change_hours(site: &Site, scope: &Scope, new: NewChange) -> Result<JobId, Failure> {
    let mut tx = site.db.begin().await?;
    may(&working(&mut tx, scope).await?, new.unit)?;
    let change = hours::add(&mut tx, scope, new).await?;
    ask(site, tx, scope, change.unit, &change.why).await
}

/// Takes a change back, and asks for the same.
pub async fn withdraw_hours(site: &Site, scope: &Scope, id: ChangeId) -> Result<JobId, Failure> {
    let mut tx = site.db.begin().await?;
    let change = hours::change(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    may(&working(&mut tx, scope).await?, change.unit)?;
    hours::withdraw(&mut tx, scope, id).await?;
    ask(site, tx, scope, change.unit, &change.why).await
}

/// Sets the hours of the week of an agency or of all from a day on, and asks for the same.
pub async fn set_week(site: &Site, scope: &Scope, new: NewWeek) -> Result<JobId, Failure> {
    let mut tx = site.db.begin().await?;
    may(&working(&mut tx, scope).await?, new.unit)?;
    let week = hours::add_week(&mut tx, scope, new).await?;
    ask(site, tx, scope, week.unit, &format!("giờ làm việc từ {}", base::day::vi(week.from))).await
}

/// Takes such hours back, and asks for the same.
pub async fn withdraw_week(site: &Site, scope: &Scope, id: WeekId) -> Result<JobId, Failure> {
    let mut tx = site.db.begin().await?;
    let week = hours::week(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    may(&working(&mut tx, scope).await?, week.unit)?;
    hours::withdraw_week(&mut tx, scope, id).await?;
    ask(site, tx, scope, week.unit, &format!("bỏ giờ làm việc từ {}", base::day::vi(week.from))).await
}

async fn ask(site: &Site, mut tx: Tx, scope: &Scope, unit: Option<UnitId>, why: &str) -> Result<JobId, Failure> {
    let title = format!("Tính lại hạn hồ sơ: {why}");
    let id = job::enqueue(&mut tx, scope, RECOMPUTE, &title, json!({ "unit": unit })).await?;
    tx.commit().await?;
    site.jobs.ring();
    Ok(id)
}

/// Reckons the open dossiers of an agency anew, or of all; gives how many were looked at, and how many have another due
/// moment. Each is a transaction of its own: stopped in the middle and done again, it finds the rest.
pub async fn recompute(
    db: &Db,
    outside: &Outside,
    scope: &Scope,
    unit: Option<UnitId>,
    ctx: &Ctx,
) -> Result<(i64, i64), Problem> {
    let all = store::open_of(&mut db.read().await.map_err(Failure::from)?, unit).await.map_err(Failure::from)?;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let (mut moved, mut failed) = (0, 0);
    for (done, id) in (0..).zip(all) {
        ctx.progress(done, total).await?;
        match anew(db, outside, scope, id).await {
            Ok(is_moved) => moved += i64::from(is_moved),
            // One dossier's trouble is not everybody's: the rest are reckoned, then the job says that it was not all.
            Err(failure) => {
                tracing::error!(dossier = %id, say = failure.say(), "a dossier was not reckoned anew");
                failed += 1;
            }
        }
    }
    ctx.progress(total, total).await?;
    match failed {
        0 => Ok((total, moved)),
        _ => Err(format!("Chưa tính lại được hạn của {failed} hồ sơ. Việc này sẽ được chạy lại.").into()),
    }
}

/// Somebody may be at work on it at this very moment: then it is taken once more, as they left it.
async fn anew(db: &Db, outside: &Outside, scope: &Scope, id: DossierId) -> Result<bool, Failure> {
    const TIMES: usize = 5;
    for _ in 0..TIMES {
        let done = match open_unasked(db, outside, scope, id).await {
            Ok(work) => work.recompute(scope).await,
            Err(failure) => Err(failure),
        };
        match done {
            Err(Failure::Conflict { .. }) => {}
            other => return other,
        }
    }
    Err(Failure::Broken(format!("dossier {id} is changed all the time")))
}
