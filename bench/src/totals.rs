//! The totals of one period over the whole tree, from the texts of its sheets: what the program does of it, without a database.

use base::Exact;
use indicator::{Entry, Node, Over, Scaled, Tree, over_units, sheet};
use std::process::ExitCode;
use std::time::Instant;

/// As a province would have at most: itself, departments and communes, and what is inside of them.
const UNITS: usize = 3_500;
const INDICATORS: usize = 400;
const TIMES: usize = 21;

/// Thirty units inside of each, three levels.
fn tree() -> Tree {
    let nodes: Vec<Node> = (0..UNITS)
        .map(|unit| Node { parent: unit.checked_sub(1).map(|before| before / 30), is_alive: true, ..Node::default() })
        .collect();
    Tree::of(&nodes)
}

/// One in twenty is missing; the same in every run.
fn texts() -> Vec<String> {
    let figure = |unit: usize, place: usize| -> Option<Scaled> {
        let mixed = (unit * INDICATORS + place).wrapping_mul(2_654_435_761) % 4_294_967_296;
        (!mixed.is_multiple_of(20)).then(|| i64::try_from(mixed % 10_000_000).unwrap_or(0))
    };
    (0..UNITS)
        .map(|unit| sheet::written(&(0..INDICATORS).map(|place| figure(unit, place)).collect::<Vec<_>>()))
        .collect()
}

/// Of one indicator: sheets lie by unit. Each average is weighted by the first.
fn entries(sheets: &[Vec<Option<Scaled>>], place: usize) -> impl Iterator<Item = Entry> + '_ {
    let at = |figures: &[Option<Scaled>], place: usize| figures.get(place).copied().flatten();
    sheets.iter().enumerate().map(move |(unit, figures)| Entry {
        at: unit,
        figure: at(figures, place),
        weight: at(figures, 0),
    })
}

/// Every eighth is an average, the rest are sums.
fn over(place: usize) -> Over {
    if place % 8 == 7 { Over::Average(0) } else { Over::Sum }
}

pub fn run() -> ExitCode {
    let (tree, texts) = (tree(), texts());
    let mut took: Vec<_> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            let sheets: Option<Vec<_>> = texts.iter().map(|text| sheet::figures(text, INDICATORS)).collect();
            let sheets = sheets.unwrap_or_default();
            let read = begun.elapsed();
            let root: Exact = (0..INDICATORS)
                .filter_map(|place| {
                    let all = over_units(&tree, over(place), entries(&sheets, place));
                    all.first().and_then(|total| total.value)
                })
                .map(|value| Exact::scaled(value, 0))
                .sum();
            (begun.elapsed(), read, root)
        })
        .collect();
    took.sort_by_key(|(whole, ..)| *whole);
    let ms = |at: usize| {
        took.get(at).map_or((0.0, 0.0), |(whole, read, _)| (whole.as_secs_f64() * 1e3, read.as_secs_f64() * 1e3))
    };
    let ((middle, read), (late, _)) = (ms(TIMES / 2), ms(TIMES - 2));
    println!("{UNITS} sheets of {INDICATORS} figures: p50 {middle:.0} ms ({read:.0} of it reading), p95 {late:.0} ms");
    println!("all together: {}", took.first().map_or_else(String::new, |(.., root)| root.to_string()));
    ExitCode::SUCCESS
}
