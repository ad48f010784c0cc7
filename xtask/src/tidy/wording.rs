//! What a person reads is Vietnamese, in composed letters, without the machine's own words.
//!
//! Read: string literals of pages, of `words`, of `kit/web` and `kit/letter`, and letter templates.

use unicode_normalization::char::is_combining_mark;

use super::rooms;
use super::tree::Tree;
use super::{Finding, pattern};

/// Never on a page, in whatever sentence.
const MACHINE: &str = r"\b(Invalid|Submit|Undefined|Oops|Unknown error|Lorem ipsum|TODO)\b";
/// Harmless in code, wrong beside Vietnamese words.
const BESIDE_VIETNAMESE: &str = r"\b(null|undefined|error|invalid|submit|NaN)\b";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, code) in tree.rust().filter(|(path, _)| is_read_by_people(path)) {
        for (line, literal) in code.literals.iter().filter(|(line, _)| !code.is_test(*line)) {
            found.extend(judge(literal).map(|say| Finding::new(path, *line, say)));
        }
    }
    for (path, text) in tree.texts().filter(|(path, _)| path.ends_with(".typ")) {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            found.extend(judge(line).map(|say| Finding::new(path, at + 1, say)));
        }
    }
    found
}

fn is_read_by_people(path: &str) -> bool {
    let layer = rooms::in_feature(path).and_then(|(_, inner)| inner.split(['/', '.']).next());
    let screen =
        matches!(layer, Some("pages" | "words" | "papers")) || path.contains("/words/") || path.ends_with("/words.rs");
    path.ends_with(".typ")
        || (path.ends_with(".rs")
            && (screen || path.starts_with("kit/web/src/") || path.starts_with("kit/letter/src/")))
}

fn judge(text: &str) -> Option<String> {
    if let Some(mark) = text.chars().find(|letter| is_combining_mark(*letter)) {
        return Some(format!(
            "a loose mark (U+{:04X}): write composed letters (NFC), or search and sorting miss the word",
            u32::from(mark)
        ));
    }
    let vietnamese = text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let machine = pattern(MACHINE).find(text);
    let word = machine.or_else(|| pattern(BESIDE_VIETNAMESE).find(text).filter(|_| vietnamese))?;
    Some(format!("`{}` is the machine's word: say in Vietnamese what happened and what to do", word.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::tidy::lines;

    #[test]
    fn the_machines_words_stay_off_the_page() {
        let text = "button type=\"submit\" { \"Lưu\" }\np { \"Invalid\" }\nlet x = \"null\";\np { \"Giá trị null ở dòng 2\" }\n// \"Submit\"\n";
        assert_eq!(lines(check, "features/index/src/pages/grid.rs", text), [2, 4]);
        assert_eq!(lines(check, "kit/web/src/shell.rs", text), [2, 4]);
        assert_eq!(lines(check, "features/index/src/store.rs", text), Vec::<usize>::new());
    }

    #[test]
    fn letters_are_composed() {
        let loose = "p { \"Ho\u{300}a\" }\n";
        assert_eq!(lines(check, "features/index/src/words.rs", loose), [1]);
        assert_eq!(lines(check, "features/index/src/words.rs", "p { \"Hòa\" }\n"), Vec::<usize>::new());
    }

    #[test]
    fn letters_on_paper_are_read_too() {
        assert_eq!(lines(check, "kit/letter/templates/report.typ", "= Báo cáo\n// TODO\nTODO\n"), [3]);
    }
}
