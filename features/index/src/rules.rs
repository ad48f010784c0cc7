//! Decisions: pure. What phase it is, who may do what in it, and what is still missing.

mod left;
mod missing;
mod sight;
#[cfg(test)]
mod tests;

pub use left::{is_settled, own_leaves};
pub use missing::{Missing, missing};
pub use sight::{Sight, sight};

use crate::model::*;
use base::{Date, Decimal};
use people::{Role, Scope, Station};
use score::set::{CriteriaSet, Criterion, FilledBy};

/// Where a round stands on a day.
pub fn phase(round: &Round, day: Date) -> Phase {
    let days = &round.days;
    match round.status {
        RoundStatus::Published => Phase::Published,
        RoundStatus::Draft => Phase::Before,
        RoundStatus::Open if day < days.scoring_from => Phase::Before,
        RoundStatus::Open if day < days.scoring_to => Phase::Scoring,
        RoundStatus::Open if day < days.appraisal_to => Phase::Appraisal,
        RoundStatus::Open if day < days.explaining_to => Phase::Explaining,
        RoundStatus::Open if day < days.second_to => Phase::Second,
        RoundStatus::Open => Phase::Concluding,
    }
}

/// The first day on which a phase is over, where it ends by a day.
pub fn phase_end(round: &Round, phase: Phase) -> Option<Date> {
    match phase {
        Phase::Before => Some(round.days.scoring_from),
        Phase::Scoring => Some(round.days.scoring_to),
        Phase::Appraisal => Some(round.days.appraisal_to),
        Phase::Explaining => Some(round.days.explaining_to),
        Phase::Second => Some(round.days.second_to),
        Phase::Concluding | Phase::Published => None,
    }
}

/// Whether days follow each other.
pub fn check_days(days: &Days) -> Result<(), NotNow> {
    let line = [days.scoring_from, days.scoring_to, days.appraisal_to, days.explaining_to, days.second_to];
    let ordered = days.scoring_from < days.scoring_to && line.windows(2).all(|pair| pair[0] <= pair[1]);
    if ordered { Ok(()) } else { Err(NotNow::DaysOutOfOrder) }
}

/// What a person is to a card. One person may be several of these; the doors ask for the one they need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Belongs to the unit, or to an office of it.
    pub of_unit: bool,
    /// Answers anything of the unit and assigns it.
    pub coordinates: bool,
    /// Sends and explains for the unit.
    pub heads: bool,
    pub councils: bool,
    /// Watches the whole round: the province's administrator.
    pub administers: bool,
}

pub fn standing(scope: &Scope, station: &Station, round: &Round, card: &Card) -> Standing {
    let of_unit = station.is_in(card.unit);
    let of_province = scope.is_of(round.province);
    Standing {
        of_unit,
        coordinates: of_unit && scope.has(Role::Coordinator),
        heads: scope.is_of(card.unit) && scope.has(Role::Head),
        councils: of_province && scope.has(Role::Council),
        administers: of_province && scope.has(Role::Admin),
    }
}

/// Whether a person may see a card. Before publication a unit sees only itself.
pub fn may_see(standing: Standing, fields: &[String], phase: Phase) -> Result<(), NotNow> {
    let inside = standing.of_unit || standing.councils || standing.administers || !fields.is_empty();
    if inside || phase == Phase::Published { Ok(()) } else { Err(NotNow::NotYourUnit) }
}

/// Whether a person learns a card's verdicts: whoever judges and oversees always, the unit once it may explain.
pub fn sees_verdicts(standing: Standing, fields: &[String], phase: Phase) -> bool {
    phase >= Phase::Explaining || standing.councils || standing.administers || !fields.is_empty()
}

/// Whether a card takes answers today: the phase is open, or the card was reopened until a later day.
pub fn scoring_open(round: &Round, card: &Card, reopened_until: Option<Date>, day: Date) -> Result<(), NotNow> {
    if card.state != CardState::Scoring {
        return Err(NotNow::AlreadySubmitted);
    }
    let phase = phase(round, day);
    let reopened = reopened_until.is_some_and(|until| day < until) && phase < Phase::Published;
    if phase == Phase::Scoring || reopened {
        Ok(())
    } else {
        Err(NotNow::ScoringClosed { phase, to: round.days.scoring_to })
    }
}

/// Whether this person may answer this criterion, the card being open.
pub fn may_answer(
    scope: &Scope,
    station: &Station,
    standing: Standing,
    criterion: &Criterion,
    assigned: &[Assignment],
) -> Result<(), NotNow> {
    if !standing.of_unit {
        return Err(NotNow::NotYourUnit);
    }
    self_filled(criterion)?;
    if standing.coordinates || standing.heads {
        return Ok(());
    }
    if !scope.has(Role::Staff) {
        return Err(NotNow::NotAssigned);
    }
    let mine = assigned.iter().any(|one| covers(&one.code, &criterion.code) && is_mine(scope, station, one));
    let anyones = !assigned.iter().any(|one| covers(&one.code, &criterion.code));
    if mine || anyones { Ok(()) } else { Err(NotNow::NotAssigned) }
}

/// Whether an assignment names the person, or an office they are in.
pub fn is_mine(scope: &Scope, station: &Station, one: &Assignment) -> bool {
    match (one.account, one.unit) {
        (Some(account), _) => scope.account == Some(account),
        (None, Some(unit)) => station.is_in(unit),
        (None, None) => false,
    }
}

