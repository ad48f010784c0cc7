//! What presses in the morning: dossiers that are late or nearly due, and those that wait for a head's signature.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, args, sql};
use people::{AccountId, UnitId};
use std::collections::BTreeMap;

sql! {
    PRESSING = "select d.id, d.code, d.name, d.step_name, d.holder, d.due from dossier d join account a on a.id = d.holder \
                where d.state = 'processing' and d.due < $1 and a.closed = 0 order by d.holder, d.due, d.id";
    AT_ROLE = "select agency, count(*) from dossier where state = 'processing' and step_role = $1 group by agency";
    EMAILS = "select id, email from account where closed = 0 and email is not null and email <> '' \
              and id in (select key from json_each($1))";
}

/// A dossier that presses, whose it is to do, and since or until when.
pub struct Pressing {
    pub id: DossierId,
    pub code: String,
    pub name: String,
    pub step: String,
    pub holder: AccountId,
    pub due: Timestamp,
}

/// Dossiers due before a moment, by who has them.
pub async fn pressing(conn: &mut Conn, before: Timestamp) -> Result<Vec<Pressing>, DbError> {
    let read = |row: &mut Row| {
        Ok(Pressing {
            id: row.pull()?,
            code: row.pull()?,
            name: row.pull()?,
            step: row.pull()?,
            holder: row.pull()?,
            due: row.pull()?,
        })
    };
    conn.list(PRESSING, args![before], read).await
}

/// How many dossiers of each agency stand at a step of this role of processes.
pub async fn at_role(conn: &mut Conn, role: &str) -> Result<Vec<(UnitId, i64)>, DbError> {
    conn.list(AT_ROLE, args![role], |row| Ok((row.pull()?, row.pull()?))).await
}

/// The addresses of those who have one.
pub async fn emails(conn: &mut Conn, of: &[AccountId]) -> Result<BTreeMap<AccountId, String>, DbError> {
    let all =
        conn.list(EMAILS, args![db::keys(of)], |row| Ok((row.pull::<AccountId>()?, row.pull::<String>()?))).await?;
    Ok(all.into_iter().collect())
}
