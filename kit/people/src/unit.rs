//! Units as a tree with days of validity and successors. A unit is never deleted: it ends, and says what became
//! of it (1/7/2025: two provinces made one Quảng Trị, and districts ended).

use crate::{Failure, Scope, UnitId};
use base::{Date, Refusal};
use db::{Conn, DbError, Row, Tx, args, sql};
use journal::about;

/// A unit.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Unit {
    pub id: UnitId,
    /// Stable name in data files.
    pub key: String,
    pub name: String,
    pub short: String,
    /// 'tinh', 'so', 'phong', 'huyen', 'xa', … : see [`kind_name`].
    pub kind: String,
    pub parent: Option<UnitId>,
    /// In being on the days [from, to).
    pub from: Date,
    pub to: Option<Date>,
    /// QCVN 102:2016/BTTTT.
    pub code_old: Option<String>,
    /// QĐ 20/2020/QĐ-TTg.
    pub code_new: Option<String>,
    pub sample: bool,
    pub version: i64,
}

impl Unit {
    /// Whether the unit is in being on this day.
    pub fn is_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// What became of a unit.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Successor {
    pub unit: UnitId,
    pub successor: UnitId,
    pub how: String,
    pub on: Date,
}

/// The Vietnamese name of a kind of unit; an unknown kind names itself.
pub fn kind_name(kind: &str) -> &str {
    match kind {
        "trung-uong" => "Trung ương",
        "tinh" => "Tỉnh",
        "so" => "Sở, ban, ngành",
        "phong" => "Phòng chuyên môn",
        "huyen" => "Cấp huyện",
        "xa" => "Cấp xã",
        "don-vi-su-nghiep" => "Đơn vị sự nghiệp",
        other => other,
    }
}

/// How a unit became another, as data files and the database say it.
pub const BECAME: [&str; 3] = ["merge", "split", "rename"];

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, key, name, short, kind, parent, valid_from, valid_to, code_old, code_new, sample, version from unit ",
            $rest
        )
    };
}

sql! {
    ALL = select!("order by valid_from, key");
    BY_ID = select!("where id = $1");
    BY_KEY = select!("where key = $1");
    CHILDREN = select!("where parent = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2) order by key");
    // `union`, not `union all`: a loop ends the walk.
    ABOVE = "with recursive above (id, parent) as (select id, parent from unit where id = $1 \
             union select u.id, u.parent from unit u join above a on u.id = a.parent) select id from above where id = $2";
    PUT = "insert into unit (id, key, name, short, folded, kind, parent, valid_from, valid_to, code_old, code_new, sample) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CHANGE = "update unit set name = $3, short = $4, folded = $5, kind = $6, parent = $7, valid_from = $8, valid_to = $9, \
              code_old = $10, code_new = $11, version = version + 1 where id = $1 and version = $2";
    SUCCEED = "insert into unit_successor (unit, successor, how, on_day) values ($1, $2, $3, $4) \
               on conflict (unit, successor) do update set how = $3, on_day = $4 \
               where unit_successor.how <> $3 or unit_successor.on_day <> $4";
    SUCCESSORS = "select unit, successor, how, on_day from unit_successor order by on_day, unit, successor";
}

fn unit(row: &mut Row) -> Result<Unit, DbError> {
    Ok(Unit {
        id: row.pull()?,
        key: row.pull()?,
        name: row.pull()?,
        short: row.pull()?,
        kind: row.pull()?,
        parent: row.pull()?,
        from: row.pull()?,
        to: row.pull()?,
        code_old: row.pull()?,
        code_new: row.pull()?,
        sample: row.pull()?,
        version: row.pull()?,
    })
}

/// Every unit there ever was. A province has some hundreds: a page takes them all in one question.
pub async fn units(conn: &mut Conn) -> Result<Vec<Unit>, DbError> {
    conn.list(ALL, &[], unit).await
}

/// The units in being on a day, and of the kinds asked for (all kinds, where none is named), by their names' order.
pub async fn units_with(conn: &mut Conn, day: Date, kinds: &[&str]) -> Result<Vec<Unit>, DbError> {
    let mut found = units(conn).await?;
    found.retain(|unit| unit.is_on(day) && (kinds.is_empty() || kinds.contains(&unit.kind.as_str())));
    found.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    Ok(found)
}

pub async fn find_unit(conn: &mut Conn, id: UnitId) -> Result<Option<Unit>, DbError> {
    conn.find(BY_ID, args![id], unit).await
}

pub async fn unit_by_key(conn: &mut Conn, key: &str) -> Result<Option<Unit>, DbError> {
    conn.find(BY_KEY, args![key], unit).await
}

/// The units right below one, on a day.
pub async fn children(conn: &mut Conn, parent: UnitId, day: Date) -> Result<Vec<Unit>, DbError> {
    conn.list(CHILDREN, args![parent, day], unit).await
}

