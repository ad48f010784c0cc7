//! The file of a criteria set: TOML or a workbook, told apart by content; each problem said at its line or its cell.

use std::path::Path;

use base::{Refusal, Refusals, Timestamp, day};
use score::{Problem, Reading};

use crate::files::set_toml::{self, SetFile};
use crate::files::workbook::{self, Workbook};

pub(super) struct Source {
    pub reading: Reading,
    form: Form,
}

enum Form {
    Toml(Box<SetFile>),
    Workbook(Box<Workbook>),
}

impl Source {
    pub fn say(&self, problem: &Problem) -> String {
        match &self.form {
            Form::Toml(file) => file.say(problem),
            Form::Workbook(book) => format!("Ô {}. {problem}", book.address(&problem.place)),
        }
    }
}

/// # Errors
/// Only what keeps the file from being read at all; what is wrong with the set is in the reading.
pub(super) fn read(path: &Path) -> Result<Source, Refusals> {
    let bytes = read_bytes(path).map_err(|refusal| vec![refusal])?;
    match String::from_utf8(bytes) {
        Ok(text) => {
            let file = set_toml::read(&text).map_err(|refusal| vec![refusal])?;
            Ok(Source { reading: file.reading.clone(), form: Form::Toml(Box::new(file)) })
        }
        // A workbook is a ZIP archive.
        Err(not_text) if not_text.as_bytes().starts_with(b"PK") => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let book = sheet::read(not_text.as_bytes(), &name).map_err(|refusal| vec![refusal])?;
            let book = workbook::read(&book, day::today(Timestamp::now()))?;
            Ok(Source { reading: score::read(&book.set), form: Form::Workbook(Box::new(book)) })
        }
        Err(_) => Err(vec![not_text()]),
    }
}

pub(super) fn read_text(path: &Path) -> Result<String, Refusal> {
    String::from_utf8(read_bytes(path)?).map_err(|_| not_text())
}

fn not_text() -> Refusal {
    Refusal::new("file.not-text", "tệp không phải văn bản UTF-8.")
}

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    std::fs::read(path).map_err(|error| {
        let say = match error.kind() {
            std::io::ErrorKind::NotFound => "không có tệp này.",
            std::io::ErrorKind::PermissionDenied => "không có quyền đọc tệp này.",
            std::io::ErrorKind::IsADirectory => "đây là thư mục, không phải tệp.",
            _ => "không đọc được tệp này.",
        };
        Refusal::new("file.unreadable", say)
    })
}
