//! No refusal without a sentence. The compiler asks for one per variant, as long as `words.rs` matches each by
//! its name; a `_ =>` there would answer for variants that nobody has written yet.

use super::rust::{Code, closing, line_of};
use super::tree::Tree;
use super::{Finding, pattern};

/// An enum of refusals as `model.rs` declares it.
struct Enum {
    name: String,
    line: usize,
    variants: Vec<String>,
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, code) in tree.rust().filter(|(path, _)| !path.starts_with("xtask/")) {
        let Some((room, _)) = path.split_once("/src/") else { continue };
        for declared in refusals(code) {
            found.extend(unsaid(tree, room, path, &declared));
        }
        if path.ends_with("/words.rs") || path.contains("/words/") {
            wildcards(path, code, &mut found);
        }
    }
    found
}

fn unsaid(tree: &Tree, room: &str, path: &str, declared: &Enum) -> Option<Finding> {
    let of_words = |path: &str| {
        path.starts_with(&format!("{room}/src/")) && (path.ends_with("/words.rs") || path.contains("/words/"))
    };
    let words: String = tree.rust().filter(|(path, _)| of_words(path)).map(|(_, code)| code.bare.as_str()).collect();
    let named: Vec<&str> =
        pattern(r"::([A-Z]\w*)").captures_iter(&words).filter_map(|name| Some(name.get(1)?.as_str())).collect();
    let said = |variant: &&String| named.contains(&variant.as_str());
    let unsaid: Vec<&str> = declared.variants.iter().filter(|variant| !said(variant)).map(String::as_str).collect();
    let say = || format!("`{}` has no sentence in {room}/src/words.rs for {}", declared.name, unsaid.join(", "));
    (!unsaid.is_empty()).then(|| Finding::new(path, declared.line, say()))
}

fn wildcards(path: &str, code: &Code, found: &mut Vec<Finding>) {
    let wildcard = pattern(r"^\s*_\s*(if\b.*)?=>");
    for (line, _) in code.shipped().filter(|(_, words)| wildcard.is_match(words)) {
        found.push(Finding::new(
            path,
            line,
            "`_ =>` gives an unwritten refusal somebody else's sentence: name every variant",
        ));
    }
}

fn refusals(code: &Code) -> Vec<Enum> {
    let head = pattern(r"\benum\s+(\w*NotNow|\w*Refusal)\b[^{;]*\{");
    let found = head.captures_iter(&code.bare).filter_map(|head| {
        let whole = head.get(0)?;
        let body = &code.bare[whole.end()..closing(&code.bare, whole.end() - 1)?];
        let line = line_of(&code.bare, whole.start());
        Some(Enum { name: head[1].to_owned(), line, variants: variants(body) })
    });
    found.filter(|one| !code.is_test(one.line)).collect()
}

/// The names at the first depth of an enum's body.
fn variants(body: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    let word = pattern(r"[#({]|\b[A-Z]\w*");
    while let Some(found) = word.find_at(body, at) {
        at = match found.as_str() {
            "#" => {
                body[found.start()..]
                    .find('[')
                    .and_then(|open| closing(body, found.start() + open))
                    .unwrap_or(found.start())
                    + 1
            }
            "(" | "{" => closing(body, found.start()).unwrap_or(body.len() - 1) + 1,
            name => {
                names.push(name.to_owned());
                found.end()
            }
        };
    }
    names
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const MODEL: &str = "/// Why not.\npub enum NotNow {\n    /// A note. Is missing.\n    NoteMissing,\n    #[serde(rename = \"X\")]\n    Over { most: Decimal, Given: u8 },\n    Closed(Date),\n}\n";

    fn said(words: &str) -> Vec<String> {
        let tree = Tree::of(&[("features/index/src/model.rs", MODEL), ("features/index/src/words.rs", words)]);
        check(&tree).into_iter().map(|finding| finding.say).collect()
    }

    #[test]
    fn variants_are_read_from_the_declaration() {
        let found = refusals(&Code::read(MODEL, false));
        assert_eq!(found[0].variants, ["NoteMissing", "Over", "Closed"]);
        assert_eq!(found[0].line, 2);
    }

    #[test]
    fn every_variant_has_its_sentence() {
        let all = "match no {\n NotNow::NoteMissing => 1,\n NotNow::Over { .. } => 2,\n NotNow::Closed(day) => 3,\n}";
        assert_eq!(said(all), Vec::<String>::new());
        let one_less = all.replace("NotNow::Closed(day)", "// NotNow::Closed");
        let found = said(&one_less);
        assert!(found.len() == 1 && found[0].ends_with("Closed"), "{found:?}");
    }

    #[test]
    fn a_wildcard_is_refused() {
        let found =
            said("match no {\n NotNow::NoteMissing | NotNow::Over { .. } | NotNow::Closed(_) => 1,\n _ => 2,\n}");
        assert!(found.len() == 1 && found[0].contains("_ =>"), "{found:?}");
    }
}
