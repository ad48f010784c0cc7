//! Where a person stands in the tree of units.

use crate::{Scope, UnitId};
use db::{Conn, DbError, args, sql};

sql! {
    // From the unit upward. A tree of a province is at most six deep; the bound only guards against a loop.
    PATH = "with recursive up (id, kind, parent, depth) as (select id, kind, parent, 1 from unit where id = $1 \
            union all select u.id, u.kind, u.parent, up.depth + 1 from unit u join up on u.id = up.parent where up.depth < 20) \
            select id, kind from up order by depth";
    INSIDE = "with recursive down (id, depth) as (select id, 1 from unit where id = $1 \
              union all select u.id, down.depth + 1 from unit u join down on u.parent = down.id where down.depth < 20) \
              select id from down";
}

/// The unit a person acts for and those above it, so that a specialist of an office works on what is its department's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Station {
    pub path: Vec<UnitId>,
    /// The nearest of them that is an agency.
    pub agency: Option<UnitId>,
}

impl Station {
    /// Of a unit and those above it, from below, each with its kind.
    pub(crate) fn of(up: Vec<(UnitId, String)>) -> Station {
        let agency = up.iter().find(|(_, kind)| is_agency(kind)).map(|(id, _)| *id);
        Station { path: up.into_iter().map(|(id, _)| id).collect(), agency }
    }

    pub fn is_in(&self, unit: UnitId) -> bool {
        self.path.contains(&unit)
    }
}

/// Where the person stands; nowhere for the program itself.
pub async fn station(conn: &mut Conn, scope: &Scope) -> Result<Station, DbError> {
    let Some(unit) = scope.unit else { return Ok(Station::default()) };
    // A copy of a scope may have been given another unit since.
    if scope.station.path.first() == Some(&unit) {
        return Ok(scope.station.clone());
    }
    Ok(Station::of(conn.list(PATH, args![unit], |row| Ok((row.pull()?, row.pull()?))).await?))
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
