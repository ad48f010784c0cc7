//! Reading rounds for lists, for a round's own page and for the home page: a fixed number of questions a round.

use crate::model::*;
use crate::overview::{FieldLeft, Line, Overview, fields_left, left, progress};
use crate::store::{self, Counts};
use crate::view::{self, View};
use crate::{results, rules, sets};
use db::Conn;
use people::{Failure, Role, Scope, UnitId};
use std::collections::BTreeMap;

/// One line of the list of rounds.
pub struct RoundLine {
    pub round: Round,
    pub phase: Phase,
    pub counts: Counts,
    /// The unit whose card in it the person works on.
    pub mine: Option<UnitId>,
}

/// Every round, newest first. A round that is still being prepared is its administrator's.
pub async fn rounds(conn: &mut Conn, scope: &Scope) -> Result<Vec<RoundLine>, Failure> {
    let mut counts = store::counts(conn).await?;
    let mine = match scope.unit {
        Some(unit) => store::cards_above(conn, unit).await?,
        None => BTreeMap::new(),
    };
    let rounds = store::rounds(conn)
        .await?
        .into_iter()
        .filter(|round| round.status != RoundStatus::Draft || administers(scope, round));
    Ok(rounds
        .map(|round| RoundLine {
            phase: rules::phase(&round, scope.today()),
            counts: counts.remove(&round.id).unwrap_or_default(),
            mine: mine.get(&round.id).copied(),
            round,
        })
        .collect())
}

pub(crate) fn administers(scope: &Scope, round: &Round) -> bool {
    scope.has(Role::Admin) && (scope.account.is_none() || scope.is_of(round.province))
}

/// One round for its page.
pub async fn overview(conn: &mut Conn, scope: &Scope, id: RoundId) -> Result<Overview, Failure> {
    let round = store::round(conn, id).await?.ok_or(Failure::NotFound)?;
    let administers = administers(scope, &round);
    let councils = scope.has(Role::Council) && scope.is_of(round.province);
    if round.status == RoundStatus::Draft && !administers {
        return Err(Failure::NotFound);
    }
    let station = people::station(conn, scope).await?;
    let appraisers = store::appraisers(conn, id).await?;
    let phase = rules::phase(&round, scope.today());
    let mut all_sets = Vec::new();
    for (kind, edition) in store::round_sets(conn, id).await? {
        all_sets.push((kind, edition, sets::set_of(conn, edition).await?));
    }
    let proofs = store::proof_counts(conn, id).await?;
    let none = BTreeMap::new();
    let whole = administers || councils;
    let scored = results::score_round(conn, &round).await?;
    let fields = if round.status == RoundStatus::Published {
        Vec::new()
    } else {
        fields_left(scope, &station, &appraisers, &scored)
    };
    let mut lines = Vec::new();
    for one in &scored {
        let standing = rules::standing(scope, &station, &round, &one.card);
        let of_person = rules::fields_of(scope, &station, &one.card, &appraisers);
        if rules::may_see(standing, &of_person, phase).is_err() {
            continue;
        }
        let (done, all) = progress(one, proofs.get(&one.card.id).unwrap_or(&none));
        let open = round.status == RoundStatus::Open && one.card.state != CardState::Concluded;
        let count = if open { left(one, (!whole).then_some(&of_person[..])).count() } else { 0 };
        lines.push(Line { card: one.card.clone(), done, all, left: count, appraises: !of_person.is_empty() });
    }
    let reopens = if whole { store::open_reopens(conn, id).await? } else { Vec::new() };
    let named = |one: Reopen| {
        let card = scored.iter().find(|scored| scored.card.id == one.card)?;
        Some((one, card.card.unit, card.card.unit_name.clone()))
    };
    let mine = scored.iter().filter(|one| station.is_in(one.card.unit)).map(|one| one.card.unit).next();
    let reopens = reopens.into_iter().filter_map(named).collect();
    Ok(Overview { round, phase, mine, administers, councils, sets: all_sets, lines, fields, reopens, appraisers })
}

