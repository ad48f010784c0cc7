//! Writing XLSX: a table as it is printed, and a template as it is filled in.
//!
//! ```text
//! Hướng dẫn     what to write where                      (if there is a guide)
//! Tiêu chí      title, notes, header, rows, totals       (one per table)
//! _lists        the choices offered in cells             hidden
//! _meta         key | value: template, version, row keys hidden
//! ```
//!
//! Text is always written as a string, never as a formula, whatever it begins with.

mod paint;

use base::{Refusal, text};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, IgnoreError, Workbook, Worksheet, XlsxError};

use crate::book::{META, address, column_name};
use crate::{Cell, Column, Kind, Table, words};
pub(crate) use paint::{Paint, put};

const LISTS: &str = "_lists";
const ROWS: usize = 1_048_576;
const CHARACTERS: usize = 32_767;

/// A file to write.
#[derive(Clone, Debug, Default)]
pub struct BookOut {
    /// Lines of the sheet "Hướng dẫn"; one that begins with "# " is a heading. Empty: no such sheet.
    pub guide: Vec<String>,
    pub sheets: Vec<SheetOut>,
    /// Keys and values of the hidden sheet, read back as `Book::meta`.
    pub meta: Vec<(String, String)>,
}

/// One table of a file.
#[derive(Clone, Debug)]
pub struct SheetOut {
    pub name: String,
    pub table: Table,
    /// Empty rows under the table made ready to fill in, with their lists; 0 for a table to read.
    pub spare_rows: usize,
}

impl SheetOut {
    pub fn new(name: impl Into<String>, table: Table) -> Self {
        Self { name: name.into(), table, spare_rows: 0 }
    }

    pub fn spare_rows(mut self, rows: usize) -> Self {
        self.spare_rows = rows;
        self
    }
}

/// One table as a file.
pub fn write_table(name: &str, table: Table) -> Result<Vec<u8>, Refusal> {
    write(&BookOut { sheets: vec![SheetOut::new(name, table)], ..BookOut::default() })
}

/// The file, as bytes.
///
/// Refuses what a spreadsheet cannot hold: a text over 32,767 characters, a table over 1,048,576 rows.
pub fn write(book: &BookOut) -> Result<Vec<u8>, Refusal> {
    for sheet in &book.sheets {
        fits(sheet)?;
    }
    draw(book).map_err(words::not_written)
}

fn fits(sheet: &SheetOut) -> Result<(), Refusal> {
    let top = Layout::of(sheet).first;
    if top + sheet.table.rows.len() + sheet.spare_rows + 1 > ROWS {
        return Err(words::table_too_long(&sheet.name));
    }
    for (row, cells) in sheet.table.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            if matches!(cell, Cell::Text(text) if text.encode_utf16().count() > CHARACTERS) {
                return Err(words::cell_too_long(&format!("{}!{}", sheet.name, address(top + row, column))));
            }
        }
    }
    Ok(())
}

fn draw(book: &BookOut) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    let paint = Paint::new();
    let mut names = Names::default();
    let mut lists = Lists::default();
    if !book.guide.is_empty() {
        let name = names.take("Hướng dẫn");
        draw_guide(file.add_worksheet().set_name(name)?, &book.guide, &paint)?;
    }
    for sheet in &book.sheets {
        let name = names.take(&sheet.name);
        draw_sheet(file.add_worksheet().set_name(name)?, sheet, &paint, &mut lists)?;
    }
    lists.draw(&mut file, &paint)?;
    if !book.meta.is_empty() {
        let sheet = file.add_worksheet().set_name(META)?.set_hidden(true);
        for (row, (key, value)) in (0u32..).zip(&book.meta) {
            sheet.write_string_with_format(row, 0, key, &paint.text)?.write_string_with_format(
                row,
                1,
                value,
                &paint.text,
            )?;
        }
    }
    file.save_to_buffer()
}

fn draw_guide(sheet: &mut Worksheet, guide: &[String], paint: &Paint) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 110)?.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (row, line) in (0u32..).zip(guide) {
        match line.strip_prefix("# ") {
            Some(heading) => sheet.write_string_with_format(row, 0, heading, &paint.heading)?,
            None => sheet.write_string_with_format(row, 0, line, &paint.guide)?,
        };
    }
    Ok(())
}

const A4: u8 = 9;

/// Where the parts of a table stand.
struct Layout {
    header: usize,
    first: usize,
    last_column: u16,
}

impl Layout {
    fn of(sheet: &SheetOut) -> Self {
        let table = &sheet.table;
        let titled = usize::from(!table.title.is_empty()) + table.notes.len();
        let header = if titled == 0 { 0 } else { titled + 1 };
        Self { header, first: header + 1, last_column: table.columns.len().saturating_sub(1) as u16 }
    }
}

