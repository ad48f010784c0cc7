//! One function per verb: load, decide, save. `open` begins a collection; `entry` fills a report, `books` from a workbook, `attached` with files, `flow` takes it from hand to hand, `letters` are what it goes out with,
//! `gather` adds up, `system` counts, `tell` says it outside, `edxml` goes from office to office, `give` says who enters what; `listing` shows which there are, `cube` figures over units and periods, `out` all of them for programs; `nightly` counts and reminds; `regimes` keeps the rules.

mod attached;
mod books;
mod cube;
mod edxml;
mod entry;
mod flow;
mod gather;
mod give;
mod letters;
mod listing;
mod nightly;
mod open;
mod out;
mod regimes;
mod system;
mod tell;

pub(crate) use attached::files;
pub use attached::{attach, attached, detach, is_free};
pub use books::{load, workbook};
pub use cube::{Ask, Opened, Overview, Said, opened, overview};
pub use edxml::{MOST, exchanged, letter_file, letter_in, letters, take_in};
pub use entry::{Block, Typed, Wrote, note, paste, write_cell, write_words};
pub use flow::{accept, approve, ask, give_back, reopen, withdraw};
pub use gather::gather;
pub use give::{candidates, give, remind};
pub use letters::{issue, printed};
pub use listing::{ALL, Found, WAITING, board, list, regimes_in_force};
pub use nightly::{ladder, record_facts};
pub use open::{askable, open, openable};
pub use out::{Observation, ToldOut, told_out};
#[cfg(test)]
pub(crate) use regimes::embedded;
pub use regimes::{asked_twice, designed, load_embedded, publish, ready, regime, whole, workbook_of};
pub use system::{count, counts_any, is_overridden};
pub(crate) use tell::told;
pub use tell::{is_told_outside, tell_outside};

use crate::model::*;
use crate::rules::{self, figures};
use crate::view::{View, read_sheets};
use crate::{store, view};
use db::{Conn, Tx};
use indicator::Period;
use journal::{About, about};
use people::{Failure, Scope};
use std::collections::BTreeMap;
use web::Site;

/// What journal lines, files and notices of a report are about.
pub const ABOUT: &str = "report";

fn about_report(id: ReportId) -> About {
    about(ABOUT, id)
}

/// One report with its rules, for whoever may see it.
pub async fn hold(conn: &mut Conn, scope: &Scope, id: ReportId) -> Result<Held, Failure> {
    let report = store::find(conn, id).await?.ok_or(Failure::NotFound)?;
    let round = store::round(conn, report.round).await?.ok_or(Failure::NotFound)?;
    let path = store::path(conn, report.unit).await?;
    let station = people::station(conn, scope).await?;
    let seat = match rules::seat(scope, &station, &round, &report, &path) {
        Some(seat) => seat,
        // What an earlier agency collected is seen, not worked on, by whoever oversees the one that came of it.
        None if cube::is_heir(conn, scope, round.collector).await? => Seat::default(),
        None => return Err(Failure::NotFound),
    };
    let ready = ready(conn, round.regime, round.indicators).await?;
    Ok(Held { round, report, ready, seat })
}

/// One report with all that is in it.
pub async fn seen(site: &Site, scope: &Scope, id: ReportId) -> Result<View, Failure> {
    let mut conn = site.db.read().await?;
    let held = hold(&mut conn, scope, id).await?;
    View::of(&mut conn, held).await
}

/// Takes one for a change. `version`, where a page names it, is that of the page; an older one is a conflict.
async fn take(site: &Site, scope: &Scope, id: ReportId, version: Option<i64>) -> Result<(Tx, Held), Failure> {
    let mut tx = site.db.begin().await?;
    if !store::take(&mut tx, id, scope.now).await? {
        return Err(Failure::NotFound);
    }
    let held = hold(&mut tx, scope, id).await?;
    // Taking it has made it one newer.
    if version.is_some_and(|version| version + 1 != held.report.version) {
        return Err(Failure::stale(serde_json::json!({ "state": held.report.state })));
    }
    Ok((tx, held))
}

/// What its unit told in the period before, and in the same one of last year.
pub(crate) async fn past(conn: &mut Conn, held: &Held) -> Result<[Told; 2], Failure> {
    let Held { round, report, .. } = held;
    let around = [round.period.previous(), round.period.year_before()];
    let periods: Vec<String> = around.into_iter().flatten().map(|period| period.to_string()).collect();
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for (period, regime, indicators, content) in store::past(conn, round, report, &periods).await? {
        let ready = ready(conn, regime, indicators).await?;
        let sent: Sent = serde_json::from_str(&content)?;
        let sheets = read_sheets(&ready, &sent.sheets)?;
        told.insert(period, figures::told_with_derived(&ready, &sheets));
    }
    let of = |period: Option<Period>| period.and_then(|period| told.get(&period.to_string()).cloned());
    Ok(around.map(|period| of(period).unwrap_or_default()))
}

/// What a version keeps of a report, as it was sent.
#[derive(serde::Serialize, serde::Deserialize)]
struct Sent {
    sheets: BTreeMap<String, String>,
    words: BTreeMap<String, String>,
    asks: Vec<String>,
}

/// The sheets of a report as they are now.
async fn sheets(conn: &mut Conn, held: &Held) -> Result<Sheets, Failure> {
    view::read_sheets(&held.ready, &store::sheets(conn, held.report.id).await?)
}

/// Whose letter a report is: the unit's, or the agency's that it lies in; with who heads it.
pub async fn hands(conn: &mut Conn, scope: &Scope, view: &View) -> Result<crate::papers::Hands, Failure> {
    let units = people::units(conn).await?;
    let path = people::path(&units, view.held.report.unit);
    let unit = view.held.report.unit;
    let people = people::people_of(conn, unit, scope.today()).await?;
    let grants = people::grants_of_unit(conn, unit, scope.today()).await?;
    // A lent role signs nothing here.
    let heads = |person: &&people::Person| {
        let own = |grant: &&people::Grant| grant.account == person.id && grant.lent_by.is_none();
        grants.iter().filter(own).any(|grant| grant.role == people::Role::Head && grant.from <= scope.today())
    };
    let head = people.iter().find(heads).map(|person| (person.title.clone(), person.name.clone()));
    let province = path.iter().find(|unit| unit.kind == "tinh").map(|unit| unit.name.clone()).unwrap_or_default();
    let place = province.trim_start_matches("UBND ").trim_start_matches("tỉnh ").trim_start_matches("Tỉnh ").to_owned();
    let above = path.get(1);
    Ok(crate::papers::Hands {
        agency: view.held.report.unit_name.clone(),
        parent: above.map(|unit| unit.name.clone()),
        head,
        place,
    })
}
