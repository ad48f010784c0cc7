//! From the file to the process. An unknown word is an error, never a yes.

use crate::file::{File, MoveLine, PauseLine, StepLine, Targets};
use crate::process::*;
use base::{Decimal, text};
use std::collections::BTreeSet;

/// Working minutes of a day.
const DAY: u32 = 8 * 60;

/// Something wrong with a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable and in English, for programs and tests.
    pub code: &'static str,
    /// The step it is about.
    pub step: Option<String>,
    pub say: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.step {
            Some(step) => write!(f, "Bước {step}: {}", self.say),
            None => f.write_str(&self.say),
        }
    }
}

/// What a file says, as far as it can be understood, and everything wrong with its words.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What is not understood is left out of it: `check` then finds what else is wrong.
    pub process: Process,
    pub problems: Vec<Problem>,
}

/// Reads a file's words. Whether the process can work is for `check` to say.
pub fn read(file: &File) -> Reading {
    let mut problems = Vec::new();
    let mut say = |code, say: String| problems.push(Problem { code, step: None, say });
    if file.source.trim().is_empty() {
        say("source-missing", "Chưa ghi quyết định phê duyệt quy trình (source).".into());
    }
    if file.steps.is_empty() {
        say("no-steps", "Quy trình chưa có bước nào.".into());
    }
    let legal = minutes(&file.legal).unwrap_or_else(|| {
        say("time-unread", format!("Thời hạn “{}” không đọc được: viết như 5 ngày hoặc 40 giờ.", file.legal));
        0
    });
    let steps = file.steps.iter().map(|line| step(file, line, &mut problems)).collect();
    let mut seen = BTreeSet::new();
    for line in &file.steps {
        if !seen.insert(line.code.as_str()) {
            let say = "mã bước bị trùng.".into();
            problems.push(Problem { code: "step-twice", step: Some(line.code.clone()), say });
        }
    }
    let process = Process {
        code: file.code.clone(),
        name: file.name.clone(),
        source: file.source.clone(),
        sample: file.sample,
        legal,
        cases: file.cases.clone(),
        steps,
    };
    Reading { process, problems }
}

/// "2 giờ", "0,5 ngày", "30 phút": in working minutes; none where it is no time or no whole minute.
fn minutes(said: &str) -> Option<u32> {
    let (number, unit) = said.trim().split_once(' ')?;
    let number: Decimal = number.replace(',', ".").parse().ok()?;
    let of = match text::fold(unit.trim()).as_str() {
        "phut" => 1,
        "gio" => 60,
        "ngay" => DAY,
        _ => return None,
    };
    let all = number.checked_mul(Decimal::from(of))?;
    (all.fract().is_zero() && !all.is_sign_negative()).then(|| all.try_into().ok()).flatten()
}

/// The words of one step, as they are looked up.
struct Words<'a> {
    file: &'a File,
    line: &'a StepLine,
    problems: &'a mut Vec<Problem>,
}

impl Words<'_> {
    fn no(&mut self, code: &'static str, say: String) {
        self.problems.push(Problem { code, step: Some(self.line.code.clone()), say });
    }

    /// The known ones of a closed list; each of the others is a problem with the nearest known one.
    fn known<T: Copy>(&mut self, what: &str, said: &[String], of: fn(&str) -> Option<T>, all: &[&str]) -> Vec<T> {
        let mut found = Vec::new();
        for word in said {
            match of(word) {
                Some(word) => found.push(word),
                None => {
                    self.no("unknown-word", format!("{what} “{word}” không có trong danh mục: {}.", all.join(", ")))
                }
            }
        }
        found
    }

    fn place(&mut self, code: &str) -> Option<usize> {
        let found = self.file.steps.iter().position(|step| step.code == code);
        if found.is_none() {
            self.no("unknown-step", format!("chuyển tới bước “{code}” không có trong quy trình."));
        }
        found
    }
}

fn step(file: &File, line: &StepLine, problems: &mut Vec<Problem>) -> Step {
    let mut words = Words { file, line, problems };
    let time = match minutes(&line.time) {
        Some(time) if time > 0 => time,
        _ => {
            words.no("time-unread", format!("thời gian “{}” không đọc được: viết như 2 giờ hoặc 0,5 ngày.", line.time));
            0
        }
    };
    let needs: Vec<&str> = Need::ALL.iter().map(|word| word.code()).collect();
    let needs = words.known("điều kiện", &line.needs, Need::of, &needs);
    let gives: Vec<&str> = Give::ALL.iter().map(|word| word.code()).collect();
    let gives = words.known("kết quả bước", &line.gives, Give::of, &gives);
    let ends: Vec<&str> = End::ALL.iter().map(|word| word.code()).collect();
    let end = words.known("cách kết thúc", line.end.as_slice(), End::of, &ends).pop();
    let next =
        line.next.iter().map(|next| MoveLine { to: Targets::One(next.clone()), case: None, chosen: None, back: false });
    let lines: Vec<MoveLine> = next.chain(line.moves.iter().cloned()).collect();
    let moves = lines.iter().filter_map(|line| onward(line, &mut words)).collect();
    let pause = line.pause.as_ref().and_then(|line| pause(line, &mut words));
    Step {
        code: line.code.clone(),
        name: line.name.clone(),
        role: line.role.clone(),
        time,
        output: line.output.clone(),
        agency: line.agency.clone(),
        needs,
        gives,
        choices: line.choices.clone(),
        moves,
        pause,
        waits_for_all: line.waits_for_all,
        end,
        undo: line.undo,
    }
}

fn onward(line: &MoveLine, words: &mut Words<'_>) -> Option<Move> {
    let codes = match &line.to {
        Targets::One(code) => std::slice::from_ref(code),
        Targets::Beside(codes) => codes,
    };
    let to: Vec<usize> = codes.iter().filter_map(|code| words.place(code)).collect();
    let is_whole = to.len() == codes.len() && !to.is_empty();
    is_whole.then(|| Move { to, case: line.case.clone(), chosen: line.chosen.clone(), back: line.back })
}

fn pause(line: &PauseLine, words: &mut Words<'_>) -> Option<Pause> {
    let all: Vec<&str> = Wait::ALL.iter().map(|word| word.code()).collect();
    let why = words.known("lý do tạm dừng", std::slice::from_ref(&line.why), Wait::of, &all).pop()?;
    let then = line.then.as_ref().and_then(|code| words.place(code));
    Some(Pause { why, ends: line.days.filter(|days| *days > 0).zip(then) })
}
