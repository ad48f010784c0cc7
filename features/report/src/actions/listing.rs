//! Which reports there are: a person's own list, and the board of a collection.

use super::ready;
use crate::model::*;
use crate::regime::Ready;
use crate::rules;
use crate::store;
use db::Conn;
use people::{Failure, Scope};
use rulebook::Head;
use std::collections::BTreeMap;
use std::sync::Arc;
use web::Site;

/// A page of the reports that a person enters, oversees or takes in, with how many there are in each state, and late ones.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: Filter,
    page: (i64, i64),
) -> Result<(Vec<Listed>, BTreeMap<State, i64>, i64), Failure> {
    let unit = scope.unit.ok_or(Failure::NotFound)?;
    let oversees = scope.has_any(rules::SEERS);
    let units = if oversees { people::inside(conn, unit).await? } else { vec![unit] };
    let filter = Filter { units, account: scope.account, collector: scope.unit.filter(|_| oversees), ..filter };
    let (counts, late) = store::counts(conn, &filter, scope.now).await?;
    Ok((store::list(conn, &filter, scope.now, page).await?, counts, late))
}

/// A collection with its reports, the collector's own first: for people of the collector who oversee it.
pub async fn board(site: &Site, scope: &Scope, id: RoundId) -> Result<(Round, Arc<Ready>, Vec<Report>), Failure> {
    let mut conn = site.db.read().await?;
    let round = store::round(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    if !(scope.is_of(round.collector) && scope.has_any(rules::SEERS)) {
        return Err(Failure::NotFound);
    }
    let ready = ready(&mut conn, round.regime, round.indicators).await?;
    let reports = store::of_round(&mut conn, id).await?;
    Ok((round, ready, reports))
}

/// The regimes in force today.
pub async fn regimes_in_force(conn: &mut Conn, scope: &Scope) -> Result<Vec<Head>, Failure> {
    Ok(rulebook::all_in_force(conn, REGIME, scope.today()).await?)
}
