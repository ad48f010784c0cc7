//! A million deadlines on one core, with the calendar of everybody.

use calendar::{Count, Limit, due, due_moment};
use jiff::ToSpan;
use jiff::civil::date;
use std::process::ExitCode;
use std::time::Instant;

const MANY: i32 = 1_000_000;

pub fn run() -> ExitCode {
    let begun = Instant::now();
    let calendar = match hours::known(None) {
        Ok(calendar) => calendar,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    };
    println!("the calendar of 2018–2099 made in {:.1} ms", begun.elapsed().as_secs_f64() * 1000.0);
    let moments: Vec<_> = (0..MANY)
        .filter_map(|at| date(2018, 1, 1).at(7, 0, 0, 0).checked_add((i64::from(at) * 4).minutes()).ok())
        .collect();
    for (what, limit, count) in [
        ("working hours (40)", Limit::Minutes(40 * 60), Count::Hours),
        ("working days (15)", Limit::Days(15), Count::Days),
        ("days on the wall (30)", Limit::Days(30), Count::Calendar),
    ] {
        let begun = Instant::now();
        let found = moments.iter().filter(|at| due_moment(&calendar, **at, limit, count).is_ok()).count();
        println!("{found} deadlines in {what}: {:.0} ms", begun.elapsed().as_secs_f64() * 1000.0);
    }
    let begun = Instant::now();
    let lines: usize = moments
        .iter()
        .take(100_000)
        .filter_map(|at| due(&calendar, *at, Limit::Minutes(40 * 60), Count::Hours).ok())
        .map(|due| due.why.len())
        .sum();
    println!("100,000 explained in {:.0} ms ({lines} lines)", begun.elapsed().as_secs_f64() * 1000.0);
    ExitCode::SUCCESS
}
