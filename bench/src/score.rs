//! The score engine: 3.355 units on a set of 100 leaves, and the robustness of 34 ranks; pandas and numpy on the same
//! figures in the same run.

mod python;
mod world;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use score::{Detail, UnitScore};

/// Runs of each measurement; the median is told.
pub const RUNS: usize = 15;
const DRAWS: usize = 10_000;
const SEED: u64 = 2026;

pub fn run() -> ExitCode {
    let set = world::set();
    let group = world::group(&set);
    let leaves = set.criteria.iter().filter(|criterion| criterion.is_leaf()).count();
    println!("{} units, {leaves} leaves, median of {RUNS} runs", group.units.len());

    let score_as = |detail| score::score(&set, &group, detail).unwrap_or_else(|refusals| fail(&format!("{refusals:?}")));
    let totals = median(|| score_as(Detail::Totals));
    tell("score, totals and ranks", totals, 50.0);
    let lines = median(|| score_as(Detail::Lines));
    tell("score, every leaf and subtotal too", lines, 50.0);
    let explained = median(|| score_as(Detail::Explained));
    tell("score, every leaf explained", explained, f64::INFINITY);

    let scores = score_as(Detail::Lines);
    let provinces: Vec<&UnitScore> = scores.iter().filter(|score| score.kind == "tinh").collect();
    let table = score::robust::table(&set, &provinces);
    println!("{} units, {} fields, {DRAWS} draws", table.units.len(), table.fields.len());
    let draws = median(|| table.intervals(DRAWS, SEED));
    tell("robustness, weights", draws, 20.0);
    let without = median(|| table.without_each(DRAWS, SEED));
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

fn median<T>(work: impl Fn() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let made = std::hint::black_box(work());
            let time = start.elapsed();
            drop(made); // giving the memory back is not part of the work
            time
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn tell(what: &str, time: Duration, limit_ms: f64) {
    let ms = time.as_secs_f64() * 1e3;
    let verdict = match ms <= limit_ms {
        _ if limit_ms.is_infinite() => String::new(),
        true => format!("  (limit {limit_ms} ms)"),
        false => format!("  OVER THE LIMIT of {limit_ms} ms"),
    };
    println!("  {what:<45} {ms:>9.2} ms{verdict}");
}

fn compare(what: &str, theirs_ms: f64, ours: Duration) {
    let ours_ms = ours.as_secs_f64() * 1e3;
    println!("  {what:<45} {theirs_ms:>9.2} ms, {:.1} times ours", theirs_ms / ours_ms);
}

fn fail(why: &str) -> ! {
    eprintln!("{why}");
    std::process::exit(1)
}
