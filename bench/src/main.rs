//! Benchmarks of the house: `cargo run --release -p bench -- score`. What was measured, and where, is in the README.

mod score;

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("score") => score::run(),
        _ => {
            eprintln!("cargo run --release -p bench -- score");
            ExitCode::from(2)
        }
    }
}
