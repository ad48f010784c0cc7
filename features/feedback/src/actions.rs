//! One function per verb: load, decide, save. `say` and `follow` are the citizens'; `work`, `publish` those of whoever
//! answers; `stats` and `facts` count.

mod facts;
mod follow;
mod publish;
mod say;
mod stats;
mod work;

pub use facts::record_facts;
pub use follow::{Followed, answer_file, follow};
pub use publish::{approve, everybody_reads, one_for_everybody, propose, take_back};
pub use say::{Told, may_say, say, seal, write_down};
pub use stats::{BehindNumber, LIST as STATS_LIST, Statistics, StatsRow, behind, link_behind, statistics};
pub use work::{answer, candidates, give, pass};

use crate::model::*;
use crate::{rules, store};
use db::Conn;
use file::{FileUseId, Opened, Use};
use journal::{About, about};
use people::{Failure, Scope, Unit, UnitId};
use std::collections::BTreeMap;
use web::Site;

/// The agencies that may be spoken of.
pub async fn agencies(site: &Site) -> Result<Vec<Unit>, Failure> {
    let today = base::day::today(site.now());
    Ok(people::units_with(&mut site.db.read().await?, today, people::AGENCIES).await?)
}

/// The records that files belong to: what came with it, and what goes with its answer.
const SAID: &str = "feedback";
const ANSWERED: &str = "feedback-answer";

fn about_answer(id: FeedbackId) -> About {
    about(ANSWERED, id)
}

/// The agency whose feedback a person answers: their own, not one above it.
async fn agency_of(conn: &mut Conn, scope: &Scope) -> Result<UnitId, Failure> {
    people::station(conn, scope).await?.agency.ok_or(Failure::NotFound)
}

/// Whose somebody sees: all of their agency's, or what they were given.
async fn reach(conn: &mut Conn, scope: &Scope) -> Result<Reach, Failure> {
    let agency = agency_of(conn, scope).await?;
    if scope.has_any(rules::OVERSEERS) {
        return Ok(Reach { agency, only: None });
    }
    let account = scope.account.ok_or(Failure::NotFound)?;
    let offices = people::station(conn, scope).await?.path;
    Ok(Reach { agency, only: Some((account, offices)) })
}

/// A page of a list, with how many each part of it has.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    tab: Tab,
    page: (i64, i64),
) -> Result<(Vec<Feedback>, BTreeMap<Tab, i64>), Failure> {
    let reach = reach(conn, scope).await?;
    let counts = store::counts(conn, &reach, filter, scope.now).await?;
    Ok((store::list(conn, &reach, filter, tab, scope.now, page).await?, counts))
}

/// One with its story and its files.
pub struct Seen {
    pub one: Feedback,
    pub seat: Seat,
    pub events: Vec<Event>,
    pub files: Vec<Use>,
    pub answer_files: Vec<Use>,
}

/// Who said it is personal: that it was read stands in the journal.
pub async fn seen(site: &Site, scope: &Scope, id: FeedbackId) -> Result<Seen, Failure> {
    let mut conn = site.db.read().await?;
    let (one, seat) = mine(&mut conn, scope, id).await?;
    let events = store::events(&mut conn, id).await?;
    let files = file::uses_of(&mut conn, SAID, &[id]).await?;
    let answer_files = file::uses_of(&mut conn, ANSWERED, &[id]).await?;
    drop(conn);
    let mut tx = site.db.begin().await?;
    journal::write(&mut tx, scope, "feedback.read", about(SAID, id), &(), &()).await?;
    tx.commit().await?;
    Ok(Seen { one, seat, events, files, answer_files })
}

/// A file of one, for those who answer; what came with it is as personal as the rest.
pub async fn open_file(site: &Site, scope: &Scope, id: FeedbackId, file: FileUseId) -> Result<Opened, Failure> {
    let mut tx = site.db.begin().await?;
    mine(&mut tx, scope, id).await?;
    let one = file::find(&mut tx, file).await?.ok_or(Failure::NotFound)?;
    if ![SAID, ANSWERED].contains(&one.about_kind.as_str()) || one.about != id.to_string() {
        return Err(Failure::NotFound);
    }
    let opened = file::open(&mut tx, &site.files, file).await?;
    let which = serde_json::json!({ "file": file });
    journal::write(&mut tx, scope, "feedback.read", about(SAID, id), &(), &which).await?;
    tx.commit().await?;
    Ok(opened)
}

/// One that the person works on or oversees, and what they are to it.
async fn mine(conn: &mut Conn, scope: &Scope, id: FeedbackId) -> Result<(Feedback, Seat), Failure> {
    let one = store::find(conn, id).await?.ok_or(Failure::NotFound)?;
    let station = people::station(conn, scope).await?;
    let is_theirs = station.agency == Some(one.agency);
    let seat = rules::seat(scope, &station, &one).filter(|_| is_theirs).ok_or(Failure::NotFound)?;
    Ok((one, seat))
}

/// The offices and people of the agency, by which an overseer's list is narrowed; none for others.
pub async fn places(conn: &mut Conn, scope: &Scope) -> Result<Vec<(String, String)>, Failure> {
    if !scope.has_any(rules::OVERSEERS) {
        return Ok(Vec::new());
    }
    let agency = agency_of(conn, scope).await?;
    let all = candidates(conn, scope, agency).await?;
    let named = |one: &Candidate| match one.account {
        None => (one.office.to_string(), one.office_name.clone()),
        Some(account) => (account.to_string(), format!("{}, {}", one.name, one.office_name)),
    };
    Ok(all.iter().map(named).collect())
}
