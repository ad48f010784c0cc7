//! "What if": other answers or points for one unit, scored with everybody else's as they are. Nothing is stored.

use super::ranks;
use crate::view::shown;
use base::number::{read_vi, vi};
use base::{Decimal, Refusal};
use people::{Failure, UnitId};
use score::answers::read_cell;
use score::set::{FilledBy, GroupKind, Measure};
use score::{CriteriaSet, Detail, Group, UnitScore};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// All units of a kind as they stand, ready to be scored again.
pub struct Ground {
    pub set: Arc<CriteriaSet>,
    pub kind: String,
    /// In the order of the group.
    pub units: Vec<UnitId>,
    pub group: Group,
    /// The group's scores, unchanged.
    pub scores: Vec<UnitScore>,
}

/// One supposed answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// In the form of the answers file.
    Answer {
        code: String,
        answer: Value,
    },
    Points {
        code: String,
        points: Decimal,
    },
}

/// Where a unit stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    pub total: Decimal,
    pub index: Option<Decimal>,
    pub rank: Option<i64>,
    pub rating: Option<String>,
}

/// Before and after the changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Projected {
    pub before: Position,
    pub after: Position,
    /// Each changed criterion: code, points before and after.
    pub lines: Vec<(String, Option<Decimal>, Option<Decimal>)>,
}

/// A criterion with points left to gain.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    pub code: String,
    pub name: String,
    /// Up to the maximum.
    pub points: Decimal,
    pub max: Decimal,
    /// The rank with the maximum.
    pub rank: Option<i64>,
}

impl Change {
    pub fn code(&self) -> &str {
        match self {
            Change::Answer { code, .. } | Change::Points { code, .. } => code,
        }
    }
}

/// Reads what somebody supposes: "95 %" (a share; of a measure without parts, that share of its maximum), "18/20",
/// "có", "không", "tối đa", or points.
pub fn read_change(set: &CriteriaSet, code: &str, typed: &str) -> Result<Change, Refusal> {
    let at = |say: String| Refusal::new("what-if", say);
    let Some(criterion) = set.criterion(code).filter(|criterion| criterion.is_leaf()) else {
        return Err(at(format!("Không có tiêu chí {code} để giả định. Hãy chọn một tiêu chí thành phần.")));
    };
    let (Some(measure), Some(max)) = (&criterion.measure, criterion.max) else {
        return Err(at(format!("Tiêu chí {code} không có thang điểm.")));
    };
    let typed = typed.trim();
    let code = code.to_owned();
    match base::text::fold(typed).as_str() {
        "toi da" => return Ok(Change::Points { code, points: max }),
        "co" if *measure == Measure::YesNo => return Ok(Change::Answer { code, answer: json!({ "yes": true }) }),
        "khong" if *measure == Measure::YesNo => return Ok(Change::Answer { code, answer: json!({ "yes": false }) }),
        _ => {}
    }
    if let Some(percent) = typed.strip_suffix('%') {
        return Ok(of_share(measure, code, read_vi(percent)?, Decimal::ONE_HUNDRED, max));
    }
    if let Some((part, whole)) = typed.split_once('/') {
        let (part, whole) = (read_vi(part)?, read_vi(whole)?);
        if whole.is_zero() || part > whole || part.is_sign_negative() {
            return Err(at(format!("“{typed}”: phần phải từ 0 đến tổng, và tổng lớn hơn 0.")));
        }
        return Ok(of_share(measure, code, part, whole, max));
    }
    let points = read_vi(typed)?;
    let penalty =
        set.criteria.iter().any(|top| top.group == Some(GroupKind::Penalty) && crate::rules::covers(&top.code, &code));
    if points > max || (points.is_sign_negative() && !penalty && !matches!(measure, Measure::Deduct { .. })) {
        return Err(at(format!(
            "Điểm giả định của {code} phải từ 0 đến {}. Muốn giả định tỷ lệ, thêm dấu %, ví dụ 95 %.",
            vi(&max)
        )));
    }
    Ok(Change::Points { code, points })
}

fn of_share(measure: &Measure, code: String, part: Decimal, whole: Decimal, max: Decimal) -> Change {
    match measure {
        Measure::Ratio { .. } | Measure::Bands { .. } => {
            Change::Answer { code, answer: json!({ "part": part.to_string(), "whole": whole.to_string() }) }
        }
        _ => Change::Points { code, points: (max * part / whole).round_dp(4).normalize() },
    }
}

