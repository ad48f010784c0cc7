//! No place of one machine or one registry in a tracked file: the house builds wherever it is unpacked, with
//! whatever registry or mirror the machine is set to.

use super::tree::Tree;
use super::{Finding, pattern};

/// The only names of a registry that stay: cargo writes the first as a source's identity, and a badge may link the second.
const CARGO_IDENTITY: &str = "registry+https://";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let hosts = pattern(
        r"(?i)registry\.(npmjs|yarnpkg|npmmirror)\.|(static|index)\.crates\.io|files\.pythonhosted\.|pypi\.org/simple|(deb|security)\.debian\.org|proxy\.golang\.org",
    );
    let homes = pattern(r#"(?m)(^|[\s"'`(=:])(/home/[a-z]|/root/|/Users/[A-Za-z]|[A-Z]:\\Users\\)"#);
    let machine = machine_paths(&tree.root);
    let mut found = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| !path.starts_with("xtask/src/tidy/places")) {
        // Whole texts first: nearly all have none, and a line at a time costs a second.
        let local = machine.iter().any(|place| text.contains(place.as_str()));
        if !local && !hosts.is_match(text) && !homes.is_match(text) {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            if hosts.is_match(line) && !line.contains(CARGO_IDENTITY) {
                let say = "names the host of a registry; npm: `omit-lockfile-registry-resolved=true` in .npmrc";
                found.push(Finding::new(path, at + 1, say));
            } else if homes.is_match(line) || machine.iter().any(|place| line.contains(place.as_str())) {
                found.push(Finding::new(path, at + 1, "names a path of one machine"));
            }
        }
    }
    found
}

/// This checkout. A root right below `/` says nothing: its name stands in many an honest path. Nor do the folders beside
/// it: where a checkout lies is chance, and the same commit must not pass here and fail there.
fn machine_paths(root: &str) -> Vec<String> {
    if root.matches('/').count() < 2 { Vec::new() } else { vec![root.to_owned()] }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::tidy::lines;

    #[test]
    fn hosts_and_homes_are_found() {
        // Put together here, so that the text of this file names none.
        let resolved = format!("{{\n \"resolved\": \"https://registry.{}.org/a/-/a-1.tgz\"\n}}", "npmjs");
        assert_eq!(lines(check, "e2e/package-lock.json", &resolved), [2]);
        assert_eq!(lines(check, "e2e/package-lock.json", "see /home/lan/notes\nProtectHome=true\n/homepage"), [1]);
        assert_eq!(
            lines(check, "e2e/package-lock.json", "source = \"registry+https://github.com/rust-lang/crates.io-index\""),
            Vec::<usize>::new()
        );
    }

    #[test]
    fn the_checkout_itself_is_a_place_of_one_machine() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("cuaviet");
        std::fs::create_dir(&own).unwrap();
        let text = format!("see {}/notes.md\n", own.display());
        let mut tree = Tree::of(&[("README.md", &text)]);
        assert_eq!(check(&tree).len(), 0);
        tree.root = own.to_string_lossy().into_owned();
        assert_eq!(check(&tree).len(), 1);
    }
}
