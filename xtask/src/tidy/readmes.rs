//! A page at every door: what the room is for, its words, its tables or screens, its invariants, how to add to it.

use super::Finding;
use super::rooms;
use super::tree::Tree;

/// Folders without a crate that somebody enters too.
const OTHER_DOORS: &[&str] = &["data", "e2e", "migrations", "packaging"];
/// Shorter says nothing, longer is not read.
const LEAST: usize = 5;
const MOST: usize = 150;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut folders: Vec<String> = rooms::all(tree).into_iter().map(|room| room.folder).collect();
    let exists = |folder: &&&str| tree.files().iter().any(|file| file.path.starts_with(&format!("{folder}/")));
    folders.extend(OTHER_DOORS.iter().filter(exists).map(|folder| (*folder).to_owned()));
    folders.iter().filter_map(|folder| of_folder(tree, folder)).collect()
}

fn of_folder(tree: &Tree, folder: &str) -> Option<Finding> {
    let path = format!("{folder}/README.md");
    let Some(text) = tree.text(&path) else {
        return Some(Finding::new(&path, 0, "missing: one page on what the room is for"));
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    if lines < LEAST {
        return Some(Finding::new(&path, 0, format!("{lines} lines do not explain a room")));
    }
    (lines > MOST).then(|| Finding::advice(&path, 0, format!("{lines} lines: a README is one page")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn every_room_has_a_page() {
        let page = "# db\none\ntwo\nthree\nfour\n";
        let with = |readme: &str| {
            let tree = Tree::of(&[("kit/db/Cargo.toml", ""), ("kit/db/README.md", readme)]);
            check(&tree).len()
        };
        assert_eq!(with(page), 0);
        assert_eq!(with("# db\n"), 1);
        assert_eq!(check(&Tree::of(&[("kit/db/Cargo.toml", "")])).len(), 1);
        assert_eq!(check(&Tree::of(&[("migrations/0001.sql", "")])).len(), 1);
        assert_eq!(check(&Tree::of(&[("docs/glossary.md", "")])).len(), 0);
    }
}
