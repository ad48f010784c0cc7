//! What the days do by themselves: a supplement or an answer that never came moves its dossier on, a draft that nobody touched is thrown away.

use super::tell::Outside;
use super::work::{Said, Work, open_unasked};
use crate::clock::Deed;
use crate::model::*;
use crate::store;
use base::Date;
use db::Db;
use people::{Failure, Scope};
use workflow::Wait;

/// The last day to supplement, where whoever asks names none: the step's own, in days on the wall.
pub(super) fn last_day(work: &Work, today: Date) -> Option<Date> {
    use jiff::ToSpan;
    let days = work.at.running().filter_map(|(_, step)| step.pause.as_ref()?.ends).map(|(days, _)| days).min()?;
    today.checked_add(i64::from(days).days()).ok()
}

/// Ends what was not supplemented or answered in time; gives how many. Where the process says what then, the dossier stands there; what
/// was never officially received is refused.
pub async fn lapse(db: &Db, outside: &Outside, scope: &Scope) -> Result<usize, Failure> {
    let late = store::unanswered(&mut db.read().await?, scope.today()).await?;
    for id in &late {
        let mut work = open_unasked(db, outside, scope, *id).await?;
        store::answer_ask(work.db.write().await?, *id, scope.now, "").await?;
        match work.at.dossier.awaits() {
            true => refuse(work, scope).await?,
            false => {
                go_on(work, scope, Wait::Supplement, ("Hết hạn bổ sung", "Người nộp không bổ sung trong thời hạn."))
                    .await?
            }
        }
    }
    let stands = store::overdue_awaited(&mut db.read().await?, scope.today()).await?;
    for id in &stands {
        let mut work = open_unasked(db, outside, scope, *id).await?;
        let mut why = Wait::Agency;
        for one in
            store::awaited(work.db.write().await?, *id).await?.iter().filter(|one| one.stands && one.answered.is_none())
        {
            store::answer_awaited(work.db.write().await?, one.id, scope.now, "", "").await?;
            why = one.why;
        }
        go_on(work, scope, why, ("Hết hạn chờ", "Đã quá ngày cuối chờ trả lời.")).await?;
    }
    Ok(late.len() + stands.len())
}

async fn refuse(mut work: Work, scope: &Scope) -> Result<(), Failure> {
    let note = "Không bổ sung trong thời hạn.";
    work.end(scope, State::Refused, note);
    work.settle(scope, "dossier.lapsed", Said { what: "Không tiếp nhận hồ sơ", note, public: true }).await
}

/// The clock goes on, and the dossier to the step that its process names; where it names none, to whoever had it.
async fn go_on(mut work: Work, scope: &Scope, why: Wait, (what, note): (&str, &str)) -> Result<(), Failure> {
    work.tick(scope, Deed::Resume).await?;
    let process = work.at.process.clone();
    let place = |step: &Step| process.steps.iter().position(|one| one.code == step.code);
    let waits = |of: &workflow::Step| of.pause.as_ref().is_some_and(|pause| pause.why == why);
    let found = work.at.running().filter(|(_, of)| waits(of)).find_map(|(step, _)| {
        let next = workflow::lapse(&process, &work.at.dossier.standing, place(step)?)?;
        Some((step.id, next))
    });
    // Where the process lets it go on at the step that waited, nothing moves: whoever has it goes on.
    let found = found.filter(|(_, next)| *next != work.at.dossier.standing);
    if let Some((_, next)) = found {
        let had: Vec<Step> = work.at.running().map(|(step, _)| step.clone()).collect();
        let running: Vec<StepId> = had.iter().map(|step| step.id).collect();
        for id in &running {
            work.leave(*id, what, "", false);
        }
        for at in &next.running {
            let same = had.iter().find(|step| step.role == process.steps[*at].role && step.agency.is_none());
            let (office, holder) = same.map_or((None, None), |step| (step.office, step.holder));
            work.begin(scope, *at, office, holder).await?;
        }
        work.at.dossier.standing = next;
    }
    work.settle(scope, "dossier.lapsed", Said { what, note, public: true }).await
}

/// Throws away drafts that nobody has touched for long, passes that have run out, and what became of the workbooks of
/// yesterday; gives how many drafts.
pub async fn sweep(db: &Db, scope: &Scope) -> Result<usize, Failure> {
    let mut tx = db.begin().await?;
    let gone = super::online::sweep(&mut tx, scope.now).await?;
    store::sweep_batches(&mut tx, super::renew::kept_since(scope.now)).await?;
    tx.commit().await?;
    Ok(gone)
}
