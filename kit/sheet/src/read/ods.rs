//! ODS: the `content.xml` of an OpenDocument spreadsheet, as LibreOffice, Excel and Google write it.
//!
//! Read here and not by calamine, which unrolls `number-rows-repeated` before any limit can stop it.

use std::collections::HashSet;

use base::Refusal;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::grid::{Cells, Filling};
use crate::{Cell, Sheet, shown, words};

pub(super) fn read(content: &str, file: &str, cells: Cells<'_>) -> Result<Vec<Sheet>, Refusal> {
    let mut xml = Reader::from_str(content);
    xml.config_mut().expand_empty_elements = true;
    let mut ods = Ods { cells, hidden_styles: HashSet::new(), style: String::new(), table: None, sheets: Vec::new() };
    loop {
        match xml.read_event().map_err(|_| words::broken(file))? {
            Event::Start(start)
                if SKIPPED.contains(&start.name().as_ref()) || start.name().as_ref().starts_with("draw:") =>
            {
                let end = start.to_end().into_owned();
                xml.read_to_end(end.name()).map_err(|_| words::broken(file))?;
            }
            Event::Start(start) => ods.start(&start)?,
            Event::End(end) => ods.end(end.name().as_ref())?,
            Event::Text(text) => ods.text(&text.xml10_content()),
            Event::CData(text) => ods.text(&text.xml10_content()),
            Event::GeneralRef(reference) => ods.text(&resolve(&reference)),
            Event::Eof => return Ok(ods.sheets),
            _ => {}
        }
    }
}

/// Comments, undone changes, and drawings are not cells though they hold paragraphs.
const SKIPPED: [&str; 3] = ["office:annotation", "table:tracked-changes", "table:shapes"];

struct Ods<'a> {
    cells: Cells<'a>,
    hidden_styles: HashSet<String>,
    style: String,
    table: Option<Table>,
    sheets: Vec<Sheet>,
}

struct Table {
    sheet: Filling,
    hidden: bool,
    row: usize,
    row_repeat: usize,
    column: usize,
    /// The cells of the row at hand, with their columns and how often each repeats.
    line: Vec<(usize, usize, Cell)>,
    merges: Vec<((usize, usize), (usize, usize))>,
    open: Option<OpenCell>,
}

#[derive(Default)]
struct OpenCell {
    kind: String,
    value: String,
    string: Option<String>,
    formula: bool,
    error: bool,
    repeat: usize,
    span: (usize, usize),
    paragraphs: usize,
    in_paragraph: bool,
    text: String,
}

impl Ods<'_> {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        match (start.name().as_ref(), &mut self.table) {
            ("style:style", _) => self.style = attribute(start, "style:name").unwrap_or_default(),
            ("style:table-properties", _) if attribute(start, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            ("table:table", None) => self.table = Some(self.open_table(start)),
            ("table:table-row", Some(table)) => {
                table.row_repeat = repeat(start, "table:number-rows-repeated");
                table.column = 0;
                table.line.clear();
            }
            ("table:table-cell" | "table:covered-table-cell", Some(table)) => table.open = Some(OpenCell::new(start)),
            ("text:p" | "text:h", Some(Table { open: Some(cell), .. })) => {
                if cell.paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
                cell.in_paragraph = true;
            }
            ("text:s", Some(Table { open: Some(cell), .. })) => {
                cell.text.extend(std::iter::repeat_n(' ', repeat(start, "text:c").min(SPACES)))
            }
            ("text:tab", Some(Table { open: Some(cell), .. })) => cell.text.push('\t'),
            ("text:line-break", Some(Table { open: Some(cell), .. })) => cell.text.push('\n'),
            _ => {}
        }
        Ok(())
    }

    fn open_table(&self, start: &BytesStart<'_>) -> Table {
        let style = attribute(start, "table:style-name").unwrap_or_default();
        Table {
            sheet: self.cells.sheet(&attribute(start, "table:name").unwrap_or_default()),
            hidden: self.hidden_styles.contains(&style),
            row: 0,
            row_repeat: 1,
            column: 0,
            line: Vec::new(),
            merges: Vec::new(),
            open: None,
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        let Some(table) = &mut self.table else { return Ok(()) };
        match name {
            "text:p" | "text:h" => {
                if let Some(cell) = &mut table.open {
                    cell.in_paragraph = false;
                }
            }
            "table:table-cell" | "table:covered-table-cell" => table.close_cell(),
            "table:table-row" => table.close_row(&mut self.cells)?,
            "table:table" => {
                let Some(mut table) = self.table.take() else { return Ok(()) };
                for (first, last) in table.merges {
                    self.cells.merge(&mut table.sheet, first, last)?;
                }
                self.sheets.push(table.sheet.done(table.hidden));
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(Table { open: Some(cell), .. }) = &mut self.table
            && cell.in_paragraph
        {
            cell.text.push_str(text);
        }
    }
}

/// More spaces in one run than a cell of text can hold.
const SPACES: usize = 32_767;

impl Table {
    fn close_cell(&mut self) {
        let Some(open) = self.open.take() else { return };
        let (repeat, span) = (open.repeat, open.span);
        if span != (1, 1) {
            let last = (self.row.saturating_add(span.0 - 1), self.column.saturating_add(span.1 - 1));
            self.merges.push(((self.row, self.column), last));
        }
        let cell = open.cell();
        if cell != Cell::Empty {
            self.line.push((self.column, repeat, cell));
        }
        self.column = self.column.saturating_add(repeat);
    }

    fn close_row(&mut self, cells: &mut Cells<'_>) -> Result<(), Refusal> {
        let repeat = if self.line.is_empty() { 0 } else { self.row_repeat };
        for row in self.row..self.row.saturating_add(repeat) {
            for (first, times, cell) in &self.line {
                for column in *first..first.saturating_add(*times) {
                    cells.put(&mut self.sheet, row, column, cell.clone())?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeat);
        Ok(())
    }
}

impl OpenCell {
    fn new(start: &BytesStart<'_>) -> Self {
        let value = ["office:value", "office:date-value", "office:boolean-value"]
            .iter()
            .find_map(|name| attribute(start, name));
        Self {
            kind: attribute(start, "office:value-type").unwrap_or_default(),
            value: value.unwrap_or_default(),
            string: attribute(start, "office:string-value"),
            formula: attribute(start, "table:formula").is_some(),
            error: attribute(start, "calcext:value-type").as_deref() == Some("error"),
            repeat: repeat(start, "table:number-columns-repeated"),
            span: (repeat(start, "table:number-rows-spanned"), repeat(start, "table:number-columns-spanned")),
            ..Self::default()
        }
    }

    fn cell(self) -> Cell {
        if self.error || (self.formula && (self.text.starts_with('#') || self.text.starts_with("Err:"))) {
            return Cell::Error(self.text);
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => {
                self.value.parse().ok().and_then(shown).map_or_else(|| Cell::from(self.text), Cell::Number)
            }
            "boolean" => Cell::Bool(self.value == "true"),
            "date" => super::iso(&self.value),
            "string" => self.string.filter(|text| !text.is_empty()).unwrap_or(self.text).into(),
            _ => self.text.into(),
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Into::into)
}

/// A count in an attribute, at least 1.
fn repeat(start: &BytesStart<'_>, name: &str) -> usize {
    attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// Only XML's own five entities and numbered characters: a document cannot bring entities of its own.
fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.into();
    }
    match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .into()
}
