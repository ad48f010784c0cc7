//! What every page of ours must be, told from its HTML alone: fast enough for each journey test.
//!
//! `faults(html)` is empty for a good page. It reads the tags our templates write (quoted attributes, no
//! stray `<`), and is no validator for other people's HTML. Colours, sizes and focus are the browser tests' part.

use std::collections::HashSet;

/// One opening tag.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    /// Where the text after the tag begins.
    end: usize,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }
}

/// Every rule the page breaks, in words for a developer.
pub fn faults(html: &str) -> Vec<String> {
    let tags = tags(html);
    let mut found = Vec::new();
    ids(&tags, &mut found);
    labels(&tags, html, &mut found);
    policy(&tags, &mut found);
    forms(&tags, html, &mut found);
    if html.contains("<html") {
        frame(&tags, html, &mut found);
    }
    found
}

fn frame(tags: &[Tag], html: &str, found: &mut Vec<String>) {
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    if count("h1") != 1 {
        found.push(format!("{} h1 on the page", count("h1")));
    }
    if count("main") != 1 {
        found.push(format!("{} main on the page", count("main")));
    }
    if !tags.iter().any(|tag| tag.name == "html" && tag.get("lang") == Some("vi")) {
        found.push("the page does not say lang=vi".into());
    }
    let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
    if title.trim().is_empty() {
        found.push("no title".into());
    }
    let wrong = tags.iter().any(|tag| tag.get("data-errors").is_some());
    if wrong != title.starts_with("Lỗi: ") {
        found.push(format!("errors on the page: {wrong}, but the title is `{title}`"));
    }
}

fn ids(tags: &[Tag], found: &mut Vec<String>) {
    let mut known = HashSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !known.insert(id) {
            found.push(format!("id `{id}` twice"));
        }
    }
    for tag in tags {
        for name in ["aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "popovertarget", "list"] {
            for id in tag.get(name).unwrap_or_default().split_whitespace() {
                if !known.contains(id) {
                    found.push(format!("{name} of <{}> points to `{id}`, which is not there", tag.name));
                }
            }
        }
        let jump = tag.get("href").and_then(|href| href.strip_prefix('#'));
        if let Some(id) = jump.filter(|id| !id.is_empty() && !known.contains(id)) {
            found.push(format!("link to `#{id}`, which is not there"));
        }
    }
}

fn labels(tags: &[Tag], html: &str, found: &mut Vec<String>) {
    let named: HashSet<&str> = tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
    for tag in tags {
        let hidden = matches!(tag.get("type"), Some("hidden" | "submit"));
        if !matches!(tag.name, "input" | "select" | "textarea") || hidden {
            continue;
        }
        let by_label = tag.get("id").is_some_and(|id| named.contains(id));
        let by_name =
            tag.get("aria-label").is_some_and(|words| !words.is_empty()) || tag.get("aria-labelledby").is_some();
        if !by_label && !by_name && !inside_label(html, tag.end) {
            found.push(format!("<{}> `{}` has no label", tag.name, tag.get("name").unwrap_or("?")));
        }
    }
    for tag in tags.iter().filter(|tag| matches!(tag.name, "a" | "button")) {
        let close = format!("</{}>", tag.name);
        let inside = html[tag.end..].split(&close).next().unwrap_or_default();
        if spoken(inside).is_empty() && tag.get("aria-label").is_none_or(str::is_empty) {
            found.push(format!("<{}> to `{}` says nothing", tag.name, tag.get("href").unwrap_or("?")));
        }
    }
}

fn policy(tags: &[Tag], found: &mut Vec<String>) {
    for tag in tags {
        if tag.name == "style" || (tag.name == "script" && tag.get("src").is_none()) {
            found.push(format!("inline <{}>", tag.name));
        }
        for (name, value) in &tag.attributes {
            let active = name.len() > 2 && name.starts_with("on") || name.starts_with("hx-on");
            if *name == "style" || active || value.trim_start().starts_with("javascript:") {
                found.push(format!("inline {name} on <{}>", tag.name));
            }
            if matches!(*name, "src" | "srcset") && value.starts_with("data:") {
                found.push(format!("data: URL on <{}>", tag.name));
            }
            if *name == "tabindex" && value.parse::<i32>().is_ok_and(|place| place > 0) {
                found.push(format!("positive tabindex on <{}>", tag.name));
            }
        }
        if tag.name == "button" && tag.get("type").is_none() && tag.get("name").is_none() {
            found.push("a button without a type".into());
        }
        if tag.name == "img" && tag.get("alt").is_none() {
            found.push("an image without alt".into());
        }
    }
}

/// A form that changes something proves where it came from.
fn forms(tags: &[Tag], html: &str, found: &mut Vec<String>) {
    for tag in tags.iter().filter(|tag| tag.name == "form" && tag.get("method") == Some("post")) {
        let inside = html[tag.end..].split("</form>").next().unwrap_or_default();
        if !inside.contains("name=\"csrf\"") {
            found.push(format!("the form to `{}` has no csrf", tag.get("action").unwrap_or("?")));
        }
    }
}

fn inside_label(html: &str, at: usize) -> bool {
    let before = &html[..at];
    match (before.rfind("<label"), before.rfind("</label>")) {
        (Some(open), Some(close)) => open > close,
        (open, None) => open.is_some(),
        (None, Some(_)) => false,
    }
}

/// The text between tags.
fn spoken(inside: &str) -> String {
    let mut text = String::new();
    let mut tag = false;
    for letter in inside.chars() {
        match letter {
            '<' => tag = true,
            '>' => tag = false,
            _ if !tag => text.push(letter),
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|offset| at + offset) {
        let Some(close) = end_of_tag(html, open) else { break };
        at = close + 1;
        let inside = &html[open + 1..close];
        if inside.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
            found.push(Tag { name, attributes: attributes(rest), end: at });
        }
    }
    found
}

/// A `>` inside a quoted value does not end the tag.
fn end_of_tag(html: &str, open: usize) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate().skip(open) {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

fn attributes(mut rest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() {
            return found;
        }
        let name_end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end);
        let Some(value) = after.strip_prefix("=\"") else {
            found.push((name, ""));
            rest = after.strip_prefix('=').unwrap_or(after);
            continue;
        };
        let end = value.find('"').unwrap_or(value.len());
        found.push((name, &value[..end]));
        rest = value.get(end + 1..).unwrap_or_default();
    }
}
