//! Reading a round's results, for whoever may see them.

pub use super::history::{HISTORY_FILES, load_history};

use crate::board::{Board, Entry, Ground, Outcome, Past, Shaky, medians, positions, shaky};
use crate::model::*;
use crate::results::{Scored, score_round};
use crate::rules::{self, Sight};
use crate::store;
use crate::view::unit_of;
use crate::{actions::conclude::outcome, sets};
use base::Decimal;
use db::Conn;
use people::{Failure, Scope, UnitId};
use score::{CriteriaSet, Detail, Group, UnitScore};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Years before this one whose results are shown.
const YEARS: i64 = 4;

/// The results of a round as this person may see them.
pub async fn board(conn: &mut Conn, scope: &Scope, id: RoundId) -> Result<Board, Failure> {
    let round = store::round(conn, id).await?.ok_or(Failure::NotFound)?;
    let cards = store::cards(conn, id).await?;
    let sight = rules::sight(scope, &people::station(conn, scope).await?, &round, &cards)?;
    let mut sets_of = Vec::new();
    for (kind, edition) in store::round_sets(conn, id).await? {
        sets_of.push((kind, sets::set_of(conn, edition).await?));
    }
    // As papers name them: departments, then districts, then communes.
    let order = ["so", "trung-uong", "huyen", "xa"];
    sets_of.sort_by_key(|(kind, _): &(String, _)| order.iter().position(|one| one == kind).unwrap_or(order.len()));
    let judged = sight == Sight::Whole || rules::phase(&round, scope.today()) >= Phase::Explaining;
    let mut entries = match round.status {
        RoundStatus::Published => {
            store::results(conn, id).await?.into_iter().map(|outcome| entry(outcome, 0)).collect()
        }
        RoundStatus::Draft | RoundStatus::Open => {
            let mut scored = score_round(conn, &round).await?;
            if !judged {
                scored.iter_mut().for_each(forget_verdicts);
            }
            live(&scored, &round)
        }
    };
    add_appraised(&sets_of, &mut entries);
    add_past(&mut entries, store::past(conn, id, round.year, round.year - YEARS).await?);
    let medians = medians(&sets_of, &entries);
    if let Sight::Own(unit) = sight {
        entries.retain(|entry| entry.outcome.unit == unit);
        // A rank would tell of the others.
        entries.iter_mut().for_each(|entry| entry.outcome.rank = None);
    }
    Ok(Board { round, sight, judged, sets: sets_of, entries, medians })
}

/// The board for the views that compare units: only for whoever sees all of them.
pub async fn whole_board(conn: &mut Conn, scope: &Scope, id: RoundId) -> Result<Board, Failure> {
    let board = board(conn, scope, id).await?;
    if board.sight == Sight::Whole { Ok(board) } else { Err(NotNow::NotPublished.into()) }
}

fn forget_verdicts(one: &mut Scored) {
    one.settled = one.own.clone();
    one.verdicts.clear();
}

fn entry(outcome: Outcome, unknown: usize) -> Entry {
    Entry { outcome, appraised: Decimal::ZERO, unknown, past: Vec::new() }
}

/// Results as they stand: while points are missing, index and rank are of what is known.
fn live(scored: &[Scored], round: &Round) -> Vec<Entry> {
    let mut by_kind: BTreeMap<&str, Vec<&Scored>> = BTreeMap::new();
    for one in scored {
        by_kind.entry(&one.card.kind).or_default().push(one);
    }
    let mut entries = Vec::new();
    for units in by_kind.into_values() {
        let scores: Vec<UnitScore> = units.iter().map(|one| one.settled.clone()).collect();
        let mut of_kind: Vec<Entry> = Vec::new();
        for (one, position) in units.iter().zip(positions(&units[0].set, &scores)) {
            let mut outcome = outcome(round, one);
            (outcome.score, outcome.rank) = (position.index, position.rank);
            of_kind.push(entry(outcome, one.settled.unknown.len()));
        }
        of_kind.sort_by_key(|entry| entry.outcome.rank.unwrap_or(i64::MAX));
        entries.extend(of_kind);
    }
    entries
}