pub async fn successors(conn: &mut Conn) -> Result<Vec<Successor>, DbError> {
    let read =
        |row: &mut Row| Ok(Successor { unit: row.pull()?, successor: row.pull()?, how: row.pull()?, on: row.pull()? });
    conn.list(SUCCESSORS, &[], read).await
}

/// A unit and those above it, from the unit upward; stops at a loop rather than walk it.
pub fn path(all: &[Unit], from: UnitId) -> Vec<&Unit> {
    let mut found: Vec<&Unit> = Vec::new();
    let mut next = Some(from);
    while let Some(unit) = next.and_then(|id| all.iter().find(|unit| unit.id == id)) {
        if found.iter().any(|seen| seen.id == unit.id) {
            break;
        }
        found.push(unit);
        next = unit.parent;
    }
    found
}

/// Adds a unit, or changes it (`version` is that of the form; a new unit has 0). Its key stays as it was made.
pub async fn save_unit(tx: &mut Tx, scope: &Scope, new: &Unit) -> Result<(), Failure> {
    let before = find_unit(tx, new.id).await?;
    check(tx, new, before.is_some()).await?;
    let folded = base::text::fold(&format!("{} {}", new.name, new.short));
    let (old, qd20) = (new.code_old.clone(), new.code_new.clone());
    match &before {
        None => {
            let row = args![
                new.id, &new.key, &new.name, &new.short, folded, &new.kind, new.parent, new.from, new.to, old, qd20,
                new.sample
            ];
            tx.exec(PUT, row).await.map_err(taken)?;
        }
        Some(before) => {
            let row = args![
                new.id,
                new.version,
                &new.name,
                &new.short,
                folded,
                &new.kind,
                new.parent,
                new.from,
                new.to,
                old,
                qd20
            ];
            if tx.exec(CHANGE, row).await? == 0 {
                return Err(Failure::stale(serde_json::to_value(before)?));
            }
        }
    }
    journal::write(tx, scope, "unit.saved", about("unit", new.id), &before, new).await?;
    Ok(())
}

fn taken(error: DbError) -> Failure {
    match error.is_duplicate_in("unit") {
        true => Refusal::new("unit-key-taken", "Mã đơn vị này đã có. Hãy chọn mã khác.").at("key").into(),
        false => error.into(),
    }
}

async fn check(tx: &mut Tx, new: &Unit, is_there: bool) -> Result<(), Failure> {
    let mut refusals = Vec::new();
    if new.name.trim().is_empty() {
        refusals.push(Refusal::new("unit-name", "Nhập tên đơn vị.").at("name"));
    }
    if new.key.is_empty() || !new.key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        refusals
            .push(Refusal::new("unit-key", "Mã đơn vị chỉ gồm chữ thường không dấu, số và dấu gạch nối.").at("key"));
    }
    if new.to.is_some_and(|to| to <= new.from) {
        refusals.push(Refusal::new("unit-days", "Ngày kết thúc phải sau ngày bắt đầu.").at("to"));
    }
    if let Some(parent) = new.parent {
        if parent == new.id || (is_there && tx.row(ABOVE, args![parent, new.id]).await?.is_some()) {
            refusals
                .push(Refusal::new("unit-loop", "Đơn vị cấp trên không thể nằm dưới chính đơn vị này.").at("parent"));
        } else if find_unit(tx, parent).await?.is_none() {
            refusals.push(Refusal::new("unit-parent", "Không có đơn vị cấp trên này. Hãy chọn lại.").at("parent"));
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// Ends a unit on a day (the first on which it is no more) and says what became of it: `how` is one of [`BECAME`].
pub async fn end_unit(
    tx: &mut Tx,
    scope: &Scope,
    id: UnitId,
    on: Date,
    how: &str,
    successors: &[UnitId],
) -> Result<(), Failure> {
    let mut unit = find_unit(tx, id).await?.ok_or(Failure::NotFound)?;
    if !BECAME.contains(&how) {
        return Err(Refusal::new("unit-how", "Chọn hình thức: sáp nhập, chia tách hoặc đổi tên.").at("how").into());
    }
    if successors.contains(&id) {
        return Err(Refusal::new("unit-heir", "Đơn vị không thể kế tục chính mình.").at("successors").into());
    }
    unit.to = Some(on);
    save_unit(tx, scope, &unit).await?;
    for successor in successors {
        succeed(tx, scope, id, *successor, how, on).await?;
    }
    let after = serde_json::json!({ "on": on, "how": how, "successors": successors });
    journal::write(tx, scope, "unit.ended", about("unit", id), &(), &after).await?;
    Ok(())
}

/// Notes that `of` became `to`; says nothing where that is known.
pub(crate) async fn succeed(
    tx: &mut Tx,
    scope: &Scope,
    of: UnitId,
    to: UnitId,
    how: &str,
    on: Date,
) -> Result<(), DbError> {
    if tx.exec(SUCCEED, args![of, to, how, on]).await? > 0 {
        let after = Successor { unit: of, successor: to, how: how.to_owned(), on };
        journal::write(tx, scope, "unit.succeeded", about("unit", of), &(), &after).await?;
    }
    Ok(())
}
