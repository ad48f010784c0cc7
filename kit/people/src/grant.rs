//! Who holds which role at which unit, and until when; a role lent for a period is a delegation (uỷ quyền).

use crate::account::by_given_name;
use crate::{AccountId, Failure, Person, Role, Scope, Station, UnitId};
use base::{Date, Refusal};
use db::{Conn, DbError, Row, Tx, args, sql};
use journal::about;

db::id!(GrantId);

/// A role at a unit on the days [from, to).
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Grant {
    pub id: GrantId,
    pub account: AccountId,
    pub unit: UnitId,
    pub role: Role,
    pub from: Date,
    pub to: Option<Date>,
    /// Who lent it, where it is a delegation.
    pub lent_by: Option<AccountId>,
    pub note: String,
}

/// What is asked to grant a role.
#[derive(Clone, Debug)]
pub struct NewGrant {
    pub account: AccountId,
    pub unit: UnitId,
    pub role: Role,
    pub from: Date,
    pub to: Option<Date>,
    pub note: String,
}

/// All that a person may do at one unit today: one hat.
#[derive(Clone, Debug, PartialEq)]
pub struct Hat {
    pub unit: UnitId,
    pub unit_name: String,
    pub station: Station,
    pub roles: Vec<Role>,
}

// Of an account on a day $2, each with the way up from its unit, as [`station`](crate::station) reads it.
macro_rules! hats {
    ($account:literal) => {
        concat!(
            "with recursive hat (unit, kind, key, short, parent, role) as (select g.unit, u.kind, u.key, u.short, u.parent, g.role \
             from role_grant g join unit u on u.id = g.unit join account a on a.id = g.account where g.account = ",
            $account,
            " and a.closed = 0 and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)), \
             up (unit, path, parent, depth) as (select distinct unit, unit || ':' || kind, parent, 1 from hat union all \
             select up.unit, up.path || '\u{1f}' || o.id || ':' || o.kind, o.parent, up.depth + 1 from up join unit o on o.id = up.parent where up.depth < 20) \
             select hat.unit, hat.short, up.path, hat.role from hat join up on up.unit = hat.unit and up.parent is null \
             order by hat.key, hat.role"
        )
    };
}

sql! {
    PUT = "insert into role_grant (id, account, unit, role, valid_from, valid_to, lent_by, note) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = "select id, account, unit, role, valid_from, valid_to, lent_by, note from role_grant where id = $1";
    END = "update role_grant set valid_to = $2 where id = $1 and (valid_to is null or valid_to > $2)";
    // Held in one's own right on every day of a period: what was lent may not be lent on.
    OWN = "select id from role_grant where account = $1 and unit = $2 and role = $3 and lent_by is null \
           and valid_from <= $4 and (valid_to is null or valid_to >= $5)";
    LOANS = "select id, account, unit, role, valid_from, valid_to, lent_by, note from role_grant \
             where lent_by = $1 and unit = $2 and role = $3 and (valid_to is null or valid_to > $4)";
    OF_ACCOUNT = "select id, account, unit, role, valid_from, valid_to, lent_by, note from role_grant \
                  where (account = $1 or lent_by = $1) and (valid_to is null or valid_to > $2) order by valid_from, id";
    HATS = hats!("$1");
    HATS_IN = hats!("(select account from session where token = $1)");
    OF_UNIT = "select id, account, unit, role, valid_from, valid_to, lent_by, note from role_grant \
               where unit = $1 and (valid_to is null or valid_to > $2) order by role, valid_from";
    PEOPLE = "select distinct a.id, a.name, a.title from role_grant g join account a on a.id = g.account \
              where g.unit = $1 and a.closed = 0 and g.valid_from <= $2 and (g.valid_to is null or g.valid_to > $2)";
}

fn read(row: &mut Row) -> Result<Grant, DbError> {
    Ok(Grant {
        id: row.pull()?,
        account: row.pull()?,
        unit: row.pull()?,
        role: role(&row.pull::<String>()?)?,
        from: row.pull()?,
        to: row.pull()?,
        lent_by: row.pull()?,
        note: row.pull()?,
    })
}

/// `id:kind` of the unit and of those above it, from below. Between them a sign that no kind has: a file of units may name kinds
/// of its own, of several words.
fn station(text: &str) -> Result<Station, DbError> {
    let one = |word: &str| word.split_once(':').and_then(|(id, kind)| Some((id.parse().ok()?, kind.to_owned())));
    let up: Option<Vec<_>> = text.split('\u{1f}').map(one).collect();
    up.map(Station::of).ok_or_else(|| DbError::Value(format!("no way up: {text:?}")))
}

fn role(code: &str) -> Result<Role, DbError> {
    Role::from_code(code).ok_or_else(|| DbError::Value(format!("no role {code:?}")))
}

/// Gives a role.
pub async fn grant(tx: &mut Tx, scope: &Scope, new: NewGrant) -> Result<GrantId, Failure> {
    put(tx, scope, new, None, "role.granted").await
}

