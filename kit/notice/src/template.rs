//! What a notice says: templates as data, filled with the few values that may leave the house.
//!
//! A text message passes through strangers and lies open on a telephone's screen. So there is no free value: a template
//! with any other word than those of [`Word`] does not load, and nobody can put a name in by editing data.

use base::{Date, day};
use people::Failure;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const FILES: &[&str] =
    &[include_str!("../../../data/notices/citizen.toml"), include_str!("../../../data/notices/staff.toml")];

base::words! {
    /// The values a notice may carry, and no other.
    Word {
        Code = "code", "mã hồ sơ";
        State = "state", "trạng thái";
        Day = "day", "ngày";
        Link = "link", "đường dẫn";
        Agency = "agency", "cơ quan";
        Procedure = "procedure", "thủ tục";
    }
}

/// The values of one notice. What its template does not use may be left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Of the dossier: "H50.12-261123-0011".
    pub code: String,
    /// Its state in words, from a closed list of the feature: "Đang giải quyết". Never anything that somebody typed.
    pub state: String,
    pub day: Option<Date>,
    /// The whole address of a page. Shown in the page as a link, added to an e-mail by itself.
    pub link: String,
    pub agency: String,
    pub procedure: String,
}

impl Values {
    fn of(&self, word: Word) -> String {
        let text = match word {
            Word::Code => &self.code,
            Word::State => &self.state,
            Word::Day => return self.day.map(day::vi).unwrap_or_default(),
            Word::Link => &self.link,
            Word::Agency => &self.agency,
            Word::Procedure => &self.procedure,
        };
        one_line(text)
    }
}

/// No value may break a line: a subject is one line, and a text that grows lines looks like another's.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is told, ready for every way. Made by [`render`] and [`digest`](crate::digest()) only, so that nothing else is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub(crate) template: String,
    pub(crate) subject: String,
    /// For the page and for e-mail.
    pub(crate) text: String,
    /// For the telephone.
    pub(crate) short: String,
    pub(crate) link: String,
}

impl Said {
    pub fn subject(&self) -> &str {
        &self.subject
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn short(&self) -> &str {
        &self.short
    }

    pub fn link(&self) -> &str {
        &self.link
    }
}

/// Fills a template.
///
/// Fails as broken where nobody has written the template, or a value it needs is empty: a mistake of the caller, which a
/// test that tells once will see.
pub fn render(code: &str, values: &Values) -> Result<Said, Failure> {
    let template = loaded()?.get(code).ok_or_else(|| Failure::Broken(format!("there is no notice `{code}`")))?;
    let filled =
        |pieces: &[Piece]| fill(pieces, values).map_err(|why| Failure::Broken(format!("notice `{code}`: {why}")));
    Ok(Said {
        template: code.to_owned(),
        subject: filled(&template.subject)?,
        text: filled(&template.text)?,
        short: filled(&template.short)?,
        link: one_line(&values.link),
    })
}

/// The codes of all templates.
pub fn codes() -> Result<Vec<&'static str>, Failure> {
    Ok(loaded()?.keys().map(String::as_str).collect())
}

/// The values that a template needs, each once; none where there is no such template. For a feature's test.
pub fn needs(code: &str) -> Result<Option<Vec<Word>>, Failure> {
    let Some(template) = loaded()?.get(code) else { return Ok(None) };
    let used = |word: &Word| {
        let pieces = [&template.subject, &template.text, &template.short];
        pieces.iter().any(|pieces| pieces.iter().any(|piece| matches!(piece, Piece::Value(used) if used == word)))
    };
    Ok(Some(Word::ALL.iter().copied().filter(used).collect()))
}

fn loaded() -> Result<&'static BTreeMap<String, Template>, Failure> {
    static LOADED: OnceLock<Result<BTreeMap<String, Template>, String>> = OnceLock::new();
    LOADED.get_or_init(|| load(FILES)).as_ref().map_err(|why| Failure::Broken(why.clone()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    notices: Vec<Written>,
}

/// A template as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    subject: String,
    text: String,
    short: String,
}

/// A template that was read.
#[derive(Debug)]
struct Template {
    subject: Vec<Piece>,
    text: Vec<Piece>,
    short: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Words(String),
    Value(Word),
}

fn load(files: &[&str]) -> Result<BTreeMap<String, Template>, String> {
    let mut all = BTreeMap::new();
    for file in files {
        let read: File = toml::from_str(file).map_err(|error| format!("data/notices: {error}"))?;
        for written in read.notices {
            let template = template(&written).map_err(|why| format!("data/notices, `{}`: {why}", written.code))?;
            if all.insert(written.code.clone(), template).is_some() {
                return Err(format!("data/notices: `{}` is written twice", written.code));
            }
        }
    }
    Ok(all)
}

fn template(written: &Written) -> Result<Template, String> {
    for (name, text) in [("subject", &written.subject), ("text", &written.text), ("short", &written.short)] {
        if text.trim().is_empty() {
            return Err(format!("`{name}` is empty"));
        }
    }
    for (name, text) in [("subject", &written.subject), ("short", &written.short)] {
        if text.trim().contains('\n') {
            return Err(format!("`{name}` is one line"));
        }
    }
    let made = Template {
        subject: pieces(written.subject.trim())?,
        text: pieces(written.text.trim())?,
        short: pieces(written.short.trim())?,
    };
    if made.short.contains(&Piece::Value(Word::Procedure)) {
        return Err("the name of a procedure is too long for `short`".into());
    }
    Ok(made)
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').ok_or("a brace is not closed")?;
        let word = Word::of(name).ok_or_else(|| {
            let known: Vec<&str> = Word::ALL.iter().map(|word| word.code()).collect();
            format!("`{{{name}}}` may not be in a notice; only {} may", known.join(", "))
        })?;
        pieces.push(plain(words)?);
        pieces.push(Piece::Value(word));
        rest = behind;
    }
    pieces.push(plain(rest)?);
    Ok(pieces)
}

fn plain(words: &str) -> Result<Piece, String> {
    if words.contains('}') { Err("a brace is not opened".into()) } else { Ok(Piece::Words(words.to_owned())) }
}

fn fill(pieces: &[Piece], values: &Values) -> Result<String, String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text += words,
            Piece::Value(word) => match values.of(*word) {
                value if value.is_empty() => return Err(format!("the value `{}` is missing", word.code())),
                value => text += &value,
            },
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
