//! Expressions of XLSForm: what stands in relevant, constraint, calculation and their like.
//!
//! `lex` → `parse` (with `functions`, the closed list) → `Expr` → `eval`. An expression knows questions by their places
//! in the form; what they answer, and what day it is, it asks a `World`.

pub(crate) mod eval;
pub(crate) mod functions;
mod lex;
pub(crate) mod parse;

use crate::number::Number;
use crate::value::Comparison;
use functions::Function;
use regex::Regex;

#[derive(Clone, Debug)]
pub enum Expr {
    Text(String),
    Number(Number),
    /// `.`
    Own,
    /// `..`, `../..`: only to ask the position of a row.
    Up(usize),
    /// `${name}`
    Ref(usize),
    /// `${name}` of a repeat: only to count its rows, or to say which of them.
    Repeat(usize),
    /// A column of the choices, in a choice_filter.
    Column(usize),
    Minus(Box<Expr>),
    Binary(Op, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// `regex(text, 'pattern')`; the pattern is written in the form and made ready once.
    Matches(Box<Expr>, Regex),
    /// What could not be read; never in a form that was.
    Unread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Or,
    And,
    Compare(Comparison),
    Plus,
    Minus,
    Times,
    Div,
    Mod,
}

impl Expr {
    /// Calls `seen` with the place of every question that is referred to, and with `own` where `.` stands.
    pub fn refers(&self, own: usize, seen: &mut impl FnMut(usize)) {
        match self {
            Expr::Ref(place) | Expr::Repeat(place) => seen(*place),
            Expr::Own => seen(own),
            Expr::Minus(inner) | Expr::Matches(inner, _) => inner.refers(own, seen),
            Expr::Binary(_, left, right) => {
                left.refers(own, seen);
                right.refers(own, seen);
            }
            Expr::Call(_, arguments) => arguments.iter().for_each(|argument| argument.refers(own, seen)),
            Expr::Text(_) | Expr::Number(_) | Expr::Up(_) | Expr::Column(_) | Expr::Unread => {}
        }
    }
}
