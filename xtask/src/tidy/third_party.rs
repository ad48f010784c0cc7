//! Nobody else's code in the tree: libraries come from their registries, pinned by a lock file, where their
//! authors' fixes and licences come with them.

use super::tree::Tree;
use super::{Finding, pattern};

const FOLDERS: &str = r"(^|/)(node_modules|vendor|vendored|third[_-]party|bower_components)/";
const FILES: &str = r"\.min\.(js|css|mjs)$|\.(woff2?|ttf|otf|eot|wasm|jar|so|dll|exe|a|o)$|\.map$";
/// A line that long was written by a program.
const MINIFIED: usize = 1000;

/// Where a licence is spoken of and not claimed.
const SPEAKS_OF_LICENCES: &[&str] =
    &["LICENSE", "LICENSE.md", "COPYING", "deny.toml", "Cargo.lock", "xtask/src/tidy/third_party.rs"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let (folders, files) = (pattern(FOLDERS), pattern(FILES));
    let mut found = Vec::new();
    for file in tree.files() {
        let path = file.path.as_str();
        if folders.is_match(path) || files.is_match(path) {
            found.push(Finding::new(
                path,
                0,
                "a library or a built file: it comes from its registry, by the lock file",
            ));
        } else if let Some(text) = &file.text {
            found.extend(claimed(path, text).or_else(|| minified(path, text)));
        }
    }
    found
}

fn claimed(path: &str, text: &str) -> Option<Finding> {
    if SPEAKS_OF_LICENCES.contains(&path) || path.ends_with("package-lock.json") || path.starts_with("data/") {
        return None;
    }
    let notice = pattern(
        r"(?i)permission is hereby granted, free|licensed under the (?:apache|mit|mozilla)|redistribution and use in source|@license\b|@preserve\b|SPDX-License-Identifier:\s*(?P<licence>\S+)|copyright (?:\(c\)|©)\s*\d{4}",
    );
    let claim = notice
        .captures_iter(text)
        .find(|claim| claim.name("licence").is_none_or(|licence| !licence.as_str().starts_with("AGPL")))?;
    let line = super::rust::line_of(text, claim.get(0)?.start());
    Some(Finding::new(path, line, "somebody else's licence notice: is this file ours?"))
}

fn minified(path: &str, text: &str) -> Option<Finding> {
    let code = [".rs", ".js", ".mjs", ".css", ".sql", ".typ"].iter().any(|kind| path.ends_with(kind));
    let line = text.lines().position(|line| line.len() > MINIFIED).filter(|_| code)?;
    Some(Finding::new(
        path,
        line + 1,
        format!("a line of over {MINIFIED} bytes: built or minified code does not belong in the tree"),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn is_found(path: &str, text: &str) -> bool {
        !check(&Tree::of(&[(path, text)])).is_empty()
    }

    #[test]
    fn libraries_are_not_copied() {
        assert!(is_found("assets/node_modules/htmx/a.js", ""));
        assert!(is_found("kit/web/vendor/a.css", ""));
        assert!(is_found("assets/js/htmx.min.js", ""));
        assert!(is_found("assets/fonts/inter.woff2", ""));
        assert!(is_found("assets/js/app.js", &format!("var a={};", "1,".repeat(900))));
        assert!(!is_found("assets/js/app.js", "// Saves a cell.\n"));
        assert!(!is_found("docs/screen.png", ""));
    }

    #[test]
    fn licence_notices_of_others_are_noticed() {
        assert!(is_found("assets/css/app.css", "/*! @license Apache */"));
        assert!(is_found("kit/db/src/x.rs", "// SPDX-License-Identifier: MIT\n"));
        assert!(is_found("kit/db/src/x.rs", "// Copyright (c) 2019 Somebody\n"));
        assert!(!is_found("kit/db/src/x.rs", "// SPDX-License-Identifier: AGPL-3.0-or-later\n"));
        assert!(!is_found("LICENSE", "Permission is hereby granted, free of charge"));
    }
}
