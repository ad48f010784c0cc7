//! Who may see how much of a round's results.

use crate::model::*;
use people::{Role, Scope, UnitId};

/// How much of a round's results a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Every unit.
    Whole,
    /// One's own unit, beside the median of its kind.
    Own(UnitId),
}

/// After publication everybody sees all; before, the province's council and administrator do, and each unit sees
/// itself. Appraisers compare units of their field on the pages of the appraisal, not here.
pub fn sight(scope: &Scope, station: &Station, round: &Round, cards: &[Card]) -> Result<Sight, NotNow> {
    let program = scope.account.is_none() && scope.has(Role::Admin);
    let oversees = scope.is_of(round.province) && scope.has_any(&[Role::Admin, Role::Council]);
    if round.status == RoundStatus::Published || program || oversees {
        return Ok(Sight::Whole);
    }
    let own = cards.iter().find(|card| station.is_in(card.unit));
    own.map(|card| Sight::Own(card.unit)).ok_or(NotNow::NotPublished)
}
