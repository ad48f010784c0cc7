//! Filters that a person has named and kept: addresses of a list, shown as links above it.
//!
//! Any list has them by showing [`bar`]; the screen where they are renamed and removed is one for all lists.

mod pages;

pub use pages::{bar, routes};

use crate::list::Listing;
use base::{Refusal, Timestamp};
use db::{Conn, DbError, Row, Tx, args, sql};
use journal::about;
use people::{AccountId, Failure, Scope};
use serde::Serialize;

db::id!(KeptId);

/// A filter that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: KeptId,
    pub list: String,
    pub name: String,
    pub address: String,
}

/// So many are read at a glance, and no more.
const MOST: usize = 20;
const LONGEST_NAME: usize = 60;
const LONGEST_ADDRESS: usize = 1_000;

sql! {
    OF = "select id, list, name, address from kept_filter where account = $1 and list = $2 order by at, id";
    ONE = "select id, list, name, address from kept_filter where id = $1 and account = $2";
    KEEP = "insert into kept_filter (id, account, list, name, address, at) values ($1, $2, $3, $4, $5, $6)";
    RENAME = "update kept_filter set name = $3 where id = $1 and account = $2";
    DROP = "delete from kept_filter where id = $1 and account = $2";
}

fn read(row: &mut Row) -> Result<Kept, DbError> {
    Ok(Kept { id: row.pull()?, list: row.pull()?, name: row.pull()?, address: row.pull()? })
}

/// What the journal keeps: never the address, which may hold somebody's name.
#[derive(Serialize)]
struct Line<'a> {
    list: &'a str,
    name: &'a str,
}

fn owner(scope: &Scope) -> Result<AccountId, Failure> {
    scope.account.ok_or(Failure::SignedOut)
}

/// A person's filters of a list, the oldest first.
pub async fn of(conn: &mut Conn, scope: &Scope, list: &str) -> Result<Vec<Kept>, Failure> {
    Ok(conn.list(OF, args![owner(scope)?, list], read).await?)
}

async fn one(conn: &mut Conn, scope: &Scope, id: KeptId) -> Result<Kept, Failure> {
    conn.find(ONE, args![id, owner(scope)?], read).await?.ok_or(Failure::NotFound)
}

/// Keeps an address of a list under a name.
async fn keep(tx: &mut Tx, scope: &Scope, address: &str, name: &str) -> Result<Kept, Failure> {
    let list = Listing::of(&own(address)?, "", &[]);
    let mine = of(tx, scope, list.path()).await?;
    let name = named(name, &mine, None)?;
    if mine.len() >= MOST {
        let say = format!("Mỗi danh sách giữ tối đa {MOST} bộ lọc. Xoá bớt bộ lọc không còn dùng.");
        return Err(Refusal::new("filter-many", say).at("ten").into());
    }
    let (list, address) = (list.path().to_owned(), list.address());
    if let Some(same) = mine.iter().find(|one| one.address == address) {
        let say = format!("Bộ lọc này đã được lưu với tên “{}”.", same.name);
        return Err(Refusal::new("filter-same", say).at("ten").into());
    }
    let kept = Kept { id: db::fresh_id(), list, name, address };
    let at: Timestamp = scope.now;
    tx.exec(KEEP, args![kept.id, owner(scope)?, &kept.list, &kept.name, &kept.address, at]).await?;
    let line = Line { list: &kept.list, name: &kept.name };
    journal::write(tx, scope, "filter.kept", about("filter", kept.id), &(), &line).await?;
    Ok(kept)
}

async fn rename(tx: &mut Tx, scope: &Scope, id: KeptId, name: &str) -> Result<Kept, Failure> {
    let before = one(tx, scope, id).await?;
    let name = named(name, &of(tx, scope, &before.list).await?, Some(id))?;
    tx.exec(RENAME, args![id, owner(scope)?, &name]).await?;
    let (was, is) = (Line { list: &before.list, name: &before.name }, Line { list: &before.list, name: &name });
    journal::write(tx, scope, "filter.renamed", about("filter", id), &was, &is).await?;
    Ok(Kept { name, ..before })
}

async fn remove(tx: &mut Tx, scope: &Scope, id: KeptId) -> Result<Kept, Failure> {
    let before = one(tx, scope, id).await?;
    tx.exec(DROP, args![id, owner(scope)?]).await?;
    let was = Line { list: &before.list, name: &before.name };
    journal::write(tx, scope, "filter.dropped", about("filter", id), &was, &()).await?;
    Ok(before)
}

/// An address of this site and of nowhere else: it becomes a link.
fn own(address: &str) -> Result<axum::http::Uri, Failure> {
    let ours = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
    let fits = ours && address.len() <= LONGEST_ADDRESS;
    let uri: Option<axum::http::Uri> = address.parse().ok().filter(|_| fits);
    let say = "Không lưu được bộ lọc này: mở lại danh sách, chọn bộ lọc rồi lưu.";
    uri.ok_or_else(|| Failure::refused("filter-address", say))
}

/// A name that none of the others has.
fn named(typed: &str, others: &[Kept], but: Option<KeptId>) -> Result<String, Failure> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = match name.chars().count() {
        0 => Some("Đặt tên cho bộ lọc, ví dụ: Xăng dầu quá hạn.".to_owned()),
        long if long > LONGEST_NAME => Some(format!("Tên bộ lọc dài tối đa {LONGEST_NAME} chữ.")),
        _ if others.iter().any(|one| one.name == name && Some(one.id) != but) => {
            Some(format!("Đã có bộ lọc tên “{name}”. Đặt tên khác."))
        }
        _ => None,
    };
    wrong.map_or(Ok(name), |say| Err(Refusal::new("filter-name", say).at("ten").into()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn only_addresses_of_this_site_are_kept() {
        for bad in ["https://a.example/", "//a.example/b", "/\\a.example", "mot-cua", "", "/a b"] {
            assert!(own(bad).is_err(), "{bad}");
        }
        assert!(own("/mot-cua?hop=qua-han").is_ok());
    }

    #[test]
    fn a_name_is_one_line_and_nobody_elses() {
        let one = [Kept { id: db::fresh_id(), list: "/a".into(), name: "Quá hạn".into(), address: "/a?b=c".into() }];
        assert_eq!(named("  Quá  hạn của tôi ", &one, None).unwrap(), "Quá hạn của tôi");
        assert!(named("Quá hạn", &one, None).is_err());
        assert!(named("Quá hạn", &one, Some(one[0].id)).is_ok(), "its own name");
        assert!(named(" ", &[], None).is_err());
        assert!(named(&"ă".repeat(61), &[], None).is_err());
    }
}
