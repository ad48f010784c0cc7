//! The uploaded table, given back with what is wrong in it: red cells, a column "Lỗi", and a sheet that lists all errors.

use std::collections::BTreeMap;

use base::{Refusal, text};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::xlsx::{Names, Paint, put};
use crate::{Book, Cell, Kind, Sheet, words};

/// The name of the column with each row's errors, and of the sheet with all of them.
pub const ERRORS: &str = "Lỗi";

/// Everything that was uploaded, every cell in its place, with the errors beside it. Each refusal says in `field` which cell it
/// speaks of ("Tiêu chí!D12"); those that name none are only in the list.
///
/// The result can be corrected and uploaded as it is: readers look columns and sheets up by name and pass over "Lỗi".
pub fn error_book(book: &Book, errors: &[Refusal]) -> Result<Vec<u8>, Refusal> {
    draw(book, errors).map_err(words::not_written)
}

fn draw(book: &Book, errors: &[Refusal]) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    let paint = Paint::new();
    let mut names = Names::default();
    draw_list(file.add_worksheet().set_name(names.take(ERRORS))?, errors, &paint)?;
    for sheet in
        book.sheets.iter().filter(|sheet| text::fold(&sheet.name) != text::fold(ERRORS) || book.sheets.len() == 1)
    {
        let page = file.add_worksheet().set_name(names.take(&sheet.name))?.set_hidden(sheet.hidden);
        draw_sheet(page, sheet, &places(sheet, errors), &paint)?;
    }
    file.save_to_buffer()
}

fn draw_list(page: &mut Worksheet, errors: &[Refusal], paint: &Paint) -> Result<(), XlsxError> {
    for (column, (name, width)) in (0u16..).zip([("Ô", 24), (ERRORS, 100)]) {
        page.set_column_width(column, width)?.write_string_with_format(0, column, name, &paint.header)?;
    }
    for (row, error) in (1u32..).zip(errors) {
        page.write_string_with_format(row, 0, error.field.as_deref().unwrap_or_default(), paint.cell(Kind::Text))?;
        page.write_string_with_format(row, 1, &error.say, paint.cell(Kind::Text))?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The errors of a sheet, by row and column.
fn places<'e>(sheet: &Sheet, errors: &'e [Refusal]) -> BTreeMap<(usize, usize), Vec<&'e str>> {
    let mut places: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for error in errors {
        let Some(field) = &error.field else { continue };
        let (name, cell) = field.rsplit_once('!').unwrap_or(("", field));
        if (sheet.alone || name == sheet.name)
            && let Some(place) = place(cell)
        {
            places.entry(place).or_default().push(&error.say);
        }
    }
    places
}

/// "C12" → row 11, column 2.
fn place(cell: &str) -> Option<(usize, usize)> {
    let letters = cell.find(|c: char| !c.is_ascii_uppercase())?;
    let column = cell[..letters]
        .bytes()
        .try_fold(0usize, |column, letter| column.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1))?;
    let row: usize = cell[letters..].parse().ok()?;
    (row > 0 && column > 0 && column <= 16_384 && row <= 1_048_576).then(|| (row - 1, column - 1))
}

fn draw_sheet(
    page: &mut Worksheet,
    sheet: &Sheet,
    errors: &BTreeMap<(usize, usize), Vec<&str>>,
    paint: &Paint,
) -> Result<(), XlsxError> {
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            put(page, row as u32, column as u16, cell, paint.cell(Kind::Text), paint)?;
        }
    }
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    for column in 0..width {
        page.set_column_width(column as u16, widest(sheet, column))?;
    }
    let Some((first_row, _)) = errors.keys().next() else { return Ok(()) };
    let header = header(sheet, *first_row);
    let column = former(sheet, header).unwrap_or(width);
    clear(page, sheet, header, column, paint)?;
    page.set_column_width(column as u16, 60)?.write_string_with_format(
        header as u32,
        column as u16,
        ERRORS,
        &paint.header,
    )?;
    let mut of_rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for ((row, place), says) in errors {
        let cell = sheet.rows.get(*row).and_then(|cells| cells.get(*place)).unwrap_or(&Cell::Empty);
        put(page, *row as u32, *place as u16, cell, &paint.error, paint)?;
        of_rows
            .entry(*row)
            .or_default()
            .extend(says.iter().map(|say| format!("{}: {say}", crate::book::address(*row, *place))));
    }
    for (row, says) in of_rows.iter().filter(|(row, _)| **row != header) {
        page.write_string_with_format(*row as u32, column as u16, says.join("\n"), &paint.error)?;
    }
    page.set_freeze_panes(header as u32 + 1, 0)?;
    Ok(())
}

/// The fullest row above the first error is the header.
fn header(sheet: &Sheet, first_error: usize) -> usize {
    let filled =
        |row: &usize| sheet.rows.get(*row).map_or(0, |cells| cells.iter().filter(|cell| !cell.is_blank()).count());
    (0..first_error).rev().max_by_key(filled).unwrap_or(0)
}

/// The column "Lỗi" of an earlier attempt.
fn former(sheet: &Sheet, header: usize) -> Option<usize> {
    let is_errors = |cell: &Cell| matches!(cell, Cell::Text(name) if text::fold(name) == text::fold(ERRORS));
    sheet.rows.get(header)?.iter().position(is_errors)
}

fn clear(page: &mut Worksheet, sheet: &Sheet, header: usize, column: usize, paint: &Paint) -> Result<(), XlsxError> {
    for row in header + 1..sheet.rows.len() {
        page.write_blank(row as u32, column as u16, paint.cell(Kind::Text))?;
    }
    Ok(())
}

fn widest(sheet: &Sheet, column: usize) -> u16 {
    let length = |cells: &Vec<Cell>| match cells.get(column) {
        Some(Cell::Text(text)) => text.lines().map(|line| line.chars().count()).max().unwrap_or(0),
        Some(Cell::Empty) | None => 0,
        Some(_) => 10,
    };
    (sheet.rows.iter().map(length).max().unwrap_or(0) + 2).clamp(8, 60) as u16
}

#[cfg(test)]
mod tests;
