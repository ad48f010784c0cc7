//! `cargo xtask test`: the steps of the CI, in the order that tells of a mistake soonest.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use regex::Regex;

use crate::postgres::{self, Cluster};
use crate::{run, setup, tidy};

/// What a step counted. A step that counts nothing still passes or fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
}

enum Outcome {
    Passed(Tally),
    Failed(Tally),
}

struct Step {
    name: &'static str,
    /// Left out by `--fast`.
    slow: bool,
    run: fn(&mut Course) -> Result<Outcome>,
}

const STEPS: &[Step] = &[
    Step { name: "setup", slow: false, run: install },
    Step { name: "tidy", slow: false, run: house },
    Step { name: "fmt", slow: false, run: format },
    Step { name: "clippy", slow: false, run: lint },
    Step { name: "tests", slow: false, run: suites },
    Step { name: "build", slow: true, run: build },
    Step { name: "e2e", slow: true, run: browser },
];

/// One run of the steps, and the server that they share.
struct Course<'a> {
    root: &'a Path,
    fast: bool,
    cluster: Option<Cluster>,
}

pub fn run(root: &Path, arguments: &[String]) -> Result<bool> {
    let (fast, only) = read(arguments)?;
    let mut course = Course { root, fast, cluster: None };
    let mut times: Vec<(&str, bool, Duration)> = Vec::new();
    let mut sum = Tally::default();
    let chosen = STEPS
        .iter()
        .filter(|step| if only.is_empty() { !(fast && step.slow) } else { only.contains(&step.name.to_owned()) });
    for step in chosen {
        println!("\n== {}", step.name);
        let begun = Instant::now();
        let outcome = (step.run)(&mut course).unwrap_or_else(|error| {
            eprintln!("{}: {error:#}", step.name);
            Outcome::Failed(Tally::default())
        });
        let (tally, good) = match outcome {
            Outcome::Passed(tally) => (tally, true),
            Outcome::Failed(tally) => (tally, false),
        };
        times.push((step.name, good, begun.elapsed()));
        sum.passed += tally.passed;
        // A step that failed as a whole, without a count, is one failure in the last line.
        sum.failed += if good { tally.failed } else { tally.failed.max(1) };
        if !good {
            break;
        }
    }
    drop(course);
    println!();
    for (name, good, time) in &times {
        println!("{name:<8} {} {:>7.1} s", if *good { "ok    " } else { "FAILED" }, time.as_secs_f64());
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    Ok(sum.failed == 0)
}

/// `--fast`, `--only a,b`, `--only a --only b`.
fn read(arguments: &[String]) -> Result<(bool, Vec<String>)> {
    let mut fast = false;
    let mut only = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--fast" => fast = true,
            "--only" => {
                only.extend(rest.next().context("--only needs the name of a step")?.split(',').map(str::to_owned))
            }
            other => bail!("`{other}` is not understood; there are --fast and --only STEP"),
        }
    }
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    match only.iter().find(|name| !names.contains(&name.as_str())) {
        Some(unknown) => bail!("no step `{unknown}`; there are {}", names.join(", ")),
        None => Ok((fast, only)),
    }
}

fn install(course: &mut Course) -> Result<Outcome> {
    match course.fast {
        true => setup::without_browser(course.root)?,
        false => setup::everything(course.root)?,
    }
    Ok(Outcome::Passed(Tally::default()))
}

fn house(course: &mut Course) -> Result<Outcome> {
    Ok(plain(tidy::run(course.root, &[])?))
}

fn format(course: &mut Course) -> Result<Outcome> {
    Ok(plain(run::shown(&mut run::cargo(course.root, &["fmt", "--all", "--check"]))?))
}

fn lint(course: &mut Course) -> Result<Outcome> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    Ok(plain(run::shown(&mut run::cargo(course.root, &arguments))?))
}

/// Both databases every time: SQLite needs nothing, PostgreSQL is ours or the one already named.
fn suites(course: &mut Course) -> Result<Outcome> {
    let mut command = match setup::has_nextest(course.root) {
        true => {
            run::cargo(course.root, &["nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--no-tests=pass"])
        }
        false => run::cargo(
            course.root,
            &["test", "--workspace", "--locked", "--no-fail-fast", "--bins", "--lib", "--tests"],
        ),
    };
    course.give_postgres(&mut command)?;
    let (good, text) = run::heard(&mut command)?;
    Ok(counted(good, tally(&text)))
}