/// Whether `branch` is the criterion itself or one above it: codes make the tree (`2.10` is above `2.10.1`).
pub fn covers(branch: &str, code: &str) -> bool {
    code == branch || (code.starts_with(branch) && code.as_bytes().get(branch.len()) == Some(&b'.'))
}

fn self_filled(criterion: &Criterion) -> Result<(), NotNow> {
    if !criterion.is_leaf() {
        return Err(NotNow::IsAParent { code: criterion.code.clone() });
    }
    match criterion.filled_by {
        FilledBy::Own => Ok(()),
        FilledBy::Survey => Err(NotNow::NotForSelf { by: "kết quả điều tra xã hội học" }),
        FilledBy::Auto => Err(NotNow::NotForSelf { by: "số liệu của hệ thống" }),
        FilledBy::Appraiser => Err(NotNow::NotForSelf { by: "cơ quan thẩm định" }),
    }
}

/// The fields (top codes) of a card that this person appraises.
pub fn fields_of(scope: &Scope, station: &Station, card: &Card, appraisers: &[Appraiser]) -> Vec<String> {
    if !scope.has(Role::Appraiser) {
        return Vec::new();
    }
    // Whoever is named for this one unit takes the place of the field's usual appraiser. Nobody appraises their own
    // unit without being named for it: independence is the point of a second look.
    let replaced = |one: &Appraiser| {
        let named = |other: &Appraiser| {
            other.kind == card.kind && other.field == one.field && other.only_unit == Some(card.unit)
        };
        one.only_unit.is_none() && (station.is_in(card.unit) || appraisers.iter().any(named))
    };
    let mine = |one: &&Appraiser| {
        one.kind == card.kind
            && !replaced(one)
            && station.is_in(one.unit)
            && one.account.is_none_or(|account| scope.account == Some(account))
            && one.only_unit.is_none_or(|unit| unit == card.unit)
    };
    let mut fields: Vec<String> = appraisers.iter().filter(mine).map(|one| one.field.clone()).collect();
    fields.sort();
    fields.dedup();
    fields
}

/// Whether verdicts may be given on a card today.
pub fn appraisal_open(round: &Round, card: &Card, day: Date) -> Result<(), NotNow> {
    let phase = phase(round, day);
    match card.state {
        CardState::Scoring => Err(NotNow::NotSubmitted),
        CardState::Concluded => Err(NotNow::AppraisalClosed { phase }),
        _ if matches!(phase, Phase::Appraisal | Phase::Explaining | Phase::Second) => Ok(()),
        _ => Err(NotNow::AppraisalClosed { phase }),
    }
}

/// Whether this verdict may stand: its field is the appraiser's, its points within the criterion, its difference
/// explained. `own` is what the unit scored, where that is known.
pub fn check_verdict(
    fields: &[String],
    criterion: &Criterion,
    points: Option<Decimal>,
    own: Option<Decimal>,
    reason: &str,
) -> Result<(), Vec<NotNow>> {
    if !fields.iter().any(|field| covers(field, &criterion.code)) {
        return Err(vec![NotNow::NotYourField]);
    }
    if !criterion.is_leaf() {
        return Err(vec![NotNow::IsAParent { code: criterion.code.clone() }]);
    }
    let mut no = Vec::new();
    if let Some(points) = points {
        let max = criterion.max.unwrap_or_default();
        let least = least_of(criterion);
        if points > max {
            no.push(NotNow::OverMaximum { points, max });
        }
        if points < least {
            no.push(NotNow::UnderMinimum { points, least });
        }
        let given_by_appraiser = criterion.filled_by == FilledBy::Appraiser;
        if own != Some(points) && reason.trim().is_empty() && !given_by_appraiser {
            no.push(NotNow::ReasonMissing);
        }
    }
    if no.is_empty() { Ok(()) } else { Err(no) }
}

/// A deduction may go below zero where the set says so; nothing else does.
fn least_of(criterion: &Criterion) -> Decimal {
    match &criterion.measure {
        Some(score::set::Measure::Deduct { least, .. }) => (*least).min(Decimal::ZERO),
        _ => Decimal::ZERO,
    }
}

/// Whether the unit may speak up about an appraisal.
pub fn explaining_open(round: &Round, card: &Card, day: Date) -> Result<(), NotNow> {
    let phase = phase(round, day);
    let open = matches!(phase, Phase::Appraisal | Phase::Explaining)
        && card.state >= CardState::Submitted
        && card.state < CardState::Concluded;
    if open { Ok(()) } else { Err(NotNow::ExplainingClosed { phase }) }
}

/// Whether the council may conclude a card: every leaf that somebody appraises has a verdict.
pub fn may_conclude(standing: Standing, round: &Round, card: &Card, left: usize, day: Date) -> Result<(), NotNow> {
    let phase = phase(round, day);
    if !standing.councils {
        return Err(NotNow::NotYourUnit);
    }
    if card.state == CardState::Scoring {
        return Err(NotNow::NotSubmitted);
    }
    if !matches!(phase, Phase::Second | Phase::Concluding) || card.state == CardState::Concluded {
        return Err(NotNow::ConcludingClosed { phase });
    }
    if left > 0 { Err(NotNow::NotAppraised { left }) } else { Ok(()) }
}

/// The leaves that an appraiser must look at: all but the survey's, which nobody weighs again.
pub fn appraised_leaves<'a>(set: &'a CriteriaSet, kind: &'a str) -> impl Iterator<Item = &'a Criterion> {
    set.nodes(kind)
        .into_iter()
        .map(|node| node.criterion)
        .filter(|criterion| criterion.is_leaf() && criterion.filled_by != FilledBy::Survey)
}
