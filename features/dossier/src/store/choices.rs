//! What an agency's lists can be narrowed to.

use crate::model::{Holder, Holders, Offered};
use base::Date;
use db::{Conn, DbError, args, sql};
use people::{AccountId, Role, UnitId};
use std::collections::BTreeMap;

sql! {
    // From one procedure to the next by the index: what an agency is counted by grows with its people, its procedures do not.
    CHOICES = "with recursive p (code) as (select min(procedure) from dossier_cell where agency = $1 \
               union all select (select min(c.procedure) from dossier_cell c where c.agency = $1 and c.procedure > p.code) \
               from p where p.code is not null) \
               select p.code, (select c.name from dossier_cell c where c.agency = $1 and c.procedure = p.code limit 1), \
               (select c.field from dossier_cell c where c.agency = $1 and c.procedure = p.code limit 1) \
               from p where p.code is not null";
    // Of whoever has a role inside the agency ($3 their roles, $4 one of them alone): whether they work there on the day ($2), and
    // where they do not, whether they hold something still. Names are looked up one by one: with `account` joined, PostgreSQL
    // reads everybody of the province. Then the other agencies that have a step of its dossiers, with nobody of theirs: in the
    // order of the index of running steps, which those that were done long ago are not in.
    MAY_HOLD = "with recursive down (id, short, depth) as (select id, short, 1 from unit where id = $1 \
             union all select u.id, u.short, down.depth + 1 from unit u join down on u.parent = down.id where down.depth < 20) \
             select w.unit, w.short, w.account, (select a.name from account a where a.id = w.account), w.closed, w.works, \
             case when w.works = 1 and w.closed = 0 then 0 else (select count(*) from \
             (select 1 from dossier d where d.holder = w.account and d.agency = $1 limit 1) h) end \
             from (select g.unit, down.short, g.account, (select a.closed from account a where a.id = g.account) as closed, \
             case when g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2) then 1 else 0 end as works \
             from down join role_grant g on g.unit = down.id where g.role in (select key from json_each($3)) and ($4 = '' or g.account = $4)) w \
             union all select u.id, u.short, null, '', 0, 1, 0 from (select distinct s.agency from (select agency, dossier from dossier_step \
             where agency is not null and done is null order by agency, due limit 1000000) s cross join dossier d \
             where d.id = s.dossier and d.agency = $1 and $4 = '') o join unit u on u.id = o.agency";
}

/// The procedures that an agency has had dossiers of.
pub async fn choices(conn: &mut Conn, agency: UnitId) -> Result<Vec<Offered>, DbError> {
    let read = |row: &mut db::Row| Ok(Offered { code: row.pull()?, name: row.pull()?, field: row.pull()? });
    conn.list(CHOICES, args![agency], read).await
}

/// The offices of an agency and whoever works there on a day, by name; of one account alone, where it is named.
pub async fn may_hold(
    conn: &mut Conn,
    agency: UnitId,
    roles: &[Role],
    day: Date,
    one: Option<AccountId>,
) -> Result<Holders, DbError> {
    let read = |row: &mut db::Row| {
        let office: (UnitId, String) = (row.pull()?, row.pull()?);
        let account: Option<AccountId> = row.pull()?;
        let (name, closed, works, holds): (_, bool, bool, i64) = (row.pull()?, row.pull()?, row.pull()?, row.pull()?);
        let holder = account.map(|account| Holder { account, name, closed });
        Ok((works && !closed || holds > 0).then_some((office, holder)))
    };
    let codes = db::keys(roles.iter().map(|role| role.code()));
    let one = one.map(|one| one.to_string()).unwrap_or_default();
    let (mut offices, mut people) = (BTreeMap::new(), BTreeMap::new());
    for ((id, office), holder) in conn.list(MAY_HOLD, args![agency, day, codes, one], read).await?.into_iter().flatten()
    {
        offices.insert(id, office);
        people.extend(holder.map(|holder| (holder.account, holder)));
    }
    let mut found = Holders { offices: offices.into_iter().collect(), people: people.into_values().collect() };
    found.offices.sort_by_cached_key(|(_, name)| base::text::sort_key(name));
    found.people.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    Ok(found)
}
