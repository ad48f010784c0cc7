//! A table ready to be placed: every column has its width, the header its one or two rows.

use serde::Serialize;

use super::words::clean;
use crate::face::{break_words, width};
use crate::nd30::{Nd30, PT};
use crate::{Align, Broken, Col, Table, Width};

/// A column by its text takes at most this part of the page; more is broken into lines.
const AUTO_MOST: f64 = 0.4;
/// What a column is never narrowed below by its neighbours, in points: two figures and their air.
const LEAST: f64 = 22.0;

#[derive(Serialize)]
pub struct Grid {
    /// In points.
    pub widths: Vec<f64>,
    pub aligns: Vec<Align>,
    /// One row, or two where columns stand in groups.
    pub header: Vec<Vec<Cell>>,
    /// On each page. A header that fills half a page is not: it would leave no room for its rows.
    pub repeats: bool,
    pub rows: Vec<Line>,
}

/// A cell of the header.
#[derive(Serialize, PartialEq, Debug)]
pub struct Cell {
    pub text: String,
    /// Its first column, from 0.
    pub from: usize,
    /// Columns it spans.
    pub across: usize,
    /// Rows it spans.
    pub down: usize,
}

#[derive(Serialize)]
pub struct Line {
    pub cells: Vec<String>,
    pub bold: bool,
    pub shade: bool,
}

impl Grid {
    /// `room` is the width of the text in points. No columns, no table.
    pub fn of(table: &Table, s: &Nd30, room: f64) -> Result<Option<Self>, Broken> {
        if table.columns.is_empty() {
            return Ok(None);
        }
        let rows: Vec<Line> = table
            .rows
            .iter()
            .map(|row| {
                let mut cells: Vec<String> =
                    row.cells.iter().take(table.columns.len()).map(|cell| clean(cell).trim().to_owned()).collect();
                cells.resize(table.columns.len(), String::new());
                Line { cells, bold: row.bold, shade: row.shade }
            })
            .collect();
        let widths = widths(&table.columns, &rows, s, room)?;
        let header = header(&table.columns);
        Ok(Some(Self {
            repeats: repeats(&header, s, &widths)?,
            aligns: table.columns.iter().map(|col| col.align).collect(),
            widths,
            header,
            rows,
        }))
    }
}

impl Grid {
    /// Makes words that are wider than their column breakable, for a writer that does not do so itself.
    pub fn break_words(&mut self, s: &Nd30) -> Result<(), Broken> {
        // A point less than the room: rounding must not let a letter hang over.
        let room = |width: f64| (width - 2.0 * s.cell_side - 1.0) / PT;
        let rooms: Vec<f64> = self.widths.iter().map(|width| room(*width)).collect();
        for row in &mut self.rows {
            for (cell, room) in row.cells.iter_mut().zip(&rooms) {
                break_words(cell, row.bold, s.table, *room)?;
            }
        }
        for cell in self.header.iter_mut().flatten() {
            let spanned = self.widths.iter().skip(cell.from).take(cell.across).sum();
            break_words(&mut cell.text, true, s.table, room(spanned))?;
        }
        Ok(())
    }
}

/// Neighbours of one group stand under one cell; a column without a group goes down both rows.
fn header(columns: &[Col]) -> Vec<Vec<Cell>> {
    let cell = |text: &str, from, down| Cell { text: clean(text).trim().to_owned(), from, across: 1, down };
    if columns.iter().all(|col| col.group.is_none()) {
        return vec![columns.iter().zip(0..).map(|(col, from)| cell(&col.title, from, 1)).collect()];
    }
    let (mut upper, mut lower): (Vec<Cell>, Vec<Cell>) = (Vec::new(), Vec::new());
    let mut open: Option<&str> = None;
    for (col, from) in columns.iter().zip(0..) {
        match (&col.group, upper.last_mut()) {
            (Some(group), Some(cell)) if open == Some(group.as_str()) => cell.across += 1,
            (Some(group), _) => upper.push(cell(group, from, 1)),
            (None, _) => upper.push(cell(&col.title, from, 2)),
        }
        if col.group.is_some() {
            lower.push(cell(&col.title, from, 1));
        }
        open = col.group.as_deref();
    }
    vec![upper, lower]
}

/// By the area that the longest title needs in its column, a third more for what the ends of lines waste.
fn repeats(header: &[Vec<Cell>], s: &Nd30, widths: &[f64]) -> Result<bool, Broken> {
    const MOST: f64 = 20.0; // lines of 12 pt, about 100 mm
    for cell in header.iter().flatten() {
        let spanned: f64 = widths.iter().skip(cell.from).take(cell.across).sum();
        let room = (spanned - 2.0 * s.cell_side).max(1.0);
        if width(&cell.text, true, s.table)? * PT / room * 1.33 > MOST {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Widths in points, together no more than `room`.
fn widths(columns: &[Col], rows: &[Line], s: &Nd30, room: f64) -> Result<Vec<f64>, Broken> {
    let mut widths = Vec::with_capacity(columns.len());
    let mut shares = 0.0;
    for (place, col) in columns.iter().enumerate() {
        widths.push(match col.width {
            Width::Mm(mm) => f64::from(mm) * PT,
            Width::Share(parts) => {
                shares += f64::from(parts.max(1));
                0.0
            }
            Width::Auto => natural(place, col, rows, s)?.min(room * AUTO_MOST),
        });
    }
    let sharing = columns.iter().filter(|col| matches!(col.width, Width::Share(_))).count() as f64;
    let fixed: f64 = widths.iter().sum();
    let allowed = (room - sharing * LEAST * 2.0).max(room * 0.2);
    if fixed > allowed {
        widths.iter_mut().for_each(|width| *width *= allowed / fixed);
    }
    let left = (room - widths.iter().sum::<f64>()).max(0.0);
    spread(columns, &mut widths, left, shares);
    Ok(widths)
}

/// Gives what is left to the columns with shares, else to those by their text: a table fills the line.
fn spread(columns: &[Col], widths: &mut [f64], left: f64, shares: f64) {
    let by_text: f64 = columns.iter().zip(&*widths).filter(|(col, _)| col.width == Width::Auto).map(|(_, w)| w).sum();
    for (col, width) in columns.iter().zip(widths) {
        match col.width {
            Width::Share(parts) => *width = left * f64::from(parts.max(1)) / shares,
            Width::Auto if shares == 0.0 && by_text > 0.0 => *width += left * *width / by_text,
            _ => {}
        }
    }
}

/// The width of the longest text of a column; of its title only the longest word, since titles break well.
fn natural(place: usize, col: &Col, rows: &[Line], s: &Nd30) -> Result<f64, Broken> {
    let mut widest = LEAST;
    for word in clean(&col.title).split_whitespace() {
        widest = widest.max(width(word, true, s.table)? * PT);
    }
    for row in rows {
        for line in row.cells.get(place).into_iter().flat_map(|cell| cell.lines()) {
            widest = widest.max(width(line, row.bold, s.table)? * PT);
        }
    }
    // One point more than the sum: rounding must not break a text that just fits.
    Ok(widest + 2.0 * s.cell_side + 1.0)
}

#[cfg(test)]
mod tests;
