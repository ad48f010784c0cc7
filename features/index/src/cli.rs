//! `cuaviet index check` and `cuaviet index score`: files in, words out; no database.
//!
//! Exit codes: 0 good, 1 refused, 2 a file that cannot be read. What is asked for goes to stdout, what went wrong to
//! stderr, so that a script may take the one and a person read the other.

mod rulebook;
mod source;
mod table;

pub use rulebook::{Export, Import, export, import};

use std::io::Write;
use std::path::{Path, PathBuf};

use base::Refusal;
use clap::Args;
use score::{CriteriaSet, Detail, Problem, Severity};

use crate::files::answers;
use source::read_text;

/// Everything is as it should be.
pub const GOOD: u8 = 0;
/// A set with errors, answers that are refused.
pub const REFUSED: u8 = 1;
/// A file that is not there, or not of its kind.
pub const UNREADABLE: u8 = 2;

/// Kiểm tra một bộ tiêu chí: mọi lỗi, mỗi lỗi ở chỗ của nó.
#[derive(Args, Debug)]
pub struct Check {
    /// Tệp bộ tiêu chí (TOML hoặc bảng tính).
    #[arg(value_name = "TỆP")]
    pub file: PathBuf,
}

/// Chấm điểm các đơn vị theo một bộ tiêu chí, không cần cơ sở dữ liệu.
#[derive(Args, Debug)]
pub struct Score {
    /// Tệp bộ tiêu chí (TOML hoặc bảng tính).
    #[arg(long, value_name = "TỆP")]
    pub set: PathBuf,
    /// Tệp câu trả lời của các đơn vị (JSON).
    #[arg(long, value_name = "TỆP")]
    pub answers: PathBuf,
    /// In kết quả dạng JSON thay cho bảng.
    #[arg(long)]
    pub json: bool,
}

/// Checks a set and says what was found; warnings do not make it bad.
pub fn check(ask: &Check, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let file = match source::read(&ask.file) {
        Ok(file) => file,
        Err(refusals) => return unreadable(&ask.file, &refusals, err),
    };
    for problem in &file.reading.problems {
        tell(err, &file.say(problem));
    }
    let errors: Vec<&Problem> = file.reading.errors().collect();
    let warnings = file.reading.warnings().count();
    match &file.reading.set {
        Some(set) => {
            tell(out, &summary(set, warnings));
            GOOD
        }
        None => {
            let mut codes: Vec<&str> = errors.iter().filter_map(|problem| problem.code.as_deref()).collect();
            codes.dedup();
            let at =
                if codes.is_empty() { String::new() } else { format!(" Tiêu chí có lỗi: {}.", codes.join(", ")) };
            tell(out, &format!("Bộ tiêu chí chưa dùng được: {} lỗi, {warnings} lưu ý.{at}", errors.len()));
            REFUSED
        }
    }
}

fn summary(set: &CriteriaSet, warnings: usize) -> String {
    let leaves = set.criteria.iter().filter(|criterion| criterion.is_leaf()).count();
    let also = if warnings == 0 { String::new() } else { format!(", {warnings} lưu ý") };
    format!(
        "Bộ tiêu chí {} dùng được: {} tiêu chí, trong đó {leaves} tiêu chí chấm điểm{also}.",
        set.code,
        set.criteria.len()
    )
}

/// Scores the units of a file of answers; prints nothing but refusals where anything is refused.
pub fn score(ask: &Score, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let file = match source::read(&ask.set) {
        Ok(file) => file,
        Err(refusals) => return unreadable(&ask.set, &refusals, err),
    };
    let Some(set) = &file.reading.set else {
        tell(err, &format!("{}: bộ tiêu chí có lỗi nên chưa chấm được.", ask.set.display()));
        let errors = file.reading.problems.iter().filter(|problem| problem.severity == Severity::Error);
        errors.for_each(|problem| tell(err, &file.say(problem)));
        return REFUSED;
    };
    let text = match read_text(&ask.answers) {
        Ok(text) => text,
        Err(refusal) => return unreadable(&ask.answers, &[refusal], err),
    };
    let group = answers::read(set, &text);
    match group.and_then(|group| score::score(set, &group, Detail::Explained)) {
        Ok(scores) if ask.json => tell(out, &answers::result(set, &scores).to_string()),
        Ok(scores) => tell(out, &table::ranking(set, &scores)),
        Err(refusals) => {
            tell(err, &format!("{}: chưa chấm được.", ask.answers.display()));
            refusals.iter().for_each(|refusal| tell(err, &refusal.say));
            return REFUSED;
        }
    }
    GOOD
}

fn unreadable(path: &Path, refusals: &[Refusal], err: &mut impl Write) -> u8 {
    refusals.iter().for_each(|refusal| tell(err, &format!("{}: {refusal}", path.display())));
    UNREADABLE
}

/// A reader that has gone away (a closed pipe) is nobody's error.
fn tell(to: &mut impl Write, say: &str) {
    let _ = writeln!(to, "{say}");
}

#[cfg(test)]
mod tests;
