//! Hands the same figures to pandas and numpy, and reads back how long they took.

use std::path::Path;
use std::process::Command;

use base::Decimal;
use score::{Answer, CriteriaSet, Group, Measure, UnitScore};
use serde_json::{Value, json};

use super::clock::Time;

pub struct Theirs {
    pub pandas_version: String,
    pub numpy_version: String,
    pub score: Time,
    pub draws: Time,
    pub without: Time,
    /// Between their totals and ours: the same work was done.
    pub greatest_difference: f64,
}

pub fn run(set: &CriteriaSet, group: &Group, scores: &[UnitScore]) -> Result<Theirs, String> {
    let folder = std::env::temp_dir().join(format!("cuaviet-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let told = hand_over(set, group, scores, &folder).and_then(|()| ask(&folder));
    let _ = std::fs::remove_dir_all(&folder);
    told
}

fn ask(folder: &Path) -> Result<Theirs, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("pandas_score.py");
    // One core for them as for us.
    let one_core = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"].map(|name| (name, "1"));
    let mut python = Command::new("python3");
    let output = python.envs(one_core).arg(script).arg(folder).arg(super::RUNS.to_string()).output();
    let output = output.map_err(|error| format!("python3 did not start ({error})"))?;
    if !output.status.success() {
        let last = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
        return Err(format!("python3 with pandas and numpy is needed (pip install pandas numpy): {last}"));
    }
    let told: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let number = |key: &str| told[key].as_f64().ok_or_else(|| format!("no {key}"));
    let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
    let time = |key: &str| {
        let of = |clock: &str| told[key][clock].as_f64().ok_or_else(|| format!("no {clock} of {key}"));
        Ok::<Time, String>(Time { cpu: of("cpu")?, wall: of("wall")? })
    };
    Ok(Theirs {
        pandas_version: text("pandas"),
        numpy_version: text("numpy"),
        score: time("score")?,
        draws: time("draws")?,
        without: time("without")?,
        greatest_difference: number("greatest_difference")?,
    })
}

/// One CSV for each kind of measure, a row for each unit and leaf; totals; and the provinces' points by leaf.
fn hand_over(set: &CriteriaSet, group: &Group, scores: &[UnitScore], folder: &Path) -> Result<(), String> {
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).map_err(|error| error.to_string());
    let mut ratio = String::from("unit,leaf,max,floor,full_at,part,whole\n");
    let mut level = String::from("unit,leaf,max,points\n");
    let mut bands = String::from("unit,leaf,max,half,value\n");
    let mut survey = String::from("unit,leaf,max,a,b,c,d\n");
    for (u, unit) in group.units.iter().enumerate() {
        for (at, criterion) in set.criteria.iter().enumerate() {
            let (Some(measure), Some(max)) = (&criterion.measure, criterion.max) else { continue };
            let Some(cell) = unit.cell(set, &criterion.code).filter(|cell| cell.not_applicable == Some(false)) else {
                continue;
            };
            match (measure, &cell.answer) {
                (Measure::Ratio { floor, full_at, .. }, Answer::Share { part, whole }) => {
                    ratio += &format!("{u},{at},{max},{floor},{full_at},{part},{whole}\n");
                }
                (Measure::Choice { options }, Answer::Choice(option)) => {
                    level += &format!("{u},{at},{max},{}\n", options[*option].points);
                }
                (Measure::YesNo, Answer::Yes(yes)) => {
                    level += &format!("{u},{at},{max},{}\n", if *yes { max } else { Decimal::ZERO });
                }
                (Measure::Bands { bands: rows, .. }, Answer::Value(value)) => {
                    bands += &format!("{u},{at},{max},{},{value}\n", rows[1].points);
                }
                (Measure::Survey { .. }, Answer::Tally(tally)) => {
                    let tally: Vec<String> = tally.iter().map(u64::to_string).collect();
                    survey += &format!("{u},{at},{max},{}\n", tally.join(","));
                }
                _ => return Err(format!("{}: an answer of no kind that pandas is given", criterion.code)),
            }
        }
    }
    write("ratio.csv", ratio)?;
    write("level.csv", level)?;
    write("bands.csv", bands)?;
    write("survey.csv", survey)?;
    let totals = scores.iter().map(|score| score.total.map(|total| total.to_string()).unwrap_or_default());
    let kinds = scores.iter().map(|score| score.kind.clone());
    let rows = totals.zip(kinds).map(|(total, kind)| format!("{total},{kind}\n"));
    write("totals.csv", format!("total,kind\n{}", rows.collect::<String>()))?;
    write("provinces.json", provinces(set, scores).to_string())
}

/// Points and maxima of the provinces by leaf, and the field of each leaf.
fn provinces(set: &CriteriaSet, scores: &[UnitScore]) -> Value {
    let leaves: Vec<usize> = (0..set.criteria.len()).filter(|at| set.criteria[*at].is_leaf()).collect();
    let of = |score: &UnitScore, number: &dyn Fn(&score::Line) -> f64| -> Vec<f64> {
        leaves.iter().map(|at| score.lines.iter().find(|line| line.position == *at).map_or(0.0, number)).collect()
    };
    let all: Vec<&UnitScore> = scores.iter().filter(|score| score.kind == "tinh").collect();
    let points = |line: &score::Line| line.points.as_ref().map_or(0.0, base::Exact::to_f64);
    let max = |line: &score::Line| line.max.to_f64();
    let field = |at: &usize| set.criteria[*at].code.split('.').next().and_then(|field| field.parse::<u32>().ok());
    json!({
        "points": all.iter().map(|score| of(score, &points)).collect::<Vec<_>>(),
        "maxima": all.iter().map(|score| of(score, &max)).collect::<Vec<_>>(),
        "fields": leaves.iter().map(|at| field(at).unwrap_or(1) - 1).collect::<Vec<_>>(),
    })
}
