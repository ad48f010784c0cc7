//! Every table says what a row of it is, in a comment just above: it is the first thing that somebody with a
//! database shell and no source reads.

use super::tree::Tree;
use super::{Finding, pattern};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let table = pattern(r"(?i)^\s*create\s+(?:virtual\s+|unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(\S+)");
    let mut found = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| path.starts_with("migrations/") && path.ends_with(".sql")) {
        let mut above = "";
        for (at, line) in text.lines().enumerate() {
            if let Some(name) = table.captures(line).filter(|_| !explains(above)) {
                found.push(Finding::new(
                    path,
                    at + 1,
                    format!("no comment above table `{}`: what is one row?", &name[1]),
                ));
            }
            above = line;
        }
    }
    found
}

fn explains(line: &str) -> bool {
    line.trim_start().strip_prefix("--").is_some_and(|words| words.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::tidy::lines;

    #[test]
    fn a_table_says_what_its_rows_are() {
        assert_eq!(
            lines(
                check,
                "migrations/0001_units.sql",
                "-- A unit for the days it existed.\ncreate table unit (\n id text\n);\n"
            ),
            Vec::<usize>::new()
        );
        assert_eq!(
            lines(check, "migrations/0001_units.sql", "-- x\n\nCREATE TABLE IF NOT EXISTS unit (id text);\n"),
            [3]
        );
        assert_eq!(lines(check, "migrations/0001_units.sql", "create virtual table seek using fts5(text);\n"), [1]);
        assert_eq!(lines(check, "migrations/0001_units.sql", "------\ncreate table a (id text);\n"), [2]);
        assert_eq!(
            lines(check, "migrations/0001_units.sql", "-- create table old (id text);\ncreate index i on unit (id);\n"),
            Vec::<usize>::new()
        );
    }
}
