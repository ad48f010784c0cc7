//! The steps of the process: papers judged, a step left, taken back.

use super::work::{Said, Work, open};
use crate::model::*;
use crate::rules;
use crate::store;
use people::{AccountId, Failure, Scope, UnitId};
use web::Site;
use workflow::{Done, End, Give, Need};

/// How a step is left.
#[derive(Clone, Debug, Default)]
pub struct Onward {
    pub step: String,
    /// Which of its moves; none at a step that ends.
    pub onward: Option<usize>,
    pub chosen: Option<String>,
    pub note: String,
    /// Who gets it next, where that is said.
    pub to: Option<AccountId>,
}

/// Leaves a step: onward, back, or, at the last one, out of the house.
pub async fn leave(site: &Site, scope: &Scope, id: DossierId, version: i64, ask: Onward) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::runs(&work.at.dossier)?;
    let doing = work.at.mine(scope, &ask.step)?.clone();
    let process = work.at.process.clone();
    let place = process.steps.iter().position(|step| step.code == doing.code).ok_or(Failure::NotFound)?;
    let step = &process.steps[place];
    if step.end == Some(End::Returned) && ask.onward.is_none() {
        may_return(&mut work).await?;
    }
    let given = gives(&mut work, scope, step).await?;
    let written = written(&mut work, step, &ask.note).await?;
    let done = Done {
        step: place,
        roles: std::slice::from_ref(&step.role),
        case: Some(&work.at.dossier.case),
        chosen: ask.chosen.as_deref(),
        onward: ask.onward,
        written: &written,
        gives: &given,
    };
    let before = work.at.dossier.standing.clone();
    let next = workflow::leave(&process, &before, &done)?;
    let moved = ask.onward.and_then(|at| step.moves.get(at));
    let back = moved.is_some_and(|one| one.back);
    let names: Vec<&str> =
        moved.map(|one| one.to.iter().map(|to| process.steps[*to].name.as_str()).collect()).unwrap_or_default();
    let onward = names.join("; ");
    work.leave(doing.id, &onward, &ask.note, back);
    // A return ends what ran beside and lies after.
    let gone: Vec<StepId> =
        work.at.running().filter(|(one, _)| !still(&process, &next, one)).map(|(one, _)| one.id).collect();
    for id in &gone {
        work.leave(*id, "Trả về bước trước", "", true);
    }
    for at in next.running.iter().copied() {
        if !work.at.running().any(|(one, _)| one.code == process.steps[at].code) {
            let (office, holder) = receiver(&mut work, scope, &process.steps[at].role, ask.to).await?;
            work.begin(scope, at, office, holder).await?;
        }
    }
    work.at.dossier.standing = next;
    work.done = Some((doing.clone(), onward.clone()));
    finish(work, scope, &doing, &ask, back, &onward).await
}

/// Who gets a step: whoever was chosen, if they hold its role; else, for specialists, the office of whoever hands it on.
async fn receiver(
    work: &mut Work,
    scope: &Scope,
    role: &str,
    to: Option<AccountId>,
) -> Result<(Option<UnitId>, Option<AccountId>), Failure> {
    let agency = work.at.dossier.agency;
    if let Some(account) = to {
        let one = super::assign::chosen(work.db.read()?, scope, agency, role, account).await?;
        return Ok((Some(one.office), Some(one.account)));
    }
    let for_specialists = crate::flow::holds(role).is_some_and(|holds| holds.role == people::Role::Staff);
    Ok((scope.unit.filter(|unit| for_specialists && *unit != agency && work.at.station.is_in(agency)), None))
}

fn still(process: &workflow::Process, next: &workflow::Standing, one: &Step) -> bool {
    next.running.iter().any(|at| process.steps[*at].code == one.code)
}

async fn finish(
    mut work: Work,
    scope: &Scope,
    doing: &Step,
    ask: &Onward,
    back: bool,
    onward: &str,
) -> Result<(), Failure> {
    let ended = work.at.dossier.standing.ended;
    let (deed, what, public) = match ended {
        Some(End::Returned) => ("dossier.returned", "Trả kết quả".to_owned(), true),
        Some(End::Refused) => ("dossier.refused", "Từ chối giải quyết".to_owned(), true),
        Some(End::Stopped) => ("dossier.stopped", "Dừng giải quyết".to_owned(), true),
        None if back => ("dossier.sent-back", format!("Trả về bước “{onward}”"), false),
        None => ("dossier.moved", format!("Xong “{}”, chuyển “{onward}”", doing.name), true),
    };
    if let Some(end) = ended {
        let state = match end {
            End::Returned => State::Returned,
            End::Refused => State::Refused,
            End::Stopped => State::Stopped,
        };
        work.at.dossier.state = state;
        work.at.dossier.ended = Some(scope.now);
    }
    work.settle(scope, deed, Said { what: &what, note: &ask.note, public }).await
}

