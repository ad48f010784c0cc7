//! Browsers that are signed in. The cookie's 256 bits are kept as their SHA-256 only.

use crate::grant::hats_in;
use crate::{AccountId, Failure, Hat, Role, Scope, UnitId, hats, secret, sign_in::needs_totp};
use base::Timestamp;
use db::{Beside, Conn, Db, DbError, Row, Tx, args, sql};
use jiff::SignedDuration;
use journal::about;

/// A session ends after this many days, whatever is done with it …
pub const SESSION_DAYS: i64 = 7;
/// … or after this many hours without a click.
const IDLE_HOURS: i64 = 12;

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct Session {
    /// SHA-256 of the cookie: the key of the row.
    pub token: String,
    pub account: AccountId,
    pub name: String,
    pub hat: Option<UnitId>,
    pub csrf: String,
    pub begun: Timestamp,
    pub seen: Timestamp,
    pub agent: String,
    pub address: String,
    pub must_change: bool,
    pub has_totp: bool,
    pub sample: bool,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select s.token, s.account, a.name, s.hat, s.csrf, s.begun, s.seen, s.agent, s.address, \
             a.must_change, a.totp is not null, a.sample from session s join account a on a.id = s.account ",
            $rest
        )
    };
}

sql! {
    SWEEP = "delete from session where ends <= $1 or seen <= $2";
    PUT = "insert into session (token, account, hat, begun, seen, ends, agent, address, csrf) values ($1, $2, $3, $4, $4, $5, $6, $7, $8)";
    GET = select!("where s.token = $1 and s.ends > $2 and s.seen > $3 and a.closed = 0");
    OF = select!("where s.account = $1 and s.ends > $2 and s.seen > $3 order by s.seen desc, s.begun desc");
    SEEN = "update session set seen = $2 where token = $1";
    HAT = "update session set hat = $3 where token = $1 and account = $2";
    END = "delete from session where token = $1 and account = $2";
    END_OTHERS = "delete from session where account = $1 and token <> $2";
}

fn read(row: &mut Row) -> Result<Session, DbError> {
    Ok(Session {
        token: row.pull()?,
        account: row.pull()?,
        name: row.pull()?,
        hat: row.pull()?,
        csrf: row.pull()?,
        begun: row.pull()?,
        seen: row.pull()?,
        agent: row.pull()?,
        address: row.pull()?,
        must_change: row.pull()?,
        has_totp: row.pull()?,
        sample: row.pull()?,
    })
}

fn idle_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(IDLE_HOURS)).unwrap_or(now)
}

/// Begins a session; gives the cookie's value, which nobody will see again. Sweeps out what has ended. The journal
/// has its line from the sign-in or the link that led here.
pub async fn begin_session(
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
    agent: &str,
    address: &str,
) -> Result<String, Failure> {
    tx.exec(SWEEP, args![now, idle_since(now)]).await?;
    let cookie = secret::fresh()?;
    let hat = first_hat(&hats(tx, account, base::day::today(now)).await?);
    let ends = now.saturating_add(SignedDuration::from_hours(24 * SESSION_DAYS)).unwrap_or(now);
    let agent: String = agent.chars().take(200).collect();
    tx.exec(PUT, args![secret::sha256(&cookie), account, hat, now, ends, agent, address, secret::fresh()?]).await?;
    Ok(cookie)
}

/// The hat that waits for most: who heads or coordinates a unit wants to see that first, and changes it if not.
fn first_hat(hats: &[Hat]) -> Option<UnitId> {
    const ORDER: [Role; 9] = [
        Role::Head,
        Role::Coordinator,
        Role::Council,
        Role::Appraiser,
        Role::Admin,
        Role::Clerk,
        Role::Registrar,
        Role::Staff,
        Role::Viewer,
    ];
    let rank = |hat: &&Hat| ORDER.iter().position(|role| hat.roles.contains(role)).unwrap_or(ORDER.len());
    hats.iter().min_by_key(rank).map(|hat| hat.unit)
}

/// Who comes with a cookie.
#[derive(Clone, Debug)]
pub struct Entered {
    pub session: Session,
    pub scope: Scope,
    /// All hats to choose from.
    pub hats: Vec<Hat>,
}

/// Whoever a cookie lets in, if its session is still good. `beside` is asked once for all: every page waits for this.
pub async fn enter(beside: &Beside, cookie: &str, now: Timestamp) -> Result<Option<Entered>, Failure> {
    let token = secret::sha256(cookie);
    let session = async { beside.read().await?.find(GET, args![&token, now, idle_since(now)], read).await };
    let hats = async { hats_in(&mut beside.read().await?, &token, base::day::today(now)).await };
    let (session, hats) = tokio::try_join!(session, hats)?;
    Ok(session.map(|session| Entered { scope: scope_of(&session, &hats, now), session, hats }))
}

/// Notes, at most once in five minutes, that a session was used.
pub async fn used(db: &Db, session: &Session, now: Timestamp) -> Result<(), DbError> {
    if now.duration_since(session.seen) <= SignedDuration::from_mins(5) {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    tx.exec(SEEN, args![&session.token, now]).await?;
    tx.commit().await
}

/// What somebody may do with the hat that they wear. An administrator without a second factor has no roles until it is set up.
fn scope_of(session: &Session, hats: &[Hat], now: Timestamp) -> Scope {
    let hat = hats.iter().find(|hat| Some(hat.unit) == session.hat).or(hats.first());
    let mut scope = Scope {
        account: Some(session.account),
        name: session.name.clone(),
        unit: hat.map(|hat| hat.unit),
        station: hat.map(|hat| hat.station.clone()).unwrap_or_default(),
        roles: hat.map(|hat| hat.roles.clone()).unwrap_or_default(),
        read_only: false,
        now,
    };
    // Demo accounts are spared: their passwords are random and their data invented.
    if !session.has_totp && !session.sample && needs_totp(hats) {
        scope.roles.clear();
    }
    scope
}

/// The live sessions of a person.
pub async fn sessions_of(conn: &mut Conn, account: AccountId, now: Timestamp) -> Result<Vec<Session>, DbError> {
    conn.list(OF, args![account, now, idle_since(now)], read).await
}

/// Puts another hat on.
pub async fn put_on(tx: &mut Tx, scope: &Scope, token: &str, unit: UnitId) -> Result<(), Failure> {
    let Some(account) = scope.account else { return Err(Failure::SignedOut) };
    if !hats(tx, account, scope.today()).await?.iter().any(|hat| hat.unit == unit) {
        return Err(Failure::forbidden("Bạn không có vai trò nào tại đơn vị này."));
    }
    if tx.exec(HAT, args![token, account, unit]).await? == 0 {
        return Err(Failure::SignedOut);
    }
    journal::write(tx, scope, "account.hat-changed", about("account", account), &scope.unit, &unit).await?;
    Ok(())
}

/// Ends one of one's own sessions; none that has ended already is missed.
pub async fn end_session(tx: &mut Tx, scope: &Scope, token: &str) -> Result<(), Failure> {
    let Some(account) = scope.account else { return Err(Failure::SignedOut) };
    if tx.exec(END, args![token, account]).await? > 0 {
        journal::write(tx, scope, "account.signed-out", about("account", account), &(), &()).await?;
    }
    Ok(())
}

/// Ends all of one's sessions but this one (after a password change).
pub async fn end_sessions_but(tx: &mut Tx, account: AccountId, token: &str) -> Result<(), DbError> {
    tx.exec(END_OTHERS, args![account, token]).await.map(drop)
}
