//! A box of an office or a person: a page of it, and how many lines it has.
//!
//! The plan of a text does not depend on its values (kit/db), so each way into the wide table is a text of its own:
//!
//! | way | where it begins | when |
//! |---|---|---|
//! | agency | the box in its order, by due moment; counted in its index alone | nothing below is asked |
//! | narrowed | the same, each row looked into | else |
//! | found | the dossiers that have a rare word | something rare is looked for |
//! | held, placed | what a person holds, what an office has | it is narrowed to one |
//! | closed | what was received in a range | a box of ended dossiers: years of them, of which days are asked |
//!
//! The ways found and closed put all that they find in order before they give a page, and so count it on the way; of the others a
//! page is found before all is gone through, and its length asked beside it.

use super::listed;
use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Sql, Val, args, sql};
use people::{AccountId, UnitId};

// One by one, by the index of a dossier's words: as `exists`, PostgreSQL would gather everybody of a common name first.
macro_rules! has {
    ($id:literal, $term:literal) => {
        concat!(
            " and (",
            $term,
            " = '' or 1 = (select 1 from dossier_word x where x.dossier = ",
            $id,
            " and x.word >= ",
            $term,
            " and x.word < ",
            $term,
            " || 'zzzz' limit 1))"
        )
    };
}

// $2 state, $3 field, $4 procedure, $5 due from, $6 due before, $7 step due before: all of them stand in the index of an
// agency's boxes.
macro_rules! filtered {
    () => {
        "d.state = $2 and ($3 = '' or d.field = $3) and ($4 = '' or d.procedure = $4) and (d.due >= $5 or $5 = 0) \
         and (d.due < $6 or $6 = 0) and (d.step_due < $7 or $7 = 0)"
    };
}

// $8 to $11: what words begin with, the rarest first.
macro_rules! named {
    () => {
        concat!(has!("d.id", "$8"), has!("d.id", "$9"), has!("d.id", "$10"), has!("d.id", "$11"))
    };
}

// $12 received from, $13 received before, $14 office, $15 holder. Not of every box: for these the rows are looked into.
macro_rules! narrowed {
    () => {
        " and d.received >= $12 and d.received < $13 and ($14 = '' or d.office = $14) and ($15 = '' or coalesce(d.holder, '-') = $15)"
    };
}

// Where a way begins. An expression in the place of a column keeps an index from being taken for it.
macro_rules! way {
    (agency) => { concat!("dossier d where d.agency = $1 and ", filtered!(), named!()) };
    (narrowed) => { concat!(way!(agency), narrowed!()) };
    (held) => { concat!("dossier d where d.holder = $15 and d.agency || '' = $1 and ", filtered!(), named!(), narrowed!()) };
    (placed) => { concat!("dossier d where d.office = $14 and d.agency || '' = $1 and ", filtered!(), named!(), narrowed!()) };
    (closed) => { concat!("dossier d where d.agency = $1 and d.ended is not null and ", filtered!(), named!(), narrowed!()) };
    (own) => { concat!("dossier d where (d.holder = $1 or (d.office = $16 and d.holder is null)) and ", filtered!(), named!(), narrowed!()) };
    // The dossiers with a rare word, before all else: `cross join` is SQLite's word for "in this order".
    (found) => {
        concat!(
            "(select distinct w.dossier from dossier_word w where w.agency = $1 and w.word >= $8 and w.word < $8 || 'zzzz'",
            has!("w.dossier", "$9"),
            has!("w.dossier", "$10"),
            has!("w.dossier", "$11"),
            ") f cross join dossier d where d.id = f.dossier and ",
            filtered!()
        )
    };
    (found_narrowed) => { concat!(way!(found), narrowed!()) };
}

