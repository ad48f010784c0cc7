//! Files that come in: a criteria set from TOML or a workbook, the survey from a table or JSON. Read, judged and shown
//! before anything is kept; what cannot be read is said with its place, and nothing of it is taken.

use super::sets::{changes, former, only_admin};
use crate::files::difference::Change;
use crate::files::survey::{self, Options, SurveyAnswer};
use crate::files::{set_toml, workbook};
use base::{Date, Refusal, Refusals};
use db::Conn;
use people::{Failure, Scope};
use rulebook::Head;
use score::{Problem, Severity};
use serde_json::Value;

/// A set from a file that can be taken: what it says, and what is odd about it.
pub struct ReadSet {
    pub value: Value,
    /// The edition that the file was written from, where it says so.
    pub edition: Option<String>,
    pub warnings: Vec<String>,
}

/// Reads a set from TOML or a spreadsheet, told apart by content. Every error is said, each at its line or cell.
pub fn read_set(bytes: &[u8], name: &str, today: Date) -> Result<ReadSet, Refusals> {
    let toml = std::str::from_utf8(bytes).ok().filter(|_| !name.to_lowercase().ends_with(".csv"));
    match toml {
        Some(text) => from_toml(text),
        None => from_workbook(bytes, name, today),
    }
}

fn from_toml(text: &str) -> Result<ReadSet, Refusals> {
    if text.trim().is_empty() {
        return Err(vec![Refusal::new("set-empty", "Tệp không có nội dung.")]);
    }
    let file = set_toml::read(text).map_err(|no| vec![no])?;
    let errors: Vec<Refusal> =
        file.reading.errors().map(|problem| Refusal::new("criteria-set", file.say(problem))).collect();
    let warnings = file.reading.warnings().map(|problem| file.say(problem)).collect();
    if errors.is_empty() { Ok(ReadSet { value: file.value, edition: None, warnings }) } else { Err(errors) }
}

fn from_workbook(bytes: &[u8], name: &str, today: Date) -> Result<ReadSet, Refusals> {
    let book = sheet::read(bytes, name).map_err(|no| vec![no])?;
    let read = workbook::read(&book, today)?;
    let reading = score::read(&read.set);
    let of = |severity: Severity| reading.problems.iter().filter(move |problem| problem.severity == severity);
    let errors: Vec<Refusal> = of(Severity::Error).map(|problem| read.refusal(problem)).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let say = |problem: &Problem| {
        let no = read.refusal(problem);
        format!("{}: {}", no.field.unwrap_or_default(), no.say)
    };
    let warnings = of(Severity::Warning).map(say).collect();
    Ok(ReadSet { value: read.set.clone(), edition: read.edition.clone(), warnings })
}

/// What taking a set from a file would do.
pub struct SetPreview {
    pub read: ReadSet,
    /// The edition it is compared with: that which the file was written from, else the newest of its code.
    pub against: Option<Head>,
    pub changes: Vec<Change>,
    /// The file was written from an edition that is not the newest any more.
    pub older: bool,
}

/// Compares a set from a file with what stands in the rulebook.
pub async fn preview_set(conn: &mut Conn, scope: &Scope, read: ReadSet) -> Result<SetPreview, Failure> {
    only_admin(scope)?;
    let newest = former(conn, &read.value).await?;
    let older = match (&newest, read.edition.as_deref()) {
        (Some(newest), Some(edition)) => newest.id.to_string() != edition,
        _ => false,
    };
    let changes = changes(newest.as_ref(), &read.value);
    Ok(SetPreview { against: newest.map(|edition| edition.head), changes, older, read })
}

/// Reads the survey from a table (XLSX, ODS, CSV) or the answers file (JSON): what can be read, and every cell that
/// cannot.
pub fn read_survey(bytes: &[u8], name: &str, options: &Options) -> (Vec<SurveyAnswer>, Refusals) {
    if name.to_lowercase().ends_with(".json") {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return (Vec::new(), vec![Refusal::new("survey-json", "Tệp JSON không phải văn bản UTF-8.")]);
        };
        return match survey::read_json(text) {
            Ok(rows) => (rows, Vec::new()),
            Err(refusals) => (Vec::new(), refusals),
        };
    }
    match sheet::read(bytes, name) {
        Ok(book) => survey::read(&book, options),
        Err(no) => (Vec::new(), vec![no]),
    }
}

/// The uploaded spreadsheet given back with its bad cells marked; none where it is no spreadsheet.
pub fn marked(bytes: &[u8], name: &str, refusals: &[Refusal]) -> Option<Vec<u8>> {
    let book = sheet::read(bytes, name).ok()?;
    sheet::error_book(&book, refusals).ok()
}
