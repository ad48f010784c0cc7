//! Benchmarks of the house: `cargo run --release -p bench -- score|site|calendar|dossiers|citizens|reports`. What was measured, and where, is in the README.

mod calendar;
mod citizens;
mod dossiers;
mod reports;
mod score;
mod site;

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("score") => score::run(),
        Some("calendar") => calendar::run(),
        Some("citizens") => citizens::run(),
        Some("site") => site::run(),
        Some("dossiers") => dossiers::run(),
        Some("reports") => reports::run(),
        _ => {
            eprintln!("cargo run --release -p bench -- score|site|calendar|dossiers|citizens|reports");
            ExitCode::from(2)
        }
    }
}
