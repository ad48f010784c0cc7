//! The benchmarks run in release and alone: figures of a debug build say nothing.

use std::path::Path;

use anyhow::Result;

use crate::run;

pub fn run(root: &Path, arguments: &[String]) -> Result<bool> {
    let mut command = run::cargo(root, &["run", "--release", "--package", "bench", "--"]);
    run::shown(command.args(arguments))
}
