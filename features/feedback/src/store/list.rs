//! Lists of those who answer, whom one may be given to, and what everybody may read.

use super::{line, pattern, read};
use crate::model::*;
use base::{Date, Timestamp};
use db::{Conn, DbError, Row, Val, args, sql};
use people::{Role, UnitId};
use std::collections::BTreeMap;

// $1 agency; $2 a person, empty: all of the agency's; $3 that person's offices; $4 kind; $5 where it is; $6 words.
macro_rules! among {
    () => {
        "f.agency = $1 and ($2 = '' or f.holder = $2 or (f.holder is null and f.office in (select key from json_each($3)))) \
         and ($4 = '' or f.kind = $4) and ($5 = '' or f.office = $5 or f.holder = $5 or ($5 = '-' and f.office is null)) \
         and ($6 = '' or f.words like $6)"
    };
}

sql! {
    // $7 the part, $8 now, $9 the order. Where nothing is asked: what waits soonest due first, what is done newest first.
    LIST = concat!(line!(""), among!(), " and (case $7 when 'late' then f.state = 'new' and f.due < $8 when 'asked' then f.public = 'asked' else f.state = $7 end) \
           order by case when $9 = 'han' then f.due end, case when $9 = '-han' then f.due end desc, \
           case when $9 = 'ma' then f.code end, case when $9 = '-ma' then f.code end desc, \
           case when $9 = 'xong' then f.answered end, case when $9 = '-xong' then f.answered end desc, f.id limit $10 offset $11");
    COUNTS = concat!("select count(case when f.state = 'new' then 1 end), count(case when f.state = 'new' and f.due < $7 then 1 end), \
             count(case when f.state = 'answered' then 1 end), count(case when f.state = 'refused' then 1 end), \
             count(case when f.public = 'asked' then 1 end) from feedback f where ", among!());
    // Everybody who holds such a role inside an agency, once for each office where they do.
    CANDIDATES = "with recursive down (id, depth) as (select id, 1 from unit where id = $1 \
                  union all select u.id, down.depth + 1 from unit u join down on u.parent = down.id where down.depth < 20) \
                  select distinct u.id, u.short, a.id, a.name, (select count(*) from feedback f where f.holder = a.id and f.state = 'new') \
                  from role_grant g join account a on a.id = g.account join unit u on u.id = g.unit join down on down.id = u.id \
                  where g.role in (select key from json_each($2)) and a.closed = 0 and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3)";
    PUBLISHED = "select f.code, f.kind, u.name, f.public_question, f.public_answer, f.answered from feedback f join unit u on u.id = f.agency \
                 where f.public = 'public' and ($1 = '' or f.public_words like $1) and ($2 = '' or f.agency = $2) \
                 order by f.published desc, f.id limit $3 offset $4";
    COUNT_PUBLISHED = "select count(*) from feedback f where f.public = 'public' and ($1 = '' or f.public_words like $1) and ($2 = '' or f.agency = $2)";
    ONE_PUBLISHED = "select f.code, f.kind, u.name, f.public_question, f.public_answer, f.answered from feedback f join unit u on u.id = f.agency \
                     where f.public = 'public' and f.code = $1";
}

fn among(reach: &Reach, filter: &Filter) -> Vec<Val> {
    let (account, offices) = match &reach.only {
        Some((account, offices)) => (account.to_string(), offices.clone()),
        None => (String::new(), Vec::new()),
    };
    let kind = filter.kind.map_or("", Kind::code);
    args![reach.agency, account, db::keys(&offices), kind, &filter.place, pattern(&filter.words)].into()
}

/// A page of one part.
pub async fn list(
    conn: &mut Conn,
    reach: &Reach,
    filter: &Filter,
    tab: Tab,
    now: Timestamp,
    page: (i64, i64),
) -> Result<Vec<Feedback>, DbError> {
    let mut all = among(reach, filter);
    all.extend_from_slice(args![tab.code(), now, &filter.sort, page.1, page.0]);
    conn.list(LIST, &all, read).await
}

/// How many each part has.
pub async fn counts(
    conn: &mut Conn,
    reach: &Reach,
    filter: &Filter,
    now: Timestamp,
) -> Result<BTreeMap<Tab, i64>, DbError> {
    let mut all = among(reach, filter);
    all.extend_from_slice(args![now]);
    let read = |row: &mut Row| Tab::ALL.iter().map(|tab| Ok((*tab, row.pull()?))).collect();
    Ok(conn.find(COUNTS, &all, read).await?.unwrap_or_default())
}

/// Who holds one of these roles inside an agency on a day.
pub async fn candidates(conn: &mut Conn, agency: UnitId, roles: &[Role], day: Date) -> Result<Vec<Candidate>, DbError> {
    let codes = roles.iter().map(|role| role.code());
    let read = |row: &mut Row| {
        Ok(Candidate {
            office: row.pull()?,
            office_name: row.pull()?,
            account: Some(row.pull()?),
            name: row.pull()?,
            load: row.pull()?,
        })
    };
    conn.list(CANDIDATES, args![agency, db::keys(codes), day], read).await
}

fn read_published(row: &mut Row) -> Result<Published, DbError> {
    Ok(Published {
        code: row.pull()?,
        kind: row.pull()?,
        agency: row.pull()?,
        question: row.pull()?,
        answer: row.pull()?,
        answered: row.pull()?,
    })
}

/// A page of what everybody may read, the newest first. `words` folded; `agency` empty: of all.
pub async fn published(
    conn: &mut Conn,
    words: &str,
    agency: &str,
    page: (i64, i64),
) -> Result<Vec<Published>, DbError> {
    conn.list(PUBLISHED, args![pattern(words), agency, page.1, page.0], read_published).await
}

pub async fn count_published(conn: &mut Conn, words: &str, agency: &str) -> Result<i64, DbError> {
    let found = conn.find(COUNT_PUBLISHED, args![pattern(words), agency], |row| row.pull()).await?;
    Ok(found.unwrap_or_default())
}

pub async fn find_published(conn: &mut Conn, code: &str) -> Result<Option<Published>, DbError> {
    conn.find(ONE_PUBLISHED, args![code], read_published).await
}
