//! A form as it is understood: questions and sections in the order of the sheet, each expression read.
//!
//! The list is flat. A section's members follow it up to its `end`; a question's `chain` names the repeats around it.

use crate::expr::Expr;
use std::ops::Range;

#[derive(Clone, Debug)]
pub struct Form {
    pub title: String,
    pub id: String,
    pub version: String,
    pub questions: Vec<Question>,
    pub lists: Vec<List>,
    /// Places in an order in which whatever a question looks at comes before it.
    pub(crate) order: Vec<usize>,
    /// How many cells stand outside every repeat.
    pub(crate) cells: usize,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub name: String,
    pub kind: Kind,
    pub label: Words,
    pub hint: Words,
    pub guidance: Words,
    pub appearance: String,
    pub relevant: Option<Expr>,
    pub required: When,
    pub required_message: Words,
    pub constraint: Option<Expr>,
    pub constraint_message: Words,
    pub calculation: Option<Expr>,
    pub read_only: When,
    pub default: Default,
    pub choice_filter: Option<Expr>,
    pub repeat_count: Option<Expr>,
    /// The section it stands in.
    pub parent: Option<usize>,
    /// The place after its last member; the next place for a question.
    pub end: usize,
    /// The repeats around it, the outermost first; not itself.
    pub chain: Vec<usize>,
    /// Its row in the sheet `survey`.
    pub row: usize,
    /// Its cell among those of its row of the innermost repeat.
    pub(crate) slot: usize,
    /// Of a repeat: how many cells each of its rows has.
    pub(crate) cells: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Decimal,
    Date,
    Time,
    DateTime,
    /// One choice of a list.
    One(usize),
    /// Any choices of a list.
    Many(usize),
    File,
    /// "OK", or nothing.
    Acknowledge,
    Note,
    /// Counted, never shown.
    Calculate,
    /// Kept, never shown.
    Hidden,
    Group,
    Repeat,
}

impl Kind {
    pub fn is_section(self) -> bool {
        matches!(self, Kind::Group | Kind::Repeat)
    }

    /// Whether a page shows it.
    pub fn is_shown(self) -> bool {
        !matches!(self, Kind::Calculate | Kind::Hidden)
    }

    pub fn list(self) -> Option<usize> {
        match self {
            Kind::One(list) | Kind::Many(list) => Some(list),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub enum When {
    Never,
    Always,
    If(Expr),
}

/// What stands in a box before anybody wrote in it.
#[derive(Clone, Debug)]
pub enum Default {
    Nothing,
    Text(String),
    Counted(Expr),
}

#[derive(Clone, Debug)]
pub struct List {
    pub name: String,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub name: String,
    pub label: Words,
    /// Its row under all headers of the sheet, for a choice_filter.
    pub(crate) cells: Vec<String>,
}

/// A sentence with answers in it: "Tổng: ${tong} lít".
#[derive(Clone, Debug, std::default::Default, PartialEq, Eq)]
pub struct Words(pub Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Ref(usize),
}

impl Words {
    /// The sentence before anything is answered: without the answers in it.
    pub fn bare(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Ref(_) => String::new(),
        };
        self.0.iter().map(text).collect::<String>().trim().to_owned()
    }
}

impl Form {
    /// The places in a section, or of the whole form, not those in the sections below.
    pub fn members(&self, section: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let Range { start, end } = section.map_or(0..self.questions.len(), |at| at + 1..self.questions[at].end);
        let within = move |at: &usize| *at < end;
        std::iter::successors(Some(start).filter(within), move |at| Some(self.questions[*at].end).filter(within))
    }

    /// `nguoi.ho_ten`: the names from the outside in.
    pub fn path(&self, place: usize) -> String {
        let question = &self.questions[place];
        match question.parent {
            Some(parent) => format!("{}.{}", self.path(parent), question.name),
            None => question.name.clone(),
        }
    }
}
