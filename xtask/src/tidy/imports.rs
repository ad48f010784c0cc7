//! Who may use whom, read from each `Cargo.toml`: a crate that is not named there cannot be imported.
//!
//! - rooms by floor and order (`rooms.rs`);
//! - engines use no library but those for values: they must stay runnable in a test, a browser, a pocket;
//! - a library that one room tames stays in that room (typst in `letter`, the database drivers in `db`);
//! - versions stand once, in the root: `x.workspace = true`.
//!
//! Test dependencies follow the order of rooms too, but may be any library.

use toml::{Table, Value};

use super::Finding;
use super::rooms::{self, Floor, Room};
use super::tree::Tree;

const FOR_ENGINES: &[&str] = &[
    "serde",
    "serde_json",
    "rust_decimal",
    "num-bigint",
    "num-integer",
    "num-rational",
    "num-traits",
    "jiff",
    "uuid",
    "unicode-normalization",
    "regex",
];

/// Libraries with a home: elsewhere their room is used instead.
const TAMED: &[(&str, &[&str])] = &[
    ("anyhow", &["app", "xtask", "bench"]),
    ("typst", &["kit/letter"]),
    ("typst-pdf", &["kit/letter"]),
    ("comemo", &["kit/letter"]),
    ("rusqlite", &["kit/db"]),
    ("tokio-postgres", &["kit/db"]),
    ("deadpool-postgres", &["kit/db"]),
    ("object_store", &["kit/file"]),
    ("calamine", &["kit/sheet"]),
    ("rust_xlsxwriter", &["kit/sheet"]),
    ("argon2", &["kit/people"]),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let rooms = rooms::all(tree);
    rooms.iter().flat_map(|room| of_room(tree, &rooms, room)).collect()
}

fn of_room(tree: &Tree, rooms: &[Room], room: &Room) -> Vec<Finding> {
    let path = format!("{}/Cargo.toml", room.folder);
    let text = tree.text(&path).unwrap_or_default();
    let manifest: Table = match toml::from_str(text) {
        Ok(manifest) => manifest,
        Err(error) => return vec![Finding::new(&path, 0, format!("not read: {error}"))],
    };
    let mut found = Vec::new();
    let mut say = |name: &str, words: String| found.push(Finding::new(&path, line(text, name), words));
    if manifest.get("lints").and_then(|lints| lints.get("workspace")) != Some(&Value::Boolean(true)) {
        say("lints", "without `[lints] workspace = true` the house's lints do not hold here".into());
    }
    for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
        for (name, asked) in manifest.get(section).and_then(Value::as_table).into_iter().flatten() {
            if asked.get("workspace") != Some(&Value::Boolean(true)) {
                say(
                    name,
                    format!("`{name}`: its version belongs in the root Cargo.toml; here `{name}.workspace = true`"),
                );
            }
            if let Some(words) = refused(rooms, room, name, section == "dev-dependencies") {
                say(name, words);
            }
        }
    }
    found
}

fn refused(rooms: &[Room], room: &Room, name: &str, for_tests: bool) -> Option<String> {
    if let Some(other) = rooms.iter().find(|other| other.name == name) {
        return rooms::forbids(room, other);
    }
    if for_tests {
        return None;
    }
    if room.floor == Floor::Engine && !FOR_ENGINES.contains(&name) {
        return Some(format!("an engine uses only values and its own kind, not `{name}`"));
    }
    let (_, homes) = TAMED.iter().find(|(tamed, _)| *tamed == name)?;
    let at_home = homes.contains(&room.folder.as_str()) || room.folder == "bench";
    (!at_home).then(|| format!("`{name}` is used only in {}", homes.join(", ")))
}

fn line(text: &str, name: &str) -> usize {
    let names = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '.', '=']));
    text.lines().position(names).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    fn words(folder: &str, dependencies: &str) -> Vec<String> {
        let manifest = format!("{LINTS}{dependencies}");
        let path = format!("{folder}/Cargo.toml");
        let others = ["engines/base", "engines/score", "kit/db", "kit/letter", "features/index", "features/admin"];
        let paths: Vec<String> =
            others.iter().filter(|other| **other != folder).map(|other| format!("{other}/Cargo.toml")).collect();
        let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), LINTS)).collect();
        files.push((&path, &manifest));
        check(&Tree::of(&files)).into_iter().map(|finding| finding.say).collect()
    }

    #[test]
    fn what_the_house_allows_is_silent() {
        for (folder, dependencies) in [
            ("engines/score", "[dependencies]\nbase.workspace = true\nserde = { workspace = true }\n"),
            ("engines/score", "[dev-dependencies]\nproptest.workspace = true\n"),
            ("kit/letter", "[dependencies]\ntypst.workspace = true\ndb.workspace = true\n"),
            ("features/index", "[dependencies]\nscore.workspace = true\ndb.workspace = true\n"),
            ("app", "[dependencies]\nindex.workspace = true\nadmin.workspace = true\nanyhow.workspace = true\n"),
        ] {
            assert_eq!(words(folder, dependencies), Vec::<String>::new(), "{folder}");
        }
    }

    #[test]
    fn what_it_does_not_is_said() {
        for (folder, dependencies, word) in [
            ("engines/score", "[dependencies]\ntokio.workspace = true\n", "engine"),
            ("engines/base", "[dev-dependencies]\nscore.workspace = true\n", "above"),
            ("features/index", "[dependencies]\nadmin.workspace = true\n", "wiring"),
            ("features/index", "[dev-dependencies]\nadmin.workspace = true\n", "wiring"),
            ("features/index", "[dependencies]\nanyhow.workspace = true\n", "app, xtask"),
            ("features/index", "[dependencies]\ntypst.workspace = true\n", "kit/letter"),
            ("kit/db", "[dependencies]\nindex.workspace = true\n", "may not"),
            ("kit/db", "[dependencies]\nserde = \"1\"\n", "version"),
        ] {
            let said = words(folder, dependencies);
            assert!(said.len() == 1 && said[0].contains(word), "{folder}, {dependencies}: {said:?}");
        }
    }

    #[test]
    fn a_finding_names_its_line() {
        let manifest = format!("{LINTS}[dependencies]\nserde.workspace = true\ntokio.workspace = true\n");
        let found = check(&Tree::of(&[("engines/base/Cargo.toml", &manifest)]));
        assert_eq!(found[0].line, 5);
    }
}
