//! What pages show: one dossier with all that belongs to it; lists of what a person may see.

use super::loaded::{Loaded, load, load_at_once};
use crate::clock;
use crate::model::*;
use crate::store;
use calendar::Due;
use db::Conn;
use file::Use;
use journal::about;
use people::{Failure, Role, Scope};
use std::collections::BTreeMap;
use web::Site;

/// One dossier with all that its page shows.
pub struct Seen {
    pub at: Loaded,
    pub attached: Attached,
    pub brought: Brought,
    pub told: Told,
    pub past: Past,
}

/// What was handed in, with the files.
pub struct Attached {
    /// The electronic form that came with it, and its answers.
    pub declared: Option<(std::sync::Arc<form::Form>, Declared)>,
    pub papers: Vec<Paper>,
    /// Files by the code of their paper.
    pub files: BTreeMap<String, Vec<Use>>,
}

/// What the offices brought to it, with the files.
pub struct Brought {
    pub results: Vec<Outcome>,
    pub result_files: Vec<Use>,
    pub awaited: Vec<Awaited>,
    pub answer_files: Vec<Use>,
}

/// What happened to it.
pub struct Past {
    pub fees: Vec<Fee>,
    /// What of them was given back, or is to be.
    pub refunds: Vec<Refund>,
    pub asks: Vec<Ask>,
    pub events: Vec<Event>,
}

/// What there is to say of it.
pub struct Told {
    /// The due moment line by line.
    pub why: Vec<String>,
    /// Other agencies that have a step of its process, and by when each is to be done with it, as planned on receipt.
    pub others: Vec<(String, base::Timestamp)>,
    /// Short names of the agency that resolves, and of the counter that took it in.
    pub agency: String,
    pub counter: String,
}

/// A dossier as its page shows it. Whose it is, is personal: that it was read stands in the journal.
pub async fn seen(site: &Site, scope: &Scope, id: DossierId) -> Result<Seen, Failure> {
    let at = load_at_once(&site.db, scope, id).await?;
    // All writers queue on the journal's head: it is held for one line, not for all the reading. The line is on its way
    // to the disk meanwhile, and there before anything is shown.
    let line = async {
        let mut tx = site.db.begin().await?;
        journal::write(&mut tx, scope, "dossier.read", about("dossier", id), &(), &()).await?;
        Ok(tx.commit().await?)
    };
    let all = async {
        let beside = site.db.beside().await?;
        let attached = async { attached(&mut beside.read().await?, id).await };
        let brought = async { brought(&mut beside.read().await?, id).await };
        let told = async { told(&mut beside.read().await?, &at).await };
        let past = async { past(&mut beside.read().await?, id).await };
        tokio::try_join!(attached, brought, told, past)
    };
    // Each takes one connection and none waits for a second: there are few.
    let ((), (attached, brought, told, past)) = tokio::try_join!(line, all)?;
    Ok(Seen { at, attached, brought, told, past })
}

/// The same without a line: for a paper that is printed of what was just read or done.
pub async fn papers_of(conn: &mut Conn, scope: &Scope, id: DossierId) -> Result<Seen, Failure> {
    let at = load(conn, scope, id).await?;
    let (attached, brought) = (attached(conn, id).await?, brought(conn, id).await?);
    let (told, past) = (told(conn, &at).await?, past(conn, id).await?);
    Ok(Seen { at, attached, brought, told, past })
}

async fn attached(conn: &mut Conn, id: DossierId) -> Result<Attached, Failure> {
    let declared = match store::declared(conn, id).await? {
        Some(declared) => Some((crate::flow::form(conn, declared.form).await?, declared)),
        None => None,
    };
    let papers = store::papers(conn, id).await?;
    let abouts: Vec<String> = papers.iter().map(|paper| format!("{id}/{}", paper.code)).collect();
    let mut files: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for one in file::uses_of(conn, "dossier-paper", &abouts).await? {
        let code = one.about.split_once('/').map_or("", |(_, code)| code).to_owned();
        files.entry(code).or_default().push(one);
    }
    Ok(Attached { declared, papers, files })
}

async fn brought(conn: &mut Conn, id: DossierId) -> Result<Brought, Failure> {
    let results = store::results(conn, id).await?;
    let result_ids: Vec<ResultId> = results.iter().map(|result| result.id).collect();
    let result_files = file::uses_of(conn, "dossier-result", &result_ids).await?;
    let awaited = store::awaited(conn, id).await?;
    let awaited_ids: Vec<AwaitedId> = awaited.iter().map(|one| one.id).collect();
    let answer_files = file::uses_of(conn, "dossier-answer", &awaited_ids).await?;
    Ok(Brought { results, result_files, awaited, answer_files })
}

async fn past(conn: &mut Conn, id: DossierId) -> Result<Past, Failure> {
    let fees = store::fees(conn, id).await?;
    let refunds = if fees.iter().any(|fee| fee.paid.is_some()) { store::refunds(conn, id).await? } else { Vec::new() };
    Ok(Past { fees, refunds, asks: store::asks(conn, id).await?, events: store::events(conn, id).await? })
}

