//! Who works inside an agency: whom its lists can be narrowed to, and to whom its work may be given.

use crate::model::{Candidate, Holder, Holders};
use base::Date;
use db::{Conn, DbError, Row, args, sql};
use people::{AccountId, Role, UnitId};
use std::collections::{BTreeMap, BTreeSet};

sql! {
    // The units inside an agency, each with whoever has a role there ($3 their roles, $4 one of them alone): whether they work there
    // on the day ($2); where they do, how many dossiers they have ($5: if that is asked), and where they do not, whether they hold
    // something still. A unit's people are one text, and names looked up one by one: joined, PostgreSQL reads every role and every
    // account of the province. Then ($6: if that is asked) the other agencies that have a step of its dossiers, with nobody of
    // theirs: in the order of the index of running steps, which those that were done long ago are not in.
    INSIDE = "with recursive down (id, short, depth) as (select id, short, 1 from unit where id = $1 \
              union all select u.id, u.short, down.depth + 1 from unit u join down on u.parent = down.id where down.depth < 20) \
              select down.id, down.short, (select string_agg(w.account || '\u{1f}' || w.role || '\u{1f}' || w.works || '\u{1f}' || w.closed || '\u{1f}' || \
              case when w.works = 0 or w.closed = 1 then (select count(*) from (select 1 from dossier d where d.holder = w.account and d.agency = $1 limit 1) h) \
              when $5 = 1 then (select count(*) from dossier d where d.holder = w.account and d.state = 'processing') else 0 end \
              || '\u{1f}' || replace((select a.name from account a where a.id = w.account), '\u{1e}', ' '), '\u{1e}') \
              from (select g.account, g.role, (select a.closed from account a where a.id = g.account) as closed, \
              case when g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2) then 1 else 0 end as works from role_grant g \
              where g.unit = down.id and g.role in (select key from json_each($3)) and ($4 = '' or g.account = $4)) w) from down \
              union all select u.id, u.short, '' from (select distinct s.agency from (select agency, dossier from dossier_step \
              where agency is not null and done is null order by agency, due limit 1000000) s cross join dossier d \
              where d.id = s.dossier and d.agency = $1 and $6 = 1) o join unit u on u.id = o.agency";
    // One account alone: the agency itself and its offices first, and only then all the way up.
    HOLDER = "select distinct a.id, a.name, u.id, u.short, 0 from role_grant g join account a on a.id = g.account join unit u on u.id = g.unit \
              where g.account = $4 and g.role = $2 and a.closed = 0 and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3) \
              and (u.id = $1 or u.parent = $1 or $1 in (with recursive up (id, depth) as (select u.parent, 1 \
              union all select o.parent, up.depth + 1 from up join unit o on o.id = up.id where up.depth < 20) select id from up))";
}

/// Whom is asked for: of an agency on a day.
pub struct Hands<'a> {
    pub agency: UnitId,
    pub day: Date,
    /// This account alone.
    pub one: Option<AccountId>,
    /// Who has one of these roles.
    pub roles: &'a [Role],
    /// Of them those to whom work may be given, with how much each has.
    pub give: &'a [Role],
    /// Also the other agencies that have a step of its dossiers.
    pub others: bool,
}

/// The offices of an agency and whoever works there on a day, by name.
pub async fn may_hold(conn: &mut Conn, asked: &Hands<'_>) -> Result<Holders, DbError> {
    let (mut offices, mut people, mut hands) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for (id, short, all) in inside(conn, asked).await? {
        // Of another agency nobody is named.
        if all.is_empty() {
            offices.insert(id, short.clone());
        }
        for one in all.into_iter().filter(|one| one.works || one.has > 0) {
            offices.insert(id, short.clone());
            if one.works && asked.give.iter().any(|hand| hand.code() == one.role) {
                hands.push(one.candidate(id, &short));
            }
            people.insert(one.account, Holder { account: one.account, name: one.name, closed: one.closed });
        }
    }
    hands.sort_by_cached_key(|one| (one.load, base::text::sort_key(&one.name), one.office_name.clone()));
    let mut known = BTreeSet::new();
    hands.retain(|one| known.insert(one.account));
    let (mut offices, mut people) = (Vec::from_iter(offices), Vec::from_iter(people.into_values()));
    offices.sort_by_cached_key(|(_, name)| base::text::sort_key(name));
    people.sort_by_cached_key(|one: &Holder| base::text::sort_key(&one.name));
    Ok(Holders { offices, people, hands })
}

/// Who holds a role inside an agency on a day, with how many dossiers each has: once for each office where they do.
pub async fn holders(conn: &mut Conn, agency: UnitId, role: Role, day: Date) -> Result<Vec<Candidate>, DbError> {
    let asked = Hands { agency, day, one: None, roles: &[role], give: &[role], others: false };
    let mut found = Vec::new();
    for (office, short, mut all) in inside(conn, &asked).await? {
        // Their own and a lent one are two grants.
        let mut known = BTreeSet::new();
        all.retain(|one| one.works && known.insert(one.account));
        found.extend(all.iter().map(|one| one.candidate(office, &short)));
    }
    Ok(found)
}

/// Where one account holds a role inside an agency on a day; how much they have is not looked at.
pub async fn holder(
    conn: &mut Conn,
    agency: UnitId,
    role: Role,
    day: Date,
    account: AccountId,
) -> Result<Vec<Candidate>, DbError> {
    let read = |row: &mut Row| {
        Ok(Candidate {
            account: row.pull()?,
            name: row.pull()?,
            office: row.pull()?,
            office_name: row.pull()?,
            load: row.pull()?,
        })
    };
    conn.list(HOLDER, args![agency, role.code(), day, account], read).await
}

/// A role of somebody at a unit.
struct Found {
    account: AccountId,
    role: String,
    /// On the day, with an account that is open.
    works: bool,
    closed: bool,
    has: i64,
    name: String,
}

impl Found {
    fn candidate(&self, office: UnitId, short: &str) -> Candidate {
        let name = self.name.clone();
        Candidate { account: self.account, name, office, office_name: short.to_owned(), load: self.has }
    }
}

/// The units inside an agency where anybody has one of these roles, and the agencies beside it, whose people are not told.
async fn inside(conn: &mut Conn, asked: &Hands<'_>) -> Result<Vec<(UnitId, String, Vec<Found>)>, DbError> {
    let one = asked.one.map(|one| one.to_string()).unwrap_or_default();
    let roles = db::keys(asked.roles.iter().map(|role| role.code()));
    let (loads, others) = (i64::from(!asked.give.is_empty()), i64::from(asked.others));
    let row = args![asked.agency, asked.day, roles, one, loads, others];
    let read = |row: &mut Row| Ok((row.pull::<UnitId>()?, row.pull::<String>()?, row.pull::<Option<String>>()?));
    let mut units = Vec::new();
    for (id, short, all) in conn.list(INSIDE, row, read).await? {
        let Some(all) = all else { continue };
        let all: Option<Vec<Found>> = all.split('\u{1e}').filter(|one| !one.is_empty()).map(found).collect();
        units.push((id, short, all.ok_or_else(|| DbError::Value("who works at a unit".into()))?));
    }
    Ok(units)
}

fn found(text: &str) -> Option<Found> {
    let mut words = text.splitn(6, '\u{1f}');
    let account = words.next()?.parse().ok()?;
    let (role, works, closed) = (words.next()?.to_owned(), words.next()? == "1", words.next()? == "1");
    let has = words.next()?.parse().ok()?;
    Some(Found { account, role, works: works && !closed, closed, has, name: words.next()?.to_owned() })
}

#[cfg(test)]
mod tests;
