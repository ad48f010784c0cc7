//! Who enters what; and telling them.

use super::{about_report, sheets, take};
use crate::model::*;
use crate::rules::{self, figures};
use crate::store;
use base::Timestamp;
use db::{Conn, Tx};
use notice::{News, Receiver, Values};
use people::{AccountId, Failure, Person, Role, Scope, UnitId};
use serde_json::json;
use std::collections::BTreeSet;
use web::Site;

/// Who may be given a unit's report: its people.
pub async fn candidates(conn: &mut Conn, scope: &Scope, unit: UnitId) -> Result<Vec<Person>, Failure> {
    Ok(people::people_of(conn, unit, scope.today()).await?)
}

/// Gives a report to somebody, or to the whole unit, and says which rows it is asked for (none: all).
pub async fn give(
    site: &Site,
    scope: &Scope,
    id: ReportId,
    version: i64,
    (holder, asks): (Option<AccountId>, &[String]),
) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    if !(held.seat.collects || held.seat.heads) {
        return Err(No::NotCollector.into());
    }
    if !held.report.state.is_open() {
        return Err(No::Closed { state: held.report.state }.into());
    }
    // What is asked is for whoever asks to say; the unit's own head says who enters it.
    let says_rows = held.seat.collects || held.report.gathers();
    if !says_rows && asks != held.report.asks.as_slice() {
        return Err(No::RowsByCollector.into());
    }
    let people = candidates(&mut tx, scope, held.report.unit).await?;
    if holder.is_some_and(|holder| people.iter().all(|one| one.id != holder)) {
        return Err(No::NoHolder.into());
    }
    let known = |code: &String| held.ready.forms.iter().any(|form| form.rows.iter().any(|row| row.code == *code));
    if let Some(code) = asks.iter().find(|code| !known(code)) {
        return Err(No::RowUnknown { code: code.clone() }.into());
    }
    let counts = figures::counted(&held.ready, asks, &sheets(&mut tx, &held).await?);
    store::give(&mut tx, id, holder, asks, counts).await?;
    let before = json!({ "holder": held.report.holder, "rows": held.report.asks });
    let after = json!({ "holder": holder, "rows": asks });
    journal::write(&mut tx, scope, "report.given", about_report(id), &before, &after).await?;
    if holder.is_some_and(|holder| Some(holder) != held.report.holder) {
        let news = News {
            template: "report.assigned",
            values: values(site, &held),
            about: Some(about_report(id)),
            once: None,
        };
        let to: Vec<Receiver> = holder.map(Receiver::Account).into_iter().collect();
        notice::tell(&mut tx, scope.now, &news, &to).await?;
    }
    Ok(tx.commit().await?)
}

/// Reminds whoever has not sent; gives how many reports that are.
pub async fn remind(site: &Site, scope: &Scope, round: RoundId) -> Result<usize, Failure> {
    let mut tx = site.db.begin().await?;
    let round = store::round(&mut tx, round).await?.ok_or(Failure::NotFound)?;
    if !(scope.is_of(round.collector) && scope.has_any(rules::COLLECTORS)) {
        return Err(No::NotCollector.into());
    }
    let ready = super::ready(&mut tx, round.regime, round.indicators).await?;
    let told = tell_all(&mut tx, site, scope, &round, &ready.file.name, "report.remind").await?;
    let after = json!({ "reports": told });
    journal::write(&mut tx, scope, "report.reminded", journal::about("report-round", round.id), &(), &after).await?;
    tx.commit().await?;
    site.jobs.ring();
    Ok(told)
}

/// What a notice says of a report: its period, its name, its due day.
pub(super) fn said(url: &str, (id, name, period, due): (ReportId, &str, &str, Timestamp), agency: &str) -> Values {
    let said = period.parse::<indicator::Period>().map_or_else(|_| period.to_owned(), |period| period.say());
    Values {
        code: said,
        procedure: name.to_owned(),
        day: Some(base::day::today(due)),
        link: format!("{url}/bao-cao/{id}"),
        agency: agency.to_owned(),
        ..Values::default()
    }
}

