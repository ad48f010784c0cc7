//! Benchmarks of the house: `cargo run --release -p bench -- score|site`. What was measured, and where, is in the README.

mod score;
mod site;

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("score") => score::run(),
        Some("site") => site::run(),
        _ => {
            eprintln!("cargo run --release -p bench -- score|site");
            ExitCode::from(2)
        }
    }
}
