//! From the sheets to the form. Every problem is said, each at its sheet, row and column; with one there is no form.
//!
//! `rows` finds the questions and how they stand in each other, `cells` reads what is written in them, `order` who must
//! be known before whom. An unknown word is a problem, never a yes.

mod cells;
mod choices;
mod rows;

use crate::file::{File, Header, Row, Sheet};
use crate::form::Form;
use crate::near::nearest;
use crate::order;
use std::collections::BTreeSet;
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetName {
    Survey,
    Choices,
    Settings,
}

/// Something wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable and in English, for programs and tests.
    pub code: &'static str,
    pub sheet: SheetName,
    /// As a spreadsheet counts; 1 is the header, and what concerns the whole sheet.
    pub row: usize,
    /// The column as XLSForm calls it; empty where the whole row is meant.
    pub column: String,
    /// The question or choice of the row, if it has a name.
    pub name: String,
    pub say: String,
}

impl SheetName {
    pub fn word(self) -> &'static str {
        match self {
            SheetName::Survey => "survey",
            SheetName::Choices => "choices",
            SheetName::Settings => "settings",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trang {}, dòng {}", self.sheet.word(), self.row)?;
        if !self.name.is_empty() {
            write!(f, " ({})", self.name)?;
        }
        if !self.column.is_empty() {
            write!(f, ", cột {}", self.column)?;
        }
        write!(f, ": {}.", self.say)
    }
}

/// The form, where nothing is wrong with it; and everything that is.
#[derive(Clone, Debug)]
pub struct Reading {
    pub form: Option<Form>,
    pub problems: Vec<Problem>,
}

/// Columns of the specification's sheet `survey`.
pub(crate) const KNOWN: &[&str] = &[
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "appearance",
    "relevant",
    "required",
    "required_message",
    "constraint",
    "constraint_message",
    "calculation",
    "read_only",
    "default",
    "choice_filter",
    "repeat_count",
    "parameters",
    "media",
    "image",
    "big_image",
    "audio",
    "video",
    "autoplay",
    "instance",
    "bind",
    "body",
    "disabled",
    "trigger",
    "save_to",
    "intent",
];

/// Columns that would change what a form does, and that nothing here obeys.
const LEFT_OUT: &[&str] = &["trigger", "save_to", "intent"];

const OF_CHOICES: &[&str] = &["list_name", "name", "label"];
const OF_SETTINGS: &[&str] =
    &["form_title", "form_id", "version", "default_language", "allow_choice_duplicates", "instance_name", "style"];

pub fn read(file: &File) -> Reading {
    let mut notes = Notes(Vec::new());
    notes.headers(SheetName::Survey, &file.survey, KNOWN);
    notes.headers(SheetName::Choices, &file.choices, OF_CHOICES);
    notes.headers(SheetName::Settings, &file.settings, OF_SETTINGS);
    let none = Row::default();
    let settings = file.settings.rows.first().unwrap_or(&none);
    for row in file.settings.rows.iter().skip(1) {
        notes.row(SheetName::Settings, row, "settings-twice", "trang này chỉ có một dòng: bỏ dòng thừa");
    }
    let language = settings.get("default_language");
    let mut lists = choices::read(&file.choices, settings.get("allow_choice_duplicates"), &mut notes);
    let (mut questions, rows) = rows::read(&file.survey, &lists, &mut notes);
    cells::read(file, &rows, language, &mut questions, &mut lists, &mut notes);
    let (order, circles) = order::of(&questions);
    for circle in circles {
        let names: Vec<&str> = circle.iter().map(|place| questions[*place].name.as_str()).collect();
        let mut edges = circle.windows(2).map(|pair| (pair[0], order::why(&questions, pair[0], pair[1])));
        // A question waits for its section too, but that is written in no column.
        let (first, column) = edges.find(|(_, column)| !column.is_empty()).unwrap_or((circle[0], ""));
        let say = format!("các câu hỏi tính vòng quanh nhau: {}", names.join(" → "));
        notes.cell(SheetName::Survey, rows[first], column, "cycle", say);
    }
    let form = notes.0.is_empty().then(|| Form {
        title: settings.get("form_title").to_owned(),
        id: settings.get("form_id").to_owned(),
        version: settings.get("version").to_owned(),
        cells: rows::number(&mut questions),
        questions,
        lists,
        order,
    });
    let place = |problem: &Problem| (problem.sheet as usize, problem.row);
    notes.0.sort_by_key(place);
    Reading { form, problems: notes.0 }
}

/// The problems found so far.
struct Notes(Vec<Problem>);

impl Notes {
    fn cell(&mut self, sheet: SheetName, row: &Row, column: &str, code: &'static str, say: impl Into<String>) {
        let (column, name) = (column.to_owned(), row.get("name").to_owned());
        self.0.push(Problem { code, sheet, row: row.number, column, name, say: say.into() });
    }

    fn row(&mut self, sheet: SheetName, row: &Row, code: &'static str, say: impl Into<String>) {
        self.cell(sheet, row, "", code, say);
    }

    fn sheet(&mut self, sheet: SheetName, column: &str, code: &'static str, say: impl Into<String>) {
        self.cell(sheet, &Row { number: 1, cells: Vec::new() }, column, code, say);
    }

    /// A header that is nearly a known one is a slip: its whole column would be passed over in silence.
    fn headers(&mut self, sheet: SheetName, table: &Sheet, known: &[&str]) {
        let mut seen = BTreeSet::new();
        for column in &table.columns {
            let header = Header::of(column);
            let base = header.base.as_str();
            if !seen.insert((header.base.clone(), header.language.clone())) {
                self.sheet(sheet, column, "header-twice", "cột này có hai lần");
            } else if sheet == SheetName::Survey && LEFT_OUT.contains(&base) {
                let say = "cột này của XLSForm chưa dùng được ở đây: bỏ cột, hoặc để trống";
                let is_filled = table.rows.iter().any(|row| !row.get(base).is_empty());
                if is_filled {
                    self.sheet(sheet, column, "column-left-out", say);
                }
            } else if !known.contains(&base)
                && let Some(near) = nearest(base, known.iter().copied())
            {
                self.sheet(sheet, column, "header-near", format!("không có cột này; có phải là “{near}”?"));
            }
        }
    }
}
