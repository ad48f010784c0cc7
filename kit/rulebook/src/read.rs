//! Finding editions.

use crate::edition::{read_edition, read_head};
use crate::{Edition, EditionId, Head};
use base::Date;
use db::{Conn, DbError, args, sql};

sql! {
    FIND = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version, body \
            from edition where id = $1";
    HEAD = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version \
            from edition where id = $1";
    LIST = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version \
            from edition where kind = $1 order by code, number desc limit $2 offset $3";
    OF_CODE = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version \
               from edition where kind = $1 and code = $2 order by number desc";
    LATEST = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version, body \
              from edition where kind = $1 and code = $2 order by number desc limit 1";
    IN_FORCE = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version, body \
                from edition where kind = $1 and code = $2 and status = 'published' \
                and valid_from <= $3 and (valid_to is null or valid_to > $3)";
    ALL_IN_FORCE = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version \
                    from edition where kind = $1 and status = 'published' \
                    and valid_from <= $2 and (valid_to is null or valid_to > $2) order by code";
}

pub async fn find(conn: &mut Conn, id: EditionId) -> Result<Option<Edition>, DbError> {
    conn.find(FIND, args![id], read_edition).await
}

/// Without its body.
pub async fn head(conn: &mut Conn, id: EditionId) -> Result<Option<Head>, DbError> {
    conn.find(HEAD, args![id], read_head).await
}

/// One page of all editions of a kind, drafts too: by code, the newest number first.
pub async fn list(conn: &mut Conn, kind: &str, most: i64, skip: i64) -> Result<Vec<Head>, DbError> {
    conn.list(LIST, args![kind, most, skip], read_head).await
}

/// Every edition of one rule, drafts too, the newest number first.
pub async fn editions_of(conn: &mut Conn, kind: &str, code: &str) -> Result<Vec<Head>, DbError> {
    conn.list(OF_CODE, args![kind, code], read_head).await
}

/// The edition with the highest number, published or not: what the next draft starts from.
pub async fn latest(conn: &mut Conn, kind: &str, code: &str) -> Result<Option<Edition>, DbError> {
    conn.find(LATEST, args![kind, code], read_edition).await
}

/// The published edition in force on this day. There is at most one: editions of a code never overlap.
pub async fn in_force(conn: &mut Conn, kind: &str, code: &str, day: Date) -> Result<Option<Edition>, DbError> {
    conn.find(IN_FORCE, args![kind, code, day], read_edition).await
}

/// Everything of a kind in force on this day, by code.
pub async fn all_in_force(conn: &mut Conn, kind: &str, day: Date) -> Result<Vec<Head>, DbError> {
    conn.list(ALL_IN_FORCE, args![kind, day], read_head).await
}
