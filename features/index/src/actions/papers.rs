//! The papers of a round, for whoever may have them.

use super::results::whole_board;
use crate::model::*;
use crate::papers::{self, Hands};
use crate::view::{self, View};
use base::Date;
use db::Conn;
use letter::Letter;
use people::{Failure, Role, Scope, Unit, UnitId};
use web::{Format, Sheet, Site, paper};

/// A department's report of its self-assessment: for those who see its card.
pub async fn report(conn: &mut Conn, scope: &Scope, round: RoundId, unit: UnitId) -> Result<(Letter, View), Failure> {
    let view = view::load(conn, scope, round, unit).await?;
    let hands = hands(conn, view.round.province, Some(unit), scope.today()).await?;
    Ok((papers::report(&view, &hands), view))
}

/// The minutes of a unit's appraisal: for those who appraise and conclude, and for the unit once it may
/// explain what was judged.
pub async fn minutes(conn: &mut Conn, scope: &Scope, round: RoundId, unit: UnitId) -> Result<(Letter, View), Failure> {
    let view = view::load(conn, scope, round, unit).await?;
    if view.card.state == CardState::Scoring {
        return Err(NotNow::NotSubmitted.into());
    }
    if !view.sees_verdicts() {
        return Err(NotNow::VerdictsLater { from: view.round.days.appraisal_to }.into());
    }
    let hands = hands(conn, view.round.province, Some(unit), scope.today()).await?;
    let day = view.round.decided_on.map_or(scope.today(), |decided| decided.min(scope.today()));
    Ok((papers::minutes(&view, &hands, day), view))
}

/// The decision of publication: its draft for the council and the administrator, itself for everybody.
pub async fn decision(conn: &mut Conn, scope: &Scope, round: RoundId) -> Result<Letter, Failure> {
    let board = whole_board(conn, scope, round).await?;
    let hands = hands(conn, board.round.province, None, scope.today()).await?;
    Ok(papers::decision(&board, &hands))
}

/// [`report`] as a file.
pub async fn report_file(site: &Site, scope: &Scope, of: (RoundId, UnitId), format: Format) -> Result<Sheet, Failure> {
    let (letter, view) = report(&mut site.db.read().await?, scope, of.0, of.1).await?;
    paper(letter, &format!("bao-cao-tu-danh-gia-{}-{}", view.card.unit_short, view.round.year), format).await
}

/// [`minutes`] as a file.
pub async fn minutes_file(site: &Site, scope: &Scope, of: (RoundId, UnitId), format: Format) -> Result<Sheet, Failure> {
    let (letter, view) = minutes(&mut site.db.read().await?, scope, of.0, of.1).await?;
    paper(letter, &format!("bien-ban-tham-dinh-{}-{}", view.card.unit_short, view.round.year), format).await
}

/// [`decision`] as a file.
pub async fn decision_file(site: &Site, scope: &Scope, round: RoundId, format: Format) -> Result<Sheet, Failure> {
    let letter = decision(&mut site.db.read().await?, scope, round).await?;
    paper(letter, "quyet-dinh-cong-bo", format).await
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
