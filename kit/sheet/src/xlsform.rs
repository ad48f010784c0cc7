//! XLSForm in and out: a workbook as the file of a form, cell by cell, and the other way without losing a column. What the
//! form itself says wrong is `form::read`'s to find, at the same rows and columns.

use crate::xlsx::{BookOut, SheetOut};
use crate::{Book, Cell, Column, Sheet, Table};
use base::{Refusal, Refusals};
use form::{File, SheetName};

/// A form's file, and what of its workbook nothing here obeys, in sentences.
#[derive(Clone, Debug)]
pub struct Source {
    pub file: File,
    pub left_out: Vec<String>,
}

/// Sheets of the specification that would change what the form does. Others are their writer's notes.
const LEFT_OUT: &[&str] = &["external_choices", "entities", "osm"];

/// # Errors
/// Every cell that cannot be read, each with its place: 'survey!C7'.
pub fn read(book: &Book) -> Result<Source, Refusals> {
    let mut refusals = Refusals::new();
    let mut of = |name: SheetName| match book.find(name.word()) {
        Some(sheet) => table(sheet, &mut refusals),
        None => form::Sheet::default(),
    };
    let (settings, survey, choices) = (of(SheetName::Settings), of(SheetName::Survey), of(SheetName::Choices));
    let file = File { settings, survey, choices };
    let odd = LEFT_OUT.iter().filter(|name| book.find(name).is_some());
    let left_out = odd.map(|name| format!("Trang {name} của XLSForm chưa dùng được ở đây: bỏ trang này.")).collect();
    if refusals.is_empty() { Ok(Source { file, left_out }) } else { Err(refusals) }
}

/// The header is the first row that is not blank; a column without one is not read.
fn table(sheet: &Sheet, refusals: &mut Refusals) -> form::Sheet {
    let filled = |row: &usize| sheet.rows[*row].iter().any(|cell| !cell.is_blank());
    let Some(header) = (0..sheet.rows.len()).find(filled) else { return form::Sheet::default() };
    let width = sheet.rows[header].len();
    let headers: Vec<String> = (0..width).map(|column| text(sheet, header, column, refusals)).collect();
    let named: Vec<usize> = (0..width).filter(|column| !headers[*column].is_empty()).collect();
    let mut rows = Vec::new();
    for row in header + 1..sheet.rows.len() {
        rows.push((row + 1, named.iter().map(|column| text(sheet, row, *column, refusals)).collect()));
    }
    form::Sheet::of(named.iter().map(|column| headers[*column].clone()).collect(), rows)
}

/// A cell as XLSForm would have it typed: days as they stand in expressions, TRUE and FALSE.
fn text(sheet: &Sheet, row: usize, column: usize, refusals: &mut Refusals) -> String {
    let at = sheet.at(row, column);
    match at.cell {
        Cell::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.into(),
        Cell::Date(day) => day.to_string(),
        Cell::Text(text) => base::text::nfc(&text.replace("\r\n", "\n")),
        _ => match at.text() {
            Ok(text) => text.unwrap_or_default(),
            Err(no) => {
                refusals.push(no);
                String::new()
            }
        },
    }
}

/// # Errors
/// `sheet-*`: what no workbook can hold.
pub fn write(file: &File) -> Result<Vec<u8>, Refusal> {
    let sheets =
        [(SheetName::Survey, &file.survey), (SheetName::Choices, &file.choices), (SheetName::Settings, &file.settings)];
    let filled = sheets.iter().filter(|(name, sheet)| *name == SheetName::Survey || !sheet.columns.is_empty());
    let out = |(name, sheet): &(SheetName, &form::Sheet)| {
        let columns =
            sheet.columns.iter().map(|column| Column::text(column, if column.contains("label") { 48 } else { 22 }));
        let rows = sheet.table().into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect();
        SheetOut::new(name.word(), Table { rows, ..Table::new(columns.collect()) })
    };
    crate::xlsx::write(&BookOut { sheets: filled.map(out).collect(), ..BookOut::default() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn file() -> File {
        let sheet = |columns: &[&str], rows: &[&[&str]]| {
            let rows = rows.iter().enumerate().map(|(at, row)| (at + 2, row.iter().map(ToString::to_string).collect()));
            form::Sheet::of(columns.iter().map(ToString::to_string).collect(), rows)
        };
        File {
            settings: sheet(&["form_title", "form_id"], &[&["Đơn MẪU", "don-mau"]]),
            survey: sheet(&["type", "name", "label"], &[&["text", "ten", "Họ và tên"], &["date", "ngay", "Ngày"]]),
            choices: form::Sheet::default(),
        }
    }

    #[test]
    fn a_form_comes_back_from_its_workbook() {
        let book = crate::read(&write(&file()).unwrap(), "don.xlsx").unwrap();
        let back = read(&book).unwrap();
        assert_eq!((back.file, back.left_out), (file(), Vec::new()));
    }

    #[test]
    fn every_cell_that_cannot_be_read_is_said_with_its_place() {
        let mut book = crate::read(&write(&file()).unwrap(), "don.xlsx").unwrap();
        let survey = book.sheets.iter_mut().find(|sheet| sheet.name == "survey").unwrap();
        let last = survey.rows.len() - 1;
        survey.rows[last][0] = Cell::Error("#REF!".into());
        survey.rows[last][2] = Cell::Error("#N/A".into());
        let refusals = read(&book).unwrap_err();
        let places: Vec<String> = refusals.iter().filter_map(|no| no.field.clone()).collect();
        assert_eq!(places.len(), 2);
        assert!(places.iter().all(|place| place.starts_with("survey!")), "{places:?}");
    }
}
