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
    let mut all = Vec::with_capacity(cells);
    read(text, cells, &mut all).then_some(all)
}

/// The same into a list that is there already: a province's totals read thousands of texts. False where it is not one.
pub fn read(text: &str, cells: usize, all: &mut Vec<Option<Scaled>>) -> bool {
    all.clear();
    if cells == 0 {
        return text.is_empty();
    }
    let mut rest = text.as_bytes();
    loop {
        let (figure, after) = cell(rest);
        let (Some(figure), true) = (figure, all.len() < cells) else { return false };
        all.push(figure);
        match after.split_first() {
            Some((_, after)) => rest = after,
            None => return all.len() == cells,
        }
    }
}

/// Some cells of a text, by their places in rising order: one figure of thousands of sheets.
pub fn some(text: &str, places: &[usize]) -> Vec<Option<Scaled>> {
    let (mut cells, mut next) = (text.split(','), 0);
    let mut one = |place: &usize| {
        let text = cells.nth(place.checked_sub(next)?)?;
        next = place + 1;
        cell(text.as_bytes()).0?
    };
    places.iter().map(&mut one).collect()
}

/// The first cell of a text and what follows it, its comma first; no cell where it is not a number.
fn cell(text: &[u8]) -> (Option<Option<Scaled>>, &[u8]) {
    let is_below = text.first() == Some(&b'-');
    let (mut at, mut value) = (usize::from(is_below), 0_i64);
    let first = at;
    while let Some(digit) = text.get(at).filter(|byte| byte.is_ascii_digit()) {
        // Below zero from the first digit on: the lowest number has no counterpart.
        let digit = i64::from(digit - b'0');
        let next = value.checked_mul(10).and_then(|value| value.checked_sub(digit));
        let Some(next) = next else { return (None, &[]) };
        value = next;
        at += 1;
    }
    let after = text.get(at..).unwrap_or_default();
    let is_end = matches!(after.first(), None | Some(b','));
    match (is_end, at - first) {
        (true, 0) if !is_below => (Some(None), after),
        (true, 1..) if is_below => (Some(Some(value)), after),
        (true, 1..) => (value.checked_neg().map(Some), after),
        _ => (None, after),
    }
}
