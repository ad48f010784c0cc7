//! Where a dossier stands in its process, and how it is moved: the rule behind every button of a step.

use crate::paths::reachable;
use crate::process::{End, Give, Need, Process, Step};
use base::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Where one dossier stands. Steps are known by their place in the process, which an edition never changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Standing {
    /// The steps that run now; several where they run beside each other.
    pub running: BTreeSet<usize>,
    /// Steps that wait for all, with those from which the dossier has arrived there.
    pub arrived: BTreeMap<usize, BTreeSet<usize>>,
    /// What has been given, and by which step: a return takes back what came after.
    pub given: BTreeSet<(Give, usize)>,
    pub ended: Option<End>,
}

/// One step, done by somebody.
#[derive(Clone, Debug)]
pub struct Done<'a> {
    pub step: usize,
    /// The roles that the person holds.
    pub roles: &'a [String],
    pub case: Option<&'a str>,
    pub chosen: Option<&'a str>,
    /// Which of the step's moves; none at a step that ends.
    pub onward: Option<usize>,
    /// What was written and judged at this step: notes, papers.
    pub written: &'a [Need],
    /// What the step brought in.
    pub gives: &'a [Give],
}

/// A dossier that begins.
pub fn begin(process: &Process) -> Standing {
    let first = (!process.steps.is_empty()).then_some(0);
    Standing { running: first.into_iter().collect(), ..Standing::default() }
}

/// The moves of a step that are open for a case and a choice, by their place.
pub fn open(step: &Step, case: Option<&str>, chosen: Option<&str>) -> Vec<usize> {
    let fits = |word: &Option<String>, is: Option<&str>| word.is_none() || word.as_deref() == is;
    let moves = step.moves.iter().enumerate();
    moves.filter(|(_, one)| fits(&one.case, case) && fits(&one.chosen, chosen)).map(|(at, _)| at).collect()
}

/// What a step still needs before it is left.
pub fn lacking(process: &Process, standing: &Standing, done: &Done<'_>) -> Vec<Need> {
    let has = |need: &Need| match need.met_by() {
        None => done.written.contains(need),
        Some(give) => done.gives.contains(&give) || standing.given.iter().any(|(given, _)| *given == give),
    };
    process
        .steps
        .get(done.step)
        .map_or_else(Vec::new, |step| step.needs.iter().filter(|need| !has(need)).copied().collect())
}

/// Moves a dossier on by one step, or says why not.
pub fn leave(process: &Process, standing: &Standing, done: &Done<'_>) -> Result<Standing, Refusal> {
    let step = allowed(process, standing, done)?;
    let lacking = lacking(process, standing, done);
    // Whoever sends a dossier back owes no result: only what is said with it.
    let is_back = done.onward.and_then(|at| step.moves.get(at)).is_some_and(|one| one.back);
    let owed: Vec<&str> =
        lacking.iter().filter(|need| !is_back || **need == Need::Note).map(|need| need.say()).collect();
    if !owed.is_empty() {
        return Err(Refusal::new("step-needs", format!("Bước này còn thiếu: {}.", owed.join(", "))));
    }
    let mut next = standing.clone();
    next.running.remove(&done.step);
    next.given.extend(done.gives.iter().map(|give| (*give, done.step)));
    match done.onward {
        None => finish(step, &mut next)?,
        Some(at) => onward(process, step, at, done, &mut next)?,
    }
    Ok(next)
}

fn allowed<'a>(process: &'a Process, standing: &Standing, done: &Done<'_>) -> Result<&'a Step, Refusal> {
    if standing.ended.is_some() {
        return Err(Refusal::new("dossier-ended", "Hồ sơ đã kết thúc."));
    }
    let step = process.steps.get(done.step).filter(|_| standing.running.contains(&done.step));
    let step =
        step.ok_or_else(|| Refusal::new("step-not-running", "Hồ sơ không còn ở bước này. Hãy tải lại trang."))?;
    if !done.roles.contains(&step.role) {
        let say = format!("Bước “{}” do vai trò khác thực hiện.", step.name);
        return Err(Refusal::new("step-role", say));
    }
    if let Some(give) = done.gives.iter().find(|give| !step.gives.contains(give)) {
        return Err(Refusal::new("step-gives", format!("Bước này không {}.", give.say())));
    }
    Ok(step)
}

fn finish(step: &Step, next: &mut Standing) -> Result<(), Refusal> {
    let end = step.end.ok_or_else(|| Refusal::new("step-onward", "Chọn bước tiếp theo."))?;
    if !next.running.is_empty() {
        let say = "Còn bước khác của hồ sơ đang làm: chưa kết thúc được.";
        return Err(Refusal::new("step-others-run", say));
    }
    next.ended = Some(end);
    Ok(())
}

fn onward(process: &Process, step: &Step, at: usize, done: &Done<'_>, next: &mut Standing) -> Result<(), Refusal> {
    if let Some(chosen) = done.chosen.filter(|chosen| !step.choices.iter().any(|choice| choice == chosen)) {
        return Err(Refusal::new("step-choice", format!("Bước này không có lựa chọn “{chosen}”.")));
    }
    if !open(step, done.case, done.chosen).contains(&at) {
        return Err(Refusal::new("step-closed", "Đường này không mở cho hồ sơ này. Hãy tải lại trang rồi chọn lại."));
    }
    let one = &step.moves[at];
    for to in &one.to {
        if one.back {
            take_back(process, *to, next);
        }
        if process.steps[*to].waits_for_all && !one.back {
            next.arrived.entry(*to).or_default().insert(done.step);
        } else {
            next.running.insert(*to);
        }
    }
    begin_joined(process, next);
    Ok(())
}

/// Where a dossier stands after its step's pause has run out unanswered; none where the step says nothing of it.
pub fn lapse(process: &Process, standing: &Standing, step: usize) -> Option<Standing> {
    let (_, then) = process.steps.get(step)?.pause.as_ref()?.ends?;
    standing.running.contains(&step).then(|| Standing {
        running: [then].into(),
        arrived: BTreeMap::new(),
        ..standing.clone()
    })
}

/// A return takes back what was begun, arrived and given after the step it goes to.
fn take_back(process: &Process, to: usize, next: &mut Standing) {
    let after = reachable(process, to, false);
    next.running.retain(|at| !after.contains(at));
    next.arrived.retain(|at, _| !after.contains(at));
    next.given.retain(|(_, at)| !after.contains(at));
}

/// What waits for all begins when nothing that still runs can lead there.
fn begin_joined(process: &Process, next: &mut Standing) {
    let waiting: Vec<usize> = next.arrived.keys().copied().collect();
    for at in waiting {
        let comes = |from: &usize| reachable(process, *from, false).contains(&at);
        let others = next.arrived.keys().filter(|other| **other != at);
        if !next.running.iter().chain(others).any(comes) {
            next.arrived.remove(&at);
            next.running.insert(at);
        }
    }
}
