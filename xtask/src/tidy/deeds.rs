//! Every deed of the journal has its words: people read the journal, and `dossier.sent-back` tells them nothing.

use super::rust::line_of;
use super::tree::Tree;
use super::{Finding, pattern};

const WORDS: &str = "features/admin/src/deeds.rs";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let written = pattern(r#"(?s)journal::write\s*\((?:[^"]{0,200}?)"([a-z]+\.[a-z-]+)""#);
    let settled = pattern(r#"\.settle\s*\(\s*\w+\s*,\s*"([a-z]+\.[a-z-]+)""#);
    let words = tree.text(WORDS).unwrap_or_default();
    let mut found = Vec::new();
    for (path, code) in tree.rust().filter(|(path, _)| path.starts_with("features/") || path.starts_with("kit/")) {
        let text = code.text.as_str();
        for one in written.captures_iter(text).chain(settled.captures_iter(text)) {
            let line = line_of(text, one.get(1).map_or(0, |deed| deed.start()));
            if path != WORDS && !code.is_test(line) && !words.contains(&format!("\"{}\"", &one[1])) {
                found.push(Finding::new(path, line, format!("the deed `{}` has no words in {WORDS}", &one[1])));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_deed_without_words_is_found() {
        let code = "pub async fn x() { journal::write(tx, scope, \"dossier.moved\", about(\"dossier\", id), &(), &()).await?;\n work.settle(scope, \"dossier.asked\", said).await }";
        let words = "\"dossier.moved\" => \"Chuyển bước\",";
        let tree = Tree::of(&[("features/dossier/src/actions.rs", code), (WORDS, words)]);
        let said: Vec<String> = check(&tree).into_iter().map(|finding| finding.say).collect();
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("dossier.asked"), "{said:?}");
    }
}
