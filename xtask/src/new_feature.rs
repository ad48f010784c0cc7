//! `cargo xtask new-feature NAME`: an empty room with every file of a feature in its place, which compiles and
//! passes tidy. What it does not write is what the room is for.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

const MANIFEST: &str = r#"[package]
name = "NAME"
version.workspace = true
edition.workspace = true
license.workspace = true
publish.workspace = true

[lints]
workspace = true

[dependencies]
base.workspace = true
"#;

const README: &str = "\
# NAME

What it is for, and the law that it serves (number, article): …

- **Words**: the nouns of `model`, each with its Vietnamese word from `docs/glossary.md`.
- **Tables**: …
- **Screens**: …
- **Invariants**: what is always true here.
- **To add to it**: where the next line of the likeliest kind goes.
";

const FILES: &[(&str, &str)] = &[
    (
        "lib.rs",
        "//! What this room does, in one sentence.
//!
//! Read in this order: `model`, `rules`, `words`, `store`, `actions`, `pages`.

pub mod actions;
pub mod model;
pub mod pages;
pub mod rules;
mod store;
mod words;
",
    ),
    (
        "model.rs",
        "//! The nouns, and why a rule says no.

/// Why not. Each has its sentence in `words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// The name is empty.
    NameMissing,
}
",
    ),
    (
        "rules.rs",
        "//! Decisions: pure. No clock, no file, no table.

use crate::model::NotNow;

#[cfg(test)]
mod tests;

/// A thing must have a name.
pub fn name(given: &str) -> Result<&str, NotNow> {
    let name = given.trim();
    if name.is_empty() { Err(NotNow::NameMissing) } else { Ok(name) }
}
",
    ),
    (
        "rules/tests.rs",
        "use super::*;

#[test]
fn a_name_is_not_blank() {
    let cases = [(\"\", Err(NotNow::NameMissing)), (\"  \", Err(NotNow::NameMissing)), (\" An \", Ok(\"An\"))];
    for (given, expected) in cases {
        assert_eq!(name(given), expected, \"{given:?}\");
    }
}
",
    ),
    (
        "words.rs",
        "//! Every sentence with which this room says no.

use base::Refusal;

use crate::model::NotNow;

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Self {
        match no {
            NotNow::NameMissing => Refusal::new(\"name_missing\", \"Nhập tên.\").at(\"name\"),
        }
    }
}
",
    ),
    ("store.rs", "//! SQL, nothing else. Its tests run each query on both databases.\n"),
    (
        "actions.rs",
        "//! One function per verb: load, decide, save. The first arguments are the site and the `Scope`.\n",
    ),
    ("pages.rs", "//! One file per screen: request → action → screen.\n"),
];

pub fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let [name] = arguments else { bail!("say `cargo xtask new-feature NAME`") };
    create(root, name)?;
    println!(
        "features/{name} stands. Next:
  1. README.md: what it is for, its words and tables; new words into docs/glossary.md
  2. migrations/: its tables, each under a comment that says what one row is
  3. model → rules (+ tests) → words → store (+ tests) → actions → pages
  4. app/src: mount its routes; app/tests/it/routes.txt: who may call each
  5. a journey in app/tests/it/, and in e2e/journeys/ where the browser matters
  6. cargo xtask tidy"
    );
    Ok(())
}

fn create(root: &Path, name: &str) -> Result<()> {
    let well_named = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    if !well_named {
        bail!("`{name}`: a room has one English word in small letters, as in docs/glossary.md");
    }
    let folder = root.join("features").join(name);
    if folder.exists() {
        bail!("features/{name} is already there");
    }
    let manifest = root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).context("the root Cargo.toml")?;
    let listed = with_room(&text, name).context("the root Cargo.toml lists no room of features/ to stand beside")?;
    fs::create_dir_all(folder.join("src").join("rules"))?;
    fs::write(folder.join("Cargo.toml"), MANIFEST.replace("NAME", name))?;
    fs::write(folder.join("README.md"), README.replace("NAME", name))?;
    for (file, text) in FILES {
        fs::write(folder.join("src").join(file), text)?;
    }
    fs::write(manifest, listed).context("the root Cargo.toml")
}

/// The root manifest with one more line after the last feature.
fn with_room(manifest: &str, name: &str) -> Option<String> {
    let lines: Vec<&str> = manifest.lines().collect();
    let last = lines.iter().rposition(|line| line.contains("path = \"features/"))?;
    let line = format!("{name} = {{ path = \"features/{name}\" }}");
    let (before, after) = lines.split_at(last + 1);
    Some(
        before.iter().copied().chain([line.as_str()]).chain(after.iter().copied()).collect::<Vec<_>>().join("\n")
            + "\n",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const ROOT: &str = "[workspace]\nmembers = [\"features/*\"]\n\n[workspace.dependencies]\nindex = { path = \"features/index\" }\n\nserde = \"1\"\n";

    #[test]
    fn a_new_room_passes_tidy() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("Cargo.toml"), ROOT).unwrap();
        fs::write(root.path().join("Cargo.lock"), "version = 4\n").unwrap();
        create(root.path(), "contest").unwrap();
        assert!(crate::tidy::run(root.path(), &[]).unwrap());
        let manifest = fs::read_to_string(root.path().join("Cargo.toml")).unwrap();
        assert_eq!(manifest, ROOT.replace("index\" }\n", "index\" }\ncontest = { path = \"features/contest\" }\n"));
        let again = create(root.path(), "contest").unwrap_err().to_string();
        assert!(again.contains("already"), "{again}");
    }

    #[test]
    fn names_are_plain_words() {
        let root = tempfile::tempdir().unwrap();
        for name in ["", "Contest", "cuộc-thi", "../up", "9th"] {
            assert!(create(root.path(), name).is_err(), "{name}");
        }
    }
}
