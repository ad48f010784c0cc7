//! A running office does not fall over: no `unwrap`, `expect`, `panic!`, `todo!` outside tests. Clippy says the
//! same, later; and it says nothing of a file that silenced it. An exception stands under an attribute with its reason.
//!
//! Free of this: tests, `bench`, and `build.rs`, whose failure is read by a developer at once.

use super::rust::{Code, line_of};
use super::tree::Tree;
use super::{Finding, pattern};

/// How many lines above the call the attribute may stand: on the function or on the statement.
const REACH: usize = 12;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let call = pattern(r"\.unwrap\(\)|\.expect\(|\b(panic|todo|unimplemented|dbg)!\s*[(\[{]");
    let silenced = pattern(r"#!\[(allow|expect)\([^\]]*clippy::(unwrap_used|expect_used|panic|todo)");
    let mut found = Vec::new();
    for (path, code) in tree.rust().filter(|(path, _)| !path.starts_with("bench/") && !path.ends_with("build.rs")) {
        let excuses = excuses(code);
        let excused = |line: usize| excuses.iter().any(|excuse| (*excuse..excuse + REACH).contains(&line));
        for (line, words) in code.shipped() {
            if call.is_match(words) && !excused(line) {
                found.push(Finding::new(
                    path,
                    line,
                    "may panic: answer with a Result, or give the reason of an `#[allow]`",
                ));
            }
            if silenced.is_match(words) {
                found.push(Finding::new(path, line, "silences the lints of panics for more than its tests"));
            }
        }
    }
    found
}

/// The lines of attributes that allow a panic and say why, in `reason` or in a comment behind them.
fn excuses(code: &Code) -> Vec<usize> {
    let attribute = r"#\[(?:allow|expect)\(\s*clippy::(?:unwrap_used|expect_used|panic)\b";
    let excuse = pattern(&format!(r"{attribute}[^\]]*?(?:reason|\)\]\s*//)"));
    excuse.find_iter(&code.text).map(|found| line_of(&code.text, found.start())).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::tidy::lines;

    #[test]
    fn panics_are_found_outside_tests() {
        let text = "fn a() { x.unwrap(); }\nfn b() { x.expect(\"y\"); }\nfn c() { x.unwrap_or(1); todo!() }\n#[cfg(test)]\nmod tests { fn d() { x.unwrap(); } }\n";
        assert_eq!(lines(check, "kit/db/src/lib.rs", text), [1, 2, 3]);
        assert_eq!(lines(check, "kit/db/src/store/tests.rs", text), Vec::<usize>::new());
        assert_eq!(lines(check, "kit/web/build.rs", text), Vec::<usize>::new());
    }

    #[test]
    fn an_exception_gives_its_reason() {
        let good = "#[allow(clippy::expect_used, reason = \"a constant\")]\nfn a() { x.expect(\"y\"); }\n";
        let comment = "#[allow(clippy::expect_used)] // a constant\nfn a() { x.expect(\"y\"); }\n";
        let bare = "#[allow(clippy::expect_used)]\nfn a() { x.expect(\"y\"); }\n";
        let whole = "#![allow(clippy::unwrap_used)]\n";
        assert_eq!(lines(check, "kit/db/src/lib.rs", good), Vec::<usize>::new());
        assert_eq!(lines(check, "kit/db/src/lib.rs", comment), Vec::<usize>::new());
        assert_eq!(lines(check, "kit/db/src/lib.rs", bare), [2]);
        assert_eq!(lines(check, "kit/db/src/lib.rs", whole), [1]);
        let far = good.replace("fn a", &format!("{}fn a", "//\n".repeat(REACH)));
        assert_eq!(lines(check, "kit/db/src/lib.rs", &far), [REACH + 2]);
    }
}
