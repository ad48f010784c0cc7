//! Who may call what is one table, `app/tests/it/routes.txt`, and every line of it is walked in a journey.
//!
//! ```text
//! GET   /chi-so/{round}        signed-in
//! POST  /chi-so/{round}/nop    head
//! ```
//! - a route written in code (`.get("/…", Who::…, page)`, `.route("/…", get(…))`) is in the table;
//! - a line of the table is written in code: as such a route, or at least its path as a literal;
//! - its path occurs in a journey (`app/tests/it/`, `e2e/journeys/`), a name in braces standing for one segment.
//!
//! That the table is the site's own `Routes::table()`, and what each caller then really gets, is asked by the journey of the
//! table itself, which runs the site; this check needs nothing to compile.

use regex::Regex;

use super::rooms;
use super::rust::{closing, line_of};
use super::tree::Tree;
use super::{Finding, pattern};

const TABLE: &str = "app/tests/it/routes.txt";
const VERBS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

#[derive(Debug, PartialEq, Eq)]
struct Route {
    verb: String,
    path: String,
    file: String,
    line: usize,
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let written = written(tree);
    let Some(table) = tree.text(TABLE) else {
        return if written.is_empty() {
            Vec::new()
        } else {
            vec![Finding::advice(TABLE, 0, format!("missing, and {} routes exist", written.len()))]
        };
    };
    let (lines, mut found) = read(table);
    // A room writes `/rounds`, the app mounts it under `/api/v1`: the end of a path is enough.
    let same = |code: &Route, line: &Route| code.verb == line.verb && line.path.ends_with(&code.path);
    for route in written.iter().filter(|route| !lines.iter().any(|line| same(route, line))) {
        found.push(Finding::new(
            &route.file,
            route.line,
            format!("{} {} is not in {TABLE}: who may call it?", route.verb, route.path),
        ));
    }
    let journeys: String =
        tree.texts().filter(|(path, _)| is_journey(path)).map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    for line in &lines {
        if !written.iter().any(|route| same(route, line)) && !is_literal(tree, &line.path) {
            found.push(Finding::new(
                TABLE,
                line.line,
                format!("{} {} is written nowhere in the code", line.verb, line.path),
            ));
        } else if !walked(&line.path).is_match(&journeys) {
            found.push(Finding::new(TABLE, line.line, format!("no journey goes to {}", line.path)));
        }
    }
    found
}

/// Paths may also be constants that routes and links share.
fn is_literal(tree: &Tree, path: &str) -> bool {
    let same = |literal: &str| literal.len() > 1 && literal.starts_with('/') && path.ends_with(literal);
    tree.rust().filter(|(file, _)| is_router(file)).any(|(_, code)| code.literals.iter().any(|(_, text)| same(text)))
}

fn is_journey(path: &str) -> bool {
    (path.starts_with("app/tests/it/") && path.ends_with(".rs")) || path.starts_with("e2e/journeys/")
}

/// The table's lines, and what is wrong with them.
fn read(table: &str) -> (Vec<Route>, Vec<Finding>) {
    let (mut lines, mut found) = (Vec::new(), Vec::new());
    for (at, line) in table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            [verb, path, _, ..] if VERBS.contains(verb) && path.starts_with('/') => {
                lines.push(Route {
                    verb: (*verb).to_owned(),
                    path: (*path).to_owned(),
                    file: TABLE.to_owned(),
                    line: at + 1,
                });
            }
            _ => found.push(Finding::new(TABLE, at + 1, "not `METHOD /path who`")),
        }
    }
    (lines, found)
}

