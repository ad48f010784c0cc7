//! What is wrong with a procedure: everything at once, each with its place.

use crate::procedure::{Procedure, Time};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable and in English, for programs and tests.
    pub code: &'static str,
    /// Where: "cases.cap-moi", "papers.don", or a field's name.
    pub place: String,
    pub say: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.say)
    }
}

/// Everything that keeps a procedure from being published. Whether its processes exist is for whoever knows them.
pub fn check(one: &Procedure) -> Vec<Problem> {
    let mut found = Found(Vec::new());
    heads(one, &mut found);
    cases(one, &mut found);
    papers(one, &mut found);
    fees(one, &mut found);
    found.0
}

struct Found(Vec<Problem>);

impl Found {
    fn say(&mut self, code: &'static str, place: impl Into<String>, say: impl Into<String>) {
        self.0.push(Problem { code, place: place.into(), say: say.into() });
    }
}

fn heads(one: &Procedure, found: &mut Found) {
    let texts = [("code", &one.code), ("name", &one.name), ("field", &one.field), ("source", &one.source)];
    for (place, text) in texts {
        if text.trim().is_empty() {
            found.say("empty", place, "chưa ghi.");
        }
    }
    if one.to.is_some_and(|to| to <= one.from) {
        found.say("days-turned", "to", "ngày hết hiệu lực phải sau ngày có hiệu lực.");
    }
    for (place, list) in [("receives", &one.receives), ("resolves", &one.resolves)] {
        if list.is_empty() {
            found.say("empty", place, "chưa có cơ quan nào.");
        }
    }
    if one.results.is_empty() {
        found.say("empty", "results", "chưa có kết quả nào.");
    }
    let mut days = BTreeSet::new();
    if !one.levels.iter().all(|service| days.insert(service.from)) {
        found.say("level-twice", "levels", "hai mức độ từ cùng một ngày.");
    }
}

fn cases(one: &Procedure, found: &mut Found) {
    if one.cases.is_empty() {
        found.say("empty", "cases", "chưa có trường hợp nào; thủ tục chỉ có một trường hợp thì ghi mã “chung”.");
    }
    let mut seen = BTreeSet::new();
    for case in &one.cases {
        let place = format!("cases.{}", case.code);
        if !seen.insert(case.code.as_str()) {
            found.say("case-twice", &place, "mã trường hợp bị trùng.");
        }
        if case.process.trim().is_empty() {
            found.say("empty", format!("{place}.process"), "chưa gắn quy trình nội bộ.");
        }
        if matches!(case.time, Time::Days(0) | Time::Hours(0) | Time::Calendar(0)) {
            found.say("time-zero", format!("{place}.time"), "thời hạn phải lớn hơn 0.");
        }
    }
}

fn unknown_case(one: &Procedure, cases: &[String], place: &str, found: &mut Found) {
    for code in cases.iter().filter(|code| one.case(code).is_none()) {
        found.say("case-unknown", place, format!("không có trường hợp mang mã “{code}”."));
    }
}

fn papers(one: &Procedure, found: &mut Found) {
    let mut seen = BTreeSet::new();
    for paper in &one.papers {
        let place = format!("papers.{}", paper.code);
        if paper.code.trim().is_empty() || paper.name.trim().is_empty() {
            found.say("empty", &place, "giấy tờ phải có mã và tên.");
        }
        if !seen.insert(paper.code.as_str()) {
            found.say("paper-twice", &place, "mã giấy tờ bị trùng.");
        }
        if paper.number == 0 {
            found.say("number-zero", &place, "số lượng phải từ 1.");
        }
        unknown_case(one, &paper.cases, &place, found);
    }
    for case in &one.cases {
        if one.asked(&case.code).is_some_and(|asked| asked.papers.is_empty()) {
            found.say("no-papers", format!("cases.{}", case.code), "trường hợp này chưa có giấy tờ nào.");
        }
    }
}

fn fees(one: &Procedure, found: &mut Found) {
    for (at, fee) in one.fees.iter().enumerate() {
        let place = format!("fees.{}", at + 1);
        if fee.amount.is_sign_negative() || !fee.amount.fract().is_zero() {
            found.say("amount-odd", &place, "số tiền là số đồng nguyên, không âm.");
        }
        unknown_case(one, &fee.cases, &place, found);
    }
}
