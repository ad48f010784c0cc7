//! Counts over rounds and cards, for lists and the home page: one question each, however many there are.

use crate::model::*;
use db::{Conn, DbError, args, sql};
use people::UnitId;
use std::collections::BTreeMap;

sql! {
    COUNTS = "select round, count(*), sum(case when state <> 'scoring' then 1 else 0 end), \
              sum(case when state = 'concluded' then 1 else 0 end) from index_card group by round";
    // From the person's unit upward, as in PATH: an office works on the card of its department.
    MINE = "with recursive up (id, parent, depth) as (select id, parent, 1 from unit where id = $1 \
            union all select u.id, u.parent, up.depth + 1 from unit u join up on u.id = up.parent where up.depth < 20) \
            select c.round, c.unit from index_card c join up on up.id = c.unit order by up.depth desc";
    PROOFS = "select p.card, p.code, count(*) from index_proof p join index_card c on c.id = p.card where c.round = $1 group by p.card, p.code";
}

/// How many cards a round has, how many were sent, how many are concluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub units: i64,
    pub sent: i64,
    pub concluded: i64,
}

/// Of every round.
pub async fn counts(conn: &mut Conn) -> Result<BTreeMap<RoundId, Counts>, DbError> {
    let read =
        |row: &mut db::Row| Ok((row.pull()?, Counts { units: row.pull()?, sent: row.pull()?, concluded: row.pull()? }));
    Ok(conn.list(COUNTS, &[], read).await?.into_iter().collect())
}

/// The unit whose card a person of `unit` works on, by round; the nearest where there are two.
pub async fn cards_above(conn: &mut Conn, unit: UnitId) -> Result<BTreeMap<RoundId, UnitId>, DbError> {
    Ok(conn.list(MINE, args![unit], |row| Ok((row.pull()?, row.pull()?))).await?.into_iter().collect())
}

/// How many documents prove each criterion, by card.
pub async fn proof_counts(
    conn: &mut Conn,
    round: RoundId,
) -> Result<BTreeMap<CardId, BTreeMap<String, usize>>, DbError> {
    let mut found: BTreeMap<CardId, BTreeMap<String, usize>> = BTreeMap::new();
    let read = |row: &mut db::Row| Ok((row.pull()?, row.pull::<String>()?, row.pull::<i64>()?));
    for (card, code, count) in conn.list(PROOFS, args![round], read).await? {
        found.entry(card).or_default().insert(code, usize::try_from(count).unwrap_or(0));
    }
    Ok(found)
}

sql! {
    APPRAISING = "select distinct a.id, u.id, a.name, u.short, a.folded from role_grant g join account a on a.id = g.account \
                  join unit u on u.id = g.unit where g.role = 'appraiser' and a.closed = 0 \
                  and g.valid_from <= $1 and (g.valid_to is null or g.valid_to > $1) order by a.folded";
}

/// Everybody who holds the role of appraiser on this day: account, unit, and name with unit.
pub async fn appraising_people(
    conn: &mut Conn,
    day: base::Date,
) -> Result<Vec<(people::AccountId, UnitId, String)>, DbError> {
    let read = |row: &mut db::Row| {
        let (account, unit, name, short): (_, _, String, String) = (row.pull()?, row.pull()?, row.pull()?, row.pull()?);
        Ok((account, unit, format!("{name}, {short}")))
    };
    conn.list(APPRAISING, args![day], read).await
}
