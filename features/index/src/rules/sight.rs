//! Who may see how much of a round's results.

use crate::model::*;
use people::{Role, Scope, Station, UnitId};

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use base::{Date, Timestamp};

    fn round(province: UnitId, status: RoundStatus) -> Round {
        let day = |month| Date::constant(2020, month, 1);
        let days = Days {
            scoring_from: day(1),
            scoring_to: day(2),
            appraisal_to: day(3),
            explaining_to: day(4),
            second_to: day(5),
        };
        Round {
            id: db::fresh_id(),
            name: "Thử".into(),
            year: 2020,
            province,
            days,
            status,
            decision: None,
            decided_on: None,
            published: None,
            sample: true,
            version: 1,
        }
    }

    fn card(unit: UnitId) -> Card {
        Card {
            id: db::fresh_id(),
            round: db::fresh_id(),
            unit,
            unit_name: "Sở".into(),
            unit_short: "Sở".into(),
            kind: "so".into(),
            edition: db::fresh_id(),
            state: CardState::Scoring,
            submitted: None,
            survey_held: true,
            version: 1,
        }
    }

    fn scope(unit: UnitId, roles: &[Role]) -> Scope {
        let account = Some(db::fresh_id());
        let now = Timestamp::UNIX_EPOCH;
        Scope {
            account,
            name: "Thử".into(),
            unit: Some(unit),
            station: people::Station::default(),
            roles: roles.to_vec(),
            read_only: false,
            now,
        }
    }

    #[test]
    fn before_publication_only_the_province_sees_all() {
        let (province, own, office, other): (UnitId, UnitId, UnitId, UnitId) =
            (db::fresh_id(), db::fresh_id(), db::fresh_id(), db::fresh_id());
        let cards = [card(own), card(db::fresh_id())];
        let see = |unit, path: &[UnitId], roles: &[Role], status| {
            sight(&scope(unit, roles), &Station { path: path.to_vec(), agency: None }, &round(province, status), &cards)
        };
        for role in [Role::Admin, Role::Council] {
            assert_eq!(see(province, &[province], &[role], RoundStatus::Open), Ok(Sight::Whole));
        }
        let inside = [office, own, province];
        for role in Role::ALL {
            assert_eq!(see(office, &inside, &[role], RoundStatus::Open), Ok(Sight::Own(own)), "{role:?}");
            assert_eq!(see(other, &[other], &[role], RoundStatus::Open), Err(NotNow::NotPublished), "{role:?}");
            assert_eq!(see(other, &[other], &[role], RoundStatus::Published), Ok(Sight::Whole), "{role:?}");
        }
        for role in [Role::Viewer, Role::Appraiser, Role::Head] {
            assert_eq!(see(province, &[province], &[role], RoundStatus::Open), Err(NotNow::NotPublished), "{role:?}");
        }
    }
}
