//! The sender's side of the tables. A lease is of a line, not of a message, so that of one subject there is never more
//! than one message on its way; it is known by the moment it runs out: whoever lost it can write nothing down any more.

use crate::model::read_message;
use crate::words::CUT_TOO_OFTEN;
use crate::{Delivery, LEASE_SECONDS, MOST_TRIES, Message, State, Verdict, wall};
use base::Timestamp;
use db::{Db, DbError, Tx, args, sql};
use jiff::SignedDuration;

/// How long after its first, second, … try a message waits for the next, in minutes: outages last minutes or a night,
/// and a portal's week-end work lasts two days.
const PAUSES: [i64; (MOST_TRIES - 1) as usize] = [1, 5, 15, 30, 60, 120, 240, 480, 960, 1440, 1440];
/// Of an answer this many characters are kept.
const KEPT_OF_ANSWER: usize = 2000;

/// Lines that others took first are looked past this often; then the next pass looks again.
const LOOKS: usize = 100;

sql! {
    NEXT = "select m.subject from link_message m \
            join link_line l on l.system = m.system and l.subject = m.subject \
            where m.system = $1 and m.state = 'waiting' and m.due <= $2 \
            and (l.leased_until is null or l.leased_until < $2) \
            and not exists (select 1 from link_message e where e.system = m.system and e.subject = m.subject \
            and e.place < m.place and e.state <> 'sent' and e.passed is null) \
            order by m.due, m.id limit 1";
    LEASE = "update link_line set leased_until = $4 where system = $1 and subject = $2 \
             and (leased_until is null or leased_until < $3) returning remote";
    FIRST = "select id, system, subject, place, kind, key, body, state, tries, due, problem, put, ended, passed \
             from link_message where system = $1 and subject = $2 and state <> 'sent' and passed is null \
             order by place limit 1";
    TRY = "update link_message set tries = tries + 1 where id = $1";
    BEGIN = "insert into link_attempt (message, number, begun) select $1, count(*) + 1, $2 from link_attempt \
             where message = $1 returning number";
    LET_GO = "update link_line set leased_until = null, remote = coalesce($4, remote) \
              where system = $1 and subject = $2 and leased_until = $3";
    END = "update link_attempt set ended = $3, verdict = $4, status = $5, say = $6, answer = $7 \
           where message = $1 and number = $2";
    SENT = "update link_message set state = 'sent', problem = null, ended = $2 where id = $1";
    STUCK = "update link_message set state = $2, problem = $3, ended = $4 where id = $1";
    LATER = "update link_message set problem = $2, due = $3 where id = $1";
    NOT_TRIED = "update link_message set tries = tries - 1 where id = $1";
}

/// A line in hand, with its first message.
pub(crate) struct Leased {
    pub message: Message,
    /// What the outside calls the subject.
    pub remote: Option<String>,
    /// The number of this try.
    pub number: i64,
    pub until: Timestamp,
}

/// Takes the line whose first message is longest due. Looking needs no write; of senders that see the same line, the
/// update lets one have it, and the others look again.
pub(crate) async fn take(db: &Db, system: &str, now: Timestamp) -> Result<Option<Leased>, DbError> {
    for _ in 0..LOOKS {
        let next = db.read().await?.find(NEXT, args![system, now], |row| row.pull::<String>()).await?;
        let Some(subject) = next else { return Ok(None) };
        let mut tx = db.begin().await?;
        let until = now + SignedDuration::from_secs(LEASE_SECONDS);
        let line = tx.find(LEASE, args![system, &subject, now, until], |row| row.pull::<Option<String>>()).await?;
        let Some(remote) = line else { continue };
        // Looked for again, now that nobody else moves in this line.
        let first = tx.find(FIRST, args![system, &subject], read_message).await?;
        let Some(message) = first.filter(|first| first.state == State::Waiting && first.due <= now) else { continue };
        if message.tries >= MOST_TRIES {
            tx.exec(STUCK, args![message.id, State::GivenUp, CUT_TOO_OFTEN, now]).await?;
            tx.exec(LET_GO, args![system, &subject, until, None::<String>]).await?;
            tx.commit().await?;
            continue;
        }
        tx.exec(TRY, args![message.id]).await?;
        let number = tx.find(BEGIN, args![message.id, now], |row| row.pull()).await?.unwrap_or(1);
        tx.commit().await?;
        let message = Message { tries: message.tries + 1, ..message };
        return Ok(Some(Leased { message, remote, number, until }));
    }
    Ok(None)
}

/// Writes down how a try ended and lets go of the line. False: the lease was lost, another has the line, and nothing is
/// written.
pub(crate) async fn write_down(db: &Db, leased: &Leased, came: &Delivery, now: Timestamp) -> Result<bool, DbError> {
    let message = &leased.message;
    let mut tx = db.begin().await?;
    let line = args![&message.system, &message.subject, leased.until, came.remote.clone()];
    if tx.exec(LET_GO, line).await? == 0 {
        return Ok(false);
    }
    let answer = Some(wall::beginning(&came.answer, KEPT_OF_ANSWER)).filter(|answer| !answer.is_empty());
    let status = came.status.map(i64::from);
    tx.exec(END, args![message.id, leased.number, now, came.verdict, status, &came.say, answer]).await?;
    move_on(&mut tx, message, came, now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn move_on(tx: &mut Tx, message: &Message, came: &Delivery, now: Timestamp) -> Result<(), DbError> {
    let id = message.id;
    match came.verdict {
        Verdict::Sent => tx.exec(SENT, args![id, now]).await?,
        Verdict::Refused => tx.exec(STUCK, args![id, State::Refused, &came.say, now]).await?,
        // The program's own stop is not the message's fault.
        Verdict::Cut => tx.exec(NOT_TRIED, args![id]).await?,
        Verdict::Again | Verdict::Away => match pause(message.tries) {
            Some(pause) => tx.exec(LATER, args![id, &came.say, now + pause]).await?,
            None => tx.exec(STUCK, args![id, State::GivenUp, &came.say, now]).await?,
        },
    };
    Ok(())
}

/// How long to wait after this many tries; none: no more tries.
fn pause(tries: i64) -> Option<SignedDuration> {
    let tried = usize::try_from(tries - 1).ok()?;
    PAUSES.get(tried).map(|minutes| SignedDuration::from_mins(*minutes))
}
