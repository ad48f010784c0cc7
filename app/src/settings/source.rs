//! Where values come from: a file, the environment, the command line. All give the same thing: names with texts.

use super::table;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// Where a value was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    Default,
    File { path: PathBuf, line: usize },
    Env(String),
    Flag,
}

impl fmt::Display for From {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            From::Default => f.write_str("mặc định"),
            From::File { path, line } => write!(f, "{}, dòng {line}", path.display()),
            From::Env(name) => write!(f, "biến môi trường {name}"),
            From::Flag => f.write_str("tham số dòng lệnh"),
        }
    }
}

/// A value, and where it was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub value: String,
    pub from: From,
}

/// Names with their values; a later source covers an earlier one.
pub type Values = BTreeMap<String, Found>;

/// Reads a file into `values`; what is wrong goes to `wrong`, each with its line.
pub fn file(path: &Path, values: &mut Values, wrong: &mut Vec<String>) {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let why = match error.kind() {
                std::io::ErrorKind::NotFound => "không có tệp này",
                std::io::ErrorKind::PermissionDenied => "không có quyền đọc tệp này",
                _ => "không đọc được tệp này",
            };
            return wrong.push(format!("{}: {why}.", path.display()));
        }
    };
    let table = match DeTable::parse(&text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            return wrong.push(format!(
                "{}, dòng {line}: không đúng cú pháp TOML ({}).",
                path.display(),
                error.message()
            ));
        }
    };
    let mut at = Place { path, text: &text, values, wrong };
    at.table("", table.get_ref());
}

struct Place<'a> {
    path: &'a Path,
    text: &'a str,
    values: &'a mut Values,
    wrong: &'a mut Vec<String>,
}

impl Place<'_> {
    fn table(&mut self, section: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name =
                if section.is_empty() { key.get_ref().to_string() } else { format!("{section}.{}", key.get_ref()) };
            let line = line_of(self.text, key.span().start);
            match value.get_ref() {
                DeValue::Table(inner) if section.is_empty() && is_section(&name) => self.table(&name, inner),
                DeValue::Table(_) => {
                    self.wrong.push(format!("{}, dòng {line}: {}", self.path.display(), unknown(&name)))
                }
                _ if !is_known(&name) => {
                    self.wrong.push(format!("{}, dòng {line}: {}", self.path.display(), unknown(&name)))
                }
                value => match plain(value) {
                    Some(value) => {
                        let from = From::File { path: self.path.to_owned(), line };
                        self.values.insert(name, Found { value, from });
                    }
                    None => self
                        .wrong
                        .push(format!("{}, dòng {line}: khóa {name} cần một chữ hoặc một số.", self.path.display())),
                },
            }
        }
    }
}

fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
        DeValue::Boolean(value) => Some(value.to_string()),
        DeValue::Array(list) => {
            list.iter().map(|one| plain(one.get_ref())).collect::<Option<Vec<_>>>().map(|all| all.join(", "))
        }
        _ => None,
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

const PREFIX: &str = "CUAVIET_";
/// Names with the prefix that are no settings: the file of settings, and what tests and the installer use.
const NOT_SETTINGS: &[&str] = &["CUAVIET_CONFIG", "CUAVIET_BIN"];

/// Reads the environment into `values`.
pub fn environment(variables: impl Iterator<Item = (String, String)>, values: &mut Values, wrong: &mut Vec<String>) {
    for (variable, value) in variables {
        let Some(rest) = variable.strip_prefix(PREFIX) else { continue };
        if NOT_SETTINGS.contains(&variable.as_str()) || rest.starts_with("TEST_") {
            continue;
        }
        let name = rest.to_lowercase().replace("__", ".");
        if is_known(&name) {
            values.insert(name, Found { value, from: From::Env(variable) });
        } else {
            wrong.push(format!("Biến môi trường {variable}: {}", unknown(&name)));
        }
    }
}

/// Puts the contents of `NAME_file` in the place of every secret that is given by a file.
pub fn secrets(values: &mut Values, wrong: &mut Vec<String>) {
    for secret in table::SECRETS {
        let Some(found) = values.remove(&format!("{secret}_file")) else { continue };
        match std::fs::read_to_string(&found.value) {
            Ok(text) => {
                values.insert((*secret).to_owned(), Found { value: text.trim_end().to_owned(), from: found.from });
            }
            Err(_) => wrong.push(format!("{}: không đọc được tệp {} của khóa {secret}_file.", found.from, found.value)),
        }
    }
}

fn is_known(name: &str) -> bool {
    table::names().iter().any(|known| known == name)
}

fn is_section(name: &str) -> bool {
    table::SECTIONS.iter().any(|(section, _)| *section == name)
}

/// "không có khóa oidc.isuer. Có phải bạn muốn viết oidc.issuer?"
fn unknown(name: &str) -> String {
    match nearest(name) {
        Some(near) => format!("không có khóa {name}. Có phải bạn muốn viết {near}?"),
        None => format!("không có khóa {name}. Xem các khóa bằng lệnh: cuaviet config docs"),
    }
}

fn nearest(name: &str) -> Option<String> {
    let sections = table::SECTIONS.iter().map(|(section, _)| (*section).to_owned());
    let mut all: Vec<String> = table::names().into_iter().chain(sections).collect();
    all.sort_by_key(|known| (distance(known, name), !is_tail(known, name)));
    let near = all.into_iter().next()?;
    (distance(&near, name) <= 2.max(name.len() / 3) || is_tail(&near, name)).then_some(near)
}

/// A key that was written outside its section.
fn is_tail(known: &str, name: &str) -> bool {
    known.rsplit('.').next() == Some(name)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut last = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let swap = last + usize::from(a != *b);
            last = row[j + 1];
            row[j + 1] = swap.min(last + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