/// Routes in the code of features, of `kit/web` and of the app.
fn written(tree: &Tree) -> Vec<Route> {
    let declared = pattern(r#"\.(get|post|put|patch|delete)\s*\(\s*"(/[^"]*)"\s*,\s*(?:\w+::)*Who::"#);
    let mounted = pattern(r#"\.route\s*\(\s*"(/[^"]*)""#);
    let verbs = pattern(r"\b(get|post|put|patch|delete)\s*\(");
    let mut found = Vec::new();
    for (path, code) in tree.rust().filter(|(path, _)| is_router(path)) {
        let text = code.text.as_str();
        let mut push = |verb: &str, route: &str, at: usize| {
            let line = line_of(text, at);
            if !code.is_test(line) && in_code(text, at) {
                found.push(Route { verb: verb.to_uppercase(), path: route.to_owned(), file: path.to_owned(), line });
            }
        };
        for one in declared.captures_iter(text) {
            push(&one[1], &one[2], one.get(0).map_or(0, |whole| whole.start()));
        }
        for one in mounted.captures_iter(text) {
            let start = one.get(0).map_or(0, |whole| whole.start());
            let Some(open) = code.bare[start..].find('(').map(|offset| start + offset) else { continue };
            let call = &code.bare[open..closing(&code.bare, open).unwrap_or(open)];
            verbs.captures_iter(call).for_each(|verb| push(&verb[1], &one[1], start));
        }
    }
    found
}

fn is_router(path: &str) -> bool {
    path.starts_with("app/src/") || path.starts_with("kit/web/src/") || rooms::in_feature(path).is_some()
}

/// Not in a comment: the line before the place does not begin one.
fn in_code(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    !line.trim_start().starts_with("//")
}

/// A path as a journey writes it: `/chi-so/{round}` also as `/chi-so/2020`, `/chi-so/{}` or `/chi-so/${id}`.
fn walked(path: &str) -> Regex {
    let parts: Vec<String> = path
        .split('/')
        .map(|part| if part.contains('{') { r#"[^/"'`\s?#]+"#.to_owned() } else { regex::escape(part) })
        .collect();
    pattern(&format!("{}(?:[\"'`?#\\s]|$)", parts.join("/")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const CODE: &str = r#"
pub fn routes() -> Routes { Routes::new()
    .get("/chi-so/{round}", Who::SignedIn, pages::round)
    // .get("/cu", Who::Everyone, old)
}
fn other(map: &Map) { map.get("/not-a-route"); }
fn api(r: Router) -> Router { r.route("/rounds/{id}", get(show).put(save)) }
fn more() -> Routes { Routes::new().post("/rounds", Who::Key, create) }
#[cfg(test)]
mod tests { fn x() { r.route("/never", get(a)) } }
"#;
    const GOOD: &str = "# who may call what\nGET /chi-so/{round} signed-in\nGET /api/v1/rounds/{id} token\nPUT /api/v1/rounds/{id} token\nPOST /api/v1/rounds token\n";
    const JOURNEY: &str =
        "lan.goes(\"/chi-so/2020\"); get(format!(\"/api/v1/rounds/{id}?x=1\")); post(\"/api/v1/rounds\");";

    fn said(table: &str, journey: &str) -> Vec<String> {
        let files = [("features/index/src/lib.rs", CODE), (TABLE, table), ("app/tests/it/index.rs", journey)];
        check(&Tree::of(&files)).into_iter().map(|finding| format!("{}: {}", finding.line, finding.say)).collect()
    }

    #[test]
    fn routes_are_read_in_both_spellings() {
        let found: Vec<_> = written(&Tree::of(&[("features/index/src/lib.rs", CODE)]))
            .into_iter()
            .map(|route| (route.verb, route.path, route.line))
            .collect();
        let expected = [
            ("GET", "/chi-so/{round}", 3),
            ("POST", "/rounds", 8),
            ("GET", "/rounds/{id}", 7),
            ("PUT", "/rounds/{id}", 7),
        ];
        assert_eq!(found, expected.map(|(verb, path, line)| (verb.to_owned(), path.to_owned(), line)));
    }

    #[test]
    fn a_full_table_and_a_journey_to_each_is_silent() {
        assert_eq!(said(GOOD, JOURNEY), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_is_said() {
        let without = GOOD.replace("POST /api/v1/rounds token\n", "");
        assert!(said(&without, JOURNEY)[0].starts_with("8: POST /rounds is not in"));
        assert!(
            said(&format!("{GOOD}GET /gone everyone\n"), JOURNEY)[0].starts_with("6: GET /gone is written nowhere")
        );
        assert!(said(GOOD, &JOURNEY.replace("/chi-so/2020", "/chi-so/2020/khac"))[0].starts_with("2: no journey"));
        assert!(said(&format!("{GOOD}/chi-so everyone\n"), JOURNEY)[0].contains("METHOD"));
    }

    #[test]
    fn before_the_table_exists_it_is_only_advised() {
        let found = check(&Tree::of(&[("features/index/src/lib.rs", CODE)]));
        assert!(found.len() == 1 && !found[0].grave);
    }
}
