//! Which figures a unit is asked for, what they are by their names, and what several reports come to.

use crate::model::*;
use crate::regime::Ready;
use base::{Decimal, Exact};
use indicator::form::{Cell, Counts, Figure, Row};
use indicator::{
    Around, Entry, Form, Indicator, Known, Nature, Node, Over, Scaled, Total, Tree, figure, filled, over_units,
};
use std::collections::BTreeSet;

/// For each place of a form's sheet, whether a unit is asked for it.
pub fn asked(form: &Form, asks: &[String]) -> Vec<bool> {
    let mut all = vec![false; form.figures.len()];
    for (at, row) in form.rows.iter().enumerate() {
        let is_asked = asks.is_empty() || asks.contains(&row.code);
        for column in 0..form.columns.len() {
            if let Cell::Takes(place) = form.cell(at, column)
                && let Some(slot) = all.get_mut(place)
            {
                *slot = is_asked;
            }
        }
    }
    all
}

/// The rows that a unit sees: those it is asked for, what is worked out from them, and their headings; without any asked of it
/// alone, all.
pub fn rows(ready: &Ready, form: &Form, asks: &[String]) -> Vec<usize> {
    if asks.is_empty() {
        return (0..form.rows.len()).collect();
    }
    let is_asked = |row: &Row| asks.contains(&row.code);
    let counted = |row: &Row| row.counts.map(|counts| counts.indicator);
    let asked: Vec<usize> = form.rows.iter().filter(|row| is_asked(row)).filter_map(counted).collect();
    let stands_on = |row: &Row| {
        let derived = counted(row).and_then(|at| ready.set.indicators.get(at)?.derived.as_ref());
        derived.is_some_and(|derived| derived.on().iter().any(|one| asked.contains(one)))
    };
    let (mut rows, mut heading) = (Vec::new(), None);
    for (at, row) in form.rows.iter().enumerate() {
        if row.is_heading {
            heading = Some(at);
        } else if is_asked(row) || stands_on(row) {
            rows.extend(heading.take());
            rows.push(at);
        }
    }
    rows
}

/// The indicator of a place, called as its row is: what is said of a figure must lead to it.
pub fn named(ready: &Ready, form: &Form, place: usize) -> Option<Indicator> {
    let of = form.figures.get(place).and_then(|of| ready.set.indicators.get(of.indicator))?;
    let all = (0..form.rows.len()).flat_map(|row| (0..form.columns.len()).map(move |column| (row, column)));
    let (row, _) = all.into_iter().find(|(row, column)| form.cell(*row, *column) == Cell::Takes(place))?;
    Some(Indicator { name: form.rows.get(row)?.name.clone(), ..of.clone() })
}

/// How many figures are there, and how many should be.
pub fn counted(ready: &Ready, asks: &[String], sheets: &Sheets) -> (i64, i64) {
    let (mut have, mut of) = (0, 0);
    for (form, sheet) in ready.forms.iter().zip(sheets) {
        for (is_asked, figure) in asked(form, asks).into_iter().zip(sheet) {
            of += i64::from(is_asked);
            have += i64::from(is_asked && figure.is_some());
        }
    }
    (have, of)
}

/// Sheets with nothing in them.
pub fn empty(ready: &Ready) -> Sheets {
    ready.forms.iter().map(|form| vec![None; form.figures.len()]).collect()
}

/// What a figure is called outside of its editions.
pub fn name(ready: &Ready, of: &Figure) -> Option<Name> {
    let one = ready.set.indicators.get(of.indicator)?;
    let part = match of.part {
        Some((by, item)) => Some(ready.set.categories.get(by)?.items.get(item)?.0.clone()),
        None => None,
    };
    Some(Name { indicator: one.code.clone(), part, nature: of.nature })
}

/// The figures of a report by their names.
pub fn told(ready: &Ready, sheets: &Sheets) -> Told {
    let mut all = Told::new();
    for (form, sheet) in ready.forms.iter().zip(sheets) {
        for (of, value) in form.figures.iter().zip(sheet) {
            let digits = ready.set.indicators.get(of.indicator).map_or(0, |one| one.digits);
            let value = value.and_then(|value| figure(value.into(), digits));
            if let (Some(name), Some(value)) = (name(ready, of), value) {
                all.insert(name, value);
            }
        }
    }
    all
}

/// The same with what is worked out from them alone: growth needs a period before, which is not asked for here.
pub fn told_with_derived(ready: &Ready, sheets: &Sheets) -> Told {
    let mut all = told(ready, sheets);
    let asked = ready.forms.iter().flat_map(|form| &form.figures).map(|figure| (figure.nature, figure.part));
    let of: BTreeSet<(Nature, Of)> = asked.collect();
    for (nature, part) in of {
        let worked = worked_out(ready, (nature, part), sheets, &Told::new(), &Told::new());
        for (indicator, (one, known)) in ready.set.indicators.iter().zip(worked).enumerate() {
            let name = name(ready, &Figure { indicator, part, nature }).filter(|_| one.derived.is_some());
            if let (Some(name), Some(value)) = (name, known.told(one.digits)) {
                all.insert(name, value);
            }
        }
    }
    all
}

