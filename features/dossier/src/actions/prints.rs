//! What printed forms say, gathered; that they were printed, and the register read, stands in the journal: both are personal.

use super::reading::papers_of;
use crate::model::*;
use crate::papers::{Book, Line, Offices, Printed, Signed, What};
use crate::store;
use base::{Date, Timestamp};
use db::Conn;
use journal::about;
use people::{Failure, Role, Scope, Unit, UnitId};
use serde_json::json;
use web::Site;

/// Everything that the forms of a dossier say. The journal keeps which form it was for.
pub async fn printed(site: &Site, scope: &Scope, id: DossierId, what: What) -> Result<Printed, Failure> {
    let seen = papers_of(&site.db, scope, id).await?;
    let mut tx = site.db.begin().await?;
    let dossier = &seen.at.dossier;
    let offices = offices(&mut tx, site, dossier.counter, Some(dossier.agency)).await?;
    let head = head_of(&mut tx, dossier.agency, scope.today()).await?;
    journal::write(&mut tx, scope, "dossier.printed", about("dossier", id), &(), &json!({ "form": what.word() }))
        .await?;
    let printed = Printed {
        apologies: store::apologies(&mut tx, id).await?,
        ending: store::ending(&mut tx, id).await?,
        receiver: store::receiver(&mut tx, id).await?,
        guides: store::guides(&mut tx, id).await?,
        hands: store::hands(&mut tx, id).await?,
        seen,
        offices,
        head,
        site: site.settings.public_url.clone(),
        help: site.settings.help.clone(),
    };
    tx.commit().await?;
    Ok(printed)
}

/// The units that papers name: a counter, and who resolves (the counter itself where a paper is the counter's alone).
async fn offices(conn: &mut Conn, site: &Site, counter: UnitId, agency: Option<UnitId>) -> Result<Offices, Failure> {
    let (counter, above_counter) = upward(conn, counter).await?;
    let (agency, above_agency) = match agency {
        Some(agency) => upward(conn, agency).await?,
        None => (counter.clone(), above_counter.clone()),
    };
    Ok(Offices { counter, above_counter, agency, above_agency, owner: site.settings.owner.clone() })
}

/// A unit and those above it, nearest first. A tree of a province is at most six deep; the bound only guards against a loop.
async fn upward(conn: &mut Conn, unit: UnitId) -> Result<(Unit, Vec<Unit>), Failure> {
    let found = people::find_unit(conn, unit).await?.ok_or(Failure::NotFound)?;
    let (mut above, mut next) = (Vec::new(), found.parent);
    while let Some(id) = next.filter(|_| above.len() < 20) {
        let Some(unit) = people::find_unit(conn, id).await? else { break };
        next = unit.parent;
        above.push(unit);
    }
    Ok((found, above))
}

/// Who heads an agency on a day; a lent role signs nothing here.
async fn head_of(conn: &mut Conn, agency: UnitId, day: Date) -> Result<Signed, Failure> {
    let people = people::people_of(conn, agency, day).await?;
    let grants = people::grants_of_unit(conn, agency, day).await?;
    let heads = |person: &&people::Person| {
        let own = grants.iter().filter(|grant| grant.account == person.id && grant.lent_by.is_none());
        own.into_iter().any(|grant| grant.role == Role::Head && grant.from <= day)
    };
    let found = people.iter().find(heads);
    Ok(found.map(|person| Signed { title: person.title.clone(), name: person.name.clone() }).unwrap_or_default())
}

/// The days of a register, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: Date,
    pub last: Date,
}

/// A year and a day: a book is of a year.
const MOST_DAYS: i64 = 366;
/// Above this the paper has a hundred sheets, and the machine that lays it out nothing else to do.
const MOST_PRINTED: i64 = 2000;

impl Range {
    pub(super) fn moments(self) -> Result<(Timestamp, Timestamp), NotNow> {
        let days = self.last.duration_since(self.from).as_hours() / 24;
        match self.last.tomorrow() {
            Ok(end) if (0..=MOST_DAYS).contains(&days) => Ok((base::day::start(self.from), base::day::start(end))),
            _ => Err(NotNow::RegisterDays { most: MOST_DAYS }),
        }
    }
}

/// The counters whose register a person may read: where they stand or below which they stand and something was received; of
/// those, others than clerks only what lies inside their agency.
pub async fn counters(conn: &mut Conn, scope: &Scope) -> Result<Vec<Unit>, Failure> {
    let station = people::station(conn, scope).await?;
    let own = station.path.iter().position(|unit| Some(*unit) == station.agency).map_or(1, |at| at + 1);
    let most = if scope.has(Role::Clerk) { station.path.len() } else { own };
    let mut found = Vec::new();
    for (at, unit) in station.path.iter().take(most).enumerate() {
        // Their own place has a register even while nothing is in it.
        if at + 1 == own || store::is_counter(conn, *unit).await? {
            found.extend(people::find_unit(conn, *unit).await?);
        }
    }
    Ok(found)
}

/// A page of a counter's register, and how many lines it has. Its reading is journalled, with its days.
pub async fn register(
    site: &Site,
    scope: &Scope,
    counter: UnitId,
    range: Range,
    (skip, most): (i64, i64),
) -> Result<(Vec<Line>, i64), Failure> {
    let moments = range.moments()?;
    let mut tx = site.db.begin().await?;
    may_read(&mut tx, scope, counter).await?;
    let lines = store::register(&mut tx, counter, moments, skip, most).await?;
    let total = store::register_total(&mut tx, counter, moments).await?;
    if !lines.is_empty() {
        let days = json!({ "from": range.from, "last": range.last });
        journal::write(&mut tx, scope, "dossier.register-read", about("unit", counter), &(), &days).await?;
    }
    tx.commit().await?;
    Ok((lines, total))
}

pub(super) async fn may_read(conn: &mut Conn, scope: &Scope, counter: UnitId) -> Result<(), Failure> {
    let known = counters(conn, scope).await?;
    if known.iter().any(|unit| unit.id == counter) { Ok(()) } else { Err(Failure::NotFound) }
}

/// The register of a range of days as it is printed.
pub async fn register_printed(site: &Site, scope: &Scope, counter: UnitId, range: Range) -> Result<Book, Failure> {
    let (lines, total) = register(site, scope, counter, range, (0, MOST_PRINTED)).await?;
    if total > MOST_PRINTED {
        return Err(NotNow::RegisterLong { most: MOST_PRINTED }.into());
    }
    let mut conn = site.db.read().await?;
    let offices = offices(&mut conn, site, counter, None).await?;
    Ok(Book { offices, from: range.from, last: range.last, lines })
}
