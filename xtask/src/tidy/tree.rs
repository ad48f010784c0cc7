//! The files of the house as git sees them: those tracked, and new ones that it would not ignore.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::pattern;
use super::rust::Code;
use crate::run;

pub struct File {
    /// From the root, with `/`.
    pub path: String,
    /// None for pictures, fonts and the like.
    pub text: Option<String>,
    code: OnceCell<Code>,
}

pub struct Tree {
    files: Vec<File>,
    /// The absolute path of the checkout; empty in tests.
    pub root: String,
    /// Files that a `#[cfg(test)] mod name;` brings in.
    only_tests: OnceCell<HashSet<String>>,
}

/// Not ours to judge when there is no git to say so.
const SKIPPED: &[&str] = &[".git", "target", "node_modules"];

impl Tree {
    pub fn read(root: &Path) -> Result<Self> {
        let mut paths = listed_by_git(root).unwrap_or_else(|| walked(root));
        paths.sort();
        paths.dedup();
        let mut files = Vec::new();
        for path in paths {
            // A file deleted but not yet committed is still listed.
            let Ok(bytes) = fs::read(root.join(&path)) else { continue };
            let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
            files.push(File { path, text, code: OnceCell::new() });
        }
        Ok(Self { files, root: root.to_string_lossy().into_owned(), only_tests: OnceCell::new() })
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: Some((*text).to_owned()),
            code: OnceCell::new(),
        };
        Self { files: files.iter().map(file).collect(), root: String::new(), only_tests: OnceCell::new() }
    }

    pub fn files(&self) -> &[File] {
        &self.files
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts().find(|(name, _)| *name == path).map(|(_, text)| text)
    }

    /// Every text file: its path and its words.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }

    /// Every Rust file, read once for all checks.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &Code)> {
        self.files.iter().filter(|file| file.path.ends_with(".rs")).filter_map(|file| {
            let text = file.text.as_deref()?;
            let read = || Code::read(text, is_of_tests(&file.path) || self.only_tests().contains(&file.path));
            Some((file.path.as_str(), file.code.get_or_init(read)))
        })
    }

    fn only_tests(&self) -> &HashSet<String> {
        self.only_tests.get_or_init(|| {
            let declared = pattern(r"#\[cfg\(test\)\]\s*(?:pub(?:\([^)]*\))? )?mod (\w+);");
            let sources = self.texts().filter(|(path, _)| path.ends_with(".rs"));
            let found = sources.flat_map(|(path, text)| {
                let folder = module_folder(path);
                declared.captures_iter(text).map(move |name| format!("{folder}/{}.rs", &name[1])).collect::<Vec<_>>()
            });
            found.collect()
        })
    }
}

/// `rules/tests.rs`, `app/tests/it/main.rs`.
fn is_of_tests(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// Where a source file's own modules lie: beside `lib.rs`, under `store` for `store.rs`.
fn module_folder(path: &str) -> &str {
    let own = ["/lib.rs", "/main.rs", "/mod.rs"].iter().find_map(|name| path.strip_suffix(name));
    own.unwrap_or_else(|| path.trim_end_matches(".rs"))
}

fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let mut command = Command::new("git");
    command.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let list = run::quiet(&mut command).ok()?;
    Some(list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

/// For an unpacked archive without git.
fn walked(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let skipped = entry.file_name().to_str().is_some_and(|name| SKIPPED.contains(&name));
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !skipped => open.push(path),
                Ok(kind) if kind.is_file() => {
                    found.extend(path.strip_prefix(root).ok().and_then(Path::to_str).map(str::to_owned));
                }
                _ => {}
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
    fn test_files_are_known_by_name_or_by_declaration() {
        let tree = Tree::of(&[
            ("kit/sheet/src/lib.rs", "#[cfg(test)]\nmod sample;\nmod store;\n"),
            ("kit/sheet/src/sample.rs", "fn x() {}"),
            ("kit/sheet/src/store.rs", "#[cfg(test)]\npub(crate) mod world;\n"),
            ("kit/sheet/src/store/world.rs", "fn x() {}"),
            ("kit/sheet/src/rules/tests.rs", "fn x() {}"),
            ("app/tests/it/main.rs", "fn x() {}"),
        ]);
        let tests: Vec<&str> = tree.rust().filter(|(_, code)| code.is_test(1)).map(|(path, _)| path).collect();
        let only_attribute = ["kit/sheet/src/lib.rs", "kit/sheet/src/store.rs"];
        let whole: Vec<&str> = tests.into_iter().filter(|path| !only_attribute.contains(path)).collect();
        let expected = [
            "kit/sheet/src/sample.rs",
            "kit/sheet/src/store/world.rs",
            "kit/sheet/src/rules/tests.rs",
            "app/tests/it/main.rs",
        ];
        assert_eq!(whole, expected);
    }

    #[test]
    fn without_git_the_folder_is_walked() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("kit/db/src")).unwrap();
        fs::create_dir_all(folder.path().join("target/debug")).unwrap();
        fs::write(folder.path().join("kit/db/src/lib.rs"), "//! A room.").unwrap();
        fs::write(folder.path().join("target/debug/thing"), "built").unwrap();
        fs::write(folder.path().join("picture.png"), [0x89, 0, 0xff]).unwrap();
        let tree = Tree::read(folder.path()).unwrap();
        let paths: Vec<&str> = tree.files().iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["kit/db/src/lib.rs", "picture.png"]);
        assert_eq!(tree.text("kit/db/src/lib.rs"), Some("//! A room."));
        assert_eq!(tree.text("picture.png"), None);
    }
}