// `due + 0`: in the order of an index that has none of the range, whole years would be gone through.
macro_rules! page {
    ($way:tt, $limit:literal) => {
        page!($way, "0", "d.due", $limit)
    };
    (counted $way:tt, $due:literal, $limit:literal) => {
        page!($way, "count(*) over ()", $due, $limit)
    };
    ($way:tt, $all:literal, $due:literal, $limit:literal) => {
        concat!(
            "select ",
            columns!(),
            ", p.n from (select d.id, ",
            $all,
            " as n from ",
            way!($way),
            " order by ",
            $due,
            ", d.id ",
            $limit,
            ") p join dossier d on d.id = p.id left join unit u on u.id = d.office left join account a on a.id = d.holder \
             order by d.due, d.id"
        )
    };
}

// Counted no further than anybody turns pages.
macro_rules! total {
    ($way:tt, $limit:literal) => {
        concat!("select count(*) from (select 1 from ", way!($way), $limit, ") x")
    };
}

sql! {
    LIST_AGENCY = page!(agency, "limit $12 offset $13");
    LIST_FOUND = page!(counted found, "d.due", "limit $12 offset $13");
    LIST_NARROWED = page!(narrowed, "limit $16 offset $17");
    LIST_FOUND_NARROWED = page!(counted found_narrowed, "d.due", "limit $16 offset $17");
    LIST_HELD = page!(held, "limit $16 offset $17");
    LIST_PLACED = page!(placed, "limit $16 offset $17");
    LIST_CLOSED = page!(counted closed, "d.due + 0", "limit $16 offset $17");
    LIST_OWN = page!(own, "limit $17 offset $18");
    TOTAL_AGENCY = total!(agency, " limit $12");
    TOTAL_NARROWED = total!(narrowed, " limit $16");
    TOTAL_HELD = total!(held, " limit $16");
    TOTAL_PLACED = total!(placed, " limit $16");
    TOTAL_OWN = total!(own, " limit $17");
    RARITY = "select count(*) from (select 1 from dossier_word w where w.agency = $1 and w.word >= $2 and w.word < $2 || 'zzzz' limit $3) x";
}

/// The texts of a page and of a total; none where the page counts.
fn texts(filter: &Filter, rare: bool) -> (Sql, Option<Sql>) {
    let ranged = filter.received_from.is_some() || filter.received_before.is_some();
    match filter.holder {
        _ if !filter.is_narrowed() => match rare {
            true => (LIST_FOUND, None),
            false => (LIST_AGENCY, Some(TOTAL_AGENCY)),
        },
        _ if rare => (LIST_FOUND_NARROWED, None),
        HeldBy::One(_) => (LIST_HELD, Some(TOTAL_HELD)),
        _ if filter.office.is_some() => (LIST_PLACED, Some(TOTAL_PLACED)),
        _ if ranged && !filter.state.is_open() => (LIST_CLOSED, None),
        _ => (LIST_NARROWED, Some(TOTAL_NARROWED)),
    }
}

fn micros(at: Option<Timestamp>) -> i64 {
    at.map_or(0, Timestamp::as_microsecond)
}

/// A word is rare while no more of an agency's dossiers have it: then they are looked at one by one, else the box is gone
/// through in its order, where dossiers with the word lie close.
const RARE: i64 = 4_000;
const TERMS: usize = 4;

/// The words looked for, each as the beginning of a word; a number without its leading zeros.
fn terms(words: &str) -> Vec<String> {
    let mut terms: Vec<String> = words
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| if word.bytes().all(|b| b.is_ascii_digit()) { word.trim_start_matches('0') } else { word })
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.chars().count()));
    terms.truncate(TERMS);
    terms
}

/// The words with the rarest first, and whether it is rare.
async fn by_rarity(conn: &mut Conn, agency: UnitId, words: &str) -> Result<(Vec<String>, bool), DbError> {
    let mut counted = Vec::new();
    for term in terms(words) {
        let count: Option<i64> = conn.find(RARITY, args![agency, &term, RARE], |row| row.pull()).await?;
        counted.push((count.unwrap_or_default(), term));
    }
    counted.sort();
    let rare = counted.first().is_some_and(|(count, _)| *count < RARE);
    Ok((counted.into_iter().map(|(_, term)| term).collect(), rare))
}

