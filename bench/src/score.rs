//! The score engine: 3.355 units on a set of 100 leaves, and the robustness of 34 ranks; pandas and numpy on the same
//! figures in the same run.

mod clock;
mod python;
mod world;

use std::process::ExitCode;

use clock::{Time, measure};
use score::{Detail, UnitScore};

/// Runs of each measurement.
pub const RUNS: usize = 15;
const DRAWS: usize = 10_000;
const SEED: u64 = 2026;

pub fn run() -> ExitCode {
    let set = world::set();
    let group = world::group(&set);
    let leaves = set.criteria.iter().filter(|criterion| criterion.is_leaf()).count();
    println!("{RUNS} runs, milliseconds: of one core's time (mean), and on the wall (median).");
    println!("{} units, {leaves} leaves", group.units.len());

    let score_as =
        |detail| score::score(&set, &group, detail).unwrap_or_else(|refusals| fail(&format!("{refusals:?}")));
    let totals = measure(|| score_as(Detail::Totals));
    tell("score, totals and ranks", totals, 50.0);
    let lines = measure(|| score_as(Detail::Lines));
    tell("score, every leaf and subtotal too", lines, 50.0);
    let explained = measure(|| score_as(Detail::Explained));
    tell("score, every leaf explained", explained, f64::INFINITY);

    let scores = score_as(Detail::Lines);
    let provinces: Vec<&UnitScore> = scores.iter().filter(|score| score.kind == "tinh").collect();
    let table = score::robust::table(&set, &provinces);
    println!("{} units, {} fields, {DRAWS} draws", table.units.len(), table.fields.len());
    let draws = measure(|| table.intervals(DRAWS, SEED));
    tell("robustness, weights", draws, 20.0);
    let without = measure(|| table.without_each(DRAWS, SEED));
    tell(&format!("robustness, {leaves} criteria left out in turn"), without, 200.0);

    match python::run(&set, &group, &scores) {
        Ok(theirs) => {
            println!("the same in floats: pandas {}, numpy {}", theirs.pandas_version, theirs.numpy_version);
            compare("score, totals and ranks", theirs.score, totals);
            compare("score, against every leaf too", theirs.score, lines);
            compare("robustness, weights", theirs.draws, draws);
            compare("robustness, criteria left out", theirs.without, without);
            println!("  totals agree within {} points", theirs.greatest_difference);
        }
        Err(why) => println!("pandas and numpy were not measured: {why}"),
    }
    ExitCode::SUCCESS
}

fn tell(what: &str, time: Time, limit_ms: f64) {
    let verdict = match time.cpu <= limit_ms {
        _ if limit_ms.is_infinite() => String::new(),
        true => format!("limit {limit_ms}"),
        false => format!("OVER THE LIMIT of {limit_ms}"),
    };
    println!("  {what:<42} {:>9.2} {:>9.2}   {verdict}", time.cpu, time.wall);
}

fn compare(what: &str, theirs: Time, ours: Time) {
    println!("  {what:<42} {:>9.2} {:>9.2}   {:.1} times ours", theirs.cpu, theirs.wall, theirs.cpu / ours.cpu);
}

fn fail(why: &str) -> ! {
    eprintln!("{why}");
    std::process::exit(1)
}
