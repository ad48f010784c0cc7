//! The papers of a round, for whoever may have them.

use super::results::board;
use crate::model::*;
use crate::papers::{self, Hands};
use crate::rules::Sight;
use crate::view::{self, View};
use base::Date;
use db::Conn;
use letter::Letter;
use people::{Failure, Role, Scope, Unit, UnitId};

/// A department's report of its self-assessment: for those who see its card.
pub async fn report(conn: &mut Conn, scope: &Scope, round: RoundId, unit: UnitId) -> Result<(Letter, View), Failure> {
    let view = view::load(conn, scope, round, unit).await?;
    let hands = hands(conn, view.round.province, Some(unit), scope.today()).await?;
    Ok((papers::report(&view, &hands), view))
}

/// The minutes of a unit's appraisal: for those who appraise and conclude, and for the unit once its card was sent.
pub async fn minutes(conn: &mut Conn, scope: &Scope, round: RoundId, unit: UnitId) -> Result<(Letter, View), Failure> {
    let view = view::load(conn, scope, round, unit).await?;
    if view.card.state == CardState::Scoring {
        return Err(NotNow::NotSubmitted.into());
    }
    let hands = hands(conn, view.round.province, Some(unit), scope.today()).await?;
    let day = view.round.decided_on.map_or(scope.today(), |decided| decided.min(scope.today()));
    Ok((papers::minutes(&view, &hands, day), view))
}

/// The decision of publication: its draft for the council and the administrator, itself for everybody.
pub async fn decision(conn: &mut Conn, scope: &Scope, round: RoundId) -> Result<Letter, Failure> {
    let board = board(conn, scope, round).await?;
    if board.sight != Sight::Whole {
        return Err(NotNow::NotPublished.into());
    }
    let hands = hands(conn, board.round.province, None, scope.today()).await?;
    Ok(papers::decision(&board, &hands))
}

async fn hands(conn: &mut Conn, province: UnitId, unit: Option<UnitId>, day: Date) -> Result<Hands, Failure> {
    let province_unit = people::find_unit(conn, province).await?.ok_or(Failure::NotFound)?;
    let own: Option<Unit> = match unit {
        Some(unit) => Some(people::find_unit(conn, unit).await?.ok_or(Failure::NotFound)?),
        None => None,
    };
    let head = match unit {
        Some(unit) => with_role(conn, unit, Role::Head, day).await?.into_iter().next(),
        None => None,
    };
    let mut council = with_role(conn, province, Role::Council, day).await?;
    // The one whose title says so writes; the first of the others leads.
    let at = council.iter().position(|(title, _)| base::text::fold(title).contains("thu ky"));
    let secretary = at.map(|at| council.remove(at));
    Ok(Hands { province: province_unit, unit: own, head, chair: council.into_iter().next(), secretary })
}

/// Titles and names of those who hold a role at a unit themselves; a lent role signs nothing here.
async fn with_role(conn: &mut Conn, unit: UnitId, role: Role, day: Date) -> Result<Vec<(String, String)>, Failure> {
    let people = people::people_of(conn, unit, day).await?;
    let grants = people::grants_of_unit(conn, unit, day).await?;
    let holds = |person: &people::Person| {
        grants.iter().any(|grant| {
            grant.account == person.id && grant.role == role && grant.from <= day && grant.lent_by.is_none()
        })
    };
    Ok(people.iter().filter(|person| holds(person)).map(|person| (person.title.clone(), person.name.clone())).collect())
}