/// The debug profile, and the whole workspace's features: all that it needs was compiled by the step before,
/// so this links one program instead of building the house a second time.
fn build(course: &mut Course) -> Result<Outcome> {
    Ok(plain(run::shown(&mut run::cargo(course.root, &["build", "--workspace", "--locked", "--bin", "cuaviet"]))?))
}

fn browser(course: &mut Course) -> Result<Outcome> {
    let program = target(course.root)?.join("debug").join("cuaviet");
    if !program.is_file() {
        bail!("there is no {}; run the step `build` too: --only build,e2e", program.display());
    }
    let chromium = setup::chromium().context("Chromium is not installed; `cargo xtask setup` installs it")?;
    let mut command = Command::new("node");
    command.arg("e2e/run.mjs").current_dir(course.root).env("CUAVIET_BIN", program).env("CHROMIUM", chromium);
    let (good, text) = run::heard(&mut command)?;
    Ok(counted(good, tally(&text)))
}

impl Course<'_> {
    fn give_postgres(&mut self, command: &mut Command) -> Result<()> {
        if std::env::var_os(postgres::VARIABLE).is_some() {
            return Ok(());
        }
        if self.cluster.is_none() {
            self.cluster = Some(Cluster::start()?);
        }
        if let Some(cluster) = &self.cluster {
            command.env(postgres::VARIABLE, &cluster.url);
        }
        Ok(())
    }
}

/// Where cargo builds, which a developer may have moved.
fn target(root: &Path) -> Result<PathBuf> {
    let text = run::quiet(&mut run::cargo(root, &["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text)?;
    metadata["target_directory"].as_str().map(PathBuf::from).context("cargo metadata names no target directory")
}

fn plain(good: bool) -> Outcome {
    counted(good, Tally::default())
}

fn counted(good: bool, tally: Tally) -> Outcome {
    if good && tally.failed == 0 { Outcome::Passed(tally) } else { Outcome::Failed(tally) }
}

/// Reads the closing lines of nextest (`5 tests run: 3 passed, 1 failed, 1 timed out`), of `cargo test` (one
/// `test result: … 3 passed; 1 failed` per binary) and of the browser tests (`e2e: 3 passed, 1 failed`).
fn tally(text: &str) -> Tally {
    let closes = |line: &&str| {
        line.contains("tests run:")
            || line.contains("test run:")
            || line.starts_with("test result:")
            || line.starts_with("e2e:")
    };
    let count = |line: &str, word: &str| -> u64 {
        let pattern = Regex::new(&format!(r"(\d+) {word}"));
        pattern.ok().and_then(|it| it.captures(line)?.get(1)?.as_str().parse().ok()).unwrap_or(0)
    };
    text.lines().filter(closes).fold(Tally::default(), |sum, line| Tally {
        passed: sum.passed + count(line, "passed"),
        failed: sum.failed + count(line, "failed") + count(line, "timed out") + count(line, "exec failed"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn counts_are_read_from_every_runner() {
        let cases = [
            ("     Summary [   1.200s] 5 tests run: 5 passed, 2 skipped\n", 5, 0),
            ("     Summary [   1.200s] 1 test run: 1 passed, 0 skipped\n", 1, 0),
            ("     Summary [   1.200s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 0 skipped\n", 6, 3),
            (
                "test result: ok. 3 passed; 0 failed; 0 ignored\nnoise 7 passed\ntest result: FAILED. 1 passed; 2 failed;\n",
                4,
                2,
            ),
            ("e2e: 12 passed, 1 failed\n", 12, 1),
            ("nothing was run\n", 0, 0),
        ];
        for (text, passed, failed) in cases {
            assert_eq!(tally(text), Tally { passed, failed }, "{text}");
        }
    }

    #[test]
    fn arguments_are_read_and_unknown_steps_refused() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(read(&words("--fast")).unwrap(), (true, vec![]));
        assert_eq!(
            read(&words("--only fmt,tidy --only e2e")).unwrap(),
            (false, vec!["fmt".into(), "tidy".into(), "e2e".into()])
        );
        assert!(read(&words("--only dance")).unwrap_err().to_string().contains("clippy"));
        assert!(read(&words("--quick")).is_err());
    }

    #[test]
    fn a_failed_count_fails_the_step_even_when_the_program_exits_well() {
        assert!(matches!(counted(true, Tally { passed: 1, failed: 1 }), Outcome::Failed(_)));
        assert!(matches!(counted(true, Tally { passed: 1, failed: 0 }), Outcome::Passed(_)));
        assert!(matches!(counted(false, Tally { passed: 1, failed: 0 }), Outcome::Failed(_)));
    }
}
