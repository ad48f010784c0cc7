//! Where a dossier can go: reachable steps, the longest way forward, what has been given by then.

use crate::process::{Give, Process, Step};
use std::collections::BTreeSet;

type Places = BTreeSet<usize>;

/// All steps that a step leads to, and by which kind of way.
fn onward(step: &Step, with_back: bool) -> impl Iterator<Item = usize> + '_ {
    let moves = step.moves.iter().filter(move |one| with_back || !one.back).flat_map(|one| one.to.iter().copied());
    let after_pause = step.pause.iter().filter_map(|pause| pause.ends).map(|(_, then)| then);
    moves.chain(after_pause.filter(move |_| with_back))
}

/// The steps that can be come to from one, itself among them.
pub fn reachable(process: &Process, from: usize, with_back: bool) -> Places {
    let (mut found, mut open) = (Places::new(), vec![from]);
    while let Some(at) = open.pop() {
        if found.insert(at)
            && let Some(step) = process.steps.get(at)
        {
            open.extend(onward(step, with_back));
        }
    }
    found
}

/// The steps from which an end can be come to.
pub fn ending(process: &Process) -> Places {
    let ends = |at: &usize| reachable(process, *at, true).iter().any(|at| process.steps[*at].end.is_some());
    (0..process.steps.len()).filter(ends).collect()
}

/// The longest way forward from the first step, in working minutes with the places of its steps; the steps of a circle,
/// where moves go round without being marked as returns. What runs beside each other takes as long as its longest.
pub fn longest(process: &Process) -> Result<(u32, Vec<usize>), Vec<usize>> {
    let mut known = vec![None; process.steps.len()];
    let mut way = Vec::new();
    if process.steps.is_empty() {
        return Ok((0, Vec::new()));
    }
    walk(process, 0, &mut known, &mut way)
}

type Known = Vec<Option<(u32, Vec<usize>)>>;

fn walk(
    process: &Process,
    at: usize,
    known: &mut Known,
    way: &mut Vec<usize>,
) -> Result<(u32, Vec<usize>), Vec<usize>> {
    if let Some(begun) = way.iter().position(|one| *one == at) {
        return Err(way[begun..].to_vec());
    }
    if let Some(found) = &known[at] {
        return Ok(found.clone());
    }
    way.push(at);
    let mut best = (0, Vec::new());
    for next in onward(&process.steps[at], false) {
        let found = walk(process, next, known, way)?;
        if found.0 > best.0 {
            best = found;
        }
    }
    way.pop();
    let mut steps = vec![at];
    steps.extend(best.1);
    let whole = (process.steps[at].time + best.0, steps);
    known[at] = Some(whole.clone());
    Ok(whole)
}

/// When a step is done at the latest, in working minutes from the beginning: the longest way forward to it, its own time
/// included. Ways of other cases do not count.
pub fn by(process: &Process, case: &str, at: usize) -> u32 {
    by_way(process, case, at, &mut Vec::new())
}

fn by_way(process: &Process, case: &str, at: usize, way: &mut Vec<usize>) -> u32 {
    // A circle is a mistake that the checker names; here it only must not go on for ever.
    let Some(step) = process.steps.get(at).filter(|_| !way.contains(&at)) else { return 0 };
    way.push(at);
    let leads = |one: &crate::process::Move| {
        !one.back && one.to.contains(&at) && one.case.as_deref().is_none_or(|only| only == case)
    };
    let before = (0..process.steps.len()).filter(|from| process.steps[*from].moves.iter().any(leads));
    let latest = before.map(|from| by_way(process, case, from, way)).max().unwrap_or(0);
    way.pop();
    latest + step.time
}

/// What may have been given when a step is left: by itself or by a step on some way to it.
pub fn given(process: &Process, at: usize) -> BTreeSet<Give> {
    let before = (0..process.steps.len()).filter(|one| reachable(process, *one, true).contains(&at));
    before.flat_map(|one| process.steps[one].gives.iter().copied()).collect()
}