fn draw_sheet(page: &mut Worksheet, sheet: &SheetOut, paint: &Paint, lists: &mut Lists) -> Result<(), XlsxError> {
    let (table, layout) = (&sheet.table, Layout::of(sheet));
    draw_top(page, table, &layout, paint)?;
    for (column, out) in (0u16..).zip(&table.columns) {
        page.set_column_width(column, out.width)?;
        page.set_column_format(column, paint.column(out.kind))?;
        page.write_string_with_format(layout.header as u32, column, &out.name, &paint.header)?;
    }
    for (row, cells) in (layout.first as u32..).zip(&table.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            put(page, row, column, cell, paint.cell(kind(table, column)), paint)?;
        }
    }
    let body_end = layout.first + table.rows.len();
    for (column, cell) in (0u16..).zip(table.totals.iter().flatten()) {
        put(page, body_end as u32, column, cell, paint.total(kind(table, column)), paint)?;
    }
    let last = (body_end + sheet.spare_rows + usize::from(table.totals.is_some())).max(layout.first) - 1;
    set_page(page, &layout, last as u32)?;
    if !table.columns.is_empty() && body_end > layout.first {
        page.autofilter(layout.header as u32, 0, body_end as u32 - 1, layout.last_column)?;
    }
    let fill_end = body_end + sheet.spare_rows;
    for (column, out) in (0u16..).zip(&table.columns).filter(|_| fill_end > layout.first) {
        guide_cells(page, (layout.first as u32, fill_end as u32 - 1), column, out, lists)?;
    }
    Ok(())
}

fn kind(table: &Table, column: u16) -> Kind {
    table.columns.get(usize::from(column)).map_or(Kind::Text, |column| column.kind)
}

fn draw_top(page: &mut Worksheet, table: &Table, layout: &Layout, paint: &Paint) -> Result<(), XlsxError> {
    let title = Some(table.title.to_uppercase()).filter(|title| !title.is_empty());
    let lines =
        title.iter().map(|title| (title, &paint.title)).chain(table.notes.iter().map(|note| (note, &paint.note)));
    for (row, (line, format)) in (0u32..).zip(lines) {
        if layout.last_column == 0 {
            page.write_string_with_format(row, 0, line, format)?;
        } else {
            page.merge_range(row, 0, row, layout.last_column, line, format)?;
        }
    }
    Ok(())
}

fn set_page(page: &mut Worksheet, layout: &Layout, last_row: u32) -> Result<(), XlsxError> {
    let header = layout.header as u32;
    page.set_freeze_panes(header + 1, 0)?;
    page.set_repeat_rows(header, header)?;
    page.set_print_area(0, 0, last_row.max(header), layout.last_column)?;
    page.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&CTrang &P/&N");
    page.ignore_error_range(0, 0, last_row.max(header), layout.last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// The list and the hint of a column, on the rows from `rows.0` to `rows.1`.
fn guide_cells(
    page: &mut Worksheet,
    rows: (u32, u32),
    column: u16,
    out: &Column,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let choices: Vec<String> = match out.kind {
        Kind::YesNo if out.choices.is_empty() => vec!["Có".into(), "Không".into()],
        _ => out.choices.clone(),
    };
    if choices.is_empty() && out.hint.is_empty() {
        return Ok(());
    }
    let mut rule = DataValidation::new();
    rule = if choices.is_empty() {
        rule.allow_any_value()
    } else {
        rule.allow_list_formula(Formula::new(lists.range(choices)))
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title("Không có trong danh sách")?
            .set_error_message("Chọn một giá trị trong danh sách của ô.")?
    };
    if !out.hint.is_empty() {
        let hint: String = out.hint.chars().take(HINT).collect();
        rule = rule.set_input_message(hint)?;
    }
    page.add_data_validation(rows.0, column, rows.1, column, &rule)?;
    Ok(())
}

/// Excel's limit is 255 UTF-16 units; every Vietnamese letter is one.
const HINT: usize = 250;

/// Choices stand in a hidden sheet and not in the rule itself, where they could not hold a comma nor pass 255 characters.
#[derive(Default)]
struct Lists(Vec<Vec<String>>);

impl Lists {
    fn range(&mut self, choices: Vec<String>) -> String {
        let place = self.0.iter().position(|list| *list == choices).unwrap_or_else(|| {
            self.0.push(choices);
            self.0.len() - 1
        });
        let column = column_name(place);
        format!("={LISTS}!${column}$1:${column}${}", self.0[place].len())
    }

    fn draw(&self, file: &mut Workbook, paint: &Paint) -> Result<(), XlsxError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let sheet = file.add_worksheet().set_name(LISTS)?.set_hidden(true);
        for (column, list) in (0u16..).zip(&self.0) {
            for (row, choice) in (0u32..).zip(list) {
                sheet.write_string_with_format(row, column, choice, &paint.text)?;
            }
        }
        Ok(())
    }
}

/// Sheet names that a spreadsheet accepts: at most 31 characters, none of `[]:*?/\`, no two alike.
#[derive(Default)]
pub(crate) struct Names(Vec<String>);

impl Names {
    pub(crate) fn take(&mut self, wanted: &str) -> String {
        let allowed: String =
            wanted.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let allowed = allowed.trim().trim_matches('\'').trim();
        let base = if allowed.is_empty() { "Bảng" } else { allowed };
        let name = (1..)
            .map(|copy| {
                let suffix = if copy == 1 { String::new() } else { format!(" ({copy})") };
                let kept: String = base.chars().take(31 - suffix.len()).collect();
                format!("{}{suffix}", kept.trim_end())
            })
            .find(|name| !self.0.contains(&text::fold(name)))
            .unwrap_or_default();
        self.0.push(text::fold(&name));
        name
    }
}

#[cfg(test)]
mod tests;
