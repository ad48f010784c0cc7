//! What was read: sheets of cells, each of which knows where it stands, so that an error can say so.

use std::collections::{BTreeMap, HashMap};

use base::{Date, Decimal, Refusal, day, number, text};

use crate::{Cell, words};

/// How numbers are written in the text cells of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// As on a page: comma for decimals. Spreadsheets, and CSV parted by semicolons or tabs.
    Page,
    /// As in a file: dot for decimals. CSV parted by commas.
    File,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Book {
    pub sheets: Vec<Sheet>,
    /// What our own template carried in its hidden sheet: template, version, row keys.
    pub meta: BTreeMap<String, String>,
}

/// The name of the hidden sheet of keys and values.
pub const META: &str = "_meta";

impl Book {
    pub(crate) fn new(sheets: Vec<Sheet>) -> Self {
        let meta = sheets.iter().find(|sheet| sheet.name == META).map(Sheet::pairs).unwrap_or_default();
        Self { sheets, meta }
    }

    /// The sheet of this name; case, marks and spaces do not matter.
    pub fn find(&self, name: &str) -> Option<&Sheet> {
        let name = text::fold(name);
        self.sheets.iter().find(|sheet| text::fold(&sheet.name) == name)
    }

    /// The sheet of this name, or the sentence that it is missing.
    pub fn sheet(&self, name: &str) -> Result<&Sheet, Refusal> {
        self.find(name).ok_or_else(|| words::no_sheet(name))
    }

    /// The sheets that a person sees.
    pub fn visible(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets.iter().filter(|sheet| !sheet.hidden)
    }
}

/// One sheet. Rows and columns count from 0 here and from 1 and A in addresses; trailing blank cells and rows are
/// not there.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    pub rows: Vec<Vec<Cell>>,
    /// A cell covered by a merged range, and the first cell of that range.
    pub(crate) covered: HashMap<(usize, usize), (usize, usize)>,
    pub(crate) notation: Notation,
    /// The only sheet of its file (CSV): addresses leave its name out.
    pub(crate) alone: bool,
}

static EMPTY: Cell = Cell::Empty;

impl Sheet {
    /// A sheet of one cell, as if somebody had typed this into it: for a box of a form that is read like a cell.
    pub fn of_text(typed: &str) -> Sheet {
        let rows = vec![vec![Cell::from(typed)]];
        Sheet {
            name: String::new(),
            hidden: false,
            rows,
            covered: HashMap::new(),
            notation: Notation::Page,
            alone: true,
        }
    }

    /// The cell at a row and a column. A text merged over several cells is read in each of them (a group's name beside
    /// its rows); a number only in the first, or a sum would count it twice.
    pub fn at(&self, row: usize, column: usize) -> At<'_> {
        let mut cell = self.raw(row, column);
        if *cell == Cell::Empty
            && let Some(&(first_row, first_column)) = self.covered.get(&(row, column))
            && let whole @ Cell::Text(_) = self.raw(first_row, first_column)
        {
            cell = whole;
        }
        At { sheet: self, row, column, cell }
    }

    fn raw(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&EMPTY)
    }

    /// "Tiêu chí!D12", or "D12" in a file of one nameless sheet.
    pub fn address(&self, row: usize, column: usize) -> String {
        let cell = address(row, column);
        if self.alone { cell } else { format!("{}!{cell}", self.name) }
    }

    /// The table in this sheet: its header is the first row, among the first thirty, with all these names in any order.
    pub fn grid<'a>(&'a self, required: &[&str]) -> Result<Grid<'a>, Refusal> {
        let mut best: Option<(usize, Vec<&str>)> = None;
        for row in 0..self.rows.len().min(HEADER_WITHIN) {
            let names = self.header_names(row);
            let missing: Vec<&str> =
                required.iter().copied().filter(|name| !names.contains(&fold_name(name))).collect();
            if missing.is_empty() {
                return self.grid_under(row, names);
            }
            if missing.len() < best.as_ref().map_or(required.len(), |(_, missing)| missing.len()) {
                best = Some((row, missing));
            }
        }
        Err(match best {
            Some((row, missing)) => words::no_columns(&self.name, &missing).at(self.address(row, 0)),
            None => words::no_header(&self.name, required).at(self.address(0, 0)),
        })
    }

    fn header_names(&self, row: usize) -> Vec<String> {
        let width = self.rows.get(row).map_or(0, Vec::len);
        let name = |column| match self.raw(row, column) {
            Cell::Text(name) => fold_name(name),
            _ => String::new(),
        };
        (0..width).map(name).collect()
    }

    fn grid_under(&self, header: usize, names: Vec<String>) -> Result<Grid<'_>, Refusal> {
        let mut columns = HashMap::new();
        for (column, name) in names.into_iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if let Some(&first) = columns.get(&name) {
                let Cell::Text(shown) = self.raw(header, column) else { continue };
                let no = words::column_twice(&self.name, shown.trim(), [&column_name(first), &column_name(column)]);
                return Err(no.at(self.address(header, column)));
            }
            columns.insert(name, column);
        }
        Ok(Grid { sheet: self, header, columns })
    }

    fn pairs(&self) -> BTreeMap<String, String> {
        let pair = |row| {
            let key = self.at(row, 0).text().ok()??;
            Some((key, self.at(row, 1).text().ok()?.unwrap_or_default()))
        };
        (0..self.rows.len()).filter_map(pair).collect()
    }
}

