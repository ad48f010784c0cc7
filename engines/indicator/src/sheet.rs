//! The figures of one sheet as they are kept: what one unit reports for one period, cell by cell in the order of its form.
//!
//! They lie together in one text, `12345,,-7`: a province's totals read one text for each unit instead of hundreds of rows
//! (ADR 0019). What is missing is nothing between two commas. The form's edition, which a sheet never leaves, says how many
//! cells there are and what each is.

use crate::total::Scaled;

/// The text of a sheet.
pub fn written(figures: &[Option<Scaled>]) -> String {
    let mut text = String::with_capacity(figures.len() * 6);
    for (place, figure) in figures.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        if let Some(figure) = figure {
            text.push_str(&figure.to_string());
        }
    }
    text
}

/// The figures of a text; none where it is not one of a form with so many cells.
pub fn figures(text: &str, cells: usize) -> Option<Vec<Option<Scaled>>> {
    if cells == 0 {
        return text.is_empty().then(Vec::new);
    }
    let mut all = Vec::with_capacity(cells);
    for cell in text.split(',') {
        all.push(if cell.is_empty() { None } else { Some(cell.parse().ok()?) });
    }
    (all.len() == cells).then_some(all)
}
