//! Rust text as the checks want it: code without comments and strings, strings with their lines, and which
//! lines are only compiled for tests. Enough of a lexer for that, and no parser: macros are read like code.

use super::pattern;

pub struct Code {
    pub text: String,
    /// The text, byte for byte as long, with comments and the insides of literals turned to spaces.
    pub bare: String,
    /// Every string literal: its line from 1, and what is between its quotes, escapes unread.
    pub literals: Vec<(usize, String)>,
    test: Vec<bool>,
}

pub struct Function {
    pub name: String,
    /// From 1.
    pub line: usize,
    pub lines: usize,
}

impl Code {
    /// `for_tests`: the whole file is compiled only for tests.
    pub fn read(text: &str, for_tests: bool) -> Self {
        let (bare, literals) = strip(text);
        let test = if for_tests { vec![true; text.lines().count()] } else { test_lines(&bare) };
        Self { text: text.to_owned(), bare, literals, test }
    }

    /// Whether this line, from 1, exists only for tests.
    pub fn is_test(&self, line: usize) -> bool {
        self.test.get(line.saturating_sub(1)).copied().unwrap_or(false)
    }

    /// Lines that are built into the program: number from 1, and the bare text.
    pub fn shipped(&self) -> impl Iterator<Item = (usize, &str)> {
        self.bare.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(line, _)| !self.is_test(*line))
    }

    pub fn functions(&self) -> Vec<Function> {
        let head = pattern(r"\bfn\s+([a-zA-Z_]\w*)");
        let found = head.captures_iter(&self.bare).filter_map(|found| {
            let whole = found.get(0)?;
            let open = whole.end() + self.bare[whole.end()..].find(['{', ';'])?;
            let end = if self.bare[open..].starts_with('{') { closing(&self.bare, open)? } else { return None };
            let line = line_of(&self.bare, whole.start());
            Some(Function { name: found[1].to_owned(), line, lines: line_of(&self.bare, end) - line + 1 })
        });
        found.collect()
    }
}

/// The line, from 1, of a byte offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    line_ends(&text[..offset]) + 1
}

fn line_ends(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// The offset of the bracket that closes the one at `open`, in bare text.
pub fn closing(bare: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (offset, byte) in bare.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.checked_sub(1)?,
            _ => continue,
        }
        if depth == 0 {
            return Some(offset);
        }
    }
    None
}

/// Turns comments and the insides of literals to spaces, and keeps the strings.
fn strip(text: &str) -> (String, Vec<(usize, String)>) {
    let token = pattern(concat!(
        r#"(?s)//[^\n]*"#,
        r#"|\bb?c?r(?P<hashes>#*)""#,
        r#"|\b?"(?P<string>(?:[^"\\]|\\.)*)""#,
        r"|'(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\\n])'",
        r"|/\*",
    ));
    let mut bare = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(found) = token.captures_at(text, at) {
        let Some(whole) = found.get(0) else { break };
        bare.push_str(&text[at..whole.start()]);
        line += line_ends(&text[at..whole.start()]);
        let end = if let Some(hashes) = found.name("hashes") {
            let close = format!("\"{}", hashes.as_str());
            let inside = whole.end();
            let length = text[inside..].find(&close).unwrap_or(text.len() - inside);
            literals.push((line, text[inside..inside + length].to_owned()));
            (inside + length + close.len()).min(text.len())
        } else if whole.as_str() == "/*" {
            comment_end(text, whole.end())
        } else {
            literals.extend(found.name("string").map(|string| (line, string.as_str().to_owned())));
            whole.end()
        };
        blank(&mut bare, &text[whole.start()..end]);
        line += line_ends(&text[whole.start()..end]);
        at = end;
    }
    bare.push_str(&text[at..]);
    (bare, literals)
}

/// Where a block comment ends; they nest.
fn comment_end(text: &str, start: usize) -> usize {
    let mut depth = 1;
    let mut at = start;
    while depth > 0 {
        let Some(next) = text[at..].find(['*', '/']).map(|offset| at + offset) else { return text.len() };
        let (step, change) = match &text.as_bytes()[next..(next + 2).min(text.len())] {
            b"*/" => (2, -1),
            b"/*" => (2, 1),
            _ => (1, 0),
        };
        at = next + step;
        depth += change;
    }
    at
}

/// Quotes stay, so that a literal is still seen to stand there; everything else but line ends becomes a space.
fn blank(bare: &mut String, text: &str) {
    let last = text.len() - 1;
    for (offset, byte) in text.bytes().enumerate() {
        let kept = byte == b'\n' || (byte == b'"' && (offset == 0 || offset == last));
        bare.push(if kept { char::from(byte) } else { ' ' });
    }
}

fn test_lines(bare: &str) -> Vec<bool> {
    let lines = bare.lines().count();
    if bare.contains("#![cfg(test)]") {
        return vec![true; lines];
    }
    let mut test = vec![false; lines];
    for found in pattern(r"#\[cfg\(test\)\]").find_iter(bare) {
        let Some(open) = bare[found.end()..].find(['{', ';']).map(|offset| found.end() + offset) else { continue };
        let end = if bare[open..].starts_with('{') { closing(bare, open).unwrap_or(bare.len() - 1) } else { open };
        for line in line_of(bare, found.start())..=line_of(bare, end) {
            test[line - 1] = true;
        }
    }
    test
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const SAMPLE: &str = r####"
//! unwrap() in a comment
fn short() { let a = "unwrap() in \" a string"; let b = '"'; let c: &'static str = ""; }
/* unwrap() /* nested */ unwrap() */
fn long(x: u8)
where u8: Copy,
{
    let raw = r#"ở "trong" chuỗi unwrap()"#;
    call(x);
}
trait T { fn none(&self); }
#[cfg(test)]
mod tests {
    fn check() { x.unwrap() }
}
fn after() {}
"####;

    #[test]
    fn comments_and_literals_are_blank_and_nothing_moves() {
        let code = Code::read(SAMPLE, false);
        assert_eq!(code.bare.len(), SAMPLE.len());
        assert_eq!(code.bare.lines().count(), SAMPLE.lines().count());
        assert_eq!(code.bare.matches("unwrap()").count(), 1, "{}", code.bare);
        assert!(code.bare.contains("let c: &'static str"));
    }

    #[test]
    fn strings_are_kept_with_their_lines() {
        let code = Code::read(SAMPLE, false);
        let expected = [(3, r#"unwrap() in \" a string"#), (3, ""), (8, r#"ở "trong" chuỗi unwrap()"#)];
        assert_eq!(code.literals, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn functions_have_their_length_in_lines() {
        let code = Code::read(SAMPLE, false);
        let found: Vec<_> = code.functions().into_iter().map(|one| (one.name, one.line, one.lines)).collect();
        let expected = [("short", 3, 1), ("long", 5, 6), ("check", 14, 1), ("after", 16, 1)];
        assert_eq!(found, expected.map(|(name, line, lines)| (name.to_owned(), line, lines)));
    }

    #[test]
    fn test_modules_are_known() {
        let code = Code::read(SAMPLE, false);
        assert!(code.is_test(14) && !code.is_test(16) && !code.is_test(8));
        assert!(Code::read("fn x() {}", true).is_test(1));
    }
}
