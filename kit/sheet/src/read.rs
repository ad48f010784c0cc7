//! Reading: what the file is by its content, then its cells within limits.

mod csv;
mod grid;
mod ods;
mod package;
mod xlsx;

use base::{Date, Refusal};
use jiff::civil::{DateTime, Time};

use crate::{Book, Cell, Limits, words};
use grid::Cells;
use package::Package;

/// Reads a spreadsheet within the usual limits: XLSX, ODS or CSV, told apart by content and not by name.
///
/// Refuses, each with its own sentence: an empty file, one over a limit, one with macros or a password, old Excel files,
/// what is no spreadsheet at all, and a broken one.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Book, Refusal> {
    read_within(bytes, file_name, &Limits::default())
}

/// Reads a spreadsheet within limits of the caller's.
pub fn read_within(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Book, Refusal> {
    if bytes.is_empty() {
        return Err(words::empty(file_name));
    }
    if bytes.len() > limits.bytes {
        return Err(words::too_large(file_name, bytes.len(), limits.bytes));
    }
    let cells = Cells::new(limits);
    let sheets = if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) {
        match package::look(bytes, file_name, limits)? {
            Package::Xlsx => xlsx::read(bytes, file_name, cells)?,
            Package::Ods(content) => ods::read(&content, file_name, cells)?,
        }
    } else if bytes.starts_with(OLE) {
        return Err(if holds_encrypted(bytes) { words::encrypted(file_name) } else { words::old_excel(file_name) });
    } else {
        vec![csv::read(bytes, file_name, cells)?]
    };
    let book = Book::new(sheets);
    let filled = book.visible().any(|sheet| sheet.rows.iter().flatten().any(|cell| !cell.is_blank()));
    if filled { Ok(book) } else { Err(words::empty(file_name)) }
}

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
/// Compound files: Excel before 2007, and any encrypted XLSX.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

fn holds_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// A day or a moment in ISO form; what is neither stays text.
fn iso(text: &str) -> Cell {
    if let Ok(moment) = text.parse::<DateTime>() {
        let day_only = !text.contains('T') || moment.time() == Time::MIN;
        return if day_only { Cell::Date(moment.date()) } else { Cell::Moment(moment) };
    }
    text.parse::<Date>().map_or_else(|_| Cell::from(text), Cell::Date)
}

#[cfg(test)]
mod tests;