fn values(site: &Site, held: &Held) -> Values {
    let Held { report, round, ready, .. } = held;
    said(
        &site.settings.public_url,
        (report.id, &ready.file.name, &round.period.to_string(), report.due),
        &report.unit_name,
    )
}

/// Those of a unit who hold one of these roles; whoever was given the report alone, where somebody was.
pub(super) async fn people_for(
    tx: &mut Tx,
    scope: &Scope,
    report: &Report,
    roles: &[Role],
) -> Result<Vec<Receiver>, Failure> {
    let people = people::people_of(tx, report.unit, scope.today()).await?;
    let holder = report.holder.filter(|holder| people.iter().any(|person| person.id == *holder));
    if let Some(holder) = holder.filter(|_| roles.contains(&Role::Staff)) {
        return Ok(vec![Receiver::Account(holder)]);
    }
    holding(tx, scope, report.unit, roles).await
}

/// Those who hold one of these roles at a unit today.
async fn holding(tx: &mut Tx, scope: &Scope, unit: UnitId, roles: &[Role]) -> Result<Vec<Receiver>, Failure> {
    let today = scope.today();
    let grants = people::grants_of_unit(tx, unit, today).await?;
    let holds = grants.iter().filter(|grant| grant.from <= today && roles.contains(&grant.role));
    let all: BTreeSet<AccountId> = holds.map(|grant| grant.account).collect();
    Ok(all.into_iter().map(Receiver::Account).collect())
}

/// Those who may approve a report: its unit's head; where it has none, whoever heads or coordinates the nearest unit above.
pub(super) async fn heads_for(tx: &mut Tx, scope: &Scope, report: &Report) -> Result<Vec<Receiver>, Failure> {
    for (up, unit) in store::path(tx, report.unit).await?.into_iter().enumerate() {
        let roles: &[Role] = if up == 0 { &[Role::Head] } else { rules::COLLECTORS };
        let found = holding(tx, scope, unit, roles).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Tells those of a collection who have not sent theirs; gives how many reports that are.
pub(super) async fn tell_all(
    tx: &mut Tx,
    site: &Site,
    scope: &Scope,
    round: &Round,
    name: &str,
    template: &'static str,
) -> Result<usize, Failure> {
    let mut told = 0;
    let waiting = store::of_round(tx, round.id).await?;
    for report in waiting.iter().filter(|report| !report.gathers() && !report.state.is_told()) {
        let to = people_for(tx, scope, report, rules::FILLERS).await?;
        let period = round.period.to_string();
        let values = said(&site.settings.public_url, (report.id, name, &period, report.due), &report.unit_name);
        let news = News { template, values, about: Some(about_report(report.id)), once: None };
        notice::tell(tx, scope.now, &news, &to).await?;
        told += 1;
    }
    Ok(told)
}

/// Tells people of a report.
pub(super) async fn tell_some(
    tx: &mut Tx,
    site: &Site,
    scope: &Scope,
    held: &Held,
    template: &'static str,
    to: Vec<Receiver>,
) -> Result<(), Failure> {
    let news = News { template, values: values(site, held), about: Some(about_report(held.report.id)), once: None };
    notice::tell(tx, scope.now, &news, &to).await.map(drop)
}

/// Tells whoever adds up that one has come.
pub(super) async fn tell_collector(tx: &mut Tx, site: &Site, scope: &Scope, held: &Held) -> Result<(), Failure> {
    if held.report.gathers() {
        return Ok(());
    }
    let mut to = holding(tx, scope, held.round.collector, &[Role::Coordinator]).await?;
    if to.is_empty() {
        to = holding(tx, scope, held.round.collector, &[Role::Head]).await?;
    }
    let news = News {
        template: "report.came",
        values: values(site, held),
        about: Some(about_report(held.report.id)),
        once: None,
    };
    notice::tell(tx, scope.now, &news, &to).await.map(drop)
}
