//! Reading the journal: the history of one record, and the latest lines of all.

use base::{Timestamp, text};
use db::{Conn, DbError, Row, args, sql};

sql! {
    OF = "select seq, at, who, unit, what, about_kind, about, before, after from journal \
          where about_kind = $1 and about = $2 order by seq desc limit $3";
    LATEST = "select seq, at, who, unit, what, about_kind, about, before, after from journal \
              where seq < $1 and (what like $2) order by seq desc limit $3";
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

/// Lines asked of the database at once while a name is looked for, and how many are looked through for one answer: a
/// rare name in a journal of millions must not keep the database busy.
const BATCH: i64 = 1000;
const LOOKED_THROUGH: i64 = 50_000;

/// Lines found, newest first, and where to look on; none at the journal's first line.
#[derive(Clone, Debug)]
pub struct Found {
    pub lines: Vec<Line>,
    pub next: Option<i64>,
}

/// The latest lines before `before` (for the first page: `i64::MAX`); `what` is a prefix of the deed, `who` words of
/// the name.
///
/// A name is compared here rather than in SQL, as every search of the house does it (`base::text::fold`): neither
/// database folds Vietnamese letters, and SQLite knows capitals only of ASCII.
pub async fn latest(conn: &mut Conn, before: i64, what: &str, who: &str, most: i64) -> Result<Found, DbError> {
    let (what, words) = (format!("{what}%"), text::fold(who));
    let batch = if words.is_empty() { most } else { BATCH };
    let (mut lines, mut before, mut looked) = (Vec::new(), before, 0);
    loop {
        let some = conn.list(LATEST, args![before, &what, batch], line).await?;
        let is_last = (some.len() as i64) < batch;
        looked += some.len() as i64;
        for line in some {
            before = line.seq;
            if text::matches(&text::fold(&line.who), &words) {
                lines.push(line);
            }
            if lines.len() as i64 == most {
                return Ok(Found { lines, next: Some(before) });
            }
        }
        if is_last || looked >= LOOKED_THROUGH {
            return Ok(Found { lines, next: (!is_last).then_some(before) });
        }
    }
}
