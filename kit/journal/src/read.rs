//! Reading the journal: the history of one record, and the latest lines of all.

use base::Timestamp;
use db::{Conn, DbError, Row, args, sql};

sql! {
    OF = "select seq, at, who, unit, what, about_kind, about, before, after from journal \
          where about_kind = $1 and about = $2 order by seq desc limit $3";
    LATEST = "select seq, at, who, unit, what, about_kind, about, before, after from journal \
              where seq < $1 and (what like $2) and (lower(who) like $3) order by seq desc limit $4";
}

/// One line, as it is shown.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    pub seq: i64,
    pub at: Timestamp,
    pub who: String,
    pub unit: Option<String>,
    pub what: String,
    pub about_kind: String,
    pub about: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

fn line(row: &mut Row) -> Result<Line, DbError> {
    Ok(Line {
        seq: row.pull()?,
        at: row.pull()?,
        who: row.pull()?,
        unit: row.pull()?,
        what: row.pull()?,
        about_kind: row.pull()?,
        about: row.pull()?,
        before: row.pull()?,
        after: row.pull()?,
    })
}

/// The history of one record, newest first.
pub async fn of(conn: &mut Conn, kind: &str, id: &str, most: i64) -> Result<Vec<Line>, DbError> {
    conn.list(OF, args![kind, id, most], line).await
}

/// The latest lines before `before` (for the first page: `i64::MAX`), newest first; `what` is a prefix
/// of the deed, `who` a part of the name.
pub async fn latest(conn: &mut Conn, before: i64, what: &str, who: &str, most: i64) -> Result<Vec<Line>, DbError> {
    let (what, who) = (format!("{what}%"), format!("%{}%", who.to_lowercase()));
    conn.list(LATEST, args![before, what, who, most], line).await
}
