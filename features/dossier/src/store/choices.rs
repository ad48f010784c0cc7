//! The procedures that an agency's lists can be narrowed to.

use crate::model::Offered;
use db::{Conn, DbError, Row, args, sql};
use people::UnitId;

sql! {
    // From one procedure to the next by the index: what an agency is counted by grows with its people, its procedures do not.
    CHOICES = "with recursive p (code) as (select min(procedure) from dossier_cell where agency = $1 \
               union all select (select min(c.procedure) from dossier_cell c where c.agency = $1 and c.procedure > p.code) \
               from p where p.code is not null) \
               select p.code, (select c.name from dossier_cell c where c.agency = $1 and c.procedure = p.code limit 1), \
               (select c.field from dossier_cell c where c.agency = $1 and c.procedure = p.code limit 1) \
               from p where p.code is not null";
}

/// The procedures that an agency has had dossiers of.
pub async fn choices(conn: &mut Conn, agency: UnitId) -> Result<Vec<Offered>, DbError> {
    let read = |row: &mut Row| Ok(Offered { code: row.pull()?, name: row.pull()?, field: row.pull()? });
    conn.list(CHOICES, args![agency], read).await
}