/// The figure that a row counts, among those of another period.
pub fn of_row(ready: &Ready, counts: &Counts, nature: Nature, told: &Told) -> Option<Decimal> {
    told.get(&name(ready, &Figure { indicator: counts.indicator, part: counts.part, nature })?).copied()
}

/// The nature by which periods are compared and checks are made: what was done, where the forms ask for it.
pub fn leading(ready: &Ready) -> Nature {
    let takes = |nature: Nature| ready.forms.iter().any(|form| form.figures.iter().any(|one| one.nature == nature));
    let order = [Nature::Actual, Nature::Official, Nature::Estimate];
    order.into_iter().find(|nature| takes(*nature)).unwrap_or(Nature::Plan)
}

/// The categories and the item that a figure is of; none: the whole.
pub type Of = Option<(usize, usize)>;

/// Indicators of one nature, whole or of one part, by their places in the set, over all forms.
pub fn of_part(ready: &Ready, nature: Nature, part: Of, sheets: &Sheets) -> Vec<Option<Scaled>> {
    let mut all = vec![None; ready.set.indicators.len()];
    for (form, sheet) in ready.forms.iter().zip(sheets) {
        for (slot, found) in all.iter_mut().zip(form.of_part(&ready.set, nature, part, sheet)) {
            *slot = slot.or(found);
        }
    }
    all
}

/// The same with what is worked out from them; growth is against the two other periods.
pub fn worked_out(
    ready: &Ready,
    (nature, part): (Nature, Of),
    sheets: &Sheets,
    previous: &Told,
    same: &Told,
) -> Vec<Known> {
    let totals: Vec<Total> = of_part(ready, nature, part, sheets)
        .into_iter()
        .map(|value| Total { value: value.map(i128::from), have: u32::from(value.is_some()), of: 1 })
        .collect();
    let (previous, same) = (known(ready, (nature, part), previous), known(ready, (nature, part), same));
    filled(&ready.set, &totals, Around { previous: &previous, same: &same })
}

fn known(ready: &Ready, (nature, part): (Nature, Of), told: &Told) -> Vec<Known> {
    let one = |indicator: usize| {
        let name = name(ready, &Figure { indicator, part, nature });
        let value = name.and_then(|name| told.get(&name)).map(Exact::from);
        Known { is_complete: value.is_some(), value }
    };
    (0..ready.set.indicators.len()).map(one).collect()
}

/// One of several reports that are added up: what its unit was asked for, and its figures.
pub struct Part<'a> {
    pub asks: &'a [String],
    pub sheets: &'a Sheets,
}

/// What the parts come to, place by place: with how many of them have the figure, of how many that were asked. What does not add up
/// is taken over where one unit alone was asked for it.
pub fn gathered(ready: &Ready, parts: &[Part<'_>]) -> Vec<Vec<Total>> {
    let tree = Tree::of(&[Node { is_alive: true, ..Node::default() }]);
    let one_form = |(at, form): (usize, &Form)| {
        let asked: Vec<Vec<bool>> = parts.iter().map(|part| asked(form, part.asks)).collect();
        let sheet = |part: &Part<'_>| part.sheets.get(at).cloned().unwrap_or_default();
        let sheets: Vec<Vec<Option<Scaled>>> = parts.iter().map(sheet).collect();
        let value = |part: usize, place: usize| sheets.get(part).and_then(|one| one.get(place).copied()).flatten();
        let total = |(place, of): (usize, &Figure)| {
            let over = ready.set.indicators.get(of.indicator).map_or(Over::None, |one| one.over_units);
            let weight = match over {
                Over::Average(indicator) => form.place(Figure { indicator, ..*of }),
                _ => None,
            };
            let of_part = |part: usize| Entry {
                at: 0,
                figure: value(part, place),
                weight: weight.and_then(|weight| value(part, weight)),
            };
            let asked: Vec<usize> = (0..parts.len()).filter(|part| asked[*part].get(place) == Some(&true)).collect();
            if let [alone] = asked.as_slice() {
                let own = value(*alone, place);
                return Total { value: own.map(i128::from), have: u32::from(own.is_some()), of: 1 };
            }
            over_units(&tree, over, asked.into_iter().map(of_part)).first().copied().unwrap_or_default()
        };
        form.figures.iter().enumerate().map(total).collect()
    };
    ready.forms.iter().enumerate().map(one_form).collect()
}

/// A figure as it is kept, of an indicator; none where it does not fit.
pub fn kept(total: &Total) -> Option<Scaled> {
    total.value.and_then(|value| Scaled::try_from(value).ok())
}
