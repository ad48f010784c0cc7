//! Inside a feature arrows run one way: doors → actions → rules, store → model; words → model.
//! And SQL stands in `store`, nowhere else.

use super::rooms;
use super::rust::{Code, line_of};
use super::tree::Tree;
use super::{Finding, pattern};

const DOORS: &[&str] = &["pages", "api", "cli", "jobs"];

/// What each file of a feature may name of its own crate.
const MAY: &[(&str, &[&str])] = &[
    ("model", &["model"]),
    ("rules", &["rules", "model"]),
    ("words", &["words", "model"]),
    ("store", &["store", "model"]),
    ("actions", &["actions", "rules", "store", "words", "model"]),
];

const LAYERS: &[&str] = &["model", "rules", "words", "store", "actions", "pages", "api", "cli", "jobs"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, code) in tree.rust() {
        if let Some((_, inner)) = rooms::in_feature(path) {
            let layer = inner.split(['/', '.']).next().unwrap_or_default();
            arrows(path, layer, code, &mut found);
            if layer != "store" {
                sql(path, code, &mut found);
            }
        } else if path.starts_with("app/src/") {
            sql(path, code, &mut found);
        }
    }
    found
}

fn arrows(path: &str, layer: &str, code: &Code, found: &mut Vec<Finding>) {
    for (line, named) in named_layers(code) {
        let door = DOORS.contains(&layer);
        if let Some((_, may)) = MAY.iter().find(|(name, _)| *name == layer) {
            if !may.contains(&named) {
                found.push(Finding::new(path, line, format!("`{layer}` may not use `{named}`")));
            }
        } else if door && named == "store" {
            found.push(Finding::new(path, line, format!("`{layer}` asks an action, never `store`")));
        } else if door && named != layer && DOORS.contains(&named) {
            found.push(Finding::new(
                path,
                line,
                format!("`{layer}` and `{named}` are doors to the same actions, not to each other"),
            ));
        }
    }
}

/// Each layer of its own crate that the shipped code names: `crate::store`, `crate::{model::X, store}`.
fn named_layers(code: &Code) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for group in pattern(r"\bcrate::(?:\{([^;]*?)\}\s*;|(\w+))").captures_iter(&code.bare) {
        let Some(names) = group.get(1).or(group.get(2)) else { continue };
        for word in pattern(r"(?:^|[{,]\s*)(\w+)").captures_iter(names.as_str().trim_start()) {
            let line = line_of(&code.bare, names.start());
            if let Some(layer) = LAYERS.iter().find(|layer| **layer == &word[1]).filter(|_| !code.is_test(line)) {
                found.push((line, *layer));
            }
        }
    }
    found
}

fn sql(path: &str, code: &Code, found: &mut Vec<Finding>) {
    let statement = pattern(
        r"(?is)^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+(recursive\s+)?\w+\s*(\([^)]*\))?\s+as\s*\()",
    );
    for (line, literal) in code.literals.iter().filter(|(line, _)| !code.is_test(*line)) {
        if statement.is_match(literal) {
            found.push(Finding::new(path, *line, "SQL stands in a feature's `store`"));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::tidy::lines;

    #[test]
    fn arrows_run_one_way() {
        let cases: &[(&str, &str, &[usize])] = &[
            ("rules.rs", "use crate::model::Dossier;\nuse crate::store;\n", &[2]),
            ("rules/deadline.rs", "fn x() { crate::actions::go() }\n", &[1]),
            ("model.rs", "use crate::words::say;\n", &[1]),
            ("actions.rs", "use crate::{model::{A, B}, rules, store};\n", &[]),
            ("actions.rs", "use crate::{rules, pages};\n", &[1]),
            ("pages/grid.rs", "use crate::actions;\nuse crate::model::Grid;\n", &[]),
            ("pages/grid.rs", "use crate::store;\n", &[1]),
            ("api.rs", "use crate::pages::grid;\n", &[1]),
            ("lib.rs", "pub use crate::model::X;\nuse crate::pages;\n", &[]),
            ("rules.rs", "#[cfg(test)]\nmod tests { use crate::store; }\n", &[]),
        ];
        for (file, text, expected) in cases {
            assert_eq!(lines(check, &format!("features/index/src/{file}"), text), *expected, "{file}: {text}");
        }
    }

    #[test]
    fn sql_has_one_home() {
        let text = "const Q: &str = \"select id\n from unit where x = $1\";\nconst S: &str = \"INSERT INTO unit values ($1)\";\n";
        assert_eq!(lines(check, "features/index/src/actions.rs", text), [1, 3]);
        assert_eq!(lines(check, "features/index/src/store.rs", text), Vec::<usize>::new());
        assert_eq!(lines(check, "features/index/src/store/round.rs", text), Vec::<usize>::new());
        assert_eq!(lines(check, "app/src/serve.rs", "let q = \"delete from session\";"), [1]);
        assert_eq!(
            lines(check, "features/index/src/pages/x.rs", "\"Cập nhật điểm\"; \"update\";"),
            Vec::<usize>::new()
        );
    }
}
