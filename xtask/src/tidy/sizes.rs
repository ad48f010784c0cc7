//! A file is read in one sitting, a function on one screen. Without a limit the fullest room overflows.

use super::Finding;
use super::rust::Code;
use super::tree::Tree;

const FILE: usize = 600;
const TEST_FILE: usize = 800;
/// From here on a function is advised to be split, and above `FUNCTION_MOST` it must be.
const FUNCTION: usize = 60;
const FUNCTION_MOST: usize = 100;

/// What people write by hand and read from top to bottom. Data, documents and lock files are not limited.
const KINDS: &[&str] = &[".rs", ".sql", ".mjs", ".js", ".css", ".typ"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| KINDS.iter().any(|kind| path.ends_with(kind))) {
        let lines = text.lines().count();
        let most = if is_test(path) { TEST_FILE } else { FILE };
        if lines > most {
            found.push(Finding::new(
                path,
                most,
                format!("{lines} lines, over {most}: make it a folder, split by what changes together"),
            ));
        }
    }
    for (path, code) in tree.rust() {
        functions(path, code, &mut found);
    }
    found
}

/// `words.rs` is left out: its one exhaustive match grows with the refusals, and is read like a list.
fn functions(path: &str, code: &Code, found: &mut Vec<Finding>) {
    if path.ends_with("/words.rs") || path.contains("/words/") {
        return;
    }
    for function in code.functions() {
        let say = format!("`{}` has {} lines: a function fits a screen", function.name, function.lines);
        if function.lines > FUNCTION_MOST {
            found.push(Finding::new(path, function.line, say));
        } else if function.lines > FUNCTION && !code.is_test(function.line) {
            found.push(Finding::advice(path, function.line, say));
        }
    }
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/") || path.starts_with("e2e/")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const NONE: [bool; 0] = [];

    fn weights(path: &str, text: &str) -> Vec<bool> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|finding| finding.grave).collect()
    }

    #[test]
    fn files_have_a_limit_and_tests_a_higher_one() {
        assert_eq!(weights("kit/db/src/lib.rs", &"//\n".repeat(600)), NONE);
        assert_eq!(weights("kit/db/src/lib.rs", &"//\n".repeat(601)), [true]);
        assert_eq!(weights("kit/db/src/store/tests.rs", &"//\n".repeat(800)), NONE);
        assert_eq!(weights("app/tests/it/index.rs", &"//\n".repeat(801)), [true]);
        assert_eq!(weights("data/units/communes.toml", &"#\n".repeat(5000)), NONE);
    }

    #[test]
    fn functions_are_advised_then_refused() {
        let function = |lines: usize| format!("fn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2));
        assert_eq!(weights("kit/db/src/lib.rs", &function(60)), NONE);
        assert_eq!(weights("kit/db/src/lib.rs", &function(61)), [false]);
        assert_eq!(weights("kit/db/src/lib.rs", &function(101)), [true]);
        assert_eq!(weights("features/index/src/words.rs", &function(101)), NONE);
    }
}