/// What waits for a person in one round that is under way.
pub struct Waiting {
    pub round: Round,
    pub phase: Phase,
    /// The card of the person's unit.
    pub card: Option<CardWaiting>,
    pub fields: Vec<FieldLeft>,
    pub reopens: usize,
    /// Cards with every verdict, which the council may conclude.
    pub ready: usize,
    pub units: usize,
    pub concluded: usize,
}

/// What waits on the card of one's own unit.
pub struct CardWaiting {
    pub unit: UnitId,
    pub unit_name: String,
    pub state: CardState,
    pub done: usize,
    pub all: usize,
    /// Criteria given to this person, or to the office they are in, that are not finished.
    pub my_left: usize,
    /// Criteria on which the appraiser spoke last.
    pub questions: Vec<String>,
    pub may_send: bool,
}

/// What waits for a person in the rounds under way; the newest first. Rounds that wait for nobody here are left out.
pub async fn waiting(conn: &mut Conn, scope: &Scope) -> Result<Vec<Waiting>, Failure> {
    let mut found = Vec::new();
    for line in
        rounds(conn, scope).await?.into_iter().filter(|line| line.round.status == RoundStatus::Open).take(MOST_ROUNDS)
    {
        let card = match line.mine {
            Some(unit) => Some(card_waiting(scope, &view::load(conn, scope, line.round.id, unit).await?)),
            None => None,
        };
        let oversees = scope.has_any(&[Role::Appraiser, Role::Council, Role::Admin]);
        let seen = if oversees { Some(overview(conn, scope, line.round.id).await?) } else { None };
        let ready = |seen: &Overview| {
            let concluding = seen.councils && matches!(seen.phase, Phase::Second | Phase::Concluding);
            let is_ready =
                |one: &&Line| !matches!(one.card.state, CardState::Scoring | CardState::Concluded) && one.left == 0;
            if concluding { seen.lines.iter().filter(is_ready).count() } else { 0 }
        };
        found.push(Waiting {
            phase: line.phase,
            card,
            reopens: seen.as_ref().map_or(0, |seen| seen.reopens.len()),
            ready: seen.as_ref().map_or(0, ready),
            fields: seen.map(|seen| seen.fields).unwrap_or_default(),
            units: usize::try_from(line.counts.units).unwrap_or(0),
            concluded: usize::try_from(line.counts.concluded).unwrap_or(0),
            round: line.round,
        });
    }
    Ok(found)
}

/// More rounds than this are never under way at once; a bound on the work of one page.
const MOST_ROUNDS: usize = 4;

fn card_waiting(scope: &Scope, view: &View) -> CardWaiting {
    let missing = view.missing();
    let codes: std::collections::BTreeSet<&str> = missing.iter().map(rules::Missing::code).collect();
    let mine = |code: &&&str| {
        view.assigned.iter().any(|one| rules::covers(&one.code, code) && rules::is_mine(scope, &view.station, one))
    };
    let all = rules::own_leaves(&view.set, &view.card.kind).count();
    let open = view.card.state == CardState::Scoring;
    let mut last: BTreeMap<&str, Side> = BTreeMap::new();
    for remark in &view.remarks {
        last.insert(&remark.code, remark.side);
    }
    let asked = last.into_iter().filter(|(_, side)| *side == Side::Appraiser).map(|(code, _)| code.to_owned());
    let may_explain = rules::explaining_open(&view.round, &view.card, scope.today()).is_ok();
    CardWaiting {
        unit: view.card.unit,
        unit_name: view.card.unit_name.clone(),
        state: view.card.state,
        done: if open { all.saturating_sub(codes.len()) } else { all },
        all,
        my_left: if open { codes.iter().filter(mine).count() } else { 0 },
        questions: if may_explain { asked.collect() } else { Vec::new() },
        may_send: open && view.standing.heads && missing.is_empty(),
    }
}

/// Work in the background that the person asked for and that has not ended, or failed today.
pub async fn jobs(conn: &mut Conn, scope: &Scope) -> Result<Vec<job::Job>, Failure> {
    let jobs = job::list(conn, scope, job::Filter::default(), None, 20).await?;
    Ok(jobs.into_iter().filter(|job| !job.status.has_ended()).collect())
}
