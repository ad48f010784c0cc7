//! Reading for appraisers: the same criterion elsewhere, and a year ago.

use crate::entry;
use crate::model::*;
use crate::results::{self, Scored};
use crate::rules;
use crate::store::{self, ResultLine};
use crate::view::{View, shown};
use base::Decimal;
use db::Conn;
use people::{Failure, Scope, UnitId};
use serde_json::{Map, Value};
use web::Site;

/// What stands beside a criterion that is appraised.
pub struct Beside {
    pub last_year: Option<ResultLine>,
    /// Of the settled points of the units of the same kind.
    pub median: Option<Decimal>,
    pub units: usize,
}

/// Last year's outcome of this criterion, and the median of the units in this round.
pub async fn beside(conn: &mut Conn, view: &View, code: &str) -> Result<Beside, Failure> {
    let scored = results::score_round(conn, &view.round).await?;
    let mut points: Vec<Decimal> =
        scored.iter().filter(|one| one.card.kind == view.card.kind).filter_map(|one| settled(one, code)).collect();
    let units = points.len();
    let rounds = store::rounds(conn).await?;
    let last = rounds.iter().find(|round| round.year == view.round.year - 1 && round.status == RoundStatus::Published);
    let outcomes = store::results_of_unit(conn, view.card.unit).await?;
    let last_year = last
        .and_then(|last| outcomes.into_iter().find(|outcome| outcome.round == last.id))
        .and_then(|outcome| outcome.lines.into_iter().find(|line| line.code == code));
    Ok(Beside { last_year, median: median(&mut points), units })
}

fn settled(one: &Scored, code: &str) -> Option<Decimal> {
    one.settled.line(&one.set, code)?.points.as_ref().map(shown)
}

/// The middle value; of an even number the mean of the two in the middle.
pub(crate) fn median(points: &mut [Decimal]) -> Option<Decimal> {
    points.sort();
    let middle = points.len() / 2;
    match points.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(points[middle]),
        _ => Some((points[middle - 1] + points[middle]) / Decimal::TWO),
    }
}

/// One criterion of all units of a kind.
pub struct Across {
    pub round: Round,
    pub name: String,
    pub max: Decimal,
    pub median: Option<Decimal>,
    pub lines: Vec<AcrossLine>,
    /// The leaves before and after it, among those the person may see.
    pub before: Option<String>,
    pub after: Option<String>,
}

pub struct AcrossLine {
    pub unit: UnitId,
    pub unit_name: String,
    pub answer: String,
    pub own: Option<Decimal>,
    pub settled: Option<Decimal>,
    pub reason: String,
    pub judged: bool,
}

/// Loads one criterion of all units that this person appraises (all, for the council).
pub async fn across(site: &Site, scope: &Scope, id: RoundId, kind: &str, code: &str) -> Result<Across, Failure> {
    let mut conn = site.db.read().await?;
    let round = store::round(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    let station = people::station(&mut conn, scope).await?;
    let appraisers = store::appraisers(&mut conn, id).await?;
    let mut scored = results::score_round(&mut conn, &round).await?;
    scored.retain(|one| {
        let standing = rules::standing(scope, &station, &round, &one.card);
        let fields = rules::fields_of(scope, &station, &one.card, &appraisers);
        let seen = standing.councils || standing.administers || fields.iter().any(|field| rules::covers(field, code));
        one.card.kind == kind && seen
    });
    let Some(first) = scored.first() else { return Err(NotNow::NotYourField.into()) };
    let criterion = first.set.criterion(code).ok_or_else(|| NotNow::NoSuchCriterion { code: code.to_owned() })?;
    let (name, max) = (criterion.name.clone(), criterion.max.unwrap_or_default());
    let leaves: Vec<String> = rules::appraised_leaves(&first.set, kind).map(|leaf| leaf.code.clone()).collect();
    let at = leaves.iter().position(|leaf| leaf == code);
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| leaves.get(at)).cloned();
    let after = at.and_then(|at| leaves.get(at + 1)).cloned();
    let mut points: Vec<Decimal> = scored.iter().filter_map(|one| settled(one, code)).collect();
    let mut lines: Vec<AcrossLine> = scored.iter().map(|one| line(one, code)).collect();
    lines.sort_by_cached_key(|one| base::text::sort_key(&one.unit_name));
    Ok(Across { round, name, max, median: median(&mut points), lines, before, after })
}

fn line(one: &Scored, code: &str) -> AcrossLine {
    let plain: Map<String, Value> =
        one.answers.iter().filter_map(|(code, answer)| Some((code.clone(), answer.value.clone()?))).collect();
    let asked = one.set.criterion(code).map(|criterion| entry::asked(criterion, &one.card.kind, &plain));
    let said = match (asked, plain.get(code)) {
        (Some(asked), Some(value)) => entry::brief(&asked, value),
        _ => String::new(),
    };
    let verdict = one.verdicts.get(code);
    AcrossLine {
        unit: one.card.unit,
        unit_name: one.card.unit_name.clone(),
        answer: said,
        own: one.own.line(&one.set, code).and_then(|line| line.points.as_ref()).map(shown),
        settled: settled(one, code),
        reason: verdict.map(|verdict| verdict.reason.clone()).unwrap_or_default(),
        judged: verdict.is_some(),
    }
}
