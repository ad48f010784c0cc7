//! XLSX by way of calamine, cell by cell: its ready-made ranges are as large as the farthest cell says, however few there are.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use base::{Date, Refusal};
use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::{DateTime, Time};

use super::grid::{Cells, Filling};
use crate::{Cell, Sheet, shown, words};

/// Some malformed packages make calamine panic (a part without a folder); for us they are broken files like the others.
pub(super) fn read(bytes: &[u8], file: &str, cells: Cells<'_>) -> Result<Vec<Sheet>, Refusal> {
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, file, cells))).unwrap_or_else(|_| Err(words::broken(file)))
}

type File<'a> = Xlsx<Cursor<&'a [u8]>>;

fn read_sheets(bytes: &[u8], file: &str, mut cells: Cells<'_>) -> Result<Vec<Sheet>, Refusal> {
    let mut xlsx: File<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|no| told(no, file, ""))?;
    let listed = xlsx.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for sheet in listed.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut filling = cells.sheet(&sheet.name);
        fill(&mut xlsx, file, &mut cells, &mut filling)?;
        for Dimensions { start, end } in xlsx.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            cells.merge(&mut filling, (start.0 as usize, start.1 as usize), (end.0 as usize, end.1 as usize))?;
        }
        sheets.push(filling.done(sheet.visible != SheetVisible::Visible));
    }
    Ok(sheets)
}

fn fill(xlsx: &mut File<'_>, file: &str, cells: &mut Cells<'_>, sheet: &mut Filling) -> Result<(), Refusal> {
    let name = sheet.name().to_owned();
    let mut reader = xlsx.worksheet_cells_reader(&name).map_err(|no| told(no, file, &name))?;
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(|no| told(no, file, &name))? {
        let (row, column) = found.pos;
        // A program that is no spreadsheet can write a formula without its result: there is a number to see, and none to read.
        let uncounted = found.formula.is_some() && found.value == DataRef::Empty;
        let cell = if uncounted { Cell::Error("#CHƯA TÍNH".into()) } else { cell(found.value) };
        cells.put(sheet, row as usize, column as usize, cell)?;
    }
    Ok(())
}

fn told(no: XlsxError, file: &str, sheet: &str) -> Refusal {
    match no {
        XlsxError::Password => words::encrypted(file),
        XlsxError::CellError(shown) => words::broken_formula(sheet, &shown),
        _ => words::broken(file),
    }
}

fn cell(data: DataRef<'_>) -> Cell {
    match data {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => number.into(),
        DataRef::Float(float) => shown(float).map_or_else(|| Cell::Text(float.to_string()), Cell::Number),
        DataRef::String(text) => text.into(),
        DataRef::SharedString(text) => text.into(),
        DataRef::Bool(yes) => Cell::Bool(yes),
        DataRef::DateTime(moment) if moment.is_datetime() => day_or_moment(moment),
        DataRef::DateTime(duration) => Cell::Text(hours(duration.as_f64())),
        DataRef::DateTimeIso(text) => super::iso(&text),
        DataRef::DurationIso(text) => text.into(),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

fn day_or_moment(moment: ExcelDateTime) -> Cell {
    if (0.0..1.0).contains(&moment.as_f64()) {
        return Cell::Text(hours(moment.as_f64()));
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = Date::new(year as i16, month as i8, day as i8);
    let time = Time::new(hour as i8, minute as i8, second as i8, 0);
    match (date, time) {
        (Ok(date), Ok(Time::MIN)) => Cell::Date(date),
        (Ok(date), Ok(time)) => Cell::Moment(DateTime::from_parts(date, time)),
        _ => shown(moment.as_f64()).map_or(Cell::Empty, Cell::Number),
    }
}

/// "09:14" for that part of a day.
fn hours(days: f64) -> String {
    let minutes = (days * 24.0 * 60.0).round() as i64;
    format!("{:02}:{:02}", minutes / 60, (minutes % 60).abs())
}