/// A result goes out signed and paid for.
async fn may_return(work: &mut Work) -> Result<(), Failure> {
    let id = work.at.dossier.id;
    if let Some(fee) = store::fees(work.db.read()?, id).await?.into_iter().find(|fee| fee.state == FeeState::Due) {
        return Err(NotNow::FeeUnpaid { name: fee.name }.into());
    }
    let results = store::results(work.db.read()?, id).await?;
    if results.is_empty() {
        return Err(NotNow::NoResult.into());
    }
    if results.iter().any(|result| result.signed.is_none()) { Err(NotNow::ResultUnsigned.into()) } else { Ok(()) }
}

/// What the step brings in, as the records show it; looked for only where it brings anything in.
async fn gives(work: &mut Work, scope: &Scope, step: &workflow::Step) -> Result<Vec<Give>, Failure> {
    let id = work.at.dossier.id;
    let mut found = Vec::new();
    for give in step.gives.iter().copied() {
        let is = match give {
            Give::Fee => {
                let fees = store::fees(work.db.read()?, id).await?;
                !fees.iter().any(|fee| !fee.at_return && fee.state == FeeState::Due)
            }
            Give::Result => !store::results(work.db.read()?, id).await?.is_empty(),
            Give::Signature => {
                let results = store::results(work.db.read()?, id).await?;
                !results.is_empty() && results.iter().all(|result| result.signed.is_some())
            }
            // Leaving the step onward is the approval of whoever heads: only a head holds such a step's role.
            Give::Approval => scope.has(people::Role::Head),
        };
        found.extend(is.then_some(give));
    }
    Ok(found)
}

/// What was written at this step, of what it needs: a note, a verdict on each paper.
async fn written(work: &mut Work, step: &workflow::Step, note: &str) -> Result<Vec<Need>, Failure> {
    let mut written = Vec::new();
    if !note.trim().is_empty() {
        written.push(Need::Note);
    }
    if step.needs.contains(&Need::Papers)
        && store::papers(work.db.read()?, work.at.dossier.id).await?.iter().all(|paper| paper.good.is_some())
    {
        written.push(Need::Papers);
    }
    Ok(written)
}

/// Writes what was found of the papers: code, good or not, why, what the citizen must do.
pub async fn judge(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    verdicts: &[(Item, Option<bool>)],
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    let inbox = work.at.dossier.awaits() && work.at.sight.counts;
    if !inbox && work.at.all_mine(scope).is_empty() {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    for (item, good) in verdicts {
        if !store::judge_paper(work.db.write().await?, id, &item.code, *good, &item.fault, &item.wanted).await? {
            return Err(NotNow::PapersUnknown { code: item.code.clone() }.into());
        }
    }
    let bad = verdicts.iter().filter(|(_, good)| *good == Some(false)).count();
    let note =
        if bad == 0 { "Mọi giấy tờ đều đạt".to_owned() } else { format!("{bad} giấy tờ chưa đạt") };
    work.settle(scope, "dossier.judged", Said { what: "Thẩm định giấy tờ", note: &note, public: false }).await
}

/// Takes back the last step: whoever did it, where its process allows, while nobody has gone on.
pub async fn undo(site: &Site, scope: &Scope, id: DossierId, version: i64) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::runs(&work.at.dossier)?;
    let all = store::steps(work.db.read()?, id).await?;
    let last = all.into_iter().filter(|step| step.done.is_some()).max_by_key(|step| step.done);
    let last = last.ok_or(NotNow::NothingToUndo)?;
    let process = work.at.process.clone();
    let place = process.steps.iter().position(|step| step.code == last.code).ok_or(Failure::NotFound)?;
    let next: Vec<Step> = work.at.running().map(|(step, _)| step.clone()).collect();
    let untouched = next.iter().all(|step| Some(step.begun) == last.done);
    if !process.steps[place].undo || last.back || !untouched || !rules::did(scope, &last) {
        return Err(NotNow::NotUndone.into());
    }
    for step in &next {
        store::drop_step(work.db.write().await?, id, step.id).await?;
    }
    store::reopen_step(work.db.write().await?, id, last.id).await?;
    work.at.steps = vec![Step {
        done: None,
        done_by: None,
        done_name: String::new(),
        onward: String::new(),
        note: String::new(),
        ..last.clone()
    }];
    let standing = &mut work.at.dossier.standing;
    standing.running = [place].into();
    standing.arrived.clear();
    standing.given.retain(|(_, by)| *by != place);
    let what = format!("Rút lại bước “{}”", last.name);
    work.settle(scope, "dossier.undone", Said { what: &what, note: "", public: false }).await
}
