//! Who must be known before whom: a question after its section, and after all that its relevance, its calculation, its
//! default and its number of rows look at. Who waits for itself is a circle.

use crate::expr::Expr;
use crate::form::{Default, Question};

/// Columns that a value hangs on, and their expressions.
fn looks_at(question: &Question) -> impl Iterator<Item = (&'static str, &Expr)> {
    let default = match &question.default {
        Default::Counted(expr) => Some(expr),
        Default::Nothing | Default::Text(_) => None,
    };
    let columns = [
        ("relevant", question.relevant.as_ref()),
        ("calculation", question.calculation.as_ref()),
        ("default", default),
        ("repeat_count", question.repeat_count.as_ref()),
    ];
    columns.into_iter().filter_map(|(column, expr)| Some((column, expr?)))
}

fn before(questions: &[Question], place: usize) -> Vec<usize> {
    let mut found: Vec<usize> = questions[place].parent.into_iter().collect();
    for (_, expr) in looks_at(&questions[place]) {
        expr.refers(place, &mut |other| found.push(other));
    }
    found
}

/// The column of a question that looks at another.
pub fn why(questions: &[Question], place: usize, other: usize) -> &'static str {
    let looks = |expr: &Expr| {
        let mut found = false;
        expr.refers(place, &mut |seen| found |= seen == other);
        found
    };
    looks_at(&questions[place]).find(|(_, expr)| looks(expr)).map_or("", |(column, _)| column)
}

/// The places in an order that works, and the circles: each begins and ends with the same place.
pub fn of(questions: &[Question]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let before: Vec<Vec<usize>> = (0..questions.len()).map(|place| before(questions, place)).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); questions.len()];
    let mut waits: Vec<usize> = before.iter().map(Vec::len).collect();
    for (place, first) in before.iter().enumerate() {
        first.iter().for_each(|other| after[*other].push(place));
    }
    let mut order: Vec<usize> = (0..questions.len()).filter(|place| waits[*place] == 0).collect();
    let mut next = 0;
    while let Some(place) = order.get(next).copied() {
        next += 1;
        for other in &after[place] {
            waits[*other] -= 1;
            if waits[*other] == 0 {
                order.push(*other);
            }
        }
    }
    (order, circles(&before, &waits))
}

/// From each place that still waits, along what it waits for, until a place comes again.
fn circles(before: &[Vec<usize>], waits: &[usize]) -> Vec<Vec<usize>> {
    let mut walked = vec![false; before.len()];
    let mut found = Vec::new();
    for start in (0..before.len()).filter(|place| waits[*place] > 0) {
        let mut path: Vec<usize> = Vec::new();
        let mut place = start;
        while !walked[place] {
            walked[place] = true;
            path.push(place);
            place = before[place].iter().copied().find(|other| waits[*other] > 0).unwrap_or(place);
        }
        if let Some(from) = path.iter().position(|one| *one == place) {
            path.push(place);
            found.push(path.split_off(from));
        }
    }
    found
}
