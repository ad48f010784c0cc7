//! The sender's side of the table. To lease a message is to move its `due` on: whoever moved it has it until then, and every
//! further change names that moment. A program that is cut leaves nothing to clean up: the message becomes due again.

use crate::send::Clock;
use crate::words::{CUT, TOO_OLD};
use crate::{MOST_TRIES, NoticeId, Way};
use base::Timestamp;
use db::{Db, DbError, Row, args, sql};
use jiff::SignedDuration;

/// How long a message stays with one sender: more than twice the patience with a partner.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// How long after its first, second, … try a message waits for the next: two days in all.
const PAUSES: [SignedDuration; 7] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(12),
    LONGEST,
];
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

sql! {
    TOO_LATE = "update notice set status = 'failed', ended = $1, problem = coalesce(problem, $2) \
                where status = 'waiting' and due <= $1 and until <= $1";
    NEXT = "select id, due, tries from notice where status = 'waiting' and way = $1 and due <= $2 order by due, id limit 1";
    TAKE = "update notice set due = $3, tries = tries + 1 where id = $1 and status = 'waiting' and due = $2 \
            returning address, subject, body, at, tries";
    GIVE_UP = "update notice set status = 'failed', ended = $3, problem = coalesce(problem, $4) \
               where id = $1 and status = 'waiting' and due = $2";
    SENT = "update notice set status = 'sent', ended = $3, problem = null where id = $1 and status = 'waiting' and due = $2";
    AGAIN = "update notice set due = $3, problem = $4 where id = $1 and status = 'waiting' and due = $2";
    FAILED = "update notice set status = 'failed', ended = $3, problem = $4 \
              where id = $1 and status = 'waiting' and due = $2";
}

/// A message in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Stays the same over all tries: the partner's key against sending twice.
    pub id: NoticeId,
    /// An e-mail address, or the ten digits of a mobile number.
    pub to: String,
    pub subject: String,
    pub body: String,
    /// When it was told: the date that an e-mail bears, however late it goes.
    pub at: Timestamp,
    pub(crate) tries: i64,
    pub(crate) until: Timestamp,
}

/// Gives up what is too old, of every way: also of one that nobody has configured. Says how many.
pub(crate) async fn give_up_old(db: &Db, now: Timestamp) -> Result<u64, DbError> {
    change(db, TOO_LATE, args![now, TOO_OLD]).await
}

/// Takes the message that is longest due. Looking needs no write; of senders that see the same message, the update lets one
/// have it, and the others look again.
pub(crate) async fn take(db: &Db, way: Way, clock: &Clock<'_>) -> Result<Option<Sending>, DbError> {
    loop {
        let now = clock();
        let Some((id, due, tries)) = next(db, way, now).await? else { return Ok(None) };
        if tries >= MOST_TRIES {
            change(db, GIVE_UP, args![id, due, now, CUT]).await?;
            continue;
        }
        let until = now + LEASE;
        let message = |row: &mut Row| {
            let (to, subject, body) = (row.pull()?, row.pull()?, row.pull()?);
            Ok(Sending { id, to, subject, body, at: row.pull()?, tries: row.pull()?, until })
        };
        let mut tx = db.begin().await?;
        let taken = tx.find(TAKE, args![id, due, until], message).await?;
        tx.commit().await?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
}

async fn next(db: &Db, way: Way, now: Timestamp) -> Result<Option<(NoticeId, Timestamp, i64)>, DbError> {
    let read = |row: &mut Row| Ok((row.pull()?, row.pull()?, row.pull()?));
    db.read().await?.find(NEXT, args![way, now], read).await
}

/// It went out. False where the lease was lost meanwhile: then it goes out again, with the same id.
pub(crate) async fn sent(db: &Db, message: &Sending, now: Timestamp) -> Result<bool, DbError> {
    Ok(change(db, SENT, args![message.id, message.until, now]).await? == 1)
}

/// It did not, and may later: at the soonest after `pause`, if the partner named one. False where this was its last try.
pub(crate) async fn again(
    db: &Db,
    message: &Sending,
    why: &str,
    pause: Option<SignedDuration>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let own = usize::try_from(message.tries - 1).ok().and_then(|tried| PAUSES.get(tried));
    let Some(own) = own else {
        failed(db, message, why, now).await?;
        return Ok(false);
    };
    let pause = pause.map_or(*own, |asked| asked.clamp(*own, LONGEST));
    change(db, AGAIN, args![message.id, message.until, now + pause, why]).await?;
    Ok(true)
}

/// It did not, and never will.
pub(crate) async fn failed(db: &Db, message: &Sending, why: &str, now: Timestamp) -> Result<(), DbError> {
    change(db, FAILED, args![message.id, message.until, now, why]).await.map(drop)
}

async fn change(db: &Db, sql: db::Sql, args: &[db::Val]) -> Result<u64, DbError> {
    let mut tx = db.begin().await?;
    let changed = tx.exec(sql, args).await?;
    tx.commit().await?;
    Ok(changed)
}
