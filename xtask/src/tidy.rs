//! `cargo xtask tidy`: tests the house itself. A rule that nothing checks is a wish.
//!
//! Each check is one file with its rule in the first lines: `imports`, `layers`, `purity`, `panics`, `sizes`,
//! `readmes`, `refusals`, `wording`, `tables`, `routes`, `third_party`, `places`, `lockfile`.
//! A check reads the [`Tree`] and nothing else, so that its tests give it a tree of two small texts.

mod deeds;
mod imports;
mod layers;
mod lockfile;
mod panics;
mod places;
mod purity;
mod readmes;
mod refusals;
mod rooms;
mod routes;
mod rust;
mod sizes;
mod tables;
mod third_party;
mod tree;
mod wording;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail};
use regex::Regex;

use tree::Tree;

/// Something that is not as the house wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    pub say: String,
    /// Fails the run. Otherwise it is advice.
    pub grave: bool,
}

impl Finding {
    fn new(path: &str, line: usize, say: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, say: say.into(), grave: true }
    }

    fn advice(path: &str, line: usize, say: impl Into<String>) -> Self {
        Self { grave: false, ..Self::new(path, line, say) }
    }
}

type Check = fn(&Tree) -> Vec<Finding>;

/// The lines that a check finds in a tree of one file.
#[cfg(test)]
fn lines(check: Check, path: &str, text: &str) -> Vec<usize> {
    check(&Tree::of(&[(path, text)])).into_iter().map(|finding| finding.line).collect()
}

const CHECKS: &[(&str, Check)] = &[
    ("imports", imports::check),
    ("layers", layers::check),
    ("purity", purity::check),
    ("panics", panics::check),
    ("sizes", sizes::check),
    ("readmes", readmes::check),
    ("refusals", refusals::check),
    ("wording", wording::check),
    ("tables", tables::check),
    ("deeds", deeds::check),
    ("routes", routes::check),
    ("third-party", third_party::check),
    ("places", places::check),
    ("lockfile", lockfile::check),
];

/// Runs the named checks, or all; whether nothing grave was found.
pub fn run(root: &Path, names: &[String]) -> Result<bool> {
    if let Some(unknown) = names.iter().find(|name| !CHECKS.iter().any(|(check, _)| check == name)) {
        let all: Vec<&str> = CHECKS.iter().map(|(name, _)| *name).collect();
        bail!("no check `{unknown}`; there are {}", all.join(", "));
    }
    let tree = Tree::read(root)?;
    let (mut grave, mut advice) = (0, 0);
    for (name, check) in CHECKS.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|one| one == name)) {
        for finding in check(&tree) {
            let weight = if finding.grave { "" } else { "advice, " };
            println!("{}:{}: {weight}{name}: {}", finding.path, finding.line, finding.say);
            if finding.grave { grave += 1 } else { advice += 1 }
        }
    }
    println!("tidy: {} files, {grave} against the house, {advice} advised", tree.files().len());
    Ok(grave == 0)
}

/// A pattern written in this program, compiled once: checks ask for theirs at every file.
#[allow(
    clippy::expect_used,
    reason = "patterns are constants or escaped paths, and each check's tests compile its own"
)]
fn pattern(text: &str) -> Regex {
    thread_local!(static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::default());
    COMPILED.with_borrow_mut(|compiled| {
        let new = || Regex::new(text).expect("a pattern in tidy is well formed");
        compiled.entry(text.to_owned()).or_insert_with(new).clone()
    })
}
