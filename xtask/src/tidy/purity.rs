//! Engines, and the rules of a feature, read no clock, no file and no table: what they need is handed to them.
//! So a rule is tested with a date in its arguments, and the same question always has the same answer.

use super::rooms;
use super::tree::Tree;
use super::{Finding, pattern};

const IMPURE: &[(&str, &str)] = &[
    (r"\b(SystemTime|Timestamp|Zoned|Instant)::now\b", "the clock"),
    (r"\bnow_v7\b", "the clock (an identifier is made by the one who saves)"),
    (r"\bstd::(fs|net|env|process|thread)\b", "the machine"),
    (r"\basync\s+(fn|move|\{)|\.await\b", "waiting"),
    (r"\bthread_rng\b|\bgetrandom\b|\bRandomState\b", "chance (a seed is an argument)"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let patterns: Vec<_> = IMPURE.iter().map(|(text, what)| (pattern(text), *what)).collect();
    let mut found = Vec::new();
    for (path, code) in tree.rust().filter(|(path, _)| is_pure(path)) {
        for (line, words) in code.shipped() {
            for (_, what) in patterns.iter().filter(|(pattern, _)| pattern.is_match(words)) {
                found.push(Finding::new(path, line, format!("a pure file uses {what}; let the caller hand it in")));
            }
        }
    }
    found
}

fn is_pure(path: &str) -> bool {
    let layer = rooms::in_feature(path).and_then(|(_, inner)| inner.split(['/', '.']).next());
    path.starts_with("engines/") || matches!(layer, Some("rules" | "model" | "words"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::tidy::lines;

    #[test]
    fn an_engine_is_handed_its_day() {
        let text = "fn due(now: Timestamp) {}\nfn bad() { Timestamp::now(); }\nuse std::fs;\nasync fn slow() {}\n// Timestamp::now()\n";
        assert_eq!(lines(check, "engines/base/src/day.rs", text), [2, 3, 4]);
        assert_eq!(lines(check, "features/index/src/rules.rs", text), [2, 3, 4]);
        assert_eq!(lines(check, "features/index/src/store.rs", text), Vec::<usize>::new());
        assert_eq!(lines(check, "kit/job/src/lib.rs", text), Vec::<usize>::new());
    }

    #[test]
    fn tests_may_do_as_they_like() {
        let text = "#[cfg(test)]\nmod tests { fn x() { std::fs::read(\"a\"); } }\n";
        assert_eq!(lines(check, "engines/base/src/day.rs", text), Vec::<usize>::new());
    }
}