const HEADER_WITHIN: usize = 30;

/// Header names are compared folded, without the star that marks required columns.
fn fold_name(name: &str) -> String {
    text::fold(name.trim().trim_end_matches('*'))
}

/// A table found in a sheet by the names of its columns.
#[derive(Clone, Debug)]
pub struct Grid<'a> {
    sheet: &'a Sheet,
    header: usize,
    columns: HashMap<String, usize>,
}

impl<'a> Grid<'a> {
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(&fold_name(column))
    }

    /// The rows under the header, blank ones left out.
    pub fn lines(&self) -> impl Iterator<Item = Line<'a, '_>> {
        let filled = |row: &usize| self.sheet.rows[*row].iter().any(|cell| !cell.is_blank());
        (self.header + 1..self.sheet.rows.len()).filter(filled).map(move |row| Line { grid: self, row })
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a, 'g> {
    grid: &'g Grid<'a>,
    row: usize,
}

impl<'a> Line<'a, '_> {
    /// As a person counts, from 1.
    pub fn number(&self) -> usize {
        self.row + 1
    }

    /// The cell under a column; an empty one where the table lacks the column.
    pub fn at(&self, column: &str) -> At<'a> {
        match self.grid.columns.get(&fold_name(column)) {
            Some(&column) => self.grid.sheet.at(self.row, column),
            None => At { sheet: self.grid.sheet, row: self.row, column: 0, cell: &EMPTY },
        }
    }
}

/// A cell in its place. Every reading says `None` for a blank cell, and refuses at the cell's address.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    sheet: &'a Sheet,
    row: usize,
    column: usize,
    pub cell: &'a Cell,
}

impl At<'_> {
    pub fn address(&self) -> String {
        self.sheet.address(self.row, self.column)
    }

    /// A refusal that speaks of this cell.
    pub fn refuse(&self, no: Refusal) -> Refusal {
        no.at(self.address())
    }

    pub fn is_blank(&self) -> bool {
        self.cell.is_blank()
    }

    /// What a person sees in it, composed (NFC) and trimmed. A number as in a file: a code 1.1 that the
    /// spreadsheet took for a number is "1.1" again.
    pub fn text(&self) -> Result<Option<String>, Refusal> {
        match self.cell {
            Cell::Error(shown) => Err(self.refuse(words::cell_error(shown))),
            cell => Ok(Some(seen(cell)).filter(|text| !text.is_empty())),
        }
    }

    pub fn decimal(&self) -> Result<Option<Decimal>, Refusal> {
        match self.cell {
            cell if cell.is_blank() => Ok(None),
            Cell::Number(number) => Ok(Some(*number)),
            Cell::Text(text) => self.read_number(text.trim()).map(Some).map_err(|no| self.refuse(no)),
            Cell::Error(shown) => Err(self.refuse(words::cell_error(shown))),
            other => Err(self.refuse(words::cell_not_number(&seen(other)))),
        }
    }

    fn read_number(&self, text: &str) -> Result<Decimal, Refusal> {
        match self.sheet.notation {
            Notation::Page => number::read_vi(text),
            Notation::File => number::read_file(text),
        }
    }

    /// A whole number that is not negative.
    pub fn count(&self) -> Result<Option<u64>, Refusal> {
        let Some(number) = self.decimal()? else { return Ok(None) };
        number::read_count(&number::vi(&number)).map(Some).map_err(|no| self.refuse(no))
    }

    /// A day; `today` is what "hn" means and places years of two digits.
    pub fn date(&self, today: Date) -> Result<Option<Date>, Refusal> {
        match self.cell {
            cell if cell.is_blank() => Ok(None),
            Cell::Date(day) => Ok(Some(*day)),
            Cell::Moment(moment) => Ok(Some(moment.date())),
            Cell::Text(text) => day::read_vi(text, today).map(Some).map_err(|no| self.refuse(no)),
            Cell::Error(shown) => Err(self.refuse(words::cell_error(shown))),
            other => Err(self.refuse(words::cell_not_date(&seen(other)))),
        }
    }

    /// Có, x, đúng, true, 1; or Không, sai, false, 0.
    pub fn yes_no(&self) -> Result<Option<bool>, Refusal> {
        let Some(text) = self.text()? else { return Ok(None) };
        match text::fold(&text).as_str() {
            "co" | "x" | "dung" | "true" | "yes" | "1" | "✓" => Ok(Some(true)),
            "khong" | "sai" | "false" | "no" | "0" => Ok(Some(false)),
            _ => Err(self.refuse(words::cell_not_yes_no(&text))),
        }
    }
}

/// The words in a cell.
fn seen(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(seen) => text::nfc(&seen.replace("\r\n", "\n")).trim().into(),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Date(date) => day::vi(*date),
        Cell::Moment(moment) => format!("{} {:02}:{:02}", day::vi(moment.date()), moment.hour(), moment.minute()),
        Cell::Bool(yes) => if *yes { "Có" } else { "Không" }.into(),
        Cell::Error(shown) => shown.clone(),
    }
}

/// "C12" for row 11, column 2.
pub fn address(row: usize, column: usize) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// "A" for 0, "AA" for 26.
pub fn column_name(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            return letters.iter().rev().collect();
        }
        column = column / 26 - 1;
    }
}

#[cfg(test)]
mod tests;