/// Lends a role of one's own to another person for a period. What was lent is not lent on (as NĐ 30/2020/NĐ-CP,
/// Điều 13.3 has it for signing: "không được ủy quyền lại"), and a loan ends no later than the lender's own role.
pub async fn lend(tx: &mut Tx, scope: &Scope, new: NewGrant) -> Result<GrantId, Failure> {
    let Some(account) = scope.account else { return Err(Failure::SignedOut) };
    let Some(to) = new.to else {
        return Err(Refusal::new("lend-days", "Chọn ngày kết thúc uỷ quyền.").at("to").into());
    };
    if !scope.is_of(new.unit) || !scope.has(new.role) {
        return Err(Failure::forbidden("Bạn chỉ uỷ quyền được vai trò mà chính bạn đang giữ tại đơn vị này."));
    }
    let mut refusals = Vec::new();
    if new.account == account {
        refusals.push(Refusal::new("lend-self", "Chọn người khác để uỷ quyền.").at("account"));
    }
    if to > new.from.saturating_add(jiff::Span::new().years(1)) {
        refusals.push(Refusal::new("lend-long", "Mỗi lần uỷ quyền không quá một năm.").at("to"));
    }
    if tx.row(OWN, args![account, new.unit, new.role.code(), new.from, to]).await?.is_none() {
        let say = "Bạn không giữ vai trò này suốt thời gian đã chọn, hoặc đang giữ nó do người khác uỷ quyền nên không uỷ quyền tiếp được.";
        refusals.push(Refusal::new("lend-own", say).at("role"));
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    put(tx, scope, new, Some(account), "role.lent").await
}

async fn put(
    tx: &mut Tx,
    scope: &Scope,
    new: NewGrant,
    lent_by: Option<AccountId>,
    what: &str,
) -> Result<GrantId, Failure> {
    if new.to.is_some_and(|to| to <= new.from) {
        return Err(Refusal::new("grant-days", "Ngày kết thúc phải sau ngày bắt đầu.").at("to").into());
    }
    let id: GrantId = db::fresh_id();
    tx.exec(PUT, args![id, new.account, new.unit, new.role.code(), new.from, new.to, lent_by, &new.note]).await?;
    let made = Grant {
        id,
        account: new.account,
        unit: new.unit,
        role: new.role,
        from: new.from,
        to: new.to,
        lent_by,
        note: new.note,
    };
    journal::write(tx, scope, what, about("account", new.account), &(), &made).await?;
    Ok(id)
}

/// Ends a grant: from today on it gives nothing. What its holder lent of it ends too.
pub async fn end_grant(tx: &mut Tx, scope: &Scope, id: GrantId) -> Result<(), Failure> {
    let today = scope.today();
    let tomorrow = today.saturating_add(jiff::Span::new().days(1));
    let ended = find_grant(tx, id).await?.ok_or(Failure::NotFound)?;
    end(tx, scope, &ended).await?;
    let still_held = args![ended.account, ended.unit, ended.role.code(), today, tomorrow];
    if tx.row(OWN, still_held).await?.is_none() {
        for loan in tx.list(LOANS, args![ended.account, ended.unit, ended.role.code(), today], read).await? {
            end(tx, scope, &loan).await?;
        }
    }
    Ok(())
}

async fn end(tx: &mut Tx, scope: &Scope, ended: &Grant) -> Result<(), Failure> {
    if tx.exec(END, args![ended.id, scope.today()]).await? > 0 {
        journal::write(tx, scope, "role.ended", about("account", ended.account), ended, &()).await?;
    }
    Ok(())
}

pub async fn find_grant(conn: &mut Conn, id: GrantId) -> Result<Option<Grant>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

/// What a person holds and what they have lent, as far as it has not ended by a day.
pub async fn grants_of(conn: &mut Conn, account: AccountId, day: Date) -> Result<Vec<Grant>, DbError> {
    conn.list(OF_ACCOUNT, args![account, day], read).await
}

/// The hats of a person on a day, delegations included.
pub async fn hats(conn: &mut Conn, account: AccountId, day: Date) -> Result<Vec<Hat>, DbError> {
    Ok(by_unit(conn.list(HATS, args![account, day], held).await?))
}

/// The hats of whoever a session is of, whether it is still good or not; none where there is none.
pub(crate) async fn hats_in(conn: &mut Conn, token: &str, day: Date) -> Result<Vec<Hat>, DbError> {
    Ok(by_unit(conn.list(HATS_IN, args![token, day], held).await?))
}

type Held = (UnitId, String, Station, Role);

fn held(row: &mut Row) -> Result<Held, DbError> {
    Ok((row.pull()?, row.pull()?, station(&row.pull::<String>()?)?, role(&row.pull::<String>()?)?))
}

fn by_unit(rows: Vec<Held>) -> Vec<Hat> {
    let mut found: Vec<Hat> = Vec::new();
    for (unit, unit_name, station, role) in rows {
        match found.iter_mut().find(|hat| hat.unit == unit) {
            Some(hat) if !hat.roles.contains(&role) => hat.roles.push(role),
            Some(_) => {}
            None => found.push(Hat { unit, unit_name, station, roles: vec![role] }),
        }
    }
    found
}

/// The grants at a unit that have not ended by a day.
pub async fn grants_of_unit(conn: &mut Conn, unit: UnitId, day: Date) -> Result<Vec<Grant>, DbError> {
    conn.list(OF_UNIT, args![unit, day], read).await
}

/// The people who hold any role at a unit on a day, by given name.
pub async fn people_of(conn: &mut Conn, unit: UnitId, day: Date) -> Result<Vec<Person>, DbError> {
    let read = |row: &mut Row| Ok(Person { id: row.pull()?, name: row.pull()?, title: row.pull()? });
    let mut found = conn.list(PEOPLE, args![unit, day], read).await?;
    found.sort_by_cached_key(|person| (by_given_name(&person.name), person.id));
    Ok(found)
}
