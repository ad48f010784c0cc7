//! A criteria set as TOML: read with the line of everything in it, and written as a person would.

mod lines;
mod write;

use base::Refusal;
use score::{Problem, Reading};
use serde_json::Value;

use lines::Lines;
pub use write::write;

/// A file that is TOML: what it says, what is wrong with that, and on which lines.
pub struct SetFile {
    /// As JSON, for what compares and converts sets.
    pub value: Value,
    pub reading: Reading,
    lines: Lines,
}

impl SetFile {
    /// The line of the file, from 1, that a problem speaks of; of something missing, the line it is missing from.
    pub fn line(&self, problem: &Problem) -> Option<usize> {
        self.lines.of(&problem.place)
    }

    /// "Dòng 12. Lỗi, tiêu chí 1.1 (criteria[0].max): …"
    pub fn say(&self, problem: &Problem) -> String {
        match self.line(problem) {
            Some(line) => format!("Dòng {line}. {problem}"),
            None => problem.to_string(),
        }
    }
}

/// Reads a criteria set, and checks it.
///
/// # Errors
/// Only where the text is not TOML at all; whatever is wrong with the set is in the reading.
pub fn read(text: &str) -> Result<SetFile, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (value, lines) = lines::parse(text)?;
    Ok(SetFile { reading: score::read(&value), value, lines })
}

#[cfg(test)]
mod tests;
