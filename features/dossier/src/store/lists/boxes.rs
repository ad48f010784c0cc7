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
    ($way:tt, $due:literal, $limit:literal) => {
        concat!(
            line!(),
            "(select d.id from ",
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
    LIST_AGENCY = page!(agency, "d.due", "limit $12 offset $13");
    LIST_FOUND = page!(found, "d.due", "limit $12 offset $13");
    LIST_NARROWED = page!(narrowed, "d.due", "limit $16 offset $17");
    LIST_FOUND_NARROWED = page!(found_narrowed, "d.due", "limit $16 offset $17");
    LIST_HELD = page!(held, "d.due", "limit $16 offset $17");
    LIST_PLACED = page!(placed, "d.due", "limit $16 offset $17");
    LIST_CLOSED = page!(closed, "d.due + 0", "limit $16 offset $17");
    LIST_OWN = page!(own, "d.due", "limit $17 offset $18");
    TOTAL_AGENCY = total!(agency, " limit $12");
    TOTAL_FOUND = total!(found, " limit $12");
    TOTAL_NARROWED = total!(narrowed, " limit $16");
    TOTAL_FOUND_NARROWED = total!(found_narrowed, " limit $16");
    TOTAL_HELD = total!(held, " limit $16");
    TOTAL_PLACED = total!(placed, " limit $16");
    TOTAL_CLOSED = total!(closed, " limit $16");
    TOTAL_OWN = total!(own, " limit $17");
    RARITY = "select count(*) from (select 1 from dossier_word w where w.agency = $1 and w.word >= $2 and w.word < $2 || 'zzzz' limit $3) x";
}

/// The texts of a page and of a total.
fn texts(filter: &Filter, rare: bool) -> (Sql, Sql) {
    let ranged = filter.received_from.is_some() || filter.received_before.is_some();
    match filter.holder {
        _ if !filter.is_narrowed() => match rare {
            true => (LIST_FOUND, TOTAL_FOUND),
            false => (LIST_AGENCY, TOTAL_AGENCY),
        },
        _ if rare => (LIST_FOUND_NARROWED, TOTAL_FOUND_NARROWED),
        HeldBy::One(_) => (LIST_HELD, TOTAL_HELD),
        _ if filter.office.is_some() => (LIST_PLACED, TOTAL_PLACED),
        _ if ranged && !filter.state.is_open() => (LIST_CLOSED, TOTAL_CLOSED),
        _ => (LIST_NARROWED, TOTAL_NARROWED),
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

/// All that a text of an agency's box is asked with.
fn of_agency(agency: UnitId, filter: &Filter, terms: Vec<String>, rest: &[Val]) -> Vec<Val> {
    let narrowing = if filter.is_narrowed() { narrowing(filter) } else { Vec::new() };
    [&conditions(agency.into(), filter, terms), &narrowing, rest].concat()
}

fn of_own(office: UnitId, account: Option<AccountId>, filter: &Filter, rest: &[Val]) -> Vec<Val> {
    let conditions = conditions(account.into(), filter, terms(&filter.words));
    [&conditions[..], &narrowing(filter), args![office], rest].concat()
}

/// A page of a box, soonest due first.
pub async fn list(
    conn: &mut Conn,
    reach: &Reach,
    filter: &Filter,
    from: i64,
    most: i64,
) -> Result<Vec<Listed>, DbError> {
    match *reach {
        Reach::Agency(agency) => {
            let (terms, rare) = by_rarity(conn, agency, &filter.words).await?;
            let (sql, _) = texts(filter, rare);
            conn.list(sql, &of_agency(agency, filter, terms, args![most, from]), listed).await
        }
        Reach::Own { office, account } => {
            conn.list(LIST_OWN, &of_own(office, account, filter, args![most, from]), listed).await
        }
    }
}

/// How many lines a box has, up to one more than are counted.
pub async fn total(conn: &mut Conn, reach: &Reach, filter: &Filter) -> Result<i64, DbError> {
    let count = |row: &mut Row| row.pull::<i64>();
    let most = filter.most_counted() + 1;
    let found = match *reach {
        Reach::Agency(agency) => {
            let (terms, rare) = by_rarity(conn, agency, &filter.words).await?;
            let (_, sql) = texts(filter, rare);
            conn.find(sql, &of_agency(agency, filter, terms, args![most]), count).await?
        }
        Reach::Own { office, account } => {
            conn.find(TOTAL_OWN, &of_own(office, account, filter, args![most]), count).await?
        }
    };
    Ok(found.unwrap_or_default())
}

#[cfg(test)]
mod tests;
