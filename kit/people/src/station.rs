//! Where a person stands in the tree of units.

use crate::{Scope, UnitId};
use db::{Conn, DbError, args, sql};

sql! {
    KINDS = "select id, kind from unit where id in (select key from json_each($1))";
    // From the unit upward. A tree of a province is at most six deep; the bound only guards against a loop.
    PATH = "with recursive up (id, parent, depth) as (select id, parent, 1 from unit where id = $1 \
            union all select u.id, u.parent, up.depth + 1 from unit u join up on u.id = up.parent where up.depth < 20) \
            select id from up order by depth";
    INSIDE = "with recursive down (id, depth) as (select id, 1 from unit where id = $1 \
              union all select u.id, down.depth + 1 from unit u join down on u.parent = down.id where down.depth < 20) \
              select id from down";
}

/// The unit a person acts for and those above it, so that a specialist of an office works on what is its department's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Station {
    pub path: Vec<UnitId>,
}

impl Station {
    pub fn is_in(&self, unit: UnitId) -> bool {
        self.path.contains(&unit)
    }
}

/// Where the person stands; nowhere for the program itself.
pub async fn station(conn: &mut Conn, scope: &Scope) -> Result<Station, DbError> {
    let Some(unit) = scope.unit else { return Ok(Station::default()) };
    // A copy of a scope may have been given another unit since.
    let is_read = scope.path.first() == Some(&unit);
    let path = if is_read { scope.path.clone() } else { conn.list(PATH, args![unit], |row| row.pull()).await? };
    Ok(Station { path })
}

/// A unit and everything inside it.
pub async fn inside(conn: &mut Conn, unit: UnitId) -> Result<Vec<UnitId>, DbError> {
    conn.list(INSIDE, args![unit], |row| row.pull()).await
}

/// The kinds of unit that resolve what people ask of them: offices lie below them.
pub const AGENCIES: &[&str] = &["so", "huyen", "xa", "don-vi-su-nghiep", "trung-uong"];

pub fn is_agency(kind: &str) -> bool {
    AGENCIES.contains(&kind)
}

/// The agency among a person's units, from their own upward: the nearest one.
pub async fn agency_of(conn: &mut Conn, path: &[UnitId]) -> Result<Option<UnitId>, DbError> {
    let read = |row: &mut db::Row| Ok((row.pull::<UnitId>()?, row.pull::<String>()?));
    let kinds = conn.list(KINDS, args![db::keys(path)], read).await?;
    let is = |unit: &&UnitId| kinds.iter().any(|(id, kind)| id == *unit && is_agency(kind));
    Ok(path.iter().find(is).copied())
}
