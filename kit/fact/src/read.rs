//! Finding facts.

use crate::fact::read_fact;
use crate::{Fact, FactId};
use base::Date;
use db::{Conn, DbError, args, sql};
use people::UnitId;

sql! {
    FIND = "select id, what, unit, valid_from, valid_to, value, source, link, manual, at, account, replaced_by \
            from fact where id = $1";
    OF = "select id, what, unit, valid_from, valid_to, value, source, link, manual, at, account, replaced_by \
          from fact where unit = $1 and what = $2 and valid_from = $3 and valid_to = $4 and replaced_by is null";
    HISTORY = "select id, what, unit, valid_from, valid_to, value, source, link, manual, at, account, replaced_by \
               from fact where unit = $1 and what = $2 and valid_from = $3 and valid_to = $4 order by at desc, id desc";
    // Any number of units and names in one question: `json_each` gives the keys of an object on both engines.
    MANY = "select id, what, unit, valid_from, valid_to, value, source, link, manual, at, account, replaced_by \
            from fact where unit in (select key from json_each($1)) and what in (select key from json_each($2)) \
            and valid_from = $3 and valid_to = $4 and replaced_by is null order by unit, what";
    // `x = $1 or $1 is null`, in this order: PostgreSQL learns the type of `$1` where it is compared first.
    LIST = concat!(db::anew!(), "select id, what, unit, valid_from, valid_to, value, source, link, manual, at, account, replaced_by \
            from fact where (unit = $1 or $1 is null) and (what = $2 or $2 is null) \
            and (valid_from < $4 or $4 is null) and (valid_to > $3 or $3 is null) \
            and (manual = $5 or $5 is null) and (replaced_by is null or $6 = 1) \
            and (id < $7 or $7 is null) order by id desc limit $8");
}

/// What a list of facts shows. The default: all that stand.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub unit: Option<UnitId>,
    pub what: Option<String>,
    /// Facts whose period has a day in [from, to).
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Only those entered by hand, or only those counted.
    pub manual: Option<bool>,
    /// Those that were corrected later, too.
    pub replaced: bool,
}

pub async fn find(conn: &mut Conn, id: FactId) -> Result<Option<Fact>, DbError> {
    conn.find(FIND, args![id], read_fact).await
}

/// The fact that stands for exactly this period. A year is not the sum of its months here: adding up is the work of
/// whoever counts, since not everything may be added.
pub async fn of(conn: &mut Conn, unit: UnitId, what: &str, from: Date, to: Date) -> Result<Option<Fact>, DbError> {
    conn.find(OF, args![unit, what, from, to], read_fact).await
}

/// The fact that stands and all that it replaced, newest first.
pub async fn history(conn: &mut Conn, unit: UnitId, what: &str, from: Date, to: Date) -> Result<Vec<Fact>, DbError> {
    conn.list(HISTORY, args![unit, what, from, to], read_fact).await
}

/// What stands for these units and names in exactly this period, in one question; a fact that is not there is not in
/// the answer.
pub async fn many(
    conn: &mut Conn,
    units: &[UnitId],
    whats: &[&str],
    from: Date,
    to: Date,
) -> Result<Vec<Fact>, DbError> {
    conn.list(MANY, args![db::keys(units), db::keys(whats), from, to], read_fact).await
}

/// One page, newest first; `after` is the last id of the page before.
pub async fn list(conn: &mut Conn, filter: &Filter, after: Option<FactId>, most: i64) -> Result<Vec<Fact>, DbError> {
    let Filter { unit, what, from, to, manual, replaced } = filter.clone();
    conn.list(LIST, args![unit, what, from, to, manual, replaced, after, most], read_fact).await
}
