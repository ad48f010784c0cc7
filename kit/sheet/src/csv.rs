//! CSV: for Vietnamese Excel, and for machines. The header and the rows; title, notes and totals stay out, since whoever
//! reads CSV computes on it.

use base::Refusal;

use crate::{Cell, Table, words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// What Excel on a Vietnamese system opens by a double click: UTF-8 with BOM, semicolons, decimal commas, dd/mm/yyyy.
    Vietnamese,
    /// RFC 4180: UTF-8 without BOM, commas, decimal dots, ISO days, true and false.
    Plain,
}

/// The table as CSV, lines ended by CRLF.
pub fn write(table: &Table, style: Style) -> Result<Vec<u8>, Refusal> {
    let mut bytes = match style {
        Style::Vietnamese => BOM.to_vec(),
        Style::Plain => Vec::new(),
    };
    let delimiter = if style == Style::Vietnamese { b';' } else { b',' };
    let mut out = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(&mut bytes);
    out.write_record(table.columns.iter().map(|column| disarm(&column.name))).map_err(words::not_written)?;
    for row in &table.rows {
        out.write_record(row.iter().map(|cell| field(cell, style))).map_err(words::not_written)?;
    }
    out.flush().map_err(words::not_written)?;
    drop(out);
    Ok(bytes)
}

pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();

fn field(cell: &Cell, style: Style) -> String {
    let vietnamese = style == Style::Vietnamese;
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Error(text) => disarm(text),
        // No thousands dots, and a plain minus: Excel takes both for text.
        Cell::Number(number) if vietnamese => number.to_string().replace('.', ","),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) if vietnamese => base::day::vi(*day),
        Cell::Date(day) => day.to_string(),
        Cell::Moment(moment) if vietnamese => {
            format!("{} {:02}:{:02}", base::day::vi(moment.date()), moment.hour(), moment.minute())
        }
        Cell::Moment(moment) => moment.to_string(),
        Cell::Bool(yes) if vietnamese => if *yes { "Có" } else { "Không" }.into(),
        Cell::Bool(yes) => yes.to_string(),
    }
}

/// A text that a spreadsheet would run as a formula gets an apostrophe before it, and [`arm`] takes it away again; so does
/// a text that already has the apostrophe, or it would lose it.
fn disarm(text: &str) -> String {
    if is_live(text) { format!("'{text}") } else { text.into() }
}

/// The text as it was before [`disarm`].
pub(crate) fn arm(field: String) -> String {
    match field.strip_prefix('\'') {
        Some(text) if is_live(text) => text.into(),
        _ => field,
    }
}

fn is_live(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests;
