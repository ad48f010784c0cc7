//! pandas and DuckDB on the same figures, turn by turn with ours.

use super::{INDICATORS, PERIODS, UNITS, world};
use anyhow::{Context, Result};
use report::actions::Overview;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Theirs {
    child: Option<(Child, ChildStdin, BufReader<ChildStdout>)>,
    told: Vec<Value>,
    /// All sums of the whole, as we have them.
    ours: f64,
}

/// Hands over one period. Without python and both packages ours are measured alone.
pub fn begin(ours: &Overview) -> Result<Theirs> {
    let mut text = String::from("unit,parent,place,value\n");
    for unit in 1..UNITS {
        for place in 0..INDICATORS {
            if let Some(value) = world::figure(unit, place, PERIODS - 1) {
                writeln!(text, "{unit},{},{place},{value}", (unit - 1) / 30)?;
            }
        }
    }
    let file = std::env::temp_dir().join("cuaviet-bench-reports.csv");
    std::fs::write(&file, text)?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("theirs_reports.py");
    let known = Command::new("python3").args(["-c", "import pandas, duckdb"]).stderr(Stdio::null()).status();
    let child = if known.is_ok_and(|status| status.success()) {
        let mut child =
            Command::new("python3").arg(script).arg(&file).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (stdin, stdout) = (child.stdin.take().context("stdin")?, child.stdout.take().context("stdout")?);
        Some((child, stdin, BufReader::new(stdout)))
    } else {
        println!("pandas and DuckDB were not measured: pip install pandas duckdb");
        None
    };
    let root = ours.parts.lines.first().context("a line")?.0;
    let sums = (0..INDICATORS).filter(|place| !world::is_average(*place));
    let value = |place: usize| ours.parts.point(root, 0, place).value.and_then(|value| f64::try_from(value).ok());
    Ok(Theirs { child, told: Vec::new(), ours: sums.filter_map(value).sum() })
}

impl Theirs {
    pub fn turn(&mut self) -> Result<()> {
        let Some((_, stdin, stdout)) = &mut self.child else { return Ok(()) };
        stdin.write_all(b"turn\n")?;
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        self.told.push(serde_json::from_str(&line)?);
        Ok(())
    }

    /// Medians, and how often ours they take.
    pub fn tell(mut self, ours: f64) {
        for name in ["pandas", "duckdb"] {
            let mut times: Vec<f64> = self.told.iter().filter_map(|one| one[name].as_f64()).collect();
            times.sort_by(f64::total_cmp);
            let Some(middle) = times.get(times.len() / 2) else { continue };
            println!("  the same by {name}, in memory: p50 {middle:.0} ms, {:.2} times ours", middle / ours);
        }
        if let Some(last) = self.told.last() {
            println!("  {}", last["versions"].as_str().unwrap_or_default());
            let same = |name: &str| last[name].as_f64().is_some_and(|sum| (sum - self.ours).abs() < 1.0);
            println!("  the sums of the whole are the same: {}", same("pandas_sum") && same("duckdb_sum"));
        }
        if let Some((mut child, stdin, _)) = self.child.take() {
            drop(stdin);
            let _ = child.wait();
        }
    }
}

impl Drop for Theirs {
    fn drop(&mut self) {
        if let Some((child, ..)) = &mut self.child {
            let _ = child.kill();
        }
    }
}
