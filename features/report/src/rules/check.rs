//! What does not agree in a report: its set's checks, and parts that are not their whole.

use super::figures::{leading, worked_out};
use crate::model::*;
use crate::regime::Ready;
use base::{Decimal, Exact, number};
use indicator::form::{Cell, Figure};
use indicator::{Check, Failed, Figures, Nature, Severity, figure};

/// Everything that fails, with what somebody said to explain it.
pub fn wrong(ready: &Ready, sheets: &Sheets, previous: &Told, same: &Told, notes: &[Note]) -> Vec<Wrong> {
    let nature = leading(ready);
    let decimals = |nature: Nature| {
        let all = worked_out(ready, (nature, None), sheets, previous, same);
        all.iter().map(|one| one.told(indicator::MOST_DIGITS)).collect::<Vec<Option<Decimal>>>()
    };
    let before = |told: &Told| {
        let name = |code: &String| Name { indicator: code.clone(), part: None, nature };
        ready.set.indicators.iter().map(|one| told.get(&name(&one.code)).copied()).collect::<Vec<Option<Decimal>>>()
    };
    let (now, previous, same, plan) = (decimals(nature), before(previous), before(same), decimals(Nature::Plan));
    let figures = Figures { now: &now, previous: &previous, same: &same, plan: &plan };
    let mut found: Vec<Wrong> = ready
        .set
        .checks
        .iter()
        .filter_map(|check| check.failed(figures))
        .map(|failed| of_check(ready, nature, &failed))
        .collect();
    found.extend(uneven(ready, sheets));
    for one in &mut found {
        let spot = Spot::Check(one.code.clone()).text();
        let said = notes.iter().rev().find(|note| note.kind == NoteKind::Explained && note.spot == spot);
        // What blocks is mended, not explained.
        let said = said.filter(|_| one.severity != Severity::Blocks);
        one.explained = said.map(|note| note.body.clone()).unwrap_or_default();
    }
    found
}

fn of_check(ready: &Ready, nature: Nature, failed: &Failed<'_>) -> Wrong {
    let Check { code, say, severity, .. } = failed.check;
    let cells = failed.check.cells().flat_map(|indicator| cells(ready, Figure { indicator, part: None, nature }));
    Wrong {
        code: code.clone(),
        say: say.clone(),
        sides: format!("{} và {}", shown(&failed.left), shown(&failed.right)),
        severity: *severity,
        cells: cells.collect(),
        explained: String::new(),
    }
}

fn shown(side: &Exact) -> String {
    side.checked_round(indicator::MOST_DIGITS).map_or_else(|| "…".to_owned(), |value| number::vi(&value.normalize()))
}

/// Where a figure stands: form and place.
fn cells(ready: &Ready, of: Figure) -> impl Iterator<Item = (usize, usize)> + '_ {
    ready.forms.iter().enumerate().filter_map(move |(form, one)| Some((form, one.place(of)?)))
}

/// Parts that are all there and not their whole: one of the two is wrong, so it may not be sent.
fn uneven(ready: &Ready, sheets: &Sheets) -> Vec<Wrong> {
    let mut found = Vec::new();
    for (at, (form, sheet)) in ready.forms.iter().zip(sheets).enumerate() {
        for one in form.uneven(&ready.set, sheet) {
            let Some(of) = ready.set.indicators.get(one.whole.indicator) else { continue };
            let by = ready.set.categories.get(one.by).map_or("", |by| by.name.as_str());
            let place = form.place(one.whole);
            let value = place.and_then(|place| sheet.get(place).copied().flatten());
            let said = |value: i128| figure(value, of.digits).map(|value| number::vi(&value)).unwrap_or_default();
            found.push(Wrong {
                code: format!("phan-to.{}.{}", form.code, place.unwrap_or_default()),
                say: format!("“{}” khác tổng các phần theo “{by}”: sửa một trong hai.", of.name),
                sides: format!("{} và {}", said(value.unwrap_or_default().into()), said(one.parts)),
                severity: Severity::Blocks,
                cells: place.map(|place| (at, place)).into_iter().collect(),
                explained: String::new(),
            });
        }
    }
    found
}

/// Rows with a figure that is asked for and is not there: form, row.
pub fn blanks(ready: &Ready, asks: &[String], sheets: &Sheets) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, (form, sheet)) in ready.forms.iter().zip(sheets).enumerate() {
        for (row, line) in form.rows.iter().enumerate() {
            let is_asked = asks.is_empty() || asks.contains(&line.code);
            let is_blank = |column: usize| match form.cell(row, column) {
                Cell::Takes(place) => sheet.get(place).copied().flatten().is_none(),
                _ => false,
            };
            if is_asked && (0..form.columns.len()).any(is_blank) {
                found.push((at, row));
            }
        }
    }
    found
}