async fn told(conn: &mut Conn, at: &Loaded) -> Result<Told, Failure> {
    let (resolves, took) = (at.dossier.agency, at.dossier.counter);
    let agency = people::find_unit(conn, resolves).await?.ok_or(Failure::NotFound)?;
    let counter = if took == resolves { None } else { people::find_unit(conn, took).await? };
    let calendar = hours::of(conn, resolves).await?;
    let Due { why, .. } = clock::explained(&calendar, at.dossier.received, at.time()?, &uncorrected(&at.ticks))?;
    let others = others(&calendar, at)?;
    Ok(Told {
        others,
        why,
        counter: counter.map_or_else(|| agency.short.clone(), |unit| unit.short),
        agency: agency.short,
    })
}

/// When other agencies are done at the latest, if everything goes forward from the receipt (NĐ 118/2025/NĐ-CP: the receipt
/// of a dossier across agencies says the days of each).
fn others(calendar: &calendar::Calendar, at: &Loaded) -> Result<Vec<(String, base::Timestamp)>, Failure> {
    let mut found = Vec::new();
    for (place, step) in at.process.steps.iter().enumerate() {
        let Some(agency) = &step.agency else { continue };
        let limit = calendar::Limit::Minutes(workflow::by(&at.process, &at.dossier.case, place));
        let (received, count) = (hours::local(at.dossier.received), calendar::Count::Hours);
        let plan = calendar::Ledger { received, limit, count, entries: Vec::new() };
        if let Some(due) = plan.due(calendar)?.due {
            found.push((agency.clone(), hours::instant(due)));
        }
    }
    Ok(found)
}

/// Told from the moment that holds now: how it was corrected stands among the events.
fn uncorrected(ticks: &[clock::Tick]) -> Vec<clock::Tick> {
    ticks.iter().filter(|tick| !matches!(tick.act, clock::Deed::Correct { .. })).cloned().collect()
}

/// How far a person sees in lists: those who answer for the agency's work all of it, a specialist what is theirs.
async fn reach(conn: &mut Conn, scope: &Scope) -> Result<Reach, Failure> {
    let unit = scope.unit.ok_or(Failure::NotFound)?;
    let agency = people::station(conn, scope).await?.agency.unwrap_or(unit);
    if scope.has_any(&[Role::Clerk, Role::Head, Role::Coordinator, Role::Registrar]) {
        return Ok(Reach::Agency(agency));
    }
    Ok(Reach::Own { office: unit, account: scope.account })
}

/// A page of a box, soonest due first.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    from: i64,
    most: i64,
) -> Result<Vec<Listed>, Failure> {
    let reach = reach(conn, scope).await?;
    Ok(store::list(conn, &reach, filter, from, most).await?)
}

/// The procedures that a person's lists can be narrowed to, by name.
pub async fn choices(conn: &mut Conn, scope: &Scope) -> Result<Vec<Offered>, Failure> {
    let unit = scope.unit.ok_or(Failure::NotFound)?;
    let agency = people::station(conn, scope).await?.agency.unwrap_or(unit);
    let mut all = store::choices(conn, agency).await?;
    all.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    Ok(all)
}

/// The offices and the people that a person's lists can be narrowed to: those of the agency for whoever sees all of it,
/// else one's own office and oneself.
pub async fn holders(conn: &mut Conn, scope: &Scope) -> Result<Holders, Failure> {
    let roles = crate::rules::WORKERS;
    Ok(match reach(conn, scope).await? {
        Reach::Agency(agency) => store::may_hold(conn, agency, roles, scope.today(), None).await?,
        Reach::Own { office, account } => {
            let agency = people::station(conn, scope).await?.agency.unwrap_or(office);
            match account {
                Some(one) => store::may_hold(conn, agency, roles, scope.today(), Some(one)).await?,
                None => Holders::default(),
            }
        }
    })
}

/// For the screen in the waiting room: the newest results, and what is still due today.
pub async fn on_the_wall(conn: &mut Conn, scope: &Scope, most: i64) -> Result<(Vec<Listed>, Vec<Listed>), Failure> {
    let agency = people::station(conn, scope).await?.agency.or(scope.unit).ok_or(Failure::NotFound)?;
    let tomorrow = scope.today().tomorrow().map_or(scope.now, base::day::start);
    let there = store::latest_results(conn, agency, most).await?;
    Ok((there, store::due_within(conn, agency, scope.now, tomorrow, most).await?))
}

/// How many dossiers stand in each state that is still open.
pub async fn box_counts(conn: &mut Conn, scope: &Scope) -> Result<BTreeMap<&'static str, i64>, Failure> {
    let reach = reach(conn, scope).await?;
    Ok(store::counts(conn, &reach, scope.now).await?)
}

/// How many a filter finds, counted no further than anybody turns pages.
pub async fn total(conn: &mut Conn, scope: &Scope, filter: &Filter) -> Result<i64, Failure> {
    let reach = reach(conn, scope).await?;
    Ok(store::total(conn, &reach, filter).await?)
}

/// The dossier of a code that was typed or scanned, if the person may see it.
pub async fn find_code(conn: &mut Conn, scope: &Scope, code: &str) -> Result<Option<DossierId>, Failure> {
    let Some(dossier) = store::dossier_by_code(conn, code.trim()).await? else { return Ok(None) };
    match load(conn, scope, dossier.id).await {
        Ok(loaded) => Ok(Some(loaded.dossier.id)),
        Err(Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