/// Scores the group again with the changes in one unit.
pub fn project(ground: &Ground, unit: UnitId, changes: &[Change]) -> Result<Projected, Failure> {
    let at = ground.units.iter().position(|other| *other == unit).ok_or(Failure::NotFound)?;
    let mut group = ground.group.clone();
    for change in changes {
        apply(ground, &mut group, at, change)?;
    }
    let scores = score::score(&ground.set, &group, Detail::Lines).map_err(Failure::Refused)?;
    let points = |scores: &[UnitScore], code: &str| Some(shown(scores[at].line(&ground.set, code)?.points.as_ref()?));
    let lines = changes
        .iter()
        .map(|change| (change.code().to_owned(), points(&ground.scores, change.code()), points(&scores, change.code())))
        .collect();
    let (mut before, mut after) = (positions(&ground.set, &ground.scores), positions(&ground.set, &scores));
    Ok(Projected { before: before.swap_remove(at), after: after.swap_remove(at), lines })
}

fn apply(ground: &Ground, group: &mut Group, at: usize, change: &Change) -> Result<(), Failure> {
    let unit = &mut group.units[at];
    match change {
        Change::Points { code, points } => {
            if let Some(cell) = unit.cell_mut(&ground.set, code) {
                cell.not_applicable = Some(false);
            }
            unit.fix(&ground.set, code, *points, "Giả định");
        }
        Change::Answer { code, answer } => {
            let cell = read_cell(&ground.set, &ground.kind, code, answer, &Map::new())?;
            if let Some(place) = unit.cell_mut(&ground.set, code) {
                *place = cell;
            }
        }
    }
    Ok(())
}

/// Where each unit of a group stands. Once all points are known these are the official ranks; before, ranks are by
/// what is known.
pub fn positions(set: &CriteriaSet, scores: &[UnitScore]) -> Vec<Position> {
    let complete = scores.iter().all(|score| score.index.is_some());
    let index = |score: &UnitScore| score.index.or_else(|| index_so_far(set, score));
    let so_far = ranks(&scores.iter().map(index).collect::<Vec<_>>());
    let place = |(score, so_far): (&UnitScore, Option<i64>)| Position {
        total: score.total.unwrap_or_else(|| score.so_far.round(set.rounding.total)),
        index: index(score),
        rank: if complete { score.rank.map(i64::from) } else { so_far },
        rating: score.rating.clone(),
    };
    scores.iter().zip(so_far).map(place).collect()
}

/// Percent of the applicable maximum that is known so far.
fn index_so_far(set: &CriteriaSet, score: &UnitScore) -> Option<Decimal> {
    let percent = (&score.so_far * &base::Exact::from(100)).checked_div(&score.applicable_max)?;
    percent.checked_round(set.rounding.total)
}

/// Where a unit may gain most: its leaves outside bonus and penalty by points lost, the first `most` with the rank
/// that their maximum alone would give. The survey is not the unit's to answer, so it is left out.
pub fn gains(ground: &Ground, unit: UnitId, most: usize) -> Result<Vec<Gain>, Failure> {
    let at = ground.units.iter().position(|other| *other == unit).ok_or(Failure::NotFound)?;
    let own = &ground.scores[at];
    let mut found: Vec<Gain> = Vec::new();
    for node in ground.set.nodes(&ground.kind) {
        let criterion = node.criterion;
        if !criterion.is_leaf() || node.group.is_some() || criterion.filled_by == FilledBy::Survey {
            continue;
        }
        let Some(line) = own.line(&ground.set, &criterion.code) else { continue };
        let points = shown(&line.max) - line.points.as_ref().map(shown).unwrap_or_default();
        if points > Decimal::ZERO {
            let (code, name) = (criterion.code.clone(), criterion.name.clone());
            found.push(Gain { code, name, points: points.normalize(), max: shown(&line.max), rank: None });
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.points));
    found.truncate(most);
    for gain in &mut found {
        let full = Change::Points {
            code: gain.code.clone(),
            points: ground.set.criterion(&gain.code).and_then(|one| one.max).unwrap_or(gain.max),
        };
        gain.rank = project(ground, unit, &[full])?.after.rank;
    }
    Ok(found)
}
