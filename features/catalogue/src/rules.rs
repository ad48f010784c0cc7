//! Decisions: pure. Which process fits a case, and where two bodies differ.

mod difference;
#[cfg(test)]
mod tests;

pub use difference::difference;

use crate::model::{Entry, State};
use base::{Date, Refusal};
use procedure::{Case, Procedure};
use workflow::{File, Process};

/// Everything that keeps a procedure from being published: its own faults, then those with its processes.
/// `process` gives the process of a code, where it is published.
pub fn faults<'a>(one: &Procedure, process: impl Fn(&str) -> Option<&'a Process>) -> Vec<(String, String)> {
    let own = procedure::check(one).into_iter().map(|problem| (problem.place, problem.say));
    let fits = one.cases.iter().filter(|case| !case.process.is_empty()).filter_map(|case| {
        let say = match process(&case.process) {
            None => format!("chưa có quy trình “{}” được ban hành.", case.process),
            Some(process) => unfit(case, process)?,
        };
        Some((format!("cases.{}.process", case.code), say))
    });
    own.chain(fits).collect()
}

/// Why a process is not one for a case.
fn unfit(case: &Case, process: &Process) -> Option<String> {
    if !process.cases.is_empty() && !process.cases.contains(&case.code) {
        return Some(format!("quy trình “{}” không có đường đi cho trường hợp “{}”.", process.code, case.code));
    }
    // Time on the wall has no number of working minutes: nothing to compare.
    let legal = case.time.minutes()?;
    (process.legal > legal).then(|| {
        format!("thời hạn của quy trình “{}” dài hơn thời hạn của thủ tục ({}).", process.code, case.time.say())
    })
}

/// The published edition on whose days a draft would also be in force; one before it that is open ends where it begins,
/// and is not in the way. The rulebook refuses it too: here it is said while the draft is still being written.
pub fn in_the_way(one: &Procedure, editions: &[Entry]) -> Option<(String, String)> {
    let ends_with_it = |entry: &&Entry| entry.valid_to.is_none() && entry.valid_from < one.from;
    let shares_a_day =
        |entry: &&Entry| one.to.is_none_or(|to| entry.valid_from < to) && entry.valid_to.is_none_or(|to| one.from < to);
    let mut published = editions.iter().filter(|entry| entry.published);
    let other = published.find(|entry| shares_a_day(entry) && !ends_with_it(entry))?;
    let from = base::day::vi(other.valid_from);
    Some(("from".into(), format!("bản số {} đã có hiệu lực từ {from}; chọn ngày sau đó.", other.number)))
}

/// Everything wrong with a process as a file says it.
pub fn process_faults(file: &File, roles: &[String]) -> Vec<String> {
    let reading = workflow::read(file);
    let found = reading.problems.iter().map(ToString::to_string);
    let all: Vec<String> =
        found.chain(workflow::check(&reading.process, roles).iter().map(ToString::to_string)).collect();
    let mut once: Vec<String> = Vec::new();
    for say in all {
        if !once.contains(&say) {
            once.push(say);
        }
    }
    once
}

/// Of all editions (by code, as they are stored), the one that stands for each procedure; with a state asked for, the
/// newest in that state.
pub fn lines<'a>(entries: &'a [Entry], state: Option<State>, day: Date) -> Vec<&'a Entry> {
    let mut found: Vec<&'a Entry> = Vec::new();
    for entry in entries {
        let now = entry.state(day);
        if state.is_some_and(|state| state != now) {
            continue;
        }
        match found.last_mut().filter(|known| known.code == entry.code) {
            Some(known) if known.state(day) > now => *known = entry,
            Some(_) => {}
            None => found.push(entry),
        }
    }
    found
}

/// The refusals of a list of faults.
pub fn refusals(faults: Vec<(String, String)>) -> Vec<Refusal> {
    faults
        .into_iter()
        .map(|(place, say)| crate::model::NotNow::Faulty { place: in_words(&place), say }.into())
        .collect()
}

/// A place of `procedure::check` as a person calls it.
pub fn in_words(place: &str) -> String {
    let (first, rest) = place.split_once('.').unwrap_or((place, ""));
    let first = difference::label(first);
    match rest.rsplit_once('.') {
        Some((which, last)) if !difference::is_unknown(last) => format!("{first} {which}, {}", difference::label(last)),
        _ if rest.is_empty() => first.to_owned(),
        _ => format!("{first} {rest}"),
    }
}