/// The conditions of a box, before what else a question asks.
fn conditions(whose: Val, filter: &Filter, terms: Vec<String>) -> Vec<Val> {
    let Filter { state, field, procedure, due_from, due_before, step_before, .. } = filter;
    let mut all = vec![whose];
    all.extend_from_slice(args![*state, field, procedure]);
    all.extend([due_from, due_before, step_before].map(|at| micros(*at).into()));
    let empty = std::iter::repeat_with(String::new);
    all.extend(terms.into_iter().chain(empty).take(TERMS).map(Val::from));
    all
}

/// Those of receipt and of hands.
fn narrowing(filter: &Filter) -> Vec<Val> {
    let holder = match filter.holder {
        HeldBy::Anyone => String::new(),
        HeldBy::Nobody => "-".to_owned(),
        HeldBy::One(account) => account.to_string(),
    };
    let office = filter.office.map(|office| office.to_string()).unwrap_or_default();
    let before = filter.received_before.map_or(i64::MAX, Timestamp::as_microsecond);
    args![micros(filter.received_from), before, office, holder].to_vec()
}

/// All that the texts of an agency's box are asked with, but for the part that is wanted.
fn of_agency(agency: UnitId, filter: &Filter, terms: Vec<String>) -> Vec<Val> {
    let narrowing = if filter.is_narrowed() { narrowing(filter) } else { Vec::new() };
    [conditions(agency.into(), filter, terms), narrowing].concat()
}

fn of_own(office: UnitId, account: Option<AccountId>, filter: &Filter) -> Vec<Val> {
    let conditions = conditions(account.into(), filter, terms(&filter.words));
    [&conditions[..], &narrowing(filter), args![office]].concat()
}

/// A way into the boxes, chosen for a filter.
pub struct Way {
    page: Sql,
    total: Option<Sql>,
    args: Vec<Val>,
}

impl Way {
    /// Whether a page of it says how long the box is.
    pub fn counts(&self) -> bool {
        self.total.is_none()
    }
}

/// The way that fits; the database is asked where words are looked for: how rare they are.
pub async fn way(conn: &mut Conn, reach: &Reach, filter: &Filter) -> Result<Way, DbError> {
    match *reach {
        Reach::Agency(agency) => {
            let (terms, rare) = by_rarity(conn, agency, &filter.words).await?;
            let (page, total) = texts(filter, rare);
            Ok(Way { page, total, args: of_agency(agency, filter, terms) })
        }
        Reach::Own { office, account } => {
            Ok(Way { page: LIST_OWN, total: Some(TOTAL_OWN), args: of_own(office, account, filter) })
        }
    }
}

/// A page of a box, soonest due first; with how many lines the box has where the way [counts](Way::counts) and the page has any.
pub async fn list(conn: &mut Conn, way: &Way, from: i64, most: i64) -> Result<(Vec<Listed>, Option<i64>), DbError> {
    let read = |row: &mut Row| Ok((listed(row)?, row.pull::<i64>()?));
    let found = conn.list(way.page, &[&way.args[..], args![most, from]].concat(), read).await?;
    let all = found.first().filter(|_| way.counts()).map(|(_, all)| *all);
    Ok((found.into_iter().map(|(line, _)| line).collect(), all))
}

/// How many lines a box has, up to a number.
pub async fn total(conn: &mut Conn, way: &Way, most: i64) -> Result<i64, DbError> {
    match way.total {
        Some(total) => {
            let args = [&way.args[..], args![most]].concat();
            Ok(conn.find(total, &args, |row| row.pull()).await?.unwrap_or_default())
        }
        None => Ok(list(conn, way, 0, 1).await?.1.unwrap_or_default().min(most)),
    }
}

#[cfg(test)]
mod tests;
