//! CSV as people save it: UTF-8 with or without BOM, or UTF-16 ("Unicode text"); parted by semicolons, commas or tabs.
//!
//! Parsed here and not by the csv crate, which passes over blank lines, so that the row numbers in our errors would not be
//! those that the person sees.

use base::Refusal;

use super::grid::{Cells, Filling};
use crate::book::Notation;
use crate::{Cell, Sheet, csv, words};

pub(super) fn read(bytes: &[u8], file: &str, mut cells: Cells<'_>) -> Result<Sheet, Refusal> {
    let text = decode(bytes, file)?;
    let mut sheet = cells.sheet(file);
    let (separator, body) = separator(&text);
    parse(body, separator, file, &mut cells, &mut sheet)?;
    Ok(sheet.done_alone(if separator == ',' { Notation::File } else { Notation::Page }))
}

fn decode(bytes: &[u8], file: &str) -> Result<String, Refusal> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes.strip_prefix(csv::BOM).unwrap_or(bytes)).ok().map(str::to_owned),
    };
    match text {
        Some(text) if is_something_else(&text) => Err(words::not_a_spreadsheet(file)),
        Some(text) => Ok(text),
        None if bytes.contains(&0) || bytes.starts_with(b"%PDF") => Err(words::not_a_spreadsheet(file)),
        None => Err(words::not_utf8(file)),
    }
}

/// Binary, or a page: some systems call an HTML table .xls.
fn is_something_else(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(9).collect::<String>().to_lowercase();
    text.contains('\0') || ["%pdf", "<html", "<table", "<?xml", "<!doctype"].iter().any(|mark| head.starts_with(mark))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}

/// The separator of the first line that has one, and where the table begins. Excel's own "sep=;" line is obeyed.
fn separator(text: &str) -> (char, &str) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(named) =
        first.strip_prefix("sep=").and_then(|rest| rest.chars().next()).filter(|named| ";,\t|".contains(*named))
    {
        let rest = &text[first.len()..];
        return (named, rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest));
    }
    for line in text.lines() {
        let mut quoted = false;
        let mut counts = [(';', 0), ('\t', 0), (',', 0)];
        for c in line.chars() {
            quoted ^= c == '"';
            counts.iter_mut().filter(|(separator, _)| *separator == c && !quoted).for_each(|(_, count)| *count += 1);
        }
        let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
        if let Some((separator, _)) = counts.into_iter().find(|(_, count)| most > 0 && *count == most) {
            return (separator, text);
        }
    }
    (';', text)
}

fn parse(text: &str, separator: char, file: &str, cells: &mut Cells<'_>, sheet: &mut Filling) -> Result<(), Refusal> {
    let (mut row, mut column) = (0, 0);
    let mut rest = text.chars().peekable();
    loop {
        let mut field = String::new();
        if rest.next_if_eq(&'"').is_some() {
            loop {
                match rest.next() {
                    Some('"') if rest.next_if_eq(&'"').is_none() => break,
                    Some(c) => field.push(c),
                    None => return Err(words::open_quote(file, row + 1)),
                }
            }
        }
        // What follows a closing quote belongs to the field all the same, as Excel reads it.
        while let Some(c) = rest.next_if(|c| *c != separator && *c != '\r' && *c != '\n') {
            field.push(c);
        }
        cells.put(sheet, row, column, Cell::from(csv::arm(field)))?;
        match rest.next() {
            None => return Ok(()),
            Some(c) if c == separator => column += 1,
            Some(end) => {
                if end == '\r' {
                    rest.next_if_eq(&'\n');
                }
                (row, column) = (row + 1, 0);
            }
        }
    }
}
