//! `cargo xtask …`: everything a developer or the CI does to the house besides compiling it.
//!
//! Reading order: `test` (the steps), `setup` (what they need), `postgres`, `tidy` (the house rules),
//! `new_feature`, `bench`; `run` starts other programs for all of them.

mod bench;
mod new_feature;
mod postgres;
mod run;
mod setup;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask test [--fast] [--only STEP[,STEP]]   everything the CI runs; `ci` is the same
cargo xtask tidy [CHECK …]                       the rules of the house
cargo xtask setup                                install what the tests need
cargo xtask postgres start|stop                  a private PostgreSQL for `cargo nextest run`
cargo xtask new-feature NAME                     an empty room in features/
cargo xtask bench [ARGUMENTS]                    the benchmarks, in release";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// `Ok(false)` is a check that said no and has said why; an error is a command that could not be carried out.
fn dispatch(arguments: &[String]) -> Result<bool> {
    let root = root();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    match command {
        "test" | "ci" => test::run(&root, rest),
        "tidy" => tidy::run(&root, rest),
        "setup" => setup::everything(&root).map(|()| true),
        "postgres" => postgres::command(&root, rest).map(|()| true),
        "new-feature" => new_feature::run(&root, rest).map(|()| true),
        "bench" => bench::run(&root, rest),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(true)
        }
        other => bail!("no command `{other}`\n{HELP}"),
    }
}

/// The workspace: the folder above this one, wherever the command was typed. Asked at run time first: two
/// checkouts may share one target folder, and then the program was built in either.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = PathBuf::from(here);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}
