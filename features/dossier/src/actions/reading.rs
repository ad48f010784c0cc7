//! What pages show: one dossier with all that belongs to it; lists of what a person may see.

use super::loaded::{Loaded, load, opened};
use crate::clock;
use crate::model::*;
use crate::store;
use calendar::Due;
use db::{Beside, Conn, Db};
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

/// What is read once it is known that somebody may see a dossier.
pub struct Rest {
    attached: Attached,
    brought: Brought,
    told: Told,
    past: Past,
}

impl Rest {
    pub fn of(self, at: Loaded) -> Seen {
        let Rest { attached, brought, told, past } = self;
        Seen { at, attached, brought, told, past }
    }
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

/// All that belongs to a dossier that was [`opened`]. Whose it is, is personal: that it was read stands in the journal.
pub async fn seen(site: &Site, scope: &Scope, at: &Loaded) -> Result<Rest, Failure> {
    // All writers queue on the journal's head: it is held for one line, not for all the reading. The line is on its way
    // to the disk meanwhile, and there before anything is shown.
    let line = async {
        let line = journal::entry(scope, "dossier.read", about("dossier", at.dossier.id), &(), &())?;
        Ok(journal::commit(site.db.begin().await?, line).await?)
    };
    // Each takes one connection and none waits for a second: there are few.
    let ((), rest) = tokio::try_join!(line, rest(&site.db, at))?;
    Ok(rest)
}

/// A dossier with all that its page shows, without a line: for a paper that is printed of what was just read or done.
pub async fn papers_of(db: &Db, scope: &Scope, id: DossierId) -> Result<Seen, Failure> {
    let at = opened(db, scope, id).await?;
    Ok(rest(db, &at).await?.of(at))
}

/// All that belongs to a dossier, asked side by side.
async fn rest(db: &Db, at: &Loaded) -> Result<Rest, Failure> {
    let (beside, id) = (db.beside().await?, at.dossier.id);
    // On the heap each: one within the other all these questions are larger than a thread's stack has room for.
    let (attached, brought) = (Box::pin(attached(&beside, id)), Box::pin(brought(&beside, id)));
    let (told, past) = (Box::pin(told(&beside, at)), Box::pin(past(&beside, id)));
    let (attached, brought, told, past) = tokio::try_join!(attached, brought, told, past)?;
    Ok(Rest { attached, brought, told, past })
}

async fn attached(beside: &Beside, id: DossierId) -> Result<Attached, Failure> {
    let declared = async {
        let mut conn = beside.read().await?;
        let Some(declared) = store::declared(&mut conn, id).await? else { return Ok::<_, Failure>(None) };
        Ok(Some((crate::flow::form(&mut conn, declared.form).await?, declared)))
    };
    let papers = async {
        let mut conn = beside.read().await?;
        let papers = store::papers(&mut conn, id).await?;
        let abouts: Vec<String> = papers.iter().map(|paper| format!("{id}/{}", paper.code)).collect();
        Ok((papers, file::uses_of(&mut conn, "dossier-paper", &abouts).await?))
    };
    let (declared, (papers, uses)) = tokio::try_join!(declared, papers)?;
    let mut files: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for one in uses {
        let code = one.about.split_once('/').map_or("", |(_, code)| code).to_owned();
        files.entry(code).or_default().push(one);
    }
    Ok(Attached { declared, papers, files })
}

async fn brought(beside: &Beside, id: DossierId) -> Result<Brought, Failure> {
    let results = async {
        let mut conn = beside.read().await?;
        let results = store::results(&mut conn, id).await?;
        let ids: Vec<ResultId> = results.iter().map(|result| result.id).collect();
        Ok::<_, Failure>((results, file::uses_of(&mut conn, "dossier-result", &ids).await?))
    };
    let awaited = async {
        let mut conn = beside.read().await?;
        let awaited = store::awaited(&mut conn, id).await?;
        let ids: Vec<AwaitedId> = awaited.iter().map(|one| one.id).collect();
        Ok((awaited, file::uses_of(&mut conn, "dossier-answer", &ids).await?))
    };
    let ((results, result_files), (awaited, answer_files)) = tokio::try_join!(results, awaited)?;
    Ok(Brought { results, result_files, awaited, answer_files })
}

async fn past(beside: &Beside, id: DossierId) -> Result<Past, Failure> {
    let money = async {
        let mut conn = beside.read().await?;
        let fees = store::fees(&mut conn, id).await?;
        let paid = fees.iter().any(|fee| fee.paid.is_some());
        let refunds = if paid { store::refunds(&mut conn, id).await? } else { Vec::new() };
        Ok::<_, Failure>((fees, refunds))
    };
    let asks = async { Ok(store::asks(&mut beside.read().await?, id).await?) };
    let events = async { Ok(store::events(&mut beside.read().await?, id).await?) };
    let ((fees, refunds), asks, events) = tokio::try_join!(money, asks, events)?;
    Ok(Past { fees, refunds, asks, events })
}

async fn told(beside: &Beside, at: &Loaded) -> Result<Told, Failure> {
    let (resolves, took) = (at.dossier.agency, at.dossier.counter);
    let unit = async |id| Ok::<_, Failure>(people::find_unit(&mut beside.read().await?, id).await?);
    let counter = async { if took == resolves { Ok(None) } else { unit(took).await } };
    let calendar = hours::beside(beside, resolves);
    let (agency, counter, calendar) = tokio::try_join!(unit(resolves), counter, calendar)?;
    let agency = agency.ok_or(Failure::NotFound)?;
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
    let way = store::way(conn, &reach, filter).await?;
    Ok(store::list(conn, &way, from, most).await?.0)
}

/// The same with how many lines the filter finds, if need be counted no further than anybody turns pages. `is_known`: nobody has
/// to count.
pub async fn list_and_total(
    db: &Db,
    scope: &Scope,
    filter: &Filter,
    (from, most): (i64, i64),
    is_known: bool,
) -> Result<(Vec<Listed>, i64), Failure> {
    let mut conn = db.read().await?;
    let reach = reach(&mut conn, scope).await?;
    let way = store::way(&mut conn, &reach, filter).await?;
    if is_known || way.counts() {
        let (lines, all) = store::list(&mut conn, &way, from, most).await?;
        let total = match all {
            Some(all) => all,
            // Behind the last page there is no line that says it.
            None if from > 0 && !is_known => store::total(&mut conn, &way, filter.most_counted() + 1).await?,
            None => 0,
        };
        return Ok((lines, total));
    }
    drop(conn);
    // Each on a connection of its own: neither waits for a second one.
    let lines = async { Ok::<_, Failure>(store::list(&mut db.read().await?, &way, from, most).await?.0) };
    let total = async { Ok(store::total(&mut db.read().await?, &way, filter.most_counted() + 1).await?) };
    tokio::try_join!(lines, total)
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
/// `give`: also to whom work may be given, which only who oversees the agency asks.
pub async fn holders(conn: &mut Conn, scope: &Scope, give: bool) -> Result<Holders, Failure> {
    let (roles, none): (_, &[Role]) = (crate::rules::WORKERS, &[]);
    let give = if give { crate::rules::HANDS } else { none };
    let asked = |agency, one| store::Hands { agency, day: scope.today(), one, roles, give, others: one.is_none() };
    let asked = match reach(conn, scope).await? {
        Reach::Agency(agency) => asked(agency, None),
        Reach::Own { office, account: Some(one) } => {
            let agency = people::station(conn, scope).await?.agency.unwrap_or(office);
            store::Hands { give: none, ..asked(agency, Some(one)) }
        }
        Reach::Own { account: None, .. } => return Ok(Holders::default()),
    };
    Ok(store::may_hold(conn, &asked).await?)
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

/// The dossier of a code that was typed or scanned, if the person may see it.
pub async fn find_code(conn: &mut Conn, scope: &Scope, code: &str) -> Result<Option<DossierId>, Failure> {
    let Some(dossier) = store::dossier_by_code(conn, code.trim()).await? else { return Ok(None) };
    match load(conn, scope, dossier.id).await {
        Ok(loaded) => Ok(Some(loaded.dossier.id)),
        Err(Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}
