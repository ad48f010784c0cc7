//! Keys for programs: act as their account at one unit, with no more than their scopes.

use crate::{AccountId, Failure, Scope, UnitId, hats, secret, sign_in::needs_totp};
use base::{Refusal, Timestamp};
use db::{Conn, Db, DbError, Row, Tx, args, sql};
use jiff::SignedDuration;
use journal::about;

db::id!(TokenId);

/// A key, without its secret.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Token {
    pub id: TokenId,
    pub account: AccountId,
    pub unit: UnitId,
    pub name: String,
    /// 'read', or 'read write'.
    pub scopes: String,
    pub begun: Timestamp,
    pub ends: Timestamp,
    pub used: Option<Timestamp>,
}

sql! {
    PUT = "insert into api_token (id, token, account, unit, name, scopes, begun, ends) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF = "select id, account, unit, name, scopes, begun, ends, used from api_token where account = $1 order by begun desc";
    BY_SECRET = "select t.id, t.account, t.unit, t.name, t.scopes, t.begun, t.ends, t.used, a.name, a.totp is null and a.sample = 0 from api_token t \
                 join account a on a.id = t.account where t.token = $1 and t.ends > $2 and a.closed = 0";
    USED = "update api_token set used = $2 where id = $1";
    END = "delete from api_token where id = $1 and account = $2";
}

fn read(row: &mut Row) -> Result<Token, DbError> {
    Ok(Token {
        id: row.pull()?,
        account: row.pull()?,
        unit: row.pull()?,
        name: row.pull()?,
        scopes: row.pull()?,
        begun: row.pull()?,
        ends: row.pull()?,
        used: row.pull()?,
    })
}

/// Makes a key for oneself at one's present unit; gives its secret, which nobody will see again.
pub async fn make_token(tx: &mut Tx, scope: &Scope, name: &str, write: bool, days: i64) -> Result<String, Failure> {
    let (Some(account), Some(unit)) = (scope.account, scope.unit) else { return Err(Failure::SignedOut) };
    let mut refusals = Vec::new();
    if name.trim().is_empty() {
        refusals.push(Refusal::new("token-name", "Đặt tên cho khoá để sau này nhận ra nó.").at("name"));
    }
    if !(1..=366).contains(&days) {
        refusals.push(Refusal::new("token-days", "Khoá có hạn từ 1 đến 366 ngày.").at("days"));
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let secret = format!("cv_{}", secret::fresh()?);
    let id: TokenId = db::fresh_id();
    let scopes = if write { "read write" } else { "read" };
    let ends = scope.now.saturating_add(SignedDuration::from_hours(24 * days)).unwrap_or(scope.now);
    tx.exec(PUT, args![id, secret::sha256(&secret), account, unit, name.trim(), scopes, scope.now, ends]).await?;
    journal::write(
        tx,
        scope,
        "token.made",
        about("token", id),
        &(),
        &serde_json::json!({ "name": name, "scopes": scopes }),
    )
    .await?;
    Ok(secret)
}

pub async fn tokens_of(conn: &mut Conn, account: AccountId) -> Result<Vec<Token>, DbError> {
    conn.list(OF, args![account], read).await
}

/// Ends one of one's own keys.
pub async fn end_token(tx: &mut Tx, scope: &Scope, id: TokenId) -> Result<(), Failure> {
    let Some(account) = scope.account else { return Err(Failure::SignedOut) };
    if tx.exec(END, args![id, account]).await? == 0 {
        return Err(Failure::NotFound);
    }
    journal::write(tx, scope, "token.ended", about("token", id), &(), &()).await?;
    Ok(())
}

/// The scope of a key: its account's roles at its unit today, reading only unless it may write. Like its owner's
/// sessions it has no roles where an administrator has no second factor, and it is nothing once its owner holds
/// no role at the unit.
pub async fn scope_of_token(db: &Db, secret: &str, now: Timestamp) -> Result<Option<Scope>, Failure> {
    let mut conn = db.read().await?;
    let read = |row: &mut Row| Ok((read(row)?, row.pull::<String>()?, row.pull::<bool>()?));
    let Some((token, name, bare)) = conn.find(BY_SECRET, args![secret::sha256(secret), now], read).await? else {
        return Ok(None);
    };
    let hats = hats(&mut conn, token.account, base::day::today(now)).await?;
    drop(conn);
    let kept_back = bare && needs_totp(&hats);
    let Some(hat) = hats.into_iter().find(|hat| hat.unit == token.unit) else { return Ok(None) };
    if token.used.is_none_or(|used| now.duration_since(used) > SignedDuration::from_mins(5)) {
        let mut tx = db.begin().await?;
        tx.exec(USED, args![token.id, now]).await?;
        tx.commit().await?;
    }
    let roles = if kept_back { Vec::new() } else { hat.roles };
    let read_only = !token.scopes.split(' ').any(|scope| scope == "write");
    Ok(Some(Scope {
        account: Some(token.account),
        name,
        unit: Some(token.unit),
        station: hat.station,
        roles,
        read_only,
        now,
    }))
}
