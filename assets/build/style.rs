//! govuk-frontend made ours: its font becomes the house font, its parts that no page of ours uses are
//! left out, and it goes into a layer below everything in css/.

use crate::Outcome;

/// Components that the house has in its own form, or that need govuk-frontend's script.
const UNUSED: [&str; 17] = [
    ".govuk-accordion",
    ".govuk-character-count",
    ".govuk-cookie-banner",
    ".govuk-drop-zone",
    ".govuk-exit-this-page",
    ".govuk-feedback",
    ".govuk-file-upload-button",
    ".govuk-footer",
    ".govuk-generic-header",
    ".govuk-header",
    ".govuk-language-navigation",
    ".govuk-logo-dot",
    ".govuk-password-input",
    ".govuk-phase-banner",
    ".govuk-service-navigation",
    ".govuk-tabs",
    ".govuk-\\!-static-",
];

const THEIR_FONT: &str = "GDS Transport,arial,sans-serif";

/// Their licence asks for it in every copy; ours goes on in the page of licences.
const NOTICE: &str = "/*! govuk-frontend, MIT, © Crown Copyright (Government Digital Service) */\n";

pub fn layered(govuk: &str) -> Outcome<String> {
    if !govuk.contains(THEIR_FONT) {
        return Err(format!("govuk-frontend no longer says `{THEIR_FONT}`: see build/style.rs"));
    }
    let css = without_comments(govuk).replace(THEIR_FONT, "var(--font)");
    Ok(format!("{NOTICE}@layer govuk{{{}}}\n", used(&css)?))
}

/// Keeps the rules that some page may need.
fn used(css: &str) -> Outcome<String> {
    let mut kept = String::new();
    let mut rest = css;
    while let Some(at) = rest.find(['{', ';']) {
        if rest.as_bytes()[at] == b';' {
            rest = &rest[at + 1..]; // @charset, @import
            continue;
        }
        let (head, tail) = rest.split_at(at);
        let head = head.trim();
        let end = matching(tail).ok_or_else(|| format!("unclosed block after `{head}`"))?;
        let body = &tail[1..end];
        rest = &tail[end + 1..];
        if head.starts_with("@font-face") {
            continue;
        }
        if head.starts_with("@media") || head.starts_with("@supports") {
            let inner = used(body)?;
            if !inner.is_empty() {
                kept += &format!("{head}{{{inner}}}");
            }
            continue;
        }
        let wanted: Vec<&str> =
            selectors(head).into_iter().filter(|one| !UNUSED.iter().any(|part| one.contains(part))).collect();
        if !wanted.is_empty() {
            kept += &format!("{}{{{body}}}", wanted.join(","));
        }
    }
    Ok(kept)
}

/// The place of the brace that closes the one at the start.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Splits at commas, but not at those inside `:is(…)`.
fn selectors(head: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, byte) in head.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b',' if depth == 0 => {
                found.push(&head[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&head[from..]);
    found
}

/// Our own sheet without comments and indentation.
pub fn tight(css: &str) -> String {
    let mut kept = String::new();
    for line in without_comments(css).lines().map(str::trim).filter(|line| !line.is_empty()) {
        kept += line;
        // A selector list or a value may go on in the next line, where the break stands for a space.
        if !line.ends_with([';', '{', '}', ',']) {
            kept.push(' ');
        }
    }
    kept.replace(": ", ":").replace(" {", "{").replace(";}", "}").replace(", ", ",")
}

fn without_comments(css: &str) -> String {
    let mut kept = String::new();
    let mut rest = css;
    while let Some(from) = rest.find("/*") {
        kept += &rest[..from];
        rest = rest[from..].find("*/").map_or("", |to| &rest[from + to + 2..]);
    }
    kept + rest
}