fn add_appraised(sets: &[(String, Arc<CriteriaSet>)], entries: &mut [Entry]) {
    let mut outside: HashMap<&str, Vec<&str>> = HashMap::new();
    for (kind, set) in sets {
        let nodes = set.nodes(kind).into_iter();
        let of_others = nodes.filter(|node| node.group.is_some() || node.criterion.is_survey());
        outside.insert(kind, of_others.map(|node| node.criterion.code.as_str()).collect());
    }
    for entry in entries {
        let others = outside.get(entry.outcome.kind.as_str());
        let appraised =
            |line: &&store::ResultLine| line.leaf && others.is_none_or(|others| !others.contains(&line.code.as_str()));
        entry.appraised = entry.outcome.lines.iter().filter(appraised).filter_map(|line| line.points).sum();
    }
}

fn add_past(entries: &mut [Entry], past: Vec<Past>) {
    let mut of_unit: HashMap<UnitId, Vec<Past>> = HashMap::new();
    for one in past {
        let years = of_unit.entry(one.unit).or_default();
        // Of two rounds of one year the one published later counts.
        years.retain(|other| other.year != one.year);
        years.push(one);
    }
    for entry in entries {
        entry.past = of_unit.remove(&entry.outcome.unit).unwrap_or_default();
    }
}

/// One unit's results with what they are compared with.
pub struct Profile {
    pub board: Board,
    pub entry: Entry,
    /// The latest earlier year with all its lines.
    pub last: Option<Outcome>,
    /// Of the whole kind; none where only one's own unit may be seen.
    pub shaky: Option<Arc<Shaky>>,
}

/// A unit that this person may not see is not there.
pub async fn profile(conn: &mut Conn, scope: &Scope, round: RoundId, unit: UnitId) -> Result<Profile, Failure> {
    let board = board(conn, scope, round).await?;
    let entry = board.entry(unit).cloned().ok_or(Failure::NotFound)?;
    let last = last(&board, &entry, store::results_of_unit(conn, unit).await?);
    let shaky = robustness(conn, &board, &entry.outcome.kind).await?;
    Ok(Profile { board, entry, last, shaky })
}

/// The outcome of the latest earlier year, with its lines.
fn last(board: &Board, entry: &Entry, years: Vec<Outcome>) -> Option<Outcome> {
    let before = entry.before()?;
    years.into_iter().find(|outcome| {
        outcome.round != board.round.id && outcome.points == before.points && outcome.score == before.index
    })
}

/// All units of a kind as they stand, to be scored again with something else supposed. Whoever sees only their own
/// unit may suppose for it; what is shown of the others is theirs to leave out.
pub async fn ground(conn: &mut Conn, board: &Board, kind: &str) -> Result<Ground, Failure> {
    let set = board.set(kind).cloned().ok_or(Failure::NotFound)?;
    let answers = store::answers_of_round(conn, board.round.id, kind).await?;
    let verdicts = store::verdicts_of_round(conn, board.round.id).await?;
    let (no_answers, no_verdicts) = (BTreeMap::new(), BTreeMap::new());
    let (mut units, mut group) = (Vec::new(), Group::default());
    for card in store::cards(conn, board.round.id).await?.iter().filter(|card| card.kind == kind) {
        let answers = answers.get(&card.id).unwrap_or(&no_answers);
        let verdicts = verdicts.get(&card.id).unwrap_or(&no_verdicts);
        units.push(card.unit);
        group.units.push(unit_of(&set, card, answers, board.judged.then_some(verdicts)).0);
    }
    let scores = score::score(&set, &group, Detail::Lines).map_err(Failure::Refused)?;
    Ok(Ground { set, kind: kind.to_owned(), units, group, scores })
}

type Known = HashMap<(RoundId, String), Arc<Shaky>>;

/// Simulated once for each published round, which never changes.
static KNOWN: OnceLock<Mutex<Known>> = OnceLock::new();

/// How far the ranks of a kind can be trusted. None where only one's own unit may be seen.
pub async fn robustness(conn: &mut Conn, board: &Board, kind: &str) -> Result<Option<Arc<Shaky>>, Failure> {
    if board.sight != Sight::Whole {
        return Ok(None);
    }
    let known = KNOWN.get_or_init(Mutex::default);
    let key = (board.round.id, kind.to_owned());
    if let Some(found) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(Some(found.clone()));
    }
    let ground = ground(conn, board, kind).await?;
    let drawn = move || shaky(&ground.set, &ground.units, &ground.scores);
    let found = tokio::task::spawn_blocking(drawn).await.map_err(|error| Failure::Broken(error.to_string()))?;
    let found = Arc::new(found);
    if board.is_published() {
        known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, found.clone());
    }
    Ok(Some(found))
}
