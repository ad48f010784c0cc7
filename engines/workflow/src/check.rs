//! What keeps a process from working, found before anybody's dossier is in it.

use crate::paths::{ending, given, longest, reachable};
use crate::process::{Process, Step};
use crate::read::Problem;
use std::collections::BTreeSet;

/// Everything that cannot work. `held` are the roles that somebody holds.
pub fn check(process: &Process, held: &[String]) -> Vec<Problem> {
    let mut found = Vec::new();
    if process.steps.is_empty() {
        return found;
    }
    let (from_first, to_end) = (reachable(process, 0, true), ending(process));
    for (at, step) in process.steps.iter().enumerate() {
        let mut say = |code, say: String| found.push(Problem { code, step: Some(step.code.clone()), say });
        if !from_first.contains(&at) {
            say("unreachable", "không có bước nào dẫn tới.".into());
        }
        if step.moves.is_empty() && step.end.is_none() {
            say("dead-end", "không dẫn đi đâu và cũng không phải bước kết thúc.".into());
        } else if !to_end.contains(&at) {
            say("never-ends", "từ đây không tới được bước kết thúc nào.".into());
        }
        if step.agency.is_none() && !held.contains(&step.role) {
            say("role-unheld", format!("không ai giữ vai trò “{}”.", step.role));
        }
        if process.legal > 0 && step.time > process.legal {
            say(
                "step-too-long",
                format!("{} là quá thời hạn {} của cả thủ tục.", time(step.time), time(process.legal)),
            );
        }
        if step.pause.as_ref().is_some_and(|pause| pause.ends.is_none()) {
            say("pause-without-end", "tạm dừng mà không có hạn (days) và bước tiếp theo khi hết hạn (then).".into());
        }
        needs(process, at, &mut say);
        guards(process, step, &mut say);
        beside(process, at, &mut say);
    }
    whole_time(process, &mut found);
    found
}

/// A need that nothing before it can meet keeps every dossier there for ever.
fn needs(process: &Process, at: usize, say: &mut impl FnMut(&'static str, String)) {
    let given = given(process, at);
    for need in &process.steps[at].needs {
        if let Some(give) = need.met_by().filter(|give| !given.contains(give)) {
            say("need-never-met", format!("cần “{}” nhưng không bước nào trước đó {}.", need.say(), give.say()));
        }
    }
}

/// Conditions that never hold, choices that lead nowhere, cases for which no way is open.
fn guards(process: &Process, step: &Step, say: &mut impl FnMut(&'static str, String)) {
    for one in &step.moves {
        if let Some(case) = one.case.as_ref().filter(|case| !process.cases.contains(case)) {
            say("guard-never", format!("đường đi cho trường hợp “{case}”, mà thủ tục không có trường hợp này."));
        }
        if let Some(chosen) = one.chosen.as_ref().filter(|chosen| !step.choices.contains(chosen)) {
            say("guard-never", format!("đường đi khi chọn “{chosen}”, mà bước này không cho chọn như vậy."));
        }
    }
    if step.moves.is_empty() {
        return;
    }
    // Every case with every choice must find a way; where there is none to choose, the empty word stands for it.
    let none = [String::new()];
    let or_none = |words: &[String]| if words.is_empty() { none.to_vec() } else { words.to_vec() };
    let mut stuck = BTreeSet::new();
    for case in or_none(&process.cases) {
        for chosen in or_none(&step.choices) {
            let fits = |word: &Option<String>, is: &str| word.as_deref().is_none_or(|word| word == is);
            if !step.moves.iter().any(|one| fits(&one.case, &case) && fits(&one.chosen, &chosen)) {
                stuck.insert(
                    [case.as_str(), chosen.as_str()]
                        .iter()
                        .filter(|word| !word.is_empty())
                        .copied()
                        .collect::<Vec<_>>()
                        .join(", "),
                );
            }
        }
    }
    let stuck: Vec<String> = stuck.into_iter().filter(|word| !word.is_empty()).collect();
    if !stuck.is_empty() {
        say("no-way", format!("không có đường đi cho: {}.", stuck.join("; ")));
    }
}

/// What runs beside each other must meet again, and what waits for all must have whom to wait for.
fn beside(process: &Process, at: usize, say: &mut impl FnMut(&'static str, String)) {
    for one in process.steps[at].moves.iter().filter(|one| one.to.len() > 1) {
        let mut meet: Option<BTreeSet<usize>> = None;
        for branch in &one.to {
            let reached = reachable(process, *branch, false);
            meet = Some(meet.map_or(reached.clone(), |meet| meet.intersection(&reached).copied().collect()));
        }
        if !meet.unwrap_or_default().iter().any(|at| process.steps[*at].waits_for_all) {
            let codes: Vec<&str> = one.to.iter().map(|at| process.steps[*at].code.as_str()).collect();
            let say_so = format!("các bước {} chạy song song nhưng không gặp lại ở bước nào chờ đủ.", codes.join(", "));
            say("never-joins", say_so);
        }
    }
    let leads_here = |step: &&Step| step.moves.iter().any(|one| !one.back && one.to.contains(&at));
    if process.steps[at].waits_for_all && process.steps.iter().filter(leads_here).count() < 2 {
        say("waits-for-nothing", "chờ đủ các nhánh nhưng chỉ có một đường dẫn tới.".into());
    }
}

/// The sum of a way's times must not exceed the legal time: internal time never replaces it.
fn whole_time(process: &Process, found: &mut Vec<Problem>) {
    let codes =
        |steps: &[usize]| steps.iter().map(|at| process.steps[*at].code.as_str()).collect::<Vec<_>>().join(" → ");
    match longest(process) {
        Ok((total, way)) if process.legal > 0 && total > process.legal => {
            let say =
                format!("Đường dài nhất {} mất {}, quá thời hạn {}.", codes(&way), time(total), time(process.legal));
            found.push(Problem { code: "over-legal-time", step: None, say });
        }
        Ok(_) => {}
        Err(circle) => {
            let say = format!("Các bước {} đi vòng tròn; đường quay lại phải ghi back = true.", codes(&circle));
            found.push(Problem { code: "circle", step: None, say });
        }
    }
}

/// "2 ngày 4 giờ", of working days of 8 hours
fn time(minutes: u32) -> String {
    let parts = [(minutes / 480, "ngày"), (minutes % 480 / 60, "giờ"), (minutes % 60, "phút")];
    let said: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number} {unit}")).collect();
    if said.is_empty() { "0 giờ".into() } else { said.join(" ") }
}
