//! Cells as they arrive, put into rows as long as the limits allow.

use std::collections::HashMap;

use base::Refusal;

use crate::book::Notation;
use crate::{Cell, Limits, Sheet, words};

/// The cells of a file that is being read. One budget for all its sheets.
pub(super) struct Cells<'a> {
    limits: &'a Limits,
    left: usize,
}

impl<'a> Cells<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, left: limits.cells }
    }

    pub(super) fn sheet(&self, name: &str) -> Filling {
        Filling { name: name.into(), rows: Vec::new(), covered: HashMap::new() }
    }

    /// Puts a cell in its place. An empty one takes none, so that trailing blanks do not count.
    pub(super) fn put(&mut self, sheet: &mut Filling, row: usize, column: usize, cell: Cell) -> Result<(), Refusal> {
        if cell == Cell::Empty || matches!(&cell, Cell::Text(text) if text.is_empty()) {
            return Ok(());
        }
        if row >= self.limits.rows {
            return Err(words::too_many_rows(&sheet.name, self.limits.rows));
        }
        if column >= self.limits.columns {
            return Err(words::too_many_columns(&sheet.name, self.limits.columns));
        }
        if sheet.rows.len() <= row {
            sheet.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut sheet.rows[row];
        if cells.len() <= column {
            let more = column + 1 - cells.len();
            self.left = self.left.checked_sub(more).ok_or_else(|| words::too_many_cells(self.limits.cells))?;
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }

    /// Notes a merged range, as far as it lies over cells that are there.
    pub(super) fn merge(
        &mut self,
        sheet: &mut Filling,
        first: (usize, usize),
        last: (usize, usize),
    ) -> Result<(), Refusal> {
        let last = (last.0.min(sheet.rows.len().saturating_sub(1)), last.1.min(self.limits.columns.saturating_sub(1)));
        for row in first.0..=last.0 {
            for column in first.1..=last.1 {
                self.left = self.left.checked_sub(1).ok_or_else(|| words::too_many_cells(self.limits.cells))?;
                sheet.covered.insert((row, column), first);
            }
        }
        Ok(())
    }
}

/// A sheet that is being filled.
pub(super) struct Filling {
    name: String,
    rows: Vec<Vec<Cell>>,
    covered: HashMap<(usize, usize), (usize, usize)>,
}

impl Filling {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn done(self, hidden: bool) -> Sheet {
        Sheet {
            name: self.name,
            hidden,
            rows: self.rows,
            covered: self.covered,
            notation: Notation::Page,
            alone: false,
        }
    }

    pub(super) fn done_alone(self, notation: Notation) -> Sheet {
        Sheet { notation, alone: true, ..self.done(false) }
    }
}
