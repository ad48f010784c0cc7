//! Which reports there are: a person's own list, and the board of a collection.

use super::ready;
use crate::model::*;
use crate::regime::Ready;
use crate::rules;
use crate::store;
use db::Conn;
use people::{Failure, Role, Scope};
use rulebook::Head;
use std::collections::BTreeMap;
use std::sync::Arc;
use web::Site;

/// A page of a list, with how many there are in each state, how many are late, and how many wait for the person.
pub struct Found {
    pub lines: Vec<Listed>,
    pub counts: BTreeMap<State, i64>,
    pub late: i64,
    pub waiting: i64,
}

/// What waits for somebody, among what a list shows.
pub const WAITING: &str = "";

/// The reports that a person enters, oversees or takes in. What waits is what they or their unit enter, and where they head it, what
/// was put before them.
pub async fn list(conn: &mut Conn, scope: &Scope, filter: Filter, page: (i64, i64)) -> Result<Found, Failure> {
    let unit = scope.unit.ok_or(Failure::NotFound)?;
    let oversees = scope.has_any(rules::SEERS);
    let waits = if scope.has(Role::Head) { "waits" } else { "open" };
    let own = Filter { units: vec![unit], account: scope.account, state: waits.to_owned(), ..filter.clone() };
    let units = if oversees { people::inside(conn, unit).await? } else { vec![unit] };
    let all = Filter { units, account: scope.account, collector: scope.unit.filter(|_| oversees), ..filter.clone() };
    let (counts, late) = store::counts(conn, &all, scope.now).await?;
    let (mine, _) = store::counts(conn, &own, scope.now).await?;
    let is_waiting = |state: &State| state.is_open() || (*state == State::Asked && scope.has(Role::Head));
    let waiting = mine.iter().filter(|(state, _)| is_waiting(state)).map(|(_, count)| count).sum();
    let shown = if filter.state == WAITING { own } else { all };
    // Every state has a word of its own; none is no state at all.
    let shown = if shown.state == ALL { Filter { state: String::new(), ..shown } } else { shown };
    Ok(Found { lines: store::list(conn, &shown, scope.now, page).await?, counts, late, waiting })
}

/// All states at once.
pub const ALL: &str = "all";

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
