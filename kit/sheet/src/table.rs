//! What is written: a table with a title, notes, columns, rows and totals.

use base::{Date, Decimal, Timestamp};
use jiff::civil::DateTime;

/// One cell, of a table to write or of a sheet that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// Exactly as many digits as a person sees; integers too.
    Number(Decimal),
    Date(Date),
    /// Local time in Việt Nam.
    Moment(DateTime),
    Bool(bool),
    /// A formula that failed, as the spreadsheet shows it: "#DIV/0!". Only read, never made.
    Error(String),
}

impl Cell {
    /// Nothing in it, or only spaces.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

macro_rules! cell_from {
    ($($from:ty => |$value:ident| $cell:expr),* $(,)?) => {$(
        impl From<$from> for Cell {
            fn from($value: $from) -> Self { $cell }
        }
    )*};
}

cell_from! {
    Decimal => |number| Cell::Number(number),
    i64 => |number| Cell::Number(number.into()),
    u64 => |number| Cell::Number(number.into()),
    i32 => |number| Cell::Number(number.into()),
    u32 => |number| Cell::Number(number.into()),
    usize => |number| Cell::Number(number.into()),
    Date => |day| Cell::Date(day),
    DateTime => |moment| Cell::Moment(moment),
    bool => |yes| Cell::Bool(yes),
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// How the cells of a column are shown and edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Codes, names, sentences. Edited as text, so that the code 1.10 does not become the number 1.1.
    Text,
    /// Decimals shown with so many digits; `None` as they are.
    Number(Option<u32>),
    Date,
    Moment,
    /// Written as the words Có and Không.
    YesNo,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    /// In characters.
    pub width: u16,
    /// The only values allowed, offered as a list; empty for any.
    pub choices: Vec<String>,
    /// What to write here; shown when the cell is chosen.
    pub hint: String,
}

impl Column {
    fn new(name: &str, kind: Kind, width: u16) -> Self {
        Self { name: name.into(), kind, width, choices: Vec::new(), hint: String::new() }
    }

    pub fn text(name: &str, width: u16) -> Self {
        Self::new(name, Kind::Text, width)
    }

    /// Shown with so many digits after the comma.
    pub fn number(name: &str, digits: u32) -> Self {
        Self::new(name, Kind::Number(Some(digits)), 12)
    }

    /// Shown with the digits it has.
    pub fn exact(name: &str) -> Self {
        Self::new(name, Kind::Number(None), 12)
    }

    pub fn date(name: &str) -> Self {
        Self::new(name, Kind::Date, 12)
    }

    pub fn moment(name: &str) -> Self {
        Self::new(name, Kind::Moment, 17)
    }

    pub fn yes_no(name: &str) -> Self {
        Self::new(name, Kind::YesNo, 9)
    }

    pub fn width(mut self, characters: u16) -> Self {
        self.width = characters;
        self
    }

    pub fn choices<S: Into<String>>(mut self, choices: impl IntoIterator<Item = S>) -> Self {
        self.choices = choices.into_iter().map(Into::into).collect();
        self
    }

    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A table as it stands on paper: title, what it was filtered by and when, header, rows, totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub title: String,
    /// Lines under the title: filters used, unit, period, time of export.
    pub notes: Vec<String>,
    pub columns: Vec<Column>,
    /// Each with one cell per column.
    pub rows: Vec<Vec<Cell>>,
    pub totals: Option<Vec<Cell>>,
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, ..Self::default() }
    }

    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The moment of its making, among the notes.
    pub fn made_at(self, now: Timestamp) -> Self {
        self.note(format!("Xuất lúc {}.", base::day::vi_moment(now)))
    }

    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }
}
