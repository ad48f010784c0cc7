//! The chain: what a line's hash covers, and the walk that finds where it breaks.

use data_encoding::HEXLOWER;
use db::{Db, DbError, args, sql};
use serde::Serialize;
use sha2::{Digest, Sha256};

sql! {
    NEXT = "select seq, at, account, who, unit, what, about_kind, about, before, after, hash \
            from journal where seq > $1 order by seq limit 1000";
    HEAD = "select seq, hash from journal_head where one = 1";
}

/// All of a line but its hash. Its JSON, in this order of fields, is what the hash covers.
#[derive(Serialize)]
pub(crate) struct Fields<'a> {
    pub seq: i64,
    pub at: i64,
    pub account: Option<&'a str>,
    pub who: &'a str,
    pub unit: Option<&'a str>,
    pub what: &'a str,
    pub about_kind: &'a str,
    pub about: &'a str,
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
}

/// SHA-256 over the hash before and the line.
pub(crate) fn link(last: &str, fields: &Fields<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(last.as_bytes());
    hash.update(b"\n");
    hash.update(serde_json::to_vec(fields).unwrap_or_default());
    HEXLOWER.encode(&hash.finalize())
}

/// Where the chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A line of this number should be here, and is not.
    Missing(i64),
    /// This line is not what was written.
    Changed(i64),
    /// The chain ends at this line, but the head says it goes on (or the other way round).
    End { line: i64, head: i64 },
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Broken::Missing(seq) => write!(f, "thiếu dòng số {seq}"),
            Broken::Changed(seq) => write!(f, "dòng số {seq} đã bị sửa"),
            Broken::End { line, head } => write!(f, "nhật ký dừng ở dòng {line}, lẽ ra phải đến dòng {head}"),
        }
    }
}

struct Stored {
    seq: i64,
    at: i64,
    account: Option<String>,
    who: String,
    unit: Option<String>,
    what: String,
    about_kind: String,
    about: String,
    before: Option<String>,
    after: Option<String>,
    hash: String,
}

/// Walks the whole chain; gives the number of lines, or the first break.
pub async fn verify(db: &Db) -> Result<Result<i64, Broken>, DbError> {
    let mut conn = db.read().await?;
    // The head first: lines added while we walk are beyond it and are walked too.
    let (head, _) =
        conn.find(HEAD, &[], |row| Ok((row.pull::<i64>()?, row.pull::<String>()?))).await?.unwrap_or_default();
    let (mut seq, mut last) = (0, String::new());
    loop {
        let lines = conn.list(NEXT, args![seq], stored).await?;
        let count = lines.len();
        for line in lines {
            if line.seq != seq + 1 {
                return Ok(Err(Broken::Missing(seq + 1)));
            }
            if link(&last, &fields(&line)) != line.hash {
                return Ok(Err(Broken::Changed(line.seq)));
            }
            (seq, last) = (line.seq, line.hash);
        }
        if count < 1000 {
            break;
        }
    }
    if seq < head {
        return Ok(Err(Broken::End { line: seq, head }));
    }
    let (head, hash) =
        conn.find(HEAD, &[], |row| Ok((row.pull::<i64>()?, row.pull::<String>()?))).await?.unwrap_or_default();
    if head == seq && hash != last {
        return Ok(Err(Broken::End { line: seq, head }));
    }
    Ok(Ok(seq))
}

fn stored(row: &mut db::Row) -> Result<Stored, DbError> {
    Ok(Stored {
        seq: row.pull()?,
        at: row.pull()?,
        account: row.pull()?,
        who: row.pull()?,
        unit: row.pull()?,
        what: row.pull()?,
        about_kind: row.pull()?,
        about: row.pull()?,
        before: row.pull()?,
        after: row.pull()?,
        hash: row.pull()?,
    })
}

fn fields(line: &Stored) -> Fields<'_> {
    Fields {
        seq: line.seq,
        at: line.at,
        account: line.account.as_deref(),
        who: &line.who,
        unit: line.unit.as_deref(),
        what: &line.what,
        about_kind: &line.about_kind,
        about: &line.about,
        before: line.before.as_deref(),
        after: line.after.as_deref(),
    }
}
